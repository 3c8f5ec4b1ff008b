"""How many minutes are given, and what that makes of the time left."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from kiosk.station.view import View
from kiosk.ui.i18n import text
from kiosk.ui.present import panel as present
from kiosk.ui.screens.fact_grid import FactGrid
from kiosk.ui.theme.look import Look
from kiosk.ui.theme.measures import Role
from kiosk.ui.theme.tokens import Token
from kiosk.ui.widgets.frames import Card
from kiosk.ui.widgets.label import Label
from kiosk.ui.widgets.minutes import MinuteStepper

_FIRST = 5


class CreditBox(QWidget):
    """The stepper with its bound; `outlook` shows the time left before and after, and stands where the form wants."""

    changed = Signal()

    def __init__(self, look: Look, *, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self._look = look
        self._most = _FIRST
        self._label = Label("", look, role=Role.LABEL, bold=True)
        self.stepper = MinuteStepper(look, value=_FIRST, name=f"{name}-minutes")
        self._bound = Label("", look, role=Role.CAPTION, ink=Token.INK2)
        self.outlook = Card(look, fill=Token.ACCENT_SOFT, padding=24, name=f"{name}-outlook")
        self._times = FactGrid(look, role=Role.FIGURES, name=f"{name}-times")
        self.outlook.body.addWidget(self._times)
        self._row = QHBoxLayout()
        self._row.addWidget(self.stepper)
        self._row.addStretch(1)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        head = QHBoxLayout()
        head.addWidget(self._label)
        head.addStretch(1)
        head.addWidget(self._bound)
        self._column.addLayout(head)
        self._column.addLayout(self._row)
        self.stepper.changed.connect(self.changed)
        self.set_look(look)

    @property
    def minutes(self) -> int:
        """Minutes to give."""
        return self.stepper.value

    @property
    def first(self) -> QWidget:
        """What takes the focus first."""
        more: QWidget | None = self.stepper.findChild(QWidget, f"{self.stepper.objectName()}-more")
        return more if more is not None and more.isEnabled() else self.stepper

    def take(self, most: int) -> None:
        """Begin anew, with the round's bound."""
        self._most = most
        self.stepper.set_range(1, most)
        self.stepper.set_value(min(_FIRST, most))

    def show_view(self, view: View) -> None:
        """The time left now and afterwards."""
        language = self._look.language
        self._label.set_words(text("staff.act.minutes", language))
        self._bound.set_words(text("staff.act.most", language, n=self._most))
        now, then = present.after_credit(view, self.minutes)
        labels = (text("staff.act.now-left", language), text("staff.act.then-left", language))
        self._times.set_facts(list(zip(labels, (now, then), strict=True)))

    def set_look(self, look: Look) -> None:
        """Draw from this look from now on."""
        self._look = look
        self._column.setSpacing(look.space(8))
