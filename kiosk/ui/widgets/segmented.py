"""A switch between a few named choices in one frame, all always seen: language, filter of the palette.

Keys: Tab reaches the chosen one, left and right choose the neighbour. Each choice is a radio button to assistive
technology.
"""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QRadioButton, QSizePolicy, QWidget

from kiosk.ui.theme.look import Look
from kiosk.ui.theme.measures import RADIUS_CELL, RADIUS_CONTROL, Role
from kiosk.ui.theme.paint import box, colour, font, line_of_text, start, text_width
from kiosk.ui.theme.tokens import Token

_HEIGHT = 34
_INSET = 3


class _Segment(QRadioButton):
    """One choice."""

    ring_radius = RADIUS_CELL

    def __init__(self, words: str, look: Look, *, name: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._look = look
        self._words = ""
        self.set_words(words)

    def set_words(self, words: str) -> None:
        if words != self._words:
            self._words = words
            self.setAccessibleName(words)
            self.updateGeometry()
            self.update()

    def set_look(self, look: Look) -> None:
        self._look = look
        self.updateGeometry()
        self.update()

    def hitButton(self, _position: object) -> bool:
        return True

    def sizeHint(self) -> QSize:
        look = self._look
        width = text_width(font(look, Role.TOOL, bold=True), self._words) + 2 * look.space(10)
        return QSize(width, look.px(18) + look.space(_HEIGHT - 18 - 2 * _INSET))

    def minimumSizeHint(self) -> QSize:
        return QSize(self.sizeHint().width() - 2 * self._look.space(7), self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        start(painter)
        look, on = self._look, self.isChecked()
        if on:
            box(painter, QRectF(self.rect()), radius=RADIUS_CELL, fill=colour(look, Token.ACCENT))
        painter.setFont(font(look, Role.TOOL, bold=on))
        painter.setPen(colour(look, Token.ON_ACCENT if on else Token.INK))
        line_of_text(painter, QRectF(self.rect()), self._words, Qt.AlignmentFlag.AlignHCenter)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up and down belong to the screen."""
        if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            event.ignore()
        else:
            super().keyPressEvent(event)


class Segmented(QWidget):
    """The switch; `picked` carries the key of a choice that a person made (not one set by the program)."""

    picked = Signal(str)

    def __init__(
        self,
        choices: Sequence[tuple[str, str]],
        look: Look,
        *,
        label: str,
        name: str,
        stretch: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setAccessibleName(label)
        across = QSizePolicy.Policy.Expanding if stretch else QSizePolicy.Policy.Fixed
        self.setSizePolicy(across, QSizePolicy.Policy.Fixed)
        self._look = look
        self._segments = {key: _Segment(words, look, name=f"{name}-{key}") for key, words in choices}
        row = QHBoxLayout(self)
        row.setContentsMargins(_INSET, _INSET, _INSET, _INSET)
        row.setSpacing(1)
        for key, segment in self._segments.items():
            row.addWidget(segment)
            segment.clicked.connect(lambda _checked=False, key=key: self.picked.emit(key))
        self.set_current(choices[0][0])

    @property
    def current(self) -> str:
        """Key of the choice that is shown as on."""
        return next(key for key, segment in self._segments.items() if segment.isChecked())

    def set_current(self, key: str) -> None:
        """Show a choice as on; no signal."""
        self._segments[key].setChecked(True)

    def set_words(self, key: str, words: str) -> None:
        """Other words for a choice, as when a count changes."""
        self._segments[key].set_words(words)

    def set_look(self, look: Look) -> None:
        """Draw from this look from now on."""
        self._look = look
        self.updateGeometry()
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the frame."""
        painter = QPainter(self)
        start(painter)
        fill, edge = colour(self._look, Token.SURFACE), colour(self._look, Token.EDGE)
        box(painter, QRectF(self.rect()), radius=RADIUS_CONTROL, fill=fill, edge=edge)
