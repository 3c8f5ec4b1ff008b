"""The recorder process: a camera on one side, the station's commands and our reports on the other.

It ends when told to, or when the station is gone; then what is open is closed first. A camera that cannot be opened or
stops is reported and tried again and again, while commands are still obeyed. A camera that blocks for ever blocks this
process with it: that is what the station's watchdog kills it for. The kind of source is decided by the caller.
"""

import os
import queue
import threading
import time
from collections.abc import Callable
from typing import BinaryIO, Final

from kiosk.capture import protocol
from kiosk.capture.keeper import Keeper
from kiosk.capture.protocol import (
    MOST_LINE_BYTES,
    Alive,
    Command,
    Hello,
    Lost,
    MessageError,
    Opening,
    Part,
    Quit,
    Report,
)
from kiosk.capture.recorder import Every, Recorder, Settings
from kiosk.capture.source import CameraLostError, CameraUnavailableError, FrameSource, UnknownSourceError
from kiosk.capture.vision import cv2
from kiosk.exam.vocabulary import Instant, Millis

NICENESS: Final = 5
LAST_WORK_SECONDS: Final = 5.0
TURN_SECONDS: Final = 0.1
DONE, UNKNOWN_SOURCE, STUCK = 0, 2, 3


def now() -> Instant:
    """This moment on the boot-time clock, which the station reads too, and on the PC's own."""
    mono = time.clock_gettime_ns(time.CLOCK_BOOTTIME) if hasattr(time, "CLOCK_BOOTTIME") else time.monotonic_ns()
    return Instant(mono=Millis(mono // 1_000_000), wall=time.time_ns() // 1_000_000)


def standard_streams() -> tuple[BinaryIO, BinaryIO]:
    """Commands and reports of this process: its standard input and output, which nothing else uses from now on.

    Input is not buffered, because a thread that waits in a buffered one cannot be left behind at the end. What any
    library prints goes to standard error, so that it never stands between two reports.
    """
    reports = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    return os.fdopen(0, "rb", buffering=0, closefd=False), reports


def run_recorder(
    *,
    camera: str,
    commands: BinaryIO,
    reports: BinaryIO,
    source_of: Callable[[str], FrameSource],
    settings: Settings | None = None,
) -> int:
    """Run until Quit or until `commands` ends; the exit code of the process. Streams: see `standard_streams`.

    `source_of` turns the words of `camera` into a source; it may raise UnknownSourceError.
    """
    _be_modest()
    outlet = Outlet(reports)
    try:
        source = source_of(camera)
    except UnknownSourceError as error:
        outlet.send(Lost(part=Part.CAMERA, cause=error.code.rpartition("/")[2]))
        return UNKNOWN_SOURCE
    settings = settings or Settings()
    keeper = Keeper(outlet.send, reserve=settings.reserve_bytes, backlog=settings.backlog)
    recorder = Recorder(report=outlet.send, keeper=keeper, settings=settings)
    inlet = Inlet(commands)
    _Process(source, recorder, inlet, outlet, settings).run()
    source.close()
    keeper.close(seconds=LAST_WORK_SECONDS)
    inlet.finish()
    return DONE


def _be_modest() -> None:
    """Yield to the process that holds the answers."""
    if hasattr(os, "nice"):
        os.nice(NICENESS)


class Outlet:
    """Where reports go; used by the camera's thread and the keeper's."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._lock = threading.Lock()
        self.gone = False

    def send(self, report: Report) -> None:
        """Send one report; a station that no longer listens ends the process soon."""
        with self._lock:
            try:
                self._stream.write(protocol.line(report))
                self._stream.flush()
            except (OSError, ValueError):
                self.gone = True


class Inlet:
    """Where commands come from; read on a thread of its own, because reading blocks."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._commands: queue.SimpleQueue[Command | None] = queue.SimpleQueue()
        self._finished = threading.Event()
        self.garbage = 0
        threading.Thread(target=self._read, name="commands", daemon=True).start()

    def _read(self) -> None:
        while data := self._stream.readline(MOST_LINE_BYTES):
            try:
                command = protocol.command(data)
            except MessageError:
                self.garbage += 1
                continue
            self._commands.put(command)
            if isinstance(command, Quit):
                break
        self._commands.put(None)
        if not self._finished.wait(LAST_WORK_SECONDS):
            # The camera holds this process, and nobody is left to kill it. It must not hold the camera.
            os._exit(STUCK)

    def finish(self) -> None:
        """Nothing more is read; the process ends by itself."""
        self._finished.set()

    def next(self, *, seconds: float = 0.0) -> Command | None:
        """The next command, waiting at most this long; None when the station is gone. Raises queue.Empty."""
        return self._commands.get(timeout=seconds) if seconds else self._commands.get_nowait()


class _Process:
    def __init__(
        self, source: FrameSource, recorder: Recorder, inlet: Inlet, outlet: Outlet, settings: Settings
    ) -> None:
        self._source = source
        self._recorder = recorder
        self._inlet = inlet
        self._outlet = outlet
        self._settings = settings
        self._alive = Every(settings.alive_ms)

    def run(self) -> None:
        while not self._recorder.quitting:
            try:
                self._open()
                while not self._recorder.quitting:
                    self._source.grab()
                    self._obey(seconds=0)
                    moment = now()
                    self._recorder.see(self._source, moment)
                    self._show_life(moment)
            except (CameraUnavailableError, CameraLostError) as error:
                self._lost(str(error.data.get("cause", "")))
            except cv2.error:
                self._lost("faulty")

    def _open(self) -> None:
        self._outlet.send(Opening(pid=os.getpid()))
        self._source.open()
        self._source.grab()
        height, width = self._source.picture().shape[:2]
        self._outlet.send(Hello(pid=os.getpid(), camera=self._source.identity, width=width, height=height))

    def _lost(self, cause: str) -> None:
        """Report it and wait a little before the next try, obeying meanwhile."""
        self._recorder.camera_lost(cause)
        self._source.close()
        again = now().mono + self._settings.retry_ms
        while not self._recorder.quitting and (moment := now()).mono < again:
            self._show_life(moment)
            self._obey(seconds=TURN_SECONDS)

    def _show_life(self, moment: Instant) -> None:
        if self._alive.due(moment.mono):
            self._outlet.send(Alive(mono=moment.mono, garbage=self._inlet.garbage))
        if self._outlet.gone:
            self._recorder.obey(Quit(), moment)

    def _obey(self, *, seconds: float) -> None:
        """Obey every command that waits, or wait this long for one."""
        try:
            while not self._recorder.quitting:
                command = self._inlet.next(seconds=seconds)
                self._recorder.obey(command or Quit(), now())
                seconds = 0
        except queue.Empty:
            return
