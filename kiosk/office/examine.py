"""Judges one result bundle as the office must before it counts: genuine, of a known round, by the rules, scored.

Steps, in this order, each with its own refusal:

1. the envelope holds, under this office's root (formats/bundle_file.md);
2. the round, room and package are ones this office made;
3. the workstation's certificates held when the session began, and none has been withdrawn;
4. the workstation belongs to the centre of the round;
5. it is what this office collects: no rehearsal among examinations, no weaker lock than the rules allow;
6. the sealed part holds: both journals, every link, epoch and tag;
7. the candidate is on the roster of that session with this bank, name and accommodation;
8. the sitting's events are ones the rules of the round allow, and so are the session's;
9. the form follows the blueprint of the bank;
10. no record of the session speaks of a longer or other journal than this one.

What is odd but no reason to refuse becomes an alarm for people to look at. It opens no file.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import TypeVar

from kiosk.crypto.path import ExpiredError
from kiosk.crypto.roles import Role
from kiosk.crypto.sign import verify_chain
from kiosk.errors import OfficeError
from kiosk.exam.bank import Blueprint
from kiosk.exam.events import Seated
from kiosk.exam.form import Form
from kiosk.exam.incident import IncidentKind
from kiosk.exam.round import RosterEntry, Round
from kiosk.exam.rules import RoundKind
from kiosk.exam.scoring import NoKeyError, Score, score
from kiosk.exam.session import SeatIncident, SessionOpened, SittingSealed, TriesLost, replay_session
from kiosk.exam.sitting import Sitting, replay
from kiosk.exam.vocabulary import BankId
from kiosk.formats.bundle_file import BundleHeader, Envelope, OpenedResult, open_envelope, open_result
from kiosk.formats.source import Source
from kiosk.office.compile import BankKeys
from kiosk.office.kept_rounds import KeptRound
from kiosk.office.keys import Office

T = TypeVar("T")


class UnknownRoundError(OfficeError):
    """The bundle names a round, room, package or session this office has not made (`round`, `room`, `package`)."""

    code = "office/unknown-round"


class ForeignWorkstationError(OfficeError):
    """The bundle comes from a workstation of another centre (`workstation`, `centre`)."""

    code = "office/foreign-workstation"


class NotAnExamError(OfficeError):
    """The bundle is no examination under the round's rules (`why`: kind or lock-level; `found`)."""

    code = "office/not-an-exam"


class NotOnRosterError(OfficeError):
    """The candidate is not on the roster, or not as the bundle has it (`number`, `what`)."""

    code = "office/not-on-roster"


class WrongFormError(OfficeError):
    """The form is not one the blueprint allows (`what`)."""

    code = "office/form"


class RolledBackError(OfficeError):
    """The session's journal has sealed a longer or other journal of this sitting (`records`, `found`)."""

    code = "office/journal-rolled-back"


class Alarm(Enum):
    """What people should look at; nothing of it changes a score by itself."""

    OTHER_SEAT = "other-seat"
    NO_KEYS = "no-keys"
    SEGMENTS_LACKING = "segments-lacking"
    JOURNAL_ROLLED_BACK = "journal-rolled-back"
    JOURNAL_DAMAGED = "journal-damaged"


