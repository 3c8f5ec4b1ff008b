"""The demo as people start it: played through the windows, opened and closed by hand, with any camera; the benches."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from PySide6.QtGui import QImage

from kiosk.capture.protocol import Report
from kiosk.capture.recorder_link import RecorderLink
from kiosk.cli.demo import camera_words
from kiosk.cli.recorder import recorder_command
from kiosk.exam.incident import IncidentKind
from kiosk.exam.session import SeatIncident
from kiosk.formats.codec import decode_session_event
from kiosk.formats.journal import is_epoch
from kiosk.station.view import Camera, Stage
from tests.capture.test_source import film
from tests.support.worlds import RealClocks, SeatAtWork, fresh_world, unlock
from tests.support.xserver import ROOT, XServer, until, x_server

PICTURES = {
    *("lock", "unlock", "unlock-slip", "gate", "sign-in-empty", "sign-in-refused", "sign-in", "briefing", "practice"),
    *("waiting", "exam", "exam-en", "exam-dark", "exam-contrast", "exam-1024-100", "exam-1024-300", "gate-panel"),
    *("panel", "panel-reasons", "panel-credit", "review", "review-second-step", "receipt", "gate-export"),
    *("panel-receipt", "export", "closed"),
}
FEWEST_COLOURS = 24


def main(*words: str | Path, environment: Mapping[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    """Run main.py where there is no display, unless one is given."""
    command = [sys.executable, str(ROOT / "main.py"), *map(str, words)]
    bare = {name: value for name, value in os.environ.items() if name not in {"DISPLAY", "QT_QPA_PLATFORM"}}
    return subprocess.run(
        command, capture_output=True, text=True, check=False, env=dict(environment or bare), timeout=180
    )


def colours(path: Path) -> int:
    """How many colours a picture has, as far as a coarse look tells."""
    image = QImage(str(path))
    assert not image.isNull(), path
    across, down = range(0, image.width(), 5), range(0, image.height(), 5)
    return len({image.pixel(x, y) for x in across for y in down})


def test_it_plays_itself_through_the_windows_and_keeps_a_picture_of_each(tmp_path: Path) -> None:
    world, pictures = tmp_path / "演示 １ 𬭚", tmp_path / "pictures"
    done = main("demo", "--unattended", "--dir", world, "--screenshots", pictures)
    assert (done.returncode, done.stderr) == (0, ""), done.stdout + done.stderr
    assert "BAD" not in done.stdout
    assert "全部通过。" in done.stdout
    found = {path.stem: colours(path) for path in pictures.glob("*.png")}
    assert found.keys() >= PICTURES
    assert {name: count for name, count in found.items() if count < FEWEST_COLOURS} == {}
    assert len(list((world / "stick").glob("*.kresult"))) == 1


@pytest.mark.parametrize("name", ["save", "start"])
def test_a_bench_says_its_figures(name: str, tmp_path: Path) -> None:
    done = main("bench", name, "--json", "--dir", tmp_path)
    assert done.stderr == ""
    rows = json.loads(done.stdout)
    assert rows
    for row in rows:
        assert row.keys() == {"name", "value", "unit", "against", "bar", "holds"}
        assert row["holds"] is (row["value"] <= row["bar"])
    assert done.returncode == (0 if all(row["holds"] for row in rows) else 1)


def test_a_bench_is_read_by_people_too(tmp_path: Path) -> None:
    done = main("bench", "save", "--dir", tmp_path)
    assert re.fullmatch(r"(\S.*  [0-9.]+ \S+  \(.*\)  bar [0-9.]+  (holds|falls short)\n)+", done.stdout)
    assert list(tmp_path.iterdir()) == []


def test_somebody_opens_it_looks_around_and_closes_the_window(tmp_path: Path) -> None:
    film(tmp_path / "一段 １ 视频.avi", 30)
    with x_server(1024, 768) as server:
        world = tmp_path / "world"
        words = [
            sys.executable,
            str(ROOT / "main.py"),
            "demo",
            "--dir",
            str(world),
            "--camera",
            str(tmp_path / "一段 １ 视频.avi"),
        ]
        said = tmp_path / "said"
        with said.open("w") as out:
            process = subprocess.Popen(words, env=dict(server.environment), stdout=out, stderr=out)
        try:
            server.screen("lock")
            assert server.place(server.window())[2:] == (1024, 768), "no larger than the display"
            until(lambda: server.run("xdotool", "search", "--onlyvisible", "--name", "演示用纸") != "", "the sheet")
            take_keyboard(server)
            server.key("Return")
            server.screen("unlock")
            server.ask_to_close(server.window())
            assert process.wait(20) == 0
        finally:
            process.kill()
            process.wait()
        until(lambda: server.run("xdotool", "search", "--onlyvisible", "--name", ".") == "", "nothing is left behind")
    words_said = said.read_text(encoding="utf-8")
    assert "Traceback" not in words_said
    assert "\x1b" not in words_said, "colours are for terminals"
    codes = (world / "paper" / "codes.txt").read_text(encoding="utf-8")
    assert codes in words_said
    assert "Ctrl+Shift+I" in words_said


def take_keyboard(server: XServer) -> None:
    """Give the kiosk the keyboard, as a click would under a window manager."""
    server.run("xdotool", "windowfocus", "--sync", str(server.window()))


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("--camera", "没有 １ 𬭚.avi", "--unattended"), "storage/file-read"),
        ((), "lockdown/no-display"),
        (("--unattended", "--no-window", "--dir", "{file}/x"), "storage/file-write"),
    ],
)
def test_what_cannot_be_played_is_refused_in_a_sentence(words: tuple[str, ...], code: str, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    done = main("demo", *(word.format(file=tmp_path / "file") for word in words))
    assert (done.returncode, done.stdout) == (2, "")
    assert f"[{code}" in done.stderr
    assert "Traceback" not in done.stderr


def seat_with(folder: Path, camera: str) -> SeatAtWork:
    """A seat with the recorder process that a word after --camera asks for."""
    world = fresh_world(folder)

    def linked(on_report: Callable[[Report], None]) -> RecorderLink:
        return RecorderLink(recorder_command(camera_words(camera, folder)), on_report=on_report)

    return SeatAtWork(world, RealClocks(), world.homes[0], make_link=linked, with_link=False)


def test_a_video_file_stands_for_a_camera(tmp_path: Path) -> None:
    film(tmp_path / "视频 𬭚.avi", 30)
    seat = seat_with(tmp_path, str(tmp_path / "视频 𬭚.avi"))
    try:
        seat.station.scan(wanted=True)
        seat.until(lambda: seat.station.recording.picture is not None)
        assert seat.station.recording.state is Camera.SCANNING
    finally:
        seat.station.close()


def test_without_a_camera_the_demo_goes_on_and_says_so(tmp_path: Path) -> None:
    seat = seat_with(tmp_path, "9")
    try:
        seat.until(lambda: seat.station.view().camera is Camera.LOST)
        unlock(seat)
        assert seat.stage is Stage.SIGN_IN
        seat.station.pump()
        events = [decode_session_event(one.body) for one in seat.station.desk.log.records() if not is_epoch(one)]
        lost = [event for event in events if isinstance(event, SeatIncident) and event.kind is IncidentKind.CAMERA_LOST]
        assert [event.detail for event in lost] == ["camera absent"]
        seat.sit()
        assert seat.at(Stage.EXAM), "the demo's round only warns"
    finally:
        seat.station.close()
