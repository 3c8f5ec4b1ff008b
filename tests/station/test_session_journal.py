"""A session journal that does not hold blocks nobody: mended, told of, and the sitting goes on with card and PIN."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from kiosk.errors import KioskError
from kiosk.exam import session as s
from kiosk.exam.incident import IncidentKind
from kiosk.exam.sitting import Sitting
from kiosk.exam.vocabulary import Millis
from kiosk.formats.codec import decode_session_event
from kiosk.formats.journal import check_chain, is_epoch
from kiosk.office.collect import collect
from kiosk.office.examine import Alarm
from kiosk.office.report import Outcome, RosterState
from kiosk.rehearsal.demo_world import SESSION
from kiosk.station.session_log import session_key
from kiosk.station.view import Stage
from kiosk.storage.database import open_database
from kiosk.storage.journal_store import PAGE
from tests.station.test_recovery import DAMAGES, examined, flip, journal, power_cut, running
from tests.support.disk import full_disk
from tests.support.worlds import SeatAtWork, open_seat

MINUTE = 60_000


def folder_of(seat: SeatAtWork) -> Path:
    """The folder of the one session of this seat."""
    (folder,) = (seat.home.folder / "sessions").iterdir()
    return folder


def session_events(seat: SeatAtWork) -> list[s.SessionEvent]:
    records = seat.station.desk.log.records()
    check_chain(seat_journal(seat), records)
    return [decode_session_event(record.body) for record in records if not is_epoch(record)]


def seat_journal(seat: SeatAtWork) -> str:
    return folder_of(seat).name


def incidents(seat: SeatAtWork) -> list[s.SeatIncident]:
    found = [event for event in session_events(seat) if isinstance(event, s.SeatIncident)]
    return [event for event in found if event.kind is IncidentKind.JOURNAL_DAMAGED]


def shorten(seat: SeatAtWork, records: int) -> None:
    """Leave the first records in the journal; the head file goes on to tell how many there were."""
    path = folder_of(seat) / "journal.db"
    key = session_key(seat.home.identity().device_secret, seat_journal(seat))
    connection = open_database(path, key, page=PAGE)
    connection.execute("DELETE FROM record WHERE seq >= ?", (records,))
    connection.close()


def back(seat: SeatAtWork) -> None:
    """Start the program, wait the longest delay, come back with card and PIN."""
    seat.boot()
    seat.station.begin_session(SESSION)
    assert seat.at(Stage.RECOVERY)
    assert seat.station.view().wait == MINUTE
    seat.clocks.go(MINUTE)
    seat.station.recover(seat.world.card.card, seat.world.card.pin)


@dataclass(frozen=True, slots=True, kw_only=True)
class Before:
    """A sitting as it stood before the damage."""

    sitting: Sitting
    left: Millis


def noted(seat: SeatAtWork, responses: int = 3) -> Before:
    """Begin a sitting and note how it stands: item, order, answers, display, time."""
    running(seat, responses)
    return Before(sitting=seat.station.sitting, left=seat.station.sitting.ledger.remaining(seat.now()))


def same(seat: SeatAtWork, before: Before) -> None:
    then, now = before.sitting, seat.station.sitting
    assert (now.opened, now.current, now.display) == (then.opened, then.current, then.display)
    assert now.responses == then.responses
    assert 0 <= before.left - now.ledger.remaining(seat.now()) <= 5_000


@pytest.mark.parametrize("damage", DAMAGES)
def test_the_sitting_goes_on_whatever_happened_to_the_session_journal(tmp_path: Path, damage: str) -> None:
    harm, codes = DAMAGES[damage]
    with open_seat(tmp_path) as seat:
        before = noted(seat, 12)
        if damage in {"database flipped", "database cut"}:
            seat.station.close()
        else:
            power_cut(seat)
        harm(folder_of(seat))
        found = {path.name: path.read_bytes() for path in folder_of(seat).glob("journal.*")}
        back(seat)
        aside = {f"journal{path.name[9:]}": path.read_bytes() for path in folder_of(seat).glob("damaged-*")}
        assert {name: data for name, data in aside.items() if "shm" not in name} == {
            name: data for name, data in found.items() if "shm" not in name
        }
        assert seat.at(Stage.SUSPENDED)
        same(seat, before)
        (incident,) = incidents(seat)
        assert incident.detail.split(":")[0] in codes
        seat.resume()
        seat.respond(12, 14)
        seat.hand_in()
        told = examined(seat)
        assert told.alarms == (Alarm.JOURNAL_DAMAGED,)
        assert told.sitting.responses == seat.station.sitting.responses
        seat.restart()
        seat.come_back()
        assert seat.at(Stage.RECEIPT)
        assert len(incidents(seat)) == 1


@pytest.mark.parametrize("lost", ["head", "log", "database"])
def test_it_is_exported_collected_and_listed(tmp_path: Path, lost: str) -> None:
    with open_seat(tmp_path) as seat:
        saved = running(seat)
        power_cut(seat)
        (folder_of(seat) / {"head": "journal.head", "log": "journal.db-wal", "database": "journal.db"}[lost]).unlink()
        back(seat)
        seat.resume()
        seat.hand_in()
        seat.until(lambda: seat.station.view().evidence_ready)
        seat.station.export(seat.world.stick, lambda *_: None)
        report = collect([seat.world.stick], seat.world.office, tmp_path / "collected")
        assert [line.outcome for line in report.lines] == [Outcome.ACCEPTED] * 2
        line = report.roster[0]
        assert line.state is RosterState.HANDED_IN
        assert line.counted is not None
        assert line.counted.alarms == (Alarm.JOURNAL_DAMAGED,)
        assert examined(seat).sitting.responses == saved
        seat.station.finish_session(seat.permit("close"))


def copies(seat: SeatAtWork) -> Iterator[tuple[int, SeatAtWork]]:
    """Yield the seat with each number of records left in its session journal; the last copy has them all."""
    whole = len(seat.station.desk.log.records())
    seat.station.close()
    kept = seat.home.folder.with_name("kept")
    shutil.copytree(seat.home.folder, kept)
    for records in range(whole + 1):
        shutil.rmtree(seat.home.folder)
        shutil.copytree(kept, seat.home.folder)
        shorten(seat, records)
        yield records, seat
        seat.station.close()


def test_any_beginning_of_the_journal_leads_back_into_the_sitting(tmp_path: Path) -> None:
    with open_seat(tmp_path) as seat:
        before = noted(seat)
        whole = len(seat.station.desk.log.records())
        for records, cut_short in copies(seat):
            if records == whole:
                cut_short.boot()
                cut_short.come_back()
            else:
                back(cut_short)
                (incident,) = incidents(cut_short)
                code = "journal/shortened" if records else "journal/damaged"
                assert incident.detail == f"{code}: expected {whole} records, found {records}"
            same(cut_short, before)
            assert cut_short.station.desk.log.state.sittings == (before.sitting.opened.sitting,)
            cut_short.resume()
            cut_short.hand_in()
            told = examined(cut_short)
            assert (Alarm.JOURNAL_DAMAGED in told.alarms) == (records < whole)
            shutil.rmtree(cut_short.home.outbox)


def test_the_record_after_the_new_epoch_tells_what_was_found(tmp_path: Path) -> None:
    with open_seat(tmp_path) as seat:
        running(seat, 3)
        intact = seat.station.desk.log.records()
        power_cut(seat)
        (folder_of(seat) / "journal.head").unlink()
        seat.boot()
        seat.station.begin_session(SESSION)
        records = seat.station.desk.log.records()
        assert records[: len(intact)] == intact
        assert is_epoch(records[len(intact)])
        incident, tries = (decode_session_event(records[len(intact) + place].body) for place in (1, 2))
        assert isinstance(incident, s.SeatIncident)
        assert incident.detail == f"journal/head-missing: expected ? records, found {len(intact)}"
        assert isinstance(tries, s.TriesLost)


def test_where_nothing_is_left_a_new_journal_begins_and_says_so(tmp_path: Path) -> None:
    with open_seat(tmp_path) as seat:
        running(seat, 3)
        power_cut(seat)
        for path in folder_of(seat).glob("journal.*"):
            path.write_bytes("不是日志 𬭚".encode() * 99)
        back(seat)
        first, second, third, *_ = session_events(seat)
        assert isinstance(first, s.SessionOpened)
        assert isinstance(second, s.SeatIncident)
        assert (second.kind, second.detail) == (
            IncidentKind.JOURNAL_DAMAGED,
            "journal/damaged: expected ? records, found 0",
        )
        assert isinstance(third, s.TriesLost)


def test_another_seats_session_journal_is_set_aside_too(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    with open_seat(tmp_path) as seat, open_seat(tmp_path / "b", "no-camera") as other:
        before = noted(seat)
        seat.station.close()
        other.station.close()
        swapped = {name: (folder_of(other) / name).read_bytes() for name in ("journal.db", "journal.head")}
        for name, data in swapped.items():
            (folder_of(seat) / name).write_bytes(data)
        back(seat)
        same(seat, before)
        assert (folder_of(seat) / "damaged-1.db").read_bytes() == swapped["journal.db"]
        other.boot()


def test_both_journals_damaged_end_as_a_salvaged_sitting(tmp_path: Path) -> None:
    with open_seat(tmp_path) as seat:
        saved = running(seat)
        power_cut(seat)
        (journal(seat) / "journal.head").unlink()
        (folder_of(seat) / "journal.db-wal").unlink()
        back(seat)
        assert (seat.stage, seat.station.fault) == (Stage.FAULT, "journal/head-missing")
        assert examined(seat).sitting.responses == saved


def test_a_journal_that_holds_is_left_alone_and_makes_nobody_wait(tmp_path: Path) -> None:
    """The negative control: no incident, no delay, nothing set aside."""
    with open_seat(tmp_path) as seat:
        running(seat, 3)
        power_cut(seat)
        seat.boot()
        seat.come_back()
        assert incidents(seat) == []
        assert seat.station.view().wait == 0
        assert not list(folder_of(seat).glob("damaged-*"))
        seat.resume()
        seat.hand_in()
        assert examined(seat).alarms == ()


def test_a_full_disk_is_no_damage_and_sets_nothing_aside(tmp_path: Path) -> None:
    with open_seat(tmp_path) as seat:
        before = noted(seat)
        power_cut(seat)
        flip(folder_of(seat) / "journal.db-wal", 0.9)
        found = {path.name: path.read_bytes() for path in folder_of(seat).glob("journal.*")}
        seat.boot()
        with full_disk(), pytest.raises(KioskError) as caught:
            seat.station.begin_session(SESSION)
        assert caught.value.code in {"journal/write", "storage/file-write"}
        seat.station.close()
        left = {path.name: path.read_bytes() for path in folder_of(seat).glob("journal.*")}
        assert {name: left[name] for name in found if "shm" not in name} == {
            name: data for name, data in found.items() if "shm" not in name
        }
        back(seat)
        same(seat, before)
