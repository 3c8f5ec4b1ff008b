"""Before handing in: counts, what wants another look, whether it is allowed, and the two steps."""

from typing import Any

from kiosk.exam.sitting import Sitting
from kiosk.exam.vocabulary import MINUTE, Language, Millis
from kiosk.station.view import Saved
from kiosk.ui.present import review as present
from tests.support import builders as b
from tests.ui.present import views as v

ZH, EN = Language.ZH, Language.EN
LENGTH = 95 * MINUTE


def answered(numbers: range, **rules: Any) -> Sitting:
    events = [v.viewed(1)]
    for at, number in enumerate(numbers):
        response = b.response_to(v.entry(number))
        events.append(v.responded(number, response, 2_000 + at))  # type: ignore[arg-type]
    return v.running(*events, rules=v.timing(**rules))


def test_open_items_come_first_then_marked_ones() -> None:
    sitting = v.running(v.viewed(2), v.responded(2, v.first(2)), v.marked(2))
    face = present.review_face(sitting, ZH)
    assert (face.answered, face.open, face.marked, face.total) == (1, 7, 1, 8)
    assert [row.number for row in face.rows] == [1, 3, 4, 5, 6, 7, 8, 2]
    assert face.go_to == 1
    assert face.rows[-1].state == "已答 A、标记"
    assert face.rows[0].state == "未看"
    assert face.title == "还有 7 题未答，1 题标记"
    assert not face.rest


def test_an_item_that_was_seen_is_open_and_not_unseen() -> None:
    assert present.review_face(v.running(v.viewed(1)), EN).rows[0].state == "Open"


def test_a_whole_form_has_nothing_to_go_to() -> None:
    face = present.review_face(answered(range(1, 9)), EN)
    assert (face.open, face.go_to, face.rows) == (0, None, ())
    assert face.title == "All 8 questions are answered"
    assert present.final_words(face, EN) == "Hand in and end the exam"


def test_the_second_step_names_its_effect() -> None:
    face = present.review_face(answered(range(1, 6)), ZH)
    assert present.final_words(face, ZH) == "交卷，3 题留空"
    assert face.rest == "其余 5 题已答，没有标记。"


def test_a_number_is_answered_without_letters() -> None:
    sitting = v.running(v.viewed(7), v.responded(7, b.response_to(v.entry(7))), v.marked(7))
    assert present.review_face(sitting, ZH).rows[-1].state == "已答、标记"


def test_the_reason_is_said_while_handing_in_is_not_allowed() -> None:
    early = answered(range(1, 9), earliest_hand_in=Millis(30 * MINUTE))
    assert present.not_allowed(v.view(early, b.at(10 * MINUTE)), ZH) == "20 分 0 秒后才能交卷。"
    assert not present.not_allowed(v.view(early, b.at(30 * MINUTE)), ZH)
    never = answered(range(1, 9), no_hand_in_before_end=Millis(LENGTH))
    assert present.not_allowed(v.view(never, b.at(10 * MINUTE)), EN).startswith("This session ends by the clock")


def test_handing_in_waits_for_the_last_save() -> None:
    sitting = answered(range(1, 9))
    pending = Saved(pending=frozenset({v.entry(8).item}), last_wall=None, late=False)
    assert present.not_allowed(v.view(sitting, b.at(MINUTE), saved=pending), ZH) == "正在保存最后的作答。"


def test_the_time_left_is_said_under_the_title() -> None:
    face = present.review_face(answered(range(1, 6)), ZH)
    assert present.under_title(face, Millis(582_000), ZH) == "交卷前检查。现在回去还来得及，剩余 9 分 42 秒。"
    whole = present.review_face(answered(range(1, 9)), ZH)
    assert "还来得及" not in present.under_title(whole, Millis(582_000), ZH)


def test_nothing_saved_is_a_dash() -> None:
    assert present.saved_words(v.view(answered(range(1, 2)))) == "–"
