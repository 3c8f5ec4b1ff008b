"""After a restart: the sitting that was open here, with everything its journal holds.

Rules: what holds is replayed and stays covered until an invigilator resumes it; what does not hold is never repaired:
the longest intact beginning is closed in an epoch of its own, which names the fault and the card that was shown, and
sealed for the office; the seat takes nothing more. A journal that cannot be written to now is not a damaged one. A
sitting that the session journal does not know (any more) is found by its own journal.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from kiosk.crypto.seal import seal
from kiosk.errors import JournalError
from kiosk.exam import events as e
from kiosk.exam import session as s
from kiosk.exam.incident import IncidentKind
from kiosk.exam.rules import ReasonCategory, RuleProfile
from kiosk.exam.sitting import Sitting, apply, replay
from kiosk.exam.vocabulary import AdmissionNumber, CardId, ReasonCode, SittingId
from kiosk.formats.codec import decode_event, encode_event
from kiosk.formats.journal import Record, extend, is_epoch, open_epoch
from kiosk.station.session_desk import Seat, SessionDesk
from kiosk.station.sitting_desk import SittingDesk
from kiosk.storage.files import make_folder, write_durably
from kiosk.storage.journal_store import JournalWriteError, salvage


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What was found of a sitting: its desk, or what could be salvaged of a journal that does not hold."""

    number: AdmissionNumber | None
    desk: SittingDesk | None
    fault: str | None
    salvaged: Sitting | None
    records: tuple[Record, ...]

    @property
    def sitting(self) -> Sitting | None:
        """The sitting, or what is left of it."""
        return self.desk.sitting if self.desk else self.salvaged


def last_sitting(desk: SessionDesk) -> SittingId | None:
    """Return the sitting that was begun last and not sealed yet, else the one that was begun last."""
    state = desk.log.state
    waiting = [name for name in state.sittings if name not in state.sealed]
    return next(reversed(waiting or state.sittings), None)


def reclaim(seat: Seat, desk: SessionDesk) -> None:
    """Put sittings of this place on record again whose record is lost; they open under the session's keys alone."""
    lost = [first for name in _unknown(seat, desk) if (first := _begun(seat, desk, name)) is not None]
    for first in sorted(lost, key=lambda first: first.at.wall):
        desk.log.record(s.SittingOpened(at=seat.clock.now(), sitting=first.sitting))


def _unknown(seat: Seat, desk: SessionDesk) -> list[SittingId]:
    known = desk.log.state.sittings
    names = [SittingId(path.name) for path in seat.home.sittings.glob("*") if path.is_dir()]
    return sorted(name for name in names if name not in known)


def _begun(seat: Seat, desk: SessionDesk, name: SittingId) -> e.Seated | None:
    """Return the first event of a sitting if it is one of this place. Nothing is changed, whatever is found."""
    assert desk.room is not None  # noqa: S101 - recovered before
    records = salvage(seat.home.sitting(name), name, desk.keys.sitting_key(desk.room.payload, name))
    first = next((decode_event(record.body) for record in records if not is_epoch(record)), None)
    return first if isinstance(first, e.Seated) and first.place == desk.place else None


def take_up(seat: Seat, desk: SessionDesk, name: SittingId, card: CardId, wake: Callable[[], None]) -> Found:
    """Open the journal of a sitting again, or salvage it. JournalWriteError when it holds and cannot be written to."""
    assert desk.room is not None  # noqa: S101 - recovered before
    folder = seat.home.sitting(name)
    key = desk.keys.sitting_key(desk.room.payload, name)
    try:
        sitting = SittingDesk.reopen(folder, key, desk.signatory, name=name, rules=desk.round.rules, wake=wake)
    except JournalWriteError:
        raise
    except JournalError as error:
        return _salvaged(seat, desk, name, key, card=card, error=error)
    if not sitting.sitting.phase.closed:
        sitting.send(e.Recovered(at=seat.clock.now(), rebooted=desk.rebooted))
    return Found(number=sitting.sitting.opened.person.number, desk=sitting, fault=None, salvaged=None, records=())


def _salvaged(
    seat: Seat, desk: SessionDesk, name: SittingId, key: bytes, *, card: CardId, error: JournalError
) -> Found:
    detail = f"{name} {error}"
    desk.log.record(s.SeatIncident(at=seat.clock.now(), kind=IncidentKind.JOURNAL_DAMAGED, detail=detail))
    records = salvage(seat.home.sitting(name), name, key)
    events = [decode_event(record.body) for record in records if not is_epoch(record)]
    sitting = None
    if events and isinstance(events[0], e.Seated):
        left = replay(events[0], events[1:], desk.round.rules)
        sitting, records = _closed(seat, desk, left, records, card=card, error=error)
    number = sitting.opened.person.number if sitting else None
    return Found(number=number, desk=None, fault=error.code, salvaged=sitting, records=records)


def _closed(
    seat: Seat, desk: SessionDesk, sitting: Sitting, records: tuple[Record, ...], *, card: CardId, error: JournalError
) -> tuple[Sitting, tuple[Record, ...]]:
    """Add an epoch that says what was found and, unless it had ended, ends the sitting. Nothing of it is on disk."""
    now, last, by = seat.clock.now(), records[-1], desk.signatory
    now = replace(now, mono=max(now.mono, sitting.last.mono)) if sitting.phase.closed else now
    act = e.Act(card=card, reason=_reason(desk.round.rules), note=f"{error.code}: {len(records)} records intact")
    found = e.IncidentRecorded(at=now, kind=IncidentKind.JOURNAL_DAMAGED, detail=error.code, act=act)
    events: list[e.Event] = [found]
    if not sitting.phase.closed:
        events = [e.Recovered(at=now, rebooted=desk.rebooted), found, e.Collected(at=now, act=act)]
    record, state = open_epoch(
        sitting.opened.sitting,
        epoch=last.epoch + 1,
        seq=last.seq + 1,
        head=last.hash,
        signer=by.key,
        chain_pem=by.chain_pem,
        recipients=by.recipients,
    )
    added = [record]
    for event in events:
        sitting = apply(sitting, event)
        record, state = extend(state, encode_event(event))
        added.append(record)
    return sitting, (*records, *added)


def _reason(rules: RuleProfile) -> ReasonCode:
    """Return the round's reason that comes nearest to a fault of the PC; every round has one reason at least."""
    order = (ReasonCategory.TECHNICAL, ReasonCategory.OTHER)
    ranked = sorted(rules.reasons, key=lambda one: order.index(one.category) if one.category in order else len(order))
    return ranked[0].code


def seal_key(folder: Path, key: bytes, recipients: tuple[str, ...]) -> None:
    """Leave the journal's key beside it, sealed to the office, for a PC that never starts again."""
    write_durably(make_folder(folder) / "journal.key.age", seal(key, recipients))
