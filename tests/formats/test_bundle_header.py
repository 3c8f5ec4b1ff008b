"""What both bundles say in clear is believed only of the workstation that signed it."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.crypto.certify import issue_leaf
from kiosk.crypto.path import DeniedError, ExpiredError, UnknownRootError
from kiosk.crypto.roles import WrongRoleError
from kiosk.crypto.sign import BadSignatureError, Role
from kiosk.errors import BundleError, TrustError
from kiosk.exam.vocabulary import RoomId, SeatId, WorkstationId
from kiosk.formats.bundle_file import (
    LIMITS,
    BundleDamagedError,
    BundleSuiteError,
    BundleTooLargeError,
    BundleVersionError,
    ContradictionError,
    MalformedBundleError,
    NotABundleError,
    OtherWorkstationError,
    RehearsalMismatchError,
    open_envelope,
    open_result,
)
from kiosk.formats.bundle_header import MOST_HEADER
from tests.crypto.world import DAY, make_world, world
from tests.support.bundles import (
    NOW,
    evidence,
    made,
    office,
    package,
    result,
)
from tests.support.containers import put_together, taken_apart
from tests.support.envelopes import enveloped, header_text, in_a_bundle, sound


def test_signed_again_by_a_self_made_key() -> None:
    thief = make_world("根 root 𬭚").workstation
    with pytest.raises(UnknownRootError):
        enveloped(result(thief))


def test_signed_by_another_enrolled_workstation() -> None:
    other = issue_leaf(world().centre, Role.WORKSTATION, "017/pc-04", at=NOW)
    with pytest.raises(OtherWorkstationError) as refused:
        enveloped(result(other))
    assert refused.value.data == {"expected": "017/pc-03", "found": "017/pc-04"}
    lying = enveloped(result(other, workstation=WorkstationId("017/pc-04")))
    with pytest.raises(BadSignatureError):
        open_result(lying, office().secret, root_pem=world().root.chain_pem)


@pytest.mark.parametrize("role", ["round_signer", "office"])
def test_signed_by_a_key_of_another_role(role: str) -> None:
    with pytest.raises(WrongRoleError):
        enveloped(result(getattr(world(), role)))


def test_the_instant_is_the_end_of_the_sitting_unless_told_otherwise() -> None:
    assert enveloped(sound()).judged_at == made().header.ended // 1000
    assert enveloped(sound(), at=NOW + 5).judged_at == NOW + 5
    with pytest.raises(ExpiredError):
        enveloped(sound(), at=NOW + 500 * DAY)
    with pytest.raises(ExpiredError):
        enveloped(result(ended=5))
    with pytest.raises(ExpiredError):
        enveloped(result(ended=-5))
    assert enveloped(result(ended=-5), at=NOW).header.ended == -5


def test_a_withdrawn_workstation() -> None:
    with pytest.raises(DeniedError):
        enveloped(sound(), denied=frozenset({enveloped(sound()).signer.fingerprint}))


def test_a_rehearsal_is_no_examination_and_an_examination_no_rehearsal() -> None:
    with pytest.raises(RehearsalMismatchError):
        enveloped(result(rehearsal=True))
    demo = make_world(rehearsal=True)
    data = result(demo.workstation)
    with pytest.raises(UnknownRootError):
        enveloped(data)
    with pytest.raises(RehearsalMismatchError):
        enveloped(data, root_pem=demo.root.chain_pem)
    assert enveloped(result(demo.workstation, rehearsal=True), root_pem=demo.root.chain_pem).signer.rehearsal


# The envelope


def test_something_else() -> None:
    for data in (b"", "成绩".encode(), b"PK"):
        with pytest.raises(NotABundleError):
            enveloped(data)
    for data in (package(), evidence()):
        with pytest.raises(NotABundleError):
            enveloped(data)


def test_a_newer_layout() -> None:
    changed = taken_apart(sound())
    info = changed["bag-info.txt"]
    for old, new, leaf in (
        (b"Version: 1", b"Version: 2", BundleVersionError),
        (b"Suite: 1", b"Suite: 9", BundleSuiteError),
    ):
        with pytest.raises(leaf):
            enveloped(put_together({**changed, "bag-info.txt": info.replace(old, new)}))


def test_truncated_at_every_sixty_fourth() -> None:
    for part in range(1, 64):
        with pytest.raises(BundleDamagedError):
            enveloped(sound()[: len(sound()) * part // 64])


@given(st.data())
def test_one_flipped_bit(data: st.DataObject) -> None:
    changed = bytearray(sound())
    changed[data.draw(st.integers(0, len(changed) - 1))] ^= 1 << data.draw(st.integers(0, 7))
    with pytest.raises((BundleError, TrustError)):
        enveloped(bytes(changed))


@given(st.binary(max_size=200))
def test_garbage(data: bytes) -> None:
    with pytest.raises(BundleError):
        enveloped(data)


def test_members_are_a_closed_set() -> None:
    header = header_text()
    assert enveloped(in_a_bundle({"header.json": header, "result.age": b"x"})).sealed == b"x"
    with pytest.raises(BundleDamagedError) as damaged:
        enveloped(in_a_bundle({"result.age": b"x"}))
    assert damaged.value.data["step"] == 13
    for members in ({"header.json": header}, {"header.json": header, "result.age": b"", "more": b""}):
        with pytest.raises(ContradictionError) as refused:
            enveloped(in_a_bundle(members))
        assert refused.value.data == {"what": "members"}


@pytest.mark.parametrize("body", [b"", b"{}", header_text() + b" ", header_text().replace(b'"records"', b'"record"')])
def test_a_header_in_another_form(body: bytes) -> None:
    with pytest.raises(MalformedBundleError):
        enveloped(in_a_bundle({"header.json": body, "result.age": b"x"}))


def test_a_header_is_not_endless() -> None:
    with pytest.raises(BundleTooLargeError):
        enveloped(in_a_bundle({"header.json": b" " * (MOST_HEADER + 1), "result.age": b"x"}))


def test_the_container_says_what_the_header_says() -> None:
    for info in ({"identifier": "another"}, {"judge_at": NOW + 1}):
        with pytest.raises(ContradictionError) as refused:
            enveloped(in_a_bundle({"header.json": header_text(), "result.age": b"x"}, **info))
        assert refused.value.data == {"what": "info"}


SEGMENT = made().header.segments[0]


@pytest.mark.parametrize(
    ("changes", "what"),
    [
        ({"seat": SeatId("../07")}, "name"),
        ({"room": RoomId("")}, "name"),
        ({"head": "AB" * 32}, "digest"),
        ({"session_head": "ab"}, "digest"),
        ({"records": 0}, "count"),
        ({"package": -1}, "count"),
        ({"segments": (replace(SEGMENT, size=0),)}, "count"),
        ({"segments": (replace(SEGMENT, pictures=-1),)}, "count"),
        ({"segments": (replace(SEGMENT, digest="x"),)}, "digest"),
        ({"segments": (replace(SEGMENT, name="header.json"),)}, "segment-name"),
        ({"segments": (replace(SEGMENT, name="../a.age"),)}, "segment-name"),
        ({"segments": (SEGMENT, SEGMENT)}, "segment-twice"),
    ],
)
def test_a_header_that_cannot_be(changes: dict[str, Any], what: str) -> None:
    with pytest.raises(ContradictionError) as refused:
        enveloped(result(**changes))
    assert refused.value.data == {"what": what}


def test_a_bundle_is_not_endless() -> None:
    class Huge:
        """A file larger than a bundle may be; nothing of it is read."""

        size = LIMITS.total + 1

        def read_at(self, offset: int, length: int) -> bytes:
            raise AssertionError((offset, length))

    with pytest.raises(BundleTooLargeError):
        open_envelope(Huge(), root_pem=world().root.chain_pem)
