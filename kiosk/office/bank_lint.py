"""Refuses what is wrong in a bank source before it can reach a room, with file, row and reason.

Rules: the linter never stops at the first problem and never raises for what an author wrote. Per level: weights of the
outline sum to 100, the blueprint to 100 points, the weights decide how many items each range gives, and the active
items fill the blueprint, which is tried by drawing forms. A warning does not keep a bank from being compiled.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from kiosk.exam.bank import UnsoundBankError, check_bank
from kiosk.exam.form import NoFormError, compose
from kiosk.exam.vocabulary import BankId, Level, OptionId
from kiosk.office.bank_build import apportion, blueprint_of, build
from kiosk.office.bank_source import BANK, BLUEPRINT, ITEMS, OUTLINE, load_source
from kiosk.office.findings import Finding, finding, in_order, refuses
from kiosk.office.lint_items import lint_items
from kiosk.office.source import BankSource, SourcePoint, SourceRange

_WHOLE = 100
_FULL_SCORE = 1_000
_SEEDS = tuple(bytes([number]) * 32 for number in range(3))


@dataclass(frozen=True, slots=True, kw_only=True)
class Linted:
    """A source with everything that was found in it; no source when it could not be read at all."""

    source: BankSource | None
    findings: tuple[Finding, ...]

    @property
    def refused(self) -> bool:
        """Tell whether no bank may be compiled from it."""
        return self.source is None or refuses(self.findings)


def lint_folder(folder: Path) -> Linted:
    """Read a source folder and judge it. OSError passes through."""
    return judge(*load_source(folder))


def judge(source: BankSource | None, found: Iterable[Finding]) -> Linted:
    """Add the findings on the content to those on the form (see bank_source.parse_source)."""
    findings = list(found)
    if source is not None:
        findings += lint_items(source)
        findings += _outline(source)
        for level in source.levels:
            findings += _blueprint(source, level)
        if not refuses(findings):
            for level in source.levels:
                findings += _forms(source, level)
    return Linted(source=source, findings=in_order(findings))


def _outline(source: BankSource) -> Iterator[Finding]:
    entries: list[SourceRange | SourcePoint] = [*source.ranges, *source.points]
    yield from _once(entries)
    for level in source.levels:
        total = sum(one.weight for one in source.ranges if one.level is level)
        if total != _WHOLE:
            yield finding(OUTLINE, "outline/weights", column="weight", detail=f"{level.value} {total}")
    for one in entries:
        if one.level not in source.levels:
            yield finding(BANK, "bank/level-missing", column="levels", detail=one.level.value)


def _once(entries: Iterable[SourceRange | SourcePoint]) -> Iterator[Finding]:
    seen: Counter[tuple[Level, str]] = Counter()
    for one in entries:
        seen[one.level, one.code] += 1
        if seen[one.level, one.code] > 1:
            yield finding(OUTLINE, "outline/code-twice", row=one.row, column="code", detail=one.code)


def _blueprint(source: BankSource, level: Level) -> Iterator[Finding]:
    rules = [rule for rule in source.rules if rule.level is level]
    total = sum(rule.count * rule.points for rule in rules)
    if total != _FULL_SCORE:
        detail = f"{level.value} {total // 10}.{total % 10}"
        yield finding(BLUEPRINT, "blueprint/points-total", column="points", detail=detail)
    kinds = Counter(rule.type for rule in rules)
    for rule in rules:
        if kinds[rule.type] > 1:
            yield finding(BLUEPRINT, "blueprint/type-twice", row=rule.row, column="type", detail=rule.type.value)
    ranges = [one for one in source.ranges if one.level is level]
    counts, tie = apportion([one.weight for one in ranges], sum(rule.count for rule in rules))
    if tie:
        yield finding(OUTLINE, "outline/weights-undecided", column="weight", detail=level.value)
    for one, places in zip(ranges, counts, strict=True):
        if one.weight and not places:
            yield finding(OUTLINE, "outline/range-without-items", row=one.row, column="weight", detail=one.code)


def _forms(source: BankSource, level: Level) -> Iterator[Finding]:
    """Draw some forms; on failure say which types and ranges are short, as far as counting can tell."""
    numbers = count(1)
    bank, _ = build(source, level, BankId("lint"), lambda: OptionId(f"o{next(numbers)}"))
    try:
        check_bank(bank)
        for seed in _SEEDS:
            compose(bank, seed)
    except UnsoundBankError as error:
        detail = f"{level.value} {error.data['what']} {error.data['where']}"
        yield finding(ITEMS, "bank/unsound", detail=detail)
    except NoFormError as error:
        yield from _short(source, level)
        yield finding(ITEMS, "bank/too-few-items", detail=f"{level.value} {error.data['missing']}")


def _short(source: BankSource, level: Level) -> Iterator[Finding]:
    blueprint = blueprint_of(source, level)
    bank, _ = build(source, level, BankId("lint"), lambda: OptionId("o"))
    for rule in blueprint.types:
        points = {item.point for item in bank.items if item.type is rule.type}
        if len(points) < rule.count:
            detail = f"{level.value} {rule.type.value} {len(points)}/{rule.count}"
            yield finding(BLUEPRINT, "blueprint/type-short", column="count", detail=detail)
    for part in blueprint.ranges:
        filled = {item.point for item in bank.items} & set(part.points)
        if len(filled) < part.count:
            detail = f"{level.value} {part.code} {len(filled)}/{part.count}"
            yield finding(OUTLINE, "outline/range-short", column="weight", detail=detail)
