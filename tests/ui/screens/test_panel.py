"""The panel: every act through the real window, into the real journal; what it refuses and what it hides."""

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QLabel

from kiosk.capture import protocol as p
from kiosk.exam.incident import IncidentKind
from kiosk.exam.sitting import Phase
from kiosk.exam.vocabulary import MINUTE, ReasonCode
from kiosk.station.view import Stage
from kiosk.ui.i18n import Language
from kiosk.ui.present.panel import Deed
from kiosk.ui.screens.act_form import Decided
from kiosk.ui.screens.panel import PanelScreen
from kiosk.ui.screens.start_code import StartCode
from tests.ui.screens.candidate import SMALL
from tests.ui.screens.staff import Invigilator, at_locked, at_open

NOTE = "键盘失灵 ０７ 𬭚"


def form(who: Invigilator) -> None:
    """Choose a reason and write a note, with keys."""
    who.part("act-reason").setFocus()
    who.key(Qt.Key.Key_Home)
    who.key(Qt.Key.Key_Down)
    who.part("act-note-editor").setFocus()
    who.screen._form._note.set_value("")  # type: ignore[attr-defined]
    who.part("act-note-editor").insertPlainText(NOTE)  # type: ignore[attr-defined]
    who.go(1)


def acts(who: Invigilator) -> set[str]:
    """The acts that are offered."""
    assert isinstance(who.screen, PanelScreen)
    return {deed.value for deed, button in who.screen._acts.items() if button.isVisibleTo(who.screen)}


class TestOpening:
    def test_it_stops_the_time_and_covers_the_item(self, tmp_path: Path) -> None:
        with at_open(tmp_path) as who:
            who.open_panel()
            assert who.screen.objectName() == "panel"
            assert who.view.stage is Stage.SUSPENDED
            assert who.view.item is None
            left = who.view.sitting.ledger.remaining(who.view.now)  # type: ignore[union-attr]
            who.go(60_000)
            assert who.view.sitting.ledger.remaining(who.view.now) == left  # type: ignore[union-attr]
            assert who.words("panel-title") == "A-01 已暂停，题目已遮盖"

    def test_it_shows_who_sits_here(self, tmp_path: Path) -> None:
        with at_open(tmp_path) as who:
            who.seat.respond(0, 3)
            who.open_panel()
            assert who.words("panel-candidate-name") == "张示例"
            assert who.says("panel-candidate-number") == "2026 1104 0041"
            assert who.says("panel-candidate-identity") == "身份已核验"
            facts = [part.accessibleName() for part in who.part("panel-candidate-facts").findChildren(QLabel)]
            assert "进度: 已答 3 / 40" in facts
            photo = who.part("panel-candidate-photo")
            assert isinstance(photo.image, QImage)  # type: ignore[attr-defined]

    def test_closing_leaves_the_seat_suspended(self, tmp_path: Path) -> None:
        with at_open(tmp_path) as who:
            who.open_panel()
            who.key(Qt.Key.Key_Escape)
            assert who.screen.objectName() == "lock"
            assert who.view.stage is Stage.SUSPENDED
            assert who.bridge.shown.face.permit is None, "a permit does not outlive the panel"

    def test_before_the_start_it_offers_what_fits(self, tmp_path: Path) -> None:
        with at_open(tmp_path, sitting=False) as who:
            who.open_panel()
            assert acts(who) == {"start-code", "close", "finish"}
            code = who.part("start-code")
            assert isinstance(code, StartCode)
            assert code.accessibleName().replace(" ", "") == who.seat.start_code()

    def test_a_locked_seat_offers_to_close_the_session(self, tmp_path: Path) -> None:
        with at_locked(tmp_path) as who:
            who.press("lock-more")
            who.pass_gate()
            assert acts(who) == {"close", "finish"}


