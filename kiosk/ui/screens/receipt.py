"""The receipt: what happened, what is safe, and the slip with its code. Nothing to press but the tools of the bar."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from kiosk.station.view import Receipt, View
from kiosk.ui.bridge import Bridge
from kiosk.ui.i18n import text
from kiosk.ui.present import facts
from kiosk.ui.present import receipt as present
from kiosk.ui.present import sign_in as entry
from kiosk.ui.screens.candidate_bar import CandidateBar
from kiosk.ui.screens.candidate_screen import CandidateScreen
from kiosk.ui.screens.icon_label import BigSign
from kiosk.ui.screens.said_row import SaidRow
from kiosk.ui.screens.shape import Shape, page_shape_of
from kiosk.ui.theme.look import Look
from kiosk.ui.theme.measures import Role
from kiosk.ui.theme.tokens import Token
from kiosk.ui.widgets.facts import Fact, FactList
from kiosk.ui.widgets.frames import Card, Ground
from kiosk.ui.widgets.icons import Icon
from kiosk.ui.widgets.label import Label
from kiosk.ui.widgets.page import ScrollPage
from kiosk.ui.widgets.paragraph import Paragraph
from kiosk.ui.widgets.pictures import QrView
from kiosk.ui.widgets.rule import Rule
from kiosk.ui.widgets.sign import State

_ROWS = {"kept": Icon.SHIELD, "score": Icon.EYE, "seat": Icon.HAND}
_SIDE, _NARROW_SIDE = 820, 440
_SLIP = 600
_QR = 260


class ReceiptScreen(CandidateScreen):
    """The last screen of a candidate."""

    def __init__(self, bridge: Bridge, look: Look) -> None:
        super().__init__(bridge, look, "receipt", CandidateBar(bridge, look))
        self._receipt: Receipt | None = None
        self._title = Paragraph("", look, role=Role.DISPLAY, measure=None, name="receipt-title")
        self._under = Paragraph("", look, role=Role.LEAD, ink=Token.INK2, measure=None, name="receipt-under")
        self._rows = {name: SaidRow(icon, look, name=f"receipt-{name}") for name, icon in _ROWS.items()}
        self._thanks = Label("", look, role=Role.STRONG, name="receipt-thanks")
        self._waiting = Paragraph("", look, role=Role.TABLE, ink=Token.INK2, measure=None, name="receipt-waiting")
        self._slip = Card(look, name="slip")
        self._qr = QrView(_QR, look, alt="", name="receipt-qr")
        self._code = Label("", look, role=Role.FIGURES, name="receipt-code")
        self._code_label = Label("", look, role=Role.CAPTION, ink=Token.INK2, name="receipt-code-label")
        self._facts = FactList([], look, role=Role.TABLE, name="receipt-facts")
        self._build(look)

    def _build(self, look: Look) -> None:
        self._said = QVBoxLayout()
        self._said.addWidget(BigSign(State.OK, look))
        self._said.addWidget(self._title)
        self._said.addWidget(self._under)
        for row in self._rows.values():
            self._said.addWidget(Rule(look))
            self._said.addWidget(row)
        self._said.addWidget(Rule(look))
        self._said.addStretch(1)
        self._said.addWidget(self._thanks)
        self._said.addWidget(self._waiting)
        middle = Qt.AlignmentFlag.AlignHCenter
        self._slip.body.addWidget(Rule(look))
        for part in (self._qr, self._code, self._code_label):
            self._slip.body.addWidget(part, 0, middle)
        self._slip.body.addWidget(Rule(look))
        self._slip.body.addWidget(self._facts)
        self._side = Ground(look, fill=Token.SUNKEN, name="receipt-side")
        self._side_column = QVBoxLayout(self._side)
        self._side_column.addStretch(1)
        centred = QHBoxLayout()
        centred.addStretch(1)
        centred.addWidget(self._slip, 8)
        centred.addStretch(1)
        self._side_column.addLayout(centred)
        self._side_column.addStretch(1)
        inside = QWidget()
        self._halves = QBoxLayout(QBoxLayout.Direction.LeftToRight, inside)
        self._halves.setContentsMargins(0, 0, 0, 0)
        self._halves.setSpacing(0)
        self._halves.addLayout(self._said, 1)
        self._halves.addWidget(self._side)
        self.page = ScrollPage(inside, look, name="receipt-page")
        self.set_content(self.page)

    @property
    def shape(self) -> Shape:
        """The shape for the width now."""
        return page_shape_of(self.look, self.window().width())

    def word(self, view: View) -> None:
        """Set every sentence in the language of the look."""
        language = self.look.language
        self.bar.say(facts.seat_words(view.seat, language), view.seat, entry.bar_facts(view, language))
        for name, row in self._rows.items():
            row.say(text(f"exam.receipt.{name}", language), text(f"exam.receipt.{name}.body", language))
        self._thanks.set_words(text("exam.receipt.thanks", language))
        self._waiting.set_source(text("exam.receipt.waiting", language))
        self._slip.set_words(text("exam.receipt.slip", language), facts.seat_words(view.seat, language))
        self._code_label.set_words(text("exam.receipt.code", language))
        self._receipt = None

    def arrange(self, shape: Shape) -> None:
        """Sheet and slip beside each other, or below."""
        look, beside, wide = self.look, shape.has_rail, shape is Shape.WIDE
        side = look.space(120 if wide else 24)
        across = look.space(64 if wide else 24)
        self._said.setContentsMargins(side, look.space(64 if wide else 20), across, look.space(44 if wide else 20))
        self._said.setSpacing(look.space(20 if wide else 10))
        self._halves.setDirection(QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom)
        width = look.px(_SIDE if wide else _NARROW_SIDE)
        self._side.setMinimumWidth(width if beside else 0)
        self._side.setMaximumWidth(width if beside else 1 << 20)
        self._slip.setMaximumWidth(look.px(_SLIP))
        around = look.space(24)
        self._side_column.setContentsMargins(0, around, 0, around)

    def draw(self, view: View) -> None:
        """Show the receipt, once."""
        self.bar.tell_time(facts.hour_and_minute(facts.time_now(view.now)))
        receipt, language = view.receipt, self.look.language
        if receipt is None or receipt is self._receipt:
            return
        self._receipt = receipt
        said = present.titles(receipt, language)
        self._title.set_source(said.title)
        self._under.set_source(said.under)
        self._qr.set_matrix(receipt.qr)
        self._qr.setAccessibleName(text("exam.receipt.code.alt", language, code=receipt.code))
        self._code.set_words(receipt.code)
        self._facts.set_facts([Fact(label, value) for label, value in present.slip_facts(view, language)])

    def entered(self) -> None:
        """Nothing asks for the focus."""
        self.setFocus(Qt.FocusReason.OtherFocusReason)
