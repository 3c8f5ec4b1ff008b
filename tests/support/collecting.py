"""Collecting in tests: put bundles on a stick, collect it, look at the report."""

from pathlib import Path

from kiosk.office.collect import collect
from kiosk.office.report import EvidenceState, Outcome, Report, RosterLine, RosterState
from tests.support import office_world as w


def run(world: w.OfficeWorld, folder: Path, *sticks: Path) -> Report:
    return collect(sticks or [folder / "stick"], world.office, folder / "into")


def offer(folder: Path, data: bytes, name: str = "x.kresult") -> None:
    (folder / "stick").mkdir(exist_ok=True)
    (folder / "stick" / name).write_bytes(data)


def line_of(report: Report, number: int = 0) -> RosterLine:
    return report.roster[number]


def code_of(world: w.OfficeWorld, folder: Path, data: bytes) -> str:
    """Collect one result and return the code of its refusal; it must not have been filed."""
    offer(folder, data)
    report = run(world, folder)
    (line,) = report.lines
    assert line.outcome is Outcome.REFUSED
    assert not list((folder / "into").glob("bundles/*"))
    assert {one.state for one in report.roster} == {RosterState.MISSING}
    assert (folder / "stick" / "x.kresult").read_bytes() == data
    return line.code


def state_of(report: Report) -> EvidenceState:
    counted = line_of(report).counted
    assert counted is not None
    return counted.evidence