@dataclass(frozen=True, slots=True, kw_only=True)
class Examined:
    """A bundle that held in every step. `score` is None only when the office has no keys of the bank."""

    opened: OpenedResult
    round: Round
    entry: RosterEntry
    sitting: Sitting
    score: Score | None
    alarms: tuple[Alarm, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """What the office judges by: itself, its rounds with their rosters, its keys by bank."""

    office: Office
    rounds: Sequence[KeptRound]
    keys: Mapping[BankId, BankKeys]

    @property
    def denied(self) -> frozenset[str]:
        """Fingerprints of every certificate that has been withdrawn, by the office or by a round."""
        return self.office.denied.union(*(kept.round.denied for kept in self.rounds))


def open_desk(office: Office, rounds: Sequence[KeptRound]) -> Desk:
    """Open the keys of every bank of the rounds. SealError, CanonicalError, ShapeError."""
    banks = {entry.id for kept in rounds for entry in kept.round.banks}
    keys = {bank: found for bank in sorted(banks) if (found := office.keys(bank))}
    return Desk(office=office, rounds=rounds, keys=keys)


def verify_bundle(source: Source, desk: Desk) -> Examined:
    """Take all steps. TrustError, BundleError, SealError, JournalError, OfficeError, SittingError leaves."""
    envelope = _envelope(source, desk)
    kept = kept_round(envelope.header, desk.rounds)
    round_, session = kept.round, kept.round.session(envelope.header.session)
    root_pem = desk.office.root_pem
    verify_chain(  # step 3
        chain_pem=envelope.chain_pem,
        root_pem=root_pem,
        role=Role.WORKSTATION,
        at=session.start // 1000,
        denied=desk.denied,
    )
    demand_ours(envelope.header, round_, rehearsal=desk.office.rehearsal)
    opened = open_result(envelope, desk.office.identity.secret, root_pem=root_pem)  # step 6
    first = _first(opened)
    entry = _entry(first, kept)
    sitting = replay(first, opened.events[1:], round_.rules)  # step 8
    _replay_session(opened)
    keys = desk.keys.get(entry.bank)
    _demand_form(first.form, entry.bank, keys)
    _demand_not_rolled_back(opened)
    scored = _score(sitting, keys)
    alarms = tuple(_alarms(opened, entry, sitting, scored))
    return Examined(opened=opened, round=round_, entry=entry, sitting=sitting, score=scored, alarms=alarms)


def _envelope(source: Source, desk: Desk) -> Envelope:
    """Step 1."""

    def opened(at: int | None) -> tuple[Envelope, BundleHeader]:
        envelope = open_envelope(source, root_pem=desk.office.root_pem, at=at, denied=desk.denied)
        return envelope, envelope.header

    return when_held(opened, desk)


def when_held(opened: Callable[[int | None], tuple[T, BundleHeader]], desk: Desk) -> T:
    """Open a bundle at the end of its sitting by the seat's clock, or else when its own session began.

    An empty clock battery puts the end years off; the office knows when the session was. ExpiredError when neither
    instant lies within the certificates' lives, and whatever `opened` raises.
    """
    try:
        return opened(None)[0]
    except ExpiredError:
        for start in sorted({session.start for kept in desk.rounds for session in kept.round.sessions}):
            try:
                bundle, header = opened(start // 1000)
            except ExpiredError:
                continue
            if kept_round(header, desk.rounds).round.session(header.session).start == start:
                return bundle
        raise


def kept_round(header: BundleHeader, rounds: Iterable[KeptRound]) -> KeptRound:
    """Return the round a bundle names (step 2). UnknownRoundError."""
    for kept in rounds:
        known = (kept.round.id, kept.round.room, kept.round.package) == (header.round, header.room, header.package)
        if known and header.session in {session.id for session in kept.round.sessions}:
            return kept
    raise UnknownRoundError(round=header.round, room=header.room, package=header.package)


def demand_ours(header: BundleHeader, round_: Round, *, rehearsal: bool) -> None:
    """Take steps 4 and 5. ForeignWorkstationError, NotAnExamError."""
    rules = round_.rules
    if header.workstation.partition("/")[0] != round_.centre:
        raise ForeignWorkstationError(workstation=header.workstation, centre=round_.centre)
    if header.lock_level < rules.lock_level:
        raise NotAnExamError(why="lock-level", found=header.lock_level.value)
    if not rehearsal and rules.kind is not RoundKind.EXAM:
        raise NotAnExamError(why="kind", found=rules.kind.value)


def _first(opened: OpenedResult) -> Seated:
    first = opened.events[0]
    assert isinstance(first, Seated)  # noqa: S101 - open_result has seen to it
    return first


def _entry(first: Seated, kept: KeptRound) -> RosterEntry:
    """Step 7."""
    person, session = first.person, first.place.session
    found = [one for one in kept.roster.entries if (one.number, one.session) == (person.number, session)]
    if not found:
        raise NotOnRosterError(number=person.number, what="number")
    entry = found[0]
    compared = {
        "name": person.name == entry.name,
        "id": person.id_tail == entry.id_tail,
        "unit": person.unit == entry.unit,
        "extra": person.extra == entry.extra,
        "bank": first.form.bank == entry.bank,
    }
    for what, equal in compared.items():
        if not equal:
            raise NotOnRosterError(number=person.number, what=what)
    return entry


def _replay_session(opened: OpenedResult) -> None:
    first, *rest = opened.session_events
    assert isinstance(first, SessionOpened)  # noqa: S101 - open_result has seen to it
    replay_session(first, rest)


def _demand_form(form: Form, bank: BankId, keys: BankKeys | None) -> None:
    """Step 9; without keys there is no blueprint either, and the score stays open."""
    if len({entry.item for entry in form.items}) != len(form.items):
        raise WrongFormError(what="item-twice")
    if keys is None:
        return
    if form.duration != keys.blueprint.duration:
        raise WrongFormError(what="duration")
    if Counter((entry.type, entry.points) for entry in form.items) != _wanted(keys.blueprint):
        raise WrongFormError(what="blueprint")
    for entry in form.items:
        key = keys.keys.get(entry.item)
        if key is None or (key.version, key.digest) != (entry.version, entry.digest):
            raise WrongFormError(what=f"{bank} {entry.item} {entry.version}")


def _wanted(blueprint: Blueprint) -> Counter[object]:
    return Counter({(rule.type, rule.points): rule.count for rule in blueprint.types if rule.count})


def _demand_not_rolled_back(opened: OpenedResult) -> None:
    """Step 10: an earlier bundle of this sitting is a beginning of this one."""
    for event in opened.session_events:
        if isinstance(event, SittingSealed) and event.sitting == opened.header.bundle:
            known = opened.records[event.records - 1].hash.hex() if 0 < event.records <= len(opened.records) else ""
            if known != event.head:
                raise RolledBackError(records=event.records, found=len(opened.records))


def _score(sitting: Sitting, keys: BankKeys | None) -> Score | None:
    if keys is None:
        return None
    try:
        return score(sitting.opened.form, sitting.responses, sitting.seen, keys.keys)
    except NoKeyError as error:  # step 9 has compared every version
        raise WrongFormError(what="key") from error


def _alarms(opened: OpenedResult, entry: RosterEntry, sitting: Sitting, scored: Score | None) -> Iterator[Alarm]:
    if opened.header.seat != entry.seat:
        yield Alarm.OTHER_SEAT
    if scored is None:
        yield Alarm.NO_KEYS
    lacking = lacking_segments(opened)
    if lacking:
        yield Alarm.SEGMENTS_LACKING
    lost = sum(incident.kind is IncidentKind.CAMERA_LOST for incident in sitting.incidents)
    if lacking > sitting.restarts + lost:
        yield Alarm.JOURNAL_ROLLED_BACK
    if _tells_of_damage(opened, sitting):
        yield Alarm.JOURNAL_DAMAGED


def _tells_of_damage(opened: OpenedResult, sitting: Sitting) -> bool:
    """Tell whether the seat found a journal damaged: that of the sitting, or that of its session."""
    kinds = {incident.kind for incident in sitting.incidents}
    kinds |= {event.kind for event in opened.session_events if isinstance(event, SeatIncident)}
    lost = any(isinstance(event, TriesLost) for event in opened.session_events)
    return lost or IncidentKind.JOURNAL_DAMAGED in kinds


def lacking_segments(opened: OpenedResult) -> int:
    """Count the numbers that are passed over in the names of the segments the journal kept.

    The recorder goes on after the last file it finds, whether the journal knows that file or not. A crash of the
    program or the recorder may cost one segment; more than that means that the journal once was longer.
    """
    numbers = [int(entry.name.removeprefix("segment-").removesuffix(".age")) for entry in opened.header.segments]
    return max(numbers, default=0) - len(numbers)
