"""A roster as a file: every name comes back as it was written, and none can be read without the key."""

from dataclasses import replace
from pathlib import Path

import pytest

from kiosk.exam.round import Roster
from kiosk.exam.vocabulary import AdmissionNumber, Millis, SeatId
from kiosk.storage.database import DatabaseWriteError, OldSchemaError, UnreadableDatabaseError
from kiosk.storage.roster_store import read_roster, write_roster
from tests.exam.values import ENTRY

KEY = b"r" * 32
NAMES = [
    "王𬭚",
    "欧阳𪚥𪚥",
    "买买提·吐尔逊",
    "Ｏ’Neil =cmd|' /C'!A0",
    "'; DROP TABLE entry; --",
    "李\u200b四",
    "é" * 60,
]
ROSTER = Roster(
    entries=tuple(
        replace(
            ENTRY,
            number=AdmissionNumber(f"２０２６{number:04d}"),
            name=name,
            seat=SeatId(f"{number:02d}"),
            extra=Millis(number * 60_000),
            photo=bytes([number]) * 5_000,
        )
        for number, name in enumerate(NAMES)
    )
)


def test_every_entry_comes_back_in_order(tmp_path: Path) -> None:
    path = tmp_path / "名册 roster.db"
    write_roster(path, KEY, ROSTER)
    assert read_roster(path, KEY) == ROSTER
    assert list(tmp_path.iterdir()) == [path]


def test_an_empty_roster_is_one_too(tmp_path: Path) -> None:
    write_roster(tmp_path / "r.db", KEY, Roster(entries=()))
    assert read_roster(tmp_path / "r.db", KEY) == Roster(entries=())


def test_no_name_number_or_photo_stands_in_the_file(tmp_path: Path) -> None:
    path = tmp_path / "r.db"
    write_roster(path, KEY, ROSTER)
    data = path.read_bytes()
    for entry in ROSTER.entries:
        for part in (entry.name.encode(), entry.number.encode(), entry.id_tail.encode() * 2, entry.photo[:32]):
            assert part not in data
    assert "王𬭚".encode() not in data


def test_what_is_no_roster_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "r.db"
    write_roster(path, KEY, ROSTER)
    with pytest.raises(UnreadableDatabaseError):
        read_roster(path, b"x" * 32)
    with pytest.raises(UnreadableDatabaseError):
        read_roster(tmp_path / "missing.db", KEY)
    with pytest.raises(DatabaseWriteError):
        write_roster(path, KEY, ROSTER)
    assert read_roster(path, KEY) == ROSTER
    path.write_bytes(b"")
    with pytest.raises(OldSchemaError):
        read_roster(path, KEY)


def test_a_damaged_page_refuses_the_roster(tmp_path: Path) -> None:
    path = tmp_path / "r.db"
    write_roster(path, KEY, ROSTER)
    data = bytearray(path.read_bytes())
    data[-2_000] ^= 1
    path.write_bytes(data)
    with pytest.raises(UnreadableDatabaseError):
        read_roster(path, KEY)
