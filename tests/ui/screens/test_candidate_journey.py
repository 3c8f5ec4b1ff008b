"""A candidate goes from sign-in to the receipt with the keyboard alone, at the real window of a real seat."""

from collections.abc import Callable, Iterator
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QWidget

from kiosk.capture import protocol as p
from kiosk.exam.vocabulary import Language
from kiosk.station.view import Stage
from kiosk.ui.bridge import Overlay
from kiosk.ui.theme.look import Look
from kiosk.ui.theme.tokens import Theme
from tests.support.ui import settle, unnamed
from tests.ui.screens.candidate import Candidate, candidate

KEY = Qt.Key


def tab_to(sitter: Candidate, name: str) -> None:
    """Press Tab until a part has the focus."""
    for _ in range(60):
        if sitter.focus.objectName() == name:
            return
        sitter.key(KEY.Key_Tab)
    raise AssertionError(name)


def show_card(sitter: Candidate) -> None:
    """What the gate's screen does once card and PIN are right."""
    secret = sitter.seat.world.card
    assert sitter.over(Overlay.GATE)
    assert sitter.bridge.pass_gate(secret.card.to_text(), secret.pin) is None


def identified(sitter: Candidate) -> None:
    """From sign-in to the briefing, by keys."""
    sitter.type("".join(chr(ord(figure) + 0xFEE0) for figure in sitter.seat.number))
    assert sitter.part("admission-editor").property("text") == "2026 1104 0041"
    sitter.key(KEY.Key_Return)
    assert sitter.at(Stage.CONFIRM)
    sitter.key(KEY.Key_Return)
    assert sitter.at(Stage.IDENTITY)
    for _ in range(4):
        sitter.key(KEY.Key_Space)
        sitter.key(KEY.Key_Tab)
    tab_to(sitter, "identity-confirm")
    sitter.key(KEY.Key_Return)
    show_card(sitter)
    assert sitter.at(Stage.BRIEFING)


def test_the_keyboard_alone_is_enough(tmp_path: Path) -> None:
    with candidate(tmp_path) as sitter:
        identified(sitter)
        sitter.key(KEY.Key_Space)
        tab_to(sitter, "agree")
        sitter.key(KEY.Key_Return)
        assert sitter.at(Stage.PRACTICE)
        sitter.key(KEY.Key_B)
        assert sitter.words("verdict").startswith("对。")
        sitter.key(KEY.Key_PageDown)
        for letter in "abd":
            sitter.type(letter)
        assert sitter.words("verdict").startswith("对。")
        tab_to(sitter, "practice-done")
        sitter.key(KEY.Key_Return)
        assert sitter.at(Stage.WAITING)
        sitter.type(sitter.seat.start_code())
        sitter.key(KEY.Key_Return)
        assert sitter.at(Stage.EXAM)
        sitter.key(KEY.Key_A)
        sitter.saved()
        tab_to(sitter, "review")
        sitter.key(KEY.Key_Return)
        assert sitter.over(Overlay.REVIEW)
        tab_to(sitter, "hand-in")
        sitter.key(KEY.Key_Return)
        assert sitter.focus.objectName() == "go-back"
        tab_to(sitter, "hand-in")
        sitter.key(KEY.Key_Return)
        sitter.until(Stage.RECEIPT)
        assert sitter.view.receipt is not None
        assert sitter.view.receipt.answered == 1


def test_a_refused_number_stays_to_be_corrected(tmp_path: Path) -> None:
    with candidate(tmp_path) as sitter:
        sitter.type("20261104 9999")
        sitter.key(KEY.Key_Return)
        assert sitter.at(Stage.SIGN_IN)
        assert sitter.has("sign-in-refused")
        assert "roster/unknown" in sitter.words("sign-in-refused")
        assert sitter.part("admission-editor").property("text") == "2026 1104 9999"
        sitter.type(sitter.seat.number)
        assert not sitter.has("sign-in-refused")
        sitter.key(KEY.Key_Return)
        assert sitter.at(Stage.CONFIRM)


