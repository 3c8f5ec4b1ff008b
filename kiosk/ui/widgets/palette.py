"""The palette beside the question: filter, all numbers by section, and a legend with counts that is always seen.

Rules kept: counts and legend follow every change; a filter is applied when it is chosen and when the candidate
moves on, not while a state changes, so no number vanishes under a finger. `PaletteStrip` is the same in one line,
for large type.
"""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from kiosk.ui.i18n import text
from kiosk.ui.theme.look import Look
from kiosk.ui.theme.measures import Role
from kiosk.ui.theme.paint import colour, font, line_of_text, start, text_width
from kiosk.ui.theme.tokens import Token
from kiosk.ui.widgets.cell import Cell, CellState, draw_cell, pitch
from kiosk.ui.widgets.cell_grid import CellGrid, Section
from kiosk.ui.widgets.icons import square
from kiosk.ui.widgets.page import ScrollPage
from kiosk.ui.widgets.rule import Rule
from kiosk.ui.widgets.segmented import Segmented
from kiosk.ui.widgets.shown import set_shown

ALL, OPEN, MARKED = "all", "open", "marked"
_LEGEND = {
    "answered": CellState(seen=True, answered=True),
    "unanswered": CellState(seen=True),
    "not-seen": CellState(),
    "marked": CellState(seen=True, marked=True),
}


def counts(states: Mapping[int, CellState]) -> dict[str, int]:
    """How many numbers are in each state of the legend and of the filter."""
    values = list(states.values())
    return {
        ALL: len(values),
        OPEN: sum(not state.answered for state in values),
        MARKED: sum(state.marked for state in values),
        "answered": sum(state.answered for state in values),
        "unanswered": sum(state.seen and not state.answered for state in values),
        "not-seen": sum(not state.seen and not state.answered for state in values),
    }


def _passes(state: CellState, key: str) -> bool:
    """Whether a number is shown under a filter."""
    return key == ALL or (key == OPEN and not state.answered) or (key == MARKED and state.marked)


