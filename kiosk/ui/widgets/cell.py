"""One number of the palette: not seen, seen, answered, marked, current; each a shape, and all of it in words.

Rules kept: shape, word and colour say the same; the corner stands on top of any state; the target is the whole
cell, the box is drawn a little inside it.
"""

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from kiosk.ui.i18n import Language, text
from kiosk.ui.theme.look import Look
from kiosk.ui.theme.measures import BORDER_CONTROL, RADIUS_CELL
from kiosk.ui.theme.paint import box, colour, line_of_text, sized_font, start
from kiosk.ui.theme.tokens import Token
from kiosk.ui.widgets.pressable import Pressable

PITCH = 37
NARROW_PITCH = 29
_RING = 2.5
_GAP = 2.0


@dataclass(frozen=True, slots=True)
class CellState:
    """What is known of an item; an answered item has been seen."""

    seen: bool = False
    answered: bool = False
    marked: bool = False


def pitch(look: Look) -> int:
    """Distance from a cell to its neighbour."""
    return look.px(NARROW_PITCH if look.narrow else PITCH)


def cell_words(number: int, state: CellState, language: Language, *, current: bool = False) -> str:
    """All a cell says, in words: "第 23 题，未答，已标记，当前"."""
    key = "answered" if state.answered else "unanswered" if state.seen else "not-seen"
    words = [text("exam.cell", language, n=number), text(f"exam.cell.{key}", language)]
    if state.marked:
        words.append(text("exam.cell.marked", language))
    if current:
        words.append(text("exam.cell.current", language))
    return ("，" if language is Language.ZH else ", ").join(words)


def draw_cell(painter: QPainter, rect: QRectF, state: CellState, look: Look, *, ground: Token) -> None:
    """The box of a state, with its corner, on a ground of the given colour."""
    edge = colour(look, Token.ACCENT if state.answered else Token.EDGE)
    box(
        painter,
        rect,
        radius=RADIUS_CELL,
        fill=colour(look, Token.ACCENT if state.answered else Token.SURFACE),
        edge=edge,
        width=BORDER_CONTROL,
        style=Qt.PenStyle.SolidLine if state.seen or state.answered else Qt.PenStyle.DashLine,
    )
    if state.marked:
        _draw_corner(painter, rect, look, ground)


def _draw_corner(painter: QPainter, rect: QRectF, look: Look, ground: Token) -> None:
    """A triangle in the upper right, kept off the box by a gap in the colour of the ground."""
    leg = rect.width() * 0.34
    painter.setPen(Qt.PenStyle.NoPen)
    for token, length, over in ((ground, leg + _GAP * 1.9, 1.0), (Token.WARN, leg, 0.0)):
        painter.setBrush(colour(look, token))
        right, top = rect.right() + over, rect.top() - over
        reach = length + over
        painter.drawPolygon([QPointF(right - reach, top), QPointF(right, top), QPointF(right, top + reach)])


class Cell(Pressable):
    """One number; `clicked` asks to go there."""

    ring_radius = RADIUS_CELL

    def __init__(
        self, number: int, look: Look, *, ground: Token = Token.SURFACE, parent: QWidget | None = None
    ) -> None:
        super().__init__(look, name=f"cell-{number}", parent=parent)
        self.number = number
        self._ground = ground
        self._state, self._current = CellState(), False
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self._tell()

    @property
    def state(self) -> CellState:
        """What the cell shows now."""
        return self._state

    @property
    def current(self) -> bool:
        """Whether this is where the candidate is."""
        return self._current

    def show_state(self, state: CellState, *, current: bool) -> None:
        """Show another state; the same one again costs nothing."""
        if (state, current) == (self._state, self._current):
            return
        self._state, self._current = state, current
        self._tell()
        self.update()

    def set_look(self, look: Look) -> None:
        """Draw from this look from now on."""
        super().set_look(look)
        self._tell()

    def sizeHint(self) -> QSize:
        """A square of one pitch."""
        side = pitch(self.look)
        return QSize(side, side)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw ring, box, corner and number."""
        painter = QPainter(self)
        start(painter)
        look = self.look
        margin = self.width() * 0.07
        rect = QRectF(self.rect()).adjusted(margin, margin, -margin, -margin)
        inner = rect
        if self._current:
            outer = rect.adjusted(-1, -1, 1, 1)
            ring, gap = max(_RING, self.width() * 0.05), max(_GAP - 0.5, self.width() * 0.045)
            box(painter, outer, radius=RADIUS_CELL + 2, edge=colour(look, Token.FOCUS), width=ring)
            away = ring + gap
            inner = outer.adjusted(away, away, -away, -away)
        draw_cell(painter, inner, self._state, look, ground=self._ground)
        strong = self._state.answered or self._current
        painter.setFont(sized_font(round(self.width() * (0.42 if look.narrow else 0.43)), bold=strong))
        ink = (
            Token.ON_ACCENT if self._state.answered else Token.INK if self._state.seen or self._current else Token.INK2
        )
        painter.setPen(colour(look, ink))
        line_of_text(painter, QRectF(self.rect()), str(self.number), Qt.AlignmentFlag.AlignHCenter)

    def _tell(self) -> None:
        self.setAccessibleName(cell_words(self.number, self._state, self.look.language, current=self._current))
