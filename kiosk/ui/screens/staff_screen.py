"""What the screens for invigilators have in common: rehearsal strip, bar with the seat, one page that scrolls.

Rules: the title is the answer; Esc goes back to the screen below; the tools for language, size and colours stand in
the bar, or at the end of the page where the bar has no room. It knows no cards and no sittings.
"""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QSpacerItem, QVBoxLayout, QWidget

from kiosk.ui.bridge import Bridge, Shown
from kiosk.ui.present.facts import hour_and_minute, seat_words, time_now
from kiosk.ui.present.lock import place_words
from kiosk.ui.screens.display_tools import DisplayTools
from kiosk.ui.screens.rehearsal_mark import RehearsalMark
from kiosk.ui.screens.screen import Screen
from kiosk.ui.theme.look import Look
from kiosk.ui.theme.measures import Role
from kiosk.ui.theme.tokens import Token
from kiosk.ui.widgets.frames import TopBar
from kiosk.ui.widgets.label import Label
from kiosk.ui.widgets.page import ScrollPage
from kiosk.ui.widgets.paragraph import Paragraph
from kiosk.ui.widgets.shown import set_shown

SMALL = 900
"""Under this width, divided by the scale, everything stands below each other."""


class StaffScreen(Screen):
    """Strip, bar, page. The subclass fills `column`, after title and subtitle."""

    side = 120
    below = 44

    def __init__(self, bridge: Bridge, look: Look, name: str) -> None:
        super().__init__(bridge, look, name)
        self._mark = RehearsalMark(look)
        self._bar = TopBar(look, name=f"{name}-bar")
        self._clock = Label("", look, role=Role.RAIL, name=f"{name}-clock")
        self._tools = DisplayTools(bridge, look, name=name)
        self._bar.right.addWidget(self._tools)
        self._bar.add_separator()
        self._bar.right.addWidget(self._clock)
        self.title = Paragraph("", look, role=Role.TITLE, measure=None, name=f"{name}-title")
        self.subtitle = Paragraph("", look, role=Role.BODY, ink=Token.INK2, measure=64, name=f"{name}-subtitle")
        self.content = QWidget()
        self.outer = QVBoxLayout(self.content)
        self.outer.setSpacing(0)
        self.head = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self.head.addWidget(self.title, 1)
        self.outer.addLayout(self.head)
        self._gap = QSpacerItem(0, 0)
        self.outer.addItem(self._gap)
        self.outer.addWidget(self.subtitle)
        self.column = QVBoxLayout()
        self.outer.addLayout(self.column, 1)
        self.page = ScrollPage(self.content, look, name=f"{name}-page")
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self._mark)
        whole.addWidget(self._bar)
        self.row = QHBoxLayout()
        self.row.setSpacing(0)
        self.row.addWidget(self.page, 1)
        whole.addLayout(self.row, 1)
        self.under = QVBoxLayout()
        whole.addLayout(self.under)

    @property
    def small(self) -> bool:
        """Whether everything must stand below each other."""
        return self.look.room(self.width()) < SMALL

    def show_state(self, shown: Shown) -> None:
        """The bar's words; the subclass draws the rest."""
        view = shown.view
        set_shown(self._mark, view.rehearsal)
        place = "" if self.small else place_words(view, self.look.language)
        self._bar.set_words(seat_words(view.seat, self.look.language), place)
        self._clock.set_words(hour_and_minute(time_now(view.now)))

    def set_look(self, look: Look) -> None:
        """Draw from this look from now on."""
        super().set_look(look)
        side = look.space(24 if look.narrow else self.side)
        top = look.space(16 if look.narrow else 44)
        self.outer.setContentsMargins(side, top, side, look.space(16 if look.narrow else self.below))
        self._gap.changeSize(0, look.space(4 if look.narrow else 8))
        self.head.setSpacing(look.space(16))
        self.column.setContentsMargins(0, look.space(12 if look.narrow else 28), 0, 0)
        self.column.setSpacing(look.space(16 if look.narrow else 32))
        self.arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width may want other columns."""
        super().resizeEvent(event)
        self.arrange()

    def arrange(self) -> None:
        """Put things beside or below each other; the subclass goes on."""
        small = self.small
        self.head.setDirection(QBoxLayout.Direction.TopToBottom if small else QBoxLayout.Direction.LeftToRight)
        if small and self._tools.parentWidget() is not self.content:
            self.outer.addWidget(self._tools, 0, Qt.AlignmentFlag.AlignLeft)
        elif not small and self._tools.parentWidget() is not self._bar:
            self._bar.right.insertWidget(0, self._tools)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes back."""
        if event.key() == Qt.Key.Key_Escape:
            self.back()
        else:
            super().keyPressEvent(event)

    def back(self) -> None:
        """Leave this overlay."""
        self.bridge.close_overlay()
