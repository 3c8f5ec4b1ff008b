"""Who sits here, as the invigilator compares: the photo of the roster, name and number, the live picture, figures."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from kiosk.station.view import View
from kiosk.ui.i18n import text
from kiosk.ui.present import panel as present
from kiosk.ui.present.facts import number_groups, subject_words
from kiosk.ui.screens.fact_grid import FactGrid
from kiosk.ui.theme.look import Look
from kiosk.ui.theme.measures import Role
from kiosk.ui.theme.tokens import Token
from kiosk.ui.widgets.frames import Card
from kiosk.ui.widgets.label import Label
from kiosk.ui.widgets.markup import escape
from kiosk.ui.widgets.paragraph import Paragraph
from kiosk.ui.widgets.pictures import LiveView, Photo
from kiosk.ui.widgets.rule import Rule
from kiosk.ui.widgets.shown import set_shown
from kiosk.ui.widgets.sign import State, StatusSign

_PHOTO = QSize(105, 140)
_LIVE = QSize(187, 140)


class CandidateCard(Card):
    """The card."""

    def __init__(self, look: Look, *, name: str, parent: QWidget | None = None) -> None:
        super().__init__(look, name=name, padding=24, parent=parent)
        self._photo = Photo(_PHOTO, look, alt="", name=f"{name}-photo")
        self._live = LiveView(_LIVE, look, alt="", name=f"{name}-live")
        self._name = Paragraph("", look, role=Role.HEADING, name=f"{name}-name")
        self._number = Label("", look, role=Role.TABLE, ink=Token.INK2, name=f"{name}-number")
        self._subject = Paragraph("", look, role=Role.TABLE, ink=Token.INK2, name=f"{name}-subject")
        self._identity = StatusSign(State.OK, "", look, role=Role.CAPTION, name=f"{name}-identity")
        self._facts = FactGrid(look, role=Role.FIGURES, name=f"{name}-facts")
        self._known: bytes | None = None
        self._last: bytes | None = None
        words = QVBoxLayout()
        words.setSpacing(4)
        for part in (self._name, self._number, self._subject):
            words.addWidget(part)
        words.addWidget(self._identity, 0, Qt.AlignmentFlag.AlignLeft)
        words.addStretch(1)
        self._top = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._top.addWidget(self._photo, 0, Qt.AlignmentFlag.AlignTop)
        self._top.addLayout(words, 1)
        self._top.addWidget(self._live, 0, Qt.AlignmentFlag.AlignTop)
        self.body.addLayout(self._top)
        self.body.addWidget(Rule(look))
        self.body.addWidget(self._facts)

    def set_stacked(self, stacked: bool, look: Look) -> None:
        """Pictures above the words, where there is no room beside them."""
        self._top.setSpacing(look.space(24))
        way = QBoxLayout.Direction.TopToBottom if stacked else QBoxLayout.Direction.LeftToRight
        self._top.setDirection(way)

    def show_view(self, view: View, picture: bytes | None) -> None:
        """Draw who sits here, and what the camera sees."""
        entry, language = view.entry, self._look.language
        if entry is None or view.round is None:
            return
        self._name.set_source(escape(entry.name))
        self._number.set_words(number_groups(entry.number))
        self._subject.set_source(subject_words(view.round, entry, language))
        self._photo.set_alt(text("staff.panel.photo", language, name=entry.name))
        self._live.set_alt(text("staff.card.live", language))
        if entry.photo != self._known:
            self._known = entry.photo
            self._photo.set_image(QImage.fromData(entry.photo))
        if picture != self._last:
            self._last = picture
            self._live.set_image(QImage.fromData(picture) if picture else None)
        seen, words = present.identity_words(view, language)
        self._identity.set_state(State.OK if seen else State.WAITING, words)
        lines = present.facts(view, language)
        self._facts.set_facts([(line.label, line.value) for line in lines])
        set_shown(self._facts, bool(lines))
