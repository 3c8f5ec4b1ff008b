"""The law of a sitting: which event is allowed when, and what it makes of the sitting.

Theory of operation. A sitting is the fold of its events. `TRANSITIONS` says which events a phase knows and where they
lead; guards that need data stand in `apply`, one case each. An illegal event raises IllegalEventError and nothing has
changed. Suspension remembers the phase it came from, and `Resumed` leads back there (`RETURN` in the table).
`duties` says what must hold now, as levels; whoever owns screens, camera and disk compares and corrects.
It does not know clocks, disks or screens: every event brings its instant.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import Enum
from types import MappingProxyType
from typing import TypeVar, assert_never

from kiosk.errors import SittingError
from kiosk.exam import events as e
from kiosk.exam.bank import ItemType
from kiosk.exam.form import FormItem
from kiosk.exam.rules import RuleProfile
from kiosk.exam.time_ledger import Credit, TimeLedger
from kiosk.exam.vocabulary import Instant, ItemId, Language, Millis, OptionId, is_whole

T = TypeVar("T")

LONGEST_ENTRY = 200
"""Characters a typed response may have."""

LONGEST_NOTE = 1_000
"""Characters an invigilator's note may have."""


class IllegalEventError(SittingError):
    """The event is not allowed now (`event`, `phase`, `why`); the sitting has not changed."""

    code = "sitting/illegal"


class Phase(Enum):
    """Where a sitting stands."""

    SEATED = "seated"
    IDENTIFIED = "identified"
    BRIEFED = "briefed"
    WAITING = "waiting"
    RUNNING = "running"
    SUSPENDED = "suspended"
    HANDED_IN = "handed-in"
    COLLECTED = "collected"
    VOID = "void"

    @property
    def closed(self) -> bool:
        """Tell whether the candidate's part is over."""
        return self in {Phase.HANDED_IN, Phase.COLLECTED, Phase.VOID}


RETURN = None
"""In the table: back to the phase the sitting was suspended from."""

_OPEN: Mapping[type, Phase | None] = {
    e.Suspended: Phase.SUSPENDED,
    e.Recovered: Phase.SUSPENDED,
    e.Collected: Phase.COLLECTED,
    e.Voided: Phase.VOID,
}


def _stay(phase: Phase, *kinds: type) -> Mapping[type, Phase | None]:
    return dict.fromkeys(kinds, phase)


