"""The one window of a seat: it shows the screen that the stage and the overlay ask for, and refuses to go away.

Rules: closing is refused unless the seat allowed it; in front of everything on every display where the seat is
locked; the keyboard belongs to this window while it is locked. It decides nothing about the exam.
"""

from collections.abc import Callable, Mapping

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QCloseEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QStackedLayout, QWidget

from kiosk.station.view import Stage
from kiosk.ui.bridge import Bridge, Overlay, Shown
from kiosk.ui.screens.screen import Screen
from kiosk.ui.theme.dress import dress_window
from kiosk.ui.theme.look import Look
from kiosk.ui.widgets.focus_ring import FocusRing
from kiosk.ui.widgets.restyle import restyle

MakeScreen = Callable[[Bridge, Look], Screen]
_OVER = {
    Overlay.UNLOCK: "unlock",
    Overlay.GATE: "gate",
    Overlay.PANEL: "panel",
    Overlay.REVIEW: "review",
    Overlay.EXPORT: "export",
}
_OF_STAGE = {
    Stage.SIGN_IN: "sign-in",
    Stage.CONFIRM: "sign-in",
    Stage.IDENTITY: "sign-in",
    Stage.BRIEFING: "briefing",
    Stage.PRACTICE: "practice",
    Stage.WAITING: "waiting",
    Stage.EXAM: "exam",
    Stage.RECEIPT: "receipt",
}


def screen_name(shown: Shown) -> str:
    """Name the screen that is asked for; every stage without one of its own is the lock."""
    return _OVER.get(shown.face.overlay) or _OF_STAGE.get(shown.view.stage, "lock")


class KioskWindow(QWidget):
    """The window of a seat."""

    def __init__(self, bridge: Bridge, look: Look, makers: Mapping[str, MakeScreen], *, locked: bool) -> None:
        super().__init__()
        self.setObjectName("kiosk")
        self._bridge = bridge
        self._look = look
        self._makers = makers
        self._screens: dict[str, Screen] = {}
        self._locked = locked
        self._may_close = False
        self._stack = QStackedLayout(self)
        self.setWindowTitle("Kiosk")
        if locked:
            hints = Qt.WindowType.FramelessWindowHint | Qt.WindowType.WindowStaysOnTopHint
            self.setWindowFlags(hints | Qt.WindowType.BypassWindowManagerHint)
        dress_window(self, look)
        self._ring = FocusRing(self, look)
        bridge.changed.connect(self._show)

    @property
    def look(self) -> Look:
        """What everything here is drawn from now."""
        return self._look

    def show_instead(self, page: QWidget) -> None:
        """Show a page that belongs to no station."""
        self._stack.addWidget(page)
        self._stack.setCurrentWidget(page)
        self.setWindowTitle(f"Kiosk: {page.objectName()}")
        self._look = self._look.fitted(self.width())
        restyle(self, self._look)

    @property
    def current(self) -> Screen | None:
        """The screen in front."""
        found = self._stack.currentWidget()
        return found if isinstance(found, Screen) else None

    def screen_called(self, name: str) -> Screen:
        """Return a screen, made when it is first needed."""
        if name not in self._screens:
            screen = self._makers[name](self._bridge, self._look)
            self._screens[name] = screen
            self._stack.addWidget(screen)
            restyle(screen, self._look)
        return self._screens[name]

    def _show(self, shown: object) -> None:
        assert isinstance(shown, Shown)  # noqa: S101 - the bridge sends nothing else
        look = shown.face.look.fitted(self.width())
        if look != self._look:
            self._look = look
            dress_window(self, look)
            restyle(self, look)
        before = self.current
        screen = self.screen_called(screen_name(shown))
        screen.show_state(shown)
        if screen is not before:
            self._stack.setCurrentWidget(screen)
            self.setWindowTitle(f"Kiosk: {screen.objectName()}")
            if before is not None:
                before.left()
            screen.entered()
        self._ring.raise_()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay out anew for another width."""
        super().resizeEvent(event)
        if self._look.fitted(self.width()) != self._look and self._stack.count():
            self._show(self._bridge.shown)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+Shift+I asks for the invigilator's panel from every screen."""
        wanted = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
        if event.key() == Qt.Key.Key_I and event.modifiers() == wanted:
            self._bridge.open_panel()
            return
        super().keyPressEvent(event)

    def hold_keyboard(self) -> bool:
        """Keep the keyboard for this window; tell whether it was given."""
        handle = self.windowHandle()
        return handle is not None and handle.setKeyboardGrabEnabled(True)

    def allow_close(self) -> None:
        """Let the next close succeed."""
        self._may_close = True

    def closeEvent(self, event: QCloseEvent) -> None:
        """Refuse to close."""
        if self._may_close:
            event.accept()
        else:
            event.ignore()

    def changeEvent(self, event: QEvent) -> None:
        """Come back when somebody minimises a locked window."""
        super().changeEvent(event)
        if self._locked and event.type() == QEvent.Type.WindowStateChange and self.isMinimized():
            self.showFullScreen()
