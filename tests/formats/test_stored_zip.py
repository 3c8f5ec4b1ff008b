"""There is one ZIP for given members, and every other arrangement of the same bytes is refused."""

import io
import struct
import zipfile
import zlib
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.formats.source import BytesSource
from kiosk.formats.stored_zip import (
    ContainerError,
    DamagedContainerError,
    Limits,
    NotAContainerError,
    TooLargeError,
    ZipWriter,
    read_blocks,
    read_directory,
    sum_up,
)

MEMBERS = {"bag-info.txt": "０７ 𬭚".encode(), "data/empty": b"", "data/bank-a.db": bytes(range(256)) * 9}


def written(members: dict[str, bytes] | None = None) -> bytes:
    out = io.BytesIO()
    archive = ZipWriter(out)
    for name, data in (members if members is not None else MEMBERS).items():
        archive.add(name, len(data), (data[:7], data[7:]))
    archive.finish()
    return out.getvalue()


def read(data: bytes, limits: Limits | None = None) -> dict[str, bytes]:
    source = BytesSource(data)
    return {entry.name: b"".join(read_blocks(source, entry)) for entry in read_directory(source, limits or Limits())}


def foreign(*entries: tuple[zipfile.ZipInfo | str, bytes], comment: bytes = b"", method: int = 0) -> bytes:
    """A ZIP as Python's own library writes it."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, data in entries:
            archive.writestr(name, data)
        archive.comment = comment
    return out.getvalue()


def test_members_come_back_and_other_tools_read_them_too() -> None:
    data = written()
    assert read(data) == MEMBERS
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        assert {name: archive.read(name) for name in archive.namelist()} == MEMBERS
    assert written() == data


def test_every_flipped_bit_outside_the_content_is_refused() -> None:
    data = written({"data/a": b"A", "data/b": b"B"})
    where = {data.index(b"/aA") + 2, data.index(b"/bB") + 2}
    sums = {place + 14 + step for place in range(len(data)) if data[place : place + 2] == b"PK" for step in range(4)}
    for place in range(len(data)):
        for bit in range(8):
            changed = bytearray(data)
            changed[place] ^= 1 << bit
            if place in where or place in sums:
                continue
            with pytest.raises(ContainerError):
                read(bytes(changed))


def test_a_changed_checksum_in_one_place_is_refused() -> None:
    data = bytearray(written({"data/a": b"A"}))
    data[14] ^= 1
    with pytest.raises(DamagedContainerError) as refused:
        read(bytes(data))
    assert refused.value.data["step"] == 5


def test_truncated_at_every_byte_and_extended_by_one() -> None:
    data = written()
    for length in range(len(data)):
        with pytest.raises(ContainerError):
            read(data[:length])
    for changed in (data + b"\0", b"\0" + data, data + data):
        with pytest.raises(ContainerError):
            read(changed)
    assert read(data)


def test_something_else_altogether() -> None:
    for data in (b"", b"P", b"%PDF-1.7" * 20, b"\x00" * 4_000, "考场𬭚".encode() * 20):
        with pytest.raises(NotAContainerError):
            read(data)


def symlink() -> zipfile.ZipInfo:
    info = zipfile.ZipInfo("data/link")
    info.create_system, info.external_attr = 3, 0o120777 << 16
    return info


@pytest.mark.parametrize(
    "make",
    [
        lambda: foreign(("data/a", b"a")),
        lambda: foreign((symlink(), b"/etc/passwd")),
        lambda: foreign(("data/a", b"a" * 1_000_000), method=zipfile.ZIP_DEFLATED),
        lambda: foreign(("data/a", b"a"), comment="０７".encode()),
        foreign,
        lambda: b"PK\x03\x04",
    ],
    ids=["unix time", "symlink", "deflate bomb", "comment", "empty", "only a magic"],
)
def test_a_zip_of_another_make(make: Callable[[], bytes]) -> None:
    with pytest.raises(ContainerError):
        read(make())


@pytest.mark.parametrize(
    "name",
    [
        "../x", "data/../x", "/x", "data//x", "data/x/y", "x/y", "DATA/x", "data/X", "data/考场", "data/.x", "C:\\x",
        "data/", "", "data/x\n", "data/" + "x" * 101, "a\x00b",
    ],
)  # fmt: skip
def test_names_are_a_closed_set(name: str) -> None:
    with pytest.raises(DamagedContainerError):
        written({name: b""})
    with pytest.raises(DamagedContainerError) as refused:
        read(by_hand(name.encode(), b"A"))
    assert refused.value.data == {"step": 4, "what": "name"}


def test_the_layout_of_the_specification_is_what_is_written() -> None:
    assert by_hand(b"data/bank-a.db", "𬭚".encode()) == written({"data/bank-a.db": "𬭚".encode()})


def by_hand(name: bytes, data: bytes) -> bytes:
    """One member, byte for byte as container.md lays it out."""
    crc = zlib.crc32(data)
    sizes = struct.pack("<3LH", crc, len(data), len(data), len(name))
    local = b"PK\x03\x04" + struct.pack("<5H", 10, 0, 0, 0, 0x21) + sizes + bytes(2) + name
    central = b"PK\x01\x02" + struct.pack("<6H", 0x314, 10, 0, 0, 0, 0x21) + sizes + bytes(8)
    central += struct.pack("<2L", 0o100644 << 16, 0) + name
    start = len(local) + len(data)
    end = b"PK\x05\x06" + struct.pack("<4H2LH", 0, 0, 1, 1, len(central), start, 0)
    return local + data + central + end


def test_a_name_twice() -> None:
    out = io.BytesIO()
    archive = ZipWriter(out)
    archive.add("data/a", 1, (b"a",))
    with pytest.raises(DamagedContainerError):
        archive.add("data/a", 1, (b"b",))
    data = written({"data/a": b"1", "data/b": b"2"}).replace(b"data/b", b"data/a")
    with pytest.raises(DamagedContainerError) as refused:
        read(data)
    assert refused.value.data == {"step": 5, "what": "layout"}


def test_a_length_that_is_not_kept() -> None:
    archive = ZipWriter(io.BytesIO())
    with pytest.raises(DamagedContainerError):
        archive.add("data/a", 2, (b"abc",))


def test_limits() -> None:
    data = written()
    for limits, what in (
        (Limits(total=len(data) - 1), "file"),
        (Limits(entries=2), "entries"),
        (Limits(member=100), "member"),
    ):
        with pytest.raises(TooLargeError) as refused:
            read(data, limits)
        assert refused.value.data["what"] == what
    assert read(data, Limits(total=len(data), entries=3, member=256 * 9)) == MEMBERS


def with_end(data: bytes, count: int, length: int, start: int) -> bytes:
    return data[:-22] + struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, count, count, length, start, 0)


def test_an_end_record_that_lies() -> None:
    data = written()
    _, _, _, _, count, length, start, _ = struct.unpack("<4s4H2LH", data[-22:])
    for lie in (
        (count - 1, length, start),
        (count + 1, length, start),
        (0, length, start),
        (count, length - 1, start + 1),
        (count, length + 1, start - 1),
        (count, 2**32 - 1, start),
        (count, length, 2**32 - 1),
        (65_535, length, start),
    ):
        with pytest.raises(ContainerError):
            read(with_end(data, *lie))
    assert read(with_end(data, count, length, start)) == MEMBERS


def test_members_must_not_overlap_or_leave_gaps() -> None:
    data = written({"data/a": b"A"})
    _, _, _, _, count, length, start, _ = struct.unpack("<4s4H2LH", data[-22:])
    gap = data[:start] + b"?" + data[start:]
    with pytest.raises(DamagedContainerError) as refused:
        read(with_end(gap, count, length, start + 1))
    assert refused.value.data == {"step": 5, "what": "layout"}


def test_a_file_that_shrinks_while_it_is_read() -> None:
    data = written()
    entry = read_directory(BytesSource(data), Limits())[2]
    with pytest.raises(DamagedContainerError):
        sum_up(BytesSource(data[: entry.offset + 5]), entry)


@given(st.binary(max_size=300))
def test_garbage_raises_only_our_errors(tail: bytes) -> None:
    for data in (tail, b"PK\x03\x04" + tail, written({"data/a": b"A"})[:40] + tail):
        with pytest.raises(ContainerError):
            read(data)
