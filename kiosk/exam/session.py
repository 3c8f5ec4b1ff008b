"""The session journal's own law: what happened at a workstation that belongs to no sitting.

Rules: wrong but well-formed codes cost a growing delay (1, 2, 4 ... 60 s) that a restart does not shorten; five wrong
PINs block a card at this seat until another card acts; where the counts were lost, the longest delay holds for codes
and PINs and each card has one try; every use of a card is on record. It does not know how codes are checked: it is told
the outcome.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import Enum
from types import MappingProxyType
from typing import assert_never

from kiosk.errors import SittingError
from kiosk.exam.events import Place
from kiosk.exam.incident import IncidentKind
from kiosk.exam.rules import LockLevel
from kiosk.exam.vocabulary import SECOND, CardId, Instant, Millis, SittingId

PIN_TRIES = 5
_LONGEST_DELAY = 60
_MOST_CODES = 7
"""So many wrong codes cost the longest delay."""


class IllegalSessionEventError(SittingError):
    """The event is not allowed now (`event`, `phase`); the session has not changed."""

    code = "sitting/illegal-session"


class SessionPhase(Enum):
    """Where a workstation stands in a session."""

    LOCKED = "locked"
    UNLOCKED = "unlocked"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionOpened:
    """The package was verified and the session chosen. The first event of every session journal."""

    at: Instant
    place: Place
    package_digest: str
    program: str
    lock_level: LockLevel


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgramRestarted:
    """The program started again and found this session open."""

    at: Instant
    rebooted: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class RoomTimeSet:
    """An invigilator confirmed the room's clock: `room` milliseconds UTC at this instant."""

    at: Instant
    room: int
    card: CardId


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeRefused:
    """A well-formed release code or start code did not fit (`what`)."""

    at: Instant
    what: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PinRefused:
    """A card was shown with a wrong PIN."""

    at: Instant
    card: CardId


@dataclass(frozen=True, slots=True, kw_only=True)
class CardAccepted:
    """A card and its PIN were right; `purpose` says for what."""

    at: Instant
    card: CardId
    purpose: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Unlocked:
    """The banks of the session were opened with these cards, by the release code or by an unlock file."""

    at: Instant
    cards: tuple[CardId, ...]
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SignInRefused:
    """An admission number was refused (`number` as typed, `why` a code)."""

    at: Instant
    number: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SittingOpened:
    """A sitting began at this seat."""

    at: Instant
    sitting: SittingId


@dataclass(frozen=True, slots=True, kw_only=True)
class SittingSealed:
    """The result bundle of a sitting was written: SHA-256 of file, head and length of its journal."""

    at: Instant
    sitting: SittingId
    digest: str
    head: str
    records: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Exported:
    """A bundle was written to a medium and read back equal."""

    at: Instant
    sitting: SittingId
    medium: str
    digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SeatIncident:
    """Something was observed that belongs to no sitting."""

    at: Instant
    kind: IncidentKind
    detail: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TriesLost:
    """Records of this journal are lost: how many wrong codes and PINs there were is not known any more."""

    at: Instant


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionClosed:
    """The session is over at this seat; its secrets are erased."""

    at: Instant
    card: CardId


SessionEvent = (
    SessionOpened
    | ProgramRestarted
    | RoomTimeSet
    | CodeRefused
    | PinRefused
    | CardAccepted
    | Unlocked
    | SignInRefused
    | SittingOpened
    | SittingSealed
    | Exported
    | SeatIncident
    | TriesLost
    | SessionClosed
)

