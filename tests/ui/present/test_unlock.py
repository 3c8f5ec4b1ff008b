"""What the unlock screen says while cards, PINs and code come in."""

from dataclasses import replace

import pytest

from kiosk.exam.rules import CameraPolicy
from kiosk.exam.vocabulary import Language, Millis
from kiosk.station.view import Camera, Stage
from kiosk.ui.present.unlock import Filled, Source, camera_words, facts, numbers, reason, subtitle, title
from tests.support import builders as b
from tests.ui.present import views as v

ALL = (1, 2, 3, 4)


def filled(**changes: object) -> Filled:
    """Nothing is in yet, unless said."""
    made: dict[str, object] = {
        "cards_wanted": 1,
        "cards": 0,
        "pins": 0,
        "source": Source.TYPED,
        "unfinished": ALL,
        "wrong": (),
        "wait": Millis(0),
    }
    return Filled(**{**made, **changes})  # type: ignore[arg-type]


READY = filled(cards=1, pins=1, unfinished=())


@pytest.mark.parametrize(
    ("state", "zh", "en"),
    [
        (filled(), "解锁题库，还差 1 张监考卡和 4 组数字", "To unlock: 1 card and 4 groups of digits to go"),
        (
            filled(cards_wanted=2, cards=1, unfinished=(2,)),
            "解锁题库，还差 1 张监考卡、PIN 和 1 组数字",
            "To unlock: 1 card, PIN and 1 group of digits to go",
        ),
        (filled(cards=1, unfinished=()), "解锁题库，还差 PIN", "To unlock: PIN to go"),
        (filled(source=Source.STICK), "解锁题库，还差 1 张监考卡", "To unlock: 1 card to go"),
        (READY, "都齐了，可以解锁题库", "Everything is in. The bank can be unlocked."),
        (filled(wait=Millis(11_001)), "启封码不符，12 秒后可以再试", "The code did not fit. Try again in 12 s."),
        (filled(busy=True), "正在解锁，约 1 秒", "Unlocking, about 1 second"),
    ],
)
def test_the_title_is_what_is_missing(state: Filled, zh: str, en: str) -> None:
    assert title(state, Language.ZH) == zh
    assert title(state, Language.EN) == en


@pytest.mark.parametrize(
    ("state", "zh"),
    [
        (filled(), "还需要：出示监考卡、输完第 1 至 4 组"),
        (
            filled(cards_wanted=2, cards=1, pins=1, wrong=(3,), unfinished=(4,)),
            "还需要：第二张监考卡、改正第 3 组、输完第 4 组",
        ),
        (filled(cards=1, unfinished=()), "还需要：输入 PIN"),
        (READY, ""),
        (filled(wait=Millis(1)), "启封码不符，1 秒后可以再试。期间可以改正。"),
    ],
)
def test_a_button_that_waits_has_its_reason(state: Filled, zh: str) -> None:
    assert reason(state, Language.ZH) == zh
    assert bool(reason(state, Language.EN)) is bool(zh)
    assert state.ready is not bool(zh)


def test_a_code_from_the_stick_needs_no_groups() -> None:
    state = filled(cards=1, pins=1, source=Source.STICK)
    assert state.ready
    assert not state.code_missing


def test_a_mistyped_group_is_missing() -> None:
    assert not filled(cards=1, pins=1, unfinished=(), wrong=(2,)).complete


@pytest.mark.parametrize(
    ("groups", "zh", "en"), [((5,), "5", "5"), ((3, 4), "3、4", "3, 4"), ((2, 3, 4), "2 至 4", "2 to 4")]
)
def test_numbers_of_groups(groups: tuple[int, ...], zh: str, en: str) -> None:
    assert numbers(groups, Language.ZH) == zh
    assert numbers(groups, Language.EN) == en


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("cards", [1, 2])
@pytest.mark.parametrize("source", list(Source))
def test_the_subtitle_says_what_opens_the_bank(source: Source, cards: int, language: Language) -> None:
    said = subtitle(filled(source=source, cards_wanted=cards), language)
    others = {subtitle(filled(source=other, cards_wanted=3 - cards), language) for other in Source}
    assert said not in others


def test_the_facts_name_bank_and_room_code() -> None:
    lines = facts(v.view(None, stage=Stage.LOCKED, camera=Camera.READY), "5d82f41a" + "0" * 56, Language.ZH)
    values = [line.value for line in lines]
    assert b.round_(("age1x",)).banks[0].occupation.name.zh in values[0]
    assert values[1] == "5D82 F41A，应与全场各机一致"
    assert facts(v.view(None, round=None, session=None), "", Language.ZH) == ()


def test_a_camera_that_is_not_wanted_is_not_missed() -> None:
    made = v.view(None, camera=Camera.OFF)
    assert camera_words(made, Language.ZH) == "没有画面"
    assert made.round is not None
    off = b.rules(evidence=replace(b.rules().evidence, camera=CameraPolicy.OFF))
    assert camera_words(replace(made, round=replace(made.round, rules=off)), Language.ZH) == "本场不录像"
