"""A segment opens with our reader and with everybody's tools, and anything else in its place is refused by its step."""

import hashlib
import json
import shutil
import subprocess
import zipfile
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.crypto.seal import Identity, new_identity, open_sealed, seal
from kiosk.errors import KioskError, SealError
from kiosk.exam.vocabulary import Instant, Millis, SittingId
from kiosk.formats import canonical
from kiosk.formats.segment import (
    LIMITS,
    Head,
    Picture,
    PictureKind,
    Place,
    SealedSegment,
    SegmentChangedError,
    SegmentForeignError,
    SegmentMalformedError,
    SegmentVersionError,
    open_segment,
    seal_segment,
)

OFFICE: Identity = new_identity()
SITTING = SittingId("稀土冶炼-０７-𬭚")
HEAD = Head(seq=41, hash="ab" * 32)
PLACE = Place(sitting=SITTING, number=3, previous="cd" * 32, head=HEAD)
PICTURES = (
    Picture(kind=PictureKind.STILL, at=Instant(mono=Millis(5_000), wall=1_790_000_005_000), data=b"still" * 40),
    Picture(kind=PictureKind.RING, at=Instant(mono=Millis(4_250), wall=1_790_000_004_250), data=b"ring"),
    Picture(kind=PictureKind.BURST, at=Instant(mono=Millis(5_250), wall=1_790_000_005_250), data=b""),
)


def sealed(place: Place = PLACE, pictures: tuple[Picture, ...] = PICTURES) -> SealedSegment:
    return seal_segment(place, pictures, recipients=[OFFICE.recipient])


SEALED = sealed()


def opened(data: bytes, *, root: str = SEALED.root) -> object:
    """Open bytes as if the journal had named exactly them."""
    digest = hashlib.sha256(data).hexdigest()
    return open_segment(data, secret=OFFICE.secret, digest=digest, root=root, sitting=SITTING)


def members() -> list[tuple[str, bytes]]:
    with zipfile.ZipFile(BytesIO(open_sealed(SEALED.data, OFFICE.secret))) as archive:
        return [(info.filename, archive.read(info)) for info in archive.infolist()]


def rebuilt(parts: list[tuple[str, bytes]], compression: int = zipfile.ZIP_STORED, comment: bytes = b"") -> bytes:
    """Zip and seal members of one's own choice."""
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", compression) as archive:
        archive.comment = comment
        for name, body in parts:
            archive.writestr(name, body)
    return seal(buffer.getvalue(), [OFFICE.recipient])


def with_index(change: Callable[[dict[str, Any]], object]) -> bytes:
    """Seal the segment again with a changed index."""
    (name, index), *rest = members()
    value = json.loads(index)
    change(value)
    return rebuilt([(name, canonical.encode(value)), *rest])


def test_what_was_sealed_is_what_opens() -> None:
    segment = open_segment(SEALED.data, secret=OFFICE.secret, digest=SEALED.digest, root=SEALED.root, sitting=SITTING)
    assert segment.place == PLACE
    assert segment.pictures == PICTURES
    assert (SEALED.pictures, SEALED.first.mono, SEALED.last.mono) == (3, 4_250, 5_250)


def test_the_first_segment_has_none_before_it() -> None:
    first = sealed(replace(PLACE, number=1, previous=None))
    segment = open_segment(first.data, secret=OFFICE.secret, digest=first.digest, root=first.root, sitting=SITTING)
    assert segment.place.previous is None


def test_age_and_unzip_open_it(tmp_path: Path) -> None:
    age, unzip = shutil.which("age"), shutil.which("unzip")
    if not age or not unzip:
        pytest.skip("no age or unzip here")
    (tmp_path / "office.key").write_text(OFFICE.secret + "\n")
    (tmp_path / "segment.age").write_bytes(SEALED.data)
    subprocess.run([age, "-d", "-i", "office.key", "-o", "segment.zip", "segment.age"], cwd=tmp_path, check=True)
    subprocess.run([unzip, "-q", "segment.zip"], cwd=tmp_path, check=True)
    index = json.loads((tmp_path / "index.json").read_text())
    assert index["sitting"] == SITTING
    for entry in index["pictures"]:
        assert hashlib.sha256((tmp_path / entry["name"]).read_bytes()).hexdigest() == entry["digest"]


def test_no_picture_is_in_clear() -> None:
    assert b"still" not in SEALED.data
    assert SITTING.encode() not in SEALED.data


def test_step_1_too_long() -> None:
    with pytest.raises(SegmentMalformedError) as refusal:
        opened(bytes(LIMITS.sealed + 1))
    assert refusal.value.data == {"step": 1}


@given(st.integers(0, len(SEALED.data) - 1), st.integers(1, 255))
def test_step_2_any_changed_byte(place: int, change: int) -> None:
    data = bytearray(SEALED.data)
    data[place] ^= change
    with pytest.raises(SegmentChangedError):
        open_segment(bytes(data), secret=OFFICE.secret, digest=SEALED.digest, root=SEALED.root, sitting=SITTING)
    with pytest.raises(SealError):  # also when the journal had named the changed file
        opened(bytes(data))


