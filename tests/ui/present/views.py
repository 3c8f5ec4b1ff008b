"""Views of a seat for tests of what is shown: a sitting is played by its events, nothing is made up."""

from dataclasses import replace
from typing import Any

from kiosk.exam import events as e
from kiosk.exam.rules import LockLevel, RuleProfile
from kiosk.exam.sitting import Sitting, replay
from kiosk.exam.vocabulary import Instant, ItemId, Language, Millis
from kiosk.station.view import Stage, View
from tests.support import builders as b


def timing(**changes: Any) -> RuleProfile:
    """The rules with other times."""
    return b.rules(timing=replace(b.rules().timing, **changes))


def entry(item: int) -> Any:
    """A place of the form, from 1."""
    return b.form().items[item - 1]


def running(*events: e.Event, rules: RuleProfile | None = None) -> Sitting:
    """A sitting that runs since START, after more events."""
    opening = (
        e.Identified(at=b.at(-540_000), card=b.CARD),
        e.Briefed(at=b.at(-480_000), language=Language.ZH),
        e.Ready(at=b.at(-60_000)),
        e.Started(at=b.at(0), late=Millis(0)),
    )
    return replay(b.seated(), (*opening, *events), rules or b.rules())


def viewed(number: int, ms: int = 1_000) -> e.Viewed:
    """The candidate goes to a number."""
    return e.Viewed(at=b.at(ms), item=entry(number).item)


def responded(number: int, response: e.Response | None, ms: int = 2_000) -> e.Responded:
    """The candidate responds to a number."""
    return e.Responded(at=b.at(ms), item=entry(number).item, response=response)


def marked(number: int, ms: int = 3_000) -> e.Marked:
    """The candidate marks a number."""
    return e.Marked(at=b.at(ms), item=entry(number).item, marked=True)


def first(number: int) -> e.Chosen:
    """The first option of a number."""
    return e.Chosen(options=entry(number).options[:1])


def item(number: int) -> Any:
    """The item at a number, as the bank has it."""
    return b.bank().by_id[ItemId(entry(number).item)]


def view(sitting: Sitting | None, now: Instant | None = None, **changes: Any) -> View:
    """What a screen gets to know."""
    made = View(
        stage=Stage.EXAM,
        now=now or b.at(10_000),
        seat=b.SEAT,
        rehearsal=False,
        lock_level=LockLevel.DESKTOP,
        restarted=False,
        round=b.round_(("age1x",)),
        session=b.round_(("age1x",)).sessions[0],
        entry=b.roster().entries[0],
        sitting=sitting,
    )
    return replace(made, **changes)
