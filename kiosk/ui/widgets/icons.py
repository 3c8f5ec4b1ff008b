"""Every icon of the program, painted from strokes on a 24 grid; no files, so nothing can be missing or swapped.

A drawing is a line of commands: M and L points, C curves, Z closes, O circle (centre, radius), R rounded box
(corner, size, radius). An icon is never shown without a word or an accessible name.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from functools import cache
from types import MappingProxyType

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen

GRID = 24
STROKE = 2.0


@dataclass(frozen=True, slots=True)
class Drawing:
    """Strokes, and filled shapes, on the grid."""

    strokes: str
    fills: str = ""


class Icon(Enum):
    """What can be drawn."""

    LOCK = Drawing(
        "R 4 10.5 16 10.5 2.5 M 7.5 10.5 L 7.5 7.5 C 7.5 5 9.5 3 12 3 C 14.5 3 16.5 5 16.5 7.5 L 16.5 10.5 "
        "M 12 14.5 L 12 17.3"
    )
    KEY = Drawing("O 7.2 12 4 M 11.2 12 L 21.5 12 M 20.5 12 L 20.5 15.6 M 16.4 12 L 16.4 14.8")
    FLAG = Drawing("M 6 21 L 6 4 L 18.5 4 L 15.5 8.5 L 18.5 13 L 6 13")
    CHECK = Drawing("M 4.5 12.5 L 9.5 17.5 L 19.5 6.5")
    CROSS = Drawing("M 6 6 L 18 18 M 18 6 L 6 18")
    CLOCK = Drawing("O 12 12 9 M 12 6.8 L 12 12 L 15.8 14.2")
    CHEVRON_RIGHT = Drawing("M 9 5 L 16 12 L 9 19")
    CHEVRON_LEFT = Drawing("M 15 5 L 8 12 L 15 19")
    CHEVRON_DOWN = Drawing("M 5 8.5 L 12 15.5 L 19 8.5")
    CHEVRON_UP = Drawing("M 5 15.5 L 12 8.5 L 19 15.5")
    ARROW_LEFT = Drawing("M 20 12 L 4.5 12 M 11 5.5 L 4.5 12 L 11 18.5")
    ARROW_RIGHT = Drawing("M 4 12 L 19.5 12 M 13 5.5 L 19.5 12 L 13 18.5")
    HAND = Drawing(
        "M 8.2 12 L 8.2 5 M 12 11.5 L 12 3.2 M 15.8 12 L 15.8 5 "
        "M 19.6 8.5 L 19.6 14 C 19.6 18.3 16.8 21 13 21 C 9.6 21 7.8 19.4 6.4 17 L 4 12.8"
    )
    SHIELD = Drawing(
        "M 12 2.8 L 20 5.8 L 20 11.5 C 20 16.5 16.8 19.8 12 21.4 C 7.2 19.8 4 16.5 4 11.5 L 4 5.8 Z "
        "M 8.2 12 L 11 14.8 L 15.9 9.6"
    )
    EYE = Drawing(
        "M 2.5 12 C 5 7.5 8.3 5.5 12 5.5 C 15.7 5.5 19 7.5 21.5 12 C 19 16.5 15.7 18.5 12 18.5 "
        "C 8.3 18.5 5 16.5 2.5 12 Z O 12 12 3"
    )
    EYE_OFF = Drawing(
        "M 2.5 12 C 5 7.5 8.3 5.5 12 5.5 C 15.7 5.5 19 7.5 21.5 12 C 19 16.5 15.7 18.5 12 18.5 "
        "C 8.3 18.5 5 16.5 2.5 12 Z M 4.5 4 L 19.5 20"
    )
    DOCUMENT = Drawing("M 5 3 L 14 3 L 19 8 L 19 21 L 5 21 Z M 9 12.5 L 13 12.5 M 9 16.5 L 15 16.5")
    CAMERA = Drawing("R 2.5 6.5 13 11 2 M 15.5 10.8 L 21.5 7.5 L 21.5 16.5 L 15.5 13.2")
    CALCULATOR = Drawing(
        "R 5 3 14 18 2 M 9 7.5 L 15 7.5", "O 9 12 1.2 O 12 12 1.2 O 15 12 1.2 O 9 16.5 1.2 O 12 16.5 1.2 O 15 16.5 1.2"
    )
    ERASER = Drawing(
        "M 8.8 19.5 L 3.6 14.3 L 13.6 4.3 L 20.6 11.3 L 12.4 19.5 Z M 8.6 9.3 L 15.6 16.3 M 8.8 19.5 L 20 19.5"
    )
    PERSON = Drawing("O 12 8 4 M 4.5 20.8 C 5 16.6 8 14.6 12 14.6 C 16 14.6 19 16.6 19.5 20.8")
    STOP = Drawing("R 5.5 5.5 13 13 1.5")
    PAUSE = Drawing("M 8.5 5 L 8.5 19 M 15.5 5 L 15.5 19")
    VOID = Drawing("O 12 12 9 M 5.7 5.7 L 18.3 18.3")
    TRIANGLE = Drawing("M 12 3.5 L 21.8 20.5 L 2.2 20.5 Z M 12 9.8 L 12 14.3", "O 12 17.3 1.2")
    OCTAGON = Drawing(
        "M 8 2.5 L 16 2.5 L 21.5 8 L 21.5 16 L 16 21.5 L 8 21.5 L 2.5 16 L 2.5 8 Z "
        "M 8.7 8.7 L 15.3 15.3 M 15.3 8.7 L 8.7 15.3"
    )
    INFO = Drawing("O 12 12 9 M 12 11 L 12 16.5", "O 12 7.6 1.2")
    CONTRAST = Drawing("O 12 12 8.5", "M 12 3.5 C 16.7 3.5 20.5 7.3 20.5 12 C 20.5 16.7 16.7 20.5 12 20.5 Z")
    GRID = Drawing("R 4 4 6 6 1 R 14 4 6 6 1 R 4 14 6 6 1 R 14 14 6 6 1")
    PLUS = Drawing("M 12 5 L 12 19 M 5 12 L 19 12")
    MINUS = Drawing("M 5 12 L 19 12")
    ZOOM = Drawing("O 10.5 10.5 6.5 M 15.4 15.4 L 21 21 M 10.5 7.8 L 10.5 13.2 M 7.8 10.5 L 13.2 10.5")
    STICK = Drawing("M 12 21 L 12 4 M 8.6 7 L 12 3.4 L 15.4 7 M 12 17 L 7 14 L 7 10.6 M 12 14.6 L 17 12 L 17 8.6")
    MOVE = Drawing("R 3 4 9 8 1.5 M 7.5 12 L 7.5 17.5 L 20 17.5 M 16.5 14 L 20 17.5 L 16.5 21")
    REFRESH = Drawing(
        "M 19.5 12 C 19.5 16.1 16.1 19.5 12 19.5 C 7.9 19.5 4.5 16.1 4.5 12 C 4.5 7.9 7.9 4.5 12 4.5 "
        "C 14.7 4.5 17 5.9 18.4 8 M 18.8 3.6 L 18.8 8.4 L 14 8.4"
    )


_Build = Callable[[QPainterPath, list[float]], None]


def _circle(path: QPainterPath, n: list[float]) -> None:
    path.addEllipse(QPointF(n[0], n[1]), n[2], n[2])


def _rounded(path: QPainterPath, n: list[float]) -> None:
    path.addRoundedRect(QRectF(n[0], n[1], n[2], n[3]), n[4], n[4])


_COMMANDS: Mapping[str, tuple[int, _Build]] = MappingProxyType(
    {
        "M": (2, lambda path, n: path.moveTo(n[0], n[1])),
        "L": (2, lambda path, n: path.lineTo(n[0], n[1])),
        "C": (6, lambda path, n: path.cubicTo(*n)),
        "Z": (0, lambda path, _: path.closeSubpath()),
        "O": (3, _circle),
        "R": (5, _rounded),
    }
)


@cache
def _path(commands: str) -> QPainterPath:
    path = QPainterPath()
    words: Iterator[str] = iter(commands.split())
    for command in words:
        count, build = _COMMANDS[command]
        build(path, [float(next(words)) for _ in range(count)])
    return path


def draw_icon(painter: QPainter, icon: Icon, rect: QRectF, colour: QColor, *, stroke: float = STROKE) -> None:
    """The icon fitted into `rect` (a square), with a stroke of `stroke` on the 24 grid."""
    painter.save()
    painter.translate(rect.topLeft())
    painter.scale(rect.width() / GRID, rect.height() / GRID)
    if icon.value.fills:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        painter.drawPath(_path(icon.value.fills))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(colour, stroke, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin))
    painter.drawPath(_path(icon.value.strokes))
    painter.restore()


def square(left: float, middle: float, side: float) -> QRectF:
    """A square whose left edge and vertical middle are given: where an icon beside a line of text goes."""
    return QRectF(left, middle - side / 2, side, side)
