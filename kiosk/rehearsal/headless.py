"""The whole journey of one candidate without a window: package, unlock, sitting, crash, hand-in, export, office.

Rules: everything goes through the station as screens use it; the card is read by the recorder from a picture; waiting
ends on a condition or is a failure. It decides nothing: each step says what it found.
"""

import threading
import time
from collections.abc import Callable
from pathlib import Path

from kiosk.crypto.card import Card
from kiosk.exam import events as e
from kiosk.exam.rules import LockLevel
from kiosk.exam.vocabulary import MINUTE, Language, Millis, ReasonCode
from kiosk.paper.qr import qr_png
from kiosk.rehearsal.candidate import Plan, plan_for
from kiosk.rehearsal.demo_world import SESSION, DemoWorld
from kiosk.rehearsal.protocol import Protocol
from kiosk.station.clock import SeatClock
from kiosk.station.session_desk import Permit, Settings
from kiosk.station.station import MakeLink, Station
from kiosk.station.view import Camera, Stage

_PATIENCE = 30.0
_GIFT = Millis(2 * MINUTE)
_SUSPEND = ReasonCode("staff-check")
_CREDIT = ReasonCode("tech-input")


class StuckError(RuntimeError):
    """A rehearsal waited for something that did not come."""


class Seat:
    """A station at work, with a bell that its other threads ring."""

    def __init__(self, world: DemoWorld, make_link: MakeLink, program: str, *, restarted: bool = False) -> None:
        self._bell = threading.Event()
        settings = Settings(program=program, lock_level=LockLevel.PRACTICE, restarted=restarted)
        self.station = Station(world.homes[0], SeatClock(), settings, make_link, self._bell.set)

    def until(self, condition: Callable[[], bool], what: str, seconds: float = _PATIENCE) -> None:
        """Pump the station until a condition holds. StuckError."""
        end = time.monotonic() + seconds
        while not condition():
            if time.monotonic() > end:
                raise StuckError(what)
            self._bell.wait(0.05)
            self._bell.clear()
            self.station.pump()


