"""Cards and PINs: read back from print, told apart, silent about the share."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.crypto.card import (
    BadCardError,
    Card,
    WrongPinError,
    card_verifier,
    check_pin,
    new_card,
    new_pin,
    pin_verifier,
)
from kiosk.crypto.codes import CodeLengthError, LetterInCodeError, MistypedCodeError
from kiosk.crypto.derive import ShareLengthError
from kiosk.errors import UnlockError

CARD = Card(id="R017-A", share=bytes(range(16)))
SALT = bytes(16)


@given(st.from_regex(r"[A-Za-z0-9][A-Za-z0-9.-]{0,31}", fullmatch=True), st.binary(min_size=16, max_size=16))
def test_a_card_comes_back_from_its_text(card_id: str, share: bytes) -> None:
    card = Card(id=card_id, share=share)
    assert Card.from_text(card.to_text()) == Card.from_text(f" {card.to_text()}\n") == card
    assert Card.from_groups(card_id, " ".join(card.groups())) == card


def test_a_card_comes_back_from_wide_digits() -> None:
    wide = "－".join(CARD.groups()).translate(str.maketrans("0123456789", "０１２３４５６７８９"))
    assert Card.from_groups("R017-A", wide) == CARD


def test_every_changed_character_of_a_text_is_refused() -> None:
    text = CARD.to_text()
    for place, right in enumerate(text):
        for wrong in "0123456789ABCKR:-":
            if wrong != right:
                with pytest.raises(UnlockError):
                    Card.from_text(text[:place] + wrong + text[place + 1 :])


@pytest.mark.parametrize(
    "text", ["", "KC1", "KC2:" + CARD.to_text()[4:], CARD.to_text() + ":", "准考证", "KC1:" * 100_000]
)
def test_another_text_is_no_card(text: str) -> None:
    with pytest.raises(BadCardError) as refused:
        Card.from_text(text)
    assert refused.value.data == {"part": "text"}


def test_a_wrong_check_and_a_slip_are_told_apart() -> None:
    mark, card_id, groups, check = CARD.to_text().split(":")
    with pytest.raises(BadCardError) as refused:
        Card.from_text(f"{mark}:R017-B:{groups}:{check}")
    assert refused.value.data == {"part": "check"}
    with pytest.raises(MistypedCodeError) as slip:
        Card.from_text(":".join((mark, card_id, groups[:-1] + str((int(groups[-1]) + 1) % 10), check)))
    assert slip.value.data["group"] == 8


@pytest.mark.parametrize("card_id", ["", "a:b", "王", "-a", "x" * 33, "a b", "\ud800"])
def test_an_id_has_a_shape(card_id: str) -> None:
    with pytest.raises(BadCardError) as refused:
        new_card(card_id)
    assert refused.value.data == {"part": "id"}


def test_a_share_has_sixteen_bytes() -> None:
    with pytest.raises(BadCardError) as refused:
        Card(id="A", share=bytes(15))
    assert refused.value.data == {"part": "share"}
    with pytest.raises(ShareLengthError):
        card_verifier(bytes(17))


@given(st.text(max_size=80))
def test_garbage_raises_only_our_errors(text: str) -> None:
    for bad in (text, f"KC1:{text}", f"KC1:A:{text}:000000"):
        with pytest.raises(UnlockError):
            Card.from_text(bad)


def test_cards_differ_and_do_not_show_their_share() -> None:
    one, other = new_card("A"), new_card("A")
    assert one != other
    assert card_verifier(one.share) != card_verifier(other.share)
    for secret in (repr(one.share), one.share.hex(), one.groups()[0]):
        assert secret not in repr(one)


def test_a_pin_is_checked_with_its_card() -> None:
    verifier = pin_verifier(CARD.share, "042917", salt=SALT)
    for typed in ("042917", "０４２９１７", "042 917", "04-29-17"):
        check_pin(verifier, share=CARD.share, pin=typed, salt=SALT)
    wrong = (("042918", CARD.share, SALT), ("042917", bytes(16), SALT), ("042917", CARD.share, bytes([1] * 16)))
    for pin, share, salt in wrong:
        with pytest.raises(WrongPinError):
            check_pin(verifier, share=share, pin=pin, salt=salt)


def test_a_pin_has_six_digits() -> None:
    with pytest.raises(CodeLengthError) as refused:
        pin_verifier(CARD.share, "0429", salt=SALT)
    assert refused.value.data == {"expected": 6, "found": 4}
    with pytest.raises(LetterInCodeError):
        pin_verifier(CARD.share, "04291O", salt=SALT)
    for share, salt in ((b"", SALT), (CARD.share, b"")):
        with pytest.raises(ShareLengthError):
            pin_verifier(share, "042917", salt=salt)
    assert len(new_pin()) == 6
    assert new_pin().isdigit()
