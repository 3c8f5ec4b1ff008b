"""A candidate's screen that is a page: a title that says the state, one sentence under it, and a body below.

Rules: the page scrolls up and down only and is never wider than the window; the body fills what is left.
"""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from kiosk.ui.bridge import Bridge
from kiosk.ui.screens.candidate_bar import CandidateBar
from kiosk.ui.screens.candidate_screen import CandidateScreen
from kiosk.ui.screens.shape import Shape, page_shape_of
from kiosk.ui.theme.look import Look
from kiosk.ui.theme.measures import Role
from kiosk.ui.theme.tokens import Token
from kiosk.ui.widgets.button import Button
from kiosk.ui.widgets.page import ScrollPage
from kiosk.ui.widgets.paragraph import Paragraph


class TitlePage(CandidateScreen):
    """Title, line under it, and `body`: parts beside each other, or below each other where there is little room."""

    def __init__(self, bridge: Bridge, look: Look, name: str, bar: CandidateBar) -> None:
        super().__init__(bridge, look, name, bar)
        self.title = Paragraph("", look, role=Role.TITLE, measure=None, name=f"{name}-title")
        self.under = Paragraph("", look, role=Role.LEAD, ink=Token.INK2, measure=None, name=f"{name}-under")
        self.body = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._head = QVBoxLayout()
        self._head.addWidget(self.title)
        self._head.addWidget(self.under)
        self._inside = QWidget()
        self._page_column = QVBoxLayout(self._inside)
        self._page_column.addLayout(self._head)
        self._page_column.addLayout(self.body, 1)
        self.page = ScrollPage(self._inside, look, name=f"{name}-page")
        self.set_content(self.page)

    @property
    def shape(self) -> Shape:
        """The shape for the width now."""
        return page_shape_of(self.look, self.window().width())

    def say(self, title: str, under: str) -> None:
        """Set the two lines at the top."""
        self.title.set_source(title)
        self.under.set_source(under)

    def arrange(self, shape: Shape) -> None:
        """Margins and direction for a shape."""
        look, wide = self.look, shape is Shape.WIDE
        side = look.space(120 if wide else 24)
        self._page_column.setContentsMargins(side, look.space(44 if wide else 20), side, look.space(44 if wide else 20))
        self._page_column.setSpacing(look.space(28 if wide else 16))
        self._head.setSpacing(look.space(4))
        self.body.setSpacing(look.space(32 if wide else 16))
        beside = shape in {Shape.WIDE, Shape.SMALL}
        self.body.setDirection(QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom)


class ActRow(QWidget):
    """A sentence and the buttons it is about: beside each other, or below where there is little room."""

    def __init__(self, look: Look, *buttons: Button, name: str) -> None:
        super().__init__()
        self.setObjectName(name)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.reason = Paragraph("", look, role=Role.TABLE, ink=Token.INK2, name=f"{name}-reason")
        self._buttons = buttons
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.addWidget(self.reason, 1, Qt.AlignmentFlag.AlignVCenter)
        for button in buttons:
            self._row.addWidget(button)
        self.set_look(look)

    def set_look(self, look: Look) -> None:
        """Draw from this look from now on."""
        self._row.setSpacing(look.space(16))

    def set_stacked(self, stacked: bool) -> None:
        """Put the buttons below the sentence, the primary one first."""
        down, right = QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.LeftToRight
        self._row.setDirection(down if stacked else right)
        self._row.setAlignment(self.reason, Qt.AlignmentFlag(0) if stacked else Qt.AlignmentFlag.AlignVCenter)
        for button in self._buttons:
            self._row.removeWidget(button)
        for button in reversed(self._buttons) if stacked else self._buttons:
            self._row.addWidget(button)
