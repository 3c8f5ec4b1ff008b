"""Six figures in fixed places, typed or pasted: one group of a code, a start code, a PIN.

Rules kept: figures of any width are taken and shown as plain ones; letters are not; a full group is overwritten in
place, so that one wrong figure is corrected by typing that figure. Nothing blinks. What does not fit is handed on
by `overflow`.
"""

import unicodedata
from collections.abc import Iterator

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QGuiApplication,
    QInputMethodEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QLineEdit, QSizePolicy, QWidget

from kiosk.ui.theme.look import Look
from kiosk.ui.theme.measures import BORDER_CONTROL, RADIUS_CONTROL, Role
from kiosk.ui.theme.paint import box, colour, font, line_of_text, start
from kiosk.ui.theme.tokens import Theme, Token
from kiosk.ui.widgets.pressable import ENTERS

_SLOT = 0.86
_GAP = 0.62
_TALL = 56
_BY_STATE = {
    "ok": (Token.SURFACE, Token.OK, BORDER_CONTROL),
    "bad": (Token.BAD_SOFT, Token.BAD, 2.5),
    "open": (Token.SURFACE, Token.EDGE, BORDER_CONTROL),
    "typing": (Token.SURFACE, Token.ACCENT, 2.0),
}


def figures_of(typed: str) -> str:
    """The decimal figures of `typed` as 0 to 9, whatever their width; everything else is left out."""
    return "".join(str(unicodedata.decimal(sign)) for sign in typed if unicodedata.decimal(sign, None) is not None)


