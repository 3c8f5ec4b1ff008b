"""The words of the command line: what is unknown, what is refused, and how both are said."""

from pathlib import Path

import pytest

from kiosk.cli import main
from kiosk.cli.main import _NOUNS

ROOT = Path(__file__).resolve().parents[2]


def ended(*words: str) -> int:
    """The exit code, whether the command returned it or the reader of words ended the program."""
    try:
        return main(words)
    except SystemExit as end:
        return int(str(end.code))


@pytest.mark.parametrize(
    "words",
    [
        (),
        ("考试",),
        ("--", "lockdown", "repair", "--home", "x"),
        ("demo", "--unatended"),
        ("station",),
        ("station", "unload"),
        ("results", "verify"),
        ("bank", "lint"),
        ("lockdown",),
        ("bench", "nothing"),
        ("kiosk",),
        ("results", "verify", "x", "--office", "a", "--root", "b"),
    ],
)
def test_unknown_words_end_with_two_and_a_usage(words: tuple[str, ...], capsys: pytest.CaptureFixture[str]) -> None:
    assert ended(*words) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert "usage: main.py" in said.err
    assert "Traceback" not in said.err


@pytest.mark.parametrize("noun", _NOUNS)
def test_every_noun_explains_itself(noun: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert ended(noun, "--help") == 0
    assert f"usage: main.py {noun}" in capsys.readouterr().out


def test_the_version_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    assert ended("--version") == 0
    assert capsys.readouterr().out.strip()[0].isdigit()


def test_a_refusal_is_said_in_both_languages_with_its_code(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert ended("station", "load", str(tmp_path / "x.kround"), "--home", str(tmp_path)) == 2
    said = capsys.readouterr()
    assert said.out == ""
    chinese, english, code = said.err.strip().splitlines()
    assert any("一" <= char <= "鿿" for char in chinese)
    assert english.isascii()
    assert code == f"[storage/not-enrolled folder={tmp_path.name}]"
