"""A single line of plain text in one of the look's types. Sentences that may wrap belong in `Paragraph`."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from kiosk.ui.theme.look import Look
from kiosk.ui.theme.measures import Role
from kiosk.ui.theme.paint import colour, font
from kiosk.ui.theme.tokens import Token


class Label(QLabel):
    """One line: a role of type, a token of colour. What it shows is what assistive technology reads."""

    def __init__(
        self,
        words: str,
        look: Look,
        *,
        role: Role = Role.BODY,
        ink: Token = Token.INK,
        bold: bool | None = None,
        name: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self.setObjectName(name)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._role, self._ink, self._bold, self._look = role, ink, bold, look
        self.setText(words)
        self.set_look(look)

    def set_words(self, words: str) -> None:
        """Another text in the same type."""
        if words != self.text():
            self.setText(words)

    def set_ink(self, ink: Token) -> None:
        """Another colour."""
        self._ink = ink
        palette = QPalette(self.palette())
        palette.setColor(QPalette.ColorRole.WindowText, colour(self._look, ink))
        self.setPalette(palette)

    def set_look(self, look: Look) -> None:
        """Draw from this look from now on."""
        self._look = look
        self.setFont(font(look, self._role, bold=self._bold))
        self.set_ink(self._ink)