def test_another_seat_is_named(tmp_path: Path) -> None:
    with candidate(tmp_path) as sitter:
        sitter.type("202611040042")
        sitter.key(KEY.Key_Return)
        assert "A-02" in sitter.words("sign-in-refused")


def test_not_me_begins_anew(tmp_path: Path) -> None:
    with candidate(tmp_path) as sitter:
        sitter.type(sitter.seat.number)
        sitter.key(KEY.Key_Return)
        sitter.press("not-me")
        assert sitter.at(Stage.SIGN_IN)
        assert not sitter.part("admission-editor").property("text")
        assert sitter.focus.objectName() == "admission-editor"


def test_the_live_picture_is_asked_for_only_while_it_is_needed(tmp_path: Path) -> None:
    with candidate(tmp_path) as sitter:

        def previews() -> list[int]:
            return [command.fps for command in sitter.seat.link.commands if isinstance(command, p.Preview)]

        assert not any(previews())
        sitter.type(sitter.seat.number)
        sitter.key(KEY.Key_Return)
        assert not any(previews())
        sitter.key(KEY.Key_Return)
        assert previews()[-1] == 5
        sitter.bridge.open_panel()
        assert previews()[-1] == 0
        sitter.bridge.close_overlay()
        assert previews()[-1] == 5
        sitter.seat.station.identify(sitter.seat.permit("identify"))
        sitter.bridge.pump()
        assert previews()[-1] == 0


def test_a_person_is_confirmed_only_with_every_point_ticked(tmp_path: Path) -> None:
    with candidate(tmp_path) as sitter:
        sitter.type(sitter.seat.number)
        sitter.key(KEY.Key_Return)
        sitter.key(KEY.Key_Return)
        for name in ("face", "name", "tail"):
            sitter.press(f"check-{name}")
        confirm = sitter.part("identity-confirm")
        assert not confirm.isEnabled()
        assert sitter.words("identity-row-reason") == "还需要：核对 1 项"
        sitter.press("check-things")
        assert confirm.isEnabled()
        sitter.press("identity-refuse")
        gate = sitter.bridge.shown.face.gate
        assert gate is not None
        assert gate.purpose == "panel"
        sitter.bridge.close_overlay()
        assert sitter.part("identity-confirm").isEnabled(), "the ticks are still there"


def test_going_on_needs_consent(tmp_path: Path) -> None:
    with candidate(tmp_path) as sitter:
        identified(sitter)
        assert not sitter.part("agree").isEnabled()
        assert "勾选同意" in sitter.words("briefing-row-reason")
        sitter.press("consent")
        sitter.press("agree")
        assert sitter.at(Stage.PRACTICE)
        assert sitter.view.sitting is not None
        assert sitter.view.sitting.consented is not None


def test_a_wrong_start_code_counts_down_and_starts_nothing(tmp_path: Path) -> None:
    with candidate(tmp_path) as sitter:
        sitter.seat.wait()
        sitter.bridge.pump()
        right = sitter.seat.start_code()
        wrong = f"{(int(right) + 1) % 1_000_000:06}"
        sitter.type(wrong)
        sitter.key(KEY.Key_Return)
        assert sitter.at(Stage.WAITING)
        assert "unlock/wrong-start-code" in sitter.words("start-refused")
        assert sitter.words("start-row-reason") == "1 秒后可以再试"
        assert not sitter.part("start").isEnabled()
        sitter.go(1_000)
        sitter.type(right)
        assert sitter.part("start").isEnabled()
        sitter.press("start")
        assert sitter.at(Stage.EXAM)


def test_a_missing_camera_stops_the_start_where_the_round_asks_for_one(tmp_path: Path) -> None:
    with candidate(tmp_path, "strict", with_link=False) as sitter:
        sitter.seat.wait()
        sitter.bridge.pump()
        sitter.type(sitter.seat.start_code())
        sitter.key(KEY.Key_Return)
        assert sitter.at(Stage.WAITING)
        assert "capture/required" in sitter.words("start-refused")


