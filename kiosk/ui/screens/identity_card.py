"""The card where an invigilator compares the roster's photo with the live picture, point by point.

Rules: both pictures have the same size and crop; no score, no frame that judges; confirming needs every point ticked
and then a card. The picture is shown and forgotten: nothing is kept here.
"""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from kiosk.exam.round import RosterEntry
from kiosk.station.view import Camera, View
from kiosk.ui.i18n import text
from kiosk.ui.present import facts
from kiosk.ui.present import sign_in as present
from kiosk.ui.screens.recording_sign import RecordingSign
from kiosk.ui.screens.shape import Shape
from kiosk.ui.screens.title_page import ActRow
from kiosk.ui.theme.look import Look
from kiosk.ui.theme.measures import Role
from kiosk.ui.theme.tokens import Token
from kiosk.ui.widgets.button import Button, Kind
from kiosk.ui.widgets.check_row import CheckRow
from kiosk.ui.widgets.frames import Card
from kiosk.ui.widgets.icons import Icon
from kiosk.ui.widgets.label import Label
from kiosk.ui.widgets.paragraph import Paragraph
from kiosk.ui.widgets.pictures import LiveView, Photo
from kiosk.ui.widgets.rule import Rule

_PICTURE = QSize(312, 416)
_PICTURES_BY_SHAPE = {Shape.WIDE: _PICTURE, Shape.SMALL: QSize(190, 253)}
_TIGHT = {Shape.WIDE: QSize(276, 368), Shape.SMALL: QSize(160, 213)}
_LARGE_TYPE_PICTURE = QSize(204, 272)
_NORMAL = 100


def _picture_size(shape: Shape, look: Look) -> QSize:
    """Both pictures in one size: smaller where there is little room."""
    sizes = _TIGHT if look.scale > _NORMAL else _PICTURES_BY_SHAPE
    return sizes.get(shape, _LARGE_TYPE_PICTURE)


class _Captioned(QWidget):
    """A picture with its name and where it comes from."""

    def __init__(self, picture: Photo, look: Look, *, name: str) -> None:
        super().__init__()
        self.picture = picture
        self.title = Label("", look, role=Role.STRONG, name=f"{name}-title")
        self.source = Paragraph("", look, role=Role.CAPTION, ink=Token.INK2, name=f"{name}-source")
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        for part in (picture, self.title, self.source):
            self._column.addWidget(part)
        self.set_look(look)

    def set_look(self, look: Look) -> None:
        self._column.setSpacing(look.space(4))
        self.setFixedWidth(self.picture.sizeHint().width() if self.picture.width() < 1 else self.picture.width())

    def replace(self, picture: Photo, look: Look) -> None:
        """Put in a picture of another size."""
        self._column.replaceWidget(self.picture, picture)
        self.picture.hide()
        self.picture.deleteLater()
        self.picture = picture
        picture.show()
        self.setFixedWidth(picture.width())
        self.set_look(look)


