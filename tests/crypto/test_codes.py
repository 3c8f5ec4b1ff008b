"""Every typing slip is found in its group, and every way people write digits is taken."""

import time
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.crypto.codes import (
    CodeLengthError,
    GroupState,
    LetterInCodeError,
    MistypedCodeError,
    check_group,
    decode_code,
    decode_groups,
    encode_groups,
    new_release_code,
    normalise_digits,
    split_groups,
)
from kiosk.errors import UnlockError

WIDE = str.maketrans("0123456789", "０１２３４５６７８９")
CODES = st.integers(1, 8).flatmap(lambda groups: st.binary(min_size=2 * groups, max_size=2 * groups))


@given(CODES)
def test_codes_come_back(data: bytes) -> None:
    groups = encode_groups(data)
    assert decode_groups(groups) == data
    assert all(len(group) == 6 and check_group(group) is GroupState.OK for group in groups)


def test_every_group_there_is_comes_back() -> None:
    everything = bytes(byte for value in range(1 << 16) for byte in value.to_bytes(2, "big"))
    groups = encode_groups(everything)
    assert len(set(groups)) == 1 << 16
    assert decode_groups(groups) == everything


def slips(group: str) -> set[str]:
    """Every group that one wrong digit or one swap of neighbours makes of this one."""
    wrong = {group[:n] + digit + group[n + 1 :] for n in range(6) for digit in "0123456789"}
    swapped = {group[:n] + group[n + 1] + group[n] + group[n + 2 :] for n in range(5)}
    return (wrong | swapped) - {group}


def test_every_slip_shows() -> None:
    """All slips of every 61st group; the value does not matter, because 11 divides no single difference."""
    for value in range(0, 1 << 16, 61):
        group = encode_groups(value.to_bytes(2, "big"))[0]
        assert all(check_group(slip) is GroupState.WRONG for slip in slips(group))


def test_no_difference_that_a_slip_makes_is_a_multiple_of_eleven() -> None:
    """The proof for all 65,536 groups: a slip changes a number by one of these, and none of them is 0 modulo 11."""
    digits = [change * 10**place for place in range(6) for change in range(1, 10)]
    swaps = [9 * change * 10**place for place in range(5) for change in range(1, 10)]
    assert all(difference % 11 for difference in (*digits, *swaps))


@given(st.binary(min_size=8, max_size=8), st.integers(0, 3), st.data())
def test_a_slip_is_located(data: bytes, place: int, draw: st.DataObject) -> None:
    groups = list(encode_groups(data))
    groups[place] = draw.draw(st.sampled_from(sorted(slips(groups[place]))))
    with pytest.raises(MistypedCodeError) as refused:
        decode_code("-".join(groups), groups=4)
    assert refused.value.data == {"group": place + 1, "groups": str(place + 1)}


def test_a_swap_across_two_groups_shows_in_both() -> None:
    first, second, *rest = encode_groups(bytes.fromhex("1234a7f10102ffff"))
    assert first[5] != second[0]
    swapped = [first[:5] + second[0], first[5] + second[1:], *rest]
    with pytest.raises(MistypedCodeError) as refused:
        decode_groups(swapped)
    assert refused.value.data == {"group": 1, "groups": "1 2"}


@given(st.binary(min_size=8, max_size=8), st.sampled_from(["", " ", "-", "－", "\n", "\r\n", "　", " — ", "\u200b"]))
def test_digits_are_taken_as_people_write_them(data: bytes, between: str) -> None:
    groups = encode_groups(data)
    for text in (between.join(groups), between.join(groups).translate(WIDE), f"\ufeff {between.join(groups)}\n"):
        assert decode_code(text, groups=4) == data


def test_pieces_of_three_digits_are_taken_too() -> None:
    groups = encode_groups(b"12345678")
    assert decode_code(" ".join(part for group in groups for part in (group[:3], group[3:])), groups=4) == b"12345678"


@pytest.mark.parametrize("letter", ["O", "o", "l", "I", "Ｏ", "〇", "零", "𬭚", "٣", "²", ".", "\0", "\ud800"])
def test_a_letter_is_refused_with_its_group(letter: str) -> None:
    groups = list(encode_groups(bytes(8)))
    groups[2] = groups[2][:3] + letter + groups[2][4:]
    for text in ("-".join(groups), "".join(groups)):
        with pytest.raises(LetterInCodeError) as refused:
            decode_code(text, groups=4)
        assert refused.value.data == {"group": 3}
    with pytest.raises(LetterInCodeError) as refused:
        decode_groups(groups)
    assert refused.value.data == {"group": 3}
    assert check_group(groups[2]) is GroupState.WRONG


def test_a_missing_digit_is_found_in_its_group() -> None:
    groups = list(encode_groups(b"12345678"))
    groups[1] = groups[1][:-1]
    with pytest.raises(CodeLengthError) as refused:
        decode_code("-".join(groups), groups=4)
    assert refused.value.data == {"expected": 6, "found": 5, "group": 2}


@pytest.mark.parametrize("text", ["", "123", "1" * 23, "1" * 25, "000000 000000 000000 000000 000000"])
def test_another_number_of_digits_is_refused(text: str) -> None:
    with pytest.raises(CodeLengthError) as refused:
        decode_code(text, groups=4)
    assert refused.value.data == {"expected": 24, "found": len(normalise_digits(text))}


@pytest.mark.parametrize(
    ("text", "state"),
    [
        ("", GroupState.INCOMPLETE),
        ("00000", GroupState.INCOMPLETE),
        ("000000", GroupState.OK),
        ("００００１１", GroupState.OK),
        (" 000-011 ", GroupState.OK),
        ("000012", GroupState.WRONG),
        ("720885", GroupState.OK),
        ("720896", GroupState.WRONG),
        ("999999", GroupState.WRONG),
        ("0000110", GroupState.WRONG),
        ("0" * 500, GroupState.WRONG),
    ],
)
def test_a_group_while_it_is_typed(text: str, state: GroupState) -> None:
    assert check_group(text) is state


def test_a_hundred_thousand_characters_are_refused_at_once() -> None:
    for text in ("1" * 100_000, "O" * 100_000, " " * 100_000):
        began = time.process_time()
        with pytest.raises(CodeLengthError):
            decode_code(text, groups=4)
        assert check_group(text) is GroupState.WRONG
        assert time.process_time() - began < 0.05


@given(st.text(max_size=60), st.integers(1, 8))
def test_garbage_raises_only_our_errors(text: str, groups: int) -> None:
    check_group(text)
    with suppress(UnlockError):
        assert len(decode_code(text, groups=groups)) == 2 * groups


def test_splitting_follows_the_writer_where_it_can() -> None:
    assert split_groups("000011-22", groups=2) == ("000011", "22")
    assert split_groups("000 011 000 022", groups=2) == ("000011", "000022")


def test_release_codes_are_drawn_from_the_system() -> None:
    assert [len(new_release_code()), len(new_release_code(8))] == [8, 16]
    assert new_release_code() != new_release_code()


def test_half_a_group_is_a_programmers_mistake() -> None:
    with pytest.raises(AssertionError):
        encode_groups(b"123")