class DigitBox(QLineEdit):
    """A frame with a place for each figure."""

    ring_radius = RADIUS_CONTROL
    changed = Signal()
    overflow = Signal(str)
    left_behind = Signal(int)
    entered = Signal()

    def __init__(
        self,
        look: Look,
        *,
        length: int = 6,
        gap_after: int = 3,
        hidden: bool = False,
        label: str = "",
        name: str = "digits",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setAccessibleName(label)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self.setDragEnabled(False)
        self.setAcceptDrops(False)
        self.setFrame(False)
        self.setInputMethodHints(Qt.InputMethodHint.ImhDigitsOnly)
        if hidden:
            self.setEchoMode(QLineEdit.EchoMode.Password)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._look, self._length, self._gap_after, self._hidden = look, length, gap_after, hidden
        self._place, self._tone = 0, "open"

    @property
    def digits(self) -> str:
        """What has been typed so far."""
        return self.text()

    @property
    def full(self) -> bool:
        """Whether every place has its figure."""
        return len(self.text()) == self._length

    def set_digits(self, digits: str) -> None:
        """Put figures in from outside; no signal."""
        self.setText(digits[: self._length])
        self._place = len(self.text())
        self.update()

    def set_tone(self, tone: str) -> None:
        """Colour of the frame: "open", "ok" or "bad"; the words about it stand below, not in here."""
        self._tone = tone
        self.update()

    def set_place(self, place: int) -> None:
        """Put the caret before a place, counted from 0."""
        self._place = max(0, min(place, len(self.text())))
        self.update()

    def put(self, digits: str) -> None:
        """Type figures at the caret; what does not fit goes on by `overflow`."""
        held = list(self.text())
        rest = list(digits)
        while rest and self._place < self._length:
            held[self._place : self._place + 1] = [rest.pop(0)]
            self._place += 1
        self.setText("".join(held))
        self.update()
        self.changed.emit()
        if rest or self._place == self._length:
            self.overflow.emit("".join(rest))

    def set_look(self, look: Look) -> None:
        """Draw from this look from now on."""
        self._look = look
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Room for every place, the gaps and the sides."""
        look = self._look
        pixels = look.size(Role.FIGURES)
        width = self._length * pixels * _SLOT + self._gaps() * pixels * _GAP + 2 * look.space(20)
        return QSize(round(width), look.px(34) + look.space(_TALL - 34))

    def minimumSizeHint(self) -> QSize:
        """The sides may shrink, the places may not."""
        return QSize(self.sizeHint().width() - 2 * self._look.space(10), self.sizeHint().height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Figures, caret, deleting, paste; all else belongs to the screen."""
        if event.matches(QKeySequence.StandardKey.Paste):
            self._paste()
        elif event.key() in ENTERS:
            self.entered.emit()
        elif self._moved(event.key()) or self._deleted(event.key()):
            self.update()
        elif figures_of(event.text()):
            self.put(figures_of(event.text()))
        else:
            event.ignore()

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """Take figures that an input method hands over; it composes nothing here."""
        digits = figures_of(event.commitString())
        if digits:
            self.put(digits)
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Put the caret where it was pressed."""
        x = event.position().x()
        centres = [place.center().x() for place in self._places()]
        self.set_place(sum(centre < x for centre in centres))
        self.setFocus(Qt.FocusReason.MouseFocusReason)

    def mouseMoveEvent(self, _event: QMouseEvent) -> None:
        """Nothing is selected in here."""

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Like a single press."""
        self.mousePressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw frame, figures, empty places and the caret."""
        painter = QPainter(self)
        start(painter)
        look, focused = self._look, self.hasFocus()
        tone = "typing" if focused and self._tone == "open" else self._tone
        fill, edge, width = _BY_STATE[tone]
        if not self.isEnabled():
            fill, edge, width = Token.SUNKEN, Token.LINE, BORDER_CONTROL
        frame = QRectF(self.rect())
        box(painter, frame, radius=RADIUS_CONTROL, fill=colour(look, fill), edge=colour(look, edge), width=width)
        painter.setFont(font(look, Role.FIGURES))
        ink, dim = colour(look, Token.INK), colour(look, Token.EDGE)
        held = self.text()
        places = list(self._places())
        for at, place in enumerate(places):
            self._paint_place(painter, place, held[at : at + 1], ink, dim)
        if focused:
            self._paint_caret(painter, places)

    def _paint_place(self, painter: QPainter, place: QRectF, figure: str, ink: QColor, dim: QColor) -> None:
        if not figure:
            y = round(place.center().y() + self._look.size(Role.FIGURES) * 0.4) + 0.5
            painter.setPen(QPen(dim, 1.5))
            painter.drawLine(
                QPointF(place.left() + place.width() * 0.16, y), QPointF(place.right() - place.width() * 0.16, y)
            )
        elif self._hidden:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(ink)
            radius = self._look.size(Role.FIGURES) * 0.2
            painter.drawEllipse(place.center(), radius, radius)
        else:
            painter.setPen(ink)
            line_of_text(painter, place, figure, Qt.AlignmentFlag.AlignHCenter)

    def _paint_caret(self, painter: QPainter, places: list[QRectF]) -> None:
        last = self._place >= self._length
        x = places[-1].right() if last else places[self._place].left()
        half = self._look.size(Role.FIGURES) * 0.56
        middle = self.height() / 2
        high = self._look.theme is Theme.CONTRAST
        painter.setPen(QPen(colour(self._look, Token.FOCUS if high else Token.ACCENT), 2))
        painter.drawLine(QPointF(x, middle - half), QPointF(x, middle + half))

    def _places(self) -> Iterator[QRectF]:
        pixels = self._look.size(Role.FIGURES)
        slot, gap = pixels * _SLOT, pixels * _GAP
        x = (self.width() - self._length * slot - self._gaps() * gap) / 2
        for at in range(self._length):
            if at and self._gap_after and at % self._gap_after == 0:
                x += gap
            yield QRectF(x, 0, slot, self.height())
            x += slot

    def _gaps(self) -> int:
        return (self._length - 1) // self._gap_after if self._gap_after else 0

    def _paste(self) -> None:
        digits = figures_of(QGuiApplication.clipboard().text())
        if digits:
            self.put(digits)

    def _moved(self, key: int) -> bool:
        """Move the caret; over an end, `left_behind` says in which direction."""
        if key == Qt.Key.Key_Left and self._place == 0:
            self.left_behind.emit(-1)
        elif key == Qt.Key.Key_Right and self._place >= len(self.text()):
            self.left_behind.emit(1)
        else:
            targets = {
                Qt.Key.Key_Left: self._place - 1,
                Qt.Key.Key_Right: self._place + 1,
                Qt.Key.Key_Home: 0,
                Qt.Key.Key_End: len(self.text()),
            }
            target = targets.get(Qt.Key(key))
            if target is None:
                return False
            self._place = target
        return True

    def _deleted(self, key: int) -> bool:
        if key == Qt.Key.Key_Backspace and self._place == 0:
            self.left_behind.emit(-1)
            return True
        at = {Qt.Key.Key_Backspace: self._place - 1, Qt.Key.Key_Delete: self._place}.get(Qt.Key(key))
        if at is None:
            return False
        held = self.text()
        self.setText(held[:at] + held[at + 1 :])
        self._place = min(at, len(self.text()))
        self.changed.emit()
        return True
