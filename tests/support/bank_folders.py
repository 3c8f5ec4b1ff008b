"""A small sound bank source for tests, as files in memory: two ranges, eight points, every item type."""

import csv
import io
from pathlib import Path

from kiosk.office.bank_lint import Linted, judge
from kiosk.office.bank_source import BANK, BLUEPRINT, ITEM_COLUMNS, ITEMS, OUTLINE, OUTLINE_COLUMNS, parse_source

HEAD = """
code = "6-17-06-04"
name_zh = "稀土冶炼工 𬭚"
name_en = "Rare-earth smelter"
edition = "test"

[levels.junior]
duration_minutes = 60
"""
SECRET_SOURCE = "机密来源 handbook page 12"
EXPLAINED_BY = "审题人赵六"
Cells = dict[str, str]


def outline_rows() -> list[Cells]:
    rows = []
    for code, weight in (("A", "25"), ("B", "75")):
        rows.append(_outline(code, "range", weight))
        rows += [_outline(f"{code}-{number:03}", "point", "") for number in range(1, 9)]
    return rows


def _outline(code: str, kind: str, weight: str) -> Cells:
    return {
        "level": "junior",
        "code": code,
        "kind": kind,
        "name_zh": f"范围{code}",
        "name_en": f"Range {code}",
        "weight": weight,
        "importance": "X",
    }


def blueprint_rows() -> list[Cells]:
    counts = {"single": "4", "multiple": "2", "true_false": "1", "numeric": "1"}
    return [{"level": "junior", "type": kind, "count": count, "points": "12.5"} for kind, count in counts.items()]


def item_rows() -> list[Cells]:
    rows = []
    for code in "AB":
        for number in range(1, 9):
            kind = ("single", "multiple", "true_false", "numeric")[number % 4]
            rows.append(item_row(f"T-{code}-{number:04}", f"{code}-{number:03}", kind))
            rows.append(item_row(f"T-{code}-{number + 50:04}", f"{code}-{number:03}", "single"))
    return rows


def item_row(name: str, point: str, kind: str, **changes: str) -> Cells:
    row = dict.fromkeys(ITEM_COLUMNS, "") | {
        "id": name,
        "version": "1",
        "levels": "junior",
        "point": point,
        "type": kind,
        "stem_zh": f"第 {name} 题：电解槽温度约为１０５０℃，𬭚 Nd~2~O~3~？",
        "stem_en": f"Item {name}: the cell is at about 1050 °C, Nd~2~O~3~?",
        "shuffle": "yes",
        "difficulty": "0.7",
        "importance": "X",
        "source": SECRET_SOURCE,
        "status": "active",
        "author": "出题人钱七",
        "reviewer": EXPLAINED_BY,
    }
    if kind in {"single", "multiple"}:
        for letter in "ABCD":
            row |= {f"{letter}_zh": f"选项 {letter} 𬭚 {name}", f"{letter}_en": f"Choice {letter} of {name}"}
    answers = {"single": "C", "multiple": "ABD", "true_false": "F", "numeric": "424242.5"}
    row["answer"] = answers[kind]
    if kind == "numeric":
        row |= {"tolerance": "0.0625", "unit": "千克|kg"}
    return row | changes


def table(columns: tuple[str, ...], rows: list[Cells]) -> bytes:
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, columns, quoting=csv.QUOTE_ALL)
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode("utf-8-sig")


def files(
    items: list[Cells] | None = None,
    outline: list[Cells] | None = None,
    blueprint: list[Cells] | None = None,
    head: str = HEAD,
) -> dict[str, bytes]:
    """The four files, sound unless rows are given."""
    return {
        BANK: head.encode(),
        OUTLINE: table(OUTLINE_COLUMNS, outline or outline_rows()),
        BLUEPRINT: table(("level", "type", "count", "points"), blueprint or blueprint_rows()),
        ITEMS: table(ITEM_COLUMNS, items or item_rows()),
    }


def linted(given: dict[str, bytes] | None = None) -> Linted:
    """The small bank, read and judged."""
    return judge(*parse_source(files() if given is None else given))


def write(folder: Path, given: dict[str, bytes] | None = None) -> Path:
    """Write the files into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, data in (files() if given is None else given).items():
        (folder / name).write_bytes(data)
    return folder
