"""Minutes to give, set by two buttons or by the arrows; never typed, never outside its bounds."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from kiosk.ui.i18n import text
from kiosk.ui.theme.look import Look
from kiosk.ui.theme.measures import Role
from kiosk.ui.widgets.button import Button
from kiosk.ui.widgets.icons import Icon
from kiosk.ui.widgets.label import Label


class MinuteStepper(QWidget):
    """Less, the number, more; `changed` after every change."""

    changed = Signal()

    def __init__(
        self,
        look: Look,
        *,
        value: int = 5,
        least: int = 1,
        most: int = 15,
        step: int = 1,
        name: str = "minutes",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._look, self._value, self._least, self._most, self._by = look, value, least, most, step
        self._less = Button("", look, name=f"{name}-less", icon=Icon.MINUS, icon_only=True)
        self._more = Button("", look, name=f"{name}-more", icon=Icon.PLUS, icon_only=True)
        self._words = Label("", look, role=Role.FACT, name=f"{name}-value")
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        for part in (self._less, self._words, self._more):
            self._row.addWidget(part)
        self._words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._less.clicked.connect(lambda: self._move(-1))
        self._more.clicked.connect(lambda: self._move(1))
        self.set_look(look)

    @property
    def value(self) -> int:
        """Minutes now."""
        return self._value

    def set_range(self, least: int, most: int) -> None:
        """Other bounds; the value is brought inside."""
        self._least, self._most = least, most
        self.set_value(self._value)

    def set_value(self, value: int) -> None:
        """Other minutes, brought inside the bounds; no signal."""
        self._value = max(self._least, min(self._most, value))
        self._tell()

    def set_look(self, look: Look) -> None:
        """Draw from this look from now on."""
        self._look = look
        self._row.setSpacing(look.space(20))
        self._less.set_words(text("common.less", look.language))
        self._more.set_words(text("common.more", look.language))
        self._tell()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up and right give more, down and left less."""
        steps = {Qt.Key.Key_Up: 1, Qt.Key.Key_Right: 1, Qt.Key.Key_Down: -1, Qt.Key.Key_Left: -1}
        step = steps.get(Qt.Key(event.key()))
        if step is None:
            event.ignore()
        else:
            self._move(step)

    def _move(self, steps: int) -> None:
        before = self._value
        self.set_value(before + steps * self._by)
        if self._value != before:
            self.changed.emit()

    def _tell(self) -> None:
        words = text("common.minutes", self._look.language, n=self._value)
        widest = text("common.minutes", self._look.language, n=self._most)
        self._words.setMinimumWidth(self._words.fontMetrics().horizontalAdvance(widest) + 4)
        self._words.set_words(words)
        self._less.setEnabled(self._value > self._least)
        self._more.setEnabled(self._value < self._most)
        for button in (self._less, self._more):
            button.setAccessibleDescription(words)
