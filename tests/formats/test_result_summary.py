"""The summary says what the events say, and only of a sitting that is over."""

from dataclasses import replace

import pytest

from kiosk.exam import events as e
from kiosk.exam.sitting import replay
from kiosk.exam.vocabulary import ItemId
from kiosk.formats.bundle_header import ContradictionError
from kiosk.formats.result_summary import Ending, summary_of
from tests.support import builders as b

EVENTS = b.sitting_events()
PLACES = b.form().items


def first() -> e.Seated:
    assert isinstance(EVENTS[0], e.Seated)
    return EVENTS[0]


def test_it_says_what_the_law_of_the_sitting_says() -> None:
    sitting = replay(first(), EVENTS[1:], b.rules())
    found = summary_of(EVENTS)
    assert {item.item: item.response for item in found.items if item.response} == sitting.responses
    assert {item.item: item.changes for item in found.items if item.changes} == sitting.changes
    assert {item.item for item in found.items if item.seen} == sitting.seen
    assert (found.started, found.ended) == (sitting.started, sitting.ended)
    assert found.ending is Ending.HANDED_IN
    assert (found.sitting, found.place, found.person.name) == (b.SITTING, b.place(), b.NAME)
    assert [(item.item, item.options) for item in found.items] == [(one.item, one.options) for one in PLACES]


def test_the_input_in_progress_counts() -> None:
    last = PLACES[-1]
    typed = e.InProgress(item=last.item, response=e.Entered(text="１２𬭚"))
    found = summary_of((*EVENTS[:-1], e.TimeExpired(at=b.at(1), in_progress=typed)))
    assert found.items[-1].response == typed.response
    assert found.items[-1].changes == 1
    assert found.ending is Ending.TIME_EXPIRED
    assert summary_of((*EVENTS[:-1], e.TimeExpired(at=b.at(1), in_progress=None))).items[-1].response is None


def test_every_ending() -> None:
    assert summary_of((first(), e.Collected(at=b.at(1), act=b.act()))).ending is Ending.COLLECTED
    found = summary_of((first(), e.Voided(at=b.at(1), act=b.act())))
    assert (found.ending, found.started) == (Ending.VOID, None)


def test_segments_and_incidents_may_follow_the_end() -> None:
    assert summary_of((*EVENTS, b.segment(1, 1))) == summary_of(EVENTS)


@pytest.mark.parametrize(
    ("events", "what"),
    [
        ((), "not-seated"),
        (EVENTS[1:], "not-seated"),
        (EVENTS[:-1], "not-ended"),
        ((*EVENTS[:5], EVENTS[0], *EVENTS[5:]), "seated-twice"),
        ((*EVENTS, EVENTS[8]), "after-the-end"),
        ((*EVENTS, EVENTS[-1]), "after-the-end"),
        ((*EVENTS[:-1], e.Viewed(at=b.at(9), item=ItemId("不在卷中")), EVENTS[-1]), "item"),
        ((*EVENTS[:-1], e.Responded(at=b.at(9), item=ItemId("𬭚"), response=None), EVENTS[-1]), "item"),
    ],
)
def test_events_that_are_no_whole_sitting(events: tuple[e.Event, ...], what: str) -> None:
    with pytest.raises(ContradictionError) as refused:
        summary_of(events)
    assert refused.value.data == {"what": what}


def test_a_change_of_the_form_changes_the_summary() -> None:
    other = replace(first(), form=b.form(b"other seed"))
    assert summary_of((other, EVENTS[-1])) != summary_of((first(), EVENTS[-1]))
