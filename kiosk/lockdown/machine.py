"""The few things lockdown ever does to a PC, so that all of it can also be done to a make-believe PC.

Rules: a command is a fixed list, runs in a process group of its own (a Ctrl+C in a terminal must not stop the
command that puts a setting back), speaks the C locale and ends within five seconds. What the PC answers is kept
byte for byte: bytes that are no UTF-8 survive the way to the ledger and back.
It refuses to know which setting is changed and why.
"""

import ctypes
import hashlib
import os
import resource
import shutil
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from kiosk.errors import LockdownError

_COMMAND_SECONDS = 5
_PR_GET_DUMPABLE = 3  # linux/prctl.h
_PR_SET_DUMPABLE = 4
_APPLICATION = b"kiosk lockdown ledger v1\n"  # machine-id(5): never show the id itself, only a keyed digest of it
_MACHINE_ID = Path("/etc/machine-id")
_HOST_NAME = Path("/proc/sys/kernel/hostname")


class NotHereError(LockdownError):
    """This PC lacks what is needed (`what`: "tool xset", "display", "dpms" ...)."""

    code = "lockdown/not-here"


class CommandFailedError(LockdownError):
    """A tool of the PC refused or hung (`tool`, `status`; -1 stands for no answer in time)."""

    code = "lockdown/command"


class CallFailedError(LockdownError):
    """The operating system refused a call (`call`, `errno`)."""

    code = "lockdown/call"


@dataclass(frozen=True, slots=True, kw_only=True)
class ProcessGuard:
    """Who may look into this process: `dumpable` as prctl has it, `core_limit` in bytes (-1: no limit)."""

    dumpable: int
    core_limit: int


class Machine(Protocol):
    """A PC as lockdown sees it."""

    def run(self, *command: str, text: str = "") -> str:
        """Run a tool with `text` as its input and return what it printed; `NotHereError`, `CommandFailedError`."""

    def read(self, path: Path) -> str:
        """Return a small file of the system; `NotHereError` when it is not there or not for us."""

    def stamp(self, path: Path) -> str:
        """Return which file stands at `path` (not what is in it), or "" for none; a file made anew differs."""

    def variable(self, name: str) -> str:
        """Return an environment variable, or ""."""

    def guard(self) -> ProcessGuard:
        """Return who may look into this process."""

    def set_guard(self, guard: ProcessGuard) -> None:
        """Change who may look into this process; `CallFailedError`."""


class SystemMachine:
    """The PC this program runs on."""

    def __init__(self, environment: Mapping[str, str] = os.environ) -> None:
        """`environment` is what tools get to see and `variable` answers from."""
        self._environment = environment

    def run(self, *command: str, text: str = "") -> str:
        """See `Machine.run`."""
        tool = shutil.which(command[0])
        if tool is None:
            raise NotHereError(what=f"tool {command[0]}")
        try:
            done = subprocess.run(
                [tool, *command[1:]],
                input=text.encode("utf-8", "surrogateescape"),
                capture_output=True,
                timeout=_COMMAND_SECONDS,
                env={**self._environment, "LC_ALL": "C"},
                process_group=0,
                check=False,
            )
        except subprocess.TimeoutExpired as error:
            raise CommandFailedError(tool=command[0], status=-1) from error
        except OSError as error:
            raise CallFailedError(call=f"run {command[0]}", errno=error.errno or 0) from error
        if done.returncode:
            raise CommandFailedError(tool=command[0], status=done.returncode)
        return done.stdout.decode("utf-8", "surrogateescape")

    def read(self, path: Path) -> str:
        """See `Machine.read`."""
        try:
            return path.read_text("utf-8", "surrogateescape")
        except OSError as error:
            raise NotHereError(what=str(path)) from error

    def stamp(self, path: Path) -> str:
        """Return inode and time of change: a socket made anew has another time even where it gets the old inode."""
        try:
            found = path.stat()
        except OSError:
            return ""
        return f"{found.st_ino}-{found.st_mtime_ns}"

    def variable(self, name: str) -> str:
        """See `Machine.variable`."""
        return self._environment.get(name, "")

    def guard(self) -> ProcessGuard:
        """See `Machine.guard`."""
        return ProcessGuard(
            dumpable=_prctl(_PR_GET_DUMPABLE, 0),
            core_limit=resource.getrlimit(resource.RLIMIT_CORE)[0],
        )

    def set_guard(self, guard: ProcessGuard) -> None:
        """Change the soft limit only, so that it can be taken back without rights."""
        _prctl(_PR_SET_DUMPABLE, guard.dumpable)
        hard = resource.getrlimit(resource.RLIMIT_CORE)[1]
        try:
            resource.setrlimit(resource.RLIMIT_CORE, (guard.core_limit, hard))
        except (OSError, ValueError) as error:
            raise CallFailedError(call="setrlimit", errno=getattr(error, "errno", 0) or 0) from error


def identity(machine: Machine) -> str:
    """Return a name for this PC that tells nothing about it: 64 hex digits.

    A system without a machine id (a fresh container) is named by its host name: weaker, and still good enough to
    notice a ledger that was carried over on a stick.
    """
    for path in (_MACHINE_ID, _HOST_NAME):
        try:
            text = machine.read(path).strip()
        except NotHereError:
            continue
        if text:
            return hashlib.sha256(_APPLICATION + path.name.encode() + b"\n" + os.fsencode(text)).hexdigest()
    raise NotHereError(what="machine id")


def _prctl(option: int, value: int) -> int:
    libc = ctypes.CDLL(None, use_errno=True)
    answer: int = libc.prctl(option, ctypes.c_ulong(value), ctypes.c_ulong(0), ctypes.c_ulong(0), ctypes.c_ulong(0))
    if answer < 0:
        raise CallFailedError(call="prctl", errno=ctypes.get_errno())
    return answer
