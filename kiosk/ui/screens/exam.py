"""The exam: one item at a time, the numbers of the form, the clock, and what was saved.

Keys: letters and figures choose, Shift and the letter strikes out, up and down walk the options, Ctrl with left and
right (or the page keys) goes back and on, Ctrl+M marks. Rules: each act is one call to the station; what is painted
at once is not called saved; only what changed is painted. It decides nothing about the exam.
"""

from collections.abc import Callable, Mapping

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from kiosk.exam import events as e
from kiosk.exam.sitting import Sitting
from kiosk.exam.vocabulary import ItemId
from kiosk.station.view import Stage, View
from kiosk.ui.bridge import Bridge, Overlay
from kiosk.ui.i18n import text
from kiosk.ui.present import exam as present
from kiosk.ui.present import facts
from kiosk.ui.present.item import ItemFace, exam_face, pressed, sections, typed
from kiosk.ui.screens.candidate_bar import CandidateBar
from kiosk.ui.screens.candidate_screen import CandidateScreen, PassKeys
from kiosk.ui.screens.exam_foot import ExamFoot
from kiosk.ui.screens.exam_notice import ExamNotice
from kiosk.ui.screens.exam_rail import NeighbourStrip, PalettePage, Rail, cell_states, let_grow
from kiosk.ui.screens.item_keys import MARK, PASSED, SCROLLS, STEPS, key_pair
from kiosk.ui.screens.item_sheet import ItemSheet
from kiosk.ui.screens.recording_sign import RecordingSign
from kiosk.ui.screens.shape import Shape
from kiosk.ui.theme.look import Look
from kiosk.ui.theme.stylesheet import SCROLL_BAR
from kiosk.ui.widgets.button import Button, Kind
from kiosk.ui.widgets.cell import CellState
from kiosk.ui.widgets.cell_grid import Section
from kiosk.ui.widgets.clock import Clock, Mood
from kiosk.ui.widgets.icons import Icon
from kiosk.ui.widgets.page import ScrollPage
from kiosk.ui.widgets.palette import ItemPalette
from kiosk.ui.widgets.saved import Saving

_MOODS = {mood: Mood(mood.value) for mood in present.ClockMood}
_SAVINGS = {saving: Saving(saving.value) for saving in present.SavingFace}


