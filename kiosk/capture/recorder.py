"""Decides, picture by picture, what is kept, what is shown and what is searched for a code.

One still a second is kept, ten seconds make a segment. Around an event the pictures of a ring in memory and those that
follow are kept more densely. While a code is read nothing is kept or ringed, and once one has been found it is neither
shown nor kept for as long as it stays in sight: only its text leaves. Every stretch without pictures during a recording
is reported with its cause. It reads no clock and opens no camera: pictures and instants are brought to it.
"""

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from kiosk.capture import picture
from kiosk.capture.keeper import Batch, Keeper
from kiosk.capture.protocol import (
    NO_HEAD,
    Burst,
    Code,
    Command,
    Gap,
    HeadMoved,
    Idle,
    Lost,
    Part,
    Preview,
    Quit,
    Record,
    Report,
    Scan,
    Viewfinder,
)
from kiosk.capture.source import FrameSource
from kiosk.exam.vocabulary import Instant
from kiosk.formats.segment import LIMITS, Picture, PictureKind

FASTEST_PREVIEW: Final = 15
LONGEST_WITHHELD_MS: Final = 30_000
LOOKS_TO_BE_GONE: Final = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """How densely and how long pictures are kept. An exam uses these defaults; tests make time run faster."""

    still_ms: int = 1_000
    segment_ms: int = 10_000
    ring_ms: int = 250
    ring_pictures: int = 15  # five seconds of four, less the stills, which are kept anyway
    burst_ms: int = 5_000
    bursts: int = 60
    look_ms: int = 150
    alive_ms: int = 500
    retry_ms: int = 1_000
    reserve_bytes: int = 50 * 2**20
    backlog: int = 3

    @property
    def gap_ms(self) -> int:
        """Two kept pictures further apart than this have a gap between them."""
        return self.still_ms * 5 // 2


class Every:
    """Says once per interval that it is time; what was missed is not made up for."""

    def __init__(self, interval: int) -> None:
        self._interval = interval
        self._next = 0

    def due(self, mono: int) -> bool:
        """Whether it is time now; if so, the next time is an interval away."""
        if mono < self._next:
            return False
        late = mono - self._next
        self._next = mono + self._interval if late > self._interval else self._next + self._interval
        return True


