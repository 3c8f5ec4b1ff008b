"""A hairline, across or down, that keeps parts of a screen apart."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from kiosk.ui.theme.look import Look
from kiosk.ui.theme.paint import colour
from kiosk.ui.theme.tokens import Token


class Rule(QWidget):
    """One pixel of the line colour; decoration, never the only edge of a control."""

    def __init__(self, look: Look, *, upright: bool = False, length: int = 0, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look, self._upright, self._length = look, upright, length
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.set_look(look)

    def set_look(self, look: Look) -> None:
        """Draw from this look from now on."""
        self._look = look
        along, across = QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed
        self.setSizePolicy(across if self._upright else along, along if self._upright else across)
        if self._upright:
            self.setFixedWidth(1)
            if self._length:
                self.setFixedHeight(look.px(self._length))
        else:
            self.setFixedHeight(1)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Fill the pixel."""
        QPainter(self).fillRect(self.rect(), colour(self._look, Token.LINE))
