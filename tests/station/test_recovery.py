"""After a restart: what was saved is there, the time is right, and a journal that does not hold ends well.

A journal that was damaged, shortened or swapped becomes a fault of the seat; its intact beginning is sealed and the
office takes it, closed by the card that was shown. Nothing on the disk is repaired.
"""

import shutil
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

import pytest

from kiosk.errors import KioskError
from kiosk.exam import events as e
from kiosk.exam.incident import IncidentKind
from kiosk.exam.sitting import Phase
from kiosk.exam.vocabulary import ItemId, Language
from kiosk.formats.source import BytesSource
from kiosk.office.collect import collect
from kiosk.office.examine import Alarm, Examined, open_desk, verify_bundle
from kiosk.office.kept_rounds import load_rounds
from kiosk.office.report import EvidenceState, Outcome, RosterState
from kiosk.station.recovery import take_up
from kiosk.station.view import Stage
from tests.support.disk import full_disk
from tests.support.worlds import SeatAtWork, open_seat, tree


def examined(seat: SeatAtWork) -> Examined:
    office = seat.world.office
    return verify_bundle(BytesSource(seat.bundle.read_bytes()), open_desk(office, load_rounds(office)))


def journal(seat: SeatAtWork) -> Path:
    """The folder of the one sitting of this seat."""
    (folder,) = (seat.home.folder / "sittings").iterdir()
    return folder


def running(seat: SeatAtWork, responses: int = 12) -> Mapping[ItemId, e.Response]:
    """A sitting in the middle, with its language chosen; returns what was saved."""
    seat.sit()
    chosen = e.DisplayChosen(at=seat.now(), language=Language.EN, scale=150, theme=e.Theme.DARK)
    seat.station.send(chosen)
    for place in range(responses):
        seat.respond(place, place + 1)
    seat.clocks.go(5_000)
    seat.station.pump()
    seat.until(lambda: seat.station.view().saved.pending == frozenset())
    return seat.station.sitting.responses


def power_cut(seat: SeatAtWork) -> None:
    """Leave the disk as it is now, log and all; whatever the program does afterwards is forgotten."""
    kept = seat.home.folder.with_name("kept")
    shutil.copytree(seat.home.folder, kept)
    seat.station.close()
    shutil.rmtree(seat.home.folder)
    kept.rename(seat.home.folder)


@pytest.mark.parametrize("rebooted", [False, True])
def test_everything_comes_back_and_stays_covered(tmp_path: Path, rebooted: bool) -> None:
    with open_seat(tmp_path) as seat:
        responses = running(seat)
        before, left = seat.station.sitting, seat.station.sitting.ledger.remaining(seat.now())
        power_cut(seat)
        if rebooted:
            seat.clocks.reboot()
        seat.clocks.go(90_000)
        seat.boot()
        seat.come_back()
        after = seat.station.sitting
        assert seat.at(Stage.SUSPENDED)
        assert seat.station.view().item is None
        assert after.responses == responses
        assert (after.opened, after.current, after.display) == (before.opened, before.current, before.display)
        assert 0 <= left - after.ledger.remaining(seat.now()) <= 5_000
        assert after.restarts == 1
        seat.clocks.go(600_000)
        seat.station.pump()
        assert left - seat.station.sitting.ledger.remaining(seat.now()) <= 5_000
        seat.resume()
        seat.respond(12, 14)
        seat.hand_in()
        assert examined(seat).sitting.responses == seat.station.sitting.responses


def test_a_reboot_is_no_jump_of_the_clock(tmp_path: Path) -> None:
    with open_seat(tmp_path) as seat:
        running(seat)
        seat.station.close()
        seat.clocks.reboot()
        seat.boot()
        seat.come_back()
        seat.resume()
        seat.clocks.go(6_000)
        seat.station.pump()
        assert IncidentKind.CLOCK_JUMPED not in {one.kind for one in seat.station.sitting.incidents}


