"""What every part that can be pressed has in common: Enter presses like the space bar, arrows belong to the screen."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QWidget

from kiosk.ui.theme.look import Look
from kiosk.ui.theme.measures import RADIUS_CONTROL

ARROWS = frozenset({Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down})
ENTERS = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})


class Pressable(QAbstractButton):
    """A painted button; its words are set as the accessible name, never as a mnemonic."""

    ring_radius = RADIUS_CONTROL

    def __init__(self, look: Look, *, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.look = look
        self.setObjectName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def set_look(self, look: Look) -> None:
        """Draw from this look from now on."""
        self.look = look
        self.updateGeometry()
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses once, however long it is held; arrows go on to whoever holds this part."""
        if event.key() in ENTERS:
            if not event.isAutoRepeat():
                self.click()
        elif event.key() in ARROWS:
            event.ignore()
        else:
            super().keyPressEvent(event)
