"""What a PC shows that cannot be a seat at all: why, what is safe, what to do, in both languages, and the way out.

Rules: it needs no station, because there is none; nothing is open behind it, so it may always be left.
"""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from kiosk.errors import KioskError
from kiosk.ui.i18n import Language, refusal, text
from kiosk.ui.screens.cause_row import CauseRow
from kiosk.ui.theme.look import Look
from kiosk.ui.theme.measures import Role
from kiosk.ui.theme.tokens import Token
from kiosk.ui.widgets.button import Button, Kind, Size
from kiosk.ui.widgets.frames import LockBand
from kiosk.ui.widgets.icons import Icon
from kiosk.ui.widgets.page import ScrollPage
from kiosk.ui.widgets.paragraph import Paragraph
from kiosk.ui.widgets.rule import Rule


class NoSeat(QWidget):
    """The whole window of such a PC."""

    def __init__(self, error: KioskError, look: Look, end: Callable[[], None]) -> None:
        super().__init__()
        self.setObjectName("no-seat")
        other = Language.EN if look.language is Language.ZH else Language.ZH
        here = refusal(error.code, look.language, error.data, staff=True)
        there = refusal(error.code, other, error.data, staff=True)
        sheet = QWidget()
        self._column = QVBoxLayout(sheet)
        self._column.setSpacing(look.space(16))
        self._column.addWidget(Paragraph(here.happened, look, role=Role.DISPLAY, measure=None, name="no-seat-title"))
        self._column.addWidget(Paragraph(there.happened, look, role=Role.LEAD, ink=Token.INK2, measure=None))
        for icon, key, words, others in (
            (Icon.SHIELD, "common.safe", here.safe, there.safe),
            (Icon.HAND, "common.to-do", here.to_do, there.to_do),
        ):
            row = CauseRow(icon, key, look, name=f"no-seat-{key}")
            row.body.addWidget(Paragraph(words, look, role=Role.LEAD))
            row.body.addWidget(Paragraph(others, look, role=Role.LABEL, ink=Token.INK2))
            self._column.addWidget(Rule(look))
            self._column.addWidget(row)
        code = text("common.code", look.language, code=error.code)
        self._column.addWidget(Paragraph(code, look, role=Role.CAPTION, ink=Token.INK2, name="no-seat-code"))
        self._column.addStretch(1)
        self._end = Button(
            text("staff.lock.deed.finish", look.language),
            look,
            name="no-seat-end",
            kind=Kind.PRIMARY,
            icon=Icon.STOP,
            size=Size.TALL,
        )
        self._end.clicked.connect(end)
        self._column.addWidget(self._end, 0, Qt.AlignmentFlag.AlignRight)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(LockBand(look))
        whole.addWidget(ScrollPage(sheet, look, name="no-seat-page"), 1)
        self.set_look(look)

    def set_look(self, look: Look) -> None:
        """Draw from this look from now on; the words stay in both languages."""
        side = look.space(24 if look.narrow else 104)
        self._column.setContentsMargins(side, look.space(64), side, look.space(64))

    def take_focus(self) -> None:
        """The keyboard is on the way out."""
        self._end.setFocus(Qt.FocusReason.OtherFocusReason)
