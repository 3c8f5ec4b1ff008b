"""Typing an admission number, checking the data, comparing a person."""

from dataclasses import replace

import pytest

from kiosk.exam.vocabulary import Language, Millis
from kiosk.station.view import Stage
from kiosk.ui.present import sign_in as present
from tests.support import builders as b
from tests.ui.present import views as v

ZH, EN = Language.ZH, Language.EN


@pytest.mark.parametrize(
    ("typed", "plain"),
    [("２０２６　１１０４", "20261104"), (" 2026 1104 ", "20261104"), ("b-07𬭚", "B-07𬭚"), ("", "")],
)
def test_figures_of_any_width_are_taken(typed: str, plain: str) -> None:
    assert present.plain_number(typed) == plain


@pytest.mark.parametrize(
    ("typed", "caret", "shown", "place"),
    [
        ("20261", 5, "2026 1", 6),
        ("2026 1", 4, "2026 1", 4),
        ("２０２６１１", 6, "2026 11", 7),
        ("2026 11x", 8, "202611X", 7),
        ("12345678", 2, "1234 5678", 2),
        ("", 0, "", 0),
    ],
)
def test_groups_keep_the_caret_at_its_figure(typed: str, caret: int, shown: str, place: int) -> None:
    assert present.regrouped(typed, caret) == (shown, place)


@pytest.mark.parametrize("stage", [Stage.SIGN_IN, Stage.CONFIRM, Stage.IDENTITY])
def test_the_title_has_the_other_language_below(stage: Stage) -> None:
    zh, en = present.titles(stage, ZH), present.titles(stage, EN)
    assert (zh.title, zh.under) == (en.under, en.title)
    assert present.step(stage) in {0, 1}


def test_the_data_to_check() -> None:
    round_ = b.round_(("age1x",))
    entry = replace(b.roster().entries[0], text_scale=150)
    shown = dict(present.person_facts(round_, round_.sessions[0], entry, Millis(95 * 60_000), ZH))
    assert shown["姓名"] == b.NAME
    assert shown["证件号"] == "后四位 021X"
    assert shown["等级"] == "五级/初级工"
    assert shown["考试时间"].endswith("开始，95 分钟")
    assert shown["特别安排"] == "加时 5 分钟  |  字号 150%"
    plain = replace(entry, extra=Millis(0), text_scale=100)
    assert dict(present.person_facts(round_, round_.sessions[0], plain, None, EN))["Arrangements"] == "None"


def test_the_invigilator_checks_every_point() -> None:
    words = present.check_words(b.roster().entries[0], ZH)
    assert len(words) == len(present.CHECKS)
    assert "证件后四位 021X" in words
    assert present.still_to_check(3, ZH) == "还需要：核对 1 项"
    assert present.still_to_check(4, ZH) == "四项都已核对。确认时出示监考卡。"
    assert present.still_to_check(2, EN) == "Still needed: 2 points to check"


def test_the_bar_names_the_subject_once_it_is_known() -> None:
    known = v.view(None)
    assert present.bar_facts(known, ZH) == "稀土火法冶炼工  |  五级/初级工  |  上午场"
    assert present.bar_facts(replace(known, entry=None), ZH) == "上午场"
