"""Drawing a form: published vectors, exact weights, a form whenever there is one, and fair chances."""

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import combinations, product
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.exam.bank import Bank, ItemType, check_bank
from kiosk.exam.form import Form, NoFormError, compose
from kiosk.exam.vocabulary import BankId, ItemId, Level, OptionId
from kiosk.office.bank_build import build
from kiosk.office.bank_lint import lint_folder
from tests.exam.values import FORM, NUMERIC, bank_of, item_of, small_bank

ROOT = Path(__file__).parent.parent.parent
VECTORS: dict[str, Any] = json.loads((ROOT / "tests" / "vectors" / "form.json").read_text(encoding="utf-8"))
SEED = b"\x07" * 32


def published(name: str) -> Bank:
    raw = VECTORS["banks"][name]
    items = [
        item_of(
            item["id"],
            ItemType(item["type"]),
            item["point"],
            len(item["options"]),
            fixed=[place for place, option in enumerate(item["options"]) if option["fixed"]],
            shuffle=item["shuffle"],
        )
        for item in raw["items"]
    ]
    types = [(ItemType(kind), count) for kind, count in raw["types"]]
    return bank_of(items, types, [(one["code"], one["count"], one["points"]) for one in raw["ranges"]])


def shown(form: Form) -> list[dict[str, Any]]:
    return [{"item": entry.item, "options": list(entry.options)} for entry in form.items]


@pytest.mark.parametrize("case", VECTORS["forms"], ids=lambda case: f"{case['bank']}-{case['seed'][:8]}")
def test_a_form_is_the_published_one(case: dict[str, Any]) -> None:
    bank, seed = published(case["bank"]), bytes.fromhex(case["seed"])
    flags = {name: case[name] for name in ("shuffle_items", "shuffle_options")}
    if case["form"] is None:
        with pytest.raises(NoFormError) as refused:
            compose(bank, seed, **flags)
        assert refused.value.data == {"missing": 1}
    else:
        assert shown(compose(bank, seed, **flags)) == case["form"]


def test_the_vectors_find_another_seed_and_another_order() -> None:
    case = VECTORS["forms"][0]
    seed = bytes.fromhex(case["seed"])
    assert shown(compose(published("wide"), bytes([seed[0] ^ 1]) + seed[1:])) != case["form"]
    assert shown(compose(published("wide"), seed, shuffle_items=False)) != case["form"]
    assert shown(compose(published("wide"), seed, shuffle_options=False)) != case["form"]


def test_the_order_of_the_items_in_the_bank_decides_nothing() -> None:
    bank = published("wide")
    assert compose(replace(bank, items=bank.items[::-1]), SEED) == compose(bank, SEED)


def test_a_form_carries_version_digest_points_and_duration() -> None:
    bank = small_bank()
    form = compose(bank, SEED)
    assert (form.bank, form.duration) == (bank.id, bank.blueprint.duration)
    for entry in form.items:
        item = bank.by_id[entry.item]
        assert (entry.version, entry.digest, entry.type) == (item.version, item.digest, item.type)
        assert entry.points == 25
    assert FORM.place(NUMERIC.item) == 3
    with pytest.raises(ValueError, match="is not in"):
        FORM.place(ItemId("𬭚"))


def test_a_fixed_option_keeps_its_place_and_the_others_all_move() -> None:
    bank = published("wide")
    last: Counter[str] = Counter()
    for number in range(60):
        orders = {entry.item: entry.options for entry in compose(bank, bytes([number]) * 32).items}
        if "i3" in orders:
            assert orders[ItemId("i3")][3] == "i3/3"
            last[orders[ItemId("i3")][0]] += 1
        if "i4" in orders:
            assert (orders[ItemId("i4")][0], orders[ItemId("i4")][4]) == ("i4/0", "i4/4")
        if "i6" in orders:
            assert list(orders[ItemId("i6")]) == [f"i6/{place}" for place in range(4)]
    assert set(last) == {"i3/0", "i3/1", "i3/2"}


def assert_follows_the_blueprint(bank: Bank, form: Form) -> None:
    blueprint, items = bank.blueprint, bank.by_id
    assert len({entry.item for entry in form.items}) == len(form.items) == blueprint.item_count
    assert sum(entry.points for entry in form.items) == blueprint.total
    kinds = [entry.type for entry in form.items]
    assert kinds == [rule.type for rule in blueprint.types for _ in range(rule.count)]
    points = Counter(items[entry.item].point for entry in form.items)
    assert max(points.values()) == 1
    for rule in blueprint.ranges:
        assert sum(points[point] for point in rule.points) == rule.count
    for entry in form.items:
        assert Counter(entry.options) == Counter(option.id for option in items[entry.item].options)


KINDS = (ItemType.SINGLE, ItemType.MULTIPLE, ItemType.TRUE_FALSE)
OPTIONS = {ItemType.SINGLE: 3, ItemType.MULTIPLE: 3, ItemType.TRUE_FALSE: 2}


