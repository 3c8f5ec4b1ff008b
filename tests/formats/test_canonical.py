"""There is one way to write a value down, and every other way is refused."""

import contextlib
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.formats.canonical import LARGEST_NUMBER, MOST_LEVELS, CanonicalError, JsonValue, decode, encode

TEXT = "欧阳𬭚 ０７"
VECTORS = Path(__file__).parent.parent / "vectors" / "canonical.json"

values: st.SearchStrategy[JsonValue] = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(min_value=-LARGEST_NUMBER, max_value=LARGEST_NUMBER)
    | st.text(st.characters(codec="utf-8")),
    lambda parts: (
        st.lists(parts, max_size=4) | st.dictionaries(st.text(st.characters(codec="utf-8")), parts, max_size=4)
    ),
    max_leaves=12,
)


@given(values)
def test_what_is_written_is_read_back(value: JsonValue) -> None:
    assert decode(encode(value), limit=1 << 20) == value


@given(values, st.integers(min_value=0), st.integers(min_value=1, max_value=255))
def test_a_changed_byte_is_refused_or_another_value_in_canonical_form(value: JsonValue, place: int, flip: int) -> None:
    data = bytearray(encode(value))
    data[place % len(data)] ^= flip
    try:
        found = decode(bytes(data), limit=1 << 20)
    except CanonicalError:
        return
    assert encode(found) == bytes(data)


@given(st.binary(max_size=60))
def test_garbage_raises_only_our_error(data: bytes) -> None:
    with contextlib.suppress(CanonicalError):
        assert encode(decode(data, limit=100)) == data


def test_published_vectors() -> None:
    vectors = json.loads(VECTORS.read_text(encoding="utf-8"))
    for vector in vectors["good"]:
        data = vector["bytes"].encode()
        assert encode(decode(data, limit=1 << 16)) == data, vector["why"]
    for vector in vectors["refused"]:
        with pytest.raises(CanonicalError) as refused:
            decode(bytes.fromhex(vector["hex"]), limit=1 << 16)
        assert refused.value.data["rule"] == vector["rule"], vector["why"]


def test_keys_stand_in_the_order_of_code_points_and_text_stands_as_it_is() -> None:
    value: JsonValue = {"𬭚": 1, "｡": 2, "a": [True, None, -3], "B": TEXT}
    assert encode(value) == '{"B":"欧阳𬭚 ０７","a":[true,null,-3],"｡":2,"𬭚":1}'.encode()


def test_the_limit_counts_bytes_not_characters() -> None:
    data = encode(TEXT)
    assert len(data) > len(TEXT) + 2
    assert decode(data, limit=len(data)) == TEXT
    with pytest.raises(CanonicalError) as refused:
        decode(data, limit=len(data) - 1)
    assert refused.value.data == {"rule": "length", "limit": len(data) - 1}


@pytest.mark.parametrize(
    ("value", "rule"),
    [
        (1.5, "type"),
        (float("nan"), "type"),
        (2**53, "number"),
        (-(2**53), "number"),
        ({1: "a"}, "key"),
        (("a",), "type"),
        (b"a", "type"),
        ("\ud800", "surrogate"),
        ({"\udfff": 1}, "surrogate"),
    ],
)
def test_a_value_without_canonical_form_is_refused(value: JsonValue, rule: str) -> None:
    with pytest.raises(CanonicalError) as refused:
        encode(value)
    assert refused.value.data["rule"] == rule


def test_depth_ends_where_it_says() -> None:
    value: JsonValue = 1
    for _ in range(MOST_LEVELS):
        value = [value]
    assert decode(encode(value), limit=1 << 16) == value
    with pytest.raises(CanonicalError):
        encode([value])


@pytest.mark.parametrize("opening", [b"[", b'{"a":'])
def test_a_hundred_thousand_levels_are_refused(opening: bytes) -> None:
    with pytest.raises(CanonicalError):
        decode(opening * 100_000, limit=1 << 20)
