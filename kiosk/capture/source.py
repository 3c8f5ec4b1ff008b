"""Where camera pictures come from: the seat's camera, or a video file played at its own speed.

Every source is opened, asked to `grab` in a loop, and asked for the `picture` only when one is wanted, because grabbing
keeps the driver's buffer fresh and costs next to nothing while decoding does not. `grab` blocks until the next picture
is there; a source that blocks for ever is the business of the watchdog, which kills the process it blocks.

A library that says a camera is open proves nothing (measured: after unplugging it still says so). A camera counts as
open when a picture has come out of it. Made-up pictures for rehearsals are drawn elsewhere and arrive by the same door.
"""

import os
import time
from pathlib import Path
from typing import ClassVar, Protocol

import numpy as np

from kiosk.capture.picture import HEIGHT, MOST_SIDE, WIDTH, Frame, fitted
from kiosk.capture.vision import cv2
from kiosk.errors import CaptureError

SYSFS = Path("/sys/class/video4linux")
FIRST_PICTURE_TRIES = 3
SLOWEST_VIDEO, FASTEST_VIDEO = 1.0, 60.0


class CameraUnavailableError(CaptureError):
    """The camera does not open or gives no picture; `cause` is absent, denied, busy, silent or unreadable."""

    code: ClassVar[str] = "capture/camera-unavailable"


class CameraLostError(CaptureError):
    """The camera gave pictures and stopped; `cause` is unplugged or stalled."""

    code: ClassVar[str] = "capture/camera-lost"


class UnknownSourceError(CaptureError):
    """The words given for a camera name none."""

    code: ClassVar[str] = "capture/unknown-source"


class FrameSource(Protocol):
    """Something that gives pictures."""

    @property
    def identity(self) -> str:
        """What the source says it is, for the journal; compared when it is opened again."""

    def open(self) -> None:
        """Get ready; may take many seconds. Raises CameraUnavailableError."""

    def grab(self) -> None:
        """Wait for the next picture. Raises CameraLostError."""

    def picture(self) -> Frame:
        """The picture last grabbed. Raises CameraLostError."""

    def close(self) -> None:
        """Let go of the hardware. Harmless when not open."""


def source_of(words: str) -> FrameSource:
    """The source a seat's configuration names: `0` (a camera's number) or `file:PATH`."""
    if words.isascii() and words.isdigit() and len(words) < 4:  # noqa: PLR2004
        return CameraSource(int(words))
    kind, _, rest = words.partition(":")
    if kind == "file" and rest:
        return FileSource(Path(rest))
    raise UnknownSourceError(words=words)


def capped(picture: object) -> Frame:
    """The picture in colour and no larger than a picture may be."""
    frame = np.asarray(picture, np.uint8)
    if frame.ndim == 2:  # noqa: PLR2004
        frame = np.repeat(frame[:, :, None], 3, axis=2)
    if max(frame.shape[:2]) > MOST_SIDE:
        return fitted(frame)
    return frame


class CameraSource:
    """The seat's camera: V4L2 on Linux, DirectShow and then Media Foundation on Windows."""

    BACKENDS: ClassVar[tuple[int, ...]] = (cv2.CAP_DSHOW, cv2.CAP_MSMF) if os.name == "nt" else (cv2.CAP_V4L2,)

    def __init__(self, number: int) -> None:
        self._number = number
        self._device = Path(f"/dev/video{number}")
        self._capture: cv2.VideoCapture | None = None

    @property
    def identity(self) -> str:
        """Name and USB numbers of the device where the system tells them."""
        folder = SYSFS / self._device.name
        name = _line(folder / "name") or self._device.name
        usb = folder / "device" / ".." / "id"
        vendor, product = _line(usb.with_name("idVendor")), _line(usb.with_name("idProduct"))
        return f"{name} [{vendor}:{product}]" if vendor and product else name

    def open(self) -> None:
        """Open the device, ask for 640 x 480 once, and wait for a first picture."""
        for backend in self.BACKENDS:
            capture = cv2.VideoCapture(self._number, backend)
            capture.set(cv2.CAP_PROP_FRAME_WIDTH, WIDTH)
            capture.set(cv2.CAP_PROP_FRAME_HEIGHT, HEIGHT)
            if capture.isOpened() and any(capture.read()[0] for _ in range(FIRST_PICTURE_TRIES)):
                self._capture = capture
                return
            opened = capture.isOpened()
            capture.release()
        raise CameraUnavailableError(cause="silent" if opened else self._refusal())

    def _refusal(self) -> str:
        """Why the device does not open; the library does not say."""
        if os.name == "nt":
            return "absent"
        try:
            os.close(os.open(self._device, os.O_RDWR | os.O_NONBLOCK))
        except FileNotFoundError:
            return "absent"
        except PermissionError:
            return "denied"
        except OSError:
            return "unreadable"
        return "busy"

    def grab(self) -> None:
        """Take the next picture out of the driver."""
        if self._capture is None or not self._capture.grab():
            raise CameraLostError(cause=self._loss())

    def _loss(self) -> str:
        return "stalled" if os.name == "nt" or self._device.exists() else "unplugged"

    def picture(self) -> Frame:
        """Decode the picture taken last."""
        done, frame = self._capture.retrieve() if self._capture is not None else (False, None)
        if not done or frame is None:
            raise CameraLostError(cause=self._loss())
        return capped(frame)

    def close(self) -> None:
        """Release the device."""
        if self._capture is not None:
            self._capture.release()
            self._capture = None


def _line(path: Path) -> str:
    """The first line of a small system file, or nothing."""
    try:
        return "".join(path.read_text(errors="replace")[:80].splitlines()[:1]).strip()
    except OSError:
        return ""


class FileSource:
    """A video file, played at its own speed, again and again."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._capture: cv2.VideoCapture | None = None
        self._interval = 1 / SLOWEST_VIDEO
        self._due = 0.0

    @property
    def identity(self) -> str:
        """The file's name."""
        return f"file {self._path.name}"

    def open(self) -> None:
        """Open the file and read its speed."""
        if not self._path.is_file():
            raise CameraUnavailableError(cause="absent")
        capture = cv2.VideoCapture(str(self._path))
        if not capture.isOpened() or not capture.grab():
            capture.release()
            raise CameraUnavailableError(cause="unreadable")
        rate = capture.get(cv2.CAP_PROP_FPS)
        self._interval = 1 / min(max(rate, SLOWEST_VIDEO), FASTEST_VIDEO)
        self._capture = capture
        self._due = time.monotonic()

    def grab(self) -> None:
        """Wait for the next picture's time; after the last comes the first."""
        if self._capture is None:
            raise CameraLostError(cause="unplugged")
        self._due = max(self._due + self._interval, time.monotonic() - 1)
        time.sleep(max(0.0, self._due - time.monotonic()))
        if not self._capture.grab():
            self._capture.release()
            self._capture = cv2.VideoCapture(str(self._path))
            if not self._capture.grab():
                raise CameraLostError(cause="unplugged")

    def picture(self) -> Frame:
        """Decode the picture reached last."""
        done, frame = self._capture.retrieve() if self._capture is not None else (False, None)
        if not done or frame is None:
            raise CameraLostError(cause="stalled")
        return capped(frame)

    def close(self) -> None:
        """Close the file."""
        if self._capture is not None:
            self._capture.release()
            self._capture = None
