"""The time left, as a candidate sees it: calm, warned, last minute, stopped, or put away.

Rules kept: never red, never blinking; a warning is a box and an edge, the last minute is a thicker edge and words,
a stopped clock says so; all states take the same room, so nothing beside the clock moves. It computes no time: it
is told.
"""

from enum import Enum

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from kiosk.ui.i18n import text
from kiosk.ui.theme.look import Look
from kiosk.ui.theme.measures import BORDER_CONTROL, RADIUS_CONTROL, Role
from kiosk.ui.theme.paint import box, colour, font, line_of_text, start, text_width
from kiosk.ui.theme.tokens import Token
from kiosk.ui.widgets.icons import Icon, draw_icon, square
from kiosk.ui.widgets.pressable import Pressable

_HEIGHT = 44
_LAST_EDGE = 3.0
_SECONDS_AGAIN = 600


class Mood(Enum):
    """What the rules say about the time left."""

    CALM = "calm"
    WARN = "warn"
    LAST_MINUTE = "last-minute"
    STOPPED = "stopped"


_LABELS = {
    Mood.CALM: "exam.clock.left",
    Mood.WARN: "exam.clock.left",
    Mood.LAST_MINUTE: "exam.clock.last-minute",
    Mood.STOPPED: "exam.clock.stopped",
}


def clock_words(seconds: int, *, short: bool = False) -> str:
    """Figures as 01:02:29; with `short` hours and minutes only, until the last ten minutes."""
    hours, rest = divmod(max(0, seconds), 3600)
    minutes, second = divmod(rest, 60)
    if short and seconds > _SECONDS_AGAIN:
        return f"{hours:02}:{minutes:02}"
    return f"{minutes:02}:{second:02}" if short else f"{hours:02}:{minutes:02}:{second:02}"


class Clock(Pressable):
    """The clock; where it can be put away, `clicked` asks to hide or show it."""

    def __init__(
        self,
        look: Look,
        *,
        can_hide: bool = True,
        short: bool = False,
        name: str = "clock",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(look, name=name, parent=parent)
        self._short, self._can_hide = short, can_hide
        self._seconds, self._mood, self._hidden = 0, Mood.CALM, False
        self._shown = ""
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if can_hide else Qt.FocusPolicy.NoFocus)
        self.setEnabled(True)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._tell()

    @property
    def figures(self) -> str:
        """The figures as drawn, also while they are put away."""
        return clock_words(self._seconds, short=self._short)

    def show_time(self, seconds: int, mood: Mood, *, hidden: bool = False) -> None:
        """Show the time left in whole seconds; paints only if something seen has changed."""
        before = (self.figures, self._mood, self._hidden)
        self._seconds, self._mood, self._hidden = seconds, mood, hidden and self._can_hide
        if (self.figures, self._mood, self._hidden) != before:
            self._tell()
            self.update()

    def set_short(self, short: bool) -> None:
        """Hours and minutes behind an icon, for narrow bars."""
        self._short = short
        self._tell()
        self.updateGeometry()
        self.update()

    def set_look(self, look: Look) -> None:
        """Draw from this look from now on."""
        super().set_look(look)
        self._tell()

    def sizeHint(self) -> QSize:
        """Room for the widest state."""
        look = self.look
        figures = text_width(font(look, Role.FIGURES), "00:00" if self._short else "00:00:00")
        width = self._label_width() + look.space(12) + figures + 2 * look.space(14)
        return QSize(width, look.px(26) + look.space(_HEIGHT - 26))

    def minimumSizeHint(self) -> QSize:
        """Never cut."""
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the box of the state, the label and the figures."""
        painter = QPainter(self)
        start(painter)
        look, mood = self.look, self._mood
        if mood in (Mood.WARN, Mood.LAST_MINUTE):
            width = _LAST_EDGE if mood is Mood.LAST_MINUTE else BORDER_CONTROL
            fill, edge = colour(look, Token.WARN_SOFT), colour(look, Token.WARN)
            box(painter, QRectF(self.rect()), radius=RADIUS_CONTROL, fill=fill, edge=edge, width=width)
        side = look.space(14)
        inner = QRectF(side, 0, self.width() - 2 * side, self.height())
        if self._hidden:
            self._paint_hidden(painter, inner)
        else:
            self._paint_time(painter, inner)

    def _paint_time(self, painter: QPainter, inner: QRectF) -> None:
        look = self.look
        figures = font(look, Role.FIGURES)
        painter.setFont(figures)
        painter.setPen(colour(look, Token.INK))
        line_of_text(painter, inner, self.figures, Qt.AlignmentFlag.AlignRight)
        left = inner.right() - text_width(figures, self.figures) - look.space(12)
        if self._short and self._mood in (Mood.CALM, Mood.WARN):
            icon = square(left - self._icon(), self.height() / 2, self._icon())
            draw_icon(painter, Icon.CLOCK, icon, colour(look, Token.INK2))
            return
        painter.setFont(font(look, Role.CAPTION))
        last = self._mood is Mood.LAST_MINUTE
        painter.setPen(colour(look, Token.INK if last else Token.INK2))
        label = QRectF(inner.left(), 0, left - inner.left(), self.height() + look.px(4))
        line_of_text(painter, label, self._label(), Qt.AlignmentFlag.AlignRight)

    def _paint_hidden(self, painter: QPainter, inner: QRectF) -> None:
        look = self.look
        words = text("exam.clock.show", look.language)
        painter.setFont(font(look, Role.CAPTION))
        painter.setPen(colour(look, Token.INK))
        line_of_text(painter, inner, words, Qt.AlignmentFlag.AlignRight)
        left = inner.right() - text_width(painter.font(), words) - look.space(8) - self._icon()
        draw_icon(painter, Icon.EYE, square(left, self.height() / 2, self._icon()), colour(look, Token.INK))

    def _label(self) -> str:
        return text(_LABELS[self._mood], self.look.language)

    def _label_width(self) -> int:
        of = font(self.look, Role.CAPTION)
        if self._short:
            keys = [_LABELS[Mood.LAST_MINUTE], _LABELS[Mood.STOPPED]]
            return max(self._icon(), *(text_width(of, text(key, self.look.language)) for key in keys))
        return max(text_width(of, text(key, self.look.language)) for key in _LABELS.values())

    def _icon(self) -> int:
        return self.look.px(20)

    def _tell(self) -> None:
        """Name the clock by the minute, so that it is not read aloud every second."""
        language = self.look.language
        minutes = clock_words(self._seconds - self._seconds % 60)[:5]
        words = f"{text(_LABELS[self._mood], language)} {minutes}"
        if self._can_hide:
            act = text("exam.clock.show" if self._hidden else "exam.clock.hide", language)
            self.setAccessibleDescription(act)
        if words != self._shown:
            self._shown = words
            self.setAccessibleName(words)
