"""The demo's sheet of paper: codes, PIN and numbers in a small window beside the kiosk, and the card to hold up.

Rules: it stands for what people have in their hands in a room; pressing its button holds the card to the drawn camera,
as somebody would to a real one. It goes when the demo goes. A real office prints all of this and shows none of it.
"""

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from kiosk.paper.qr import qr_matrix, qr_png
from kiosk.ui.i18n import Language, text
from kiosk.ui.theme.dress import dress_application, dress_window
from kiosk.ui.theme.fonts import register_fonts
from kiosk.ui.theme.look import Look
from kiosk.ui.theme.measures import Role
from kiosk.ui.theme.tokens import Token
from kiosk.ui.widgets.button import Button, Kind
from kiosk.ui.widgets.icons import Icon
from kiosk.ui.widgets.label import Label
from kiosk.ui.widgets.pictures import QrView

_BEAT = 500
_EDGE = 24
_CODE_SIDE = 220


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """What stands on the sheet; `controls` is the folder of the drawn camera."""

    release_code: str
    card: str
    holder: str
    pin: str
    candidates: tuple[str, ...]
    controls: Path | None


class SheetWindow(QWidget):
    """The sheet as a small window."""

    def __init__(self, sheet: Sheet, look: Look) -> None:
        super().__init__()
        self.setObjectName("demo-sheet")
        self._sheet = sheet
        self._look = look
        self._held = False
        words = _words(look.language)
        self.setWindowTitle(words("title"))
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        for label, lines in _facts(sheet, words):
            column.addWidget(Label(label, look, role=Role.CAPTION, ink=Token.INK2))
            for line in lines:
                column.addWidget(Label(line, look, role=Role.STRONG, bold=True))
            column.addSpacing(10)
        code = QrView(_CODE_SIDE, look, alt=words("card"), name="demo-card")
        code.set_matrix(qr_matrix(sheet.card))
        row = QHBoxLayout()
        row.addWidget(code)
        row.addStretch(1)
        column.addLayout(row)
        column.addSpacing(16)
        self._hold = Button("", look, name="demo-hold", kind=Kind.PRIMARY, icon=Icon.CAMERA)
        self._hold.clicked.connect(self._turn)
        self._hold.setVisible(sheet.controls is not None)
        column.addWidget(self._hold)
        column.addStretch(1)
        self._name_button()
        dress_window(self, look)
        self.setFixedSize(self.sizeHint())
        self.setWindowFlag(Qt.WindowType.WindowStaysOnTopHint)

    def _name_button(self) -> None:
        self._hold.set_words(_words(self._look.language)("take-away" if self._held else "hold"))

    def _turn(self) -> None:
        """Hold the card to the camera, or take it away."""
        assert self._sheet.controls is not None  # noqa: S101 - the button is not there otherwise
        shown = self._sheet.controls / "show.png"
        if self._held:
            shown.unlink(missing_ok=True)
        else:
            part = shown.with_suffix(".part")
            part.write_bytes(qr_png(self._sheet.card))
            part.replace(shown)
        self._held = not self._held
        self._name_button()


def _words(language: Language) -> Callable[[str], str]:
    return lambda key: text(f"cli.sheet-{key}", language)


def _facts(sheet: Sheet, words: Callable[[str], str]) -> Sequence[tuple[str, tuple[str, ...]]]:
    return (
        (words("release"), (sheet.release_code,)),
        (f"{words('card')}  {sheet.holder}", (f"PIN {sheet.pin}",)),
        (words("candidates"), sheet.candidates),
    )


def run_sheet(sheet: Sheet, parent: int) -> int:
    """Show the sheet until it is closed or the process `parent` is gone."""
    app = QApplication([])
    look = Look()
    register_fonts()
    dress_application(app, look)
    window = SheetWindow(sheet, look)
    screen = app.primaryScreen().availableGeometry()
    window.move(screen.right() - window.width() - _EDGE, screen.top() + _EDGE)
    window.show()
    window.raise_()
    watch = QTimer()
    watch.timeout.connect(lambda: app.quit() if os.getppid() != parent else None)
    watch.start(_BEAT)
    return app.exec()
