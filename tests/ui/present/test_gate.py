"""What the gate says, for every purpose there is and any that comes."""

import pytest

from kiosk.exam.vocabulary import Language
from kiosk.ui.present.gate import purpose_key, reason, subtitle, title

KNOWN = ("panel", "recover", "identify", "admit", "waive-camera", "close", "export", "seat")


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("purpose", [*KNOWN, "something-new"])
def test_it_says_for_what(purpose: str, language: Language) -> None:
    assert title(purpose, language)
    assert subtitle(purpose, language)


def test_an_unknown_purpose_has_words_for_any_act() -> None:
    assert purpose_key("something-new") == "other"
    assert {purpose_key(purpose) for purpose in KNOWN} == set(KNOWN)


@pytest.mark.parametrize(
    ("card", "pin", "zh"),
    [(False, False, "还需要：出示监考卡"), (True, False, "还需要：输入 6 位 PIN"), (True, True, "")],
)
def test_a_button_that_waits_has_its_reason(card: bool, pin: bool, zh: str) -> None:
    assert reason(Language.ZH, card=card, pin=pin) == zh