class IdentityCard(Card):
    """The card; the two buttons are the screen's to connect."""

    def __init__(self, look: Look) -> None:
        super().__init__(look, name="identity")
        self._base = _PICTURE
        self._entry: RosterEntry | None = None
        self._jpeg: bytes | None = None
        self._noted = True
        self._roster = _Captioned(Photo(_PICTURE, look, alt="", name="roster-photo"), look, name="roster")
        self._live = _Captioned(LiveView(_PICTURE, look, alt="", name="live-picture"), look, name="live")
        self._sign = RecordingSign(look, name="identity-camera")
        self._checks = tuple(CheckRow("", look, name=f"check-{check}") for check in present.CHECKS)
        self._checks_title = Paragraph("", look, role=Role.TABLE, bold=True, name="checks-title")
        self._no_score = Paragraph("", look, role=Role.CAPTION, ink=Token.INK2, name="no-score")
        self.refuse = Button("", look, name="identity-refuse", kind=Kind.DANGER)
        self.confirm = Button("", look, name="identity-confirm", kind=Kind.PRIMARY, icon=Icon.CHECK)
        self._foot = ActRow(look, self.refuse, self.confirm, name="identity-row")
        self._build(look)
        for row in self._checks:
            row.toggled.connect(lambda _on: self._tell())

    def _build(self, look: Look) -> None:
        self._pictures = QHBoxLayout()
        for part in (self._roster, self._live):
            self._pictures.addWidget(part, 0, Qt.AlignmentFlag.AlignTop)
        self._pictures.addStretch(1)
        self._points = QVBoxLayout()
        self._points.addWidget(self._checks_title)
        for row in self._checks:
            self._points.addWidget(row)
        self._points.addWidget(self._no_score)
        self._points.addWidget(self._sign)
        self._points.addStretch(1)
        self._middle = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._middle.addLayout(self._pictures)
        self._middle.addLayout(self._points, 1)
        self.body.addLayout(self._middle)
        self.body.addStretch(1)
        self.body.addWidget(Rule(look))
        self.body.addWidget(self._foot)

    @property
    def ticked(self) -> int:
        """How many points are ticked."""
        return sum(row.isChecked() for row in self._checks)

    def set_shape(self, shape: Shape, look: Look) -> None:
        """Smaller pictures in a small window; points below them in large type."""
        base = _picture_size(shape, look)
        if base != self._base:
            self._base = base
            self._roster.replace(Photo(base, look, alt="", name="roster-photo"), look)
            self._live.replace(LiveView(base, look, alt="", name="live-picture"), look)
            self._entry = self._jpeg = None
        beside = shape.has_rail
        self._middle.setDirection(QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom)
        self._middle.setSpacing(look.space(44 if shape is Shape.WIDE else 20))
        self._pictures.setSpacing(look.space(32 if shape is Shape.WIDE else 16))
        self._points.setSpacing(look.space(8))
        self._foot.set_stacked(not beside)
        self._noted = shape is not Shape.FOLDED

    def word(self, look: Look) -> None:
        """Set every sentence in the language of the look."""
        language = look.language
        self.set_words(
            text("exam.identity.heading", language), text("exam.identity.by", language) if self._noted else ""
        )
        self._roster.title.set_words(text("exam.identity.roster", language))
        self._roster.source.set_source(text("exam.identity.roster.from", language))
        self._live.title.set_words(text("exam.identity.live", language))
        self._checks_title.set_source(text("exam.identity.checks", language))
        self._no_score.set_source(text("exam.identity.no-score", language))
        self.refuse.set_words(text("exam.identity.no", language))
        self.confirm.set_words(text("exam.identity.yes", language))
        self._entry = None
        self._tell()

    def show_view(self, view: View, jpeg: bytes | None) -> None:
        """Show who is compared with whom."""
        language = self._look.language
        entry = view.entry
        if entry is not None and entry is not self._entry:
            self._entry = entry
            self._roster.picture.set_image(QImage.fromData(entry.photo) if entry.photo else None)
            self._roster.picture.set_alt(text("exam.identity.roster.alt", language, name=entry.name))
            self._live.picture.set_alt(text("exam.identity.live.alt", language, name=entry.name))
            for row, words in zip(self._checks, present.check_words(entry, language), strict=True):
                row.set_words(words)
        time = facts.time_of_day(facts.time_now(view.now))
        self._live.source.set_source(text("exam.identity.live.from", language, time=time))
        self._sign.setVisible(view.camera in {Camera.LOST, Camera.OFF, Camera.OPENING})
        self._sign.show_camera(view.camera)
        if jpeg is not self._jpeg:
            self._jpeg = jpeg
            self._live.picture.set_image(QImage.fromData(jpeg) if jpeg else None)

    def forget(self) -> None:
        """Nothing is ticked, nobody is shown."""
        for row in self._checks:
            row.setChecked(False)
        self._entry, self._jpeg = None, None
        self._live.picture.set_image(None)

    def take_focus(self) -> None:
        """Begin at the first point."""
        self._checks[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def _tell(self) -> None:
        self._foot.reason.set_source(present.still_to_check(self.ticked, self._look.language))
        self.confirm.setEnabled(self.ticked == len(self._checks))