def test_ten_restarts_take_five_seconds_each_at_most_and_give_none(tmp_path: Path) -> None:
    with open_seat(tmp_path) as seat:
        running(seat)
        for _ in range(10):
            left = seat.station.sitting.ledger.remaining(seat.now())
            seat.restart()
            seat.come_back()
            seat.resume()
            assert 0 <= left - seat.station.sitting.ledger.remaining(seat.now()) <= 5_000


def test_each_phase_survives_a_restart(tmp_path: Path) -> None:
    with open_seat(tmp_path) as seat:
        seat.identify()
        for stage in (Stage.BRIEFING, Stage.PRACTICE, Stage.WAITING, Stage.EXAM):
            assert seat.at(stage)
            seat.restart()
            seat.come_back()
            assert seat.at(Stage.SUSPENDED)
            seat.resume()
            assert seat.at(stage)
            go_on(seat, stage)
        assert seat.at(Stage.RECEIPT)


def go_on(seat: SeatAtWork, stage: Stage) -> None:
    """Do what leads on from a stage."""
    match stage:
        case Stage.BRIEFING:
            seat.station.brief(Language.ZH)
        case Stage.PRACTICE:
            seat.station.ready()
        case Stage.WAITING:
            seat.station.start(seat.start_code())
        case _:
            seat.hand_in()


def test_a_sitting_that_was_handed_in_is_sealed_after_the_restart(tmp_path: Path) -> None:
    with open_seat(tmp_path) as seat:
        running(seat)
        seat.station.send(e.HandedIn(at=seat.now()))
        seat.restart()
        assert not list(seat.home.outbox.glob("*"))
        seat.come_back()
        seat.until_stage(Stage.RECEIPT)
        assert examined(seat).sitting.phase is Phase.HANDED_IN


def test_after_sealing_a_restart_finds_bundle_and_receipt_again(tmp_path: Path) -> None:
    with open_seat(tmp_path) as seat:
        running(seat)
        seat.film(2)
        seat.hand_in()
        seat.until(lambda: seat.station.view().evidence_ready)
        receipt, bundle = seat.station.view().receipt, seat.bundle.read_bytes()
        for lost in ("nothing", "evidence"):
            seat.restart()
            if lost == "evidence":
                next(seat.home.outbox.glob("*.kevidence")).unlink()
            seat.come_back()
            assert seat.at(Stage.RECEIPT)
            assert seat.station.view().receipt == receipt
            assert seat.bundle.read_bytes() == bundle
            assert not seat.station.view().exported
            seat.until(lambda: seat.station.view().evidence_ready)
        written = seat.station.export(seat.world.stick, lambda *_: None)
        assert [path.suffix for path in written] == [".kresult", ".kevidence"]
        seat.restart()
        seat.come_back()
        assert seat.station.view().exported
        report = collect([seat.world.stick], seat.world.office, tmp_path / "collected")
        assert [line.outcome for line in report.lines] == [Outcome.ACCEPTED] * 2
        assert report.roster[0].counted is not None
        assert report.roster[0].counted.evidence is EvidenceState.COMPLETE


def test_a_bundle_that_vanished_is_sealed_anew_from_the_journal(tmp_path: Path) -> None:
    with open_seat(tmp_path) as seat:
        responses = running(seat)
        seat.hand_in()
        seat.restart()
        seat.bundle.unlink()
        seat.come_back()
        seat.until_stage(Stage.RECEIPT)
        assert examined(seat).sitting.responses == responses


def flip(path: Path, place: float) -> None:
    data = bytearray(path.read_bytes())
    data[int(len(data) * place)] ^= 0x10
    path.write_bytes(data)


def cut(path: Path, keep: float) -> None:
    data = path.read_bytes()
    path.write_bytes(data[: int(len(data) * keep)])


