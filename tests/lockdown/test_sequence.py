"""Whatever happens while a PC is locked or put back, the next start brings back each setting, byte for byte."""

import hashlib
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from kiosk.exam.rules import LockLevel
from kiosk.lockdown.feature import Before, Finding, State
from kiosk.lockdown.ledger import Ledger, LedgerUnwritableError, read_story
from kiosk.lockdown.linux import features_for
from kiosk.lockdown.machine import identity
from kiosk.lockdown.sequence import (
    FeatureRefusedError,
    LedgerDamagedError,
    LedgerForeignError,
    LedgerVersionError,
    Lockdown,
    repair,
)
from tests.support.machine import FakeMachine, PowerCutError, never, power_cut_at

ROOT = Path(__file__).parents[2]
FEATURES = features_for(LockLevel.DESKTOP)
NAMES = ("memory-privacy", "screen-saver", "display-power", "server-keys")


def lock_and_release(folder: Path, machine: FakeMachine, ledger_type: type[Ledger] = Ledger) -> None:
    """What the supervisor does, without its processes."""
    path = folder / "undo.ledger"
    repair(path, FEATURES, machine)
    lockdown = Lockdown(FEATURES, machine, ledger_type(path, identity(machine)))
    lockdown.engage()
    lockdown.release()


def engaged(folder: Path, machine: FakeMachine) -> Path:
    """Leave a machine locked with its ledger unfinished, as after kill -9; return the ledger's path."""
    path = folder / "undo.ledger"
    Lockdown(FEATURES, machine, Ledger(path, identity(machine))).engage()
    return path


def states(findings: tuple[Finding, ...]) -> dict[str, State]:
    return {finding.name: finding.state for finding in findings}


def number_of_steps(folder: Path, ledger_type: type[Ledger] = Ledger) -> int:
    folder.mkdir()
    machine = FakeMachine(folder)
    lock_and_release(folder, machine, ledger_type)
    return machine.steps


def unrepaired_cuts(tmp_path: Path, ledger_type: type[Ledger]) -> int:
    """Cut the power at every step and repair; return after how many cuts the settings were not the old ones."""
    steps = number_of_steps(tmp_path / "count", ledger_type)
    wrong = 0
    for step in range(1, steps + 1):
        folder = tmp_path / str(step)
        folder.mkdir()
        machine = FakeMachine(folder, power_cut_at(step))
        before = machine.file.read_bytes()
        with pytest.raises(PowerCutError):
            lock_and_release(folder, machine, ledger_type)
        later = FakeMachine(folder, process=200)
        repair(folder / "undo.ledger", FEATURES, later)
        wrong += later.file.read_bytes() != before
        assert later.process_guard == FakeMachine(folder).process_guard  # a new process is not forced to anything
    assert steps > 15
    return wrong


def test_engaging_holds_everything_and_releasing_puts_everything_back(tmp_path: Path) -> None:
    machine = FakeMachine(tmp_path)
    before = machine.file.read_bytes()
    lockdown = Lockdown(FEATURES, machine, Ledger(tmp_path / "undo.ledger", identity(machine)))
    assert lockdown.engage() == tuple(Finding(name=name, state=State.HOLDS) for name in NAMES)
    held = machine.load()
    assert (held["timeout"], held["blanking"], held["dpms"]) == ("0", "no", "Disabled")
    assert held["options"] == "compose:ralt,srvrkeys:none"
    assert machine.process_guard.dumpable == 0
    assert lockdown.status() == tuple(Finding(name=name, state=State.HOLDS) for name in NAMES)
    released = lockdown.release()
    assert [finding.name for finding in released] == list(reversed(NAMES))
    assert set(states(released).values()) == {State.RESTORED}
    assert machine.file.read_bytes() == before
    assert machine.process_guard.dumpable == 1
    assert lockdown.release() == ()


def test_a_power_cut_at_every_step_leaves_nothing_changed_after_the_next_start(tmp_path: Path) -> None:
    assert unrepaired_cuts(tmp_path, Ledger) == 0


class ForgetfulLedger(Ledger):
    """Negative control: says it wrote down what was there, and did not."""

    def record(self, feature: str, before: Before) -> None:
        """Do nothing."""


