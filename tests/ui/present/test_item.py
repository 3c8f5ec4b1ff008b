"""One item as its sheet shows it, and what pressing makes of the response."""

import pytest

from kiosk.exam import events as e
from kiosk.exam.bank import ItemType
from kiosk.exam.vocabulary import Language
from kiosk.station.view import Saved
from kiosk.ui.present import item as present
from tests.support import builders as b
from tests.ui.present import views as v

ZH, EN = Language.ZH, Language.EN


def face(number: int, *events: e.Event, language: Language = ZH, pending: bool = False) -> present.ItemFace:
    sitting = v.running(v.viewed(number), *events)
    waiting = frozenset({v.entry(number).item}) if pending else frozenset()
    saved = Saved(pending=waiting, last_wall=None, late=False)
    found = present.exam_face(v.view(sitting, item=v.item(number), saved=saved), language)
    assert found is not None
    return found


def test_the_form_is_parted_by_type() -> None:
    parts = present.sections(b.form(), ZH)
    assert [(part.title, part.first, part.last) for part in parts] == [
        ("一、单项选择题", 1, 2),
        ("二、多项选择题", 3, 4),
        ("三、判断题", 5, 6),
        ("四、计算题", 7, 8),
    ]
    assert present.sections(b.form(), EN)[2].title == "3. True or false"


def test_the_head_says_number_kind_and_worth() -> None:
    shown = face(3)
    assert (shown.title, shown.of, shown.worth) == ("第 3 题", "共 8 题", "二、多项选择题  |  2.5 分")
    assert shown.how == "选出所有正确的选项。"
    assert face(8).how == "只填数值，单位已给出。"
    assert face(3, language=EN).title == "Question 3"


def test_options_stand_in_the_order_of_the_form() -> None:
    shown = face(1)
    assert [option.id for option in shown.options] == list(v.entry(1).options)
    assert [option.label for option in shown.options] == ["A", "B", "C", "D"]
    assert "𬭚" in shown.options[0].source
    assert [option.label for option in face(5).options] == ["√", "×"]


def test_a_pending_choice_is_not_called_saved() -> None:
    events = (v.responded(1, v.first(1)),)
    assert face(1, *events).options[0].saved
    waiting = face(1, *events, pending=True).options[0]
    assert waiting.selected
    assert not waiting.saved


def test_struck_options_are_known() -> None:
    option = v.entry(1).options[2]
    struck = e.Struck(at=b.at(2_000), item=v.entry(1).item, option=option, struck=True)
    assert [one.struck for one in face(1, struck).options] == [False, False, True, False]


def test_a_damaged_item_says_so_and_has_nothing_to_press() -> None:
    sitting = v.running(v.viewed(1))
    found = present.exam_face(v.view(sitting, item=None, item_damaged=True), ZH)
    assert found is not None
    assert found.damaged
    assert not found.options
    assert found.title == "第 1 题"


def test_nothing_is_shown_before_the_first_item() -> None:
    assert present.exam_face(v.view(v.running()), ZH) is None


def test_a_typed_number_is_shown_as_typed() -> None:
    shown = face(7, v.responded(7, e.Entered(text="１０５０")))
    assert (shown.entered, shown.unit, shown.numeric) == ("１０５０", "℃", True)


def test_pressing_one_of_a_single_choice_replaces_it() -> None:
    chosen = face(1, v.responded(1, v.first(1)))
    second = v.entry(1).options[1]
    assert present.pressed(chosen, 1) == (True, e.Chosen(options=(second,)))
    assert present.pressed(chosen, 0)[0] is False


def test_pressing_one_of_several_adds_it_in_order_or_takes_it_back() -> None:
    order = v.entry(3).options
    chosen = face(3, v.responded(3, e.Chosen(options=(order[2],))))
    assert present.pressed(chosen, 0) == (True, e.Chosen(options=(order[0], order[2])))
    assert present.pressed(chosen, 2) == (True, None)


@pytest.mark.parametrize("words", ["", "   ", "\ud800", "1" * 201])
def test_what_cannot_be_written_down_is_no_response(words: str) -> None:
    assert present.typed(words) is None


def test_what_is_typed_is_kept_as_typed() -> None:
    assert present.typed(" １２．５ ") == e.Entered(text=" １２．５ ")


def test_a_doubt_is_said_only_about_what_is_no_number() -> None:
    assert present.typed_doubt("约 12", ZH)
    assert not present.typed_doubt("１２．５", ZH)
    assert not present.typed_doubt("", ZH)


def test_every_type_has_its_words() -> None:
    for kind in ItemType:
        for language in Language:
            assert present.kind_words(kind, language)
            assert present.how_words(kind, language)


@pytest.mark.parametrize(
    ("typed", "said"),
    [("1,250", "1.250"), ("１，５", "1.5"), ("1,250.5", "1250.5"), ("1250", ""), ("12.5", ""), ("𬭚", "这不是一个数")],
)
def test_a_comma_is_read_back(typed: str, said: str) -> None:
    doubt = present.typed_doubt(typed, ZH)
    assert (said in doubt) if said else doubt == ""
