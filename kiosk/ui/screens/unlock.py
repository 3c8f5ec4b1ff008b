"""Unlocking a session at this seat: card and PIN, release code or unlock file from the stick, the room's clock.

Rules: order is free; a typing slip is shown in its own group and costs nothing; a wrong code shows how long to wait;
nothing typed here outlives the screen. It keeps no count of tries: the session's journal does.
"""

from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QBoxLayout

from kiosk.errors import KioskError
from kiosk.exam.session import PIN_TRIES
from kiosk.exam.vocabulary import CardId
from kiosk.station.export_targets import export_targets
from kiosk.station.stick_files import UnlockFile, file_for, unlock_files
from kiosk.station.unlocking import (
    RELEASE_GROUPS,
    KnownCard,
    ShownCard,
    group_passes,
    know_card,
    unlock_seat,
)
from kiosk.ui.bridge import Bridge, Shown
from kiosk.ui.present import unlock as present
from kiosk.ui.present.unlock import Filled, Source
from kiosk.ui.screens.card_reader import CardReader
from kiosk.ui.screens.card_slot import CardSlot
from kiosk.ui.screens.foot import Foot
from kiosk.ui.screens.group_width import fitting_columns
from kiosk.ui.screens.refusal_banner import RefusalBanner
from kiosk.ui.screens.room_clock import RoomClock
from kiosk.ui.screens.staff_screen import StaffScreen
from kiosk.ui.theme.look import Look
from kiosk.ui.theme.measures import Role
from kiosk.ui.widgets.button import Button, Size
from kiosk.ui.widgets.code_field import CodeField
from kiosk.ui.widgets.facts import Fact, FactList
from kiosk.ui.widgets.frames import Card
from kiosk.ui.widgets.icons import Icon
from kiosk.ui.widgets.rule import Rule
from kiosk.ui.widgets.shown import set_shown
from kiosk.ui.widgets.sign import State

_LOOK_AGAIN = 2_000
_UNBOUND = (1 << 24) - 1


