"""The small sign in the bar that says whether the camera records: a dot or another shape, and always words."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy

from kiosk.station.view import Camera
from kiosk.ui.present.exam import camera_words
from kiosk.ui.theme.look import Look
from kiosk.ui.theme.measures import Role
from kiosk.ui.theme.paint import colour, font, line_of_text, start, text_width
from kiosk.ui.theme.tokens import Token
from kiosk.ui.widgets.icons import square
from kiosk.ui.widgets.sign import State, draw_sign

_SIGNS = {Camera.LOST: State.WARN, Camera.OFF: State.WAITING, Camera.OPENING: State.BUSY}


class RecordingSign(QLabel):
    """Dot and word while pictures are kept; another sign for every other state."""

    def __init__(self, look: Look, *, name: str = "recording") -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setObjectName(name)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._look, self._camera = look, Camera.OFF
        self._tell()

    def show_camera(self, camera: Camera) -> None:
        """Show another state; the same one again costs nothing."""
        if camera is not self._camera:
            self._camera = camera
            self._tell()

    def set_look(self, look: Look) -> None:
        """Draw from this look from now on."""
        self._look = look
        self._tell()

    def sizeHint(self) -> QSize:
        """Room for the sign and its word."""
        look = self._look
        width = self._side() + look.space(8) + text_width(font(look, Role.CAPTION), self.text())
        return QSize(width, max(self._side(), look.line(Role.CAPTION)))

    def minimumSizeHint(self) -> QSize:
        """Never cut."""
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the sign and the word."""
        painter = QPainter(self)
        start(painter)
        look, side = self._look, self._side()
        sign = _SIGNS.get(self._camera)
        if self._camera is Camera.RECORDING:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour(look, Token.BAD))
            radius = side * 0.28
            painter.drawEllipse(QPointF(side / 2, self.height() / 2), radius, radius)
        else:
            draw_sign(painter, sign or State.OK, square(0, self.height() / 2, side), look)
        painter.setFont(font(look, Role.CAPTION))
        painter.setPen(colour(look, Token.INK if self._camera is Camera.LOST else Token.INK2))
        left = side + look.space(8)
        line_of_text(painter, QRectF(left, 0, self.width() - left, self.height()), self.text())

    def _side(self) -> int:
        return self._look.px(18)

    def _tell(self) -> None:
        self.setText(camera_words(self._camera, self._look.language))
        self.updateGeometry()
        self.update()
