"""A PC with an empty clock battery goes by the latest time it believed; nothing that is out of date gets in by it."""

import shutil
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from kiosk.errors import KioskError
from kiosk.exam import session as s
from kiosk.exam.incident import IncidentKind
from kiosk.exam.round import Round
from kiosk.exam.vocabulary import Instant
from kiosk.office.examine import Alarm
from kiosk.rehearsal.demo_world import SESSION
from kiosk.station.beginning import take_up
from kiosk.station.home import Home
from kiosk.station.last_seen import behind, believed, last_seen, remember
from kiosk.station.loading import Loader
from kiosk.station.view import Stage
from tests.station.test_loading import loader, signed
from tests.station.test_recovery import examined, running
from tests.station.test_session_desk import session_events
from tests.support.disk import full_disk
from tests.support.worlds import NOW, Clocks, SeatAtWork, fresh_world, locked_seat, open_seat

MINUTE, DAY = 60_000, 86_400_000
YEAR = 365 * DAY
EMPTY_BATTERY = 7 * MINUTE
"""A clock that began on the first of January 1970."""


def at(clocks: Clocks) -> Instant:
    return clocks.seat_clock().now()


def jumps(seat: SeatAtWork) -> list[str]:
    found = [event for event in session_events(seat) if isinstance(event, s.SeatIncident)]
    return [event.detail for event in found if event.kind is IncidentKind.CLOCK_JUMPED]


def test_a_reboot_into_1970_in_mid_sitting_recovers_and_is_told_of(tmp_path: Path) -> None:
    with open_seat(tmp_path) as seat:
        saved = running(seat)
        known = last_seen(seat.home)
        assert known == NOW
        seat.station.close()
        seat.clocks.reboot()
        seat.clocks.wall = EMPTY_BATTERY
        seat.boot()
        seat.come_back()
        assert seat.station.sitting.responses == saved
        assert seat.station.now().room is None
        assert jumps(seat) == [f"{EMPTY_BATTERY - NOW:+d} ms"]
        assert last_seen(seat.home) == known
        seat.resume()
        seat.respond(12, 14)
        seat.hand_in()
        receipt = seat.station.view().receipt
        seat.restart()
        seat.come_back()
        assert (seat.stage, seat.station.view().receipt) == (Stage.RECEIPT, receipt)
        told = examined(seat)
        assert len(told.sitting.responses) == 14
        assert Alarm.JOURNAL_DAMAGED not in told.alarms


def test_without_what_was_remembered_no_package_would_verify(tmp_path: Path) -> None:
    """The negative control: this is what the file is for."""
    with open_seat(tmp_path) as seat:
        running(seat)
        seat.station.close()
        seat.clocks.reboot()
        seat.clocks.wall = EMPTY_BATTERY
        seat.home.last_seen.unlink()
        seat.boot()
        assert seat.station.package is None
        assert seat.at(Stage.NO_PACKAGE)
        take_up(seat.station)
        assert seat.station.refusal is not None
        assert seat.station.refusal.code == "trust/expired"


def test_the_room_clock_confirmed_after_it_is_what_counts(tmp_path: Path) -> None:
    with open_seat(tmp_path) as seat:
        seat.station.close()
        seat.clocks.reboot()
        seat.clocks.wall = EMPTY_BATTERY
        seat.boot()
        seat.come_back()
        seat.station.desk.set_room_time(NOW + MINUTE, seat.permit("room-time"))
        seat.sit()
        assert seat.station.sitting.last.room == NOW + MINUTE
        seat.hand_in()
        assert last_seen(seat.home) == NOW + MINUTE
        assert examined(seat).opened.header.ended == NOW + MINUTE


@pytest.mark.parametrize("minutes", [-700, -3, 0, 3, 700])
def test_the_day_of_the_rooms_clock_is_the_sessions_where_the_pc_does_not_know_it(tmp_path: Path, minutes: int) -> None:
    """The invigilator compares hours and minutes with what the PC shows; the year is not on the wall."""
    with open_seat(tmp_path) as seat:
        start = seat.station.desk.session.start
        seat.station.close()
        seat.clocks.reboot()
        seat.clocks.wall = EMPTY_BATTERY
        seat.boot()
        seat.come_back()
        truth = start + minutes * MINUTE
        read = seat.clocks.wall + (truth - seat.clocks.wall) % DAY
        seat.station.desk.set_room_time(read, seat.permit("room-time"))
        assert seat.now().room == truth


