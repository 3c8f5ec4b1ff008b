"""The invigilator's card on paper: a QR code for the camera, eight groups for the keyboard, and whose card it is.

Rules: one A6 sheet, landscape, as SVG with millimetres, so that any browser prints it at its true size; the code is at
least 60 mm wide, so that a plain webcam can read it; both languages on one card; the PIN is never on it.
It writes no file: whoever prints decides where the secret lies, and for how long.
"""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final
from xml.sax.saxutils import escape

from kiosk.exam.vocabulary import CardId, Text
from kiosk.paper.qr import QUIET, qr_matrix

WIDTH, HEIGHT = 148, 105
CODE_WIDTH: Final = 62.0
"""Width of the code without its quiet zone, in millimetres."""

_LEFT, _TOP, _RIGHT = 81.0, 14.0, 142.0
_SANS = "'Noto Sans SC','Noto Sans CJK SC','Source Han Sans SC',sans-serif"
_MONO = "'DejaVu Sans Mono','Noto Sans Mono',monospace"
_WIDE = 1.0
_NARROW = 0.56
_LABELS = {
    "title": Text(zh="监考员卡", en="Invigilator card"),
    "reserve": Text(zh="备用监考员卡", en="Reserve card"),
    "holder": Text(zh="持卡人", en="Holder"),
    "room": Text(zh="考场", en="Room"),
    "round": Text(zh="认定批次", en="Round"),
    "groups": Text(zh="手工输入", en="To type in"),
    "card": Text(zh="卡号", en="Card"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class CardFace:
    """What stands on a card. `text` is what the code says, `groups` the same share as groups of six digits."""

    id: CardId
    holder: str
    reserve: bool
    room: Text
    round: Text
    groups: tuple[str, ...] = field(repr=False)
    text: str = field(repr=False)
    note: Text | None = None


def card_svg(face: CardFace) -> bytes:
    """Draw a card as an SVG file in UTF-8. TooLongForQrError."""
    body = "\n".join((*_frame(), *_code(face.text), *_words(face), *_groups(face.groups), *_foot(face)))
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}mm" height="{HEIGHT}mm" viewBox="0 0 {WIDTH} {HEIGHT}">'
    )
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{head}\n{body}\n</svg>\n'.encode()


def _frame() -> Iterator[str]:
    yield f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#ffffff"/>'
    yield (
        f'<rect x="2" y="2" width="{WIDTH - 4}" height="{HEIGHT - 4}" rx="3" '
        'fill="none" stroke="#9aa3ad" stroke-width="0.3"/>'
    )


def _code(text: str) -> Iterator[str]:
    """Draw the dark modules as runs, so that no hairlines stand between them."""
    matrix = qr_matrix(text)
    module = CODE_WIDTH / len(matrix)
    left, top = 5 + QUIET * module, 6 + QUIET * module
    place = f"translate({left:.3f} {top:.3f}) scale({module:.5f})"
    yield f'<g transform="{place}" fill="#000000" shape-rendering="crispEdges">'
    for y, row in enumerate(matrix):
        x = 0
        while x < len(row):
            run = 0
            while x + run < len(row) and row[x + run]:
                run += 1
            if run:
                yield f'<path d="M{x} {y}h{run}v1h-{run}z"/>'
            x += max(run, 1)
    yield "</g>"


def _words(face: CardFace) -> Iterator[str]:
    title = _LABELS["reserve" if face.reserve else "title"]
    yield _line(_LEFT, _TOP, 6.2, title.zh, weight=600)
    yield _line(_LEFT, _TOP + 5.2, 3.6, title.en, fill="#4b5563")
    y = _TOP + 14.5
    both = ("round", face.round), ("room", face.room), ("holder", Text(zh=face.holder, en=face.holder))
    for label, value in both:
        words = _LABELS[label]
        yield _line(_LEFT, y, 2.7, f"{words.zh}  {words.en}", fill="#6b7280")
        yield _line(_LEFT, y + 5, 4.4, value.zh, weight=600)
        if value.en != value.zh:
            yield _line(_LEFT, y + 8.8, 2.9, value.en, fill="#374151")
        y += 14.2 if value.en != value.zh else 11.0


def _groups(groups: tuple[str, ...]) -> Iterator[str]:
    """Two rows of four, each group with its number, as the screen asks for them."""
    words = _LABELS["groups"]
    yield _line(8, 85.2, 2.7, f"{words.zh}  {words.en}", fill="#6b7280")
    for number, group in enumerate(groups):
        x, y = 8 + number % 4 * 23.5, 91.4 + number // 4 * 6.6
        yield _line(x, y, 2.4, str(number + 1), fill="#9aa3ad")
        yield _line(x + 2.8, y, 4.6, group, family=_MONO, weight=600)


def _foot(face: CardFace) -> Iterator[str]:
    words = _LABELS["card"]
    yield _line(_RIGHT, 85.2, 2.7, f"{words.zh}  {words.en}", fill="#6b7280", anchor="end")
    yield _line(_RIGHT, 91.4, 4.2, face.id, family=_MONO, weight=600, anchor="end", room=38)
    if face.note:
        yield _line(_LEFT, 73.5, 3.0, face.note.zh, fill="#374151")
        yield _line(_LEFT, 77.5, 2.6, face.note.en, fill="#374151")


def _line(
    x: float,
    y: float,
    size: float,
    text: str,
    *,
    fill: str = "#111827",
    weight: int = 400,
    family: str = _SANS,
    anchor: str = "start",
    room: float = _RIGHT - _LEFT,
) -> str:
    """Write one line; a text too long for its place is set smaller, down to half, and then cut."""
    plain = "".join(char if char.isprintable() else " " for char in text)
    while plain and _width(plain) * size / 2 > room:
        plain = plain[:-2] + "…"
    fitted = min(size, room / max(_width(plain), 1))
    return (
        f'<text x="{x:g}" y="{y:g}" font-family="{family}" font-size="{fitted:.2f}" font-weight="{weight}" '
        f'fill="{fill}" text-anchor="{anchor}">{escape(plain)}</text>'
    )


def _width(text: str) -> float:
    """Guess the width of a text in ems."""
    return sum(_WIDE if unicodedata.east_asian_width(char) in "WF" else _NARROW for char in text)
