"""Time in a sitting: deadline, late arrival, credits, hand-in, the end of time, suspension, restarts, duties."""

from dataclasses import replace

import pytest

from kiosk.exam import events as e
from kiosk.exam import sitting as law
from kiosk.exam.rules import RuleProfile
from kiosk.exam.sitting import Phase, apply, deadline, duties, hand_in_opens
from kiosk.exam.time_ledger import TICK
from kiosk.exam.vocabulary import MINUTE, Millis
from tests.exam.phases import LATE, at_phase, suspended, why
from tests.exam.values import (
    ACT,
    HOUR,
    NUMERIC,
    RULES,
    SINGLE,
    START,
    at,
    chosen,
    opened,
    responded,
    running,
    timed,
    waiting,
)


def test_the_deadline_is_known_only_while_time_runs() -> None:
    assert deadline(waiting()) is None
    assert deadline(running(extra=MINUTE)) == START + HOUR + MINUTE
    stopped = suspended(running(), START + 5 * MINUTE)
    assert deadline(stopped) is None
    assert deadline(apply(stopped, e.Resumed(at=at(START + HOUR), act=ACT))) == START + HOUR + 55 * MINUTE
    credited = apply(running(), e.Credited(at=at(START), amount=Millis(MINUTE), act=ACT))
    assert deadline(credited) == START + HOUR + MINUTE


def test_a_tick_carries_the_used_time_and_changes_nothing_else() -> None:
    before = running()
    after = apply(before, e.Tick(at=at(START + TICK), used=TICK))
    assert replace(after, last=before.last) == before


@pytest.mark.parametrize(("common_end", "allowance"), [(True, 46 * MINUTE), (False, HOUR)])
def test_late_arrival_costs_time_only_where_all_end_together(common_end: bool, allowance: int) -> None:
    rules = replace(RULES, timing=replace(RULES.timing, common_end=common_end))
    late = apply(waiting(rules), e.Started(at=at(START), late=Millis(14 * MINUTE)))
    assert late.ledger.allowance == allowance
    assert late.started == at(START)
    on_the_minute = apply(waiting(rules), e.Started(at=at(START), late=Millis(15 * MINUTE)))
    assert on_the_minute.phase is Phase.RUNNING


def test_a_credit_may_be_given_while_time_stands_still() -> None:
    stopped = suspended(running(), START + MINUTE)
    credited = apply(stopped, e.Credited(at=at(START + HOUR), amount=Millis(10 * MINUTE), act=ACT))
    assert credited.ledger.remaining(at(START + HOUR)) == 69 * MINUTE
    (credit,) = credited.ledger.credits
    assert (credit.amount, credit.card, credit.reason) == (10 * MINUTE, ACT.card, ACT.reason)


def hand_in(rules: RuleProfile, minute: int) -> int:
    return hand_in_opens(running(rules), at(START + minute * MINUTE)) // MINUTE


@pytest.mark.parametrize(
    ("earliest", "last", "minute", "wait"),
    [
        (30, 0, 0, 30),
        (30, 0, 29, 1),
        (30, 0, 30, 0),
        (0, 0, 0, 0),
        (0, 10, 49, 0),
        (0, 10, 50, 10),
        (0, 10, 59, 1),
        (0, 10, 60, 0),
        (30, 10, 45, 0),
        (90, 0, 10, 50),
        (55, 10, 50, 10),
        (55, 10, 20, 40),
        (30, 60, 0, 60),
    ],
)
def test_hand_in_opens_after_the_earliest_and_not_in_the_last_minutes(
    earliest: int, last: int, minute: int, wait: int
) -> None:
    """The wait shown is the true one: where the earliest moment lies in the last minutes, it is the end."""
    rules = timed(earliest=earliest * MINUTE, last=last * MINUTE)
    assert hand_in(rules, minute) == wait
    event = e.HandedIn(at=at(START + minute * MINUTE))
    if wait:
        assert why(running(rules), event) == "too-early"
        opened_at = e.HandedIn(at=at(START + (minute + wait) * MINUTE))
        assert apply(running(rules), opened_at).phase is Phase.HANDED_IN
    else:
        handed_in = apply(running(rules), event)
        assert (handed_in.phase, handed_in.ended, handed_in.by_clock) == (Phase.HANDED_IN, event.at, False)


