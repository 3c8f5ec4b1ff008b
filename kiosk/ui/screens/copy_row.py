"""One file on its way to a stick: what it is, its name, a bar with numbers, and its digest once it was read back."""

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from kiosk.ui.present.export import Copy
from kiosk.ui.theme.look import Look
from kiosk.ui.theme.measures import Role
from kiosk.ui.theme.tokens import Token
from kiosk.ui.widgets.label import Label
from kiosk.ui.widgets.markup import escape
from kiosk.ui.widgets.paragraph import Paragraph
from kiosk.ui.widgets.progress import Progress
from kiosk.ui.widgets.rule import Rule
from kiosk.ui.widgets.shown import set_shown
from kiosk.ui.widgets.sign import State, StatusSign


class CopyRow(QWidget):
    """The row."""

    def __init__(self, look: Look, *, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self._kind = StatusSign(State.WAITING, "", look, role=Role.TABLE, bold=True, name=f"{name}-kind")
        self._words = Label("", look, role=Role.CAPTION, ink=Token.INK2, name=f"{name}-words")
        self._file = Paragraph("", look, role=Role.CAPTION, ink=Token.INK2, measure=None, name=f"{name}-file")
        self._bar = Progress(look, label="", with_numbers=False, name=f"{name}-bar")
        head = QHBoxLayout()
        head.addWidget(self._kind)
        head.addStretch(1)
        head.addWidget(self._words)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addLayout(head)
        self._column.addWidget(self._file)
        self._column.addWidget(self._bar)
        self._column.addWidget(Rule(look))
        self.set_look(look)

    def show_copy(self, copy: Copy, kind: str, words: str) -> None:
        """How far it is; the words stand beside what the file is."""
        state = State.OK if copy.digest else State.BUSY if copy.total else State.WAITING
        self._kind.set_state(state, kind)
        self._words.set_words(words)
        self._file.set_source(escape(copy.name))
        self._bar.setAccessibleName(kind)
        self._bar.show_progress(copy.done, copy.total, words=words)
        set_shown(self._bar, bool(copy.total))

    def set_look(self, look: Look) -> None:
        """Draw from this look from now on."""
        self._column.setSpacing(look.space(8))
