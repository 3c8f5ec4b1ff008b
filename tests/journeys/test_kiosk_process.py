"""The program as a process on a real screen: nothing uncovers it, nothing but its own keys moves it, it comes back.

A server of its own for each test, keys as a keyboard sends them, the screen read from the server's memory. What needs
a window manager is tried with openbox where it is installed.
"""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from kiosk.exam.bank import ItemType
from kiosk.exam.events import Chosen
from kiosk.exam.form import FormItem
from kiosk.exam.incident import IncidentKind
from kiosk.exam.rules import LockLevel
from kiosk.exam.session import SeatIncident
from kiosk.formats.codec import decode_session_event
from kiosk.formats.journal import is_epoch
from kiosk.lockdown.machine import identity
from kiosk.lockdown.supervisor import EXIT_GAVE_UP, EXIT_SIGNAL, LEDGER_NAME
from kiosk.rehearsal.demo_world import DemoWorld
from kiosk.station.home import Home
from kiosk.ui.theme.tokens import COLOURS, Theme, Token
from tests.support.tries import tell
from tests.support.worlds import RealClocks, SeatAtWork, fresh_world, unlock
from tests.support.xserver import ROOT, Colour, XServer, until, x_server

RED = (255, 0, 0)
ESCAPES = (
    *("alt+F4", "ctrl+q", "ctrl+w", "alt+Tab", "alt+Escape", "super", "super+d", "super+e", "alt+space", "alt+F2"),
    *("ctrl+alt+Delete", "ctrl+alt+BackSpace", "ctrl+alt+Right", "ctrl+Escape", "Print", "F11", "Escape"),
)
BACK = 3.0
"""Seconds within which a killed kiosk must be back in the locked screen."""


def _colour(token: Token) -> Colour:
    words = COLOURS[Theme.LIGHT][token]
    return int(words[1:3], 16), int(words[3:5], 16), int(words[5:7], 16)


