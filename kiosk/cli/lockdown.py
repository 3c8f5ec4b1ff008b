"""`lockdown`: put a PC back that was left locked."""

import argparse
from pathlib import Path


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the words after `lockdown`."""
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="VERB")
    repair = verbs.add_parser("repair", help="undo what an earlier run could not")
    repair.add_argument("--home", type=Path, required=True, help="the seat's folder")


def run(args: argparse.Namespace) -> int:
    """Undo an unfinished ledger; 0 when everything is as it was, 1 when something is not. NotEnrolledError."""
    from kiosk.exam.rules import LockLevel  # noqa: PLC0415
    from kiosk.lockdown.feature import State  # noqa: PLC0415 - this system only
    from kiosk.lockdown.linux import features_for  # noqa: PLC0415
    from kiosk.lockdown.machine import SystemMachine  # noqa: PLC0415
    from kiosk.lockdown.supervisor import repair_seat  # noqa: PLC0415
    from kiosk.station.home import NotEnrolledError  # noqa: PLC0415

    if not args.home.is_dir():
        raise NotEnrolledError(folder=args.home.name)
    findings = repair_seat(args.home, SystemMachine(), features_for(LockLevel.DESKTOP))
    for finding in findings:
        print(f"{finding.state.value:12} {finding.name}  {finding.detail}")
    if not findings:
        print("nothing was left to put back")
    return 1 if any(finding.state in {State.FAILED, State.UNKNOWN} for finding in findings) else 0
