"""Scoring: a verdict for every item, exact tenths of a point, and no key but the one of what was shown."""

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.exam.events import Chosen, Entered, Response
from kiosk.exam.form import Form
from kiosk.exam.scoring import ChoiceKey, Key, NoKeyError, NumberKey, Verdict, score
from kiosk.exam.vocabulary import ItemId, OptionId, Points
from tests.exam.values import FORM, MULTIPLE, NUMERIC, SINGLE, TRUE_FALSE, chosen

KEYS: dict[ItemId, Key] = {
    SINGLE.item: ChoiceKey(version=1, digest=SINGLE.digest, options=frozenset(SINGLE.options[1:2])),
    MULTIPLE.item: ChoiceKey(version=1, digest=MULTIPLE.digest, options=frozenset(MULTIPLE.options[0:3])),
    TRUE_FALSE.item: ChoiceKey(version=1, digest=TRUE_FALSE.digest, options=frozenset(TRUE_FALSE.options[0:1])),
    NUMERIC.item: NumberKey(version=1, digest=NUMERIC.digest, value="95.2", tolerance="0.2"),
}


def verdicts(responses: dict[ItemId, Response], seen: set[ItemId] | None = None) -> list[Verdict]:
    return [item.verdict for item in score(FORM, responses, seen or set(), KEYS).items]


def test_each_item_is_right_wrong_unanswered_or_not_reached() -> None:
    responses: dict[ItemId, Response] = {
        SINGLE.item: chosen(SINGLE, 1),
        MULTIPLE.item: chosen(MULTIPLE, 0, 1),
    }
    found = score(FORM, responses, {SINGLE.item, MULTIPLE.item, TRUE_FALSE.item}, KEYS)
    assert [item.verdict for item in found.items] == [
        Verdict.RIGHT,
        Verdict.WRONG,
        Verdict.UNANSWERED,
        Verdict.NOT_REACHED,
    ]
    assert [item.points for item in found.items] == [25, 0, 0, 0]
    assert (found.points, found.most) == (25, 100)


def test_a_response_to_an_item_that_was_never_shown_is_still_judged() -> None:
    assert verdicts({SINGLE.item: chosen(SINGLE, 1)})[0] is Verdict.RIGHT


@pytest.mark.parametrize(
    ("places", "verdict"),
    [
        ((0, 1, 2), Verdict.RIGHT),
        ((0, 1), Verdict.WRONG),
        ((0, 1, 2, 3), Verdict.WRONG),
        ((3, 4), Verdict.WRONG),
    ],
)
def test_multiple_choice_is_all_or_nothing(places: tuple[int, ...], verdict: Verdict) -> None:
    assert verdicts({MULTIPLE.item: chosen(MULTIPLE, *places)})[1] is verdict


@pytest.mark.parametrize(
    ("typed", "verdict"),
    [
        ("95.2", Verdict.RIGHT),
        ("95.0", Verdict.RIGHT),
        ("95.4", Verdict.RIGHT),
        ("９５．４", Verdict.RIGHT),
        ("9.54×10¹", Verdict.RIGHT),
        ("95,4", Verdict.RIGHT),
        ("95.40000000000000000000000000000000000001", Verdict.WRONG),
        ("94.99999999999999999999999999999999999999", Verdict.WRONG),
        ("95.41", Verdict.WRONG),
        ("-95.2", Verdict.WRONG),
        ("1e999", Verdict.WRONG),
        ("1e-999", Verdict.WRONG),
        ("铼𬭚", Verdict.WRONG),
        ("\ud800", Verdict.WRONG),
        ("9" * 100_000, Verdict.WRONG),
    ],
    ids=lambda value: ascii(value)[:20],
)
def test_a_number_is_right_within_its_tolerance_both_ends_included(typed: str, verdict: Verdict) -> None:
    assert verdicts({NUMERIC.item: Entered(text=typed)})[3] is verdict


@given(st.integers(-(10**12), 10**12), st.integers(0, 10**6), st.integers(-(10**6), 10**6))
def test_the_tolerance_is_exact(value: int, tolerance: int, off: int) -> None:
    key = NumberKey(version=1, digest=NUMERIC.digest, value=f"{value}e-5", tolerance=f"{tolerance}e-5")
    form = replace(FORM, items=(NUMERIC,))
    found = score(form, {NUMERIC.item: Entered(text=f"{value + off}e-5")}, set(), {NUMERIC.item: key})
    right = abs(Fraction(off)) <= Fraction(tolerance)
    assert found.items[0].verdict is (Verdict.RIGHT if right else Verdict.WRONG)


def test_a_response_of_the_wrong_kind_is_wrong() -> None:
    assert verdicts({NUMERIC.item: Chosen(options=(OptionId("95.2"),))})[3] is Verdict.WRONG
    assert verdicts({SINGLE.item: Entered(text=SINGLE.options[1])})[0] is Verdict.WRONG


@pytest.mark.parametrize(
    "key",
    [
        None,
        replace(KEYS[SINGLE.item], version=2),
        replace(KEYS[SINGLE.item], digest="00" * 32),
    ],
)
def test_only_the_key_of_the_version_and_content_shown_is_taken(key: Key | None) -> None:
    keys = {**KEYS, SINGLE.item: key} if key else {name: one for name, one in KEYS.items() if name != SINGLE.item}
    with pytest.raises(NoKeyError) as refused:
        score(FORM, {}, set(), keys)
    assert refused.value.data == {"item": SINGLE.item, "version": 1}


def test_tenths_of_points_add_up_exactly() -> None:
    """Thirty items of 3.3 points and ten of 0.1 are exactly 100."""
    entries = [replace(SINGLE, item=ItemId(f"题𬭚-{n}"), points=Points(33 if n < 30 else 1)) for n in range(40)]
    form: Form = replace(FORM, items=tuple(entries))
    keys: dict[ItemId, Key] = {entry.item: KEYS[SINGLE.item] for entry in entries}
    found = score(form, {entry.item: chosen(SINGLE, 1) for entry in entries}, set(), keys)
    assert (found.points, found.most) == (1_000, 1_000)
    assert score(replace(FORM, items=()), {}, set(), {}).points == 0
