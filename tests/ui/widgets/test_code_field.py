"""Codes are typed, pasted and corrected as people do it; a group says that its check passed, never that it is right."""

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAccessible, QGuiApplication, QInputMethodEvent
from PySide6.QtTest import QSignalSpy, QTest
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from kiosk.exam.vocabulary import Language
from kiosk.ui.theme.look import Look
from kiosk.ui.widgets.code_field import CodeField, GroupState
from kiosk.ui.widgets.digits import DigitBox, figures_of
from kiosk.ui.widgets.label import Label
from kiosk.ui.widgets.restyle import restyle
from kiosk.ui.widgets.sign import StatusSign
from tests.support.ui import assert_nothing_cut, focused, parts, role, spoken, stand, type_in


def passes(group: str) -> bool:
    """Any rule will do: the last figure is the sum of the others, modulo ten."""
    return sum(map(int, group[:5])) % 10 == int(group[5])


GOOD = ("123450"[:5] + "5", "999995", "100001", "222220")
WRONG = "123456"


@pytest.fixture
def code(qtbot: QtBot) -> CodeField:
    part = CodeField(4, Look(), passes)
    qtbot.addWidget(part)
    stand(part, QSize(1000, 160))
    part.go_to(1)
    return part


def words(code: CodeField) -> list[str]:
    return [part.text() for part in parts(code) if isinstance(part, (StatusSign, Label)) and part.text()]


def test_the_good_groups_are_good() -> None:
    assert all(passes(group) for group in GOOD)
    assert not passes(WRONG)


def test_typing_runs_over_the_groups(code: CodeField) -> None:
    spy = QSignalSpy(code.changed)
    type_in("".join(GOOD))
    assert code.groups == GOOD
    assert code.complete
    assert spy.count() == 24
    assert "校验通过" in words(code)
    assert not any("正确" in word for word in words(code))


def test_figures_of_any_width_are_taken_and_letters_are_not(code: CodeField) -> None:
    type_in("１2O3l４-5 5𬭚")
    assert code.groups[0] == "123455"
    assert figures_of("１２ ３-a٤") == "1234"


def test_a_wrong_group_is_marked_keeps_its_figures_and_the_caret_moves_on(code: CodeField) -> None:
    type_in(GOOD[0] + WRONG + "22")
    assert code.groups == (GOOD[0], WRONG, "22", "")
    assert code.wrong() == (2,)
    assert code.state(3) is GroupState.TYPING
    assert "这一组有输错" in words(code)
    assert code.unfinished() == (3, 4)
    assert not code.complete


def test_one_wrong_figure_is_corrected_by_typing_it(code: CodeField) -> None:
    type_in(WRONG)
    code.go_to(1)
    for _ in range(5):
        QTest.keyClick(focused(), Qt.Key.Key_Right)
    type_in("5")
    assert code.groups[0] == "123455"
    assert code.state(1) is GroupState.OK


def test_pasting_fills_from_the_caret_on(code: CodeField) -> None:
    QGuiApplication.clipboard().setText("启封码：123455 999995\n100001-２２２２２０ 777")
    QTest.keyClick(focused(), Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert code.groups == GOOD
    QGuiApplication.clipboard().clear()


def test_an_input_method_hands_figures_over(code: CodeField) -> None:
    event = QInputMethodEvent()
    event.setCommitString("１２３中")
    QApplication.sendEvent(focused(), event)
    assert code.groups[0] == "123"


def test_deleting_goes_back_over_the_groups(code: CodeField) -> None:
    type_in(GOOD[0] + "1")
    for _ in range(3):
        QTest.keyClick(focused(), Qt.Key.Key_Backspace)
    assert code.groups[:2] == ("12345", "")
    QTest.keyClick(focused(), Qt.Key.Key_Home)
    QTest.keyClick(focused(), Qt.Key.Key_Delete)
    assert code.groups[0] == "2345"
    code.clear()
    assert code.groups == ("", "", "", "")


def test_each_group_is_named_with_what_is_in_it(code: CodeField) -> None:
    type_in("12")
    box = code.findChildren(DigitBox)[0]
    assert role(box) == QAccessible.Role.EditableText
    assert spoken(box) == "第 1 组，已输入 2 位，正在输入"
    restyle(code, Look(language=Language.EN))
    assert spoken(box) == "Group 1, 2 digits typed, Being typed"


def test_keys_that_mean_nothing_here_go_on(code: CodeField) -> None:
    spy = QSignalSpy(code.entered)
    QTest.keyClick(focused(), Qt.Key.Key_Return)
    assert spy.count() == 1


@pytest.mark.parametrize(("scale", "columns"), [(100, 4), (200, 2), (300, 2)])
def test_nothing_is_cut(qtbot: QtBot, scale: int, columns: int) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    code = CodeField(4, Look(scale=scale), passes, columns=columns)
    column = QVBoxLayout(window)
    column.addWidget(code)
    column.addStretch(1)
    stand(window, QSize(1024, 900))
    code.go_to(1)
    type_in(GOOD[0] + WRONG)
    assert_nothing_cut(window)


def test_a_pin_is_not_shown_nor_read_aloud(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    column = QVBoxLayout(window)
    pin, other = (DigitBox(Look(), gap_after=0, hidden=True, label="PIN", name=name) for name in ("pin", "other"))
    column.addWidget(pin)
    column.addWidget(other)
    stand(window, QSize(400, 200))
    pin.setFocus()
    type_in("１23456")
    other.setFocus()
    type_in("654321")
    assert (pin.digits, other.digits) == ("123456", "654321")
    stand(window, window.size())
    other.setFocus()
    stand(window, window.size())
    first = pin.grab().toImage()
    pin.set_digits("999999")
    assert pin.grab().toImage() == first
    heard = QAccessible.queryAccessibleInterface(pin)
    assert "999999" not in heard.text(QAccessible.Text.Value) + heard.text(QAccessible.Text.Name)
    assert heard.state().passwordEdit
