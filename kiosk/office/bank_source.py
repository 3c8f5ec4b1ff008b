"""Reads a question bank as its authors keep it: a folder with bank.toml, outline.csv, blueprint.csv and items.csv.

Rules: what can be read becomes frozen values, what cannot becomes a finding with file, row and column; a row with a
problem of form is left out, the others are still read, so that an author sees all problems at once. Whether the
content is sound is bank_lint's question. It does not know rooms, rounds or keys.
"""

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import TypeVar

from kiosk.exam.bank import ItemType
from kiosk.exam.numbers import parse_number
from kiosk.exam.vocabulary import (
    MINUTE,
    ItemId,
    Level,
    Millis,
    Occupation,
    OccupationCode,
    PointCode,
    Points,
    RangeCode,
    Text,
)
from kiosk.office.findings import Finding, finding
from kiosk.office.source import (
    LETTERS,
    BankSource,
    SourceItem,
    SourceOption,
    SourcePoint,
    SourceRange,
    SourceRule,
    Status,
)
from kiosk.office.tables import LARGEST_FILE, Row, decode_text, read_table

BANK, OUTLINE, BLUEPRINT, ITEMS = "bank.toml", "outline.csv", "blueprint.csv", "items.csv"
FILES = (BANK, OUTLINE, BLUEPRINT, ITEMS)

OUTLINE_COLUMNS = ("level", "code", "kind", "name_zh", "name_en", "weight", "importance")
BLUEPRINT_COLUMNS = ("level", "type", "count", "points")
ITEM_COLUMNS = (
    *("id", "version", "levels", "point", "type", "stem_zh", "stem_en"),
    *(f"{letter}_{tongue}" for letter in LETTERS for tongue in ("zh", "en")),
    *("answer", "tolerance", "unit", "fixed_options", "shuffle", "difficulty", "importance", "source"),
    *("status", "author", "reviewer"),
)
_LEVEL_SEPARATOR = re.compile(r"[\s,;|/、，；]+")
_COUNT = re.compile(r"[0-9]{1,6}")
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")
_YES = {"yes": True, "no": False, "true": True, "false": False, "1": True, "0": False, "是": True, "否": False}
_LONGEST_DURATION = 600
_TENTHS = 10
_WHOLE = 100
_MOST_POINTS = 100

E = TypeVar("E", bound=Enum)


def load_source(folder: Path) -> tuple[BankSource | None, tuple[Finding, ...]]:
    """Read a source folder; no source when bank.toml or a whole table cannot be read. OSError passes through."""
    files: dict[str, bytes] = {}
    for name in FILES:
        path = folder / name
        if path.is_file():
            with path.open("rb") as file:
                files[name] = file.read(LARGEST_FILE + 1)
    return parse_source(files)


def parse_source(files: Mapping[str, bytes]) -> tuple[BankSource | None, tuple[Finding, ...]]:
    """Parse the four files of a source, given by name."""
    missing = tuple(finding(name, "file/missing") for name in FILES if name not in files)
    if missing:
        return None, missing
    head, findings = _read_head(files[BANK])
    outline, more = read_table(OUTLINE, files[OUTLINE], OUTLINE_COLUMNS)
    blueprint, still_more = read_table(BLUEPRINT, files[BLUEPRINT], BLUEPRINT_COLUMNS)
    items, last = read_table(ITEMS, files[ITEMS], ITEM_COLUMNS)
    reader = _Reader()
    ranges = tuple(reader.ranges(outline))
    points = tuple(reader.points(outline, ranges))
    rules = tuple(reader.rules(blueprint))
    read = tuple(reader.items(items))
    found = (*findings, *more, *still_more, *last, *reader.findings)
    if head is None or not (outline and blueprint and items):
        return None, found
    source = BankSource(
        occupation=head.occupation,
        edition=head.edition,
        durations=head.durations,
        ranges=ranges,
        points=points,
        rules=rules,
        items=read,
    )
    return source, found


@dataclass(frozen=True, slots=True, kw_only=True)
class _Head:
    """What bank.toml says."""

    occupation: Occupation
    edition: str
    durations: Mapping[Level, Millis]


