"""Asks an invigilator for card and PIN before an act: the one door for everything only the staff may do.

Rules: it says for what; a wrong PIN shows how many tries are left; Esc goes back and nothing has happened. It does not
know what is behind it.
"""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout

from kiosk.errors import KioskError
from kiosk.exam.session import PIN_TRIES
from kiosk.station.unlocking import KnownCard, know_card
from kiosk.ui.bridge import Bridge, Shown
from kiosk.ui.present import gate as present
from kiosk.ui.screens.card_reader import CardReader
from kiosk.ui.screens.card_slot import CardSlot
from kiosk.ui.screens.foot import Foot
from kiosk.ui.screens.group_width import fitting_columns
from kiosk.ui.screens.refusal_banner import RefusalBanner
from kiosk.ui.screens.staff_screen import StaffScreen
from kiosk.ui.theme.look import Look
from kiosk.ui.theme.measures import Role
from kiosk.ui.theme.tokens import Token
from kiosk.ui.widgets.button import Button, Kind, Size
from kiosk.ui.widgets.frames import Card
from kiosk.ui.widgets.icons import Icon
from kiosk.ui.widgets.paragraph import Paragraph
from kiosk.ui.widgets.shown import set_shown

_UNBOUND = (1 << 24) - 1


class GateScreen(StaffScreen):
    """The gate."""

    def __init__(self, bridge: Bridge, look: Look) -> None:
        super().__init__(bridge, look, "gate")
        self._purpose = ""
        self._left = Card(look, name="gate-card")
        self._reader = CardReader(bridge, look, name="gate-reader")
        self._left.body.addWidget(self._reader)
        self._left.body.addStretch(1)
        self._left.body.addWidget(self._reader.switch, 0, Qt.AlignmentFlag.AlignLeft)
        self._right = Card(look, name="gate-pin-card")
        self._slot = CardSlot(1, look, name="gate-slot")
        self._banner = RefusalBanner(look, name="gate-banner")
        self._record = Paragraph("", look, role=Role.LABEL, ink=Token.INK2, name="gate-record")
        self._foot = Foot(look, name="gate", icon=Icon.CHECK)
        self._other_card = Button("", look, name="gate-other-card", kind=Kind.QUIET, size=Size.SMALL, icon=Icon.REFRESH)
        for part in (self._slot, self._banner, self._record):
            self._right.body.addWidget(part)
        self._right.body.addWidget(self._other_card, 0, Qt.AlignmentFlag.AlignLeft)
        self._right.body.addStretch(1)
        self._right.body.addLayout(self._foot.row)
        self._both = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._both.addWidget(self._left)
        self._both.addWidget(self._right, 1)
        self.column.addLayout(self._both, 1)
        self._reader.read.connect(self._card_read)
        self._slot.changed.connect(self._show_words)
        self._slot.done.connect(lambda: self._foot.act.setFocus(Qt.FocusReason.OtherFocusReason))
        self._slot.entered.connect(self._press)
        self._other_card.clicked.connect(self._forget_card)
        self._foot.leave.clicked.connect(self.back)
        self._foot.act.clicked.connect(self._press)
        self.under.addWidget(self._foot.bar)
        self.set_look(look)

    def entered(self) -> None:
        """Look for a card."""
        self._reader.begin()
        self._reader.take_focus()

    def left(self) -> None:
        """Forget card and PIN."""
        self._reader.end()
        self._slot.set_card(None)
        self._banner.refuse(None)

    def show_state(self, shown: Shown) -> None:
        """Say for what, and how far it is."""
        super().show_state(shown)
        gate = shown.face.gate
        self._purpose = gate.purpose if gate is not None else self._purpose
        self._reader.poll(shown.view.camera)
        self._show_words()

    def _show_words(self) -> None:
        language = self.look.language
        card, pin = self._slot.card is not None, self._slot.full
        self.title.set_source(present.title(self._purpose, language))
        self.subtitle.set_source(present.subtitle(self._purpose, language))
        self._left.set_words(self.words("staff.gate.card"))
        self._right.set_words(self.words("staff.gate.pin"))
        self._record.set_source(self.words("staff.gate.record"))
        self._foot.why.set_source(present.reason(language, card=card, pin=pin))
        self._foot.act.set_words(self.words("common.confirm"))
        self._foot.act.setEnabled(card and pin)
        self._foot.leave.set_words(self.words("common.back"))
        self._other_card.set_words(self.words("staff.unlock.other-card"))
        set_shown(self._other_card, card)

    def arrange(self) -> None:
        """Card beside PIN, or above it."""
        super().arrange()
        look, small = self.look, self.small
        way = QBoxLayout.Direction.TopToBottom if small else QBoxLayout.Direction.LeftToRight
        self._both.setDirection(way)
        self._both.setSpacing(look.space(16 if look.narrow else 32))
        self._foot.place(look, in_bar=look.narrow and not small)
        pad = 2 * look.space(16 if look.narrow else 32)
        room = self.width() - 2 * self.outer.contentsMargins().left() - 16
        wanted = self._reader.wanted_width(look) + pad
        self._left.setMinimumWidth(0 if small else wanted)
        self._left.setMaximumWidth(_UNBOUND if small else wanted)
        inside = room - pad if small else wanted - pad
        self._reader.set_columns(fitting_columns(look, inside, (4, 2, 1) if small else (2, 1)))

    # what is shown to the camera, typed and pressed

    def _card_read(self, text: str) -> None:
        known: list[KnownCard] = []
        error = self.bridge.attempt(lambda: known.append(know_card(self.bridge.station.desk, text)))
        if error is not None:
            self._banner.refuse(error)
            self._reader.again()
            return
        self._banner.refuse(None)
        self._slot.set_card(known[0])
        self._reader.cover(self.words("staff.card.read", holder=known[0].holder))
        self._slot.ask()
        self._show_words()

    def _forget_card(self) -> None:
        self._slot.set_card(None)
        self._banner.refuse(None)
        self._reader.again()
        self._reader.take_focus()
        self._show_words()

    def _press(self) -> None:
        card = self._slot.card
        if card is None or not self._slot.full:
            return
        before = self._wrong(card)
        error = self.bridge.pass_gate(card.text, self._slot.pin)
        if error is None:
            return
        self._slot.clear_pin()
        self._slot.ask()
        self._explain(error, before, self._wrong(card))
        self._show_words()

    def _wrong(self, card: KnownCard) -> int:
        return self.bridge.station.desk.log.state.wrong_pins.get(card.id, 0)

    def _explain(self, error: KioskError, before: int, after: int) -> None:
        if after > before:
            left = PIN_TRIES - after
            self._banner.refuse(error, more_key="staff.pin.left" if left > 0 else "staff.pin.blocked", n=left)
        else:
            self._banner.refuse(error)
