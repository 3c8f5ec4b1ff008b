"""A list of sentences with numbers before them, one thought each."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from kiosk.ui.theme.look import Look
from kiosk.ui.theme.measures import Role
from kiosk.ui.theme.tokens import Token
from kiosk.ui.widgets.label import Label
from kiosk.ui.widgets.paragraph import Paragraph


class NumberedList(QWidget):
    """The sentences; read aloud with their numbers."""

    def __init__(self, look: Look, *, name: str, role: Role = Role.BODY) -> None:
        super().__init__()
        self.setObjectName(name)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._look, self._role = look, role
        self._rows: list[tuple[Label, Paragraph]] = []
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setColumnStretch(1, 1)
        self.set_look(look)

    def set_look(self, look: Look) -> None:
        """Draw from this look from now on."""
        self._look = look
        self._grid.setVerticalSpacing(look.space(8 if look.narrow else 20 if self._role is Role.LEAD else 12))
        self._grid.setHorizontalSpacing(look.space(16))

    def set_sentences(self, sentences: Sequence[str]) -> None:
        """Other sentences, as many as there are."""
        while len(self._rows) > len(sentences):
            for part in self._rows.pop():
                self._grid.removeWidget(part)
                part.hide()
                part.deleteLater()
        while len(self._rows) < len(sentences):
            at = len(self._rows)
            number = Label(str(at + 1), self._look, role=self._role, bold=True, ink=Token.ACCENT_INK)
            words = Paragraph("", self._look, role=self._role)
            self._grid.addWidget(number, at, 0, Qt.AlignmentFlag.AlignTop)
            self._grid.addWidget(words, at, 1)
            self._rows.append((number, words))
        for (_, words), sentence in zip(self._rows, sentences, strict=True):
            words.set_source(sentence)
