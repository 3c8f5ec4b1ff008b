"""The signs of state: a shape for each, so that a grey print says the same as the screen.

Disc with a tick, triangle with !, octagon with a cross, half disc, ring, square, disc with i. A sign never stands
without its word; `StatusSign` is the pair of both on one line.
"""

from collections.abc import Mapping
from enum import Enum
from types import MappingProxyType

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from kiosk.ui.theme.look import Look
from kiosk.ui.theme.measures import Role
from kiosk.ui.theme.paint import colour, font, line_of_text, start, text_width
from kiosk.ui.theme.tokens import Token
from kiosk.ui.widgets.icons import square


class State(Enum):
    """What a sign says."""

    OK = "ok"
    WARN = "warn"
    BAD = "bad"
    BUSY = "busy"
    WAITING = "waiting"
    INFO = "info"
    STOPPED = "stopped"


INK: Mapping[State, Token] = MappingProxyType(
    {
        State.OK: Token.OK,
        State.WARN: Token.WARN,
        State.BAD: Token.BAD,
        State.BUSY: Token.ACCENT,
        State.WAITING: Token.EDGE,
        State.INFO: Token.ACCENT,
        State.STOPPED: Token.ACCENT,
    }
)

SOFT: Mapping[State, Token] = MappingProxyType(
    {
        State.OK: Token.OK_SOFT,
        State.WARN: Token.WARN_SOFT,
        State.BAD: Token.BAD_SOFT,
        State.BUSY: Token.ACCENT_SOFT,
        State.WAITING: Token.SUNKEN,
        State.INFO: Token.ACCENT_SOFT,
        State.STOPPED: Token.ACCENT_SOFT,
    }
)

_GRID = 24
_OCTAGON = ((7.8, 2.5), (16.2, 2.5), (21.5, 7.8), (21.5, 16.2), (16.2, 21.5), (7.8, 21.5), (2.5, 16.2), (2.5, 7.8))
_MARKS = {
    "check": (((7.2, 12.4), (10.6, 15.8), (16.8, 8.6)),),
    "cross": (((8.4, 8.4), (15.6, 15.6)), ((15.6, 8.4), (8.4, 15.6))),
    "!": (((12, 10), (12, 14.2)),),
    "i": (((12, 11.4), (12, 17)),),
}
_DOTS = {"!": 17.8, "i": 7.4}


def draw_sign(painter: QPainter, state: State, rect: QRectF, look: Look) -> None:
    """The sign of a state fitted into a square; the mark inside is cut out in the surface's colour."""
    ink, hole = colour(look, INK[state]), colour(look, Token.SURFACE)
    painter.save()
    painter.translate(rect.topLeft())
    painter.scale(rect.width() / _GRID, rect.height() / _GRID)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ink)
    if state in (State.OK, State.INFO):
        painter.drawEllipse(QPointF(12, 12), 11, 11)
        _mark(painter, hole, "check" if state is State.OK else "i")
    elif state is State.WARN:
        painter.setPen(QPen(ink, 2, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin))
        painter.drawPolygon([QPointF(12, 3), QPointF(22.5, 21), QPointF(1.5, 21)])
        _mark(painter, hole, "!")
    elif state is State.BAD:
        painter.drawPolygon([QPointF(x, y) for x, y in _OCTAGON])
        _mark(painter, hole, "cross")
    elif state is State.STOPPED:
        painter.drawRoundedRect(QRectF(2.5, 2.5, 19, 19), 3, 3)
    else:
        _ring(painter, ink, half=state is State.BUSY)
    painter.restore()


def _ring(painter: QPainter, ink: QColor, *, half: bool) -> None:
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(ink, 2.2))
    painter.drawEllipse(QPointF(12, 12), 9.4, 9.4)
    if half:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ink)
        painter.drawPie(QRectF(2.6, 2.6, 18.8, 18.8), 90 * 16, -180 * 16)


def _mark(painter: QPainter, hole: QColor, what: str) -> None:
    """The cut-out in the middle of a filled sign."""
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(hole, 2.6, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin))
    for stroke in _MARKS[what]:
        painter.drawPolyline([QPointF(x, y) for x, y in stroke])
    if what in _DOTS:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(hole)
        painter.drawEllipse(QPointF(12, _DOTS[what]), 1.4, 1.4)


class StatusSign(QLabel):
    """A sign and its word on one line."""

    def __init__(
        self,
        state: State,
        words: str,
        look: Look,
        *,
        role: Role = Role.CAPTION,
        bold: bool = False,
        name: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setObjectName(name)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._state, self._look, self._role, self._bold = state, look, role, bold
        self.set_state(state, words)

    def set_state(self, state: State, words: str) -> None:
        """Another state, with its word."""
        self._state = state
        self.setText(words)
        self.set_look(self._look)

    def set_look(self, look: Look) -> None:
        """Draw from this look from now on."""
        self._look = look
        self.setFont(font(look, self._role, bold=self._bold))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Room for the sign, a gap and the word."""
        return QSize(
            self._side() + self._look.space(8) + text_width(self.font(), self.text()),
            max(self._side(), self._look.line(self._role)),
        )

    def minimumSizeHint(self) -> QSize:
        """Never less than the whole word."""
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw sign and word."""
        painter = QPainter(self)
        start(painter)
        side = self._side()
        draw_sign(painter, self._state, square(0, self.height() / 2, side), self._look)
        painter.setFont(self.font())
        painter.setPen(colour(self._look, Token.INK))
        left = side + self._look.space(8)
        line_of_text(painter, QRectF(left, 0, self.width() - left, self.height()), self.text())

    def _side(self) -> int:
        return round(self._look.size(self._role) * 1.25)
