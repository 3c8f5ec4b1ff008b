"""The session journal's law: phases and events, growing delays that a restart begins anew, blocked cards."""

from dataclasses import replace
from typing import cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.exam import session as s
from kiosk.exam.incident import IncidentKind
from kiosk.exam.rules import LockLevel
from kiosk.exam.vocabulary import CardId, SittingId
from tests.exam.values import CARD, OTHER_CARD, PLACE, SECOND, WALL, at

SITTING = SittingId("考试𬭚-1")
OPENED = s.SessionOpened(at=at(0), place=PLACE, package_digest="ab" * 32, program="1.0", lock_level=LockLevel.DESKTOP)
SEALED = s.SittingSealed(at=at(8), sitting=SITTING, digest="cd" * 32, head="ef" * 32, records=99)


def code(mono: int) -> s.CodeRefused:
    return s.CodeRefused(at=at(mono), what="release-code")


def pin(card: CardId = CARD) -> s.PinRefused:
    return s.PinRefused(at=at(2), card=card)


def accepted(card: CardId = CARD) -> s.CardAccepted:
    return s.CardAccepted(at=at(3), card=card, purpose="unlock")


UNLOCKED = s.Unlocked(at=at(4), cards=(CARD, OTHER_CARD), by="release-code")
CLOSED = s.SessionClosed(at=at(9), card=CARD)
EVENTS: tuple[s.SessionEvent, ...] = (
    OPENED,
    s.ProgramRestarted(at=at(1), rebooted=False),
    s.RoomTimeSet(at=at(1), room=WALL + 90_000, card=CARD),
    code(1),
    pin(),
    accepted(),
    UNLOCKED,
    s.SignInRefused(at=at(5), number="２０２６𬭚", why="roster/unknown"),
    s.SittingOpened(at=at(6), sitting=SITTING),
    SEALED,
    s.Exported(at=at(8), sitting=SITTING, medium="stick", digest="cd" * 32),
    s.SeatIncident(at=at(8), kind=IncidentKind.RESERVE_CARD, detail="备用卡 𬭚"),
    s.TriesLost(at=at(8)),
    CLOSED,
)
STATES = {
    s.SessionPhase.LOCKED: s.open_session(OPENED),
    s.SessionPhase.UNLOCKED: s.replay_session(OPENED, [UNLOCKED]),
    s.SessionPhase.CLOSED: s.replay_session(OPENED, [CLOSED]),
}
LEADS = {s.Unlocked: s.SessionPhase.UNLOCKED, s.SessionClosed: s.SessionPhase.CLOSED}


def test_every_event_of_a_session_is_in_these_tests() -> None:
    assert {type(event) for event in EVENTS} == set(s.SessionEvent.__args__)
    assert set(STATES) == set(s.SessionPhase) == set(s.SESSION_EVENTS)


@pytest.mark.parametrize("event", EVENTS, ids=lambda event: type(event).__name__)
@pytest.mark.parametrize("phase", s.SessionPhase, ids=lambda phase: phase.value)
def test_every_phase_takes_its_events_and_refuses_all_others(phase: s.SessionPhase, event: s.SessionEvent) -> None:
    before = STATES[phase]
    copy = replace(before)
    if type(event) in s.SESSION_EVENTS[phase]:
        after = s.apply_session(before, event)
        assert after.phase is LEADS.get(type(event), phase)
        assert after.last == event.at
    else:
        with pytest.raises(s.IllegalSessionEventError) as refused:
            s.apply_session(before, event)
        assert refused.value.data == {"event": type(event).__name__, "phase": phase.value}
    assert before == copy


def test_a_session_would_open_once_even_if_the_table_said_otherwise() -> None:
    with pytest.raises(s.IllegalSessionEventError):
        s._judge(STATES[s.SessionPhase.LOCKED], OPENED)


def test_an_event_nobody_knows_stops_the_program() -> None:
    with pytest.raises(AssertionError):
        s._judge(STATES[s.SessionPhase.LOCKED], cast("s.SessionEvent", "𬭚"))