class Recorder:
    """What the recorder process is told to do, and what it does with each picture."""

    def __init__(self, *, report: Callable[[Report], None], keeper: Keeper, settings: Settings) -> None:
        self._report = report
        self._keeper = keeper
        self._settings = settings
        self._reader = picture.CodeReader()
        self._still = Every(settings.still_ms)
        self._beat = Every(settings.ring_ms)
        self._look = Every(settings.look_ms)
        self._view: Every | None = None
        self._record: Record | None = None
        self._head = NO_HEAD
        self._keeping = False
        self._scanning = False
        self._found = False
        self._withheld_until: int | None = None
        self._unseen = 0
        self._pictures: list[Picture] = []
        self._ring: deque[Picture] = deque(maxlen=settings.ring_pictures)
        self._burst_until = 0
        self._bursts = 0
        self._last: Instant | None = None
        self._cause = "slow"
        self.quitting = False

    def obey(self, command: Command, now: Instant) -> None:
        """Do as told, at once."""
        match command:
            case Record():
                self._start(command, now)
            case Scan():
                self._pause("card")
                self._scanning, self._found, self._withheld_until = True, False, None
            case Idle():
                self._stop()
            case Preview(fps=fps):
                self._view = Every(1000 // min(fps, FASTEST_PREVIEW)) if fps > 0 else None
            case HeadMoved(head=head):
                self._head = head
            case Burst():
                self._burst(now)
            case Quit():
                self._stop()
                self.quitting = True

    def see(self, source: FrameSource, now: Instant) -> None:
        """Take what is wanted from the picture the source has just grabbed; most pictures are wanted for nothing."""
        view = self._view is not None and self._view.due(now.mono)
        look = self._scanning and not self._found and (self._look.due(now.mono) or view)
        still = self._keeping and self._still.due(now.mono)
        beat = self._keeping and self._beat.due(now.mono)
        if not (view or look or still or beat):
            return
        raw = source.picture()
        if look:
            self._search(raw)
        if (still or beat) and self._withheld(raw, now):
            still = beat = False
        if still or beat:
            self._take(picture.fitted(raw), now, still=still)
        if view:
            covered = self._found or self._withheld_until is not None
            jpeg = picture.preview(picture.canvas() if covered else raw)
            self._report(Viewfinder(jpeg=jpeg, mono=now.mono, covered=covered))

    def camera_lost(self, cause: str) -> None:
        """The camera gives no more pictures; what was kept so far is closed."""
        self._close()
        self._interrupted("camera")
        self._ring.clear()
        self._report(Lost(part=Part.CAMERA, cause=cause))

    def _start(self, record: Record, now: Instant) -> None:
        previous, self._head = self._record, record.head
        if previous is None or previous.sitting != record.sitting:
            self._stop_keeping()
            self._bursts = 0
            self._last, self._cause = record.tail.last, "recorder"
            self._keeper.begin(record)
        if self._scanning and self._found:
            self._withheld_until, self._unseen = now.mono + LONGEST_WITHHELD_MS, 0
        self._record, self._keeping, self._scanning, self._found = record, True, False, False

    def _pause(self, cause: str) -> None:
        self._stop_keeping()
        self._interrupted(cause)

    def _stop_keeping(self) -> None:
        self._close()
        self._ring.clear()
        self._keeping = False
        self._burst_until = 0

    def _stop(self) -> None:
        self._pause("idle")
        self._scanning = self._found = False
        self._withheld_until = None
        self._keeper.end(self._record.sitting if self._record is not None else None)

    def _interrupted(self, cause: str) -> None:
        """Remember the first cause of a stretch without pictures."""
        if self._cause == "slow":
            self._cause = cause

    def _search(self, raw: picture.Frame) -> None:
        text = self._reader.text(raw)
        if text is not None:
            self._found = True
            self._report(Code(text=text))

    def _withheld(self, raw: picture.Frame, now: Instant) -> bool:
        """Whether a code that was read a moment ago is still held to the camera."""
        if self._withheld_until is None:
            return False
        self._unseen = 0 if self._reader.sees(raw) else self._unseen + 1
        if now.mono < self._withheld_until and self._unseen < LOOKS_TO_BE_GONE:
            return True
        self._withheld_until = None
        return False

    def _take(self, frame: picture.Frame, now: Instant, *, still: bool) -> None:
        if still:
            self._note_gap(now)
            self._add(Picture(kind=PictureKind.STILL, at=now, data=picture.webp(frame)))
            self._last = now
        elif now.mono < self._burst_until:
            self._add(Picture(kind=PictureKind.BURST, at=now, data=picture.jpeg(frame)))
        else:
            self._ring.append(Picture(kind=PictureKind.RING, at=now, data=picture.jpeg(frame)))

    def _note_gap(self, now: Instant) -> None:
        last, cause, record = self._last, self._cause, self._record
        self._cause = "slow"
        if record is not None and last is not None and now.mono - last.mono > self._settings.gap_ms:
            self._report(Gap(sitting=record.sitting, cause=cause, first=last, last=now))

    def _add(self, kept: Picture) -> None:
        opened = self._pictures[0].at.mono if self._pictures else kept.at.mono
        if kept.at.mono - opened >= self._settings.segment_ms or len(self._pictures) >= LIMITS.pictures:
            self._close()
        self._pictures.append(kept)

    def _burst(self, now: Instant) -> None:
        if self._keeping and self._bursts < self._settings.bursts:
            self._bursts += 1
            self._burst_until = now.mono + self._settings.burst_ms
            for kept in self._ring:
                self._add(kept)
            self._ring.clear()

    def _close(self) -> None:
        """Hand what was kept so far to the keeper as one segment."""
        if self._record is not None and self._pictures:
            self._keeper.keep(Batch(record=self._record, head=self._head, pictures=tuple(self._pictures)))
        self._pictures = []
