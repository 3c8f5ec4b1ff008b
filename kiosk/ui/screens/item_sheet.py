"""The sheet of one item: its number and worth, the question, and the options or the field. The exam and the practice
use the very same.

Rules: a choice is painted at once, and as saved only when it is; what did not change is not painted again; a damaged
item says so and holds nobody up. The sheet decides nothing: whoever made it hears what was pressed.
"""

from typing import Protocol

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from kiosk.ui.i18n import text
from kiosk.ui.present.exam import strikable
from kiosk.ui.present.item import ItemFace
from kiosk.ui.screens.numeric_response import NumericResponse
from kiosk.ui.screens.shape import Shape
from kiosk.ui.theme.look import Look
from kiosk.ui.theme.measures import Role
from kiosk.ui.theme.tokens import Token
from kiosk.ui.widgets.banner import Banner
from kiosk.ui.widgets.label import Label
from kiosk.ui.widgets.option import OptionState
from kiosk.ui.widgets.option_list import OptionList
from kiosk.ui.widgets.paragraph import MEASURE, Paragraph
from kiosk.ui.widgets.sign import State

_TYPED = frozenset("0123456789０１２３４５６７８９.-+．－＋")


class Heard(Protocol):
    """Who hears what was pressed on a sheet."""

    def choose(self, at: int) -> None:
        """An option was pressed."""

    def strike(self, at: int) -> None:
        """An option was struck out, or restored."""

    def typing(self, words: str) -> None:
        """Something was typed and is not given yet."""

    def enter(self, words: str) -> None:
        """What was typed is given."""