def test_wrong_codes_cost_one_two_four_up_to_sixty_seconds() -> None:
    state = s.open_session(OPENED)
    assert s.code_delay(state, at(0)) == 0
    found = []
    for number in range(9):
        state = s.apply_session(state, code(100 * SECOND * number))
        found.append(s.code_delay(state, at(100 * SECOND * number)) // SECOND)
    assert found == [1, 2, 4, 8, 16, 32, 60, 60, 60]


def test_a_delay_runs_down_and_ends() -> None:
    state = s.replay_session(OPENED, [code(0), code(0), code(0)])
    assert [s.code_delay(state, at(mono)) for mono in (0, 1, 3_999, 4_000, 9_000)] == [4_000, 3_999, 1, 0, 0]


def test_a_thousand_wrong_codes_still_cost_sixty_seconds() -> None:
    state = replace(s.open_session(OPENED), wrong_codes=100_000, wrong_since=at(0))
    assert s.code_delay(state, at(0)) == 60 * SECOND


@pytest.mark.parametrize("rebooted", [False, True])
def test_a_restart_begins_the_delay_anew_and_forgets_nothing(rebooted: bool) -> None:
    """Neither waiting while the program is away nor a boot-time clock that begins again shortens it."""
    state = s.replay_session(OPENED, [code(500_000)] * 5)
    for mono in (7, 510_000, 900_000):
        restarted = s.apply_session(state, s.ProgramRestarted(at=at(mono), rebooted=rebooted))
        assert s.code_delay(restarted, at(mono)) == 16 * SECOND
        assert s.code_delay(s.apply_session(restarted, code(mono)), at(mono)) == 32 * SECOND


def test_a_clock_that_began_again_without_a_restart_on_record_shortens_nothing() -> None:
    state = s.replay_session(OPENED, [code(500_000)])
    assert s.code_delay(state, at(0)) == SECOND


def test_a_restart_without_wrong_codes_makes_nobody_wait() -> None:
    state = s.replay_session(OPENED, [s.ProgramRestarted(at=at(1), rebooted=True)])
    assert s.code_delay(state, at(1)) == 0


def test_the_right_code_ends_the_count() -> None:
    state = s.replay_session(OPENED, [code(0), code(0), UNLOCKED])
    assert s.code_delay(state, at(0)) == 0
    assert s.code_delay(s.apply_session(state, code(5)), at(5)) == SECOND


def test_five_wrong_pins_block_a_card_until_another_card_acts() -> None:
    state = s.replay_session(OPENED, [pin()] * 4)
    assert not s.card_blocked(state, CARD)
    blocked = s.apply_session(state, pin())
    assert s.card_blocked(blocked, CARD)
    assert not s.card_blocked(blocked, OTHER_CARD)
    with pytest.raises(s.IllegalSessionEventError):
        s.apply_session(blocked, accepted(CARD))
    freed = s.apply_session(blocked, accepted(OTHER_CARD))
    assert not s.card_blocked(freed, CARD)
    assert s.apply_session(freed, accepted(CARD)).wrong_pins == {}


def test_a_restart_unblocks_no_card() -> None:
    state = s.replay_session(OPENED, [*[pin()] * 5, s.ProgramRestarted(at=at(3), rebooted=True)])
    assert s.card_blocked(state, CARD)


def test_a_right_pin_ends_the_count_of_its_card() -> None:
    state = s.replay_session(OPENED, [*[pin()] * 4, accepted(), pin()])
    assert not s.card_blocked(state, CARD)


def test_where_the_counts_were_lost_the_longest_delay_holds_and_each_card_has_one_try() -> None:
    lost = s.TriesLost(at=at(1_000))
    state = s.replay_session(OPENED, [code(0), lost])
    assert s.code_delay(state, at(1_000)) == s.pin_delay(state, at(1_000)) == 60 * SECOND
    assert s.pin_delay(state, at(61_000)) == 0
    again = s.apply_session(state, s.ProgramRestarted(at=at(50_000), rebooted=False))
    assert s.code_delay(again, at(50_000)) == s.pin_delay(again, at(50_000)) == 60 * SECOND
    assert not s.card_blocked(state, CARD)
    missed = s.apply_session(state, pin())
    assert s.card_blocked(missed, CARD)
    assert not s.card_blocked(missed, OTHER_CARD)
    freed = s.apply_session(missed, accepted(OTHER_CARD))
    assert not s.card_blocked(freed, CARD)
    assert (s.pin_delay(freed, at(1_000)), freed.wrong_pins) == (0, {})
    assert not s.card_blocked(s.apply_session(freed, pin()), CARD)


def test_lost_counts_free_no_card_that_is_known_to_be_blocked() -> None:
    state = s.replay_session(OPENED, [*[pin()] * 5, s.TriesLost(at=at(3))])
    assert s.card_blocked(state, CARD)


def test_wrong_codes_alone_delay_no_pin() -> None:
    state = s.replay_session(OPENED, [code(0)] * 9)
    assert (s.code_delay(state, at(0)), s.pin_delay(state, at(0))) == (60 * SECOND, 0)


@pytest.mark.parametrize("rebooted", [False, True])
def test_the_room_time_lives_as_long_as_the_boot(rebooted: bool) -> None:
    set_ = s.RoomTimeSet(at=at(1), room=WALL, card=CARD)
    state = s.replay_session(OPENED, [set_, s.ProgramRestarted(at=at(2), rebooted=rebooted)])
    assert state.room == (None if rebooted else set_)


def test_sittings_seals_and_exports_are_remembered_after_closing_too() -> None:
    opened = s.SittingOpened(at=at(6), sitting=SITTING)
    exported = s.Exported(at=at(9), sitting=SITTING, medium="stick", digest="cd" * 32)
    state = s.replay_session(OPENED, [UNLOCKED, opened, SEALED, CLOSED, exported])
    assert (state.sittings, dict(state.sealed)) == ((SITTING,), {SITTING: SEALED})
    assert state.exported == {SITTING}


@given(st.lists(st.sampled_from(EVENTS[1:]), max_size=40), st.integers(0, 40))
def test_replay_equals_live_from_any_prefix_and_delays_stay_within_a_minute(
    tried: list[s.SessionEvent], cut: int
) -> None:
    state, journal, known = s.open_session(OPENED), [], []
    for event in tried:
        try:
            state = s.apply_session(state, event)
        except s.IllegalSessionEventError:
            continue
        journal.append(event)
        known.append(state)
        assert 0 <= s.code_delay(state, state.last) <= 60 * SECOND
    assert s.replay_session(OPENED, journal) == state
    cut = min(cut, len(journal))
    if cut:
        resumed = s.apply_session(known[cut - 1], s.ProgramRestarted(at=at(0), rebooted=True))
        assert resumed.wrong_codes == known[cut - 1].wrong_codes