@st.composite
def small_banks(draw: st.DrawFn) -> Bank:
    """Few items on few points in few ranges, so that about half of the blueprints cannot be filled."""
    points = {
        code: [f"{code}-{n}" for n in range(draw(st.integers(1, 3)))] for code in "AB甲"[: draw(st.integers(1, 3))]
    }
    where = [point for some in points.values() for point in some]
    drawn = draw(st.lists(st.tuples(st.sampled_from(KINDS), st.sampled_from(where)), min_size=1, max_size=9))
    items = [item_of(f"题𬭚-{n}", kind, point, OPTIONS[kind]) for n, (kind, point) in enumerate(drawn)]
    counts = [draw(st.integers(0, len(some))) for some in points.values()]
    total = sum(counts)
    first = draw(st.integers(0, total))
    second = draw(st.integers(0, total - first))
    types = list(zip(KINDS, (first, second, total - first - second), strict=True))
    ranges = [(code, count, some) for (code, some), count in zip(points.items(), counts, strict=True)]
    return bank_of(items, types, ranges)


def brute_force(bank: Bank) -> bool:
    """Try every choice of points for every range and every type for every point."""
    blueprint = bank.blueprint
    stock = {(item.type, item.point) for item in bank.items}
    wanted = Counter({rule.type: rule.count for rule in blueprint.types if rule.count})
    for choice in product(*(combinations(rule.points, rule.count) for rule in blueprint.ranges)):
        points = [point for part in choice for point in part]
        for kinds in product(KINDS, repeat=len(points)):
            if Counter(kinds) == wanted and all(pair in stock for pair in zip(kinds, points, strict=True)):
                return True
    return False


@settings(max_examples=300)
@given(small_banks(), st.binary(min_size=32, max_size=32))
def test_a_form_is_found_whenever_there_is_one(bank: Bank, seed: bytes) -> None:
    if bank.blueprint.item_count == 0:
        assert compose(bank, seed).items == ()
    elif brute_force(bank):
        assert_follows_the_blueprint(bank, compose(bank, seed))
    else:
        with pytest.raises(NoFormError):
            compose(bank, seed)


def test_an_earlier_choice_is_moved_aside_through_full_ranges() -> None:
    """Whatever comes first, only one arrangement fills this blueprint."""
    points = [f"P{n}" for n in range(6)]
    items = [item_of(f"s{point}", ItemType.SINGLE, point, 3) for point in points]
    items += [item_of(f"m{point}", ItemType.MULTIPLE, point, 3) for point in ("P0", "P3")]
    items += [item_of("tP3", ItemType.TRUE_FALSE, "P3", 2), item_of("tP4", ItemType.TRUE_FALSE, "P4", 2)]
    types = [(ItemType.SINGLE, 2), (ItemType.MULTIPLE, 2), (ItemType.TRUE_FALSE, 1)]
    bank = bank_of(items, types, [("X", 2, points[:3]), ("Y", 3, points[3:])])
    for number in range(200):
        form = compose(bank, number.to_bytes(2, "big"))
        assert_follows_the_blueprint(bank, form)
        assert {"mP0", "mP3", "tP4"} < {entry.item for entry in form.items}


def test_a_full_range_gives_up_whichever_point_can_go() -> None:
    """Of the two places of X only the multiple choice can move to Y, wherever it stands among them."""
    for first, second in (("P0", "P1"), ("P1", "P0")):
        items = [
            item_of("s", ItemType.SINGLE, first, 3),
            item_of("m", ItemType.MULTIPLE, second, 3),
            item_of("m-also", ItemType.MULTIPLE, "Q", 3),
            item_of("t", ItemType.TRUE_FALSE, "P2", 2),
        ]
        bank = bank_of(items, [(kind, 1) for kind in KINDS], [("X", 2, ["P0", "P1", "P2"]), ("Y", 1, ["Q"])])
        for number in range(50):
            drawn = {entry.item for entry in compose(bank, bytes([number])).items}
            assert drawn == {"s", "m-also", "t"}


def test_equal_items_are_drawn_about_equally_often() -> None:
    """2,000 draws of 4 from 10 points with 2 items each: 400 for each item; 5 standard deviations are 90."""
    points = [f"A-{n}" for n in range(10)]
    items = [item_of(f"{point}-{n}", ItemType.SINGLE, point, 3) for point in points for n in range(2)]
    bank = bank_of(items, [(ItemType.SINGLE, 4)], [("A", 4, points)])
    counts: Counter[str] = Counter()
    for number in range(2_000):
        counts.update(entry.item for entry in compose(bank, number.to_bytes(4, "big")).items)
    assert len(counts) == 20
    assert all(310 < count < 490 for count in counts.values()), counts


@pytest.fixture(scope="module")
def smelter() -> Bank:
    linted = lint_folder(ROOT / "question_banks" / "rare-earth-smelter")
    assert linted.source is not None
    numbers = iter(range(10_000))
    bank, _ = build(linted.source, Level.JUNIOR, BankId("smelter"), lambda: OptionId(f"o{next(numbers)}"))
    check_bank(bank)
    return bank


def test_the_real_bank_gives_a_sound_form_for_every_seed(smelter: Bank) -> None:
    exposure: Counter[str] = Counter()
    for number in range(300):
        form = compose(smelter, number.to_bytes(32, "big"))
        assert_follows_the_blueprint(smelter, form)
        exposure.update(entry.item for entry in form.items)
    assert form.items[0].points * 40 == 1_000
    never = len(smelter.items) - len(exposure)
    assert never <= 2, f"{never} items were never drawn"
    assert max(exposure.values()) <= spread(smelter), exposure.most_common(3)


def spread(bank: Bank) -> float:
    """Return the most often an item of the scarcest type may come in 300 forms, with room for chance."""
    stock = Counter(item.type for item in bank.items)
    shares: Sequence[float] = [rule.count / stock[rule.type] for rule in bank.blueprint.types]
    return 300 * min(1.0, 2.5 * max(shares))