class ItemSheet(QWidget):
    """The sheet; `show_face` draws an item or what changed of it."""

    def __init__(self, look: Look, heard: Heard) -> None:
        super().__init__()
        self.setObjectName("item-sheet")
        self._look, self._heard = look, heard
        self._face: ItemFace | None = None
        self._folded = False
        self._options: OptionList | None = None
        self.title = Label("", look, role=Role.HEADING, name="item-title")
        self._of = Label("", look, role=Role.LABEL, ink=Token.INK2, name="item-of")
        self._worth = Label("", look, role=Role.LABEL, ink=Token.INK2, name="item-worth")
        self._how = Paragraph("", look, role=Role.CAPTION, ink=Token.INK2, name="item-how")
        self._stem = Paragraph("", look, role=Role.STEM, name="item-stem")
        self._damaged = Banner(look, name="item-damaged")
        self.numeric = NumericResponse(look, heard.typing, heard.enter)
        self._place = QVBoxLayout()
        self._head = QHBoxLayout()
        for words in (self.title, self._of):
            self._head.addWidget(words, 0, Qt.AlignmentFlag.AlignBaseline)
        self._head.addStretch(1)
        self._head.addWidget(self._worth, 0, Qt.AlignmentFlag.AlignBaseline)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._above = QVBoxLayout()
        self._above.addLayout(self._head)
        self._above.addWidget(self._how)
        self._column.addLayout(self._above)
        for part in (self._stem, self._damaged, self.numeric):
            self._column.addWidget(part)
        self._column.addLayout(self._place)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self.set_look(look)

    @property
    def face(self) -> ItemFace | None:
        """What is shown now."""
        return self._face

    @property
    def options(self) -> OptionList | None:
        """The rows, if the item has options."""
        return self._options

    def set_look(self, look: Look) -> None:
        """Draw from this look from now on."""
        self._look = look
        self._column.setSpacing(look.space(12 if look.narrow else 24))
        self._above.setSpacing(look.space(4))
        self._head.setSpacing(look.space(12))
        self.setMaximumWidth(MEASURE * look.size(Role.STEM))

    def set_shape(self, shape: Shape) -> None:
        """What gives way where there is little room."""
        self._folded = shape is Shape.FOLDED
        self._how.setVisible(not self._folded)
        if self._face is not None:
            self._head_words(self._face)

    def show_face(self, face: ItemFace) -> None:
        """Draw an item; of the same item only what changed."""
        before = self._face
        if face == before:
            return
        self._face = face
        other = before is None or before.item != face.item
        self._head_words(face)
        self._stem.set_source(face.stem)
        self._show_damage(face)
        self._show_numeric(face, begin=other)
        if other or _labels(before) != _labels(face):
            self._rebuild(face)
        elif self._options is not None and before is not None and _texts(before) != _texts(face):
            self._options.set_sources([option.source for option in face.options])
        if self._options is not None:
            self._options.set_states([OptionState(o.selected, o.saved, o.struck) for o in face.options])

    def head_gap(self, above: QWidget) -> QRect:
        """The empty middle of the head, in the pixels of a part above; a notice may lie there."""
        gap = self._look.space(24)
        of = self._of.mapTo(above, QPoint(self._of.width() + gap, 0)).x()
        left = max(of, self._how.mapTo(above, QPoint(self._how.sizeHint().width() + gap, 0)).x())
        right = self._worth.mapTo(above, QPoint(-gap, 0)).x()
        bottom = self._stem.mapTo(above, QPoint(0, 0)).y()
        return QRect(left, 0, max(0, right - left), bottom)

    def focus_answer(self) -> None:
        """Put the focus where the answer is given: on the chosen row, the first one, or the field."""
        if self._face is None:
            return
        if self._face.numeric:
            self.numeric.field.setFocus(Qt.FocusReason.OtherFocusReason)
        elif self._options is not None and self._options.rows:
            rows = self._options.rows
            chosen = next((row for row in rows if row.state.selected), rows[0])
            chosen.setFocus(Qt.FocusReason.OtherFocusReason)

    def holds_focus(self) -> bool:
        """Tell whether the focus is on this sheet, or nowhere."""
        focus = QApplication.focusWidget()
        return focus is None or self.isAncestorOf(focus) or not focus.isVisible()

    def press(self, event: QKeyEvent) -> bool:
        """Answer a key from anywhere on the screen; False if it means nothing here."""
        if self._face is None:
            return False
        if self._options is not None:
            if event.key() in {Qt.Key.Key_Up, Qt.Key.Key_Down}:
                self._options.keyPressEvent(event)
                return True
            return self._options.press(event.key(), event.modifiers())
        if self._face.numeric and event.text() and event.text() in _TYPED:
            self.numeric.field.setFocus(Qt.FocusReason.OtherFocusReason)
            self.numeric.field.editor.insert(event.text())
            self.numeric.field.changed.emit()
            return True
        return False

    def _head_words(self, face: ItemFace) -> None:
        self.title.set_words(face.title)
        self._of.set_words(face.of_short if self._folded else face.of)
        self._worth.set_words(face.worth_short if self._folded else face.worth)
        self._how.set_source(face.how)

    def _show_damage(self, face: ItemFace) -> None:
        if face.damaged:
            language = self._look.language
            title, body = text("exam.damaged.title", language), text("exam.damaged.body", language)
            self._damaged.show_words(State.WARN, title, body)
        else:
            self._damaged.settle()
        self._stem.setVisible(bool(face.stem))

    def _show_numeric(self, face: ItemFace, *, begin: bool) -> None:
        shown = face.numeric and not face.damaged
        if shown != (not self.numeric.isHidden()):
            self.numeric.setVisible(shown)
        if shown:
            (self.numeric.begin if begin else self.numeric.show_entry)(face.entered, face.unit)

    def _rebuild(self, face: ItemFace) -> None:
        focused = self._options is not None and self._options.isAncestorOf(QApplication.focusWidget() or self)
        if self._options is not None:
            self._place.removeWidget(self._options)
            self._options.hide()
            self._options.deleteLater()
            self._options = None
        if face.options:
            self._options = OptionList(
                [option.label for option in face.options],
                [option.source for option in face.options],
                self._look,
                multiple=face.multiple,
                can_strike=strikable(face.kind),
            )
            self._options.chosen.connect(self._heard.choose)
            self._options.struck.connect(self._heard.strike)
            self._place.addWidget(self._options)
        if focused:
            self.focus_answer()


def _labels(face: ItemFace | None) -> tuple[str, ...]:
    return () if face is None else tuple(option.label for option in face.options)


def _texts(face: ItemFace) -> tuple[str, ...]:
    return tuple(option.source for option in face.options)
