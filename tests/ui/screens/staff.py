"""An invigilator at the real window of a real seat: cards by camera or typed, codes, acts; what is shown comes out."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize, Qt
from PySide6.QtGui import QColor, QImage, QInputMethodEvent, QPainter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication

from kiosk.capture import protocol as p
from kiosk.exam.rules import LockLevel
from kiosk.office.round_plan import CardSecret
from kiosk.rehearsal.demo_world import SESSION
from kiosk.ui.bridge import Bridge
from kiosk.ui.screens import MAKERS
from kiosk.ui.theme.look import Look
from kiosk.ui.window import KioskWindow
from tests.support.ui import settle, spoken, stand
from tests.support.worlds import SeatAtWork, locked_seat, open_seat
from tests.ui.screens.candidate import WIDE, Candidate


class Invigilator(Candidate):
    """Who walks from seat to seat."""

    def __init__(self, seat: SeatAtWork, size: QSize, look: Look, sticks: tuple[Path, ...]) -> None:
        self.seat = seat
        self.bridge = Bridge(look, sticks=sticks)
        self.finished = 0
        self.bridge.finished.connect(self._count)
        self.window = KioskWindow(self.bridge, look.fitted(size.width()), MAKERS, locked=False)
        self.window.allow_close()
        stand(self.window, size)
        self.bridge.open(seat.station)
        settle()

    def _count(self) -> None:
        self.finished += 1

    def card(self, which: int = 0) -> CardSecret:
        """One of the room's cards: two, then the reserves."""
        return self.seat.world.made.secrets.cards[which]

    def hold(self, text: str) -> None:
        """Hold something to the camera that reads as this."""
        self.seat.link.report(p.Viewfinder(jpeg=picture(), mono=0, covered=False))
        self.go(40)
        self.seat.link.report(p.Code(text=text))
        self.go(40)

    def type(self, words: str) -> None:
        """Type words; the caret may move on by itself."""
        for sign in words:
            QTest.keyClicks(self.focus, sign)
        settle()

    def insert(self, words: str) -> None:
        """Give words of any script to whatever has the focus, as an input method commits them."""
        event = QInputMethodEvent()
        event.setCommitString(words)
        QApplication.sendEvent(self.focus, event)
        settle()

    def type_card(self, which: int = 0) -> None:
        """Type the eight groups where the caret is."""
        self.type("".join(self.card(which).card.groups()))

    def show_card(self, which: int = 0) -> None:
        """The camera reads a card, its PIN is typed."""
        self.hold(self.card(which).card.to_text())
        self.type(self.card(which).pin)

    def code(self) -> str:
        """The release code without its spaces."""
        return self.seat.world.release_code.replace(" ", "")

    def wait_until_shown(self, name: str) -> None:
        """Wait until a screen is in front."""
        for _ in range(400):
            if self.screen.objectName() == name:
                settle()
                return
            QTest.qWait(10)
        pytest.fail(f"{self.screen.objectName()} instead of {name}")

    def wait_idle(self) -> None:
        """Let a queued act run."""
        QTest.qWait(20)
        settle()

    def pass_gate(self, which: int = 0) -> None:
        """Card and PIN at the gate, with keys."""
        assert self.screen.objectName() == "gate"
        if not self.has("gate-reader-picture"):
            self.type_card_at_gate(which)
            return
        self.show_card(which)
        self.key(Qt.Key.Key_Return)

    def type_card_at_gate(self, which: int) -> None:
        """Card and PIN at the gate, all typed."""
        if self.has("gate-reader-picture"):
            self.press("gate-reader-switch")
        self.type_card(which)
        self.type(self.card(which).pin)
        self.key(Qt.Key.Key_Return)

    def open_panel(self, which: int = 0) -> None:
        """Ctrl+Shift+I, card, PIN."""
        self.key(Qt.Key.Key_I, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
        self.pass_gate(which)

    def says(self, name: str) -> str:
        """What assistive technology hears of a part."""
        return spoken(self.part(name))

    def enabled(self, name: str) -> bool:
        """Whether a button can be pressed."""
        button = self.part(name)
        assert isinstance(button, QAbstractButton)
        return button.isEnabled()


def picture() -> bytes:
    """What a camera might see: a room and a card, made up."""
    image = QImage(640, 480, QImage.Format.Format_RGB32)
    image.fill(QColor("#5E6763"))
    painter = QPainter(image)
    painter.fillRect(0, 330, 640, 150, QColor("#4A5350"))
    painter.fillRect(40, 90, 130, 240, QColor("#6E7875"))
    painter.translate(330, 240)
    painter.rotate(-4)
    painter.fillRect(-190, -115, 380, 230, QColor("#F4F5F0"))
    painter.fillRect(-190, -115, 380, 44, QColor("#0E3F4B"))
    for x in range(9):
        for y in range(9):
            if (x * 7 + y * 5 + x * y) % 3:
                painter.fillRect(20 + x * 15, -50 + y * 15, 15, 15, QColor("#000000"))
    painter.end()
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "JPG")  # type: ignore[call-overload]
    return bytes(data.data())


@contextmanager
def at_locked(
    folder: Path,
    kind: str = "demo",
    *,
    size: QSize = WIDE,
    look: Look | None = None,
    loaded: bool = True,
    camera: bool = True,
    sticks: bool = True,
    number: int = 0,
    level: LockLevel = LockLevel.PRACTICE,
) -> Iterator[Invigilator]:
    """An invigilator before a seat that is locked, with its session begun unless `loaded` is off."""
    with locked_seat(folder, kind, number=number, level=level) as seat:
        if not camera:
            seat.with_link = False
            seat.restart()
        if loaded:
            seat.station.load(seat.world.made.package)
            seat.station.begin_session(SESSION)
        if camera:
            seat.link.hello()
        who = Invigilator(seat, size, look or Look(), (seat.world.stick,) if sticks else ())
        try:
            yield who
        finally:
            who.close()


@contextmanager
def at_open(
    folder: Path,
    kind: str = "demo",
    *,
    size: QSize = WIDE,
    look: Look | None = None,
    sitting: bool = True,
    restart: bool = False,
) -> Iterator[Invigilator]:
    """An invigilator before an unlocked seat, with a candidate at the first item unless `sitting` is off."""
    with open_seat(folder, kind) as seat:
        seat.link.hello()
        if sitting:
            seat.sit()
        if restart:
            seat.restart()
            seat.station.begin_session(SESSION)
        who = Invigilator(seat, size, look or Look(), (seat.world.stick,))
        try:
            yield who
        finally:
            who.close()
