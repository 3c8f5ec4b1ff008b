"""The exam around its item: numbers, clock, warnings, the saved mark."""

import pytest

from kiosk.exam.vocabulary import MINUTE, Language, Millis
from kiosk.station.view import Camera, Saved
from kiosk.ui.present import exam as present
from kiosk.ui.present import facts
from tests.support import builders as b
from tests.ui.present import views as v

ZH, EN = Language.ZH, Language.EN
LENGTH = 95 * MINUTE


def test_numbers_know_what_was_seen_answered_and_marked() -> None:
    sitting = v.running(v.viewed(2), v.responded(2, v.first(2)), v.viewed(3, 4_000), v.marked(3, 5_000))
    states = present.cells(sitting)
    assert states[1] == present.CellFace()
    assert states[2] == present.CellFace(seen=True, answered=True)
    assert states[3] == present.CellFace(seen=True, marked=True)
    assert present.current_number(sitting) == 3
    assert present.is_marked(sitting)
    assert not present.may_clear(sitting)


def test_neighbours_end_at_the_ends() -> None:
    first = v.running(v.viewed(1))
    assert present.neighbour(first, -1) is None
    assert present.neighbour(first, 1) == v.entry(2).item
    assert present.neighbour(v.running(v.viewed(8)), 1) is None
    assert present.item_at(first, 8) == v.entry(8).item


@pytest.mark.parametrize(
    ("left", "mood"),
    [
        (16 * MINUTE, present.ClockMood.CALM),
        (15 * MINUTE, present.ClockMood.WARN),
        (61_000, present.ClockMood.WARN),
        (60_000, present.ClockMood.LAST_MINUTE),
    ],
)
def test_the_clock_is_calm_until_the_first_warning(left: int, mood: present.ClockMood) -> None:
    assert present.mood(b.rules(), Millis(left)) is mood


def test_a_round_without_warnings_has_a_last_minute() -> None:
    rules = v.timing(warnings=())
    assert present.mood(rules, Millis(2 * MINUTE)) is present.ClockMood.CALM
    assert present.mood(rules, Millis(30_000)) is present.ClockMood.LAST_MINUTE


def test_a_hidden_clock_comes_back_at_the_last_warning() -> None:
    sitting = v.running()
    early = present.clock_face(sitting, b.at(LENGTH - 6 * MINUTE), hidden=True)
    assert (early.seconds, early.hidden) == (360, True)
    assert not present.clock_face(sitting, b.at(LENGTH - 5 * MINUTE), hidden=True).hidden


def test_seconds_are_rounded_up_so_that_zero_means_over() -> None:
    assert present.clock_face(v.running(), b.at(LENGTH - 1), hidden=False).seconds == 1
    assert present.clock_face(v.running(), b.at(LENGTH), hidden=False).seconds == 0


def test_each_warning_is_said_once_and_the_nearest_only() -> None:
    rules = b.rules()
    none: frozenset[Millis] = frozenset()
    assert present.warning_due(rules, Millis(16 * MINUTE), none) is None
    assert present.warning_due(rules, Millis(14 * MINUTE), none) == 15 * MINUTE
    assert present.warning_due(rules, Millis(14 * MINUTE), frozenset({Millis(15 * MINUTE)})) is None
    assert present.warning_due(rules, Millis(4 * MINUTE), none) == 5 * MINUTE


def test_a_warning_says_when_it_is_over_on_the_rooms_clock() -> None:
    said = present.warning(v.running(), b.at(LENGTH - 15 * MINUTE), Millis(15 * MINUTE), ZH)
    assert said.title == "还有 15 分钟"
    end = facts.hour_and_minute(b.START + LENGTH)
    assert end in said.body
    short = present.warning(v.running(), b.at(LENGTH - 30_000), Millis(30_000), EN)
    assert short.title == "30 seconds left"


def saved(*, pending: bool = False, last: int | None = None, late: bool = False) -> Saved:
    return Saved(pending=frozenset({v.entry(1).item}) if pending else frozenset(), last_wall=last, late=late)


def test_saved_is_said_of_durable_responses_only() -> None:
    answered = v.running(v.viewed(1), v.responded(1, v.first(1)))
    nothing = present.saving_face(v.view(v.running(), saved=saved()), None)
    assert nothing[0] is present.SavingFace.NOTHING
    on_the_way = present.saving_face(v.view(answered, saved=saved(pending=True)), None)
    assert on_the_way[0] is present.SavingFace.NOTHING
    late = present.saving_face(v.view(answered, saved=saved(pending=True, late=True)), None)
    assert late[0] is present.SavingFace.SAVING
    done = present.saving_face(v.view(answered, saved=saved(last=b.START)), None)
    assert done == (present.SavingFace.SAVED, facts.time_of_day(b.START))


def test_after_a_restart_what_the_journal_brought_is_saved() -> None:
    answered = v.running(v.viewed(1), v.responded(1, v.first(1)))
    found = present.saving_face(v.view(answered, saved=saved()), b.START)
    assert found[0] is present.SavingFace.SAVED


@pytest.mark.parametrize("camera", list(Camera))
def test_every_state_of_the_camera_has_words(camera: Camera) -> None:
    assert present.camera_words(camera, ZH) != present.camera_words(camera, EN)