class UnlockScreen(StaffScreen):
    """The unlock screen."""

    def __init__(self, bridge: Bridge, look: Look) -> None:
        super().__init__(bridge, look, "unlock")
        self._busy, self._typed_instead = False, False
        self._files: tuple[UnlockFile, ...] = ()
        self._make_left(look)
        self._make_right(look)
        self._both = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._both.addWidget(self._left)
        self._both.addWidget(self._right, 1)
        self.column.addLayout(self._both, 1)
        self._watch = QTimer(self)
        self._watch.setInterval(_LOOK_AGAIN)
        self._watch.timeout.connect(self._look_at_sticks)
        self.under.addWidget(self._foot.bar)
        self.set_look(look)

    def _make_left(self, look: Look) -> None:
        self._left = Card(look, name="unlock-cards")
        self._reader = CardReader(self.bridge, look, name="unlock-card")
        self._slots = tuple(CardSlot(number, look, name=f"unlock-slot-{number}") for number in (1, 2))
        self._other_card = Button("", look, name="unlock-other-card", size=Size.SMALL, icon=Icon.REFRESH)
        self._card_banner = RefusalBanner(look, name="unlock-card-banner")
        self._left.body.addWidget(self._reader)
        self._left.body.addWidget(self._card_banner)
        for slot in self._slots:
            self._left.body.addWidget(slot)
            slot.changed.connect(self._changed)
            slot.done.connect(self._pin_done)
            slot.entered.connect(self._press)
        self._left.body.addStretch(1)
        self._tools_row = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._tools_row.addWidget(self._reader.switch)
        self._tools_row.addWidget(self._other_card)
        self._tools_row.addStretch(1)
        self._left.body.addLayout(self._tools_row)
        self._reader.read.connect(self._card_read)
        self._other_card.clicked.connect(self._forget_cards)

    def _make_right(self, look: Look) -> None:
        self._right = Card(look, name="unlock-code-card")
        self._code = CodeField(RELEASE_GROUPS, look, group_passes, name="unlock-code")
        self._stick = RefusalBanner(look, name="unlock-stick")
        self._banner = RefusalBanner(look, name="unlock-banner")
        self._facts = FactList([], look, role=Role.TABLE, name="unlock-facts")
        self._clock_of_room = RoomClock(look, name="unlock-clock-of-room")
        self._foot = Foot(look, name="unlock", icon=Icon.LOCK)
        self._about = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._about.addWidget(self._facts, 1)
        self._about.addWidget(self._clock_of_room, 1)
        body = self._right.body
        for part in (self._code, self._stick, self._banner, Rule(look)):
            body.addWidget(part)
        body.addLayout(self._about)
        body.addStretch(1)
        body.addLayout(self._foot.row)
        self._code.changed.connect(self._code_changed)
        self._code.entered.connect(self._press)
        self._banner.acted.connect(self._to_wrong_group)
        self._stick.acted.connect(self._type_instead)
        self._foot.act.clicked.connect(self._press)
        self._foot.leave.clicked.connect(self.back)

    # coming and going

    def entered(self) -> None:
        """Look for a card and for unlock files; the caret waits in the code."""
        self._typed_instead = False
        self._look_at_sticks()
        self._watch.start()
        self._reader.begin()
        if self._reader.manual:
            self._reader.take_focus()
        else:
            self._code.go_to(1)
        self._changed()

    def left(self) -> None:
        """Forget everything that was read or typed."""
        self._watch.stop()
        self._reader.end()
        for slot in self._slots:
            slot.set_card(None)
        self._code.clear()
        self._clock_of_room.reset()
        for banner in (self._banner, self._card_banner):
            banner.refuse(None)

    def _look_at_sticks(self) -> None:
        desk = self.bridge.station.session
        found = unlock_files(self.bridge.sticks, desk.round, desk.session) if desk is not None else ()
        if found != self._files:
            self._files = found
            self._changed()

    # cards

    @property
    def _wanted(self) -> int:
        return 2 if self.bridge.station.desk.round.rules.pairs else 1

    def _card_read(self, text: str) -> None:
        desk = self.bridge.station.desk
        known: list[KnownCard] = []
        error = self.bridge.attempt(lambda: known.append(know_card(desk, text)))
        if error is not None:
            self._card_banner.refuse(error)
            self._reader.again()
            return
        self._take(known[0])

    def _take(self, card: KnownCard) -> None:
        used = self._slots[: self._wanted]
        if any(slot.card is not None and slot.card.id == card.id for slot in used):
            if self._wanted > 1 and any(slot.card is None for slot in used):
                self._card_banner.notice(State.WARN, "staff.unlock.same-card")
                self._reader.again()
            return
        slot = next((slot for slot in used if slot.card is None), used[-1])
        slot.set_card(card)
        self._card_banner.refuse(None)
        self._reader.cover(self.words("staff.card.read", holder=card.holder))
        if not self._typing_code():
            slot.ask()
        self._changed()

    def _typing_code(self) -> bool:
        """Whether somebody is in the middle of the code: the caret is not taken away."""
        started = any(self._code.groups) and bool(self._code.unfinished())
        return started and self._source() is Source.TYPED

    def _pin_done(self) -> None:
        used = self._slots[: self._wanted]
        waiting = next((slot for slot in used if slot.card is None), None)
        if waiting is not None:
            self._reader.again()
            self._reader.take_focus()
        elif self._source() is Source.TYPED and not self._code.complete:
            self._code.go_to(min((*self._code.unfinished(), *self._code.wrong())))
        else:
            self._foot.act.setFocus(Qt.FocusReason.OtherFocusReason)

    def _forget_cards(self) -> None:
        for slot in self._slots:
            slot.set_card(None)
        self._card_banner.refuse(None)
        self._reader.again()
        self._reader.take_focus()
        self._changed()

    # code

    def _source(self) -> Source:
        return Source.STICK if self._file() is not None or self._hopeful() else Source.TYPED

    def _hopeful(self) -> bool:
        """Files of this session are on the stick, and no card has been read yet that none of them is for."""
        return bool(self._files) and self._slots[0].card is None and not self._typed_instead

    def _file(self) -> Path | None:
        card = self._slots[0].card
        return None if card is None or self._typed_instead else file_for(self._files, card.id)

    def _type_instead(self) -> None:
        self._typed_instead = True
        self._changed()
        self._code.go_to(1)

    def _code_changed(self) -> None:
        wrong = self._code.wrong()
        if wrong:
            groups = present.numbers(wrong, self.look.language)
            self._banner.notice(
                State.BAD, "staff.unlock.slip", action_key="staff.unlock.slip.go", groups=groups, n=wrong[0]
            )
        else:
            self._banner.refuse(None)
        self._changed()

    def _to_wrong_group(self) -> None:
        wrong = self._code.wrong()
        if wrong:
            self._code.go_to(wrong[0])

    # what is shown

    def show_state(self, shown: Shown) -> None:
        """Draw how far everything is."""
        super().show_state(shown)
        self._reader.poll(shown.view.camera)
        self._clock_of_room.show_wall(shown.view.now.wall)
        station = self.bridge.station
        lines = present.facts(shown.view, station.package.digest if station.package else "", self.look.language)
        self._facts.set_facts([Fact(line.label, line.value) for line in lines])
        self._show_words()

    def _filled(self) -> Filled:
        used = self._slots[: self._wanted]
        return Filled(
            cards_wanted=self._wanted,
            cards=sum(slot.card is not None for slot in used),
            pins=sum(slot.full for slot in used),
            source=self._source(),
            unfinished=self._code.unfinished(),
            wrong=self._code.wrong(),
            wait=self.bridge.station.desk.wait(),
            busy=self._busy,
        )

    def _changed(self) -> None:
        if self.bridge.station.session is not None:
            self._show_words()

    def _show_words(self) -> None:
        filled, language = self._filled(), self.look.language
        self.title.set_source(present.title(filled, language))
        self.subtitle.set_source(present.subtitle(filled, language))
        self._left.set_words(
            self.words("staff.unlock.cards"), self.words("staff.unlock.read", n=filled.cards, total=filled.cards_wanted)
        )
        stick = filled.source is Source.STICK
        self._right.set_words(
            self.words("staff.unlock.stick" if stick else "staff.unlock.code"),
            "" if stick else self.words("staff.unlock.code.note", n=RELEASE_GROUPS),
        )
        set_shown(self._slots[1], filled.cards_wanted > 1)
        set_shown(self._other_card, filled.cards > 0)
        self._other_card.set_words(self.words("staff.unlock.other-card"))
        set_shown(self._code, not stick)
        if stick and self._stick.settled:
            self._stick.notice(State.OK, "staff.unlock.on-stick", action_key="staff.unlock.type-instead")
        elif not stick:
            self._stick.refuse(None)
        why = present.reason(filled, language)
        self._foot.why.set_source(why)
        self._foot.act.set_words(self.words("staff.unlock.act"))
        self._foot.act.setEnabled(filled.ready)
        self._foot.leave.set_words(self.words("common.back"))

    def arrange(self) -> None:
        """Cards beside the code, or above it."""
        super().arrange()
        look, small = self.look, self.small
        down, across = QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.LeftToRight
        self._both.setDirection(down if small else across)
        self._both.setSpacing(look.space(16 if look.narrow else 32))
        self._about.setDirection(down if look.narrow else across)
        self._about.setSpacing(look.space(24))
        self._foot.place(look, in_bar=look.narrow and not small)
        pad = 2 * look.space(16 if look.narrow else 32)
        room = self.width() - 2 * self.outer.contentsMargins().left() - 16
        wanted = self._reader.wanted_width(look) + pad
        self._left.setMinimumWidth(0 if small else wanted)
        self._left.setMaximumWidth(_UNBOUND if small else wanted)
        inside = (room if small else room - wanted - self._both.spacing()) - pad
        self._code.set_columns(fitting_columns(look, inside, (4, 2, 1)))
        self._reader.set_columns(
            fitting_columns(look, room - pad if small else wanted - pad, (4, 2, 1) if small else (2, 1))
        )
        self._tools_row.setDirection(down if look.narrow else across)
        self._tools_row.setSpacing(look.space(12))

    # unlocking

    def _press(self) -> None:
        """Say that it takes a second, then do it."""
        if not self._filled().ready:
            return
        self._busy = True
        self._show_words()
        self.repaint()
        QTimer.singleShot(0, self._unlock)

    def _unlock(self) -> None:
        station, used = self.bridge.station, self._slots[: self._wanted]
        shown = [ShownCard(text=slot.card.text, pin=slot.pin) for slot in used if slot.card is not None]
        file, targets = self._file(), export_targets(self.bridge.sticks)
        before = dict(station.desk.log.state.wrong_pins)
        error = self.bridge.attempt(
            lambda: unlock_seat(
                station,
                shown,
                code=" ".join(self._code.groups),
                file=file,
                stick=targets[0].folder if targets and file is None else None,
                ahead=self._clock_of_room.ahead,
            )
        )
        self._busy = False
        if error is None:
            return
        self._explain(error, before)
        self._changed()

    def _explain(self, error: KioskError, before: dict[CardId, int]) -> None:
        """Point at what was refused: the PIN of one card, a card, or the code."""
        after = self.bridge.station.desk.log.state.wrong_pins
        for slot in self._slots[: self._wanted]:
            if slot.card is not None and after.get(slot.card.id, 0) > before.get(slot.card.id, 0):
                left = PIN_TRIES - after[slot.card.id]
                slot.clear_pin()
                slot.ask()
                self._card_banner.refuse(error, more_key="staff.pin.left" if left else "staff.pin.blocked", n=left)
                return
        self._banner.refuse(error)
        if self._file() is None:
            self._code.go_to(1)
