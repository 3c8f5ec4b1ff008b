"""Turns a Look into what a painter needs: colours, fonts, metrics, crisp rounded boxes."""

from functools import cache

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen

from kiosk.ui.theme.look import Look
from kiosk.ui.theme.measures import BORDER_CONTROL, Role
from kiosk.ui.theme.tokens import COLOURS, Theme, Token

OPTICAL_RISE = 0.05
"""How far Noto's letters stand below the middle of their line, in sizes of the type."""


@cache
def _colour(theme: Theme, token: Token) -> QColor:
    return QColor(COLOURS[theme][token])


def colour(look: Look, token: Token) -> QColor:
    """The colour of a token; not to be changed by the caller."""
    return _colour(look.theme, token)


def sized_font(pixels: int, *, bold: bool = False) -> QFont:
    """The program's font in pixels; its 600 weight is registered as its bold."""
    font = QFont()
    font.setPixelSize(max(1, pixels))
    font.setBold(bold)
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return font


def font(look: Look, role: Role, *, bold: bool | None = None) -> QFont:
    """The font of a role; `bold` overrules the role's weight."""
    return sized_font(look.size(role), bold=role.value.bold if bold is None else bold)


def text_width(of: QFont, words: str) -> int:
    """Whole pixels that `words` need on one line."""
    return int(QFontMetricsF(of).horizontalAdvance(words)) + 1


def start(painter: QPainter) -> None:
    """The render hints every part paints with."""
    painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing)


def box(
    painter: QPainter,
    rect: QRectF,
    *,
    radius: float,
    fill: QColor | None = None,
    edge: QColor | None = None,
    width: float = BORDER_CONTROL,
    style: Qt.PenStyle = Qt.PenStyle.SolidLine,
) -> None:
    """A rounded box whose edge lies wholly inside `rect`."""
    painter.setBrush(fill if fill is not None else Qt.BrushStyle.NoBrush)
    if edge is None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.drawRoundedRect(rect, radius, radius)
        return
    pen = QPen(edge, width, style)
    if style is not Qt.PenStyle.SolidLine:
        pen.setDashPattern([2.0, 1.9])
    painter.setPen(pen)
    half = width / 2
    painter.drawRoundedRect(rect.adjusted(half, half, -half, -half), radius - half / 2, radius - half / 2)


def line_of_text(
    painter: QPainter, rect: QRectF, words: str, align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft
) -> None:
    """One line of plain text, centred in height as the eye sees it; never wrapped, never shortened."""
    rect = rect.translated(0, -OPTICAL_RISE * painter.font().pixelSize())
    painter.drawText(rect, int(align | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine), words)
