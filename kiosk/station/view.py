"""What a screen may know: one frozen value that says everything about the seat at one instant.

Rules: it is made anew after each change and never edited; it holds no secret but the item on the screen and what an
unlocked seat's panel may show. It does not know what a screen does with it.
"""

from dataclasses import dataclass
from enum import Enum

from kiosk.exam.bank import Item
from kiosk.exam.round import RosterEntry, Round, Session
from kiosk.exam.rules import LockLevel
from kiosk.exam.sitting import Sitting
from kiosk.exam.vocabulary import Instant, ItemId, Millis, SeatId


class Stage(Enum):
    """Which of the seat's situations holds."""

    NO_PACKAGE = "no-package"
    LOCKED = "locked"
    RECOVERY = "recovery"
    SIGN_IN = "sign-in"
    CONFIRM = "confirm"
    IDENTITY = "identity"
    BRIEFING = "briefing"
    PRACTICE = "practice"
    WAITING = "waiting"
    EXAM = "exam"
    SUSPENDED = "suspended"
    SEALING = "sealing"
    RECEIPT = "receipt"
    FAULT = "fault"
    CLOSED = "closed"


class Camera(Enum):
    """What the camera is doing."""

    OFF = "off"
    OPENING = "opening"
    READY = "ready"
    RECORDING = "recording"
    SCANNING = "scanning"
    LOST = "lost"


@dataclass(frozen=True, slots=True, kw_only=True)
class Saved:
    """What is on disk: which responses are still on their way, and when the last one arrived (ms UTC)."""

    pending: frozenset[ItemId]
    last_wall: int | None
    late: bool


NOTHING_SAVED = Saved(pending=frozenset(), last_wall=None, late=False)
NO_WAIT = Millis(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """Why this seat could not begin: a stable code, and the facts that a sentence about it needs."""

    code: str
    data: tuple[tuple[str, str | int], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """What a candidate is told after handing in; counts, never a score."""

    code: str
    digest: str
    qr: tuple[tuple[bool, ...], ...]
    ended_wall: int
    by_clock: bool
    answered: int
    items: int
    segments: int


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """The seat at one instant."""

    stage: Stage
    now: Instant
    seat: SeatId
    rehearsal: bool
    lock_level: LockLevel
    restarted: bool
    refusal: Refusal | None = None
    round: Round | None = None
    session: Session | None = None
    entry: RosterEntry | None = None
    sitting: Sitting | None = None
    item: Item | None = None
    item_damaged: bool = False
    saved: Saved = NOTHING_SAVED
    camera: Camera = Camera.OFF
    wait: Millis = NO_WAIT
    start_code: str | None = None
    receipt: Receipt | None = None
    evidence_ready: bool = False
    exported: bool = False
    fault: str | None = None
    bundle_files: tuple[str, ...] = ()
