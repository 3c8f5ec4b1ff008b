"""A real X server for tests: what its screen shows, typed keys, windows, a second program, displays that come and go.

The screen is read from the server's own memory, so looking at it is no client of the server and changes nothing.
"""

import ctypes
import ctypes.util
import os
import shutil
import struct
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from kiosk.lockdown.machine import SystemMachine

ROOT = Path(__file__).resolve().parents[2]
TOOLS = ("Xvfb", "xdotool", "xset", "setxkbmap", "xkbcomp", "xrandr")
SECONDS = 20.0
_NOT_FOR_US = ("WAYLAND_DISPLAY", "XDG_SESSION_TYPE", "XAUTHORITY", "QT_QPA_PLATFORM", "DISPLAY")
_HEADER = struct.Struct(">25I")
_COLOUR = 12
_CLIENT_MESSAGE = 33

Colour = tuple[int, int, int]


def until(condition: Callable[[], bool], what: str, seconds: float = SECONDS) -> float:
    """Wait until a condition holds; return for how long."""
    begin, pause = time.monotonic(), threading.Event()
    while not condition():
        assert time.monotonic() - begin < seconds, f"waited in vain: {what}"
        pause.wait(0.01)
    return time.monotonic() - begin


@dataclass(frozen=True, slots=True, kw_only=True)
class XServer:
    """One running server."""

    number: str
    memory: Path
    width: int
    height: int
    environment: Mapping[str, str] = field(repr=False)

    @property
    def machine(self) -> SystemMachine:
        """The PC whose screen this is."""
        return SystemMachine(self.environment)

    def settings(self) -> tuple[str, ...]:
        """Everything that a lock changes at the server, as its own tools tell it."""
        display = ("-display", self.number)
        saver = self.machine.run("xset", *display, "q").partition("Screen Saver:")[2].partition("Colors:")[0]
        keys = self.machine.run("setxkbmap", *display, "-query"), self.machine.run("xkbcomp", "-w0", self.number, "-")
        return (saver, *keys)

    # what is seen

    def colour(self, x: int, y: int) -> Colour:
        """The colour of one point of the screen (red, green, blue)."""
        with self.memory.open("rb") as memory:
            header = _HEADER.unpack(memory.read(_HEADER.size))
            start, line, colours = header[0], header[12], header[19]
            memory.seek(start + colours * _COLOUR + y * line + x * 4)
            blue, green, red, _ = memory.read(4)
        return red, green, blue

    def corners(self) -> tuple[Colour, Colour, Colour, Colour]:
        """The colours of the four corners, from the left of the top to the right of the bottom."""
        right, bottom = self.width - 1, self.height - 1
        return self.colour(0, 0), self.colour(right, 0), self.colour(0, bottom), self.colour(right, bottom)

    def points(self) -> set[Colour]:
        """The colours of the corners and of a grid between them."""
        across, down = range(40, self.width, 200), range(40, self.height, 180)
        return {*self.corners(), *(self.colour(x, y) for x in across for y in down)}

    # windows

    def run(self, *command: str) -> str:
        """Run a tool of this server; empty when it finds nothing."""
        done = subprocess.run(command, env=dict(self.environment), capture_output=True, text=True, check=False)
        return done.stdout.strip()

    def titles(self) -> list[str]:
        """Titles of the kiosk's windows."""
        return self.run("xdotool", "search", "--onlyvisible", "--name", "^Kiosk", "getwindowname", "%@").splitlines()

    def window(self) -> int:
        """The number of the kiosk's window."""
        return int(self.run("xdotool", "search", "--onlyvisible", "--name", "^Kiosk").splitlines()[0])

    def place(self, window: int) -> tuple[int, int, int, int]:
        """Where a window is: left, top, width, height."""
        answer = self.run("xdotool", "getwindowgeometry", "--shell", str(window))
        found = dict(line.split("=") for line in answer.splitlines())
        return int(found["X"]), int(found["Y"]), int(found["WIDTH"]), int(found["HEIGHT"])

    def screen(self, name: str, seconds: float = SECONDS) -> float:
        """Wait until the kiosk shows a screen; return for how long."""
        return until(lambda: self.titles() == [f"Kiosk: {name}"], f"screen {name}, not {self.titles()}", seconds)

    def ask_to_close(self, window: int) -> None:
        """Send what a window manager sends when somebody presses the cross of a window."""
        with _display(self.number) as (x11, display):
            protocols = x11.XInternAtom(display, b"WM_PROTOCOLS", 0)
            delete = x11.XInternAtom(display, b"WM_DELETE_WINDOW", 0)
            event = _ClientMessage(type=_CLIENT_MESSAGE, window=window, message_type=protocols, format=32)
            event.data[0] = delete
            assert x11.XSendEvent(display, ctypes.c_ulong(window), 0, 0, ctypes.byref(event))

    # people

    def key(self, *keys: str) -> None:
        """Press keys, one after the other."""
        self.run("xdotool", "key", *keys)

    def type(self, words: str) -> None:
        """Type figures and letters."""
        self.run("xdotool", "type", "--delay", "8", words)

    @contextmanager
    def bystander(self) -> Iterator["Bystander"]:
        """Another program with a red window as large as the screen, that says which keys it gets."""
        words = [sys.executable, str(ROOT / "tests" / "support" / "bystander.py")]
        size = f"{self.width}x{self.height}"
        with tempfile.TemporaryFile("w+") as heard:
            process = subprocess.Popen([*words, size], env=dict(self.environment), stdout=heard)
            other = Bystander(process, heard.fileno())
            until(lambda: "shown" in other.said, "the second program shows no window")
            try:
                yield other
            finally:
                process.kill()
                process.wait()


