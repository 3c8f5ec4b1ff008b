"""The thin strip that says on every screen of a demo or practice that this result does not count.

Rules: it is always there in a rehearsal and never otherwise; it moves nothing else, wraps instead of being cut, and
cannot be pressed. Screens put it first in their column and call `setVisible(shown.view.rehearsal)`.
"""

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from kiosk.ui.i18n import text
from kiosk.ui.theme.look import Look
from kiosk.ui.theme.measures import Role
from kiosk.ui.theme.paint import colour, start
from kiosk.ui.theme.tokens import Token
from kiosk.ui.widgets.icons import square
from kiosk.ui.widgets.paragraph import Paragraph
from kiosk.ui.widgets.sign import State, draw_sign


class RehearsalMark(QWidget):
    """The strip; its words follow the language of the look."""

    def __init__(self, look: Look, *, name: str = "rehearsal-mark", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._look = look
        self._words = Paragraph("", look, role=Role.TOOL, bold=True, measure=None, name=f"{name}-words")
        self._row = QHBoxLayout(self)
        self._row.addWidget(self._words, 1)
        self.set_look(look)

    def set_look(self, look: Look) -> None:
        """Draw from this look from now on, in its language."""
        self._look = look
        self._words.set_source(text("staff.rehearsal", look.language))
        side = look.space(16 if look.narrow else 28)
        self._row.setContentsMargins(side + self._side() + look.space(8), look.space(4), side, look.space(4))
        self.updateGeometry()
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Fill, the hairline below, and the sign beside the first line."""
        painter = QPainter(self)
        start(painter)
        look = self._look
        painter.fillRect(self.rect(), colour(look, Token.WARN_SOFT))
        painter.fillRect(0, self.height() - 1, self.width(), 1, colour(look, Token.WARN))
        middle = self._words.y() + look.line(Role.TOOL) / 2
        sign: QRectF = square(look.space(16 if look.narrow else 28), middle, self._side())
        draw_sign(painter, State.WARN, sign, look)

    def _side(self) -> int:
        return round(self._look.size(Role.TOOL) * 1.25)
