"""Pictures are compared with the journal that kept them, and never cost an answer."""

import shutil
from pathlib import Path

from kiosk.exam import events as e
from kiosk.office.collect import collect
from kiosk.office.examine import Alarm
from kiosk.office.report import EvidenceState, Outcome, RosterState
from tests.support import office_world as w
from tests.support import seats
from tests.support.builders import REASON
from tests.support.collecting import line_of, offer, run, state_of


def test_evidence_may_come_later_or_first(world: w.OfficeWorld, bundle: seats.Bundle, tmp_path: Path) -> None:
    offer(tmp_path, bundle.result())
    report = run(world, tmp_path)
    assert state_of(report) is EvidenceState.MISSING
    (tmp_path / "later").mkdir()
    (tmp_path / "later" / "x.kevidence").write_bytes(bundle.evidence())
    assert state_of(run(world, tmp_path, tmp_path / "later")) is EvidenceState.COMPLETE
    other = tmp_path / "other"
    collect([tmp_path / "later"], world.office, other)
    assert state_of(collect([tmp_path / "stick"], world.office, other)) is EvidenceState.COMPLETE


def test_a_damaged_or_missing_segment_costs_no_answer(
    world: w.OfficeWorld, bundle: seats.Bundle, tmp_path: Path
) -> None:
    offer(tmp_path, bundle.result())
    whole = [(event.name, one.data) for event, one in zip(bundle.kept, bundle.segments, strict=True)]
    for number, parts in enumerate([whole[:1], [whole[0], (whole[1][0], whole[0][1])]]):
        offer(tmp_path, bundle.evidence(parts), "x.kevidence")
        report = collect([tmp_path / "stick"], world.office, tmp_path / f"into {number}")
        assert {line.outcome for line in report.lines} == {Outcome.ACCEPTED}
        assert state_of(report) is EvidenceState.DAMAGED
        counted = line_of(report).counted
        assert counted is not None
        assert counted.points == 625


def test_flipped_bytes_of_evidence_are_noticed(world: w.OfficeWorld, bundle: seats.Bundle, tmp_path: Path) -> None:
    offer(tmp_path, bundle.result())
    data = bundle.evidence()
    for place in range(40, len(data), len(data) // 25):
        offer(tmp_path, data[:place] + bytes([data[place] ^ 1]) + data[place + 1 :], "x.kevidence")
        shutil.rmtree(tmp_path / "into", ignore_errors=True)
        report = run(world, tmp_path)
        assert state_of(report) is not EvidenceState.COMPLETE
        assert line_of(report).state is RosterState.HANDED_IN


def test_a_segment_that_names_a_record_the_journal_does_not_have_is_an_alarm(
    world: w.OfficeWorld, tmp_path: Path
) -> None:
    seats.Seat(world=world, foreign_head=True).made_bundle().save(tmp_path / "stick")
    counted = line_of(run(world, tmp_path)).counted
    assert counted is not None
    assert counted.evidence is EvidenceState.DAMAGED
    assert counted.alarms == (Alarm.JOURNAL_ROLLED_BACK,)


def test_numbers_passed_over_mean_that_the_journal_was_longer(world: w.OfficeWorld, tmp_path: Path) -> None:
    seats.Seat(world=world, segments=((1, 3), (4, 5))).made_bundle().save(tmp_path / "stick")
    counted = line_of(run(world, tmp_path)).counted
    assert counted is not None
    assert counted.alarms == (Alarm.SEGMENTS_LACKING, Alarm.JOURNAL_ROLLED_BACK)


def test_one_number_for_each_restart_is_what_a_crash_may_cost(world: w.OfficeWorld, tmp_path: Path) -> None:
    def crash(events: list[e.Event]) -> None:
        at = events[5].at
        act = e.Act(card=world.made.round.cards[0].id, reason=REASON)
        events[5:5] = [e.Recovered(at=at, rebooted=False), e.Resumed(at=at, act=act)]

    seats.Seat(world=world, segments=((1, 3), (3, 5)), alter=crash).made_bundle().save(tmp_path / "stick")
    counted = line_of(run(world, tmp_path)).counted
    assert counted is not None
    assert counted.alarms == (Alarm.SEGMENTS_LACKING,)
