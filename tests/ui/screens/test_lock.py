"""The locked seat: what it says in each situation, and the one act it offers."""

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from kiosk.exam import events as e
from kiosk.station.view import Stage
from kiosk.ui.i18n import Language
from kiosk.ui.present.lock import room_code
from tests.support.ui import tab_walk
from tests.support.worlds import fresh_world
from tests.ui.screens.staff import Invigilator, at_locked, at_open


def test_a_ready_seat_shows_the_room_code(tmp_path: Path) -> None:
    with at_locked(tmp_path) as who:
        package = who.seat.station.package
        assert package is not None
        assert who.says("lock-room-code") == room_code(package.digest)
        assert who.words("lock-title") == "本机已就绪，题库未解锁"
        assert who.words("lock-other-title") == "Ready. The bank is still sealed."
        assert who.focus.objectName() == "lock-act"


def test_both_languages_at_any_moment(tmp_path: Path) -> None:
    with at_locked(tmp_path) as who:
        who.press("lock-language-en")
        assert who.words("lock-title") == "Ready. The bank is still sealed."
        assert who.words("lock-other-title") == "本机已就绪，题库未解锁"
        who.press("lock-language-zh-CN")
        assert who.words("lock-title") == "本机已就绪，题库未解锁"


def test_type_and_colours_can_be_changed(tmp_path: Path) -> None:
    with at_locked(tmp_path) as who:
        before = who.bridge.shown.face.look
        who.press("lock-type-size-larger")
        assert who.bridge.shown.face.look.scale == 125
        who.press("lock-theme")
        assert who.bridge.shown.face.look.theme is before.next_theme().theme
        who.press("lock-type-size-smaller")
        assert who.bridge.shown.face.look.scale == 100


def test_a_rehearsal_says_so(tmp_path: Path) -> None:
    with at_locked(tmp_path) as who:
        assert who.words("rehearsal-mark-words") == "演示或练习，成绩无效"


def test_every_part_is_reached_by_tab(tmp_path: Path) -> None:
    with at_locked(tmp_path) as who:
        assert {"lock-act", "lock-more", "lock-theme"} <= set(tab_walk(who.window))


class TestLoading:
    def test_a_package_is_loaded_from_the_stick(self, tmp_path: Path) -> None:
        with at_locked(tmp_path, loaded=False) as who:
            assert who.words("lock-title") == "本机还没有考试包"
            who.press("lock-act")
            assert who.view.stage is Stage.LOCKED

    def test_without_a_package_it_says_why_not(self, tmp_path: Path) -> None:
        with at_locked(tmp_path, loaded=False, sticks=False) as who:
            assert not who.enabled("lock-act")
            assert who.words("lock-why") == "U 盘上没有找到考试包（.kround）"

    def test_a_stick_that_comes_later_is_found(self, tmp_path: Path) -> None:
        with at_locked(tmp_path, loaded=False) as who:
            package = who.seat.world.made.package
            away = package.rename(tmp_path / package.name)
            who.go(2_000)
            assert not who.enabled("lock-act")
            away.rename(package)
            who.go(2_000)
            assert who.enabled("lock-act")

    @pytest.mark.parametrize(
        ("change", "code", "words"),
        [
            (lambda data: b"not a zip" + data[:10], "package/not-a-package", "这个文件不是考试包。"),
            (
                lambda data: data[:-3000] + bytes([data[-3000] ^ 1]) + data[-2999:],
                "package/damaged",
                "考试包与签名时不一致",
            ),
        ],
    )
    def test_a_bad_package_is_refused_and_left_as_it_was(
        self, change: object, code: str, words: str, tmp_path: Path
    ) -> None:
        with at_locked(tmp_path, loaded=False) as who:
            path = who.seat.world.made.package
            data = change(path.read_bytes())  # type: ignore[operator]
            path.write_bytes(data)
            who.press("lock-act")
            assert who.view.stage is Stage.NO_PACKAGE
            assert who.words("lock-title") == "考试包不能在本机使用"
            assert who.words("lock-happened").startswith(words)
            assert code in who.words("lock-detail")
            assert path.read_bytes() == data
            who.press("lock-language-en")
            assert who.words("lock-happened").startswith("Th")

    def test_a_package_of_another_world_is_refused(self, tmp_path: Path) -> None:
        foreign = fresh_world(tmp_path / "foreign", "no-camera").made.package
        with at_locked(tmp_path, loaded=False) as who:
            who.seat.world.made.package.write_bytes(foreign.read_bytes())
            who.press("lock-act")
            assert who.words("lock-happened") == "签发者不在本机信任的机构之内。"

    def test_an_expired_package_is_refused(self, tmp_path: Path) -> None:
        with at_locked(tmp_path, loaded=False) as who:
            who.go(30 * 86_400_000)
            who.press("lock-act")
            assert "/expired" in who.words("lock-detail")


