"""The end of a staff screen: why the act waits, the way back, the act. In the card, or in a bar that always stays.

A narrow window keeps them in a bar at the bottom, so that nobody scrolls for the button; where the type is so large
that a bar would eat the page, they stay at the page's end.
"""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout

from kiosk.ui.theme.look import Look
from kiosk.ui.theme.measures import Role
from kiosk.ui.theme.tokens import Token
from kiosk.ui.widgets.button import Button, Kind, Size
from kiosk.ui.widgets.frames import FootBar
from kiosk.ui.widgets.icons import Icon
from kiosk.ui.widgets.paragraph import Paragraph
from kiosk.ui.widgets.shown import set_shown


class Foot:
    """Reason, way back, act; `row` is the place in the page, `bar` the one below it."""

    def __init__(self, look: Look, *, name: str, icon: Icon) -> None:
        self.why = Paragraph("", look, role=Role.LABEL, ink=Token.INK2, name=f"{name}-why")
        self.leave = Button("", look, name=f"{name}-back")
        self.act = Button("", look, name=f"{name}-act", kind=Kind.PRIMARY, size=Size.TALL, icon=icon)
        self.bar = FootBar(look, name=f"{name}-foot")
        self.row = QHBoxLayout()
        self._in_bar: bool | None = None
        self.place(look, in_bar=False)

    def place(self, look: Look, *, in_bar: bool) -> None:
        """Into the bar, or into the page."""
        self.row.setSpacing(look.space(12))
        set_shown(self.bar, in_bar)
        if in_bar is self._in_bar:
            return
        self._in_bar = in_bar
        middle = Qt.AlignmentFlag.AlignVCenter
        if in_bar:
            self.bar.left.addWidget(self.why, 0, middle)
            self.bar.right.addWidget(self.leave, 0, middle)
            self.bar.right.addWidget(self.act, 0, middle)
        else:
            self.row.addWidget(self.why, 1, middle)
            self.row.addWidget(self.leave, 0, middle)
            self.row.addWidget(self.act, 0, middle)
