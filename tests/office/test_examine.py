"""A bundle counts only when every step holds; each step has its own refusal."""

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from kiosk.crypto.certify import Certified, issue_centre, issue_leaf
from kiosk.crypto.roles import Role
from kiosk.crypto.sign import verify_chain
from kiosk.exam import events as e
from kiosk.exam import session as s
from kiosk.exam.incident import IncidentKind
from kiosk.exam.rules import LockLevel
from kiosk.exam.vocabulary import MINUTE, BankId, CardId, Millis, Points, RoundId, SessionId
from kiosk.formats.codec import encode_event
from kiosk.office.collect import collect
from kiosk.office.examine import Alarm
from kiosk.office.keys import DENIED, load_authority, load_office
from kiosk.office.report import Outcome, RosterState
from tests.support import office_world as w
from tests.support import seats
from tests.support.builders import REASON
from tests.support.collecting import code_of, line_of, offer, run


def test_a_flipped_byte_is_refused_wherever_it_is(world: w.OfficeWorld, bundle: seats.Bundle, tmp_path: Path) -> None:
    data = bundle.result()
    for place in range(0, len(data), len(data) // 40):
        offer(tmp_path, data[:place] + bytes([data[place] ^ 1]) + data[place + 1 :])
        (line,) = run(world, tmp_path).lines
        assert line.outcome is Outcome.REFUSED
        assert line.code.startswith(("bundle/", "trust/"))


def test_another_worlds_bundle_is_refused(world: w.OfficeWorld, tmp_path: Path) -> None:
    other = w.make(tmp_path / "other")
    assert code_of(world, tmp_path, seats.Seat(world=other).made_bundle().result()) == "trust/unknown-root"


def test_a_demo_bundle_is_refused_by_an_office_of_examinations(world: w.OfficeWorld, tmp_path: Path) -> None:
    demo = w.make(tmp_path / "demo", rehearsal=True, rules=w.practice_rules())
    made = seats.Seat(world=demo, lock_level=LockLevel.PRACTICE).made_bundle()
    assert code_of(world, tmp_path, made.result()) == "trust/unknown-root"
    offer(tmp_path, made.result())
    report = collect([tmp_path / "stick"], demo.office, tmp_path / "demo into")
    assert line_of(report).state is RosterState.HANDED_IN


def test_a_practice_round_of_a_real_office_is_no_examination(tmp_path: Path) -> None:
    world = w.make(tmp_path / "world", rules=w.practice_rules())
    made = seats.Seat(world=world, lock_level=LockLevel.PRACTICE).made_bundle()
    assert code_of(world, tmp_path, made.result()) == "office/not-an-exam"


def test_a_weaker_lock_than_the_rules_allow_is_refused(world: w.OfficeWorld, tmp_path: Path) -> None:
    made = seats.Seat(world=world, lock_level=LockLevel.PRACTICE).made_bundle()
    assert code_of(world, tmp_path, made.result()) == "office/not-an-exam"


def test_a_workstation_of_another_centre_is_refused(world: w.OfficeWorld, tmp_path: Path) -> None:
    centre = issue_centre(load_authority(world.folder), "018", "第十八考点", at=w.NOW)
    foreign = issue_leaf(centre, Role.WORKSTATION, "018/pc-1", at=w.NOW)
    made = seats.Seat(world=world, name="018/pc-1", signer=foreign).made_bundle()
    assert code_of(world, tmp_path, made.result()) == "office/foreign-workstation"


def test_a_key_of_another_role_is_refused(world: w.OfficeWorld, tmp_path: Path) -> None:
    made = seats.Seat(world=world, name="office", signer=world.office.signer()).made_bundle()
    assert code_of(world, tmp_path, made.result()) == "trust/wrong-role"


def test_a_withdrawn_workstation_is_refused(world: w.OfficeWorld, bundle: seats.Bundle, tmp_path: Path) -> None:
    signer = verify_chain(
        chain_pem=bundle.seat.certified.chain_pem,
        root_pem=world.office.root_pem,
        role=Role.WORKSTATION,
        at=w.NOW,
    )
    shutil.copytree(world.office.folder, tmp_path / "office")
    (tmp_path / "office" / DENIED).write_text(f"{signer.fingerprint} stolen\n", encoding="ascii")
    strict = replace(world, office=load_office(tmp_path / "office"))
    assert code_of(strict, tmp_path, bundle.result()) == "trust/denied"


def test_an_expired_workstation_is_refused(world: w.OfficeWorld, tmp_path: Path) -> None:
    made = seats.Seat(world=world, signer=old(world)).made_bundle()
    assert code_of(world, tmp_path, made.result()) == "trust/expired"


def old(world: w.OfficeWorld) -> Certified:
    """A certificate that ended before the round."""
    centre = issue_centre(load_authority(world.folder), w.CENTRE, "考点", at=w.NOW - 2 * 86_400)
    return issue_leaf(centre, Role.WORKSTATION, "017/pc-1", at=w.NOW - 2 * 86_400, days=1)


@pytest.mark.parametrize(
    ("place", "code"),
    [
        ({"round": RoundId("2025-99")}, "office/unknown-round"),
        ({"package": 7}, "office/unknown-round"),
        ({"session": SessionId("s9")}, "office/unknown-round"),
    ],
)
def test_a_round_this_office_has_not_made_is_refused(
    world: w.OfficeWorld, tmp_path: Path, place: dict[str, Any], code: str
) -> None:
    assert code_of(world, tmp_path, seats.Seat(world=world, place=place).made_bundle().result()) == code


@pytest.mark.parametrize(
    "person",
    [{"number": "99"}, {"name": "别人"}, {"id_tail": "0000"}, {"unit": "别处"}, {"extra": Millis(60 * MINUTE)}],
)
def test_a_candidate_who_is_not_as_on_the_roster_is_refused(
    world: w.OfficeWorld, tmp_path: Path, person: dict[str, Any]
) -> None:
    made = seats.Seat(world=world, person=person).made_bundle()
    assert code_of(world, tmp_path, made.result()) == "office/not-on-roster"


def answer_late(events: list[e.Event]) -> None:
    number = next(n for n, event in enumerate(events) if isinstance(event, e.HandedIn))
    response = next(event for event in events if isinstance(event, e.Responded))
    events[number:number] = [replace(response, at=seats.at(90 * MINUTE))]
    events[-1] = replace(events[-1], at=seats.at(91 * MINUTE))


def start_twice(events: list[e.Event]) -> None:
    events.insert(6, events[4])


def credit_too_much(events: list[e.Event]) -> None:
    act = e.Act(card=CardId("any"), reason=REASON)
    events.insert(6, e.Credited(at=events[5].at, amount=Millis(300 * MINUTE), act=act))


@pytest.mark.parametrize("alter", [answer_late, start_twice, credit_too_much])
def test_a_sitting_that_broke_the_rules_of_its_round_is_refused(
    world: w.OfficeWorld, tmp_path: Path, alter: Callable[[list[e.Event]], None]
) -> None:
    made = seats.Seat(world=world, alter=alter, segments=()).made_bundle()
    data = made.result(ended=w.START + (91 if alter is answer_late else 40) * MINUTE)
    assert code_of(world, tmp_path, data) == "sitting/illegal"


def test_a_form_that_is_not_the_blueprints_is_refused(world: w.OfficeWorld, tmp_path: Path) -> None:
    form = seats.form_of(world, world.roster.entries[0])
    first, *rest = form.items
    forms = {
        "points": replace(form, items=(replace(first, points=Points(900)), *rest)),
        "short": replace(form, items=tuple(rest)),
        "twice": replace(form, items=(first, first, *rest[1:])),
        "longer": replace(form, duration=Millis(form.duration * 2)),
        "digest": replace(form, items=(replace(first, digest="ab" * 32), *rest)),
        "version": replace(form, items=(replace(first, version=9), *rest)),
    }
    for number, made in enumerate(forms.values()):
        folder = tmp_path / str(number)
        folder.mkdir()
        data = seats.Seat(world=world, form=made, rights=0).made_bundle().result()
        assert code_of(world, folder, data) == "office/form"
    other = replace(form, bank=BankId("another"))
    data = seats.Seat(world=world, form=other).made_bundle().result()
    assert code_of(world, tmp_path, data) == "office/not-on-roster"


def test_a_journal_shorter_than_one_that_was_sealed_before_is_refused(world: w.OfficeWorld, tmp_path: Path) -> None:
    seat = seats.Seat(world=world)
    seat.more = seat.sealed(head="34" * 32, records=500)
    assert code_of(world, tmp_path, seat.made_bundle().result()) == "office/journal-rolled-back"


@pytest.mark.parametrize("records", [0, 3, -1])
def test_a_journal_other_than_one_that_was_sealed_before_is_refused(
    world: w.OfficeWorld, tmp_path: Path, records: int
) -> None:
    seat = seats.Seat(world=world)
    seat.more = seat.sealed(head="34" * 32, records=records)
    assert code_of(world, tmp_path, seat.made_bundle().result()) == "office/journal-rolled-back"


def recorded_in_the_sitting(events: list[e.Event]) -> None:
    act = e.Act(card=CardId("any"), reason=REASON)
    kind, detail = IncidentKind.JOURNAL_DAMAGED, "journal/shortened"
    events.insert(6, e.IncidentRecorded(at=events[5].at, kind=kind, detail=detail, act=act))


@pytest.mark.parametrize("where", ["nowhere", "sitting", "session", "tries"])
def test_a_journal_that_was_damaged_is_an_alarm_and_refuses_nothing(
    world: w.OfficeWorld, tmp_path: Path, where: str
) -> None:
    seat = seats.Seat(world=world)
    told: dict[str, s.SessionEvent] = {
        "session": s.SeatIncident(at=seats.at(0), kind=IncidentKind.JOURNAL_DAMAGED, detail="记录 ０７ 𬭚"),
        "tries": s.TriesLost(at=seats.at(0)),
    }
    other = s.SeatIncident(at=seats.at(0), kind=IncidentKind.DISK_SHORT, detail="磁盘")
    seat.more = (told.get(where, other),)
    if where == "sitting":
        seat.alter = recorded_in_the_sitting
    offer(tmp_path, seat.made_bundle().result())
    counted = line_of(run(world, tmp_path)).counted
    assert counted is not None
    assert counted.alarms == (() if where == "nowhere" else (Alarm.JOURNAL_DAMAGED,))
    again = line_of(run(world, tmp_path)).counted
    assert again is not None
    assert again.alarms == counted.alarms


def test_an_earlier_seal_of_the_same_journal_is_no_rollback(world: w.OfficeWorld, tmp_path: Path) -> None:
    seat = seats.Seat(world=world, segments=())
    early = seat.made_bundle()
    sealed = seat.sealed(head=early.records[-1].hash.hex(), records=len(early.records))
    session = seat.continued(seat.session_journal, early.session, [encode_event(event) for event in sealed])
    offer(tmp_path, replace(early, session=session).result())
    assert line_of(run(world, tmp_path)).state is RosterState.HANDED_IN


def test_without_keys_the_bundle_is_filed_and_the_score_stays_open(
    world: w.OfficeWorld, bundle: seats.Bundle, tmp_path: Path
) -> None:
    shutil.copytree(world.office.folder, tmp_path / "office")
    shutil.rmtree(tmp_path / "office" / "keys")
    offer(tmp_path, bundle.result())
    report = collect([tmp_path / "stick"], load_office(tmp_path / "office"), tmp_path / "into")
    counted = line_of(report).counted
    assert counted is not None
    assert (counted.points, counted.alarms) == (None, (Alarm.NO_KEYS,))
