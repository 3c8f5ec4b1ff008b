"""The surfaces of a screen: top bar, foot bar, card, side, lock band. Painted flat, with hairlines; no shadows.

Each has a layout that screens fill; margins and heights follow the Look.
"""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from kiosk.ui.theme.look import Look
from kiosk.ui.theme.measures import BORDER_CARD, RADIUS_CARD, RADIUS_ROW, Role
from kiosk.ui.theme.paint import box, colour, start
from kiosk.ui.theme.tokens import Theme, Token
from kiosk.ui.widgets.icons import Icon, draw_icon
from kiosk.ui.widgets.label import Label
from kiosk.ui.widgets.rule import Rule
from kiosk.ui.widgets.shown import set_shown


class Bar(QWidget):
    """A strip of surface across the window: `left` and `right` are filled by the screen."""

    _heights = (72, 56)
    _line_at_top = False

    def __init__(
        self, look: Look, *, name: str, side: int = 28, narrow_side: int = 16, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._look, self._sides = look, (side, narrow_side)
        self._row = QHBoxLayout(self)
        self.left = QHBoxLayout()
        self.right = QHBoxLayout()
        self._row.addLayout(self.left)
        self._row.addStretch(1)
        self._row.addLayout(self.right)
        self.set_look(look)

    def set_look(self, look: Look) -> None:
        """Draw from this look from now on."""
        self._look = look
        wide, narrow = self._sides
        side = look.space(narrow if look.narrow else wide)
        self._row.setContentsMargins(side, 0, side, 0)
        for layout in (self.left, self.right):
            layout.setSpacing(look.space(10 if look.narrow else 16))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """The bar's own height, or what is in it."""
        wide, narrow = self._heights
        height = narrow if self._look.narrow else wide
        inside = super().sizeHint()
        own = self._look.px(height * 0.5) + self._look.space(height * 0.5)
        return QSize(inside.width(), max(own, inside.height() + self._look.space(8)))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Fill, and the hairline towards the sheet."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), colour(self._look, Token.SURFACE))
        y = 0 if self._line_at_top else self.height() - 1
        painter.fillRect(0, y, self.width(), 1, colour(self._look, Token.LINE))

    def add_separator(self) -> None:
        """A short upright hairline at the right side."""
        self.right.addWidget(Rule(self._look, upright=True, length=28), 0, Qt.AlignmentFlag.AlignVCenter)


class TopBar(Bar):
    """The bar at the top; `title` and `facts` are its two labels at the left."""

    def __init__(
        self,
        look: Look,
        *,
        title: str = "",
        facts: str = "",
        stacked: bool = False,
        side: int = 48,
        narrow_side: int = 16,
        name: str = "top-bar",
    ) -> None:
        super().__init__(look, name=name, side=side, narrow_side=narrow_side)
        self.title = Label(title, look, role=Role.STRONG if stacked else Role.RAIL, bold=True, name=f"{name}-title")
        self.facts = Label(facts, look, role=Role.TOOL if stacked else Role.LABEL, ink=Token.INK2, name=f"{name}-facts")
        set_shown(self.facts, bool(facts))
        self._rule = Rule(look, upright=True, length=20)
        if stacked:
            column = QVBoxLayout()
            column.setSpacing(0)
            column.addStretch(1)
            column.addWidget(self.title)
            column.addWidget(self.facts)
            column.addStretch(1)
            self.left.addLayout(column)
            self._rule.hide()
        else:
            self.left.addWidget(self.title)
            self.left.addWidget(self._rule, 0, Qt.AlignmentFlag.AlignVCenter)
            self.left.addWidget(self.facts)
            set_shown(self._rule, bool(facts))
        self._stacked = stacked

    def set_words(self, title: str, facts: str = "") -> None:
        """Other words at the left."""
        self.title.set_words(title)
        self.facts.set_words(facts)
        set_shown(self.facts, bool(facts))
        set_shown(self._rule, bool(facts) and not self._stacked)


class FootBar(Bar):
    """The bar at the bottom: tools at the left, the one large act alone at the right."""

    _heights = (76, 62)
    _line_at_top = True

    def __init__(
        self,
        look: Look,
        *,
        side: int = 56,
        narrow_side: int = 24,
        name: str = "foot-bar",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(look, name=name, side=side, narrow_side=narrow_side, parent=parent)


class Card(QWidget):
    """A box where things are compared or handled: heading and note, then `body`, a column that the screen fills."""

    def __init__(
        self,
        look: Look,
        *,
        heading: str = "",
        note: str = "",
        fill: Token = Token.SURFACE,
        padding: int = 32,
        name: str = "card",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self._look, self._fill, self._padding = look, fill, padding
        self.heading = Label(heading, look, role=Role.CARD, name=f"{name}-heading")
        self.note = Label(note, look, role=Role.LABEL, ink=Token.INK2, name=f"{name}-note")
        self._head = QHBoxLayout()
        self._head.addWidget(self.heading)
        self._head.addStretch(1)
        self._head.addWidget(self.note)
        self._column = QVBoxLayout(self)
        self._column.addLayout(self._head)
        self.body = QVBoxLayout()
        self._column.addLayout(self.body, 1)
        self.set_words(heading, note)
        self.set_look(look)

    def set_words(self, heading: str, note: str = "") -> None:
        """Other words at the top; none where there are none."""
        self.heading.set_words(heading)
        self.note.set_words(note)
        set_shown(self.heading, bool(heading))
        set_shown(self.note, bool(note))
        if heading:
            self.setAccessibleName(heading)

    def set_look(self, look: Look) -> None:
        """Draw from this look from now on."""
        self._look = look
        side = look.space(min(self._padding, 16) if look.narrow else self._padding)
        self._column.setContentsMargins(side, side, side, side)
        self._column.setSpacing(look.space(16))
        self.body.setSpacing(look.space(16))
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the box."""
        painter = QPainter(self)
        start(painter)
        soft = self._fill is not Token.SURFACE and self._look.theme is not Theme.CONTRAST
        box(
            painter,
            QRectF(self.rect()),
            radius=RADIUS_ROW if soft else RADIUS_CARD,
            fill=colour(self._look, self._fill),
            edge=None if soft else colour(self._look, Token.LINE),
            width=BORDER_CARD,
        )


class Ground(QWidget):
    """A plain area in one colour: the rail, the receipt's side, a panel; a hairline at one side if asked."""

    def __init__(
        self,
        look: Look,
        *,
        fill: Token = Token.SURFACE,
        edge: Qt.Edge | None = None,
        name: str = "ground",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self._look, self._fill, self._edge = look, fill, edge

    def set_look(self, look: Look) -> None:
        """Draw from this look from now on."""
        self._look = look
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Fill, and draw the hairline."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), colour(self._look, self._fill))
        line = colour(self._look, Token.LINE)
        if self._edge is Qt.Edge.RightEdge:
            painter.fillRect(self.width() - 1, 0, 1, self.height(), line)
        elif self._edge is Qt.Edge.LeftEdge:
            painter.fillRect(0, 0, 1, self.height(), line)


class LockBand(QWidget):
    """The dark side of a lock screen, readable from two metres: lock, seat, room, since when."""

    def __init__(self, look: Look, *, name: str = "lock-band", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        self._look = look
        self._sign = _LockSign(look)
        self._label = Label("", look, role=Role.HEADING, bold=False, ink=Token.ON_BAND_2)
        self._seat = Label("", look, role=Role.SEAT, ink=Token.ON_BAND, name=f"{name}-seat")
        self._room = Label("", look, role=Role.LEAD, ink=Token.ON_BAND_2)
        self._since_label = Label("", look, role=Role.CAPTION, ink=Token.ON_BAND_2)
        self._since = Label("", look, role=Role.FIGURES, ink=Token.ON_BAND)
        self._column = QVBoxLayout(self)
        self._column.addWidget(self._sign)
        self._column.addSpacing(24)
        for part in (self._label, self._seat, self._room):
            self._column.addWidget(part)
        self._column.addStretch(1)
        self._column.addWidget(self._since_label)
        self._column.addWidget(self._since)
        self.set_look(look)

    def set_words(self, *, label: str, seat: str, room: str = "", since_label: str = "", since: str = "") -> None:
        """What stands in the band; no word, no line."""
        words = (label, seat, room, since_label, since)
        parts = (self._label, self._seat, self._room, self._since_label, self._since)
        for part, word in zip(parts, words, strict=True):
            part.set_words(word)
            set_shown(part, bool(word))
        self._seat.setAccessibleName(f"{label} {seat}")

    def set_look(self, look: Look) -> None:
        """Draw from this look from now on."""
        self._look = look
        side = look.space(28 if look.narrow else 72)
        self._column.setContentsMargins(side, look.space(44 if look.narrow else 80), side, look.space(44))
        self._column.setSpacing(look.space(8))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """560 wide, 320 in a narrow window, more where the seat's name needs it."""
        width = self._look.space(320 if self._look.narrow else 560)
        inside = super().sizeHint()
        return QSize(max(width, inside.width()), inside.height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Fill; in high contrast a line towards the sheet."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), colour(self._look, Token.BAND))
        if self._look.theme is Theme.CONTRAST:
            painter.fillRect(self.width() - 1, 0, 1, self.height(), colour(self._look, Token.LINE))


class _LockSign(QWidget):
    """The large lock."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.set_look(look)

    def set_look(self, look: Look) -> None:
        self._look = look
        side = look.px(56 if look.narrow else 68)
        self.setFixedSize(side, side)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        start(painter)
        draw_icon(painter, Icon.LOCK, QRectF(self.rect()), colour(self._look, Token.ON_BAND), stroke=1.9)
