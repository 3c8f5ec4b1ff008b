"""`demo`: a complete demo world in a folder of its own, and an exam in it, by hand or played by the program."""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from kiosk import __version__
from kiosk.capture.recorder_link import RecorderLink
from kiosk.cli import kiosk
from kiosk.cli.recorder import program, recorder_command
from kiosk.cli.words import in_both
from kiosk.exam.vocabulary import CardId, Points
from kiosk.office.collect import collect
from kiosk.office.report import EvidenceState, Kind, Outcome, Report, decimal
from kiosk.paper.card import CardFace, card_svg
from kiosk.paper.qr import qr_png, qr_text
from kiosk.rehearsal.candidate import Plan
from kiosk.rehearsal.demo_world import DemoWorld, make_demo_world
from kiosk.rehearsal.headless import HeadlessJourney
from kiosk.rehearsal.protocol import Line, Protocol
from kiosk.station.station import MakeLink
from kiosk.storage.files import file_digest

SHEET = "sheet.json"
_STEPS = 5


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the words after `demo`."""
    parser.add_argument("--dir", type=Path, help="where the demo world goes (default: a temporary folder)")
    parser.add_argument("--unattended", action="store_true", help="let the program play the whole journey")
    parser.add_argument("--no-window", action="store_true", help="with --unattended: without any window")
    parser.add_argument("--screenshots", type=Path, metavar="DIR", help="keep a picture of every screen")
    parser.add_argument("--camera", default="synthetic", help="a moving drawing (default), a video FILE, or 0, 1 ...")
    parser.add_argument("--sheet", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--full-screen", action="store_true", help="fill the screen, as in a room, instead of a window")


def run(args: argparse.Namespace) -> int:
    """Make the world, say what is needed to play, play. OfficeError, StorageError, LockdownError leaves."""
    if args.sheet:
        return show_sheet(args.sheet)
    demand_camera(args.camera)
    demand_screen(args)
    folder = args.dir or Path(tempfile.mkdtemp(prefix="kiosk-demo-"))
    world = make_demo_world(folder, now=time.time_ns() // 1_000_000)
    controls = folder / "camera"
    controls.mkdir()
    write_papers(world, drawn=args.camera == "synthetic")
    if args.unattended:
        return play(args, world, controls)
    return show(args, world, controls)


def demand_camera(camera: str) -> None:
    """Refuse a video file that is not there; a camera that is not there is part of the demo. FileReadError."""
    if camera != "synthetic" and not camera.isdigit() and ":" not in camera:
        file_digest(Path(camera))


def demand_screen(args: argparse.Namespace) -> None:
    """Refuse to open a window where nobody could see it; what is played may go unseen. NoDisplayError."""
    from kiosk.lockdown.linux import NoDisplayError, demand_display  # noqa: PLC0415 - this system only
    from kiosk.lockdown.machine import SystemMachine  # noqa: PLC0415

    try:
        demand_display(SystemMachine())
    except NoDisplayError:
        if not args.unattended:
            raise
        os.environ["QT_QPA_PLATFORM"] = "offscreen"


def camera_words(camera: str, controls: Path) -> str:
    """Turn --camera into the words the recorder knows."""
    if camera == "synthetic":
        return f"synthetic:{controls}"
    return camera if camera.isdigit() or ":" in camera else f"file:{camera}"


def link_for(camera: str) -> MakeLink:
    """Return what starts the recorder for a station."""
    return lambda on_report: RecorderLink(recorder_command(camera), on_report=on_report)


def write_papers(world: DemoWorld, *, drawn: bool) -> None:
    """Write what would be printed: cards as they look, their codes, and a sheet of codes and PINs."""
    paper = world.folder / "paper"
    paper.mkdir(exist_ok=True)
    round_ = world.made.round
    sheet = [f"release code  {world.release_code}", ""]
    for secret in world.made.secrets.cards:
        card = secret.card
        face = CardFace(
            id=CardId(card.id),
            holder=secret.holder,
            round=round_.name,
            room=round_.room_name,
            groups=card.groups(),
            text=card.to_text(),
            reserve=secret.reserve,
        )
        (paper / f"card-{card.id}.svg").write_bytes(card_svg(face))
        (paper / f"card-{card.id}.png").write_bytes(qr_png(card.to_text()))
        sheet += [f"card {card.id}  {secret.holder}  PIN {secret.pin}", f"  {' '.join(card.groups())}"]
    sheet += [""] + [f"seat {entry.seat}  {entry.number}  {entry.name}" for entry in world.roster.entries]
    first = world.card
    facts = {
        "release_code": world.release_code,
        "card": first.card.to_text(),
        "holder": first.holder,
        "pin": first.pin,
        "drawn": drawn,
        "candidates": [f"{entry.seat}  {entry.number}  {entry.name}" for entry in world.roster.entries],
    }
    (paper / SHEET).write_text(json.dumps(facts, ensure_ascii=False), encoding="utf-8")
    (paper / "codes.txt").write_text("\n".join(sheet) + "\n", encoding="utf-8")


def play(args: argparse.Namespace, world: DemoWorld, controls: Path) -> int:
    """Let the program play the journey; 0 only if all of it held."""
    protocol = Protocol(show=_say)
    link = link_for(camera_words(args.camera, controls))
    if args.no_window:
        plan, stick = HeadlessJourney(world, controls, link, __version__, protocol).run()
    else:
        from kiosk.rehearsal.windowed import play_windows  # noqa: PLC0415 - needs a screen

        plan, stick = play_windows(world, controls, link, protocol, args.screenshots)
    check_office(protocol, world, collect([stick], world.office, world.folder / "collected"), plan)
    print(f"\n{in_both('cli.demo-held' if protocol.held else 'cli.demo-failed')} {world.folder}")
    return 0 if protocol.held else 1


def check_office(protocol: Protocol, world: DemoWorld, report: Report, plan: Plan) -> None:
    """Compare what the office found with what the candidate gave."""
    lines = {line.kind: line for line in report.lines}
    for kind in Kind:
        line = lines.get(kind)
        found = f"{Path(line.file).name} {line.digest[:16]} {line.code}" if line else "no file"
        protocol.note(f"collected: {kind.value}", found, held=line is not None and line.outcome is Outcome.ACCEPTED)
    number = world.roster.entries[0].number
    mine = next((line for line in report.roster if line.entry.number == number), None)
    counted = mine.counted if mine else None
    if counted is None:
        protocol.note("scored", "nothing was counted", held=False)
        return
    pictures = f"{counted.records} records, evidence {counted.evidence.value}, {len(counted.alarms)} alarms"
    protocol.note("verified", pictures, held=counted.evidence is EvidenceState.COMPLETE and not counted.alarms)
    score = f"{decimal(counted.points)} of {decimal(counted.most)}; planned {decimal(Points(plan.points))}"
    protocol.note("scored", score, held=counted.points == plan.points)
    missing = [line.entry.number for line in report.open]
    others = [entry.number for entry in world.roster.entries[1:]]
    protocol.note("roster", f"{len(missing)} of {len(report.roster)} missing and named", held=missing == others)


def show(args: argparse.Namespace, world: DemoWorld, controls: Path) -> int:
    """Say what is needed to play, then open the seat under its supervisor."""
    print((world.folder / "paper" / "codes.txt").read_text(encoding="utf-8"))
    if sys.stdout.isatty():
        print(qr_text(world.card.card.to_text()))
    print(in_both("cli.demo-cards", folder=str(world.folder / "paper")))
    number, stick = world.roster.entries[0].number, str(world.stick)
    for step in range(1, _STEPS + 1):
        print(f"{step}  {in_both(f'cli.demo-step-{step}', number=number, stick=stick)}")
    if args.full_screen and sys.stdin.isatty():
        input(in_both("cli.demo-full-screen") + " ")
    words = ["--home", str(world.homes[0].folder), "--camera", camera_words(args.camera, controls)]
    words += ["--package", str(world.made.package), "--stick", str(world.stick)]
    words += [] if args.full_screen else ["--windowed"]
    parser = argparse.ArgumentParser()
    kiosk.add_arguments(parser)
    sheet = None if args.full_screen else subprocess.Popen([*program(), "demo", "--sheet", str(world.folder)])
    try:
        return kiosk.run_supervised(parser.parse_args(words))
    finally:
        if sheet is not None:
            sheet.terminate()
            sheet.wait()


def show_sheet(folder: Path) -> int:
    """Be the demo's sheet of paper, beside the kiosk's window."""
    from kiosk.rehearsal.demo_sheet import Sheet, run_sheet  # noqa: PLC0415 - needs a screen

    facts = json.loads((folder / "paper" / SHEET).read_text(encoding="utf-8"))
    lines, drawn = tuple(facts.pop("candidates")), facts.pop("drawn")
    controls = folder / "camera" if drawn else None
    return run_sheet(Sheet(**facts, candidates=lines, controls=controls), os.getppid())


def _say(line: Line) -> None:
    print(f"{'ok ' if line.held else 'BAD'}  {line.what:32} {line.found}", flush=True)
