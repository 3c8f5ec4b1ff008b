"""The bar under the item: back and next, mark, clear, when the last answer was saved, and handing in alone at the end.

Rules: one primary button; large type keeps back, mark and next, the rest is on the page of all numbers; nothing is
cut: where there is no room, the saved mark stands in the rail.
"""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent

from kiosk.ui.i18n import text
from kiosk.ui.screens.shape import Shape
from kiosk.ui.theme.look import Look
from kiosk.ui.widgets.button import Button, Kind
from kiosk.ui.widgets.frames import FootBar
from kiosk.ui.widgets.icons import Icon
from kiosk.ui.widgets.saved import SavedMark
from kiosk.ui.widgets.shown import set_shown


class ExamFoot(FootBar):
    """The buttons are the screen's to connect."""

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self.back = Button("", look, name="back", icon=Icon.CHEVRON_LEFT)
        self.next = Button("", look, name="next", kind=Kind.PRIMARY, icon_after=Icon.CHEVRON_RIGHT)
        self.mark = Button("", look, name="mark", icon=Icon.FLAG)
        self.back_icon = Button("", look, name="back-icon", icon=Icon.CHEVRON_LEFT, icon_only=True)
        self.mark_icon = Button("", look, name="mark-icon", icon=Icon.FLAG, icon_only=True)
        self.next_right = Button("", look, name="next-right", kind=Kind.PRIMARY, icon_after=Icon.CHEVRON_RIGHT)
        self.clear = Button("", look, name="clear", kind=Kind.QUIET, icon=Icon.ERASER)
        self.saved = SavedMark(look, name="saved")
        self.review = Button("", look, name="review")
        for part in (self.back, self.back_icon, self.next, self.mark, self.mark_icon, self.clear):
            self.left.addWidget(part, 0, Qt.AlignmentFlag.AlignVCenter)
        for right in (self.saved, self.review, self.next_right):
            self.right.addWidget(right, 0, Qt.AlignmentFlag.AlignVCenter)
        self._shape = Shape.WIDE
        self._marked = False
        self._word()

    def set_look(self, look: Look) -> None:
        """Draw from this look from now on."""
        super().set_look(look)
        if hasattr(self, "review"):
            self._word()

    def set_shape(self, shape: Shape) -> None:
        """Show the buttons that this shape keeps."""
        self._shape = shape
        self.fit()

    def show_item(self, *, first: bool, last: bool, marked: bool, clearable: bool) -> None:
        """What can be done with the item on the screen."""
        for button in (self.back, self.back_icon):
            _enable(button, on=not first)
        for button in (self.next, self.next_right):
            _enable(button, on=not last)
        _enable(self.clear, on=clearable)
        self.next.set_kind(Kind.SECONDARY if last else Kind.PRIMARY)
        self.review.set_kind(Kind.PRIMARY if last else Kind.SECONDARY)
        if marked != self._marked:
            self._marked = marked
            self.mark.set_on(marked)
            self.mark_icon.set_on(marked)
            self._word()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width holds more or less."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.fit()

    def minimumSizeHint(self) -> QSize:
        """The bar makes itself fit, so it asks for no width."""
        return QSize(0, self.sizeHint().height())

    def fit(self) -> None:
        """Show as much as there is room for: the saved mark goes first, then words become icons."""
        layout = self.layout()
        if layout is None:
            return
        for level in range(3 if self._shape is Shape.FOLDED else 0, 4):
            self._apply(level)
            layout.invalidate()
            layout.activate()
            if layout.minimumSize().width() <= self.width():
                return

    def _apply(self, level: int) -> None:
        words, folded = level < 2, level >= 3  # noqa: PLR2004 - words, icons, folded
        set_shown(self.saved, level < 1)
        set_shown(self.back, words)
        set_shown(self.back_icon, not words)
        set_shown(self.mark, words)
        set_shown(self.mark_icon, not words)
        for part in (self.next, self.clear, self.review):
            set_shown(part, not folded)
        set_shown(self.next_right, folded)

    def _word(self) -> None:
        language = self._look.language
        mark = text("exam.marked" if self._marked else "exam.mark", language)
        for button, words in (
            (self.back, text("exam.back", language)),
            (self.back_icon, text("exam.back", language)),
            (self.next, text("exam.next", language)),
            (self.next_right, text("exam.next", language)),
            (self.mark, mark),
            (self.mark_icon, mark),
            (self.clear, text("exam.clear", language)),
            (self.review, text("exam.review", language)),
        ):
            button.set_words(words)
        self.fit()


def _enable(button: Button, *, on: bool) -> None:
    if button.isEnabled() != on:
        button.setEnabled(on)
