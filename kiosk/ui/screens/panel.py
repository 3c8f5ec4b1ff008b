"""The invigilator's panel: who sits here and how it stands, what can be done, and the one act in hand.

Rules: the item stays covered; every act carries the card that was shown, a reason and an optional note; what cannot be
undone takes two steps. It judges nothing: the sitting does, and a refusal is shown as it came.
"""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QGridLayout, QVBoxLayout

from kiosk.errors import KioskError
from kiosk.exam import events as e
from kiosk.exam.incident import IncidentKind
from kiosk.exam.vocabulary import MINUTE, Instant, Millis
from kiosk.station.session_desk import Permit
from kiosk.station.view import Stage, View
from kiosk.ui.bridge import Bridge, Overlay, Shown
from kiosk.ui.present import panel as present
from kiosk.ui.present.panel import DANGEROUS, Deed, Offer
from kiosk.ui.screens.act_form import ActForm, Decided
from kiosk.ui.screens.candidate_card import CandidateCard
from kiosk.ui.screens.record_list import RecordList
from kiosk.ui.screens.staff_screen import StaffScreen
from kiosk.ui.theme.look import Look
from kiosk.ui.theme.measures import WIDE, Role
from kiosk.ui.theme.tokens import Token
from kiosk.ui.widgets.button import Button, Kind, Size
from kiosk.ui.widgets.frames import Ground
from kiosk.ui.widgets.icons import Icon
from kiosk.ui.widgets.label import Label
from kiosk.ui.widgets.page import ScrollPage
from kiosk.ui.widgets.paragraph import Paragraph
from kiosk.ui.widgets.shown import set_shown
from kiosk.ui.widgets.sign import State, StatusSign

_SIDE = 620
_UNBOUND = (1 << 24) - 1
_LIVE_FPS = 4
_ICONS = {
    Deed.RESUME: Icon.CHEVRON_RIGHT,
    Deed.CREDIT: Icon.CLOCK,
    Deed.INCIDENT: Icon.DOCUMENT,
    Deed.START_CODE: Icon.EYE,
    Deed.WAIVE: Icon.CAMERA,
    Deed.EXPORT: Icon.STICK,
    Deed.CLOSE: Icon.LOCK,
    Deed.COLLECT: Icon.STOP,
    Deed.VOID: Icon.VOID,
    Deed.FINISH: Icon.CROSS,
}


