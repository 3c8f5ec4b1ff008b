"""Between the screens and the seat: calls go in, one frozen value comes out.

Rules: whatever a screen does is a plain call through `attempt`, which returns the refusal or None; the only signal
is `changed`, and it carries one `Shown`. Threads of the station ring `wake`, which does nothing but queue a pump on
the screens' thread. What the screens alone know (which overlay is open, how it looks) is in `Face`.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import Enum
from pathlib import Path

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from kiosk.errors import KioskError
from kiosk.exam import events as e
from kiosk.exam.vocabulary import Language, ReasonCode
from kiosk.station.session_desk import Permit
from kiosk.station.station import Station
from kiosk.station.view import Stage, View
from kiosk.ui.theme.look import Look
from kiosk.ui.theme.tokens import Theme

_BEAT = 200
_THEMES = {
    e.Theme.LIGHT: Theme.LIGHT,
    e.Theme.DARK: Theme.DARK,
    e.Theme.HIGH_CONTRAST: Theme.CONTRAST,
}


class Overlay(Enum):
    """What lies over the screen that the stage asks for."""

    NONE = "none"
    UNLOCK = "unlock"
    GATE = "gate"
    PANEL = "panel"
    REVIEW = "review"
    EXPORT = "export"


@dataclass(frozen=True, slots=True, kw_only=True)
class Gate:
    """Why a card is asked for, and what goes on once it was shown with its PIN."""

    purpose: str
    passed: Callable[[Permit], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Face:
    """What only the screens know."""

    look: Look
    overlay: Overlay = Overlay.NONE
    gate: Gate | None = None
    permit: Permit | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """Everything a screen draws from."""

    view: View
    face: Face


class Bridge(QObject):
    """The screens' end of the station."""

    changed = Signal(object)
    finished = Signal()
    _woken = Signal()

    def __init__(self, look: Look, parent: QObject | None = None, *, sticks: tuple[Path, ...] = ()) -> None:
        """`sticks` are the folders that stand for the invigilators' sticks."""
        super().__init__(parent)
        self.sticks = sticks
        self._station: Station | None = None
        self._face = Face(look=look)
        self._last: Shown | None = None
        self._woken.connect(self.pump, Qt.ConnectionType.QueuedConnection)
        self._beat = QTimer(self)
        self._beat.setInterval(_BEAT)
        self._beat.timeout.connect(self.pump)

    def wake(self) -> None:
        """Ask for a pump; called from any thread."""
        self._woken.emit()

    def open(self, station: Station) -> None:
        """Begin to show a station."""
        self._station = station
        self._beat.start()
        self.pump()

    def finish(self) -> None:
        """Ask for the end of the program; screens offer it only where nothing is open any more, or in a rehearsal."""
        self.finished.emit()

    def close(self) -> None:
        """Stop; the station is closed by whoever made it."""
        self._beat.stop()

    @property
    def station(self) -> Station:
        """The seat."""
        assert self._station is not None  # noqa: S101 - screens exist after open
        return self._station

    @property
    def shown(self) -> Shown:
        """What is on the screens now."""
        assert self._last is not None  # noqa: S101 - screens exist after open
        return self._last

    def attempt(self, act: Callable[[], object]) -> KioskError | None:
        """Do something through the station; return why it was refused, or None. The screens are told either way."""
        try:
            act()
        except KioskError as error:
            return error
        finally:
            self.pump()
        return None

    def pump(self) -> None:
        """Let the station do what time asks for, and tell the screens if anything differs."""
        if self._station is None:
            return
        self._station.pump()
        self._tell()

    def _tell(self) -> None:
        view = self.station.view()
        self._follow_sitting(view)
        self._close_stale_overlay(view)
        shown = Shown(view=view, face=self._face)
        if shown != self._last:
            self._last = shown
            self.changed.emit(shown)

    def _close_stale_overlay(self, view: View) -> None:
        """An overlay goes when the stage it belongs to has gone."""
        belongs = {
            Overlay.UNLOCK: view.stage is Stage.LOCKED,
            Overlay.REVIEW: view.stage is Stage.EXAM,
            Overlay.EXPORT: view.stage in {Stage.RECEIPT, Stage.FAULT},
        }
        if not belongs.get(self._face.overlay, True):
            self._face = replace(self._face, overlay=Overlay.NONE, gate=None)

    # what only screens know

    def open_overlay(self, overlay: Overlay) -> None:
        """Lay something over the screen."""
        self._face = replace(self._face, overlay=overlay, gate=None)
        self._tell()

    def close_overlay(self) -> None:
        """Go back to the screen of the stage; a permit does not outlive the panel."""
        self._face = replace(self._face, overlay=Overlay.NONE, gate=None, permit=None)
        self._tell()

    def ask_card(self, purpose: str, passed: Callable[[Permit], None]) -> None:
        """Ask an invigilator for card and PIN; `passed` is called with the permit once they were right."""
        self._face = replace(self._face, overlay=Overlay.GATE, gate=Gate(purpose=purpose, passed=passed))
        self._tell()

    def pass_gate(self, text: str, pin: str) -> KioskError | None:
        """Try a card (QR text or typed groups) and a PIN at the gate."""
        gate = self._face.gate
        assert gate is not None  # noqa: S101 - the gate is on the screen

        def act() -> None:
            card = self.station.desk.card(text)
            if self.station.view().stage is Stage.RECOVERY:
                permit = self.station.recover(card, pin)
            else:
                permit = self.station.desk.authorise(card, pin, gate.purpose)
            self._face = replace(self._face, overlay=Overlay.NONE, gate=None, permit=permit)
            gate.passed(permit)
            if self._face.overlay is not Overlay.PANEL:
                self._face = replace(self._face, permit=None)

        return self.attempt(act)

    def open_panel(self) -> None:
        """Open the invigilator's panel behind card and PIN; a running sitting is suspended first.

        Without an open session there is nothing to act on, and no journal that a card could be put into.
        """
        if self.station.session is None or self.station.view().stage is Stage.CLOSED:
            return

        def passed(permit: Permit) -> None:
            if self.station.view().stage is Stage.EXAM:
                act = e.Act(card=permit.card, reason=self._check_reason())
                station = self.station
                cause = e.SuspendCause.INVIGILATOR
                station.send(e.Suspended(at=station.now(), cause=cause, act=act))
            self._face = replace(self._face, overlay=Overlay.PANEL)

        self.ask_card("panel", passed)

    def _check_reason(self) -> ReasonCode:
        reasons = self.station.desk.round.rules.reasons
        return next((reason.code for reason in reasons if reason.code == "staff-check"), reasons[0].code)

    # how it looks

    def set_look(self, look: Look) -> None:
        """Change language, type size or colours; in an open sitting the choice goes into its journal."""
        self._face = replace(self._face, look=look)
        self._journal_look(look)
        self._tell()

    def set_language(self, language: Language) -> None:
        """Change the language."""
        self.set_look(replace(self._face.look, language=language))

    def _journal_look(self, look: Look) -> None:
        if self._station is None:
            return
        view = self._station.view()
        if view.sitting is None or view.sitting.phase.closed or view.fault:
            return
        theme = next(known for known, drawn in _THEMES.items() if drawn is look.theme)
        chosen = e.DisplayChosen(at=self._station.now(), language=look.language, scale=look.scale, theme=theme)
        self._station.send(chosen)

    def _follow_sitting(self, view: View) -> None:
        """After a restart the candidate's own choices come back with the journal."""
        display = view.sitting.display if view.sitting else None
        known = self._last.view.sitting.display if self._last and self._last.view.sitting else None
        if display is not None and known is None:
            look = replace(
                self._face.look, language=display.language, scale=display.scale, theme=_THEMES[display.theme]
            )
            self._face = replace(self._face, look=look)
