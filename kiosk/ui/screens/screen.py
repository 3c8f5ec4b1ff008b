"""What every screen is: a widget that draws what is shown and says what was pressed."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from kiosk.ui.bridge import Bridge, Shown
from kiosk.ui.i18n import text
from kiosk.ui.theme.look import Look


class Screen(QWidget):
    """One screen of the seat. The window calls `show_state` after each change while the screen is in front."""

    def __init__(self, bridge: Bridge, look: Look, name: str) -> None:
        super().__init__()
        self.bridge = bridge
        self.look = look
        self.setObjectName(name)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)

    def set_look(self, look: Look) -> None:
        """Draw from this look from now on; the parts are reached by `restyle`."""
        self.look = look

    def show_state(self, shown: Shown) -> None:
        """Draw what is shown now."""
        raise NotImplementedError

    def entered(self) -> None:
        """The screen has come to the front: put the focus where work begins."""

    def left(self) -> None:
        """The screen has gone to the back: forget what was typed."""

    def words(self, key: str, **data: str | int) -> str:
        """A sentence in the language of the screen."""
        return text(key, self.look.language, **data)
