"""An icon beside words that say the same; nothing for assistive technology to read."""

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from kiosk.ui.theme.look import Look
from kiosk.ui.theme.paint import colour, start
from kiosk.ui.theme.tokens import Token
from kiosk.ui.widgets.icons import Icon, draw_icon
from kiosk.ui.widgets.sign import State, draw_sign


class IconLabel(QWidget):
    """The icon at a size given at 100 %."""

    def __init__(self, icon: Icon, look: Look, *, size: int = 32, ink: Token = Token.ACCENT) -> None:
        super().__init__()
        self._icon, self._size, self._ink = icon, size, ink
        self.set_look(look)

    def set_look(self, look: Look) -> None:
        """Draw from this look from now on."""
        self._look = look
        side = look.px(self._size)
        self.setFixedSize(side, side)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the icon."""
        painter = QPainter(self)
        start(painter)
        draw_icon(painter, self._icon, QRectF(self.rect()), colour(self._look, self._ink))


class BigSign(IconLabel):
    """A sign of state, large."""

    def __init__(self, state: State, look: Look, *, size: int = 56) -> None:
        self._state = state
        super().__init__(Icon.CHECK, look, size=size)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the sign."""
        painter = QPainter(self)
        start(painter)
        draw_sign(painter, self._state, QRectF(self.rect()), self._look)
