"""A package is taken only when it is whole, ours, for this room, current; the file offered is only read."""

import io
import os
import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from kiosk.crypto.certify import issue_leaf
from kiosk.crypto.roles import Role
from kiosk.errors import KioskError
from kiosk.exam.round import Round
from kiosk.exam.vocabulary import CentreId, RoomId, RoundId
from kiosk.formats.package_file import open_package, write_package
from kiosk.office.keys import load_centre
from kiosk.rehearsal.demo_world import SESSION, DemoWorld
from kiosk.station.home import Identity, Post
from kiosk.station.loading import Loader
from kiosk.storage.files import FileSource
from tests.support.tries import chance, tell
from tests.support.worlds import NOW, PROGRAM, Clocks, fresh_world, locked_seat, tree

DAY = 86_400_000
FLIPS = int(os.environ.get("KIOSK_FLIPS", "40"))


@pytest.fixture
def world(tmp_path: Path) -> DemoWorld:
    return fresh_world(tmp_path)


def loader(world: DemoWorld, *, program: str = PROGRAM, post: Post | None = None, root: bytes = b"") -> Loader:
    home = world.homes[0]
    identity = home.identity()
    if root:
        identity = replace(identity, root_pem=root)
    return Loader(home=home, post=post or home.post(), identity=identity, program=program)


def signed(world: DemoWorld, *, identity: Identity | None = None, **changes: Any) -> Path:
    """The package of the world with other words in its round, signed by the office or by somebody else."""
    office = world.office
    source = FileSource(world.made.package)
    package = open_package(
        source, root_pem=office.root_pem, at=NOW // 1000, program=PROGRAM, room=None, centre=None, newest=0
    )
    round_: Round = replace(package.round, **changes)
    slots = tuple(replace(slot, header=replace(slot.header, package=round_.package_id)) for slot in package.slots)
    files = {name: package.read(name) for name in ("roster.db", *(bank.file for bank in round_.banks))}
    source.close()
    by = office.signer()
    key, chain_pem = (identity.key, identity.chain_pem) if identity else (by.key, by.chain_pem)
    out = io.BytesIO()
    write_package(out, round_, slots, files, key=key, chain_pem=chain_pem)
    path = world.folder / f"另一个 包 ０７ 𬭚-{round_.package}.kround"
    path.write_bytes(out.getvalue())
    return path


def refused(of: Loader, path: Path, clocks: Clocks | None = None) -> str:
    """The code of the refusal, after showing that the file and the seat are as they were."""
    before, seat = path.read_bytes(), tree(of.home.folder)
    with pytest.raises(KioskError) as caught:
        of.load(path, (clocks or Clocks()).seat_clock().now())
    assert path.read_bytes() == before
    assert tree(of.home.folder) == seat
    return caught.value.code


def test_a_good_package_is_kept_and_found_again(world: DemoWorld) -> None:
    clock = Clocks().seat_clock()
    package = loader(world).load(world.made.package, clock.now())
    found = loader(world).newest(clock.now())
    assert found is not None
    assert (package.digest, found.digest) == (world.made.digest, world.made.digest)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"room": RoomId("考场-２")}, "package/other-room"),
        ({"centre": CentreId("另一中心")}, "package/other-centre"),
        ({"minimum_program": "7.0"}, "package/older-program"),
    ],
)
def test_a_package_for_elsewhere_is_refused(world: DemoWorld, changes: dict[str, Any], code: str) -> None:
    assert refused(loader(world), signed(world, **changes)) == code


