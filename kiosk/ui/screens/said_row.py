"""A sign, a bold sentence and a plain one below it."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from kiosk.ui.screens.icon_label import IconLabel
from kiosk.ui.theme.look import Look
from kiosk.ui.theme.measures import Role
from kiosk.ui.theme.tokens import Token
from kiosk.ui.widgets.icons import Icon
from kiosk.ui.widgets.paragraph import Paragraph


class SaidRow(QWidget):
    """One row of the three that a receipt says."""

    def __init__(self, icon: Icon, look: Look, *, name: str) -> None:
        super().__init__()
        self.setObjectName(name)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._title = Paragraph("", look, role=Role.CARD, name=f"{name}-title")
        self._body = Paragraph("", look, role=Role.BODY, ink=Token.INK2, name=f"{name}-body")
        self._words = QVBoxLayout()
        self._words.addWidget(self._title)
        self._words.addWidget(self._body)
        self._row = QHBoxLayout(self)
        self._row.addWidget(IconLabel(icon, look), 0, Qt.AlignmentFlag.AlignTop)
        self._row.addLayout(self._words, 1)
        self.set_look(look)

    def set_look(self, look: Look) -> None:
        """Draw from this look from now on."""
        above = look.space(6 if look.narrow else 12)
        self._row.setContentsMargins(0, above, 0, above)
        self._row.setSpacing(look.space(24))
        self._words.setSpacing(look.space(4))

    def say(self, title: str, body: str) -> None:
        """Other words."""
        self._title.set_source(title)
        self._body.set_source(body)
