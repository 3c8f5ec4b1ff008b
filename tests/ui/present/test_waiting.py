"""Waiting for the start code."""

from dataclasses import replace

import pytest

from kiosk.exam.rules import CameraPolicy
from kiosk.exam.vocabulary import Language, Millis
from kiosk.ui.present import waiting as present
from tests.support import builders as b
from tests.ui.present import views as v

ZH, EN = Language.ZH, Language.EN


@pytest.mark.parametrize(
    ("digits", "wait", "may", "words"),
    [
        (0, 0, False, "还需要：6 位数字"),
        (5, 0, False, "还需要：1 位数字"),
        (6, 0, True, "按“开始考试”，时间开始计。"),
        (6, 1, False, "1 秒后可以再试"),
        (0, 7_001, False, "8 秒后可以再试"),
    ],
)
def test_the_button_says_why_it_cannot_be_pressed(digits: int, wait: int, may: bool, words: str) -> None:
    assert present.may_start(digits, Millis(wait)) is may
    assert present.beside_button(digits, Millis(wait), ZH) == words


def test_what_will_happen() -> None:
    ahead = present.ahead(v.view(v.running()), ZH)
    assert any("95 分钟" in sentence for sentence in ahead)
    assert any("摄像头" in sentence for sentence in ahead)
    off = b.rules(evidence=replace(b.rules().evidence, camera=CameraPolicy.OFF))
    assert not any("摄像头" in sentence for sentence in present.ahead(v.view(v.running(rules=off)), ZH))
    assert present.ahead(v.view(None), ZH) == ()


def test_who_waits() -> None:
    shown = dict(present.person_facts(v.view(v.running()), EN))
    assert shown["Candidate"].startswith(b.NAME)
    assert shown["Time"] == "95 minutes"
    assert present.person_facts(v.view(None), EN) == ()
