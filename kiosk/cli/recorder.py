"""`recorder`: the camera process. Commands come on standard input, reports go to standard output."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

MAIN = Path(__file__).parents[2] / "main.py"


def program() -> Sequence[str]:
    """Return the words that start this very program, from source or installed."""
    return (sys.executable,) if getattr(sys, "frozen", False) else (sys.executable, str(MAIN))


def recorder_command(camera: str) -> Sequence[str]:
    """Return the command that starts the recorder."""
    return (*program(), "recorder", "--camera", camera)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the words after `recorder`."""
    parser.add_argument("--camera", default="0", help="0, 1 ...: a camera; file:PATH; synthetic or synthetic:FOLDER")


def run(args: argparse.Namespace) -> int:
    """Run until told to quit."""
    from kiosk.capture.process import run_recorder, standard_streams  # noqa: PLC0415 - loads the camera library
    from kiosk.rehearsal.camera import source_of  # noqa: PLC0415

    commands, reports = standard_streams()
    return run_recorder(camera=args.camera, commands=commands, reports=reports, source_of=source_of)
