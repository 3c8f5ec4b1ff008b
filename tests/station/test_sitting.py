"""A sitting at one seat through every phase, and the time it is given: credit, suspension, lateness, the end."""

from dataclasses import replace
from pathlib import Path

import pytest

from kiosk.errors import KioskError
from kiosk.exam import events as e
from kiosk.exam.bank import ItemType
from kiosk.exam.incident import IncidentKind
from kiosk.exam.sitting import Phase
from kiosk.exam.vocabulary import MINUTE, SECOND, ItemId, Language, Millis, ReasonCode
from kiosk.station.view import Stage
from tests.support.worlds import SeatAtWork, open_seat

HOUR = 60 * MINUTE


def refusal(act: object, *given: object) -> KioskError:
    with pytest.raises(KioskError) as caught:
        act(*given)  # type: ignore[operator]
    return caught.value


def left(seat: SeatAtWork) -> int:
    return seat.station.sitting.ledger.remaining(seat.now())


def kinds(seat: SeatAtWork) -> list[IncidentKind]:
    return [incident.kind for incident in seat.station.sitting.incidents]


def go(seat: SeatAtWork, ms: int, step: int = 5_000) -> None:
    """Let time pass at a seat that is looked after, as the screens do."""
    for _ in range(ms // step):
        seat.clocks.go(step)
        seat.station.pump()


def test_every_phase_from_sign_in_to_the_receipt(tmp_path: Path) -> None:
    with open_seat(tmp_path) as seat:
        station = seat.station
        seen = [seat.stage]
        entry = station.sign_in(seat.number)
        assert entry.name == "张示例"
        seen.append(seat.stage)
        station.confirm_person()
        seen.append(seat.stage)
        station.identify(seat.permit("identify"))
        seen.append(seat.stage)
        station.brief(Language.EN)
        seen.append(seat.stage)
        station.ready()
        seen.append(seat.stage)
        station.start(seat.start_code())
        seen.append(seat.stage)
        view = station.view()
        assert view.item is not None
        assert view.item.id == seat.items[0] == view.sitting.current  # type: ignore[union-attr]
        seat.respond(0, 40)
        station.send(e.Suspended(at=seat.now(), cause=e.SuspendCause.INVIGILATOR, act=seat.act()))
        seen.append(seat.stage)
        assert station.view().item is None
        seat.resume()
        seat.hand_in()
        seen.append(seat.stage)
        station.finish_session(seat.permit("close"))
        seen.append(seat.stage)
        assert seen == [
            Stage.SIGN_IN, Stage.CONFIRM, Stage.IDENTITY, Stage.BRIEFING, Stage.PRACTICE, Stage.WAITING, Stage.EXAM,
            Stage.SUSPENDED, Stage.RECEIPT, Stage.CLOSED,
        ]  # fmt: skip


def test_the_start_code_opens_and_wrong_ones_cost_time(tmp_path: Path) -> None:
    with open_seat(tmp_path) as seat:
        seat.wait()
        code = seat.start_code()
        wrong = str((int(code) + 1) % 1_000_000).zfill(6)
        assert refusal(seat.station.start, code[:5]).code == "unlock/length"
        assert refusal(seat.station.start, "九" + code[1:]).code == "unlock/letter"
        assert refusal(seat.station.start, wrong).code == "unlock/wrong-start-code"
        assert refusal(seat.station.start, code).code == "unlock/wait"
        seat.clocks.go(1_000)
        seat.station.start(code.translate(str.maketrans("0123456789", "０１２３４５６７８９")))
        assert seat.at(Stage.EXAM)


def test_after_the_late_limit_the_code_opens_nothing(tmp_path: Path) -> None:
    with open_seat(tmp_path) as seat:
        seat.wait()
        seat.clocks.go(seat.station.desk.round.rules.timing.late_limit + 1)
        error = refusal(seat.station.start, seat.start_code())
        assert (error.code, error.data["why"]) == ("sitting/illegal", "too-late")
        assert seat.at(Stage.WAITING)


def test_a_late_start_costs_time_only_where_the_end_is_common(tmp_path: Path) -> None:
    for kind, cost in (("demo", 0), ("strict", 20 * MINUTE)):
        (tmp_path / kind).mkdir()
        with open_seat(tmp_path / kind, kind) as seat:
            seat.clocks.go(20 * MINUTE)
            seat.sit()
            assert left(seat) == seat.station.sitting.opened.form.duration - cost


def test_within_the_grace_nothing_is_lost(tmp_path: Path) -> None:
    with open_seat(tmp_path, "strict") as seat:
        seat.clocks.go(10 * MINUTE)
        seat.sit()
        assert left(seat) == seat.station.sitting.opened.form.duration


def test_suspension_stops_the_time_and_a_credit_gives_some_back(tmp_path: Path) -> None:
    with open_seat(tmp_path) as seat:
        seat.sit()
        whole = left(seat)
        go(seat, 10 * MINUTE)
        assert left(seat) == whole - 10 * MINUTE
        act = seat.act()
        seat.station.send(e.Suspended(at=seat.now(), cause=e.SuspendCause.INVIGILATOR, act=act))
        go(seat, 30 * MINUTE)
        assert left(seat) == whole - 10 * MINUTE
        assert refusal(seat.station.respond, seat.items[0], None).code == "sitting/illegal"
        seat.station.send(e.Credited(at=seat.now(), amount=Millis(7 * MINUTE), act=act))
        assert left(seat) == whole - 3 * MINUTE
        too_much = e.Credited(at=seat.now(), amount=Millis(16 * MINUTE), act=act)
        assert refusal(seat.station.send, too_much).data["why"] == "amount"
        foreign = e.Credited(at=seat.now(), amount=MINUTE, act=replace(act, reason=ReasonCode("没有")))
        assert refusal(seat.station.send, foreign).data["why"] == "reason"
        seat.resume()
        go(seat, MINUTE)
        assert left(seat) == whole - 4 * MINUTE


def numeric(seat: SeatAtWork) -> ItemId:
    return next(one.item for one in seat.station.sitting.opened.form.items if one.type is ItemType.NUMERIC)


def test_time_up_hands_in_with_what_stood_in_the_input(tmp_path: Path) -> None:
    with open_seat(tmp_path) as seat:
        seat.sit()
        seat.respond(0, 3)
        item = numeric(seat)
        seat.station.view_item(item)
        seat.station.typing(item, "１２")
        seat.station.typing(item, "１２．５")
        seat.clocks.go(left(seat))
        seat.until_stage(Stage.RECEIPT)
        sitting = seat.station.sitting
        assert sitting.responses[item] == e.Entered(text="１２．５")
        assert (sitting.by_clock, sitting.phase) == (True, Phase.HANDED_IN)
        receipt = seat.station.view().receipt
        assert receipt is not None
        assert (receipt.by_clock, receipt.answered) == (True, 4)


def test_an_input_that_is_no_response_does_not_keep_time_from_ending(tmp_path: Path) -> None:
    for typed in ("9" * 500, "\ud800", "  "):
        folder = tmp_path / str(len(typed))
        folder.mkdir()
        with open_seat(folder) as seat:
            seat.sit()
            item = numeric(seat)
            seat.station.view_item(item)
            seat.station.typing(item, typed)
            seat.clocks.go(3 * HOUR)
            seat.until_stage(Stage.RECEIPT)
            assert item not in seat.station.sitting.responses


def test_an_input_that_was_committed_or_emptied_is_not_given_again(tmp_path: Path) -> None:
    with open_seat(tmp_path) as seat:
        seat.sit()
        item = numeric(seat)
        seat.station.typing(item, "7")
        seat.station.respond(item, e.Entered(text="8"))
        seat.clocks.go(3 * HOUR)
        seat.until_stage(Stage.RECEIPT)
        assert seat.station.sitting.responses[item] == e.Entered(text="8")


def test_a_seat_that_slept_past_the_end_took_nothing_more(tmp_path: Path) -> None:
    with open_seat(tmp_path) as seat:
        seat.sit()
        seat.clocks.go(5 * HOUR)
        late = e.Responded(at=seat.now(), item=seat.items[0], response=None)
        assert refusal(seat.station.send, late).data["why"] == "time-is-up"
        seat.until_stage(Stage.RECEIPT)
        assert seat.station.sitting.ledger.used == seat.station.sitting.ledger.allowance


@pytest.mark.parametrize("jump", [-HOUR, HOUR, -24 * HOUR, 365 * 24 * HOUR, "1970", "2038", "9999"])
def test_setting_the_pcs_clock_changes_nothing_and_is_an_incident(tmp_path: Path, jump: int | str) -> None:
    instants = {"1970": 0, "2038": (2**31 + 5) * 1000, "9999": 253_402_300_799_000}
    with open_seat(tmp_path) as seat:
        seat.sit()
        go(seat, MINUTE)
        before, room = left(seat), seat.now().room
        seat.clocks.wall = instants[jump] if isinstance(jump, str) else seat.clocks.wall + jump
        go(seat, MINUTE)
        assert room is not None
        assert (left(seat), seat.now().room) == (before - MINUTE, room + MINUTE)
        assert kinds(seat).count(IncidentKind.CLOCK_JUMPED) == 1
        seat.respond(0, 2)
        seat.hand_in()


def test_a_clock_that_steps_a_second_each_second_is_noticed(tmp_path: Path) -> None:
    with open_seat(tmp_path) as seat:
        seat.sit()
        for _ in range(20):
            seat.clocks.go(1_000)
            seat.clocks.wall -= SECOND
            seat.station.pump()
        assert IncidentKind.CLOCK_JUMPED in kinds(seat)


def test_a_clock_that_goes_right_is_no_incident(tmp_path: Path) -> None:
    with open_seat(tmp_path) as seat:
        seat.sit()
        for _ in range(60):
            seat.clocks.go(5_000)
            seat.clocks.wall += 20
            seat.station.pump()
        assert kinds(seat) == []


def test_handing_in_is_refused_before_the_rules_allow_it(tmp_path: Path) -> None:
    with open_seat(tmp_path, "strict") as seat:
        seat.sit()
        assert refusal(seat.station.send, e.HandedIn(at=seat.now())).data["why"] == "too-early"
        go(seat, 10 * MINUTE)
        seat.hand_in()
        assert refusal(seat.station.send, e.HandedIn(at=seat.now())).code == "sitting/illegal"
        assert refusal(seat.station.respond, seat.items[0], None).code == "sitting/illegal"


def test_a_session_is_not_closed_over_an_open_sitting(tmp_path: Path) -> None:
    with open_seat(tmp_path) as seat:
        seat.sit()
        assert refusal(seat.station.finish_session, seat.permit("close")).code == "sitting/open"
        seat.respond(0, 1)
        seat.hand_in()
        seat.station.finish_session(seat.permit("close"))


@pytest.mark.parametrize("ending", ["collected", "voided"])
def test_an_invigilator_ends_a_sitting_in_any_phase(tmp_path: Path, ending: str) -> None:
    with open_seat(tmp_path) as seat:
        seat.identify()
        event = e.Collected if ending == "collected" else e.Voided
        seat.station.send(event(at=seat.now(), act=seat.act()))
        seat.until_stage(Stage.RECEIPT)
        assert seat.station.sitting.phase is (Phase.COLLECTED if ending == "collected" else Phase.VOID)


def test_a_mistake_of_the_program_covers_the_item_and_stops_the_time(tmp_path: Path) -> None:
    with open_seat(tmp_path) as seat:
        seat.station.fail("ZeroDivisionError")
        seat.sit()
        go(seat, MINUTE)
        before = left(seat)
        seat.station.fail("ZeroDivisionError 𬭚")
        assert seat.at(Stage.SUSPENDED)
        go(seat, MINUTE)
        assert left(seat) == before
        assert kinds(seat) == [IncidentKind.PROGRAM_FAULT]
        seat.resume()
        assert seat.at(Stage.EXAM)


def test_hostile_events_change_nothing(tmp_path: Path) -> None:
    with open_seat(tmp_path) as seat:
        seat.sit()
        seat.respond(0, 2)
        before = seat.station.sitting
        first = before.opened.form.items[0]
        at = seat.now()
        hostile: list[e.Event] = [
            e.Responded(at=at, item=ItemId("不在卷上"), response=None),
            e.Responded(at=at, item=first.item, response=e.Chosen(options=())),
            e.Responded(at=at, item=first.item, response=e.Chosen(options=first.options[:1] * 2)),
            e.Responded(at=at, item=first.item, response=e.Entered(text="文字 𬭚")),
            e.Responded(at=at, item=numeric(seat), response=e.Entered(text="9" * 201)),
            e.Responded(at=at, item=numeric(seat), response=e.Entered(text="\udc00")),
            e.Viewed(at=at, item=ItemId("")),
            e.Tick(at=at, used=Millis(1)),
            e.TimeExpired(at=at, in_progress=None),
            e.Started(at=at, late=Millis(0)),
            e.Resumed(at=at, act=seat.act()),
            e.Suspended(at=at, cause=e.SuspendCause.INVIGILATOR, act=None),
            e.IncidentRecorded(at=at, kind=IncidentKind.NOTE, detail="", act=seat.act("字" * 1_001)),
            replace(before.opened, at=at),
            e.HandedIn(at=replace(at, mono=Millis(at.mono - 1))),
        ]
        for event in hostile:
            assert refusal(seat.station.send, event).code == "sitting/illegal", event
        assert seat.station.sitting == before
        seat.hand_in()


def test_a_damaged_item_is_shown_as_damaged_and_recorded_once(tmp_path: Path) -> None:
    with open_seat(tmp_path) as seat:
        seat.sit()
        (path,) = seat.home.opened.glob("*/bank-*.db")
        path.write_bytes(bytes(path.stat().st_size))
        hit = [item for item in seat.items if shown_damaged(seat, item)]
        assert hit
        assert kinds(seat).count(IncidentKind.ITEM_DAMAGED) == len(hit)
        seat.respond(0, 1)
        seat.hand_in()


def shown_damaged(seat: SeatAtWork, item: ItemId) -> bool:
    seat.station.view_item(item)
    return [seat.station.view().item_damaged for _ in range(3)] == [True] * 3
