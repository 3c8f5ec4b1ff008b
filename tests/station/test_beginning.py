"""How a seat begins its day: what is refused is kept to be shown, what can go on goes on, nothing is ever raised."""

import os
import shutil
from pathlib import Path

from kiosk.exam import session as s
from kiosk.exam.incident import IncidentKind
from kiosk.exam.rules import LockLevel
from kiosk.exam.vocabulary import RoomId
from kiosk.formats.codec import decode_session_event
from kiosk.formats.journal import is_epoch
from kiosk.rehearsal.demo_world import SESSION
from kiosk.station.beginning import take_up, take_up_from_sticks
from kiosk.station.view import Refusal, Stage
from tests.station.test_loading import signed
from tests.support.worlds import SeatAtWork, locked_seat, open_seat

OTHER_ROOM = RoomId("考场-２𬭚")


def damaged(path: Path, to: Path) -> Path:
    """Copy a package and change one bit in its middle."""
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    to.write_bytes(data)
    return to


def refused(seat: SeatAtWork) -> str:
    """The code of what is shown."""
    refusal = seat.station.view().refusal
    assert refusal is not None
    return refusal.code


def older(path: Path, seconds: int) -> Path:
    """Let a file be written some time ago."""
    at = path.stat().st_mtime - seconds
    os.utime(path, (at, at))
    return path


def test_a_good_package_begins_the_session(tmp_path: Path) -> None:
    with locked_seat(tmp_path) as seat:
        take_up(seat.station, seat.world.made.package)
        assert seat.stage is Stage.LOCKED
        assert seat.station.view().refusal is None
        assert seat.station.desk.session.id == SESSION


def test_nothing_given_and_nothing_there_is_no_refusal(tmp_path: Path) -> None:
    with locked_seat(tmp_path) as seat:
        take_up(seat.station)
        assert seat.stage is Stage.NO_PACKAGE
        assert seat.station.view().refusal is None


def test_a_refusal_is_kept_with_its_facts(tmp_path: Path) -> None:
    with locked_seat(tmp_path) as seat:
        take_up(seat.station, signed(seat.world, room=OTHER_ROOM))
        expected = Refusal(code="package/other-room", data=(("expected", "room-1"), ("found", OTHER_ROOM)))
        assert seat.station.view().refusal == expected
        assert seat.at(Stage.NO_PACKAGE)
        take_up(seat.station, seat.world.made.package)
        assert seat.station.view().refusal is None
        assert seat.at(Stage.LOCKED)


def test_a_seat_goes_on_with_its_own_and_says_what_was_refused(tmp_path: Path) -> None:
    with locked_seat(tmp_path) as seat:
        seat.station.load(seat.world.made.package)
        seat.restart()
        take_up(seat.station, damaged(seat.world.made.package, tmp_path / "坏 １.kround"))
        assert seat.stage is Stage.LOCKED
        assert refused(seat) == "package/damaged"


def test_a_lock_that_is_too_weak_is_shown_and_nothing_begins(tmp_path: Path) -> None:
    with locked_seat(tmp_path, "exam") as seat:
        take_up(seat.station, seat.world.made.package)
        assert (seat.stage, refused(seat)) == (Stage.NO_PACKAGE, "package/lock-too-weak")
        assert not list(seat.home.folder.rglob("journal.db"))
        seat.level = LockLevel.DESKTOP
        seat.restart()
        take_up(seat.station)
        assert seat.stage is Stage.LOCKED


def test_a_disk_that_takes_nothing_is_shown_and_can_be_tried_again(tmp_path: Path) -> None:
    with locked_seat(tmp_path) as seat:
        seat.home.opened.write_bytes(b"")
        take_up(seat.station, seat.world.made.package)
        assert seat.at(Stage.NO_PACKAGE)
        assert refused(seat) == "storage/file-write"
        seat.home.opened.unlink()
        take_up_from_sticks(seat.station, [])
        assert seat.at(Stage.LOCKED)
        assert seat.station.view().refusal is None


