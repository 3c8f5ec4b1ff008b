"""Collecting: everything offered has one line, nothing is dropped or counted twice, bad files harm no good ones."""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from kiosk.exam import events as e
from kiosk.exam.vocabulary import MINUTE, Millis, Points
from kiosk.office.collect import collect
from kiosk.office.filing import NotAFolderError
from kiosk.office.registry import RegistryError
from kiosk.office.report import EvidenceState, Kind, Outcome, RosterState
from tests.support import office_world as w
from tests.support import seats
from tests.support.collecting import code_of, line_of, offer, run

SECOND = "7a2d1e63-4f1c-4b54-8d4a-1c7f8b8e3a12"


def test_a_bundle_is_verified_filed_and_scored(world: w.OfficeWorld, bundle: seats.Bundle, tmp_path: Path) -> None:
    path = bundle.save(tmp_path / "stick")
    report = run(world, tmp_path)
    assert [(line.kind, line.outcome) for line in report.lines] == [
        (Kind.EVIDENCE, Outcome.ACCEPTED),
        (Kind.RESULT, Outcome.ACCEPTED),
    ]
    filed = tmp_path / "into" / "bundles" / f"{report.lines[1].digest}.kresult"
    assert filed.read_bytes() == path.read_bytes()
    first = line_of(report)
    assert first.state is RosterState.HANDED_IN
    assert first.counted is not None
    assert (first.counted.points, first.counted.most) == (Points(625), Points(1_000))
    assert first.counted.evidence is EvidenceState.COMPLETE
    assert first.counted.alarms == ()
    assert [line.state for line in report.roster[1:]] == [RosterState.MISSING, RosterState.MISSING]
    assert [line.entry.name for line in report.open] == [w.NAMES[1], w.NAMES[2]]
    assert report.forks == ()


@pytest.mark.parametrize("rights", [0, 3, 7])
def test_the_score_is_what_the_keys_say(world: w.OfficeWorld, tmp_path: Path, rights: int) -> None:
    seats.Seat(world=world, rights=rights, segments=()).made_bundle().save(tmp_path / "stick", evidence=False)
    counted = line_of(run(world, tmp_path)).counted
    assert counted is not None
    assert counted.points == rights * 125
    assert counted.evidence is EvidenceState.NOT_RECORDED


def test_the_same_stick_twice_changes_nothing(world: w.OfficeWorld, bundle: seats.Bundle, tmp_path: Path) -> None:
    bundle.save(tmp_path / "stick")
    first = run(world, tmp_path)
    before = {path: path.read_bytes() for path in (tmp_path / "into").rglob("*.k*")}
    again = run(world, tmp_path)
    assert {line.outcome for line in again.lines} == {Outcome.DUPLICATE}
    assert again.roster == first.roster
    assert {path: path.read_bytes() for path in (tmp_path / "into").rglob("*.k*")} == before


def test_two_copies_on_one_stick_count_once(world: w.OfficeWorld, bundle: seats.Bundle, tmp_path: Path) -> None:
    bundle.save(tmp_path / "stick")
    shutil.copytree(tmp_path / "stick", tmp_path / "stick" / "备份 𬭚")
    report = run(world, tmp_path)
    assert sorted(line.outcome.value for line in report.lines) == ["accepted", "accepted", "duplicate", "duplicate"]
    assert len(line_of(report).bundles) == 1


def test_a_whole_room_closes_its_roster(world: w.OfficeWorld, bundle: seats.Bundle, tmp_path: Path) -> None:
    bundle.save(tmp_path / "stick one")
    seats.Seat(world=world, number=1, sitting=SECOND, ending=e.Collected).made_bundle().save(tmp_path / "stick two")
    seats.Seat(world=world, number=2, sitting="void-1", ending=e.Voided, segments=()).made_bundle().save(
        tmp_path / "stick two", evidence=False
    )
    report = run(world, tmp_path, tmp_path / "stick one", tmp_path / "stick two")
    assert [line.state for line in report.roster] == [
        RosterState.HANDED_IN,
        RosterState.COLLECTED,
        RosterState.VOID,
    ]
    assert report.open == ()
    assert line_of(report, 2).counted is None
    assert len(line_of(report, 2).bundles) == 1


