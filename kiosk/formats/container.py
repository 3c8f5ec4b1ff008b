"""A signed file of ours: a ZIP in BagIt shape whose every byte is accounted for before anything in it is used.

Rules and numbered steps: container.md. `open_container` returns only after signature, lists and every member have
held; what is read later is compared again, so a file that changes under our hands yields nothing else. It does not
know what the members mean, opens nothing and reads no clock.
"""

import hashlib
import re
import zlib
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from types import MappingProxyType
from typing import BinaryIO, ClassVar, Final

from kiosk.crypto.sign import Role, Signer, SigningKey, verify
from kiosk.errors import KioskError
from kiosk.formats.source import Source
from kiosk.formats.stored_zip import (
    ContainerError,
    DamagedContainerError,
    Entry,
    Limits,
    NotAContainerError,
    Sums,
    TooLargeError,
    ZipWriter,
    read_blocks,
    read_directory,
    sum_up,
)

__all__ = [
    "Container",
    "ContainerError",
    "DamagedContainerError",
    "Info",
    "Limits",
    "Member",
    "NotAContainerError",
    "OtherFormatError",
    "TooLargeError",
    "UnknownSuiteError",
    "UnknownVersionError",
    "naming",
    "open_container",
    "write_container",
]

SUITE: Final = 1
"""P-256 with SHA-256, age v1: the algorithms a reader of today knows."""

DATA: Final = "data/"
_INFO, _BAGIT, _MANIFEST = "bag-info.txt", "bagit.txt", "manifest-sha256.txt"
_CHAIN, _SIGNATURE, _TAGS = "signer.pem", "tagmanifest-sha256.sig", "tagmanifest-sha256.txt"
_LISTED: Final = (_INFO, _BAGIT, _MANIFEST, _CHAIN)
_TAG_FILES: Final = (*_LISTED, _SIGNATURE, _TAGS)
_BAGIT_TEXT: Final = b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
_INFO_TEXT: Final = re.compile(
    r"Format: ([a-z-]{1,40})\nIdentifier: ([^\x00-\x1f\x7f]{1,200})\n"
    r"Judge-At: (0|[1-9][0-9]{0,11})\nSuite: ([0-9]{1,40})\nVersion: ([0-9]{1,40})\n"
)


class OtherFormatError(ContainerError):
    """The file is a container of another kind (`expected`, `found`)."""

    code: ClassVar[str] = "format/other"


class UnknownVersionError(ContainerError):
    """The file has a layout this program does not read (`expected`, `found`)."""

    code: ClassVar[str] = "format/version"


class UnknownSuiteError(ContainerError):
    """The file uses algorithms this program does not know (`expected`, `found`)."""

    code: ClassVar[str] = "format/suite"


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """One file to be put into `data/`: its name, its length, its bytes in pieces."""

    name: str
    size: int
    chunks: Iterable[bytes]

    @classmethod
    def of(cls, name: str, data: bytes) -> "Member":
        """Return a member that lies in memory."""
        return cls(name=name, size=len(data), chunks=(data,))

    @classmethod
    def from_source(cls, name: str, source: Source) -> "Member":
        """Return a member that is read when it is written."""
        entry = Entry(name=name, size=source.size, crc=0, offset=0)
        return cls(name=name, size=source.size, chunks=read_blocks(source, entry))


@dataclass(frozen=True, slots=True, kw_only=True)
class Info:
    """What a container says of itself; `judge_at` is when its certificates are to be judged, UTC epoch seconds."""

    format: str
    version: int
    identifier: str
    judge_at: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Container:
    """A container that held. `digest` names it: SHA-256 of the tag manifest, lower-case hex."""

    info: Info
    signer: Signer
    chain_pem: bytes
    digest: str
    names: tuple[str, ...]
    damaged: tuple[str, ...]
    _source: Source
    _entries: Mapping[str, Entry]
    _sums: Mapping[str, Sums]

    def read(self, name: str) -> bytes:
        """Return a member whole; KeyError when there is none, DamagedContainerError when it is not as signed."""
        return b"".join(self.chunks(name))

    def chunks(self, name: str) -> Iterator[bytes]:
        """Yield a member in blocks, each compared before it is yielded."""
        entry = self._entries[name]
        if name in self.damaged:
            raise DamagedContainerError(step=12, what=name)
        for block, digest in zip(read_blocks(self._source, entry), self._sums[name].blocks, strict=True):
            if hashlib.sha256(block).digest() != digest:
                raise DamagedContainerError(step=12, what=name)
            yield block

    def size(self, name: str) -> int:
        """Return the length of a member."""
        return self._entries[name].size

    def digest_of(self, name: str) -> str:
        """Return the SHA-256 of a member as it was found, lower-case hex."""
        return self._sums[name].digest


def write_container(out: BinaryIO, members: Iterable[Member], info: Info, *, key: SigningKey, chain_pem: bytes) -> str:
    """Write and sign a container and return its digest; equal members in equal order give equal bytes.

    Members are taken one after the other, so a source may be closed once the next member is asked for.
    """
    archive = ZipWriter(out)
    info_text = _info_text(info)
    archive.add(_INFO, len(info_text), (info_text,))
    archive.add(_BAGIT, len(_BAGIT_TEXT), (_BAGIT_TEXT,))
    digests = {DATA + member.name: archive.add(DATA + member.name, member.size, member.chunks) for member in members}
    manifest = _list_text(digests)
    tags = _tag_text({_INFO: info_text, _BAGIT: _BAGIT_TEXT, _MANIFEST: manifest, _CHAIN: chain_pem})
    rest = {_MANIFEST: manifest, _CHAIN: chain_pem, _SIGNATURE: key.sign(tags), _TAGS: tags}
    for name, data in rest.items():
        archive.add(name, len(data), (data,))
    archive.finish()
    return hashlib.sha256(tags).hexdigest()


