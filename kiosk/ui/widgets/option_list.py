"""A column of options that is walked with the arrows and answered with letters or figures.

Keys: the letter or the figure of a row chooses it, Shift and the letter strikes it out, up and down move the focus.
The list only reports: `chosen` and `struck` carry the row's place, counted from 0.
"""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kiosk.ui.theme.look import Look
from kiosk.ui.widgets.option import MultipleRow, OptionState, SingleRow

OptionRow = SingleRow | MultipleRow
TRUE_FALSE = ("√", "×")


class OptionList(QWidget):
    """Rows of one item; `labels` are letters, or `TRUE_FALSE`."""

    chosen = Signal(int)
    struck = Signal(int)

    def __init__(
        self,
        labels: Sequence[str],
        sources: Sequence[str],
        look: Look,
        *,
        multiple: bool = False,
        can_strike: bool = True,
        name: str = "options",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        kind = MultipleRow if multiple else SingleRow
        self.rows: tuple[OptionRow, ...] = tuple(
            kind(label, source, look, name=f"option-{label}", can_strike=can_strike)
            for label, source in zip(labels, sources, strict=True)
        )
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        for at, row in enumerate(self.rows):
            self._column.addWidget(row)
            row.clicked.connect(lambda _checked=False, at=at: self.chosen.emit(at))
            row.strike_clicked.connect(lambda at=at: self.struck.emit(at))
        self.set_look(look)

    def set_look(self, look: Look) -> None:
        """Draw from this look from now on."""
        self._column.setSpacing(look.space(10 if look.narrow else 16))

    def set_states(self, states: Sequence[OptionState]) -> None:
        """Show a state for every row; unchanged rows are not painted again."""
        for row, state in zip(self.rows, states, strict=True):
            row.set_state(state)

    def set_sources(self, sources: Sequence[str]) -> None:
        """Other texts for the same rows, as when the language changes."""
        for row, source in zip(self.rows, sources, strict=True):
            row.set_source(source)

    def press(self, key: int, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> bool:
        """Answers a key from anywhere on the screen; False if it means nothing here."""
        at = self._row_of(key)
        plain = modifiers & ~(Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier)
        if at is None or plain:
            return False
        shifted = bool(modifiers & Qt.KeyboardModifier.ShiftModifier)
        (self.struck if shifted else self.chosen).emit(at)
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows walk the rows; letters and figures answer."""
        if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self._walk(-1 if event.key() == Qt.Key.Key_Up else 1)
        elif not self.press(event.key(), event.modifiers()):
            event.ignore()

    def _row_of(self, key: int) -> int | None:
        for first in (Qt.Key.Key_A, Qt.Key.Key_1):
            at = key - int(first)
            if 0 <= at < len(self.rows):
                return at
        return None

    def _walk(self, step: int) -> None:
        focused = next((at for at, row in enumerate(self.rows) if row.hasFocus()), -1 if step > 0 else 0)
        self.rows[(focused + step) % len(self.rows)].setFocus(Qt.FocusReason.TabFocusReason)
