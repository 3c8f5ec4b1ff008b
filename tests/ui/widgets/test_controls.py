"""Buttons, switches, fields, lists: found by name, pressed by key and mouse, said in words."""

import pytest
from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QSignalSpy, QTest
from PySide6.QtWidgets import QAbstractButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from kiosk.exam.vocabulary import Language
from kiosk.ui.theme.look import Look
from kiosk.ui.theme.tokens import Theme
from kiosk.ui.widgets.button import Button, Kind, Size
from kiosk.ui.widgets.check_row import CheckRow
from kiosk.ui.widgets.drop_down import DropDown
from kiosk.ui.widgets.field import Field
from kiosk.ui.widgets.icons import Icon
from kiosk.ui.widgets.minutes import MinuteStepper
from kiosk.ui.widgets.restyle import restyle
from kiosk.ui.widgets.segmented import Segmented
from kiosk.ui.widgets.sign import State
from kiosk.ui.widgets.text_area import TextArea
from kiosk.ui.widgets.tools import LanguageSwitch, ThemeButton, TypeStepper
from tests.support.ui import assert_nothing_cut, role, settle, spoken, stand

REASONS = [("device", "设备原因：键盘或鼠标故障"), ("room", "考场原因：停电"), ("other", "其他")]


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    part = QWidget()
    QVBoxLayout(part)
    qtbot.addWidget(part)
    return part


def place(window: QWidget, *items: QWidget) -> None:
    column = window.layout()
    assert isinstance(column, QVBoxLayout)
    for part in items:
        column.addWidget(part)
    column.addStretch(1)
    stand(window, QSize(900, 700))


@pytest.mark.parametrize("key", [Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter])
def test_a_button_is_pressed_by_key(window: QWidget, key: Qt.Key) -> None:
    button = Button("下一题 & 保存", Look(), name="next", kind=Kind.PRIMARY, icon_after=Icon.CHEVRON_RIGHT)
    place(window, button)
    spy = QSignalSpy(button.clicked)
    button.setFocus()
    QTest.keyClick(button, key)
    assert spy.count() == 1
    assert spoken(button) == "下一题 & 保存"
    assert role(button) == QAccessible.Role.Button


def test_a_button_that_is_on_stays_so_until_the_screen_says_otherwise(window: QWidget) -> None:
    button = Button("标记", Look(), name="mark", icon=Icon.FLAG)
    place(window, button)
    off = button.grab().toImage()
    button.set_on(True)
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert button.isChecked()
    assert button.grab().toImage() != off
    assert QAccessible.queryAccessibleInterface(button).state().checked


def test_a_disabled_button_does_nothing_and_looks_so(window: QWidget) -> None:
    button = Button("解锁", Look(), name="unlock", kind=Kind.PRIMARY)
    place(window, button)
    usable = button.grab().toImage()
    button.setEnabled(False)
    spy = QSignalSpy(button.clicked)
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert spy.count() == 0
    assert button.grab().toImage() != usable


@pytest.mark.parametrize("kind", list(Kind))
@pytest.mark.parametrize("size", list(Size))
@pytest.mark.parametrize("scale", [100, 300])
def test_every_button_is_a_target_and_holds_its_words(qtbot: QtBot, kind: Kind, size: Size, scale: int) -> None:
    button = Button("作废 A-17 的考试", Look(scale=scale), name="void", kind=kind, size=size, icon=Icon.VOID)
    qtbot.addWidget(button)
    assert button.sizeHint().height() >= 34
    assert button.minimumSizeHint().width() == button.sizeHint().width()


def test_heights_are_those_of_the_look() -> None:
    heights = {size: Button("好", Look(), name="x", size=size).sizeHint().height() for size in Size}
    assert heights == {Size.TOOL: 34, Size.SMALL: 38, Size.NORMAL: 48, Size.TALL: 52, Size.LARGE: 60}
    assert Button("好", Look(narrow=True), name="x").sizeHint().height() == 42


def test_a_switch_says_what_a_person_chose_only(window: QWidget) -> None:
    switch = Segmented([("a", "全部"), ("b", "未答"), ("c", "标记")], Look(), label="显示", name="filter")
    place(window, switch)
    spy = QSignalSpy(switch.picked)
    switch.set_current("b")
    assert (switch.current, spy.count()) == ("b", 0)
    segment = window.findChild(QAbstractButton, "filter-b")
    assert segment is not None
    segment.setFocus()
    QTest.keyClick(segment, Qt.Key.Key_Right)
    assert (switch.current, spy.at(0)) == ("c", ["c"])
    assert role(segment) == QAccessible.Role.RadioButton


def test_tools_ask_for_another_look(window: QWidget) -> None:
    language, steps, theme = LanguageSwitch(Look()), TypeStepper(Look()), ThemeButton(Look())
    place(window, language, steps, theme)
    spies = [QSignalSpy(signal) for signal in (language.picked, steps.picked, theme.clicked)]
    for name in (f"language-{Language.EN.value}", "type-size-larger", "type-size-smaller", "theme"):
        button = window.findChild(QAbstractButton, name)
        assert button is not None
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert [spies[0].at(0), spies[1].at(0)] == [[Language.EN.value], [125]]
    assert spies[1].count() == 1  # at 100 % there is nothing smaller
    assert spies[2].count() == 1
    restyle(window, Look(theme=Theme.DARK, scale=300, language=Language.EN))
    settle()
    assert spoken(theme) == "Display: dark"
    assert spoken(steps) == "Text size 300%"
    assert language.current == Language.EN.value
    assert_nothing_cut(window)


