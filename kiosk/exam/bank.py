"""What a test room gets to know of a question bank, and what makes it sound.

Rules: a bank belongs to one occupation, level and session; an item has a version that changes with its content;
options have identities that say nothing about which is right. There is no answer in here, by construction: keys,
tolerances, explanations and sources have no field to travel in.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

from kiosk.errors import BankError
from kiosk.exam.vocabulary import (
    BankId,
    ItemId,
    Level,
    Millis,
    Occupation,
    OptionId,
    PointCode,
    Points,
    RangeCode,
    Text,
)


class UnsoundBankError(BankError):
    """The parts of a bank contradict each other (`what` names the rule, `where` the item or range)."""

    code = "bank/unsound"


class ItemType(Enum):
    """How a candidate responds to an item."""

    SINGLE = "single"
    MULTIPLE = "multiple"
    TRUE_FALSE = "true_false"
    NUMERIC = "numeric"

    @property
    def has_options(self) -> bool:
        """Tell whether the candidate chooses among options."""
        return self is not ItemType.NUMERIC


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One option; `fixed` keeps its place whatever the order ("all of the above")."""

    id: OptionId
    text: Text
    fixed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One task as a candidate sees it; `digest` is the SHA-256 of its content, hexadecimal."""

    id: ItemId
    version: int
    digest: str
    type: ItemType
    point: PointCode
    stem: Text
    options: tuple[Option, ...]
    shuffle: bool
    unit: Text | None


@dataclass(frozen=True, slots=True, kw_only=True)
class TypeRule:
    """How many items of a type a form has, and what each is worth."""

    type: ItemType
    count: int
    points: Points


@dataclass(frozen=True, slots=True, kw_only=True)
class RangeRule:
    """How many items a form takes from one range of the outline."""

    code: RangeCode
    name: Text
    count: int
    points: tuple[PointCode, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Blueprint:
    """The weight table as counts: by type and by range of the outline, for one level."""

    duration: Millis
    types: tuple[TypeRule, ...]
    ranges: tuple[RangeRule, ...]

    @property
    def item_count(self) -> int:
        """Number of items in a form."""
        return sum(rule.count for rule in self.types)

    @property
    def total(self) -> Points:
        """Full score of a form, in tenths of a point."""
        return Points(sum(rule.count * rule.points for rule in self.types))


@dataclass(frozen=True, slots=True, kw_only=True)
class Bank:
    """A sealed set of items for one occupation and level, with the blueprint of its forms."""

    id: BankId
    occupation: Occupation
    level: Level
    blueprint: Blueprint
    items: tuple[Item, ...]

    @property
    def by_id(self) -> Mapping[ItemId, Item]:
        """Items by identifier."""
        return {item.id: item for item in self.items}


def check_bank(bank: Bank) -> None:
    """Refuse a bank whose parts contradict each other, naming the first contradiction (UnsoundBankError)."""
    _check_unique("item", [item.id for item in bank.items])
    blueprint = bank.blueprint
    _check_unique("type", [rule.type.value for rule in blueprint.types])
    _check_unique("range", [rule.code for rule in blueprint.ranges])
    _check_unique("point", [point for rule in blueprint.ranges for point in rule.points])
    if blueprint.duration <= 0:
        raise UnsoundBankError(what="duration", where=bank.id)
    if any(rule.count < 0 or rule.points <= 0 for rule in blueprint.types):
        raise UnsoundBankError(what="type-count", where=bank.id)
    places = [rule.count for rule in blueprint.ranges]
    if any(count < 0 for count in places) or sum(places) != blueprint.item_count or blueprint.item_count == 0:
        raise UnsoundBankError(what="range-count", where=bank.id)
    known = {point for rule in blueprint.ranges for point in rule.points}
    for item in bank.items:
        if item.point not in known:
            raise UnsoundBankError(what="item-point", where=item.id)
        _check_item(item)


_OPTIONS_WANTED = {ItemType.SINGLE: range(2, 11), ItemType.MULTIPLE: range(2, 11), ItemType.TRUE_FALSE: range(2, 3)}


def _check_item(item: Item) -> None:
    if len(item.options) not in _OPTIONS_WANTED.get(item.type, range(1)):
        raise UnsoundBankError(what="option-count", where=item.id)
    _check_unique("option", [option.id for option in item.options])
    if not item.stem.zh.strip() or not item.stem.en.strip():
        raise UnsoundBankError(what="stem", where=item.id)


def _check_unique(what: str, values: list[str]) -> None:
    for value, count in Counter(values).items():
        if count > 1:
            raise UnsoundBankError(what=f"{what}-twice", where=value)
