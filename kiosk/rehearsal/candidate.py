"""A scripted candidate who knows in advance what the office must find.

Rules: of the items in the order of the form, every fourth is answered wrongly, the last is left open, the others are
answered rightly by the office's own keys; the expected score is counted here, from the plan and not by the program's
scoring. It gives responses; who presses the keys is another's business.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from kiosk.exam.bank import ItemType
from kiosk.exam.events import Chosen, Entered, Response
from kiosk.exam.form import Form, FormItem
from kiosk.exam.scoring import ChoiceKey, Key, NumberKey
from kiosk.exam.vocabulary import ItemId

_WRONG_EVERY = 4
_FULL_WIDTH = str.maketrans("0123456789.", "０１２３４５６７８９．")


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What the candidate will give, and what it must be worth, in tenths of a point."""

    responses: Mapping[ItemId, Response | None]
    points: int
    right: int
    wrong: int


def plan_for(form: Form, keys: Mapping[ItemId, Key]) -> Plan:
    """Plan the responses to a form."""
    responses: dict[ItemId, Response | None] = {}
    points = right = wrong = 0
    for place, entry in enumerate(form.items):
        key = keys[entry.item]
        if place == len(form.items) - 1:
            responses[entry.item] = None
        elif place % _WRONG_EVERY == _WRONG_EVERY - 1:
            responses[entry.item] = _wrong(entry, key)
            wrong += 1
        else:
            responses[entry.item] = _right(entry, key, wide=place % 2 == 0)
            points += entry.points
            right += 1
    return Plan(responses=responses, points=points, right=right, wrong=wrong)


def _right(entry: FormItem, key: Key, *, wide: bool) -> Response:
    if isinstance(key, ChoiceKey):
        return Chosen(options=tuple(option for option in entry.options if option in key.options))
    return Entered(text=key.value.translate(_FULL_WIDTH) if wide else key.value)


def _wrong(entry: FormItem, key: Key) -> Response:
    if isinstance(key, NumberKey):
        return Entered(text=str(Decimal(key.value) + Decimal(key.tolerance) * 2 + 1))
    others = tuple(option for option in entry.options if option not in key.options)
    if entry.type is ItemType.MULTIPLE:
        return Chosen(options=others or entry.options[:1])
    return Chosen(options=others[:1])
