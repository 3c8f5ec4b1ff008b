"""`station`: look after a seat."""

import argparse
from pathlib import Path

from kiosk import __version__
from kiosk.station.clock import SeatClock
from kiosk.station.home import Home
from kiosk.station.loading import Loader


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the words after `station`."""
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="VERB")
    load = verbs.add_parser("load", help="take a round package from a stick, ahead of the day")
    load.add_argument("package", type=Path)
    load.add_argument("--home", type=Path, required=True, help="the seat's folder")


def run(args: argparse.Namespace) -> int:
    """Verify the package and keep a copy."""
    home = Home(folder=args.home)
    loader = Loader(home=home, post=home.post(), identity=home.identity(), program=__version__)
    package = loader.load(args.package, SeatClock().now())
    round_ = package.round
    print(f"{round_.id} {round_.room} package {round_.package}: {round_.name.zh} / {round_.name.en}")
    print(f"signed by {package.signer.id}; digest {package.digest[:8]}")
    for session in round_.sessions:
        print(f"  session {session.id}  {session.name.zh} / {session.name.en}  banks {', '.join(session.banks)}")
    return 0