def test_without_the_ledger_the_same_cuts_leave_pcs_changed(tmp_path: Path) -> None:
    assert unrepaired_cuts(tmp_path, ForgetfulLedger) > 5


def test_a_power_cut_at_every_step_of_the_repair_is_repaired_too(tmp_path: Path) -> None:
    for step in range(1, 40):
        folder = tmp_path / str(step)
        folder.mkdir()
        machine = FakeMachine(folder)
        before = machine.file.read_bytes()
        path = engaged(folder, machine)
        broken = FakeMachine(folder, power_cut_at(step), process=200)
        try:
            repair(path, FEATURES, broken)
        except PowerCutError:
            repair(path, FEATURES, FakeMachine(folder, process=300))
        assert machine.file.read_bytes() == before
        assert repair(path, FEATURES, FakeMachine(folder)) == ()
        if broken.steps < step:
            return
    pytest.fail("the repair has more steps than were cut")


KILLED = """
import sys
from pathlib import Path
from tests.lockdown.test_sequence import lock_and_release
from tests.support.machine import FakeMachine, kill_at
folder = Path(sys.argv[1])
lock_and_release(folder, FakeMachine(folder, kill_at(int(sys.argv[2]))))
"""


def test_a_real_process_killed_at_every_third_step_leaves_nothing_changed(tmp_path: Path) -> None:
    steps = number_of_steps(tmp_path / "count")
    unfinished = 0
    for step in range(2, steps + 1, 3):
        folder = tmp_path / str(step)
        folder.mkdir()
        before = FakeMachine(folder).file.read_bytes()
        command = [sys.executable, "-c", KILLED, str(folder), str(step)]
        assert subprocess.run(command, cwd=ROOT, check=False).returncode == -9
        path, later = folder / "undo.ledger", FakeMachine(folder, process=200)
        unfinished += bool(repair(path, FEATURES, later))
        assert later.file.read_bytes() == before
    assert unfinished > 5


def test_the_value_before_is_on_the_disk_when_a_change_is_made(tmp_path: Path) -> None:
    path = tmp_path / "undo.ledger"
    machine = FakeMachine(tmp_path)
    name = identity(machine)
    changes: list[tuple[str, ...]] = []
    before = machine.load()

    def hook(_: int) -> None:
        if machine.load() != before:
            changes.append(tuple(entry.feature for entry in read_story(path.read_bytes(), name).pending))

    machine.hook = hook
    engaged(tmp_path, machine)
    assert changes
    assert all("screen-saver" in entries for entries in changes)
    assert changes[-1] == NAMES


def test_a_missing_tool_is_a_finding_and_the_rest_goes_on(tmp_path: Path) -> None:
    machine = FakeMachine(tmp_path)
    machine.missing = {"xset"}
    lockdown = Lockdown(FEATURES, machine, Ledger(tmp_path / "undo.ledger", identity(machine)))
    findings = lockdown.engage()
    assert Finding(name="screen-saver", state=State.UNAVAILABLE, detail="tool xset") in findings
    assert states(findings)["server-keys"] is State.HOLDS


@pytest.mark.parametrize("name", [*NAMES[1:], "no-such-feature"])
def test_what_the_round_demands_is_refused_and_everything_released(tmp_path: Path, name: str) -> None:
    machine = FakeMachine(tmp_path)
    before = machine.file.read_bytes()
    machine.missing = {"xset"} if name != "server-keys" else {"xkbcomp"}
    ledger = Ledger(tmp_path / "undo.ledger", identity(machine))
    with pytest.raises(FeatureRefusedError) as refused:
        Lockdown(FEATURES, machine, ledger, required=frozenset({name})).engage()
    assert refused.value.data["feature"] == name
    assert machine.file.read_bytes() == before
    assert machine.process_guard.dumpable == 1
    assert ledger.pending == ()


def test_a_change_that_fails_halfway_is_taken_back_at_once(tmp_path: Path) -> None:
    machine = FakeMachine(tmp_path)
    machine.refusing = {("srvrkeys:none",), ("compose:ralt,srvrkeys:none",)}
    lockdown = Lockdown(FEATURES, machine, Ledger(tmp_path / "undo.ledger", identity(machine)))
    assert states(lockdown.engage())["server-keys"] is State.FAILED
    assert machine.load()["options"] == "compose:ralt,terminate:ctrl_alt_bksp"
    assert machine.load()["by_hand"] == "稀土 ６００ 𬭚"


