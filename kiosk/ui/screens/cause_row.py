"""One of the three rows of a locked seat: icon, heading in both languages, and what there is to say beside it."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from kiosk.ui.i18n import Language, text
from kiosk.ui.theme.look import Look
from kiosk.ui.theme.measures import Role
from kiosk.ui.theme.paint import colour, start
from kiosk.ui.theme.tokens import Token
from kiosk.ui.widgets.icons import Icon, draw_icon
from kiosk.ui.widgets.label import Label
from kiosk.ui.widgets.shown import set_shown

_HEAD = 196
_HEAD_NARROW = 150
_UNBOUND = (1 << 24) - 1


class IconMark(QWidget):
    """An icon beside words that say the same."""

    def __init__(self, icon: Icon, look: Look, *, side: int = 30, ink: Token = Token.ACCENT) -> None:
        super().__init__()
        self._icon, self._base, self._ink = icon, side, ink
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.set_look(look)

    def set_look(self, look: Look) -> None:
        """Draw from this look from now on."""
        self._look = look
        side = look.px(self._base if not look.narrow else self._base * 0.86)
        self.setFixedSize(side, side)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the icon."""
        painter = QPainter(self)
        start(painter)
        draw_icon(painter, self._icon, QRectF(self.rect()), colour(self._look, self._ink))


class CauseRow(QWidget):
    """The row; `body` is filled by the screen."""

    def __init__(self, icon: Icon, key: str, look: Look, *, name: str) -> None:
        super().__init__()
        self.setObjectName(name)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._look, self._key, self._stacked = look, key, False
        self._icon = IconMark(icon, look)
        self._heading = Label("", look, role=Role.RAIL)
        self._other = Label("", look, role=Role.CAPTION, ink=Token.INK2)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self._heading)
        words.addWidget(self._other)
        words.addStretch(1)
        self._head = QWidget()
        self._head_row = QHBoxLayout(self._head)
        self._head_row.setContentsMargins(0, 0, 0, 0)
        self._head_row.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        self._head_row.addLayout(words, 1)
        self.body = QVBoxLayout()
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._row.addWidget(self._head)
        self._row.addLayout(self.body, 1)
        self.set_look(look)

    def set_stacked(self, stacked: bool) -> None:
        """Heading above the body, where there is no room for it beside."""
        self._stacked = stacked
        way = QBoxLayout.Direction.TopToBottom if stacked else QBoxLayout.Direction.LeftToRight
        self._row.setDirection(way)
        self.set_look(self._look)

    def set_look(self, look: Look) -> None:
        """Draw from this look from now on; the heading follows the language."""
        self._look = look
        other = Language.EN if look.language is Language.ZH else Language.ZH
        self._heading.set_words(text(self._key, look.language))
        self._other.set_words(text(self._key, other))
        gap = look.space(16 if look.narrow else 24)
        self._row.setContentsMargins(0, gap + look.space(12), 0, gap + look.space(12))
        self._row.setSpacing(look.space(8 if self._stacked else 24))
        self._head_row.setSpacing(look.space(20))
        self.body.setSpacing(look.space(10))
        width = look.px(36 + 20 + (_HEAD_NARROW if look.narrow else _HEAD))
        needed = max(width, self._head_row.minimumSize().width())
        self._head.setMinimumWidth(0 if self._stacked else needed)
        self._head.setMaximumWidth(_UNBOUND if self._stacked else needed)


def show_label(label: Label, words: str) -> None:
    """Put words into a label that is gone where there are none."""
    label.set_words(words)
    set_shown(label, bool(words))
