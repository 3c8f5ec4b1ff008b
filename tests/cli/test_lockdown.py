"""`lockdown repair` where nothing was left behind."""

from pathlib import Path

import pytest

from kiosk.cli import main


def test_nothing_to_repair(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for _ in range(2):
        assert main(["lockdown", "repair", "--home", str(tmp_path)]) == 0
        assert capsys.readouterr().out == "nothing was left to put back\n"


def test_a_folder_that_is_not_there_is_not_called_in_order(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    home = tmp_path / "没有 １ 𬭚"
    assert main(["lockdown", "repair", "--home", str(home)]) == 2
    assert "[storage/not-enrolled" in capsys.readouterr().err
    assert not home.exists()