class TestRestart:
    def test_a_sitting_comes_back_with_card_and_pin(self, tmp_path: Path) -> None:
        with at_open(tmp_path, restart=True) as who:
            assert who.words("lock-title") == "本机重新启动，你的作答都在"
            who.key(Qt.Key.Key_Return)
            assert who.screen.objectName() == "gate"
            who.pass_gate()
            assert who.view.stage is Stage.SUSPENDED
            assert who.screen.objectName() == "panel", "one card is enough to come back and to go on"
            assert who.view.sitting is not None
            assert who.view.sitting.restarts == 1

    def test_a_seat_without_a_sitting_says_so(self, tmp_path: Path) -> None:
        with at_open(tmp_path, sitting=False, restart=True) as who:
            assert who.words("lock-title") == "本机重新启动，还没有人应考"
            who.press("lock-act")
            who.pass_gate()
            assert who.view.stage is Stage.SIGN_IN
            assert who.screen.objectName() == "sign-in"


class TestSuspended:
    def test_it_says_what_is_safe(self, tmp_path: Path) -> None:
        with at_open(tmp_path) as who:
            who.seat.respond(0, 4)
            who.seat.film(1)
            _suspend(who)
            labels = who.part("lock-facts").findChildren(QLabel)
            facts = [label.accessibleName() for label in labels if ":" in label.accessibleName()]
            assert facts[0] == "已保存作答: 4 题"
            assert any(fact.startswith("剩余时间，已停表: ") for fact in facts)
            assert any(fact.startswith("影像已封存至: ") for fact in facts)
            assert who.words("lock-title") == "本机已暂停，你的作答都在"

    def test_a_fault_of_the_program_is_said(self, tmp_path: Path) -> None:
        with at_open(tmp_path) as who:
            who.seat.station.fail("ZeroDivisionError")
            who.go(1)
            assert who.screen.objectName() == "lock"
            assert who.words("lock-happened").startswith("考试程序出了故障")

    def test_the_panel_opens_behind_a_card(self, tmp_path: Path) -> None:
        with at_open(tmp_path) as who:
            _suspend(who)
            who.press("lock-act")
            assert who.screen.objectName() == "gate"
            who.pass_gate()
            assert who.screen.objectName() == "panel"

    def test_the_look_can_be_changed_while_the_journal_is_broken(self, tmp_path: Path) -> None:
        with at_open(tmp_path) as who:
            who.seat.station.fault = "journal/write"
            who.go(1)
            assert "journal/write" in who.words("lock-detail")
            who.press("lock-language-en")
            assert who.words("lock-title").startswith("Out of use.")


class TestClosed:
    def test_the_program_can_be_ended(self, tmp_path: Path) -> None:
        with at_open(tmp_path, sitting=False) as who:
            who.seat.station.finish_session(who.seat.permit("close"))
            who.go(1)
            assert who.words("lock-title") == "本场在本机已结束"
            who.press("lock-act")
            assert who.finished == 1

    def test_a_card_is_asked_for_nothing_more(self, tmp_path: Path) -> None:
        with at_open(tmp_path, sitting=False) as who:
            who.seat.station.finish_session(who.seat.permit("close"))
            who.go(1)
            who.key(Qt.Key.Key_I, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
            assert who.screen.objectName() == "lock"


def test_without_a_package_no_card_is_asked_for(tmp_path: Path) -> None:
    with at_locked(tmp_path, loaded=False) as who:
        who.key(Qt.Key.Key_I, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
        assert who.screen.objectName() == "lock"


def test_a_small_window_has_its_band_across_the_top(tmp_path: Path) -> None:
    with at_locked(tmp_path) as who:
        assert who.has("lock-band")
        who.look(replace(who.bridge.shown.face.look, scale=300, language=Language.EN))
        assert who.has("seat-strip")
        assert not who.has("lock-band")


def _suspend(who: Invigilator) -> None:
    station = who.seat.station
    station.send(e.Suspended(at=station.now(), cause=e.SuspendCause.INVIGILATOR, act=who.seat.act()))
    who.go(1)