def test_sticks_may_come_on_different_days(world: w.OfficeWorld, bundle: seats.Bundle, tmp_path: Path) -> None:
    bundle.save(tmp_path / "monday")
    seats.Seat(world=world, number=1, sitting=SECOND).made_bundle().save(tmp_path / "tuesday")
    assert len(run(world, tmp_path, tmp_path / "monday").open) == 2
    report = run(world, tmp_path, tmp_path / "tuesday")
    assert [line.state for line in report.roster[:2]] == [RosterState.HANDED_IN, RosterState.HANDED_IN]


def test_a_seat_with_an_empty_clock_battery_is_collected(world: w.OfficeWorld, tmp_path: Path) -> None:
    years = Millis(-10 * 365 * 86_400_000)

    def set_back(events: list[e.Event]) -> None:
        for number, event in enumerate(events):
            events[number] = replace(event, at=replace(event.at, wall=event.at.wall + years, room=None))

    made = seats.Seat(world=world, alter=set_back, segments=()).made_bundle()
    offer(tmp_path, made.result(ended=w.START + 40 * MINUTE + years))
    assert line_of(run(world, tmp_path)).state is RosterState.HANDED_IN


def test_bytes_that_are_no_bundle_are_refused_and_kept_apart(world: w.OfficeWorld, tmp_path: Path) -> None:
    assert code_of(world, tmp_path, "不是成绩包 𬭚".encode()) == "bundle/not-a-bundle"
    assert len(list((tmp_path / "into" / "refused").iterdir())) == 1


def test_ten_thousand_empty_files_are_ten_thousand_refusals(world: w.OfficeWorld, tmp_path: Path) -> None:
    for number in range(200):
        offer(tmp_path, b"", f"{number}.kresult")
    report = run(world, tmp_path)
    assert len(report.refused) == 200
    assert len(list((tmp_path / "into" / "refused").iterdir())) == 1


def test_what_is_named_like_a_bundle_but_is_none_is_refused(world: w.OfficeWorld, tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    (stick / "folder.kresult").mkdir(parents=True)
    (stick / "link.kresult").symlink_to("/etc/passwd")
    (stick / "gone.kevidence").symlink_to(tmp_path / "nowhere")
    (stick / "notes.txt").write_text("无关", encoding="utf-8")
    report = run(world, tmp_path)
    assert {Path(line.file).name: line.code for line in report.lines} == {
        "folder.kresult": "office/not-a-file",
        "link.kresult": "office/not-a-file",
        "gone.kevidence": "office/not-a-file",
    }


def test_one_bad_file_keeps_no_other_from_being_collected(
    world: w.OfficeWorld, bundle: seats.Bundle, tmp_path: Path
) -> None:
    offer(tmp_path, b"junk", "a.kresult")
    offer(tmp_path, b"junk", "z.kevidence")
    bundle.save(tmp_path / "stick")
    heard: list[str] = []
    report = collect(
        [tmp_path / "stick"], world.office, tmp_path / "into", lambda line: heard.append(line.outcome.value)
    )
    assert len(report.lines) == len(heard) == 4
    assert len(report.refused) == 2
    assert line_of(report).state is RosterState.HANDED_IN


def test_what_cannot_be_begun_is_said(world: w.OfficeWorld, tmp_path: Path) -> None:
    with pytest.raises(NotAFolderError):
        run(world, tmp_path)
    (tmp_path / "stick").mkdir()
    (tmp_path / "into").mkdir()
    (tmp_path / "into" / "registry.db").write_bytes(b"no database " * 100)
    with pytest.raises(RegistryError):
        run(world, tmp_path)


def test_files_already_filed_are_not_collected_again(
    world: w.OfficeWorld, bundle: seats.Bundle, tmp_path: Path
) -> None:
    bundle.save(tmp_path / "stick")
    collect([tmp_path / "stick"], world.office, tmp_path / "stick" / "into")
    report = collect([tmp_path / "stick"], world.office, tmp_path / "stick" / "into")
    assert len(report.lines) == 2


def test_a_filed_bundle_that_was_lost_comes_back_with_its_stick(
    world: w.OfficeWorld, bundle: seats.Bundle, tmp_path: Path
) -> None:
    bundle.save(tmp_path / "stick")
    run(world, tmp_path)
    (filed,) = (tmp_path / "into" / "bundles").iterdir()
    filed.unlink()
    (evidence,) = (tmp_path / "into" / "evidence").iterdir()
    evidence.write_bytes(b"")
    run(world, tmp_path)
    assert filed.read_bytes() == next((tmp_path / "stick").glob("*.kresult")).read_bytes()
    assert evidence.stat().st_size > 0
