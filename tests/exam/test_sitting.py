"""The law of a sitting: every phase and event, every guard, what a response may be."""

from dataclasses import replace
from typing import cast

import pytest

from kiosk.exam import events as e
from kiosk.exam import sitting as law
from kiosk.exam.form import FormItem
from kiosk.exam.sitting import IllegalEventError, Phase, Sitting, apply, replay
from kiosk.exam.vocabulary import MINUTE, ItemId, Language, Millis, OptionId, ReasonCode
from tests.exam.phases import LATE, at_phase, suspended, why
from tests.exam.values import (
    ACT,
    CARD,
    FORM,
    MULTIPLE,
    NUMERIC,
    RULES,
    SINGLE,
    START,
    TRUE_FALSE,
    at,
    chosen,
    kept,
    noted,
    opened,
    responded,
    running,
    seated,
    waiting,
)


def events_for(sitting: Sitting) -> tuple[e.Event, ...]:
    """One event of every kind that nothing but its phase can forbid."""
    now = LATE if sitting.phase is Phase.RUNNING else sitting.last.mono + 1
    soon = at(min(now, sitting.last.mono + 1))
    late = at(now)
    return (
        seated(mono=soon.mono),
        e.Identified(at=soon, card=CARD),
        e.Briefed(at=soon, language=Language.EN),
        e.Ready(at=soon),
        e.Started(at=soon, late=Millis(0)),
        e.Viewed(at=soon, item=SINGLE.item),
        e.Responded(at=soon, item=SINGLE.item, response=chosen(SINGLE, 0)),
        e.Marked(at=soon, item=SINGLE.item, marked=True),
        e.Struck(at=soon, item=SINGLE.item, option=SINGLE.options[0], struck=True),
        e.DisplayChosen(at=soon, language=Language.ZH, scale=150, theme=e.Theme.DARK),
        e.Tick(at=soon, used=sitting.ledger.used_at(soon)),
        e.Suspended(at=soon, cause=e.SuspendCause.SAVE_FAILED, act=None),
        e.Recovered(at=soon, rebooted=False),
        e.Resumed(at=soon, act=ACT),
        e.Credited(at=soon, amount=Millis(MINUTE), act=ACT),
        noted(soon.mono),
        kept(soon.mono),
        e.HandedIn(at=late),
        e.TimeExpired(at=late, in_progress=None),
        e.Collected(at=soon, act=ACT),
        e.Voided(at=soon, act=ACT),
    )


KINDS = [type(event) for event in events_for(opened())]


def test_every_kind_of_event_and_every_phase_is_in_these_tests() -> None:
    assert set(KINDS) == set(e.Event.__args__)
    assert set(law.TRANSITIONS) == set(Phase)
    assert all(set(known) <= set(KINDS) for known in law.TRANSITIONS.values())
    assert all(at_phase(phase).phase is phase for phase in Phase)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
@pytest.mark.parametrize("phase", Phase, ids=lambda phase: phase.value)
def test_every_phase_takes_its_events_and_refuses_all_others(phase: Phase, kind: type) -> None:
    before = at_phase(phase)
    untouched = at_phase(phase)
    event = next(event for event in events_for(before) if type(event) is kind)
    known = law.TRANSITIONS[phase]
    if kind in known:
        after = apply(before, event)
        assert after.phase is (known[kind] or Phase.RUNNING)
        assert after.last == event.at
    else:
        with pytest.raises(IllegalEventError) as refused:
            apply(before, event)
        assert refused.value.data == {"event": kind.__name__, "phase": phase.value, "why": "phase"}
    assert before == untouched


