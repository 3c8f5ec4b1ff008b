"""The one act in hand on the invigilator's panel: what it does, minutes, reason, note, and the button that does it.

Rules: an act without its reason cannot be done, and says so; what cannot be undone takes a second step whose button
names the effect. It collects what a person decided and hands it on; it sends nothing itself.
"""

from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from kiosk.errors import KioskError
from kiosk.exam.vocabulary import ReasonCode
from kiosk.station.view import View
from kiosk.ui.i18n import text
from kiosk.ui.present import panel as present
from kiosk.ui.present.panel import DANGEROUS, WITH_REASON, Deed
from kiosk.ui.screens.credit_box import CreditBox
from kiosk.ui.screens.reason_choice import ReasonChoice
from kiosk.ui.screens.refusal_banner import RefusalBanner
from kiosk.ui.screens.start_code import StartCode
from kiosk.ui.theme.look import Look
from kiosk.ui.theme.measures import Role
from kiosk.ui.theme.tokens import Token
from kiosk.ui.widgets.button import Button, Kind, Size
from kiosk.ui.widgets.icons import Icon
from kiosk.ui.widgets.markup import escape
from kiosk.ui.widgets.paragraph import Paragraph
from kiosk.ui.widgets.shown import set_shown
from kiosk.ui.widgets.sign import State, StatusSign
from kiosk.ui.widgets.text_area import TextArea

