"""What is found on sticks: packages, unlock files, folders with room; a stick that is gone is no fault."""

import os
from pathlib import Path

import pytest

from kiosk.exam.vocabulary import CardId
from kiosk.station.export_targets import export_targets, first_groups
from kiosk.station.stick_files import UnlockFile, file_for, packages, unlock_files
from kiosk.storage.files import FileReadError
from tests.support import builders as b


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    """An empty stick with a Chinese name."""
    folder = tmp_path / "考务 U 盘 𬭚"
    folder.mkdir()
    return folder


def test_unlock_files_of_this_package_and_session_only(stick: Path) -> None:
    round_ = b.round_(("age1x",))
    session = round_.sessions[0]
    name = f"{round_.package_id}.{session.id}".lower()
    for file in (f"{name}.card-1.kunlock", f"{name}.card-1.kunlock.part", f"x{name}.card-1.kunlock", "other.kunlock"):
        (stick / file).touch()
    (stick / f"{name}.folder.kunlock").mkdir()
    found = unlock_files((stick,), round_, session)
    assert found == (UnlockFile(path=stick / f"{name}.card-1.kunlock", card="card-1"),)
    assert file_for(found, CardId("CARD-1")) == found[0].path
    assert file_for(found, CardId("card-2")) is None


def test_packages_the_newest_first(stick: Path, tmp_path: Path) -> None:
    for age, name in enumerate(("new.kround", "old.kround", "考试.kround")):
        (stick / name).touch()
        os.utime(stick / name, (1_000 - age, 1_000 - age))
    (stick / "new.kround.part").touch()
    assert [path.name for path in packages((tmp_path / "gone", stick))] == ["new.kround", "old.kround", "考试.kround"]


def test_a_full_folder_is_looked_at_up_to_a_bound(stick: Path) -> None:
    for number in range(80):
        (stick / f"{number}.kround").touch()
    assert len(packages((stick,))) == 64


def test_sticks_that_are_there_are_offered_with_their_room(stick: Path, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    (found,) = export_targets((tmp_path / "gone", stick, tmp_path / "file"))
    assert (found.folder, found.label) == (stick, "考务 U 盘 𬭚")
    assert found.free > 0


def test_the_first_groups_of_a_digest(stick: Path) -> None:
    (stick / "a").write_bytes(b"abc")
    assert first_groups(stick / "a") == "BA78 16BF 8F01"
    with pytest.raises(FileReadError):
        first_groups(stick / "gone")
