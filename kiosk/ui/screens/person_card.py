"""The card at the left of the sign-in screen: the admission number, then the data of who it belongs to.

Rules: figures of any width are taken and shown in groups of four; nothing is changed while an input method composes;
a refusal says what happened, what is safe and what to do, and keeps what was typed.
"""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from kiosk.errors import KioskError
from kiosk.station.view import Stage, View
from kiosk.ui.i18n import text
from kiosk.ui.present import facts
from kiosk.ui.present import sign_in as present
from kiosk.ui.screens.refusal_banner import RefusalBanner
from kiosk.ui.screens.shape import Shape
from kiosk.ui.screens.title_page import ActRow
from kiosk.ui.theme.look import Look
from kiosk.ui.theme.measures import Role
from kiosk.ui.theme.tokens import Token
from kiosk.ui.widgets.button import Button, Kind
from kiosk.ui.widgets.facts import Fact, FactList
from kiosk.ui.widgets.field import Field
from kiosk.ui.widgets.frames import Card
from kiosk.ui.widgets.icons import Icon
from kiosk.ui.widgets.paragraph import Paragraph
from kiosk.ui.widgets.rule import Rule
from kiosk.ui.widgets.sign import State, StatusSign

_WIDTH, _NARROW_WIDTH = 600, 304


class _PersonFacts(FactList):
    """The facts, closer together in a small window."""

    def set_look(self, look: Look) -> None:
        """Draw from this look from now on."""
        super().set_look(look)
        if look.narrow:
            self._grid.setVerticalSpacing(look.space(8))


class PersonCard(Card):
    """The card; the three buttons are the screen's to connect."""

    def __init__(self, look: Look) -> None:
        super().__init__(look, name="person")
        self._stage, self._ruled = Stage.SIGN_IN, True
        self.number = Field("", look, name="admission", role=Role.FIGURES, bold=True, limit=40)
        self.number.changed.connect(self._regroup)
        self.refused = RefusalBanner(look, name="sign-in-refused")
        self._facts = _PersonFacts([], look, name="person-facts")
        self._rules = (Rule(look), Rule(look))
        self.search = Button("", look, name="find", kind=Kind.PRIMARY, icon_after=Icon.CHEVRON_RIGHT)
        self.not_me = Button("", look, name="not-me")
        self.is_me = Button("", look, name="is-me", kind=Kind.PRIMARY, icon=Icon.CHECK)
        self._find_row = ActRow(look, self.search, name="find-row")
        self._confirm_row = ActRow(look, self.not_me, self.is_me, name="confirm-row")
        self._confirmed = QWidget()
        self._sign = StatusSign(State.OK, "", look, role=Role.STRONG, bold=True, name="confirmed")
        self._if_wrong = Paragraph("", look, role=Role.TABLE, ink=Token.INK2, name="if-wrong")
        below = QVBoxLayout(self._confirmed)
        below.setContentsMargins(0, 0, 0, 0)
        below.addWidget(self._sign)
        below.addWidget(self._if_wrong)
        for part in (self.number, self.refused, self._rules[0], self._facts, self._rules[1]):
            self.body.addWidget(part)
        self.body.addStretch(1)
        for foot in (self._find_row, self._confirm_row, self._confirmed):
            self.body.addWidget(foot)

    def set_shape(self, shape: Shape, look: Look) -> None:
        """A column of its own, or the whole width."""
        if shape is Shape.WIDE:
            self.setFixedWidth(look.space(_WIDTH))
        elif shape is Shape.SMALL:
            self.setFixedWidth(look.space(_NARROW_WIDTH))
        else:
            self.setMinimumWidth(0)
            self.setMaximumWidth(1 << 20)
        for row in (self._find_row, self._confirm_row):
            row.set_stacked(shape is not Shape.WIDE)
        self._ruled = shape is not Shape.SMALL

    def word(self, look: Look) -> None:
        """Set every sentence in the language of the look."""
        language = look.language
        self.number.set_label(text("exam.sign-in.number", language))
        self.search.set_words(text("exam.sign-in.go", language))
        self.not_me.set_words(text("exam.confirm.no", language))
        self.is_me.set_words(text("exam.confirm.yes", language))
        self._sign.set_state(State.OK, text("exam.identity.confirmed", language))
        self._if_wrong.set_source(text("exam.identity.wrong", language))

    def show_stage(self, view: View, look: Look) -> None:
        """Show the number alone, or the data it belongs to."""
        self._stage, language = view.stage, look.language
        signing = view.stage is Stage.SIGN_IN
        self.set_words(text("exam.sign-in.heading" if signing else "exam.confirm.heading", language))
        self._facts.setVisible(not signing)
        for rule in self._rules:
            rule.setVisible(self._ruled and not signing)
        self._find_row.setVisible(signing)
        self._confirm_row.setVisible(view.stage is Stage.CONFIRM)
        self._confirmed.setVisible(view.stage is Stage.IDENTITY)
        self.number.editor.setReadOnly(not signing)
        if signing:
            self.number.set_state(None)
            self._enable_find(look)
            return
        self.refused.refuse(None)
        entry = view.entry
        if entry is not None and view.round is not None and view.session is not None:
            self.number.set_value(facts.number_groups(entry.number))
            self.number.set_state(State.OK, text("exam.confirm.matches", language))
            length = view.sitting.ledger.allowance if view.sitting else None
            found = present.person_facts(view.round, view.session, entry, length, language)
            self._facts.set_facts([Fact(label, value) for label, value in found])

    def refuse(self, error: KioskError | None) -> None:
        """Say why nobody was found; the number stays as typed."""
        self.refused.refuse(error)
        self.number.set_state(State.BAD if error else None)
        self.number.setFocus()
        if error:
            self.number.editor.selectAll()

    def forget(self) -> None:
        """Begin with an empty field."""
        self.number.set_value("")
        self.refuse(None)

    def _regroup(self) -> None:
        editor = self.number.editor
        shown, caret = present.regrouped(editor.text(), editor.cursorPosition())
        if shown != editor.text():
            editor.setText(shown)
            editor.setCursorPosition(caret)
        self.refused.refuse(None)
        self.number.set_state(None)
        self._enable_find(self._look)

    def _enable_find(self, look: Look) -> None:
        typed = bool(self.number.value.strip())
        self.search.setEnabled(typed)
        self._find_row.reason.set_source("" if typed else text("exam.sign-in.need", look.language))
