"""What a damaged session journal does not win: no delay, no blocked card, no second sitting, no second bundle."""

import shutil
from pathlib import Path

import pytest

from kiosk.errors import KioskError
from kiosk.exam import session as s
from kiosk.rehearsal.demo_world import SESSION
from kiosk.station.session_log import session_key
from kiosk.station.view import Stage
from kiosk.storage.journal_store import JournalStore
from tests.station.test_recovery import cut, flip, journal, power_cut, running
from tests.station.test_session_journal import MINUTE, back, folder_of, incidents, session_events
from tests.support.worlds import SeatAtWork, locked_seat, open_seat, tree


def refusal(act: object, *given: object) -> str:
    with pytest.raises(KioskError) as caught:
        act(*given)  # type: ignore[operator]
    return caught.value.code


def test_the_longest_delay_counts_from_the_mending_and_from_each_restart(tmp_path: Path) -> None:
    with locked_seat(tmp_path) as seat:
        seat.station.load(seat.world.made.package)
        seat.station.begin_session(SESSION)
        for _ in range(3):
            seat.station.desk.refuse_code("release-code")
        power_cut(seat)
        cut(folder_of(seat) / "journal.db-wal", 0.4)
        seat.boot()
        seat.station.begin_session(SESSION)
        card, pin = seat.world.card.card, seat.world.card.pin
        assert seat.at(Stage.LOCKED)
        for _ in range(2):
            assert seat.station.view().wait == MINUTE
            assert refusal(seat.station.desk.unlock, seat.world.release_code, [card]) == "unlock/wait"
            assert refusal(seat.station.desk.authorise, card, pin, "unlock") == "unlock/wait"
            seat.clocks.go(MINUTE - 1)
            assert refusal(seat.station.desk.authorise, card, pin, "unlock") == "unlock/wait"
            seat.restart()
            seat.station.begin_session(SESSION)
        seat.clocks.go(MINUTE)
        seat.station.desk.refuse_code("release-code")
        assert seat.station.view().wait == MINUTE
        seat.clocks.go(MINUTE)
        opened_with_the_code(seat)
        assert seat.at(Stage.SIGN_IN)


def opened_with_the_code(seat: SeatAtWork) -> None:
    seat.station.desk.unlock(seat.world.release_code, [seat.world.card.card])
    seat.station.desk.set_room_time(seat.clocks.wall, seat.permit("room-time"))


def wrong_pin(seat: SeatAtWork, which: int = 0) -> str:
    secret = seat.world.made.secrets.cards[which]
    pin = "000001" if secret.pin != "000001" else "000002"
    return refusal(seat.station.desk.authorise, secret.card, pin, "test")


@pytest.mark.parametrize("left", ["nothing", "everything"])
def test_a_blocked_card_has_one_try_at_most_and_only_after_the_delay(tmp_path: Path, left: str) -> None:
    with open_seat(tmp_path) as seat:
        running(seat, 3)
        for _ in range(5):
            assert wrong_pin(seat) == "unlock/wrong-pin"
        assert wrong_pin(seat) == "unlock/card-blocked"
        power_cut(seat)
        (folder_of(seat) / ("journal.db" if left == "nothing" else "journal.head")).unlink()
        seat.boot()
        seat.station.begin_session(SESSION)
        assert wrong_pin(seat) == "unlock/wait"
        seat.clocks.go(MINUTE)
        tries = [wrong_pin(seat) for _ in range(3)]
        first = "unlock/wrong-pin" if left == "nothing" else "unlock/card-blocked"
        assert tries == [first, "unlock/card-blocked", "unlock/card-blocked"]
        second = seat.world.made.secrets.cards[1]
        seat.station.recover(second.card, second.pin)
        assert seat.at(Stage.SUSPENDED)
        assert wrong_pin(seat) == "unlock/wrong-pin"


def test_nobody_sits_twice_because_the_record_of_the_sitting_is_lost(tmp_path: Path) -> None:
    """Also when the seat's kept keys are gone with it, so that it takes the release code."""
    with open_seat(tmp_path) as seat:
        saved = running(seat, 3)
        power_cut(seat)
        (folder_of(seat) / "journal.db").unlink()
        for path in folder_of(seat).glob("resume-*"):
            path.unlink()
        seat.boot()
        seat.station.begin_session(SESSION)
        assert seat.at(Stage.LOCKED)
        seat.clocks.go(MINUTE)
        opened_with_the_code(seat)
        assert refusal(seat.station.sign_in, seat.number) == "roster/already-sat"
        seat.restart()
        seat.come_back()
        assert seat.station.sitting.responses == saved


