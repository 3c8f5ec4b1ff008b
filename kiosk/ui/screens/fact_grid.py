"""Facts beside each other as far as there is room, the rest below: label over figure, each read as "label: value"."""

from collections.abc import Sequence

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QVBoxLayout, QWidget

from kiosk.ui.theme.look import Look
from kiosk.ui.theme.measures import Role
from kiosk.ui.theme.tokens import Token
from kiosk.ui.widgets.label import Label


class _Cell(QWidget):
    """One fact."""

    def __init__(self, look: Look, role: Role) -> None:
        super().__init__()
        self.label = Label("", look, role=Role.CAPTION, ink=Token.INK2)
        self.value = Label("", look, role=role)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addWidget(self.label)
        self._column.addWidget(self.value)
        self._column.addStretch(1)
        self.set_look(look)

    def set_look(self, look: Look) -> None:
        self._column.setSpacing(look.space(4))


class FactGrid(QWidget):
    """As many columns as fit the width."""

    def __init__(
        self, look: Look, *, role: Role = Role.FACT, name: str = "facts", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self._look, self._role = look, role
        self._cells: list[_Cell] = []
        self._columns = 0
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self.set_look(look)

    def set_facts(self, facts: Sequence[tuple[str, str]]) -> None:
        """Other facts, label and value, as many as there are."""
        while len(self._cells) > len(facts):
            cell = self._cells.pop()
            self._grid.removeWidget(cell)
            cell.hide()
            cell.deleteLater()
            self._columns = 0
        while len(self._cells) < len(facts):
            self._cells.append(_Cell(self._look, self._role))
            self._columns = 0
        for cell, (label, value) in zip(self._cells, facts, strict=True):
            cell.label.set_words(label)
            cell.value.set_words(value)
            cell.value.setAccessibleName(f"{label}: {value}")
        self._arrange()

    def set_look(self, look: Look) -> None:
        """Draw from this look from now on."""
        self._look = look
        self._grid.setHorizontalSpacing(look.space(32))
        self._grid.setVerticalSpacing(look.space(12))
        self._columns = 0
        self._arrange()

    def minimumSizeHint(self) -> QSize:
        """One column is the narrowest."""
        width = max((cell.minimumSizeHint().width() for cell in self._cells), default=0)
        return QSize(width, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width may hold another number of columns."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        columns = self._fitting()
        if not self._cells or columns == self._columns:
            return
        self._columns = columns
        for cell in self._cells:
            self._grid.removeWidget(cell)
        for at, cell in enumerate(self._cells):
            self._grid.addWidget(cell, at // columns, at % columns)
        for column in range(len(self._cells)):
            self._grid.setColumnStretch(column, 1 if column < columns else 0)
        self.updateGeometry()

    def _fitting(self) -> int:
        """How many cells of the widest fact stand beside each other."""
        widest = max((cell.sizeHint().width() for cell in self._cells), default=1)
        gap = self._grid.horizontalSpacing()
        fit = max(1, (self.width() + gap) // max(1, widest + gap))
        count = max(1, len(self._cells))
        rows = -(-count // min(fit, count))
        return -(-count // rows)