BAND, PAGE, MARK = _colour(Token.BAND), _colour(Token.PAGE), _colour(Token.WARN_SOFT)
LOCKED = (MARK, MARK, BAND, PAGE)
"""The four corners of a locked seat in a rehearsal."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Running:
    """A supervisor that was started, its home, and where its words go."""

    process: "subprocess.Popen[bytes]"
    home: Home
    said: Path

    @property
    def child(self) -> int | None:
        """The number of the kiosk under the supervisor."""
        number = self.process.pid
        try:
            children = Path(f"/proc/{number}/task/{number}/children").read_text().split()
            kiosks = [one for one in children if b"--supervised" in Path(f"/proc/{one}/cmdline").read_bytes()]
        except OSError:
            return None
        return int(kiosks[0]) if kiosks else None

    def kill_child(self) -> int:
        """Kill -9 the kiosk; return its number."""
        until(lambda: self.child is not None, "no kiosk under the supervisor")
        child = self.child
        assert child is not None
        os.kill(child, signal.SIGKILL)
        return child

    def end(self) -> int:
        """End in order; return the exit code."""
        self.process.terminate()
        return self.process.wait(20)

    def undone(self) -> bool:
        """Whether nothing is left to put back: the ledger has no line but its first."""
        return len((self.home.folder / LEDGER_NAME).read_bytes().splitlines()) == 1


def start(server: XServer, home: Home, *words: str | Path) -> Running:
    """Start `main.py kiosk` on a server."""
    said = home.folder.parent / f"said-{time.monotonic_ns()}.txt"
    command = [sys.executable, str(ROOT / "main.py"), "kiosk", "--home", str(home.folder), "--camera", "none"]
    with said.open("wb") as out:
        process = subprocess.Popen([*command, *map(str, words)], env=dict(server.environment), stdout=out, stderr=out)
    return Running(process=process, home=home, said=said)


@contextmanager
def kiosk(server: XServer, home: Home, *words: str | Path) -> Iterator[Running]:
    """A kiosk that is shown; it must not have said anything when it is over."""
    running = start(server, home, *words)
    try:
        server.screen("lock")
        yield running
    finally:
        running.process.kill()
        running.process.wait()
    assert running.said.read_text(encoding="utf-8") == ""


@pytest.fixture
def server() -> Iterator[XServer]:
    with x_server() as running:
        yield running


@pytest.fixture
def world(tmp_path: Path) -> DemoWorld:
    return fresh_world(tmp_path)


def package(world: DemoWorld) -> tuple[str | Path, ...]:
    return "--package", world.made.package, "--stick", world.stick


def shows_lock(server: XServer) -> bool:
    return server.corners() == LOCKED


def try_to_escape(server: XServer) -> None:
    """Press what leaves other programs; the kiosk may take a key for itself, but it is never uncovered."""
    for escape in ESCAPES:
        server.key(escape)
        assert len(server.titles()) == 1, escape
        assert RED not in server.points(), escape
    server.key("Escape")
    server.screen("lock")
    assert RED not in server.points()


def test_nothing_uncovers_it_and_no_key_gets_out(server: XServer, world: DemoWorld) -> None:
    server.machine.run("setxkbmap", "-display", server.number, "-option", "terminate:ctrl_alt_bksp")
    before = server.settings()
    with server.bystander() as below:
        until(lambda: server.corners() == (RED,) * 4, "the second program covers the screen")
        below.gets("x", server)
        with kiosk(server, world.homes[0], *package(world)) as running:
            until(lambda: shows_lock(server), "the locked screen")
            window = server.window()
            assert server.place(window) == (0, 0, server.width, server.height)
            assert server.settings() != before
            child = running.child
            try_to_escape(server)
            server.ask_to_close(window)
            server.key("x", "y")
            with server.bystander() as above:
                server.key("z")
                server.key("Return")
                server.screen("unlock")
                assert above.keys == []
            assert below.keys == ["x"]
            assert server.window() == window
            assert running.child == child
            assert running.end() == EXIT_SIGNAL + signal.SIGTERM
            assert running.undone()
    assert server.settings() == before


def test_a_window_manager_does_not_uncover_it_either(server: XServer, world: DemoWorld) -> None:
    if shutil.which("openbox") is None:
        pytest.skip("not installed: openbox")
    manager = subprocess.Popen(["openbox"], env=dict(server.environment), stderr=subprocess.DEVNULL)
    try:
        until(lambda: bool(server.run("xdotool", "get_desktop")), "the window manager")
        with server.bystander() as other:
            other.gets("x", server)
            with kiosk(server, world.homes[0], *package(world)):
                until(lambda: shows_lock(server), "the locked screen")
                try_to_escape(server)
            assert other.keys == ["x"]
            with kiosk(server, world.homes[0], "--windowed"):
                until(lambda: RED not in server.points(), "the window")
                server.key("alt+Tab")
                until(lambda: RED in server.points(), "a mere window is left by the same keys")
    finally:
        manager.kill()
        manager.wait()


def test_a_killed_kiosk_is_back_and_the_sitting_goes_on(server: XServer, tmp_path: Path) -> None:
    seat, entry = sitting(tmp_path)
    with server.bystander(), kiosk(server, seat.home) as running:
        recover(server, seat.world)
        times = []
        for _ in range(2):
            killed = time.monotonic()
            child = running.kill_child()
            until(lambda: server.colour(0, server.height - 1) == RED, "the kiosk is gone")
            until(lambda: shows_lock(server), "the locked screen comes back")
            times.append(time.monotonic() - killed)
            assert running.child not in {None, child}
        assert max(times) < BACK
        server.screen("lock")
        recover(server, seat.world)
        journal = seat.home.sitting(seat.station.sitting.opened.sitting) / "journal.db-wal"
        size = journal.stat().st_size
        server.key("a")
        until(lambda: journal.stat().st_size > size, "the response is written")
        server.key("ctrl+shift+i")
        server.screen("gate")
        assert running.end() == EXIT_SIGNAL + signal.SIGTERM
        assert running.undone()
    tell("killed kiosk back in the locked screen after " + ", ".join(f"{one:.2f} s" for one in times))
    before = dict(seat.station.sitting.responses)
    again = SeatAtWork(seat.world, RealClocks(), seat.home, with_link=False)
    again.come_back()
    found = dict(again.station.sitting.responses)
    again.station.close()
    assert found == before | {entry.item: Chosen(options=entry.options[:1])}


def sitting(folder: Path) -> tuple[SeatAtWork, FormItem]:
    """A seat with an open sitting: five responses given, and a single choice without one on the screen."""
    world = fresh_world(folder)
    seat = SeatAtWork(world, RealClocks(), world.homes[0], with_link=False)
    unlock(seat)
    seat.sit()
    seat.respond(0, 5)
    form = seat.station.sitting.opened.form.items
    entry = next(entry for entry in form[5:] if entry.type is ItemType.SINGLE)
    seat.station.view_item(entry.item)
    seat.station.close()
    return seat, entry


def recover(server: XServer, world: DemoWorld) -> None:
    """What an invigilator types at a seat that restarted: the card's eight groups, the PIN, go on."""
    server.key("Return")
    server.screen("gate")
    server.type("".join(world.card.card.groups()) + world.card.pin)
    server.key("Return")
    server.screen("panel")
    server.key("Tab", "Return", "Tab", "Tab", "Return")
    server.screen("exam")


