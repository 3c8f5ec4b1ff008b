"""A round package is taken only where, when and as it was meant, and each refusal has its own name."""

import io
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.crypto.certify import issue_leaf
from kiosk.crypto.path import DeniedError, ExpiredError, UnknownRootError
from kiosk.crypto.roles import WrongRoleError
from kiosk.crypto.sign import BadSignatureError, Role
from kiosk.errors import KioskError, PackageError, TrustError
from kiosk.exam.vocabulary import CentreId, RoomId, SeatId
from kiosk.formats.package_file import (
    LIMITS,
    NotAPackageError,
    OlderPackageError,
    OlderProgramError,
    OtherCentreError,
    OtherRoomError,
    PackageDamagedError,
    PackageExpiredError,
    PackageSuiteError,
    PackageTooLargeError,
    PackageVersionError,
    open_package,
    write_package,
)
from tests.crypto.world import DAY, make_world, world
from tests.crypto.world import NOW as ISSUED
from tests.support import builders as b
from tests.support.bundles import NOW, files, package, result, round_
from tests.support.containers import put_together, taken_apart
from tests.support.packages import SOUND, members, opened, signed


def test_a_package_comes_back_as_it_was_made() -> None:
    found = opened(SOUND)
    assert found.round == round_()
    assert [slot.header.cards for slot in found.slots] == [("A1",), ("R1",)]
    assert (found.signer.role, found.signer.id) == (Role.ROUND_SIGNER, "round-desk-1")
    assert {name: found.read(name) for name in files()} == files()
    assert b"".join(found.chunks(b.BANK_FILE)) == files()[b.BANK_FILE]
    out = io.BytesIO()
    by = world().round_signer
    assert write_package(out, found.round, found.slots, files(), key=by.key, chain_pem=by.chain_pem) == found.digest
    assert opened(signed(members())).round == round_()


def test_whoever_is_in_no_room_may_look_at_every_room() -> None:
    assert opened(SOUND, room=None, centre=None).round.room == b.ROOM


# Where, when, by what program


@pytest.mark.parametrize(
    ("changes", "leaf", "data"),
    [
        ({"room": RoomId("考场４")}, OtherRoomError, {"expected": "考场４", "found": "考场3"}),
        ({"centre": CentreId("018")}, OtherCentreError, {"expected": "018", "found": "017"}),
        ({"program": "0.0.9"}, OlderProgramError, {"expected": "0.1", "found": "0.0.9"}),
        ({"program": "dev"}, OlderProgramError, {"expected": "0.1", "found": "dev"}),
        ({"newest": 4}, OlderPackageError, {"newest": 4, "found": 3}),
        ({"newest": 2**64}, OlderPackageError, {"newest": 2**64, "found": 3}),
    ],
)
def test_not_meant_for_here(changes: dict[str, Any], leaf: type[PackageError], data: dict[str, Any]) -> None:
    with pytest.raises(leaf) as refused:
        opened(SOUND, **changes)
    assert refused.value.data == data
    assert opened(SOUND)


def test_versions_are_compared_as_numbers() -> None:
    by = round_()
    for needed, have, fits in (
        ("0.9", "0.10.0", True),
        ("0.10", "0.9.9", False),
        ("1", "1.0.0", True),
        ("1.0.0.0", "1", True),
        ("1.2", "1.2.1.dev4", True),
    ):
        data = package(of=replace(by, minimum_program=needed))
        if fits:
            assert opened(data, program=have)
        else:
            with pytest.raises(OlderProgramError):
                opened(data, program=have)


def test_the_same_package_again_is_no_older_one() -> None:
    assert opened(SOUND, newest=3)


def test_outside_the_dates_of_the_round() -> None:
    last, first = round_().not_after // 1000, round_().not_before // 1000
    for at in (last + 1, first - 1):
        with pytest.raises((PackageExpiredError, TrustError)) as refused:
            opened(SOUND, at=at)
    assert opened(SOUND, at=last)
    with pytest.raises(PackageExpiredError) as late:
        opened(SOUND, at=last + 1)
    assert late.value.data == {"not_before": first, "not_after": last, "at": last + 1}
    assert refused.value.code in {"package/expired", "trust/expired"}
    soon = package(of=replace(round_(), not_before=b.START - 1000))
    with pytest.raises(PackageExpiredError):
        opened(soon, at=NOW - 2)
    assert opened(soon, at=NOW - 1)


@pytest.mark.parametrize("at", [0, 1_000_000_000, NOW + 900 * DAY, 4_000_000_000])
def test_on_a_clock_that_stands_elsewhere(at: int) -> None:
    with pytest.raises(ExpiredError):
        opened(SOUND, at=at)