_ANYWHERE = (ProgramRestarted, RoomTimeSet, PinRefused, CardAccepted, SeatIncident, TriesLost)
SESSION_EVENTS: Mapping[SessionPhase, frozenset[type]] = MappingProxyType(
    {
        SessionPhase.LOCKED: frozenset({CodeRefused, Unlocked, SessionClosed, *_ANYWHERE}),
        SessionPhase.UNLOCKED: frozenset(
            {CodeRefused, Unlocked, SignInRefused, SittingOpened, SittingSealed, Exported, SessionClosed, *_ANYWHERE}
        ),
        SessionPhase.CLOSED: frozenset({ProgramRestarted, Exported, SeatIncident, TriesLost}),
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionState:
    """A workstation in one session, after its last event."""

    opened: SessionOpened
    phase: SessionPhase
    last: Instant
    room: RoomTimeSet | None = None
    wrong_codes: int = 0
    wrong_since: Instant | None = None
    wrong_pins: Mapping[CardId, int]
    pins_before: int = 0
    sittings: tuple[SittingId, ...] = ()
    sealed: Mapping[SittingId, SittingSealed]
    exported: frozenset[SittingId] = frozenset()


def open_session(event: SessionOpened) -> SessionState:
    """Begin a session with its first event."""
    return SessionState(
        opened=event,
        phase=SessionPhase.LOCKED,
        last=event.at,
        wrong_pins=MappingProxyType({}),
        sealed=MappingProxyType({}),
    )


def replay_session(first: SessionOpened, rest: Iterable[SessionEvent]) -> SessionState:
    """Fold a whole session journal."""
    state = open_session(first)
    for event in rest:
        state = apply_session(state, event)
    return state


def code_delay(state: SessionState, now: Instant) -> Millis:
    """Return how long the next code is still refused; a restart begins the delay anew."""
    if state.wrong_since is None:
        return Millis(0)
    whole = min(2 ** (state.wrong_codes - 1), _LONGEST_DELAY) * SECOND
    return Millis(max(0, whole - max(0, now.mono - state.wrong_since.mono)))


def pin_delay(state: SessionState, now: Instant) -> Millis:
    """Return how long a PIN is still refused: nothing, unless the counts were lost and no card has acted since."""
    return code_delay(state, now) if state.pins_before else Millis(0)


def card_blocked(state: SessionState, card: CardId) -> bool:
    """Tell whether a card is blocked at this seat by wrong PINs."""
    return _wrong_pins(state, card) >= PIN_TRIES


def _wrong_pins(state: SessionState, card: CardId) -> int:
    return max(state.pins_before, state.wrong_pins.get(card, 0))


def apply_session(state: SessionState, event: SessionEvent) -> SessionState:
    """Return the state after an event; IllegalSessionEventError when it is not allowed, and nothing has changed."""
    if type(event) not in SESSION_EVENTS[state.phase]:
        raise IllegalSessionEventError(event=type(event).__name__, phase=state.phase.value)
    return replace(_judge(state, event), last=event.at)


def _judge(state: SessionState, event: SessionEvent) -> SessionState:  # noqa: C901, PLR0911, PLR0912 - one case for each event
    match event:
        case SessionOpened():
            raise IllegalSessionEventError(event="SessionOpened", phase=state.phase.value)
        case ProgramRestarted():
            waiting = event.at if state.wrong_since is not None else None
            return replace(state, wrong_since=waiting, room=None if event.rebooted else state.room)
        case RoomTimeSet():
            return replace(state, room=event)
        case CodeRefused():
            return replace(state, wrong_codes=state.wrong_codes + 1, wrong_since=event.at)
        case PinRefused():
            wrong = {**state.wrong_pins, event.card: _wrong_pins(state, event.card) + 1}
            return replace(state, wrong_pins=MappingProxyType(wrong))
        case CardAccepted():
            if card_blocked(state, event.card):
                raise IllegalSessionEventError(event="CardAccepted", phase=state.phase.value)
            return replace(state, wrong_pins=MappingProxyType({}), pins_before=0)
        case Unlocked():
            return replace(state, phase=SessionPhase.UNLOCKED, wrong_codes=0, wrong_since=None)
        case SignInRefused() | SeatIncident():
            return state
        case TriesLost():
            codes = max(state.wrong_codes, _MOST_CODES)
            return replace(state, wrong_codes=codes, wrong_since=event.at, pins_before=PIN_TRIES - 1)
        case SittingOpened():
            return replace(state, sittings=(*state.sittings, event.sitting))
        case SittingSealed():
            return replace(state, sealed=MappingProxyType({**state.sealed, event.sitting: event}))
        case Exported():
            return replace(state, exported=state.exported | {event.sitting})
        case SessionClosed():
            return replace(state, phase=SessionPhase.CLOSED)
        case _:
            assert_never(event)
