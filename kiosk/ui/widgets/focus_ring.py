"""Shows where the keyboard is: one ring over the window that follows the focus, outside the control, with a gap.

Rules kept: 2 px gap, 3 px ring; never hidden by a neighbour, so no control needs a margin for it; inside a scrolled
page the ring is cut where the page is. It takes no clicks and no focus.
"""

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QWidget
from shiboken6 import isValid

from kiosk.ui.theme.look import Look
from kiosk.ui.theme.measures import FOCUS_GAP, FOCUS_WIDTH, RADIUS_CONTROL
from kiosk.ui.theme.paint import colour, start
from kiosk.ui.theme.tokens import Token

REACH = FOCUS_GAP + FOCUS_WIDTH
_MOVES = frozenset({QEvent.Type.Move, QEvent.Type.Resize, QEvent.Type.Show, QEvent.Type.Hide, QEvent.Type.ZOrderChange})


def ring_host(widget: QWidget) -> tuple[QWidget, int]:
    """The part that carries the ring for a focus widget, and the radius of its corners.

    A part says so by an attribute `ring_radius`; a field's inner editor has none, so its frame carries the ring.
    """
    part: QWidget | None = widget
    while part is not None and not part.isWindow():
        radius = getattr(part, "ring_radius", None)
        if isinstance(radius, int):
            return part, radius
        part = part.parentWidget()
    return widget, RADIUS_CONTROL


class FocusRing(QWidget):
    """The overlay of one window; made once, after the window's content."""

    def __init__(self, window: QWidget, look: Look) -> None:
        super().__init__(window)
        self.setObjectName("focus-ring")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAttribute(Qt.WidgetAttribute.WA_NoSystemBackground)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._look = look
        self._window = window
        self._host: QWidget | None = None
        self._radius = RADIUS_CONTROL
        self._outer = QRect()
        self._watched: list[QWidget] = []
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._focus_changed)
        self.follow(QApplication.focusWidget())

    def set_look(self, look: Look) -> None:
        """Draw from this look from now on."""
        self._look = look
        self.place()

    def follow(self, widget: QWidget | None) -> None:
        """Put the ring around `widget`, or nowhere."""
        for watched in self._watched:
            if isValid(watched):  # a part may be gone by the time the focus has moved on
                watched.removeEventFilter(self)
        self._watched = []
        self._host = None
        if widget is not None and widget is not self._window and self._window.isAncestorOf(widget):
            self._host, self._radius = ring_host(widget)
            self._watch(self._host)
        self.place()

    def place(self) -> None:
        """Move the ring to where its part is now."""
        host = self._host
        if host is None or not isValid(host) or not host.isVisibleTo(self._window):
            self.hide()
            return
        at = host.mapTo(self._window, QPoint(0, 0))
        self._outer = QRect(at, host.size()).adjusted(-REACH, -REACH, REACH, REACH)
        shown = self._outer.intersected(self._clip(host))
        self.setGeometry(shown)
        self.setVisible(not shown.isEmpty())
        self.raise_()
        self.update()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow what moves around the part; swallow nothing."""
        if event.type() in _MOVES:
            self.place()
        return super().eventFilter(watched, event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the ring."""
        painter = QPainter(self)
        start(painter)
        painter.setPen(QPen(colour(self._look, Token.FOCUS), FOCUS_WIDTH))
        half = FOCUS_WIDTH / 2
        ring = QRectF(self._outer.translated(-self.pos())).adjusted(half, half, -half, -half)
        radius = self._radius + FOCUS_GAP + half
        painter.drawRoundedRect(ring, radius, radius)

    def _focus_changed(self, _old: QWidget | None, now: QWidget | None) -> None:
        self.follow(now)

    def _watch(self, host: QWidget) -> None:
        part: QWidget | None = host
        while part is not None and part is not self._window:
            part.installEventFilter(self)
            self._watched.append(part)
            part = part.parentWidget()

    def _clip(self, host: QWidget) -> QRect:
        """What of the window is seen through all scrolled pages around the part."""
        clip = self._window.rect()
        part = host.parentWidget()
        while part is not None and part is not self._window:
            if isinstance(part, QAbstractScrollArea):
                view = part.viewport()
                seen = QRect(view.mapTo(self._window, QPoint(0, 0)), view.size())
                clip = clip.intersected(seen.adjusted(-REACH, -REACH, REACH, REACH))
            part = part.parentWidget()
        return clip
