"""The items that want another look, one row each: number and state, kind, what is the matter, the way there.

Rules: the whole row is the target; the number is drawn as in the palette; in large type the words stand below each
other; nothing is shortened.
"""

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from kiosk.ui.i18n import text
from kiosk.ui.present.review import ReviewRow
from kiosk.ui.screens.exam_rail import cell_states
from kiosk.ui.theme.look import Look
from kiosk.ui.theme.measures import RADIUS_CELL, Role
from kiosk.ui.theme.paint import colour, font, line_of_text, sized_font, start, text_width
from kiosk.ui.theme.tokens import Token
from kiosk.ui.widgets.cell import draw_cell
from kiosk.ui.widgets.icons import Icon, draw_icon, square
from kiosk.ui.widgets.pressable import Pressable

_CELL = 38


class ReviewRowButton(Pressable):
    """One row; `clicked` asks to go there."""

    ring_radius = RADIUS_CELL

    def __init__(self, look: Look) -> None:
        super().__init__(look, name="review-row")
        self.row: ReviewRow | None = None
        self._stacked = False
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_row(self, row: ReviewRow) -> None:
        """Show another item, or another state of it."""
        if row == self.row:
            return
        self.row = row
        self.setObjectName(f"review-row-{row.number}")
        name = text("exam.item", self.look.language, n=row.number)
        self.setAccessibleName(f"{name}: {row.kind}, {row.state}")
        self.updateGeometry()
        self.update()

    def set_stacked(self, stacked: bool) -> None:
        """Kind and state below each other."""
        self._stacked = stacked
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """One line of the table, or two."""
        look = self.look
        lines = 2 if self._stacked else 1
        height = max(look.px(_CELL) + look.space(20), lines * look.line(Role.TABLE) + look.space(20))
        return QSize(self.width_for(stacked=self._stacked), height)

    def minimumSizeHint(self) -> QSize:
        """The words are never cut; they may stand below each other."""
        return QSize(self.width_for(stacked=True), self.sizeHint().height())

    def width_for(self, *, stacked: bool) -> int:
        """Room that the row needs with its words beside or below each other."""
        return self._left() + sum(self._widths(stacked=stacked)) + 2 * self.look.space(24) + self.look.px(24)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw number, words, the way there, and the hairline below."""
        if self.row is None:
            return
        painter = QPainter(self)
        start(painter)
        look, row = self.look, self.row
        if self.underMouse() or self.isDown():
            painter.fillRect(self.rect(), colour(look, Token.ACCENT_SOFT))
        painter.fillRect(0, self.height() - 1, self.width(), 1, colour(look, Token.LINE))
        self._paint_number(painter, row)
        self._paint_words(painter, row)
        side = look.px(20)
        chevron = square(self.width() - look.space(24) - side, self.height() / 2, side)
        draw_icon(painter, Icon.CHEVRON_RIGHT, chevron, colour(look, Token.INK))

    def _paint_number(self, painter: QPainter, row: ReviewRow) -> None:
        look, side = self.look, self.look.px(_CELL)
        rect = square(look.space(4), self.height() / 2, side)
        state = cell_states({row.number: row.cell})[row.number]
        draw_cell(painter, rect, state, look, ground=Token.SURFACE)
        painter.setFont(sized_font(round(side * 0.42), bold=row.cell.answered))
        painter.setPen(colour(look, Token.ON_ACCENT if row.cell.answered else Token.INK))
        line_of_text(painter, rect, str(row.number), Qt.AlignmentFlag.AlignHCenter)

    def _paint_words(self, painter: QPainter, row: ReviewRow) -> None:
        look = self.look
        line = look.line(Role.TABLE)
        left, kind_width = self._left(), self._widths(stacked=self._stacked)[0]
        top = (self.height() - line * (2 if self._stacked else 1)) / 2
        painter.setFont(font(look, Role.TABLE))
        painter.setPen(colour(look, Token.INK))
        line_of_text(painter, QRectF(left, top, self.width() - left, line), row.kind)
        open_ = not row.cell.answered
        painter.setFont(font(look, Role.TABLE, bold=open_))
        painter.setPen(colour(look, Token.WARN if open_ else Token.INK2))
        x = left if self._stacked else left + kind_width + look.space(44)
        y = top + line if self._stacked else top
        line_of_text(painter, QRectF(x, y, self.width() - x, line), row.state)

    def _left(self) -> int:
        return self.look.space(4) + self.look.px(_CELL) + self.look.space(24)

    def _widths(self, *, stacked: bool) -> tuple[int, int]:
        """Room for the kind and for the state; one of them if they stand below each other."""
        if self.row is None:
            return 0, 0
        kind = text_width(font(self.look, Role.TABLE), self.row.kind)
        widest = max(kind, self.look.px(160))
        state = text_width(font(self.look, Role.TABLE, bold=True), self.row.state)
        return (max(kind, state), 0) if stacked else (widest, state + self.look.space(44))


class ReviewList(QWidget):
    """The rows; `picked` carries a number of the form."""

    picked = Signal(int)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.setObjectName("review-list")
        self._look, self._stacked = look, False
        self._rows: list[ReviewRowButton] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addStretch(1)

    def set_look(self, look: Look) -> None:
        """Draw from this look from now on."""
        self._look = look

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width may not hold the words beside each other."""
        super().resizeEvent(event)
        self._stack_if_needed()

    def _stack_if_needed(self) -> None:
        widest = max((row.width_for(stacked=False) for row in self._rows), default=0)
        stacked = widest > self.width()
        if stacked != self._stacked:
            self._stacked = stacked
            for row in self._rows:
                row.set_stacked(stacked)

    def show_rows(self, rows: tuple[ReviewRow, ...]) -> None:
        """Other rows, as many as there are."""
        while len(self._rows) > len(rows):
            gone = self._rows.pop()
            self._column.removeWidget(gone)
            gone.hide()
            gone.deleteLater()
        while len(self._rows) < len(rows):
            self._rows.append(self._new_row())
        for button, row in zip(self._rows, rows, strict=True):
            button.show_row(row)
        self._stack_if_needed()

    def _new_row(self) -> ReviewRowButton:
        button = ReviewRowButton(self._look)
        button.set_stacked(self._stacked)
        button.clicked.connect(lambda: self.picked.emit(button.row.number if button.row else 0))
        self._column.insertWidget(len(self._rows), button)
        return button
