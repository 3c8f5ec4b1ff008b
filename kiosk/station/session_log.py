"""The session journal of this seat: what happened here that belongs to no sitting.

Rules: each event is judged, then made durable before anything goes on, so that switching the PC off undoes no wrong
code. Its key comes from the device secret: it must take records before anybody has shown a card. One that does not hold
is set aside and mended, because the way back into the sitting leads through it; what is lost with it frees nobody: it
goes on with an incident and with the longest delay.
"""

from collections.abc import Iterable
from pathlib import Path

from kiosk.crypto.derive import hkdf
from kiosk.errors import JournalError
from kiosk.exam.incident import IncidentKind
from kiosk.exam.session import (
    SeatIncident,
    SessionEvent,
    SessionOpened,
    SessionState,
    TriesLost,
    apply_session,
    open_session,
    replay_session,
)
from kiosk.exam.vocabulary import RoomId, RoundId, SeatId, SessionId
from kiosk.formats.codec import decode_session_event, encode_event
from kiosk.formats.journal import Record, is_epoch
from kiosk.storage.journal_store import JournalStore, Signatory
from kiosk.storage.mending import DOES_NOT_HOLD, finish_mending, mend, what_is_left


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
    def reopen(cls, folder: Path, journal: str, key: bytes, by: Signatory, first: SessionOpened) -> "SessionLog":
        """Open the journal of a session that had begun, mended where it does not hold. JournalWriteError.

        `first` is its first event where the power failed, or the damage lies, before that.
        """
        try:
            store, records = JournalStore.reopen(folder, journal, key, by)
        except DOES_NOT_HOLD as error:
            _mend(folder, journal, key, by, first=first, error=error)
            store, records = JournalStore.reopen(folder, journal, key, by)
        events = _events(records)
        if not events:
            store.append([encode_event(first)])
            store.sync_head()
        opened, *rest = events or [first]
        assert isinstance(opened, SessionOpened)  # noqa: S101 - begin writes it first
        return cls(store, replay_session(opened, rest))

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


def has_begun(folder: Path, journal: str) -> bool:
    """Tell whether a session was begun in this folder, whatever is left of it. JournalWriteError."""
    finish_mending(folder, journal)
    return folder.is_dir() and any(folder.iterdir())


def _mend(folder: Path, journal: str, key: bytes, by: Signatory, *, first: SessionOpened, error: JournalError) -> None:
    """Go on with what is intact; the next records say what was found, and that the tries are not known any more."""
    left = what_is_left(folder, journal, key)
    expected = left.expected if left.expected is not None else "?"
    detail = f"{error.code}: expected {expected} records, found {len(left.records)}"
    found: list[SessionEvent] = [
        SeatIncident(at=first.at, kind=IncidentKind.JOURNAL_DAMAGED, detail=detail),
        TriesLost(at=first.at),
    ]
    if not _events(left.records):
        found.insert(0, first)
    mend(folder, journal, key, by, left=left, bodies=[encode_event(event) for event in found])


def _events(records: Iterable[Record]) -> list[SessionEvent]:
    return [decode_session_event(record.body) for record in records if not is_epoch(record)]
