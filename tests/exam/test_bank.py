"""A bank that contradicts itself is refused, and the first contradiction is named."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from kiosk.exam.bank import Bank, Blueprint, Item, ItemType, Option, RangeRule, TypeRule, UnsoundBankError, check_bank
from kiosk.exam.vocabulary import ItemId, Millis, PointCode, Points, Text
from tests.exam.values import small_bank

BANK = small_bank()
PLAN = BANK.blueprint
FIRST = BANK.items[0]


def test_a_sound_bank_passes_and_counts_its_form() -> None:
    check_bank(BANK)
    assert (PLAN.item_count, PLAN.total) == (4, 100)
    assert BANK.by_id[FIRST.id] == FIRST
    assert [kind for kind in ItemType if not kind.has_options] == [ItemType.NUMERIC]


def with_plan(**changes: object) -> Bank:
    return replace(BANK, blueprint=replace(PLAN, **changes))  # type: ignore[arg-type]


def with_type(**changes: object) -> Bank:
    rules: tuple[TypeRule, ...] = PLAN.types
    return with_plan(types=(replace(rules[0], **changes), *rules[1:]))  # type: ignore[arg-type]


def with_ranges(change: Callable[[RangeRule, RangeRule], tuple[RangeRule, ...]]) -> Bank:
    return with_plan(ranges=change(*PLAN.ranges))


def with_item(place: int = 0, **changes: object) -> Bank:
    changed: Item = replace(BANK.items[place], **changes)  # type: ignore[arg-type]
    return replace(BANK, items=(*BANK.items[:place], changed, *BANK.items[place + 1 :]))


def options(*names: str) -> tuple[Option, ...]:
    return tuple(replace(FIRST.options[0], id=name) for name in names)  # type: ignore[arg-type]


UNSOUND: dict[str, tuple[Bank, str, str]] = {
    "an item twice": (with_item(1, id=FIRST.id), "item-twice", "题𬭚-1"),
    "a type twice": (with_plan(types=(*PLAN.types, PLAN.types[0])), "type-twice", "single"),
    "a range twice": (with_ranges(lambda a, b: (a, replace(b, code=a.code))), "range-twice", "A"),
    "a point in two ranges": (
        with_ranges(lambda a, b: (a, replace(b, points=(*b.points, PointCode("A-1"))))),
        "point-twice",
        "A-1",
    ),
    "no time": (with_plan(duration=Millis(0)), "duration", "bank-1"),
    "a negative number of items of a type": (with_type(count=-1), "type-count", "bank-1"),
    "items worth nothing": (with_type(points=Points(0)), "type-count", "bank-1"),
    "ranges that give more than the types take": (
        with_ranges(lambda a, b: (replace(a, count=3), b)),
        "range-count",
        "bank-1",
    ),
    "a range that gives less than nothing": (
        with_ranges(lambda a, b: (replace(a, count=-1), replace(b, count=5))),
        "range-count",
        "bank-1",
    ),
    "an empty form": (
        replace(BANK, blueprint=Blueprint(duration=Millis(1), types=(), ranges=())),
        "range-count",
        "bank-1",
    ),
    "an item of no known point": (with_item(point=PointCode("Z-９")), "item-point", "题𬭚-1"),
    "a single choice without a choice": (with_item(options=options("a")), "option-count", "题𬭚-1"),
    "eleven options": (with_item(options=options(*"abcdefghijk")), "option-count", "题𬭚-1"),
    "three truths": (with_item(2, options=options("a", "b", "c")), "option-count", "item-3"),
    "a number with options": (with_item(3, options=options("a", "b")), "option-count", "item-4"),
    "an option twice": (with_item(options=options("a", "甲", "甲")), "option-twice", "甲"),
    "a blank stem in Chinese": (with_item(stem=Text(zh="　", en="x")), "stem", "题𬭚-1"),
    "a blank stem in English": (with_item(stem=Text(zh="铼", en=" \n")), "stem", "题𬭚-1"),
}


@pytest.mark.parametrize("name", UNSOUND)
def test_a_contradiction_is_refused_and_named(name: str) -> None:
    bank, what, where = UNSOUND[name]
    with pytest.raises(UnsoundBankError) as refused:
        check_bank(bank)
    assert refused.value.data == {"what": what, "where": where}


def test_a_type_may_be_in_the_plan_with_no_item_at_all() -> None:
    plan = (replace(PLAN.types[0], count=2), replace(PLAN.types[1], count=0), *PLAN.types[2:])
    check_bank(with_plan(types=plan))
    assert ItemId("题𬭚-1") in BANK.by_id