def test_a_seat_without_room_for_a_package_says_so(tmp_path: Path) -> None:
    with locked_seat(tmp_path) as seat:
        seat.home.packages.write_bytes(b"")
        take_up(seat.station, seat.world.made.package)
        assert seat.at(Stage.NO_PACKAGE)
        assert refused(seat) == "storage/file-write"


class TestSticks:
    def test_the_newest_file_is_tried_first(self, tmp_path: Path) -> None:
        with locked_seat(tmp_path) as seat:
            stick = seat.world.stick
            older(seat.world.made.package, 60)
            newer = shutil.move(signed(seat.world, package=5), stick)
            damaged(seat.world.made.package, stick / "第三个.kround")
            take_up_from_sticks(seat.station, [stick])
            assert seat.station.package is not None
            assert seat.station.package.round.package == 5
            assert seat.station.view().refusal is None
            assert Path(newer).exists()

    def test_a_package_for_elsewhere_is_told_only_when_there_is_nothing_better(self, tmp_path: Path) -> None:
        with locked_seat(tmp_path) as seat:
            stick = seat.world.stick
            bad = older(damaged(seat.world.made.package, stick / "坏.kround"), 60)
            shutil.move(signed(seat.world, room=OTHER_ROOM), stick)
            seat.world.made.package.unlink()
            take_up_from_sticks(seat.station, [stick])
            assert refused(seat) == "package/damaged"
            bad.unlink()
            take_up_from_sticks(seat.station, [stick])
            assert refused(seat) == "package/other-room"

    def test_a_pulled_stick_and_an_empty_one_change_nothing(self, tmp_path: Path) -> None:
        with locked_seat(tmp_path) as seat:
            take_up_from_sticks(seat.station, [tmp_path / "没有", tmp_path])
            assert seat.stage is Stage.NO_PACKAGE
            assert seat.station.view().refusal is None


class TestObservations:
    def test_before_a_session_they_wait_for_its_journal(self, tmp_path: Path) -> None:
        with locked_seat(tmp_path) as seat:
            for number in range(40):
                seat.station.observe(IncidentKind.SECOND_DISPLAY, f"显示器 {number} 𬭚")
            take_up(seat.station, seat.world.made.package)
            seat.station.pump()
            told = [event.detail for event in observed(seat)]
            assert told == [f"显示器 {number} 𬭚" for number in range(8, 40)], "the latest, and not without end"

    def test_in_a_sitting_they_are_its_incidents(self, tmp_path: Path) -> None:
        with open_seat(tmp_path) as seat:
            seat.station.observe(IncidentKind.SECOND_DISPLAY, "HDMI-1 1920x1080")
            seat.sit()
            seat.station.observe(IncidentKind.SECOND_DISPLAY, "HDMI-1 1920x1080 gone")
            seen = [one.detail for one in seat.station.sitting.incidents if one.kind is IncidentKind.SECOND_DISPLAY]
            assert seen == ["HDMI-1 1920x1080 gone"]
            assert [event.detail for event in observed(seat)] == ["HDMI-1 1920x1080"]

    def test_after_the_session_nothing_is_written_any_more(self, tmp_path: Path) -> None:
        with open_seat(tmp_path) as seat:
            seat.station.finish_session(seat.permit("close"))
            seat.station.observe(IncidentKind.SECOND_DISPLAY, "DP-2 800x600")
            assert seat.stage is Stage.CLOSED
            assert seat.station.fault is None


def observed(seat: SeatAtWork) -> list[s.SeatIncident]:
    """What the session journal holds about displays."""
    events = [decode_session_event(one.body) for one in seat.station.desk.log.records() if not is_epoch(one)]
    found = [event for event in events if isinstance(event, s.SeatIncident)]
    return [event for event in found if event.kind is IncidentKind.SECOND_DISPLAY]
