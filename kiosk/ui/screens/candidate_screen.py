"""What all screens of a candidate share: the bar, the mark of a rehearsal, one content, and the page of tools.

Rules: words are set again when the look changes, places when the shape does, and everything else in `draw`, which
compares before it paints. It does not know what the content is.
"""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QStackedLayout, QVBoxLayout, QWidget

from kiosk.station.view import View
from kiosk.ui.bridge import Bridge, Shown
from kiosk.ui.screens.candidate_bar import CandidateBar
from kiosk.ui.screens.rehearsal_mark import RehearsalMark
from kiosk.ui.screens.screen import Screen
from kiosk.ui.screens.shape import Shape, shape_of
from kiosk.ui.screens.tools import ToolsPage
from kiosk.ui.theme.look import Look


class CandidateScreen(Screen):
    """A screen with the bar of a candidate; content goes in by `set_content`."""

    def __init__(self, bridge: Bridge, look: Look, name: str, bar: CandidateBar) -> None:
        super().__init__(bridge, look, name)
        self.bar = bar
        self._mark = RehearsalMark(look)
        self.tools_page = ToolsPage(bridge, look)
        self._before_tools: QWidget | None = None
        self._worded: Look | None = None
        self._arranged: tuple[Look, Shape] | None = None
        self._stack = QStackedLayout()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(bar)
        column.addWidget(self._mark)
        column.addLayout(self._stack, 1)
        bar.folded_pressed.connect(self.open_tools)
        self.tools_page.closed.connect(self.close_tools)

    def set_content(self, content: QWidget) -> None:
        """Put in what the screen is about."""
        self._stack.addWidget(content)
        self._stack.addWidget(self.tools_page)

    # for the screens built on this

    def word(self, view: View) -> None:
        """Set every sentence in the language of the look."""
        raise NotImplementedError

    def arrange(self, shape: Shape) -> None:
        """Put the parts where this shape has them."""
        raise NotImplementedError

    def draw(self, view: View) -> None:
        """Show what may have changed."""
        raise NotImplementedError

    # ---------------------------------------------------------------------------------------------------------------

    @property
    def shape(self) -> Shape:
        """The shape for the width now."""
        return shape_of(self.look, self.window().width())

    @property
    def view(self) -> View:
        """What is known of the seat now."""
        return self.bridge.shown.view

    def show_state(self, shown: Shown) -> None:
        """Draw what is shown now."""
        view = shown.view
        if self._mark.isHidden() == view.rehearsal:
            self._mark.setVisible(view.rehearsal)
        self.tools_page.sign.show_camera(view.camera)
        self._arrange_if_needed()
        if self._worded != self.look:
            self._worded = self.look
            languages = view.round.rules.languages if view.round else (self.look.language,)
            self.bar.offer(languages)
            self.tools_page.offer(languages)
            self.word(view)
        self.draw(view)

    def _arrange_if_needed(self) -> None:
        wanted = (self.look, self.shape)
        if wanted != self._arranged:
            self._arranged = wanted
            self.arrange(self.shape)
            self.bar.fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width may be another shape."""
        super().resizeEvent(event)
        if self._worded is not None:
            self._arrange_if_needed()

    def open_tools(self) -> None:
        """Show the page of tools instead of the content."""
        self._before_tools = QApplication.focusWidget()
        self._stack.setCurrentWidget(self.tools_page)
        self.tools_page.take_focus()

    def close_tools(self) -> None:
        """Go back to the content, and to where the focus was."""
        self._stack.setCurrentIndex(0)
        if self._before_tools is not None:
            self._before_tools.setFocus(Qt.FocusReason.OtherFocusReason)

    def left(self) -> None:
        """The tools do not stay open behind another screen."""
        self._stack.setCurrentIndex(0)


class PassKeys(QObject):
    """Lets keys that belong to the screen pass a field or a page that would keep them."""

    def __init__(self, keys: frozenset[tuple[Qt.Key, bool]], parent: QObject) -> None:
        """`keys`: the key, and whether Ctrl is held."""
        super().__init__(parent)
        self._keys = keys

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """An event that is swallowed but not accepted goes on to the parent."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
            if (Qt.Key(event.key()), control) in self._keys:
                event.ignore()
                return True
        return super().eventFilter(watched, event)
