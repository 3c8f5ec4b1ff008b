"""Facts in a row (label over figure) or in a list (label beside value), each read as "label: value"."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from kiosk.ui.theme.look import Look
from kiosk.ui.theme.measures import Role
from kiosk.ui.theme.tokens import Token
from kiosk.ui.widgets.label import Label
from kiosk.ui.widgets.markup import plain
from kiosk.ui.widgets.paragraph import Paragraph
from kiosk.ui.widgets.rule import Rule


@dataclass(frozen=True, slots=True)
class Fact:
    """A label and its value; `ink` colours the value where it means something."""

    label: str
    value: str
    ink: Token = Token.INK


class FactRow(QWidget):
    """Facts beside each other. `stacked` puts them below each other where there is no room."""

    def __init__(
        self,
        facts: Sequence[Fact],
        look: Look,
        *,
        role: Role = Role.FACT,
        name: str = "facts",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._look, self._role = look, role
        self._cells: list[tuple[Label, Label]] = []
        self._columns: list[QVBoxLayout] = []
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        for at, fact in enumerate(facts):
            if at:
                self._row.addWidget(Rule(look, upright=True, length=48), 0, Qt.AlignmentFlag.AlignVCenter)
            self._row.addLayout(self._column(fact), 1)
        self.set_facts(facts)
        self.set_look(look)

    def set_facts(self, facts: Sequence[Fact]) -> None:
        """Other values for the same number of facts."""
        for (label, value), fact in zip(self._cells, facts, strict=True):
            label.set_words(fact.label)
            value.set_words(fact.value)
            value.set_ink(fact.ink)
            value.setAccessibleName(f"{fact.label}: {fact.value}")

    def set_look(self, look: Look) -> None:
        """Draw from this look from now on."""
        self._look = look
        self._row.setSpacing(look.space(24))
        for column in self._columns:
            column.setSpacing(look.space(4))

    def _column(self, fact: Fact) -> QVBoxLayout:
        label = Label(fact.label, self._look, role=Role.CAPTION, ink=Token.INK2)
        value = Label(fact.value, self._look, role=self._role, ink=fact.ink)
        column = QVBoxLayout()
        column.addWidget(label)
        column.addWidget(value)
        self._cells.append((label, value))
        self._columns.append(column)
        return column


class FactList(QWidget):
    """Facts below each other, values in one column; a value may be longer than a line."""

    def __init__(
        self,
        facts: Sequence[Fact],
        look: Look,
        *,
        role: Role = Role.BODY,
        label_width: int = 120,
        name: str = "fact-list",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._look, self._role, self._label_width = look, role, label_width
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setColumnStretch(1, 1)
        self._rows: list[tuple[Label, Paragraph]] = []
        self.set_facts(facts)
        self.set_look(look)

    def set_facts(self, facts: Sequence[Fact]) -> None:
        """Other facts, as many as there are."""
        while len(self._rows) > len(facts):
            for part in self._rows.pop():
                self._grid.removeWidget(part)
                part.deleteLater()
        while len(self._rows) < len(facts):
            at = len(self._rows)
            label = Label("", self._look, role=Role.LABEL, ink=Token.INK2)
            value = Paragraph("", self._look, role=self._role)
            self._grid.addWidget(label, at, 0, Qt.AlignmentFlag.AlignTop)
            self._grid.addWidget(value, at, 1)
            self._rows.append((label, value))
        for (label, value), fact in zip(self._rows, facts, strict=True):
            label.set_words(fact.label)
            value.set_source(fact.value)
            value.set_ink(fact.ink)
            value.setAccessibleName(f"{fact.label}: {plain(fact.value)}")

    def set_look(self, look: Look) -> None:
        """Draw from this look from now on."""
        self._look = look
        self._grid.setVerticalSpacing(look.space(16 if self._role is Role.BODY else 8))
        self._grid.setHorizontalSpacing(look.space(16))
        self._grid.setColumnMinimumWidth(0, look.px(self._label_width) - look.space(16))
