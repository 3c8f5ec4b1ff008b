"""Sets marked text in lines by Chinese rules and draws it: sub- and superscripts, our own leading, a strike.

Rules kept: raised and lowered parts are 0.68 of the size, 0.38 up and 0.18 down; the leading is the look's,
whatever fallback font a rare character brings; breaks follow `breaks`. Text is drawn as it is; nothing in it is
interpreted but the marks of `markup`.

Refuses to know: widgets, focus, what the text is for.
"""

from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import accumulate
from typing import Any

from PySide6.QtCore import QPointF, Qt, QTextBoundaryFinder
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QPainter,
    QPen,
    QTextCharFormat,
    QTextLayout,
    QTextLine,
    QTextOption,
)

from kiosk.ui.theme.paint import OPTICAL_RISE, sized_font
from kiosk.ui.widgets.breaks import forbidden, lonely
from kiosk.ui.widgets.markup import Paragraph, Run, Shift, parse, plain

SHIFTED_SIZE = 0.68
_RISE = {Shift.SUP: 0.38, Shift.SUB: -0.18}
_UNLIMITED = 1_000_000.0
_LAST_OF_ONE_UNIT = 0xFFFF


@dataclass(frozen=True, slots=True)
class Face:
    """The type a text is set in: pixels, weight, height of a line in pixels."""

    pixels: int
    bold: bool
    leading: int


class Typeset:
    """A text set for one width at a time; setting again for the same width costs nothing."""

    def __init__(self, source: str, face: Face) -> None:
        self.source = source
        self.face = face
        self.plain = plain(source)
        self._font = sized_font(face.pixels, bold=face.bold)
        self._metrics = QFontMetricsF(self._font)
        self._parts = [_Part(paragraph, self._font, face) for paragraph in parse(source)]
        self._width = -1.0
        self._height = 0.0

    def height(self, width: float) -> int:
        """Whole pixels of height that the text needs in `width`."""
        self._set(width)
        return int(self._height)

    def natural_width(self) -> int:
        """Whole pixels of width in which no paragraph needs a second line."""
        self._set(_UNLIMITED)
        return int(max((part.natural_width() for part in self._parts), default=0.0)) + 1

    def lines(self, width: float) -> list[str]:
        """The lines as they are drawn, for tests and for reading aloud."""
        self._set(width)
        return [line for part in self._parts for line in part.lines()]

    def first_baseline(self) -> float:
        """Distance from the top to the baseline of the first line."""
        middle = (self.face.leading - self._metrics.height()) / 2 + self._metrics.ascent()
        return middle - OPTICAL_RISE * self.face.pixels

    def draw(self, painter: QPainter, at: QPointF, width: float, colour: QColor, *, struck: bool = False) -> None:
        """The text in one colour, its top left at `at`."""
        self._set(width)
        painter.setPen(colour)
        top = at.y()
        for part in self._parts:
            part.draw(painter, QPointF(at.x(), top), colour, struck=struck)
            top += part.height

    def _set(self, width: float) -> None:
        width = max(width, float(self.face.pixels))
        if width != self._width:
            self._width = width
            for part in self._parts:
                part.set(width, self.first_baseline())
            self._height = sum(part.height for part in self._parts)