def test_the_table_is_the_law_as_it_was_agreed() -> None:
    """What must never come into the table by a slip of the pen."""
    table = law.TRANSITIONS
    assert all(e.Seated not in known for known in table.values())
    assert [phase for phase, known in table.items() if e.Responded in known] == [Phase.RUNNING]
    assert [phase for phase, known in table.items() if e.HandedIn in known] == [Phase.RUNNING]
    assert [phase for phase, known in table.items() if e.TimeExpired in known] == [Phase.RUNNING]
    assert [phase for phase, known in table.items() if e.Resumed in known] == [Phase.SUSPENDED]
    for phase, known in table.items():
        if phase.closed:
            assert set(known.values()) == {phase}
            assert set(known) == {e.IncidentRecorded, e.SegmentKept}


def test_a_second_seating_would_be_refused_even_if_the_table_allowed_it() -> None:
    with pytest.raises(IllegalEventError) as refused:
        law._judge(opened(), seated())
    assert refused.value.data["why"] == "already-seated"


def test_an_event_or_a_response_nobody_knows_stops_the_program() -> None:
    with pytest.raises(AssertionError):
        law._judge(opened(), cast("e.Event", "𬭚"))
    with pytest.raises(AssertionError):
        apply(running(), responded(SINGLE, cast("e.Response", "𬭚"), START))


STRANGER = ItemId("题𬭚-99")
UNKNOWN = replace(ACT, reason=ReasonCode("心情不好"))
GUARDS: dict[str, tuple[Sitting, e.Event, str]] = {
    "an event before the last one": (running(), e.Tick(at=at(START - 1), used=Millis(0)), "time-runs-backwards"),
    "a language the round has not": (
        opened(replace(RULES, languages=(Language.ZH,))),
        e.DisplayChosen(at=at(1), language=Language.EN, scale=100, theme=e.Theme.LIGHT),
        "language",
    ),
    "a briefing in a language the round has not": (
        apply(opened(replace(RULES, languages=(Language.ZH,))), e.Identified(at=at(1), card=CARD)),
        e.Briefed(at=at(1), language=Language.EN),
        "language",
    ),
    "text too small": (
        opened(),
        e.DisplayChosen(at=at(1), language=Language.EN, scale=99, theme=e.Theme.LIGHT),
        "scale",
    ),
    "text too large": (
        opened(),
        e.DisplayChosen(at=at(1), language=Language.EN, scale=301, theme=e.Theme.LIGHT),
        "scale",
    ),
    "a start after the late limit": (
        waiting(),
        e.Started(at=at(START), late=Millis(15 * MINUTE + 1)),
        "too-late",
    ),
    "a start before its time": (waiting(), e.Started(at=at(START), late=Millis(-1)), "late"),
    "looking at a foreign item": (running(), e.Viewed(at=at(START), item=STRANGER), "item"),
    "responding to a foreign item": (
        running(),
        e.Responded(at=at(START), item=STRANGER, response=None),
        "item",
    ),
    "marking a foreign item": (running(), e.Marked(at=at(START), item=STRANGER, marked=True), "item"),
    "striking in a foreign item": (
        running(),
        e.Struck(at=at(START), item=STRANGER, option=SINGLE.options[0], struck=True),
        "item",
    ),
    "striking another item's option": (
        running(),
        e.Struck(at=at(START), item=SINGLE.item, option=MULTIPLE.options[0], struck=True),
        "option",
    ),
    "responding when time is up": (running(), responded(SINGLE, chosen(SINGLE, 0), LATE), "time-is-up"),
    "clearing a response when time is up": (running(), responded(SINGLE, None, LATE), "time-is-up"),
    "a tick that says too little": (running(), e.Tick(at=at(START + 5_000), used=Millis(4_999)), "used-time"),
    "a tick that says too much": (running(), e.Tick(at=at(START + 5_000), used=Millis(5_001)), "used-time"),
    "time up too soon": (running(), e.TimeExpired(at=at(LATE - 1), in_progress=None), "time-is-left"),
    "an input in progress in a foreign item": (
        running(),
        e.TimeExpired(at=at(LATE), in_progress=e.InProgress(item=STRANGER, response=e.Entered(text="1"))),
        "item",
    ),
    "an input in progress that is no response": (
        running(),
        e.TimeExpired(at=at(LATE), in_progress=e.InProgress(item=NUMERIC.item, response=e.Entered(text=" "))),
        "response",
    ),
    "an invigilator who suspends without a word": (
        running(),
        e.Suspended(at=at(START), cause=e.SuspendCause.INVIGILATOR, act=None),
        "act",
    ),
    "suspending for an unknown reason": (
        running(),
        e.Suspended(at=at(START), cause=e.SuspendCause.INVIGILATOR, act=UNKNOWN),
        "reason",
    ),
    "resuming for an unknown reason": (
        suspended(running(), START),
        e.Resumed(at=at(START), act=UNKNOWN),
        "reason",
    ),
    "crediting for an unknown reason": (
        running(),
        e.Credited(at=at(START), amount=Millis(MINUTE), act=UNKNOWN),
        "reason",
    ),
    "crediting nothing": (running(), e.Credited(at=at(START), amount=Millis(0), act=ACT), "amount"),
    "taking time": (running(), e.Credited(at=at(START), amount=Millis(-MINUTE), act=ACT), "amount"),
    "crediting more than the round allows": (
        running(),
        e.Credited(at=at(START), amount=Millis(30 * MINUTE + 1), act=ACT),
        "amount",
    ),
    "noting for an unknown reason": (running(), noted(START, UNKNOWN), "reason"),
    "collecting for an unknown reason": (running(), e.Collected(at=at(START), act=UNKNOWN), "reason"),
    "voiding for an unknown reason": (running(), e.Voided(at=at(START), act=UNKNOWN), "reason"),
    "a note without end": (running(), noted(START, replace(ACT, note="𬭚" * 1_001)), "note"),
    "a note with half a character": (running(), noted(START, replace(ACT, note="王\ud862")), "note"),
    "handing in too early": (running(), e.HandedIn(at=at(START + 30 * MINUTE - 1)), "too-early"),
}


