"""The payload of a slot: what the office writes, the seat reads, and nothing else is read."""

from dataclasses import replace
from typing import Any

import pytest

from kiosk.exam.vocabulary import BankId, CardId
from kiosk.formats import canonical
from kiosk.formats.codec import ShapeError
from kiosk.formats.slot_payload import (
    LARGEST,
    BankSecret,
    SlotPayload,
    SlotPayloadError,
    decode_payload,
    encode_payload,
)

KEY, SEED = bytes(range(32)), bytes(range(32, 64))


def payload(**changes: Any) -> SlotPayload:
    made = SlotPayload(
        room_key=KEY,
        roster_key=SEED,
        banks={BankId("稀土-𬭚-０１"): BankSecret(key=KEY, seed=SEED)},
        resume_keys={CardId("a-1"): KEY, CardId("a-2"): SEED},
    )
    return replace(made, **changes)


def test_a_payload_reads_back() -> None:
    assert decode_payload(encode_payload(payload())) == payload()


def test_a_payload_is_written_in_one_way() -> None:
    assert encode_payload(payload(banks={}, resume_keys={})) == (
        b'{"banks":{},"class":"SlotPayload","resume_keys":{},"room_key":"'
        + KEY.hex().encode()
        + b'","roster_key":"'
        + SEED.hex().encode()
        + b'"}'
    )


@pytest.mark.parametrize(
    ("changes", "part"),
    [
        ({"room_key": b""}, "room_key"),
        ({"roster_key": KEY + b"x"}, "roster_key"),
        ({"banks": {BankId("b"): BankSecret(key=KEY[:31], seed=SEED)}}, "b"),
        ({"banks": {BankId("b"): BankSecret(key=KEY, seed=b"")}}, "b"),
        ({"resume_keys": {CardId("c"): b"short"}}, "c"),
    ],
)
def test_a_key_of_another_length_is_neither_written_nor_read(changes: dict[str, Any], part: str) -> None:
    with pytest.raises(SlotPayloadError) as refused:
        encode_payload(payload(**changes))
    assert refused.value.data == {"part": part}
    short = encode_payload(payload()).replace(KEY.hex().encode(), KEY[:30].hex().encode())
    with pytest.raises(SlotPayloadError):
        decode_payload(short)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"{}",
        b"[]",
        b'"x"',
        b'{"class":"SlotPayload"}',
        encode_payload(payload()).replace(b"roster_key", b"roster"),
    ],
)
def test_anything_else_is_refused(data: bytes) -> None:
    with pytest.raises((canonical.CanonicalError, ShapeError)):
        decode_payload(data)


def test_other_bytes_and_too_many_are_refused() -> None:
    with pytest.raises(canonical.CanonicalError):
        decode_payload(encode_payload(payload()) + b"\n")
    many = {CardId(f"card-{number}"): KEY for number in range(4_000)}
    with pytest.raises(canonical.CanonicalError) as refused:
        decode_payload(encode_payload(payload(resume_keys=many)))
    assert refused.value.data["limit"] == LARGEST


def test_printing_a_payload_shows_no_key() -> None:
    shown = repr(payload())
    assert KEY.hex() not in shown
    assert "\\x01\\x02" not in shown
    assert "稀土-𬭚-０１" in shown
