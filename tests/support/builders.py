"""A small examination for tests: bank, round, roster, cards, a whole sitting and its session, all sound and legal.

Names are Chinese, one has a character outside the BMP and full-width digits. Everything is a plain value; give
keyword arguments to change a field. Times start at START (21 November 2026, 09:00 UTC).
"""

import hashlib
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from kiosk.exam import events as e
from kiosk.exam import session as s
from kiosk.exam.bank import Bank, Blueprint, Item, ItemType, Option, RangeRule, TypeRule
from kiosk.exam.form import Form, compose
from kiosk.exam.incident import IncidentKind
from kiosk.exam.round import BankEntry, CardEntry, Roster, RosterEntry, Round, Session
from kiosk.exam.rules import (
    Calculator,
    CameraPolicy,
    Evidence,
    LockLevel,
    Reason,
    ReasonCategory,
    RoundKind,
    RuleProfile,
    Timing,
)
from kiosk.exam.vocabulary import (
    MINUTE,
    SECOND,
    AdmissionNumber,
    BankId,
    CardId,
    CentreId,
    Instant,
    ItemId,
    Language,
    Level,
    Millis,
    Occupation,
    OccupationCode,
    OptionId,
    PointCode,
    Points,
    RangeCode,
    ReasonCode,
    RoomId,
    RoundId,
    SeatId,
    SessionId,
    SittingId,
    Text,
    WorkstationId,
)

START = 1_795_251_600_000
"""When the session starts, milliseconds UTC; every clock of the seat agrees."""
BOOTED = START - 3_600_000
SITTING = SittingId("6f1c0f52-3e0b-4a43-9c39-0b6e7a7d2f01")
CENTRE, ROOM, SEAT = CentreId("017"), RoomId("考场3"), SeatId("07")
WORKSTATION = WorkstationId("017/pc-03")
CARD, RESERVE = CardId("A1"), CardId("R1")
REASON = ReasonCode("fire")
SESSION = SessionId("s1")
NAME = "欧阳𬭚 ０７"
OCCUPATION = Occupation(code=OccupationCode("6-17-06-05"), name=Text(zh="稀土火法冶炼工", en="Rare-earth smelter"))
BANK = BankId("rare-earth.junior.s1")
BANK_FILE = "bank-rare-earth.junior.s1.db"


def at(ms: int, *, room: bool = True) -> Instant:
    """The instant `ms` after the start of the session."""
    return Instant(mono=Millis(START + ms - BOOTED), wall=START + ms, room=START + ms if room else None)


def item(number: int, kind: ItemType, **changes: Any) -> Item:
    """Item `number` of its type, on an assessment point of its own."""
    count = {ItemType.SINGLE: 4, ItemType.MULTIPLE: 5, ItemType.TRUE_FALSE: 2, ItemType.NUMERIC: 0}[kind]
    name = f"{kind.value}-{number}"
    options = tuple(
        Option(
            id=OptionId(f"{name}.{place}"), text=Text(zh=f"选项{place}：氧化镨钕 𬭚", en=f"Option {place}"), fixed=False
        )
        for place in range(count)
    )
    made = Item(
        id=ItemId(name),
        version=1,
        digest=f"{number:02x}" * 32,
        type=kind,
        point=PointCode(f"{kind.value}.{number}"),
        stem=Text(
            zh=f"第{number}题：电解温度为多少？（𬭚）", en=f"Item {number}: what is the temperature of the cell?"
        ),
        options=options,
        shuffle=True,
        unit=Text(zh="℃", en="°C") if kind is ItemType.NUMERIC else None,
    )
    return replace(made, **changes)


def bank(**changes: Any) -> Bank:
    """A sound bank: three items of each type, a form takes two of each."""
    items = tuple(item(number, kind) for kind in ItemType for number in (1, 2, 3))
    types = tuple(TypeRule(type=kind, count=2, points=Points(25)) for kind in ItemType)
    points = tuple(one.point for one in items)
    blueprint = Blueprint(
        duration=Millis(90 * MINUTE),
        types=types,
        ranges=(RangeRule(code=RangeCode("A"), name=Text(zh="冶炼", en="Smelting"), count=8, points=points),),
    )
    made = Bank(id=BANK, occupation=OCCUPATION, level=Level.JUNIOR, blueprint=blueprint, items=items)
    return replace(made, **changes)


def form(seed: bytes = b"seed") -> Form:
    """The form that the bank gives for a seed."""
    return compose(bank(), seed)


