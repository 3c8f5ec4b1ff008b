"""Language, text size, colours and the way to the invigilator: in the bar where there is room, else on a page.

Rules: a choice is one call to the bridge, which puts it into the journal of an open sitting; languages that the round
does not know are not offered. The page is left with Esc, and gives the focus back.
"""

from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from kiosk.ui.bridge import Bridge
from kiosk.ui.i18n import Language, text
from kiosk.ui.screens.recording_sign import RecordingSign
from kiosk.ui.theme.look import Look
from kiosk.ui.theme.measures import Role
from kiosk.ui.theme.tokens import Token
from kiosk.ui.widgets.button import Button, Kind, Size
from kiosk.ui.widgets.icons import Icon
from kiosk.ui.widgets.label import Label
from kiosk.ui.widgets.page import ScrollPage
from kiosk.ui.widgets.shown import set_shown
from kiosk.ui.widgets.tools import LanguageSwitch, ThemeButton, TypeStepper


class ToolSet:
    """The tools of one place, each wired to the bridge."""

    def __init__(self, bridge: Bridge, look: Look, *, prefix: str = "") -> None:
        self._bridge = bridge
        self.language = LanguageSwitch(look, name=f"{prefix}language")
        self.size = TypeStepper(look, name=f"{prefix}type-size")
        self.theme = ThemeButton(look, name=f"{prefix}theme")
        self.language.picked.connect(self._pick_language)
        self.size.picked.connect(self._pick_size)
        self.theme.clicked.connect(self._pick_theme)

    @property
    def parts(self) -> tuple[QWidget, ...]:
        """The tools in their order."""
        return self.language, self.size, self.theme

    def offer(self, languages: tuple[Language, ...]) -> None:
        """Offer the choice of language only where there is one."""
        set_shown(self.language, len(languages) > 1)

    def _pick_language(self, value: str) -> None:
        self._choose(replace(self._bridge.shown.face.look, language=Language(value)))

    def _pick_size(self, scale: int) -> None:
        self._choose(replace(self._bridge.shown.face.look, scale=scale))

    def _pick_theme(self) -> None:
        self._choose(self._bridge.shown.face.look.next_theme())

    def _choose(self, look: Look) -> None:
        self._bridge.attempt(lambda: self._bridge.set_look(look))


def invigilator_button(bridge: Bridge, look: Look, *, name: str, size: Size = Size.TOOL) -> Button:
    """The quiet way to the invigilator's panel, behind card and PIN."""
    words = text("exam.invigilator", look.language)
    button = Button(words, look, name=name, kind=Kind.QUIET, size=size, icon=Icon.KEY)
    button.clicked.connect(bridge.open_panel)
    return button


class ToolsPage(QWidget):
    """All tools below each other, with their names; `closed` when it is left."""

    closed = Signal()

    def __init__(self, bridge: Bridge, look: Look) -> None:
        super().__init__()
        self.setObjectName("tools-page")
        self._look = look
        self.tools = ToolSet(bridge, look, prefix="page-")
        self._title = Label("", look, role=Role.TITLE, name="tools-title")
        self.sign = RecordingSign(look, name="page-recording")
        self._names = {part: Label("", look, role=Role.LABEL, ink=Token.INK2) for part in self.tools.parts}
        self._staff = invigilator_button(bridge, look, name="page-invigilator", size=Size.NORMAL)
        self._close = Button("", look, name="tools-close", icon=Icon.ARROW_LEFT)
        self._close.clicked.connect(self.closed)
        inside = QWidget()
        self._column = QVBoxLayout(inside)
        self._column.addWidget(self._title)
        for part, label in self._names.items():
            self._column.addWidget(label)
            self._column.addLayout(_left(part))
        self._column.addWidget(self.sign)
        self._column.addLayout(_left(self._staff))
        self._column.addLayout(_left(self._close))
        self._column.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(ScrollPage(inside, look, name="tools-scroll"))
        self.set_look(look)

    def set_look(self, look: Look) -> None:
        """Draw from this look from now on, in its language."""
        self._look = look
        side = look.space(24)
        self._column.setContentsMargins(side, side, side, side)
        self._column.setSpacing(look.space(12))
        language = look.language
        self._title.set_words(text("exam.tools", language))
        keys = ("common.language.name", "exam.tools.size", "exam.tools.theme")
        for label, key in zip(self._names.values(), keys, strict=True):
            label.set_words(text(key, language))
        self._staff.set_words(text("exam.invigilator", language))
        self._close.set_words(text("common.back", language))

    def offer(self, languages: tuple[Language, ...]) -> None:
        """Offer the choice of language only where there is one."""
        self.tools.offer(languages)
        set_shown(self._names[self.tools.language], len(languages) > 1)

    def take_focus(self) -> None:
        """Begin at the first tool."""
        reached = (part for part in self.findChildren(QWidget) if part.focusPolicy() & Qt.FocusPolicy.TabFocus)
        first = next((part for part in reached if part.isVisibleTo(self)), self._close)
        first.setFocus(Qt.FocusReason.TabFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc leaves."""
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)


def _left(part: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    row.addWidget(part)
    row.addStretch(1)
    return row
