"""Draws QR codes: the text of a card, the digest of a receipt.

Rules: ISO/IEC 18004, never a Micro QR code; the weakest error correction asked for is M (15 %), raised where it costs
no size; a quiet zone of four modules belongs to every picture. The same text gives the same code. It does not know what
the text means; this package is the only one that knows the library.
"""

import io
from typing import ClassVar, Final

import segno
import segno.encoder

from kiosk.errors import PaperError

QUIET: Final = 4
"""Modules of white that belong around a code."""

LONGEST: Final = 2_000
_ERROR_CORRECTION: Final = "m"
_WHITE_ON_BLACK: Final = {(True, True): "█", (True, False): "▀", (False, True): "▄", (False, False): " "}
_COLOURS, _PLAIN = "\x1b[97;40m", "\x1b[0m"

Matrix = tuple[tuple[bool, ...], ...]


class TooLongForQrError(PaperError):
    """The text does not fit a code (`length`)."""

    code: ClassVar[str] = "paper/too-long"


def qr_matrix(text: str) -> Matrix:
    """Return the modules of a code, row by row, true for dark, without the quiet zone. TooLongForQrError."""
    return tuple(tuple(bool(module) for module in row) for row in _make(text).matrix)


def qr_png(text: str, *, scale: int = 8) -> bytes:
    """Return a code as a black and white PNG with its quiet zone, `scale` pixels to a module. TooLongForQrError."""
    out = io.BytesIO()
    _make(text).save(out, kind="png", scale=scale, border=QUIET)
    return out.getvalue()


def qr_text(text: str) -> str:
    """Return a code for a terminal, two modules to a character, white and black whatever the terminal's colours are."""
    matrix = qr_matrix(text)
    size = len(matrix) + 2 * QUIET
    light = [[_light(matrix, y - QUIET, x - QUIET) for x in range(size)] for y in range(size + size % 2)]
    lines = [
        "".join(_WHITE_ON_BLACK[pair] for pair in zip(light[y], light[y + 1], strict=True))
        for y in range(0, len(light), 2)
    ]
    return "".join(f"{_COLOURS}{line}{_PLAIN}\n" for line in lines)


def _light(matrix: Matrix, y: int, x: int) -> bool:
    inside = range(len(matrix))
    return not (y in inside and x in inside and matrix[y][x])


def _make(text: str) -> segno.QRCode:
    if len(text) > LONGEST:
        raise TooLongForQrError(length=len(text))
    try:
        return segno.make_qr(text, error=_ERROR_CORRECTION)
    except segno.encoder.DataOverflowError as cause:
        raise TooLongForQrError(length=len(text)) from cause
