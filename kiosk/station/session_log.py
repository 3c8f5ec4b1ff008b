"""The session journal of this seat: what happened here that belongs to no sitting.

Rules: each event is judged, then made durable before anything goes on, so that switching the PC off undoes no wrong
code. Its key comes from the device secret: it must take records before anybody has shown a card.
"""

from pathlib import Path

from kiosk.crypto.derive import hkdf
from kiosk.exam.session import SessionEvent, SessionOpened, SessionState, apply_session, open_session, replay_session
from kiosk.exam.vocabulary import RoomId, RoundId, SeatId, SessionId
from kiosk.formats.codec import decode_session_event, encode_event
from kiosk.formats.journal import Record, is_epoch
from kiosk.storage.journal_store import JournalStore, Signatory


def journal_name(round_: RoundId, package: int, room: RoomId, session: SessionId, seat: SeatId) -> str:
    """Name the journal of one seat in one session."""
    return f"session.{round_}.{package}.{room}.{session}.{seat}"


def session_key(device_secret: bytes, journal: str) -> bytes:
    """Derive the key of a session journal."""
    return hkdf([device_secret, journal.encode()], salt=b"", info=b"kiosk session journal 1")


class SessionLog:
    """The session journal and the state it folds to."""

    def __init__(self, store: JournalStore, state: SessionState) -> None:
        self._store = store
        self.state = state

    @classmethod
    def begin(cls, folder: Path, journal: str, key: bytes, by: Signatory, first: SessionOpened) -> "SessionLog":
        """Begin a new session journal."""
        store = JournalStore.create(folder, journal, key, by)
        store.append([encode_event(first)])
        store.sync_head()
        return cls(store, open_session(first))

    @classmethod
    def reopen(cls, folder: Path, journal: str, key: bytes, by: Signatory) -> "SessionLog":
        """Open the journal of a session that had begun. Errors as in JournalStore.reopen."""
        store, records = JournalStore.reopen(folder, journal, key, by)
        events = [decode_session_event(record.body) for record in records if not is_epoch(record)]
        first, *rest = events
        assert isinstance(first, SessionOpened)  # noqa: S101 - begin writes it first
        return cls(store, replay_session(first, rest))

    def record(self, event: SessionEvent) -> None:
        """Judge an event and make it durable. IllegalSessionEventError, JournalWriteError."""
        state = apply_session(self.state, event)
        self._store.append([encode_event(event)])
        self._store.sync_head()
        self.state = state

    @property
    def head(self) -> str:
        """The hash (hex) of the last record."""
        return self._store.end.hash.hex()

    def records(self) -> tuple[Record, ...]:
        """Return all records."""
        return self._store.records()

    def close(self) -> None:
        """Close the journal."""
        self._store.close()
