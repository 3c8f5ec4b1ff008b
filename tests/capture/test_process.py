"""The recorder process ends when it should, obeys while its camera is away, and skips what it does not understand."""

import subprocess
import sys
import threading
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest

from kiosk.capture import protocol as p
from kiosk.capture.process import UNKNOWN_SOURCE, Outlet, now, run_recorder
from kiosk.crypto.seal import new_identity
from kiosk.exam.vocabulary import SittingId
from kiosk.rehearsal.camera import source_of
from tests.capture.heard import PATIENCE_SECONDS

CHILD = """
import sys
from kiosk.capture.process import run_recorder, standard_streams
from kiosk.capture.recorder import Settings
from kiosk.rehearsal.camera import source_of
settings = Settings(still_ms=100, segment_ms=400, retry_ms=200, reserve_bytes=0)
commands, reports = standard_streams()
print("a library says something")
sys.exit(run_recorder(
    camera=sys.argv[1], commands=commands, reports=reports, source_of=source_of, settings=settings
))
"""


@pytest.fixture
def child(tmp_path: Path) -> Iterator[subprocess.Popen[bytes]]:
    """A recorder process with a synthetic camera that obeys files in tmp_path."""
    command = [sys.executable, "-c", CHILD, f"synthetic:{tmp_path}"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, bufsize=0) as process:
        guard = threading.Timer(PATIENCE_SECONDS, process.kill)
        guard.start()
        yield process
        guard.cancel()
        process.kill()


def tell(process: subprocess.Popen[bytes], *lines: bytes) -> None:
    assert process.stdin is not None
    for line in lines:
        process.stdin.write(line)


def hear(process: subprocess.Popen[bytes], kind: type[p.Report]) -> list[p.Report]:
    """Everything up to the first report of this kind, or to the end."""
    assert process.stdout is not None
    reports: list[p.Report] = []
    while line := process.stdout.readline():
        reports.append(p.report(line))
        if isinstance(reports[-1], kind):
            break
    return reports


def record(folder: Path) -> bytes:
    recipients = (new_identity().recipient,)
    return p.line(p.Record(folder=str(folder), sitting=SittingId("０７-𬭚"), recipients=recipients))


def test_a_station_that_is_gone_ends_it_and_the_segment_is_closed(
    child: subprocess.Popen[bytes], tmp_path: Path
) -> None:
    tell(child, record(tmp_path / "影像"))
    [*_, segment] = hear(child, p.Segment)
    assert isinstance(segment, p.Segment)
    assert child.stdin is not None
    child.stdin.close()
    [*_, stopped] = hear(child, p.Stopped)
    assert isinstance(stopped, p.Stopped)
    assert child.wait(PATIENCE_SECONDS) == 0
    assert len(list((tmp_path / "影像").iterdir())) == stopped.segments


def test_a_station_that_does_not_listen_ends_it(child: subprocess.Popen[bytes], tmp_path: Path) -> None:
    tell(child, record(tmp_path / "影像"))
    hear(child, p.Segment)
    assert child.stdout is not None
    child.stdout.close()
    assert child.wait(PATIENCE_SECONDS) == 0


def test_garbage_is_counted_and_skipped(child: subprocess.Popen[bytes], tmp_path: Path) -> None:
    tell(child, b"garbage\n", b"{}\n", "𬭚\n".encode(), bytes(range(11, 256)) + b"\n", b"x" * p.MOST_LINE_BYTES + b"\n")
    tell(child, record(tmp_path / "影像"))
    hear(child, p.Segment)
    [*_, alive] = hear(child, p.Alive)
    assert isinstance(alive, p.Alive)
    assert alive.garbage >= 5
    tell(child, p.line(p.Quit()))
    hear(child, p.Stopped)
    assert child.wait(PATIENCE_SECONDS) == 0


def test_without_a_camera_it_tries_again_and_obeys(child: subprocess.Popen[bytes], tmp_path: Path) -> None:
    hear(child, p.Hello)
    (tmp_path / "unplugged").touch()
    [*_, lost] = hear(child, p.Lost)
    assert lost == p.Lost(part=p.Part.CAMERA, cause="unplugged")
    [*_, lost] = hear(child, p.Lost)
    assert lost == p.Lost(part=p.Part.CAMERA, cause="absent")
    tell(child, p.line(p.Idle()))
    [*_, stopped] = hear(child, p.Stopped)
    assert stopped == p.Stopped(sitting=None, segments=0)
    (tmp_path / "unplugged").unlink()
    [*_, hello] = hear(child, p.Hello)
    assert isinstance(hello, p.Hello)
    assert (hello.pid, hello.width, hello.height) == (child.pid, 640, 480)


def test_a_camera_nobody_knows_ends_it() -> None:
    reports = BytesIO()
    code = run_recorder(camera="魔镜", commands=BytesIO(), reports=reports, source_of=source_of)
    assert code == UNKNOWN_SOURCE
    assert p.report(reports.getvalue()) == p.Lost(part=p.Part.CAMERA, cause="unknown-source")


def test_an_outlet_that_is_closed_says_so() -> None:
    stream = BytesIO()
    outlet = Outlet(stream)
    outlet.send(p.Opening(pid=1))
    assert not outlet.gone
    stream.close()
    outlet.send(p.Opening(pid=1))
    assert outlet.gone


def test_its_clock_never_goes_back() -> None:
    moments = [now().mono for _ in range(100)]
    assert moments == sorted(moments)
