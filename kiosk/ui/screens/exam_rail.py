"""Beside the item: who sits here, and the numbers of the form. Large type has a strip of neighbours instead.

Rules: photo and filter give way first, the numbers never; states are drawn from one mapping, and only changed numbers
are painted.
"""

from collections.abc import Mapping

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from kiosk.exam.round import RosterEntry
from kiosk.ui.i18n import text
from kiosk.ui.present import facts
from kiosk.ui.present.exam import CellFace
from kiosk.ui.screens.shape import Shape
from kiosk.ui.theme.look import Look
from kiosk.ui.theme.measures import Role
from kiosk.ui.theme.tokens import Token
from kiosk.ui.widgets.button import Button, Size
from kiosk.ui.widgets.cell import CellState
from kiosk.ui.widgets.frames import Card, Ground
from kiosk.ui.widgets.icons import Icon
from kiosk.ui.widgets.label import Label
from kiosk.ui.widgets.page import ScrollPage
from kiosk.ui.widgets.palette import ItemPalette, PaletteStrip
from kiosk.ui.widgets.paragraph import Paragraph
from kiosk.ui.widgets.pictures import Photo
from kiosk.ui.widgets.rule import Rule
from kiosk.ui.widgets.saved import SavedMark

_WIDTH, _NARROW_WIDTH = 344, 236
_STATES = {
    CellFace(seen, answered, marked): CellState(seen=seen, answered=answered, marked=marked)
    for seen in (False, True)
    for answered in (False, True)
    for marked in (False, True)
}


def cell_states(faces: Mapping[int, CellFace]) -> dict[int, CellState]:
    """The states as the palette draws them."""
    return {number: _STATES[face] for number, face in faces.items()}


class Rail(Ground):
    """The rail; the palette is put into `place` while there is a rail."""

    def __init__(self, look: Look) -> None:
        super().__init__(look, edge=Qt.Edge.RightEdge, name="rail")
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        self._photo = Photo(QSize(66, 88), look, alt="", name="rail-photo")
        self._name = Paragraph("", look, role=Role.RAIL, name="rail-name")
        self._number = Label("", look, role=Role.LABEL, ink=Token.INK2, name="rail-number")
        self._seat = Label("", look, role=Role.LABEL, ink=Token.INK2, name="rail-seat")
        self.saved = SavedMark(look, name="rail-saved")
        self._words = QVBoxLayout()
        for part in (self._name, self._number, self._seat):
            self._words.addWidget(part)
        self._words.addStretch(1)
        self._person = QHBoxLayout()
        self._person.addWidget(self._photo, 0, Qt.AlignmentFlag.AlignTop)
        self._person.addLayout(self._words, 1)
        self.place = QVBoxLayout()
        self._column = QVBoxLayout(self)
        self._column.addLayout(self._person)
        self._column.addWidget(self.saved, 0, Qt.AlignmentFlag.AlignLeft)
        self._column.addWidget(Rule(look))
        self._column.addLayout(self.place, 1)
        self._entry: RosterEntry | None = None
        self.set_look(look)

    def set_look(self, look: Look) -> None:
        """Draw from this look from now on."""
        super().set_look(look)
        side = look.space(16 if look.narrow else 24)
        self._column.setContentsMargins(side, side, side, side)
        self._column.setSpacing(look.space(12 if look.narrow else 14))
        self._person.setSpacing(look.space(16))
        self._words.setSpacing(look.space(4))
        self.setFixedWidth(look.px(_NARROW_WIDTH if look.narrow else _WIDTH))

    def show_person(self, entry: RosterEntry, seat: str, look: Look) -> None:
        """Show who sits here."""
        name = entry.name if not look.narrow else f"{entry.name}{facts.BAR}{seat}"
        self._name.set_source(name)
        self._number.set_words(facts.number_groups(entry.number))
        self._seat.set_words(facts.seat_words(seat, look.language))
        self._photo.set_alt(text("exam.identity.roster.alt", look.language, name=entry.name))
        if entry is not self._entry:
            self._entry = entry
            self._photo.set_image(QImage.fromData(entry.photo) if entry.photo else None)

    def set_shape(self, shape: Shape) -> None:
        """In a small window one line says who sits here."""
        wide = shape is Shape.WIDE
        for part in (self._photo, self._number, self._seat):
            part.setVisible(wide)
        self.setVisible(shape.has_rail)


class NeighbourStrip(Card):
    """The numbers around the current one, and the button for all of them; it scrolls away with the item."""

    picked = Signal(int)
    all_pressed = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__(look, padding=16, name="neighbours")
        self.strip = PaletteStrip(look)
        self._count = Label("", look, role=Role.LABEL, ink=Token.INK2, name="answered-of")
        self._all = Button("", look, name="all-items", size=Size.SMALL, icon=Icon.GRID)
        self._row = QHBoxLayout()
        self._row.addWidget(self.strip, 1)
        self._row.addWidget(self._count)
        self._row.addWidget(self._all)
        self.body.addLayout(self._row)
        self.strip.picked.connect(self.picked)
        self._all.clicked.connect(self.all_pressed)
        self._narrow = False
        self.set_look(look)

    def set_look(self, look: Look) -> None:
        """Draw from this look from now on."""
        super().set_look(look)
        if hasattr(self, "_row"):
            self._row.setSpacing(look.space(16))
            self._all.set_words(text("exam.palette.name", look.language))

    def set_shape(self, shape: Shape) -> None:
        """The count gives way first."""
        self._narrow = shape is Shape.FOLDED
        self.setVisible(not shape.has_rail)
        self._count.setVisible(not self._narrow)

    def show_states(self, states: Mapping[int, CellState], current: int, look: Look) -> None:
        """Show where the candidate is."""
        self.strip.set_states(states, current)
        answered = sum(state.answered for state in states.values())
        self._count.set_words(text("exam.answered-of", look.language, n=answered, total=len(states)))


class PalettePage(QWidget):
    """All numbers instead of the item, for large type; at its end the way to handing in."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.setObjectName("palette-page")
        self.close_button = Button("", look, name="palette-close", icon=Icon.ARROW_LEFT)
        self.review = Button("", look, name="palette-review")
        self.place = QVBoxLayout()
        self._inside = QWidget()
        self._column = QVBoxLayout(self._inside)
        self._column.addWidget(self.close_button, 0, Qt.AlignmentFlag.AlignLeft)
        self._column.addLayout(self.place)
        self._column.addWidget(self.review)
        self._column.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(ScrollPage(self._inside, look, name="palette-page-scroll"))
        self.set_look(look)

    def set_look(self, look: Look) -> None:
        """Draw from this look from now on."""
        side = look.space(24)
        self._column.setContentsMargins(side, side, side, side)
        self._column.setSpacing(look.space(16))
        self.close_button.set_words(text("common.back", look.language))
        self.review.set_words(text("exam.review", look.language))


def let_grow(numbers: ItemPalette, width: int) -> None:
    """Make the numbers as high as they are in a width, for a page that scrolls as a whole; 0 lets them scroll."""
    page = numbers.findChild(ScrollPage)
    if page is not None:
        page.setMinimumHeight(numbers.grid.heightForWidth(width) if width else 0)
