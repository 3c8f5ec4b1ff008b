"""Whatever happens to the recorder, the station is never held up, loses one segment at most, and is told once."""

import hashlib
import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from kiosk.capture.protocol import (
    Back,
    Code,
    Gap,
    HeadMoved,
    Hello,
    Idle,
    Lost,
    Opening,
    Part,
    Preview,
    Record,
    Scan,
    Segment,
    Stopped,
    Viewfinder,
)
from kiosk.capture.recorder_link import Patience, RecorderLink
from kiosk.crypto.seal import Identity, new_identity
from kiosk.exam.vocabulary import SittingId
from kiosk.formats import segment as segment_format
from kiosk.formats.segment import Head
from tests.capture.cards import CARD, hold_up
from tests.capture.heard import Heard
from tests.capture.test_process import CHILD

OFFICE: Identity = new_identity()
SITTING = SittingId("０７-𬭚")
SILENT = "import threading; threading.Event().wait()"
QUICK = Patience(pauses=(0.05,))

Started = Callable[..., tuple[RecorderLink, Heard]]


@pytest.fixture
def started() -> Iterator[Started]:
    """Start links that are closed when the test ends, and leave no process behind."""
    links: list[RecorderLink] = []

    def start(*words: str, patience: Patience = QUICK) -> tuple[RecorderLink, Heard]:
        heard = Heard()
        link = RecorderLink([sys.executable, *words], on_report=heard, patience=patience)
        links.append(link)
        link.start()
        return link, heard

    yield start
    for link in links:
        link.close()
        assert link.pid is None


def record(folder: Path) -> Record:
    return Record(folder=str(folder), sitting=SITTING, recipients=(OFFICE.recipient,))


def opened(folder: Path, report: Segment) -> segment_format.Segment:
    data = (folder / report.name).read_bytes()
    assert hashlib.sha256(data).hexdigest() == report.digest
    return segment_format.open_segment(
        data, secret=OFFICE.secret, digest=report.digest, root=report.root, sitting=report.sitting
    )


def test_killed_at_any_moment_it_comes_back_and_goes_on(started: Started, tmp_path: Path) -> None:
    link, heard = started("-c", CHILD, "synthetic")
    link.send(record(tmp_path))
    link.send(HeadMoved(head=Head(seq=3, hash="ab" * 32)))
    for _ in range(3):
        heard.until(Segment)
        before = heard.until(Segment)
        assert link.pid is not None
        os.kill(link.pid, signal.SIGKILL)
        assert heard.until(Lost) == Lost(part=Part.RECORDER, cause="died")
        assert heard.until(Back) == Back(part=Part.RECORDER)
        gap = heard.until(Gap)
        assert gap.cause == "recorder"
        assert gap.first.mono >= before.last.mono
    heard.until(Segment)
    link.send(Idle())
    heard.until(Stopped)
    assert link.restarts == 3
    segments = heard.of(Segment)
    places = [opened(tmp_path, report).place for report in segments]
    assert [place.number for place in places] == sorted({place.number for place in places})
    assert [place.previous for place in places] == [None, *(report.digest for report in segments[:-1])]
    assert places[-1].head == Head(seq=3, hash="ab" * 32)


def test_a_camera_that_blocks_costs_three_seconds(started: Started, tmp_path: Path) -> None:
    link, heard = started("-c", CHILD, f"synthetic:{tmp_path}", patience=Patience())
    first = heard.until(Hello)
    (tmp_path / "stalled").touch()
    assert heard.until(Lost) == Lost(part=Part.RECORDER, cause="silent")
    assert link.lost == {Part.RECORDER}
    (tmp_path / "stalled").unlink()
    assert heard.until(Back) == Back(part=Part.RECORDER)
    assert heard.until(Hello).pid != first.pid
    assert not link.lost


