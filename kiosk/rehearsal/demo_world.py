"""A complete examination body in one folder, made in a second: for the demo, for rehearsals, for tests.

Rules: everything is real but the people: own root that says it is a rehearsal, authority, centre, office, three
enrolled seats, a signed and sealed round with one session that begins now. Nothing of it opens in any other world.
Its codes and cards are written down in `paper/`, because a demo must be playable; a real office writes none of them.
"""

import os
from dataclasses import dataclass
from pathlib import Path

from kiosk.crypto.certify import issue_leaf
from kiosk.crypto.roles import Role
from kiosk.exam.round import Roster, RosterEntry
from kiosk.exam.rules import RuleProfile
from kiosk.exam.vocabulary import (
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
    WorkstationId,
)
from kiosk.office.bank_lint import lint_folder
from kiosk.office.compile import CompiledBank, compile_bank
from kiosk.office.keys import Office, load_anchor, load_centre, make_world
from kiosk.office.presets import DEMO
from kiosk.office.round_plan import CardSecret, MadeRound, RoundPlan, SessionPlan
from kiosk.office.rounds import make_round
from kiosk.rehearsal.portrait import portrait
from kiosk.station.home import Home, Identity, Post, enrol

CENTRE = CentreId("demo-centre")
ROOM = RoomId("room-1")
SESSION = SessionId("s1")
SEATS = (SeatId("A-01"), SeatId("A-02"), SeatId("A-03"))
BANK_SOURCE = Path(__file__).parents[2] / "question_banks" / "rare-earth-smelter"
_HOUR = 3_600
_DAY = 24 * _HOUR
_NAMES = ("张示例", "李𬭚样", "王演示")
_UNITS = ("示例冶炼分厂", "示例分离车间", "示例金属车间")


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoWorld:
    """The folder of a demo world and everything that was made in it."""

    folder: Path
    office: Office
    made: MadeRound
    bank: CompiledBank
    roster: Roster
    homes: tuple[Home, ...]

    @property
    def stick(self) -> Path:
        """What stands for the invigilator's stick."""
        return self.folder / "stick"

    @property
    def card(self) -> CardSecret:
        """The first invigilator's card."""
        return self.made.secrets.cards[0]

    @property
    def second_card(self) -> CardSecret:
        """The second invigilator's card."""
        return self.made.secrets.cards[1]

    @property
    def release_code(self) -> str:
        """The release code of the session, groups parted by spaces."""
        return " ".join(self.made.secrets.releases[SESSION])


def make_demo_world(folder: Path, *, now: int, rules: RuleProfile = DEMO, level: Level = Level.JUNIOR) -> DemoWorld:
    """Make a world in an empty folder; `now` is milliseconds UTC, when its session begins. OfficeError leaves."""
    seconds = now // 1000
    office = make_world(folder, "Demonstration body", centre=CENTRE, rehearsal=True, at=seconds - _HOUR)
    bank = compile_bank(lint_folder(BANK_SOURCE), level, BankId(f"rare-earth-smelter-{level.value}-{SESSION}"))
    roster = Roster(entries=tuple(_entry(place, bank.bank.id) for place in range(len(SEATS))))
    plan = _plan(now, bank.bank.id, office.identity.recipient, rules)
    made = make_round(plan, roster, [bank], office=office, into=folder / "stick")
    homes = tuple(_enrolled(folder, seat, seconds) for seat in SEATS)
    return DemoWorld(folder=folder, office=office, made=made, bank=bank, roster=roster, homes=homes)


def _entry(place: int, bank: BankId) -> RosterEntry:
    return RosterEntry(
        number=AdmissionNumber(f"20261104{place + 41:04d}"),
        name=_NAMES[place],
        id_tail=("361X", "0427", "1185")[place],
        unit=_UNITS[place],
        session=SESSION,
        seat=SEATS[place],
        bank=bank,
        extra=Millis(0 if place != 2 else 15 * 60_000),  # noqa: PLR2004 - the third has extra time
        text_scale=100,
        photo=portrait(place),
    )


def _plan(now: int, bank: BankId, recipient: str, rules: RuleProfile) -> RoundPlan:
    name = Text(zh="演示场次", en="Demo session")
    return RoundPlan(
        id=RoundId("demo-2026"),
        name=Text(zh="稀土企业技能等级认定（演示）", en="Rare-earth skill levels (demo)"),
        centre=CENTRE,
        room=ROOM,
        room_name=Text(zh="演示考场", en="Demo room"),
        package=1,
        minimum_program="0.1.0",
        not_before=now - _DAY * 1000,
        not_after=now + 7 * _DAY * 1000,
        seats=SEATS,
        sessions=(SessionPlan(id=SESSION, name=name, start=now, banks=(bank,)),),
        holders=("示例监考甲", "示例监考乙"),
        reserves=("备用卡一", "备用卡二"),
        recipients=(recipient,),
        denied=(),
        rules=rules,
    )


def _enrolled(folder: Path, seat: SeatId, seconds: int) -> Home:
    home = Home(folder=folder / "seats" / seat)
    name = f"{CENTRE}/{seat.lower()}"
    leaf = issue_leaf(load_centre(folder), Role.WORKSTATION, name, at=seconds - _HOUR)
    post = Post(workstation=WorkstationId(name), centre=CENTRE, room=ROOM, seat=seat)
    identity = Identity(
        key=leaf.key, chain_pem=leaf.chain_pem, root_pem=load_anchor(folder), device_secret=os.urandom(32)
    )
    enrol(home, post, identity)
    return home