def test_a_pc_that_knows_the_day_is_not_corrected(tmp_path: Path) -> None:
    with open_seat(tmp_path) as seat:
        for wall, ahead in ((NOW - 3 * MINUTE, 8 * MINUTE), (NOW + DAY, -DAY // 3)):
            seat.clocks.wall = wall
            seat.station.desk.set_room_time(wall + ahead, seat.permit("room-time"))
            assert seat.now().room == wall + ahead


def test_after_a_reboot_into_1970_a_candidate_may_still_sign_in(tmp_path: Path) -> None:
    with open_seat(tmp_path) as seat:
        seat.station.close()
        seat.clocks.reboot()
        seat.clocks.wall = EMPTY_BATTERY
        seat.boot()
        seat.come_back()
        assert seat.station.sign_in(seat.number).number == seat.number
        seat.home.last_seen.unlink()
        with pytest.raises(KioskError) as caught:
            seat.station.sign_in(seat.number)
        assert caught.value.code == "roster/entry-closed"


def test_a_clock_a_year_ahead_refuses_until_it_is_right_and_poisons_nothing(tmp_path: Path) -> None:
    with open_seat(tmp_path) as seat:
        saved, known = running(seat), last_seen(seat.home)
        seat.station.close()
        seat.clocks.reboot()
        seat.clocks.wall += YEAR
        seat.boot()
        assert seat.at(Stage.NO_PACKAGE)
        with pytest.raises(KioskError) as caught:
            seat.station.load(seat.world.made.package)
        assert caught.value.code == "package/expired"
        take_up(seat.station)
        assert seat.station.session is None
        assert seat.station.refusal is not None
        assert seat.station.refusal.code == "package/expired"
        assert last_seen(seat.home) == known
        seat.clocks.wall -= YEAR
        take_up(seat.station)
        assert seat.at(Stage.RECOVERY)
        assert not seat.station.refusal
        seat.station.recover(seat.world.card.card, seat.world.card.pin)
        assert seat.station.sitting.responses == saved
        assert jumps(seat) == []


def test_an_expired_package_stays_out_whatever_the_clock_says(tmp_path: Path) -> None:
    """Setting the clock back into the round's dates brings it in only where nothing later was believed."""
    world = fresh_world(tmp_path)
    of = loader(world)
    later = signed(
        world,
        not_before=NOW + DAY,
        not_after=NOW + 3 * DAY,
        package=2,
        sessions=tuple(replace(one, start=one.start + 2 * DAY) for one in world.made.round.sessions),
    )
    ended = signed(world, not_after=NOW + DAY, package=1)
    of.load(later, at(Clocks(wall=NOW + 2 * DAY)))
    assert last_seen(of.home) == NOW + 2 * DAY
    with pytest.raises(KioskError) as caught:
        of.load(ended, at(Clocks()))
    assert caught.value.code == "package/expired"
    fresh = Loader(
        home=Home(folder=Path(shutil.copytree(of.home.folder, tmp_path / "another"))),
        post=of.post,
        identity=of.identity,
        program=of.program,
    )
    fresh.home.last_seen.unlink()
    shutil.rmtree(fresh.home.packages)
    assert fresh.load(ended, at(Clocks())).round.package == 1


def round_of(world_folder: Path) -> tuple[Home, Round]:
    world = fresh_world(world_folder)
    return world.homes[0], world.made.round


def test_it_only_goes_forward_and_only_within_the_rounds_dates(tmp_path: Path) -> None:
    home, round_ = round_of(tmp_path)
    assert last_seen(home) == 0
    for wall in (round_.not_before - 1, round_.not_after + 1, EMPTY_BATTERY, NOW + 30 * YEAR):
        remember(home, at(Clocks(wall=wall)), round_)
        assert last_seen(home) == 0
    for wall, known in ((NOW, NOW), (NOW + 5, NOW + 5), (NOW - DAY, NOW + 5), (round_.not_after + 1, NOW + 5)):
        remember(home, at(Clocks(wall=wall)), round_)
        assert last_seen(home) == known
    clock = Clocks(wall=NOW + YEAR).seat_clock()
    clock.set_room(NOW + MINUTE, clock.now().mono)
    remember(home, clock.now(), round_)
    assert last_seen(home) == believed(home, clock.now()) == NOW + MINUTE
    assert believed(home, at(Clocks(wall=NOW))) == NOW + MINUTE
    assert believed(home, at(Clocks(wall=NOW + DAY))) == NOW + DAY


def test_a_clock_within_a_minute_is_no_incident(tmp_path: Path) -> None:
    home, round_ = round_of(tmp_path)
    remember(home, at(Clocks()), round_)
    found = [behind(home, at(Clocks(wall=NOW + ms))) for ms in (DAY, 0, -MINUTE, -MINUTE - 1)]
    assert found == [0, 0, 0, MINUTE + 1]
    with locked_seat(tmp_path / "seat") as seat:
        seat.station.load(seat.world.made.package)
        for wall, told in ((NOW - MINUTE, 0), (NOW - 2 * MINUTE, 1)):
            seat.clocks.wall = wall
            seat.restart()
            seat.station.begin_session(SESSION)
            assert len(jumps(seat)) == told
        assert last_seen(seat.home) == NOW


HARM: Mapping[str, Callable[[bytes], bytes]] = {
    "empty": lambda _: b"",
    "noise": lambda _: "时间 ０７ 𬭚".encode(),
    "one digit": lambda data: bytes([data[0] ^ 1]) + data[1:],
    "short": lambda data: data[:9],
    "long": lambda data: data * 40,
    "without its mark": lambda data: data.split()[0],
    "zeros": lambda data: bytes(len(data)),
}


@pytest.mark.parametrize("harm", HARM)
def test_a_damaged_file_says_nothing_and_is_written_anew(tmp_path: Path, harm: str) -> None:
    home, round_ = round_of(tmp_path)
    remember(home, at(Clocks()), round_)
    home.last_seen.write_bytes(HARM[harm](home.last_seen.read_bytes()))
    assert last_seen(home) == 0
    assert believed(home, at(Clocks(wall=EMPTY_BATTERY))) == EMPTY_BATTERY
    remember(home, at(Clocks(wall=NOW - MINUTE)), round_)
    assert last_seen(home) == NOW - MINUTE


def test_a_folder_in_its_place_and_a_full_disk_stop_nothing(tmp_path: Path) -> None:
    home, round_ = round_of(tmp_path)
    with full_disk():
        remember(home, at(Clocks()), round_)
    assert last_seen(home) == 0
    home.last_seen.mkdir()
    remember(home, at(Clocks()), round_)
    assert last_seen(home) == 0
