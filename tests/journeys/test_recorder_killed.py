"""The camera process is killed -9 in the middle of a sitting: the answers notice nothing, the gap is on record."""

import os
import signal
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from kiosk.capture.protocol import Report
from kiosk.capture.recorder_link import RecorderLink
from kiosk.cli.recorder import recorder_command
from kiosk.exam.events import IncidentRecorded
from kiosk.exam.incident import IncidentKind
from kiosk.office.collect import collect
from kiosk.office.report import EvidenceState, Outcome
from kiosk.station.view import Camera
from tests.support.worlds import RealClocks, SeatAtWork, open_world


def test_answers_go_on_and_the_gap_is_recorded(tmp_path: Path) -> None:
    controls = tmp_path / "摄像头 １"
    controls.mkdir()
    links: list[RecorderLink] = []

    def linked(on_report: Callable[[Report], None]) -> RecorderLink:
        links.append(RecorderLink(recorder_command(f"synthetic:{controls}"), on_report=on_report))
        return links[-1]

    world = open_world(tmp_path)
    seat = SeatAtWork(world, RealClocks(), world.homes[0], make_link=linked, with_link=False)
    try:
        seat.come_back()
        seat.sit()
        seat.until(lambda: seat.station.recording.state is Camera.RECORDING)
        seat.station.recording.preview(8)
        seat.until(lambda: seat.station.recording.picture is not None)
        seat.station.scan(wanted=True)  # closes the first segment before its ten seconds are over
        seat.until(lambda: len(seat.station.sitting.segments) == 1)
        seat.station.scan(wanted=False)
        seat.respond(0, 10)
        before = len(seat.station.sitting.incidents)
        seat.until(lambda: killed_three_times(links[0]))
        seat.until(lambda: seat.station.view().camera is Camera.LOST)
        seat.respond(10, 40)
        seat.until(lambda: seat.station.view().camera is Camera.RECORDING)
        kinds = [incident.kind for incident in seat.station.sitting.incidents[before:]]
        assert kinds[:2] == [IncidentKind.CAMERA_LOST, IncidentKind.CAMERA_BACK]
        seat.until(lambda: any(one.detail.startswith("recorder ") for one in gaps(seat)))
        seat.hand_in()
        seat.until(lambda: seat.station.view().evidence_ready)
        plan = seat.plan()
        seat.station.export(world.stick, lambda *_: None)
    finally:
        seat.station.close()
    report = collect([world.stick], world.office, tmp_path / "collected")
    assert [line.outcome for line in report.lines] == [Outcome.ACCEPTED] * 2
    counted = report.roster[0].counted
    assert counted is not None
    assert counted.points == plan.points
    assert counted.evidence is EvidenceState.COMPLETE


def killed_three_times(link: RecorderLink) -> bool:
    """Kill every recorder there is; the link waits longer each time, so that the gap is one that counts."""
    if link.restarts < 3 and link.pid is not None:
        with suppress(ProcessLookupError):
            os.kill(link.pid, signal.SIGKILL)
    return link.restarts >= 3


def gaps(seat: SeatAtWork) -> list[IncidentRecorded]:
    return [one for one in seat.station.sitting.incidents if one.kind is IncidentKind.CAMERA_GAP]
