"""The process that stays: it locks the PC, keeps the kiosk running, and puts the PC back whatever happens.

Rules: one supervisor per home (a locked file, freed by the kernel when its holder dies). An unfinished ledger is
undone before anything else. Signals are only noted and are acted upon between two steps, so that nothing interrupts
an engaging or a releasing. Every way out of here passes through the release.
It refuses to know Qt, cameras, answers and exams: the smaller it is, the less can kill it.
"""

import contextlib
import fcntl
import os
import signal
import socket
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from types import FrameType
from typing import Self

from kiosk.errors import LockdownError
from kiosk.lockdown.child import Child
from kiosk.lockdown.feature import Feature, Finding, State
from kiosk.lockdown.handover import child_command, to_environment
from kiosk.lockdown.ledger import Ledger
from kiosk.lockdown.machine import Machine, identity
from kiosk.lockdown.restart import RestartPolicy, Verdict, judge
from kiosk.lockdown.sequence import Lockdown, repair

LOCK_NAME = "supervisor.lock"
LEDGER_NAME = "undo.ledger"
EXIT_GAVE_UP = 70  # sysexits.h EX_SOFTWARE: the kiosk died too often, nothing is locked any more
EXIT_SIGNAL = 128  # plus the signal's number: somebody ended the supervisor in order
STOP_SIGNALS = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)
GRACE = 5_000  # milliseconds a kiosk has to end by itself; every response is on disk long before

Report = Callable[[Sequence[Finding]], None]


class SecondInstanceError(LockdownError):
    """Another supervisor holds this seat."""

    code = "lockdown/second-instance"


class HomeUnusableError(LockdownError):
    """The seat's folder cannot be written (`errno`)."""

    code = "lockdown/home"


class ReleaseIncompleteError(LockdownError):
    """Not all could be put back (`features`); the ledger keeps it for the next start. `exit` is the kiosk's code."""

    code = "lockdown/release-incomplete"


def supervise(
    command: Sequence[str],
    home: Path,
    machine: Machine,
    features: Sequence[Feature],
    *,
    required: frozenset[str] = frozenset(),
    policy: RestartPolicy = RestartPolicy(),  # noqa: B008  a frozen value
    report: Report = lambda _: None,
) -> int:
    """Run `command` as the kiosk of the seat at `home` under lock until it ends in order; return its exit code.

    Call it in the main thread. `report` is handed the findings of repair, engaging and release. Further answers:
    EXIT_GAVE_UP, EXIT_SIGNAL + n. Raises leaves of LockdownError; then nothing runs and what could be is put back.
    """
    with alone(home), _Signals() as signals:
        report(repair(home / LEDGER_NAME, features, machine))
        lockdown = Lockdown(features, machine, Ledger(home / LEDGER_NAME, identity(machine)), required=required)
        released: tuple[Finding, ...] = ()
        try:
            findings = lockdown.engage()
            report(findings)
            code = _keep_running(command, {**os.environ, **to_environment(findings)}, policy, signals)
        finally:
            released = lockdown.release()
            report(released)
    failed = [finding.name for finding in released if finding.state in (State.FAILED, State.UNKNOWN)]
    if failed:
        raise ReleaseIncompleteError(features=", ".join(failed), exit=code)
    return code


def repair_seat(home: Path, machine: Machine, features: Sequence[Feature]) -> tuple[Finding, ...]:
    """Undo what an earlier supervisor of this seat could not; refused while one is running."""
    with alone(home):
        return repair(home / LEDGER_NAME, features, machine)


@contextlib.contextmanager
def alone(home: Path) -> Iterator[None]:
    """Hold the seat at `home`; `SecondInstanceError` when somebody else does."""
    try:
        home.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle = os.open(home / LOCK_NAME, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o600)
    except OSError as error:
        raise HomeUnusableError(errno=error.errno or 0) from error
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise SecondInstanceError from error
        yield
    finally:
        os.close(handle)


def _keep_running(
    command: Sequence[str], environment: dict[str, str], policy: RestartPolicy, signals: "_Signals"
) -> int:
    deaths: list[int] = []
    while not signals.seen:
        child = Child(child_command(command, len(deaths)), environment)
        if not child.wait(signals.wake):
            child.stop(GRACE)
        code, at = child.reap(), time.monotonic_ns() // 1_000_000
        if signals.seen:
            break
        match judge(policy, deaths, code=code, at=at):
            case Verdict.ENDED:
                return code
            case Verdict.GIVE_UP:
                return EXIT_GAVE_UP
            case Verdict.RESTART:
                deaths.append(at)
    return EXIT_SIGNAL + signals.seen[0]


class _Signals:
    """Notes the signals that ask the supervisor to end; `wake` becomes readable when one has come.

    A signal that was ignored before (nohup) stays ignored.
    """

    def __init__(self) -> None:
        self.seen: list[int] = []
        self._reader, self._writer = socket.socketpair()
        self._writer.setblocking(False)  # set_wakeup_fd demands it
        self.wake = self._reader.fileno()

    def __enter__(self) -> Self:
        heard = [number for number in STOP_SIGNALS if signal.getsignal(number) is not signal.SIG_IGN]
        self._before = {number: signal.signal(number, self._note) for number in heard}
        self._fd_before = signal.set_wakeup_fd(self._writer.fileno())
        return self

    def __exit__(self, *_: object) -> None:
        signal.set_wakeup_fd(self._fd_before)
        for number, handler in self._before.items():
            signal.signal(number, handler)
        self._reader.close()
        self._writer.close()

    def _note(self, number: int, _: FrameType | None) -> None:
        self.seen.append(number)
