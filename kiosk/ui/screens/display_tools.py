"""Language, text size and colours in one row, for every screen of the staff; each change is made at once."""

from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from kiosk.ui.bridge import Bridge
from kiosk.ui.i18n import Language
from kiosk.ui.theme.look import Look
from kiosk.ui.widgets.tools import LanguageSwitch, ThemeButton, TypeStepper


class DisplayTools(QWidget):
    """The three tools; it shows the look that holds and asks the bridge for another."""

    def __init__(self, bridge: Bridge, look: Look, *, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(f"{name}-display")
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._bridge = bridge
        self._language = LanguageSwitch(look, name=f"{name}-language")
        self._type = TypeStepper(look, name=f"{name}-type-size")
        self._theme = ThemeButton(look, name=f"{name}-theme")
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        for part in (self._language, self._type, self._theme):
            self._row.addWidget(part)
        self._language.picked.connect(lambda key: bridge.set_language(Language(key)))
        self._type.picked.connect(self._scaled)
        self._theme.clicked.connect(lambda: bridge.set_look(self._now().next_theme()))
        self.set_look(look)

    def set_look(self, look: Look) -> None:
        """Draw from this look from now on."""
        self._row.setSpacing(look.space(8))

    def _now(self) -> Look:
        """The look that was chosen, not the one fitted to the window."""
        return self._bridge.shown.face.look

    def _scaled(self, scale: int) -> None:
        now = self._now()
        self._bridge.set_look(now.larger() if scale > now.scale else now.smaller())