def test_releasing_goes_on_past_a_failure_and_the_next_start_tries_again(tmp_path: Path) -> None:
    machine = FakeMachine(tmp_path)
    before = machine.file.read_bytes()
    path = tmp_path / "undo.ledger"
    lockdown = Lockdown(FEATURES, machine, Ledger(path, identity(machine)))
    lockdown.engage()
    machine.refusing = {("+dpms",)}
    released = lockdown.release()
    assert states(released) == dict.fromkeys(NAMES, State.RESTORED) | {"display-power": State.FAILED}
    assert machine.load()["timeout"] == "600"
    again = Lockdown(FEATURES, machine, Ledger(path, identity(machine)))  # a whole lock in between
    again.engage()
    again.release()
    (left,) = read_story(path.read_bytes(), identity(machine)).pending
    assert (left.feature, left.before.values["dpms"]) == ("display-power", "Enabled")  # the oldest value, once
    machine.refusing = set()
    assert states(repair(path, FEATURES, machine)) == {"display-power": State.RESTORED}
    assert machine.file.read_bytes() == before


@pytest.mark.parametrize(
    ("attribute", "value"),
    [("boot", "boot-2"), ("server", "socket-2"), ("server", "")],
    ids=["another boot", "another X server", "no X server"],
)
def test_old_values_are_not_forced_upon_another_server(tmp_path: Path, attribute: str, value: str) -> None:
    path = engaged(tmp_path, FakeMachine(tmp_path))
    later = FakeMachine(tmp_path, process=200)
    setattr(later, attribute, value)
    fresh = later.file.read_bytes()
    assert set(states(repair(path, FEATURES, later)).values()) == {State.GONE}
    assert later.file.read_bytes() == fresh
    assert repair(path, FEATURES, later) == ()


def test_the_repair_finds_the_display_by_the_ledger(tmp_path: Path) -> None:
    machine = FakeMachine(tmp_path)
    before = machine.file.read_bytes()
    path = engaged(tmp_path, machine)
    machine.environment = {}
    repair(path, FEATURES, machine)
    assert machine.file.read_bytes() == before


def test_a_feature_this_program_does_not_know_stays_in_the_ledger(tmp_path: Path) -> None:
    machine = FakeMachine(tmp_path)
    path = engaged(tmp_path, machine)
    assert states(repair(path, FEATURES[:-1], machine))["server-keys"] is State.UNKNOWN
    assert states(repair(path, FEATURES, machine)) == {"server-keys": State.RESTORED}


def test_a_ledger_of_another_pc_is_kept_aside_and_nothing_of_it_is_applied(tmp_path: Path) -> None:
    path = engaged(tmp_path, FakeMachine(tmp_path))
    data = path.read_bytes()
    other = FakeMachine(tmp_path, process=200)
    other.machine_id = "b" * 32
    locked = other.file.read_bytes()
    with pytest.raises(LedgerForeignError) as refused:
        repair(path, FEATURES, other)
    assert refused.value.code == "lockdown/ledger-foreign"
    assert (tmp_path / str(refused.value.data["kept"])).read_bytes() == data
    assert other.file.read_bytes() == locked
    assert repair(path, FEATURES, other) == ()  # the way on: start again


def flipped(data: bytes, place: int) -> bytes:
    return data[:place] + bytes([data[place] ^ 0x10]) + data[place + 1 :]


def test_every_flipped_byte_is_noticed_and_what_is_intact_is_put_back(tmp_path: Path) -> None:
    machine = FakeMachine(tmp_path)
    old, path = machine.load(), engaged(tmp_path, machine)
    data, locked = path.read_bytes(), machine.load()
    entries = data.count(b"\n") - 1
    for place in range(len(data)):
        machine.save(locked)
        path.write_bytes(flipped(data, place))
        with pytest.raises(LedgerDamagedError) as refused:
            repair(path, FEATURES, machine)
        kept = tmp_path / str(refused.value.data["kept"])
        assert kept.read_bytes() == flipped(data, place)
        kept.unlink()
        assert int(refused.value.data["restored"]) >= entries - 2  # a lost newline joins two lines
        now = machine.load()
        assert all(now[key] in (old[key], locked[key]) for key in now)  # no invented value
        assert repair(path, FEATURES, machine) == ()


