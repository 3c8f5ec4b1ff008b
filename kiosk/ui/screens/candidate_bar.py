"""The bar at the top of every candidate's screen: where one is, the tools, the clock; it gives way part by part.

Rules: nothing in the bar is ever cut: where there is no room, first facts go, then words become an icon with a name,
then the tools fold into one button that opens them as a page, then the clock drops its seconds. The clock never goes.
"""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from kiosk.ui.bridge import Bridge
from kiosk.ui.i18n import Language, text
from kiosk.ui.screens.recording_sign import RecordingSign
from kiosk.ui.screens.shape import Shape, shape_of
from kiosk.ui.screens.tools import ToolSet, invigilator_button
from kiosk.ui.theme.look import Look
from kiosk.ui.theme.measures import Role
from kiosk.ui.theme.tokens import Token
from kiosk.ui.widgets.button import Button, Size
from kiosk.ui.widgets.clock import Clock
from kiosk.ui.widgets.frames import TopBar
from kiosk.ui.widgets.icons import Icon
from kiosk.ui.widgets.label import Label
from kiosk.ui.widgets.rule import Rule
from kiosk.ui.widgets.shown import set_shown
from kiosk.ui.widgets.steps import StepBar

_ALL, _NO_FACTS, _ICON, _SHORT_TITLE, _FOLDED, _SHORT_CLOCK, _NO_SIGN, _NO_STEPS, _BARE = range(9)

_SIDE, _STACKED_SIDE = 48, 24


class CandidateBar(TopBar):
    """The bar; `folded_pressed` asks for the page of tools."""

    folded_pressed = Signal()

    def __init__(
        self,
        bridge: Bridge,
        look: Look,
        *,
        stacked: bool = False,
        steps: StepBar | None = None,
        clock: Clock | None = None,
        sign: RecordingSign | None = None,
    ) -> None:
        super().__init__(look, stacked=stacked, side=_STACKED_SIDE if stacked else _SIDE)
        self._long, self._short, self._facts = "", "", ""
        self._languages: tuple[Language, ...] = tuple(Language)
        self._level = _ALL
        self.tools = ToolSet(bridge, look)
        self._staff = invigilator_button(bridge, look, name="invigilator")
        self._staff_icon = Button("", look, name="invigilator-icon", size=Size.TOOL, icon=Icon.KEY, icon_only=True)
        self._staff_icon.clicked.connect(bridge.open_panel)
        self._fold = Button("Aa", look, name="tools-fold", size=Size.TOOL)
        self._fold.clicked.connect(self.folded_pressed)
        self._steps, self._clock, self._sign = steps, clock, sign
        self._watch = None if clock else Label("", look, role=Role.RAIL, bold=True, name="watch")
        self._before_tools = Rule(look, upright=True, length=28)
        self._after_tools = Rule(look, upright=True, length=28)
        row: tuple[QWidget | None, ...] = (
            steps, sign, self._before_tools, *self.tools.parts, self._staff, self._staff_icon, self._fold,
            self._after_tools, clock, self._watch,
        )  # fmt: skip
        for part in row:
            if part is not None:
                self.right.addWidget(part, 0, Qt.AlignmentFlag.AlignVCenter)
        self._word()

    def say(self, long: str, short: str, facts: str = "") -> None:
        """What stands at the left: the whole title, one for little room, and facts."""
        if (long, short, facts) != (self._long, self._short, self._facts):
            self._long, self._short, self._facts = long, short, facts
            self.fit()

    def tell_time(self, figures: str) -> None:
        """Show the time of day on the room's clock, where no time runs."""
        if self._watch is not None and self._watch.text() != figures:
            longer = len(figures) != len(self._watch.text())
            self._watch.set_words(figures)
            if longer:
                self.fit()

    def offer(self, languages: tuple[Language, ...]) -> None:
        """Offer the choice of language only where there is one."""
        if languages != self._languages:
            self._languages = languages
            self.fit()

    def set_look(self, look: Look) -> None:
        """Draw from this look from now on."""
        super().set_look(look)
        if hasattr(self, "_fold"):
            self._word()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width holds more or less."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.fit()

    def minimumSizeHint(self) -> QSize:
        """The bar makes itself fit, so it asks for no width."""
        return QSize(0, self.sizeHint().height())

    def fit(self) -> None:
        """Show as much as there is room for."""
        layout = self.layout()
        if layout is None or self.width() <= 1:
            return
        first = _SHORT_CLOCK if shape_of(self._look, self.width()) is Shape.FOLDED else _ALL
        for level in range(first, _BARE + 1):
            self._apply(level)
            layout.invalidate()
            layout.activate()
            if layout.minimumSize().width() <= self.width():
                break

    def _apply(self, level: int) -> None:
        self._level = level
        self.set_words(self._long if level < _SHORT_TITLE else self._short, self._facts if level < _NO_FACTS else "")
        folded = level >= _FOLDED
        for part in self.tools.parts:
            set_shown(part, not folded)
        if not folded:
            self.tools.offer(self._languages)
        set_shown(self._staff, level < _ICON)
        set_shown(self._staff_icon, not folded and level >= _ICON)
        set_shown(self._fold, folded)
        if self._sign is not None:
            set_shown(self._sign, level < _NO_SIGN)
        set_shown(self._before_tools, not folded and (self._sign is not None or self._steps is not None))
        if self._clock is not None:
            self._clock.set_short(level >= _SHORT_CLOCK)
        if self._steps is not None:
            set_shown(self._steps, level < _NO_STEPS)
        if self._watch is not None:
            set_shown(self._watch, level < _BARE)
        set_shown(self._after_tools, level < _BARE)

    def _word(self) -> None:
        language = self._look.language
        self._staff.set_words(text("exam.invigilator", language))
        self._staff_icon.set_words(text("exam.invigilator", language))
        self._fold.setAccessibleName(text("exam.tools", language))
        self.title.set_ink(Token.INK)
        self.fit()
