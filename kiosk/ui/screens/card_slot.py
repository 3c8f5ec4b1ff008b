"""One invigilator's line: whose card was read, and the six figures of the PIN that belongs to it."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from kiosk.station.unlocking import PIN_DIGITS, KnownCard
from kiosk.ui.i18n import text
from kiosk.ui.theme.look import Look
from kiosk.ui.theme.measures import Role
from kiosk.ui.theme.tokens import Token
from kiosk.ui.widgets.digits import DigitBox
from kiosk.ui.widgets.label import Label
from kiosk.ui.widgets.rule import Rule
from kiosk.ui.widgets.sign import State, StatusSign


class CardSlot(QWidget):
    """A place for one card; `changed` after each figure, `done` when the PIN is full, `entered` for Enter."""

    changed = Signal()
    done = Signal()
    entered = Signal()

    def __init__(self, number: int, look: Look, *, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._number, self._look = number, look
        self._card: KnownCard | None = None
        self._sign = StatusSign(State.WAITING, "", look, role=Role.BODY, bold=True, name=f"{name}-holder")
        self._label = Label("PIN", look, role=Role.LABEL, ink=Token.INK2)
        self._pin = DigitBox(look, length=PIN_DIGITS, gap_after=0, hidden=True, label="PIN", name=f"{name}-pin")
        self._pin.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._row.addWidget(self._sign)
        self._row.addStretch(1)
        pin = QHBoxLayout()
        pin.addWidget(self._label)
        pin.addWidget(self._pin)
        pin.addStretch(0)
        self._row.addLayout(pin)
        self._pin_row = pin
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addWidget(Rule(look))
        self._column.addLayout(self._row)
        self._pin.changed.connect(self._typed)
        self._pin.entered.connect(self.entered)
        self.set_look(look)

    @property
    def card(self) -> KnownCard | None:
        """The card that was read for this place."""
        return self._card

    @property
    def pin(self) -> str:
        """The figures typed so far."""
        return self._pin.digits

    @property
    def full(self) -> bool:
        """Whether card and PIN are there."""
        return self._card is not None and self._pin.full

    def set_card(self, card: KnownCard | None) -> None:
        """Another card, or none; the PIN is typed anew."""
        self._card = card
        self._pin.set_digits("")
        self._tell()

    def clear_pin(self) -> None:
        """Type the PIN again."""
        self._pin.set_digits("")
        self._tell()

    def ask(self) -> None:
        """Put the caret into the PIN."""
        self._pin.setFocus(Qt.FocusReason.OtherFocusReason)

    def minimumSizeHint(self) -> QSize:
        """Wide enough for the name, or for the PIN below it."""
        width = max(self._sign.sizeHint().width(), self._pin_row.minimumSize().width())
        return QSize(width, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The PIN goes below the name where there is no room beside it."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        beside = self._sign.sizeHint().width() + self._pin_row.minimumSize().width() + self._row.spacing()
        way = QBoxLayout.Direction.LeftToRight if beside <= self.width() else QBoxLayout.Direction.TopToBottom
        self._row.setDirection(way)

    def set_look(self, look: Look) -> None:
        """Draw from this look from now on, in its language."""
        self._look = look
        self._column.setSpacing(look.space(12))
        self._row.setSpacing(look.space(8))
        self._pin_row.setSpacing(look.space(12))
        self._tell()

    def _typed(self) -> None:
        self._tell()
        self.changed.emit()
        if self._pin.full:
            self.done.emit()

    def _tell(self) -> None:
        language = self._look.language
        if self._card is None:
            key = "staff.card.first" if self._number == 1 else "staff.card.second"
            self._sign.set_state(State.WAITING, text(key, language))
        else:
            key = "staff.card.reserve" if self._card.reserve else "staff.card.holder"
            self._sign.set_state(State.OK, text(key, language, holder=self._card.holder))
        self._pin.setEnabled(self._card is not None)
        typed = text("staff.pin.name", language, typed=len(self.pin), total=PIN_DIGITS)
        self._pin.setAccessibleName(typed)
        self._arrange()
