"""The kiosk as a process under the supervisor: started bound to it, awaited, ended with all it started.

Rules: the kiosk leads a process group, and whatever is left of the group dies with it, so that a recorder of a dead
kiosk never holds the camera of the next one. The kernel kills the kiosk when the supervisor dies (PR_SET_PDEATHSIG),
so that there are never two kiosks at a seat and none that nobody would restart.
It refuses to know why a kiosk ends and what follows from it.
"""

import contextlib
import ctypes
import os
import select
import signal
import subprocess
from collections.abc import Mapping, Sequence

from kiosk.errors import LockdownError

_PR_SET_PDEATHSIG = 1  # linux/prctl.h
_NOT_BOUND = 127


class KioskStartError(LockdownError):
    """The kiosk's program cannot be started (`program`, `errno`)."""

    code = "lockdown/kiosk-start"


class Child:
    """One running kiosk."""

    def __init__(self, command: Sequence[str], environment: Mapping[str, str]) -> None:
        """Start `command`; the calling thread must be the supervisor's main thread: the kiosk dies with it."""
        libc, supervisor = ctypes.CDLL(None), os.getpid()

        def bind() -> None:
            if libc.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0) or os.getppid() != supervisor:
                os._exit(_NOT_BOUND)  # the supervisor died in between: no kiosk without one

        try:
            self._process = subprocess.Popen(
                command,
                env=dict(environment),
                stdin=subprocess.DEVNULL,
                process_group=0,
                preexec_fn=bind,  # noqa: PLW1509  the supervisor has one thread
            )
        except OSError as error:
            raise KioskStartError(program=command[0], errno=error.errno or 0) from error
        self._handle = os.pidfd_open(self._process.pid)

    def wait(self, wake: int, milliseconds: int | None = None) -> bool:
        """Wait until the kiosk has ended (True), or `wake` is readable or the time is over (False)."""
        poll = select.poll()
        poll.register(self._handle, select.POLLIN)
        if wake >= 0:
            poll.register(wake, select.POLLIN)
        return any(handle == self._handle for handle, _ in poll.poll(milliseconds))

    def stop(self, grace: int) -> None:
        """Ask the kiosk to end (SIGTERM) and give it `grace` milliseconds; `reap` does the rest."""
        with contextlib.suppress(ProcessLookupError):
            signal.pidfd_send_signal(self._handle, signal.SIGTERM)
        self.wait(-1, grace)

    def reap(self) -> int:
        """Kill what is left of the group and return the exit code, -N for signal N."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)  # not yet reaped, so the number is still this group's
        code = self._process.wait()
        os.close(self._handle)
        return code