class _Part:
    """One paragraph. Positions inside count UTF-16 units, as Qt does; a rare character is two."""

    def __init__(self, runs: Paragraph, font: QFont, face: Face) -> None:
        self._face = face
        self._text = "".join(run.text for run in runs)
        starts = list(accumulate((2 if ord(sign) > _LAST_OF_ONE_UNIT else 1 for sign in self._text), initial=0))
        self._units = starts[-1]
        self._starts = starts
        self._forbidden = frozenset(starts[at] for at in forbidden(self._text) | _before_shifts(runs))
        self._layout = QTextLayout(self._text, font)
        option = QTextOption(Qt.AlignmentFlag.AlignLeft)
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        option.setTextDirection(Qt.LayoutDirection.LeftToRight)
        self._layout.setTextOption(option)
        self._layout.setCacheEnabled(True)
        self._layout.setFormats(_formats(runs, face, font))
        self._allowed = [at for at in _break_positions(self._text) if at not in self._forbidden]
        self._ends: list[int] = []
        self.height = 0.0

    def set(self, width: float, baseline: float) -> None:
        self._fill(width, baseline, {})
        last = len(self._ends) - 1
        if last < 1 or not lonely(self._slice(self._ends[last - 1], self._ends[last])):
            return
        earlier = self._allowed_before(self._ends[last - 1], after=self._ends[last - 2] if last > 1 else 0)
        if earlier is not None:
            self._fill(width, baseline, {last - 1: earlier})

    def _fill(self, width: float, baseline: float, ends: Mapping[int, int]) -> None:
        """Breaks the paragraph into lines; `ends` asks a line, by its number, to end at a position."""
        self._ends = []
        layout = self._layout
        layout.beginLayout()
        while True:
            line = layout.createLine()
            if not line.isValid():
                break
            line.setLineWidth(width)
            number = len(self._ends)
            wanted = ends.get(number, self._wanted_end(line))
            if wanted is not None:
                line.setLineWidth(_x_of(line, wanted) + 0.5)
            line.setPosition(QPointF(0, number * self._face.leading + baseline - line.ascent()))
            self._ends.append(line.textStart() + line.textLength())
        layout.endLayout()
        self.height = max(1, len(self._ends)) * float(self._face.leading)

    def _wanted_end(self, line: QTextLine) -> int | None:
        """Where the line should end instead, if it ends where no line may."""
        end = line.textStart() + line.textLength()
        if end >= self._units or end not in self._forbidden:
            return None
        return self._allowed_before(end, after=line.textStart())

    def _allowed_before(self, end: int, *, after: int) -> int | None:
        at = bisect_left(self._allowed, end) - 1
        return self._allowed[at] if at >= 0 and self._allowed[at] > after else None

    def _slice(self, first: int, last: int) -> str:
        return self._text[bisect_left(self._starts, first) : bisect_left(self._starts, last)]

    def lines(self) -> list[str]:
        starts = [0, *self._ends[:-1]]
        return [self._slice(first, last) for first, last in zip(starts, self._ends, strict=True)]

    def natural_width(self) -> float:
        layout = self._layout
        return max((layout.lineAt(at).naturalTextWidth() for at in range(layout.lineCount())), default=0.0)

    def draw(self, painter: QPainter, at: QPointF, colour: QColor, *, struck: bool) -> None:
        self._layout.draw(painter, at)
        if not struck:
            return
        painter.setPen(QPen(colour, max(1.2, self._face.pixels / 15)))
        for number in range(self._layout.lineCount()):
            line = self._layout.lineAt(number)
            y = at.y() + line.position().y() + line.ascent() - self._face.pixels * 0.34
            painter.drawLine(QPointF(at.x(), y), QPointF(at.x() + line.naturalTextWidth(), y))


def _before_shifts(runs: Paragraph) -> frozenset[int]:
    """Positions, in code points, between a word and its own raised or lowered part."""
    starts = accumulate((len(run.text) for run in runs), initial=0)
    return frozenset(start for start, run in zip(starts, runs, strict=False) if start and run.shift is not Shift.NONE)


def _formats(runs: Paragraph, face: Face, base: QFont) -> list[QTextLayout.FormatRange]:
    ranges: list[QTextLayout.FormatRange] = []
    start = 0
    for run in runs:
        length = len(run.text.encode("utf-16-le")) // 2
        if run.bold or run.shift is not Shift.NONE:
            ranges.append(_range(start, length, run, face, base))
        start += length
    return ranges


def _range(start: int, length: int, run: Run, face: Face, base: QFont) -> QTextLayout.FormatRange:
    font = QFont(base)
    font.setBold(run.bold or face.bold)
    shape = QTextCharFormat()
    if run.shift is not Shift.NONE:
        font.setPixelSize(max(1, round(face.pixels * SHIFTED_SIZE)))
        height = QFontMetricsF(font).height()
        shape.setBaselineOffset(100 * _RISE[run.shift] * face.pixels / height)
    shape.setFont(font)
    piece = QTextLayout.FormatRange()
    piece.start, piece.length, piece.format = start, length, shape
    return piece


def _break_positions(text: str) -> list[int]:
    finder = QTextBoundaryFinder(QTextBoundaryFinder.BoundaryType.Line, text)
    positions: list[int] = []
    while (at := finder.toNextBoundary()) >= 0:
        positions.append(at)
    return positions


def _x_of(line: QTextLine, position: int) -> float:
    """Where a position of a line stands; Qt gives a number, or a number and the position it took."""
    found: Any = line.cursorToX(position)
    return float(found[0] if isinstance(found, tuple) else found)
