"""Unlocking at the real window: by camera and by keys, slips, wrong codes, wrong PINs, foreign cards, the stick."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from kiosk.crypto.card import new_card
from kiosk.exam import session as s
from kiosk.exam.session import CodeRefused, SessionPhase
from kiosk.exam.vocabulary import MINUTE
from kiosk.formats.codec import decode_session_event
from kiosk.formats.journal import is_epoch
from kiosk.station.view import Stage
from kiosk.ui.i18n import Language
from tests.ui.screens.candidate import SMALL
from tests.ui.screens.staff import Invigilator, at_locked

WRONG = "000011" * 4
FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")


def session_events(who: Invigilator) -> list[s.SessionEvent]:
    """What the session's journal holds."""
    records = who.seat.station.desk.log.records()
    return [decode_session_event(record.body) for record in records if not is_epoch(record)]


def unlock(who: Invigilator) -> None:
    """Press, and wait for what comes."""
    who.press("unlock-act")
    who.wait_idle()


def test_card_pin_and_code_unlock_and_leave_a_file_on_the_stick(tmp_path: Path) -> None:
    with at_locked(tmp_path) as who:
        who.press("lock-act")
        assert who.screen.objectName() == "unlock"
        who.type(who.code())
        who.show_card()
        assert who.enabled("unlock-act")
        unlock(who)
        who.wait_until_shown("sign-in")
        assert who.view.stage is Stage.SIGN_IN
        assert who.view.now.room == who.view.now.wall
        assert [path.suffix for path in who.seat.world.stick.glob("*.kunlock")] == [".kunlock"]


def test_keys_alone_are_enough(tmp_path: Path) -> None:
    """Enter on the lock, eight groups, PIN, four groups, Enter."""
    with at_locked(tmp_path, camera=False, sticks=False) as who:
        who.key(Qt.Key.Key_Return)
        assert who.screen.objectName() == "unlock"
        assert who.focus.objectName() == "unlock-card-groups-1"
        who.type_card()
        assert who.focus.objectName() == "unlock-slot-1-pin"
        who.type(who.card().pin)
        assert who.focus.objectName() == "unlock-code-1"
        who.insert(who.code().translate(FULL_WIDTH))
        who.key(Qt.Key.Key_Return)
        who.wait_until_shown("sign-in")


def test_escape_goes_back_and_forgets(tmp_path: Path) -> None:
    with at_locked(tmp_path) as who:
        who.press("lock-act")
        who.type("123")
        who.show_card()
        who.key(Qt.Key.Key_Escape)
        assert who.screen.objectName() == "lock"
        assert who.focus.objectName() == "lock-act"
        who.press("lock-act")
        assert who.words("unlock-title") == "解锁题库，还差 1 张监考卡和 4 组数字"


def test_the_title_says_what_is_missing_and_the_button_why(tmp_path: Path) -> None:
    with at_locked(tmp_path) as who:
        who.press("lock-act")
        assert who.words("unlock-why") == "还需要：出示监考卡、输完第 1 至 4 组"
        who.type(who.code()[:6])
        assert who.words("unlock-title") == "解锁题库，还差 1 张监考卡和 3 组数字"
        who.hold(who.card().card.to_text())
        assert who.focus.objectName() == "unlock-code-2", "the caret was taken away in the middle of the code"
        assert who.words("unlock-title") == "解锁题库，还差 PIN 和 3 组数字"
        assert not who.enabled("unlock-act")
        who.look(who.bridge.shown.face.look.__class__(language=Language.EN))
        assert who.words("unlock-title") == "To unlock: PIN and 3 groups of digits to go"


def test_a_slip_is_pointed_at_and_costs_nothing(tmp_path: Path) -> None:
    with at_locked(tmp_path) as who:
        who.press("lock-act")
        code = who.code()
        slip = code[:12] + str((int(code[12]) + 1) % 10) + code[13:]
        who.type(slip)
        assert who.words("unlock-banner").startswith("第 3 组有数字输错")
        who.press("unlock-banner-action")
        assert who.focus.objectName() == "unlock-code-3"
        who.type(code[12:18])
        assert not who.has("unlock-banner")
        assert not [event for event in session_events(who) if isinstance(event, CodeRefused)]
        assert who.seat.station.desk.wait() == 0


