"""What the recorder reports becomes events of the sitting; what it should do follows from the sitting's duties."""

from dataclasses import replace
from pathlib import Path

import pytest

from kiosk.capture import protocol as p
from kiosk.errors import KioskError
from kiosk.exam import events as e
from kiosk.exam.incident import IncidentKind
from kiosk.exam.vocabulary import Millis, SittingId
from kiosk.station.view import Camera, Stage
from tests.station.test_session_desk import session_events
from tests.support.worlds import SeatAtWork, open_seat


def incidents(seat: SeatAtWork) -> list[tuple[IncidentKind, str]]:
    return [(one.kind, one.detail) for one in seat.station.sitting.incidents]


def told(seat: SeatAtWork, kind: type[p.Command]) -> list[p.Command]:
    return [command for command in seat.link.commands if isinstance(command, kind)]


def test_recording_begins_with_consent_and_ends_with_the_sitting(tmp_path: Path) -> None:
    with open_seat(tmp_path) as seat:
        seat.link.hello()
        seat.station.pump()
        assert seat.station.view().camera is Camera.READY
        seat.identify()
        seat.station.pump()
        assert not told(seat, p.Record)
        seat.station.brief(seat.station.desk.round.rules.languages[0])
        seat.station.pump()
        (record,) = told(seat, p.Record)
        assert isinstance(record, p.Record)
        assert record.recipients == seat.station.desk.round.recipients
        assert (record.sitting, record.tail) == (seat.station.sitting.opened.sitting, p.Tail())
        assert seat.station.view().camera is Camera.RECORDING
        seat.station.ready()
        seat.station.start(seat.start_code())
        seat.respond(0, 3)
        seat.station.pump()
        heads = [command.head.seq for command in told(seat, p.HeadMoved) if isinstance(command, p.HeadMoved)]
        assert heads == sorted(set(heads))
        assert heads
        seat.hand_in()
        seat.station.pump()
        assert isinstance(seat.link.mode, p.Idle)


def test_after_a_restart_the_recorder_is_told_where_the_segments_end(tmp_path: Path) -> None:
    with open_seat(tmp_path) as seat:
        seat.sit()
        seat.film(3)
        last = seat.station.sitting.segments[-1]
        seat.restart()
        seat.come_back()
        seat.station.pump()
        (record,) = told(seat, p.Record)
        assert isinstance(record, p.Record)
        assert record.tail == p.Tail(number=3, digest=last.digest, last=last.last)


def test_every_report_finds_its_event(tmp_path: Path) -> None:
    with open_seat(tmp_path) as seat:
        seat.sit()
        sitting, at = seat.station.sitting.opened.sitting, seat.now()
        seat.link.report(p.Lost(part=p.Part.CAMERA, cause="unplugged"))
        seat.station.pump()
        assert seat.station.view().camera is Camera.LOST
        seat.respond(0, 5)
        seat.link.report(p.Back(part=p.Part.CAMERA))
        seat.link.report(
            p.Gap(sitting=sitting, cause="camera", first=at, last=replace(at, mono=Millis(at.mono + 7_000)))
        )
        seat.link.report(p.Stray(sitting=sitting, name="segment-000002.age", number=2, digest="ab" * 32, size=9))
        seat.station.pump()
        assert seat.station.view().camera is Camera.RECORDING
        assert incidents(seat) == [
            (IncidentKind.CAMERA_LOST, "camera unplugged"),
            (IncidentKind.CAMERA_BACK, "camera"),
            (IncidentKind.CAMERA_GAP, "camera 7 s"),
            (IncidentKind.CAMERA_BACK, f"unreported segment segment-000002.age {'ab' * 32}"),
        ]
        seat.film(1)
        assert [kept.name for kept in seat.station.sitting.segments] == ["segment-000001.age"]
        assert len(seat.station.sitting.responses) == 5


def test_one_part_coming_back_does_not_bring_back_another(tmp_path: Path) -> None:
    with open_seat(tmp_path) as seat:
        seat.sit()
        for part in (p.Part.RECORDER, p.Part.CAMERA, p.Part.DISK):
            seat.link.report(p.Lost(part=part, cause="died"))
        for part in (p.Part.RECORDER, p.Part.CAMERA):
            seat.link.report(p.Back(part=part))
        seat.link.hello()
        seat.station.pump()
        assert seat.station.view().camera is Camera.LOST
        seat.link.report(p.Back(part=p.Part.DISK))
        seat.station.pump()
        assert seat.station.view().camera is Camera.RECORDING


def test_a_segment_that_closing_cut_short_is_in_the_journal(tmp_path: Path) -> None:
    with open_seat(tmp_path) as seat:
        seat.sit()
        seat.film(1)
        sent, seat.link.report = seat.link.report, seat.link.last_words.append
        seat.link.keep_segment(seat.now())
        seat.link.report = sent
        seat.restart()
        seat.come_back()
        assert [kept.name[-5:] for kept in seat.station.sitting.segments] == ["1.age", "2.age"]


