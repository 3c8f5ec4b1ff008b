"""The whole journey of one candidate through the real windows, pressed and typed as people would.

Rules: two people take part, the candidate and an invigilator whose card the camera reads from a picture; nothing is
called but the window, except that the start code is read from where the panel shows it. Each step says what it found.
"""

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QLineEdit

from kiosk import __version__
from kiosk.exam.events import Chosen, Entered, Response
from kiosk.exam.form import FormItem
from kiosk.exam.vocabulary import MINUTE, Language
from kiosk.paper.qr import qr_png
from kiosk.rehearsal.candidate import Plan, plan_for
from kiosk.rehearsal.demo_world import DemoWorld
from kiosk.rehearsal.hand import Hand, MissedError
from kiosk.rehearsal.protocol import Protocol
from kiosk.station.clock import SeatClock
from kiosk.station.session_desk import Settings
from kiosk.station.station import MakeLink, Station
from kiosk.station.view import Camera, Stage
from kiosk.ui.app import Options, Parts, run_window
from kiosk.ui.bridge import Bridge
from kiosk.ui.theme.tokens import Theme
from kiosk.ui.widgets.drop_down import DropDown
from kiosk.ui.widgets.minutes import MinuteStepper
from kiosk.ui.window import KioskWindow

_SIZE = (1920, 1080)
_SMALL = (1024, 768)


def play_windows(
    world: DemoWorld, controls: Path, make_link: MakeLink, protocol: Protocol, pictures: Path | None
) -> tuple[Plan, Path]:
    """Play it; return what the office must find, and the folder the bundles were exported to."""
    plans: list[Plan] = []

    def make_station(level: object, wake: object) -> Station:
        settings = Settings(program=__version__, lock_level=level)  # type: ignore[arg-type]
        return Station(world.homes[0], SeatClock(), settings, make_link, wake)  # type: ignore[arg-type]

    def begin(station: Station) -> None:
        package = station.load(world.made.package)
        protocol.note("package", f"{package.round.id} {package.round.room}, signed by {package.signer.id}")
        station.begin_nearest_session()

    def play(window: KioskWindow, bridge: Bridge) -> None:
        script = _Script(world, controls, Hand(window, bridge, pictures), protocol)
        plans.append(script.run())

    options = Options(windowed=True, width=_SIZE[0], height=_SIZE[1], sticks=(world.stick,))
    parts = Parts(
        level_of=lambda _: world.made.round.rules.lock_level, make_station=make_station, begin=begin, play=play
    )
    code = run_window(options, parts)
    protocol.note("no mistake of the program", f"exit code {code}", held=code == 0)
    return plans[0], world.stick


