"""Every refusal of the program has words of its own in both languages, and asks for no fact that it does not carry."""

import importlib
import pkgutil
import re
from collections.abc import Iterator

import pytest

import kiosk
from kiosk.errors import KioskError
from kiosk.ui.i18n import Language, refusal
from kiosk.ui.i18n.fill import placeholders
from kiosk.ui.i18n.refusals import REFUSALS, STAFF_REFUSALS, Parts


def leaves() -> dict[str, type[KioskError]]:
    """Every leaf of the tree of errors, by its code."""
    for module in pkgutil.walk_packages(kiosk.__path__, "kiosk."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)
    return {kind.code: kind for kind in _below(KioskError) if "/" in kind.code}


def _below(kind: type[KioskError]) -> Iterator[type[KioskError]]:
    """The program's own refusals; a test may have made others."""
    for child in kind.__subclasses__():
        if child.__module__.startswith("kiosk."):
            yield child
            yield from _below(child)


LEAVES = leaves()


def facts_of(parts: Parts) -> set[str]:
    """Every fact that the words of a refusal need."""
    return {
        name for part in (parts.happened, parts.safe, parts.to_do) for words in part for name in placeholders(words)
    }


@pytest.mark.parametrize("code", sorted(LEAVES))
def test_it_has_words_of_its_own(code: str) -> None:
    assert code in STAFF_REFUSALS
    assert code in REFUSALS


@pytest.mark.parametrize("code", sorted(LEAVES))
def test_it_needs_only_facts_that_it_carries(code: str) -> None:
    documented = set(re.findall(r"`(\w+)`", LEAVES[code].__doc__ or ""))
    for entries in (REFUSALS, STAFF_REFUSALS):
        assert facts_of(entries[code]) <= documented, code


def test_no_words_are_left_of_a_refusal_that_is_gone() -> None:
    known = {code for code in STAFF_REFUSALS if "/" in code}
    assert known <= LEAVES.keys()


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("family", sorted({code.partition("/")[0] for code in LEAVES}))
def test_every_family_has_words(family: str, language: Language) -> None:
    words = refusal(f"{family}/never-heard-of", language, staff=True)
    assert words.happened
    assert words.safe
    assert words.to_do
    assert words.happened != refusal("kiosk", language).happened or family == "kiosk"


def test_staff_and_candidates_are_told_in_their_own_words() -> None:
    staff = refusal("capture/required", Language.ZH, staff=True)
    candidate = refusal("capture/required", Language.ZH)
    assert staff != candidate
    assert "两张卡" in staff.to_do


def test_the_group_with_a_slip_is_named() -> None:
    words = refusal("unlock/mistyped", Language.ZH, {"group": 2, "groups": "2 4"}, staff=True)
    assert words.happened == "第 2 4 组有数字输错。"


def test_a_name_with_rare_characters_is_kept() -> None:
    words = refusal("storage/file-write", Language.EN, {"file": "考生-𬭚-０７.kresult"}, staff=True)
    assert "考生-𬭚-０７.kresult" in words.happened
