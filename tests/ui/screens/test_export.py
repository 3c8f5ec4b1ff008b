"""Exporting through the real window: the copy that is read back, a stick that takes nothing, one that comes later."""

import hashlib
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from kiosk.station.view import Stage
from kiosk.ui.bridge import Overlay
from kiosk.ui.present.export import State
from kiosk.ui.screens.export import ExportScreen
from tests.support.ui import settle
from tests.ui.screens.staff import Invigilator, at_open


def ready(who: Invigilator) -> ExportScreen:
    """Hand in, seal, open the export."""
    who.seat.respond(0, 3)
    who.seat.film(1)
    who.seat.hand_in()
    who.until(Stage.RECEIPT)
    who.seat.until(lambda: who.seat.station.view().evidence_ready)
    who.open_panel()
    who.press("panel-export")
    assert isinstance(who.screen, ExportScreen)
    return who.screen


def export(who: Invigilator) -> None:
    """Press, and wait for the end."""
    who.press("export-act")
    for _ in range(100):
        who.wait_idle()
        if who.screen._state is not State.BUSY:  # type: ignore[attr-defined]
            return
    pytest.fail("the copy did not end")


def test_both_files_are_copied_and_read_back(tmp_path: Path) -> None:
    with at_open(tmp_path) as who:
        ready(who)
        assert who.words("export-title") == "选择 U 盘，导出 2 份成绩文件"
        assert who.focus.objectName() == "export-act"
        export(who)
        assert who.words("export-title") == "2 份文件已读回核对，可以取下 U 盘"
        assert who.view.exported
        for name in who.view.bundle_files:
            copied, kept = who.seat.world.stick / name, who.seat.home.outbox / name
            assert copied.read_bytes() == kept.read_bytes()
        digest = hashlib.sha256((who.seat.world.stick / who.view.bundle_files[0]).read_bytes()).hexdigest().upper()
        assert who.says("export-file-1-words") == f"摘要 {digest[:4]} {digest[4:8]} {digest[8:12]}"


def test_the_bytes_are_painted_while_they_are_copied(tmp_path: Path) -> None:
    with at_open(tmp_path) as who:
        screen = ready(who)
        seen: list[str] = []
        progress = screen._progress

        def watch(name: str, done: int, whole: int) -> None:
            progress(name, done, whole)
            seen.append(who.says("export-file-1-words"))

        screen._progress = watch  # type: ignore[method-assign]
        export(who)
        assert "正在读回核对" in seen


def test_nothing_is_pressed_while_it_copies(tmp_path: Path) -> None:
    with at_open(tmp_path) as who:
        screen = ready(who)
        states: list[bool] = []
        progress = screen._progress

        def watch(name: str, done: int, whole: int) -> None:
            progress(name, done, whole)
            states.append(who.enabled("export-act") or who.enabled("export-back"))
            screen.back()

        screen._progress = watch  # type: ignore[method-assign]
        export(who)
        assert states
        assert not any(states)
        assert who.screen.objectName() == "export"


def test_a_stick_that_takes_nothing_is_said_and_the_originals_stay(tmp_path: Path) -> None:
    with at_open(tmp_path) as who:
        ready(who)
        name = who.view.bundle_files[0]
        (who.seat.world.stick / f"{name}.part").mkdir()
        export(who)
        assert who.words("export-title") == "没有导出，成绩包都在本机"
        assert "storage/file-write" in who.words("export-banner")
        assert name in who.words("export-banner")
        assert not who.view.exported
        assert (who.seat.home.outbox / name).exists()
        (who.seat.world.stick / f"{name}.part").rmdir()
        export(who)
        assert who.view.exported


def test_without_a_stick_it_says_where_the_bundles_are(tmp_path: Path) -> None:
    with at_open(tmp_path) as who:
        who.bridge.sticks = ()
        screen = ready(who)
        assert who.words("export-title") == "没有找到 U 盘，成绩包都在本机"
        assert not who.enabled("export-act")
        assert who.words("export-why") == "请插入 U 盘，几秒后会列出。"
        who.bridge.sticks = (who.seat.world.stick,)
        screen._look_at_sticks()
        assert who.enabled("export-act")


def test_one_of_two_sticks_is_chosen(tmp_path: Path) -> None:
    with at_open(tmp_path) as who:
        other = tmp_path / "第二个 U 盘 𬭚"
        other.mkdir()
        who.bridge.sticks = (who.seat.world.stick, other)
        ready(who)
        assert who.words("export-why") == "还需要：选择 U 盘"
        who.press("export-target-1")
        export(who)
        assert {path.name for path in other.iterdir()} == set(who.view.bundle_files)
        assert not list(who.seat.world.stick.glob("*.kresult"))


def test_back_leads_to_the_panel(tmp_path: Path) -> None:
    with at_open(tmp_path) as who:
        ready(who)
        who.key(Qt.Key.Key_Escape)
        assert who.screen.objectName() == "panel"
        assert who.bridge.shown.face.permit is not None
        assert who.bridge.shown.face.overlay is Overlay.PANEL
        settle()
