"""A session's keys open with the release code and exactly the cards that the round asks for."""

from dataclasses import replace
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.crypto.card import Card, card_verifier, new_card
from kiosk.crypto.derive import ShareLengthError, SuiteError, UnlockNameError
from kiosk.crypto.slots import (
    CardsNeededError,
    Slot,
    SlotHeader,
    SlotShapeError,
    SlotVersionError,
    WrongCardError,
    WrongCodeError,
    encode_header,
    find_card,
    find_slot,
    open_slot,
    shares_of,
    slot_header,
    wrap_slot,
)

A, B, C, FOREIGN = (new_card(name) for name in ("A", "B", "C", "X"))
RELEASE = bytes(range(32))
PAYLOAD = "房间密钥 １２３ 𬭚".encode()


def header(*cards: Card, purpose: str = "session-keys", session: str = "上午") -> SlotHeader:
    return slot_header(package="2026-11-017-3", session=session, cards=cards, purpose=purpose)


def slot(*cards: Card, session: str = "上午", purpose: str = "session-keys") -> Slot:
    made = header(*cards, session=session, purpose=purpose)
    return wrap_slot(PAYLOAD, release=RELEASE, shares=shares_of(cards), header=made)


PAIRS = tuple(slot(*pair) for pair in combinations((A, B, C), 2))


@given(st.binary(max_size=500))
def test_a_slot_gives_its_payload_back(payload: bytes) -> None:
    made = wrap_slot(payload, release=RELEASE, shares=[A.share], header=header(A))
    assert open_slot(made, release=RELEASE, shares=[A.share]) == payload


def test_any_pair_opens_in_any_order() -> None:
    for one, other in combinations((A, B, C), 2):
        for shown in ((one, other), (other, one)):
            found = find_slot(PAIRS, cards=shown, purpose="session-keys", session="上午")
            assert open_slot(found, release=RELEASE, shares=shares_of(shown)) == PAYLOAD


def test_no_half_opens_anything() -> None:
    """Negative control for the pair rule: each part alone, and any two without the third, open nothing."""
    pair = PAIRS[0]
    for shares in ((A.share,), (), (A.share, A.share), (B.share, A.share)):
        with pytest.raises((CardsNeededError, WrongCardError)):
            open_slot(pair, release=RELEASE, shares=shares)
    with pytest.raises(WrongCodeError):
        open_slot(pair, release=bytes(32), shares=(A.share, B.share))
    alone = replace(pair, header=header(A))
    with pytest.raises(WrongCodeError):
        open_slot(alone, release=RELEASE, shares=(A.share,))


def test_a_wrong_code_and_a_wrong_card_are_told_apart() -> None:
    with pytest.raises(WrongCodeError):
        open_slot(slot(A), release=RELEASE[::-1], shares=[A.share])
    with pytest.raises(WrongCardError) as refused:
        open_slot(slot(A), release=RELEASE, shares=[FOREIGN.share])
    assert refused.value.data == {"card": "A"}
    with pytest.raises(WrongCardError):
        open_slot(slot(A), release=RELEASE[::-1], shares=[FOREIGN.share])


def test_the_header_tells_nothing_of_the_share() -> None:
    made = slot(A)
    assert made.header.verifiers == (card_verifier(A.share),)
    assert A.share not in encode_header(made.header)
    assert repr(A.share) not in repr(made)


@pytest.mark.parametrize(
    "change",
    [
        {"purpose": "other"},
        {"package": "2026-11-017-4"},
        {"session": "下午"},
        {"cards": ("D",)},
    ],
)
def test_a_slot_opens_in_its_own_place_only(change: dict[str, str]) -> None:
    made = slot(A)
    moved = replace(made, header=replace(made.header, **change))  # type: ignore[arg-type]
    with pytest.raises(WrongCodeError):
        open_slot(moved, release=RELEASE, shares=[A.share])


