"""`bank`: check the source of a question bank."""

import argparse
from pathlib import Path

from kiosk.office.bank_lint import lint_folder
from kiosk.office.findings import Finding, Severity
from kiosk.ui.i18n.findings import reason


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the words after `bank`."""
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="VERB")
    lint = verbs.add_parser("lint", help="name every error of a bank folder with file, row and reason")
    lint.add_argument("folder", type=Path)
    lint.add_argument("--warnings", action="store_true", help="list warnings too, not only their number")


def run(args: argparse.Namespace) -> int:
    """Check a folder; 0 when it can be compiled, 1 when not."""
    linted = lint_folder(args.folder)
    errors = [finding for finding in linted.findings if finding.severity is Severity.ERROR]
    for finding in linted.findings if args.warnings else errors:
        print(_line(finding))
    print(f"{len(errors)} errors, {len(linted.findings) - len(errors)} warnings")
    return 1 if linted.refused else 0


def _line(finding: Finding) -> str:
    row = f" row {finding.row}" if finding.row else ""
    column = f" {finding.column}" if finding.column else ""
    detail = f" 「{finding.detail}」" if finding.detail else ""
    return f"{finding.severity.value}: {finding.file}{row}{column}: {reason(finding.code)}{detail} [{finding.code}]"