# Who signed


def test_signed_by_a_workstation() -> None:
    with pytest.raises(WrongRoleError):
        opened(package(world().workstation))


def test_signed_by_the_results_office() -> None:
    with pytest.raises(WrongRoleError):
        opened(package(world().office))


def test_signed_in_another_world() -> None:
    with pytest.raises(UnknownRootError):
        opened(package(make_world().round_signer))


def test_signed_by_one_whose_certificate_was_withdrawn() -> None:
    with pytest.raises(DeniedError):
        opened(SOUND, denied=frozenset({opened(SOUND).signer.fingerprint}))


def test_the_signature_of_another_package() -> None:
    other = taken_apart(package(of=replace(round_(), package=4)))
    mixed = {**taken_apart(SOUND), "tagmanifest-sha256.sig": other["tagmanifest-sha256.sig"]}
    with pytest.raises(BadSignatureError):
        opened(put_together(mixed))


def test_the_roster_of_another_room_under_this_signature() -> None:
    mixed = {**taken_apart(SOUND), "data/roster.db": b"another room"}
    with pytest.raises(PackageDamagedError) as refused:
        opened(put_together(mixed))
    assert refused.value.data == {"step": 12, "what": "roster.db"}


# What it is


def test_something_else() -> None:
    for data in (b"", "名单".encode(), b"PK"):
        with pytest.raises(NotAPackageError):
            opened(data)
    with pytest.raises(NotAPackageError) as refused:
        opened(result())
    assert refused.value.data["found"] == "kiosk-result"


def test_a_newer_layout() -> None:
    with pytest.raises(PackageVersionError):
        opened(signed(members(), version=2))
    changed = taken_apart(SOUND)
    changed["bag-info.txt"] = changed["bag-info.txt"].replace(b"Suite: 1", b"Suite: 2")
    with pytest.raises(PackageSuiteError):
        opened(put_together(changed))


def test_truncated_at_every_sixty_fourth() -> None:
    for part in range(1, 64):
        with pytest.raises(PackageDamagedError):
            opened(SOUND[: len(SOUND) * part // 64])


@given(st.integers(0, len(SOUND) - 1), st.integers(0, 7))
def test_one_flipped_bit(place: int, bit: int) -> None:
    changed = bytearray(SOUND)
    changed[place] ^= 1 << bit
    with pytest.raises((PackageError, TrustError)):
        opened(bytes(changed))


@given(st.binary(max_size=200))
def test_garbage(data: bytes) -> None:
    with pytest.raises(PackageError):
        opened(data)


def test_a_file_that_changes_after_the_check() -> None:
    class Melting:
        """A source that loses its end."""

        size = len(SOUND)
        left = len(SOUND)

        def read_at(self, offset: int, length: int) -> bytes:
            return SOUND[: self.left][offset : offset + length]

    source = Melting()
    said: dict[str, Any] = {"at": NOW, "program": "0.1.0", "newest": 0}
    found = open_package(source, root_pem=world().root.chain_pem, room=None, centre=None, **said)
    source.left = 300
    with pytest.raises(PackageDamagedError):
        found.read("roster.db")


def test_limits_of_the_file_itself() -> None:
    class Huge:
        """A file larger than a package may be; nothing of it is read."""

        size = LIMITS.total + 1

        def read_at(self, offset: int, length: int) -> bytes:
            raise AssertionError((offset, length))

    said: dict[str, Any] = {"at": NOW, "program": "0.1.0", "newest": 0}
    with pytest.raises(PackageTooLargeError):
        open_package(Huge(), root_pem=world().root.chain_pem, room=None, centre=None, **said)


# What a writer refuses


def test_a_writer_makes_nothing_a_reader_would_refuse() -> None:
    by = world().round_signer
    for changed, given_files in (
        (replace(round_(), seats=(SeatId("07"), SeatId("07"))), files()),
        (replace(round_(), package=0), files()),
        (round_(), {"roster.db": b""}),
        (replace(round_(), banks=(replace(round_().banks[0], file="Bank.db"),)), {"roster.db": b"", "Bank.db": b""}),
    ):
        with pytest.raises(KioskError):
            write_package(io.BytesIO(), changed, (), given_files, key=by.key, chain_pem=by.chain_pem)


def test_a_signer_whose_certificate_ends_before_the_round() -> None:
    short = issue_leaf(world().authority, Role.ROUND_SIGNER, "desk-short", at=ISSUED, days=1)
    data = package(short, replace(round_(), not_after=b.START + 10 * 86_400_000))
    assert opened(data, at=NOW)
    with pytest.raises(ExpiredError):
        opened(data, at=NOW + 3 * DAY)