def test_the_look_chosen_at_sign_in_lasts(tmp_path: Path) -> None:
    with candidate(tmp_path) as sitter:
        chosen = Look(scale=200, theme=Theme.DARK, language=Language.EN)
        sitter.look(chosen)
        identified(sitter)
        sitter.press("consent")
        sitter.press("agree")
        assert sitter.at(Stage.PRACTICE)
        assert sitter.bridge.shown.face.look == chosen
        sitting = sitter.view.sitting
        assert sitting is not None
        assert sitting.display is not None
        assert (sitting.display.scale, sitting.language) == (200, Language.EN)


def test_the_receipt_asks_for_nothing(tmp_path: Path) -> None:
    with candidate(tmp_path) as sitter:
        sitter.seat.sit()
        sitter.seat.hand_in()
        sitter.bridge.pump()
        assert sitter.at(Stage.RECEIPT)
        buttons = [part for part in sitter.screen.findChildren(QAbstractButton) if part.isVisibleTo(sitter.screen)]
        bar = sitter.part("top-bar")
        assert buttons
        assert all(bar.isAncestorOf(button) for button in buttons)
        receipt = sitter.view.receipt
        assert receipt is not None
        assert sitter.part("receipt-code").property("text") == receipt.code


STAGES = ("sign-in", "confirm", "identity", "briefing", "practice", "waiting", "exam", "review", "receipt")


def played(sitter: Candidate) -> Iterator[str]:
    """Play through the station from screen to screen."""
    station, seat = sitter.seat.station, sitter.seat
    steps: dict[str, Callable[[], object]] = {
        "sign-in": sitter.bridge.pump,
        "confirm": lambda: station.sign_in(seat.number),
        "identity": station.confirm_person,
        "briefing": lambda: station.identify(seat.permit("identify")),
        "practice": lambda: station.brief(sitter.bridge.shown.face.look.language),
        "waiting": station.ready,
        "exam": lambda: station.start(seat.start_code()),
        "review": lambda: sitter.bridge.open_overlay(Overlay.REVIEW),
        "receipt": seat.hand_in,
    }
    for name, act in steps.items():
        act()
        sitter.bridge.pump()
        settle()
        yield name


def test_whatever_takes_the_focus_has_a_name(tmp_path: Path) -> None:
    with candidate(tmp_path) as sitter:
        found = {stage: unnamed(sitter.window) for stage in played(sitter)}
    assert found == {stage: [] for stage in STAGES}


def test_the_language_changes_on_every_screen_and_back(tmp_path: Path) -> None:
    with candidate(tmp_path) as sitter:
        for stage in played(sitter):
            chinese = spoken(sitter)
            sitter.press("language-en")
            english = spoken(sitter)
            assert english != chinese
            left = {word for word in english if any("\u4e00" <= sign <= "\u9fff" for sign in word)}
            assert left <= KEPT, stage
            sitter.press("language-zh-CN")
            assert spoken(sitter) == chinese, stage


KEPT = {
    "中文",
    "张示例",
    "示例冶炼分厂",
    "张示例  |  2026 1104 0041",
    "张示例  |  Seat A-01",
    "请输入准考证号",
    "请核对你的信息",
    "请看摄像头，监考员正在核验身份",
    "已交卷，作答已封存",
    "Roster photo of 张示例",
    "Live picture of 张示例",
    "Name: 张示例",
    "Employer: 示例冶炼分厂",
    "Candidate: 张示例  |  2026 1104 0041",
}
"""Names, and the second line of sign-in and receipt."""


def spoken(sitter: Candidate) -> list[str]:
    """Every word that stands on the screen or is read aloud."""
    words = []
    for part in sitter.screen.findChildren(QWidget):
        if part.isVisibleTo(sitter.screen):
            words += [part.accessibleName(), str(part.property("text") or "")]
    return [word for word in words if word]


def test_a_fold_of_tools_opens_and_gives_the_focus_back(tmp_path: Path) -> None:
    with candidate(tmp_path, look=Look(scale=300)) as sitter:
        sitter.press("tools-fold")
        assert sitter.has("tools-page")
        sitter.press("page-language-en")
        assert sitter.bridge.shown.face.look.language is Language.EN
        sitter.key(KEY.Key_Escape)
        assert not sitter.has("tools-page")
