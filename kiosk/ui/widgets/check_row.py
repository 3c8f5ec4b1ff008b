"""A square to tick beside a sentence: what a person confirms, one by one. The whole row is the target."""

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QCheckBox, QSizePolicy, QWidget

from kiosk.ui.theme.look import Look
from kiosk.ui.theme.measures import BORDER_CONTROL, MINIMUM_TARGET, RADIUS_CELL, RADIUS_CONTROL, Role
from kiosk.ui.theme.paint import box, colour, start
from kiosk.ui.theme.tokens import Token
from kiosk.ui.widgets.icons import Icon, draw_icon, square
from kiosk.ui.widgets.pressable import ENTERS
from kiosk.ui.widgets.typeset import Face, Typeset


class CheckRow(QCheckBox):
    """One sentence to confirm; `toggled` is the signal."""

    ring_radius = RADIUS_CONTROL

    def __init__(
        self, words: str, look: Look, *, name: str, role: Role = Role.BODY, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._look, self._role, self._words = look, role, words
        self._body = self._typeset()

    def set_words(self, words: str) -> None:
        """Another sentence."""
        self._words = words
        self.set_look(self._look)

    def set_look(self, look: Look) -> None:
        """Draw from this look from now on."""
        self._look = look
        self._body = self._typeset()
        self.updateGeometry()
        self.update()

    def needed_height(self) -> int:
        """Height the row needs in the width it has."""
        return self.heightForWidth(self.width())

    def hasHeightForWidth(self) -> bool:
        """Qt asks for the height of a width."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Height of the sentence; at least the smallest target."""
        return max(MINIMUM_TARGET, self._side(), self._body.height(width - self._left())) + self._look.space(8)

    def sizeHint(self) -> QSize:
        """One line if there is room."""
        width = self._left() + self._body.natural_width()
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        """A few characters beside the square."""
        width = self._left() + 6 * self._look.size(self._role)
        return QSize(min(width, self.sizeHint().width()), self.heightForWidth(max(width, self.width())))

    def hitButton(self, _position: object) -> bool:
        """The whole row is the target."""
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter ticks like the space bar."""
        if event.key() in ENTERS:
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw square, tick and sentence."""
        painter = QPainter(self)
        start(painter)
        look, side, on = self._look, self._side(), self.isChecked()
        top = self._look.space(4)
        rect = square(1, top + look.line(self._role) / 2, side)
        accent = colour(look, Token.ACCENT)
        fill = accent if on else colour(look, Token.SURFACE)
        edge = accent if on else colour(look, Token.EDGE)
        box(painter, rect, radius=RADIUS_CELL, fill=fill, edge=edge, width=BORDER_CONTROL)
        if on:
            inset = side * 0.17
            inner = rect.adjusted(inset, inset, -inset, -inset)
            draw_icon(painter, Icon.CHECK, inner, colour(look, Token.ON_ACCENT), stroke=3.2)
        ink = colour(look, Token.INK if self.isEnabled() else Token.INK2)
        self._body.draw(painter, QPointF(self._left(), top), self.width() - self._left(), ink)

    def _side(self) -> int:
        return self._look.px(26)

    def _left(self) -> int:
        return self._side() + self._look.space(14)

    def _typeset(self) -> Typeset:
        face = Face(self._look.size(self._role), self._role.value.bold, self._look.line(self._role))
        body = Typeset(self._words, face)
        self.setAccessibleName(body.plain)
        return body
