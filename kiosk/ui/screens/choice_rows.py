"""Rows of which one is chosen: the sticks that are plugged in. The whole row is the target; arrows walk."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QRadioButton, QSizePolicy, QVBoxLayout, QWidget

from kiosk.ui.theme.look import Look
from kiosk.ui.theme.measures import BORDER_CONTROL, BORDER_SELECTED, RADIUS_ROW, Role
from kiosk.ui.theme.paint import box, colour, font, line_of_text, start, text_width
from kiosk.ui.theme.tokens import Token
from kiosk.ui.widgets.markup import escape
from kiosk.ui.widgets.pressable import ENTERS
from kiosk.ui.widgets.typeset import Face, Typeset

_HEIGHT = 64
_SHORTEST = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """A row: its key, what it is, and a fact about it."""

    key: str
    words: str
    note: str


class _Row(QRadioButton):
    """One row."""

    ring_radius = RADIUS_ROW

    def __init__(self, look: Look, *, name: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self._look, self._words, self._note = look, "", ""
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._set = self._typeset()

    def set_choice(self, choice: Choice) -> None:
        self._words, self._note = choice.words, choice.note
        self._set = self._typeset()
        self.setAccessibleName(f"{choice.words}, {choice.note}")
        self.updateGeometry()
        self.update()

    def set_look(self, look: Look) -> None:
        self._look = look
        self._set = self._typeset()
        self.updateGeometry()
        self.update()

    def hitButton(self, _position: object) -> bool:
        return True

    def sizeHint(self) -> QSize:
        note = text_width(font(self._look, Role.CAPTION), self._note)
        width = self._left() + max(self._set.natural_width(), note) + self._look.space(16)
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        note = text_width(font(self._look, Role.CAPTION), self._note)
        shortest = max(note, _SHORTEST * self._look.size(Role.STRONG))
        return QSize(self._left() + shortest + self._look.space(16), self.heightForWidth(self.width()))

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        look = self._look
        words = self._set.height(self._room(width))
        return max(look.space(_HEIGHT), words + look.line(Role.CAPTION) + look.space(20))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in ENTERS:
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        start(painter)
        look, on = self._look, self.isChecked()
        fill = Token.ACCENT_SOFT if on else Token.SURFACE if self.isEnabled() else Token.SUNKEN
        edge = Token.ACCENT if on else Token.EDGE
        width = BORDER_SELECTED if on else BORDER_CONTROL
        box(
            painter,
            QRectF(self.rect()),
            radius=RADIUS_ROW,
            fill=colour(look, fill),
            edge=colour(look, edge),
            width=width,
        )
        self._paint_disc(painter, on=on)
        room = self._room(self.width())
        first, second = self._set.height(room), look.line(Role.CAPTION)
        top = (self.height() - first - second) / 2
        self._set.draw(painter, QPointF(self._left(), top), room, colour(look, Token.INK))
        painter.setFont(font(look, Role.CAPTION))
        painter.setPen(colour(look, Token.INK2))
        line_of_text(painter, QRectF(self._left(), top + first, self.width(), second), self._note)

    def _paint_disc(self, painter: QPainter, *, on: bool) -> None:
        look = self._look
        radius = look.px(11)
        centre = QPointF(look.space(16) + radius, self.height() / 2)
        accent = colour(look, Token.ACCENT)
        painter.setBrush(colour(look, Token.SURFACE))
        painter.setPen(QPen(accent if on else colour(look, Token.EDGE), 2.0))
        painter.drawEllipse(centre, radius, radius)
        if on:
            painter.setBrush(accent)
            painter.drawEllipse(centre, radius * 0.5, radius * 0.5)

    def _room(self, width: int) -> float:
        return float(max(1, width - self._left() - self._look.space(16)))

    def _typeset(self) -> Typeset:
        look = self._look
        return Typeset(escape(self._words), Face(look.size(Role.STRONG), bold=True, leading=look.line(Role.STRONG)))

    def _left(self) -> int:
        return self._look.space(16) + 2 * self._look.px(11) + self._look.space(14)


class ChoiceRows(QWidget):
    """The rows; `picked` carries the key that a person chose."""

    picked = Signal(str)

    def __init__(self, look: Look, *, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self._look, self._name = look, name
        self._rows: list[tuple[str, _Row]] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self.set_look(look)

    @property
    def current(self) -> str | None:
        """Key of the chosen row, or None."""
        return next((key for key, row in self._rows if row.isChecked()), None)

    def set_current(self, key: str | None) -> None:
        """Choose a row, or none; no signal."""
        for known, row in self._rows:
            row.setAutoExclusive(False)
            row.setChecked(known == key)
            row.setAutoExclusive(True)

    def take_focus(self) -> None:
        """Put the focus on the chosen row, or on the first."""
        rows = [row for _, row in self._rows if row.isChecked()] or [row for _, row in self._rows]
        if rows:
            rows[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def set_choices(self, choices: Sequence[Choice]) -> None:
        """Other rows; what was chosen stays chosen while it is there."""
        if [key for key, _ in self._rows] != [choice.key for choice in choices]:
            for _, row in self._rows:
                self._column.removeWidget(row)
                row.hide()
                row.deleteLater()
            self._rows = [(choice.key, self._new_row(choice)) for choice in choices]
        for (_, row), choice in zip(self._rows, choices, strict=True):
            row.set_choice(choice)

    def set_look(self, look: Look) -> None:
        """Draw from this look from now on."""
        self._look = look
        self._column.setSpacing(look.space(12))

    def _new_row(self, choice: Choice) -> _Row:
        row = _Row(self._look, name=f"{self._name}-{choice.key}")
        row.clicked.connect(lambda _checked=False, key=choice.key: self.picked.emit(key))
        self._column.addWidget(row)
        return row