def _read_head(data: bytes) -> tuple[_Head | None, tuple[Finding, ...]]:
    text, refused = decode_text(BANK, data)
    if refused:
        return None, refused
    try:
        values = tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        return None, (finding(BANK, "file/toml", detail=str(error)),)
    findings = [
        finding(BANK, "bank/text", column=name)
        for name in ("code", "name_zh", "name_en", "edition")
        if not isinstance(values.get(name), str) or not values[name].strip()
    ]
    durations = _durations(values.get("levels"), findings)
    if findings:
        return None, tuple(findings)
    name = Text(zh=values["name_zh"], en=values["name_en"])
    occupation = Occupation(code=OccupationCode(values["code"]), name=name)
    return _Head(occupation=occupation, edition=values["edition"], durations=durations), ()


def _durations(levels: object, findings: list[Finding]) -> dict[Level, Millis]:
    durations: dict[Level, Millis] = {}
    if not isinstance(levels, dict) or not levels:
        findings.append(finding(BANK, "bank/levels", column="levels"))
        return durations
    for name, values in levels.items():
        level = _member(Level, str(name))
        minutes = values.get("duration_minutes") if isinstance(values, dict) else None
        if level is None:
            findings.append(finding(BANK, "level/unknown", column=f"levels.{name}"))
        elif type(minutes) is not int or not 0 < minutes <= _LONGEST_DURATION:
            findings.append(finding(BANK, "bank/duration", column=f"levels.{name}"))
        else:
            durations[level] = Millis(minutes * MINUTE)
    return durations


def _member(kind: type[E], value: str) -> E | None:
    return next((member for member in kind if member.value == value), None)


