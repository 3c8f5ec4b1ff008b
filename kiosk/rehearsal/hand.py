"""A hand at the real window: finds what is shown by its name, presses, types, waits for what must come, takes pictures.

Rules: only what a person could press is pressed (shown and enabled); waiting ends on a condition or is a failure; the
event loop runs as in an exam. It does not know the exam.
"""

import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QEventLoop, Qt, QTimer
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from kiosk.ui.bridge import Bridge
from kiosk.ui.window import KioskWindow

W = TypeVar("W", bound=QWidget)
_PATIENCE = 30.0
_TURN = 20


class MissedError(RuntimeError):
    """Something a person would press or wait for was not there."""


class Hand:
    """One person's hand at one window."""

    def __init__(self, window: KioskWindow, bridge: Bridge, pictures: Path | None) -> None:
        self.window = window
        self.bridge = bridge
        self._pictures = pictures
        if pictures:
            pictures.mkdir(parents=True, exist_ok=True)

    def take_hold(self) -> None:
        """Wait until the window has the keyboard, as it has when a person sits down. MissedError."""
        self.until(self.window.isActiveWindow, "the window does not get the keyboard")

    def turn(self, milliseconds: int = _TURN) -> None:
        """Let the event loop run for a moment."""
        loop = QEventLoop()
        QTimer.singleShot(milliseconds, loop.quit)
        loop.exec()

    def until(self, condition: Callable[[], bool], what: str, seconds: float = _PATIENCE) -> None:
        """Let the event loop run until a condition holds. MissedError."""
        end = time.monotonic() + seconds
        while not condition():
            if time.monotonic() > end:
                raise MissedError(what)
            self.turn()

    def screen(self, name: str) -> None:
        """Wait until a screen is in front and painted."""
        self.until(lambda: self._in_front() == name, f"screen {name}, not {self._in_front()}")
        self.turn()

    def _in_front(self) -> str:
        current = self.window.current
        return current.objectName() if current else ""

    def find(self, name: str, kind: type[W] = QWidget) -> W:  # type: ignore[assignment]
        """Find a part that is shown, by its name. MissedError."""
        found: list[W] = [part for part in self.window.findChildren(kind, name) if part.isVisible()]
        if not found:
            raise MissedError(name)
        return found[0]

    def press(self, name: str) -> None:
        """Press a part in its middle; it must be shown and enabled. MissedError."""
        part = self.find(name, QWidget)
        if not part.isEnabled():
            raise MissedError(name, "is not enabled")
        QTest.mouseClick(part, Qt.MouseButton.LeftButton)
        self.turn()

    def type(self, words: str) -> None:
        """Type into whatever has the focus."""
        focus = QApplication.focusWidget() or self.window
        for letter in words:
            QTest.keyClicks(QApplication.focusWidget() or focus, letter)
        self.turn()

    def insert(self, words: str) -> None:
        """Give words of any script to whatever has the focus, committed as an input method commits them."""
        event = QInputMethodEvent()
        event.setCommitString(words)
        QApplication.sendEvent(QApplication.focusWidget() or self.window, event)
        self.turn()

    def key(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """Press a key."""
        QTest.keyClick(QApplication.focusWidget() or self.window, key, modifiers)
        self.turn()

    def picture(self, name: str) -> None:
        """Keep a picture of the window."""
        if self._pictures:
            self.turn()
            self.window.grab().save(str(self._pictures / f"{name}.png"))
