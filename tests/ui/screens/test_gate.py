"""The gate: card and PIN before an act; what is refused, what goes on record, the way back."""

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Qt

from kiosk.capture import protocol as p
from kiosk.exam import session as s
from kiosk.exam.incident import IncidentKind
from kiosk.formats.codec import decode_session_event
from kiosk.formats.journal import is_epoch
from kiosk.station.view import Stage
from kiosk.ui.bridge import Overlay
from tests.ui.screens.staff import Invigilator, at_open


def gate(who: Invigilator) -> list[str]:
    """Ask for a card; the list gets the card that passed."""
    passed: list[str] = []
    who.bridge.ask_card("identify", lambda permit: passed.append(permit.card))
    assert who.screen.objectName() == "gate"
    return passed


def uses(who: Invigilator) -> list[s.SessionEvent]:
    """What the session's journal holds of cards."""
    records = who.seat.station.desk.log.records()
    events = [decode_session_event(record.body) for record in records if not is_epoch(record)]
    return [event for event in events if isinstance(event, s.CardAccepted | s.PinRefused | s.SeatIncident)]


def test_a_card_with_its_pin_passes_and_is_on_record(tmp_path: Path) -> None:
    with at_open(tmp_path, sitting=False) as who:
        passed = gate(who)
        assert who.words("gate-title") == "确认身份，请出示监考卡"
        assert not who.enabled("gate-act")
        who.show_card()
        assert who.focus.objectName() == "gate-act"
        who.key(Qt.Key.Key_Return)
        assert passed == [who.card().card.id]
        last = uses(who)[-1]
        assert isinstance(last, s.CardAccepted)
        assert last.purpose == "identify"
        assert who.screen.objectName() == "sign-in"
        assert who.bridge.shown.face.permit is None, "a permit lives as long as the panel it opened"


def test_a_typed_card_passes(tmp_path: Path) -> None:
    with at_open(tmp_path, sitting=False) as who:
        passed = gate(who)
        assert who.focus.objectName() == "gate-reader-switch"
        who.key(Qt.Key.Key_Return)
        assert who.focus.objectName() == "gate-reader-groups-1"
        who.type_card(1)
        assert who.says("gate-slot-holder") == "示例监考乙"
        who.type(who.card(1).pin)
        who.key(Qt.Key.Key_Return)
        assert passed == [who.card(1).card.id]


def test_a_slip_in_a_typed_card_is_pointed_at(tmp_path: Path) -> None:
    with at_open(tmp_path, sitting=False) as who:
        before = uses(who)
        gate(who)
        who.press("gate-reader-switch")
        groups = list(who.card().card.groups())
        groups[4] = groups[4][:5] + str((int(groups[4][5]) + 1) % 10)
        who.type("".join(groups))
        assert "这一组有输错" in who.words("gate-reader-groups-5")
        assert uses(who) == before, "a slip is not a use"


def test_a_wrong_pin_says_how_many_tries_are_left(tmp_path: Path) -> None:
    with at_open(tmp_path, sitting=False) as who:
        passed = gate(who)
        who.hold(who.card().card.to_text())
        for left in (4, 3, 2, 1):
            who.type("111111")
            who.key(Qt.Key.Key_Return)
            assert f"还可以试 {left} 次" in who.words("gate-banner")
        who.type("111111")
        who.key(Qt.Key.Key_Return)
        assert "此卡在本机已停用" in who.words("gate-banner")
        who.press("gate-other-card")
        who.hold(who.card().card.to_text())
        assert "unlock/card-blocked" in who.words("gate-banner")
        assert not passed
        assert sum(isinstance(event, s.PinRefused) for event in uses(who)) == 5


def test_escape_goes_back_and_nothing_happened(tmp_path: Path) -> None:
    with at_open(tmp_path) as who:
        who.bridge.open_panel()
        who.hold(who.card().card.to_text())
        who.type("12")
        who.key(Qt.Key.Key_Escape)
        assert who.screen.objectName() == "exam"
        assert who.view.stage is Stage.EXAM, "the exam was not stopped"
        assert who.bridge.shown.face.overlay is Overlay.NONE
        who.bridge.open_panel()
        assert who.says("gate-slot-holder") == "等待监考卡"


def test_the_camera_looks_for_a_card_only_while_the_gate_is_there(tmp_path: Path) -> None:
    with at_open(tmp_path, sitting=False) as who:
        gate(who)
        assert isinstance(who.seat.link.mode, p.Scan)
        who.key(Qt.Key.Key_Escape)
        assert isinstance(who.seat.link.mode, p.Idle)
        assert who.seat.station.recording.picture is None


def test_it_stands_as_before_after_other_looks(tmp_path: Path) -> None:
    """The window gives a look to the screen before it gives it to the screen's parts."""
    with at_open(tmp_path, sitting=False) as who:
        gate(who)
        before, plain = who.part("gate-card").width(), who.bridge.shown.face.look
        for scale in (200, 300, 100):
            who.look(replace(plain, scale=scale))
        assert who.part("gate-card").width() == before


def test_a_reserve_card_is_an_incident(tmp_path: Path) -> None:
    with at_open(tmp_path, sitting=False) as who:
        gate(who)
        who.show_card(2)
        who.key(Qt.Key.Key_Return)
        last = uses(who)[-1]
        assert isinstance(last, s.SeatIncident)
        assert last.kind is IncidentKind.RESERVE_CARD


def test_a_lost_camera_is_said_and_the_card_is_typed(tmp_path: Path) -> None:
    with at_open(tmp_path, sitting=False) as who:
        gate(who)
        who.seat.link.report(p.Lost(part=p.Part.CAMERA, cause="unplugged"))
        who.go(40)
        assert who.words("gate-reader-hint").startswith("摄像头没有画面。")
        who.key(Qt.Key.Key_Return)
        assert who.focus.objectName() == "gate-reader-groups-1"
