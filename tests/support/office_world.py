"""A whole office for tests: keys, a compiled bank, a signed round for one room with three candidates."""

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from kiosk.crypto.certify import Certified, issue_leaf
from kiosk.crypto.codes import decode_groups
from kiosk.crypto.roles import Role
from kiosk.crypto.slots import SUITE, find_slot, open_slot, shares_of, stretch
from kiosk.exam.round import Roster, RosterEntry
from kiosk.exam.rules import LockLevel, RoundKind, RuleProfile
from kiosk.exam.vocabulary import (
    MINUTE,
    AdmissionNumber,
    BankId,
    CentreId,
    Level,
    Millis,
    RoomId,
    RoundId,
    SeatId,
    SessionId,
    Text,
)
from kiosk.formats.package_file import open_package
from kiosk.formats.slot_payload import PURPOSE, SlotPayload, decode_payload
from kiosk.office.compile import CompiledBank, compile_bank
from kiosk.office.keys import Office, load_centre, make_world
from kiosk.office.round_plan import MadeRound, RoundPlan, SessionPlan
from kiosk.office.rounds import make_round
from kiosk.storage.files import FileSource
from tests.support import bank_folders
from tests.support.builders import rules

START = 1_795_251_600_000
"""When the session begins: 2026-11-21 09:00 UTC, in milliseconds."""

NOW = START // 1000
CENTRE, ROOM, SESSION = CentreId("017"), RoomId("考场3"), SessionId("s1")
SEATS = (SeatId("01"), SeatId("02"), SeatId("03"))
BANK = BankId("small-junior-s1")
NAMES = ("欧阳𬭚 ０７", '=HYPERLINK("x")', "张伟")


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficeWorld:
    """A world on disk with one round in one room."""

    folder: Path
    office: Office
    bank: CompiledBank
    roster: Roster
    made: MadeRound


def roster() -> Roster:
    """Three candidates; the second one's name would be a formula, the third has ten minutes more."""
    entries = [
        RosterEntry(
            number=AdmissionNumber(f"202611070{seat}"),
            name=name,
            id_tail="021X",
            unit="包头第一冶炼厂",
            session=SESSION,
            seat=seat,
            bank=BANK,
            extra=Millis(10 * MINUTE if seat == SEATS[2] else 0),
            text_scale=100,
            photo=b"",
        )
        for seat, name in zip(SEATS, NAMES, strict=True)
    ]
    return Roster(entries=tuple(entries))


def plan(**changes: Any) -> RoundPlan:
    """The plan of a round with one session."""
    made = RoundPlan(
        id=RoundId("2026-11"),
        name=Text(zh="2026年第11批次（𬭚）", en="Round 11 of 2026"),
        centre=CENTRE,
        room=ROOM,
        room_name=Text(zh="第三考场", en="Room three"),
        package=1,
        minimum_program="0.1",
        not_before=START - 7 * 86_400_000,
        not_after=START + 86_400_000,
        seats=SEATS,
        sessions=(SessionPlan(id=SESSION, name=Text(zh="上午场", en="Morning"), start=START, banks=(BANK,)),),
        holders=("诸葛监考", "司马监考"),
        reserves=("备用一", "备用二"),
        recipients=(),
        denied=(),
        rules=rules(),
    )
    return replace(made, **changes)


def make(folder: Path, *, rehearsal: bool = False, **changes: Any) -> OfficeWorld:
    """Make a world; `changes` go into the plan of its round."""
    office = make_world(folder, "职业技能认定中心 𬭚", centre=CENTRE, rehearsal=rehearsal, at=NOW - 3 * 86_400)
    bank = compile_bank(bank_folders.linted(), Level.JUNIOR, BANK)
    people = roster()
    made = make_round(plan(**changes), people, [bank], office=office, into=folder / "out")
    return OfficeWorld(folder=folder, office=office, bank=bank, roster=people, made=made)


def workstation(world: OfficeWorld, name: str = "017/pc-1") -> Certified:
    """Certify a PC of the centre."""
    return issue_leaf(load_centre(world.folder), Role.WORKSTATION, name, at=NOW)


def opened_slot(world: OfficeWorld) -> SlotPayload:
    """Open the round with release code and first card, as a seat does."""
    source = FileSource(world.made.package)
    try:
        package = open_package(
            source,
            root_pem=world.office.root_pem,
            at=NOW,
            program="0.1.0",
            room=ROOM,
            centre=CENTRE,
            newest=0,
        )
    finally:
        source.close()
    session = package.round.session(SESSION)
    release = stretch(decode_groups(world.made.secrets.releases[SESSION]), salt=session.salt, suite=SUITE)
    size = 2 if package.round.rules.pairs else 1
    cards = [one.card for one in world.made.secrets.cards[:size]]
    slot = find_slot(package.slots, cards=cards, purpose=PURPOSE, session=SESSION)
    return decode_payload(open_slot(slot, release=release, shares=shares_of(cards)))


def practice_rules() -> RuleProfile:
    """The rules of a demo."""
    return rules(kind=RoundKind.DEMO, lock_level=LockLevel.PRACTICE)