class _Script:
    """What the two people do, in order."""

    def __init__(self, world: DemoWorld, controls: Path, hand: Hand, protocol: Protocol) -> None:
        self._world = world
        self._controls = controls
        self._hand = hand
        self._note = protocol.note

    @property
    def _station(self) -> Station:
        return self._hand.bridge.station

    def _stage(self) -> Stage:
        return self._hand.bridge.shown.view.stage

    def run(self) -> Plan:
        """Play everything up to the end of the session."""
        self._hand.take_hold()
        self._unlock()
        self._let_in()
        self._prepare()
        plan = plan_for(self._station.sitting.opened.form, self._world.bank.keys.keys)
        self._answer(plan, 0, 12)
        self._show_looks()
        self._invigilate()
        self._answer(plan, 12, len(plan.responses))
        self._hand_in(plan)
        self._export()
        return plan

    # the invigilator

    def _hold_card(self) -> None:
        """Hold the card to the camera."""
        part = self._controls / "show.part"
        part.write_bytes(qr_png(self._world.card.card.to_text()))
        part.replace(self._controls / "show.png")

    def _take_card_away(self) -> None:
        (self._controls / "show.png").unlink()

    def _card_and_pin(self, pin: str, picture: str) -> None:
        """Show the card, type the PIN, press."""
        hand = self._hand
        hand.screen("gate")
        self._hold_card()
        hand.until(lambda: self._enabled(pin), "the camera did not read the card")
        hand.picture(picture)
        self._fill(pin, self._world.card.pin)
        hand.press("gate-act")
        self._take_card_away()

    def _enabled(self, name: str) -> bool:
        try:
            return self._hand.find(name).isEnabled()
        except MissedError:
            return False

    def _fill(self, name: str, words: str) -> None:
        """Type into a field, over what stands there."""
        field = self._hand.find(name, QLineEdit)
        field.setFocus()
        field.selectAll()
        self._hand.type(words)

    def _unlock(self) -> None:
        hand, world = self._hand, self._world
        hand.screen("lock")
        hand.picture("lock")
        hand.press("lock-act")
        hand.screen("unlock")
        groups = world.release_code.split()
        slip = groups[1][:-1] + str((int(groups[1][-1]) + 1) % 10)
        for number, group in enumerate((groups[0], slip, *groups[2:]), start=1):
            self._fill(f"unlock-code-{number}", group)
        self._hold_card()
        hand.until(lambda: self._enabled("unlock-slot-1-pin"), "the camera did not read the card")
        self._note("card read by the camera", world.card.card.id)
        self._fill("unlock-slot-1-pin", world.card.pin)
        hand.picture("unlock-slip")
        self._note("typing slip pointed at", "group 2", held=not hand.find("unlock-act").isEnabled())
        self._fill("unlock-code-2", groups[1])
        hand.picture("unlock")
        hand.press("unlock-act")
        hand.screen("sign-in")
        self._take_card_away()
        self._note("unlocked", "release code, card and PIN", held=self._stage() is Stage.SIGN_IN)

    def _invigilate(self) -> None:
        """Stop the clock, give time back, go on."""
        hand = self._hand
        self._open_panel("gate-panel")
        hand.picture("panel")
        left = self._left()
        hand.press("panel-credit")
        minutes = hand.find("act-credit-minutes", MinuteStepper).value
        hand.find("act-reason", DropDown).setFocus()
        hand.key(Qt.Key.Key_Space)
        hand.picture("panel-reasons")
        for _ in range(11):
            hand.key(Qt.Key.Key_Down)
        hand.key(Qt.Key.Key_Return)
        hand.find("act-note-editor").setFocus()
        hand.insert("键盘更换 𬭚")
        hand.picture("panel-credit")
        hand.press("act-confirm")
        given = self._left() - left
        hand.press("panel-resume")
        hand.press("act-confirm")
        hand.screen("exam")
        found = f"{given // 1000} s given, item covered meanwhile"
        self._note("suspended, credited, resumed", found, held=given == minutes * MINUTE)

    def _left(self) -> int:
        return self._station.sitting.ledger.remaining(self._station.now())

    def _open_panel(self, picture: str) -> None:
        self._hand.key(Qt.Key.Key_I, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
        self._card_and_pin("gate-slot-pin", picture)
        self._hand.screen("panel")

    # the candidate

    def _let_in(self) -> None:
        hand, entry = self._hand, self._world.roster.entries[0]
        hand.picture("sign-in-empty")
        self._fill("admission-editor", "202611049999")
        hand.press("find")
        self._note("unknown number refused", "said on the screen", held=self._stage() is Stage.SIGN_IN)
        hand.picture("sign-in-refused")
        self._fill("admission-editor", entry.number)
        hand.press("find")
        hand.until(lambda: self._stage() is Stage.CONFIRM, "nobody was found")
        hand.press("is-me")
        hand.until(lambda: self._stage() is Stage.IDENTITY, "the sitting was not opened")
        for check in ("face", "name", "tail", "things"):
            hand.find(f"check-{check}", QCheckBox).click()
        hand.until(lambda: self._station.recording.picture is not None, "no live picture")
        hand.turn(400)
        hand.picture("sign-in")
        hand.press("identity-confirm")
        self._card_and_pin("gate-slot-pin", "gate")
        hand.screen("briefing")
        self._note("signed in and identified", f"{entry.name} {entry.number}", held=self._stage() is Stage.BRIEFING)

    def _prepare(self) -> None:
        hand = self._hand
        hand.picture("briefing")
        hand.find("consent", QCheckBox).click()
        hand.press("agree")
        hand.screen("practice")
        hand.key(Qt.Key.Key_B)
        hand.picture("practice")
        hand.press("practice-done")
        hand.screen("waiting")
        hand.until(lambda: self._station.recording.state is Camera.RECORDING, "no picture is recorded")
        code = self._hand.bridge.shown.view.start_code or ""
        wrong = f"{(int(code) + 1) % 1_000_000:06d}"
        self._fill("start-code", wrong)
        hand.press("start")
        hand.picture("waiting")
        self._note("wrong start code refused", "said on the screen", held=self._stage() is Stage.WAITING)
        hand.until(lambda: self._hand.bridge.shown.view.wait == 0, "the delay did not end")
        self._fill("start-code", code)
        hand.press("start")
        hand.screen("exam")
        items = len(self._station.sitting.opened.form.items)
        self._note("sitting started", f"{items} items", held=self._stage() is Stage.EXAM)

    def _answer(self, plan: Plan, first: int, last: int) -> None:
        hand = self._hand
        form = self._station.sitting.opened.form.items
        for place in range(first, last):
            entry = form[place]
            if self._station.sitting.current != entry.item:
                raise MissedError(entry.item, "is not shown")
            response = plan.responses[entry.item]
            if response is not None:
                self._respond(entry, response)
            if place == first + 2:
                hand.key(Qt.Key.Key_M, Qt.KeyboardModifier.ControlModifier)
            if place < len(form) - 1:
                hand.key(Qt.Key.Key_PageDown)
        hand.until(lambda: not self._hand.bridge.shown.view.saved.pending, "a response was not saved")
        given = {item: plan.responses[item] for item in (entry.item for entry in form[:last]) if plan.responses[item]}
        same = all(self._same(self._station.sitting.responses.get(item), wanted) for item, wanted in given.items())
        self._note("responses saved", f"{len(given)} durable, as given", held=same)

    def _same(self, found: Response | None, wanted: Response | None) -> bool:
        if isinstance(found, Entered) and isinstance(wanted, Entered):
            return found.text.strip() == wanted.text
        return found == wanted

    def _respond(self, entry: FormItem, response: Response) -> None:
        if isinstance(response, Chosen):
            for option in response.options:
                self._hand.key(Qt.Key(Qt.Key.Key_A + entry.options.index(option)))
        else:
            self._hand.find("number-editor", QLineEdit).setFocus()
            self._hand.insert(response.text)
            self._hand.key(Qt.Key.Key_Return)

    def _show_looks(self) -> None:
        """The same item in both languages, all themes, larger and on a small display."""
        hand, bridge = self._hand, self._hand.bridge
        plain = bridge.shown.face.look
        hand.key(Qt.Key.Key_PageUp)
        hand.picture("exam")
        bridge.set_language(Language.EN)
        hand.picture("exam-en")
        bridge.set_language(Language.ZH)
        for theme in (Theme.DARK, Theme.CONTRAST):
            bridge.set_look(replace(plain, theme=theme, scale=100 if theme is Theme.DARK else 200))
            hand.picture(f"exam-{theme.name.lower()}")
        bridge.set_look(plain)
        for scale in (100, 300):
            hand.window.resize(*_SMALL)
            bridge.set_look(replace(plain, scale=scale))
            hand.picture(f"exam-1024-{scale}")
        hand.window.resize(*_SIZE)
        bridge.set_look(plain)
        hand.turn()
        hand.key(Qt.Key.Key_PageDown)

    def _hand_in(self, plan: Plan) -> None:
        hand = self._hand
        hand.until(lambda: bool(self._station.sitting.segments), "no segment was sealed")
        hand.press("review")
        hand.screen("review")
        hand.picture("review")
        hand.press("hand-in")
        hand.picture("review-second-step")
        hand.press("hand-in")
        hand.screen("receipt")
        receipt = self._hand.bridge.shown.view.receipt
        assert receipt is not None  # noqa: S101 - the screen says so
        hand.picture("receipt")
        answered = sum(response is not None for response in plan.responses.values())
        found = f"{receipt.answered} of {receipt.items} answered, {receipt.segments} segments, code {receipt.code}"
        self._note("handed in and sealed", found, held=receipt.answered == answered and receipt.segments > 0)

    def _export(self) -> None:
        """Copy the bundles to the stick, close the session at this seat."""
        hand = self._hand
        self._open_panel("gate-export")
        hand.picture("panel-receipt")
        hand.press("panel-export")
        hand.screen("export")
        hand.until(lambda: self._enabled("export-act"), "nothing can be exported")
        hand.press("export-act")
        hand.until(lambda: self._hand.bridge.shown.view.exported, "nothing was exported")
        hand.picture("export")
        names = self._hand.bridge.shown.view.bundle_files
        written = [name for name in names if (self._world.stick / name).exists()]
        self._note("exported and read back", ", ".join(written), held=len(written) == 2)  # noqa: PLR2004 - both bundles
        hand.press("export-back")
        hand.screen("panel")
        hand.press("panel-close")
        hand.press("act-confirm")
        hand.press("act-confirm")
        hand.until(lambda: self._stage() is Stage.CLOSED, "the session was not closed")
        left_over = list(self._world.homes[0].folder.glob("sessions/*/resume-*")) + list(
            self._world.homes[0].folder.glob("opened/*/*.db")
        )
        self._note("session closed", "resume slots and banks erased", held=not left_over)
        hand.turn(100)
        hand.picture("closed")
