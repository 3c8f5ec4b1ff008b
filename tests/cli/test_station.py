"""`station load` keeps what verifies and says what it is; what does not is refused and nothing is kept."""

from pathlib import Path

import pytest

from kiosk.cli import main
from tests.support.worlds import fresh_world, tree


def test_a_package_is_loaded_and_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    world = fresh_world(tmp_path)
    home = world.homes[1].folder
    assert main(["station", "load", str(world.made.package), "--home", str(home)]) == 0
    said = capsys.readouterr().out
    assert f"digest {world.made.digest[:8]}" in said
    assert "演示场次" in said
    assert [path.read_bytes() for path in (home / "packages").iterdir()] == [world.made.package.read_bytes()]


def test_a_damaged_package_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    world = fresh_world(tmp_path)
    home = world.homes[1].folder
    data = world.made.package.read_bytes()
    bad = tmp_path / "坏 １ 𬭚.kround"
    bad.write_bytes(data[: len(data) // 2])
    before = tree(home)
    assert main(["station", "load", str(bad), "--home", str(home)]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.strip().splitlines()[-1].startswith("[package/")
    assert tree(home) == before
