"""Where one is on the way to the exam. Done steps have a tick, the current one a ring, the others a number."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from kiosk.ui.i18n import Language, text
from kiosk.ui.theme.look import Look
from kiosk.ui.theme.measures import Role
from kiosk.ui.theme.paint import colour, font, line_of_text, start, text_width
from kiosk.ui.theme.tokens import Token
from kiosk.ui.widgets.icons import Icon, draw_icon

EXAM_STEPS = ("exam.step.sign-in", "exam.step.identity", "exam.step.briefing", "exam.step.start")


class StepBar(QLabel):
    """Numbered steps on one line; in a narrow window only the current one keeps its words."""

    def __init__(
        self,
        look: Look,
        *,
        keys: Sequence[str] = EXAM_STEPS,
        current: int = 0,
        name: str = "steps",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setObjectName(name)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._keys, self._current, self._look = tuple(keys), current, look
        self._tell()

    def set_current(self, current: int) -> None:
        """The step one is at, counted from 0; one more than the last when all are done."""
        self._current = current
        self._tell()
        self.updateGeometry()
        self.update()

    def set_look(self, look: Look) -> None:
        """Draw from this look from now on."""
        self._look = look
        self._tell()
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Room for discs, words and the lines between."""
        width = sum(self._width(at) for at in range(len(self._keys))) + (len(self._keys) - 1) * self._between()
        return QSize(width, max(self._side() + 4, self._look.line(Role.CAPTION)))

    def minimumSizeHint(self) -> QSize:
        """Never cut."""
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw step by step."""
        painter = QPainter(self)
        start(painter)
        x = 0.0
        for at in range(len(self._keys)):
            if at:
                painter.setPen(QPen(colour(self._look, Token.LINE), 1))
                y = self.height() / 2
                inset = self._look.space(10)
                painter.drawLine(QPointF(x + inset, y), QPointF(x + self._between() - inset, y))
                x += self._between()
            self._paint_step(painter, at, x)
            x += self._width(at)

    def _paint_step(self, painter: QPainter, at: int, x: float) -> None:
        look, side = self._look, self._side()
        disc = QRectF(x + 1, (self.height() - side) / 2, side, side)
        done, here = at < self._current, at == self._current
        accent = colour(look, Token.ACCENT)
        painter.setBrush(accent if done else colour(look, Token.SURFACE))
        painter.setPen(QPen(accent if done or here else colour(look, Token.EDGE), 2.5 if here else 1.5))
        painter.drawEllipse(disc.adjusted(1.2, 1.2, -1.2, -1.2))
        if done:
            inset = side * 0.22
            inner = disc.adjusted(inset, inset, -inset, -inset)
            draw_icon(painter, Icon.CHECK, inner, colour(look, Token.ON_ACCENT), stroke=3.6)
        else:
            painter.setFont(font(look, Role.SMALL, bold=here))
            painter.setPen(colour(look, Token.INK if here else Token.INK2))
            line_of_text(painter, disc, str(at + 1), Qt.AlignmentFlag.AlignHCenter)
        if self._has_words(at):
            painter.setFont(font(look, Role.CAPTION, bold=here))
            painter.setPen(colour(look, Token.INK if here or done else Token.INK2))
            left = disc.right() + look.space(8)
            line_of_text(painter, QRectF(left, 0, self.width(), self.height()), self._words(at))

    def _words(self, at: int) -> str:
        return text(self._keys[at], self._look.language)

    def _has_words(self, at: int) -> bool:
        return not self._look.narrow or at == self._current

    def _width(self, at: int) -> int:
        words = text_width(font(self._look, Role.CAPTION, bold=True), self._words(at)) if self._has_words(at) else 0
        return self._side() + 2 + (words + self._look.space(8) if words else 0)

    def _between(self) -> int:
        return self._look.space(28 if self._look.narrow else 64)

    def _side(self) -> int:
        return self._look.px(28)

    def _tell(self) -> None:
        language = self._look.language
        parts = []
        for at in range(len(self._keys)):
            key = "done" if at < self._current else "current" if at == self._current else "ahead"
            parts.append(text(f"common.step.{key}", language, step=self._words(at)))
        self.setAccessibleName(("；" if language is Language.ZH else "; ").join(parts))
