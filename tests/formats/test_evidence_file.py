"""A segment that is damaged or missing is named; it never takes the others, or the result, with it."""

import io
from typing import Any

import pytest

from kiosk.crypto.certify import issue_leaf
from kiosk.crypto.path import UnknownRootError
from kiosk.crypto.sign import Role
from kiosk.errors import BundleError, StorageError, TrustError
from kiosk.exam.vocabulary import SittingId
from kiosk.formats.bundle_file import (
    BundleDamagedError,
    BundleHeader,
    ContradictionError,
    Evidence,
    NotABundleError,
    OtherSittingError,
    OtherWorkstationError,
    open_evidence,
    write_evidence,
)
from kiosk.formats.evidence_file import LIMITS
from kiosk.formats.source import BytesSource
from tests.crypto.world import NOW, make_world, world
from tests.support.bundles import PICTURES, evidence, made, result
from tests.support.containers import put_together, taken_apart

HEADER = made().header
FIRST, SECOND = (entry.name for entry in HEADER.segments)


def opened(data: bytes, result_header: BundleHeader | None = HEADER, **changes: Any) -> Evidence:
    return open_evidence(BytesSource(data), result_header, **{"root_pem": world().root.chain_pem, **changes})


def test_evidence_comes_back_still_sealed() -> None:
    found = opened(evidence())
    assert (found.names, found.damaged, found.missing) == ((FIRST, SECOND), (), ())
    assert [found.read(name) for name in found.names] == list(PICTURES)
    assert (found.header, found.signer.id) == (HEADER, HEADER.workstation)
    assert opened(evidence(), None).digest == found.digest


def test_a_segment_damaged_on_its_way() -> None:
    members = taken_apart(evidence())
    name = f"data/{FIRST}"
    data = evidence()
    changed = data.replace(PICTURES[0], PICTURES[0][:-1] + b"?")
    for damaged in (changed, put_together({**members, name: b"short"})):
        found = opened(damaged)
        assert (found.names, found.damaged, found.missing) == ((SECOND,), (FIRST,), ())
        assert found.read(SECOND) == PICTURES[1]
        with pytest.raises(BundleDamagedError):
            found.read(FIRST)


def test_a_segment_damaged_before_it_was_signed() -> None:
    found = opened(evidence([(FIRST, b"another"), (SECOND, PICTURES[1])]))
    assert (found.names, found.damaged) == ((SECOND,), (FIRST,))
    with pytest.raises(BundleDamagedError):
        found.read(FIRST)


def test_segments_exchanged() -> None:
    found = opened(evidence([(FIRST, PICTURES[1]), (SECOND, PICTURES[0])]))
    assert (found.names, found.damaged) == ((), (FIRST, SECOND))


def test_missing_segments_are_named() -> None:
    found = opened(evidence([(SECOND, PICTURES[1])]))
    assert (found.names, found.missing) == ((SECOND,), (FIRST,))
    with pytest.raises(BundleDamagedError):
        found.read(FIRST)
    assert opened(evidence([])).missing == (FIRST, SECOND)


def test_segments_in_another_order_are_taken_as_they_come() -> None:
    found = opened(evidence([(SECOND, PICTURES[1]), (FIRST, PICTURES[0])]))
    assert found.read(FIRST) == PICTURES[0]


def test_a_segment_nobody_kept_is_refused() -> None:
    with pytest.raises(ContradictionError):
        opened(evidence([(FIRST, PICTURES[0]), ("segment-000009.age", b"x")]))


def test_a_damaged_header_is_damage_to_the_whole() -> None:
    members = taken_apart(evidence())
    changed = members["data/header.json"].replace(b'"07"', b'"08"')
    with pytest.raises(BundleDamagedError):
        opened(put_together({**members, "data/header.json": changed}))


def test_evidence_of_another_sitting_or_kind() -> None:
    with pytest.raises(OtherSittingError) as refused:
        opened(evidence(bundle=SittingId("另一场")))
    assert refused.value.data == {"expected": HEADER.bundle, "found": "另一场"}
    with pytest.raises(OtherSittingError):
        opened(evidence(head="00" * 32))
    with pytest.raises(NotABundleError):
        opened(result())


def test_evidence_signed_by_somebody_else() -> None:
    other = issue_leaf(world().centre, Role.WORKSTATION, "017/pc-04", at=NOW)
    with pytest.raises(OtherWorkstationError):
        opened(evidence(signer=other))
    with pytest.raises(UnknownRootError):
        opened(evidence(signer=make_world().workstation))


def test_a_truncated_file_is_refused_by_name() -> None:
    data = evidence()
    for part in range(1, 64):
        with pytest.raises((BundleError, TrustError)):
            opened(data[: len(data) * part // 64])


class BadSector:
    """A file whose end cannot be read."""

    size = 5_000

    def read_at(self, offset: int, length: int) -> bytes:
        raise StorageError(file="segment", detail=f"input/output error at {offset}, {length} bytes")


class Shrunk:
    """A file that has become shorter than it said."""

    size = 5_000

    def read_at(self, offset: int, length: int) -> bytes:
        return b"x"[offset:length]


class Huge:
    """A file that is larger than a segment can be."""

    size = LIMITS.member + 1

    def read_at(self, offset: int, length: int) -> bytes:
        raise AssertionError((offset, length))


@pytest.mark.parametrize("bad", [BadSector(), Shrunk(), Huge()])
def test_a_segment_the_disk_does_not_give_back_costs_itself_alone(bad: BadSector | Shrunk | Huge) -> None:
    out, by = io.BytesIO(), world().workstation
    segments = [(FIRST, bad), (SECOND, BytesSource(PICTURES[1]))]
    write_evidence(out, HEADER, segments, key=by.key, chain_pem=by.chain_pem)
    found = opened(out.getvalue())
    assert (found.names, found.missing) == ((SECOND,), (FIRST,))


def test_a_segment_given_twice_is_a_mistake_of_the_writer() -> None:
    with pytest.raises(BundleDamagedError):
        evidence([(FIRST, PICTURES[0]), (FIRST, PICTURES[0])])