DAMAGES: Mapping[str, tuple[Callable[[Path], None], set[str]]] = {
    "database flipped": (lambda at: flip(at / "journal.db", 0.95), {"journal/damaged"}),
    "database cut": (lambda at: cut(at / "journal.db", 0.7), {"journal/damaged"}),
    "log flipped": (lambda at: flip(at / "journal.db-wal", 0.9), {"journal/shortened"}),
    "log cut": (lambda at: cut(at / "journal.db-wal", 0.9), {"journal/shortened"}),
    "log removed": (lambda at: (at / "journal.db-wal").unlink(), {"journal/shortened", "journal/damaged"}),
    "head removed": (lambda at: (at / "journal.head").unlink(), {"journal/head-missing"}),
    "head cleared": (lambda at: cut(at / "journal.head", 0), {"journal/head-missing"}),
    "database empty": (lambda at: cut(at / "journal.db", 0), {"journal/damaged"}),
    "database gone": (lambda at: (at / "journal.db").unlink(), {"journal/damaged"}),
}
NOTHING_LEFT = {"database empty", "database gone", "database cut", "log removed"}
"""A sitting this young lies in the log alone; and SQLite reads nothing of a file that is shorter than it says."""


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_journal_that_does_not_hold_becomes_a_fault_and_what_is_intact_counts(tmp_path: Path, damage: str) -> None:
    harm, codes = DAMAGES[damage]
    with open_seat(tmp_path) as seat:
        saved = running(seat)
        if damage in {"database flipped", "database cut"}:
            seat.station.close()
        else:
            power_cut(seat)
        harm(journal(seat))
        found = as_found(seat, damage)
        seat.boot()
        seat.come_back()
        assert seat.station.fault in codes
        assert seat.at(Stage.FAULT)
        assert as_found(seat, damage) == found
        if damage in NOTHING_LEFT:
            assert seat.station.view().receipt is None
            assert not list(seat.home.outbox.glob("*.kresult"))
        else:
            whole = examined(seat)
            assert whole.sitting.phase is Phase.COLLECTED
            assert 0 < len(whole.sitting.responses) <= len(saved)
            assert whole.sitting.responses.items() <= saved.items()
            assert IncidentKind.JOURNAL_DAMAGED in {one.kind for one in whole.sitting.incidents}
            if damage.startswith("head"):
                assert whole.sitting.responses == saved
        again = seat.station.view().receipt
        seat.restart()
        seat.come_back()
        assert seat.at(Stage.FAULT)
        assert seat.station.view().receipt == again


def as_found(seat: SeatAtWork, damage: str) -> dict[str, bytes]:
    """The journal's files; SQLite itself drops a log that lies beside an empty database."""
    odd = ("-shm", "-wal") if damage == "database empty" else ("-shm",)
    return {name: data for name, data in tree(journal(seat)).items() if not name.endswith(odd)}


def test_a_salvaged_sitting_is_exported_collected_and_listed(tmp_path: Path) -> None:
    with open_seat(tmp_path) as seat:
        saved = running(seat)
        seat.film(2)
        power_cut(seat)
        (journal(seat) / "journal.head").unlink()
        seat.boot()
        seat.come_back()
        seat.until(lambda: seat.station.view().evidence_ready)
        seat.station.export(seat.world.stick, lambda *_: None)
        report = collect([seat.world.stick], seat.world.office, tmp_path / "collected")
        assert [line.outcome for line in report.lines] == [Outcome.ACCEPTED] * 2
        line = report.roster[0]
        assert line.state is RosterState.COLLECTED
        assert line.counted is not None
        assert line.counted.evidence is EvidenceState.COMPLETE
        assert examined(seat).sitting.responses == saved