NOTE_LIMIT = 200
_ICONS = {
    Deed.RESUME: Icon.CHEVRON_RIGHT,
    Deed.CREDIT: Icon.CHECK,
    Deed.INCIDENT: Icon.CHECK,
    Deed.WAIVE: Icon.KEY,
    Deed.EXPORT: Icon.STICK,
    Deed.FINISH: Icon.STOP,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """What a person decided: the act, and what it needs."""

    deed: Deed
    reason: ReasonCode | None
    note: str
    minutes: int


class ActForm(QWidget):
    """The form; `decided` carries a `Decided`, `left_alone` that nothing is done."""

    decided = Signal(object)
    left_alone = Signal()

    def __init__(self, look: Look, *, name: str = "act", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self._look = look
        self._view: View | None = None
        self._deed: Deed | None = None
        self._second_step = False
        self._make_parts(look, name)
        self._lay_out()
        self.set_look(look)

    def _make_parts(self, look: Look, name: str) -> None:
        self._title = Paragraph("", look, role=Role.HEADING, bold=True, name=f"{name}-title")
        self._close = Button("", look, name=f"{name}-close", icon=Icon.CROSS, icon_only=True, size=Size.SMALL)
        self._close.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._body = Paragraph("", look, role=Role.LABEL, ink=Token.INK2, name=f"{name}-body")
        self._code = StartCode(look)
        self._credit = CreditBox(look, name=f"{name}-credit")
        self._reason = ReasonChoice(look, name=f"{name}-reason")
        self._note = TextArea("", look, name=f"{name}-note", limit=NOTE_LIMIT, lines=2)
        self._done = RefusalBanner(look, name=f"{name}-banner")
        self._effect = RefusalBanner(look, name=f"{name}-effect")
        self._permit = StatusSign(State.OK, "", look, role=Role.CAPTION, name=f"{name}-permit")
        self._why = Paragraph("", look, role=Role.CAPTION, ink=Token.INK2, name=f"{name}-why")
        self._confirm = Button("", look, name=f"{name}-confirm", kind=Kind.PRIMARY, size=Size.TALL)
        self._cancel = Button("", look, name=f"{name}-cancel", kind=Kind.QUIET)
        self._credit.changed.connect(self._changed)
        self._reason.picked.connect(self._changed)
        self._note.changed.connect(self._changed)
        self._confirm.clicked.connect(self._pressed)
        self._cancel.clicked.connect(self.leave)
        self._close.clicked.connect(self.leave)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self._title, 1)
        head.addWidget(self._close, 0, Qt.AlignmentFlag.AlignTop)
        self._column = QVBoxLayout(self)
        self._column.addLayout(head)
        for part in (self._body, self._done, self._code, self._credit):
            self._column.addWidget(part)
        self._column.addWidget(self._reason)
        self._column.addWidget(self._note)
        self._column.addWidget(self._credit.outlook)
        self._column.addStretch(1)
        for below in (self._effect, self._permit, self._why, self._confirm, self._cancel):
            self._column.addWidget(below)

    # which act

    @property
    def deed(self) -> Deed | None:
        """The act in hand."""
        return self._deed

    def take(self, deed: Deed, view: View) -> None:
        """Take an act in hand: everything typed for another one is forgotten."""
        self._deed, self._second_step = deed, False
        self._done.refuse(None)
        self._note.set_value("")
        assert view.round is not None  # noqa: S101 - the panel is opened in a session only
        self._reason.begin(view.round.rules, present.likely_reason(view, deed))
        self._credit.take(present.most_minutes(view.round.rules))
        self.show_view(view)

    def drop(self) -> None:
        """No act in hand."""
        self._deed, self._second_step = None, False

    def say_done(self, key: str, state: State = State.OK, **data: str | int) -> None:
        """Say what was done; the form stands empty again."""
        self._second_step = False
        self._note.set_value("")
        self._done.say_title(state, key, **data)
        self._changed()

    def refuse(self, error: KioskError) -> None:
        """Say why it was not done."""
        self._second_step = False
        self._done.refuse(error)
        self._changed()

    def leave(self) -> None:
        """Back: out of the second step first, then out of the act."""
        if self._second_step:
            self._second_step = False
            self._changed()
        else:
            self.left_alone.emit()

    def take_focus(self) -> None:
        """Put the focus where the act begins."""
        if self._credit.isVisibleTo(self):
            self._credit.first.setFocus(Qt.FocusReason.OtherFocusReason)
        elif self._reason.isVisibleTo(self):
            self._reason.take_focus()
        else:
            part = self._confirm if self._confirm.isVisibleTo(self) else self._close
            part.setFocus(Qt.FocusReason.OtherFocusReason)

    # what is shown

    def show_view(self, view: View) -> None:
        """Draw the act in hand for the seat as it is now."""
        self._view = view
        if self._deed is None:
            return
        deed, language = self._deed, self._look.language
        self._title.set_source(text(f"staff.deed.{deed.value}", language).rstrip("…"))
        self._body.set_source(text(f"staff.deed.{deed.value}.body", language))
        self._close.set_words(text("common.close", language))
        set_shown(self._code, deed is Deed.START_CODE)
        self._code.set_code(view.start_code or "")
        set_shown(self._credit, deed is Deed.CREDIT)
        set_shown(self._credit.outlook, deed is Deed.CREDIT)
        if deed is Deed.CREDIT:
            self._credit.show_view(view)
        with_reason = deed in WITH_REASON
        set_shown(self._reason, with_reason)
        set_shown(self._note, with_reason)
        self._note.set_label(text("staff.act.note-wanted" if self._note_wanted() else "staff.act.note", language))
        self._show_foot(view, deed)

    def show_permit(self, words: str) -> None:
        """Say whose card was right."""
        self._permit.set_state(State.OK, words)

    def _show_foot(self, view: View, deed: Deed) -> None:
        language = self._look.language
        why = self._missing()
        self._why.set_source(why)
        set_shown(self._why, bool(why))
        acting = deed is not Deed.START_CODE
        set_shown(self._permit, acting)
        set_shown(self._confirm, acting)
        self._confirm.setEnabled(not why)
        key = f"staff.deed.{deed.value}.confirm"
        first_step = deed in DANGEROUS and not self._second_step
        words = (
            text("staff.deed.first-step" if first_step else key, language, n=self._credit.minutes, seat=view.seat)
            if acting
            else ""
        )
        if words != self._confirm.words:
            self._confirm.set_words(words)
            self._confirm.set_icon(None if deed in DANGEROUS else _ICONS.get(deed))
        danger = Kind.DANGER if first_step else Kind.DANGER_FINAL
        self._confirm.set_kind(danger if deed in DANGEROUS else Kind.PRIMARY)
        self._cancel.set_words(text("staff.deed.cancel" if acting else "common.close", language))
        self._show_effect(view, deed)

    def _show_effect(self, view: View, deed: Deed) -> None:
        if not self._second_step:
            self._effect.refuse(None)
            return
        name = escape(view.entry.name) if view.entry is not None else ""
        self._effect.warn(f"staff.deed.{deed.value}.effect", "staff.deed.effect.body", candidate=name, seat=view.seat)

    def _note_wanted(self) -> bool:
        view = self._view
        return (
            view is not None and view.round is not None and present.note_wanted(view.round.rules, self._reason.current)
        )

    def _missing(self) -> str:
        if self._deed not in WITH_REASON:
            return ""
        if self._reason.current is None:
            return text("staff.act.need.reason", self._look.language)
        if self._note_wanted() and not self._note.value.strip():
            return text("staff.act.need.note", self._look.language)
        return ""

    def set_look(self, look: Look) -> None:
        """Draw from this look from now on, in its language."""
        self._look = look
        side = look.space(16 if look.narrow else 56)
        self._column.setContentsMargins(
            side, look.space(16 if look.narrow else 40), side, look.space(16 if look.narrow else 40)
        )
        self._column.setSpacing(look.space(16))
        self._note.editor.setMaximumHeight(3 * look.line(Role.BODY))
        view = self._view
        if view is not None:
            self.show_view(view)

    # what is pressed

    def _changed(self) -> None:
        if self._view is not None:
            self.show_view(self._view)

    def _pressed(self) -> None:
        if self._deed is None or self._missing():
            return
        if self._deed in DANGEROUS and not self._second_step:
            self._second_step = True
            self._changed()
            return
        note = self._note.value.strip()
        self.decided.emit(
            Decided(deed=self._deed, reason=self._reason.current, note=note, minutes=self._credit.minutes)
        )
