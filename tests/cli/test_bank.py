"""`bank lint` names file, row and reason of whatever is wrong, and every finding there can be has words."""

import ast
import re
from pathlib import Path

import pytest

from kiosk.cli import main
from kiosk.ui.i18n.findings import REASONS, reason
from tests.support import bank_folders

ROOT = Path(__file__).resolve().parents[2]
OFFICE = ROOT / "kiosk" / "office"
CODE = re.compile(r"(bank|blueprint|file|item|level|outline|row|text)/[a-z]+(-[a-z]+)*")


def lint(folder: Path, *words: str) -> int:
    return main(["bank", "lint", str(folder), *words])


def test_the_bank_of_the_tree_is_sound(capsys: pytest.CaptureFixture[str]) -> None:
    assert lint(ROOT / "question_banks" / "rare-earth-smelter") == 0
    assert capsys.readouterr().out.startswith("0 errors, ")


def test_a_sound_small_bank(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert lint(bank_folders.write(tmp_path / "题库 １ 𬭚")) == 0
    assert "error:" not in capsys.readouterr().out


def test_each_error_is_named_with_file_row_and_reason(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = bank_folders.item_rows()
    rows[1] |= {"answer": "E"}
    rows[5] |= {"stem_zh": "", "stem_en": ""}
    rows[7] |= {"id": rows[6]["id"]}
    rows[9] |= {"stem_zh": "看图 <img src=//主机/x> 𬭚"}
    rows[11] |= {"point": "没有的点"}
    assert lint(bank_folders.write(tmp_path, bank_folders.files(items=rows))) == 1
    said = capsys.readouterr().out.splitlines()
    for row, code in (
        (3, "item/answer-outside-options"),
        (7, "item/empty-stem"),
        (9, "item/id-twice"),
        (11, "text/html"),
        (13, "item/unknown-point"),
    ):
        line = next((line for line in said if line.endswith(f"[{code}]") and f" row {row} " in line), None)
        assert line is not None, (row, code, said)
        assert line.startswith("error: items.csv row ")
        assert reason(code) in line
    assert re.fullmatch(r"\d+ errors, \d+ warnings", said[-1])


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("items.csv", None, "file/missing"),
        ("items.csv", b"", "file/empty"),
        ("items.csv", "编号,题干\n1,什么？\n".encode("gbk"), "file/encoding"),
        ("items.csv", b"\xff\xfei\x00d\x00", "file/encoding"),
        ("items.csv", b'id,version\n"x,1\n', "file/quoting"),
        ("outline.csv", b"level,code\nx,y\n", "file/missing-column"),
        ("bank.toml", b"= = =", "file/toml"),
        ("bank.toml", b"", "file/empty"),
        ("bank.toml", b"x = 1", "bank/text"),
    ],
)
def test_files_that_are_none(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str, data: bytes | None, code: str
) -> None:
    folder = bank_folders.write(tmp_path)
    (folder / name).unlink()
    if data is not None:
        (folder / name).write_bytes(data)
    assert lint(folder) == 1
    assert re.search(rf"^error: {name}.* \[{code}\]$", capsys.readouterr().out, re.MULTILINE)


def test_warnings_are_counted_and_listed_when_asked_for(capsys: pytest.CaptureFixture[str]) -> None:
    bank = ROOT / "question_banks" / "rare-earth-smelter"
    lint(bank)
    (short,) = capsys.readouterr().out.splitlines()
    lint(bank, "--warnings")
    *listed, last = capsys.readouterr().out.splitlines()
    assert last == short
    assert len(listed) == int(short.split()[2])
    assert all(line.startswith("warning: ") for line in listed)


def test_a_folder_that_is_not_there(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert lint(tmp_path / "没有") == 1
    assert capsys.readouterr().out.count("[file/missing]") == 4


def codes_in(source: str) -> set[str]:
    """Every finding code a module names: all its findings are made from constants."""
    constants = [node.value for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Constant)]
    return {value for value in constants if isinstance(value, str) and CODE.fullmatch(value)}


def errors_in(source: str) -> set[str]:
    """The codes of errors, which are no findings: class bodies with `code = ...`."""
    found = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.ClassDef):
            for line in node.body:
                if isinstance(line, ast.Assign | ast.AnnAssign) and isinstance(line.value, ast.Constant):
                    found.add(str(line.value.value))
    return found


def test_every_finding_has_words_and_every_word_a_finding() -> None:
    sources = [path.read_text(encoding="utf-8") for path in OFFICE.glob("*.py")]
    made = set().union(*map(codes_in, sources)) - set().union(*map(errors_in, sources))
    assert len(made) > 40
    assert made - REASONS.keys() == set()
    assert REASONS.keys() - made == set()


def test_a_finding_without_words_would_be_noticed() -> None:
    sample = 'def f():\n    yield finding(ITEMS, "item/made-up", row=1)\n\nclass E:\n    code = "item/an-error"\n'
    assert codes_in(sample) - errors_in(sample) == {"item/made-up"}
