"""Says when the last answer was saved; changes only once it is durable, and says so when that takes long."""

from enum import Enum

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from kiosk.ui.i18n import text
from kiosk.ui.theme.look import Look
from kiosk.ui.theme.measures import Role
from kiosk.ui.theme.paint import colour, font, line_of_text, start, text_width
from kiosk.ui.theme.tokens import Token
from kiosk.ui.widgets.icons import Icon, draw_icon, square
from kiosk.ui.widgets.sign import State, draw_sign


class Saving(Enum):
    """What is known of the last answer."""

    NOTHING = "nothing"
    SAVED = "saved"
    SAVING = "saving"
    STOPPED = "stopped"


_KEYS = {
    Saving.NOTHING: "exam.saved.not-yet",
    Saving.SAVED: "exam.saved",
    Saving.SAVING: "exam.saving",
    Saving.STOPPED: "exam.saving.stopped",
}


class SavedMark(QLabel):
    """The mark in the foot; all its states take the same room."""

    def __init__(self, look: Look, *, name: str = "saved", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setObjectName(name)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._look, self._saving, self._time = look, Saving.NOTHING, "00:00:00"
        self._tell()

    def show_saving(self, saving: Saving, time: str = "") -> None:
        """Another state; `time` as figures, "14:27:31", of the last durable answer."""
        if (saving, time or self._time) == (self._saving, self._time):
            return
        self._saving, self._time = saving, time or self._time
        self._tell()
        self.update()

    def set_look(self, look: Look) -> None:
        """Draw from this look from now on."""
        self._look = look
        self._tell()
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Room for the widest state."""
        of = font(self._look, Role.TOOL)
        words = max(text_width(of, text(key, self._look.language, time="00:00:00")) for key in _KEYS.values())
        return QSize(words + self._side() + self._look.space(8), max(self._side(), self._look.line(Role.TOOL)))

    def minimumSizeHint(self) -> QSize:
        """Never cut."""
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw sign and words, right aligned."""
        painter = QPainter(self)
        start(painter)
        look, side = self._look, self._side()
        painter.setFont(font(look, Role.TOOL))
        painter.setPen(colour(look, Token.INK2 if self._saving is not Saving.STOPPED else Token.BAD))
        words = self.text()
        left = self.width() - text_width(painter.font(), words)
        line_of_text(painter, QRectF(left, 0, self.width() - left, self.height()), words)
        sign = square(left - look.space(8) - side, self.height() / 2, side)
        if self._saving is Saving.SAVED:
            draw_icon(painter, Icon.CHECK, sign, colour(look, Token.OK), stroke=2.6)
        elif self._saving is not Saving.NOTHING:
            draw_sign(painter, State.BUSY if self._saving is Saving.SAVING else State.BAD, sign, look)

    def _side(self) -> int:
        return self._look.px(18)

    def _tell(self) -> None:
        self.setText(text(_KEYS[self._saving], self._look.language, time=self._time))
