"""Sign-in: a number is typed, the candidate confirms the data, the invigilator confirms the person.

Rules: what is refused says why and loses nothing; the look chosen so far goes into the new sitting; the live picture
is asked for only while it is needed; a person is confirmed with an invigilator's card. It compares nobody.
"""

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout

from kiosk.station.view import Stage, View
from kiosk.ui.bridge import Bridge
from kiosk.ui.i18n import text
from kiosk.ui.present import facts
from kiosk.ui.present import sign_in as present
from kiosk.ui.screens.candidate_bar import CandidateBar
from kiosk.ui.screens.identity_card import IdentityCard
from kiosk.ui.screens.numbered import NumberedList
from kiosk.ui.screens.person_card import PersonCard
from kiosk.ui.screens.shape import Shape
from kiosk.ui.screens.title_page import TitlePage
from kiosk.ui.theme.look import Look
from kiosk.ui.theme.measures import SCALES, Role
from kiosk.ui.theme.tokens import Token
from kiosk.ui.widgets.frames import Card
from kiosk.ui.widgets.paragraph import Paragraph
from kiosk.ui.widgets.steps import StepBar

_PREVIEW = 5
_AHEAD = {Stage.SIGN_IN: ("exam.sign-in.help", 4), Stage.CONFIRM: ("exam.confirm.after", 3)}


class SignInScreen(TitlePage):
    """The screen of three stages: a number, the data, the person."""

    def __init__(self, bridge: Bridge, look: Look) -> None:
        self._steps = StepBar(look)
        super().__init__(bridge, look, "sign-in", CandidateBar(bridge, look, steps=self._steps))
        self._stage: Stage | None = None
        self._previewing = False
        self.person = PersonCard(look)
        self.identity = IdentityCard(look)
        self._ahead = Card(look, name="ahead")
        self._ahead_list = NumberedList(look, name="ahead-list", role=Role.LEAD)
        self._keys = Paragraph("", look, role=Role.TABLE, ink=Token.INK2, name="keys")
        self._ahead.body.addWidget(self._ahead_list)
        self._ahead.body.addStretch(1)
        self._ahead.body.addWidget(self._keys)
        self.body.addWidget(self.person)
        self.body.addWidget(self._ahead, 1)
        self.body.addWidget(self.identity, 1)
        self.person.number.entered.connect(self._find)
        self.person.search.clicked.connect(self._find)
        self.person.not_me.clicked.connect(self._not_me)
        self.person.is_me.clicked.connect(self._is_me)
        self.identity.confirm.clicked.connect(self._identify)
        self.identity.refuse.clicked.connect(bridge.open_panel)

    # drawing

    def word(self, _view: View) -> None:
        """Set every sentence in the language of the look."""
        self.person.word(self.look)
        self.identity.word(self.look)
        self._stage = None

    def arrange(self, shape: Shape) -> None:
        """Cards beside each other, or below, the one to work on first."""
        super().arrange(shape)
        self.person.set_shape(shape, self.look)
        self.identity.set_shape(shape, self.look)
        if not shape.has_rail and self._stage is Stage.IDENTITY:
            self.body.setDirection(QBoxLayout.Direction.BottomToTop)

    def draw(self, view: View) -> None:
        """Show the stage and what the camera sees."""
        if view.stage not in {Stage.SIGN_IN, Stage.CONFIRM, Stage.IDENTITY}:
            return
        if view.stage is not self._stage:
            self._show_stage(view)
        self.bar.tell_time(facts.hour_and_minute(facts.time_now(view.now)))
        if view.stage is Stage.IDENTITY:
            self.identity.show_view(view, self.bridge.station.recording.picture)

    def _show_stage(self, view: View) -> None:
        before, self._stage = self._stage, view.stage
        language = self.look.language
        said = present.titles(view.stage, language)
        self.say(said.title, said.under)
        self._steps.set_current(present.step(view.stage))
        self.bar.say(facts.seat_words(view.seat, language), view.seat, present.bar_facts(view, language))
        self.bar.fit()
        self.person.show_stage(view, self.look)
        identity = view.stage is Stage.IDENTITY
        self.arrange(self.shape)
        if not identity:
            self.identity.forget()
        self.identity.setVisible(identity)
        self._ahead.setVisible(not identity)
        if not identity:
            key, count = _AHEAD[view.stage]
            self._ahead.set_words(text(f"{key}.title", language))
            self._ahead_list.set_sentences([text(f"{key}.{at + 1}", language) for at in range(count)])
            self._keys.set_source(text("exam.sign-in.help.keys", language))
        if before is not None or not self.isAncestorOf(self.focusWidget() or self):
            self._begin(view.stage)
        self._preview(wanted=identity)

    def _begin(self, stage: Stage) -> None:
        """Put the focus where the work of a stage begins."""
        if stage is Stage.SIGN_IN:
            self.person.number.setFocus(Qt.FocusReason.OtherFocusReason)
        elif stage is Stage.CONFIRM:
            self.person.is_me.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.identity.take_focus()

    def _preview(self, *, wanted: bool) -> None:
        if wanted != self._previewing:
            self._previewing = wanted
            self.bridge.station.recording.preview(_PREVIEW if wanted else 0)

    # acts

    def _find(self) -> None:
        number = present.plain_number(self.person.number.value)
        if not number:
            return
        error = self.bridge.attempt(lambda: self.bridge.station.sign_in(number))
        if error is not None:
            self.person.refuse(error)
            return
        entry = self.view.entry
        if entry is not None:
            self._show_at(max(entry.text_scale, self.bridge.shown.face.look.scale))

    def _not_me(self) -> None:
        self.person.forget()
        self.bridge.attempt(self.bridge.station.sign_out)
        self._show_at(SCALES[0])

    def _show_at(self, scale: int) -> None:
        """Take over a text size: what the roster grants, unless larger type was chosen; none for the next person."""
        look = self.bridge.shown.face.look
        if scale != look.scale:
            self.bridge.attempt(lambda: self.bridge.set_look(replace(look, scale=scale)))

    def _is_me(self) -> None:
        error = self.bridge.attempt(self.bridge.station.confirm_person)
        if error is not None:
            self.person.refuse(error)
            return
        chosen = self.bridge.shown.face.look
        self.bridge.attempt(lambda: self.bridge.set_look(chosen))

    def _identify(self) -> None:
        station = self.bridge.station
        self.bridge.ask_card("identify", station.identify)

    def entered(self) -> None:
        """Begin where the work of the stage begins, with the live picture if it is wanted."""
        self._preview(wanted=self._stage is Stage.IDENTITY)
        if self._stage is not None:
            self._begin(self._stage)

    def left(self) -> None:
        """Forget what was typed, and stop the live picture; the points stay ticked while a card is shown."""
        super().left()
        self._preview(wanted=False)
        if self._stage is Stage.SIGN_IN:
            self.person.forget()
