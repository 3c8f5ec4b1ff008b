"""Keeps a recorder running for the station: starts it, listens to it, kills it when it falls silent, starts it again.

A recorder that gives no sign of life for two seconds is killed and restarted after 0.2, then 1, 3 and 10 seconds; while
a camera is being opened it has 25 seconds, and twice as long after each time that was not enough. The link remembers
what the recorder was last told and where the segments end, and tells a new one. It says Lost once and Back once.
Neither `send` nor a dead recorder ever makes the caller wait. It knows no camera library and no screens.
"""

import queue
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from kiosk.capture.child import Child
from kiosk.capture.protocol import (
    Alive,
    Back,
    Command,
    HeadMoved,
    Hello,
    Idle,
    Lost,
    Opening,
    Part,
    Preview,
    Quit,
    Record,
    Report,
    Scan,
    Segment,
    Stray,
    Tail,
    Viewfinder,
)
from kiosk.exam.vocabulary import SittingId

GRACE_SECONDS = 0.1


@dataclass(frozen=True, slots=True, kw_only=True)
class Patience:
    """How long the link waits, in seconds."""

    silence: float = 2.0
    opening: float = 25.0
    opening_most: float = 200.0
    pauses: tuple[float, ...] = (0.2, 1.0, 3.0, 10.0)
    settled: float = 30.0
    closing: float = 0.6


class RecorderLink:
    """The station's end of the recorder.

    `on_report` is called on the link's own thread, in order, with everything except Alive; it must return at once and
    must not raise.
    """

    def __init__(
        self,
        command: Sequence[str],
        *,
        on_report: Callable[[Report], None],
        patience: Patience | None = None,
    ) -> None:
        self._command = tuple(command)
        self._on_report = on_report
        self._patience = patience or Patience()
        self._lock = threading.Lock()
        self._closing = threading.Event()
        self._child: Child | None = None
        self._mode: Record | Scan | Idle | None = None
        self._preview: Preview | None = None
        self._tails: dict[SittingId, Tail] = {}
        self._lost: set[Part] = set()
        self._garbage = 0
        self._opening = self._patience.opening
        self._thread = threading.Thread(target=self._run, name="recorder-link", daemon=True)
        self.restarts = 0

    @property
    def lost(self) -> frozenset[Part]:
        """What does not work now."""
        return frozenset(self._lost)

    @property
    def garbage(self) -> int:
        """How many lines of all recorders so far were not reports."""
        child = self._child
        return self._garbage + (child.garbage if child else 0)

    @property
    def pid(self) -> int | None:
        """The number of the recorder process, while there is one."""
        child = self._child
        return child.pid if child else None

    def start(self) -> None:
        """Start the recorder; returns at once."""
        self._thread.start()

    def send(self, command: Command) -> None:
        """Tell the recorder, now and after every restart; returns at once."""
        with self._lock:
            command = self._remembered(command)
            if self._child is not None:
                self._child.send(command)

    def close(self) -> None:
        """Let the recorder close its segment and end; within a second, whatever state it is in."""
        with self._lock:
            self._closing.set()
            if self._child is not None:
                self._child.send(Quit())
                self._child.wake()
        if self._thread.is_alive():
            self._thread.join(1.0)

    def _remembered(self, command: Command) -> Command:
        """Keep what a new recorder must be told; a Record is brought up to where the segments end."""
        match command:
            case Record():
                known = self._tails.get(command.sitting, command.tail)
                tail = max(known, command.tail, key=lambda tail: tail.number)
                self._tails[command.sitting] = tail
                self._mode = command = replace(command, tail=tail)
            case Scan() | Idle():
                self._mode = command
            case Preview():
                self._preview = command
            case HeadMoved(head=head):
                if isinstance(self._mode, Record):
                    self._mode = replace(self._mode, head=head)
        return command

    def _run(self) -> None:
        failures = 0
        while not self._closing.is_set():
            started = time.monotonic()
            cause = self._one_life()
            if self._closing.is_set():
                return
            self._lose(Part.RECORDER, cause)
            self.restarts += 1
            failures = 0 if time.monotonic() - started > self._patience.settled else failures
            self._closing.wait(self._patience.pauses[min(failures, len(self._patience.pauses) - 1)])
            failures += 1

    def _one_life(self) -> str:
        """Start a recorder and listen until it is dead; why it died."""
        try:
            child = Child(self._command)
        except OSError:
            return "unstartable"
        with self._lock:
            for command in (self._mode, self._preview):
                if command is not None:
                    child.send(self._remembered(command))
            if self._closing.is_set():
                child.send(Quit())
            self._child = child
        cause = self._listen(child)
        with self._lock:
            self._child = None
        child.kill()
        self._garbage += child.garbage
        return cause

    def _listen(self, child: Child) -> str:
        deadline = time.monotonic() + self._opening
        opening = True
        while not self._closing.is_set():
            try:
                report = self._next(child, deadline)
            except queue.Empty:
                self._opening = min(self._opening * 2, self._patience.opening_most) if opening else self._opening
                return "silent"
            if report is None:
                return "died"
            if isinstance(report, Opening | Hello | Alive | Viewfinder):
                opening = isinstance(report, Opening)
                deadline = time.monotonic() + (self._opening if opening else self._patience.silence)
            self._heard(report)
        self._hear_out(child)
        return "closed"

    def _next(self, child: Child, deadline: float) -> Report | None:
        try:
            return child.next(seconds=deadline - time.monotonic())
        except queue.Empty:
            # After this process was itself held up, what the recorder said meanwhile must be heard first.
            return child.next(seconds=GRACE_SECONDS)

    def _hear_out(self, child: Child) -> None:
        """Hear what the recorder still has to say after Quit, until it is gone or its time is up."""
        deadline = time.monotonic() + self._patience.closing
        try:
            while (report := child.next(seconds=deadline - time.monotonic())) is not None:
                self._heard(report)
        except queue.Empty:
            return

    def _heard(self, report: Report) -> None:
        match report:
            case Alive():
                return
            case Lost(part=part, cause=cause):
                self._lose(part, cause)
                return
            case Hello():
                self._find(Part.RECORDER)
                self._find(Part.CAMERA)
            case Segment(sitting=sitting, tail=tail):
                self._extend(sitting, tail)
                self._find(Part.DISK)
            case Stray(sitting=sitting, number=number):
                known = self._tails.get(sitting, Tail())
                self._extend(sitting, replace(known, number=number))
        self._on_report(report)

    def _extend(self, sitting: SittingId, tail: Tail) -> None:
        with self._lock:
            self._tails[sitting] = tail

    def _lose(self, part: Part, cause: str) -> None:
        if part not in self._lost:
            self._lost.add(part)
            self._on_report(Lost(part=part, cause=cause))

    def _find(self, part: Part) -> None:
        if part in self._lost:
            self._lost.remove(part)
            self._on_report(Back(part=part))
