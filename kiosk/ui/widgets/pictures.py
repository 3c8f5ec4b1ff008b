"""Pictures of people and rooms, and codes to be read by a machine. A picture is never tinted, framed or judged.

`Photo` crops to its own shape; `LiveView` adds a viewfinder and covers the picture as soon as a code is found, so
that no card is readable on a screen; `QrView` is black on white in every theme, with 4 modules of quiet zone.
"""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from kiosk.ui.i18n import text
from kiosk.ui.theme.look import Look
from kiosk.ui.theme.measures import RADIUS_CELL, RADIUS_ROW, Role
from kiosk.ui.theme.paint import box, colour, font, line_of_text, start, text_width
from kiosk.ui.theme.tokens import Token
from kiosk.ui.widgets.icons import Icon, draw_icon
from kiosk.ui.widgets.sign import State, draw_sign

QUIET = 4


def cropped(image: QImage, shape: QSize) -> QRectF:
    """The largest middle part of a picture that has the proportions of `shape`."""
    width, height = float(image.width()), float(image.height())
    wanted = shape.width() / max(1, shape.height())
    if width / max(1.0, height) > wanted:
        part = QSize(round(height * wanted), image.height())
    else:
        part = QSize(image.width(), round(width / wanted))
    return QRectF((width - part.width()) / 2, (height - part.height()) / 2, part.width(), part.height())


