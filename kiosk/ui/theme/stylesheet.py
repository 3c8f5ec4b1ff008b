"""The style sheet for the few parts that Qt draws itself: fields, text areas, scroll bars, lists and tables.

Everything else is painted by its own widget. Labels take font and colour from `widgets.label`, so that a change of tone
costs one repaint; here they only lose their background.
"""

from kiosk.ui.theme.look import Look
from kiosk.ui.theme.measures import RADIUS_CARD, RADIUS_CONTROL, Role
from kiosk.ui.theme.tokens import Theme, Token

_SCROLL_BAR = 16


def stylesheet(look: Look) -> str:
    """The whole style sheet of a look; given to one window, not to the application."""
    return "\n".join((_fields(look), _scroll_bars(look), _tables(look)))


def _fields(look: Look) -> str:
    edge, surface, ink = look.hex(Token.EDGE), look.hex(Token.SURFACE), look.hex(Token.INK)
    accent, on_accent = look.hex(Token.ACCENT), look.hex(Token.ON_ACCENT)
    return f"""
QLabel {{ background: transparent; }}
QLineEdit, QPlainTextEdit {{
    background: {surface}; color: {ink}; border: 2px solid {edge}; border-radius: {RADIUS_CONTROL}px;
    selection-background-color: {accent}; selection-color: {on_accent};
}}
QLineEdit {{ padding: 0 {look.space(14)}px; }}
QPlainTextEdit {{ padding: {look.space(10)}px {look.space(12)}px; }}
*[tone="ok"] {{ border-color: {look.hex(Token.OK)}; }}
*[tone="bad"] {{ border-color: {look.hex(Token.BAD)}; background: {look.hex(Token.BAD_SOFT)}; }}
*[tone="given"] {{ border-color: {accent}; background: {look.hex(Token.ACCENT_SOFT)}; }}
QLineEdit:disabled, QPlainTextEdit:disabled {{
    background: {look.hex(Token.SUNKEN)}; color: {look.hex(Token.INK2)}; border-color: {look.hex(Token.LINE)};
}}
"""


def _scroll_bars(look: Look) -> str:
    """A bar of 16 px that is always seen; no arrows."""
    handle = look.hex(Token.INK if look.theme is Theme.CONTRAST else Token.EDGE)
    trough = look.hex(Token.LINE if look.theme is not Theme.CONTRAST else Token.SUNKEN)
    frame = f"border: 1px solid {look.hex(Token.LINE)};" if look.theme is Theme.CONTRAST else ""
    return f"""
QAbstractScrollArea {{ background: transparent; border: none; }}
QScrollBar:vertical {{ width: {_SCROLL_BAR}px; background: {trough}; border-radius: {_SCROLL_BAR // 2}px; {frame} }}
QScrollBar:horizontal {{ height: {_SCROLL_BAR}px; background: {trough}; border-radius: {_SCROLL_BAR // 2}px; {frame} }}
QScrollBar::handle {{ background: {handle}; border-radius: {_SCROLL_BAR // 2 - 1}px; margin: 1px; }}
QScrollBar::handle:vertical {{ min-height: 44px; }}
QScrollBar::handle:horizontal {{ min-width: 44px; }}
QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; border: none; background: none; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: none; }}
"""


def _tables(look: Look) -> str:
    return f"""
QTableView, QListView, QTreeView {{
    background: {look.hex(Token.SURFACE)}; color: {look.hex(Token.INK)};
    border: 1px solid {look.hex(Token.LINE)}; border-radius: {RADIUS_CARD}px; gridline-color: {look.hex(Token.LINE)};
    font-size: {look.size(Role.TABLE)}px; outline: none;
    selection-background-color: {look.hex(Token.ACCENT_SOFT)}; selection-color: {look.hex(Token.INK)};
}}
QTableView::item, QTreeView::item, QListView::item {{ padding: 0 {look.space(12)}px; }}
QHeaderView {{ background: {look.hex(Token.SURFACE)}; border: none; }}
QHeaderView::section {{
    background: {look.hex(Token.SURFACE)}; color: {look.hex(Token.INK2)}; border: none;
    border-bottom: 1px solid {look.hex(Token.LINE)}; padding: {look.space(10)}px {look.space(12)}px;
    font-size: {look.size(Role.CAPTION)}px;
}}
QTableCornerButton::section {{ background: {look.hex(Token.SURFACE)}; border: none; }}
"""