def test_a_field_says_label_unit_and_what_is_wrong(window: QWidget) -> None:
    field = Field("分配比", Look(), name="answer", unit="mol/L")
    place(window, field)
    spy = QSignalSpy(field.changed)
    field.set_value("1.5")
    assert spy.count() == 0
    field.editor.setFocus()
    QTest.keyClicks(field.editor, "2")
    assert (field.value, spy.count()) == ("1.52", 1)
    field.set_state(State.BAD, "请写一个数。")
    settle()
    assert spoken(field.editor) == "分配比 单位 mol/L"
    assert field.editor.accessibleDescription() == "请写一个数。"
    assert field.focusProxy() is field.editor
    assert_nothing_cut(window)


def test_a_field_takes_text_only(window: QWidget) -> None:
    field = Field("姓名", Look(), name="who", limit=4)
    place(window, field)
    field.set_value("张示例𬭚及其他")
    assert len(field.value) <= 4
    assert not field.editor.acceptDrops()
    assert field.editor.contextMenuPolicy() == Qt.ContextMenuPolicy.NoContextMenu


def test_a_text_area_is_left_by_tab_and_keeps_its_limit(window: QWidget) -> None:
    area, button = TextArea("说明", Look(), name="note", limit=10), Button("好", Look(), name="ok")
    place(window, area, button)
    spy = QSignalSpy(area.changed)
    area.set_value("已更换")
    assert spy.count() == 0
    area.editor.setFocus()
    QTest.keyClicks(area.editor, "0123456789AB")
    assert len(area.value) == 10
    assert spy.count() >= 7
    QTest.keyClick(area.editor, Qt.Key.Key_Tab)
    assert button.hasFocus()


def test_minutes_stay_within_their_bounds(window: QWidget) -> None:
    minutes = MinuteStepper(Look(), value=14, most=15)
    place(window, minutes)
    spy = QSignalSpy(minutes.changed)
    more = window.findChild(QAbstractButton, "minutes-more")
    assert more is not None
    more.setFocus()
    QTest.keyClick(more, Qt.Key.Key_Up)
    QTest.keyClick(minutes, Qt.Key.Key_Up)
    assert (minutes.value, spy.count()) == (15, 1)
    assert not more.isEnabled()
    minutes.set_range(1, 5)
    assert minutes.value == 5
    for scale in (100, 300):
        restyle(window, Look(scale=scale, language=Language.EN))
        assert_nothing_cut(window)


def test_a_check_row_is_ticked_anywhere(window: QWidget) -> None:
    row = CheckRow("我已阅读并同意：考试期间录像，由认定中心封存。" * 3, Look(), name="consent")
    place(window, row)
    QTest.mouseClick(row, Qt.MouseButton.LeftButton, pos=QPoint(row.width() - 4, row.height() - 4))
    assert row.isChecked()
    QTest.keyClick(row, Qt.Key.Key_Return)
    assert not row.isChecked()
    assert role(row) == QAccessible.Role.CheckBox
    assert_nothing_cut(window)


def test_a_list_opens_inside_the_window_and_is_chosen_by_key(window: QWidget) -> None:
    field = DropDown(REASONS, Look(), label="原因", name="reason")
    place(window, field)
    spy = QSignalSpy(field.picked)
    assert field.current is None
    field.setFocus()
    QTest.keyClick(field, Qt.Key.Key_Space)
    assert field.is_open
    assert window.findChild(QWidget, "reason-list") is not None
    QTest.keyClick(field, Qt.Key.Key_Down)
    QTest.keyClick(field, Qt.Key.Key_Down)
    assert spy.count() == 0
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert spy.at(0) == ["room"]
    assert field.currentText() == "考场原因：停电"
    assert window.findChild(QWidget, "reason-list") is None or not field.is_open
    assert role(field) == QAccessible.Role.ComboBox


def test_escape_gives_back_what_was_chosen(window: QWidget) -> None:
    field = DropDown(REASONS, Look(), label="原因", name="reason", current="device")
    place(window, field)
    spy = QSignalSpy(field.picked)
    field.setFocus()
    QTest.keyClick(field, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    QTest.keyClick(field, Qt.Key.Key_End)
    assert field.current == "other"
    QTest.keyClick(field, Qt.Key.Key_Escape)
    assert (field.current, spy.count(), field.is_open) == ("device", 0, False)
    QTest.keyClick(field, Qt.Key.Key_Down)
    assert (field.current, spy.at(0)) == ("room", ["room"])


def test_a_list_is_chosen_and_closed_by_mouse(window: QWidget) -> None:
    field, other = DropDown(REASONS, Look(), label="原因", name="reason"), Button("好", Look(), name="ok")
    place(window, field, other)
    spy = QSignalSpy(field.picked)
    QTest.mouseClick(field, Qt.MouseButton.LeftButton)
    page = window.findChild(QWidget, "reason-list")
    assert page is not None
    settle()
    rows = page.findChildren(QWidget)
    target = next(part for part in rows if type(part).__name__ == "_Rows")
    QTest.mouseClick(target, Qt.MouseButton.LeftButton, pos=QPoint(20, target.height() - 10))
    assert (field.current, spy.at(0), field.is_open) == ("other", ["other"], False)
    QTest.mouseClick(field, Qt.MouseButton.LeftButton)
    other.setFocus()
    assert not field.is_open


def test_a_long_list_fits_the_window_and_is_scrolled(window: QWidget) -> None:
    field = DropDown([(str(n), f"理由 {n}") for n in range(40)], Look(scale=200), label="原因", name="reason")
    place(window, field)
    field.setFocus()
    QTest.keyClick(field, Qt.Key.Key_Space)
    page = window.findChild(QWidget, "reason-list")
    assert page is not None
    settle()
    assert window.rect().contains(page.geometry())
    QTest.keyClick(field, Qt.Key.Key_End)
    assert field.current == "39"
