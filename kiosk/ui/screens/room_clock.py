"""The room's clock as an invigilator reads it from the wall, set as a difference in minutes to the clock of this PC."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from kiosk.exam.vocabulary import MINUTE, Millis
from kiosk.ui.i18n import text
from kiosk.ui.present.facts import hour_and_minute, time_of_day
from kiosk.ui.theme.look import Look
from kiosk.ui.theme.measures import Role
from kiosk.ui.theme.tokens import Token
from kiosk.ui.widgets.button import Button, Size
from kiosk.ui.widgets.icons import Icon
from kiosk.ui.widgets.label import Label
from kiosk.ui.widgets.paragraph import Paragraph

_MOST = 24 * 60
_HOUR = 60


class RoomClock(QWidget):
    """Less, the room's time, more; `changed` after each step. Page up and down step by an hour."""

    changed = Signal()

    def __init__(self, look: Look, *, name: str = "room-clock", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self._look, self._minutes, self._wall = look, 0, 0
        self._label = Label("", look, role=Role.CAPTION, ink=Token.INK2)
        self._less = Button("", look, name=f"{name}-less", icon=Icon.MINUS, icon_only=True, size=Size.SMALL)
        self._time = Label("", look, role=Role.FIGURES, name=f"{name}-time")
        self._more = Button("", look, name=f"{name}-more", icon=Icon.PLUS, icon_only=True, size=Size.SMALL)
        self._words = Paragraph("", look, role=Role.CAPTION, ink=Token.INK2, name=f"{name}-words")
        for button, step in ((self._less, -1), (self._more, 1)):
            button.setAutoRepeat(True)
            button.clicked.connect(lambda _checked=False, step=step: self._step(step))
        self._row = QHBoxLayout()
        for part in (self._less, self._time, self._more):
            self._row.addWidget(part)
        self._row.addStretch(1)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addWidget(self._label)
        self._column.addLayout(self._row)
        self._column.addWidget(self._words)
        self.set_look(look)

    @property
    def ahead(self) -> Millis:
        """The room's clock less the PC's."""
        return Millis(self._minutes * MINUTE)

    def reset(self) -> None:
        """No difference."""
        self._minutes = 0
        self._tell()

    def show_wall(self, wall: int) -> None:
        """The PC's clock now, milliseconds UTC."""
        self._wall = wall
        self._tell()

    def set_look(self, look: Look) -> None:
        """Draw from this look from now on, in its language."""
        self._look = look
        self._column.setSpacing(look.space(6))
        self._row.setSpacing(look.space(16))
        self._label.set_words(text("staff.clock.room", look.language))
        self._less.set_words(text("common.less", look.language))
        self._more.set_words(text("common.more", look.language))
        self._tell()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows step by a minute, page up and down by an hour."""
        steps = {
            Qt.Key.Key_Up: 1,
            Qt.Key.Key_Right: 1,
            Qt.Key.Key_Down: -1,
            Qt.Key.Key_Left: -1,
            Qt.Key.Key_PageUp: _HOUR,
            Qt.Key.Key_PageDown: -_HOUR,
        }
        step = steps.get(Qt.Key(event.key()))
        if step is None:
            event.ignore()
        else:
            self._step(step)

    def _step(self, minutes: int) -> None:
        self._minutes = max(-_MOST, min(_MOST, self._minutes + minutes))
        self._tell()
        self.changed.emit()

    def _tell(self) -> None:
        language = self._look.language
        room = hour_and_minute(self._wall + self._minutes * MINUTE)
        self._time.set_words(room)
        pc = time_of_day(self._wall)
        ahead, behind = self._minutes > 0, self._minutes < 0
        key = "staff.clock.ahead" if ahead else "staff.clock.behind" if behind else "staff.clock.same"
        words = text(key, language, pc=pc, n=abs(self._minutes))
        self._words.set_source(words)
        for button in (self._less, self._more):
            button.setAccessibleDescription(f"{room}. {words}")
