"""The tools at the top of a screen: text size, theme, language. They ask; the window gives the new Look."""

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from kiosk.ui.i18n import Language, text
from kiosk.ui.theme.look import Look
from kiosk.ui.theme.measures import MINIMUM_TARGET, RADIUS_CONTROL, SCALES, Role
from kiosk.ui.theme.paint import box, colour, font, line_of_text, sized_font, start, text_width
from kiosk.ui.theme.tokens import Token
from kiosk.ui.widgets.button import Button, Size
from kiosk.ui.widgets.icons import Icon
from kiosk.ui.widgets.pressable import Pressable
from kiosk.ui.widgets.segmented import Segmented

_HEIGHT = 34


class _Step(Pressable):
    """A minus or A plus; drawn by its own size."""

    def __init__(self, words: str, pixels: int, look: Look, *, name: str) -> None:
        super().__init__(look, name=name)
        self._words, self._pixels = words, pixels
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)

    def sizeHint(self) -> QSize:
        """Room for the sign at its own size."""
        width = text_width(sized_font(self.look.px(self._pixels)), self._words) + 2 * self.look.space(8)
        return QSize(max(MINIMUM_TARGET, width), self.look.px(18) + self.look.space(_HEIGHT - 18))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the sign; lighter at the end of the scale."""
        painter = QPainter(self)
        start(painter)
        painter.setFont(sized_font(self.look.px(self._pixels)))
        painter.setPen(colour(self.look, Token.INK if self.isEnabled() else Token.EDGE))
        line_of_text(painter, QRectF(self.rect()), self._words, Qt.AlignmentFlag.AlignHCenter)


class TypeStepper(QWidget):
    """A-, the percentage, A+; `picked` carries the new scale in percent."""

    picked = Signal(int)

    def __init__(self, look: Look, *, name: str = "type-size", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._smaller = _Step("A−", 14, look, name=f"{name}-smaller")
        self._larger = _Step("A+", 20, look, name=f"{name}-larger")
        self._look = look
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(2, 0, 2, 0)
        self._row.addWidget(self._smaller)
        self._row.addWidget(self._larger)
        self._smaller.clicked.connect(lambda: self.picked.emit(self._look.smaller().scale))
        self._larger.clicked.connect(lambda: self.picked.emit(self._look.larger().scale))
        self.set_look(look)

    def set_look(self, look: Look) -> None:
        """Draw from this look from now on."""
        self._look = look
        self._row.setSpacing(self._percent_width())
        self._smaller.setEnabled(look.scale > SCALES[0])
        self._larger.setEnabled(look.scale < SCALES[-1])
        self._smaller.setAccessibleName(text("common.type.smaller", look.language))
        self._larger.setAccessibleName(text("common.type.larger", look.language))
        self.setAccessibleName(text("common.type.name", look.language, percent=look.scale))
        self.updateGeometry()
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the frame, two hairlines and the percentage."""
        painter = QPainter(self)
        start(painter)
        look = self._look
        fill, edge = colour(look, Token.SURFACE), colour(look, Token.EDGE)
        box(painter, QRectF(self.rect()), radius=RADIUS_CONTROL, fill=fill, edge=edge)
        left = self._smaller.geometry().right() + 1
        middle = QRectF(left, 0, self._percent_width(), self.height())
        painter.setPen(colour(look, Token.LINE))
        for x in (middle.left() + 0.5, middle.right() - 0.5):
            painter.drawLine(int(x), 8, int(x), self.height() - 9)
        painter.setFont(font(look, Role.TOOL, bold=True))
        painter.setPen(colour(look, Token.INK))
        line_of_text(painter, middle, f"{look.scale}%", Qt.AlignmentFlag.AlignHCenter)

    def _percent_width(self) -> int:
        return text_width(font(self._look, Role.TOOL, bold=True), "000%") + self._look.space(8)


class ThemeButton(Button):
    """Light, dark, high contrast, round again; `clicked` asks for `Look.next_theme()`."""

    def __init__(self, look: Look, *, name: str = "theme", parent: QWidget | None = None) -> None:
        super().__init__(
            _theme_words(look), look, name=name, size=Size.TOOL, icon=Icon.CONTRAST, icon_only=True, parent=parent
        )

    def set_look(self, look: Look) -> None:
        """Draw from this look from now on, and say which theme it is."""
        super().set_look(look)
        self.set_words(_theme_words(look))


class LanguageSwitch(Segmented):
    """Chinese or English; `picked` carries the value of a `Language`."""

    def __init__(self, look: Look, *, name: str = "language", parent: QWidget | None = None) -> None:
        super().__init__(
            [
                (Language.ZH.value, text("common.language.zh", Language.ZH)),
                (Language.EN.value, text("common.language.en", Language.EN)),
            ],
            look,
            label=text("common.language.name", look.language),
            name=name,
            parent=parent,
        )
        self.set_current(look.language.value)

    def set_look(self, look: Look) -> None:
        """Draw from this look from now on, its language shown as on."""
        super().set_look(look)
        self.setAccessibleName(text("common.language.name", look.language))
        self.set_current(look.language.value)


def _theme_words(look: Look) -> str:
    theme = text(f"common.theme.{look.theme.value}", look.language)
    return text("common.theme.name", look.language, theme=theme)