def test_a_damaged_slot_does_not_open() -> None:
    made = slot(A)
    for place in range(len(made.sealed)):
        sealed = made.sealed[:place] + bytes([made.sealed[place] ^ 1]) + made.sealed[place + 1 :]
        with pytest.raises(WrongCodeError):
            open_slot(replace(made, sealed=sealed), release=RELEASE, shares=[A.share])
    with pytest.raises(WrongCodeError):
        open_slot(replace(made, salt=bytes(16)), release=RELEASE, shares=[A.share])
    with pytest.raises(ShareLengthError):
        open_slot(replace(made, salt=bytes(15)), release=RELEASE, shares=[A.share])


def test_another_suite_or_version_is_refused_first() -> None:
    made = slot(A)
    with pytest.raises(SuiteError):
        open_slot(replace(made, header=replace(made.header, suite=2)), release=b"", shares=[])
    with pytest.raises(SlotVersionError) as refused:
        open_slot(replace(made, header=replace(made.header, version=2)), release=b"", shares=[])
    assert refused.value.data == {"found": 2, "expected": 1}


def test_a_header_has_one_card_or_two_in_order() -> None:
    for cards in ((), (A, A), (A, B, C)):
        with pytest.raises(CardsNeededError):
            header(*cards)
    sound = header(A, B)
    assert sound == header(B, A)
    with pytest.raises(SlotShapeError) as refused:
        encode_header(replace(sound, cards=("B", "A")))
    assert refused.value.data == {"part": "cards"}
    for verifiers in ((), (bytes(16),), (bytes(16), bytes(15))):
        with pytest.raises(SlotShapeError) as refused:
            encode_header(replace(sound, verifiers=verifiers))
        assert refused.value.data == {"part": "verifiers"}
    with pytest.raises(UnlockNameError):
        header(A, purpose="")


@given(st.lists(st.text(min_size=1, max_size=5), min_size=3, max_size=3))
def test_no_two_headers_encode_alike(names: list[str]) -> None:
    joined = "".join(names)
    one = SlotHeader(purpose=joined, package="p", session="s", cards=("A",), verifiers=(bytes(16),))
    other = replace(one, purpose=names[0], package="".join(names[1:]) + "p")
    if joined.isprintable() and one != other:
        assert encode_header(one) != encode_header(other)


def test_wrapping_needs_the_header_s_own_cards() -> None:
    with pytest.raises(WrongCardError):
        wrap_slot(PAYLOAD, release=RELEASE, shares=[B.share], header=header(A))
    with pytest.raises(CardsNeededError):
        wrap_slot(PAYLOAD, release=RELEASE, shares=[], header=header(A))
    with pytest.raises(ShareLengthError):
        wrap_slot(PAYLOAD, release=b"short", shares=[A.share], header=header(A))


def test_finding_a_slot_says_what_is_missing() -> None:
    def find(*cards: Card, purpose: str = "session-keys", session: str = "上午") -> Slot:
        return find_slot(PAIRS, cards=cards, purpose=purpose, session=session)

    with pytest.raises(WrongCardError) as refused:
        find(A, FOREIGN)
    assert refused.value.data == {"card": "X"}
    with pytest.raises(WrongCardError):
        find(Card(id="A", share=FOREIGN.share), B)
    for shown in ((A,), (A, A), ()):
        with pytest.raises(CardsNeededError) as needed:
            find(*shown)
        assert needed.value.data == {"given": len(set(shown))}
    for elsewhere in ({"purpose": "other"}, {"session": "下午"}):
        with pytest.raises(WrongCardError):
            find(A, B, **elsewhere)


def test_typed_groups_find_their_card() -> None:
    assert find_card(PAIRS, C.share) == C
    with pytest.raises(WrongCardError) as refused:
        find_card(PAIRS, FOREIGN.share)
    assert refused.value.data == {}
    with pytest.raises(ShareLengthError):
        find_card(PAIRS, b"")


def test_a_reserve_card_has_slots_of_its_own() -> None:
    reserve = new_card("R1")
    slots = (*PAIRS, slot(A, reserve))
    found = find_slot(slots, cards=(reserve, A), purpose="session-keys", session="上午")
    assert open_slot(found, release=RELEASE, shares=shares_of((A, reserve))) == PAYLOAD
