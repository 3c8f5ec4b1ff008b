"""One sitting at this seat: judged on the caller's thread, written by its writer thread.

Rules: an event is judged by exam.sitting before it is written; a response counts as saved only after its record is on
disk; if writing fails nothing more is taken and the seat goes to its lock. Ticks, the end of time, and jumps of the
PC's clock are noticed here, from instants it is given.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from kiosk.errors import KioskError
from kiosk.exam import events as e
from kiosk.exam.incident import IncidentKind
from kiosk.exam.rules import RuleProfile
from kiosk.exam.sitting import Sitting, apply, deadline, duties, open_sitting, replay
from kiosk.exam.time_ledger import TICK
from kiosk.exam.vocabulary import Instant, ItemId, SittingId
from kiosk.formats.codec import decode_event, encode_event
from kiosk.formats.journal import Record, is_epoch
from kiosk.station.view import Saved
from kiosk.station.writer import JournalWriter
from kiosk.storage.journal_store import JournalStore, Signatory

_SYNCED = (e.Tick, e.Suspended, e.HandedIn, e.TimeExpired, e.Collected, e.Voided)
_CLOCK_JUMP = 1_000
_LATE_SAVE = 1_000


@dataclass(frozen=True, slots=True)
class _Waiting:
    """A response on its way to the disk."""

    ticket: int
    item: ItemId
    at: Instant


class SittingDesk:
    """A sitting, its journal and what of it is on disk."""

    def __init__(self, sitting: Sitting, store: JournalStore, wake: Callable[[], None]) -> None:
        self.sitting = sitting
        self.writer = JournalWriter(store, wake)
        self._waiting: list[_Waiting] = []
        self._last_saved: int | None = None
        self._ticked = sitting.last
        self._typing: e.InProgress | None = None

    @classmethod
    def begin(
        cls, folder: Path, key: bytes, by: Signatory, *, first: e.Seated, rules: RuleProfile, wake: Callable[[], None]
    ) -> "SittingDesk":
        """Begin a sitting's journal with its first event."""
        store = JournalStore.create(folder, first.sitting, key, by)
        store.append([encode_event(first)])
        store.sync_head()
        return cls(open_sitting(first, rules), store, wake)

    @classmethod
    def reopen(
        cls, folder: Path, key: bytes, by: Signatory, *, name: SittingId, rules: RuleProfile, wake: Callable[[], None]
    ) -> "SittingDesk":
        """Open a sitting that had begun; it stands where its last durable record left it."""
        store, records = JournalStore.reopen(folder, name, key, by)
        first, *rest = [decode_event(record.body) for record in records if not is_epoch(record)]
        assert isinstance(first, e.Seated)  # noqa: S101 - begin writes it first
        return cls(replay(first, rest, rules), store, wake)

    def send(self, event: e.Event) -> None:
        """Judge an event and hand it to the writer. IllegalEventError, or the writer's failure: nothing changed."""
        if self.writer.failure is not None:
            raise self.writer.failure
        self.sitting = apply(self.sitting, event)
        if isinstance(event, e.Started | e.Resumed):
            self._ticked = event.at
        ticket = self.writer.put(encode_event(event), sync_head=isinstance(event, _SYNCED))
        if isinstance(event, e.Responded):
            self._waiting.append(_Waiting(ticket, event.item, event.at))
            self._typing = None

    def typing(self, item: ItemId, response: e.Response | None) -> None:
        """Note what stands in an input that was not committed yet, for the case that time runs out."""
        self._typing = e.InProgress(item=item, response=response) if response is not None else None

    def saved(self, now: Instant) -> Saved:
        """Say what is on disk."""
        committed = self.writer.committed
        done = [entry for entry in self._waiting if entry.ticket <= committed]
        if done:
            self._last_saved = now.wall
            self._waiting = [entry for entry in self._waiting if entry.ticket > committed]
        late = any(now.mono - entry.at.mono >= _LATE_SAVE for entry in self._waiting)
        return Saved(pending=frozenset(entry.item for entry in self._waiting), last_wall=self._last_saved, late=late)

    def on_time(self, now: Instant) -> None:
        """Do what the passing of time asks for: tick, notice a clock that was set, end the sitting."""
        if not duties(self.sitting).ticking or self.writer.failure is not None:
            self._ticked = now
            return
        due = deadline(self.sitting)
        if due is not None and now.mono >= due:
            self._expire(now)
        elif now.mono - self._ticked.mono >= TICK:
            self._notice_clock(now)
            self.send(e.Tick(at=now, used=self.sitting.ledger.used_at(now)))
            self._ticked = now

    def _expire(self, now: Instant) -> None:
        try:
            self.send(e.TimeExpired(at=now, in_progress=self._typing))
        except KioskError:
            self.send(e.TimeExpired(at=now, in_progress=None))

    def _notice_clock(self, now: Instant) -> None:
        jump = (now.wall - self._ticked.wall) - (now.mono - self._ticked.mono)
        if abs(jump) > _CLOCK_JUMP:
            detail = f"{jump:+d} ms"
            self.send(e.IncidentRecorded(at=now, kind=IncidentKind.CLOCK_JUMPED, detail=detail))

    def records(self) -> tuple[Record, ...]:
        """Return the journal as it stands on disk; drain first."""
        return self.writer.records()

    def close(self) -> None:
        """Write what waits and close."""
        self.writer.close()
