"""Codes that a room key makes: right in their room, wrong everywhere else."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.crypto.codes import CodeLengthError, LetterInCodeError, MistypedCodeError, encode_groups
from kiosk.crypto.derive import ShareLengthError, UnlockNameError
from kiosk.crypto.room import (
    Grant,
    GrantKind,
    GrantRangeError,
    WrongGrantError,
    WrongStartCodeError,
    check_start_code,
    read_grant_code,
    room_grant_code,
    start_code,
)
from kiosk.errors import UnlockError

KEY, OTHER = bytes(range(32)), bytes(32)
GRANTS = st.builds(
    Grant,
    kind=st.sampled_from(GrantKind),
    serial=st.integers(0, 31),
    minutes=st.integers(0, 127),
    reason=st.integers(0, 15),
)
GRANT = Grant(kind=GrantKind.CREDIT, serial=3, minutes=15, reason=2)


def test_a_start_code_starts_its_own_session_only() -> None:
    code = start_code(KEY, "上午 𬭚")
    assert len(code) == 6
    for typed in (code, f"{code[:3]} {code[3:]}", code.translate(str.maketrans("0123456789", "０１２３４５６７８９"))):
        check_start_code(KEY, "上午 𬭚", typed)
    for key, session in ((OTHER, "上午 𬭚"), (KEY, "下午")):
        with pytest.raises(WrongStartCodeError):
            check_start_code(key, session, code)


def test_every_other_start_code_is_wrong() -> None:
    right = int(start_code(KEY, "上午"))
    for other in (right + 1, right - 1, right + 500_000):
        with pytest.raises(WrongStartCodeError):
            check_start_code(KEY, "上午", f"{other % 10**6:06d}")


def test_a_start_code_keeps_its_leading_zeros() -> None:
    codes = {start_code(KEY, f"s{number}") for number in range(200)}
    assert {len(code) for code in codes} == {6}
    assert any(code.startswith("0") for code in codes)


def test_a_slip_in_a_start_code_is_told_apart() -> None:
    with pytest.raises(CodeLengthError):
        check_start_code(KEY, "上午", "12345")
    with pytest.raises(LetterInCodeError):
        check_start_code(KEY, "上午", "12345O")


def test_keys_and_names_are_checked() -> None:
    with pytest.raises(ShareLengthError):
        start_code(b"", "上午")
    with pytest.raises(UnlockNameError):
        start_code(KEY, "")
    with pytest.raises(ShareLengthError):
        room_grant_code(b"", GRANT)
    with pytest.raises(ShareLengthError):
        read_grant_code(b"", "000000-000000-000000")


@given(GRANTS)
def test_a_grant_comes_back(grant: Grant) -> None:
    groups = room_grant_code(KEY, grant)
    assert len(groups) == 3
    assert read_grant_code(KEY, " ".join(groups)) == grant


def test_no_two_grants_share_a_code() -> None:
    kinds, serials, minutes, reasons = GrantKind, (0, 1, 31), (0, 1, 127), (0, 1, 15)
    grants = [
        Grant(kind=k, serial=s, minutes=m, reason=r) for k in kinds for s in serials for m in minutes for r in reasons
    ]
    assert len({room_grant_code(KEY, grant) for grant in grants}) == len(grants)


def test_a_grant_of_another_room_is_wrong() -> None:
    with pytest.raises(WrongGrantError):
        read_grant_code(KEY, "-".join(room_grant_code(OTHER, GRANT)))


def test_more_minutes_than_granted_are_wrong() -> None:
    """The forger changes the first group, keeps it well formed, and keeps the rest."""
    first, *rest = room_grant_code(KEY, replace(GRANT, minutes=90))
    honest = room_grant_code(KEY, GRANT)
    assert first != honest[0]
    assert rest != list(honest[1:])
    with pytest.raises(WrongGrantError):
        read_grant_code(KEY, "-".join((first, *honest[1:])))


@given(st.binary(min_size=6, max_size=6))
def test_guessed_grants_are_wrong(data: bytes) -> None:
    with pytest.raises(WrongGrantError):
        read_grant_code(KEY, "-".join(encode_groups(data)))


def test_a_slip_in_a_grant_is_located() -> None:
    groups = list(room_grant_code(KEY, GRANT))
    groups[2] = f"{(int(groups[2]) + 1) % 10**6:06d}"
    with pytest.raises(MistypedCodeError) as refused:
        read_grant_code(KEY, "-".join(groups))
    assert refused.value.data["group"] == 3


@pytest.mark.parametrize("change", [{"serial": 32}, {"serial": -1}, {"minutes": 128}, {"reason": 16}])
def test_a_grant_fits_sixteen_bits(change: dict[str, int]) -> None:
    with pytest.raises(GrantRangeError) as refused:
        replace(GRANT, **change)  # type: ignore[arg-type]
    assert refused.value.data["part"] in change


@given(st.text(max_size=40))
def test_garbage_raises_only_our_errors(text: str) -> None:
    with pytest.raises(UnlockError):
        read_grant_code(KEY, text)
    with pytest.raises(UnlockError):
        check_start_code(KEY, "上午", text)