def test_the_journal_of_another_seat_is_not_taken_for_this_one(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    with open_seat(tmp_path) as seat, open_seat(tmp_path / "b") as other:
        running(seat)
        running(other)
        seat.station.close()
        other.station.close()
        for name in ("journal.db", "journal.head"):
            shutil.copy(journal(other) / name, journal(seat) / name)
        seat.boot()
        seat.come_back()
        assert (seat.stage, seat.station.fault) == (Stage.FAULT, "journal/damaged")
        assert seat.station.view().receipt is None
        other.boot()


def test_a_disk_that_is_full_is_no_damaged_journal(tmp_path: Path) -> None:
    """Nothing is salvaged, closed or forgotten because a disk is full: with room on it the sitting goes on."""
    with open_seat(tmp_path) as seat:
        saved = running(seat)
        seat.restart()
        seat.station.begin_session(seat.station.package.round.sessions[0].id)  # type: ignore[union-attr]
        desk, card = seat.station.desk, seat.world.card
        desk.authorise(card.card, card.pin, "recover")
        desk.recover(card.card)
        found = partial(
            take_up, seat.station._seat, desk, desk.log.state.sittings[-1], seat.permit().card, seat._bell.set
        )
        with pytest.raises(KioskError) as caught, full_disk():
            found()
        desk.cover()
        assert caught.value.code == "journal/write"
        assert seat.at(Stage.RECOVERY)
        seat.station.recover(seat.world.card.card, seat.world.card.pin)
        assert seat.station.sitting.responses == saved


def yesterday(seat: SeatAtWork) -> dict[str, bytes]:
    """What the journal's folder holds now, without the pictures; the program is not running."""
    return {path.name: path.read_bytes() for path in journal(seat).iterdir() if path.is_file()}


def put_back(seat: SeatAtWork, copy: Mapping[str, bytes]) -> None:
    for path in journal(seat).iterdir():
        if path.is_file():
            path.unlink()
    for name, data in copy.items():
        (journal(seat) / name).write_bytes(data)


def test_a_database_put_back_without_its_head_file_is_noticed_here(tmp_path: Path) -> None:
    with open_seat(tmp_path) as seat:
        running(seat, 3)
        seat.station.close()
        copy = yesterday(seat)
        seat.boot()
        seat.come_back()
        seat.resume()
        seat.respond(3, 12)
        seat.station.close()
        head = (journal(seat) / "journal.head").read_bytes()
        put_back(seat, {**copy, "journal.head": head})
        seat.boot()
        seat.come_back()
        assert (seat.stage, seat.station.fault) == (Stage.FAULT, "journal/shortened")
        assert len(examined(seat).sitting.responses) == 3


def test_both_put_back_is_noticed_by_the_office(tmp_path: Path) -> None:
    with open_seat(tmp_path) as seat:
        running(seat, 3)
        seat.film(1)
        seat.station.close()
        copy = yesterday(seat)
        seat.boot()
        seat.come_back()
        seat.resume()
        seat.station.pump()
        seat.film(4)
        seat.respond(3, 12)
        seat.station.close()
        put_back(seat, copy)
        seat.boot()
        seat.come_back()
        assert len(seat.station.sitting.responses) == 3
        seat.resume()
        seat.station.pump()
        seat.film(1)
        seat.hand_in()
        found = examined(seat)
        assert Alarm.JOURNAL_ROLLED_BACK in found.alarms


def test_both_put_back_after_sealing_is_refused_by_the_office(tmp_path: Path) -> None:
    with open_seat(tmp_path) as seat:
        running(seat, 3)
        seat.station.close()
        copy = yesterday(seat)
        seat.boot()
        seat.come_back()
        seat.resume()
        seat.respond(3, 12)
        first = seat.hand_in().read_bytes()
        seat.station.close()
        put_back(seat, copy)
        seat.bundle.unlink()
        seat.boot()
        seat.come_back()
        seat.resume()
        seat.hand_in()
        with pytest.raises(KioskError) as caught:
            examined(seat)
        assert caught.value.code == "office/journal-rolled-back"
        seat.bundle.write_bytes(first)
        assert len(examined(seat).sitting.responses) == 12
