"""The briefing: the rules of this round, and the candidate's consent.

Rules: every sentence comes from the signed rule profile; going on needs the tick, and why it cannot be pressed stands
beside the button. In an open sitting the language that was read goes into the journal.
"""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from kiosk.station.view import View
from kiosk.ui.bridge import Bridge
from kiosk.ui.i18n import text
from kiosk.ui.present import briefing as present
from kiosk.ui.present import facts
from kiosk.ui.present import sign_in as entry
from kiosk.ui.screens.candidate_bar import CandidateBar
from kiosk.ui.screens.icon_label import IconLabel
from kiosk.ui.screens.refusal_banner import RefusalBanner
from kiosk.ui.screens.shape import Shape
from kiosk.ui.screens.title_page import ActRow, TitlePage
from kiosk.ui.theme.look import Look
from kiosk.ui.theme.measures import Role
from kiosk.ui.widgets.button import Button, Kind
from kiosk.ui.widgets.check_row import CheckRow
from kiosk.ui.widgets.frames import Card
from kiosk.ui.widgets.icons import Icon
from kiosk.ui.widgets.paragraph import Paragraph
from kiosk.ui.widgets.rule import Rule
from kiosk.ui.widgets.steps import StepBar

_ICONS = {
    "time": Icon.CLOCK,
    "form": Icon.DOCUMENT,
    "hand-in": Icon.CHECK,
    "record": Icon.CAMERA,
    "keep": Icon.SHIELD,
    "trouble": Icon.HAND,
}
_STEP = 2


class ChapterPart(QWidget):
    """One part of the briefing: sign, heading, sentences."""

    def __init__(self, icon: Icon, look: Look, *, name: str) -> None:
        super().__init__()
        self.setObjectName(f"chapter-{name}")
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._look = look
        self._sign = IconLabel(icon, look)
        self._heading = Paragraph("", look, role=Role.CARD, name=f"chapter-{name}-heading")
        self._lines: list[Paragraph] = []
        self._words = QVBoxLayout()
        self._words.addWidget(self._heading)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignTop)
        self._row.addLayout(self._words, 1)
        self.set_look(look)

    def set_look(self, look: Look) -> None:
        """Draw from this look from now on."""
        self._look = look
        self._row.setSpacing(look.space(16))
        self._words.setSpacing(look.space(4))

    def show_chapter(self, chapter: present.Chapter) -> None:
        """Other words, as many sentences as there are."""
        self._heading.set_source(chapter.heading)
        while len(self._lines) < len(chapter.sentences):
            line = Paragraph("", self._look, role=Role.TABLE)
            self._words.addWidget(line)
            self._lines.append(line)
        for line in self._lines[len(chapter.sentences) :]:
            line.hide()
        for line, sentence in zip(self._lines, chapter.sentences, strict=False):
            line.set_source(sentence)
            line.show()


class BriefingScreen(TitlePage):
    """The screen before practice."""

    def __init__(self, bridge: Bridge, look: Look) -> None:
        steps = StepBar(look, current=_STEP)
        super().__init__(bridge, look, "briefing", CandidateBar(bridge, look, steps=steps))
        self._parts = {name: ChapterPart(icon, look, name=name) for name, icon in _ICONS.items()}
        self._card = Card(look, name="rules")
        self._grid = QGridLayout()
        self._consent = CheckRow("", look, name="consent", role=Role.STRONG)
        self._refused = RefusalBanner(look, name="briefing-refused")
        self._go = Button("", look, name="agree", kind=Kind.PRIMARY, icon_after=Icon.CHEVRON_RIGHT)
        self._foot = ActRow(look, self._go, name="briefing-row")
        self._card.body.addLayout(self._grid)
        self._card.body.addStretch(1)
        self._card.body.addWidget(Rule(look))
        for part in (self._consent, self._refused, self._foot):
            self._card.body.addWidget(part)
        self.body.addWidget(self._card, 1)
        self._consent.toggled.connect(lambda _on: self._tell(self.view))
        self._go.clicked.connect(self._agree)

    def word(self, view: View) -> None:
        """Set every sentence in the language of the look."""
        language = self.look.language
        if view.sitting is None:
            return
        self.say(text("exam.briefing.title", language), text("exam.briefing.under", language))
        self.bar.say(facts.seat_words(view.seat, language), view.seat, entry.bar_facts(view, language))
        for chapter in present.chapters(view.sitting, language):
            self._parts[chapter.name].show_chapter(chapter)
        self._consent.set_words(present.consent_words(view.sitting.rules, language))
        self._go.set_words(text("exam.briefing.go", language))
        self._tell(view)

    def arrange(self, shape: Shape) -> None:
        """Three columns, two, or one."""
        super().arrange(shape)
        columns = {Shape.WIDE: 3, Shape.SMALL: 2, Shape.STRIP: 2}.get(shape, 1)
        for part in self._parts.values():
            self._grid.removeWidget(part)
        for at, part in enumerate(self._parts.values()):
            self._grid.addWidget(part, at // columns, at % columns, Qt.AlignmentFlag.AlignTop)
        for column in range(3):
            self._grid.setColumnStretch(column, 1 if column < columns else 0)
        wide = shape is Shape.WIDE
        self._grid.setHorizontalSpacing(self.look.space(44 if wide else 24))
        self._grid.setVerticalSpacing(self.look.space(32 if wide else 12))
        self._foot.set_stacked(shape is Shape.FOLDED)

    def draw(self, view: View) -> None:
        """Only the time of day changes by itself."""
        self.bar.tell_time(facts.hour_and_minute(facts.time_now(view.now)))

    def _tell(self, view: View) -> None:
        if view.sitting is not None:
            agreed = self._consent.isChecked()
            self._go.setEnabled(agreed)
            self._foot.reason.set_source(present.beside_button(view.sitting.rules, self.look.language, agreed=agreed))

    def _agree(self) -> None:
        self._refused.refuse(self.bridge.attempt(lambda: self.bridge.station.brief(self.look.language)))

    def entered(self) -> None:
        """Begin at the consent."""
        self._consent.setFocus(Qt.FocusReason.OtherFocusReason)
        self.page.verticalScrollBar().setValue(0)

    def left(self) -> None:
        """Consent is given anew each time."""
        super().left()
        self._consent.setChecked(False)
        self._refused.refuse(None)
