"""Time as a ledger: what was granted, what was used, and what a crash costs."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.exam.time_ledger import TICK, Credit, TimeLedger
from kiosk.exam.vocabulary import MINUTE, Millis
from tests.exam.values import CARD, HOUR, ILL, at


def ledger(base: int = HOUR, extra: int = 0, late: int = 0) -> TimeLedger:
    return TimeLedger(base=Millis(base), accommodation=Millis(extra), late=Millis(late))


def credit(amount: int) -> Credit:
    return Credit(amount=Millis(amount), card=CARD, reason=ILL)


def test_the_allowance_is_base_accommodation_and_credits_less_late_arrival() -> None:
    granted = ledger(extra=15 * MINUTE, late=4 * MINUTE).credited(credit(2 * MINUTE)).credited(credit(MINUTE))
    assert granted.allowance == (60 + 15 + 2 + 1 - 4) * MINUTE
    assert granted.credits == (credit(2 * MINUTE), credit(MINUTE))
    assert ledger(base=10, late=11).allowance == 0


def test_time_runs_only_between_start_and_stop() -> None:
    running = ledger().started(at(1_000))
    assert ledger().used_at(at(99_999)) == 0
    assert running.used_at(at(6_000)) == 5_000
    assert running.remaining(at(6_000)) == HOUR - 5_000
    stopped = running.stopped(at(6_000))
    assert stopped.used_at(at(99_999)) == stopped.used == 5_000
    assert stopped.since is None
    assert stopped.started(at(100_000)).used_at(at(100_001)) == 5_001


def test_nobody_uses_more_than_was_granted_however_late_it_is_noticed() -> None:
    """A PC that slept through the end of time has not used the night."""
    running = ledger().started(at(0))
    assert running.used_at(at(HOUR - 1)) == HOUR - 1
    assert running.used_at(at(10 * HOUR)) == HOUR
    assert running.remaining(at(10 * HOUR)) == 0
    assert running.stopped(at(10 * HOUR)).used == HOUR


def test_a_crash_charges_one_tick_after_the_last_record() -> None:
    crashed = ledger().started(at(0)).stopped_by_crash(at(20_000))
    assert crashed.used == 20_000 + TICK
    assert crashed.since is None
    assert crashed.stopped_by_crash(at(99_000)) == crashed


def test_a_crash_charges_at_most_what_was_left() -> None:
    assert ledger().started(at(0)).stopped_by_crash(at(HOUR - 1_000)).used == HOUR
    assert ledger().started(at(0)).stopped_by_crash(at(HOUR + 1_000)).used == HOUR


@given(
    st.integers(0, 2 * HOUR),
    st.lists(st.integers(0, 20 * MINUTE), max_size=6),
    st.integers(0, TICK),
)
def test_a_crash_gives_or_takes_no_more_than_a_tick(extra: int, spells: list[int], after: int) -> None:
    """Whatever ran before: power fails `after` milliseconds past the last record, at most a tick of them."""
    now, kept = 0, ledger(extra=extra)
    for spell in spells:
        kept = kept.started(at(now)).stopped(at(now + spell))
        now += spell + MINUTE
    running = kept.started(at(now))
    last, power_fails = at(now + 3 * MINUTE), at(now + 3 * MINUTE + after)
    charged = running.stopped_by_crash(last).used
    true = running.stopped(power_fails).used
    assert 0 <= charged - true <= TICK
    assert charged <= running.allowance


@pytest.mark.parametrize("crashes", [1, 10, 100])
def test_pulling_the_plug_gains_nothing(crashes: int) -> None:
    """Each crash happens just before the next tick; the charge never falls behind the time that went by."""
    kept, now, true = ledger(), 0, 0
    for _ in range(crashes):
        kept = kept.started(at(now)).stopped_by_crash(at(now))
        now, true = now + TICK, true + TICK - 1
    assert kept.used >= min(true, HOUR)


@given(st.integers(0, 3 * HOUR), st.integers(0, 3 * HOUR), st.integers(1, 30 * MINUTE))
def test_remaining_falls_with_time_and_rises_with_credit(now: int, later: int, amount: int) -> None:
    running = ledger().started(at(0))
    now, later = sorted((now, later))
    assert 0 <= running.remaining(at(later)) <= running.remaining(at(now)) <= HOUR
    assert running.credited(credit(amount)).remaining(at(now)) == max(0, HOUR + amount - now)
    assert running.used_at(at(now)) + running.remaining(at(now)) == running.allowance
