"""Keys from shares: nothing is ambiguous, nothing asks for more memory than suite 1 fixes."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.crypto.derive import (
    MemoryForUnlockError,
    ShareLengthError,
    SuiteError,
    UnlockNameError,
    UnwrapError,
    hkdf,
    key_check,
    mac,
    name_bytes,
    new_salt,
    new_secret,
    prefixed,
    stretch,
    unwrap,
    wrap,
)

SALT = bytes(range(16))
PARTS = st.lists(st.binary(max_size=8), max_size=4)


@given(PARTS, PARTS)
def test_two_lists_of_parts_never_read_as_one(one: list[bytes], other: list[bytes]) -> None:
    assert (prefixed(*one) == prefixed(*other)) == (one == other)


def test_moving_a_byte_between_shares_gives_another_key() -> None:
    assert hkdf((b"ab", b"c"), salt=SALT, info=b"") != hkdf((b"a", b"bc"), salt=SALT, info=b"")
    assert mac(b"k", b"ab", b"c") != mac(b"k", b"a", b"bc")


def test_a_wrapped_secret_opens_under_its_parts_and_context_only() -> None:
    parts, context = (b"release", b"share"), "第一场 𬭚".encode()
    salt, sealed = wrap(b"room key", parts, context=context)
    assert unwrap(sealed, parts, salt=salt, context=context) == b"room key"
    for wrong_parts, wrong_salt, wrong_context in (
        ((b"release", b"other"), salt, context),
        (parts, new_salt(), context),
        (parts, salt, b"elsewhere"),
    ):
        with pytest.raises(UnwrapError):
            unwrap(sealed, wrong_parts, salt=wrong_salt, context=wrong_context)


def test_no_key_is_used_twice() -> None:
    assert wrap(b"x", (b"s",), context=b"c") != wrap(b"x", (b"s",), context=b"c")


@given(st.binary(max_size=60))
def test_garbage_does_not_open(sealed: bytes) -> None:
    with pytest.raises(UnwrapError):
        unwrap(sealed, (b"s",), salt=SALT, context=b"c")


@pytest.mark.parametrize("suite", [0, 2, -1, 1 << 32, 1 << 70])
def test_another_suite_is_refused_before_any_work(suite: int) -> None:
    began = time.process_time()
    with pytest.raises(SuiteError) as refused:
        stretch(bytes(8), salt=SALT, suite=suite)
    assert time.process_time() - began < 0.05
    assert refused.value.data == {"found": suite, "expected": 1}


def test_lengths_are_those_of_suite_one() -> None:
    for code, salt, part in ((b"", SALT, "release code"), (bytes(7), SALT, "release code"), (bytes(8), b"", "salt")):
        with pytest.raises(ShareLengthError) as refused:
            stretch(code, salt=salt, suite=1)
        assert refused.value.data["part"] == part


@contextmanager
def short_of_memory() -> Iterator[None]:
    """Leave this process 48 MiB of address space beyond what it has."""
    resource = pytest.importorskip("resource", reason="this system cannot limit a process's memory")
    before = resource.getrlimit(resource.RLIMIT_AS)
    used = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0]) * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_AS, (used + (48 << 20), before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_AS, before)


def test_a_machine_without_memory_says_so() -> None:
    if not Path("/proc/self/statm").exists():
        pytest.skip("needs /proc to limit its own memory")
    with short_of_memory(), pytest.raises(MemoryForUnlockError) as refused:
        stretch(bytes(8), salt=SALT, suite=1)
    assert refused.value.data == {"needed": 131_072}


def test_names_are_printable_and_not_endless() -> None:
    assert name_bytes("session", "第一场 𬭚") == "第一场 𬭚".encode()
    for bad in ("", "x" * 201, "a\nb", "\ud800"):
        with pytest.raises(UnlockNameError) as refused:
            name_bytes("session", bad)
        assert refused.value.data == {"part": "session"}


def test_key_checks_tell_keys_apart() -> None:
    one, other = new_secret(), new_secret()
    assert len(one) == 32
    assert len(key_check(one)) == 8
    assert key_check(one) == key_check(one) != key_check(other)
