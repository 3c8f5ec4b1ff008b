"""Waiting for the start code that the invigilator reads out.

Rules: six figures and Enter start the exam; after a wrong code the delay counts down in words and the figures stay; a
missing camera that the round asks for stops the start and says who can settle it.
"""

from PySide6.QtCore import Qt

from kiosk.errors import KioskError
from kiosk.station.view import View
from kiosk.ui.bridge import Bridge
from kiosk.ui.i18n import text
from kiosk.ui.present import facts
from kiosk.ui.present import sign_in as entry
from kiosk.ui.present import waiting as present
from kiosk.ui.screens.candidate_bar import CandidateBar
from kiosk.ui.screens.numbered import NumberedList
from kiosk.ui.screens.refusal_banner import RefusalBanner
from kiosk.ui.screens.shape import Shape
from kiosk.ui.screens.title_page import ActRow, TitlePage
from kiosk.ui.theme.look import Look
from kiosk.ui.theme.measures import Role
from kiosk.ui.theme.tokens import Token
from kiosk.ui.widgets.button import Button, Kind
from kiosk.ui.widgets.digits import DigitBox
from kiosk.ui.widgets.facts import Fact, FactList
from kiosk.ui.widgets.frames import Card
from kiosk.ui.widgets.icons import Icon
from kiosk.ui.widgets.label import Label
from kiosk.ui.widgets.rule import Rule
from kiosk.ui.widgets.steps import StepBar

_STEP = 3
_WIDTH, _NARROW_WIDTH = 640, 420


class WaitingScreen(TitlePage):
    """The screen before the exam."""

    def __init__(self, bridge: Bridge, look: Look) -> None:
        steps = StepBar(look, current=_STEP)
        super().__init__(bridge, look, "waiting", CandidateBar(bridge, look, steps=steps))
        self._error: KioskError | None = None
        self._code_card = Card(look, name="start-code-card")
        self._label = Label("", look, role=Role.LABEL, ink=Token.INK2, name="start-code-label")
        self.code = DigitBox(look, length=present.DIGITS, name="start-code")
        self._refused = RefusalBanner(look, name="start-refused")
        self.go = Button("", look, name="start", kind=Kind.PRIMARY, icon_after=Icon.CHEVRON_RIGHT)
        self._foot = ActRow(look, self.go, name="start-row")
        self._code_card.body.addWidget(self._label)
        self._code_card.body.addWidget(self.code)
        self._code_card.body.addWidget(self._refused)
        self._code_card.body.addStretch(1)
        self._code_card.body.addWidget(self._foot)
        self._then = Card(look, name="then")
        self._then_list = NumberedList(look, name="then-list", role=Role.LEAD)
        self._facts = FactList([], look, name="waiting-facts")
        self._then.body.addWidget(self._then_list)
        self._then.body.addWidget(Rule(look))
        self._then.body.addWidget(self._facts)
        self._then.body.addStretch(1)
        self.body.addWidget(self._code_card)
        self.body.addWidget(self._then, 1)
        self.code.changed.connect(self._typed)
        self.code.entered.connect(self._start)
        self.go.clicked.connect(self._start)

    def word(self, view: View) -> None:
        """Set every sentence in the language of the look."""
        language = self.look.language
        self.say(text("exam.waiting.title", language), text("exam.waiting.under", language))
        self.bar.say(facts.seat_words(view.seat, language), view.seat, entry.bar_facts(view, language))
        self._code_card.set_words(text("exam.waiting.heading", language))
        self._label.set_words(text("exam.waiting.label", language))
        self.code.setAccessibleName(text("exam.waiting.label", language))
        self._then.set_words(text("exam.waiting.then", language))
        self._then_list.set_sentences(present.ahead(view, language))
        self.go.set_words(text("exam.waiting.go", language))

    def arrange(self, shape: Shape) -> None:
        """Cards beside each other, or below."""
        super().arrange(shape)
        beside = shape.has_rail
        width = self.look.px(_WIDTH if shape is Shape.WIDE else _NARROW_WIDTH)
        self._code_card.setMinimumWidth(width if beside else 0)
        self._code_card.setMaximumWidth(width if beside else 1 << 20)
        self._foot.set_stacked(shape is not Shape.WIDE)

    def draw(self, view: View) -> None:
        """Count the delay down, and say what the camera does."""
        language = self.look.language
        self.bar.tell_time(facts.hour_and_minute(facts.time_now(view.now)))
        found = present.person_facts(view, language)
        self._facts.set_facts([Fact(label, value) for label, value in found])
        digits = len(self.code.digits)
        self.go.setEnabled(present.may_start(digits, view.wait))
        self._foot.reason.set_source(present.beside_button(digits, view.wait, language))

    def _typed(self) -> None:
        self._show_refusal(None)
        self.draw(self.view)

    def _start(self) -> None:
        if not present.may_start(len(self.code.digits), self.view.wait):
            return
        typed = self.code.digits
        self._show_refusal(self.bridge.attempt(lambda: self.bridge.station.start(typed)))

    def _show_refusal(self, error: KioskError | None) -> None:
        self._refused.refuse(error)
        wrong = error is not None and error.code == "unlock/wrong-start-code"
        self.code.set_tone("bad" if wrong else "open")
        if error is not None:
            self.code.setFocus(Qt.FocusReason.OtherFocusReason)
            self.code.set_place(0)

    def entered(self) -> None:
        """Begin at the code."""
        self.code.setFocus(Qt.FocusReason.OtherFocusReason)

    def left(self) -> None:
        """The code is not left lying about."""
        super().left()
        self.code.set_digits("")
        self._show_refusal(None)
