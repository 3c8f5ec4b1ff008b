"""Demo worlds for tests: made once in a run, copied for each test, with clocks that tests set.

A world costs a second, stretching a release code half of one. So each kind of world is made once, its first seat is
unlocked once, and a test gets a copy of the folder; its seat comes back with card and PIN. The recorder is a link of
the test's own, handed in as the program hands in the real one.
"""

import atexit
import shutil
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path

from kiosk.capture import protocol as p
from kiosk.exam import events as e
from kiosk.exam.rules import CameraPolicy, LockLevel, RuleProfile
from kiosk.exam.vocabulary import Instant, ItemId, Language, Millis, ReasonCode, SeatId
from kiosk.formats.segment import Head, Picture, PictureKind, Place, seal_segment
from kiosk.office.presets import DEMO, EXAM
from kiosk.rehearsal.candidate import Plan, plan_for
from kiosk.rehearsal.demo_world import SESSION, DemoWorld, make_demo_world
from kiosk.station.clock import SeatClock
from kiosk.station.home import Home
from kiosk.station.session_desk import Permit, Settings
from kiosk.station.station import MakeLink, Station
from kiosk.station.view import Stage

PROGRAM = "0.1.0"
NOW = time.time_ns() // 1_000_000
"""When the session of every world begins, milliseconds UTC; certificates are judged by it."""
UP = 3_600_000
"""How long the PC has been running then, in milliseconds."""
_PATIENCE = 20.0
_MILLI = 1_000_000
CHECK = ReasonCode("staff-check")

_STRICT = replace(
    DEMO,
    name="strict",
    pairs=True,
    practice=False,
    timing=replace(DEMO.timing, common_end=True, earliest_hand_in=Millis(10 * 60_000)),
    evidence=replace(DEMO.evidence, camera=CameraPolicy.REQUIRED),
)
KINDS: Mapping[str, RuleProfile] = {
    "demo": DEMO,
    "exam": EXAM,
    "strict": _STRICT,
    "no-camera": replace(DEMO, evidence=replace(DEMO.evidence, camera=CameraPolicy.OFF)),
}


@dataclass(slots=True)
class Clocks:
    """The readings of a PC's clocks, in milliseconds; both go on together unless somebody sets the wall clock."""

    mono: int = UP
    wall: int = NOW
    boot: str = "boot-1"

    def go(self, ms: int) -> None:
        """Let time pass."""
        self.mono += ms
        self.wall += ms

    def reboot(self, up: int = 60_000) -> None:
        """Start the PC again: the boot-time clock begins anew."""
        self.mono, self.boot = up, self.boot + "x"

    def seat_clock(self) -> SeatClock:
        """What the station reads."""
        return SeatClock(mono_ns=lambda: self.mono * _MILLI, wall_ns=lambda: self.wall * _MILLI, boot=self.boot)


class RealClocks(Clocks):
    """The clocks of this PC, for a seat whose recorder reads them too."""

    def seat_clock(self) -> SeatClock:
        """What the program itself uses."""
        return SeatClock()


class ScriptedLink:
    """A recorder that does what a test says; by itself it only answers that it stopped keeping pictures."""

    def __init__(self, on_report: Callable[[p.Report], None]) -> None:
        self.report = on_report
        self.last_words: list[p.Report] = []
        self.commands: list[p.Command] = []
        self.mode: p.Command = p.Idle()
        self.answers = True

    def start(self) -> None:
        """Nothing happens before the test says so."""

    def send(self, command: p.Command) -> None:
        """Remember what was told."""
        self.commands.append(command)
        if isinstance(command, p.Record | p.Scan | p.Idle):
            left, self.mode = self.mode, command
            if isinstance(left, p.Record) and self.answers:
                self.report(p.Stopped(sitting=left.sitting, segments=0))

    def close(self) -> None:
        """Say what there still is to say, as a recorder that closes its segment does."""
        for report in self.last_words:
            self.report(report)

    def keep_segment(self, at: Instant) -> Path:
        """Seal and write a segment after the files there are, as the recorder does, and report it."""
        assert isinstance(self.mode, p.Record)
        folder = Path(self.mode.folder)
        folder.mkdir(parents=True, exist_ok=True)
        number = 1 + max((int(path.stem[-6:]) for path in folder.glob("segment-*.age")), default=0)
        place = Place(sitting=self.mode.sitting, number=number, previous=None, head=self.head)
        picture = Picture(kind=PictureKind.STILL, at=at, data=f"画面 {number} 𬭚".encode())
        sealed = seal_segment(place, [picture], recipients=self.mode.recipients)
        path = folder / f"segment-{number:06}.age"
        path.write_bytes(sealed.data)
        report = p.Segment(
            sitting=self.mode.sitting,
            name=path.name,
            number=number,
            digest=sealed.digest,
            root=sealed.root,
            pictures=1,
            size=len(sealed.data),
            first=at,
            last=at,
        )
        self.report(report)
        return path

    @property
    def head(self) -> Head:
        """The journal's head that was told last."""
        heads = [command.head for command in self.commands if isinstance(command, p.Record | p.HeadMoved)]
        return heads[-1]

    def hello(self) -> None:
        """The camera gives pictures."""
        self.report(p.Hello(pid=7, camera="摄像头 𬭚", width=640, height=480))


