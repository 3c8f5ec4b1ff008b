"""`results`: verify bundles, or collect sticks: verify, file, score, and say what became of every candidate.

Exit codes: 0 when everything was accepted, 1 when something was refused, 2 when nothing could be judged.
"""

import argparse
import sys
from pathlib import Path

from kiosk.cli.words import in_both, reason_of
from kiosk.errors import KioskError
from kiosk.formats.bundle_file import open_envelope
from kiosk.office.collect import collect
from kiosk.office.examine import Examined, open_desk, verify_bundle
from kiosk.office.kept_rounds import load_rounds
from kiosk.office.keys import load_office
from kiosk.office.report import FileLine, Outcome, Report, RosterLine, decimal, scores_csv
from kiosk.storage.files import FileSource, read_file, write_durably

_SMALL = 1 << 20


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the words after `results`."""
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="VERB")
    verify = verbs.add_parser("verify", help="say of each bundle whether it holds, and why not")
    verify.add_argument("files", type=Path, nargs="+", metavar="FILE")
    by = verify.add_mutually_exclusive_group(required=True)
    by.add_argument("--office", type=Path, metavar="DIR", help="the office's folder: everything is checked")
    by.add_argument("--root", type=Path, metavar="FILE", help="the trust anchor alone: what is sealed stays unchecked")
    gather = verbs.add_parser("collect", help="verify, file and score everything on the sticks")
    gather.add_argument("folders", type=Path, nargs="+", metavar="FOLDER")
    gather.add_argument("--office", type=Path, required=True, metavar="DIR")
    gather.add_argument("--into", type=Path, required=True, metavar="DIR", help="where bundles and registry are kept")


def run(args: argparse.Namespace) -> int:
    """Verify or collect."""
    if args.verb == "collect":
        report = collect(args.folders, load_office(args.office), args.into, progress=_say_file)
        write_durably(args.into / "scores.csv", scores_csv(report.roster))
        say_report(report)
        return 1 if report.refused else 0
    return _verify(args)


def _verify(args: argparse.Namespace) -> int:
    refused = 0
    if args.office:
        office = load_office(args.office)
        desk = open_desk(office, load_rounds(office))
    else:
        root_pem = read_file(args.root, limit=_SMALL)
    for path in args.files:
        try:
            if args.office:
                _say_held(path, verify_bundle(FileSource(path), desk))
            else:
                _say_envelope(path, root_pem)
        except KioskError as error:
            refused += 1
            print(f"refused   {path.name}  {reason_of(error.code, error.data)}")
    if args.root:
        print(in_both("cli.not-checked"), file=sys.stderr)
    return 1 if refused else 0


def _say_held(path: Path, examined: Examined) -> None:
    header, points = examined.opened.header, examined.score
    score = f"{decimal(points.points)}/{decimal(points.most)}" if points else "-"
    alarms = f"  look at: {', '.join(alarm.value for alarm in examined.alarms)}" if examined.alarms else ""
    print(
        f"accepted  {path.name}  {header.round} {header.room} {header.session} {header.seat}"
        f"  {examined.entry.number}  {examined.sitting.phase.value}  {header.records} records  {score}{alarms}"
    )


def _say_envelope(path: Path, root_pem: bytes) -> None:
    envelope = open_envelope(FileSource(path), root_pem=root_pem, at=None)
    header, signer = envelope.header, envelope.signer
    rehearsal = "  rehearsal" if signer.rehearsal else ""
    print(f"signed    {path.name}  {header.round} {header.room} {header.session} {header.seat}  {signer.id}{rehearsal}")


def _say_file(line: FileLine) -> None:
    reason = f"  {reason_of(line.code, line.data)}" if line.outcome is Outcome.REFUSED else ""
    print(f"{line.outcome.value:9} {Path(line.file).name}{reason}")


def say_report(report: Report) -> None:
    """Print the state of the rosters, one line for each candidate, and what disagrees."""
    for line in report.roster:
        print(_roster_line(line))
    for fork in report.forks:
        print(f"two journals of sitting {fork.sitting}: {', '.join(bundle.digest[:12] for bundle in fork.bundles)}")
    print(f"{len(report.roster)} candidates, {len(report.open)} open, {len(report.refused)} files refused")


def _roster_line(line: RosterLine) -> str:
    entry, counted = line.entry, line.counted
    found = f"{decimal(counted.points)}/{decimal(counted.most)}  evidence {counted.evidence.value}" if counted else ""
    alarms = {alarm.value for bundle in line.bundles for alarm in bundle.alarms}
    look = f"  look at: {', '.join(sorted(alarms))}" if alarms else ""
    return f"{entry.session} {entry.seat} {entry.number} {line.state.value:10} {found}{look}  {entry.name}"
