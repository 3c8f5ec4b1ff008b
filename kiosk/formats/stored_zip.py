"""A ZIP file in the one shape we write: members stored, end to end, and not one byte that could be otherwise.

Rules and numbered steps: container.md. The reader takes the directory at the end for a list of names and sizes,
builds all headers anew from it and demands exactly those bytes, so nothing can hide before, between or behind the
members and no field can be played with. It does not know what the members mean.
"""

import hashlib
import re
import struct
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import BinaryIO, ClassVar, Final

from kiosk.errors import FormatError
from kiosk.formats.source import Source

BLOCK: Final = 1 << 20
"""Bytes read at a time; each block has a digest of its own while a file is open."""

_NAME: Final = re.compile(rb"(?:data/)?[a-z0-9][a-z0-9.-]{0,99}")
_LONGEST_NAME: Final = 105
_LOCAL: Final = struct.Struct("<4s5H3L2H")
_CENTRAL: Final = struct.Struct("<4s6H3L5H2L")
_END: Final = struct.Struct("<4s4H2LH")
_LOCAL_MAGIC, _CENTRAL_MAGIC, _END_MAGIC = b"PK\x03\x04", b"PK\x01\x02", b"PK\x05\x06"
_CRC_OFFSET: Final = 14
_NEEDS, _MADE_BY = 10, 0x0314  # version 1.0; made on Unix, so that unpacking gives readable files
_DATE: Final = 0x0021  # 1 January 1980, the first day there is
_ATTRIBUTES: Final = 0o100644 << 16


class ContainerError(FormatError):
    """A file is not a container of ours, or not one this program may read."""

    code: ClassVar[str] = "format/container"


class NotAContainerError(ContainerError):
    """The file is something else altogether."""

    code: ClassVar[str] = "format/not-a-container"


class TooLargeError(ContainerError):
    """The file, or something in it, is larger than may be (`what`, `limit`)."""

    code: ClassVar[str] = "format/too-large"


class DamagedContainerError(ContainerError):
    """The file is ours but not as it was written; `step` is the step of container.md that failed."""

    code: ClassVar[str] = "format/damaged"


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """The most a container may hold; a reader refuses more before it reads it."""

    total: int = 2**31 - 1
    entries: int = 4_096
    member: int = 2**31 - 1
    tag: int = 2**20


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One member: its name, how long it is, its CRC-32, and where its bytes begin."""

    name: str
    size: int
    crc: int
    offset: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Sums:
    """Sums over a member: SHA-256 of the whole and of each block, CRC-32 of the whole."""

    digest: str
    blocks: tuple[bytes, ...]
    crc: int


class ZipWriter:
    """Writes members in the order they are given; `out` must be empty and able to seek."""

    def __init__(self, out: BinaryIO) -> None:
        self._out = out
        self._entries: dict[str, Entry] = {}
        self._end = 0

    def add(self, name: str, size: int, chunks: Iterable[bytes]) -> str:
        """Write one member and return its SHA-256, lower-case hex. The chunks must amount to `size` bytes."""
        if not _NAME.fullmatch(name.encode()) or name in self._entries:
            raise DamagedContainerError(step=0, what=name)
        start = self._end
        self._out.write(_local_header(name, size, 0))
        digest, crc, found = hashlib.sha256(), 0, 0
        for chunk in chunks:
            self._out.write(chunk)
            digest.update(chunk)
            crc, found = zlib.crc32(chunk, crc), found + len(chunk)
        if found != size:
            raise DamagedContainerError(step=0, what=name)
        self._out.seek(start + _CRC_OFFSET)
        self._out.write(crc.to_bytes(4, "little"))
        offset = start + _LOCAL.size + len(name)
        self._end = offset + size
        self._out.seek(self._end)
        self._entries[name] = Entry(name=name, size=size, crc=crc, offset=offset)
        return digest.hexdigest()

    def finish(self) -> None:
        """Write the directory."""
        directory = b"".join(_central_header(entry) for entry in self._entries.values())
        self._out.write(directory + _end_record(len(self._entries), len(directory), self._end))


def read_directory(source: Source, limits: Limits) -> tuple[Entry, ...]:
    """Take steps 1 to 5 of container.md and return the members."""
    if source.size > limits.total:  # step 1
        raise TooLargeError(what="file", limit=limits.total)
    if source.read_at(0, len(_LOCAL_MAGIC)) != _LOCAL_MAGIC:  # step 2
        raise NotAContainerError
    count, length, start = _read_end(source, limits)
    directory = source.read_at(start, length)
    entries = []
    place = at = 0
    for _ in range(count):
        entry = _read_entry(directory[at : at + _CENTRAL.size + _LONGEST_NAME], place, limits)
        header = _local_header(entry.name, entry.size, entry.crc)
        if source.read_at(place, len(header)) != header:  # step 5
            raise DamagedContainerError(step=5, what=entry.name)
        at += _CENTRAL.size + len(entry.name)
        place = entry.offset + entry.size
        entries.append(entry)
    if (at, place) != (length, start) or len({entry.name for entry in entries}) != count:
        raise DamagedContainerError(step=5, what="layout")
    return tuple(entries)


def read_blocks(source: Source, entry: Entry) -> Iterator[bytes]:
    """Yield a member's bytes block by block; DamagedContainerError where the source has become shorter."""
    for start in range(0, entry.size, BLOCK):
        wanted = min(BLOCK, entry.size - start)
        block = source.read_at(entry.offset + start, wanted)
        if len(block) != wanted:
            raise DamagedContainerError(step=5, what=entry.name)
        yield block


