"""The palette: every state in words, counts always right, walked by keys, one change paints one cell."""

import pytest
from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QSignalSpy, QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from kiosk.exam.vocabulary import Language
from kiosk.ui.theme.look import Look
from kiosk.ui.theme.stylesheet import SCROLL_BAR
from kiosk.ui.widgets.cell import PITCH, Cell, CellState, cell_words
from kiosk.ui.widgets.cell_grid import Section
from kiosk.ui.widgets.palette import ItemPalette, LegendEntry, PaletteStrip, counts
from kiosk.ui.widgets.restyle import restyle
from tests.support.ui import assert_nothing_cut, parts, role, settle, spoken, stand

SECTIONS = (Section("一、单项选择题", 1, 120), Section("二、判断题", 121, 200))
SEEN, ANSWERED = CellState(seen=True), CellState(seen=True, answered=True)


def all_states() -> dict[int, CellState]:
    return {n: CellState(seen=n < 26, answered=n < 24, marked=n in {9, 30}) for n in range(1, 201)}


@pytest.fixture
def palette(qtbot: QtBot) -> ItemPalette:
    part = ItemPalette(Look())
    part.set_sections(SECTIONS)
    part.set_states(all_states(), 23)
    qtbot.addWidget(part)
    stand(part, QSize(8 * PITCH + SCROLL_BAR, 900))
    return part


class Painted(QObject):
    """Numbers of the cells that were painted."""

    def __init__(self, palette: ItemPalette) -> None:
        super().__init__()
        self.numbers: list[int] = []
        for cell in palette.grid.cells.values():
            cell.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if event.type() == QEvent.Type.Paint and isinstance(watched, Cell):
            self.numbers.append(watched.number)
        return False


def visible(palette: ItemPalette) -> list[int]:
    return [n for n, cell in palette.grid.cells.items() if not cell.isHidden()]


def choose_filter(palette: ItemPalette, key: str) -> None:
    segment = palette.findChild(QWidget, f"palette-filter-{key}")
    assert segment is not None
    QTest.mouseClick(segment, Qt.MouseButton.LeftButton)
    settle()


def test_a_cell_says_all_it_shows() -> None:
    assert (
        cell_words(23, CellState(seen=True, marked=True), Language.ZH, current=True) == "第 23 题，未答，已标记，当前"
    )
    assert cell_words(1, CellState(), Language.EN) == "Question 1, not seen"
    assert cell_words(2, ANSWERED, Language.ZH) == "第 2 题，已答"


def test_cells_are_children_with_names_and_roles(palette: ItemPalette) -> None:
    cell = palette.grid.cells[23]
    assert spoken(cell) == "第 23 题，已答，当前"
    assert role(cell) == QAccessible.Role.Button
    assert QAccessible.queryAccessibleInterface(palette.grid).childCount() >= 200


def test_counts_follow_every_change(palette: ItemPalette) -> None:
    legend = {entry.objectName(): entry.text() for entry in palette.findChildren(LegendEntry)}
    assert legend == {
        "legend-answered": "已答 23",
        "legend-unanswered": "未答 2",
        "legend-not-seen": "未看 175",
        "legend-marked": "标记 2",
    }
    palette.set_states({24: CellState(seen=True, answered=True, marked=True)}, 24)
    legend = {entry.objectName(): entry.text() for entry in palette.findChildren(LegendEntry)}
    assert (legend["legend-answered"], legend["legend-marked"]) == ("已答 24", "标记 3")
    assert counts(all_states())["open"] == 177


def test_one_change_paints_one_cell(palette: ItemPalette) -> None:
    painted = Painted(palette)
    palette.set_states({24: ANSWERED}, 23)
    settle()
    assert 24 in painted.numbers
    assert len(set(painted.numbers)) <= 4  # neighbours whose corner touches the painted square
    painted.numbers.clear()
    palette.set_states(all_states() | {24: ANSWERED}, 23)
    settle()
    assert painted.numbers == []


