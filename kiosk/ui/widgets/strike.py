"""The small button at the end of an option that strikes it out or restores it. Keys: Shift and the letter."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from kiosk.ui.i18n import text
from kiosk.ui.theme.look import Look
from kiosk.ui.theme.measures import MINIMUM_TARGET, Role
from kiosk.ui.theme.paint import colour, font, line_of_text, start, text_width
from kiosk.ui.theme.tokens import Token
from kiosk.ui.widgets.icons import Icon, draw_icon, square
from kiosk.ui.widgets.pressable import Pressable


class StrikeButton(Pressable):
    """Says what pressing it will do: strike out, or restore. Not in the Tab order, since the letter does the same."""

    def __init__(self, label: str, look: Look, *, name: str, parent: QWidget | None = None) -> None:
        super().__init__(look, name=name, parent=parent)
        self._label, self._struck, self._bare = label, False, False
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._tell()

    def set_struck(self, struck: bool) -> None:
        """Offer to restore, or to strike out."""
        if struck != self._struck:
            self._struck = struck
            self._tell()
            self.update()

    def set_bare(self, bare: bool) -> None:
        """Only the icon, where large type leaves no room for the word; the name stays."""
        self._bare = bare

    def set_look(self, look: Look) -> None:
        """Draw from this look from now on."""
        super().set_look(look)
        self._tell()

    def sizeHint(self) -> QSize:
        """Room for the longer of both words, so that nothing moves."""
        look = self.look
        height = max(MINIMUM_TARGET, look.px(18) + look.space(16))
        if self._bare:
            return QSize(max(MINIMUM_TARGET, self._side() + look.space(16)), height)
        words = max(text_width(font(look, Role.TOOL), self._words(struck=struck)) for struck in (False, True))
        return QSize(words + self._side() + look.space(6) + 2 * look.space(8), height)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the icon and the word, right aligned."""
        painter = QPainter(self)
        start(painter)
        look = self.look
        painter.setFont(font(look, Role.TOOL))
        ink = colour(look, Token.INK if self.underMouse() or self.isDown() else Token.INK2)
        painter.setPen(ink)
        left = float(self.width() - look.space(8))
        if not self._bare:
            words = self._words(struck=self._struck)
            left -= text_width(font(look, Role.TOOL), words)
            line_of_text(painter, QRectF(left, 0, self.width() - left, self.height()), words)
            left -= look.space(6)
        icon = square(left - self._side(), self.height() / 2, self._side())
        draw_icon(painter, Icon.ARROW_LEFT if self._struck else Icon.CROSS, icon, ink)

    def _words(self, *, struck: bool) -> str:
        return text("exam.option.restore" if struck else "exam.option.strike", self.look.language)

    def _side(self) -> int:
        return self.look.px(16)

    def _tell(self) -> None:
        key = "exam.option.restore.name" if self._struck else "exam.option.strike.name"
        self.setAccessibleName(text(key, self.look.language, label=self._label))
