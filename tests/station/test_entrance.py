"""Who may sit down: the roster, the seat, the clock of the room; every refusal is on record and the seat stays free."""

from pathlib import Path

import pytest

from kiosk.errors import RosterError
from kiosk.exam import session as s
from kiosk.exam.vocabulary import MINUTE
from kiosk.station.view import Stage
from tests.station.test_session_desk import session_events
from tests.support.worlds import SeatAtWork, open_seat


def refusal(seat: SeatAtWork, typed: str) -> str:
    with pytest.raises(RosterError) as caught:
        seat.station.sign_in(typed)
    last = session_events(seat)[-1]
    assert isinstance(last, s.SignInRefused)
    assert last.why == caught.value.code
    assert seat.at(Stage.SIGN_IN)
    return caught.value.code


def test_numbers_nobody_here_has(tmp_path: Path) -> None:
    with open_seat(tmp_path) as seat:
        for typed in (
            "",
            "   ",
            "０",
            "202611040099",
            "2" * 100_000,
            "𬭚" * 70,
            "\ud800",
            "'; DROP TABLE roster; --",
            "2026\x001104",
            "张示例",
        ):
            assert refusal(seat, typed) == "roster/unknown", typed[:20]
        assert all(len(event.number) <= 64 for event in session_events(seat) if isinstance(event, s.SignInRefused))


def test_the_seat_of_somebody_else(tmp_path: Path) -> None:
    with open_seat(tmp_path) as seat:
        other = seat.world.roster.entries[1]
        assert refusal(seat, other.number) == "roster/wrong-seat"


@pytest.mark.parametrize(
    "shape", ["{}", "  {}\n", "２０２６１１０４００４１", "2026 1104 0041", "2026\u30001104\u30000041"]
)
def test_a_number_as_people_type_it(tmp_path: Path, shape: str) -> None:
    with open_seat(tmp_path) as seat:
        entry = seat.station.sign_in(shape.format(seat.number))
        assert entry.number == seat.number == "202611040041"
        assert seat.at(Stage.CONFIRM)
        seat.station.sign_out()
        assert seat.at(Stage.SIGN_IN)


def test_too_early_and_too_late_go_by_the_rooms_clock(tmp_path: Path) -> None:
    with open_seat(tmp_path) as seat:
        timing = seat.station.desk.round.rules.timing
        start = seat.station.desk.session.start
        permit = seat.permit()
        for room, allowed in (
            (start - timing.entry_opens - 1, False),
            (start - timing.entry_opens, True),
            (start + timing.late_limit, True),
            (start + timing.late_limit + 1, False),
            (start + 24 * 60 * MINUTE, False),
        ):
            seat.station.desk.set_room_time(room, permit)
            for wall in (0, start, 2**31 * 1000):
                seat.clocks.wall = wall
                if allowed:
                    seat.station.sign_in(seat.number)
                    seat.station.sign_out()
                else:
                    assert refusal(seat, seat.number) == "roster/entry-closed"


def test_nobody_sits_twice(tmp_path: Path) -> None:
    with open_seat(tmp_path) as seat:
        seat.sit()
        seat.hand_in()
        with pytest.raises(RosterError) as caught:
            seat.station.sign_in(seat.number)
        assert caught.value.code == "roster/already-sat"
        seat.restart()
        seat.come_back()
        with pytest.raises(RosterError):
            seat.station.sign_in(seat.number)
