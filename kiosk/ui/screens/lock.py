"""The screen of a seat that is locked, whatever locked it: cause, what is safe, what to do, one act for the staff.

Rules: seat and cause are readable from two metres; every stage without a screen of its own looks like this. It opens
nothing by itself: each act asks for a card, or for the unlock screen.
"""

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QSpacerItem, QVBoxLayout, QWidget

from kiosk.station.beginning import take_up_from_sticks
from kiosk.station.recovery import last_sitting
from kiosk.station.session_desk import Permit
from kiosk.station.stick_files import packages
from kiosk.station.view import Refusal, Stage, View
from kiosk.ui.bridge import Bridge, Overlay, Shown
from kiosk.ui.i18n import Language, text
from kiosk.ui.present.lock import Around, Deed, LockWords, lock_words, place_words, refusal_words
from kiosk.ui.screens.cause_row import CauseRow, show_label
from kiosk.ui.screens.display_tools import DisplayTools
from kiosk.ui.screens.fact_grid import FactGrid
from kiosk.ui.screens.refusal_banner import RefusalBanner, Said
from kiosk.ui.screens.rehearsal_mark import RehearsalMark
from kiosk.ui.screens.screen import Screen
from kiosk.ui.screens.seat_strip import SeatStrip
from kiosk.ui.theme.look import Look
from kiosk.ui.theme.measures import Role
from kiosk.ui.theme.tokens import Token
from kiosk.ui.widgets.button import Button, Kind, Size
from kiosk.ui.widgets.frames import LockBand
from kiosk.ui.widgets.icons import Icon
from kiosk.ui.widgets.label import Label
from kiosk.ui.widgets.page import ScrollPage
from kiosk.ui.widgets.paragraph import Paragraph
from kiosk.ui.widgets.rule import Rule
from kiosk.ui.widgets.shown import set_shown
from kiosk.ui.widgets.sign import State

_SMALL = 900
_LOOK_AGAIN = 2_000
"""Milliseconds until a seat without a package looks at the sticks again."""
_ICONS = {
    Deed.LOAD: Icon.STICK,
    Deed.AGAIN: Icon.STICK,
    Deed.UNLOCK: Icon.KEY,
    Deed.RECOVER: Icon.KEY,
    Deed.PANEL: Icon.KEY,
    Deed.FINISH: Icon.STOP,
}