class _Reader:
    """Turns rows into values; a row that cannot be turned leaves a finding instead."""

    def __init__(self) -> None:
        self.findings: list[Finding] = []

    def ranges(self, rows: Iterable[Row]) -> Iterable[SourceRange]:
        """Read the rows of kind range."""
        for row in rows:
            if row["kind"] not in {"range", "point"}:
                self._fault(OUTLINE, row, "kind", "outline/kind")
            if row["kind"] != "range":
                continue
            level, name = self._level(OUTLINE, row), self._text(OUTLINE, row, "name")
            code, weight = self._name(OUTLINE, row, "code"), parse_number(row["weight"])
            if weight is None or not 0 <= weight <= _WHOLE or weight != int(weight):
                self._fault(OUTLINE, row, "weight", "outline/weight")
            elif level and name and code:
                yield SourceRange(row=row.number, level=level, code=RangeCode(code), name=name, weight=int(weight))

    def points(self, rows: Iterable[Row], ranges: Sequence[SourceRange]) -> Iterable[SourcePoint]:
        """Read the rows of kind point; each belongs to the range with the longest code that begins its own."""
        for row in rows:
            if row["kind"] != "point":
                continue
            level, name, code = self._level(OUTLINE, row), self._text(OUTLINE, row, "name"), row["code"]
            if row["weight"]:
                self._fault(OUTLINE, row, "weight", "outline/point-weight")
            if not (self._name(OUTLINE, row, "code") and level and name):
                continue
            homes = [one.code for one in ranges if one.level is level and code.startswith(f"{one.code}-")]
            if not homes:
                self._fault(OUTLINE, row, "code", "outline/no-range")
                continue
            home, importance = max(homes, key=len), row["importance"]
            yield SourcePoint(
                row=row.number, level=level, code=PointCode(code), range=home, name=name, importance=importance
            )

    def rules(self, rows: Iterable[Row]) -> Iterable[SourceRule]:
        """Read the blueprint."""
        for row in rows:
            level, kind = self._level(BLUEPRINT, row), self._type(BLUEPRINT, row)
            points = parse_number(row["points"])
            if not _COUNT.fullmatch(row["count"]):
                self._fault(BLUEPRINT, row, "count", "blueprint/count")
            elif points is None or not 0 < points <= _MOST_POINTS or points * _TENTHS != int(points * _TENTHS):
                self._fault(BLUEPRINT, row, "points", "blueprint/points")
            elif level and kind:
                tenths = Points(int(points * _TENTHS))
                yield SourceRule(row=row.number, level=level, type=kind, count=int(row["count"]), points=tenths)

    def items(self, rows: Iterable[Row]) -> Iterable[SourceItem]:
        """Read the items."""
        for row in rows:
            before = len(self.findings)
            item = self._item(row)
            if item is not None and len(self.findings) == before:
                yield item

    def _item(self, row: Row) -> SourceItem | None:
        name, kind, stem = self._name(ITEMS, row, "id"), self._type(ITEMS, row), self._text(ITEMS, row, "stem")
        levels, status = self._levels(row), _member(Status, row["status"])
        shuffle = _YES.get(row["shuffle"].lower())
        if not _COUNT.fullmatch(row["version"]) or int(row["version"]) == 0:
            self._fault(ITEMS, row, "version", "item/version")
        if status is None:
            self._fault(ITEMS, row, "status", "item/status")
        if shuffle is None:
            self._fault(ITEMS, row, "shuffle", "item/shuffle")
        if not (name and kind and stem and levels) or status is None or shuffle is None:
            return None
        return SourceItem(
            row=row.number,
            id=ItemId(name),
            version=int(row["version"]) if _COUNT.fullmatch(row["version"]) else 0,
            levels=levels,
            point=PointCode(row["point"]),
            type=kind,
            stem=stem,
            options=self._options(row),
            answer=row["answer"],
            tolerance=row["tolerance"],
            unit=_unit(row["unit"]),
            fixed=row["fixed_options"],
            shuffle=shuffle,
            difficulty=row["difficulty"],
            importance=row["importance"],
            source=row["source"],
            status=status,
            author=row["author"],
            reviewer=row["reviewer"],
        )

    def _options(self, row: Row) -> tuple[SourceOption, ...]:
        options: list[SourceOption] = []
        for letter in LETTERS:
            zh, en = row[f"{letter}_zh"], row[f"{letter}_en"]
            if bool(zh) != bool(en):
                self._fault(ITEMS, row, f"{letter}_{'en' if zh else 'zh'}", "item/one-language")
            elif zh:
                if len(options) != LETTERS.index(letter):
                    self._fault(ITEMS, row, f"{letter}_zh", "item/option-gap")
                options.append(SourceOption(letter=letter, text=Text(zh=zh, en=en)))
        return tuple(options)

    def _levels(self, row: Row) -> tuple[Level, ...]:
        names = [name for name in _LEVEL_SEPARATOR.split(row["levels"]) if name]
        levels = [level for name in names if (level := _member(Level, name))]
        if not names or len(levels) != len(names) or len(set(levels)) != len(levels):
            self._fault(ITEMS, row, "levels", "level/unknown")
        return tuple(sorted(set(levels)))

    def _level(self, file: str, row: Row) -> Level | None:
        level = _member(Level, row["level"])
        if level is None:
            self._fault(file, row, "level", "level/unknown")
        return level

    def _type(self, file: str, row: Row) -> ItemType | None:
        kind = _member(ItemType, row["type"])
        if kind is None:
            self._fault(file, row, "type", "type/unknown")
        return kind

    def _name(self, file: str, row: Row, column: str) -> str:
        if _NAME.fullmatch(row[column]):
            return row[column]
        self._fault(file, row, column, "row/name")
        return ""

    def _text(self, file: str, row: Row, stem: str) -> Text | None:
        empty = [column for column in (f"{stem}_zh", f"{stem}_en") if not row[column]]
        for column in empty:
            self._fault(file, row, column, "item/empty-stem" if stem == "stem" else "row/empty")
        return None if empty else Text(zh=row[f"{stem}_zh"], en=row[f"{stem}_en"])

    def _fault(self, file: str, row: Row, column: str, code: str) -> None:
        self.findings.append(finding(file, code, row=row.number, column=column, detail=row[column]))


def _unit(cell: str) -> Text | None:
    zh, bar, en = cell.partition("|")
    return Text(zh=zh.strip(), en=en.strip() if bar else zh.strip()) if cell else None