def test_step_3_another_office() -> None:
    with pytest.raises(SealError):
        open_segment(SEALED.data, secret=new_identity().secret, digest=SEALED.digest, root=SEALED.root, sitting=SITTING)


@pytest.mark.parametrize(
    ("step", "make"),
    [
        (4, lambda: seal(b"no archive", [OFFICE.recipient])),
        (4, lambda: rebuilt(members()[:1])),
        (4, lambda: rebuilt(members()[1:])),
        (4, lambda: rebuilt([members()[0], *[(f"{n:06}.webp", b"") for n in range(1, LIMITS.pictures + 2)]])),
        (5, lambda: rebuilt(members(), compression=zipfile.ZIP_DEFLATED)),
        (5, lambda: rebuilt(members(), comment=b"more")),
        (5, lambda: seal(b"before" + open_sealed(SEALED.data, OFFICE.secret), [OFFICE.recipient])),
        (5, lambda: rebuilt([members()[0], ("000001.webp", bytes(LIMITS.picture + 1))])),
        (5, lambda: rebuilt([("index.json", bytes(LIMITS.index + 1)), *members()[1:]])),
        (6, lambda: with_index(lambda index: index["pictures"][0].update(name="000002.webp"))),
        (6, lambda: with_index(lambda index: index["pictures"][0].update(kind="ring"))),
        (6, lambda: with_index(lambda index: index["pictures"][0].update(digest="AB" * 32))),
        (6, lambda: with_index(lambda index: index.update(previous="cd"))),
        (6, lambda: with_index(lambda index: index.update(number=0))),
        (8, lambda: rebuilt(members()[:-1])),
        (8, lambda: rebuilt([*members(), ("000004.jpg", b"")])),
        (8, lambda: rebuilt([members()[0], members()[2], members()[1], members()[3]])),
        (9, lambda: rebuilt([*members()[:-1], ("000003.jpg", b"other")])),
    ],
)
def test_each_step_refuses(step: int, make: Callable[[], bytes]) -> None:
    with pytest.raises(SegmentMalformedError) as refusal:
        opened(make())
    assert refusal.value.data == {"step": step}


def test_step_4_a_damaged_member() -> None:
    inner = open_sealed(SEALED.data, OFFICE.secret)
    assert inner.count(b"ring" + b"PK") == 1
    with pytest.raises(SegmentMalformedError) as refusal:
        opened(seal(inner.replace(b"ring" + b"PK", b"rung" + b"PK"), [OFFICE.recipient]))
    assert refusal.value.data == {"step": 4}


@pytest.mark.parametrize(
    "change",
    [
        lambda index: index.update(version=2),
        lambda index: index.update(format="kiosk-other"),
        lambda index: index.pop("format"),
    ],
)
def test_step_6_another_version(change: Callable[[dict[str, Any]], object]) -> None:
    with pytest.raises(SegmentVersionError):
        opened(with_index(change))


def test_step_6_an_index_that_is_no_object() -> None:
    with pytest.raises(SegmentVersionError):
        opened(rebuilt([("index.json", b"[]"), *members()[1:]]))


@pytest.mark.parametrize(
    "make",
    [
        lambda: with_index(lambda index: index.update(more=1)),
        lambda: with_index(lambda index: index.pop("head")),
        lambda: rebuilt([("index.json", members()[0][1] + b" "), *members()[1:]]),
    ],
)
def test_step_6_an_index_of_another_shape(make: Callable[[], bytes]) -> None:
    with pytest.raises(KioskError) as refusal:
        opened(make())
    assert refusal.value.code.startswith("format/")


def test_step_7_another_sitting() -> None:
    other = sealed(replace(PLACE, sitting=SittingId("稀土冶炼-０８-𬭚")))
    with pytest.raises(SegmentForeignError):
        opened(other.data, root=other.root)


def test_step_10_another_root() -> None:
    with pytest.raises(SegmentMalformedError) as refusal:
        opened(SEALED.data, root="00" * 32)
    assert refusal.value.data == {"step": 10}


@given(st.binary(max_size=400))
def test_garbage_in_a_seal_raises_only_our_errors(garbage: bytes) -> None:
    with pytest.raises(KioskError):
        opened(seal(garbage, [OFFICE.recipient]))


@given(st.data())
def test_a_damaged_archive_in_a_seal_raises_only_our_errors(data: st.DataObject) -> None:
    inner = bytearray(open_sealed(SEALED.data, OFFICE.secret))
    inner[data.draw(st.integers(0, len(inner) - 1))] ^= data.draw(st.integers(1, 255))
    with suppress(KioskError):
        opened(seal(bytes(inner), [OFFICE.recipient]))  # a member's date may be anything


@pytest.mark.parametrize("count", [0, LIMITS.pictures + 1])
def test_the_writer_refuses_none_and_too_many(count: int) -> None:
    with pytest.raises(SegmentMalformedError):
        sealed(pictures=PICTURES[:1] * count)


def test_the_writer_refuses_a_huge_picture() -> None:
    with pytest.raises(SegmentMalformedError):
        sealed(pictures=(replace(PICTURES[0], data=bytes(LIMITS.picture + 1)),))