class PanelScreen(StaffScreen):
    """The panel."""

    side = 64
    below = 16

    def __init__(self, bridge: Bridge, look: Look) -> None:
        super().__init__(bridge, look, "panel")
        self._permit: Permit | None = None
        self._chosen = False
        self._offers: tuple[Offer, ...] = ()
        self._waived: tuple[Permit, Permit] | None = None
        self._state = StatusSign(State.STOPPED, "", look, role=Role.BODY, name="panel-state")
        self._candidate = CandidateCard(look, name="panel-candidate")
        self._acts_heading = Label("", look, role=Role.RAIL)
        self._acts = {deed: self._act_button(deed, look) for deed in Deed}
        self._grid = QGridLayout()
        self._whys = Paragraph("", look, role=Role.CAPTION, ink=Token.INK2, name="panel-whys")
        self._records_heading = Label("", look, role=Role.RAIL)
        self._records = RecordList(look, name="panel-records")
        self._leave = Button("", look, name="panel-back", size=Size.SMALL, icon=Icon.CROSS)
        beside = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        self.head.addWidget(self._state, 0, beside)
        self.head.addWidget(self._leave, 0, beside)
        self.column.addWidget(self._candidate)
        self.column.addWidget(self._acts_heading)
        self.column.addLayout(self._grid)
        for part in (self._whys, self._records_heading, self._records):
            self.column.addWidget(part)
        self.column.addStretch(1)
        self._make_side(look)
        self._leave.clicked.connect(self.back)
        self.set_look(look)

    def _act_button(self, deed: Deed, look: Look) -> Button:
        kind = Kind.DANGER if deed in DANGEROUS else Kind.SECONDARY
        button = Button("", look, name=f"panel-{deed.value}", kind=kind, icon=_ICONS[deed], left=True)
        button.clicked.connect(lambda: self._choose(deed))
        return button

    def _make_side(self, look: Look) -> None:
        self._ground = Ground(look, fill=Token.SURFACE, edge=Qt.Edge.LeftEdge, name="panel-side")
        self._form = ActForm(look)
        column = QVBoxLayout(self._ground)
        column.setContentsMargins(1, 0, 0, 0)
        column.addWidget(ScrollPage(self._form, look, name="panel-side-page"))
        self.row.addWidget(self._ground)
        self._form.decided.connect(self._decided)
        self._form.left_alone.connect(self._leave_form)

    # coming and going

    def entered(self) -> None:
        """Show the live picture, and lay the likely act ready where there is room."""
        self.bridge.station.recording.preview(_LIVE_FPS)
        self._chosen = False
        view = self.bridge.shown.view
        first = present.first_offer(self._offers)
        self._form.drop()
        if self._waived is not None:
            self._waive(view, *self._waived)
        elif first is not None and self._wide:
            self._form.take(first, view)
            self._form.take_focus()
        else:
            self._leave.setFocus(Qt.FocusReason.OtherFocusReason)
        self._waived = None
        self.arrange()
        self._show_side()

    def left(self) -> None:
        """Stop the picture; forget what was typed."""
        self.bridge.station.recording.preview(0)
        self._form.drop()

    def back(self) -> None:
        """Out of the act first where it fills the window, then out of the panel."""
        if self._chosen and not self._wide:
            self._leave_form()
        else:
            super().back()

    # what is shown

    @property
    def _wide(self) -> bool:
        return self.look.room(self.width()) >= WIDE

    def show_state(self, shown: Shown) -> None:
        """Draw the seat as it is."""
        super().show_state(shown)
        view, language = shown.view, self.look.language
        self._permit = shown.face.permit
        name = present.situation(view)
        self.title.set_source(self.words(f"staff.panel.{name}.title", seat=view.seat))
        self.subtitle.set_source(self.words(f"staff.panel.{name}.body"))
        set_shown(self._state, view.stage is Stage.SUSPENDED)
        self._state.set_state(State.STOPPED, self.words("staff.panel.stopped"))
        set_shown(self._candidate, view.entry is not None)
        self._candidate.show_view(view, self.bridge.station.recording.picture)
        self._show_offers(present.offers(view, self.bridge.station.desk.log.state.phase, language))
        self._records_heading.set_words(self.words("staff.panel.records"))
        set_shown(self._records_heading, view.sitting is not None)
        set_shown(self._records, view.sitting is not None)
        self._records.show_entries(present.records(view, language), self.words("staff.panel.no-records"))
        self._leave.set_words(self.words("staff.panel.close"))
        self._show_form(view)

    def _show_offers(self, offers: tuple[Offer, ...]) -> None:
        self._acts_heading.set_words(self.words("staff.panel.acts"))
        if [offer.deed for offer in offers] != [offer.deed for offer in self._offers]:
            self._offers = offers
            self._fill_grid()
        self._offers = offers
        for offer in offers:
            button = self._acts[offer.deed]
            button.set_words(self.words(f"staff.deed.{offer.deed.value}"))
            button.setEnabled(not offer.why)
            button.set_on(offer.deed is self._form.deed)
        whys = "\n".join(offer.why for offer in offers if offer.why)
        self._whys.set_source(whys)
        set_shown(self._whys, bool(whys))

    def _show_form(self, view: View) -> None:
        permit = self._permit
        holder = present.holder(view, permit.card, self.look.language) if permit is not None else ""
        self._form.show_permit(self.words("staff.panel.permit", holder=holder))
        known = {offer.deed for offer in self._offers if not offer.why}
        if self._form.deed is not None and self._form.deed not in known:
            self._form.drop()
            self._chosen = False
            self._show_side()
        self._form.show_view(view)

    def _fill_grid(self) -> None:
        offered = [offer.deed for offer in self._offers]
        for deed, button in self._acts.items():
            self._grid.removeWidget(button)
            if deed not in offered:
                set_shown(button, False)
        columns = self._columns()
        for at, offer in enumerate(self._offers):
            self._grid.addWidget(self._acts[offer.deed], at // columns, at % columns)
            set_shown(self._acts[offer.deed], True)
        for column in range(4):
            self._grid.setColumnStretch(column, 1 if column < columns else 0)

    def _columns(self) -> int:
        room = self.look.room(self.width())
        return 4 if room >= WIDE + 200 else 3 if room >= 1_000 else 2 if room >= 600 else 1  # noqa: PLR2004 - widths

    def arrange(self) -> None:
        """The act in hand beside the sheet, or in its place."""
        super().arrange()
        look = self.look
        self._grid.setSpacing(look.space(12))
        self.column.setSpacing(look.space(16))
        self._candidate.set_stacked(self.small, look)
        self._fill_grid()
        width = look.space(_SIDE)
        self._ground.setMinimumWidth(width if self._wide else 0)
        self._ground.setMaximumWidth(width if self._wide else _UNBOUND)
        self._show_side()

    def _show_side(self) -> None:
        """A wide window always shows both; a narrow one the act as soon as one is chosen."""
        if not self._wide and not self._chosen:
            self._form.drop()
        in_hand = self._form.deed is not None
        lost = self._ground.isAncestorOf(QApplication.focusWidget() or self) and not in_hand
        set_shown(self._ground, in_hand and (self._wide or self._chosen))
        set_shown(self.page, self._wide or not (in_hand and self._chosen))
        if lost:
            self._leave.setFocus(Qt.FocusReason.OtherFocusReason)

    # what is pressed

    def _choose(self, deed: Deed) -> None:
        if deed is Deed.EXPORT:
            self.bridge.open_overlay(Overlay.EXPORT)
            return
        self._chosen = True
        self._form.take(deed, self.bridge.shown.view)
        self._show_side()
        self._show_offers(self._offers)
        self._form.take_focus()

    def _leave_form(self) -> None:
        self._chosen = False
        left = self._form.deed
        self._form.drop()
        self._show_side()
        self._show_offers(self._offers)
        part = self._acts[left] if left is not None else self._leave
        part.setFocus(Qt.FocusReason.OtherFocusReason)

    def _decided(self, decided: object) -> None:
        assert isinstance(decided, Decided)  # noqa: S101 - the form sends nothing else
        permit = self._permit
        if permit is None:
            self.back()
        elif decided.deed is Deed.EXPORT:
            self.bridge.open_overlay(Overlay.EXPORT)
        elif decided.deed is Deed.FINISH:
            self.bridge.finish()
        elif decided.deed is Deed.WAIVE:
            self._ask_second(decided, permit)
        elif decided.deed is Deed.CLOSE:
            self._settle(decided, self.bridge.attempt(lambda: self.bridge.station.finish_session(permit)))
        else:
            event = _event(decided, permit, self.bridge.station.now())
            self._settle(decided, self.bridge.attempt(lambda: self.bridge.station.send(event)))

    def _settle(self, decided: Decided, error: KioskError | None) -> None:
        if error is not None:
            self._form.refuse(error)
        elif decided.deed in {Deed.RESUME, Deed.CLOSE}:
            self.bridge.close_overlay()
        elif decided.deed in {Deed.CREDIT, Deed.INCIDENT}:
            self._form.say_done(f"staff.deed.{decided.deed.value}.done", n=decided.minutes)

    def _ask_second(self, decided: Decided, first: Permit) -> None:
        def passed(second: Permit) -> None:
            if second.card != first.card and decided.reason is not None:
                act = e.Act(card=second.card, reason=decided.reason, note=decided.note)
                self.bridge.station.waive_camera(first, second, act)
            self._waived = (first, second)
            self.bridge.open_overlay(Overlay.PANEL)

        self.bridge.ask_card("waive-camera", passed)

    def _waive(self, view: View, first: Permit, second: Permit) -> None:
        same = first.card == second.card
        self._chosen = True
        self._form.take(Deed.WAIVE, view)
        self._form.say_done(f"staff.deed.waive.{'same' if same else 'done'}", State.WARN if same else State.OK)
        self._form.take_focus()


def _event(decided: Decided, permit: Permit, now: Instant) -> e.Event:
    """The event of an act. Every one of them was given a reason by the form."""
    assert decided.reason is not None  # noqa: S101 - the form does not let it go otherwise
    act = e.Act(card=permit.card, reason=decided.reason, note=decided.note)
    match decided.deed:
        case Deed.RESUME:
            return e.Resumed(at=now, act=act)
        case Deed.CREDIT:
            return e.Credited(at=now, amount=Millis(decided.minutes * MINUTE), act=act)
        case Deed.COLLECT:
            return e.Collected(at=now, act=act)
        case Deed.VOID:
            return e.Voided(at=now, act=act)
        case _:
            return e.IncidentRecorded(at=now, kind=IncidentKind.NOTE, detail=decided.note, act=act)
