"""Buttons: primary (filled, one on a screen), secondary (edge), quiet (no edge, tools), danger (red edge and words).

Rules kept: a danger button is filled only where it names its effect (`DANGER_FINAL`, the second step); a button
that is on (marked) says so by fill, edge and words; what makes a button unusable is written beside it by the
screen.
"""

from dataclasses import dataclass
from enum import Enum

from PySide6.QtCore import QPointF, QRectF, QSize
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from kiosk.ui.theme.look import Look
from kiosk.ui.theme.measures import BORDER_CONTROL, RADIUS_CONTROL
from kiosk.ui.theme.paint import box, colour, line_of_text, sized_font, start, text_width
from kiosk.ui.theme.tokens import Token
from kiosk.ui.widgets.icons import Icon, draw_icon, square
from kiosk.ui.widgets.pressable import Pressable


class Kind(Enum):
    """How loud a button is."""

    PRIMARY = "primary"
    SECONDARY = "secondary"
    QUIET = "quiet"
    DANGER = "danger"
    DANGER_FINAL = "danger-final"


@dataclass(frozen=True, slots=True)
class Measure:
    """Height, type and side room at 100 %, and in a narrow window."""

    height: int
    narrow_height: int
    type: int
    narrow_type: int
    side: int
    bold: bool


class Size(Enum):
    """How large a button is."""

    TOOL = Measure(34, 34, 14, 14, 10, False)
    SMALL = Measure(38, 36, 15, 14, 14, False)
    NORMAL = Measure(48, 42, 17, 16, 20, True)
    TALL = Measure(52, 44, 18, 16, 22, True)
    LARGE = Measure(60, 52, 20, 17, 26, True)


class Button(Pressable):
    """Words, with an icon before or after them; `clicked` is the signal."""

    def __init__(
        self,
        words: str,
        look: Look,
        *,
        name: str,
        kind: Kind = Kind.SECONDARY,
        size: Size = Size.NORMAL,
        icon: Icon | None = None,
        icon_after: Icon | None = None,
        icon_only: bool = False,
        left: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(look, name=name, parent=parent)
        self._kind, self._measure = kind, size.value
        self._icon, self._icon_after, self._icon_only, self._left = icon, icon_after, icon_only, left
        self._words = ""
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
        self.set_words(words)

    @property
    def words(self) -> str:
        """What the button says."""
        return self._words

    def set_words(self, words: str) -> None:
        """Other words; with `icon_only` they are the accessible name alone."""
        self._words = words
        self.setAccessibleName(words)
        self.updateGeometry()
        self.update()

    def set_kind(self, kind: Kind) -> None:
        """Another loudness, as when the focus of a screen moves to another act."""
        self._kind = kind
        self.update()

    def set_icon(self, icon: Icon | None) -> None:
        """Another icon before the words."""
        self._icon = icon
        self.updateGeometry()
        self.update()

    def set_on(self, on: bool) -> None:
        """Shows the button as switched on: soft fill, accent edge and words; read as pressed."""
        self.setCheckable(True)
        self.setChecked(on)

    def nextCheckState(self) -> None:
        """A click never switches by itself: the screen shows what has been decided."""

    def sizeHint(self) -> QSize:
        """Room for icon, words and sides; never under the smallest target."""
        look, measure = self.look, self._measure
        height = self._height()
        if self._icon_only:
            return QSize(max(height, self._side_of_icon() + 2 * look.space(measure.side)), height)
        return QSize(round(self._content_width()) + 2 * look.space(measure.side), height)

    def minimumSizeHint(self) -> QSize:
        """The words are never cut."""
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the box, then icon and words."""
        painter = QPainter(self)
        start(painter)
        fill, edge, ink = self._colours()
        width = 2.0 if self.isChecked() else BORDER_CONTROL
        box(painter, QRectF(self.rect()), radius=RADIUS_CONTROL, fill=fill, edge=edge, width=width)
        painter.setFont(self._font())
        content = self._side_of_icon() if self._icon_only else self._content_width()
        x = float(self.look.space(self._measure.side)) if self._left else (self.width() - content) / 2
        shift = 1.0 if self.isDown() else 0.0
        self._paint_content(painter, QPointF(x, shift), ink)

    def _paint_content(self, painter: QPainter, at: QPointF, ink: QColor) -> None:
        side, gap, x = self._side_of_icon(), self.look.space(10), at.x()
        middle = self.height() / 2 + at.y()
        if self._icon is not None:
            draw_icon(painter, self._icon, square(x, middle, side), ink)
            x += side + gap
        if self._icon_only:
            return
        painter.setPen(ink)
        words_width = text_width(self._font(), self._words)
        line_of_text(painter, QRectF(x, at.y(), words_width + 1, self.height()), self._words)
        if self._icon_after is not None:
            draw_icon(painter, self._icon_after, square(x + words_width + gap, middle, side), ink)

    def _colours(self) -> tuple[QColor | None, QColor | None, QColor]:
        """Fill, edge and ink for the state the button is in."""
        of = self._token_colours()
        fill, edge, ink = (None if token is None else colour(self.look, token) for token in of)
        return fill, edge, ink if ink is not None else colour(self.look, Token.INK)

    def _token_colours(self) -> tuple[Token | None, Token | None, Token]:
        if not self.isEnabled():
            return (None, None, Token.INK2) if self._kind is Kind.QUIET else (Token.SUNKEN, Token.LINE, Token.INK2)
        if self.isChecked():
            return Token.ACCENT_SOFT, Token.ACCENT, Token.ACCENT_INK
        down, hover = self.isDown(), self.underMouse()
        soft = Token.ACCENT_SOFT if down else Token.SURFACE
        by_kind: dict[Kind, tuple[Token | None, Token | None, Token]] = {
            Kind.PRIMARY: (Token.ACCENT, Token.ACCENT, Token.ON_ACCENT),
            Kind.SECONDARY: (soft, Token.INK if hover else Token.EDGE, Token.INK),
            Kind.QUIET: (Token.ACCENT_SOFT if down or hover else None, None, Token.INK),
            Kind.DANGER: (Token.BAD_SOFT if down else Token.SURFACE, Token.BAD, Token.BAD),
            Kind.DANGER_FINAL: (Token.BAD, Token.BAD, Token.SURFACE),
        }
        return by_kind[self._kind]

    def _font(self) -> QFont:
        size = self._measure.narrow_type if self.look.narrow else self._measure.type
        return sized_font(self.look.px(size), bold=self._measure.bold and self._kind is not Kind.QUIET)

    def _height(self) -> int:
        narrow = self.look.narrow
        measure = self._measure
        size, height = (measure.narrow_type, measure.narrow_height) if narrow else (measure.type, measure.height)
        return self.look.px(size * 1.3) + self.look.space(height - size * 1.3)

    def _side_of_icon(self) -> int:
        return round(self._font().pixelSize() * 1.2)

    def _content_width(self) -> float:
        icons = sum(icon is not None for icon in (self._icon, self._icon_after))
        return text_width(self._font(), self._words) + icons * (self._side_of_icon() + self.look.space(10))