class Bystander:
    """Another program on the same screen."""

    def __init__(self, process: "subprocess.Popen[bytes]", heard: int) -> None:
        self.process = process
        self._heard = heard

    @property
    def said(self) -> list[str]:
        """What it said so far."""
        size = os.fstat(self._heard).st_size
        return os.pread(self._heard, size, 0).decode().splitlines()

    @property
    def keys(self) -> list[str]:
        """The letters that reached it."""
        numbers = [int(line.removeprefix("key ")) for line in self.said if line.startswith("key ")]
        return [chr(number).lower() if number < 128 else str(number) for number in numbers]

    def gets(self, key: str, server: XServer) -> None:
        """Show that keys do reach it as long as nobody keeps them."""
        until(lambda: "focused" in self.said, "the second program gets no focus")
        server.key(key)
        until(lambda: self.keys == [key], "the second program gets no key")


class _ClientMessage(ctypes.Structure):
    """XClientMessageEvent, padded to the size of XEvent."""

    _fields_ = (
        ("type", ctypes.c_int),
        ("serial", ctypes.c_ulong),
        ("send_event", ctypes.c_int),
        ("display", ctypes.c_void_p),
        ("window", ctypes.c_ulong),
        ("message_type", ctypes.c_ulong),
        ("format", ctypes.c_int),
        ("data", ctypes.c_long * 5),
        ("pad", ctypes.c_long * 24),
    )


@contextmanager
def _display(number: str) -> Iterator[tuple[ctypes.CDLL, ctypes.c_void_p]]:
    x11 = ctypes.CDLL(ctypes.util.find_library("X11") or "libX11.so.6")
    x11.XOpenDisplay.restype = ctypes.c_void_p
    x11.XInternAtom.restype = ctypes.c_ulong
    display = ctypes.c_void_p(x11.XOpenDisplay(number.encode()))
    assert display.value
    try:
        yield x11, display
    finally:
        x11.XSync(display, 0)
        x11.XCloseDisplay(display)


@contextmanager
def x_server(width: int = 1280, height: int = 800) -> Iterator[XServer]:
    """Start a server; the test is skipped where the tools are not installed."""
    missing = [tool for tool in TOOLS if shutil.which(tool) is None]
    if missing:
        pytest.skip(f"not installed: {', '.join(missing)}")
    with tempfile.TemporaryDirectory(prefix="kiosk-screen-") as folder:
        reader, writer = os.pipe()
        size = ["-screen", "0", f"{width}x{height}x24", "-fbdir", folder]
        command = ["Xvfb", "-displayfd", str(writer), "-nolisten", "tcp", "-noreset", *size]
        server = subprocess.Popen(command, pass_fds=[writer], stderr=subprocess.DEVNULL)
        os.close(writer)
        with os.fdopen(reader) as answer:
            number = f":{answer.readline().strip()}"
        environment = {key: value for key, value in os.environ.items() if key not in _NOT_FOR_US} | {"DISPLAY": number}
        memory = Path(folder) / "Xvfb_screen0"
        try:
            yield XServer(number=number, memory=memory, width=width, height=height, environment=environment)
        finally:
            server.terminate()
            server.wait()
