"""Who may sign a container, when, and what a container must say of itself before that is even asked."""

import pytest

from kiosk.crypto.certify import Certified, issue_leaf
from kiosk.crypto.path import ChainDepthError, DeniedError, ExpiredError, UnknownRootError
from kiosk.crypto.roles import WrongRoleError
from kiosk.crypto.sign import BadSignatureError, Role
from kiosk.errors import TrustError
from kiosk.formats.container import (
    SUITE,
    ContainerError,
    DamagedContainerError,
    Info,
    Limits,
    NotAContainerError,
    OtherFormatError,
    TooLargeError,
    UnknownSuiteError,
    UnknownVersionError,
)
from tests.crypto.world import DAY, NOW, forge, make_world, sub_authority, world
from tests.support.containers import opened, put_together, signed_again, sound, taken_apart, written


def info_changed(old: bytes, new: bytes) -> bytes:
    members = taken_apart(sound())
    members["bag-info.txt"] = members["bag-info.txt"].replace(old, new)
    return signed_again(members, world().workstation)


@pytest.mark.parametrize(
    ("old", "new", "leaf"),
    [
        (b"kiosk-test", b"kiosk-else", OtherFormatError),
        (b"Version: 1", b"Version: 2", UnknownVersionError),
        (b"Version: 1", b"Version: 18446744073709551616", UnknownVersionError),
        (b"Version: 1", b"Version: 01", UnknownVersionError),
        (b"Suite: 1", b"Suite: 2", UnknownSuiteError),
        (b"Version: 1", b"Version: -1", DamagedContainerError),
        (b"Version: 1", "Version: １".encode(), DamagedContainerError),
        (b"Version: 1\n", b"Version: 1\nMore: 1\n", DamagedContainerError),
        (b"Version: 1\n", b"Version: 1", DamagedContainerError),
        (b"\n", b"\r\n", DamagedContainerError),
        (b"Judge-At: 1", b"Judge-At: 01", DamagedContainerError),
        (b"Judge-At: 1", b"Judge-At: -1", DamagedContainerError),
        (b"2026-11", b"\xff\xfe", DamagedContainerError),
        (b"2026-11", b"\x00", DamagedContainerError),
    ],
)
def test_what_a_container_says_of_itself(old: bytes, new: bytes, leaf: type[ContainerError]) -> None:
    with pytest.raises(leaf) as refused:
        opened(info_changed(old, new))
    assert type(refused.value) is leaf
    assert opened(info_changed(b"2026", b"2027")).info.identifier.startswith("2027")
    assert SUITE == 1


def test_a_newer_layout_is_told_apart_before_its_signature_is_judged() -> None:
    members = taken_apart(sound())
    members["bag-info.txt"] = members["bag-info.txt"].replace(b"Suite: 1", b"Suite: 2")
    with pytest.raises(UnknownSuiteError):
        opened(put_together({**members, "tagmanifest-sha256.sig": "国密签名".encode()}))


def test_an_identifier_must_fit_its_line() -> None:
    for odd in ("a\nb", "", "x" * 201):
        with pytest.raises(DamagedContainerError):
            written(info=Info(format="kiosk-test", version=1, identifier=odd, judge_at=NOW))


def test_limits_are_kept_before_anything_is_read() -> None:
    data = sound()
    for limits, what in (
        (Limits(total=100), "file"),
        (Limits(entries=7), "entries"),
        (Limits(member=300), "member"),
        (Limits(tag=1_000), "signer.pem"),
    ):
        with pytest.raises(TooLargeError) as refused:
            opened(data, limits=limits)
        assert refused.value.data["what"] == what
    with pytest.raises(NotAContainerError):
        opened("一份普通文件".encode())


def test_signed_again_by_a_key_of_ones_own_is_refused() -> None:
    thief = make_world("根 root 𬭚")
    members = {**taken_apart(sound()), "signer.pem": thief.workstation.chain_pem}
    with pytest.raises(UnknownRootError):
        opened(signed_again(members, thief.workstation))
    assert opened(signed_again(members, thief.workstation), root_pem=thief.root.chain_pem)


def test_another_chain_under_the_same_signature_is_refused() -> None:
    other = issue_leaf(world().centre, Role.WORKSTATION, "017/pc-04", at=NOW)
    with pytest.raises(BadSignatureError):
        opened(put_together({**taken_apart(sound()), "signer.pem": other.chain_pem}))


def test_a_workstation_cannot_sign_what_a_round_signer_must() -> None:
    with pytest.raises(WrongRoleError):
        opened(sound(), role=Role.ROUND_SIGNER)
    with pytest.raises(WrongRoleError):
        opened(written(signer=world().office), role=Role.ROUND_SIGNER)
    assert opened(written(signer=world().round_signer), role=Role.ROUND_SIGNER)


def test_a_chain_of_another_depth_is_refused() -> None:
    sub = forge(world().authority, sub_authority(1))
    leaf = issue_leaf(world().centre, Role.WORKSTATION, "017/pc-05", at=NOW)
    deeper = Certified(key=leaf.key, chain_pem=leaf.chain_pem + sub.chain_pem)
    with pytest.raises(TrustError):
        opened(written(signer=deeper))
    flat = issue_leaf(world().authority, Role.ROUND_SIGNER, "round-desk-2", at=NOW)
    twice = Certified(key=flat.key, chain_pem=flat.chain_pem + world().authority.chain_pem)
    with pytest.raises(ChainDepthError):
        opened(written(signer=twice), role=Role.ROUND_SIGNER)
    assert opened(written(signer=flat), role=Role.ROUND_SIGNER)


def test_the_instant_decides() -> None:
    for at in (NOW - 10 * DAY, NOW + 500 * DAY):
        with pytest.raises(ExpiredError):
            opened(sound(), at=at)
    assert opened(sound(), at=None)
    late = Info(format="kiosk-test", version=1, identifier="late", judge_at=NOW + 500 * DAY)
    with pytest.raises(ExpiredError):
        opened(written(info=late), at=None)
    assert opened(written(info=late), at=NOW)


def test_a_withdrawn_certificate_is_refused() -> None:
    fingerprint = opened(sound()).signer.fingerprint
    with pytest.raises(DeniedError):
        opened(sound(), denied=frozenset({fingerprint}))
    assert opened(sound(), denied=frozenset({"00" * 32}))
