"""One answer to choose: the whole row is the target; a circle for one choice, a square for several.

Rules kept: a choice shows at once with a hollow tick, which fills when it is saved; a struck option is crossed,
dashed and says so, and can still be chosen; nothing moves when a state changes. The row shows what it is told and
never chooses by itself: `clicked` and `strike_clicked` are questions to the screen.
"""

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QCheckBox, QRadioButton, QSizePolicy, QWidget

from kiosk.ui.i18n import text
from kiosk.ui.theme.look import Look
from kiosk.ui.theme.measures import BORDER_CARD, BORDER_CONTROL, BORDER_SELECTED, RADIUS_CELL, RADIUS_ROW, Role
from kiosk.ui.theme.paint import box, colour, line_of_text, sized_font, start
from kiosk.ui.theme.tokens import Theme, Token
from kiosk.ui.widgets.icons import Icon, draw_icon, square
from kiosk.ui.widgets.pressable import ARROWS, ENTERS
from kiosk.ui.widgets.shown import set_shown
from kiosk.ui.widgets.strike import StrikeButton
from kiosk.ui.widgets.typeset import Face, Typeset

_SIGNS = {"√": Icon.CHECK, "×": Icon.CROSS}
_LETTER = 38
_SMALLEST = 52
_ROOMY = 420
"""Width at 100 % below which the strike-out is an icon only."""


@dataclass(frozen=True, slots=True)
class OptionState:
    """What is known of an option: chosen, that choice saved, struck out."""

    selected: bool = False
    saved: bool = False
    struck: bool = False


class Mark(Enum):
    """The shape around the letter: one choice, or several."""

    CIRCLE = "circle"
    SQUARE = "square"


if TYPE_CHECKING:
    _Button = QAbstractButton
else:
    _Button = object