def open_container(
    source: Source,
    *,
    format: str,  # noqa: A002 - the word of the specification
    version: int,
    limits: Limits,
    root_pem: bytes,
    role: Role,
    at: int | None,
    denied: Collection[str] = frozenset(),
    keep_damaged: bool = False,
) -> Container:
    """Take the steps of container.md. ContainerError, TrustError.

    `at` is when the certificates are judged, UTC epoch seconds; None for the instant the container names. With
    `keep_damaged` a member that is not as signed is listed instead of refusing the whole.
    """
    entries = {entry.name: entry for entry in read_directory(source, limits)}
    payload = {name.removeprefix(DATA): entry for name, entry in entries.items() if name.startswith(DATA)}
    if [*entries] != [_INFO, _BAGIT, *(DATA + name for name in payload), _MANIFEST, _CHAIN, _SIGNATURE, _TAGS]:
        raise DamagedContainerError(step=6, what="members")
    tags = {name: _read_tag(source, entries[name], limits) for name in _TAG_FILES}
    info = _read_info(tags[_INFO], format, version)
    signer = verify(  # step 9
        tags[_SIGNATURE],
        tags[_TAGS],
        chain_pem=tags[_CHAIN],
        root_pem=root_pem,
        role=role,
        at=info.judge_at if at is None else at,
        denied=denied,
    )
    if tags[_TAGS] != _tag_text(tags) or tags[_BAGIT] != _BAGIT_TEXT:  # step 10
        raise DamagedContainerError(step=10, what=_TAGS)
    listed = _read_list(tags[_MANIFEST], payload)
    sums = {name: sum_up(source, entry) for name, entry in payload.items()}
    damaged = tuple(name for name, found in sums.items() if found.digest != listed[name])
    if not keep_damaged:
        _demand_whole(payload, sums, damaged)
    return Container(
        info=info,
        signer=signer,
        chain_pem=tags[_CHAIN],
        digest=hashlib.sha256(tags[_TAGS]).hexdigest(),
        names=tuple(payload),
        damaged=damaged,
        _source=source,
        _entries=MappingProxyType(payload),
        _sums=MappingProxyType(sums),
    )


@contextmanager
def naming(names: Mapping[type[KioskError], type[KioskError]]) -> Iterator[None]:
    """Give refusals of this layer the names of the format they happen in; all others pass unchanged."""
    try:
        yield
    except tuple(names) as refusal:
        raise names[type(refusal)](**refusal.data) from refusal


def _read_tag(source: Source, entry: Entry, limits: Limits) -> bytes:
    """Step 7."""
    if entry.size > limits.tag:
        raise TooLargeError(what=entry.name, limit=limits.tag)
    data = b"".join(read_blocks(source, entry))
    if zlib.crc32(data) != entry.crc:
        raise DamagedContainerError(step=7, what=entry.name)
    return data


def _info_text(info: Info) -> bytes:
    text = (
        f"Format: {info.format}\nIdentifier: {info.identifier}\nJudge-At: {info.judge_at}\n"
        f"Suite: {SUITE}\nVersion: {info.version}\n"
    )
    if not _INFO_TEXT.fullmatch(text):
        raise DamagedContainerError(step=0, what=_INFO)
    return text.encode()


def _read_info(text: bytes, format_: str, version: int) -> Info:
    """Step 8: which rules apply. The bytes are held in memory and covered by steps 9 and 10."""
    try:
        found = _INFO_TEXT.fullmatch(text.decode())
    except UnicodeDecodeError:
        found = None
    if found is None:
        raise DamagedContainerError(step=8, what=_INFO)
    if found[1] != format_:
        raise OtherFormatError(expected=format_, found=found[1])
    if found[5] != str(version):
        raise UnknownVersionError(expected=version, found=found[5])
    if found[4] != str(SUITE):
        raise UnknownSuiteError(expected=SUITE, found=found[4])
    return Info(format=format_, version=version, identifier=found[2], judge_at=int(found[3]))


def _list_text(digests: Mapping[str, str]) -> bytes:
    return "".join(f"{digest}  {name}\n" for name, digest in digests.items()).encode()


def _tag_text(tags: Mapping[str, bytes]) -> bytes:
    return _list_text({name: hashlib.sha256(tags[name]).hexdigest() for name in _LISTED})


def _read_list(manifest: bytes, payload: Collection[str]) -> dict[str, str]:
    """Step 11: the manifest lists exactly the members there are, in the one form a list has."""
    lines = manifest.decode("ascii", "replace").splitlines()
    listed = {line[66:]: line[:64] for line in lines}
    wellformed = all(re.fullmatch("[0-9a-f]{64}", digest) for digest in listed.values())
    if not wellformed or _list_text(listed) != manifest or [*listed] != [DATA + name for name in payload]:
        raise DamagedContainerError(step=11, what=_MANIFEST)
    return {name.removeprefix(DATA): digest for name, digest in listed.items()}


def _demand_whole(payload: Mapping[str, Entry], sums: Mapping[str, Sums], damaged: tuple[str, ...]) -> None:
    """Step 12: every member is as listed, and so is the checksum that unpacking tools look at."""
    wrong = damaged or tuple(name for name, entry in payload.items() if sums[name].crc != entry.crc)
    if wrong:
        raise DamagedContainerError(step=12, what=wrong[0])