@dataclass(slots=True)
class SeatAtWork:
    """A station with its clocks, its link and everything a test needs to play with it."""

    world: DemoWorld
    clocks: Clocks
    home: Home
    level: LockLevel = LockLevel.PRACTICE
    with_link: bool = True
    make_link: MakeLink | None = None
    link: ScriptedLink = field(init=False)
    station: Station = field(init=False)
    _bell: threading.Event = field(default_factory=threading.Event)

    def __post_init__(self) -> None:
        self.boot()

    def boot(self) -> None:
        """Start the program."""

        def linked(on_report: Callable[[p.Report], None]) -> ScriptedLink:
            self.link = ScriptedLink(on_report)
            return self.link

        settings = Settings(program=PROGRAM, lock_level=self.level)
        make_link = self.make_link or (linked if self.with_link else None)
        self.station = Station(self.home, self.clocks.seat_clock(), settings, make_link, self._bell.set)

    def restart(self) -> None:
        """End the program and start it again."""
        self.station.close()
        self.boot()

    def until(self, condition: Callable[[], bool], seconds: float = _PATIENCE) -> None:
        """Pump until a condition holds."""
        end = time.monotonic() + seconds
        while not condition():
            assert time.monotonic() < end, f"waited in vain; {self.station.view().stage}, {self.station.fault}"
            self._bell.wait(0.02)
            self._bell.clear()
            self.station.pump()

    def until_stage(self, stage: Stage) -> None:
        """Pump until the seat is there."""
        self.until(lambda: self.stage is stage)

    def saved(self) -> None:
        """Pump until every response is on disk."""
        self.until(lambda: not self.station.view().saved.pending)

    @property
    def stage(self) -> Stage:
        """Where the seat stands."""
        return self.station.view().stage

    def at(self, stage: Stage) -> bool:
        """Tell whether the seat stands there."""
        return self.stage is stage

    def now(self) -> Instant:
        """What the seat's clocks show."""
        return self.station.now()

    # the invigilator

    def permit(self, purpose: str = "test", which: int = 0) -> Permit:
        """Show a card with its PIN."""
        secret = self.world.made.secrets.cards[which]
        return self.station.desk.authorise(secret.card, secret.pin, purpose)

    def act(self, note: str = "口头说明 ０７ 𬭚") -> e.Act:
        """An act of the first invigilator."""
        return e.Act(card=self.permit().card, reason=CHECK, note=note)

    def come_back(self) -> None:
        """After a restart: the session, then card and PIN."""
        self.station.begin_session(SESSION)
        assert self.stage is Stage.RECOVERY
        self.station.recover(self.world.card.card, self.world.card.pin)

    def resume(self) -> None:
        """Let the candidate go on."""
        self.station.send(e.Resumed(at=self.now(), act=self.act("")))

    # the candidate

    @property
    def number(self) -> str:
        """The admission number of who sits here."""
        return next(entry.number for entry in self.world.roster.entries if entry.seat == self.home.post().seat)

    def identify(self) -> None:
        """From sign-in to the briefing."""
        self.station.sign_in(self.number)
        self.station.confirm_person()
        self.station.identify(self.permit("identify"))

    def wait(self) -> None:
        """From sign-in to waiting for the start code."""
        self.identify()
        self.station.brief(Language.ZH)
        if self.stage is Stage.PRACTICE:
            self.station.ready()

    def start_code(self) -> str:
        """What the panel shows."""
        code = self.station.view().start_code
        assert code is not None
        return code

    def sit(self) -> None:
        """From sign-in to the first item."""
        if self.with_link:
            self.link.hello()
        self.wait()
        self.station.pump()
        self.station.start(self.start_code())
        assert self.stage is Stage.EXAM

    @property
    def items(self) -> tuple[ItemId, ...]:
        """The items of the form."""
        return tuple(entry.item for entry in self.station.sitting.opened.form.items)

    def plan(self) -> Plan:
        """What the scripted candidate gives."""
        return plan_for(self.station.sitting.opened.form, self.world.bank.keys.keys)

    def respond(self, first: int, last: int) -> None:
        """Give the planned responses to some places of the form, and wait until they are on disk."""
        plan = self.plan()
        for item in self.items[first:last]:
            self.station.view_item(item)
            response = plan.responses[item]
            if response is not None:
                self.station.respond(item, response)
        self.saved()

    def film(self, count: int = 1) -> None:
        """Let the camera keep some segments, ten seconds each."""
        for _ in range(count):
            self.clocks.go(10_000)
            self.station.pump()
            before = len(self.station.sitting.segments)
            self.link.keep_segment(self.now())
            self.until(lambda before=before: len(self.station.sitting.segments) > before)  # type: ignore[misc]
        assert self.station._desk is not None
        assert self.station._desk.writer.drain(_PATIENCE)

    def hand_in(self) -> Path:
        """Hand in; return the sealed bundle."""
        self.station.send(e.HandedIn(at=self.now()))
        self.until_stage(Stage.RECEIPT)
        return self.bundle

    @property
    def bundle(self) -> Path:
        """The one result bundle of this seat."""
        (path,) = self.home.outbox.glob("*.kresult")
        return path


