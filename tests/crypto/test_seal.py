"""Sealed files open for their recipients, whole, and for nobody else."""

import time

import pyrage
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.crypto.seal import (
    BadIdentityError,
    BadRecipientError,
    DamagedSealError,
    HeaderChangedError,
    NoRecipientError,
    NotForThisKeyError,
    NotSealedError,
    identity_of,
    new_identity,
    open_sealed,
    seal,
)
from kiosk.errors import SealError

OFFICE, ESCROW, STRANGER = new_identity(), new_identity(), new_identity()
TEXT = "考生 王𬭚 １２３".encode()
SEALED = seal(TEXT * 100, [OFFICE.recipient, ESCROW.recipient])
HEADER_END = SEALED.index(b"\n--- ") + 5


@given(st.binary(max_size=70_000))
def test_each_recipient_opens_what_was_sealed(data: bytes) -> None:
    sealed = seal(data, [OFFICE.recipient, ESCROW.recipient])
    assert open_sealed(sealed, OFFICE.secret) == open_sealed(sealed, ESCROW.secret) == data


def test_nobody_else_opens_it() -> None:
    with pytest.raises(NotForThisKeyError):
        open_sealed(SEALED, STRANGER.secret)


def test_the_content_does_not_show_and_two_seals_differ() -> None:
    assert TEXT not in SEALED
    assert seal(TEXT, [OFFICE.recipient]) != seal(TEXT, [OFFICE.recipient])


@given(place=st.integers(0, len(SEALED) - 1), change=st.integers(1, 255))
def test_any_flipped_byte_is_refused(place: int, change: int) -> None:
    flipped = SEALED[:place] + bytes([SEALED[place] ^ change]) + SEALED[place + 1 :]
    with pytest.raises(SealError):
        open_sealed(flipped, OFFICE.secret)


@given(st.integers(0, len(SEALED) - 1))
def test_any_cut_is_refused(length: int) -> None:
    with pytest.raises(SealError):
        open_sealed(SEALED[:length], OFFICE.secret)


def test_three_kinds_of_damage_are_told_apart() -> None:
    other = b"B" if SEALED[HEADER_END : HEADER_END + 1] == b"A" else b"A"
    with pytest.raises(HeaderChangedError):
        open_sealed(SEALED[:HEADER_END] + other + SEALED[HEADER_END + 1 :], OFFICE.secret)
    for damaged in (SEALED[:-1], SEALED + b"\0", SEALED[: HEADER_END + 20]):
        with pytest.raises(DamagedSealError):
            open_sealed(damaged, OFFICE.secret)
    with pytest.raises(NotSealedError):
        open_sealed(b"PK\x03\x04", OFFICE.secret)


@given(st.binary(max_size=200))
def test_garbage_raises_only_our_errors(data: bytes) -> None:
    for bad in (data, b"age-encryption.org/v1\n" + data, b"age-encryption.org/v1\n-> X25519 " + data):
        with pytest.raises(SealError):
            open_sealed(bad, OFFICE.secret)


def test_the_armoured_form_and_passphrases_are_refused_without_work() -> None:
    armoured = pyrage.encrypt(TEXT, [pyrage.x25519.Recipient.from_str(OFFICE.recipient)], armored=True)
    with pytest.raises(NotSealedError):
        open_sealed(armoured, OFFICE.secret)
    costly = b"age-encryption.org/v1\n-> scrypt bBjlhJVYZeE4aqUdmtRHfw 60\n" + b"A" * 43 + b"\n--- " + b"A" * 43 + b"\n"
    began = time.process_time()
    with pytest.raises(SealError):
        open_sealed(costly + bytes(32), OFFICE.secret)
    assert time.process_time() - began < 1


def test_something_is_sealed_to_somebody() -> None:
    with pytest.raises(NoRecipientError):
        seal(TEXT, [])


@pytest.mark.parametrize(
    "bad", ["", "age1", "age1" + "q" * 58, OFFICE.secret, "ssh-ed25519 AAAA", "age1王𬭚", "age1\ud800"]
)
def test_a_bad_recipient_is_named_by_its_place(bad: str) -> None:
    with pytest.raises(BadRecipientError) as refused:
        seal(TEXT, [OFFICE.recipient, bad])
    assert refused.value.data == {"position": 2}


@pytest.mark.parametrize("bad", ["", "AGE-SECRET-KEY-1", OFFICE.recipient, "AGE-SECRET-KEY-1１２３", "\ud800"])
def test_a_bad_secret_is_refused_and_not_repeated(bad: str) -> None:
    with pytest.raises(BadIdentityError) as refused:
        open_sealed(SEALED, bad)
    assert refused.value.data == {}
    with pytest.raises(BadIdentityError):
        identity_of(bad)


def test_a_secret_gives_its_pair_back_and_is_not_shown() -> None:
    assert identity_of(OFFICE.secret) == OFFICE
    assert OFFICE.secret not in repr(OFFICE)
