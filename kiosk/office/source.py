"""The words a bank's authors write in: ranges, points, rules and items as they stand in the source.

Rules: every value remembers its row, so that whoever finds fault with it can say where. Answers, tolerances, sources
and names of authors have their fields here and nowhere that leaves the office.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

from kiosk.exam.bank import ItemType
from kiosk.exam.vocabulary import ItemId, Level, Millis, Occupation, PointCode, Points, RangeCode, Text

LETTERS = "ABCDEF"


class Status(Enum):
    """How far an item has come; only active items reach a room."""

    DRAFT = "draft"
    REVIEW = "review"
    ACTIVE = "active"
    RETIRED = "retired"


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceRange:
    """A range of the outline; `weight` is its share of the form in hundredths."""

    row: int
    level: Level
    code: RangeCode
    name: Text
    weight: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SourcePoint:
    """An assessment point; it belongs to the range whose code begins its own."""

    row: int
    level: Level
    code: PointCode
    range: RangeCode
    name: Text
    importance: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceRule:
    """A row of the blueprint."""

    row: int
    level: Level
    type: ItemType
    count: int
    points: Points


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceOption:
    """One option with the letter its author gave it."""

    letter: str
    text: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceItem:
    """One item as its author wrote it, with everything that stays in the office."""

    row: int
    id: ItemId
    version: int
    levels: tuple[Level, ...]
    point: PointCode
    type: ItemType
    stem: Text
    options: tuple[SourceOption, ...]
    answer: str
    tolerance: str
    unit: Text | None
    fixed: str
    shuffle: bool
    difficulty: str
    importance: str
    source: str
    status: Status
    author: str
    reviewer: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BankSource:
    """A whole source folder."""

    occupation: Occupation
    edition: str
    durations: Mapping[Level, Millis]
    ranges: tuple[SourceRange, ...]
    points: tuple[SourcePoint, ...]
    rules: tuple[SourceRule, ...]
    items: tuple[SourceItem, ...]

    @property
    def levels(self) -> tuple[Level, ...]:
        """The levels this source has a duration for, from the lowest."""
        return tuple(level for level in Level if level in self.durations)
