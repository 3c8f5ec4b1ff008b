"""Every message survives its line, nothing else is a message, and the station's side loads no picture library."""

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.capture import protocol as p
from kiosk.exam.vocabulary import Instant, Millis, SittingId
from kiosk.formats.segment import Head

NOW = Instant(mono=Millis(1_234), wall=1_790_000_000_123)
SITTING = SittingId("考场７-𬭚")
COMMANDS: tuple[p.Command, ...] = (
    p.Record(folder="/影像/７/𬭚", sitting=SITTING, recipients=("age1x", "age1y")),
    p.Record(
        folder="x",
        sitting=SITTING,
        recipients=(),
        head=Head(seq=7, hash="ab" * 32),
        tail=p.Tail(number=4, digest="cd" * 32, last=NOW),
    ),
    p.Scan(),
    p.Idle(),
    p.Preview(fps=8),
    p.HeadMoved(head=Head(seq=8, hash="ef" * 32)),
    p.Burst(),
    p.Quit(),
)
REPORTS: tuple[p.Report, ...] = (
    p.Opening(pid=77),
    p.Hello(pid=77, camera="摄像头 [046d:0825]", width=640, height=480),
    p.Alive(mono=1, garbage=0),
    p.Viewfinder(jpeg=b"\xff\xd8\xff", mono=1, covered=True),
    p.Code(text="KC1:７-𬭚"),
    p.Segment(
        sitting=SITTING,
        name="segment-000001.age",
        number=1,
        digest="ab",
        root="cd",
        pictures=10,
        size=9,
        first=NOW,
        last=NOW,
    ),
    p.Stray(sitting=SITTING, name="segment-000002.age", number=2, digest="ab", size=9),
    p.Gap(sitting=SITTING, cause="card", first=NOW, last=NOW),
    p.Lost(part=p.Part.DISK, cause="enospc"),
    p.Back(part=p.Part.DISK),
    p.Stopped(sitting=None, segments=0),
)


@pytest.mark.parametrize("message", COMMANDS, ids=lambda message: type(message).__name__)
def test_a_command_survives_its_line(message: p.Command) -> None:
    line = p.line(message)
    assert line.count(b"\n") == 1
    assert p.command(line) == message


@pytest.mark.parametrize("message", REPORTS, ids=lambda message: type(message).__name__)
def test_a_report_survives_its_line(message: p.Report) -> None:
    assert p.report(p.line(message)) == message


def test_commands_are_no_reports_and_reports_no_commands() -> None:
    for command in COMMANDS:
        with pytest.raises(p.MessageError):
            p.report(p.line(command))
    for report in REPORTS:
        with pytest.raises(p.MessageError):
            p.command(p.line(report))


@pytest.mark.parametrize("cut", [1, 5])
def test_a_torn_line_is_no_message(cut: int) -> None:
    with pytest.raises(p.MessageError):
        p.report(p.line(REPORTS[0])[:-cut])


@given(st.binary(max_size=200))
def test_garbage_is_no_message(garbage: bytes) -> None:
    for read in (p.command, p.report):
        with pytest.raises(p.MessageError):
            read(garbage + b"\n")


def test_the_stations_side_loads_no_picture_library() -> None:
    check = "import sys, kiosk.capture.recorder_link; print({'cv2', 'numpy', 'PySide6'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", check], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"