@pytest.mark.parametrize(
    "damage",
    [
        lambda data: data[:0],
        lambda data: data[:40],
        lambda data: data.split(b"\n", 1)[1],
        lambda data: b"\n".join(data.split(b"\n")[::2]),
        lambda data: data + "多一行 ９ 𬭚\n".encode(),
        lambda data: data + data.splitlines(keepends=True)[1],
        lambda data: b"[" * 100_000 + b"\n" + data,
        lambda data: data + b" " * 5_000_000,
    ],
    ids=["empty", "half a first line", "no header", "lines gone", "a line more", "a line twice", "deep", "huge"],
)
def test_a_misshapen_ledger_is_noticed(tmp_path: Path, damage: Callable[[bytes], bytes]) -> None:
    machine = FakeMachine(tmp_path)
    path = engaged(tmp_path, machine)
    path.write_bytes(damage(path.read_bytes()))
    with pytest.raises(LedgerDamagedError):
        repair(path, FEATURES, machine)
    assert repair(path, FEATURES, machine) == ()


def test_a_damaged_ledger_is_never_written_over(tmp_path: Path) -> None:
    path = tmp_path / "undo.ledger"
    path.write_text("锁定 ３ 𬭚\n")
    with pytest.raises(LedgerUnwritableError):
        Ledger(path, identity(FakeMachine(tmp_path)))
    assert path.read_text() == "锁定 ３ 𬭚\n"


def test_damaged_ledgers_do_not_overwrite_each_other(tmp_path: Path) -> None:
    machine, path = FakeMachine(tmp_path), tmp_path / "undo.ledger"
    for _ in range(3):
        path.write_bytes(b"x\n")
        with pytest.raises(LedgerDamagedError):
            repair(path, FEATURES, machine)
    assert sorted(kept.name for kept in tmp_path.glob("undo.ledger.damaged-*")) == [
        f"undo.ledger.damaged-{number}" for number in (1, 2, 3)
    ]


def test_an_unfinished_last_line_was_never_acted_upon(tmp_path: Path) -> None:
    machine = FakeMachine(tmp_path)
    path = engaged(tmp_path, machine)
    data, locked = path.read_bytes(), machine.load()
    start = data.rstrip(b"\n").rindex(b"\n") + 1
    for length in {start, start + 1, start + 64, start + 65, len(data) - 2, len(data) - 1}:
        machine.save(locked)
        path.write_bytes(data[:length])
        restored = states(repair(path, FEATURES, machine))
        assert ("server-keys" in restored) == (length == len(data) - 1)  # whole but for its newline
        assert restored["screen-saver"] is State.RESTORED


def test_a_ledger_of_another_version_is_kept_aside(tmp_path: Path) -> None:
    machine, path = FakeMachine(tmp_path), tmp_path / "undo.ledger"
    name = identity(machine)
    text = f'{{"kind":"opened","line":1,"machine":"{name}","version":2}}'
    digest = hashlib.sha256(f"{name}\n{text}".encode()).hexdigest()
    path.write_text(f"{digest} {text}\n")
    with pytest.raises(LedgerVersionError):
        repair(path, FEATURES, machine)
    assert repair(path, FEATURES, machine) == ()


def test_where_no_ledger_can_be_kept_nothing_is_changed(tmp_path: Path) -> None:
    machine = FakeMachine(tmp_path)
    before = machine.file.read_bytes()
    with pytest.raises(LedgerUnwritableError):
        Ledger(tmp_path / "no such folder" / "undo.ledger", identity(machine))
    path = tmp_path / "undo.ledger"
    lockdown = Lockdown(FEATURES, machine, Ledger(path, identity(machine)))
    path.unlink()
    path.mkdir()  # from now on no line can be written
    with pytest.raises(LedgerUnwritableError):
        lockdown.engage()
    assert machine.file.read_bytes() == before


def test_a_pc_without_a_machine_id_is_named_by_its_host(tmp_path: Path) -> None:
    machine = FakeMachine(tmp_path, never)
    with_id = identity(machine)
    machine.machine_id = "\n"
    assert len({with_id, identity(machine)}) == 2
    assert len(identity(machine)) == 64
    assert machine.machine_id not in (with_id, identity(machine))
