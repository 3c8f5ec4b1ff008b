"""The field for a number, and when what stands in it becomes a response.

Rules: every keystroke is noted, for the case that time runs out; a response is given with Enter, when the field is
left, when the item is left, and after a second of rest; while an input method is composing nothing is given, so
that no half of a word ever is. It judges no number: what it says below the field is a doubt.
"""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from kiosk.ui.i18n import text
from kiosk.ui.present.item import typed_doubt
from kiosk.ui.theme.look import Look
from kiosk.ui.widgets.field import Field
from kiosk.ui.widgets.sign import State

REST_MS = 1_000
_WIDTH = 360
_LONGEST = 60


class NumericResponse(QWidget):
    """The field; `on_typing` hears every keystroke, `on_settled` hears what is given."""

    def __init__(self, look: Look, on_typing: Callable[[str], None], on_settled: Callable[[str], None]) -> None:
        super().__init__()
        self.setObjectName("numeric")
        self._look, self._on_typing, self._on_settled = look, on_typing, on_settled
        self._given, self._composing, self._unit = "", False, ""
        self.field = Field("", look, name="number", bold=True, limit=_LONGEST)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.addWidget(self.field, _WIDTH)
        self._row.addStretch(1)
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(REST_MS)
        self._rest.timeout.connect(self._rested)
        self.field.changed.connect(self._typed)
        self.field.entered.connect(self.settle)
        self.field.editor.installEventFilter(self)
        self.set_look(look)

    @property
    def unsettled(self) -> bool:
        """Tell whether something stands in the field that was not given yet."""
        return self.field.value.strip() != self._given.strip()

    def show_entry(self, entered: str, unit: str) -> None:
        """Show what was given last; what is being typed is left alone."""
        if entered != self._given:
            untouched = not self.unsettled
            self._given = entered
            if untouched or not self.field.editor.hasFocus():
                self.field.set_value(entered)
        self._unit = unit
        self._tell()

    def begin(self, entered: str, unit: str) -> None:
        """Show another item."""
        self._rest.stop()
        self._given = entered
        self.field.set_value(entered)
        self._unit = unit
        self._tell()

    def settle(self) -> None:
        """Give what stands in the field, if it was not given yet."""
        self._rest.stop()
        if self._composing or not self.unsettled:
            return
        self._given = self.field.value
        self._on_settled(self._given)
        self._tell()

    def set_look(self, look: Look) -> None:
        """Draw from this look from now on, in its language."""
        self._look = look
        self.field.setMaximumWidth(look.px(_WIDTH))
        self._tell()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Notice that an input method composes, and that the field is left."""
        if isinstance(event, QInputMethodEvent):
            self._composing = bool(event.preeditString())
        elif event.type() == QEvent.Type.FocusOut:
            self._composing = False
            self.settle()
        return super().eventFilter(watched, event)

    def _typed(self) -> None:
        self._on_typing(self.field.value)
        self._rest.start()
        self._tell()

    def _rested(self) -> None:
        if self._composing:
            self._rest.start()
        else:
            self.settle()

    def _tell(self) -> None:
        language = self._look.language
        self.field.set_label(text("exam.numeric.label", language), self._unit)
        doubt = "" if self.field.editor.hasFocus() and self.unsettled else typed_doubt(self.field.value, language)
        self.field.set_state(State.WARN if doubt else None, doubt)
