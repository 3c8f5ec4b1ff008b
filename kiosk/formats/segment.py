"""Ten seconds of camera pictures as one sealed file, whose every picture the journal can vouch for.

Layout and numbered reading steps: segment.md. A segment is a stored ZIP of pictures and an index, sealed to the office
as one age file, so that `age -d` and `unzip` open it without this program. `open_segment` returns pictures only after
every step has held. It does not know cameras, clocks or disks, and never judges what a picture shows.
"""

import hashlib
import re
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from io import BytesIO
from typing import ClassVar, Final

from kiosk.crypto.chain import merkle_root
from kiosk.crypto.seal import open_sealed, seal
from kiosk.errors import BundleError
from kiosk.exam.vocabulary import Instant, Millis, SittingId
from kiosk.formats import canonical, codec

FORMAT: Final = "kiosk-segment"
VERSION: Final = 1
INDEX: Final = "index.json"
EARLIEST: Final = (1980, 1, 1, 0, 0, 0)
UNIX: Final = 3
LOCAL_HEADER, CENTRAL_HEADER, END_RECORD = 30, 46, 22
HEX_DIGEST: Final = re.compile(r"[0-9a-f]{64}")


class SegmentChangedError(BundleError):
    """The file is not the one the journal names (step 2)."""

    code: ClassVar[str] = "bundle/segment-changed"


class SegmentMalformedError(BundleError):
    """What is inside the seal is not a segment; `step` is the step of segment.md that failed."""

    code: ClassVar[str] = "bundle/segment-malformed"


class SegmentVersionError(BundleError):
    """The segment has a format or version this program does not read (step 6)."""

    code: ClassVar[str] = "bundle/segment-version"


class SegmentForeignError(BundleError):
    """The segment belongs to another sitting (step 7)."""

    code: ClassVar[str] = "bundle/segment-foreign"


class PictureKind(Enum):
    """Why a picture was kept."""

    STILL = "still"
    RING = "ring"
    BURST = "burst"


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """The most a segment may hold; a reader refuses more before it looks at anything."""

    sealed: int = 24 * 2**20
    pictures: int = 256
    picture: int = 2**20
    index: int = 2**18


