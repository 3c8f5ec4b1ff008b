"""Everything that can happen to a sitting, as immutable values.

Rules: an event is a fact with the instant it was judged at; an act of an invigilator names card, reason and note.
What an event does is decided in sitting.py; how it is written down, in formats.
"""

from dataclasses import dataclass
from enum import Enum

from kiosk.exam.form import Form
from kiosk.exam.incident import IncidentKind
from kiosk.exam.rules import LockLevel
from kiosk.exam.vocabulary import (
    AdmissionNumber,
    CardId,
    Instant,
    ItemId,
    Language,
    Millis,
    OptionId,
    ReasonCode,
    RoomId,
    RoundId,
    SeatId,
    SessionId,
    SittingId,
    WorkstationId,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """A response to an item with options: which ones, by identity, in the order of the form."""

    options: tuple[OptionId, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Entered:
    """A response typed in, exactly as typed."""

    text: str


Response = Chosen | Entered


class Theme(Enum):
    """The colours of the screen."""

    LIGHT = "light"
    DARK = "dark"
    HIGH_CONTRAST = "high-contrast"


class SuspendCause(Enum):
    """Why time was stopped."""

    INVIGILATOR = "invigilator"
    SAVE_FAILED = "save-failed"
    PROGRAM_FAULT = "program-fault"


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """Who of the invigilators did something, and why."""

    card: CardId
    reason: ReasonCode
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where and for what a sitting happens."""

    round: RoundId
    package: int
    room: RoomId
    session: SessionId
    seat: SeatId
    workstation: WorkstationId


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Who sits: what the result must name, and the accommodation granted on the roster."""

    number: AdmissionNumber
    name: str
    id_tail: str
    unit: str
    extra: Millis


@dataclass(frozen=True, slots=True, kw_only=True)
class Seated:
    """A candidate signed in; the form is drawn. The first event of every sitting."""

    at: Instant
    sitting: SittingId
    place: Place
    person: Person
    form: Form
    session_head: str
    program: str
    lock_level: LockLevel


@dataclass(frozen=True, slots=True, kw_only=True)
class Identified:
    """An invigilator compared face, document and roster and took the candidate for the one on the roster."""

    at: Instant
    card: CardId


@dataclass(frozen=True, slots=True, kw_only=True)
class Briefed:
    """The candidate read the briefing and consented to the recording, in this language."""

    at: Instant
    language: Language


@dataclass(frozen=True, slots=True, kw_only=True)
class Ready:
    """Practice is over (or was skipped); the candidate waits for the start code."""

    at: Instant


@dataclass(frozen=True, slots=True, kw_only=True)
class Started:
    """The start code was right; `late` is the time lost to the common end, zero in time."""

    at: Instant
    late: Millis


@dataclass(frozen=True, slots=True, kw_only=True)
class Viewed:
    """An item was put on the screen."""

    at: Instant
    item: ItemId


@dataclass(frozen=True, slots=True, kw_only=True)
class Responded:
    """The candidate gave, changed or cleared (None) a response."""

    at: Instant
    item: ItemId
    response: Response | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Marked:
    """The candidate marked an item for review, or took the mark away."""

    at: Instant
    item: ItemId
    marked: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Struck:
    """The candidate struck out an option, or restored it."""

    at: Instant
    item: ItemId
    option: OptionId
    struck: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class DisplayChosen:
    """The candidate chose language, text size (per cent) and colours."""

    at: Instant
    language: Language
    scale: int
    theme: Theme


@dataclass(frozen=True, slots=True, kw_only=True)
class Tick:
    """Time goes by: the used time as the ledger has it."""

    at: Instant
    used: Millis


@dataclass(frozen=True, slots=True, kw_only=True)
class Suspended:
    """Time was stopped and the item covered."""

    at: Instant
    cause: SuspendCause
    act: Act | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Recovered:
    """The program started again and found this sitting open; it stays covered until an invigilator resumes it."""

    at: Instant
    rebooted: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Resumed:
    """An invigilator let the candidate go on."""

    at: Instant
    act: Act


@dataclass(frozen=True, slots=True, kw_only=True)
class Credited:
    """An invigilator gave time back."""

    at: Instant
    amount: Millis
    act: Act


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentRecorded:
    """Something was observed; `detail` is for people, `act` is set when an invigilator recorded it."""

    at: Instant
    kind: IncidentKind
    detail: str
    act: Act | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SegmentKept:
    """Ten seconds of pictures were sealed and written: the digest of the file, the Merkle root of its pictures."""

    at: Instant
    name: str
    digest: str
    root: str
    pictures: int
    size: int
    first: Instant
    last: Instant


@dataclass(frozen=True, slots=True, kw_only=True)
class HandedIn:
    """The candidate handed in."""

    at: Instant


@dataclass(frozen=True, slots=True, kw_only=True)
class InProgress:
    """What stood in an input that had not been committed when time ran out."""

    item: ItemId
    response: Response


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeExpired:
    """Time is up: handed in by the clock, with the input that was in progress."""

    at: Instant
    in_progress: InProgress | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Collected:
    """An invigilator ended the sitting; what was saved counts."""

    at: Instant
    act: Act


@dataclass(frozen=True, slots=True, kw_only=True)
class Voided:
    """An invigilator voided the sitting; the evidence is kept."""

    at: Instant
    act: Act


Event = (
    Seated
    | Identified
    | Briefed
    | Ready
    | Started
    | Viewed
    | Responded
    | Marked
    | Struck
    | DisplayChosen
    | Tick
    | Suspended
    | Recovered
    | Resumed
    | Credited
    | IncidentRecorded
    | SegmentKept
    | HandedIn
    | TimeExpired
    | Collected
    | Voided
)
