"""What is done to one camera picture: brought to size, encoded, searched for a code, drawn upon.

A picture is an array of height x width x 3 bytes (blue, green, red). Nothing here knows where a picture came from,
where it goes, or who is in it.
"""

from typing import ClassVar, Final

import numpy as np
import numpy.typing as npt

from kiosk.capture.vision import cv2
from kiosk.errors import CaptureError

Frame = npt.NDArray[np.uint8]
Colour = tuple[int, int, int]
Point = tuple[int, int]

WIDTH: Final = 640
HEIGHT: Final = 480
PREVIEW_WIDTH: Final = 320
PREVIEW_HEIGHT: Final = 240
MOST_SIDE: Final = 1920
MOST_CODE_BYTES: Final = 512
LEAST_CODE_AREA: Final = 1600  # square pixels; a card held to the camera covers ten times as much
WEBP_QUALITY: Final = 60
JPEG_QUALITY: Final = 70
DARK: Final[Colour] = (64, 58, 52)
LIGHT: Final[Colour] = (235, 235, 235)


class PictureError(CaptureError):
    """A picture cannot be encoded."""

    code: ClassVar[str] = "capture/picture"


def canvas(*, width: int = WIDTH, height: int = HEIGHT, colour: Colour = DARK) -> Frame:
    """A picture of one colour."""
    return np.full((height, width, 3), colour, np.uint8)


def fitted(frame: Frame, *, width: int = WIDTH, height: int = HEIGHT) -> Frame:
    """The whole picture in exactly this size, with bars where its shape differs."""
    high, wide = frame.shape[:2]
    if (wide, high) == (width, height):
        return frame
    scale = min(width / wide, height / high)
    size = max(1, round(wide * scale)), max(1, round(high * scale))
    small = cv2.resize(frame, size, interpolation=cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR)
    if size == (width, height):
        return np.asarray(small, np.uint8)
    result = canvas(width=width, height=height)
    left, top = (width - size[0]) // 2, (height - size[1]) // 2
    result[top : top + size[1], left : left + size[0]] = small
    return result


def webp(frame: Frame) -> bytes:
    """The picture as it is kept once a second: half the size of JPEG at equal quality, 22 ms."""
    return _encoded(".webp", frame, [cv2.IMWRITE_WEBP_QUALITY, WEBP_QUALITY])


def jpeg(frame: Frame) -> bytes:
    """The picture for ring, burst and preview: twice the size of WebP, 1 ms."""
    return _encoded(".jpg", frame, [cv2.IMWRITE_JPEG_QUALITY, JPEG_QUALITY])


def _encoded(suffix: str, frame: Frame, options: list[int]) -> bytes:
    done, data = cv2.imencode(suffix, frame, options)
    if not done:
        raise PictureError(suffix=suffix)
    return data.tobytes()


def decoded(data: bytes) -> Frame | None:
    """The picture in a PNG, JPEG or WebP file; None if it is not one or not whole."""
    if not data:
        return None
    frame = cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_COLOR)
    return None if frame is None else np.asarray(frame, np.uint8)


def preview(frame: Frame) -> bytes:
    """The small picture for the viewfinder."""
    return jpeg(fitted(frame, width=PREVIEW_WIDTH, height=PREVIEW_HEIGHT))


class CodeReader:
    """Looks for a QR code in pictures. Whatever a stranger holds to the camera, it answers with a text or None."""

    def __init__(self) -> None:
        self._detector = cv2.QRCodeDetector()

    def text(self, frame: Frame) -> str | None:
        """The text of the code in the picture, if there is one that can be read and is plain text of modest length."""
        try:
            data = self._detector.detectAndDecodeBytes(frame)[0]
        except (cv2.error, UnicodeDecodeError):
            return None
        if not data or not isinstance(data, bytes) or len(data) > MOST_CODE_BYTES:
            return None
        try:
            text = data.decode()
        except UnicodeDecodeError:
            return None
        return text if text.isprintable() else None

    def sees(self, frame: Frame) -> bool:
        """Whether something of the shape and size of a code is in the picture, readable or not."""
        try:
            found, corners = self._detector.detect(frame)
        except cv2.error:
            return False
        return bool(found) and cv2.contourArea(np.asarray(corners, np.float32).reshape(-1, 1, 2)) >= LEAST_CODE_AREA


def ellipse(frame: Frame, *, centre: Point, axes: Point, colour: Colour) -> None:
    """Draw a filled oval."""
    cv2.ellipse(frame, centre, axes, 0, 0, 360, colour, -1, cv2.LINE_AA)


def caption(frame: Frame, text: str, *, at: Point, colour: Colour = LIGHT) -> None:
    """Write a line of ASCII text; `at` is its lower left corner."""
    cv2.putText(frame, text, at, cv2.FONT_HERSHEY_SIMPLEX, 0.7, colour, 2, cv2.LINE_AA)


def paste(frame: Frame, picture: Frame, *, centre: Point, side: int, degrees: float) -> None:
    """Lay another picture, scaled to a longer side of `side` pixels and turned, over this one."""
    high, wide = picture.shape[:2]
    scale = side / max(high, wide)
    size = max(1, round(wide * scale)), max(1, round(high * scale))
    small = cv2.resize(picture, size, interpolation=cv2.INTER_AREA)
    high, wide = small.shape[:2]
    turn = cv2.getRotationMatrix2D((wide / 2, high / 2), degrees, 1.0)
    turn[:, 2] += (centre[0] - wide / 2, centre[1] - high / 2)
    size = frame.shape[1], frame.shape[0]
    cv2.warpAffine(small, turn, size, frame, flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_TRANSPARENT)


def grain(*, seed: int, width: int, height: int) -> Frame:
    """A field of sensor-like noise to be added to pictures."""
    values = np.random.default_rng(seed).normal(6, 3, (height, width, 3))
    return np.clip(values, 0, 255).astype(np.uint8)


def add(frame: Frame, other: Frame) -> Frame:
    """Both pictures summed, bright parts cut off at white."""
    return np.asarray(cv2.add(frame, other), np.uint8)
