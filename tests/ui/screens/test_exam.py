"""The exam at the real window: keys, clock, numbers, saving, and what happens to input in progress."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QInputMethodEvent, QKeyEvent
from PySide6.QtWidgets import QApplication, QLineEdit

from kiosk.exam import events as e
from kiosk.exam.bank import ItemType
from kiosk.exam.sitting import Sitting
from kiosk.exam.vocabulary import MINUTE, ItemId, Language
from kiosk.station.view import Stage
from kiosk.ui.bridge import Overlay
from kiosk.ui.screens.exam import ExamScreen
from kiosk.ui.screens.numeric_response import REST_MS
from kiosk.ui.theme.look import Look
from kiosk.ui.widgets.clock import Clock
from kiosk.ui.widgets.option import OptionState
from kiosk.ui.widgets.saved import SavedMark
from tests.ui.screens.candidate import Candidate, candidate

KEY, CTRL, SHIFT = Qt.Key, Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
LENGTH = 60 * MINUTE


@pytest.fixture
def sitter(tmp_path: Path) -> Iterator[Candidate]:
    with candidate(tmp_path) as made:
        made.seat.sit()
        made.bridge.pump()
        yield made


def sitting(sitter: Candidate) -> Sitting:
    assert sitter.view.sitting is not None
    return sitter.view.sitting


def screen(sitter: Candidate) -> ExamScreen:
    assert isinstance(sitter.screen, ExamScreen)
    return sitter.screen


def states(sitter: Candidate) -> list[OptionState]:
    options = screen(sitter).sheet.options
    assert options is not None
    return [row.state for row in options.rows]


def first_of(sitter: Candidate, kind: ItemType) -> ItemId:
    return next(entry.item for entry in sitting(sitter).opened.form.items if entry.type is kind)


def go(sitter: Candidate, kind: ItemType) -> ItemId:
    """Go to the first item of a type with the mouse."""
    item = first_of(sitter, kind)
    number = sitting(sitter).opened.form.place(item) + 1
    sitter.press(f"cell-{number}")
    assert sitting(sitter).current == item
    return item


def chosen(sitter: Candidate) -> tuple[str, ...]:
    current = sitting(sitter).current
    assert current is not None
    response = sitting(sitter).responses.get(current)
    return response.options if isinstance(response, e.Chosen) else ()


def number_field(sitter: Candidate) -> QLineEdit:
    editor = sitter.part("number-editor")
    assert isinstance(editor, QLineEdit)
    return editor


def test_letters_and_figures_choose_and_the_tick_fills_when_saved(sitter: Candidate) -> None:
    order = sitting(sitter).opened.form.items[0].options
    screen(sitter).choose(1)
    assert chosen(sitter) == (order[1],)
    assert states(sitter)[1].selected
    sitter.saved()
    assert states(sitter)[1] == OptionState(selected=True, saved=True)
    sitter.key(KEY.Key_3)
    assert chosen(sitter) == (order[2],)
    sitter.key(KEY.Key_A)
    assert chosen(sitter) == (order[0],)
    changes = sitting(sitter).changes[sitting(sitter).opened.form.items[0].item]
    sitter.key(KEY.Key_A)
    assert sitting(sitter).changes[sitting(sitter).opened.form.items[0].item] == changes, "the same again is no change"


def test_several_are_chosen_and_taken_back(sitter: Candidate) -> None:
    item = go(sitter, ItemType.MULTIPLE)
    order = next(entry.options for entry in sitting(sitter).opened.form.items if entry.item == item)
    for letter in "ca":
        sitter.type(letter)
    assert chosen(sitter) == (order[0], order[2])
    for letter in "ac":
        sitter.type(letter)
    assert item not in sitting(sitter).responses


def test_shift_strikes_out_and_choosing_restores(sitter: Candidate) -> None:
    sitter.key(KEY.Key_D, SHIFT)
    assert states(sitter)[3].struck
    sitter.key(KEY.Key_D, SHIFT)
    assert not states(sitter)[3].struck
    sitter.key(KEY.Key_D, SHIFT)
    sitter.key(KEY.Key_D)
    assert states(sitter)[3].selected
    assert not states(sitter)[3].struck
    sitter.key(KEY.Key_D, SHIFT)
    assert not states(sitter)[3].struck, "what is chosen is not struck out"


def test_true_or_false_cannot_be_struck(sitter: Candidate) -> None:
    go(sitter, ItemType.TRUE_FALSE)
    sitter.key(KEY.Key_A, SHIFT)
    assert not sitting(sitter).struck
    sitter.key(KEY.Key_2)
    assert len(chosen(sitter)) == 1


def test_arrows_walk_the_options_from_anywhere(sitter: Candidate) -> None:
    sitter.key(KEY.Key_Down)
    assert sitter.focus.objectName() == "option-B"
    sitter.part("next").setFocus()
    sitter.key(KEY.Key_Up)
    assert sitter.focus.objectName().startswith("option-")
    sitter.key(KEY.Key_Return)
    assert chosen(sitter)


@pytest.mark.parametrize(
    ("on", "back"),
    [
        ((KEY.Key_Right, CTRL), (KEY.Key_Left, CTRL)),
        ((KEY.Key_PageDown, Qt.KeyboardModifier.NoModifier), (KEY.Key_PageUp, Qt.KeyboardModifier.NoModifier)),
    ],
)
def test_keys_go_on_and_back_also_from_the_field(
    sitter: Candidate, on: tuple[Qt.Key, Qt.KeyboardModifier], back: tuple[Qt.Key, Qt.KeyboardModifier]
) -> None:
    items = sitter.seat.items
    sitter.key(*on)
    assert sitting(sitter).current == items[1]
    sitter.key(*back)
    sitter.key(*back)
    assert sitting(sitter).current == items[0]
    go(sitter, ItemType.NUMERIC)
    number_field(sitter).setFocus()
    place = sitting(sitter).opened.form.place(first_of(sitter, ItemType.NUMERIC))
    sitter.key(*back)
    assert sitting(sitter).current == items[place - 1]


def test_a_mark_is_set_with_key_and_button_and_said_in_words(sitter: Candidate) -> None:
    sitter.key(KEY.Key_M, CTRL)
    assert sitting(sitter).marked == {sitter.seat.items[0]}
    assert sitter.words("mark") == "已标记"
    assert sitter.words("cell-1") == "第 1 题，未答，已标记，当前"
    sitter.press("mark")
    assert not sitting(sitter).marked
    assert sitter.words("mark") == "标记"


def test_clearing_takes_the_response_away(sitter: Candidate) -> None:
    assert not sitter.part("clear").isEnabled()
    sitter.key(KEY.Key_A)
    sitter.press("clear")
    assert not sitting(sitter).responses
    assert not any(state.selected for state in states(sitter))


def test_the_filter_shows_what_is_open_or_marked(sitter: Candidate) -> None:
    sitter.key(KEY.Key_A)
    sitter.key(KEY.Key_PageDown)
    sitter.press("palette-filter-open")
    assert not sitter.has("cell-1")
    assert sitter.has("cell-3")
    sitter.press("palette-filter-all")
    assert sitter.has("cell-1")


def test_a_number_is_given_with_enter(sitter: Candidate) -> None:
    item = go(sitter, ItemType.NUMERIC)
    sitter.type("１２．５")
    assert item not in sitting(sitter).responses
    sitter.key(KEY.Key_Return)
    assert sitting(sitter).responses[item] == e.Entered(text="１２．５")
    number_field(sitter).selectAll()
    sitter.key(KEY.Key_Delete)
    sitter.key(KEY.Key_Return)
    assert item not in sitting(sitter).responses


def test_a_number_is_given_when_the_item_is_left(sitter: Candidate) -> None:
    item = go(sitter, ItemType.NUMERIC)
    sitter.type("7")
    sitter.key(KEY.Key_PageUp)
    assert sitting(sitter).responses[item] == e.Entered(text="7")
    sitter.key(KEY.Key_PageDown)
    assert number_field(sitter).text() == "7"


def test_a_number_is_given_after_a_second_of_rest(sitter: Candidate) -> None:
    item = go(sitter, ItemType.NUMERIC)
    sitter.type("8")
    rest = screen(sitter).sheet.numeric._rest
    assert rest.isActive()
    assert rest.interval() == REST_MS
    rest.timeout.emit()
    assert sitting(sitter).responses[item] == e.Entered(text="8")


def test_half_a_word_of_an_input_method_is_never_given(sitter: Candidate) -> None:
    item = go(sitter, ItemType.NUMERIC)
    sitter.type("1")
    numeric = screen(sitter).sheet.numeric
    composing = QInputMethodEvent("ling", [])
    QApplication.sendEvent(number_field(sitter), composing)
    numeric._rest.timeout.emit()
    assert item not in sitting(sitter).responses
    assert numeric._rest.isActive(), "it is tried again"
    done = QInputMethodEvent("", [])
    done.setCommitString("０")
    QApplication.sendEvent(number_field(sitter), done)
    numeric._rest.timeout.emit()
    assert sitting(sitter).responses[item] == e.Entered(text="1０")


def test_time_up_takes_what_is_being_typed(sitter: Candidate) -> None:
    item = go(sitter, ItemType.NUMERIC)
    sitter.type("33")
    assert item not in sitting(sitter).responses
    sitter.seat.clocks.go(LENGTH)
    sitter.until(Stage.RECEIPT)
    assert sitting(sitter).by_clock
    assert sitting(sitter).responses[item] == e.Entered(text="33")


def test_a_doubt_is_said_but_the_words_are_kept(sitter: Candidate) -> None:
    item = go(sitter, ItemType.NUMERIC)
    sitter.type("about 12")
    sitter.key(KEY.Key_Return)
    assert sitting(sitter).responses[item] == e.Entered(text="about 12")
    assert "不是一个数" in number_field(sitter).accessibleDescription()


def test_figures_typed_beside_the_field_go_into_it(sitter: Candidate) -> None:
    go(sitter, ItemType.NUMERIC)
    sitter.part("next").setFocus()
    sitter.type("4")
    assert number_field(sitter).text() == "4"
    assert number_field(sitter).hasFocus()


def test_a_warning_is_said_once_and_closed_with_esc(sitter: Candidate) -> None:
    sitter.go(LENGTH - 16 * MINUTE)
    assert not sitter.has("notice")
    sitter.go(MINUTE)
    assert sitter.words("notice-title") == "还有 15 分钟"
    sitter.key(KEY.Key_Escape)
    assert not sitter.has("notice")
    sitter.go(1_000)
    assert not sitter.has("notice")
    sitter.go(10 * MINUTE)
    assert sitter.words("notice-title") == "还有 5 分钟"
    sitter.press("notice-action")
    assert not sitter.has("notice")


def test_the_notice_covers_neither_the_question_nor_an_option(sitter: Candidate) -> None:
    sitter.go(LENGTH - 15 * MINUTE)
    notice = sitter.part("notice")
    covered = notice.rect().translated(notice.mapTo(sitter.screen, notice.rect().topLeft()))
    for name in ("item-title", "item-worth", "item-stem", "option-A", "top-bar"):
        part = sitter.part(name)
        there = part.rect().translated(part.mapTo(sitter.screen, part.rect().topLeft()))
        assert not covered.intersects(there), name


def hidden(clock: Clock) -> bool:
    return clock._hidden


def test_the_clock_can_be_put_away_until_the_last_warning(sitter: Candidate) -> None:
    clock = sitter.part("clock")
    assert isinstance(clock, Clock)
    sitter.press("clock")
    assert hidden(clock)
    sitter.go(LENGTH - 2 * MINUTE)
    assert hidden(clock)
    sitter.go(MINUTE)
    assert not hidden(clock)
    assert clock.figures == "00:01:00"


def test_the_language_changes_in_the_middle_and_nothing_is_lost(sitter: Candidate) -> None:
    sitter.key(KEY.Key_B)
    before, order = chosen(sitter), sitting(sitter).opened.form.items[0].options
    sitter.press("language-en")
    assert sitting(sitter).display is not None
    assert sitting(sitter).language is Language.EN
    assert chosen(sitter) == before == (order[1],)
    assert sitter.words("item-title") == "Question 1" or sitter.part("item-title").property("text") == "Question 1"
    sitter.key(KEY.Key_C)
    assert chosen(sitter) == (order[2],)


def test_large_type_has_a_strip_and_a_page_of_numbers(tmp_path: Path) -> None:
    with candidate(tmp_path) as sitter:
        sitter.seat.sit()
        sitter.bridge.pump()
        sitter.look(Look(scale=300))
        assert not sitter.has("rail")
        sitter.press("all-items")
        sitter.press("cell-9")
        assert sitting(sitter).current == sitter.seat.items[8]
        assert sitter.has("item-sheet")
        sitter.press("all-items")
        sitter.press("palette-review")
        assert sitter.over(Overlay.REVIEW)


def test_a_damaged_item_says_so_and_lets_go_on(sitter: Candidate) -> None:
    sheet = screen(sitter).sheet
    assert sheet.face is not None
    sheet.show_face(replace(sheet.face, options=(), stem="", damaged=True))
    assert sitter.has("item-damaged")
    assert not sitter.has("item-stem")
    sitter.key(KEY.Key_A)
    assert not sitting(sitter).responses
    sitter.key(KEY.Key_PageDown)
    assert not sitter.has("item-damaged")
    assert sitter.has("option-A")


def test_the_saved_mark_speaks_of_durable_responses(sitter: Candidate) -> None:
    mark = sitter.part("saved")
    assert isinstance(mark, SavedMark)
    assert mark.text() == "还没有作答"
    sitter.key(KEY.Key_A)
    sitter.saved()
    assert mark.text().startswith("已保存 ")


def test_the_last_item_leads_to_the_review(sitter: Candidate) -> None:
    sitter.press(f"cell-{len(sitter.seat.items)}")
    assert not sitter.part("next").isEnabled()
    sitter.press("review")
    assert sitter.over(Overlay.REVIEW)


def test_ctrl_shift_i_gives_what_is_typed_and_asks_for_a_card(sitter: Candidate) -> None:
    item = go(sitter, ItemType.NUMERIC)
    sitter.type("5")
    sitter.key(KEY.Key_I, CTRL | SHIFT)
    assert sitter.over(Overlay.GATE)
    assert sitting(sitter).responses[item] == e.Entered(text="5")


@pytest.mark.parametrize("key", [KEY.Key_B, KEY.Key_PageDown])
def test_a_key_held_down_acts_once(sitter: Candidate, key: Qt.Key) -> None:
    """Every act goes on record: a book lying on a key must not fill the journal."""
    item = go(sitter, ItemType.MULTIPLE)

    def give(*, again: bool) -> None:
        event = QKeyEvent(QEvent.Type.KeyPress, key, Qt.KeyboardModifier.NoModifier, "", again)
        QApplication.sendEvent(screen(sitter), event)

    def state() -> tuple[object, ...]:
        return sitting(sitter).current, sitting(sitter).changes.get(item, 0)

    before = state()
    give(again=False)
    once = state()
    assert once != before
    for _ in range(5):
        give(again=True)
    assert state() == once
