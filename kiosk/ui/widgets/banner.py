"""Something people must know now: a sign, a bold sentence, a plain sentence, at most one button.

Rules kept: it stays until the matter is settled; it pushes nothing, since the screen keeps its place free or lays
it over; in high contrast an edge replaces the fill. It is read aloud when it appears.
"""

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from kiosk.ui.theme.look import Look
from kiosk.ui.theme.measures import RADIUS_ROW, Role
from kiosk.ui.theme.paint import box, colour, start
from kiosk.ui.theme.tokens import Theme, Token
from kiosk.ui.widgets.button import Button, Size
from kiosk.ui.widgets.icons import square
from kiosk.ui.widgets.paragraph import Paragraph
from kiosk.ui.widgets.shown import set_shown
from kiosk.ui.widgets.sign import INK, SOFT, State, draw_sign


class Banner(QWidget):
    """The banner; `acted` when its button is pressed. `settle` takes it away."""

    acted = Signal()

    def __init__(self, look: Look, *, name: str = "banner", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._look, self._state = look, State.INFO
        self._title = Paragraph("", look, role=Role.STRONG, measure=None, name=f"{name}-title")
        self._body = Paragraph("", look, role=Role.TABLE, measure=None, name=f"{name}-body")
        self._button = Button("", look, name=f"{name}-action", size=Size.SMALL)
        self._button.clicked.connect(self.acted)
        self._words = QVBoxLayout()
        self._words.setSpacing(0)
        self._words.addWidget(self._title)
        self._words.addWidget(self._body)
        self._row = QHBoxLayout(self)
        self._row.addLayout(self._words, 1)
        self._row.addWidget(self._button, 0, Qt.AlignmentFlag.AlignVCenter)
        self.set_look(look)
        self.show_words(State.INFO, "")
        self.hide()

    @property
    def state(self) -> State:
        """The sign it shows."""
        return self._state

    def show_words(self, state: State, title: str, body: str = "", action: str = "") -> None:
        """Other words and sign; shown, and read aloud, if there is a title. The same words again change nothing."""
        same = (state, title, body, action) == (self._state, self._title.source, self._body.source, self._button.words)
        if same and not self.isHidden():
            return
        self._state = state
        self._title.set_source(title)
        self._body.set_source(body)
        set_shown(self._body, bool(body))
        self._button.set_words(action)
        set_shown(self._button, bool(action))
        self.setAccessibleName(f"{title} {body}".strip())
        set_shown(self, bool(title))
        self.update()
        if title:
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, self.accessibleName()))

    def settle(self) -> None:
        """The matter is settled: nothing is shown."""
        self.hide()

    def set_look(self, look: Look) -> None:
        """Draw from this look from now on."""
        self._look = look
        side = look.space(18)
        self._row.setContentsMargins(2 * look.space(18) + self._side(), side, side, side)
        self._row.setSpacing(look.space(24))
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw fill or edge, and the sign beside the first line."""
        painter = QPainter(self)
        start(painter)
        look = self._look
        high = look.theme is Theme.CONTRAST
        edge = colour(look, INK[self._state]) if high else None
        fill = colour(look, Token.SURFACE if high else SOFT[self._state])
        box(painter, QRectF(self.rect()), radius=RADIUS_ROW, fill=fill, edge=edge, width=2.0)
        middle = self._title.y() + look.line(Role.STRONG) / 2
        draw_sign(painter, self._state, square(look.space(18), middle, self._side()), look)

    def _side(self) -> int:
        return self._look.px(24)