def test_after_five_quick_deaths_it_gives_up_and_lets_go(server: XServer, world: DemoWorld) -> None:
    before = server.settings()
    running = start(server, world.homes[0], *package(world))
    until(lambda: running.child is not None, "the first kiosk")
    until(lambda: server.settings() != before, "the lock")
    gone: set[int] = set()
    while len(gone) < 5:
        until(lambda: running.child not in gone | {None}, "the next kiosk")
        gone.add(running.kill_child())
    assert running.process.wait(20) == EXIT_GAVE_UP
    assert server.settings() == before
    assert running.undone()
    assert server.titles() == []
    assert "一分钟内中断了五次" in running.said.read_text(encoding="utf-8")


def test_a_killed_supervisor_takes_the_kiosk_along_and_is_repaired(server: XServer, world: DemoWorld) -> None:
    before = server.settings()
    with kiosk(server, world.homes[0], *package(world)) as running:
        child = running.child
        assert child is not None
        running.process.kill()
        until(lambda: not Path(f"/proc/{child}/cwd").exists(), "the kiosk dies too")
        until(lambda: server.titles() == [], "its window is gone")
    assert server.settings() != before
    assert not running.undone()
    with kiosk(server, world.homes[0], *package(world)) as again:
        assert again.end() == EXIT_SIGNAL + signal.SIGTERM
        assert again.undone()
    assert server.settings() == before
    assert identity(server.machine) in (world.homes[0].folder / LEDGER_NAME).read_text(encoding="utf-8")


def test_a_second_program_at_the_same_seat_is_refused(server: XServer, world: DemoWorld) -> None:
    with kiosk(server, world.homes[0], *package(world)) as running:
        ledger = (running.home.folder / LEDGER_NAME).read_bytes()
        second = start(server, world.homes[0], *package(world))
        assert second.process.wait(20) == 2
        said = second.said.read_text(encoding="utf-8")
        assert "本机已经有一个考试程序在运行" in said
        assert "[lockdown/second-instance]" in said
        assert "Traceback" not in said
        assert (running.home.folder / LEDGER_NAME).read_bytes() == ledger
        assert server.titles() == ["Kiosk: lock"]


def test_a_window_opens_a_demo_and_refuses_an_examination(server: XServer, tmp_path: Path) -> None:
    for kind, opened in (("demo", True), ("exam", False)):
        (tmp_path / kind).mkdir()
        world = fresh_world(tmp_path / kind, kind)
        home = world.homes[0]
        with kiosk(server, home, *package(world), "--windowed") as running:
            assert (home.folder / "sessions").exists() is opened
            server.ask_to_close(server.window())
            assert running.process.wait(20) == 0


def test_a_folder_that_is_no_seat_is_told_on_the_screen(server: XServer, tmp_path: Path) -> None:
    running = start(server, Home(folder=tmp_path / "不是机位 １ 𬭚"))
    server.screen("no-seat")
    until(lambda: server.colour(0, 0) == BAND, "the page")
    server.key("Return")
    assert running.process.wait(20) == 2
    said = running.said.read_text(encoding="utf-8")
    assert "[storage/not-enrolled" in said
    assert "Traceback" not in said


def test_other_displays_are_covered_and_on_record(server: XServer, world: DemoWorld) -> None:
    half = f"640/211x{server.height}/211"
    server.run("xrandr", "--setmonitor", "LEFT", f"{half}+0+0", "screen")
    server.run("xrandr", "--setmonitor", "RIGHT", f"{half}+640+0", "none")
    right = server.width - 1, server.height - 1
    with server.bystander(), kiosk(server, world.homes[0], *package(world)) as running:
        until(lambda: server.colour(*right) == BAND, "the display that was there is covered")
        place = server.place(server.window())
        assert place == (0, 0, 640, server.height)
        server.run("xrandr", "--delmonitor", "RIGHT")
        until(lambda: server.colour(*right) == RED, "a display that is gone needs no cover")
        server.run("xrandr", "--setmonitor", "LATE", f"{half}+640+0", "none")
        until(lambda: server.colour(*right) == BAND, "the display that appeared is covered")
        assert server.place(server.window()) == place
        server.key("Return")
        server.screen("unlock")
        running.end()
    assert incidents(world) == ["RIGHT 640x800", "RIGHT 640x800 gone", "LATE 640x800"]


def incidents(world: DemoWorld) -> list[str]:
    """What the session journal says of other displays."""
    seat = SeatAtWork(world, RealClocks(), world.homes[0], level=LockLevel.DESKTOP, with_link=False)
    seat.station.begin_nearest_session()
    events = [decode_session_event(one.body) for one in seat.station.desk.log.records() if not is_epoch(one)]
    seat.station.close()
    return [
        event.detail
        for event in events
        if isinstance(event, SeatIncident) and event.kind is IncidentKind.SECOND_DISPLAY
    ]
