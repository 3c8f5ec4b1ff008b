"""Shows or hides a part that may not stand in a window yet.

Qt makes a window of its own out of a part that is shown before it has a parent; on a locked seat that would be a flash
of something that nobody ordered.
"""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget


def set_shown(part: QWidget, shown: bool) -> None:
    """Show or hide `part`; without a parent it will be shown together with what it is put into."""
    if shown and part.parentWidget() is None:
        part.setAttribute(Qt.WidgetAttribute.WA_WState_ExplicitShowHide, False)
    elif shown == part.isHidden():
        part.setVisible(shown)
