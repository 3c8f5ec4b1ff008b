"""A demo world is real in everything but the people, and nothing of it opens anywhere else."""

from pathlib import Path

import pytest

from kiosk.crypto.certificates import is_rehearsal, read_root
from kiosk.errors import OfficeError
from kiosk.exam.rules import LockLevel, RoundKind
from kiosk.office.keys import load_office
from kiosk.rehearsal.demo_world import make_demo_world
from tests.support.worlds import NOW, fresh_world, tree


def test_it_says_everywhere_that_it_is_a_rehearsal(tmp_path: Path) -> None:
    world = fresh_world(tmp_path)
    assert is_rehearsal(read_root(world.office.root_pem))
    assert world.office.rehearsal
    assert (world.made.round.rules.kind, world.made.round.rules.lock_level) == (RoundKind.DEMO, LockLevel.PRACTICE)
    assert load_office(world.folder / "office").root_pem == world.office.root_pem


def test_three_people_sit_in_it(tmp_path: Path) -> None:
    world = fresh_world(tmp_path)
    seats = [home.post().seat for home in world.homes]
    assert [entry.seat for entry in world.roster.entries] == seats == list(world.made.round.seats)
    assert any(ord(char) > 0xFFFF for entry in world.roster.entries for char in entry.name)
    assert any(entry.extra for entry in world.roster.entries)
    assert all(entry.photo.startswith(b"\x89PNG") for entry in world.roster.entries)
    secrets = {home.identity().device_secret for home in world.homes}
    assert len(secrets) == 3


def test_codes_and_roster_are_in_no_file_of_the_world(tmp_path: Path) -> None:
    world = fresh_world(tmp_path)
    secrets = [*world.made.secrets.releases.values()]
    for name, data in tree(world.folder).items():
        for entry in world.roster.entries:
            assert entry.name.encode() not in data, name
            assert entry.number.encode() not in data, name
        for groups in secrets:
            assert "".join(groups).encode() not in data, name


def test_it_is_not_made_over_another_one(tmp_path: Path) -> None:
    world = fresh_world(tmp_path)
    before = tree(world.folder)
    with pytest.raises(OfficeError):
        make_demo_world(world.folder, now=NOW)
    assert tree(world.folder) == before
