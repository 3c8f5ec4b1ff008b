"""Practice: the very sheet of the exam, with four items about nothing that is examined, judged on the spot.

Rules: it says on the screen that nothing here counts; nothing of it reaches the station; it is over when the candidate
says so.
"""

from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kiosk.station.view import View
from kiosk.ui.bridge import Bridge
from kiosk.ui.i18n import text
from kiosk.ui.present import facts
from kiosk.ui.present import practice as present
from kiosk.ui.present import sign_in as entry
from kiosk.ui.present.exam import strikable
from kiosk.ui.present.item import pressed, typed
from kiosk.ui.screens.candidate_bar import CandidateBar
from kiosk.ui.screens.candidate_screen import CandidateScreen, PassKeys
from kiosk.ui.screens.item_keys import PASSED, SCROLLS, STEPS, key_pair
from kiosk.ui.screens.item_sheet import ItemSheet
from kiosk.ui.screens.practice_foot import PracticeFoot
from kiosk.ui.screens.shape import Shape
from kiosk.ui.theme.look import Look
from kiosk.ui.theme.measures import Role
from kiosk.ui.theme.tokens import Token
from kiosk.ui.widgets.banner import Banner
from kiosk.ui.widgets.page import ScrollPage
from kiosk.ui.widgets.paragraph import Paragraph
from kiosk.ui.widgets.sign import State
from kiosk.ui.widgets.steps import StepBar

_STEP = 2
_TONES = {"open": State.INFO, "right": State.OK, "wrong": State.WARN}


class PracticeScreen(CandidateScreen):
    """The screen of the practice items."""

    def __init__(self, bridge: Bridge, look: Look) -> None:
        steps = StepBar(look, current=_STEP)
        super().__init__(bridge, look, "practice", CandidateBar(bridge, look, steps=steps))
        self._state = present.PracticeState()
        self._title = Paragraph("", look, role=Role.TITLE, measure=None, name="practice-title")
        self._under = Paragraph("", look, role=Role.LEAD, ink=Token.INK2, measure=None, name="practice-under")
        self.sheet = ItemSheet(look, self)
        self._verdict = Banner(look, name="verdict")
        self.foot = PracticeFoot(look)
        self._head = QVBoxLayout()
        self._head.addWidget(self._title)
        self._head.addWidget(self._under)
        inside = QWidget()
        self._column = QVBoxLayout(inside)
        self._column.addLayout(self._head)
        self._column.addWidget(self.sheet)
        self._column.addWidget(self._verdict)
        self._column.addStretch(1)
        self._page = ScrollPage(inside, look, name="practice-page")
        content = QWidget()
        whole = QVBoxLayout(content)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self._page, 1)
        whole.addWidget(self.foot)
        self.set_content(content)
        keys = PassKeys(PASSED, self)
        for part in (self._page, self.sheet.numeric.field.editor):
            part.installEventFilter(keys)
        self.foot.back.clicked.connect(lambda: self._step(-1))
        self.foot.next.clicked.connect(lambda: self._step(1))
        self.foot.done.clicked.connect(self._done)

    # drawing

    def word(self, view: View) -> None:
        """Set every sentence in the language of the look."""
        language = self.look.language
        self.bar.say(facts.seat_words(view.seat, language), view.seat, entry.bar_facts(view, language))
        self._title.set_source(text("exam.practice.title", language))
        self._under.set_source(text("exam.practice.under", language))
        self._show()

    def arrange(self, shape: Shape) -> None:
        """Margins and what gives way."""
        look, wide = self.look, shape is Shape.WIDE
        side = look.space(120 if wide else 24)
        self._column.setContentsMargins(side, look.space(36 if wide else 16), side, look.space(24))
        self._column.setSpacing(look.space(24 if wide else 16))
        self._head.setSpacing(look.space(4))
        self._verdict.setMaximumWidth(self.sheet.maximumWidth())
        self.sheet.set_shape(shape)
        self.foot.set_shape(shape)

    def draw(self, view: View) -> None:
        """Only the time of day changes by itself."""
        self.bar.tell_time(facts.hour_and_minute(facts.time_now(view.now)))

    def _show(self) -> None:
        language = self.look.language
        self.sheet.show_face(present.face(self._state, language))
        said = present.verdict(self._state, language)
        self._verdict.show_words(_TONES[said.tone], said.title, said.body)
        self.foot.show_item(first=self._state.at == 0, last=present.at_end(self._state))

    # acts

    def choose(self, at: int) -> None:
        """An option was pressed."""
        face = self.sheet.face
        if face is not None:
            changes, response = pressed(face, at)
            if changes:
                self._state.respond(response)
                self._show()

    def strike(self, at: int) -> None:
        """An option was struck out, or restored."""
        face = self.sheet.face
        if face is not None and strikable(face.kind) and not face.options[at].selected:
            self._state.strike(face.options[at].id)
            self._show()

    def typing(self, words: str) -> None:
        """Nothing is noted of what is typed in practice."""

    def enter(self, words: str) -> None:
        """A number was given."""
        self._state.respond(typed(words))
        self._show()

    def _step(self, step: int) -> None:
        self.sheet.numeric.settle()
        to_sheet = self.sheet.holds_focus()
        self._state.move(step)
        self._show()
        if to_sheet:
            self.sheet.focus_answer()
        self._page.verticalScrollBar().setValue(0)

    def _done(self) -> None:
        self.bridge.attempt(self.bridge.station.ready)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keys that no part took; the same as in the exam."""
        pair = key_pair(event)
        if pair in STEPS:
            self._step(STEPS[pair])
        elif pair in SCROLLS:
            bar = self._page.verticalScrollBar()
            bar.setValue(bar.value() + SCROLLS[pair] * bar.pageStep() // 2)
        elif not self.sheet.press(event):
            super().keyPressEvent(event)

    def entered(self) -> None:
        """Begin at the first answer."""
        self._show()
        self.sheet.focus_answer()
        self._page.verticalScrollBar().setValue(0)

    def left(self) -> None:
        """What was tried is forgotten."""
        super().left()
        self._state = present.PracticeState()
