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

from PySide6.QtCore import QSize
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from kiosk.errors import KioskError
from kiosk.exam.incident import IncidentKind
from kiosk.exam.rules import LockLevel
from kiosk.exam.vocabulary import Language
from kiosk.station.station import Station
from kiosk.ui.bridge import Bridge
from kiosk.ui.displays import Displays
from kiosk.ui.screens import MAKERS
from kiosk.ui.screens.no_seat import NoSeat
from kiosk.ui.theme.dress import dress_application
from kiosk.ui.theme.fonts import register_fonts
from kiosk.ui.theme.look import Look
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
    displays = _stand(window, options, look)
    facts = WindowFacts(
        windowed=options.windowed,
        screens_covered=displays is not None and displays.covered,
        keyboard_grabbed=not options.windowed and window.hold_keyboard(),
    )
    try:
        station = _take_seat(app, window, bridge, parts, facts)
        return _work(app, window, bridge, parts=parts, station=station, displays=displays)
    finally:
        if displays is not None:
            displays.close()
        window.allow_close()
        window.close()


def _take_seat(app: QApplication, window: KioskWindow, bridge: Bridge, parts: Parts, facts: WindowFacts) -> Station:
    """Make the station. KioskError where this PC is no seat, after it was shown to whoever sits there."""
    try:
        return parts.make_station(parts.level_of(facts), bridge.wake)
    except KioskError as error:
        if parts.play is None and parts.painted is None:
            page = NoSeat(error, window.look, lambda: app.exit(0))
            window.show_instead(page)
            page.take_focus()
            app.exec()
        raise


def _work(
    app: QApplication,
    window: KioskWindow,
    bridge: Bridge,
    *,
    parts: Parts,
    station: Station,
    displays: Displays | None,
) -> int:
    """Show the seat until its window is closed."""
    stray = sys.excepthook = _Stray(station)
    try:
        parts.begin(station)
        bridge.open(station)
        if displays is not None:
            displays.watch(lambda words: station.observe(IncidentKind.SECOND_DISPLAY, words))
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


def _stand(window: KioskWindow, options: Options, look: Look) -> Displays | None:
    """Put the window where it belongs; the other displays of a locked seat are covered."""
    if options.windowed:
        window.allow_close()
        _show_fitting(window, QSize(options.width, options.height))
        window.activateWindow()
        return None
    window.setGeometry(QGuiApplication.primaryScreen().geometry())
    window.showFullScreen()
    displays = Displays(window, look)
    window.activateWindow()
    return displays


def _show_fitting(window: KioskWindow, size: QSize) -> None:
    """Show at a size, or as large as the display allows; where nothing is seen any size will do."""
    room = QGuiApplication.primaryScreen().availableSize()
    fits = size.boundedTo(room) == size or QGuiApplication.platformName() == "offscreen"
    window.resize(size if fits else size.boundedTo(room))
    if fits:
        window.show()
    else:
        window.showMaximized()


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
