"""Real supervisors with real kiosks, killed: the next kiosk is there at once, and the PC is put back at the end."""

import json
import os
import select
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from kiosk.exam.rules import LockLevel
from kiosk.lockdown.child import KioskStartError
from kiosk.lockdown.feature import Finding, State
from kiosk.lockdown.handover import VARIABLE
from kiosk.lockdown.linux import features_for
from kiosk.lockdown.machine import SystemMachine
from kiosk.lockdown.supervisor import (
    EXIT_GAVE_UP,
    LEDGER_NAME,
    HomeUnusableError,
    ReleaseIncompleteError,
    SecondInstanceError,
    repair_seat,
    supervise,
)
from tests.support.machine import SETTINGS, FakeMachine

ROOT = Path(__file__).parents[2]
FEATURES = features_for(LockLevel.DESKTOP)
SECONDS = 20  # only a failing test waits that long

SUPERVISOR = """
import sys
from pathlib import Path
from kiosk.exam.rules import LockLevel
from kiosk.lockdown.linux import features_for
from kiosk.lockdown.machine import SystemMachine
from kiosk.lockdown.supervisor import supervise
from tests.support.machine import FakeMachine
home = Path(sys.argv[1])
machine = SystemMachine() if len(sys.argv) > 3 else FakeMachine(home)
sys.exit(supervise([sys.executable, "-c", sys.argv[2]], home, machine, features_for(LockLevel.DESKTOP)))
"""

# A kiosk tells through a named pipe who it is, and stays until it is killed or told the code to end with.
KIOSK = """
import json, os, signal, sys
said = dict(pid=os.getpid(), args=sys.argv[1:], told=os.environ["KIOSK_LOCKDOWN"])
home = os.environ["KIOSK_TEST_HOME"]
with open(home + "/said", "w") as pipe:
    pipe.write(json.dumps(said))
with open(home + "/told") as pipe:
    sys.exit(int(pipe.read()))
"""


@dataclass(frozen=True, kw_only=True)
class Said:
    """What a kiosk says of itself."""

    pid: int
    args: tuple[str, ...] = ()
    told: str = "[]"


class Seat:
    """A supervisor in a process of its own and what its kiosks say."""

    def __init__(self, home: Path, kiosk: str = KIOSK, display: str = "") -> None:
        self.home = home
        for name in ("said", "told"):
            if not (home / name).exists():
                os.mkfifo(home / name)
        self.machine = FakeMachine(home)
        environment = {**os.environ, "KIOSK_TEST_HOME": str(home)} | ({"DISPLAY": display} if display else {})
        command = [sys.executable, "-c", SUPERVISOR, str(home), kiosk, *([display] if display else [])]
        self.process = subprocess.Popen(command, cwd=ROOT, env=environment)

    def next_kiosk(self) -> Said:
        """Wait for a kiosk to come up (a blocking open of the pipe) and return what it says."""
        with (self.home / "said").open() as pipe:
            said = json.loads(pipe.read())
        return Said(pid=said["pid"], args=tuple(said.get("args", ())), told=said.get("told", "[]"))

    def tell(self, code: int) -> None:
        (self.home / "told").write_text(str(code))

    def end(self) -> int:
        return self.process.wait(SECONDS)


@contextmanager
def seat(home: Path, kiosk: str = KIOSK, display: str = "") -> Iterator[Seat]:
    running = Seat(home, kiosk, display)
    try:
        yield running
    finally:
        running.process.kill()
        running.process.wait()


@pytest.fixture(autouse=True)
def _no_test_hangs() -> Iterator[None]:
    """A kiosk that never comes up would block a pipe for ever: the alarm's default action names the test."""
    before = signal.signal(signal.SIGALRM, lambda *_: pytest.fail("no kiosk came up"))
    signal.alarm(SECONDS)
    yield
    signal.alarm(0)
    signal.signal(signal.SIGALRM, before)


def gone(pid: int) -> bool:
    """Wait until a process that is not our child has ended."""
    try:
        handle = os.pidfd_open(pid)
    except ProcessLookupError:
        return True
    ended = select.poll()
    ended.register(handle, select.POLLIN)
    found = ended.poll(SECONDS * 1000)
    os.close(handle)
    return bool(found)


def test_a_killed_kiosk_is_back_within_three_seconds_and_knows_it(tmp_path: Path) -> None:
    with seat(tmp_path) as running:
        first = running.next_kiosk()
        assert first.args == ()
        assert {row[0]: row[1] for row in json.loads(first.told)}["server-keys"] == "holds"
        for restart in (1, 2, 3):
            killed = time.monotonic()
            os.kill(first.pid, signal.SIGKILL)
            again = running.next_kiosk()
            assert time.monotonic() - killed < 3
            assert again.args == ("--restarted", str(restart))
            assert running.machine.load()["timeout"] == "0"
            first = again
        running.tell(0)
        assert running.end() == 0
    assert running.machine.load() == SETTINGS


def test_after_five_quick_deaths_the_supervisor_gives_up_and_releases(tmp_path: Path) -> None:
    with seat(tmp_path, "import os; os.kill(os.getpid(), 9)") as running:
        assert running.end() == EXIT_GAVE_UP
    assert running.machine.load() == SETTINGS


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_a_signal_ends_the_kiosk_and_releases(tmp_path: Path, number: signal.Signals) -> None:
    with seat(tmp_path) as running:
        kiosk = running.next_kiosk()
        assert running.machine.load() != SETTINGS
        running.process.send_signal(number)
        assert running.end() == 128 + number
    assert gone(kiosk.pid)
    assert running.machine.load() == SETTINGS


