"""A code of several groups of six figures, each with its own line of state.

Rules kept: a group is checked when its sixth figure is in; a wrong group is marked, keeps its figures, and the
caret moves on; it says that the check passed, never that the code is right. Typing and pasting run over several
groups.

Refuses to know: how a group is checked; it is given a function that says yes or no.
"""

from collections.abc import Callable
from enum import Enum

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QVBoxLayout, QWidget

from kiosk.ui.i18n import text
from kiosk.ui.theme.look import Look
from kiosk.ui.theme.measures import Role
from kiosk.ui.theme.tokens import Token
from kiosk.ui.widgets.digits import DigitBox
from kiosk.ui.widgets.label import Label
from kiosk.ui.widgets.shown import set_shown
from kiosk.ui.widgets.sign import State, StatusSign

LENGTH = 6


class GroupState(Enum):
    """What is known of one group."""

    EMPTY = "empty"
    TYPING = "typing"
    OK = "ok"
    WRONG = "wrong"


class _StateLine(QWidget):
    """The line below a group: sign and words, or quiet words; always the same height."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._sign = StatusSign(State.OK, "", look, role=Role.CAPTION)
        self._words = Label("", look, role=Role.CAPTION, ink=Token.INK2)
        row = QVBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._sign)
        row.addWidget(self._words)
        self.set_look(look)

    def set_look(self, look: Look) -> None:
        self.setFixedHeight(max(look.line(Role.CAPTION), round(look.size(Role.CAPTION) * 1.45)))

    def show_state(self, state: GroupState, words: str) -> None:
        signed = state in (GroupState.OK, GroupState.WRONG)
        set_shown(self._sign, signed)
        set_shown(self._words, not signed)
        if signed:
            self._sign.set_state(State.OK if state is GroupState.OK else State.BAD, words)
        else:
            self._words.set_words(words if state is GroupState.TYPING else "")

    def sizeHint(self) -> QSize:
        return QSize(max(self._sign.sizeHint().width(), self._words.sizeHint().width()), self.height())


class CodeField(QWidget):
    """The groups in rows of `columns`; `changed` after every change, the values are read from here."""

    changed = Signal()
    entered = Signal()

    def __init__(
        self,
        count: int,
        look: Look,
        check: Callable[[str], bool],
        *,
        columns: int = 4,
        labels: bool = True,
        name: str = "code",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._check, self._look, self._columns = check, look, columns
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._labels = [Label("", look, role=Role.CAPTION, ink=Token.INK2) for _ in range(count)]
        self._boxes = [DigitBox(look, length=LENGTH, name=f"{name}-{at + 1}") for at in range(count)]
        self._lines = [_StateLine(look) for _ in range(count)]
        for at, box in enumerate(self._boxes):
            set_shown(self._labels[at], labels)
            box.changed.connect(lambda at=at: self._box_changed(at))
            box.overflow.connect(lambda rest, at=at: self._go_on(at, rest))
            box.left_behind.connect(lambda step, at=at: self._step(at, step))
            box.entered.connect(self.entered)
            box.installEventFilter(self)
        self.set_columns(columns)
        self.set_look(look)

    def set_columns(self, columns: int) -> None:
        """Other rows: four beside each other, two where the window is narrow."""
        self._columns = columns
        for at in range(len(self._boxes)):
            row, column = divmod(at, columns)
            for line, part in enumerate((self._labels[at], self._boxes[at], self._lines[at])):
                self._grid.addWidget(part, row * 4 + line, column)
        for column in range(max(columns, self._grid.columnCount())):
            self._grid.setColumnStretch(column, 1 if column < columns else 0)

    @property
    def groups(self) -> tuple[str, ...]:
        """The figures of every group, as far as they are typed."""
        return tuple(box.digits for box in self._boxes)

    def state(self, number: int) -> GroupState:
        """What is known of a group, counted from 1."""
        box = self._boxes[number - 1]
        if box.full:
            return GroupState.OK if self._check(box.digits) else GroupState.WRONG
        return GroupState.TYPING if box.digits or box.hasFocus() else GroupState.EMPTY

    @property
    def complete(self) -> bool:
        """Whether every group is full and passes its check."""
        return all(self.state(number) is GroupState.OK for number in range(1, len(self._boxes) + 1))

    def wrong(self) -> tuple[int, ...]:
        """Numbers of the groups with a typing error."""
        return tuple(n for n in range(1, len(self._boxes) + 1) if self.state(n) is GroupState.WRONG)

    def unfinished(self) -> tuple[int, ...]:
        """Numbers of the groups that still want figures."""
        return tuple(n for n, box in enumerate(self._boxes, start=1) if not box.full)

    def go_to(self, number: int) -> None:
        """Put the caret into a group, counted from 1, before its first figure if it is full."""
        box = self._boxes[number - 1]
        box.setFocus(Qt.FocusReason.OtherFocusReason)
        box.set_place(0 if box.full else len(box.digits))

    def clear(self) -> None:
        """Empty every group."""
        for box in self._boxes:
            box.set_digits("")
        self._tell()
        self.changed.emit()

    def set_look(self, look: Look) -> None:
        """Draw from this look from now on."""
        self._look = look
        self._grid.setHorizontalSpacing(look.space(24))
        self._grid.setVerticalSpacing(look.space(6))
        for row in range(1, self._grid.rowCount() // 4 + 1):
            self._grid.setRowMinimumHeight(row * 4 - 1, look.space(16) if row * 4 < self._grid.rowCount() else 0)
        self._tell()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A group that gets or loses the focus says so in its line."""
        if event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            self._tell()
        return super().eventFilter(watched, event)

    def _box_changed(self, _at: int) -> None:
        self._tell()
        self.changed.emit()

    def _go_on(self, at: int, rest: str) -> None:
        """Continue in the next group that follows; the last one drops what is too much."""
        if at + 1 < len(self._boxes):
            following = self._boxes[at + 1]
            if self._boxes[at].hasFocus():
                following.setFocus(Qt.FocusReason.OtherFocusReason)
            following.set_place(0 if rest or following.full else len(following.digits))
            if rest:
                following.put(rest)

    def _step(self, at: int, step: int) -> None:
        if 0 <= at + step < len(self._boxes):
            target = self._boxes[at + step]
            target.setFocus(Qt.FocusReason.OtherFocusReason)
            target.set_place(len(target.digits) if step < 0 else 0)

    def _tell(self) -> None:
        """Put the state of every group into its line, its frame and its accessible name."""
        language = self._look.language
        keys = {GroupState.EMPTY: "empty", GroupState.TYPING: "typing", GroupState.OK: "ok", GroupState.WRONG: "wrong"}
        for number, box in enumerate(self._boxes, start=1):
            state = self.state(number)
            words = text(f"staff.group.{keys[state]}", language)
            label = text("staff.group.label", language, n=number)
            self._labels[number - 1].set_words(label)
            self._lines[number - 1].show_state(state, words)
            box.set_tone({GroupState.OK: "ok", GroupState.WRONG: "bad"}.get(state, "open"))
            box.setAccessibleName(text("staff.group.name", language, label=label, typed=len(box.digits), state=words))
