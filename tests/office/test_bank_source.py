"""A bank source is read completely, and what cannot be read is named by file, row and column."""

from pathlib import Path

import pytest

from kiosk.exam.bank import ItemType
from kiosk.exam.vocabulary import Level, Text
from kiosk.office.bank_source import BANK, BLUEPRINT, ITEM_COLUMNS, ITEMS, OUTLINE, load_source, parse_source
from kiosk.office.findings import Finding
from kiosk.office.source import Status
from tests.support import bank_folders as f


def found(files: dict[str, bytes]) -> set[tuple[str, int, str, str]]:
    _, findings = parse_source(files)
    return {(one.file, one.row, one.column, one.code) for one in findings}


def test_a_sound_folder_is_read_whole(tmp_path: Path) -> None:
    source, findings = load_source(f.write(tmp_path / "题库 𬭚"))
    assert findings == ()
    assert source is not None
    assert source.levels == (Level.JUNIOR,)
    assert source.durations[Level.JUNIOR] == 3_600_000
    assert [one.weight for one in source.ranges] == [25, 75]
    assert source.points[0].range == "A"
    assert source.rules[0].points == 125
    numeric = next(item for item in source.items if item.type is ItemType.NUMERIC)
    assert (numeric.unit, numeric.tolerance, numeric.status) == (Text(zh="千克", en="kg"), "0.0625", Status.ACTIVE)


def test_a_folder_without_files_is_refused_by_name(tmp_path: Path) -> None:
    source, findings = load_source(tmp_path)
    assert source is None
    assert {(one.file, one.code) for one in findings} == {
        (name, "file/missing") for name in (BANK, OUTLINE, BLUEPRINT, ITEMS)
    }


@pytest.mark.parametrize(
    ("data", "code", "row"),
    [
        (b"", "file/empty", 0),
        (b"\xef\xbb\xbf \r\n", "file/empty", 0),
        ("id,version\r\n题".encode("gbk"), "file/encoding", 2),
        ("id,version".encode("utf-16"), "file/encoding", 1),
        (b"id,version\r\n\0", "file/encoding", 2),
        (b'id,version\r\n"a,b', "file/quoting", 2),
    ],
)
def test_what_is_no_table_is_refused(data: bytes, code: str, row: int) -> None:
    assert (ITEMS, row, "", code) in found(f.files() | {ITEMS: data})


def test_every_missing_column_is_named() -> None:
    short = tuple(name for name in ITEM_COLUMNS if name not in {"answer", "C_en"})
    rows = [{name: cell for name, cell in row.items() if name in short} for row in f.item_rows()]
    files = f.files() | {ITEMS: f.table(short, rows)}
    assert found(files) == {(ITEMS, 1, "answer", "file/missing-column"), (ITEMS, 1, "C_en", "file/missing-column")}


def test_rows_are_counted_as_a_spreadsheet_counts_them() -> None:
    rows = f.item_rows()
    rows[0]["stem_zh"] = "两行\n题干"
    rows[3]["version"] = "零"
    files = f.files(rows)
    lines = files[ITEMS].split(b"\r\n")
    files[ITEMS] = b"\r\n".join([lines[0], b"", *lines[1:]])
    assert found(files) == {(ITEMS, 6, "version", "item/version")}


@pytest.mark.parametrize(
    ("change", "column", "code"),
    [
        ({"stem_zh": " "}, "stem_zh", "item/empty-stem"),
        ({"stem_en": ""}, "stem_en", "item/empty-stem"),
        ({"type": "essay"}, "type", "type/unknown"),
        ({"levels": "五级"}, "levels", "level/unknown"),
        ({"levels": ""}, "levels", "level/unknown"),
        ({"levels": "junior junior"}, "levels", "level/unknown"),
        ({"status": "好"}, "status", "item/status"),
        ({"shuffle": "maybe"}, "shuffle", "item/shuffle"),
        ({"version": "1.5"}, "version", "item/version"),
        ({"version": "0"}, "version", "item/version"),
        ({"id": "../../x"}, "id", "row/name"),
        ({"id": ""}, "id", "row/name"),
        ({"B_en": ""}, "B_en", "item/one-language"),
        ({"B_zh": "", "B_en": ""}, "C_zh", "item/option-gap"),
    ],
)
def test_a_row_with_a_problem_of_form_is_named_and_left_out(change: f.Cells, column: str, code: str) -> None:
    rows = f.item_rows()
    rows[1] |= change
    source, findings = parse_source(f.files(rows))
    assert (ITEMS, 3, column, code) in {(one.file, one.row, one.column, one.code) for one in findings}
    assert source is not None
    assert len(source.items) == len(rows) - 1


