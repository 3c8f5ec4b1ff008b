"""How much is done, as a bar with its numbers; what is missing stands at the right end, however little it is.

Rules kept: never a bar without numbers; a part that is not nothing is at least 8 px wide.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QProgressBar, QSizePolicy, QWidget

from kiosk.ui.i18n import text
from kiosk.ui.theme.look import Look
from kiosk.ui.theme.measures import RADIUS_CELL, Role
from kiosk.ui.theme.paint import box, colour, font, line_of_text, start, text_width
from kiosk.ui.theme.tokens import Token

_SMALLEST = 8.0
_HEIGHT = 14


@dataclass(frozen=True, slots=True)
class Share:
    """A part of the whole: how many, and the colour that the legend gives it."""

    count: int
    token: Token = Token.ACCENT


def widths(shares: Sequence[Share], total: int, whole: float) -> list[float]:
    """Pixels of each part: in proportion, but at least 8 where there is anything; the largest gives way."""
    if total <= 0:
        return [0.0 for _ in shares]
    exact = [max(_SMALLEST, whole * share.count / total) if share.count else 0.0 for share in shares]
    over = sum(exact) - whole
    if over > 0 and exact:
        largest = max(range(len(exact)), key=exact.__getitem__)
        exact[largest] = max(_SMALLEST, exact[largest] - over)
    return exact


class Progress(QProgressBar):
    """The bar. Done parts from the left, missing ones at the right end."""

    def __init__(
        self,
        look: Look,
        *,
        label: str,
        with_numbers: bool = True,
        name: str = "progress",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setAccessibleName(label)
        self.setTextVisible(False)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._look, self._with_numbers = look, with_numbers
        self._done: tuple[Share, ...] = ()
        self._missing: tuple[Share, ...] = ()
        self._total, self._words = 0, ""

    def show_progress(self, done: int, total: int, *, missing: int = 0, words: str = "") -> None:
        """One part done, one known to be missing; `words` replace "done / total" beside the bar."""
        self.show_shares([Share(done)], [Share(missing, Token.BAD)] if missing else [], total, words=words)

    def show_shares(self, done: Sequence[Share], missing: Sequence[Share], total: int, *, words: str = "") -> None:
        """Several parts in their colours; the rest of `total` is empty."""
        self._done, self._missing, self._total = tuple(done), tuple(missing), total
        count = sum(share.count for share in done)
        self._words = words or text("common.progress", self._look.language, done=count, total=total)
        self.setRange(0, max(1, total))
        self.setValue(min(count, total))
        self.setAccessibleDescription(self._words)
        self.updateGeometry()
        self.update()

    def set_look(self, look: Look) -> None:
        """Draw from this look from now on."""
        self._look = look
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """A bar of some length and its numbers."""
        return QSize(self._look.px(120) + self._words_width(), max(_HEIGHT, self._look.line(Role.TABLE)))

    def minimumSizeHint(self) -> QSize:
        """A short bar, and the numbers whole."""
        return QSize(60 + self._words_width(), self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the empty bar, the parts, the numbers."""
        painter = QPainter(self)
        start(painter)
        look = self._look
        height = look.space(_HEIGHT)
        bar = QRectF(0, (self.height() - height) / 2, self.width() - self._words_width(), height)
        box(
            painter,
            bar,
            radius=RADIUS_CELL,
            fill=colour(look, Token.SUNKEN),
            edge=colour(look, Token.EDGE),
            width=1.0,
        )
        self._paint_shares(painter, bar)
        if self._with_numbers:
            painter.setFont(font(look, Role.TABLE))
            painter.setPen(colour(look, Token.INK))
            rect = QRectF(bar.right(), 0, self.width() - bar.right(), self.height())
            line_of_text(painter, rect, self._words, Qt.AlignmentFlag.AlignRight)

    def _paint_shares(self, painter: QPainter, bar: QRectF) -> None:
        outline = QPainterPath()
        outline.addRoundedRect(bar, RADIUS_CELL, RADIUS_CELL)
        painter.setClipPath(outline)
        shares = (*self._done, *self._missing)
        sizes = widths(shares, self._total, bar.width())
        x = bar.left()
        for share, width in zip(self._done, sizes, strict=False):
            self._fill(painter, QRectF(x, bar.top(), width, bar.height()), share)
            x += width
        x = bar.right()
        for share, width in zip(reversed(self._missing), reversed(sizes), strict=False):
            x -= width
            self._fill(painter, QRectF(x, bar.top(), width, bar.height()), share)
        painter.setClipping(False)

    def _fill(self, painter: QPainter, rect: QRectF, share: Share) -> None:
        """A part, with a hairline of ground before the next one."""
        gap = 1.0 if len(self._done) + len(self._missing) > 1 else 0.0
        painter.fillRect(rect.adjusted(0, 0, -gap, 0), colour(self._look, share.token))

    def _words_width(self) -> int:
        if not self._with_numbers:
            return 0
        return text_width(font(self._look, Role.TABLE), self._words) + self._look.space(16)