def rules(**changes: Any) -> RuleProfile:
    """A rule profile as examination bodies use it."""
    minutes = {name: Millis(count * MINUTE) for name, count in _MINUTES.items()}
    timing = Timing(common_end=False, warnings=(Millis(15 * MINUTE), Millis(5 * MINUTE)), **minutes)
    made = RuleProfile(
        name="职业技能等级认定 标准规则",
        kind=RoundKind.EXAM,
        timing=timing,
        evidence=Evidence(camera=CameraPolicy.WARN, screen_capture=False, mirror=True, retention_days=180),
        lock_level=LockLevel.DESKTOP,
        pairs=False,
        languages=(Language.ZH, Language.EN),
        shuffle_items=True,
        shuffle_options=True,
        calculator=Calculator.BASIC,
        practice=True,
        reasons=(
            Reason(code=REASON, category=ReasonCategory.ENVIRONMENT, text=Text(zh="火警演习 𬭚", en="Fire alarm")),
            Reason(code=ReasonCode("ill"), category=ReasonCategory.CANDIDATE, text=Text(zh="考生不适", en="Unwell")),
        ),
    )
    return replace(made, **changes)


_MINUTES = {
    "entry_opens": 30,
    "start_grace": 0,
    "late_limit": 30,
    "earliest_hand_in": 0,
    "no_hand_in_before_end": 0,
    "release_lead": 20,
    "largest_credit": 30,
}


def round_(recipients: tuple[str, ...], **changes: Any) -> Round:
    """A sound round of one room, one session, three seats; `recipients` are age recipients of the office."""
    made = Round(
        id=RoundId("2026-11"),
        name=Text(zh="2026年第11批次（𬭚）", en="Round 11 of 2026"),
        centre=CENTRE,
        room=ROOM,
        room_name=Text(zh="第三考场", en="Room three"),
        package=3,
        minimum_program="0.1",
        not_before=START - 7 * 86_400_000,
        not_after=START + 86_400_000,
        seats=(SeatId("01"), SeatId("07"), SeatId("12")),
        sessions=(
            Session(
                id=SESSION,
                name=Text(zh="上午场", en="Morning"),
                start=START,
                salt=b"salt of the room",
                key_check=b"roomkey8",
                banks=(BANK,),
            ),
        ),
        banks=(BankEntry(id=BANK, file=BANK_FILE, occupation=OCCUPATION, level=Level.JUNIOR, key_check=b"bankkey8"),),
        cards=(card_entry(CARD), card_entry(RESERVE, reserve=True)),
        recipients=recipients,
        denied=(),
        rules=rules(),
    )
    return replace(made, **changes)


def card_entry(card: CardId, *, reserve: bool = False) -> CardEntry:
    """What a round knows of a card."""
    holder = "信封 备用" if reserve else "诸葛监考"
    return CardEntry(id=card, holder=holder, reserve=reserve, pin_salt=bytes(16), pin_verifier=bytes(range(16)))


def roster(**changes: Any) -> Roster:
    """Two candidates; the first one has a rare character in the name and five minutes more."""
    first = RosterEntry(
        number=AdmissionNumber("2026110700107"),
        name=NAME,
        id_tail="021X",
        unit="包头第一冶炼厂",
        session=SESSION,
        seat=SEAT,
        bank=BANK,
        extra=Millis(5 * MINUTE),
        text_scale=100,
        photo=b"",
    )
    second = replace(first, number=AdmissionNumber("2026110700112"), name="张伟", seat=SeatId("12"), extra=Millis(0))
    return replace(Roster(entries=(first, second)), **changes)


def place(**changes: Any) -> e.Place:
    """Where the sitting happens."""
    made = e.Place(round=RoundId("2026-11"), package=3, room=ROOM, session=SESSION, seat=SEAT, workstation=WORKSTATION)
    return replace(made, **changes)


def person() -> e.Person:
    """Who sits."""
    entry = roster().entries[0]
    return e.Person(number=entry.number, name=entry.name, id_tail=entry.id_tail, unit=entry.unit, extra=entry.extra)


def seated(session_head: str = "ab" * 32, **changes: Any) -> e.Seated:
    """The first event of the sitting."""
    made = e.Seated(
        at=at(-10 * MINUTE),
        sitting=SITTING,
        place=place(),
        person=person(),
        form=form(),
        session_head=session_head,
        program="0.1.0",
        lock_level=LockLevel.DESKTOP,
    )
    return replace(made, **changes)


def act(note: str = "口头报告 ０７ 𬭚") -> e.Act:
    """An act of an invigilator."""
    return e.Act(card=CARD, reason=REASON, note=note)


