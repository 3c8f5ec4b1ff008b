"""The lock band of a small window: seat, room and time in two lines across the top, in the colours of the band."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from kiosk.ui.screens.cause_row import IconMark
from kiosk.ui.theme.look import Look
from kiosk.ui.theme.measures import Role
from kiosk.ui.theme.paint import colour
from kiosk.ui.theme.tokens import Token
from kiosk.ui.widgets.icons import Icon
from kiosk.ui.widgets.label import Label
from kiosk.ui.widgets.paragraph import Paragraph


class SeatStrip(QWidget):
    """The strip."""

    def __init__(self, look: Look, *, name: str = "seat-strip", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self._look = look
        self._lock = IconMark(Icon.LOCK, look, side=36, ink=Token.ON_BAND)
        self._seat = Label("", look, role=Role.TITLE, ink=Token.ON_BAND, name=f"{name}-seat")
        self._place = Paragraph("", look, role=Role.CAPTION, ink=Token.ON_BAND_2, name=f"{name}-place")
        self._time = Paragraph("", look, role=Role.CAPTION, ink=Token.ON_BAND, bold=True, name=f"{name}-time")
        head = QHBoxLayout()
        head.addWidget(self._lock, 0, Qt.AlignmentFlag.AlignVCenter)
        head.addWidget(self._seat, 1)
        self._column = QVBoxLayout(self)
        self._column.addLayout(head)
        self._column.addWidget(self._place)
        self._column.addWidget(self._time)
        self.set_look(look)

    def set_words(self, *, label: str, seat: str, room: str, time: str) -> None:
        """What stands in the strip."""
        self._seat.set_words(f"{label} {seat}")
        self._place.set_source(room)
        self._time.set_source(time)

    def set_look(self, look: Look) -> None:
        """Draw from this look from now on."""
        self._look = look
        side = look.space(16)
        self._column.setContentsMargins(side, look.space(12), side, look.space(12))
        self._column.setSpacing(look.space(4))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Fill; a line below where the band has no colour of its own."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), colour(self._look, Token.BAND))
        painter.fillRect(0, self.height() - 1, self.width(), 1, colour(self._look, Token.LINE))
