"""All numbers of a form, by section, as many in a row as fit.

Keys: Tab reaches the current number (or the one walked to), arrows walk, Home and End go to the ends, Enter goes
there. Only cells whose state changed are painted again; 200 of them cost no more than one.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from kiosk.ui.i18n import text
from kiosk.ui.theme.look import Look
from kiosk.ui.theme.measures import Role
from kiosk.ui.theme.tokens import Token
from kiosk.ui.widgets.cell import Cell, CellState, pitch
from kiosk.ui.widgets.label import Label


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and the numbers below it, both ends included."""

    title: str
    first: int
    last: int

    @property
    def range_words(self) -> str:
        """The numbers as the heading's right side says them."""
        return f"{self.first}–{self.last}"


class CellGrid(QWidget):
    """Headings and cells; `picked` carries the number that a person chose."""

    picked = Signal(int)

    def __init__(
        self, look: Look, *, ground: Token = Token.SURFACE, name: str = "palette-grid", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._look, self._ground = look, ground
        self._sections: tuple[Section, ...] = ()
        self._headings: list[tuple[Label, Label]] = []
        self._none = Label(
            text("exam.palette.none", look.language), look, role=Role.CAPTION, ink=Token.INK2, parent=self
        )
        self._none.hide()
        self.cells: dict[int, Cell] = {}
        self._shown: frozenset[int] = frozenset()
        self._current = 0
        self.set_look(look)

    def set_sections(self, sections: Sequence[Section]) -> None:
        """Build the cells of a form; with the same numbers only the headings change."""
        numbers = [number for section in sections for number in range(section.first, section.last + 1)]
        if numbers != list(self.cells):
            for cell in self.cells.values():
                cell.hide()
                cell.deleteLater()
            self.cells = {number: self._cell(number) for number in numbers}
            self._shown = frozenset(numbers)
        for pair in self._headings:
            for label in pair:
                label.hide()
                label.deleteLater()
        self._sections = tuple(sections)
        self._headings = [self._heading(section) for section in sections]
        self._rearrange()

    def set_states(self, states: Mapping[int, CellState], current: int) -> None:
        """Show the state of the given numbers and where the candidate is."""
        touched = {*states, self._current, current} & self.cells.keys()
        self._current = current
        for number in touched:
            cell = self.cells[number]
            cell.show_state(states.get(number, cell.state), current=number == current)
        self._set_tab_stop(current)
        if current in self.cells and current not in self._shown:
            self.set_shown(self._shown | {current})

    def set_shown(self, numbers: frozenset[int]) -> None:
        """Show these numbers only, and their headings."""
        if numbers != self._shown:
            self._shown = numbers
            self._rearrange()

    def set_look(self, look: Look) -> None:
        """Draw from this look from now on."""
        self._look = look
        self._none.set_words(text("exam.palette.none", look.language))
        self._rearrange()

    def hasHeightForWidth(self) -> bool:
        """Qt asks for the height of a width."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Height of all rows in `width`."""
        return self._arrange(width, move=False)

    def sizeHint(self) -> QSize:
        """Eight cells wide, or what the rail gives."""
        width = (7 if self._look.narrow else 8) * pitch(self._look)
        return QSize(width, self.heightForWidth(max(width, self.width())))

    def minimumSizeHint(self) -> QSize:
        """At least three cells wide."""
        return QSize(3 * pitch(self._look), self.heightForWidth(max(self.width(), 3 * pitch(self._look))))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width has other rows."""
        super().resizeEvent(event)
        self._arrange(self.width(), move=True)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walk the cells."""
        shown = sorted(self._shown & self.cells.keys())
        focused = next((number for number in shown if self.cells[number].hasFocus()), None)
        steps = {
            Qt.Key.Key_Left: -1,
            Qt.Key.Key_Right: 1,
            Qt.Key.Key_Up: -self._columns(self.width()),
            Qt.Key.Key_Down: self._columns(self.width()),
            Qt.Key.Key_Home: -len(shown),
            Qt.Key.Key_End: len(shown),
        }
        step = steps.get(Qt.Key(event.key()))
        if focused is None or step is None:
            event.ignore()
            return
        number = shown[max(0, min(len(shown) - 1, shown.index(focused) + step))]
        self._set_tab_stop(number)
        self.cells[number].setFocus(Qt.FocusReason.TabFocusReason)

    def _cell(self, number: int) -> Cell:
        cell = Cell(number, self._look, ground=self._ground, parent=self)
        cell.clicked.connect(lambda: self.picked.emit(number))
        cell.show()
        return cell

    def _heading(self, section: Section) -> tuple[Label, Label]:
        title = Label(section.title, self._look, role=Role.CAPTION, bold=True, parent=self)
        numbers = Label(section.range_words, self._look, role=Role.SMALL, ink=Token.INK2, parent=self)
        title.show()
        numbers.show()
        return title, numbers

    def _set_tab_stop(self, number: int) -> None:
        for at, cell in self.cells.items():
            policy = Qt.FocusPolicy.StrongFocus if at == number else Qt.FocusPolicy.ClickFocus
            if cell.focusPolicy() != policy:
                cell.setFocusPolicy(policy)

    def _columns(self, width: int) -> int:
        return max(1, width // pitch(self._look))

    def _rearrange(self) -> None:
        self._arrange(self.width(), move=True)
        self.updateGeometry()

    def _arrange(self, width: int, *, move: bool) -> int:
        """Height of everything in `width`; with `move` also puts it there."""
        side, columns = pitch(self._look), self._columns(width)
        left = 0
        y = 0
        for section, (title, numbers) in zip(self._sections, self._headings, strict=True):
            inside = [n for n in range(section.first, section.last + 1) if n in self._shown]
            if move:
                self._place_heading(title, numbers, y, width, visible=bool(inside))
                for cell in (self.cells[n] for n in range(section.first, section.last + 1)):
                    cell.setVisible(cell.number in self._shown)
            if not inside:
                continue
            y += title.sizeHint().height() + self._look.space(4)
            if move:
                for at, number in enumerate(inside):
                    self.cells[number].setGeometry(left + at % columns * side, y + at // columns * side, side, side)
            y += -(-len(inside) // columns) * side + self._look.space(14)
        if move:
            self._none.setVisible(bool(self._sections) and y == 0)
            self._none.setGeometry(0, 0, width, self._none.sizeHint().height())
        return max(y, self._none.sizeHint().height())

    def _place_heading(self, title: Label, numbers: Label, y: int, width: int, *, visible: bool) -> None:
        height, right = title.sizeHint().height(), numbers.sizeHint().width()
        title.setGeometry(0, y, max(0, width - right), height)
        numbers.setGeometry(width - right, y, right, height)
        title.setVisible(visible)
        numbers.setVisible(visible)