def test_kept_keys_that_do_not_open_lead_to_the_release_code(tmp_path: Path) -> None:
    with open_seat(tmp_path) as seat:
        running(seat, 3)
        power_cut(seat)
        (folder_of(seat) / "journal.db").unlink()
        for path in folder_of(seat).glob("resume-*"):
            flip(path, 0.9)
        seat.boot()
        seat.station.begin_session(SESSION)
        seat.clocks.go(MINUTE)
        assert seat.at(Stage.RECOVERY)
        refused = refusal(seat.station.recover, seat.world.card.card, seat.world.card.pin)
        assert refused.startswith("unlock/")
        assert seat.at(Stage.LOCKED)
        opened_with_the_code(seat)
        assert seat.at(Stage.SIGN_IN)


def test_what_was_sealed_is_found_again_and_never_sealed_over(tmp_path: Path) -> None:
    with open_seat(tmp_path) as seat:
        running(seat, 3)
        seat.hand_in()
        seat.until(lambda: seat.station.view().evidence_ready)
        receipt, outbox = seat.station.view().receipt, tree(seat.home.outbox)
        power_cut(seat)
        (folder_of(seat) / "journal.db").unlink()
        back(seat)
        assert (seat.stage, seat.station.view().receipt) == (Stage.RECEIPT, receipt)
        assert tree(seat.home.outbox) == outbox
        (name,) = seat.station.desk.log.state.sealed
        assert seat.station.desk.log.state.sittings == (name,)
        assert len(seat.station.export(seat.world.stick, lambda *_: None)) == 2


def test_a_sitting_of_another_session_is_not_taken_for_one_of_this(tmp_path: Path) -> None:
    """Folders of other days, of other seats, and no folders at all lie beside it; none of them is changed."""
    (tmp_path / "b").mkdir()
    with open_seat(tmp_path) as seat, open_seat(tmp_path / "b", "no-camera") as other:
        running(other, 3)
        other.station.close()
        shutil.copytree(journal(other), seat.home.sittings / journal(other).name)
        (seat.home.sittings / "空 𬭚").mkdir()
        (seat.home.sittings / "文件").write_bytes(b"?")
        strangers = tree(seat.home.sittings)
        power_cut(seat)
        (folder_of(seat) / "journal.db").unlink()
        back(seat)
        assert seat.at(Stage.SIGN_IN)
        assert seat.station.desk.log.state.sittings == ()
        assert tree(seat.home.sittings) == strangers
        seat.station.sign_in(seat.number)
        other.boot()


def test_a_sitting_whose_record_was_not_written_before_the_power_failed_comes_back(tmp_path: Path) -> None:
    """Between the first record of the sitting and the session's record of it."""
    with open_seat(tmp_path) as seat:
        folder = folder_of(seat)
        shutil.copytree(folder, tmp_path / "before")
        seat.identify()
        sitting = seat.station.sitting.opened
        seat.station.close()
        shutil.rmtree(folder)
        shutil.copytree(tmp_path / "before", folder)
        seat.boot()
        seat.come_back()
        assert seat.station.sitting.opened == sitting
        assert incidents(seat) == []


def test_a_journal_that_was_only_begun_gets_its_first_event(tmp_path: Path) -> None:
    """The power failed between the first epoch and the first event: nothing is damaged, nobody waits."""
    with locked_seat(tmp_path) as seat:
        seat.station.load(seat.world.made.package)
        seat.station.begin_session(SESSION)
        folder, by = folder_of(seat), seat.station.desk.signatory
        key = session_key(seat.home.identity().device_secret, folder.name)
        seat.station.close()
        shutil.rmtree(folder)
        JournalStore.create(folder, folder.name, key, by).close()
        for _ in range(2):
            seat.boot()
            seat.station.begin_session(SESSION)
            found = session_events(seat)
            assert [isinstance(event, s.SessionOpened) for event in found] == [True] + [False] * (len(found) - 1)
            assert incidents(seat) == []
            assert seat.station.view().wait == 0
            seat.station.close()
