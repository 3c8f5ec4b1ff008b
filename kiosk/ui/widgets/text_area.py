"""A field for several lines of plain text, with a count. Tab leaves it; nothing but text can be put in."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from kiosk.ui.theme.look import Look
from kiosk.ui.theme.measures import Role
from kiosk.ui.theme.paint import font
from kiosk.ui.theme.tokens import Token
from kiosk.ui.widgets.field import FieldFrame
from kiosk.ui.widgets.label import Label
from kiosk.ui.widgets.sign import State


class TextArea(QWidget):
    """Label, box, count; `changed` after every change."""

    changed = Signal()

    def __init__(
        self,
        label: str,
        look: Look,
        *,
        name: str,
        limit: int = 200,
        lines: int = 3,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self._limit, self._lines, self._filling = limit, lines, False
        self._label = Label(label, look, role=Role.LABEL, bold=True)
        self._count = Label("", look, role=Role.SMALL, ink=Token.INK2)
        self._frame = FieldFrame(look)
        self.editor = QPlainTextEdit()
        self.editor.setObjectName(f"{name}-editor")
        self.editor.setTabChangesFocus(True)
        self.editor.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self.editor.setAcceptDrops(False)
        self.editor.setFrameShape(QPlainTextEdit.Shape.NoFrame)
        self.editor.viewport().setAutoFillBackground(False)
        inside = QVBoxLayout(self._frame)
        inside.setContentsMargins(8, 6, 8, 6)
        inside.addWidget(self.editor)
        head = QHBoxLayout()
        head.addWidget(self._label, 1)
        head.addWidget(self._count)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addLayout(head)
        self._column.addWidget(self._frame)
        self.setFocusProxy(self.editor)
        self.editor.textChanged.connect(self._text_changed)
        self.set_label(label)
        self.set_look(look)

    @property
    def value(self) -> str:
        """What stands in the field."""
        return self.editor.toPlainText()

    def set_value(self, value: str) -> None:
        """Put a text in from outside; no signal."""
        self._filling = True
        self.editor.setPlainText(value[: self._limit])
        self._filling = False

    def set_label(self, label: str) -> None:
        """Other words above the field, which are its accessible name."""
        self._label.set_words(label)
        self.editor.setAccessibleName(label)

    def set_state(self, state: State | None) -> None:
        """Edge of a state; the words about it are the screen's."""
        self._frame.set_state(state, with_sign=False)

    def set_look(self, look: Look) -> None:
        """Draw from this look from now on."""
        self.editor.setFont(font(look, Role.BODY))
        self._column.setSpacing(look.space(8))
        self._frame.setMinimumHeight(self._lines * look.line(Role.BODY) + look.space(24))
        self._tell()

    def _text_changed(self) -> None:
        if len(self.value) > self._limit:
            cursor = self.editor.textCursor()
            at = min(cursor.position(), self._limit)
            self.set_value(self.value)
            cursor = self.editor.textCursor()
            cursor.setPosition(at)
            self.editor.setTextCursor(cursor)
        self._tell()
        if not self._filling:
            self.changed.emit()

    def _tell(self) -> None:
        self._count.set_words(f"{len(self.value)} / {self._limit}")
