"""A field for one line or one number, with its label above, its unit behind and its state below.

Rules kept: the label is never a placeholder; what is wrong is said in words under the field and by a sign in it;
the frame carries the focus ring. The field judges nothing: the screen reads `value`, and sets the state.
"""

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from kiosk.ui.i18n import text
from kiosk.ui.theme.look import Look
from kiosk.ui.theme.measures import BORDER_CONTROL, RADIUS_CONTROL, Role
from kiosk.ui.theme.paint import box, colour, font, start, text_width
from kiosk.ui.theme.tokens import Token
from kiosk.ui.widgets.icons import square
from kiosk.ui.widgets.label import Label
from kiosk.ui.widgets.paragraph import Paragraph
from kiosk.ui.widgets.shown import set_shown
from kiosk.ui.widgets.sign import INK, State, draw_sign

_HEIGHT = 56
_EDGES = {State.OK: Token.OK, State.BAD: Token.BAD, State.WARN: Token.WARN, State.INFO: Token.ACCENT}


class FieldFrame(QWidget):
    """The box around an editor; carries its focus ring and shows its state by edge and sign."""

    ring_radius = RADIUS_CONTROL

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._state: State | None = None
        self._has_sign = True

    def set_state(self, state: State | None, *, with_sign: bool = True) -> None:
        """Edge and sign of a state, or of none."""
        self._state, self._has_sign = state, with_sign
        self.update()

    def set_look(self, look: Look) -> None:
        """Draw from this look from now on."""
        self._look = look
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the box and the sign at its right end."""
        painter = QPainter(self)
        start(painter)
        look, state = self._look, self._state
        edge = _EDGES.get(state, Token.EDGE) if state is not None else Token.EDGE
        fill = Token.BAD_SOFT if state is State.BAD else Token.ACCENT_SOFT if state is State.INFO else Token.SURFACE
        if not self.isEnabled():
            edge, fill = Token.LINE, Token.SUNKEN
        width = BORDER_CONTROL if state is None else 2.0
        rect = QRectF(self.rect())
        box(painter, rect, radius=RADIUS_CONTROL, fill=colour(look, fill), edge=colour(look, edge), width=width)
        if state in (State.OK, State.BAD, State.WARN) and self._has_sign:
            side = look.px(24)
            draw_sign(painter, state, square(self.width() - look.space(16) - side, self.height() / 2, side), look)


class Field(QWidget):
    """Label, editor with unit, and a line of state; `changed` after every change a person makes."""

    changed = Signal()
    entered = Signal()

    def __init__(
        self,
        label: str,
        look: Look,
        *,
        name: str,
        unit: str = "",
        role: Role = Role.OPTION,
        bold: bool = False,
        width: int = 0,
        limit: int = 200,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._look, self._role, self._bold, self._width = look, role, bold, width
        self._label = Label(label, look, role=Role.LABEL, ink=Token.INK2)
        set_shown(self._label, bool(label))
        self._frame = FieldFrame(look)
        self.editor = QLineEdit()
        self.editor.setObjectName(f"{name}-editor")
        self.editor.setFrame(False)
        self.editor.setMaxLength(limit)
        self.editor.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self.editor.setDragEnabled(False)
        self.editor.setAcceptDrops(False)
        self._unit = Label(unit, look, role=role, ink=Token.INK2)
        set_shown(self._unit, bool(unit))
        self._words = Paragraph("", look, role=Role.CAPTION)
        self._words.hide()
        self._inside = QHBoxLayout(self._frame)
        self._inside.addWidget(self.editor, 1)
        self._inside.addWidget(self._unit)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        for part in (self._label, self._frame, self._words):
            self._column.addWidget(part)
        self.setFocusProxy(self.editor)
        self.editor.textEdited.connect(lambda _text: self.changed.emit())
        self.editor.returnPressed.connect(self.entered)
        self._state: State | None = None
        self.set_label(label, unit)
        self.set_look(look)

    @property
    def value(self) -> str:
        """What stands in the field, as typed."""
        return self.editor.text()

    def set_value(self, value: str) -> None:
        """Put a text in from outside; no signal. The caret stays where it was if nothing changed."""
        if value != self.editor.text():
            self.editor.setText(value)

    def set_label(self, label: str, unit: str = "") -> None:
        """Other words above and behind the field; both are its accessible name."""
        self._label.set_words(label)
        set_shown(self._label, bool(label))
        self._unit.set_words(unit)
        set_shown(self._unit, bool(unit))
        spoken = text("exam.field.unit", self._look.language, unit=unit) if unit else ""
        self.editor.setAccessibleName(" ".join(word for word in (label, spoken) if word))

    def set_state(self, state: State | None, words: str = "", *, with_sign: bool = True) -> None:
        """Show what is known of the value; the words stand below and are read as its description."""
        self._state = state
        self._frame.set_state(state, with_sign=with_sign)
        self._words.set_source(words)
        set_shown(self._words, bool(words))
        self._words.set_ink(INK[state] if state in (State.OK, State.BAD, State.WARN) else Token.INK2)
        self.editor.setAccessibleDescription(words)

    def set_look(self, look: Look) -> None:
        """Draw from this look from now on."""
        self._look = look
        self.editor.setFont(font(look, self._role, bold=self._bold))
        self._column.setSpacing(look.space(8))
        self._inside.setContentsMargins(look.space(16), 0, look.space(16), 0)
        self._inside.setSpacing(look.space(8))
        self._frame.setFixedHeight(look.px(28) + look.space(_HEIGHT - 28))
        if self._width:
            self._frame.setFixedWidth(look.px(self._width))

    def sizeHint(self) -> QSize:
        """Wide enough for a dozen characters."""
        hint = super().sizeHint()
        return QSize(max(hint.width(), text_width(self.editor.font(), "0") * 12), hint.height())
