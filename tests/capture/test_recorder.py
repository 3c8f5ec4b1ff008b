"""What is kept, shown and read, picture by picture: driven by given instants, without waiting for any."""

from pathlib import Path

import pytest

from kiosk.capture import picture
from kiosk.capture.keeper import Keeper
from kiosk.capture.protocol import (
    Burst,
    Code,
    Gap,
    HeadMoved,
    Idle,
    Lost,
    Part,
    Preview,
    Quit,
    Record,
    Scan,
    Segment,
    Stopped,
    Tail,
    Viewfinder,
)
from kiosk.capture.recorder import LONGEST_WITHHELD_MS, Recorder, Settings
from kiosk.crypto.seal import Identity, new_identity
from kiosk.exam.vocabulary import Instant, Millis, SittingId
from kiosk.formats import segment as segment_format
from kiosk.formats.segment import Head, PictureKind
from kiosk.rehearsal.camera import SyntheticSource
from tests.capture.cards import CARD, hold_up
from tests.capture.heard import Heard

OFFICE: Identity = new_identity()
SITTING = SittingId("０７-𬭚")
FRAME_MS = 50


def at(mono: int) -> Instant:
    return Instant(mono=Millis(mono), wall=1_790_000_000_000 + mono)


class Bench:
    """A recorder with a drawn camera and a clock that is moved by hand."""

    def __init__(self, folder: Path, settings: Settings | None = None) -> None:
        self.controls = folder / "controls"
        self.folder = folder / "影像"
        self.controls.mkdir()
        self.heard = Heard()
        self.source = SyntheticSource(self.controls)
        self.source.open()
        self.settings = settings or Settings(reserve_bytes=0)
        self.keeper = Keeper(self.heard, reserve=0, backlog=100)
        self.recorder = Recorder(report=self.heard, keeper=self.keeper, settings=self.settings)
        self.mono = 100_000

    def record(self, sitting: SittingId = SITTING, tail: Tail | None = None) -> None:
        command = Record(
            folder=str(self.folder / sitting), sitting=sitting, recipients=(OFFICE.recipient,), tail=tail or Tail()
        )
        self.recorder.obey(command, at(self.mono))

    def obey(self, *commands: Scan | Idle | Preview | HeadMoved | Burst | Quit) -> None:
        for command in commands:
            self.recorder.obey(command, at(self.mono))

    def run(self, milliseconds: int) -> None:
        for _ in range(milliseconds // FRAME_MS):
            self.recorder.see(self.source, at(self.mono))
            self.mono += FRAME_MS

    def hold_up(self, text: str = CARD) -> None:
        hold_up(self.controls, text)

    def take_away(self) -> None:
        (self.controls / "show.png").unlink()

    def finished(self) -> list[segment_format.Segment]:
        """End, and open everything that was kept."""
        self.obey(Quit())
        self.keeper.close(seconds=30)
        return [
            segment_format.open_segment(
                (self.folder / report.sitting / report.name).read_bytes(),
                secret=OFFICE.secret,
                digest=report.digest,
                root=report.root,
                sitting=report.sitting,
            )
            for report in self.heard.of(Segment)
        ]


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    return Bench(tmp_path)


def times(segment: segment_format.Segment) -> list[int]:
    return [picture.at.mono for picture in segment.pictures]


def test_one_still_a_second_ten_to_a_segment(bench: Bench) -> None:
    bench.record()
    bench.run(25_000)
    first, second, third = bench.finished()
    assert times(first) == list(range(100_000, 110_000, 1_000))
    assert [len(first.pictures), len(second.pictures), len(third.pictures)] == [10, 10, 5]
    assert {kept.kind for kept in first.pictures} == {PictureKind.STILL}
    assert not bench.heard.of(Gap)
    decoded = picture.decoded(first.pictures[0].data)
    assert decoded is not None
    assert decoded.shape == (480, 640, 3)


def test_nothing_is_kept_before_and_after(bench: Bench) -> None:
    bench.run(3_000)
    bench.record()
    bench.run(2_000)
    bench.obey(Idle())
    bench.run(5_000)
    [only] = bench.finished()
    assert times(only) == [103_000, 104_000]
    assert bench.heard.of(Stopped)[0] == Stopped(sitting=SITTING, segments=1)


def test_a_segment_names_the_journal_head_of_its_time(bench: Bench) -> None:
    bench.record()
    bench.run(10_500)
    bench.obey(HeadMoved(head=Head(seq=5, hash="ab" * 32)))
    bench.run(9_000)
    first, second = bench.finished()
    assert first.place.head.seq == 0
    assert second.place.head == Head(seq=5, hash="ab" * 32)
    assert second.place.previous == bench.heard.of(Segment)[0].digest


def test_saying_record_again_changes_nothing(bench: Bench) -> None:
    bench.record()
    bench.run(5_000)
    bench.record()
    bench.run(5_000)
    [only] = bench.finished()
    assert len(only.pictures) == 10


def test_a_scan_reads_the_card_and_keeps_nothing(bench: Bench) -> None:
    bench.record()
    bench.obey(Preview(fps=5))
    bench.run(4_000)
    bench.obey(Scan())
    bench.hold_up()
    bench.run(6_000)
    assert bench.heard.of(Code) == [Code(text=CARD)]
    bench.take_away()
    bench.record()
    bench.run(4_000)
    before, after = bench.finished()
    assert times(before) == [100_000, 101_000, 102_000, 103_000]
    assert min(times(after)) >= 110_000
    [gap] = bench.heard.of(Gap)
    assert (gap.cause, gap.first.mono) == ("card", 103_000)


def test_no_code_reaches_the_viewfinder_once_it_was_found(bench: Bench) -> None:
    bench.obey(Preview(fps=10), Scan())
    bench.hold_up()
    bench.run(4_000)
    reader = picture.CodeReader()
    views = bench.heard.of(Viewfinder)
    assert len(views) > 20
    covered = [view for view in views if view.covered]
    assert len(covered) >= len(views) - 4
    for view in covered:
        frame = picture.decoded(view.jpeg)
        assert frame is not None
        assert not reader.sees(frame)
        assert float(frame.std(axis=(0, 1)).max()) < 2


def test_a_card_still_held_up_after_the_scan_is_not_kept(bench: Bench) -> None:
    bench.record()
    bench.obey(Scan(), Preview(fps=5))
    bench.hold_up()
    bench.run(2_000)
    bench.record()
    bench.run(5_000)
    assert all(view.covered for view in bench.heard.of(Viewfinder)[-20:])
    bench.take_away()
    bench.run(5_000)
    assert not bench.heard.of(Viewfinder)[-1].covered
    reader = picture.CodeReader()
    segments = bench.finished()
    assert segments
    for kept in segments:
        for still in kept.pictures:
            frame = picture.decoded(still.data)
            assert frame is not None
            assert still.at.mono >= 107_000
            assert reader.text(frame) is None


def test_pictures_are_not_withheld_for_ever(bench: Bench) -> None:
    bench.obey(Scan())
    bench.hold_up()
    bench.run(2_000)
    bench.record()
    bench.run(LONGEST_WITHHELD_MS + 3_000)
    assert bench.finished()


def test_a_second_scan_finds_the_next_code(bench: Bench) -> None:
    bench.obey(Scan())
    bench.hold_up()
    bench.run(1_500)
    bench.hold_up("KC1:R1-08:另一张卡")
    bench.run(1_500)
    assert [code.text for code in bench.heard.of(Code)] == [CARD]
    bench.obey(Scan())
    bench.run(1_500)
    assert [code.text for code in bench.heard.of(Code)] == [CARD, "KC1:R1-08:另一张卡"]


def test_a_burst_keeps_the_seconds_before_and_after(bench: Bench) -> None:
    bench.record()
    bench.run(8_000)
    bench.obey(Burst())
    bench.run(8_000)
    pictures = [kept for segment in bench.finished() for kept in segment.pictures]
    before = [kept.at.mono for kept in pictures if kept.kind is PictureKind.RING]
    after = [kept.at.mono for kept in pictures if kept.kind is PictureKind.BURST]
    assert len(before) >= 15
    assert 102_000 <= min(before) < max(before) < 108_000
    assert len(after) >= 15
    assert 108_000 <= min(after) < max(after) < 113_000


def test_bursts_are_bounded_and_need_a_recording(tmp_path: Path) -> None:
    bench = Bench(tmp_path, Settings(bursts=1))
    bench.obey(Burst())
    bench.record()
    bench.run(7_000)
    bench.obey(Burst())
    bench.run(7_000)
    bench.obey(Burst())
    bench.run(2_000)
    pictures = [kept for segment in bench.finished() for kept in segment.pictures]
    assert max(kept.at.mono for kept in pictures if kept.kind is not PictureKind.STILL) < 112_000


def test_nothing_of_a_scan_is_in_the_ring(bench: Bench) -> None:
    bench.record()
    bench.run(3_000)
    bench.obey(Scan())
    bench.run(3_000)
    bench.record()
    bench.obey(Burst())
    bench.run(2_000)
    pictures = [kept for segment in bench.finished() for kept in segment.pictures]
    assert not [kept for kept in pictures if 103_000 <= kept.at.mono < 106_000]


def test_a_lost_camera_closes_the_segment_and_leaves_a_gap(bench: Bench) -> None:
    bench.record()
    bench.run(4_000)
    bench.recorder.camera_lost("unplugged")
    bench.mono += 9_000
    bench.run(2_000)
    first, second = bench.finished()
    assert (len(first.pictures), len(second.pictures)) == (4, 2)
    assert Lost(part=Part.CAMERA, cause="unplugged") in bench.heard.of(Lost)
    assert [(gap.cause, gap.first.mono, gap.last.mono) for gap in bench.heard.of(Gap)] == [("camera", 103_000, 113_000)]


@pytest.mark.parametrize(("pause", "cause"), [(Idle(), "idle"), (Scan(), "card")])
def test_a_gap_has_its_first_cause(bench: Bench, pause: Idle | Scan, cause: str) -> None:
    bench.record()
    bench.run(2_000)
    bench.obey(pause)
    bench.recorder.camera_lost("stalled")
    bench.mono += 5_000
    bench.record()
    bench.run(1_000)
    bench.finished()
    assert [gap.cause for gap in bench.heard.of(Gap)] == [cause]


def test_pictures_that_come_too_slowly_leave_a_gap(bench: Bench) -> None:
    bench.record()
    bench.run(2_000)
    bench.mono += 4_000
    bench.run(2_000)
    bench.finished()
    assert [gap.cause for gap in bench.heard.of(Gap)] == ["slow"]


def test_after_a_dead_recorder_the_gap_begins_at_the_last_kept_picture(bench: Bench) -> None:
    bench.record(tail=Tail(number=6, digest="ab" * 32, last=at(90_000)))
    bench.run(1_000)
    [only] = bench.finished()
    assert (only.place.number, only.place.previous) == (7, "ab" * 32)
    assert [(gap.cause, gap.first.mono) for gap in bench.heard.of(Gap)] == [("recorder", 90_000)]


def test_another_sitting_gets_nothing_of_the_first(bench: Bench) -> None:
    bench.record()
    bench.run(3_000)
    bench.record(SittingId("０８"))
    bench.obey(Burst())
    bench.run(3_000)
    first, second = bench.finished()
    assert (first.place.sitting, second.place.sitting) == (SITTING, "０８")
    assert max(times(first)) < 103_000 <= min(times(second))
    assert not bench.heard.of(Gap)


def test_preview_has_its_own_pace_and_can_be_ended(bench: Bench) -> None:
    bench.obey(Preview(fps=4))
    bench.run(5_000)
    assert 18 <= len(bench.heard.of(Viewfinder)) <= 21
    bench.obey(Preview(fps=0))
    before = len(bench.heard.of(Viewfinder))
    bench.run(2_000)
    assert len(bench.heard.of(Viewfinder)) == before
