"""The bar under a practice item: back, next, and the way on alone at the end."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent

from kiosk.ui.i18n import text
from kiosk.ui.screens.shape import Shape
from kiosk.ui.theme.look import Look
from kiosk.ui.widgets.button import Button, Kind
from kiosk.ui.widgets.frames import FootBar
from kiosk.ui.widgets.icons import Icon
from kiosk.ui.widgets.shown import set_shown


class PracticeFoot(FootBar):
    """The buttons are the screen's to connect."""

    def __init__(self, look: Look) -> None:
        super().__init__(look, side=120)
        self.back = Button("", look, name="back", icon=Icon.CHEVRON_LEFT)
        self.next = Button("", look, name="next", icon_after=Icon.CHEVRON_RIGHT)
        self._back_icon = Button("", look, name="back-icon", icon=Icon.CHEVRON_LEFT, icon_only=True)
        self._next_icon = Button("", look, name="next-icon", icon=Icon.CHEVRON_RIGHT, icon_only=True)
        self._back_icon.clicked.connect(self.back.click)
        self._next_icon.clicked.connect(self.next.click)
        self.done = Button("", look, name="practice-done", kind=Kind.PRIMARY)
        for part in (self.back, self._back_icon, self.next, self._next_icon):
            self.left.addWidget(part, 0, Qt.AlignmentFlag.AlignVCenter)
        self.right.addWidget(self.done, 0, Qt.AlignmentFlag.AlignVCenter)
        self._word()

    def set_look(self, look: Look) -> None:
        """Draw from this look from now on."""
        super().set_look(look)
        if hasattr(self, "done"):
            self._word()

    def set_shape(self, shape: Shape) -> None:
        """Words where there is room."""
        del shape
        self.fit()

    def show_item(self, *, first: bool, last: bool) -> None:
        """What can be done with the item on the screen; the way on is loudest at the end."""
        for button in (self.back, self._back_icon):
            button.setEnabled(not first)
        for button in (self.next, self._next_icon):
            button.setEnabled(not last)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width holds more or less."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.fit()

    def minimumSizeHint(self) -> QSize:
        """The bar makes itself fit, so it asks for no width."""
        return QSize(0, self.sizeHint().height())

    def fit(self) -> None:
        """Words become icons where there is no room."""
        layout = self.layout()
        if layout is None:
            return
        for words in (True, False):
            for button in (self.back, self.next):
                set_shown(button, words)
            for button in (self._back_icon, self._next_icon):
                set_shown(button, not words)
            layout.invalidate()
            layout.activate()
            if layout.minimumSize().width() <= self.width():
                return

    def _word(self) -> None:
        language = self._look.language
        for button, key in (
            (self.back, "exam.back"),
            (self._back_icon, "exam.back"),
            (self.next, "exam.next"),
            (self._next_icon, "exam.next"),
            (self.done, "exam.practice.done"),
        ):
            button.set_words(text(key, language))
        self.fit()