def test_a_wrong_code_waits_and_counts_down(tmp_path: Path) -> None:
    with at_locked(tmp_path) as who:
        who.press("lock-act")
        who.type(WRONG)
        who.show_card()
        unlock(who)
        assert who.view.stage is Stage.LOCKED
        assert who.words("unlock-banner").startswith("启封码与本考场本场次不符。")
        assert "unlock/wrong-code" in who.words("unlock-banner")
        assert who.words("unlock-title") == "启封码不符，1 秒后可以再试"
        assert not who.enabled("unlock-act")
        who.go(1_000)
        assert who.enabled("unlock-act")
        unlock(who)
        assert who.words("unlock-title") == "启封码不符，2 秒后可以再试"
        who.go(2_000)
        who.screen._code.clear()  # type: ignore[attr-defined]
        who.screen._code.go_to(1)  # type: ignore[attr-defined]
        who.type(who.code())
        assert not who.has("unlock-banner")
        unlock(who)
        who.wait_until_shown("sign-in")
        assert sum(isinstance(event, CodeRefused) for event in session_events(who)) == 2


def test_five_wrong_pins_block_the_card_until_another_acts(tmp_path: Path) -> None:
    with at_locked(tmp_path) as who:
        who.press("lock-act")
        who.type(who.code())
        who.hold(who.card().card.to_text())
        for left in (4, 3, 2, 1):
            who.type("000000")
            unlock(who)
            assert f"还可以试 {left} 次" in who.words("unlock-card-banner")
            assert who.focus.objectName() == "unlock-slot-1-pin"
        who.type("000000")
        unlock(who)
        assert "此卡在本机已停用" in who.words("unlock-card-banner")
        who.press("unlock-other-card")
        who.hold(who.card().card.to_text())
        assert who.words("unlock-card-banner").startswith("这张监考卡在本机输错 5 次 PIN，已停用。")
        assert who.says("unlock-slot-1-holder") == "等待监考卡"
        who.show_card(1)
        unlock(who)
        who.wait_until_shown("sign-in")


@pytest.mark.parametrize("text", ["https://example.org", "KC1:nobody", "考生 𬭚 ０７"])
def test_what_is_no_card_is_refused_and_the_camera_goes_on(text: str, tmp_path: Path) -> None:
    with at_locked(tmp_path) as who:
        who.press("lock-act")
        who.hold(text)
        assert "unlock/" in who.words("unlock-card-banner")
        who.hold(who.card().card.to_text())
        assert not who.has("unlock-card-banner")
        assert who.says("unlock-slot-1-holder") == "示例监考甲"


def test_a_card_of_another_room_is_refused(tmp_path: Path) -> None:
    with at_locked(tmp_path) as who:
        who.press("lock-act")
        who.hold(new_card(who.card().card.id).to_text())
        assert who.words("unlock-card-banner").startswith("这张监考卡不属于本考场本场次。")


def test_a_reserve_card_says_that_it_is_one(tmp_path: Path) -> None:
    with at_locked(tmp_path) as who:
        who.press("lock-act")
        who.hold(who.card(2).card.to_text())
        assert who.says("unlock-slot-1-holder") == "备用卡一（备用卡）"


def test_two_cards_where_the_round_asks_for_two(tmp_path: Path) -> None:
    with at_locked(tmp_path, "strict") as who:
        who.press("lock-act")
        who.type(who.code())
        who.show_card()
        assert who.words("unlock-title") == "解锁题库，还差 1 张监考卡"
        who.hold(who.card().card.to_text())
        assert who.words("unlock-card-banner").startswith("这是同一张监考卡")
        who.show_card(1)
        assert who.words("unlock-cards") == "监考卡"
        unlock(who)
        who.wait_until_shown("sign-in")
        assert len(list(who.seat.world.stick.glob("*.kunlock"))) == 2


