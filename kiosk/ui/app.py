"""Starts the screens of a seat: the application, the window, the one place where stray exceptions end up.

Rules: a mistake of the program covers the item and stops the time, it never goes unseen; the lock level is what was
looked at after the window stood there, and the station is made with that. It is handed everything it joins.
"""

import logging
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QGuiApplication, QScreen
from PySide6.QtWidgets import QApplication, QWidget

from kiosk.exam.rules import LockLevel
from kiosk.exam.vocabulary import Language
from kiosk.station.station import Station
from kiosk.ui.bridge import Bridge
from kiosk.ui.screens import MAKERS
from kiosk.ui.theme.dress import dress_application
from kiosk.ui.theme.fonts import register_fonts
from kiosk.ui.theme.look import Look
from kiosk.ui.theme.paint import colour
from kiosk.ui.theme.tokens import Token
from kiosk.ui.window import KioskWindow

FAULT = 70
"""Exit code after a mistake of the program in a run that nobody watches (sysexits.h EX_SOFTWARE)."""

_LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class WindowFacts:
    """What was seen of the window once it stood there."""

    windowed: bool
    screens_covered: bool
    keyboard_grabbed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """How the window is wanted."""

    windowed: bool
    width: int = 1280
    height: int = 800
    language: Language = Language.ZH
    sticks: tuple[Path, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """What the composition root hands over: how level and station come about, and who plays along."""

    level_of: Callable[[WindowFacts], LockLevel]
    make_station: Callable[[LockLevel, Callable[[], None]], Station]
    begin: Callable[[Station], None]
    play: Callable[[KioskWindow, Bridge], None] | None = None
    painted: Callable[[], None] | None = None


class Cover(QWidget):
    """A blank over a display that the seat does not use."""

    def __init__(self, screen: QScreen, look: Look) -> None:
        super().__init__()
        hints = Qt.WindowType.FramelessWindowHint | Qt.WindowType.WindowStaysOnTopHint
        self.setWindowFlags(hints | Qt.WindowType.BypassWindowManagerHint | Qt.WindowType.WindowDoesNotAcceptFocus)
        palette = self.palette()
        palette.setColor(self.backgroundRole(), colour(look, Token.BAND))
        self.setPalette(palette)
        self.setAutoFillBackground(True)
        self.setGeometry(screen.geometry())


def run_window(options: Options, parts: Parts) -> int:
    """Show the seat until its window is closed; the exit code of the program."""
    app = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(app, QApplication)  # noqa: S101 - no other kind is made here
    look = Look(language=options.language)
    register_fonts()
    dress_application(app, look)
    bridge = Bridge(look, sticks=options.sticks)
    bridge.finished.connect(lambda: app.exit(0))
    window = KioskWindow(bridge, look, MAKERS, locked=not options.windowed)
    covers = _stand(window, options, look)
    facts = WindowFacts(
        windowed=options.windowed,
        screens_covered=len(covers) + 1 >= len(QGuiApplication.screens()),
        keyboard_grabbed=not options.windowed and window.hold_keyboard(),
    )
    station = parts.make_station(parts.level_of(facts), bridge.wake)
    stray = sys.excepthook = _Stray(station)
    try:
        parts.begin(station)
        bridge.open(station)
        if parts.painted is not None:
            window.repaint()
            if not stray.seen:
                parts.painted()
        elif parts.play is not None:
            parts.play(window, bridge)
        else:
            return app.exec()
        return FAULT if stray.seen else 0
    finally:
        sys.excepthook = sys.__excepthook__
        bridge.close()
        station.close()
        for cover in covers:
            cover.close()
        window.allow_close()
        window.close()


def _stand(window: KioskWindow, options: Options, look: Look) -> list[Cover]:
    """Put the window where it belongs; cover the other displays of a locked seat."""
    screen = QGuiApplication.primaryScreen()
    if options.windowed:
        window.allow_close()
        window.resize(options.width, options.height)
        window.show()
        window.activateWindow()
        return []
    window.setGeometry(_whole(screen))
    window.showFullScreen()
    window.activateWindow()
    covers = [Cover(other, look) for other in QGuiApplication.screens() if other is not screen]
    for cover in covers:
        cover.show()
    return covers


def _whole(screen: QScreen) -> QRect:
    return screen.geometry()


class _Stray:
    """Where exceptions end up that nobody caught: none goes unseen, the item is covered, the exit code says so."""

    def __init__(self, station: Station) -> None:
        self._station = station
        self.seen = 0

    def __call__(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        """Take one, as sys.excepthook."""
        self.seen += 1
        _LOG.error("a mistake of the program", exc_info=(kind, error, trace))
        self._station.fail(kind.__name__)


__all__ = ["Options", "Parts", "WindowFacts", "run_window"]