class ExamScreen(CandidateScreen):
    """The screen of a running sitting."""

    def __init__(self, bridge: Bridge, look: Look) -> None:
        self._clock, self._sign = Clock(look), RecordingSign(look)
        super().__init__(
            bridge, look, "exam", CandidateBar(bridge, look, stacked=True, clock=self._clock, sign=self._sign)
        )
        self._sitting: Sitting | None = None
        self._numbered: tuple[Mapping[int, CellState], int] = ({}, 0)
        self._clock_hidden = False
        self._since: int | None = None
        self.rail, self.strip, self.foot = Rail(look), NeighbourStrip(look), ExamFoot(look)
        self.palette_page, self.numbers = PalettePage(look), ItemPalette(look)
        self.sheet = ItemSheet(look, self)
        self._clear_under = Button("", look, name="clear-under", kind=Kind.QUIET, icon=Icon.ERASER)
        self._inside = QWidget()
        self._column = QVBoxLayout(self._inside)
        self._column.addWidget(self.strip)
        self._column.addWidget(self.sheet)
        self._column.addWidget(self._clear_under, 0, Qt.AlignmentFlag.AlignLeft)
        self._column.addStretch(1)
        self._covered = 0
        self._page = ScrollPage(self._inside, look, name="exam-page")
        self._notice = ExamNotice(look, self)
        self._notice.acted.connect(self._place_notice)
        self._build()
        self._connect()

    def _build(self) -> None:
        content = QWidget()
        right = QVBoxLayout()
        right.setSpacing(0)
        right.addWidget(self._page, 1)
        right.addWidget(self.foot)
        row = QHBoxLayout(content)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.rail)
        row.addLayout(right, 1)
        self.set_content(content)
        self._stack.addWidget(self.palette_page)
        self.rail.place.addWidget(self.numbers)
        self._page.installEventFilter(self)
        keys = PassKeys(PASSED, self)
        for part in (self._page, self.sheet.numeric.field.editor):
            part.installEventFilter(keys)
        for page in self.numbers.findChildren(ScrollPage):
            page.installEventFilter(keys)

    def _connect(self) -> None:
        foot = self.foot
        for button in (foot.back, foot.back_icon):
            button.clicked.connect(lambda: self._step(-1))
        for button in (foot.next, foot.next_right):
            button.clicked.connect(lambda: self._step(1))
        for button in (foot.mark, foot.mark_icon):
            button.clicked.connect(self._mark_item)
        for button in (foot.clear, self._clear_under):
            button.clicked.connect(self._clear)
        for button in (foot.review, self.palette_page.review):
            button.clicked.connect(self._review)
        self.palette_page.close_button.clicked.connect(self._close_palette)
        self.strip.all_pressed.connect(self._open_palette)
        self.strip.picked.connect(self._go)
        self.numbers.picked.connect(self._go)
        self._clock.clicked.connect(self._toggle_clock)

    # drawing

    def word(self, view: View) -> None:
        """Set every sentence in the language of the look."""
        language, sitting = self.look.language, view.sitting
        if sitting is None or view.round is None or view.entry is None:
            return
        subject = facts.subject_words(view.round, view.entry, language)
        short = f"{view.seat}  {view.entry.name}" if self.shape is Shape.STRIP else view.seat
        self.bar.say(subject, short, text("exam.theory", language))
        self.rail.show_person(view.entry, view.seat, self.look)
        parts = sections(sitting.opened.form, language)
        self.numbers.set_sections([Section(part.title, part.first, part.last) for part in parts])
        self._clear_under.set_words(text("exam.clear", language))
        self._sitting, self._numbered = None, ({}, 0)

    def arrange(self, shape: Shape) -> None:
        """Put the parts where this shape has them."""
        look = self.look
        wide = shape is Shape.WIDE
        side = look.space(56 if wide else 24)
        self._column.setContentsMargins(side, look.space(36 if wide else 20), side, look.space(24))
        self._column.setSpacing(look.space(24 if wide else 16))
        self.rail.set_shape(shape)
        self.strip.set_shape(shape)
        self.sheet.set_shape(shape)
        self.foot.set_shape(shape)
        self.rail.saved.setVisible(shape is Shape.SMALL)
        self._clear_under.setVisible(shape is Shape.FOLDED)
        self.numbers.set_filter_visible(shape is not Shape.SMALL)
        (self.rail.place if shape.has_rail else self.palette_page.place).addWidget(self.numbers)
        self._grow_numbers()
        if shape.has_rail and self._stack.currentWidget() is self.palette_page:
            self._stack.setCurrentIndex(0)

    def draw(self, view: View) -> None:
        """Show what may have changed."""
        sitting = view.sitting
        if sitting is None or view.stage is not Stage.EXAM:
            return
        face = exam_face(view, self.look.language)
        if face is not None:
            self._draw_item(face)
        if sitting is not self._sitting:
            self._sitting = sitting
            self._draw_form(sitting)
        self._draw_saved(view)
        self._sign.show_camera(view.camera)
        clock = present.clock_face(sitting, view.now, hidden=self._clock_hidden)
        self._clock.show_time(clock.seconds, _MOODS[clock.mood], hidden=clock.hidden)
        if self._notice.watch(sitting, view.now, self.look.language) or not self._notice.isHidden():
            self._place_notice()

    def _draw_item(self, face: ItemFace) -> None:
        before = self.sheet.face
        other = before is None or before.item != face.item
        to_sheet = other and (face.numeric or self.sheet.holds_focus())
        self.sheet.show_face(face)
        if to_sheet and self.isVisible():
            self.sheet.focus_answer()
        if other:
            self._page.verticalScrollBar().setValue(0)

    def _draw_form(self, sitting: Sitting) -> None:
        states, current = cell_states(present.cells(sitting)), present.current_number(sitting)
        if (states, current) != self._numbered:
            self._numbered = (states, current)
            self.numbers.set_states(states, current)
            self.strip.show_states(states, current, self.look)
        clearable = present.may_clear(sitting)
        self.foot.show_item(
            first=current <= 1, last=current == len(states), marked=present.is_marked(sitting), clearable=clearable
        )
        self._clear_under.setEnabled(clearable)

    def _draw_saved(self, view: View) -> None:
        sitting = view.sitting
        if self._since is None and sitting is not None and sitting.responses and view.saved.last_wall is None:
            self._since = view.now.wall
        saving, time = present.saving_face(view, self._since)
        for mark in (self.foot.saved, self.rail.saved):
            mark.show_saving(_SAVINGS[saving], time)

    def _grow_numbers(self) -> None:
        """On their own page all numbers are seen at once; beside the item they scroll."""
        side = self.look.space(24)
        width = 0 if self.shape.has_rail else self.window().width() - 2 * side - SCROLL_BAR
        let_grow(self.numbers, width)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width has other rows of numbers."""
        super().resizeEvent(event)
        self._grow_numbers()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The notice lies elsewhere when the page has another size."""
        if event.type() == QEvent.Type.Resize and watched is self._page:
            self._place_notice()
        return super().eventFilter(watched, event)

    def _place_notice(self) -> None:
        """Lay the notice into the head beside a rail, else above the foot, where the page ends while it is there."""
        shown = not self._notice.isHidden() and self._stack.currentIndex() == 0
        covered = 0
        if shown:
            top = self._page.mapTo(self, QPoint(0, 0))
            side = self.look.space(16)
            area = QRect(top, self._page.size()).adjusted(side, side, -side, -side)
            gap = self.sheet.head_gap(self) if self.shape.has_rail else QRect()
            gap.setTop(top.y() + 8)
            covered = self._notice.place(area, gap)
        if covered != self._covered:
            self._covered = covered
            self._page.setViewportMargins(0, 0, 0, covered)
            focus = QApplication.focusWidget()
            if covered and focus is not None and self._inside.isAncestorOf(focus):
                self._page.show_part(focus)

    # acts

    def _attempt(self, act: Callable[[], object]) -> None:
        error = self.bridge.attempt(act)
        if error is not None and self.view.stage is Stage.EXAM:
            self._notice.refuse(error, self.look.language)
            self._place_notice()

    def choose(self, at: int) -> None:
        """An option was pressed."""
        face = self.sheet.face
        if face is not None and not face.damaged:
            changes, response = pressed(face, at)
            if changes:
                self._attempt(lambda: self.bridge.station.respond(face.item, response))

    def strike(self, at: int) -> None:
        """An option was struck out, or restored; a chosen one is not struck."""
        face = self.sheet.face
        if face is None or not present.strikable(face.kind) or face.options[at].selected:
            return
        option = face.options[at]
        station = self.bridge.station
        self._attempt(
            lambda: station.send(e.Struck(at=station.now(), item=face.item, option=option.id, struck=not option.struck))
        )

    def typing(self, words: str) -> None:
        """Something was typed and is not given yet."""
        if self.sheet.face is not None:
            self.bridge.station.typing(self.sheet.face.item, words)

    def enter(self, words: str) -> None:
        """What was typed is given; an emptied field clears the response."""
        face = self.sheet.face
        if face is None or self.view.stage is not Stage.EXAM:
            return
        response = typed(words)
        if response is not None or face.entered:
            self._attempt(lambda: self.bridge.station.respond(face.item, response))

    def _clear(self) -> None:
        face = self.sheet.face
        if face is not None:
            self._attempt(lambda: self.bridge.station.respond(face.item, None))

    def _mark_item(self) -> None:
        sitting, station = self.view.sitting, self.bridge.station
        if sitting is not None and sitting.current is not None:
            item, marked = sitting.current, not present.is_marked(sitting)
            self._attempt(lambda: station.send(e.Marked(at=station.now(), item=item, marked=marked)))

    def _view_item(self, item: ItemId | None) -> None:
        if item is not None:
            self.sheet.numeric.settle()
            self._attempt(lambda: self.bridge.station.view_item(item))

    def _step(self, step: int) -> None:
        if self.view.sitting is not None:
            self._view_item(present.neighbour(self.view.sitting, step))

    def _go(self, number: int) -> None:
        if self.view.sitting is not None:
            self._view_item(present.item_at(self.view.sitting, number))
            self._stack.setCurrentIndex(0)
            self.sheet.focus_answer()

    def _review(self) -> None:
        self.sheet.numeric.settle()
        self.bridge.open_overlay(Overlay.REVIEW)

    def _toggle_clock(self) -> None:
        self._clock_hidden = not self._clock_hidden
        self.draw(self.view)

    def _open_palette(self) -> None:
        self._stack.setCurrentWidget(self.palette_page)
        self.palette_page.close_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _close_palette(self) -> None:
        if self._stack.currentWidget() is self.palette_page:
            self._stack.setCurrentIndex(0)
            self.sheet.focus_answer()

    # keys and coming and going

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keys that no part took. A key held down scrolls; all else it does once, since each time goes on record."""
        pair = key_pair(event)
        if event.isAutoRepeat() and pair not in SCROLLS:
            return
        if event.key() == Qt.Key.Key_Escape:
            self._escape()
        elif pair in STEPS:
            self._step(STEPS[pair])
        elif pair in SCROLLS:
            bar = self._page.verticalScrollBar()
            bar.setValue(bar.value() + SCROLLS[pair] * bar.pageStep() // 2)
        elif pair == MARK:
            self._mark_item()
        elif not (self._stack.currentIndex() == 0 and self.sheet.press(event)):
            super().keyPressEvent(event)

    def _escape(self) -> None:
        if not self._notice.isHidden():
            self._notice.settle()
            self._place_notice()
        else:
            self._close_palette()

    def entered(self) -> None:
        """Begin at the answer."""
        self.sheet.focus_answer()

    def left(self) -> None:
        """What was typed is given before something else comes to the front."""
        super().left()
        self.sheet.numeric.settle()