TRANSITIONS: Mapping[Phase, Mapping[type, Phase | None]] = MappingProxyType(
    {
        Phase.SEATED: {
            e.Identified: Phase.IDENTIFIED,
            **_stay(Phase.SEATED, e.DisplayChosen, e.IncidentRecorded, e.SegmentKept),
            **_OPEN,
        },
        Phase.IDENTIFIED: {
            e.Briefed: Phase.BRIEFED,
            **_stay(Phase.IDENTIFIED, e.DisplayChosen, e.IncidentRecorded, e.SegmentKept),
            **_OPEN,
        },
        Phase.BRIEFED: {
            e.Ready: Phase.WAITING,
            **_stay(Phase.BRIEFED, e.DisplayChosen, e.IncidentRecorded, e.SegmentKept),
            **_OPEN,
        },
        Phase.WAITING: {
            e.Started: Phase.RUNNING,
            **_stay(Phase.WAITING, e.DisplayChosen, e.IncidentRecorded, e.SegmentKept),
            **_OPEN,
        },
        Phase.RUNNING: {
            e.HandedIn: Phase.HANDED_IN,
            e.TimeExpired: Phase.HANDED_IN,
            **_stay(Phase.RUNNING, e.Viewed, e.Responded, e.Marked, e.Struck, e.Tick, e.Credited),
            **_stay(Phase.RUNNING, e.DisplayChosen, e.IncidentRecorded, e.SegmentKept),
            **_OPEN,
        },
        Phase.SUSPENDED: {
            e.Resumed: RETURN,
            e.Recovered: Phase.SUSPENDED,
            e.Collected: Phase.COLLECTED,
            e.Voided: Phase.VOID,
            **_stay(Phase.SUSPENDED, e.Credited, e.DisplayChosen, e.IncidentRecorded, e.SegmentKept),
        },
        Phase.HANDED_IN: _stay(Phase.HANDED_IN, e.IncidentRecorded, e.SegmentKept),
        Phase.COLLECTED: _stay(Phase.COLLECTED, e.IncidentRecorded, e.SegmentKept),
        Phase.VOID: _stay(Phase.VOID, e.IncidentRecorded, e.SegmentKept),
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sitting:
    """One candidate, one form, one workstation, as it stands after its last event."""

    opened: e.Seated
    rules: RuleProfile
    phase: Phase
    before: Phase
    ledger: TimeLedger
    last: Instant
    display: e.DisplayChosen | None = None
    consented: Instant | None = None
    started: Instant | None = None
    ended: Instant | None = None
    by_clock: bool = False
    current: ItemId | None = None
    responses: Mapping[ItemId, e.Response]
    changes: Mapping[ItemId, int]
    seen: frozenset[ItemId] = frozenset()
    marked: frozenset[ItemId] = frozenset()
    struck: frozenset[tuple[ItemId, OptionId]] = frozenset()
    incidents: tuple[e.IncidentRecorded, ...] = ()
    segments: tuple[e.SegmentKept, ...] = ()
    restarts: int = 0

    @property
    def language(self) -> Language:
        """The language the candidate reads now."""
        return self.display.language if self.display else self.rules.languages[0]

    def form_item(self, item: ItemId) -> FormItem | None:
        """Return the form's entry of an item, or None when it is not in the form."""
        return next((entry for entry in self.opened.form.items if entry.item == item), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Duties:
    """What must hold now."""

    locked: bool
    item_visible: bool
    recording: bool
    ticking: bool
    bundle: bool


def open_sitting(event: e.Seated, rules: RuleProfile) -> Sitting:
    """Begin a sitting with its first event."""
    ledger = TimeLedger(base=event.form.duration, accommodation=event.person.extra)
    return Sitting(
        opened=event,
        rules=rules,
        phase=Phase.SEATED,
        before=Phase.SEATED,
        ledger=ledger,
        last=event.at,
        responses=MappingProxyType({}),
        changes=MappingProxyType({}),
    )


def replay(first: e.Seated, rest: Iterable[e.Event], rules: RuleProfile) -> Sitting:
    """Fold a whole journal; IllegalEventError when it could not have been written."""
    sitting = open_sitting(first, rules)
    for event in rest:
        sitting = apply(sitting, event)
    return sitting


def duties(sitting: Sitting) -> Duties:
    """Say what must hold now, whatever happened before."""
    phase = sitting.phase
    return Duties(
        locked=phase is Phase.SUSPENDED,
        item_visible=phase is Phase.RUNNING,
        recording=sitting.consented is not None and not phase.closed,
        ticking=phase is Phase.RUNNING,
        bundle=phase.closed,
    )


def deadline(sitting: Sitting) -> Millis | None:
    """Return when, on the boot-time clock, TimeExpired is due; None while time does not run."""
    if sitting.ledger.since is None:
        return None
    return Millis(sitting.ledger.since.mono + sitting.ledger.allowance - sitting.ledger.used)


def hand_in_opens(sitting: Sitting, now: Instant) -> Millis:
    """Return how long handing in is still refused: 0 when it is allowed now."""
    timing = sitting.rules.timing
    left = sitting.ledger.remaining(now)
    wait = max(0, min(timing.earliest_hand_in - sitting.ledger.used_at(now), left))
    last_minutes = 0 < left - wait <= timing.no_hand_in_before_end
    return left if last_minutes else Millis(wait)


def apply(sitting: Sitting, event: e.Event) -> Sitting:
    """Return the sitting after an event; IllegalEventError when the event is not allowed, and nothing has changed."""
    known = TRANSITIONS[sitting.phase]
    if type(event) not in known:
        raise _illegal(sitting, event, "phase")
    if not isinstance(event, e.Recovered) and event.at.mono < sitting.last.mono:
        raise _illegal(sitting, event, "time-runs-backwards")
    target = known[type(event)]
    phase = sitting.before if target is None else target
    changed = _judge(sitting, event)
    return replace(changed, phase=phase, last=event.at)


def _judge(sitting: Sitting, event: e.Event) -> Sitting:  # noqa: C901, PLR0911, PLR0912 - one case for each event
    match event:
        case e.Seated():
            raise _illegal(sitting, event, "already-seated")
        case e.Identified() | e.Ready():
            return sitting
        case e.Briefed():
            return replace(_displayed(sitting, _display_of(sitting, event)), consented=event.at)
        case e.DisplayChosen():
            return _displayed(sitting, event)
        case e.Started():
            return _started(sitting, event)
        case e.Viewed():
            _in_form(sitting, event, event.item)
            return replace(sitting, current=event.item, seen=sitting.seen | {event.item})
        case e.Responded():
            _in_time(sitting, event)
            return _responded(sitting, event, event.item, event.response)
        case e.Marked():
            _in_form(sitting, event, event.item)
            return replace(sitting, marked=_with(sitting.marked, event.item, wanted=event.marked))
        case e.Struck():
            if event.option not in _in_form(sitting, event, event.item).options:
                raise _illegal(sitting, event, "option")
            pair = (event.item, event.option)
            return replace(sitting, struck=_with(sitting.struck, pair, wanted=event.struck))
        case e.Tick():
            if event.used != sitting.ledger.used_at(event.at):
                raise _illegal(sitting, event, "used-time")
            return sitting
        case e.Suspended():
            if event.cause is e.SuspendCause.INVIGILATOR and event.act is None:
                raise _illegal(sitting, event, "act")
            _check_act(sitting, event, event.act)
            return replace(sitting, before=sitting.phase, ledger=_stop(sitting, event.at))
        case e.Recovered():
            return _recovered(sitting)
        case e.Resumed():
            _check_act(sitting, event, event.act)
            running = sitting.before is Phase.RUNNING
            return replace(sitting, ledger=sitting.ledger.started(event.at) if running else sitting.ledger)
        case e.Credited():
            return _credited(sitting, event)
        case e.IncidentRecorded():
            _check_act(sitting, event, event.act)
            return replace(sitting, incidents=(*sitting.incidents, event))
        case e.SegmentKept():
            return replace(sitting, segments=(*sitting.segments, event))
        case e.HandedIn():
            if hand_in_opens(sitting, event.at):
                raise _illegal(sitting, event, "too-early")
            return _ended(sitting, event.at)
        case e.TimeExpired():
            return _expired(sitting, event)
        case e.Collected() | e.Voided():
            _check_act(sitting, event, event.act)
            return _ended(sitting, event.at)
        case _:
            assert_never(event)


def _illegal(sitting: Sitting, event: e.Event, why: str) -> IllegalEventError:
    return IllegalEventError(event=type(event).__name__, phase=sitting.phase.value, why=why)


def _in_form(sitting: Sitting, event: e.Event, item: ItemId) -> FormItem:
    entry = sitting.form_item(item)
    if entry is None:
        raise _illegal(sitting, event, "item")
    return entry


def _in_time(sitting: Sitting, event: e.Event) -> None:
    if sitting.ledger.remaining(event.at) == 0:
        raise _illegal(sitting, event, "time-is-up")


def _check_act(sitting: Sitting, event: e.Event, act: e.Act | None) -> None:
    if act is None:
        return
    if sitting.rules.reason(act.reason) is None:
        raise _illegal(sitting, event, "reason")
    if len(act.note) > LONGEST_NOTE or not is_whole(act.note):
        raise _illegal(sitting, event, "note")


def _started(sitting: Sitting, event: e.Started) -> Sitting:
    if event.late > sitting.rules.timing.late_limit:
        raise _illegal(sitting, event, "too-late")
    if event.late < 0:
        raise _illegal(sitting, event, "late")
    late = event.late if sitting.rules.timing.common_end else Millis(0)
    return replace(sitting, started=event.at, ledger=replace(sitting.ledger, late=late).started(event.at))


def _responded(sitting: Sitting, event: e.Event, item: ItemId, response: e.Response | None) -> Sitting:
    entry = _in_form(sitting, event, item)
    _check_response(sitting, event, entry, response)
    responses = dict(sitting.responses)
    if response is None:
        responses.pop(item, None)
    else:
        responses[item] = response
    struck = sitting.struck
    if isinstance(response, e.Chosen):
        struck = frozenset(pair for pair in struck if pair[0] != item or pair[1] not in response.options)
    changes = {**sitting.changes, item: sitting.changes.get(item, 0) + 1}
    return replace(sitting, responses=MappingProxyType(responses), changes=MappingProxyType(changes), struck=struck)


def _check_response(sitting: Sitting, event: e.Event, entry: FormItem, response: e.Response | None) -> None:
    match response:
        case None:
            return
        case e.Entered(text=text):
            sound = text.strip() and len(text) <= LONGEST_ENTRY and is_whole(text)
            if entry.type is not ItemType.NUMERIC or not sound:
                raise _illegal(sitting, event, "response")
        case e.Chosen(options=options):
            in_order = tuple(option for option in entry.options if option in options)
            single = entry.type in {ItemType.SINGLE, ItemType.TRUE_FALSE}
            if not options or options != in_order or (single and len(options) != 1):
                raise _illegal(sitting, event, "response")
        case _:
            assert_never(response)


def _recovered(sitting: Sitting) -> Sitting:
    before = sitting.before if sitting.phase is Phase.SUSPENDED else sitting.phase
    ledger = sitting.ledger.stopped_by_crash(sitting.last)
    return replace(sitting, before=before, ledger=ledger, restarts=sitting.restarts + 1)


def _credited(sitting: Sitting, event: e.Credited) -> Sitting:
    _check_act(sitting, event, event.act)
    if not 0 < event.amount <= sitting.rules.timing.largest_credit:
        raise _illegal(sitting, event, "amount")
    credit = Credit(amount=event.amount, card=event.act.card, reason=event.act.reason)
    return replace(sitting, ledger=sitting.ledger.credited(credit))


def _expired(sitting: Sitting, event: e.TimeExpired) -> Sitting:
    if sitting.ledger.remaining(event.at) > 0:
        raise _illegal(sitting, event, "time-is-left")
    rest = event.in_progress
    last = _responded(sitting, event, rest.item, rest.response) if rest else sitting
    return replace(_ended(last, event.at), by_clock=True)


def _ended(sitting: Sitting, at: Instant) -> Sitting:
    return replace(sitting, ended=at, ledger=_stop(sitting, at))


def _stop(sitting: Sitting, at: Instant) -> TimeLedger:
    return sitting.ledger.stopped(at)


def _display_of(sitting: Sitting, event: e.Briefed) -> e.DisplayChosen:
    if sitting.display is not None:
        return replace(sitting.display, at=event.at, language=event.language)
    return e.DisplayChosen(at=event.at, language=event.language, scale=100, theme=e.Theme.LIGHT)


def _displayed(sitting: Sitting, event: e.DisplayChosen) -> Sitting:
    if event.language not in sitting.rules.languages:
        raise _illegal(sitting, event, "language")
    if event.scale not in range(100, 301):
        raise _illegal(sitting, event, "scale")
    return replace(sitting, display=event)


def _with(values: frozenset[T], value: T, *, wanted: bool) -> frozenset[T]:
    return values | {value} if wanted else values - {value}
