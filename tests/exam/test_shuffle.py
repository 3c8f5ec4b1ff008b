"""The keyed shuffle: published vectors, computed by another program in another language, and what would break them."""

import hashlib
import hmac
import json
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.exam.shuffle import _below, derived_seed, shuffled

VECTORS: dict[str, Any] = json.loads(
    (Path(__file__).parent.parent / "vectors" / "shuffle.json").read_text(encoding="utf-8")
)
Shuffle = Callable[[Sequence[str], bytes, str], Sequence[str]]


@pytest.mark.parametrize("case", VECTORS["shuffled"], ids=lambda case: case["why"])
def test_an_order_is_the_published_one(case: dict[str, Any]) -> None:
    assert list(shuffled(case["values"], bytes.fromhex(case["key"]), case["label"])) == case["order"]


@pytest.mark.parametrize("case", VECTORS["derived"], ids=lambda case: case["why"])
def test_a_derived_seed_is_the_published_one(case: dict[str, Any]) -> None:
    assert derived_seed(bytes.fromhex(case["seed"]), *case["parts"]).hex() == case["derived"]


def words(key: bytes, name: bytes, order: str) -> list[int]:
    blocks = b"".join(hmac.digest(key, name + n.to_bytes(8, "big"), hashlib.sha256) for n in range(200))
    return [int.from_bytes(blocks[at : at + 8], order) for at in range(0, len(blocks), 8)]  # type: ignore[arg-type]


def wrong_byte_order(values: Sequence[str], key: bytes, label: str) -> Sequence[str]:
    return drawn_down(values, words(key, prefixed(label.encode()), "little"))


def without_length(values: Sequence[str], key: bytes, label: str) -> Sequence[str]:
    return drawn_down(values, words(key, label.encode(), "big"))


def length_in_characters(values: Sequence[str], key: bytes, label: str) -> Sequence[str]:
    return drawn_down(values, words(key, len(label).to_bytes(4, "big") + label.encode(), "big"))


def upwards(values: Sequence[str], key: bytes, label: str) -> Sequence[str]:
    order, chance = list(values), words(key, prefixed(label.encode()), "big")
    for place, word in zip(range(len(order)), chance, strict=False):
        other = place + word % (len(order) - place)
        order[place], order[other] = order[other], order[place]
    return order


def prefixed(name: bytes) -> bytes:
    return len(name).to_bytes(4, "big") + name


def drawn_down(values: Sequence[str], chance: list[int]) -> Sequence[str]:
    order = list(values)
    for last, word in zip(range(len(order) - 1, 0, -1), chance, strict=False):
        order[last], order[word % (last + 1)] = order[word % (last + 1)], order[last]
    return order


@pytest.mark.parametrize("wrong", [wrong_byte_order, without_length, length_in_characters, upwards])
def test_the_vectors_find_a_wrong_shuffle(wrong: Shuffle) -> None:
    assert any(
        list(wrong(case["values"], bytes.fromhex(case["key"]), case["label"])) != case["order"]
        for case in VECTORS["shuffled"]
    )


@given(st.lists(st.text()), st.binary(), st.text(alphabet=st.characters(exclude_categories=["Cs"])))
def test_an_order_loses_and_invents_nothing_and_can_be_repeated(values: list[str], key: bytes, label: str) -> None:
    order = shuffled(values, key, label)
    assert Counter(order) == Counter(values)
    assert order == shuffled(values, key, label)


def test_every_value_comes_to_every_place_equally_often() -> None:
    """3,000 orders of five: each of the 25 counts is 600 on average; 5 standard deviations are 110."""
    counts: Counter[tuple[int, int]] = Counter()
    for number in range(3_000):
        counts.update(enumerate(shuffled(range(5), number.to_bytes(4, "big"), "排𬭚")))
    assert len(counts) == 25
    assert all(490 < count < 710 for count in counts.values()), counts


def test_a_word_of_the_last_incomplete_block_is_passed_over() -> None:
    """2**64 is one more than a multiple of three: the last word would make zero likelier."""
    assert _below(iter([(1 << 64) - 1, 5]), 3) == 2
    assert _below(iter([(1 << 64) - 2, 5]), 3) == ((1 << 64) - 2) % 3
