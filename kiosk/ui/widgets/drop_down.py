"""One choice of many, as a list that opens over the window, inside it: no popup window that a locked screen could
lose.

Keys: up and down choose, also while it is closed; space, Enter or Alt+Down open and close; Esc closes and gives
back what was chosen before. Nothing is chosen until a person chooses, if it starts empty.
"""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox, QSizePolicy, QWidget

from kiosk.ui.i18n import text
from kiosk.ui.theme.look import Look
from kiosk.ui.theme.measures import BORDER_CONTROL, RADIUS_CONTROL, Role
from kiosk.ui.theme.paint import box, colour, font, line_of_text, start, text_width
from kiosk.ui.theme.tokens import Token
from kiosk.ui.widgets.icons import Icon, draw_icon, square
from kiosk.ui.widgets.page import ScrollPage
from kiosk.ui.widgets.pressable import ENTERS

_HEIGHT = 52
_ROW = 44
_OPENS = ENTERS | {Qt.Key.Key_Space, Qt.Key.Key_F4}


class DropDown(QComboBox):
    """The closed field; `picked` carries the key that a person chose."""

    ring_radius = RADIUS_CONTROL
    picked = Signal(str)

    def __init__(
        self,
        choices: Sequence[tuple[str, str]],
        look: Look,
        *,
        label: str,
        name: str,
        current: str | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setAccessibleName(label)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._look = look
        self._list: _List | None = None
        self._before = -1
        self.set_choices(choices, current)

    @property
    def current(self) -> str | None:
        """Key of the choice, or None while there is none."""
        data = self.currentData()
        return data if isinstance(data, str) else None

    def set_choices(self, choices: Sequence[tuple[str, str]], current: str | None) -> None:
        """Other choices, or the same in another language; no signal."""
        self.clear()
        for key, words in choices:
            self.addItem(words, key)
        self.set_current(current)

    def set_current(self, key: str | None) -> None:
        """Show a choice, or none; no signal."""
        self.setCurrentIndex(-1 if key is None else self.findData(key))
        self.update()

    @property
    def is_open(self) -> bool:
        """Whether the list lies over the window."""
        return self._list is not None

    def set_look(self, look: Look) -> None:
        """Draw from this look from now on."""
        self._look = look
        self.setFont(font(look, Role.BODY))
        self.hidePopup()
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Room for the longest choice."""
        words = max(
            (text_width(font(self._look, Role.BODY), self.itemText(at)) for at in range(self.count())), default=0
        )
        return QSize(words + 2 * self._look.space(16) + self._look.px(32), self._height(_HEIGHT))

    def minimumSizeHint(self) -> QSize:
        """Never cut."""
        return self.sizeHint()

    def showPopup(self) -> None:
        """Lay the list over the window, below the field or above it."""
        if self._list is None and self.count():
            self._before = self.currentIndex()
            self._list = _List(self, self._look, self._height(_ROW))
            self._list.rows.chosen.connect(self._chosen)
            self.window().installEventFilter(self)
            self.update()

    def hidePopup(self) -> None:
        """Take the list away; what is chosen stays."""
        if self._list is not None:
            self.window().removeEventFilter(self)
            self._list.hide()
            self._list.deleteLater()
            self._list = None
            self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open, walk, choose, give up."""
        key = event.key()
        alt_down = key == Qt.Key.Key_Down and event.modifiers() & Qt.KeyboardModifier.AltModifier
        if key in _OPENS or alt_down:
            self._toggle()
        elif key == Qt.Key.Key_Escape and self.is_open:
            self.setCurrentIndex(self._before)
            self.hidePopup()
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Home, Qt.Key.Key_End):
            self._walk(key)
        else:
            event.ignore()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Open or close."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._toggle()

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        """The press has done it."""

    def wheelEvent(self, event: QWheelEvent) -> None:
        """A wheel over the field scrolls the page, it never changes a choice."""
        event.ignore()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Going away closes the list."""
        self.hidePopup()
        super().focusOutEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A press beside the list, or another size of the window, closes it."""
        if event.type() in (QEvent.Type.MouseButtonPress, QEvent.Type.Resize):
            self.hidePopup()
        return super().eventFilter(watched, event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the field, the choice and the arrow."""
        painter = QPainter(self)
        start(painter)
        look = self._look
        on = self.isEnabled()
        fill = colour(look, Token.SURFACE if on else Token.SUNKEN)
        edge = colour(look, Token.ACCENT if self.is_open else Token.EDGE if on else Token.LINE)
        box(painter, QRectF(self.rect()), radius=RADIUS_CONTROL, fill=fill, edge=edge, width=BORDER_CONTROL)
        painter.setFont(font(look, Role.BODY))
        none = self.currentIndex() < 0
        painter.setPen(colour(look, Token.INK2 if none or not on else Token.INK))
        words = text("common.choose", look.language) if none else self.currentText()
        side = look.space(16)
        line_of_text(painter, QRectF(side, 0, self.width() - side, self.height()), words)
        icon = square(self.width() - side - look.px(20), self.height() / 2, look.px(20))
        draw_icon(painter, Icon.CHEVRON_UP if self.is_open else Icon.CHEVRON_DOWN, icon, colour(look, Token.INK))

    def _toggle(self) -> None:
        if self._list is None:
            self.showPopup()
            return
        self.hidePopup()
        if self.currentIndex() != self._before:
            self._tell()

    def _walk(self, key: int) -> None:
        last = self.count() - 1
        at = self.currentIndex()
        to = {Qt.Key.Key_Up: at - 1, Qt.Key.Key_Down: at + 1, Qt.Key.Key_Home: 0, Qt.Key.Key_End: last}[Qt.Key(key)]
        self.setCurrentIndex(max(0, min(last, to)))
        if self._list is not None:
            self._list.show_row(self.currentIndex())
        elif self.currentIndex() != at:
            self._tell()

    def _chosen(self, at: int) -> None:
        self.setCurrentIndex(at)
        self.hidePopup()
        self._tell()

    def _tell(self) -> None:
        key = self.current
        if key is not None:
            self.picked.emit(key)

    def _height(self, height: int) -> int:
        return self._look.px(24) + self._look.space(height - 24)


class _Rows(QWidget):
    """The choices as rows."""

    chosen = Signal(int)

    def __init__(self, field: DropDown, look: Look, row_height: int) -> None:
        super().__init__()
        self._field, self._look, self.row_height = field, look, row_height
        self._over = -1
        self.setMouseTracking(True)
        self.setFixedHeight(field.count() * row_height)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._over = int(event.position().y()) // self.row_height
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        event.accept()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        at = int(event.position().y()) // self.row_height
        if 0 <= at < self._field.count():
            self.chosen.emit(at)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        start(painter)
        look = self._look
        painter.fillRect(self.rect(), colour(look, Token.SURFACE))
        for at in range(self._field.count()):
            row = QRectF(0, at * self.row_height, self.width(), self.row_height)
            on = at == self._field.currentIndex()
            if on or at == self._over:
                painter.fillRect(row, colour(look, Token.ACCENT_SOFT if on else Token.SUNKEN))
            painter.setFont(font(look, Role.BODY, bold=on))
            painter.setPen(colour(look, Token.ACCENT_INK if on else Token.INK))
            side = look.space(16)
            line_of_text(painter, row.adjusted(side, 0, -side, 0), self._field.itemText(at))
            if on:
                icon = square(row.right() - side - look.px(20), row.center().y(), look.px(20))
                draw_icon(painter, Icon.CHECK, icon, colour(look, Token.ACCENT_INK), stroke=2.6)


class _List(QWidget):
    """The frame over the window that holds the rows; it never takes the focus."""

    def __init__(self, field: DropDown, look: Look, row_height: int) -> None:
        window = field.window()
        super().__init__(window)
        self.setObjectName(f"{field.objectName()}-list")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._look = look
        self.rows = _Rows(field, look, row_height)
        self._page = ScrollPage(self.rows, look, name=f"{field.objectName()}-page", parent=self)
        self.setGeometry(_place(field, window.size(), self.rows.height() + 4))
        self._page.setGeometry(self.rect().adjusted(2, 2, -2, -2))
        self.raise_()
        self.show()
        self.show_row(field.currentIndex())

    def show_row(self, at: int) -> None:
        """Scroll to a row."""
        height = self.rows.row_height
        self._page.ensureVisible(0, max(0, at) * height + height // 2, 0, height)
        self.rows.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the frame."""
        painter = QPainter(self)
        start(painter)
        fill, edge = colour(self._look, Token.SURFACE), colour(self._look, Token.ACCENT)
        box(painter, QRectF(self.rect()), radius=RADIUS_CONTROL, fill=fill, edge=edge, width=2.0)


def _place(field: QWidget, window: QSize, height: int) -> QRect:
    """Below the field if there is room, else above, else as much as the window has."""
    top = field.mapTo(field.window(), QPoint(0, 0))
    gap = 8
    below = window.height() - top.y() - field.height() - 2 * gap
    above = top.y() - 2 * gap
    if height <= below or below >= above:
        return QRect(top.x(), top.y() + field.height() + gap, field.width(), min(height, below))
    tall = min(height, above)
    return QRect(top.x(), top.y() - gap - tall, field.width(), tall)
