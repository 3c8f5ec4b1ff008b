"""`kiosk`: run a seat: the supervisor, and under it the program with the screens."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from kiosk import __version__
from kiosk.capture.recorder_link import RecorderLink
from kiosk.cli.recorder import program, recorder_command
from kiosk.cli.words import in_both
from kiosk.exam.rules import LockLevel
from kiosk.exam.vocabulary import Language
from kiosk.station.beginning import take_up
from kiosk.station.clock import SeatClock
from kiosk.station.home import Home
from kiosk.station.session_desk import Settings
from kiosk.station.station import MakeLink, Station

FINAL_CODES = frozenset({0, 2})


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the words after `kiosk`."""
    parser.add_argument("--home", type=Path, required=True, help="the seat's folder")
    parser.add_argument("--windowed", action="store_true", help="in a window: practice and demo rounds only")
    parser.add_argument("--camera", default="0", help="as for `recorder`; `none` for no camera")
    parser.add_argument("--package", type=Path, help="load this package first")
    parser.add_argument("--stick", type=Path, action="append", default=[], help="a folder that stands for a stick")
    parser.add_argument("--language", choices=[language.value for language in Language], default=Language.ZH.value)
    parser.add_argument("--supervised", action="store_true", help=argparse.SUPPRESS)
    parser.add_argument("--until-painted", action="store_true", help=argparse.SUPPRESS)
    parser.add_argument("--restarted", type=int, default=0, help=argparse.SUPPRESS)


def run(args: argparse.Namespace) -> int:
    """Supervise a seat, or be the supervised program."""
    return run_screens(args) if args.supervised else run_supervised(args)


def kiosk_command(words: Sequence[str]) -> Sequence[str]:
    """Return the command that starts the screens of this very program."""
    return (*program(), "kiosk", "--supervised", *words)


def run_supervised(args: argparse.Namespace) -> int:
    """Lock the PC, keep the screens running, put the PC back. NoDisplayError, LockdownError leaves."""
    from kiosk.lockdown.linux import demand_display, features_for  # noqa: PLC0415 - this system only
    from kiosk.lockdown.machine import SystemMachine  # noqa: PLC0415
    from kiosk.lockdown.restart import RestartPolicy  # noqa: PLC0415
    from kiosk.lockdown.supervisor import EXIT_GAVE_UP, supervise  # noqa: PLC0415

    machine = SystemMachine()
    demand_display(machine)
    level = LockLevel.PRACTICE if args.windowed else LockLevel.DESKTOP
    words = ["--home", str(args.home), "--camera", args.camera, "--language", args.language]
    words += ["--windowed"] if args.windowed else []
    words += ["--package", str(args.package)] if args.package else []
    words += [word for stick in args.stick for word in ("--stick", str(stick))]
    policy = RestartPolicy(endings=FINAL_CODES)
    code = supervise(kiosk_command(words), args.home, machine, features_for(level), policy=policy)
    if code == EXIT_GAVE_UP:
        print(in_both("cli.gave-up"), file=sys.stderr)
    return code


def run_screens(args: argparse.Namespace) -> int:
    """Show the screens of a seat."""
    from kiosk.lockdown.level import Probe, level_reached  # noqa: PLC0415 - only where there is a screen
    from kiosk.lockdown.linux import on_x11, shield_process  # noqa: PLC0415
    from kiosk.lockdown.machine import SystemMachine  # noqa: PLC0415
    from kiosk.ui.app import Options, Parts, WindowFacts, run_window  # noqa: PLC0415

    machine = SystemMachine()
    shield_process(machine)

    def level_of(facts: WindowFacts) -> LockLevel:
        probe = Probe(
            x11=on_x11(machine),
            windowed=facts.windowed,
            screens_covered=facts.screens_covered,
            keyboard_grabbed=facts.keyboard_grabbed,
        )
        return level_reached(probe)[0]

    def make_station(level: LockLevel, wake: object) -> Station:
        settings = Settings(program=__version__, lock_level=level, restarted=args.restarted > 0)
        return Station(Home(folder=args.home), SeatClock(), settings, link_for(args.camera), wake)  # type: ignore[arg-type]

    def begin(station: Station) -> None:
        """A restarted program has what it was given: the way back to the locked screen is short."""
        take_up(station, None if args.restarted and station.package else args.package)

    painted = (lambda: print("painted", flush=True)) if args.until_painted else None
    options = Options(windowed=args.windowed, language=Language(args.language), sticks=tuple(args.stick))
    return run_window(options, Parts(level_of=level_of, make_station=make_station, begin=begin, painted=painted))


def link_for(camera: str) -> MakeLink | None:
    """Return what starts the recorder for a station; None without a camera."""
    if camera == "none":
        return None
    return lambda on_report: RecorderLink(recorder_command(camera), on_report=on_report)