def test_a_killed_supervisor_takes_the_kiosk_with_it_and_the_next_one_repairs(tmp_path: Path) -> None:
    with seat(tmp_path) as running:
        kiosk = running.next_kiosk()
        running.process.kill()
        assert running.process.wait() == -signal.SIGKILL
        assert gone(kiosk.pid)
    assert running.machine.load() != SETTINGS
    assert [finding.state for finding in repair_seat(tmp_path, FakeMachine(tmp_path), FEATURES)] == [
        *[State.RESTORED] * 3,
        State.RESTORED,  # the make-believe process has the same number and start time
    ]
    assert running.machine.load() == SETTINGS
    with seat(tmp_path) as later:
        assert later.next_kiosk().args == ()
        later.tell(0)
        assert later.end() == 0
    assert later.machine.load() == SETTINGS


def test_on_a_real_server_a_killed_supervisor_is_repaired(desktop: SystemMachine, tmp_path: Path) -> None:
    display = desktop.variable("DISPLAY")
    desktop.run("setxkbmap", "-display", display, "-option", "terminate:ctrl_alt_bksp")
    before = desktop.run("xkbcomp", "-w0", display, "-")
    with seat(tmp_path, display=display) as running:
        kiosk = running.next_kiosk()
        held = {row[0]: row[1] for row in json.loads(kiosk.told)}
        assert (held["memory-privacy"], held["server-keys"]) == ("holds", "holds")
        assert desktop.run("xkbcomp", "-w0", display, "-") != before
        running.process.kill()
        running.process.wait()
        assert gone(kiosk.pid)
    found = {finding.name: finding.state for finding in repair_seat(tmp_path, desktop, FEATURES)}
    assert (found["memory-privacy"], found["server-keys"]) == (State.GONE, State.RESTORED)
    assert desktop.run("xkbcomp", "-w0", display, "-") == before


RECORDER = """
import os, subprocess, sys
child = subprocess.Popen([sys.executable, "-c", "import signal; signal.pause()"])
with open(os.environ["KIOSK_TEST_HOME"] + "/said", "w") as pipe:
    pipe.write('{"pid": %d}' % child.pid)
with open(os.environ["KIOSK_TEST_HOME"] + "/told") as pipe:
    sys.exit(int(pipe.read()))
"""


def test_what_a_dead_kiosk_started_dies_with_it(tmp_path: Path) -> None:
    with seat(tmp_path, RECORDER) as running:
        left_over = running.next_kiosk().pid
        running.tell(1)
        assert running.next_kiosk().pid != left_over
        assert gone(left_over)


def test_a_second_supervisor_of_a_seat_is_refused_and_changes_nothing(tmp_path: Path) -> None:
    with seat(tmp_path) as running:
        running.next_kiosk()
        locked, ledger = running.machine.load(), (tmp_path / LEDGER_NAME).read_bytes()
        for _ in range(2):
            with pytest.raises(SecondInstanceError):
                supervise(["true"], tmp_path, running.machine, FEATURES)
            with pytest.raises(SecondInstanceError):
                repair_seat(tmp_path, running.machine, FEATURES)
        assert (running.machine.load(), (tmp_path / LEDGER_NAME).read_bytes()) == (locked, ledger)


def test_a_kiosk_that_cannot_start_is_an_error_and_releases(tmp_path: Path) -> None:
    machine = FakeMachine(tmp_path)
    with pytest.raises(KioskStartError) as refused:
        supervise([str(tmp_path / "没有 ３ 𬭚")], tmp_path, machine, FEATURES)
    assert refused.value.data["program"] == str(tmp_path / "没有 ３ 𬭚")
    assert machine.load() == SETTINGS


def test_findings_are_reported_and_handed_to_the_kiosk(tmp_path: Path) -> None:
    machine = FakeMachine(tmp_path)
    machine.missing = {"setxkbmap"}
    reports: list[tuple[Finding, ...]] = []
    copy = f"import os; open({str(tmp_path / 'told')!r}, 'w').write(os.environ[{VARIABLE!r}])"
    command = [sys.executable, "-c", copy]
    assert supervise(command, tmp_path, machine, FEATURES, report=lambda found: reports.append(tuple(found))) == 0
    repaired, engaged, released = reports
    assert repaired == ()
    assert Finding(name="server-keys", state=State.UNAVAILABLE, detail="tool setxkbmap") in engaged
    assert [finding.state for finding in released] == [State.RESTORED] * 3
    assert json.loads((tmp_path / "told").read_text()) == [[f.name, f.state.value, f.detail] for f in engaged]


def test_what_could_not_be_put_back_is_an_error_at_the_end(tmp_path: Path) -> None:
    machine = FakeMachine(tmp_path)
    machine.refusing = {("+dpms",)}
    with pytest.raises(ReleaseIncompleteError) as refused:
        supervise(["true"], tmp_path, machine, FEATURES)
    assert refused.value.data == {"features": "display-power", "exit": 0}
    machine.refusing = set()
    assert repair_seat(tmp_path, machine, FEATURES) == (Finding(name="display-power", state=State.RESTORED),)
    assert machine.load() == SETTINGS


def test_a_home_that_cannot_be_one_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(HomeUnusableError):
        supervise(["true"], tmp_path / "file" / "home", FakeMachine(tmp_path), FEATURES)
