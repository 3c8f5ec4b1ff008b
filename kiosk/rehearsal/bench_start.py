"""How long it takes from the command to the first painted screen, with a package loaded and verified."""

import os
import subprocess
import time
from collections.abc import Sequence
from pathlib import Path
from statistics import median

from kiosk.rehearsal.demo_world import make_demo_world
from kiosk.rehearsal.figure import Figure

_RUNS = 7
_BAR = 1.0
PAINTED = "painted"


def bench_start(folder: Path, command: Sequence[str]) -> tuple[Figure, ...]:
    """Measure whole processes; `command` starts the screens and must print "painted" and end after the first paint."""
    world = make_demo_world(folder / "world", now=time.time_ns() // 1_000_000)
    words = (*command, "--home", str(world.homes[0].folder), "--package", str(world.made.package), "--camera", "none")
    environment = {**os.environ}
    if not any(environment.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY")):
        environment["QT_QPA_PLATFORM"] = "offscreen"
    times = [_start(words, environment) for _ in range(_RUNS + 1)][1:]
    return (
        Figure(
            name="start to first painted screen",
            value=median(times),
            unit="s",
            against=f"the bar of one second; fastest {min(times):.2f}, slowest {max(times):.2f}, {_RUNS} warm starts",
            bar=_BAR,
        ),
    )


def _start(words: Sequence[str], environment: dict[str, str]) -> float:
    begin = time.perf_counter()
    with subprocess.Popen([*words, "--until-painted"], stdout=subprocess.PIPE, env=environment, text=True) as process:
        assert process.stdout is not None  # noqa: S101 - asked for above
        line = process.stdout.readline()
        spent = time.perf_counter() - begin
    if line.strip() != PAINTED or process.returncode != 0:
        raise RuntimeError(line)
    return spent
