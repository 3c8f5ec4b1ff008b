"""On a real X server, in a real process: what an exam changes is changed, and afterwards is what it was."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from kiosk.exam.rules import LockLevel
from kiosk.lockdown.feature import Finding, State
from kiosk.lockdown.ledger import Ledger
from kiosk.lockdown.linux import ServerKeysOff, features_for, on_x11, shield_process
from kiosk.lockdown.machine import CommandFailedError, NotHereError, ProcessGuard, SystemMachine, identity
from kiosk.lockdown.sequence import Lockdown, repair
from tests.support.machine import FakeMachine

FEATURES = features_for(LockLevel.DESKTOP)


def seen(machine: SystemMachine) -> tuple[str, ...]:
    """Everything the server tells about keys and, where xset is installed, about blanking."""
    display = machine.variable("DISPLAY")
    saver = machine.run("xset", "q") if shutil.which("xset") else ""
    return saver, machine.run("setxkbmap", "-query"), machine.run("xkbcomp", "-w0", display, "-")


def test_a_real_server_is_the_same_before_and_after(desktop: SystemMachine, tmp_path: Path) -> None:
    desktop.run(
        "setxkbmap", "-layout", "us,fr", "-variant", ",azerty", "-option", "terminate:ctrl_alt_bksp,compose:ralt"
    )
    before = seen(desktop)
    lockdown = Lockdown(FEATURES, desktop, Ledger(tmp_path / "undo.ledger", identity(desktop)))
    findings = lockdown.engage()
    during = seen(desktop)
    lockdown.release()
    assert Finding(name="server-keys", state=State.HOLDS) in findings
    assert "compose:ralt,srvrkeys:none" in during[1]
    assert before != during
    assert seen(desktop) == before


def test_a_real_server_is_repaired_by_the_next_start(desktop: SystemMachine, tmp_path: Path) -> None:
    before = seen(desktop)
    path = tmp_path / "undo.ledger"
    Lockdown(FEATURES[1:], desktop, Ledger(path, identity(desktop))).engage()
    assert seen(desktop) != before
    elsewhere = SystemMachine({key: value for key, value in os.environ.items() if key != "DISPLAY"})
    repair(path, FEATURES, elsewhere)
    assert seen(desktop) == before


def test_the_screen_saver_of_a_real_server(desktop: SystemMachine, tmp_path: Path) -> None:
    if shutil.which("xset") is None:
        pytest.skip("not installed: xset")
    desktop.run("xset", "s", "123", "45", "s", "blank", "s", "noexpose")
    before = desktop.run("xset", "q")
    lockdown = Lockdown(FEATURES, desktop, Ledger(tmp_path / "undo.ledger", identity(desktop)))
    findings = lockdown.engage()
    during = desktop.run("xset", "q")
    lockdown.release()
    assert Finding(name="screen-saver", state=State.HOLDS) in findings
    assert "timeout:  0 " in during
    assert "timeout:  123    cycle:  45" in before
    assert desktop.run("xset", "q") == before


def test_a_key_changed_by_hand_comes_back(desktop: SystemMachine) -> None:
    display = desktop.variable("DISPLAY")

    def key() -> str:
        """What the key right of Caps Lock gives."""
        return desktop.run("xkbcomp", "-w0", display, "-").partition("key <AC01> {")[2].partition("};")[0]

    a_key = key()
    keymap = desktop.run("xkbcomp", "-w0", display, "-").replace(a_key, a_key.replace("a,", "z,").replace("A ]", "Z ]"))
    desktop.run("xkbcomp", "-w0", "-", display, text=keymap)
    z_key = key()
    assert "z," in z_key
    feature = ServerKeysOff()
    before = feature.read(desktop)
    feature.engage(desktop, before)
    assert key() == a_key  # why the whole map is kept: the options alone lose it
    feature.release(desktop, before)
    assert key() == z_key


def test_status_sees_a_map_that_somebody_else_loads(desktop: SystemMachine) -> None:
    feature = ServerKeysOff()
    feature.engage(desktop, feature.read(desktop))
    assert feature.status(desktop).state is State.HOLDS
    desktop.run("setxkbmap", "-option", "", "-option", "terminate:ctrl_alt_bksp")  # as an input method does
    assert feature.status(desktop) == Finding(name="server-keys", state=State.OPEN, detail="Terminate_Server")


SHIELDED = """
import resource
from kiosk.exam.rules import LockLevel
from kiosk.lockdown.linux import MemoryPrivacy, shield_process
from kiosk.lockdown.machine import SystemMachine
machine, feature = SystemMachine(), MemoryPrivacy()
before = feature.read(machine)
guard = machine.guard()
print(shield_process(machine).state.value, machine.guard(), resource.getrlimit(resource.RLIMIT_CORE)[0])
print(feature.exists(machine, before))
feature.release(machine, before)
print(machine.guard() == guard)
"""


def test_a_real_process_shields_itself_and_takes_it_back() -> None:
    command = [sys.executable, "-c", SHIELDED]
    done = subprocess.run(command, cwd=Path(__file__).parents[2], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines() == ["holds ProcessGuard(dumpable=0, core_limit=0) 0", "True", "True"]


@pytest.mark.parametrize(
    ("environment", "what"),
    [
        ({}, "display"),
        ({"DISPLAY": "机房３:0"}, "local display"),
        ({"DISPLAY": ":7"}, "local display"),
        ({"DISPLAY": ":0", "WAYLAND_DISPLAY": "wayland-0"}, "wayland"),
        ({"DISPLAY": ":0", "XDG_SESSION_TYPE": "wayland"}, "wayland"),
    ],
)
def test_without_an_x_server_of_this_pc_the_features_are_unavailable(
    tmp_path: Path, environment: dict[str, str], what: str
) -> None:
    machine = FakeMachine(tmp_path)
    before = machine.file.read_bytes()
    machine.environment = environment
    assert on_x11(machine) == (environment == {"DISPLAY": ":7"})
    findings = Lockdown(FEATURES, machine, Ledger(tmp_path / "undo.ledger", identity(machine))).engage()
    assert findings[1:] == tuple(
        Finding(name=feature.name, state=State.UNAVAILABLE, detail=what) for feature in FEATURES[1:]
    )
    assert machine.file.read_bytes() == before


def test_practice_changes_nothing_but_the_process(tmp_path: Path) -> None:
    machine = FakeMachine(tmp_path)
    before = machine.file.read_bytes()
    Lockdown(features_for(LockLevel.PRACTICE), machine, Ledger(tmp_path / "u", identity(machine))).engage()
    assert machine.file.read_bytes() == before
    assert machine.process_guard == ProcessGuard(dumpable=0, core_limit=0)
    assert shield_process(machine) == Finding(name="memory-privacy", state=State.HOLDS)


def test_real_tools_that_are_not_there_or_refuse() -> None:
    machine = SystemMachine({"PATH": os.environ["PATH"]})
    with pytest.raises(NotHereError) as missing:
        machine.run("no-such-tool-𬭚")
    assert missing.value.data["what"] == "tool no-such-tool-𬭚"
    with pytest.raises(CommandFailedError) as failed:
        machine.run("false")
    assert failed.value.data == {"tool": "false", "status": 1}
    assert machine.run("cat", text="锁定 １２３ 𬭚 \udcff") == "锁定 １２３ 𬭚 \udcff"
    assert machine.stamp(Path("/no/such/file")) == ""
    with pytest.raises(NotHereError):
        machine.read(Path("/no/such/file"))