class _Row(_Button):
    """What both kinds of row share; the kind of Qt button decides the role that assistive technology hears."""

    ring_radius = RADIUS_ROW
    _mark = Mark.CIRCLE

    def _set_up(self, label: str, source: str, look: Look, *, name: str, can_strike: bool) -> None:
        self.setObjectName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.label, self._source, self._state, self._look = label, source, OptionState(), look
        self._body = self._typeset()
        self._strike = StrikeButton(label, look, name=f"{name}-strike", parent=self)
        set_shown(self._strike, can_strike)
        self._can_strike = can_strike
        self._tell()

    @property
    def state(self) -> OptionState:
        """What the row shows now."""
        return self._state

    def set_state(self, state: OptionState) -> None:
        """Show another state; the same one again costs nothing."""
        if state == self._state:
            return
        self._state = state
        self._check(on=state.selected)
        self._strike.set_struck(state.struck)
        set_shown(self._strike, self._can_strike and not state.selected)
        self._tell()
        self.update()

    def set_source(self, source: str) -> None:
        """Another text, as when the language changes."""
        self._source = source
        self._body = self._typeset()
        self._tell()
        self.updateGeometry()
        self.update()

    def set_look(self, look: Look) -> None:
        """Draw from this look from now on."""
        self._look = look
        self._body = self._typeset()
        self._strike.set_look(look)
        self._tell()
        self._place()
        self.updateGeometry()
        self.update()

    def needed_height(self) -> int:
        """Height the row needs in the width it has."""
        return self.heightForWidth(self.width())

    def hasHeightForWidth(self) -> bool:
        """Qt asks for the height of a width."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Height of the text and its sides; at least the smallest target."""
        look = self._look
        side = look.space(11 if look.narrow else 17)
        return max(look.space(_SMALLEST), self._letter() + look.space(12), self._text_height(width) + 2 * side)

    def sizeHint(self) -> QSize:
        """As wide as it is given; high enough for that."""
        width = self._left() + self._body.natural_width() + self._right(_ROOMY * self._look.scale)
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        """Room for a few characters beside letter and strike-out."""
        width = self._left() + self._right(0) + 4 * self._look.size(Role.OPTION)
        return QSize(width, self.heightForWidth(max(width, self.width())))

    def hitButton(self, _position: object) -> bool:
        """The whole row is the target."""
        return True

    def nextCheckState(self) -> None:
        """A click asks; the state shown is what has been decided."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter chooses once; arrows belong to the list of options."""
        if event.key() in ENTERS:
            if not event.isAutoRepeat():
                self.click()
        elif event.key() in ARROWS:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width: the strike-out moves, the height may change."""
        super().resizeEvent(event)
        self._place()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw box, letter, text and tick."""
        painter = QPainter(self)
        start(painter)
        self._paint_box(painter)
        self._paint_letter(painter)
        look, state = self._look, self._state
        width = self.width() - self._left() - self._right(self.width())
        top = (self.height() - self._body.height(width)) / 2
        ink = colour(look, Token.INK2 if state.struck else Token.INK)
        self._body.draw(painter, QPointF(self._left(), top), width, ink, struck=state.struck)
        if state.selected:
            self._paint_tick(painter)

    def _paint_box(self, painter: QPainter) -> None:
        look = self._look
        if self._state.selected:
            fill, edge, width = Token.ACCENT_SOFT, Token.ACCENT, BORDER_SELECTED
        else:
            edge = Token.EDGE if self.underMouse() or look.theme is Theme.CONTRAST else Token.LINE
            fill, width = Token.SURFACE, BORDER_CARD if edge is Token.LINE else BORDER_CONTROL
        rect = QRectF(self.rect())
        box(painter, rect, radius=RADIUS_ROW, fill=colour(look, fill), edge=colour(look, edge), width=width)

    def _paint_letter(self, painter: QPainter) -> None:
        look, state, side = self._look, self._state, self._letter()
        rect = square(look.space(16), self.height() / 2, side)
        filled = state.selected
        ink = colour(look, Token.ON_ACCENT if filled else Token.INK2 if state.struck else Token.INK)
        box(
            painter,
            rect,
            radius=side / 2 if self._mark is Mark.CIRCLE else RADIUS_CELL + 2,
            fill=colour(look, Token.ACCENT) if filled else None,
            edge=colour(look, Token.ACCENT if filled else Token.EDGE),
            style=Qt.PenStyle.DashLine if state.struck and not filled else Qt.PenStyle.SolidLine,
        )
        sign = _SIGNS.get(self.label)
        if sign is not None:
            draw_icon(painter, sign, rect.adjusted(side / 4, side / 4, -side / 4, -side / 4), ink, stroke=3.0)
            return
        painter.setFont(sized_font(round(side * 0.55), bold=True))
        painter.setPen(ink)
        line_of_text(painter, rect, self.label, Qt.AlignmentFlag.AlignHCenter)

    def _paint_tick(self, painter: QPainter) -> None:
        look = self._look
        side = self._look.px(24)
        rect = square(self.width() - look.space(18) - side, self.height() / 2, side)
        accent = colour(look, Token.ACCENT)
        if self._state.saved:
            draw_icon(painter, Icon.CHECK, rect, accent, stroke=3.2)
            return
        draw_icon(painter, Icon.CHECK, rect, accent, stroke=5.0)
        draw_icon(painter, Icon.CHECK, rect, QColor(colour(look, Token.ACCENT_SOFT)), stroke=2.2)

    def _text_height(self, width: int) -> int:
        return self._body.height(max(1, width - self._left() - self._right(width)))

    def _letter(self) -> int:
        return self._look.px(_LETTER)

    def _left(self) -> int:
        return self._letter() + 2 * self._look.space(16)

    def _right(self, width: int) -> int:
        """Room at the right for strike-out or tick, the same in every state; a narrow row has only the icon."""
        tick = self._look.px(24) + self._look.space(16)
        self._strike.set_bare(self._look.room(width) < _ROOMY)
        strike = self._strike.sizeHint().width() if self._can_strike else 0
        return max(tick, strike) + self._look.space(18)

    def _place(self) -> None:
        self._strike.set_bare(self._look.room(self.width()) < _ROOMY)
        hint = self._strike.sizeHint()
        left = self.width() - self._look.space(8) - hint.width()
        self._strike.setGeometry(left, (self.height() - hint.height()) // 2, hint.width(), hint.height())

    def _typeset(self) -> Typeset:
        look = self._look
        return Typeset(self._source, Face(look.size(Role.OPTION), False, look.line(Role.OPTION)))

    def _check(self, *, on: bool) -> None:
        """Qt lets nobody uncheck the last of its radio buttons; what is chosen is decided elsewhere."""
        self.setAutoExclusive(False)
        self.setChecked(on)
        self.setAutoExclusive(self._mark is Mark.CIRCLE)

    def _tell(self) -> None:
        """Name and state in words, for those who do not see them."""
        language, state = self._look.language, self._state
        words = []
        if state.selected:
            words.append(text("exam.option.saved" if state.saved else "exam.option.pending", language))
        if state.struck:
            words.append(text("exam.option.struck", language))
        self.setAccessibleName(text("exam.option.name", language, label=self.label, body=self._body.plain))
        self.setAccessibleDescription(" ".join(words))


class SingleRow(_Row, QRadioButton):
    """One option of which one is chosen, and the rows of true or false (labels "√" and "×")."""

    strike_clicked = Signal()

    def __init__(
        self, label: str, source: str, look: Look, *, name: str, can_strike: bool = True, parent: QWidget | None = None
    ) -> None:
        QRadioButton.__init__(self, parent)
        self._set_up(label, source, look, name=name, can_strike=can_strike)
        self._strike.clicked.connect(self.strike_clicked)


class MultipleRow(_Row, QCheckBox):
    """One option of which several may be chosen."""

    strike_clicked = Signal()
    _mark = Mark.SQUARE

    def __init__(
        self, label: str, source: str, look: Look, *, name: str, can_strike: bool = True, parent: QWidget | None = None
    ) -> None:
        QCheckBox.__init__(self, parent)
        self._set_up(label, source, look, name=name, can_strike=can_strike)
        self._strike.clicked.connect(self.strike_clicked)
