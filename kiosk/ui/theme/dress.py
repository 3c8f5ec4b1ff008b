"""Puts a Look on an application and its windows, so that nothing falls back to the desktop's own colours.

Style Fusion underneath, a palette from the tokens, a style sheet per window. No context menu, no animation of Qt's
own, no blinking caret.
"""

from PySide6.QtCore import Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QApplication, QLayout, QStyleFactory, QWidget

from kiosk.ui.theme.look import Look
from kiosk.ui.theme.paint import colour
from kiosk.ui.theme.stylesheet import stylesheet
from kiosk.ui.theme.tokens import Token

_ROLES: tuple[tuple[QPalette.ColorRole, Token], ...] = (
    (QPalette.ColorRole.Window, Token.PAGE),
    (QPalette.ColorRole.WindowText, Token.INK),
    (QPalette.ColorRole.Base, Token.SURFACE),
    (QPalette.ColorRole.AlternateBase, Token.SUNKEN),
    (QPalette.ColorRole.Text, Token.INK),
    (QPalette.ColorRole.PlaceholderText, Token.INK2),
    (QPalette.ColorRole.Button, Token.SURFACE),
    (QPalette.ColorRole.ButtonText, Token.INK),
    (QPalette.ColorRole.BrightText, Token.BAD),
    (QPalette.ColorRole.Highlight, Token.ACCENT),
    (QPalette.ColorRole.HighlightedText, Token.ON_ACCENT),
    (QPalette.ColorRole.Link, Token.ACCENT_INK),
    (QPalette.ColorRole.Light, Token.SURFACE),
    (QPalette.ColorRole.Midlight, Token.SUNKEN),
    (QPalette.ColorRole.Mid, Token.LINE),
    (QPalette.ColorRole.Dark, Token.EDGE),
    (QPalette.ColorRole.Shadow, Token.EDGE),
    (QPalette.ColorRole.ToolTipBase, Token.SURFACE),
    (QPalette.ColorRole.ToolTipText, Token.INK),
    (QPalette.ColorRole.Accent, Token.ACCENT),
)


def qt_palette(look: Look) -> QPalette:
    """The palette of a look; disabled text is the secondary ink."""
    palette = QPalette()
    for role, token in _ROLES:
        palette.setColor(role, colour(look, token))
    for role in (QPalette.ColorRole.WindowText, QPalette.ColorRole.Text, QPalette.ColorRole.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, role, colour(look, Token.INK2))
    return palette


def dress_application(app: QApplication, look: Look) -> None:
    """Once at start: style, palette, and no animations of the style's own."""
    style = QStyleFactory.create("Fusion")
    if style is not None:
        app.setStyle(style)
    for effect in (Qt.UIEffect.UI_AnimateCombo, Qt.UIEffect.UI_AnimateMenu, Qt.UIEffect.UI_AnimateTooltip):
        app.setEffectEnabled(effect, False)
    app.setCursorFlashTime(0)
    app.setPalette(qt_palette(look))


def dress_window(window: QWidget, look: Look) -> None:
    """Palette and style sheet of one window that has its layout; its parts are restyled by `widgets.restyle`.

    The window keeps the size it is given: large type scrolls or gives way, it never pushes a window over the display.
    """
    layout = window.layout()
    if layout is not None:
        layout.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
    window.setAutoFillBackground(True)
    window.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
    sheet = stylesheet(look)
    if window.styleSheet() != sheet:
        window.setStyleSheet(sheet)
    # After the sheet: replacing a sheet puts back the palette that stood when the old one came.
    window.setPalette(qt_palette(look))
