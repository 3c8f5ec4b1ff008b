"""The start code as large as its place allows, to be read from two metres and read aloud; never to be copied."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from kiosk.ui.theme.look import Look
from kiosk.ui.theme.measures import RADIUS_ROW
from kiosk.ui.theme.paint import box, colour, line_of_text, sized_font, start
from kiosk.ui.theme.tokens import Token

_LARGEST = 112
_SMALLEST = 48
_SIGNS = 4.9
"""Width of six figures and the gap between the threes, in sizes of the type."""
_HALF = 3


class StartCode(QLabel):
    """Two groups of three figures."""

    def __init__(self, look: Look, *, name: str = "start-code", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._look, self._code = look, ""

    def set_code(self, code: str) -> None:
        """Another code."""
        if code != self._code:
            self._code = code
            self.setAccessibleName(" ".join(code))
            self.update()

    def set_look(self, look: Look) -> None:
        """Draw from this look from now on."""
        self._look = look
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """As tall as the largest figures."""
        return QSize(self.minimumSizeHint().width(), round(self._look.space(_LARGEST) * 1.5))

    def minimumSizeHint(self) -> QSize:
        """Never smaller than a heading."""
        return QSize(round(_SMALLEST * _SIGNS), round(self._look.space(_LARGEST) * 1.5))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the figures."""
        painter = QPainter(self)
        start(painter)
        look, rect = self._look, QRectF(self.rect())
        fill, edge = colour(look, Token.ACCENT_SOFT), colour(look, Token.ACCENT)
        box(painter, rect, radius=RADIUS_ROW, fill=fill, edge=edge, width=1.0)
        pixels = round(min(self.height() * 0.62, self.width() * 0.9 / _SIGNS))
        painter.setFont(sized_font(pixels, bold=True))
        painter.setPen(colour(look, Token.INK))
        words = f"{self._code[:_HALF]} {self._code[_HALF:]}"
        line_of_text(painter, rect, words, Qt.AlignmentFlag.AlignHCenter)
