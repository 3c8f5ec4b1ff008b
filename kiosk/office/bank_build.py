"""Parts a source into what a room may see and what never leaves the office.

Rules: an item for a room is built from an allow-list of fields; keys are built beside it, bound to it by version and
content digest. The digest covers exactly what a candidate sees and nothing else: were the answer in it, a room could
find the answer by trying. Numbers of items for each range come from the weights by largest remainder.
It does not know where option identities come from, and it expects a source without errors.
"""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from kiosk.exam.bank import Bank, Blueprint, Item, ItemType, Option, RangeRule, TypeRule
from kiosk.exam.numbers import parse_number
from kiosk.exam.scoring import ChoiceKey, Key, NumberKey
from kiosk.exam.vocabulary import BankId, ItemId, Level, Millis, OptionId, Text
from kiosk.formats import canonical
from kiosk.formats.canonical import JsonValue
from kiosk.office.source import BankSource, SourceItem, SourceOption, SourceRange, Status

TRUE, FALSE = "T", "F"
_TRUE_FALSE = (
    SourceOption(letter=TRUE, text=Text(zh="正确", en="True")),
    SourceOption(letter=FALSE, text=Text(zh="错误", en="False")),
)
_WHOLE = 100


def apportion(weights: Sequence[int], count: int) -> tuple[tuple[int, ...], bool]:
    """Share places by weight, largest remainder; the second value tells that equal remainders were cut apart."""
    total = sum(weights)
    if total <= 0:
        return (0,) * len(weights), count > 0
    exact = [divmod(weight * count, total) for weight in weights]
    left = count - sum(whole for whole, _ in exact)
    order = sorted(range(len(weights)), key=lambda place: -exact[place][1])
    tie = 0 < left < len(order) and exact[order[left - 1]][1] == exact[order[left]][1]
    more = set(order[:left])
    return tuple(whole + (place in more) for place, (whole, _) in enumerate(exact)), tie


def options_of(item: SourceItem) -> tuple[SourceOption, ...]:
    """Return an item's options; those of a true/false item are always the same two."""
    return _TRUE_FALSE if item.type is ItemType.TRUE_FALSE else item.options


def usable(source: BankSource, level: Level) -> tuple[SourceItem, ...]:
    """Return the active items of a level."""
    return tuple(item for item in source.items if level in item.levels and item.status is Status.ACTIVE)


def blueprint_of(source: BankSource, level: Level) -> Blueprint:
    """Return the weight table of a level as counts."""
    rules = [rule for rule in source.rules if rule.level is level]
    ranges = [one for one in source.ranges if one.level is level]
    counts, _ = apportion([one.weight for one in ranges], sum(rule.count for rule in rules))
    return Blueprint(
        duration=source.durations.get(level, Millis(0)),
        types=tuple(TypeRule(type=rule.type, count=rule.count, points=rule.points) for rule in rules),
        ranges=tuple(_range(source, one, count) for one, count in zip(ranges, counts, strict=True)),
    )


def _range(source: BankSource, one: SourceRange, count: int) -> RangeRule:
    points = tuple(point.code for point in source.points if (point.level, point.range) == (one.level, one.code))
    return RangeRule(code=one.code, name=one.name, count=count, points=points)


def build(
    source: BankSource, level: Level, bank: BankId, new_option: Callable[[], OptionId]
) -> tuple[Bank, Mapping[ItemId, Key]]:
    """Return the bank of a level, items in the order of the source, and the keys by item."""
    items: list[Item] = []
    keys: dict[ItemId, Key] = {}
    for row in usable(source, level):
        identities = {option.letter: new_option() for option in options_of(row)}
        item = _item(row, identities)
        items.append(item)
        keys[row.id] = _key(row, item, identities)
    built = Bank(
        id=bank,
        occupation=source.occupation,
        level=level,
        blueprint=blueprint_of(source, level),
        items=tuple(items),
    )
    return built, keys


def _item(row: SourceItem, identities: Mapping[str, OptionId]) -> Item:
    true_false = row.type is ItemType.TRUE_FALSE
    options = tuple(
        Option(id=identities[option.letter], text=option.text, fixed=true_false or option.letter in row.fixed)
        for option in options_of(row)
    )
    item = Item(
        id=row.id,
        version=row.version,
        digest="",
        type=row.type,
        point=row.point,
        stem=row.stem,
        options=options,
        shuffle=row.shuffle and bool(options) and not true_false,
        unit=row.unit,
    )
    return replace(item, digest=content_digest(item))


def content_digest(item: Item) -> str:
    """Return the SHA-256, in hex, of what a candidate sees of an item, whatever its options are called.

    Options that may move count as a set, so that every compilation of the same content has the same digest.
    """
    options = [[option.text.zh, option.text.en, str(option.fixed)] for option in item.options]
    content: list[JsonValue] = [item.id, item.version, item.type.value, item.stem.zh, item.stem.en]
    content += [list[JsonValue](option) for option in (sorted(options) if item.shuffle else options)]
    content += [item.unit.zh, item.unit.en] if item.unit else []
    return hashlib.sha256(canonical.encode(content)).hexdigest()


def _key(row: SourceItem, item: Item, identities: Mapping[str, OptionId]) -> Key:
    if row.type is ItemType.NUMERIC:
        value, tolerance = parse_number(row.answer), parse_number(row.tolerance or "0")
        assert value is not None and tolerance is not None  # noqa: S101, PT018 - linted before
        return NumberKey(version=item.version, digest=item.digest, value=_plain(value), tolerance=_plain(tolerance))
    right = frozenset(identities[letter] for letter in row.answer)
    return ChoiceKey(version=item.version, digest=item.digest, options=right)


def _plain(value: Decimal) -> str:
    return str(value.normalize())