@dataclass(frozen=True, slots=True, kw_only=True)
class _Template:
    """A world that is copied: as it was made, and with its first seat unlocked."""

    fresh: DemoWorld
    open: DemoWorld


@cache
def _template(kind: str) -> _Template:
    folder = Path(tempfile.mkdtemp(prefix="kiosk-worlds-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    fresh = make_demo_world(folder / "fresh", now=NOW, rules=KINDS[kind])
    opened = _copied(fresh, folder / "open")
    if kind != "exam":
        seat = SeatAtWork(opened, Clocks(), opened.homes[0], with_link=False)
        unlock(seat)
        seat.station.close()
    return _Template(fresh=fresh, open=opened)


def _copied(world: DemoWorld, folder: Path) -> DemoWorld:
    shutil.copytree(world.folder, folder)
    return DemoWorld(
        folder=folder,
        office=replace(world.office, folder=folder / "office"),
        made=replace(world.made, package=folder / world.made.package.relative_to(world.folder)),
        bank=world.bank,
        roster=world.roster,
        homes=tuple(Home(folder=folder / home.folder.relative_to(world.folder)) for home in world.homes),
    )


def fresh_world(folder: Path, kind: str = "demo") -> DemoWorld:
    """Copy a world as the office made it: the seats are enrolled and know no round."""
    return _copied(_template(kind).fresh, folder / "world")


def open_world(folder: Path, kind: str = "demo") -> DemoWorld:
    """Copy a world whose first seat was unlocked, with the room's clock confirmed, and then restarted."""
    return _copied(_template(kind).open, folder / "world")


def unlock(seat: SeatAtWork) -> None:
    """Load the package, begin the session, unlock with the release code, confirm the room's clock."""
    world, station = seat.world, seat.station
    station.load(world.made.package)
    station.begin_session(SESSION)
    count = 2 if station.desk.round.rules.pairs else 1
    cards = [secret.card for secret in world.made.secrets.cards[:count]]
    station.desk.unlock(world.release_code, cards, stick=world.stick)
    station.desk.set_room_time(seat.clocks.wall, seat.permit("room-time"))


@contextmanager
def locked_seat(
    folder: Path, kind: str = "demo", *, number: int = 0, level: LockLevel = LockLevel.PRACTICE
) -> Iterator[SeatAtWork]:
    """A seat that knows no round yet."""
    world = fresh_world(folder, kind)
    seat = SeatAtWork(world, Clocks(), world.homes[number], level=level)
    try:
        yield seat
    finally:
        seat.station.close()


@contextmanager
def open_seat(folder: Path, kind: str = "demo", *, with_link: bool = True) -> Iterator[SeatAtWork]:
    """A seat at sign-in: unlocked, the room's clock confirmed."""
    world = open_world(folder, kind)
    seat = SeatAtWork(world, Clocks(), world.homes[0], with_link=with_link)
    seat.come_back()
    try:
        yield seat
    finally:
        seat.station.close()


def tree(folder: Path) -> dict[str, bytes]:
    """Every file below a folder, to show that nothing was changed."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def other_seat(world: DemoWorld, seat: SeatId) -> Home:
    """The folder of another seat of the world."""
    return next(home for home in world.homes if home.post().seat == seat)