def test_a_camera_that_never_answers_holds_nothing_up(tmp_path: Path) -> None:
    with open_seat(tmp_path) as seat:
        seat.link.answers = False
        seat.sit()
        seat.respond(0, 2)
        seat.station.send(e.HandedIn(at=seat.now()))
        seat.station.pump()
        assert seat.at(Stage.SEALING)
        seat.clocks.go(5_000)
        seat.until_stage(Stage.RECEIPT)


def test_the_last_segment_is_waited_for(tmp_path: Path) -> None:
    with open_seat(tmp_path) as seat:
        seat.link.answers = False
        seat.sit()
        seat.station.send(e.HandedIn(at=seat.now()))
        seat.link.keep_segment(seat.now())
        seat.station.pump()
        assert isinstance(seat.link.mode, p.Idle)
        assert seat.at(Stage.SEALING)
        seat.link.report(p.Stopped(sitting=seat.station.sitting.opened.sitting, segments=1))
        seat.until_stage(Stage.RECEIPT)
        receipt = seat.station.view().receipt
        assert receipt is not None
        assert receipt.segments == 1


def test_without_a_sitting_the_camera_belongs_to_the_session(tmp_path: Path) -> None:
    with open_seat(tmp_path) as seat:
        seat.link.report(p.Lost(part=p.Part.CAMERA, cause="absent"))
        seat.station.pump()
        assert [event.kind for event in session_events(seat) if hasattr(event, "kind")] == [IncidentKind.CAMERA_LOST]
        seat.station.finish_session(seat.permit("close"))
        seat.link.report(p.Lost(part=p.Part.RECORDER, cause="died"))
        seat.station.pump()
        assert seat.at(Stage.CLOSED)


def test_reports_before_any_session_are_remembered_as_state(tmp_path: Path) -> None:
    with open_seat(tmp_path) as seat:
        seat.restart()
        seat.link.report(p.Lost(part=p.Part.CAMERA, cause="absent"))
        seat.station.pump()
        assert seat.station.view().camera is Camera.LOST


def test_a_round_that_asks_for_a_camera_does_not_start_without_a_picture(tmp_path: Path) -> None:
    with open_seat(tmp_path, "strict") as seat:
        seat.wait()
        for report in (None, p.Opening(pid=7), p.Lost(part=p.Part.CAMERA, cause="absent")):
            if report is not None:
                seat.link.report(report)
            seat.station.pump()
            with pytest.raises(KioskError) as caught:
                seat.station.start(seat.start_code())
            assert caught.value.code == "capture/required"
        one, other = seat.permit(which=0), seat.permit(which=1)
        seat.station.waive_camera(one, one, seat.act())
        with pytest.raises(KioskError):
            seat.station.start(seat.start_code())
        seat.station.waive_camera(one, other, seat.act())
        seat.station.start(seat.start_code())
        assert seat.at(Stage.EXAM)
        assert incidents(seat)[-1] == (IncidentKind.CAMERA_ABSENT, f"{one.card} {other.card}")


def test_a_round_that_asks_for_a_camera_starts_with_one(tmp_path: Path) -> None:
    with open_seat(tmp_path, "strict") as seat:
        seat.sit()


def test_a_round_without_camera_records_nothing_and_still_reads_cards(tmp_path: Path) -> None:
    with open_seat(tmp_path, "no-camera") as seat:
        seat.sit()
        seat.station.pump()
        assert not told(seat, p.Record)
        seat.station.scan(wanted=True)
        assert isinstance(seat.link.mode, p.Scan)
        seat.link.report(p.Code(text="KC1 𬭚"))
        seat.station.pump()
        assert (seat.station.code_seen(), seat.station.code_seen()) == ("KC1 𬭚", None)
        seat.station.scan(wanted=False)
        assert isinstance(seat.link.mode, p.Idle)
        seat.hand_in()


def test_scanning_interrupts_the_recording_and_the_recording_goes_on(tmp_path: Path) -> None:
    with open_seat(tmp_path) as seat:
        seat.sit()
        seat.station.scan(wanted=True)
        assert seat.station.view().camera is Camera.SCANNING
        seat.link.report(p.Viewfinder(jpeg=b"jpeg", mono=1, covered=True))
        seat.station.pump()
        assert (seat.station.recording.picture, seat.station.recording.covered) == (b"jpeg", True)
        seat.station.scan(wanted=False)
        assert seat.station.view().camera is Camera.RECORDING
        assert seat.station.recording.picture is None
        assert isinstance(seat.link.mode, p.Record)


def test_without_any_recorder_a_seat_works(tmp_path: Path) -> None:
    with open_seat(tmp_path, with_link=False) as seat:
        seat.sit()
        assert seat.station.view().camera is Camera.OFF
        seat.station.scan(wanted=True)
        seat.respond(0, 2)
        seat.hand_in()


def test_a_recorder_of_another_sitting_is_not_believed(tmp_path: Path) -> None:
    with open_seat(tmp_path) as seat:
        seat.sit()
        at = seat.now()
        seat.link.report(
            p.Segment(
                sitting=SittingId("another"),
                name="segment-000001.age",
                number=1,
                digest="ab" * 32,
                root="cd" * 32,
                pictures=1,
                size=1,
                first=at,
                last=at,
            )
        )
        seat.station.pump()
        assert seat.station.sitting.segments == ()