def test_a_camera_pulled_and_put_back(started: Started, tmp_path: Path) -> None:
    link, heard = started("-c", CHILD, f"synthetic:{tmp_path}")
    heard.until(Hello)
    (tmp_path / "unplugged").touch()
    assert heard.until(Lost) == Lost(part=Part.CAMERA, cause="unplugged")
    heard.until(Opening)
    heard.until(Opening)
    (tmp_path / "unplugged").unlink()
    assert heard.until(Back) == Back(part=Part.CAMERA)
    assert len(heard.of(Lost)) == 1
    assert link.restarts == 0


def test_a_disk_that_fails_and_recovers(started: Started, tmp_path: Path) -> None:
    link, heard = started("-c", CHILD, "synthetic")
    (tmp_path / "影像").write_text("in the way")
    link.send(record(tmp_path / "影像"))
    assert heard.until(Lost) == Lost(part=Part.DISK, cause="enotdir")
    heard.until(Gap)
    (tmp_path / "影像").unlink()
    assert heard.until(Back) == Back(part=Part.DISK)
    heard.until(Segment)
    assert link.restarts == 0


def test_what_it_was_told_is_told_again(started: Started, tmp_path: Path) -> None:
    link, heard = started("-c", CHILD, f"synthetic:{tmp_path}")
    link.send(Preview(fps=15))
    link.send(Scan())
    heard.until(Viewfinder)
    assert link.pid is not None
    os.kill(link.pid, signal.SIGKILL)
    heard.until(Back)
    hold_up(tmp_path)
    assert heard.until(Code).text == CARD
    assert heard.until(Viewfinder).covered


def test_garbage_is_counted_and_survived(started: Started) -> None:
    noise = "import sys; sys.stdout.buffer.write(bytes(range(256)) * 4000 + b'\\n{}\\n'); sys.stdout.flush();" + CHILD
    link, heard = started("-c", noise, "synthetic")
    heard.until(Hello)
    assert link.garbage > 3
    assert link.restarts == 0


def test_a_recorder_that_never_listens_and_never_speaks(started: Started, tmp_path: Path) -> None:
    link, heard = started("-c", SILENT, patience=Patience(opening=0.3, pauses=(0.01,)))
    begun = time.monotonic()
    for _ in range(20_000):
        link.send(record(tmp_path))
    assert time.monotonic() - begun < 10
    assert heard.until(Lost) == Lost(part=Part.RECORDER, cause="silent")


def test_a_recorder_that_dies_at_once_and_one_that_is_not_there(started: Started) -> None:
    link, heard = started("-c", "raise SystemExit(7)")
    assert heard.until(Lost) == Lost(part=Part.RECORDER, cause="died")
    assert link.lost == {Part.RECORDER}
    heard = Heard()
    link = RecorderLink(["/不存在/𬭚"], on_report=heard, patience=QUICK)
    link.start()
    assert heard.until(Lost) == Lost(part=Part.RECORDER, cause="unstartable")
    link.close()


@pytest.mark.parametrize("words", [("-c", CHILD, "synthetic"), ("-c", SILENT)])
def test_close_takes_a_second_at_most(started: Started, words: tuple[str, ...]) -> None:
    link, _ = started(*words)
    link.close()
    link.close()
    assert link.pid is None


def test_close_keeps_the_segment_in_progress(started: Started, tmp_path: Path) -> None:
    link, heard = started("-c", CHILD, "synthetic")
    link.send(record(tmp_path))
    heard.until(Segment)
    link.close()
    segments = heard.of(Segment)
    assert sorted(path.name for path in tmp_path.iterdir()) == [report.name for report in segments]
    assert heard.of(Stopped)
    for report in segments:
        opened(tmp_path, report)


def test_closed_before_it_started(tmp_path: Path) -> None:
    link = RecorderLink([sys.executable], on_report=Heard(), patience=QUICK)
    link.send(record(tmp_path))
    link.close()
    assert not [thread for thread in threading.enumerate() if thread.name == "recorder-link"]
