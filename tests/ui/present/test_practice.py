"""Practice: judged on the spot, kept nowhere."""

from kiosk.exam.events import Chosen, Entered
from kiosk.exam.vocabulary import Language
from kiosk.station.practice import PRACTICE
from kiosk.ui.present import practice as present

ZH, EN = Language.ZH, Language.EN


def test_every_practice_item_can_be_got_right_and_wrong() -> None:
    state = present.PracticeState()
    for place, practice in enumerate(PRACTICE):
        assert present.verdict(state, ZH).tone == "open"
        wrong = [option.id for option in practice.item.options if option.id not in practice.right][:1]
        state.respond(Chosen(options=tuple(wrong)) if wrong else Entered(text="８９"))
        assert present.verdict(state, ZH).tone == "wrong"
        right = tuple(option.id for option in practice.item.options if option.id in practice.right)
        state.respond(Chosen(options=right) if right else Entered(text="９０"))
        assert present.verdict(state, EN).title == "Right."
        assert present.at_end(state) is (place == len(PRACTICE) - 1)
        state.move(1)


def test_the_face_is_that_of_the_exam() -> None:
    state = present.PracticeState()
    shown = present.face(state, ZH)
    assert (shown.title, shown.of) == ("第 1 题", "共 4 题")
    assert [option.label for option in shown.options] == ["A", "B", "C", "D"]
    state.respond(Chosen(options=(shown.options[1].id,)))
    assert present.face(state, ZH).options[1].saved


def test_choosing_a_struck_option_restores_it() -> None:
    state = present.PracticeState()
    option = present.face(state, ZH).options[2].id
    state.strike(option)
    assert present.face(state, ZH).options[2].struck
    state.respond(Chosen(options=(option,)))
    assert not present.face(state, ZH).options[2].struck
    state.respond(None)
    assert not present.face(state, ZH).options[2].selected


def test_the_ends_hold() -> None:
    state = present.PracticeState()
    state.move(-1)
    assert state.at == 0
    state.move(99)
    assert present.at_end(state)
    assert present.face(state, ZH).unit == "分钟"