def sum_up(source: Source, entry: Entry) -> Sums:
    """Read a member once and return its sums."""
    digest, crc, blocks = hashlib.sha256(), 0, []
    for block in read_blocks(source, entry):
        digest.update(block)
        crc = zlib.crc32(block, crc)
        blocks.append(hashlib.sha256(block).digest())
    return Sums(digest=digest.hexdigest(), blocks=tuple(blocks), crc=crc)


def _read_end(source: Source, limits: Limits) -> tuple[int, int, int]:
    """Step 3: the last 22 bytes say how many members there are, and where the directory stands."""
    end = source.read_at(max(0, source.size - _END.size), _END.size)
    if len(end) != _END.size:
        raise DamagedContainerError(step=3, what="end")
    _, _, _, _, count, length, start, _ = _END.unpack(end)
    if end != _end_record(count, length, start) or start + length + _END.size != source.size:
        raise DamagedContainerError(step=3, what="end")
    if count > limits.entries or length > limits.entries * (_CENTRAL.size + _LONGEST_NAME):
        raise TooLargeError(what="entries", limit=limits.entries)
    return count, length, start


def _read_entry(raw: bytes, place: int, limits: Limits) -> Entry:
    """Step 4: one line of the directory, exactly as we would have written it."""
    if len(raw) < _CENTRAL.size:
        raise DamagedContainerError(step=4, what="directory")
    found = _CENTRAL.unpack_from(raw)
    crc, _, size, name_length = found[7:11]
    name = raw[_CENTRAL.size : _CENTRAL.size + name_length]
    if len(name) != name_length or not _NAME.fullmatch(name):
        raise DamagedContainerError(step=4, what="name")
    if size > limits.member:
        raise TooLargeError(what="member", limit=limits.member)
    entry = Entry(name=name.decode(), size=size, crc=crc, offset=place + _LOCAL.size + len(name))
    if raw[: _CENTRAL.size + len(name)] != _central_header(entry):
        raise DamagedContainerError(step=4, what=entry.name)
    return entry


def _local_header(name: str, size: int, crc: int) -> bytes:
    return _LOCAL.pack(_LOCAL_MAGIC, _NEEDS, 0, 0, 0, _DATE, crc, size, size, len(name), 0) + name.encode()


def _central_header(entry: Entry) -> bytes:
    name = entry.name.encode()
    start = entry.offset - _LOCAL.size - len(name)
    fixed = (_CENTRAL_MAGIC, _MADE_BY, _NEEDS, 0, 0, 0, _DATE, entry.crc, entry.size, entry.size, len(name))
    return _CENTRAL.pack(*fixed, 0, 0, 0, 0, _ATTRIBUTES, start) + name


def _end_record(count: int, length: int, start: int) -> bytes:
    return _END.pack(_END_MAGIC, 0, 0, count, count, length, start, 0)