def test_the_days_of_the_round_are_kept_to(world: DemoWorld) -> None:
    for days, code in (
        (-2, "trust/expired"),
        (8, "package/expired"),
        (800, "trust/expired"),
        (-20_000, "trust/expired"),
    ):
        assert refused(loader(world), world.made.package, Clocks(wall=NOW + days * DAY)) == code
    later = signed(world, not_before=NOW - DAY // 48, not_after=NOW + DAY)
    early = Clocks(wall=NOW - DAY // 30)
    assert refused(loader(world), later, early) == "package/expired"


def test_the_highest_number_wins_and_an_older_one_is_refused(world: DemoWorld) -> None:
    of, now = loader(world), Clocks().seat_clock().now()
    assert of.load(world.made.package, now).round.package == 1
    assert of.load(signed(world, package=3), now).round.package == 3
    assert refused(of, world.made.package) == "package/older-package"
    newest = of.newest(now)
    assert newest is not None
    assert newest.round.package == 3


def test_another_package_with_a_known_number_is_refused(world: DemoWorld) -> None:
    of, now = loader(world), Clocks().seat_clock().now()
    of.load(world.made.package, now)
    assert of.load(world.made.package, now).digest == world.made.digest
    name = replace(world.made.round.name, zh="内容不同 𬭚")
    assert refused(of, signed(world, name=name)) == "package/older-package"


def test_rounds_do_not_push_each_other_out(world: DemoWorld) -> None:
    of, clock = loader(world), Clocks().seat_clock()
    later = [replace(session, start=session.start + 3 * DAY) for session in world.made.round.sessions]
    other = signed(world, id=RoundId("下一批-2"), package=9, sessions=tuple(later))
    assert of.load(other, clock.now()).round.package == 9
    assert of.load(world.made.package, clock.now()).round.id == "demo-2026"
    today, then = of.newest(clock.now()), of.newest(Clocks(wall=NOW + 2 * DAY).seat_clock().now())
    assert today is not None
    assert then is not None
    assert (today.round.id, then.round.id) == ("demo-2026", "下一批-2")


def test_a_copy_that_went_bad_is_replaced_from_the_stick(world: DemoWorld) -> None:
    of, now = loader(world), Clocks().seat_clock().now()
    of.load(world.made.package, now)
    (copy,) = of.home.packages.iterdir()
    copy.write_bytes(copy.read_bytes()[:-1000])
    assert of.newest(now) is None
    assert of.load(world.made.package, now).digest == world.made.digest
    assert copy.read_bytes() == world.made.package.read_bytes()


def test_no_flipped_byte_is_accepted(world: DemoWorld) -> None:
    of, whole = loader(world), world.made.package.read_bytes()
    luck = chance(2026)
    for number in range(FLIPS):
        place = luck.randrange(len(whole))
        bad = bytearray(whole)
        bad[place] ^= 1 << luck.randrange(8)
        path = world.folder / "stick" / f"flip-{number}.kround"
        path.write_bytes(bad)
        code = refused(of, path)
        assert code.partition("/")[0] in {"package", "trust"}, (place, code)
        path.unlink()
    tell(f"package: {FLIPS} bytes flipped, none accepted")


def test_pieces_and_foreign_files_are_refused(world: DemoWorld, tmp_path: Path) -> None:
    of, whole = loader(world), world.made.package.read_bytes()
    path = tmp_path / "片段.kround"
    for part in range(0, 64, 4):
        path.write_bytes(whole[: len(whole) * part // 64])
        assert refused(of, path) in {"package/not-a-package", "package/damaged"}
    for data in (b"", b"PK\x05\x06" + bytes(18), "文字 𬭚".encode() * 99, whole + b"x", b"\x7fELF" + bytes(4096)):
        path.write_bytes(data)
        assert refused(of, path) in {"package/not-a-package", "package/damaged"}


def test_a_folder_and_a_missing_file_are_no_package(world: DemoWorld, tmp_path: Path) -> None:
    folder = tmp_path / "x.kround"
    folder.mkdir()
    for path in (folder, tmp_path / "没有.kround"):
        with pytest.raises(KioskError) as caught:
            loader(world).load(path, Clocks().seat_clock().now())
        assert caught.value.code == "storage/file-read"
    assert not loader(world).home.packages.exists()


def test_another_world_is_refused(world: DemoWorld, tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    other = fresh_world(tmp_path / "b", "strict")
    assert refused(loader(world), other.made.package) == "trust/unknown-root"
    assert refused(loader(world, root=other.office.root_pem), world.made.package) == "trust/unknown-root"


def test_a_round_signed_by_a_workstation_or_by_the_centre_is_refused(world: DemoWorld) -> None:
    of = loader(world)
    assert refused(of, signed(world, identity=of.identity)) == "trust/wrong-role"
    minted = issue_leaf(load_centre(world.folder), Role.WORKSTATION, "demo-centre/x", at=NOW // 1000 - 60)
    centre = load_centre(world.folder)
    for key, chain in ((minted.key, minted.chain_pem), (centre.key, centre.chain_pem)):
        path = signed(world, identity=replace(of.identity, key=key, chain_pem=chain))
        assert refused(of, path).startswith("trust/")


def test_a_pipe_named_like_a_package_does_not_hold_up_the_seat(world: DemoWorld, tmp_path: Path) -> None:
    pipe = tmp_path / "pipe.kround"
    os.mkfifo(pipe)
    with pytest.raises(KioskError) as caught:
        loader(world).load(pipe, Clocks().seat_clock().now())
    assert caught.value.code == "storage/file-read"


def test_the_program_says_which_package_it_works_with(tmp_path: Path) -> None:
    with locked_seat(tmp_path) as seat:
        stick = tmp_path / "优盘 １"
        stick.mkdir()
        path = Path(shutil.copy(seat.world.made.package, stick))
        seat.station.load(path)
        path.unlink()
        seat.restart()
        assert seat.station.package is not None
        assert seat.station.package.digest == seat.world.made.digest
        seat.station.begin_nearest_session()
        assert seat.station.desk.session.id == SESSION
