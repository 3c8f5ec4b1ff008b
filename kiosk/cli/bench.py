"""`bench`: measure against a floor or a peer in the same run; one line for each figure."""

import argparse
import json
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path

from kiosk.cli.kiosk import kiosk_command
from kiosk.rehearsal.bench_save import bench_save
from kiosk.rehearsal.bench_start import bench_start
from kiosk.rehearsal.figure import Figure

_BENCHES: Mapping[str, Callable[[Path], tuple[Figure, ...]]] = {
    "save": bench_save,
    "start": lambda folder: bench_start(folder, kiosk_command(["--windowed"])),
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the words after `bench`."""
    parser.add_argument("name", choices=sorted(_BENCHES))
    parser.add_argument("--json", action="store_true", help="the same as data")
    parser.add_argument("--dir", type=Path, help="a folder on the disk to measure (default: a temporary one)")


def run(args: argparse.Namespace) -> int:
    """Measure and say; 0 when every figure holds, 1 when one falls short."""
    if args.dir:
        args.dir.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=args.dir) as folder:
        figures = _BENCHES[args.name](Path(folder))
    if args.json:
        rows = [
            {name: getattr(figure, name) for name in ("name", "value", "unit", "against", "bar", "holds")}
            for figure in figures
        ]
        print(json.dumps(rows, ensure_ascii=False))
    else:
        for figure in figures:
            verdict = "holds" if figure.holds else "falls short"
            print(f"{figure.name}  {figure.value:.2f} {figure.unit}  ({figure.against})  bar {figure.bar:g}  {verdict}")
    return 0 if all(figure.holds for figure in figures) else 1
