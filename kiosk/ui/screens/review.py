"""Before handing in: what is open or marked, what handing in does, and the two steps of doing it.

Rules: the focus is on going back while something is unanswered; the second step names its effect; why handing in is
not allowed stands beside the button; the clock goes on running and is seen. Esc goes back.
"""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout

from kiosk.exam import events as e
from kiosk.exam.sitting import Sitting
from kiosk.exam.vocabulary import ItemId
from kiosk.station.view import Stage, View
from kiosk.ui.bridge import Bridge
from kiosk.ui.i18n import text
from kiosk.ui.present import exam as clock_rules
from kiosk.ui.present import facts
from kiosk.ui.present import review as present
from kiosk.ui.screens.candidate_bar import CandidateBar
from kiosk.ui.screens.fact_grid import FactGrid
from kiosk.ui.screens.numbered import NumberedList
from kiosk.ui.screens.refusal_banner import RefusalBanner
from kiosk.ui.screens.review_list import ReviewList
from kiosk.ui.screens.shape import Shape
from kiosk.ui.screens.title_page import TitlePage
from kiosk.ui.theme.look import Look
from kiosk.ui.theme.measures import Role
from kiosk.ui.theme.tokens import Token
from kiosk.ui.widgets.button import Button, Kind, Size
from kiosk.ui.widgets.clock import Clock, Mood
from kiosk.ui.widgets.facts import Fact, FactList, FactRow
from kiosk.ui.widgets.frames import Card
from kiosk.ui.widgets.icons import Icon
from kiosk.ui.widgets.page import ScrollPage
from kiosk.ui.widgets.paragraph import Paragraph
from kiosk.ui.widgets.rule import Rule

_SIDE, _NARROW_SIDE = 560, 400
_COUNTS = ("answered", "open", "marked", "total")


