"""Letting a candidate in: who may sit here now, the first record of the sitting, what the start demands.

Rules: the admission number must be on the roster for this session and this seat; entry opens and closes by the room's
clock as the rule profile says; nobody sits twice. Full-width digits and spaces are as good as others. A refusal goes
into the session journal. The start needs the code read aloud, and a picture where the round asks for one.
"""

import unicodedata
import uuid

from kiosk.crypto.room import WrongStartCodeError, check_start_code
from kiosk.errors import CaptureError, RosterError
from kiosk.exam import events as e
from kiosk.exam import session as s
from kiosk.exam.round import RosterEntry
from kiosk.exam.rules import CameraPolicy
from kiosk.exam.vocabulary import AdmissionNumber, Instant, Millis, SittingId
from kiosk.station.open_room import OpenRoom
from kiosk.station.session_desk import SessionDesk, Settings

_LONGEST_NUMBER = 64


class EntryClosedError(RosterError):
    """It is too early or too late to sign in (`why`: early or late)."""

    code = "roster/entry-closed"


class AlreadySatError(RosterError):
    """A sitting was already opened at this seat in this session (`number`)."""

    code = "roster/already-sat"


class CameraRequiredError(CaptureError):
    """The round asks for a camera picture before the start, and there is none."""

    code = "capture/required"


def late_by(desk: SessionDesk, now: Instant) -> Millis:
    """Return how much of the common time is gone: zero until the grace after the planned start is over."""
    late = desk.believed(now) - desk.session.start
    return Millis(late if late > desk.round.rules.timing.start_grace else 0)


def admit(desk: SessionDesk, room: OpenRoom, typed: str, now: Instant) -> RosterEntry:
    """Return the roster entry of an admission number. RosterError leaves, each put on record."""
    number = AdmissionNumber(_plain(typed))
    try:
        _demand_open(desk, now)
        entry = room.roster.find(number, desk.session.id, desk.place.seat)
        if desk.log.state.sittings:
            raise AlreadySatError(number=number)
    except RosterError as error:
        desk.log.record(s.SignInRefused(at=now, number=number, why=error.code))
        raise
    return entry


def _plain(typed: str) -> str:
    """Return what was typed as rosters write it; half of a character pair becomes a question mark."""
    whole = "".join(typed.split())[:_LONGEST_NUMBER].encode("utf-8", errors="replace").decode()
    return "".join(unicodedata.normalize("NFKC", whole).split())[:_LONGEST_NUMBER]


def _demand_open(desk: SessionDesk, now: Instant) -> None:
    timing = desk.round.rules.timing
    if desk.believed(now) < desk.session.start - timing.entry_opens:
        raise EntryClosedError(why="early")
    if late_by(desk, now) > timing.late_limit:
        raise EntryClosedError(why="late")


def seat(desk: SessionDesk, room: OpenRoom, entry: RosterEntry, settings: Settings, now: Instant) -> e.Seated:
    """Draw the form and make the first event of the sitting. NoFormError."""
    return e.Seated(
        at=now,
        sitting=SittingId(str(uuid.uuid4())),
        place=desk.place,
        person=e.Person(
            number=entry.number, name=entry.name, id_tail=entry.id_tail, unit=entry.unit, extra=entry.extra
        ),
        form=room.form(entry),
        session_head=desk.log.head,
        program=settings.program,
        lock_level=settings.lock_level,
    )


def demand_start(desk: SessionDesk, room: OpenRoom, typed: str, *, filmed: bool) -> None:
    """Let the sitting start. WaitError, CameraRequiredError; WrongStartCodeError, which goes on record."""
    desk.demand_no_wait()
    if desk.round.rules.evidence.camera is CameraPolicy.REQUIRED and not filmed:
        raise CameraRequiredError
    try:
        check_start_code(room.payload.room_key, desk.session.id, typed)
    except WrongStartCodeError:
        desk.refuse_code("start-code")
        raise
