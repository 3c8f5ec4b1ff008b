"""One byte is changed in anything a sitting leaves behind: what was changed is never accepted as whole.

KIOSK_FLIPS sets how many bytes of each kind are tried.
"""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from kiosk.errors import JournalError, KioskError
from kiosk.formats.bundle_file import open_envelope, open_evidence
from kiosk.formats.source import BytesSource
from kiosk.office.evidence import compare
from kiosk.office.examine import open_desk, verify_bundle
from kiosk.office.kept_rounds import load_rounds
from kiosk.office.report import EvidenceState
from kiosk.storage.journal_store import read_records, salvage
from tests.support.tries import Chance, chance, tell
from tests.support.worlds import SeatAtWork, open_seat

FLIPS = int(os.environ.get("KIOSK_FLIPS", "60"))


@pytest.fixture
def seat(tmp_path: Path) -> Iterator[SeatAtWork]:
    with open_seat(tmp_path) as made:
        made.sit()
        made.film(3)
        made.respond(0, 40)
        yield made


def flipped(data: bytes, luck: Chance) -> bytes:
    bad = bytearray(data)
    bad[luck.randrange(len(bad))] ^= 1 << luck.randrange(8)
    return bytes(bad)


def tried(data: bytes, accepted: Callable[[bytes], bool], what: str) -> None:
    luck = chance(what)
    assert accepted(data), "the unharmed one is accepted"
    wrong = sum(accepted(flipped(data, luck)) for _ in range(FLIPS))
    tell(f"{what}: {FLIPS} bytes flipped, {wrong} accepted")
    assert wrong == 0


def test_a_result_bundle(seat: SeatAtWork) -> None:
    office = seat.world.office
    desk = open_desk(office, load_rounds(office))
    data = seat.hand_in().read_bytes()

    def accepted(offered: bytes) -> bool:
        try:
            verify_bundle(BytesSource(offered), desk)
        except KioskError:
            return False
        return True

    def signed(offered: bytes) -> bool:
        try:
            open_envelope(BytesSource(offered), root_pem=office.root_pem)
        except KioskError:
            return False
        return True

    tried(data, accepted, "result bundle, with the office's key")
    tried(data, signed, "result bundle, with the root alone")


def test_an_evidence_bundle_and_its_segments(seat: SeatAtWork) -> None:
    office = seat.world.office
    desk = open_desk(office, load_rounds(office))
    result = verify_bundle(BytesSource(seat.hand_in().read_bytes()), desk).opened
    seat.until(lambda: seat.station.view().evidence_ready)
    (path,) = seat.home.outbox.glob("*.kevidence")

    def complete(offered: bytes) -> bool:
        try:
            evidence = open_evidence(BytesSource(offered), result.header, root_pem=office.root_pem)
            found = compare(evidence, result, office.identity.secret)
        except KioskError:
            return False
        return found.state is EvidenceState.COMPLETE

    tried(path.read_bytes(), complete, "evidence bundle")


def test_segments_at_the_seat_before_they_are_bundled(seat: SeatAtWork, tmp_path: Path) -> None:
    office, luck = seat.world.office, chance("segments")
    desk = open_desk(office, load_rounds(office))
    segments = sorted((seat.home.folder / "sittings").rglob("segment-*.age"))
    result = verify_bundle(BytesSource(seat.hand_in().read_bytes()), desk).opened
    sealer = seat.station._outbox._sealer  # type: ignore[union-attr]
    wrong, rounds = 0, max(3, FLIPS // 10)
    for _ in range(rounds):
        folder = tmp_path / "pictures"
        folder.mkdir()
        for path in segments:
            (folder / path.name).write_bytes(flipped(path.read_bytes(), luck))
        made = sealer.seal_evidence(result.header, folder)
        evidence = open_evidence(BytesSource(made.read_bytes()), result.header, root_pem=office.root_pem)
        wrong += len(evidence.names)
        assert set(evidence.damaged) == {path.name for path in segments}
        shutil.rmtree(folder)
    tell(f"segments: {rounds * len(segments)} bytes flipped, {wrong} accepted")
    assert wrong == 0


@pytest.mark.parametrize("name", ["journal.db", "journal.db-wal", "journal.head"])
def test_a_journal_at_the_seat(seat: SeatAtWork, tmp_path: Path, name: str) -> None:
    """What opens is what was written, record by record; what differs is refused, and only a beginning is salvaged."""
    station = seat.station
    sitting = station.sitting.opened.sitting
    key = station.desk.keys.sitting_key(station._room.payload, sitting)
    folder = seat.home.sitting(sitting)
    at_rest = name == "journal.db"
    if at_rest:
        station.close()
    written = read_back(copied(folder, tmp_path / "whole"), sitting, key)
    assert written
    luck, refused, unharmed = chance(name), 0, 0
    for _ in range(FLIPS):
        copy = copied(folder, tmp_path / "copy")
        (copy / name).write_bytes(flipped((copy / name).read_bytes(), luck))
        left = salvage(copy, sitting, key)
        assert left == written[: len(left)]
        try:
            assert read_records(copy, sitting, key) == written
            unharmed += 1
        except JournalError:
            refused += 1
        shutil.rmtree(copy)
    tell(f"{name}: {FLIPS} bytes flipped, {refused} refused, {unharmed} in places nothing is read from, 0 accepted")
    assert refused or name == "journal.head", "one of its two places is enough"


def copied(folder: Path, to: Path) -> Path:
    shutil.copytree(folder, to, ignore=shutil.ignore_patterns("pictures"))
    return to


def read_back(folder: Path, sitting: str, key: bytes) -> tuple[object, ...]:
    return read_records(folder, sitting, key)