def test_the_stick_saves_the_typing(tmp_path: Path) -> None:
    with at_locked(tmp_path) as who:
        desk, stick = who.seat.station.desk, who.seat.world.stick
        release = desk.keys.release_share(who.seat.world.release_code)
        desk.keys.write_unlock_file(stick, release, who.card().card)
        who.press("lock-act")
        assert who.words("unlock-stick").startswith("U 盘上找到本场的解锁文件")
        assert not who.has("unlock-code-1")
        who.show_card()
        unlock(who)
        who.wait_until_shown("sign-in")
        unlocked = [event for event in session_events(who) if isinstance(event, s.Unlocked)]
        assert [event.by for event in unlocked] == ["unlock-file"]


def test_a_card_without_a_file_on_the_stick_types_the_code(tmp_path: Path) -> None:
    with at_locked(tmp_path) as who:
        desk = who.seat.station.desk
        release = desk.keys.release_share(who.seat.world.release_code)
        desk.keys.write_unlock_file(who.seat.world.stick, release, who.card().card)
        who.press("lock-act")
        who.show_card(1)
        assert who.has("unlock-code-1")
        assert not who.has("unlock-stick")


def test_a_damaged_file_on_the_stick_is_refused_and_the_code_still_works(tmp_path: Path) -> None:
    with at_locked(tmp_path) as who:
        desk = who.seat.station.desk
        name = f"{desk.round.package_id}.{desk.session.id}.{who.card().card.id}.kunlock".lower()
        (who.seat.world.stick / name).write_bytes("解锁 𬭚".encode())
        who.press("lock-act")
        who.show_card()
        unlock(who)
        assert who.words("unlock-banner").startswith("解锁文件不完整，打不开。")
        who.press("unlock-stick-action")
        who.type(who.code())
        unlock(who)
        who.wait_until_shown("sign-in")
        assert desk.log.state.phase is SessionPhase.UNLOCKED


def test_the_clock_of_the_room_is_taken_as_it_was_set(tmp_path: Path) -> None:
    with at_locked(tmp_path) as who:
        who.press("lock-act")
        who.type(who.code())
        who.show_card()
        for _ in range(3):
            who.press("unlock-clock-of-room-more")
        who.press("unlock-clock-of-room-less")
        assert "快 2 分钟" in who.words("unlock-clock-of-room-words")
        unlock(who)
        who.wait_until_shown("sign-in")
        room = who.view.now.room
        assert room is not None
        assert room - who.view.now.wall == 2 * MINUTE


def test_a_stick_that_takes_no_file_does_not_keep_the_seat_locked(tmp_path: Path) -> None:
    with at_locked(tmp_path) as who:
        desk = who.seat.station.desk
        name = f"{desk.round.package_id}.{desk.session.id}.{who.card().card.id}.kunlock.part".lower()
        (who.seat.world.stick / name).mkdir()
        who.press("lock-act")
        who.type(who.code())
        who.show_card()
        unlock(who)
        who.wait_until_shown("sign-in")
        assert who.view.now.room is not None


def test_a_small_window_keeps_the_button_in_sight(tmp_path: Path) -> None:
    with at_locked(tmp_path) as who:
        who.press("lock-act")
        assert not who.has("unlock-foot")
        who.window.resize(SMALL)
        who.go(1)
        assert who.has("unlock-foot")
        assert who.part("unlock-foot").isAncestorOf(who.part("unlock-act"))


def test_it_says_that_it_takes_a_second_before_it_begins(tmp_path: Path) -> None:
    with at_locked(tmp_path) as who:
        who.press("lock-act")
        who.type(who.code())
        who.show_card()
        screen = who.screen
        screen._press()  # type: ignore[attr-defined]
        assert who.words("unlock-title") == "正在解锁，约 1 秒"
        assert not who.enabled("unlock-act")
        who.wait_until_shown("sign-in")
