"""Drawn faces for the roster of a rehearsal: nobody's picture, and plainly a drawing."""

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPainterPath

_WIDTH, _HEIGHT = 312, 416
_SKIN = ("#D9B99B", "#C99E7C", "#E3C5A8")
_COAT = ("#35596B", "#6B4E35", "#4A5A3A")
_HAIR = ("#2A2F33", "#3A2A22", "#55504A")


def portrait(variant: int) -> bytes:
    """Return a PNG of 312 x 416 pixels; each variant has its own colours."""
    image = QImage(_WIDTH, _HEIGHT, QImage.Format.Format_RGB32)
    image.fill(QColor("#C9DDE2"))
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    place = variant % len(_SKIN)
    _shoulders(painter, QColor(_COAT[place]))
    painter.setBrush(QColor(_SKIN[place]))
    painter.drawRoundedRect(QRectF(128, 250, 56, 80), 20, 20)
    painter.drawEllipse(QPointF(156, 190), 68, 88)
    painter.setBrush(QColor(_HAIR[place]))
    hair = QPainterPath()
    hair.moveTo(80, 190)
    hair.cubicTo(70, 60, 242, 60, 232, 190)
    hair.cubicTo(215, 140, 190, 128, 120, 138)
    hair.cubicTo(98, 146, 90, 166, 80, 190)
    painter.drawPath(hair)
    painter.end()
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]
    return bytes(data.data())


def _shoulders(painter: QPainter, colour: QColor) -> None:
    path = QPainterPath()
    path.moveTo(16, _HEIGHT)
    path.cubicTo(20, 320, 60, 300, 156, 300)
    path.cubicTo(252, 300, 292, 320, 296, _HEIGHT)
    painter.setBrush(colour)
    painter.drawPath(path)