class TestActs:
    def test_resume(self, tmp_path: Path) -> None:
        with at_open(tmp_path) as who:
            who.open_panel()
            assert who.screen._form._reason.current == "staff-check"  # type: ignore[attr-defined]
            who.press("act-confirm")
            assert who.view.stage is Stage.EXAM
            assert who.screen.objectName() == "exam"

    def test_credit(self, tmp_path: Path) -> None:
        with at_open(tmp_path) as who:
            who.open_panel()
            before = who.seat.station.sitting.ledger.allowance
            who.press("panel-credit")
            assert not who.enabled("act-confirm")
            assert who.words("act-why") == "还需要：选择原因"
            who.press("act-credit-minutes-more")
            form(who)
            who.press("act-confirm")
            ledger = who.seat.station.sitting.ledger
            assert ledger.allowance - before == 6 * MINUTE
            assert ledger.credits[-1].card == who.card().card.id
            assert who.words("act-banner") == "已补时 6 分钟"
            assert who.screen._form._note.value == ""  # type: ignore[attr-defined]

    def test_a_credit_stops_at_the_rounds_bound(self, tmp_path: Path) -> None:
        with at_open(tmp_path) as who:
            who.open_panel()
            who.press("panel-credit")
            for _ in range(10):
                who.press("act-credit-minutes-more")
            assert not who.enabled("act-credit-minutes-more")
            assert who.says("act-credit-minutes-value") == "15 分钟"

    def test_incident(self, tmp_path: Path) -> None:
        with at_open(tmp_path) as who:
            who.open_panel()
            who.press("panel-incident")
            form(who)
            who.press("act-confirm")
            incident = who.seat.station.sitting.incidents[-1]
            assert incident.kind is IncidentKind.NOTE
            assert incident.act is not None
            assert (incident.act.card, incident.act.note) == (who.card().card.id, NOTE)
            rows = who.part("panel-records").findChildren(QLabel)
            assert any(NOTE in row.accessibleName() for row in rows)

    def test_another_reason_wants_a_note(self, tmp_path: Path) -> None:
        with at_open(tmp_path) as who:
            who.open_panel()
            who.press("panel-incident")
            who.part("act-reason").setFocus()
            who.key(Qt.Key.Key_End)
            assert who.words("act-why") == "还需要：写明情况"
            assert not who.enabled("act-confirm")

    def test_void_takes_two_steps_and_names_the_effect(self, tmp_path: Path) -> None:
        with at_open(tmp_path) as who:
            who.open_panel()
            who.press("panel-void")
            form(who)
            who.press("act-confirm")
            assert who.view.stage is Stage.SUSPENDED, "the first step does nothing"
            assert who.words("act-confirm") == "作废 A-01 的考试"
            assert who.words("act-effect").startswith("作废后不能恢复")
            who.press("act-cancel")
            assert not who.has("act-effect")
            who.press("act-confirm")
            who.press("act-confirm")
            assert who.view.sitting.phase is Phase.VOID  # type: ignore[union-attr]
            who.until(Stage.RECEIPT)
            assert who.words("panel-title") == "A-01 已作废"

    def test_forced_collection(self, tmp_path: Path) -> None:
        with at_open(tmp_path) as who:
            who.open_panel()
            who.press("panel-collect")
            form(who)
            who.press("act-confirm")
            who.press("act-confirm")
            who.until(Stage.RECEIPT)
            assert who.view.sitting.phase is Phase.COLLECTED  # type: ignore[union-attr]
            assert "export" in acts(who)

    def test_closing_needs_the_export_first(self, tmp_path: Path) -> None:
        with at_open(tmp_path) as who:
            who.seat.respond(0, 2)
            who.seat.hand_in()
            who.until(Stage.RECEIPT)
            who.seat.until(lambda: who.seat.station.view().evidence_ready)
            who.open_panel()
            assert not who.enabled("panel-close")
            assert "先导出成绩包" in who.words("panel-whys")
            who.seat.station.export(who.seat.world.stick, lambda *_: None)
            who.go(1)
            who.press("panel-close")
            who.press("act-confirm")
            who.press("act-confirm")
            assert who.view.stage is Stage.CLOSED
            assert who.screen.objectName() == "lock"

    def test_ending_the_program_in_a_rehearsal(self, tmp_path: Path) -> None:
        with at_open(tmp_path, sitting=False) as who:
            who.open_panel()
            who.press("panel-finish")
            who.press("act-confirm")
            assert who.finished == 1

    def test_a_refusal_of_the_sitting_is_shown(self, tmp_path: Path) -> None:
        with at_open(tmp_path) as who:
            who.open_panel()
            who.press("panel-credit")
            form(who)
            decided = Decided(deed=Deed.CREDIT, reason=ReasonCode("no-such-reason"), note="", minutes=5)
            who.screen._form.decided.emit(decided)  # type: ignore[attr-defined]
            assert "sitting/illegal" in who.words("act-banner")
            assert not who.seat.station.sitting.ledger.credits


