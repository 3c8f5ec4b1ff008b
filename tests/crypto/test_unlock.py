"""The unlock file on the stick and the resume slot on the seat: bound to card, package and session."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.crypto.card import Card, new_card
from kiosk.crypto.derive import ShareLengthError, UnlockNameError, new_secret, prefixed, wrap
from kiosk.crypto.unlock import (
    MAX_FILE_BYTES,
    DamagedUnlockError,
    OtherUnlockError,
    SuiteError,
    open_resume,
    resume_key,
    unlock_file_open,
    unlock_file_wrap,
    wrap_resume,
)
from kiosk.errors import UnlockError

CARD, OTHER = new_card("A"), new_card("B")
RELEASE, SALT, DEVICE = new_secret(), bytes(16), new_secret()
PACKAGE, SESSION = "2026-11-017-3", "上午 𬭚"
FILE = unlock_file_wrap(RELEASE, room_salt=SALT, card=CARD, package=PACKAGE, session=SESSION)
MARK = b"kiosk unlock 1\n"


def open_file(
    data: bytes, *, card: Card = CARD, salt: bytes = SALT, package: str = PACKAGE, session: str = SESSION
) -> bytes:
    return unlock_file_open(data, room_salt=salt, card=card, package=package, session=session)


def test_the_release_share_comes_back() -> None:
    assert open_file(FILE) == RELEASE
    assert RELEASE not in FILE


def test_two_files_differ() -> None:
    assert unlock_file_wrap(RELEASE, room_salt=SALT, card=CARD, package=PACKAGE, session=SESSION) != FILE


@pytest.mark.parametrize(
    ("change", "part"),
    [({"package": "other"}, "package"), ({"session": "下午"}, "session"), ({"card": OTHER}, "card")],
)
def test_a_file_for_something_else_says_for_what_it_is_not(change: dict[str, str], part: str) -> None:
    with pytest.raises(OtherUnlockError) as refused:
        open_file(FILE, **change)  # type: ignore[arg-type]
    assert refused.value.data == {"kind": "unlock", "part": part}


def test_a_found_stick_opens_nothing_without_its_card() -> None:
    """Negative control: the right names with another share or another room's salt."""
    for card, salt in ((Card(id="A", share=OTHER.share), SALT), (CARD, bytes([1] * 16))):
        with pytest.raises(DamagedUnlockError):
            open_file(FILE, card=card, salt=salt)


def test_every_flipped_byte_is_refused() -> None:
    for place in range(len(FILE)):
        with pytest.raises(UnlockError):
            open_file(FILE[:place] + bytes([FILE[place] ^ 1]) + FILE[place + 1 :])
    for length in range(len(FILE)):
        with pytest.raises(DamagedUnlockError):
            open_file(FILE[:length])
    with pytest.raises(DamagedUnlockError):
        open_file(FILE + b"\0")


@given(st.binary(max_size=200))
def test_garbage_raises_only_our_errors(data: bytes) -> None:
    for bad in (data, MARK + data, FILE[: len(MARK) + 8] + data):
        with pytest.raises(UnlockError):
            open_file(bad)


def test_another_suite_is_refused_by_name() -> None:
    later = FILE.replace(MARK + prefixed((1).to_bytes(4, "big")), MARK + prefixed((2).to_bytes(4, "big")))
    with pytest.raises(SuiteError) as refused:
        open_file(later)
    assert refused.value.data["found"] == 2


def test_a_file_has_a_size() -> None:
    with pytest.raises(DamagedUnlockError):
        open_file(FILE + bytes(MAX_FILE_BYTES))


def test_lengths_and_names_are_checked() -> None:
    with pytest.raises(ShareLengthError):
        unlock_file_wrap(b"", room_salt=SALT, card=CARD, package=PACKAGE, session=SESSION)
    with pytest.raises(ShareLengthError):
        unlock_file_wrap(RELEASE, room_salt=b"", card=CARD, package=PACKAGE, session=SESSION)
    with pytest.raises(ShareLengthError):
        open_file(FILE, salt=b"")
    with pytest.raises(UnlockNameError):
        unlock_file_wrap(RELEASE, room_salt=SALT, card=CARD, package="", session=SESSION)


# The resume slot.

KEY = resume_key(CARD.share, PACKAGE, SESSION)


def open_slot(
    data: bytes, *, device: bytes = DEVICE, key: bytes = KEY, session: str = SESSION, card: str = "A"
) -> bytes:
    return open_resume(data, device_secret=device, resume_key=key, package=PACKAGE, session=session, card=card)


@given(st.binary(max_size=500))
def test_a_seat_resumes_with_its_card(payload: bytes) -> None:
    made = wrap_resume(payload, device_secret=DEVICE, resume_key=KEY, package=PACKAGE, session=SESSION, card="A")
    assert open_slot(made) == payload


def test_neither_the_disk_nor_the_card_alone_resumes() -> None:
    made = wrap_resume(RELEASE, device_secret=DEVICE, resume_key=KEY, package=PACKAGE, session=SESSION, card="A")
    other_card = resume_key(OTHER.share, PACKAGE, SESSION)
    for device, key in ((new_secret(), KEY), (DEVICE, other_card)):
        with pytest.raises(DamagedUnlockError) as refused:
            open_slot(made, device=device, key=key)
        assert refused.value.data == {"kind": "resume"}
    with pytest.raises(OtherUnlockError) as other:
        open_slot(made, card="B")
    assert other.value.data == {"kind": "resume", "part": "card"}
    with pytest.raises(DamagedUnlockError):
        open_slot(FILE)


def test_a_resume_key_is_good_for_one_package_and_session() -> None:
    keys = {KEY, resume_key(CARD.share, PACKAGE, "下午"), resume_key(CARD.share, "other", SESSION)}
    assert len(keys) == 3
    assert all(len(key) == 32 and CARD.share not in key for key in keys)


def test_resume_lengths_are_checked() -> None:
    with pytest.raises(ShareLengthError):
        resume_key(b"", PACKAGE, SESSION)
    with pytest.raises(ShareLengthError):
        wrap_resume(b"", device_secret=b"", resume_key=KEY, package=PACKAGE, session=SESSION, card="A")
    with pytest.raises(ShareLengthError):
        open_slot(FILE, key=b"")


def test_a_file_that_holds_no_release_share_is_refused() -> None:
    """Somebody with card and salt writes a sound file around five bytes."""
    names = (PACKAGE.encode(), SESSION.encode(), b"A")
    header = MARK + prefixed((1).to_bytes(4, "big"), *names)
    salt, sealed = wrap(b"short", (SALT, CARD.share), context=header)
    with pytest.raises(ShareLengthError):
        open_file(header + salt + sealed)
