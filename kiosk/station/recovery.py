"""After a restart: the sitting that was open here, with everything its journal holds.

Rules: what holds is replayed and stays covered until an invigilator resumes it; what does not hold is never repaired:
the longest intact beginning is sealed for the office, with the fault on record, and the seat takes nothing more.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from kiosk.crypto.seal import seal
from kiosk.errors import JournalError
from kiosk.exam import events as e
from kiosk.exam import session as s
from kiosk.exam.incident import IncidentKind
from kiosk.exam.sitting import Sitting, replay
from kiosk.exam.vocabulary import AdmissionNumber, SittingId
from kiosk.formats.codec import decode_event
from kiosk.formats.journal import Record, is_epoch
from kiosk.station.session_desk import Seat, SessionDesk
from kiosk.station.sitting_desk import SittingDesk
from kiosk.storage.files import write_durably
from kiosk.storage.journal_store import salvage


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What was found of a sitting: its desk, or what could be salvaged of a journal that does not hold."""

    number: AdmissionNumber | None
    desk: SittingDesk | None
    fault: str | None
    salvaged: Sitting | None
    records: tuple[Record, ...]


def last_sitting(desk: SessionDesk) -> SittingId | None:
    """Return the sitting that was begun last and not sealed yet."""
    state = desk.log.state
    waiting = [name for name in state.sittings if name not in state.sealed]
    return waiting[-1] if waiting else None


def take_up(seat: Seat, desk: SessionDesk, name: SittingId, wake: Callable[[], None]) -> Found:
    """Open the journal of a sitting again, or salvage it."""
    assert desk.room is not None  # noqa: S101 - recovered before
    folder = seat.home.sitting(name)
    key = desk.keys.sitting_key(desk.room.payload, name)
    try:
        sitting = SittingDesk.reopen(folder, key, desk.signatory, name=name, rules=desk.round.rules, wake=wake)
    except JournalError as error:
        return _salvaged(seat, desk, name, key, error)
    now = seat.clock.now()
    if not sitting.sitting.phase.closed:
        sitting.send(e.Recovered(at=now, rebooted=now.mono < sitting.sitting.last.mono))
    return Found(number=sitting.sitting.opened.person.number, desk=sitting, fault=None, salvaged=None, records=())


def _salvaged(seat: Seat, desk: SessionDesk, name: SittingId, key: bytes, error: JournalError) -> Found:
    detail = f"{name} {error}"
    desk.log.record(s.SeatIncident(at=seat.clock.now(), kind=IncidentKind.JOURNAL_DAMAGED, detail=detail))
    records = salvage(seat.home.sitting(name), name, key)
    events = [decode_event(record.body) for record in records if not is_epoch(record)]
    sitting = None
    if events and isinstance(events[0], e.Seated):
        sitting = replay(events[0], events[1:], desk.round.rules)
    number = sitting.opened.person.number if sitting else None
    return Found(number=number, desk=None, fault=error.code, salvaged=sitting, records=records)


def seal_key(folder: Path, key: bytes, recipients: tuple[str, ...]) -> None:
    """Leave the journal's key beside it, sealed to the office, for a PC that never starts again."""
    folder.mkdir(parents=True, exist_ok=True)
    write_durably(folder / "journal.key.age", seal(key, recipients))
