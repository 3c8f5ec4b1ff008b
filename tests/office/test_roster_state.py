"""Every candidate has one state; what disagrees is listed and does not count."""

from dataclasses import replace
from pathlib import Path

from kiosk.exam import events as e
from kiosk.exam.incident import IncidentKind
from kiosk.exam.vocabulary import MINUTE, Points, SeatId
from kiosk.formats.codec import encode_event
from kiosk.office.examine import Alarm
from kiosk.office.report import Outcome, RosterState
from kiosk.office.rounds import make_round
from tests.support import office_world as w
from tests.support import seats
from tests.support.collecting import line_of, offer, run

SECOND = "7a2d1e63-4f1c-4b54-8d4a-1c7f8b8e3a12"


def test_an_earlier_export_gives_way_to_the_whole_journal(world: w.OfficeWorld, tmp_path: Path) -> None:
    seat = seats.Seat(world=world, segments=())
    early = seat.made_bundle()
    note = e.IncidentRecorded(at=seats.at(50 * MINUTE), kind=IncidentKind.NOTE, detail="补记 𬭚")
    whole = replace(early, records=seat.continued(seat.sitting, early.records, [encode_event(note)]))
    offer(tmp_path, early.result(), "early.kresult")
    offer(tmp_path, whole.result(), "late.kresult")
    report = run(world, tmp_path)
    assert [line.outcome for line in report.lines] == [Outcome.ACCEPTED, Outcome.ACCEPTED]
    assert report.forks == ()
    counted = line_of(report).counted
    assert counted is not None
    assert counted.records == len(whole.records)


def test_two_heads_of_one_sitting_are_listed_and_neither_counts(
    world: w.OfficeWorld, bundle: seats.Bundle, tmp_path: Path
) -> None:
    bundle.save(tmp_path / "stick", evidence=False)
    offer(tmp_path, seats.Seat(world=world, rights=7).made_bundle().result(), "other.kresult")
    report = run(world, tmp_path)
    assert [line.outcome for line in report.lines] == [Outcome.ACCEPTED, Outcome.ACCEPTED]
    (fork,) = report.forks
    assert fork.sitting == bundle.seat.sitting
    assert {one.points for one in fork.bundles} == {Points(625), Points(875)}
    first = line_of(report)
    assert (first.state, first.counted, len(first.bundles)) == (RosterState.CONFLICT, None, 2)
    assert first in report.open


def test_two_sittings_of_one_candidate_are_listed(world: w.OfficeWorld, bundle: seats.Bundle, tmp_path: Path) -> None:
    bundle.save(tmp_path / "stick", evidence=False)
    seats.Seat(world=world, sitting=SECOND).made_bundle().save(tmp_path / "stick", evidence=False)
    report = run(world, tmp_path)
    assert line_of(report).state is RosterState.CONFLICT
    assert report.forks == ()


def test_a_void_sitting_gives_way_to_the_one_that_stands(
    world: w.OfficeWorld, bundle: seats.Bundle, tmp_path: Path
) -> None:
    bundle.save(tmp_path / "stick", evidence=False)
    seats.Seat(world=world, sitting=SECOND, ending=e.Voided).made_bundle().save(tmp_path / "stick", evidence=False)
    first = line_of(run(world, tmp_path))
    assert (first.state, len(first.bundles)) == (RosterState.HANDED_IN, 2)


def test_another_seat_is_an_alarm(world: w.OfficeWorld, tmp_path: Path) -> None:
    offer(tmp_path, seats.Seat(world=world, place={"seat": SeatId("03")}).made_bundle().result())
    counted = line_of(run(world, tmp_path)).counted
    assert counted is not None
    assert counted.alarms == (Alarm.OTHER_SEAT,)


def test_a_later_package_of_the_room_brings_the_roster_up_to_date(tmp_path: Path) -> None:
    world = w.make(tmp_path / "world")
    seats.Seat(world=world).made_bundle().save(tmp_path / "stick")
    fewer = replace(world.roster, entries=world.roster.entries[1:2])
    make_round(w.plan(package=2), fewer, [world.bank], office=world.office, into=tmp_path / "later")
    report = run(world, tmp_path)
    states = {(line.entry.number, line.state) for line in report.roster}
    assert states == {
        (world.roster.entries[0].number, RosterState.HANDED_IN),
        (world.roster.entries[1].number, RosterState.MISSING),
    }
