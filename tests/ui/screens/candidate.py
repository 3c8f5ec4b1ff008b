"""A candidate at the real window of a real seat: keys in, what is shown out. The staff's screens are blank here."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

from kiosk.station.view import Stage, View
from kiosk.ui.bridge import Bridge, Overlay, Shown
from kiosk.ui.screens import MAKERS
from kiosk.ui.screens.screen import Screen
from kiosk.ui.theme.look import Look
from kiosk.ui.widgets.page import ScrollPage
from kiosk.ui.window import KioskWindow, MakeScreen
from tests.support.ui import settle, stand
from tests.support.worlds import SeatAtWork, open_seat

WIDE, SMALL = QSize(1920, 1080), QSize(1024, 768)
OURS = ("sign-in", "briefing", "practice", "waiting", "exam", "review", "receipt")
_PATIENCE = 200


class BlankScreen(Screen):
    """Stands for a screen of the staff."""

    def __init__(self, bridge: Bridge, look: Look) -> None:
        super().__init__(bridge, look, "blank")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def show_state(self, shown: Shown) -> None:
        """Nothing is drawn."""

    def entered(self) -> None:
        """Keys go here."""
        self.setFocus()


def makers() -> dict[str, MakeScreen]:
    """The candidate's screens, and blanks for the others."""
    return {name: MAKERS[name] if name in OURS else BlankScreen for name in MAKERS}


class Candidate:
    """Who sits at a window."""

    def __init__(self, seat: SeatAtWork, size: QSize, look: Look) -> None:
        self.seat = seat
        self.bridge = Bridge(look)
        self.window = KioskWindow(self.bridge, look.fitted(size.width()), makers(), locked=False)
        self.bridge.open(seat.station)
        self.window.allow_close()
        stand(self.window, size)

    @property
    def view(self) -> View:
        """What is shown now."""
        return self.bridge.shown.view

    def at(self, stage: Stage) -> bool:
        """Tell whether the seat is there."""
        return self.view.stage is stage

    def over(self, overlay: Overlay) -> bool:
        """Tell whether this lies over the screen."""
        return self.bridge.shown.face.overlay is overlay

    @property
    def screen(self) -> Screen:
        """The screen in front."""
        found = self.window.current
        assert found is not None
        return found

    def part(self, name: str) -> QWidget:
        """A part that is seen, by its name."""
        found = [part for part in self.screen.findChildren(QWidget, name) if part.isVisibleTo(self.screen)]
        assert len(found) == 1, f"{len(found)} visible parts are called {name}"
        return found[0]

    def has(self, name: str) -> bool:
        """Tell whether a part is seen."""
        return any(part.isVisibleTo(self.screen) for part in self.screen.findChildren(QWidget, name))

    def words(self, name: str) -> str:
        """What a part says to those who do not see it."""
        return self.part(name).accessibleName()

    def press(self, name: str) -> None:
        """Press a button with the mouse."""
        button = self.part(name)
        assert isinstance(button, QAbstractButton)
        assert button.isEnabled(), f"{name} cannot be pressed"
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
        settle()

    def key(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """Press a key where the focus is."""
        QTest.keyClick(self.focus, key, modifiers)
        settle()

    def type(self, words: str) -> None:
        """Type words where the focus is; what a keyboard has no key for comes from an input method."""
        for sign in words:
            if sign.isascii():
                QTest.keyClicks(self.focus, sign)
            else:
                composed = QInputMethodEvent("", [])
                composed.setCommitString(sign)
                QApplication.sendEvent(self.focus, composed)
        settle()

    @property
    def focus(self) -> QWidget:
        """Where keys go."""
        return QApplication.focusWidget() or self.window

    def go(self, ms: int) -> None:
        """Let time pass."""
        self.seat.clocks.go(ms)
        self.bridge.pump()
        settle()

    def saved(self) -> None:
        """Wait until every response is on disk, as shown."""
        for _ in range(_PATIENCE):
            self.bridge.pump()
            if not self.view.saved.pending:
                break
            QTest.qWait(5)
        settle()
        assert not self.view.saved.pending

    def until(self, stage: Stage) -> None:
        """Wait for a stage."""
        for _ in range(_PATIENCE):
            self.bridge.pump()
            if self.view.stage is stage:
                settle()
                return
            QTest.qWait(10)
        assert self.view.stage is stage

    def look(self, look: Look) -> None:
        """Choose another look, as the tools do."""
        self.bridge.set_look(look)
        settle()

    def close(self) -> None:
        """Leave."""
        self.bridge.close()
        self.window.allow_close()
        self.window.close()
        self.window.deleteLater()
        settle()


@contextmanager
def candidate(
    folder: Path, kind: str = "demo", *, size: QSize = WIDE, look: Look | None = None, with_link: bool = True
) -> Iterator[Candidate]:
    """A candidate before the sign-in screen."""
    with open_seat(folder, kind, with_link=with_link) as seat:
        if with_link:
            seat.link.hello()
        sitter = Candidate(seat, size, look or Look())
        try:
            yield sitter
        finally:
            sitter.close()


def too_wide(candidate: Candidate) -> list[str]:
    """Pages whose content is wider than they are: it would be cut, since a page scrolls up and down only."""
    pages = [page for page in candidate.screen.findChildren(ScrollPage) if page.isVisibleTo(candidate.screen)]
    return [
        f"{page.objectName()}: {content.width()} in {page.viewport().width()}"
        for page in pages
        if (content := page.widget()) is not None and content.width() > page.viewport().width()
    ]
