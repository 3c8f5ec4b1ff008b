"""The registry keeps what it was given, says when it cannot, and is never changed by another program version."""

import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest

from kiosk.exam.vocabulary import AdmissionNumber, Points, RoomId, RoundId, SeatId, SessionId, SittingId
from kiosk.office.examine import Alarm
from kiosk.office.registry import BundleRow, EvidenceRow, Registry, RegistryError
from kiosk.office.report import EvidenceState, RosterState

BUNDLE = BundleRow(
    digest="ab" * 32,
    sitting=SittingId("s-1"),
    round=RoundId("2026-11"),
    room=RoomId("考场３ 𬭚"),
    package=1,
    session=SessionId("s1"),
    number=AdmissionNumber("'; DROP TABLE bundle; --"),
    seat=SeatId("01"),
    state=RosterState.COLLECTED,
    by_clock=True,
    points=Points(625),
    most=Points(1_000),
    records=30,
    head="cd" * 32,
    segments=2,
    alarms=(Alarm.OTHER_SEAT, Alarm.SEGMENTS_LACKING),
    header=b"{}",
)
EVIDENCE = EvidenceRow(
    digest="ef" * 32,
    sitting=SittingId("s-1"),
    header=b"{}",
    state=EvidenceState.DAMAGED,
    detail=("segment-000001.age",),
    alarms=(),
    examined=False,
)


def test_rows_read_back_after_closing(tmp_path: Path) -> None:
    registry = Registry(tmp_path / "registry.db")
    unscored = replace(BUNDLE, digest="00" * 32, points=None, most=None, alarms=())
    registry.add_bundle(BUNDLE)
    registry.add_bundle(unscored)
    registry.put_evidence(EVIDENCE)
    registry.close()
    again = Registry(tmp_path / "registry.db")
    try:
        assert again.bundles() == (unscored, BUNDLE)
        assert again.evidence() == (EVIDENCE,)
        assert again.has_bundle(BUNDLE.digest) == again.has_evidence(EVIDENCE.digest) == "s-1"
        assert again.has_bundle(EVIDENCE.digest) is None
    finally:
        again.close()


def test_a_bundle_is_registered_once_and_evidence_may_be_looked_at_again(tmp_path: Path) -> None:
    registry = Registry(tmp_path / "registry.db")
    try:
        registry.add_bundle(BUNDLE)
        with pytest.raises(RegistryError):
            registry.add_bundle(BUNDLE)
        better = replace(EVIDENCE, state=EvidenceState.COMPLETE, detail=(), examined=True)
        registry.put_evidence(EVIDENCE)
        registry.put_evidence(better)
        assert registry.evidence() == (better,)
    finally:
        registry.close()


def test_another_layout_or_another_file_is_refused_and_left_alone(tmp_path: Path) -> None:
    newer = tmp_path / "newer.db"
    connection = sqlite3.connect(newer)
    connection.execute("PRAGMA user_version = 9")
    connection.close()
    junk = tmp_path / "junk.db"
    junk.write_bytes("不是数据库 𬭚".encode() * 100)
    for path in (newer, junk, tmp_path / "no folder" / "registry.db"):
        before = path.read_bytes() if path.exists() else None
        with pytest.raises(RegistryError):
            Registry(path)
        assert (path.read_bytes() if path.exists() else None) == before
