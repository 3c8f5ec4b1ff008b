"""The style sheet for the few parts that Qt draws itself: the text inside fields, scroll bars, lists and tables.

Everything else is painted by its own widget, frames of fields too (an edge of 1.5 px cannot be said here). Labels
take font and colour from `widgets.label`, so that a change of tone costs one repaint; here they only lose their
background.
"""

from kiosk.ui.theme.look import Look
from kiosk.ui.theme.measures import Role
from kiosk.ui.theme.tokens import Theme, Token

SCROLL_BAR = 16


def stylesheet(look: Look) -> str:
    """The whole style sheet of a look; given to one window, not to the application."""
    return "\n".join((_fields(look), _scroll_bars(look), _tables(look)))


def _fields(look: Look) -> str:
    return f"""
QLabel {{ background: transparent; }}
QLineEdit, QPlainTextEdit {{
    background: transparent; color: {look.hex(Token.INK)}; border: none;
    selection-background-color: {look.hex(Token.ACCENT)}; selection-color: {look.hex(Token.ON_ACCENT)};
}}
QLineEdit:disabled, QPlainTextEdit:disabled {{ color: {look.hex(Token.INK2)}; }}
"""


def _scroll_bars(look: Look) -> str:
    """A bar of 16 px that is always seen; no arrows."""
    high = look.theme is Theme.CONTRAST
    handle = look.hex(Token.INK if high else Token.EDGE)
    trough = look.hex(Token.SUNKEN if high else Token.LINE)
    frame = f"border: 1px solid {look.hex(Token.LINE)};" if high else ""
    return f"""
QAbstractScrollArea {{ background: transparent; border: none; }}
QScrollBar:vertical {{ width: {SCROLL_BAR}px; background: {trough}; border-radius: {SCROLL_BAR // 2}px; {frame} }}
QScrollBar:horizontal {{ height: {SCROLL_BAR}px; background: {trough}; border-radius: {SCROLL_BAR // 2}px; {frame} }}
QScrollBar::handle {{ background: {handle}; border-radius: {SCROLL_BAR // 2 - 1}px; margin: 1px; }}
QScrollBar::handle:vertical {{ min-height: 44px; }}
QScrollBar::handle:horizontal {{ min-width: 44px; }}
QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; border: none; background: none; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: none; }}
"""


def _tables(look: Look) -> str:
    surface, line = look.hex(Token.SURFACE), look.hex(Token.LINE)
    return f"""
QTableView, QListView, QTreeView {{
    background: {surface}; color: {look.hex(Token.INK)}; border: none; gridline-color: {line};
    font-size: {look.size(Role.TABLE)}px; outline: none;
    selection-background-color: {look.hex(Token.ACCENT_SOFT)}; selection-color: {look.hex(Token.INK)};
}}
QTableView::item, QTreeView::item, QListView::item {{ padding: 0 {look.space(12)}px; }}
QHeaderView {{ background: {surface}; border: none; }}
QHeaderView::section {{
    background: {surface}; color: {look.hex(Token.INK2)}; border: none; border-bottom: 1px solid {line};
    padding: {look.space(10)}px {look.space(12)}px; font-size: {look.size(Role.CAPTION)}px;
}}
QTableCornerButton::section {{ background: {surface}; border: none; }}
"""
