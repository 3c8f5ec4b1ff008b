"""The coded reason of an act: a field that opens, or all reasons as rows where the type is too large for a field."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kiosk.exam.rules import RuleProfile
from kiosk.exam.vocabulary import ReasonCode
from kiosk.ui.i18n import text
from kiosk.ui.present import panel as present
from kiosk.ui.screens.choice_rows import Choice, ChoiceRows
from kiosk.ui.theme.look import Look
from kiosk.ui.theme.measures import Role
from kiosk.ui.widgets.drop_down import DropDown
from kiosk.ui.widgets.label import Label
from kiosk.ui.widgets.shown import set_shown

_LARGEST = 150
"""Percent of the type size up to which a reason fits a line of the field."""


class ReasonChoice(QWidget):
    """Label and reasons; `picked` after a person chose. Nothing is chosen before."""

    picked = Signal()

    def __init__(self, look: Look, *, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(f"{name}s")
        self._look = look
        self._rules: RuleProfile | None = None
        self._label = Label("", look, role=Role.LABEL, bold=True)
        self.field = DropDown([], look, label="", name=name)
        self._rows = ChoiceRows(look, name=f"{name}-row")
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        for part in (self._label, self.field, self._rows):
            self._column.addWidget(part)
        self.field.picked.connect(self._field_picked)
        self._rows.picked.connect(self._row_picked)
        self.set_look(look)

    @property
    def current(self) -> ReasonCode | None:
        """The code that was chosen."""
        found = self.field.current
        return ReasonCode(found) if found is not None else None

    def begin(self, rules: RuleProfile, current: ReasonCode | None) -> None:
        """Offer the reasons of a round, with one laid ready or none."""
        self._rules = rules
        self._fill(current)

    def take_focus(self) -> None:
        """Put the focus on the field, or on the first row."""
        if self.field.isVisibleTo(self):
            self.field.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self._rows.take_focus()

    def set_look(self, look: Look) -> None:
        """Draw from this look from now on, in its language."""
        changed, self._look = look.language is not self._look.language, look
        self._column.setSpacing(look.space(8))
        self._label.set_words(text("staff.act.reason", look.language))
        self.field.setAccessibleName(text("staff.act.reason", look.language))
        set_shown(self.field, look.scale <= _LARGEST)
        set_shown(self._rows, look.scale > _LARGEST)
        if changed:
            self._fill(self.current)

    def _fill(self, current: ReasonCode | None) -> None:
        if self._rules is None:
            return
        reasons = present.reasons(self._rules, self._look.language)
        self.field.set_choices([(reason.code, reason.words) for reason in reasons], current)
        choices = [Choice(key=reason.code, words=reason.plain, note=reason.family) for reason in reasons]
        self._rows.set_choices(choices)
        self._rows.set_current(current)

    def _field_picked(self, key: str) -> None:
        self._rows.set_current(key)
        self.picked.emit()

    def _row_picked(self, key: str) -> None:
        self.field.set_current(key)
        self.picked.emit()