def test_time_expired_keeps_the_input_in_progress() -> None:
    sitting = apply(running(), responded(NUMERIC, e.Entered(text="１"), START))
    typed = e.InProgress(item=NUMERIC.item, response=e.Entered(text="１２．５"))
    ended = apply(sitting, e.TimeExpired(at=at(LATE), in_progress=typed))
    assert ended.responses[NUMERIC.item] == e.Entered(text="１２．５")
    assert (ended.phase, ended.by_clock, ended.ended) == (Phase.HANDED_IN, True, at(LATE))


def test_time_expired_without_an_input_keeps_what_was_saved() -> None:
    sitting = apply(running(), responded(SINGLE, chosen(SINGLE, 2), LATE - 1))
    ended = apply(sitting, e.TimeExpired(at=at(LATE + 3 * HOUR), in_progress=None))
    assert ended.responses[SINGLE.item] == chosen(SINGLE, 2)
    assert ended.ledger.used == ended.ledger.allowance == HOUR


@pytest.mark.parametrize("kind", [e.Collected, e.Voided])
def test_an_invigilator_ends_a_sitting_from_every_open_phase(kind: type[e.Collected] | type[e.Voided]) -> None:
    for phase in Phase:
        if not phase.closed:
            before = at_phase(phase)
            ended = apply(before, kind(at=at(before.last.mono + 1), act=ACT))
            assert ended.phase.closed
            assert ended.ledger.since is None
            assert ended.ended == at(before.last.mono + 1)


# ---- suspension and recovery


@pytest.mark.parametrize("phase", [phase for phase in Phase if not phase.closed and phase is not Phase.SUSPENDED])
def test_resuming_leads_back_to_where_it_was_suspended(phase: Phase) -> None:
    before = at_phase(phase)
    stopped = suspended(before, before.last.mono)
    resumed = apply(stopped, e.Resumed(at=at(before.last.mono + HOUR), act=ACT))
    assert resumed.phase is phase
    assert resumed.ledger.used == before.ledger.used
    assert (resumed.ledger.since is not None) == (phase is Phase.RUNNING)


def test_a_restart_covers_the_sitting_charges_a_tick_and_counts() -> None:
    crashed = apply(running(), e.Tick(at=at(START + TICK), used=TICK))
    covered = apply(crashed, e.Recovered(at=at(3), rebooted=True))
    assert (covered.phase, covered.before, covered.restarts) == (Phase.SUSPENDED, Phase.RUNNING, 1)
    assert covered.ledger.used == 2 * TICK
    again = apply(covered, e.Recovered(at=at(1), rebooted=True))
    assert (again.before, again.restarts, again.ledger) == (Phase.RUNNING, 2, covered.ledger)
    resumed = apply(again, e.Resumed(at=at(500), act=ACT))
    assert resumed.phase is Phase.RUNNING
    assert deadline(resumed) == 500 + HOUR - 2 * TICK


def test_a_restart_while_suspended_charges_nothing() -> None:
    stopped = suspended(running(), START + MINUTE)
    covered = apply(stopped, e.Recovered(at=at(START + HOUR), rebooted=False))
    assert covered.ledger == stopped.ledger


def test_a_restart_after_the_end_is_no_event_of_the_sitting() -> None:
    assert why(at_phase(Phase.HANDED_IN), e.Recovered(at=at(LATE), rebooted=False)) == "phase"


# ---- duties


@pytest.mark.parametrize("phase", Phase, ids=lambda phase: phase.value)
def test_duties_follow_from_the_state_alone(phase: Phase) -> None:
    sitting = at_phase(phase)
    consented = phase not in {Phase.SEATED, Phase.IDENTIFIED}
    assert duties(sitting) == law.Duties(
        locked=phase is Phase.SUSPENDED,
        item_visible=phase is Phase.RUNNING,
        recording=consented and not phase.closed,
        ticking=phase is Phase.RUNNING,
        bundle=phase in {Phase.HANDED_IN, Phase.COLLECTED, Phase.VOID},
    )


def test_nobody_is_recorded_before_consenting_not_even_when_suspended() -> None:
    assert not duties(suspended(opened(), 1)).recording