class LockScreen(Screen):
    """The lock."""

    def __init__(self, bridge: Bridge, look: Look) -> None:
        super().__init__(bridge, look, "lock")
        self._since: tuple[Stage, int] | None = None
        self._deed = Deed.NONE
        self._leave = False
        self._packages = 0
        self._looked: int | None = None
        self._told: Refusal | None = None
        self._make_parts(look)
        self._lay_out()
        self.set_look(look)

    def _make_parts(self, look: Look) -> None:
        self._mark = RehearsalMark(look)
        self._band = LockBand(look)
        self._strip = SeatStrip(look)
        self._tools = DisplayTools(self.bridge, look, name="lock")
        self._title = Paragraph("", look, role=Role.DISPLAY, measure=None, name="lock-title")
        self._other = Paragraph("", look, role=Role.LEAD, ink=Token.INK2, measure=None, name="lock-other-title")
        self._happened = Paragraph("", look, role=Role.LEAD, name="lock-happened")
        self._detail = Paragraph("", look, role=Role.CAPTION, ink=Token.INK2, name="lock-detail")
        self._facts = FactGrid(look, name="lock-facts")
        self._safe = Paragraph("", look, role=Role.LEAD, name="lock-safe")
        self._safe_note = Paragraph("", look, role=Role.LABEL, ink=Token.INK2, name="lock-safe-note")
        self._to_do = Paragraph("", look, role=Role.LEAD, name="lock-to-do")
        self._staff = Paragraph("", look, role=Role.LABEL, ink=Token.INK2, name="lock-staff")
        self._banner = RefusalBanner(look, name="lock-banner")
        self._foot_label = Label("", look, role=Role.CAPTION, ink=Token.INK2)
        self._foot_value = Label("", look, role=Role.FACT, name="lock-room-code")
        self._why = Paragraph("", look, role=Role.CAPTION, ink=Token.INK2, name="lock-why")
        self._more = Button("", look, name="lock-more", size=Size.TALL)
        self._act = Button("", look, name="lock-act", kind=Kind.PRIMARY, size=Size.TALL)
        self._act.clicked.connect(self._acted)
        self._more.clicked.connect(self._more_pressed)

    def _lay_out(self) -> None:
        self._rows = (
            _row(
                CauseRow(Icon.DOCUMENT, "common.happened", self.look, name="lock-row-1"), self._happened, self._detail
            ),
            _row(
                CauseRow(Icon.SHIELD, "common.safe", self.look, name="lock-row-2"),
                self._facts,
                self._safe,
                self._safe_note,
            ),
            _row(CauseRow(Icon.HAND, "common.to-do", self.look, name="lock-row-3"), self._to_do, self._staff),
        )
        self._sheet = QWidget()
        self._column = QVBoxLayout(self._sheet)
        self._column.setSpacing(0)
        self._column.addWidget(self._tools, 0, Qt.AlignmentFlag.AlignRight)
        self._above = QSpacerItem(0, 0)
        self._column.addItem(self._above)
        self._column.addWidget(self._title)
        self._column.addWidget(self._other)
        self._below = QSpacerItem(0, 0)
        self._column.addItem(self._below)
        self._column.addWidget(Rule(self.look))
        for row in self._rows:
            self._column.addWidget(row)
            self._column.addWidget(Rule(self.look))
        self._column.addWidget(self._banner)
        self._column.addStretch(1)
        self._column.addSpacing(self.look.space(16))
        self._column.addLayout(self._foot())
        page = ScrollPage(self._sheet, self.look, name="lock-page")
        side = QVBoxLayout()
        side.setSpacing(0)
        side.addWidget(self._strip)
        side.addWidget(page, 1)
        across = QHBoxLayout()
        across.setSpacing(0)
        across.addWidget(self._band)
        across.addLayout(side, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self._mark)
        whole.addLayout(across, 1)

    def _foot(self) -> QBoxLayout:
        code = QVBoxLayout()
        code.setSpacing(2)
        code.addWidget(self._foot_label)
        code.addWidget(self._foot_value)
        self._buttons = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._buttons.addLayout(code)
        self._buttons.addStretch(1)
        self._buttons.addWidget(self._why, 0, Qt.AlignmentFlag.AlignVCenter)
        self._buttons.addWidget(self._more)
        self._buttons.addWidget(self._act)
        return self._buttons

    def set_look(self, look: Look) -> None:
        """Draw from this look from now on."""
        super().set_look(look)
        side = look.space(24 if look.narrow else 104)
        self._column.setContentsMargins(
            side, look.space(16 if look.narrow else 36), side, look.space(24 if look.narrow else 64)
        )
        self._above.changeSize(0, look.space(12 if look.narrow else 36))
        self._below.changeSize(0, look.space(16 if look.narrow else 32))
        self._buttons.setSpacing(look.space(16))
        self._arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A small window has its band across the top."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        small = self.look.room(self.width()) < _SMALL
        set_shown(self._band, not small)
        set_shown(self._strip, small)
        for row in self._rows:
            row.set_stacked(small)
        way = QBoxLayout.Direction.TopToBottom if small else QBoxLayout.Direction.LeftToRight
        self._buttons.setDirection(way)

    # what is shown

    def show_state(self, shown: Shown) -> None:
        """Say why the seat is locked."""
        view = shown.view
        if self._since is None or self._since[0] is not view.stage:
            self._since = (view.stage, view.now.wall)
            self._banner.refuse(None)
            self._told = self._looked = None
        self._look_for_packages(view)
        self._tell_refusal(view)
        set_shown(self._mark, view.rehearsal)
        words = lock_words(view, self._around(), self.look.language)
        self._show_words(words)
        label = self.words("staff.lock.seat")
        room = place_words(view, self.look.language)
        time = words.time
        self._band.set_words(label=label, seat=view.seat, room=room, since_label=time.label, since=time.value)
        self._strip.set_words(label=label, seat=view.seat, room=room, time=f"{time.label} {time.value}")

    def _look_for_packages(self, view: View) -> None:
        """A stick may be put in at any time."""
        if view.stage is Stage.NO_PACKAGE and (self._looked is None or view.now.mono - self._looked >= _LOOK_AGAIN):
            self._packages = len(packages(self.bridge.sticks))
            self._looked = view.now.mono

    def _tell_refusal(self, view: View) -> None:
        """A package that was refused although the seat can go on with its own."""
        refusal = view.refusal
        if view.stage is Stage.LOCKED and refusal is not None and refusal != self._told:
            self._banner.say(lambda language: _said(refusal, language))
            self._told = refusal

    def _around(self) -> Around:
        station = self.bridge.station
        waits = station.session is not None and last_sitting(station.session) is not None
        return Around(
            digest=station.package.digest if station.package else "",
            sitting_waits=waits,
            packages=self._packages,
            since=self._since[1] if self._since else None,
        )

    def _show_words(self, words: LockWords) -> None:
        for part, said in (
            (self._title, words.title),
            (self._other, words.other_title),
            (self._happened, words.happened),
            (self._detail, words.detail),
            (self._safe, "" if words.facts else words.safe),
            (self._safe_note, words.safe if words.facts else words.safe_note),
            (self._to_do, words.to_do),
            (self._staff, words.staff),
            (self._why, words.why_not),
        ):
            part.set_source(said)
            set_shown(part, bool(said))
        self._facts.set_facts([(line.label, line.value) for line in words.facts])
        set_shown(self._facts, bool(words.facts))
        show_label(self._foot_label, words.foot.label)
        show_label(self._foot_value, words.foot.value)
        self._show_buttons(words)

    def _show_buttons(self, words: LockWords) -> None:
        self._deed = words.deed
        if words.deed_words != self._act.words:
            self._act.set_words(words.deed_words)
            self._act.set_icon(_ICONS.get(words.deed))
        set_shown(self._act, words.deed is not Deed.NONE)
        self._act.setEnabled(words.deed_ready)
        self._leave = words.leave
        self._more.set_words(self.words("staff.lock.deed.finish" if words.leave else "staff.lock.more"))
        set_shown(self._more, words.more or words.leave)

    def entered(self) -> None:
        """The focus is on the one act."""
        self._act.setFocus(Qt.FocusReason.OtherFocusReason)

    # what is pressed

    def _acted(self) -> None:
        deeds = {
            Deed.LOAD: self._load,
            Deed.AGAIN: self._load,
            Deed.UNLOCK: lambda: self.bridge.open_overlay(Overlay.UNLOCK),
            Deed.RECOVER: lambda: self.bridge.ask_card("recover", self._recovered),
            Deed.PANEL: self.bridge.open_panel,
            Deed.FINISH: self.bridge.finish,
        }
        deed = deeds.get(self._deed)
        if deed is not None:
            deed()

    def _more_pressed(self) -> None:
        if self._leave:
            self.bridge.finish()
        else:
            self.bridge.open_panel()

    def _load(self) -> None:
        self.bridge.attempt(lambda: take_up_from_sticks(self.bridge.station, self.bridge.sticks))

    def _recovered(self, _permit: Permit) -> None:
        """The card that brought a sitting back may go on with it at once."""
        if self.bridge.station.view().stage is Stage.SUSPENDED:
            self.bridge.open_overlay(Overlay.PANEL)


def _said(refused: Refusal, language: Language) -> Said:
    words = refusal_words(refused, language)
    space = "" if language is Language.ZH else " "
    code = text("common.code", language, code=refused.code)
    return Said(state=State.WARN, title=words.happened, body=f"{words.safe}{space}{words.to_do}\n{code}")


def _row(row: CauseRow, *parts: QWidget) -> CauseRow:
    for part in parts:
        row.body.addWidget(part)
    return row
