"""One run of the recorder process as the station sees it: lines out, lines in, and a kill that always works.

Two threads serve the pipes, so that neither a recorder that does not listen nor one that says nothing can hold up
whoever uses this. It does not judge what is said; it counts lines that are not reports.
"""

import os
import queue
import subprocess
import threading
from collections.abc import Sequence
from typing import IO

from kiosk.capture import protocol
from kiosk.capture.protocol import MOST_LINE_BYTES, Alive, Command, MessageError, Quit, Report

REAP_SECONDS = 1.0


class Child:
    """A recorder process that has been started."""

    def __init__(self, command: Sequence[str]) -> None:
        """Start it; raises OSError. It gets a session of its own, so that Ctrl-C in a terminal is for the station."""
        self._process = subprocess.Popen(
            list(command),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            start_new_session=os.name != "nt",
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
        self.garbage = 0
        self._outbox: queue.SimpleQueue[Command | None] = queue.SimpleQueue()
        self._inbox: queue.SimpleQueue[Report | None] = queue.SimpleQueue()
        self._threads = (
            threading.Thread(target=self._write, args=(self._process.stdin,), name="recorder-in", daemon=True),
            threading.Thread(target=self._read, args=(self._process.stdout,), name="recorder-out", daemon=True),
        )
        for thread in self._threads:
            thread.start()

    @property
    def pid(self) -> int:
        """The process's number."""
        return self._process.pid

    def send(self, command: Command) -> None:
        """Hand over a command; returns at once."""
        self._outbox.put(command)

    def next(self, *, seconds: float) -> Report | None:
        """The next report; None when the process is gone. Raises queue.Empty."""
        return self._inbox.get(timeout=max(seconds, 0.001))

    def wake(self) -> None:
        """Make a `next` that waits return now, with an empty sign of life."""
        self._inbox.put(Alive(mono=0, garbage=0))

    def kill(self) -> None:
        """End the process without asking it, and let go of its pipes."""
        self._process.kill()
        self._outbox.put(None)
        try:
            self._process.wait(REAP_SECONDS)
        except subprocess.TimeoutExpired:
            # A driver holds it in the kernel. It is dead to us; the pipes close when it comes loose.
            return
        for thread in self._threads:
            thread.join(REAP_SECONDS)

    def _write(self, pipe: IO[bytes]) -> None:
        try:
            with pipe:
                while (command := self._outbox.get()) is not None:
                    pipe.write(protocol.line(command))
                    pipe.flush()
                    if isinstance(command, Quit):
                        return
        except OSError:
            return

    def _read(self, pipe: IO[bytes]) -> None:
        with pipe:
            while data := pipe.readline(MOST_LINE_BYTES):
                try:
                    self._inbox.put(protocol.report(data))
                except MessageError:
                    self.garbage += 1
        self._inbox.put(None)
