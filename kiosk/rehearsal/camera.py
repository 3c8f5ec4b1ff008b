"""A camera without hardware: a drawn figure that moves, a running clock, and whatever a rehearsal holds up to it.

`synthetic` draws; `synthetic:FOLDER` also obeys files in that folder, looked at for every picture: while `show.png` is
there it is held to the camera, slightly turned and swaying, as a card would be; while `unplugged` is there the camera
is gone; while `stalled` is there it blocks, as a broken driver does; while `dark` is there the lens is covered. No two
pictures are equal, as with a real sensor. It knows nothing of exams. Words that name no synthetic camera are passed on
to the real sources, so this one function is all the composition root has to hand to the recorder.
"""

import math
import time
from pathlib import Path
from typing import Final

from kiosk.capture import picture
from kiosk.capture.picture import HEIGHT, WIDTH, Frame
from kiosk.capture.source import CameraLostError, CameraUnavailableError, FrameSource
from kiosk.capture.source import source_of as real_source_of

WORD: Final = "synthetic"
FPS: Final = 15
MOST_SHOWN_BYTES: Final = 4 * 2**20
SHOWN_SIDE: Final = 320
SWAY_DEGREES: Final = 9.0
SWAY_SECONDS: Final = 4.0
STALL_SECONDS: Final = 3600.0
SKIN: Final = (140, 170, 214)
HAIR: Final = (34, 36, 42)
COAT: Final = (120, 84, 52)
WALL: Final = (178, 186, 180)


def source_of(words: str) -> FrameSource:
    """The source these words name: `synthetic`, `synthetic:FOLDER`, `file:PATH`, or a camera's number."""
    kind, colon, folder = words.partition(":")
    if kind == WORD and bool(colon) == bool(folder):
        return SyntheticSource(Path(folder) if folder else None)
    return real_source_of(words)


class SyntheticSource:
    """Draws its pictures, fifteen a second, and only those that are asked for."""

    def __init__(self, controls: Path | None) -> None:
        self._controls = controls
        self._grain = picture.grain(seed=1, width=WIDTH + 64, height=HEIGHT + 64)
        self._opened = False
        self._due = 0.0
        self._count = 0
        self._shown: tuple[tuple[int, int], Frame | None] = ((0, 0), None)

    @property
    def identity(self) -> str:
        """It never claims to be a camera."""
        return "synthetic camera (rehearsal)"

    def open(self) -> None:
        """Ready at once, unless unplugged."""
        if self._told("unplugged"):
            raise CameraUnavailableError(cause="absent")
        self._opened = True
        self._due = time.monotonic()

    def grab(self) -> None:
        """Wait for the time of the next picture, or for ever while told to stall."""
        if self._told("stalled"):
            time.sleep(STALL_SECONDS)
        if not self._opened or self._told("unplugged"):
            raise CameraLostError(cause="unplugged")
        self._due = max(self._due + 1 / FPS, time.monotonic() - 1)
        time.sleep(max(0.0, self._due - time.monotonic()))
        self._count += 1

    def picture(self) -> Frame:
        """Draw the picture of this moment."""
        if self._told("dark"):
            frame = picture.canvas(colour=(0, 0, 0))
        else:
            frame = self._figure(self._count / FPS)
            shown = self._held_up()
            if shown is not None:
                swing = SWAY_DEGREES * math.sin(self._count / FPS * math.tau / SWAY_SECONDS)
                centre = WIDTH // 2 + round(swing), HEIGHT // 2
                picture.paste(frame, shown, centre=centre, side=SHOWN_SIDE, degrees=swing)
        left, top = self._count * 7 % 64, self._count * 11 % 61
        return picture.add(frame, self._grain[top : top + HEIGHT, left : left + WIDTH])

    def close(self) -> None:
        """Nothing is held."""
        self._opened = False

    def _figure(self, seconds: float) -> Frame:
        frame = picture.canvas(colour=WALL)
        sway, nod = round(24 * math.sin(seconds * 0.9)), round(8 * math.sin(seconds * 1.7))
        head = WIDTH // 2 + sway, 200 + nod
        picture.ellipse(frame, centre=(WIDTH // 2 + sway // 2, HEIGHT + 40), axes=(190, 190), colour=COAT)
        picture.ellipse(frame, centre=(head[0], head[1] - 26), axes=(80, 84), colour=HAIR)
        picture.ellipse(frame, centre=(head[0], head[1] + 8), axes=(70, 88), colour=SKIN)
        for side in (-26, 26):
            picture.ellipse(frame, centre=(head[0] + side, head[1] - 14), axes=(8, 5), colour=picture.DARK)
        picture.ellipse(frame, centre=(head[0], head[1] + 44), axes=(22, 6), colour=(90, 90, 160))
        wall = time.time()
        stamp = time.strftime("%H:%M:%S", time.gmtime(wall)) + f".{int(wall * 1000) % 1000:03} UTC  {self._count}"
        picture.caption(frame, stamp, at=(16, HEIGHT - 18))
        return frame

    def _told(self, name: str) -> bool:
        return self._controls is not None and (self._controls / name).exists()

    def _held_up(self) -> Frame | None:
        """The picture in show.png, read again only when the file has changed; a file half written shows nothing."""
        if self._controls is None:
            return None
        path = self._controls / "show.png"
        try:
            status = path.stat()
            if status.st_size > MOST_SHOWN_BYTES:
                return None
            mark = status.st_mtime_ns, status.st_size
            if mark != self._shown[0] or self._shown[1] is None:
                self._shown = mark, picture.decoded(path.read_bytes())
        except OSError:
            return None
        return self._shown[1]
