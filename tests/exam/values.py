"""Values that the tests of the exam start from: a sound round, bank, form and sitting, each part replaceable."""

from collections.abc import Sequence
from dataclasses import replace

from kiosk.exam import events as e
from kiosk.exam import round as r
from kiosk.exam import rules as u
from kiosk.exam.bank import Bank, Blueprint, Item, ItemType, Option, RangeRule, TypeRule
from kiosk.exam.form import Form, FormItem
from kiosk.exam.incident import IncidentKind
from kiosk.exam.sitting import Sitting, apply, open_sitting
from kiosk.exam.vocabulary import (
    MINUTE,
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

SECOND = 1_000
WALL = 1_795_262_400_000
"""2026-11-21 12:00 UTC, in milliseconds."""

CARD = CardId("card-1")
OTHER_CARD = CardId("card-2")
ILL = ReasonCode("candidate-ill")
NAME = Text(zh="𬭚铼冶炼　第０７场", en="Smelting, session 07")
ACT = e.Act(card=CARD, reason=ILL, note="流鼻血　𬭚")


def at(mono: int) -> Instant:
    return Instant(mono=Millis(mono), wall=WALL + mono)


def timing(
    *,
    late_limit: int = 15 * MINUTE,
    earliest: int = 30 * MINUTE,
    last: int = 0,
    common_end: bool = True,
    warnings: Sequence[int] = (15 * MINUTE, 5 * MINUTE),
    entry: int = 30 * MINUTE,
) -> u.Timing:
    return u.Timing(
        entry_opens=Millis(entry),
        start_grace=Millis(0),
        late_limit=Millis(late_limit),
        earliest_hand_in=Millis(earliest),
        no_hand_in_before_end=Millis(last),
        common_end=common_end,
        warnings=tuple(Millis(warning) for warning in warnings),
        release_lead=Millis(20 * MINUTE),
        largest_credit=Millis(30 * MINUTE),
    )


RULES = u.RuleProfile(
    name="稀土 2026",
    kind=u.RoundKind.EXAM,
    timing=timing(),
    evidence=u.Evidence(camera=u.CameraPolicy.REQUIRED, screen_capture=False, mirror=False, retention_days=180),
    lock_level=u.LockLevel.DESKTOP,
    pairs=False,
    languages=(Language.ZH, Language.EN),
    shuffle_items=True,
    shuffle_options=True,
    calculator=u.Calculator.BASIC,
    practice=True,
    reasons=(u.Reason(code=ILL, category=u.ReasonCategory.CANDIDATE, text=Text(zh="身体不适", en="Unwell")),),
)


def entry_of(name: str, kind: ItemType, options: int, points: int = 25) -> FormItem:
    return FormItem(
        item=ItemId(name),
        version=1,
        digest=f"{len(name):064x}",
        type=kind,
        points=Points(points),
        options=tuple(OptionId(f"{name}-{number}") for number in range(options)),
    )


SINGLE = entry_of("题𬭚-1", ItemType.SINGLE, 4)
MULTIPLE = entry_of("item-2", ItemType.MULTIPLE, 5)
TRUE_FALSE = entry_of("item-3", ItemType.TRUE_FALSE, 2)
NUMERIC = entry_of("item-4", ItemType.NUMERIC, 0)
HOUR = 60 * MINUTE
FORM = Form(bank=BankId("bank-1"), duration=Millis(HOUR), items=(SINGLE, MULTIPLE, TRUE_FALSE, NUMERIC))

PLACE = e.Place(
    round=RoundId("round-1"),
    package=1,
    room=RoomId("room-3"),
    session=SessionId("s1"),
    seat=SeatId("07"),
    workstation=WorkstationId("017/pc-07"),
)


def seated(*, extra: int = 0, mono: int = 0, form: Form = FORM) -> e.Seated:
    return e.Seated(
        at=at(mono),
        sitting=SittingId("sitting-1"),
        place=PLACE,
        person=e.Person(
            number=AdmissionNumber("２０２６０００１"), name="王𬭚", id_tail="012X", unit="甲厂", extra=Millis(extra)
        ),
        form=form,
        session_head="00" * 32,
        program="1.0",
        lock_level=u.LockLevel.SESSION,
    )


def opened(rules: u.RuleProfile = RULES, *, extra: int = 0) -> Sitting:
    return open_sitting(seated(extra=extra), rules)


def waiting(rules: u.RuleProfile = RULES, *, extra: int = 0) -> Sitting:
    sitting = apply(opened(rules, extra=extra), e.Identified(at=at(1), card=CARD))
    sitting = apply(sitting, e.Briefed(at=at(2), language=Language.ZH))
    return apply(sitting, e.Ready(at=at(3)))


START = 10_000


def running(rules: u.RuleProfile = RULES, *, extra: int = 0, late: int = 0) -> Sitting:
    return apply(waiting(rules, extra=extra), e.Started(at=at(START), late=Millis(late)))


def timed(**changes: int) -> u.RuleProfile:
    return replace(RULES, timing=timing(**changes))  # type: ignore[arg-type]


def chosen(entry: FormItem, *places: int) -> e.Chosen:
    return e.Chosen(options=tuple(entry.options[place] for place in places))


def responded(entry: FormItem, response: e.Response | None, mono: int) -> e.Responded:
    return e.Responded(at=at(mono), item=entry.item, response=response)


def kept(mono: int) -> e.SegmentKept:
    return e.SegmentKept(
        at=at(mono),
        name=f"seg-{mono}.age",
        digest="11" * 32,
        root="22" * 32,
        pictures=10,
        size=99_000,
        first=at(max(0, mono - 10_000)),
        last=at(mono),
    )


def noted(mono: int, act: e.Act | None = None) -> e.IncidentRecorded:
    return e.IncidentRecorded(at=at(mono), kind=IncidentKind.NOTE, detail="窗外有人　０７ 𬭚", act=act)


def item_of(
    name: str, kind: ItemType, point: str, options: int, *, fixed: Sequence[int] = (), shuffle: bool = True
) -> Item:
    return Item(
        id=ItemId(name),
        version=1,
        digest=f"{len(name):064x}",
        type=kind,
        point=PointCode(point),
        stem=Text(zh=f"钕𬭚的熔点是（　）{name}", en=f"The melting point {name}"),
        options=tuple(
            Option(
                id=OptionId(f"{name}/{place}"), text=Text(zh=f"选项{place}", en=f"Option {place}"), fixed=place in fixed
            )
            for place in range(options)
        ),
        shuffle=shuffle,
        unit=None if options else Text(zh="千克", en="kg"),
    )


OCCUPATION = Occupation(code=OccupationCode("6-17-06-04"), name=Text(zh="稀土冶炼工", en="Rare-earth smelter"))


def bank_of(
    items: Sequence[Item], types: Sequence[tuple[ItemType, int]], ranges: Sequence[tuple[str, int, Sequence[str]]]
) -> Bank:
    return Bank(
        id=BankId("bank-1"),
        occupation=OCCUPATION,
        level=Level.JUNIOR,
        blueprint=Blueprint(
            duration=Millis(HOUR),
            types=tuple(TypeRule(type=kind, count=count, points=Points(25)) for kind, count in types),
            ranges=tuple(
                RangeRule(
                    code=RangeCode(code),
                    name=Text(zh=f"范围{code}", en=f"Range {code}"),
                    count=count,
                    points=tuple(PointCode(point) for point in points),
                )
                for code, count, points in ranges
            ),
        ),
        items=tuple(items),
    )


def small_bank() -> Bank:
    items = (
        item_of("题𬭚-1", ItemType.SINGLE, "A-1", 4),
        item_of("item-2", ItemType.MULTIPLE, "A-2", 5, fixed=(4,)),
        item_of("item-3", ItemType.TRUE_FALSE, "B-1", 2, shuffle=False),
        item_of("item-4", ItemType.NUMERIC, "B-2", 0, shuffle=False),
    )
    types = [(kind, 1) for kind in ItemType]
    return bank_of(items, types, [("A", 2, ["A-1", "A-2"]), ("B", 2, ["B-1", "B-2"])])


BANK_ENTRY = r.BankEntry(
    id=BankId("bank-1"), file="bank-1.db", occupation=OCCUPATION, level=Level.JUNIOR, key_check=b"\1" * 8
)
SESSION = r.Session(
    id=SessionId("s1"), name=NAME, start=WALL, salt=b"\2" * 16, key_check=b"\3" * 8, banks=(BankId("bank-1"),)
)
CARD_ENTRY = r.CardEntry(id=CARD, holder="李监考", reserve=False, pin_salt=b"\4" * 16, pin_verifier=b"\5" * 16)
ROUND = r.Round(
    id=RoundId("round-1"),
    name=NAME,
    centre=CentreId("017"),
    room=RoomId("room-3"),
    room_name=Text(zh="三号机房", en="Room 3"),
    package=2,
    minimum_program="1.0",
    not_before=WALL - 1,
    not_after=WALL + 1,
    seats=(SeatId("07"), SeatId("08")),
    sessions=(SESSION,),
    banks=(BANK_ENTRY,),
    cards=(CARD_ENTRY,),
    recipients=("age1office",),
    denied=(),
    rules=RULES,
)
ENTRY = r.RosterEntry(
    number=AdmissionNumber("２０２６０００１"),
    name="王𬭚",
    id_tail="012X",
    unit="甲厂",
    session=SessionId("s1"),
    seat=SeatId("07"),
    bank=BankId("bank-1"),
    extra=Millis(0),
    text_scale=100,
    photo=b"",
)
