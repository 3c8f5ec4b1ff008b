"""Scoring by the keys that never left the office.

Rules: all or nothing for each item; no negative marks; unanswered is kept apart from wrong, and not reached (never on
the screen) apart from unanswered; sums are integer tenths of a point. A score is a number; the result is declared by
people.
"""

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from enum import Enum
from fractions import Fraction

from kiosk.errors import BankError
from kiosk.exam.events import Chosen, Entered, Response
from kiosk.exam.form import Form, FormItem
from kiosk.exam.numbers import parse_number
from kiosk.exam.vocabulary import ItemId, OptionId, Points


class NoKeyError(BankError):
    """There is no key for an item in the version that was shown (`item`, `version`)."""

    code = "bank/no-key"


@dataclass(frozen=True, slots=True, kw_only=True)
class ChoiceKey:
    """The right options, by identity."""

    version: int
    digest: str
    options: frozenset[OptionId]


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberKey:
    """The right value and how far off a response may be, both inclusive and in the item's unit, as decimal text."""

    version: int
    digest: str
    value: str
    tolerance: str


Key = ChoiceKey | NumberKey


class Verdict(Enum):
    """What became of one item."""

    RIGHT = "right"
    WRONG = "wrong"
    UNANSWERED = "unanswered"
    NOT_REACHED = "not-reached"


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemScore:
    """The score of one item."""

    item: ItemId
    verdict: Verdict
    points: Points
    most: Points


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """The score of a form."""

    items: tuple[ItemScore, ...]

    @property
    def points(self) -> Points:
        """Points reached, in tenths."""
        return Points(sum(item.points for item in self.items))

    @property
    def most(self) -> Points:
        """Points possible, in tenths."""
        return Points(sum(item.most for item in self.items))


def score(
    form: Form, responses: Mapping[ItemId, Response], seen: AbstractSet[ItemId], keys: Mapping[ItemId, Key]
) -> Score:
    """Score a form. NoKeyError when an item has no key of exactly the version and content that was shown."""
    return Score(items=tuple(_score_item(entry, responses.get(entry.item), seen, keys) for entry in form.items))


def _score_item(
    entry: FormItem, response: Response | None, seen: AbstractSet[ItemId], keys: Mapping[ItemId, Key]
) -> ItemScore:
    key = keys.get(entry.item)
    if key is None or (key.version, key.digest) != (entry.version, entry.digest):
        raise NoKeyError(item=entry.item, version=entry.version)
    if response is None:
        verdict = Verdict.UNANSWERED if entry.item in seen else Verdict.NOT_REACHED
    else:
        verdict = Verdict.RIGHT if _is_right(key, response) else Verdict.WRONG
    points = entry.points if verdict is Verdict.RIGHT else Points(0)
    return ItemScore(item=entry.item, verdict=verdict, points=points, most=entry.points)


def _is_right(key: Key, response: Response) -> bool:
    match key, response:
        case ChoiceKey(), Chosen():
            return frozenset(response.options) == key.options
        case NumberKey(), Entered():
            value = parse_number(response.text)
            return value is not None and abs(Fraction(value) - Fraction(key.value)) <= Fraction(key.tolerance)
        case _:
            return False
