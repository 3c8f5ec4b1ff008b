"""A page that scrolls in one direction only; its bar is wide enough to hit, and what has the focus stays in view."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFrame, QScrollArea, QWidget

from kiosk.ui.theme.look import Look

_SPARE = 24


class ScrollPage(QScrollArea):
    """Holds one content widget as wide as the page; scrolls it up and down only."""

    def __init__(self, content: QWidget, look: Look, *, name: str = "page", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self._look = look
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self.viewport().setAutoFillBackground(False)
        self.setWidget(content)
        content.setAutoFillBackground(False)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._focus_changed)

    def set_look(self, look: Look) -> None:
        """Draw from this look from now on."""
        self._look = look

    def show_part(self, part: QWidget) -> None:
        """Scroll so that `part` is seen with room around it."""
        self.ensureWidgetVisible(part, 0, self._look.space(_SPARE))

    def _focus_changed(self, _old: QWidget | None, now: QWidget | None) -> None:
        content = self.widget()
        if now is not None and content is not None and content.isAncestorOf(now):
            self.show_part(now)
