"""The seat's clocks: durations from the one nobody can set, the room's time carried on by it."""

from kiosk.station.clock import SeatClock
from tests.support.worlds import NOW, UP, Clocks


def test_this_pcs_clocks_run_forwards_and_name_its_boot() -> None:
    clock = SeatClock()
    first, second = clock.now(), clock.now()
    assert second.mono >= first.mono
    assert first.room is None
    assert clock.boot == SeatClock().boot != ""


def test_the_rooms_time_goes_on_by_the_boot_time_clock() -> None:
    clocks = Clocks()
    clock = clocks.seat_clock()
    clock.set_room(NOW + 90_000, clock.now().mono)
    clocks.mono += 5_000
    clocks.wall = 0
    now = clock.now()
    assert (now.mono, now.wall, now.room) == (UP + 5_000, 0, NOW + 95_000)
    clock.forget_room()
    assert clock.now().room is None
