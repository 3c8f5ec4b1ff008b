"""What is on record at this seat, newest first: time, sign, what, who. Words wrap; nothing is shortened."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from kiosk.ui.present.panel import Entry
from kiosk.ui.theme.look import Look
from kiosk.ui.theme.measures import Role
from kiosk.ui.theme.tokens import Token
from kiosk.ui.widgets.frames import Card
from kiosk.ui.widgets.label import Label
from kiosk.ui.widgets.markup import escape
from kiosk.ui.widgets.paragraph import Paragraph
from kiosk.ui.widgets.rule import Rule
from kiosk.ui.widgets.sign import State, StatusSign

_SIGNS = {"ok": State.OK, "warn": State.WARN, "stopped": State.STOPPED}


class _Row(QWidget):
    """One line."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._time = StatusSign(State.OK, "", look, role=Role.TABLE, bold=True)
        self._words = Paragraph("", look, role=Role.TABLE, measure=None)
        self._who = Label("", look, role=Role.CAPTION, ink=Token.INK2)
        self._row = QHBoxLayout(self)
        self._row.addWidget(self._time, 0, Qt.AlignmentFlag.AlignTop)
        self._row.addWidget(self._words, 1)
        self._row.addWidget(self._who, 0, Qt.AlignmentFlag.AlignTop)
        self.set_look(look)

    def show_entry(self, entry: Entry) -> None:
        self._time.set_state(_SIGNS[entry.sign], entry.time)
        self._words.set_source(escape(entry.words))
        self._who.set_words(entry.who)

    def set_look(self, look: Look) -> None:
        self._row.setContentsMargins(0, look.space(12), 0, look.space(12))
        self._row.setSpacing(look.space(20))


class RecordList(Card):
    """The rows with hairlines between them, or one sentence that there are none."""

    def __init__(self, look: Look, *, name: str, parent: QWidget | None = None) -> None:
        super().__init__(look, name=name, padding=14, parent=parent)
        self._none = Paragraph("", look, role=Role.TABLE, ink=Token.INK2, name=f"{name}-none")
        self._lines = QVBoxLayout()
        self._lines.setSpacing(0)
        self._rows: list[tuple[_Row, Rule]] = []
        self.body.addWidget(self._none)
        self.body.addLayout(self._lines)

    def show_entries(self, entries: Sequence[Entry], none: str) -> None:
        """Other entries."""
        while len(self._rows) > len(entries):
            for part in self._rows.pop():
                self._lines.removeWidget(part)
                part.hide()
                part.deleteLater()
        while len(self._rows) < len(entries):
            row, rule = _Row(self._look), Rule(self._look)
            self._lines.addWidget(row)
            self._lines.addWidget(rule)
            self._rows.append((row, rule))
        for at, ((row, rule), entry) in enumerate(zip(self._rows, entries, strict=True)):
            row.show_entry(entry)
            rule.setVisible(at < len(entries) - 1)
        self._none.set_source("" if entries else none)
        self._none.setVisible(not entries)