@pytest.mark.parametrize(
    ("change", "column", "code"),
    [
        ({"kind": "chapter"}, "kind", "outline/kind"),
        ({"weight": "二十"}, "weight", "outline/weight"),
        ({"weight": "1e999"}, "weight", "outline/weight"),
        ({"weight": "12.5"}, "weight", "outline/weight"),
        ({"level": "L5"}, "level", "level/unknown"),
        ({"name_zh": ""}, "name_zh", "row/empty"),
    ],
)
def test_the_outline_is_read_strictly(change: f.Cells, column: str, code: str) -> None:
    rows = f.outline_rows()
    rows[0] |= change
    assert (OUTLINE, 2, column, code) in found(f.files(outline=rows))


def test_a_point_needs_a_range_and_has_no_weight() -> None:
    rows = f.outline_rows()
    rows[1] |= {"code": "Z-001", "weight": "3"}
    assert {(OUTLINE, 3, "code", "outline/no-range"), (OUTLINE, 3, "weight", "outline/point-weight")} <= found(
        f.files(outline=rows)
    )


@pytest.mark.parametrize(
    ("change", "column", "code"),
    [
        ({"count": "-1"}, "count", "blueprint/count"),
        ({"points": "0"}, "points", "blueprint/points"),
        ({"points": "2.55"}, "points", "blueprint/points"),
        ({"points": "NaN"}, "points", "blueprint/points"),
        ({"type": "oral"}, "type", "type/unknown"),
    ],
)
def test_the_blueprint_is_read_strictly(change: f.Cells, column: str, code: str) -> None:
    rows = f.blueprint_rows()
    rows[0] |= change
    assert (BLUEPRINT, 2, column, code) in found(f.files(blueprint=rows))


@pytest.mark.parametrize(
    ("head", "column", "code"),
    [
        ("code = ", "", "file/toml"),
        (f.HEAD.replace("稀土冶炼工 𬭚", ""), "name_zh", "bank/text"),
        (f.HEAD.replace('"6-17-06-04"', "6"), "code", "bank/text"),
        (f.HEAD.replace("junior", "L5"), "levels.L5", "level/unknown"),
        (f.HEAD.replace("60", "0"), "levels.junior", "bank/duration"),
        (f.HEAD.replace("60", "true"), "levels.junior", "bank/duration"),
        (f.HEAD.partition("[")[0], "levels", "bank/levels"),
        (f.HEAD.partition("[")[0] + "levels = 3", "levels", "bank/levels"),
    ],
)
def test_bank_toml_is_read_strictly(head: str, column: str, code: str) -> None:
    source, findings = parse_source(f.files(head=head))
    assert source is None
    assert (BANK, column, code) in {(one.file, one.column, one.code) for one in findings}


def test_full_width_numbers_are_numbers() -> None:
    rows = f.blueprint_rows()
    rows[0]["points"] = "１２．５"
    source, findings = parse_source(f.files(blueprint=rows))
    assert findings == ()
    assert source is not None
    assert source.rules[0].points == 125


def test_details_are_short_and_visible() -> None:
    rows = f.item_rows()
    rows[0]["version"] = "\u202e" + "9" * 500
    _, findings = parse_source(f.files(rows))
    assert isinstance(findings[0], Finding)
    assert findings[0].detail.startswith("U+202E999")
    assert len(findings[0].detail) == 80