@pytest.mark.parametrize("name", GUARDS)
def test_a_guard_refuses_and_nothing_has_changed(name: str) -> None:
    sitting, event, expected = GUARDS[name]
    assert why(sitting, event) == expected


@pytest.mark.parametrize(
    ("entry", "response"),
    [
        (SINGLE, e.Chosen(options=())),
        (SINGLE, chosen(SINGLE, 0, 1)),
        (SINGLE, e.Chosen(options=(OptionId("别处𬭚"),))),
        (SINGLE, e.Entered(text="1")),
        (TRUE_FALSE, chosen(TRUE_FALSE, 0, 1)),
        (MULTIPLE, e.Chosen(options=())),
        (MULTIPLE, chosen(MULTIPLE, 2, 1)),
        (MULTIPLE, chosen(MULTIPLE, 1, 1)),
        (MULTIPLE, e.Chosen(options=(*MULTIPLE.options[:1], SINGLE.options[0]))),
        (NUMERIC, chosen(SINGLE, 0)),
        (NUMERIC, e.Chosen(options=())),
        (NUMERIC, e.Entered(text="")),
        (NUMERIC, e.Entered(text="　\n")),
        (NUMERIC, e.Entered(text="1" * 201)),
        (NUMERIC, e.Entered(text="1" * 100_000)),
        (NUMERIC, e.Entered(text="１２\ud862")),
    ],
)
def test_a_response_that_does_not_fit_its_item_is_refused(entry: FormItem, response: e.Response) -> None:
    assert why(running(), responded(entry, response, START)) == "response"