def response_to(entry: Any, pick: int = 0) -> e.Response:
    """A legal response to a place of the form."""
    if entry.type is ItemType.NUMERIC:
        return e.Entered(text="１０５０")
    return e.Chosen(options=(entry.options[pick],))


def segment(number: int, ms: int, data: bytes = b"") -> e.SegmentKept:
    """Ten seconds of pictures; digest and size are those of `data`."""
    return e.SegmentKept(
        at=at(ms),
        name=f"segment-{number:06}.age",
        digest=hashlib.sha256(data).hexdigest(),
        root="cd" * 32,
        pictures=10,
        size=len(data),
        first=at(ms - 10 * SECOND),
        last=at(ms),
    )


def sitting_events(session_head: str = "ab" * 32, segments: tuple[e.SegmentKept, ...] = ()) -> tuple[e.Event, ...]:
    """A whole legal sitting, handed in: every kind of event that one sitting can have."""
    return tuple(_sitting(session_head, segments))


def _sitting(session_head: str, segments: tuple[e.SegmentKept, ...]) -> Iterator[e.Event]:
    first = seated(session_head)
    places = first.form.items
    yield first
    yield e.Identified(at=at(-9 * MINUTE), card=CARD)
    yield e.Briefed(at=at(-8 * MINUTE), language=Language.ZH)
    yield e.DisplayChosen(at=at(-8 * MINUTE), language=Language.ZH, scale=150, theme=e.Theme.HIGH_CONTRAST)
    yield e.Ready(at=at(-MINUTE))
    yield e.Started(at=at(0), late=Millis(0))
    for number, entry in enumerate(places[:-2]):
        yield e.Viewed(at=at(1_000 + number * 2_000), item=entry.item)
        yield e.Responded(at=at(2_000 + number * 2_000), item=entry.item, response=response_to(entry))
    choice = next(entry for entry in places if entry.options)
    yield e.Responded(at=at(20_000), item=places[0].item, response=None)
    yield e.Marked(at=at(20_100), item=choice.item, marked=True)
    yield e.Struck(at=at(20_200), item=choice.item, option=choice.options[-1], struck=True)
    yield e.Tick(at=at(21_000), used=Millis(21_000))
    yield e.Suspended(at=at(22_000), cause=e.SuspendCause.INVIGILATOR, act=act())
    yield e.IncidentRecorded(at=at(22_500), kind=IncidentKind.NOTE, detail="火警 𬭚", act=act())
    yield e.Credited(at=at(23_000), amount=Millis(MINUTE), act=act())
    yield e.Resumed(at=at(24_000), act=act(""))
    yield e.Recovered(at=at(25_000), rebooted=False)
    yield e.Resumed(at=at(30_000), act=act(""))
    yield from segments
    yield e.HandedIn(at=at(40 * MINUTE))


def session_events() -> tuple[s.SessionEvent, ...]:
    """A legal session up to the moment a candidate is seated."""
    opened = s.SessionOpened(
        at=at(-40 * MINUTE),
        place=place(),
        package_digest="ef" * 32,
        program="0.1.0",
        lock_level=LockLevel.DESKTOP,
    )
    return (
        opened,
        s.RoomTimeSet(at=at(-30 * MINUTE), room=START - 30 * MINUTE, card=CARD),
        s.CodeRefused(at=at(-20 * MINUTE), what="release-code"),
        s.PinRefused(at=at(-19 * MINUTE), card=CARD),
        s.CardAccepted(at=at(-18 * MINUTE), card=CARD, purpose="unlock"),
        s.Unlocked(at=at(-17 * MINUTE), cards=(CARD,), by="release-code"),
        s.SignInRefused(at=at(-12 * MINUTE), number="２０２６", why="roster/unknown"),
        s.SittingOpened(at=at(-10 * MINUTE), sitting=SITTING),
    )


def later_session_events() -> tuple[s.SessionEvent, ...]:
    """What a session goes on with: legal after `session_events`."""
    return (
        s.SeatIncident(at=at(41 * MINUTE), kind=IncidentKind.DISK_SHORT, detail="磁盘 ０７"),
        s.SittingSealed(at=at(42 * MINUTE), sitting=SITTING, digest="12" * 32, head="34" * 32, records=30),
        s.Exported(at=at(43 * MINUTE), sitting=SITTING, medium="stick", digest="12" * 32),
        s.TriesLost(at=at(44 * MINUTE)),
        s.ProgramRestarted(at=at(44 * MINUTE), rebooted=False),
        s.SessionClosed(at=at(45 * MINUTE), card=CARD),
    )