class LegendEntry(QLabel):
    """A small cell and what it means, with how many there are."""

    def __init__(self, key: str, look: Look, *, ground: Token = Token.SURFACE) -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setObjectName(f"legend-{key}")
        self._key, self._ground, self._count, self._look = key, ground, 0, look
        self.set_look(look)

    def set_count(self, count: int) -> None:
        """Another count; paints only if it changed."""
        if count != self._count:
            self._count = count
            self.setText(text(f"exam.legend.{self._key}", self._look.language, n=count))

    def set_look(self, look: Look) -> None:
        """Draw from this look from now on."""
        self._look = look
        self.setFont(font(look, Role.TOOL))
        self.setText(text(f"exam.legend.{self._key}", look.language, n=self._count))
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        """Room for the small cell and its words, with figures to spare."""
        width = self._side() + self._look.space(10) + text_width(self.font(), self.text())
        return QSize(width, max(self._side(), self._look.line(Role.TOOL)) + self._look.space(4))

    def minimumSizeHint(self) -> QSize:
        """Never cut."""
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the small cell and the words."""
        painter = QPainter(self)
        start(painter)
        side = self._side()
        draw_cell(painter, square(1, self.height() / 2, side), _LEGEND[self._key], self._look, ground=self._ground)
        painter.setFont(self.font())
        painter.setPen(colour(self._look, Token.INK2))
        left = side + self._look.space(10)
        line_of_text(painter, QRectF(left, 0, self.width() - left, self.height()), self.text())

    def _side(self) -> int:
        return self._look.px(18)


class ItemPalette(QWidget):
    """Filter, grid and legend in one column; `picked` carries a number, from 1."""

    picked = Signal(int)

    def __init__(
        self,
        look: Look,
        *,
        with_filter: bool = True,
        ground: Token = Token.SURFACE,
        name: str = "palette",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self._look = look
        self._states: dict[int, CellState] = {}
        self._current = 0
        self._filter = Segmented(
            [(key, "") for key in (ALL, OPEN, MARKED)], look, label="", name=f"{name}-filter", stretch=True
        )
        set_shown(self._filter, with_filter)
        self.grid = CellGrid(look, ground=ground, name=f"{name}-grid")
        self._page = ScrollPage(self.grid, look, name=f"{name}-page")
        self._legend = {key: LegendEntry(key, look, ground=ground) for key in _LEGEND}
        self._rule = Rule(look)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._below = QGridLayout()
        self._column.addWidget(self._filter)
        self._column.addWidget(self._page, 1)
        self._column.addWidget(self._rule)
        self._column.addLayout(self._below)
        self._filter.picked.connect(self._filter_now)
        self.grid.picked.connect(self.picked)
        self.set_look(look)

    def set_sections(self, sections: Sequence[Section]) -> None:
        """Headings and numbers of the form."""
        self.grid.set_sections(sections)
        self._states = {number: self._states.get(number, CellState()) for number in self.grid.cells}
        self._count()

    def set_states(self, states: Mapping[int, CellState], current: int) -> None:
        """Show states of some or all numbers, and where the candidate is; only changes are painted."""
        changed = {number: state for number, state in states.items() if self._states.get(number) != state}
        moved = current != self._current
        self._states.update(changed)
        self._current = current
        self.grid.set_states(changed, current)
        if changed:
            self._count()
        if moved:
            self._filter_now(self._filter.current)
            cell = self.grid.cells.get(current)
            if cell is not None:
                self._page.show_part(cell)

    def set_filter_visible(self, visible: bool) -> None:
        """The filter gives way first where there is little room."""
        set_shown(self._filter, visible)

    def set_look(self, look: Look) -> None:
        """Draw from this look from now on."""
        self._look = look
        self._column.setSpacing(look.space(12))
        self._below.setHorizontalSpacing(look.space(12))
        self._below.setVerticalSpacing(look.space(4))
        self._filter.setAccessibleName(text("exam.palette.filter", look.language))
        self.setAccessibleName(text("exam.palette.name", look.language))
        for entry in self._legend.values():
            entry.set_look(look)
        self._count()
        self._place_legend()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width may take another legend."""
        super().resizeEvent(event)
        self._place_legend()

    def _place_legend(self) -> None:
        """Two columns, or one where the words need it."""
        widest = max(entry.minimumSizeHint().width() for entry in self._legend.values())
        columns = 2 if 2 * widest + self._below.horizontalSpacing() <= self.width() else 1
        for at, entry in enumerate(self._legend.values()):
            self._below.addWidget(entry, at // columns, at % columns)

    def _count(self) -> None:
        numbers = counts(self._states)
        for key in (ALL, OPEN, MARKED):
            self._filter.set_words(key, text(f"exam.palette.{key}", self._look.language, n=numbers[key]))
        for key, entry in self._legend.items():
            entry.set_count(numbers[key])

    def _filter_now(self, key: str) -> None:
        shown = {number for number, state in self._states.items() if _passes(state, key)}
        if key == ALL or self._current not in self._states:
            self.grid.set_shown(frozenset(shown))
        else:
            self.grid.set_shown(frozenset(shown | {self._current}))


class PaletteStrip(QWidget):
    """The numbers around the current one, as many as fit; `picked` carries a number, from 1."""

    picked = Signal(int)

    def __init__(
        self, look: Look, *, ground: Token = Token.SURFACE, name: str = "palette-strip", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(text("exam.palette.name", look.language))
        self._look, self._ground = look, ground
        self._states: dict[int, CellState] = {}
        self._current = 0
        self._cells: dict[int, Cell] = {}

    def set_states(self, states: Mapping[int, CellState], current: int) -> None:
        """Show states of some or all numbers, and where the candidate is."""
        self._states.update(states)
        self._current = current
        self._arrange()

    def set_look(self, look: Look) -> None:
        """Draw from this look from now on."""
        self._look = look
        self.setAccessibleName(text("exam.palette.name", look.language))
        self.updateGeometry()
        self._arrange()

    def sizeHint(self) -> QSize:
        """Five cells at least."""
        side = self._side()
        return QSize(5 * side, side)

    def minimumSizeHint(self) -> QSize:
        """One cell at least."""
        return QSize(self._side(), self._side())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width shows other neighbours."""
        super().resizeEvent(event)
        self._arrange()

    def _side(self) -> int:
        return round(pitch(self._look) * 1.15)

    def _window(self) -> list[int]:
        numbers = sorted(self._states)
        room = max(1, self.width() // self._side())
        at = numbers.index(self._current) if self._current in self._states else 0
        first = max(0, min(at - room // 2, len(numbers) - room))
        return numbers[first : first + room]

    def _arrange(self) -> None:
        window = self._window()
        for number in self._cells.keys() - set(window):
            gone = self._cells.pop(number)
            gone.hide()
            gone.deleteLater()
        side = self._side()
        for at, number in enumerate(window):
            cell = self._cells.get(number) or self._cell(number)
            cell.show_state(self._states[number], current=number == self._current)
            cell.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            cell.setGeometry(at * side, 0, side, side)

    def _cell(self, number: int) -> Cell:
        cell = Cell(number, self._look, ground=self._ground, parent=self)
        cell.clicked.connect(lambda: self.picked.emit(number))
        self._cells[number] = cell
        cell.show()
        return cell