@pytest.mark.parametrize(
    ("entry", "response"),
    [
        (SINGLE, chosen(SINGLE, 3)),
        (TRUE_FALSE, chosen(TRUE_FALSE, 1)),
        (MULTIPLE, chosen(MULTIPLE, 0, 2, 4)),
        (MULTIPLE, chosen(MULTIPLE, 1)),
        (NUMERIC, e.Entered(text="１２．５")),
        (NUMERIC, e.Entered(text="大概 𬭚")),
        (NUMERIC, e.Entered(text="𬭚" * 200)),
    ],
)
def test_a_response_is_kept_exactly_as_given_changed_and_cleared(entry: FormItem, response: e.Response) -> None:
    sitting = apply(running(), responded(entry, response, START))
    assert dict(sitting.responses) == {entry.item: response}
    sitting = apply(sitting, responded(entry, response, START + 1))
    sitting = apply(sitting, responded(entry, None, START + 2))
    assert dict(sitting.responses) == {}
    assert dict(sitting.changes) == {entry.item: 3}
    assert dict(apply(sitting, responded(entry, None, START + 3)).responses) == {}


def test_choosing_an_option_restores_it_and_leaves_the_others_struck() -> None:
    sitting = running()
    for entry, place in ((SINGLE, 0), (SINGLE, 1), (MULTIPLE, 0)):
        sitting = apply(sitting, e.Struck(at=at(START), item=entry.item, option=entry.options[place], struck=True))
    sitting = apply(sitting, responded(SINGLE, chosen(SINGLE, 0), START))
    assert sitting.struck == {(SINGLE.item, SINGLE.options[1]), (MULTIPLE.item, MULTIPLE.options[0])}
    back = e.Struck(at=at(START), item=SINGLE.item, option=SINGLE.options[1], struck=False)
    assert apply(sitting, back).struck == {(MULTIPLE.item, MULTIPLE.options[0])}


def test_items_are_seen_current_and_marked() -> None:
    sitting = apply(running(), e.Viewed(at=at(START), item=NUMERIC.item))
    sitting = apply(sitting, e.Marked(at=at(START), item=SINGLE.item, marked=True))
    assert (sitting.current, sitting.seen) == (NUMERIC.item, frozenset({NUMERIC.item}))
    assert sitting.marked == {SINGLE.item}
    assert apply(sitting, e.Marked(at=at(START), item=SINGLE.item, marked=False)).marked == frozenset()
    assert sitting.form_item(NUMERIC.item) == NUMERIC
    assert sitting.form_item(STRANGER) is None


def test_the_language_of_the_briefing_keeps_size_and_colours() -> None:
    assert opened().language is Language.ZH
    wide = e.DisplayChosen(at=at(1), language=Language.ZH, scale=200, theme=e.Theme.HIGH_CONTRAST)
    sitting = apply(apply(opened(), wide), e.Identified(at=at(1), card=CARD))
    briefed = apply(sitting, e.Briefed(at=at(2), language=Language.EN))
    assert briefed.display == replace(wide, at=at(2), language=Language.EN)
    assert (briefed.language, briefed.consented) == (Language.EN, at(2))
    assert waiting().display == e.DisplayChosen(at=at(2), language=Language.ZH, scale=100, theme=e.Theme.LIGHT)


def test_incidents_and_segments_are_kept_in_order_after_the_end_too() -> None:
    sitting = apply(running(), noted(START, ACT))
    sitting = apply(sitting, kept(START))
    ended = apply(sitting, e.Collected(at=at(START), act=ACT))
    ended = apply(apply(ended, noted(START + 5)), kept(START + 6))
    assert ended.incidents == (noted(START, ACT), noted(START + 5))
    assert ended.segments == (kept(START), kept(START + 6))


def test_replay_of_a_journal_that_could_not_have_been_written_is_refused() -> None:
    rest: list[e.Event] = [e.Identified(at=at(1), card=CARD), e.Ready(at=at(2))]
    with pytest.raises(IllegalEventError):
        replay(seated(), rest, RULES)
    assert replay(seated(), rest[:1], RULES).phase is Phase.IDENTIFIED
    assert FORM.items[0] == SINGLE
