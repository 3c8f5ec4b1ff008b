"""A segment is on the disk whole or not at all, nothing is replaced, and a disk that fails is said and outlived."""

import hashlib
from pathlib import Path

import pytest

from kiosk.capture.keeper import Batch, DiskShortError, Keeper, keep_durably
from kiosk.capture.protocol import Gap, Lost, Part, Record, Segment, Stopped, Stray, Tail
from kiosk.crypto.seal import Identity, new_identity
from kiosk.exam.vocabulary import Instant, Millis, SittingId
from kiosk.formats.segment import Head, Picture, PictureKind, open_segment
from tests.capture.heard import Heard

OFFICE: Identity = new_identity()
SITTING = SittingId("０７-𬭚")
HEAD = Head(seq=9, hash="12" * 32)


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def record(folder: Path, *, sitting: SittingId = SITTING, tail: Tail | None = None) -> Record:
    return Record(folder=str(folder), sitting=sitting, recipients=(OFFICE.recipient,), tail=tail or Tail())


def batch(target: Record, *, start: int = 1_000) -> Batch:
    pictures = tuple(
        Picture(kind=PictureKind.STILL, at=Instant(mono=Millis(start + step), wall=start + step), data=b"picture")
        for step in (0, 1_000)
    )
    return Batch(record=target, head=HEAD, pictures=pictures)


def kept(*batches: Batch, reserve: int = 0) -> Heard:
    """What is reported when these segments are kept, one after the other."""
    heard = Heard()
    keeper = Keeper(heard, reserve=reserve, backlog=len(batches))
    for one in batches:
        keeper.begin(one.record)
        keeper.keep(one)
    keeper.end(batches[-1].record.sitting)
    keeper.close(seconds=20)
    return heard


def test_segments_are_chained_and_say_what_they_are(tmp_path: Path) -> None:
    target = record(tmp_path / "影像")
    heard = kept(batch(target), batch(target, start=11_000))
    first, second = heard.of(Segment)
    assert (first.name, second.name) == ("segment-000001.age", "segment-000002.age")
    assert heard.of(Stopped) == [Stopped(sitting=SITTING, segments=2)]
    data = (tmp_path / "影像" / second.name).read_bytes()
    assert (hashlib.sha256(data).hexdigest(), len(data)) == (second.digest, second.size)
    segment = open_segment(data, secret=OFFICE.secret, digest=second.digest, root=second.root, sitting=SITTING)
    assert (segment.place.number, segment.place.previous, segment.place.head) == (2, first.digest, HEAD)
    assert (second.first.mono, second.last.mono, second.pictures) == (11_000, 12_000, 2)
    assert names(tmp_path / "影像") == [first.name, second.name]


def test_a_new_recorder_goes_on_where_the_last_one_ended(tmp_path: Path) -> None:
    target = record(tmp_path)
    [first] = kept(batch(target)).of(Segment)
    heard = kept(batch(record(tmp_path, tail=first.tail)))
    assert not heard.of(Stray)
    [second] = heard.of(Segment)
    data = (tmp_path / second.name).read_bytes()
    segment = open_segment(data, secret=OFFICE.secret, digest=second.digest, root=second.root, sitting=SITTING)
    assert (segment.place.number, segment.place.previous) == (2, first.digest)


def test_a_segment_nobody_was_told_of_is_found_and_never_replaced(tmp_path: Path) -> None:
    [lost] = kept(batch(record(tmp_path))).of(Segment)
    before = (tmp_path / lost.name).read_bytes()
    (tmp_path / "segment-000002.age.part").write_bytes(b"half")
    (tmp_path / "notes.txt").write_text("not ours")
    heard = kept(batch(record(tmp_path)))
    assert heard.of(Stray) == [Stray(sitting=SITTING, name=lost.name, number=1, digest=lost.digest, size=lost.size)]
    assert [segment.number for segment in heard.of(Segment)] == [2]
    assert (tmp_path / lost.name).read_bytes() == before
    assert names(tmp_path) == ["notes.txt", "segment-000001.age", "segment-000002.age"]


def test_two_sittings_are_counted_apart(tmp_path: Path) -> None:
    one, other = record(tmp_path / "1"), record(tmp_path / "2", sitting=SittingId("０８"))
    heard = kept(batch(one), batch(other), batch(one))
    assert [(segment.sitting, segment.number) for segment in heard.of(Segment)] == [
        (SITTING, 1),
        (SittingId("０８"), 1),
        (SITTING, 2),
    ]


def test_a_folder_that_cannot_be_written_is_said_and_outlived(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    good = record(tmp_path / "good", sitting=SittingId("08"))
    heard = kept(batch(record(tmp_path / "file" / "folder")), batch(good))
    assert Lost(part=Part.DISK, cause="enotdir") in heard.of(Lost)
    [gap] = heard.of(Gap)
    assert (gap.cause, gap.first.mono, gap.last.mono) == ("disk", 1_000, 2_000)
    assert [segment.sitting for segment in heard.of(Segment)] == ["08"]


def test_room_is_left_for_the_answers(tmp_path: Path) -> None:
    heard = kept(batch(record(tmp_path)), reserve=2**62)
    assert heard.of(Lost) == [Lost(part=Part.DISK, cause="disk-short")]
    assert names(tmp_path) == []


def test_sealed_to_nobody_is_not_kept_at_all(tmp_path: Path) -> None:
    heard = kept(batch(Record(folder=str(tmp_path), sitting=SITTING, recipients=())))
    assert heard.of(Lost) == [Lost(part=Part.DISK, cause="no-recipient")]
    assert names(tmp_path) == []


def test_what_the_disk_cannot_take_in_time_is_given_up(tmp_path: Path) -> None:
    heard = Heard()
    keeper = Keeper(heard, reserve=0, backlog=0)
    keeper.keep(batch(record(tmp_path)))
    keeper.close(seconds=20)
    assert heard.of(Lost) == [Lost(part=Part.DISK, cause="slow")]
    assert [gap.cause for gap in heard.of(Gap)] == ["disk"]


def test_a_file_that_exists_is_not_replaced(tmp_path: Path) -> None:
    keep_durably(tmp_path / "𬭚", b"first", reserve=0)
    with pytest.raises(FileExistsError):
        keep_durably(tmp_path / "𬭚", b"second", reserve=0)
    with pytest.raises(DiskShortError):
        keep_durably(tmp_path / "other", b"third", reserve=2**62)
    assert names(tmp_path) == ["𬭚"]
    assert (tmp_path / "𬭚").read_bytes() == b"first"
