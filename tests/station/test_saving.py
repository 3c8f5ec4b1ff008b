"""When the disk takes nothing more: the seat stops with a fault, and nothing is called saved that is not on disk."""

from contextlib import suppress
from pathlib import Path

import pytest

from kiosk.errors import KioskError
from kiosk.exam import events as e
from kiosk.station.view import Stage
from kiosk.storage.journal_store import JournalWriteError
from tests.support.disk import full_disk
from tests.support.worlds import SeatAtWork, open_seat


def respond_into_a_full_disk(seat: SeatAtWork) -> None:
    plan = seat.plan()
    with full_disk():
        for item in seat.items[3:8]:
            with suppress(JournalWriteError):
                seat.station.view_item(item)
                seat.station.respond(item, plan.responses[item])
        seat.until(lambda: seat.station.fault is not None)


def test_a_full_disk_is_a_fault_and_what_was_not_written_is_not_called_saved(tmp_path: Path) -> None:
    with open_seat(tmp_path) as seat:
        seat.sit()
        seat.respond(0, 3)
        saved = dict(seat.station.sitting.responses)
        respond_into_a_full_disk(seat)
        view = seat.station.view()
        assert (view.stage, view.fault) == (Stage.FAULT, "journal/write")
        assert view.sitting is not None
        called_saved = {item for item in view.sitting.responses if item not in view.saved.pending}
        assert called_saved == saved.keys()
        with pytest.raises(KioskError):
            seat.station.respond(seat.items[0], None)
        with pytest.raises(KioskError):
            seat.station.send(e.HandedIn(at=seat.now()))
        seat.clocks.go(10 * 3_600_000)
        seat.station.pump()
        assert seat.at(Stage.FAULT)
        assert not list(seat.home.outbox.glob("*"))

        seat.restart()
        seat.come_back()
        assert dict(seat.station.sitting.responses) == saved
        seat.resume()
        seat.respond(3, 8)
        seat.hand_in()


def test_reports_of_the_recorder_do_not_hide_a_failed_journal(tmp_path: Path) -> None:
    with open_seat(tmp_path) as seat:
        seat.sit()
        seat.film(1)
        with full_disk():
            seat.station.view_item(seat.items[1])
            seat.until(lambda: seat.station.fault is not None)
            seat.link.hello()
            seat.station.pump()
        assert seat.station.view().fault == "journal/write"


def test_a_disk_that_fills_up_before_sealing_loses_nothing(tmp_path: Path) -> None:
    with open_seat(tmp_path, with_link=False) as seat:
        seat.sit()
        seat.respond(0, 40)
        saved = dict(seat.station.sitting.responses)
        seat.station.send(e.HandedIn(at=seat.now()))
        seat.until(lambda: seat.station._desk is not None and seat.station._desk.writer.drain(5))
        with full_disk():
            seat.until(lambda: seat.station.fault is not None or seat.at(Stage.RECEIPT))
        if seat.at(Stage.FAULT):
            assert not list(seat.home.outbox.glob("*"))
            seat.restart()
            seat.come_back()
        seat.until_stage(Stage.RECEIPT)
        assert dict(seat.station.sitting.responses) == saved


def test_a_session_journal_that_takes_nothing_unlocks_nothing(tmp_path: Path) -> None:
    """A wrong PIN that could not be put on record is no free try: the act itself fails."""
    with open_seat(tmp_path) as seat:
        card, pin = seat.world.card.card, seat.world.card.pin
        with full_disk():
            for typed in (pin, "000000", "111111"):
                with pytest.raises(KioskError) as caught:
                    seat.station.desk.authorise(card, typed, "test")
                assert caught.value.code == "journal/write"
        assert seat.station.desk.log.state.wrong_pins == {}


def test_late_saves_are_said(tmp_path: Path) -> None:
    with open_seat(tmp_path) as seat:
        seat.sit()
        seat.respond(0, 1)
        saved = seat.station.view().saved
        assert (saved.pending, saved.late, saved.last_wall) == (frozenset(), False, seat.clocks.wall)
