"""What is seen of a seat at one instant: its stage, and the value screens draw from.

Rules: the stage follows from what is there (a fault, a session, keys, a candidate, a sitting, a receipt), in this
order, and from nothing that was remembered on the way.
"""

from dataclasses import dataclass

from kiosk.crypto.room import start_code
from kiosk.exam.round import RosterEntry
from kiosk.exam.session import SessionPhase
from kiosk.exam.sitting import Phase
from kiosk.exam.vocabulary import Instant, Millis
from kiosk.formats.package_file import RoundPackage
from kiosk.station.outbox import Outbox
from kiosk.station.session_desk import Seat, SessionDesk
from kiosk.station.sitting_desk import SittingDesk
from kiosk.station.view import NOTHING_SAVED, Refusal, Stage, View

_STAGES = {
    Phase.SEATED: Stage.IDENTITY,
    Phase.IDENTIFIED: Stage.BRIEFING,
    Phase.BRIEFED: Stage.PRACTICE,
    Phase.WAITING: Stage.WAITING,
    Phase.RUNNING: Stage.EXAM,
    Phase.SUSPENDED: Stage.SUSPENDED,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Situation:
    """Everything there is at a seat."""

    seat: Seat
    package: RoundPackage | None
    session: SessionDesk | None
    entry: RosterEntry | None
    desk: SittingDesk | None
    outbox: Outbox | None
    fault: str | None
    refusal: Refusal | None


def stage_of(here: Situation) -> Stage:
    """Say which of the seat's situations holds."""
    if here.fault:
        return Stage.FAULT
    if here.session is None:
        return Stage.NO_PACKAGE
    phase = here.session.log.state.phase
    if phase is SessionPhase.CLOSED:
        return Stage.CLOSED
    if phase is SessionPhase.LOCKED:
        return Stage.RECOVERY if here.session.resumable else Stage.LOCKED
    if here.session.room is None:
        return Stage.RECOVERY
    return _unlocked(here)


def _unlocked(here: Situation) -> Stage:
    if here.desk is None:
        return Stage.CONFIRM if here.entry else Stage.SIGN_IN
    if here.desk.sitting.phase.closed:
        return Stage.RECEIPT if here.outbox and here.outbox.receipt else Stage.SEALING
    return _STAGES[here.desk.sitting.phase]


def view_of(here: Situation, stage: Stage, now: Instant) -> View:
    """Return what screens may know, but for the item and the camera."""
    desk, session, outbox = here.desk, here.session, here.outbox
    room = session.room if session else None
    return View(
        stage=stage,
        now=now,
        seat=here.seat.post.seat,
        rehearsal=True,
        lock_level=here.seat.settings.lock_level,
        restarted=here.seat.settings.restarted,
        refusal=here.refusal,
        round=here.package.round if here.package else None,
        session=session.session if session else None,
        entry=here.entry,
        sitting=desk.sitting if desk else None,
        saved=desk.saved(now) if desk else NOTHING_SAVED,
        wait=session.wait() if session else Millis(0),
        start_code=start_code(room.payload.room_key, session.session.id) if room and session else None,
        receipt=outbox.receipt if outbox else None,
        evidence_ready=outbox.evidence_ready if outbox else False,
        fault=here.fault,
        bundle_files=tuple(path.name for path in outbox.files) if outbox else (),
    )
