"""What station and recorder say to each other, one message a line.

The station commands, the recorder reports. Commands set levels ("record into this folder"), so that saying them again
does no harm and a recorder that was restarted only needs to hear the last ones. Every line is canonical JSON; a line
that is not a message is counted and skipped by both sides. No picture library is loaded here: the station imports
this module in the process that holds the answers.
"""

from dataclasses import dataclass
from enum import Enum
from typing import ClassVar, Final

from kiosk.errors import CaptureError, KioskError
from kiosk.exam.vocabulary import Instant, SittingId
from kiosk.formats import canonical, codec
from kiosk.formats.segment import Head

MOST_LINE_BYTES: Final = 256 * 1024
NO_HEAD: Final = Head(seq=0, hash="0" * 64)


class MessageError(CaptureError):
    """A line is not a message of this protocol."""

    code: ClassVar[str] = "capture/message"


@dataclass(frozen=True, slots=True, kw_only=True)
class Tail:
    """Where the segments of a sitting end so far: number, file digest and last picture of the last one kept."""

    number: int = 0
    digest: str | None = None
    last: Instant | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """Keep pictures of this sitting in this folder, sealed to these recipients, after the segments there are."""

    folder: str
    sitting: SittingId
    recipients: tuple[str, ...]
    head: Head = NO_HEAD
    tail: Tail = Tail()


@dataclass(frozen=True, slots=True, kw_only=True)
class Scan:
    """Look for a code; keep nothing meanwhile. Each Scan reports at most one code."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Idle:
    """Keep nothing and look for nothing; what was being kept is closed and answered with Stopped."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """Send this many small pictures a second for the viewfinder; 0 for none."""

    fps: int


@dataclass(frozen=True, slots=True, kw_only=True)
class HeadMoved:
    """The journal has grown to this record; segments closed from now on name it."""

    head: Head


@dataclass(frozen=True, slots=True, kw_only=True)
class Burst:
    """Something happened, and the journal says what: keep the seconds before and after it more densely."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Quit:
    """Close what is open and end."""


Command = Record | Scan | Idle | Preview | HeadMoved | Burst | Quit


class Part(Enum):
    """What can be lost and come back."""

    RECORDER = "recorder"
    CAMERA = "camera"
    DISK = "disk"


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """The recorder runs and is opening the camera, which may take many seconds."""

    pid: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Hello:
    """The camera gives pictures: what it says it is, and the size of its pictures."""

    pid: int
    camera: str
    width: int
    height: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Alive:
    """A picture came out of the camera, or the recorder waits for one that is known to be lost."""

    mono: int
    garbage: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Viewfinder:
    """A small JPEG picture of what the camera sees; covered once a code has been found in it."""

    jpeg: bytes
    mono: int
    covered: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Code:
    """The text of the code that a Scan found. It is not kept anywhere by the recorder."""

    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """A segment is on the disk for good: its file and what the journal says of it."""

    sitting: SittingId
    name: str
    number: int
    digest: str
    root: str
    pictures: int
    size: int
    first: Instant
    last: Instant

    @property
    def tail(self) -> Tail:
        """Where the segments end with this one."""
        return Tail(number=self.number, digest=self.digest, last=self.last)


@dataclass(frozen=True, slots=True, kw_only=True)
class Stray:
    """A segment file was found that was never reported: its recorder died between writing and saying so."""

    sitting: SittingId
    name: str
    number: int
    digest: str
    size: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """No picture was kept between these instants though a sitting was recorded.

    Causes: card (a code was read), idle (told so), camera, disk, recorder (it died), slow.
    """

    sitting: SittingId
    cause: str
    first: Instant
    last: Instant


@dataclass(frozen=True, slots=True, kw_only=True)
class Lost:
    """A part stopped working; `cause` is one word for the journal."""

    part: Part
    cause: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Back:
    """A part that was lost works again."""

    part: Part


@dataclass(frozen=True, slots=True, kw_only=True)
class Stopped:
    """Nothing is being kept any more and every segment that could be kept has been reported."""

    sitting: SittingId | None
    segments: int


Report = Opening | Hello | Alive | Viewfinder | Code | Segment | Stray | Gap | Lost | Back | Stopped


def line(message: Command | Report) -> bytes:
    """The message as one line."""
    return canonical.encode(codec.to_json(message)) + b"\n"


def command(data: bytes) -> Command:
    """The command in a line. Raises MessageError."""
    try:
        value: Command = codec.from_json(Command, _json(data))
    except KioskError as error:
        raise MessageError from error
    return value


def report(data: bytes) -> Report:
    """The report in a line. Raises MessageError."""
    try:
        value: Report = codec.from_json(Report, _json(data))
    except KioskError as error:
        raise MessageError from error
    return value


def _json(data: bytes) -> canonical.JsonValue:
    if not data.endswith(b"\n"):
        raise MessageError
    return canonical.decode(data[:-1], limit=MOST_LINE_BYTES)