class HeadlessJourney:
    """One candidate's exam at the first seat of a demo world."""

    def __init__(self, world: DemoWorld, controls: Path, make_link: MakeLink, program: str, protocol: Protocol) -> None:
        """`controls` is the synthetic camera's folder."""
        self._world = world
        self._controls = controls
        self._make_link = make_link
        self._program = program
        self._note = protocol.note
        self._seat = Seat(world, make_link, program)

    @property
    def _station(self) -> Station:
        return self._seat.station

    def run(self) -> tuple[Plan, Path]:
        """Play it; return what the office must find, and the folder the bundles were exported to."""
        self._unlock()
        self._let_in()
        plan = plan_for(self._station.sitting.opened.form, self._world.bank.keys.keys)
        self._answer(plan, 0, 20)
        self._interrupt()
        self._restart()
        self._answer(plan, 20, len(plan.responses))
        self._hand_in()
        return plan, self._export()

    def _unlock(self) -> None:
        station, world = self._station, self._world
        package = station.load(world.made.package)
        self._note("package", f"{package.round.id} {package.round.room}, signed by {package.signer.id}")
        station.begin_session(SESSION)
        card = self._scan_card()
        world_code = world.release_code
        station.desk.unlock(world_code, [card], stick=world.stick)
        permit = station.desk.authorise(card, world.card.pin, "room-time")
        station.desk.set_room_time(station.now().wall, permit)
        stage = station.view().stage
        self._note("unlocked", "release code and card", held=stage is Stage.SIGN_IN)

    def _scan_card(self) -> Card:
        show = self._controls / "show.png"
        show.write_bytes(qr_png(self._world.card.card.to_text()))
        self._station.scan(wanted=True)
        seen: list[str] = []

        def found() -> bool:
            text = self._station.code_seen()
            if text:
                seen.append(text)
            return bool(seen)

        self._seat.until(found, "the camera did not read the card")
        self._station.scan(wanted=False)
        show.unlink()
        self._note("card read by the camera", self._world.card.card.id, held=seen[0] == self._world.card.card.to_text())
        return self._station.desk.card(seen[0])

    def _permit(self, purpose: str) -> Permit:
        return self._station.desk.authorise(self._world.card.card, self._world.card.pin, purpose)

    def _let_in(self) -> None:
        station = self._station
        entry = station.sign_in(self._world.roster.entries[0].number)
        station.confirm_person()
        station.identify(self._permit("identify"))
        station.brief(Language.ZH)
        station.ready()
        code = station.view().start_code
        assert code is not None  # noqa: S101 - the seat is unlocked
        self._seat.until(lambda: station.recording.state is Camera.RECORDING, "no picture was recorded")
        station.start(code)
        items = len(station.sitting.opened.form.items)
        self._note("sitting started", f"{entry.name} {entry.number}, {items} items")

    def _answer(self, plan: Plan, first: int, last: int) -> None:
        station = self._station
        for item in [entry.item for entry in station.sitting.opened.form.items][first:last]:
            station.view_item(item)
            response = plan.responses[item]
            if response is not None:
                station.respond(item, response)
        self._seat.until(lambda: not station.view().saved.pending, "a response was not saved")
        self._note("responses saved", f"{len(station.sitting.responses)} durable")

    def _interrupt(self) -> None:
        station = self._station
        permit = self._permit("suspend")
        act = e.Act(card=permit.card, reason=_SUSPEND)
        station.send(e.Suspended(at=station.now(), cause=e.SuspendCause.INVIGILATOR, act=act))
        before = station.sitting.ledger.remaining(station.now())
        credit = e.Act(card=permit.card, reason=_CREDIT, note="键盘更换 𬭚")
        station.send(e.Credited(at=station.now(), amount=_GIFT, act=credit))
        after = station.sitting.ledger.remaining(station.now())
        station.send(e.Resumed(at=station.now(), act=act))
        self._note("suspended, credited, resumed", f"{(after - before) // 1000} s given", held=after - before == _GIFT)

    def _restart(self) -> None:
        """End the program in the middle of the sitting, start it again, come back with card and PIN."""
        station = self._station
        left, responses = station.sitting.ledger.remaining(station.now()), dict(station.sitting.responses)
        station.close()
        self._seat = Seat(self._world, self._make_link, self._program, restarted=True)
        station = self._station
        station.begin_session(SESSION)
        covered = station.view().stage is Stage.RECOVERY
        station.recover(self._world.card.card, self._world.card.pin)
        lost = left - station.sitting.ledger.remaining(station.now())
        same = dict(station.sitting.responses) == responses
        act = e.Act(card=self._permit("resume").card, reason=ReasonCode("tech-restart"))
        station.send(e.Resumed(at=station.now(), act=act))
        held = covered and same and 0 <= lost <= 6_000  # noqa: PLR2004 - one tick and the step itself
        self._note("restarted and resumed", f"{len(responses)} responses kept, {lost / 1000:.1f} s charged", held=held)

    def _hand_in(self) -> None:
        station = self._station
        self._seat.until(lambda: len(station.sitting.segments) > 0, "no segment was sealed")
        station.send(e.HandedIn(at=station.now()))
        self._seat.until(lambda: station.view().stage is Stage.RECEIPT, "the bundle was not sealed")
        receipt = station.view().receipt
        assert receipt is not None  # noqa: S101 - the stage says so
        found = f"{receipt.answered} of {receipt.items} answered, {receipt.segments} segments, code {receipt.code}"
        self._note("handed in and sealed", found, held=receipt.segments > 0)

    def _export(self) -> Path:
        station, stick = self._station, self._world.stick
        written = station.export(stick, lambda name, done, whole: None)  # noqa: ARG005
        self._note("exported", ", ".join(path.name for path in written), held=len(written) == 2)  # noqa: PLR2004
        station.finish_session(self._permit("close"))
        station.close()
        return stick