class ReviewScreen(TitlePage):
    """The screen over the exam."""

    def __init__(self, bridge: Bridge, look: Look) -> None:
        self._clock = Clock(look, can_hide=False)
        super().__init__(bridge, look, "review", CandidateBar(bridge, look, clock=self._clock))
        self._sitting: Sitting | None = None
        self._face: present.ReviewFace | None = None
        self._sure = False
        self._counts = FactRow([Fact("", "")] * len(_COUNTS), look, name="review-counts")
        self._counts_folded = FactGrid(look, role=Role.FACT, name="review-counts-folded")
        counts = Card(look, name="counts", padding=28)
        counts.body.addWidget(self._counts)
        counts.body.addWidget(self._counts_folded)
        self._list = ReviewList(look)
        self._list_page = ScrollPage(self._list, look, name="review-list-page")
        self._list_card = Card(look, name="review-items", padding=28)
        self._none = Paragraph("", look, role=Role.TABLE, ink=Token.INK2, name="review-none")
        self._rest = Paragraph("", look, role=Role.TABLE, ink=Token.INK2, name="review-rest")
        self._list_card.body.addWidget(self._list_page, 1)
        for part in (self._none, self._rest):
            self._list_card.body.addWidget(part)
        self._left = QVBoxLayout()
        self._left.addWidget(counts)
        self._left.addWidget(self._list_card, 1)
        self._effect = Card(look, name="effect")
        self._effects = NumberedList(look, name="effects")
        self._facts = FactList([], look, name="review-facts")
        self._reason = Paragraph("", look, role=Role.TABLE, ink=Token.INK2, name="review-reason")
        self._refused = RefusalBanner(look, name="review-refused")
        self.go_back = Button("", look, name="go-back", kind=Kind.PRIMARY, size=Size.TALL, icon=Icon.ARROW_LEFT)
        self.hand_in = Button("", look, name="hand-in", size=Size.TALL)
        for side in (self._effects, Rule(look), self._facts):
            self._effect.body.addWidget(side)
        self._effect.body.addStretch(1)
        for foot in (self._refused, self.go_back, self.hand_in, self._reason):
            self._effect.body.addWidget(foot)
        self.body.addLayout(self._left, 1)
        self.body.addWidget(self._effect)
        self._list.picked.connect(self._go)
        self.go_back.clicked.connect(self._back)
        self.hand_in.clicked.connect(self._press)

    # drawing

    def word(self, view: View) -> None:
        """Set every sentence in the language of the look."""
        language, entry = self.look.language, view.entry
        if view.round is None or entry is None:
            return
        subject = facts.subject_words(view.round, entry, language)
        who = f"{entry.name}{facts.BAR}{facts.seat_words(view.seat, language)}"
        self.bar.say(subject, view.seat, who)
        how = text("exam.review.list.how", language) if self.shape is Shape.WIDE else ""
        self._list_card.set_words(text("exam.review.list", language), how)
        self._none.set_source(text("exam.review.list.none", language))
        self._effect.set_words(text("exam.review.effect", language))
        self._effects.set_sentences([text(f"exam.review.effect.{n + 1}", language) for n in range(present.EFFECTS)])
        self._sitting = None

    def arrange(self, shape: Shape) -> None:
        """List and side beside each other, or below."""
        super().arrange(shape)
        look, beside = self.look, shape.has_rail
        width = look.px(_SIDE if shape is Shape.WIDE else _NARROW_SIDE)
        self._effect.setMinimumWidth(width if beside else 0)
        self._effect.setMaximumWidth(width if beside else 1 << 20)
        self._left.setSpacing(look.space(24 if shape is Shape.WIDE else 16))
        self._counts.setVisible(shape is not Shape.FOLDED)
        self._counts_folded.setVisible(shape is Shape.FOLDED)
        self._fit_list()

    def draw(self, view: View) -> None:
        """Count anew when the sitting has changed; the clock and the reason always."""
        sitting, language = view.sitting, self.look.language
        if sitting is None or view.stage is not Stage.EXAM:
            return
        if sitting is not self._sitting:
            self._sitting = sitting
            self._show_form(present.review_face(sitting, language))
        if self._face is not None:
            left = sitting.ledger.remaining(view.now)
            self.under.set_source(present.under_title(self._face, left, language))
        clock = clock_rules.clock_face(sitting, view.now, hidden=False)
        self._clock.show_time(clock.seconds, Mood(clock.mood.value))
        self._facts.set_facts(
            [
                Fact(text("exam.review.saved", language), present.saved_words(view)),
                Fact(text("exam.review.end", language), text("exam.review.end.value", language)),
            ]
        )
        self._tell(view)

    def _show_form(self, face: present.ReviewFace) -> None:
        language = self.look.language
        self._face = face
        self.title.set_source(face.title)
        values = (face.answered, face.open, face.marked, face.total)
        inks = (Token.INK, Token.WARN if face.open else Token.INK, Token.INK, Token.INK)
        labels = [text(f"exam.review.{key}", language) for key in _COUNTS]
        shown = list(zip(labels, map(str, values), inks, strict=True))
        self._counts.set_facts([Fact(label, value, ink) for label, value, ink in shown])
        self._counts_folded.set_facts([(label, value) for label, value, _ in shown])
        self._list.show_rows(face.rows)
        self._none.setVisible(not face.rows)
        self._rest.set_source(face.rest)
        self._rest.setVisible(bool(face.rest))
        self._fit_list()

    def _fit_list(self) -> None:
        """Beside the buttons the list scrolls for itself; in one column it is as long as it is."""
        beside = self.shape.has_rail
        height = 0 if beside else self._list.sizeHint().height()
        self._list_page.setMinimumHeight(height)
        self._list_page.setMaximumHeight(1 << 20 if beside else height)

    def _tell(self, view: View) -> None:
        """Words, kinds and reason of the two buttons."""
        face, language = self._face, self.look.language
        if face is None:
            return
        refused = present.not_allowed(view, language)
        self.hand_in.setEnabled(not refused)
        if self._sure and not refused:
            self.go_back.set_words(text("exam.review.not-yet", language))
            self.go_back.set_kind(Kind.SECONDARY)
            self.hand_in.set_words(present.final_words(face, language))
            self.hand_in.set_kind(Kind.DANGER_FINAL if face.open else Kind.PRIMARY)
            self._reason.set_source(text("exam.review.sure.words", language))
            return
        number = face.go_to
        back = (
            text("exam.review.return", language) if number is None else text("exam.review.go-back", language, n=number)
        )
        first = number is not None or bool(refused)
        self.go_back.set_words(back)
        self.go_back.set_kind(Kind.PRIMARY if first else Kind.SECONDARY)
        self.hand_in.set_words(text("exam.review.now", language))
        self.hand_in.set_kind(Kind.SECONDARY if first else Kind.PRIMARY)
        self._reason.set_source(refused or text("exam.review.again", language))

    # acts

    def _go(self, number: int) -> None:
        sitting = self.view.sitting
        if sitting is not None and number:
            item: ItemId = clock_rules.item_at(sitting, number)
            self.bridge.attempt(lambda: self.bridge.station.view_item(item))
            self.bridge.close_overlay()

    def _back(self) -> None:
        if self._sure:
            self._ask(sure=False)
        elif self._face is not None and self._face.go_to is not None:
            self._go(self._face.go_to)
        else:
            self.bridge.close_overlay()

    def _press(self) -> None:
        if not self._sure:
            self._ask(sure=True)
            return
        station = self.bridge.station
        error = self.bridge.attempt(lambda: station.send(e.HandedIn(at=station.now())))
        self._refused.refuse(error)
        if error is not None:
            self._ask(sure=False)

    def _ask(self, *, sure: bool) -> None:
        """Take the first step, or take it back; the focus is never on what cannot be undone."""
        self._sure = sure
        self._tell(self.view)
        self.go_back.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc takes the first step back, or goes back to the form."""
        if event.key() != Qt.Key.Key_Escape:
            super().keyPressEvent(event)
        elif self._sure:
            self._ask(sure=False)
        else:
            self.bridge.close_overlay()

    def entered(self) -> None:
        """Begin with going back while something is open, else with handing in."""
        open_ = self._face is not None and self._face.go_to is not None
        seen = self.shape.has_rail and self.hand_in.isEnabled()
        target = self.hand_in if seen and not open_ else self.go_back
        target.setFocus(Qt.FocusReason.OtherFocusReason)
        self.page.verticalScrollBar().setValue(0)

    def left(self) -> None:
        """Nobody is asked twice about yesterday's question."""
        super().left()
        self._sure = False
        self._refused.refuse(None)