def test_arrows_walk_and_enter_goes_there(palette: ItemPalette) -> None:
    spy = QSignalSpy(palette.picked)
    cells = palette.grid.cells
    cells[23].setFocus()
    for key, number in (
        (Qt.Key.Key_Right, 24),
        (Qt.Key.Key_Down, 32),
        (Qt.Key.Key_Left, 31),
        (Qt.Key.Key_Up, 23),
        (Qt.Key.Key_End, 200),
        (Qt.Key.Key_Right, 200),
        (Qt.Key.Key_Home, 1),
        (Qt.Key.Key_Left, 1),
    ):
        focused = palette.focusWidget()
        assert focused is not None
        QTest.keyClick(focused, key)
        assert cells[number].hasFocus()
    QTest.keyClick(cells[1], Qt.Key.Key_Return)
    assert spy.at(0) == [1]


def test_tab_reaches_one_cell_only(palette: ItemPalette) -> None:
    stops = [n for n, cell in palette.grid.cells.items() if cell.focusPolicy() & Qt.FocusPolicy.TabFocus]
    assert stops == [23]
    palette.set_states({}, 40)
    stops = [n for n, cell in palette.grid.cells.items() if cell.focusPolicy() & Qt.FocusPolicy.TabFocus]
    assert stops == [40]


def test_a_filter_hides_and_keeps_the_current_number(palette: ItemPalette) -> None:
    choose_filter(palette, "marked")
    assert visible(palette) == [9, 23, 30]
    choose_filter(palette, "open")
    assert visible(palette) == [23, *range(24, 201)]
    palette.set_states({50: ANSWERED}, 23)
    assert 50 in visible(palette)  # no number vanishes under a finger
    palette.set_states({}, 60)
    assert 50 not in visible(palette)
    choose_filter(palette, "all")
    assert len(visible(palette)) == 200


def test_a_filter_without_numbers_says_so(qtbot: QtBot) -> None:
    palette = ItemPalette(Look())
    palette.set_sections((Section("一", 1, 3),))
    palette.set_states(dict.fromkeys((1, 2, 3), ANSWERED), 0)
    qtbot.addWidget(palette)
    stand(palette, QSize(296, 500))
    choose_filter(palette, "open")
    assert visible(palette) == []
    assert any(label.text() == "没有符合的题目。" for label in parts(palette) if hasattr(label, "text"))


@pytest.mark.parametrize(("scale", "width"), [(100, 204), (150, 400), (300, 700)])
def test_nothing_is_cut_at_any_size(palette: ItemPalette, scale: int, width: int) -> None:
    restyle(palette, Look(scale=scale, language=Language.EN).fitted(1024))
    stand(palette, QSize(width, 1400))
    assert_nothing_cut(palette)


def test_no_cell_is_smaller_than_a_target(palette: ItemPalette) -> None:
    restyle(palette, Look(narrow=True))
    stand(palette, QSize(204, 700))
    assert min(min(cell.width(), cell.height()) for cell in palette.grid.cells.values()) >= 24


def test_the_strip_shows_the_neighbours(qtbot: QtBot) -> None:
    strip = PaletteStrip(Look())
    qtbot.addWidget(strip)
    strip.set_states(all_states(), 23)
    stand(strip, QSize(400, 60))
    spy = QSignalSpy(strip.picked)
    shown = sorted(cell.number for cell in parts(strip, Cell) if isinstance(cell, Cell))
    assert 23 in shown
    assert shown == list(range(shown[0], shown[0] + len(shown)))
    assert len(shown) >= 8
    cell = strip.findChild(QWidget, f"cell-{shown[0]}")
    assert cell is not None
    QTest.mouseClick(cell, Qt.MouseButton.LeftButton)
    assert spy.at(0) == [shown[0]]
    strip.set_states({}, 1)
    settle()
    assert {cell.number for cell in parts(strip, Cell) if isinstance(cell, Cell)} >= {1, 2, 3}
