"""Judges the items of a bank source one by one and against each other.

Rules: every fault names the row and the column an author has to change. It does not know ranges or forms.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from kiosk.exam.bank import ItemType
from kiosk.exam.numbers import parse_number
from kiosk.exam.vocabulary import Level, Text
from kiosk.office.bank_build import FALSE, TRUE
from kiosk.office.bank_source import ITEMS
from kiosk.office.findings import Finding, Severity, finding
from kiosk.office.lint_text import LONGEST_OPTION, LONGEST_STEM, folded, names_letters, refers_to_others, text_faults
from kiosk.office.source import BankSource, SourceItem, SourceOption, Status

_FEWEST_OPTIONS = 2
_TONGUES = ("zh", "en")


def lint_items(source: BankSource) -> Iterator[Finding]:
    """Yield every fault of the items of a source."""
    known = {(point.level, str(point.code)) for point in source.points}
    for item in source.items:
        yield from _placed(item, source.levels, known)
        yield from _texts(item)
        yield from _answer(item)
        yield from _fixed(item)
        if item.status is Status.ACTIVE and not item.reviewer:
            yield _warn(item, "reviewer", "item/no-reviewer")
    yield from _repeated(source.items)


def _fault(item: SourceItem, column: str, code: str, detail: str = "") -> Finding:
    return finding(ITEMS, code, row=item.row, column=column, detail=detail)


def _warn(item: SourceItem, column: str, code: str, detail: str = "") -> Finding:
    return finding(ITEMS, code, row=item.row, column=column, detail=detail, severity=Severity.WARNING)


def _placed(item: SourceItem, levels: Iterable[Level], known: Iterable[tuple[Level, str]]) -> Iterator[Finding]:
    for level in item.levels:
        if level not in levels:
            yield _fault(item, "levels", "item/level-not-in-bank", level.value)
        elif (level, item.point) not in known:
            yield _fault(item, "point", "item/unknown-point", f"{level.value} {item.point}")


def _each(text: Text) -> tuple[tuple[str, str], ...]:
    return (("zh", text.zh), ("en", text.en))


def _texts(item: SourceItem) -> Iterator[Finding]:
    fields = [(f"stem_{tongue}", text, LONGEST_STEM) for tongue, text in _each(item.stem)]
    for option in item.options:
        fields += [(f"{option.letter}_{tongue}", text, LONGEST_OPTION) for tongue, text in _each(option.text)]
    if item.unit:
        fields += [("unit", text, LONGEST_OPTION) for _, text in _each(item.unit)]
    for column, text, limit in fields:
        for code, detail in dict.fromkeys(text_faults(text, limit=limit)):
            yield _fault(item, column, code, detail)


def _answer(item: SourceItem) -> Iterator[Finding]:
    if item.type is not ItemType.NUMERIC and item.tolerance:
        yield _fault(item, "tolerance", "item/tolerance-not-numeric", item.tolerance)
    if item.type in {ItemType.NUMERIC, ItemType.TRUE_FALSE} and item.options:
        yield _fault(item, "A_zh", "item/options-not-wanted")
    match item.type:
        case ItemType.NUMERIC:
            yield from _number(item)
        case ItemType.TRUE_FALSE:
            if item.answer not in {TRUE, FALSE}:
                yield _fault(item, "answer", "item/answer", item.answer)
        case ItemType.SINGLE | ItemType.MULTIPLE:
            yield from _letters(item)
            yield from _options(item)


def _number(item: SourceItem) -> Iterator[Finding]:
    if parse_number(item.answer) is None:
        yield _fault(item, "answer", "item/not-a-number", item.answer)
    tolerance = parse_number(item.tolerance or "0")
    if tolerance is None:
        yield _fault(item, "tolerance", "item/not-a-number", item.tolerance)
    elif tolerance < 0:
        yield _fault(item, "tolerance", "item/negative-tolerance", item.tolerance)


def _letters(item: SourceItem) -> Iterator[Finding]:
    letters = {option.letter for option in item.options}
    if not item.answer:
        yield _fault(item, "answer", "item/no-answer")
    elif not set(item.answer) <= letters:
        yield _fault(item, "answer", "item/answer-outside-options", item.answer)
    elif len(set(item.answer)) != len(item.answer):
        yield _fault(item, "answer", "item/answer-twice", item.answer)
    elif item.type is ItemType.SINGLE and len(item.answer) != 1:
        yield _fault(item, "answer", "item/answer-not-single", item.answer)
    elif item.type is ItemType.MULTIPLE and len(item.answer) == 1:
        yield _warn(item, "answer", "item/answer-single", item.answer)


def _options(item: SourceItem) -> Iterator[Finding]:
    if len(item.options) < _FEWEST_OPTIONS:
        yield _fault(item, "B_zh", "item/too-few-options", str(len(item.options)))
    for tongue in _TONGUES:
        seen: dict[str, str] = {}
        for option in item.options:
            text = folded(option.text.zh if tongue == "zh" else option.text.en)
            if text in seen:
                yield _fault(item, f"{option.letter}_{tongue}", "item/duplicate-option", f"{seen[text]} {text}")
            seen.setdefault(text, option.letter)


def _fixed(item: SourceItem) -> Iterator[Finding]:
    letters = [option.letter for option in item.options]
    if not set(item.fixed) <= set(letters) or len(set(item.fixed)) != len(item.fixed):
        yield _fault(item, "fixed_options", "item/fixed-outside-options", item.fixed)
    if not item.shuffle:
        return
    for option in item.options:
        for column, text in _wordings(option):
            if option.letter not in item.fixed and refers_to_others(text):
                yield _fault(item, column, "item/option-must-be-fixed", text)
            if names_letters(text):
                yield _warn(item, column, "item/option-names-letters", text)


def _wordings(option: SourceOption) -> Iterator[tuple[str, str]]:
    return ((f"{option.letter}_{tongue}", text) for tongue, text in _each(option.text))


def _repeated(items: Sequence[SourceItem]) -> Iterator[Finding]:
    ids: dict[str, int] = {}
    stems: dict[tuple[str, object], list[SourceItem]] = defaultdict(list)
    for item in items:
        if item.id in ids:
            yield _fault(item, "id", "item/id-twice", f"{item.id} ({ids[item.id]})")
        ids.setdefault(item.id, item.row)
        if item.status is not Status.RETIRED:
            stems[folded(item.stem.zh), _same_task(item)].append(item)
    for alike in stems.values():
        for item in alike[1:]:
            yield _fault(item, "stem_zh", "item/duplicate-stem", f"{alike[0].id} ({alike[0].row})")


def _same_task(item: SourceItem) -> object:
    """Items of one stem are two items only when their options differ ("Which statement is right?")."""
    return (item.type, frozenset(folded(option.text.zh) for option in item.options))
