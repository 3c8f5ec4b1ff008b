"""The displays of a locked seat: the window on the first, a blank over every other one, also over one that comes later.

Rules: after each change of the displays everything is put in place anew, so that nothing depends on the order in which
changes are told; the window stays on its display as long as that one is there; a display that only repeats it is never
covered, because its cover would hide the exam. Each other display is told to whoever watches, once when it appears and
once when it goes. It judges nothing.
"""

from collections.abc import Callable

from PySide6.QtCore import QObject, QRect, Qt
from PySide6.QtGui import QGuiApplication, QScreen
from PySide6.QtWidgets import QWidget

from kiosk.ui.theme.look import Look
from kiosk.ui.theme.paint import colour
from kiosk.ui.theme.tokens import Token

Told = Callable[[str], None]


class Cover(QWidget):
    """A blank over a display that the seat does not use."""

    def __init__(self, place: QRect, look: Look) -> None:
        super().__init__()
        hints = Qt.WindowType.FramelessWindowHint | Qt.WindowType.WindowStaysOnTopHint
        self.setWindowFlags(hints | Qt.WindowType.BypassWindowManagerHint | Qt.WindowType.WindowDoesNotAcceptFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        palette = self.palette()
        palette.setColor(self.backgroundRole(), colour(look, Token.BAND))
        self.setPalette(palette)
        self.setAutoFillBackground(True)
        self.setGeometry(place)


class Displays(QObject):
    """Keeps one window and the covers beside it where they belong."""

    def __init__(self, window: QWidget, look: Look) -> None:
        super().__init__(window)
        self._window = window
        self._look = look
        self._covers: list[Cover] = []
        self._others: dict[str, str] = {}
        self._told: Told | None = None
        self._own = QGuiApplication.primaryScreen().name()
        app = QGuiApplication.instance()
        assert isinstance(app, QGuiApplication)  # noqa: S101 - there is a window
        app.screenAdded.connect(self._added)
        app.screenRemoved.connect(self._arrange)
        app.primaryScreenChanged.connect(self._arrange)
        for screen in QGuiApplication.screens():
            screen.geometryChanged.connect(self._arrange)
        self._arrange()

    @property
    def covered(self) -> bool:
        """Whether no display shows anything but the seat's own windows."""
        hidden = [self._window.geometry(), *(cover.geometry() for cover in self._covers)]
        return all(any(place.contains(screen.geometry()) for place in hidden) for screen in QGuiApplication.screens())

    def watch(self, told: Told) -> None:
        """Tell of the other displays that are there, and of each that appears or goes from now on."""
        self._told = told
        for words in self._others.values():
            told(words)

    def close(self) -> None:
        """Take the covers away."""
        app = QGuiApplication.instance()
        assert isinstance(app, QGuiApplication)  # noqa: S101 - as above
        app.screenAdded.disconnect(self._added)
        app.screenRemoved.disconnect(self._arrange)
        app.primaryScreenChanged.disconnect(self._arrange)
        self._told = None
        self._put([])

    def _added(self, screen: QScreen) -> None:
        screen.geometryChanged.connect(self._arrange)
        self._arrange()

    def _arrange(self, _changed: object = None) -> None:
        """Put everything in its place, then tell what is new and what has gone."""
        screens = QGuiApplication.screens()
        own = next((screen for screen in screens if screen.name() == self._own), QGuiApplication.primaryScreen())
        self._own = own.name()
        self._window.setGeometry(own.geometry())
        others = [screen for screen in screens if screen is not own]
        places = [screen.geometry() for screen in others if not own.geometry().contains(screen.geometry())]
        if places != [cover.geometry() for cover in self._covers]:
            self._put(places)
        self._tell({screen.name(): _words(screen) for screen in others})

    def _put(self, places: list[QRect]) -> None:
        """Cover these places; what was covered before is let go only when the new covers stand."""
        before, self._covers = self._covers, [Cover(place, self._look) for place in places]
        for cover in self._covers:
            cover.show()
        for cover in before:
            cover.close()
            cover.deleteLater()
        if self._covers:
            self._window.raise_()

    def _tell(self, others: dict[str, str]) -> None:
        before, self._others = self._others, others
        if self._told is not None:
            for words in (words for name, words in others.items() if name not in before):
                self._told(words)
            for words in (words for name, words in before.items() if name not in others):
                self._told(f"{words} gone")


def _words(screen: QScreen) -> str:
    size = screen.geometry()
    return f"{screen.name()} {size.width()}x{size.height()}"
