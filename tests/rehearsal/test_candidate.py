"""The scripted candidate knows in advance what the office must find, counted without the program's scoring."""

from decimal import Decimal

from kiosk.exam.bank import ItemType
from kiosk.exam.events import Chosen, Entered
from kiosk.exam.form import Form
from kiosk.exam.numbers import parse_number
from kiosk.exam.scoring import ChoiceKey, Key, NumberKey, Verdict, score
from kiosk.exam.vocabulary import ItemId
from kiosk.rehearsal.candidate import plan_for
from tests.support import builders as b


def keys(form: Form) -> dict[ItemId, Key]:
    made: dict[ItemId, Key] = {}
    for entry in form.items:
        if entry.type is ItemType.NUMERIC:
            made[entry.item] = NumberKey(version=1, digest=entry.digest, value="12.50", tolerance="0.05")
        else:
            right = entry.options[:2] if entry.type is ItemType.MULTIPLE else entry.options[-1:]
            made[entry.item] = ChoiceKey(version=1, digest=entry.digest, options=frozenset(right))
    return made


def test_the_plan_is_worth_what_it_says() -> None:
    form = b.form()
    plan = plan_for(form, keys(form))
    given = {item: response for item, response in plan.responses.items() if response is not None}
    found = score(form, given, frozenset(given), keys(form))
    verdicts = [one.verdict for one in found.items]
    assert found.points == plan.points
    assert verdicts.count(Verdict.RIGHT) == plan.right
    assert verdicts.count(Verdict.WRONG) == plan.wrong
    assert verdicts[-1] is Verdict.NOT_REACHED
    assert plan.right + plan.wrong == len(form.items) - 1


def test_responses_are_ones_a_sitting_takes() -> None:
    for seed in range(20):
        form = b.form(b"seed %d" % seed)
        for item, response in plan_for(form, keys(form)).responses.items():
            entry = next(one for one in form.items if one.item == item)
            match response:
                case Chosen(options=options):
                    assert options == tuple(one for one in entry.options if one in options)
                    assert options
                    assert entry.type is ItemType.MULTIPLE or len(options) == 1
                case Entered(text=text):
                    assert isinstance(parse_number(text), Decimal)
                case None:
                    assert entry is form.items[-1]


def test_some_numbers_are_typed_in_full_width() -> None:
    form = b.form()
    typed = [one.text for one in plan_for(form, keys(form)).responses.values() if isinstance(one, Entered)]
    assert any("１" in text for text in typed)
