"""Reads the words of a command and hands them to the module of their noun.

Rules: an expected refusal is told in one block (what happened, what is safe, what to do, the code) and ends with exit
code 2; a mistake of the program is a traceback. Modules are imported when their noun is used, so that the recorder
does not load the screens and the screens do not load the office.
"""

import argparse
import importlib
import logging
import sys
from collections.abc import Sequence
from typing import Protocol

from kiosk import __version__
from kiosk.cli.words import refused
from kiosk.errors import KioskError

COULD_NOT_RUN = 2

_NOUNS = {
    "demo": "make a demo world and play an exam in it",
    "kiosk": "run a seat",
    "recorder": "the camera process of a seat (started by the program itself)",
    "station": "look after a seat: load packages",
    "bank": "check a question bank",
    "results": "verify, collect and score result bundles",
    "lockdown": "put a PC back that was left locked",
    "bench": "measure against a floor or a peer",
}


class Noun(Protocol):
    """What the module of a noun offers."""

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Describe the words after the noun."""

    def run(self, args: argparse.Namespace) -> int:
        """Do it; the exit code."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    words = list(sys.argv[1:] if argv is None else argv)
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(name)s %(message)s")
    parser = argparse.ArgumentParser(prog="main.py", description="Offline exam kiosk")
    parser.add_argument("--version", action="version", version=__version__)
    nouns = parser.add_subparsers(dest="noun", required=True, metavar="NOUN")
    modules: dict[str, Noun] = {}
    for noun, help_text in _NOUNS.items():
        child = nouns.add_parser(noun, help=help_text, description=help_text)
        if words[:1] == [noun]:
            modules[noun] = importlib.import_module(f"kiosk.cli.{noun}")
            modules[noun].add_arguments(child)
    args = parser.parse_args(words)
    try:
        return modules[args.noun].run(args)
    except KioskError as error:
        print(refused(error), file=sys.stderr)
        return COULD_NOT_RUN