class TestCamera:
    def test_two_cards_start_without_a_camera(self, tmp_path: Path) -> None:
        with at_open(tmp_path, "strict", sitting=False) as who:
            _wait_without_camera(who)
            who.open_panel()
            who.press("panel-waive")
            form(who)
            who.press("act-confirm")
            assert who.screen.objectName() == "gate"
            who.type_card_at_gate(1)
            assert who.words("act-banner") == "已准许不录像开考"
            incident = who.seat.station.sitting.incidents[-1]
            assert incident.kind is IncidentKind.CAMERA_ABSENT
            assert all(who.card(which).card.id in incident.detail for which in (0, 1))
            who.seat.station.start(who.seat.start_code())
            assert who.seat.stage is Stage.EXAM

    def test_the_same_card_twice_is_not_two(self, tmp_path: Path) -> None:
        with at_open(tmp_path, "strict", sitting=False) as who:
            _wait_without_camera(who)
            who.open_panel()
            who.press("panel-waive")
            form(who)
            who.press("act-confirm")
            who.type_card_at_gate(0)
            assert who.words("act-banner").startswith("还是同一张监考卡")
            kinds = [incident.kind for incident in who.seat.station.sitting.incidents]
            assert IncidentKind.CAMERA_ABSENT not in kinds


class TestSmall:
    def test_the_act_takes_the_place_of_the_sheet(self, tmp_path: Path) -> None:
        with at_open(tmp_path, size=SMALL) as who:
            who.open_panel()
            assert who.has("panel-title")
            assert not who.has("act-confirm")
            who.press("panel-credit")
            assert who.has("act-confirm")
            assert not who.has("panel-title")
            who.key(Qt.Key.Key_Escape)
            assert who.has("panel-title")
            assert who.focus.objectName() == "panel-credit"
            assert who.screen.objectName() == "panel"

    def test_large_type_shows_the_reasons_as_rows(self, tmp_path: Path) -> None:
        with at_open(tmp_path, size=SMALL) as who:
            who.open_panel()
            who.look(replace(who.bridge.shown.face.look, scale=300, language=Language.EN))
            who.press("panel-incident")
            assert not who.has("act-reason")
            who.key(Qt.Key.Key_Return)
            assert who.screen._form._reason.current == "env-power"  # type: ignore[attr-defined]


def test_the_language_changes_the_whole_panel(tmp_path: Path) -> None:
    with at_open(tmp_path) as who:
        who.open_panel()
        who.press("panel-credit")
        form(who)
        reason = who.screen._form._reason.current  # type: ignore[attr-defined]
        who.press("panel-language-en")
        assert who.words("panel-title") == "A-01 is suspended. The question is covered."
        assert who.words("act-title") == "Time credit"
        assert who.screen._form._reason.current == reason  # type: ignore[attr-defined]
        assert who.screen._form._note.value == NOTE  # type: ignore[attr-defined]


def test_the_live_picture_ends_with_the_panel(tmp_path: Path) -> None:
    with at_open(tmp_path) as who:
        who.open_panel()
        previews = [command.fps for command in who.seat.link.commands if isinstance(command, p.Preview)]
        assert previews[-1] == 4
        who.key(Qt.Key.Key_Escape)
        previews = [command.fps for command in who.seat.link.commands if isinstance(command, p.Preview)]
        assert previews[-1] == 0


def _wait_without_camera(who: Invigilator) -> None:
    who.seat.wait()
    who.seat.link.report(p.Lost(part=p.Part.CAMERA, cause="unplugged"))
    who.go(40)
