"""Options: the whole row answers, every state is said in words, nothing moves, only what changed is painted."""

import pytest
from PySide6.QtCore import QEvent, QObject, QPoint, QSize, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QSignalSpy, QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from kiosk.exam.vocabulary import Language
from kiosk.ui.theme.look import Look
from kiosk.ui.widgets.option import OptionState
from kiosk.ui.widgets.option_list import TRUE_FALSE, OptionList
from kiosk.ui.widgets.restyle import restyle
from kiosk.ui.widgets.strike import StrikeButton
from tests.support.ui import assert_nothing_cut, role, spoken, stand

TEXTS = ("直线的斜率约为 3，与 RE^3+^ 相符", "２０ ℃", "𬭚 的分配比", "D")
CHOSEN = OptionState(selected=True)


@pytest.fixture
def options(qtbot: QtBot) -> OptionList:
    part = OptionList("ABCD", TEXTS, Look())
    qtbot.addWidget(part)
    stand(part, QSize(700, 400))
    return part


class Painted(QObject):
    """Counts paint events by name of the part."""

    def __init__(self, *watched: QWidget) -> None:
        super().__init__()
        self.names: list[str] = []
        for part in watched:
            part.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if event.type() == QEvent.Type.Paint:
            self.names.append(watched.objectName())
        return False


def test_the_empty_right_end_of_a_row_is_the_row(options: OptionList) -> None:
    spy = QSignalSpy(options.chosen)
    row = options.rows[2]
    QTest.mouseClick(row, Qt.MouseButton.LeftButton, pos=QPoint(row.width() // 2, 4))
    QTest.mouseClick(row, Qt.MouseButton.LeftButton, pos=QPoint(2, row.height() - 3))
    assert [spy.at(n)[0] for n in range(spy.count())] == [2, 2]


def test_a_click_asks_and_shows_nothing_by_itself(options: OptionList) -> None:
    QTest.mouseClick(options.rows[0], Qt.MouseButton.LeftButton)
    assert not options.rows[0].isChecked()
    options.set_states((CHOSEN, *(OptionState() for _ in range(3))))
    assert options.rows[0].isChecked()
    QTest.mouseClick(options.rows[0], Qt.MouseButton.LeftButton)
    assert options.rows[0].isChecked()


@pytest.mark.parametrize(("key", "at"), [(Qt.Key.Key_A, 0), (Qt.Key.Key_D, 3), (Qt.Key.Key_1, 0), (Qt.Key.Key_4, 3)])
def test_letters_and_figures_choose_and_shift_strikes(options: OptionList, key: Qt.Key, at: int) -> None:
    chosen, struck = QSignalSpy(options.chosen), QSignalSpy(options.struck)
    assert options.press(key)
    assert options.press(key, Qt.KeyboardModifier.KeypadModifier)
    assert options.press(key, Qt.KeyboardModifier.ShiftModifier)
    assert (chosen.at(0), chosen.count(), struck.at(0)) == ([at], 2, [at])
    assert not options.press(key, Qt.KeyboardModifier.ControlModifier)
    assert not options.press(Qt.Key.Key_E)
    assert not options.press(Qt.Key.Key_5)


def test_arrows_walk_and_space_and_enter_choose(options: OptionList) -> None:
    spy = QSignalSpy(options.chosen)
    options.rows[0].setFocus()
    QTest.keyClick(options.rows[0], Qt.Key.Key_Down)
    assert options.rows[1].hasFocus()
    QTest.keyClick(options.rows[1], Qt.Key.Key_Space)
    QTest.keyClick(options.rows[1], Qt.Key.Key_Return)
    QTest.keyClick(options.rows[1], Qt.Key.Key_Up)
    QTest.keyClick(options.rows[0], Qt.Key.Key_Up)
    assert options.rows[3].hasFocus()
    assert [spy.at(n)[0] for n in range(spy.count())] == [1, 1]


def test_roles_and_states_are_said_in_words(qtbot: QtBot, options: OptionList) -> None:
    row = options.rows[0]
    assert role(row) == QAccessible.Role.RadioButton
    assert spoken(row) == "选项 A：直线的斜率约为 3，与 RE3+ 相符"
    row.set_state(CHOSEN)
    assert row.accessibleDescription() == "正在保存"
    row.set_state(OptionState(selected=True, saved=True))
    assert row.accessibleDescription() == "已保存"
    row.set_state(OptionState(struck=True))
    assert row.accessibleDescription() == "已划除"
    assert spoken(row.findChildren(StrikeButton)[0]) == "恢复选项 A"
    many = OptionList("AB", TEXTS[:2], Look(), multiple=True)
    qtbot.addWidget(many)
    assert role(many.rows[0]) == QAccessible.Role.CheckBox


def test_a_chosen_row_offers_no_strike_out(options: OptionList) -> None:
    strike = options.rows[0].findChildren(StrikeButton)[0]
    spy = QSignalSpy(options.struck)
    QTest.mouseClick(strike, Qt.MouseButton.LeftButton)
    assert spy.at(0) == [0]
    options.rows[0].set_state(CHOSEN)
    assert strike.isHidden()
    options.rows[0].set_state(OptionState(struck=True))
    assert not strike.isHidden()


def test_nothing_moves_when_a_state_changes(options: OptionList) -> None:
    before = [row.geometry() for row in options.rows]
    for state in (CHOSEN, OptionState(selected=True, saved=True), OptionState(struck=True)):
        options.set_states((state,) * 4)
        stand(options, options.size())
        assert [row.geometry() for row in options.rows] == before


def test_the_hollow_tick_differs_from_the_filled_one(options: OptionList) -> None:
    pictures = []
    for state in (OptionState(), CHOSEN, OptionState(selected=True, saved=True), OptionState(struck=True)):
        options.rows[1].set_state(state)
        pictures.append(options.rows[1].grab().toImage())
    assert all(a != b for at, a in enumerate(pictures) for b in pictures[:at])


def test_only_the_rows_that_changed_are_painted(qtbot: QtBot) -> None:
    options = OptionList("ABCD", TEXTS, Look(), can_strike=False)
    qtbot.addWidget(options)
    stand(options, QSize(700, 400))
    painted = Painted(*options.rows)
    options.set_states((CHOSEN, *(OptionState() for _ in range(3))))
    stand(options, options.size())
    assert set(painted.names) == {"option-A"}
    painted.names.clear()
    options.set_states((CHOSEN, *(OptionState() for _ in range(3))))
    stand(options, options.size())
    assert painted.names == []


@pytest.mark.parametrize("scale", [100, 200, 300])
@pytest.mark.parametrize("language", list(Language))
def test_nothing_is_cut(qtbot: QtBot, scale: int, language: Language) -> None:
    options = OptionList(TRUE_FALSE, ("正确，" + "稀土" * 30, "Not correct, " * 12), Look())
    qtbot.addWidget(options)
    restyle(options, Look(scale=scale, language=language))
    stand(options, QSize(900, 2400))
    assert_nothing_cut(options)


def test_a_language_change_changes_text_and_tools(options: OptionList) -> None:
    options.set_sources(("Slope 3", "b", "c", "d"))
    restyle(options, Look(language=Language.EN))
    assert spoken(options.rows[0]) == "Option A: Slope 3"
    assert spoken(options.rows[0].findChildren(StrikeButton)[0]) == "Strike out option A"