class Photo(QLabel):
    """One picture of a person at a size given at 100 %; it grows with space, not with type."""

    _radius = RADIUS_CELL

    def __init__(
        self,
        size: QSize,
        look: Look,
        *,
        alt: str,
        none_words: str = "",
        name: str = "photo",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setObjectName(name)
        self.setAccessibleName(alt)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._base, self._look, self._none_words = size, look, none_words
        self.image: QImage | None = None
        self.set_look(look)

    def set_image(self, image: QImage | None) -> None:
        """Another picture, or none; painted at the next turn of the loop."""
        self.image = None if image is None or image.isNull() else image
        self.update()

    def set_alt(self, alt: str) -> None:
        """Other words for those who do not see it."""
        self.setAccessibleName(alt)

    def set_look(self, look: Look) -> None:
        """Draw from this look from now on."""
        self._look = look
        self.setFixedSize(look.space(self._base.width()), look.space(self._base.height()))
        self.update()

    def sizeHint(self) -> QSize:
        """The size that was set; a label would remember an older one."""
        return self.maximumSize()

    def minimumSizeHint(self) -> QSize:
        """Never smaller."""
        return self.maximumSize()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the picture in its rounded frame, or say that there is none."""
        painter = QPainter(self)
        start(painter)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        rect = QRectF(self.rect())
        outline = QPainterPath()
        outline.addRoundedRect(rect, self._radius, self._radius)
        painter.setClipPath(outline)
        if self.image is None:
            painter.fillRect(self.rect(), colour(self._look, Token.SUNKEN))
            self._paint_none(painter, rect)
        else:
            painter.drawImage(rect, self.image, cropped(self.image, self.size()))
        self.paint_over(painter, rect)
        painter.setClipping(False)
        box(painter, rect, radius=self._radius, edge=colour(self._look, Token.EDGE), width=1.0)

    def paint_over(self, painter: QPainter, rect: QRectF) -> None:
        """What lies over the picture; nothing over a photo."""

    def _paint_none(self, painter: QPainter, rect: QRectF) -> None:
        look = self._look
        words = self._none_words or text("staff.photo.none", look.language)
        of = font(look, Role.TOOL)
        if text_width(of, words) > rect.width():
            side = rect.width() / 2
            draw_icon(
                painter, Icon.PERSON, QRectF(side / 2, (rect.height() - side) / 2, side, side), colour(look, Token.INK2)
            )
            return
        painter.setFont(of)
        painter.setPen(colour(look, Token.INK2))
        line_of_text(painter, rect, words, Qt.AlignmentFlag.AlignHCenter)


class LiveView(Photo):
    """What the camera sees now, with corners to hold a card into; covered once a code is found."""

    _radius = RADIUS_ROW

    def __init__(self, size: QSize, look: Look, *, alt: str, name: str = "live", parent: QWidget | None = None) -> None:
        self._finder, self._found = False, ""
        super().__init__(
            size, look, alt=alt, none_words=text("staff.camera.none", look.language), name=name, parent=parent
        )

    def set_look(self, look: Look) -> None:
        """Draw from this look from now on; what it says without a picture follows the language."""
        self._none_words = text("staff.camera.none", look.language)
        super().set_look(look)

    def set_finder(self, shown: bool) -> None:
        """Show the corners of the viewfinder."""
        self._finder = shown
        self.update()

    def set_found(self, words: str) -> None:
        """Cover the picture and say what was read; no words uncover it."""
        self._found = words
        self.update()

    @property
    def covered(self) -> bool:
        """Whether the picture is hidden behind the words."""
        return bool(self._found)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the picture only while it is not covered."""
        if not self._found:
            super().paintEvent(event)
            return
        painter = QPainter(self)
        start(painter)
        look, rect = self._look, QRectF(self.rect())
        fill, edge = colour(look, Token.OK_SOFT), colour(look, Token.OK)
        box(painter, rect, radius=self._radius, fill=fill, edge=edge, width=2.0)
        side = look.px(44)
        middle = rect.center()
        sign = QRectF(middle.x() - side / 2, middle.y() - side, side, side)
        draw_sign(painter, State.OK, sign, look)
        painter.setFont(font(look, Role.STRONG))
        painter.setPen(colour(look, Token.INK))
        line = QRectF(0, sign.bottom() + look.space(12), rect.width(), look.line(Role.STRONG))
        line_of_text(painter, line, self._found, Qt.AlignmentFlag.AlignHCenter)

    def paint_over(self, painter: QPainter, rect: QRectF) -> None:
        """Draw the four corners: white on a dark line, so that they are seen on any picture."""
        if not self._finder or self.image is None:
            return
        width, height = rect.width() * 0.7, rect.height() * 0.64
        area = QRectF((rect.width() - width) / 2, (rect.height() - height) / 2, width, height)
        leg = min(width, height) * 0.16
        path = QPainterPath()
        for x, y, sx, sy in (
            (area.left(), area.top(), 1, 1),
            (area.right(), area.top(), -1, 1),
            (area.left(), area.bottom(), 1, -1),
            (area.right(), area.bottom(), -1, -1),
        ):
            path.moveTo(QPointF(x, y + sy * leg))
            path.lineTo(QPointF(x, y))
            path.lineTo(QPointF(x + sx * leg, y))
        for ink, width_of in ((QColor(0, 0, 0, 140), 7.0), (QColor(Qt.GlobalColor.white), 4.0)):
            painter.setPen(
                QPen(ink, width_of, Qt.PenStyle.SolidLine, Qt.PenCapStyle.SquareCap, Qt.PenJoinStyle.MiterJoin)
            )
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawPath(path)


class QrView(QLabel):
    """A code for a machine to read: whole pixels for every module."""

    def __init__(self, side: int, look: Look, *, alt: str, name: str = "qr", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setObjectName(name)
        self.setAccessibleName(alt)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._side = side
        self._matrix: tuple[tuple[bool, ...], ...] = ()
        self.set_look(look)

    def set_matrix(self, matrix: Sequence[Sequence[bool]]) -> None:
        """Rows of modules, dark ones True, without their quiet zone."""
        self._matrix = tuple(tuple(row) for row in matrix)
        self.update()

    def set_look(self, look: Look) -> None:
        """Draw from this look from now on: the size only, never the colours."""
        side = look.space(self._side)
        self.setFixedSize(side, side)
        self.update()

    def sizeHint(self) -> QSize:
        """The size that was set; a label would remember an older one."""
        return self.maximumSize()

    def minimumSizeHint(self) -> QSize:
        """Never smaller."""
        return self.maximumSize()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the modules."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), Qt.GlobalColor.white)
        if not self._matrix:
            return
        modules = len(self._matrix) + 2 * QUIET
        size = max(1, self.width() // modules)
        first = (self.width() - size * len(self._matrix)) // 2
        for y, row in enumerate(self._matrix):
            for x, dark in enumerate(row):
                if dark:
                    painter.fillRect(first + x * size, first + y * size, size, size, Qt.GlobalColor.black)
