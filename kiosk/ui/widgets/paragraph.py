"""A text of one or more lines, set by Chinese line rules with our own leading and our own few marks.

Rules kept: never Qt's rich text, which opens files and hangs; the line is no longer than 42 characters unless
asked; needed height follows the width; assistive technology reads the text without marks.
"""

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from kiosk.ui.theme.look import Look
from kiosk.ui.theme.measures import Role
from kiosk.ui.theme.paint import colour, start
from kiosk.ui.theme.tokens import Token
from kiosk.ui.widgets.typeset import Face, Typeset

MEASURE = 42
"""Longest line, in sizes of the type: 42 Chinese characters, about 75 English ones."""
_SHORTEST = 6


class Paragraph(QLabel):
    """Marked text in a role of type; as tall as its width makes it."""

    def __init__(
        self,
        source: str,
        look: Look,
        *,
        role: Role = Role.BODY,
        ink: Token = Token.INK,
        bold: bool | None = None,
        measure: int | None = MEASURE,
        name: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self.setObjectName(name)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._source, self._role, self._ink, self._bold, self._measure = source, role, ink, bold, measure
        self._look = look
        self._set = self._typeset()

    @property
    def source(self) -> str:
        """The text with its marks."""
        return self._source

    def set_source(self, source: str) -> None:
        """Another text."""
        if source != self._source:
            self._source = source
            self._reset()

    def set_ink(self, ink: Token) -> None:
        """Another colour."""
        self._ink = ink
        self.update()

    def set_look(self, look: Look) -> None:
        """Draw from this look from now on."""
        self._look = look
        self._reset()

    def lines(self) -> list[str]:
        """The lines as they stand now."""
        return self._set.lines(self._line_width(self.width()))

    def needed_height(self) -> int:
        """Height the text needs in the width it has."""
        return self.heightForWidth(self.width())

    def hasHeightForWidth(self) -> bool:
        """Qt asks for the height of a width."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Height of all lines in `width`; none for no text."""
        return self._set.height(self._line_width(width)) if self._source else 0

    def sizeHint(self) -> QSize:
        """As wide as the longest paragraph or the measure, and as tall as that makes it."""
        width = min(self._set.natural_width(), int(self._limit()))
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        """Wide enough for a few characters; the height at the width the part has."""
        width = min(self.sizeHint().width(), _SHORTEST * self._look.size(self._role))
        return QSize(width, self.heightForWidth(self.width()) if self.testAttribute(_RESIZED) else 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width is another height."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the lines."""
        painter = QPainter(self)
        start(painter)
        width = self._line_width(self.width())
        self._set.draw(painter, QPointF(0, 0), width, colour(self._look, self._ink))

    def _limit(self) -> float:
        return self._measure * self._look.size(self._role) if self._measure is not None else float(1 << 20)

    def _line_width(self, width: int) -> float:
        return min(float(width), self._limit())

    def _typeset(self) -> Typeset:
        bold = self._role.value.bold if self._bold is None else self._bold
        face = Face(self._look.size(self._role), bold, self._look.line(self._role))
        typeset = Typeset(self._source, face)
        self.setAccessibleName(typeset.plain)
        return typeset

    def _reset(self) -> None:
        self._set = self._typeset()
        self.updateGeometry()
        self.update()


_RESIZED = Qt.WidgetAttribute.WA_Resized
