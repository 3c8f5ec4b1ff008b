"""Warnings of the clock and refusals, laid over the sheet where nothing stands, each said once.

Rules: it pushes nothing and stays until it was read; beside a rail it lies in the empty middle of the head, in large
type above the foot. It is closed with its button, with Esc, or by what comes next.
"""

from PySide6.QtCore import QRect
from PySide6.QtWidgets import QWidget

from kiosk.errors import KioskError
from kiosk.exam.sitting import Sitting
from kiosk.exam.vocabulary import Instant, Millis
from kiosk.ui.i18n import Language, refusal, text
from kiosk.ui.present.exam import Warned, warning, warning_due
from kiosk.ui.theme.look import Look
from kiosk.ui.widgets.banner import Banner
from kiosk.ui.widgets.sign import State

_MOST_OF_AREA = 0.25
"""Large type says the short words only, so that the question is not covered."""


class ExamNotice(Banner):
    """One banner over one area; `around` says what may not be covered."""

    def __init__(self, look: Look, parent: QWidget) -> None:
        self._said: frozenset[Millis] = frozenset()
        self._warned: Warned | None = None
        self._language: Language | None = None
        super().__init__(look, name="notice", parent=parent)
        self._short = False
        self.acted.connect(self.settle)

    def watch(self, sitting: Sitting, now: Instant, language: Language) -> bool:
        """Say a warning that is due; tell whether something new is shown."""
        if not self.isHidden() and self._warned is not None and language is not self._language:
            self._word(warning(sitting, now, self._warned.at, language), language)
        left = sitting.ledger.remaining(now)
        self._said = frozenset(at for at in self._said if left <= at)
        due = warning_due(sitting.rules, left, self._said)
        if due is None or sitting.ledger.since is None:
            return False
        self._said |= {at for at in sitting.rules.timing.warnings if left <= at}
        self._word(warning(sitting, now, due, language), language)
        return True

    def _word(self, warned: Warned, language: Language) -> None:
        self._warned, self._language = warned, language
        self._say(language)

    def refuse(self, error: KioskError, language: Language) -> None:
        """Say why something was not done."""
        self._warned = None
        said = refusal(error.code, language, error.data)
        self.show_words(State.BAD, said.happened, f"{said.safe} {said.to_do}", text("exam.warning.seen", language))

    def place(self, area: QRect, gap: QRect) -> int:
        """Lie in the gap if there is room, else short at the bottom of the area (pixels of the parent).

        Tells how much of the area's bottom it covers.
        """
        self.raise_()
        for short in (False, True):
            self._shorten(short=short)
            width = min(gap.width(), self.sizeHint().width())
            height = self.heightForWidth(width)
            if self.minimumSizeHint().width() <= width and height <= gap.height():
                left = gap.center().x() - width // 2
                self.setGeometry(left, gap.top() + (gap.height() - height) // 2, width, height)
                return 0
        self._shorten(short=False)
        if self.heightForWidth(area.width()) > area.height() * _MOST_OF_AREA:
            self._shorten(short=True)
        height = self.heightForWidth(area.width())
        self.setGeometry(area.left(), area.bottom() - height, area.width(), height)
        return height + self._look.space(16)

    def _shorten(self, *, short: bool) -> None:
        if short != self._short and self._warned is not None:
            self._short = short
            self._say(self._look.language)
        layout = self.layout()
        if layout is not None:
            layout.activate()

    def _say(self, language: Language) -> None:
        if self._warned is not None:
            body = "" if self._short else self._warned.body
            self.show_words(State.WARN, self._warned.title, body, text("exam.warning.seen", language))