LIMITS: Final = Limits()


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """The last record of the sitting's journal when the segment was closed."""

    seq: int
    hash: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a segment stands: whose it is, which in their order, what came before it."""

    sitting: SittingId
    number: int
    previous: str | None
    head: Head


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """One kept picture: a WebP file for stills, a JPEG file otherwise."""

    kind: PictureKind
    at: Instant
    data: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class PictureEntry:
    """What the index says of one picture."""

    name: str
    kind: PictureKind
    mono: int
    wall: int
    digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SegmentIndex:
    """The index of a segment, as index.json holds it."""

    format: str
    version: int
    sitting: SittingId
    number: int
    previous: str | None
    head: Head
    pictures: tuple[PictureEntry, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SealedSegment:
    """A sealed file and what the journal says of it: SHA-256 of the file, Merkle root of its pictures, both in hex."""

    data: bytes
    digest: str
    root: str
    pictures: int
    first: Instant
    last: Instant


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """A segment that has been opened and held in every step."""

    place: Place
    pictures: tuple[Picture, ...]


def seal_segment(place: Place, pictures: Sequence[Picture], *, recipients: Sequence[str]) -> SealedSegment:
    """Build the ZIP in memory and seal it to the age recipients. Pictures stay in the order given, at least one."""
    if not 0 < len(pictures) <= LIMITS.pictures or any(len(p.data) > LIMITS.picture for p in pictures):
        raise SegmentMalformedError(step=0)
    entries = tuple(_entry(number, picture) for number, picture in enumerate(pictures, 1))
    index = SegmentIndex(
        format=FORMAT,
        version=VERSION,
        sitting=place.sitting,
        number=place.number,
        previous=place.previous,
        head=place.head,
        pictures=entries,
    )
    members = [(INDEX, canonical.encode(codec.to_json(index)))]
    members += [(entry.name, picture.data) for entry, picture in zip(entries, pictures, strict=True)]
    data = seal(_stored_zip(members), recipients)
    return SealedSegment(
        data=data,
        digest=hashlib.sha256(data).hexdigest(),
        root=_root(entries),
        pictures=len(entries),
        first=min((picture.at for picture in pictures), key=lambda at: at.mono),
        last=max((picture.at for picture in pictures), key=lambda at: at.mono),
    )


def open_segment(data: bytes, *, secret: str, digest: str, root: str, sitting: SittingId) -> Segment:
    """Verify, decrypt and parse a segment file; `digest` and `root` are what the journal of `sitting` says.

    Raises SegmentChangedError, SealError, SegmentVersionError, SegmentForeignError or SegmentMalformedError.
    """
    _require(len(data) <= LIMITS.sealed, step=1)
    if hashlib.sha256(data).hexdigest() != digest:
        raise SegmentChangedError(digest=digest)
    members = _members(open_sealed(data, secret))
    index = _index(members[0][1])
    if index.sitting != sitting:
        raise SegmentForeignError(sitting=index.sitting)
    _require([name for name, _ in members[1:]] == [entry.name for entry in index.pictures], step=8)
    pictures = tuple(_picture(entry, body) for entry, (_, body) in zip(index.pictures, members[1:], strict=True))
    _require(_root(index.pictures) == root, step=10)
    place = Place(sitting=index.sitting, number=index.number, previous=index.previous, head=index.head)
    return Segment(place=place, pictures=pictures)


def _require(held: object, *, step: int) -> None:
    if not held:
        raise SegmentMalformedError(step=step)


def _name(number: int, kind: PictureKind) -> str:
    return f"{number:06}.{'webp' if kind is PictureKind.STILL else 'jpg'}"


def _entry(number: int, picture: Picture) -> PictureEntry:
    return PictureEntry(
        name=_name(number, picture.kind),
        kind=picture.kind,
        mono=picture.at.mono,
        wall=picture.at.wall,
        digest=hashlib.sha256(picture.data).hexdigest(),
    )


def _root(entries: Sequence[PictureEntry]) -> str:
    return merkle_root([bytes.fromhex(entry.digest) for entry in entries]).hex()


def _stored_zip(members: Sequence[tuple[str, bytes]]) -> bytes:
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
        for name, body in members:
            info = zipfile.ZipInfo(name, EARLIEST)
            info.create_system = UNIX
            info.external_attr = 0o600 << 16
            archive.writestr(info, body)
    return buffer.getvalue()


def _members(data: bytes) -> list[tuple[str, bytes]]:
    """Read the ZIP, in the order of its directory (steps 4 and 5)."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            infos = archive.infolist()
            _require(1 < len(infos) <= LIMITS.pictures + 1 and infos[0].filename == INDEX, step=4)
            _require(len(data) == _exact_size(infos), step=5)
            _require(infos[0].file_size <= LIMITS.index, step=5)
            _require(all(info.file_size <= LIMITS.picture for info in infos[1:]), step=5)
            return [(info.filename, archive.read(info)) for info in infos]
    except (zipfile.BadZipFile, EOFError, NotImplementedError, RuntimeError, UnicodeDecodeError, ValueError) as error:
        raise SegmentMalformedError(step=4) from error


def _exact_size(infos: Sequence[zipfile.ZipInfo]) -> int:
    """The size of a ZIP that holds these members stored and nothing besides; -1 if one of them is not stored."""
    if any(info.compress_type != zipfile.ZIP_STORED or info.flag_bits for info in infos):
        return -1
    return END_RECORD + sum(LOCAL_HEADER + CENTRAL_HEADER + 2 * len(info.filename) + info.file_size for info in infos)


def _index(data: bytes) -> SegmentIndex:
    """Parse index.json (step 6)."""
    value = canonical.decode(data, limit=LIMITS.index)
    if not isinstance(value, dict) or (value.get("format"), value.get("version")) != (FORMAT, VERSION):
        raise SegmentVersionError
    index = codec.from_json(SegmentIndex, value)
    names = [_name(number, entry.kind) for number, entry in enumerate(index.pictures, 1)]
    digests = [entry.digest for entry in index.pictures] + [index.head.hash] + [index.previous or "0" * 64]
    _require(names == [entry.name for entry in index.pictures], step=6)
    _require(all(HEX_DIGEST.fullmatch(digest) for digest in digests) and index.number > 0, step=6)
    return index


def _picture(entry: PictureEntry, body: bytes) -> Picture:
    """Compare one picture with its digest (step 9)."""
    _require(hashlib.sha256(body).hexdigest() == entry.digest, step=9)
    return Picture(kind=entry.kind, at=Instant(mono=Millis(entry.mono), wall=entry.wall), data=body)
