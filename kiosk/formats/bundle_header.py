"""What both bundles of a sitting say in clear: which sitting, from which seat, how long its journals are.

Rules and numbered steps: bundle_file.md. The header names no person. It is believed only when the workstation it names
is the one that signed. It does not know what is sealed.
"""

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import BinaryIO, ClassVar, Final

from kiosk.crypto.sign import Role, SigningKey
from kiosk.errors import BundleError, KioskError
from kiosk.exam.rules import LockLevel
from kiosk.exam.vocabulary import RoomId, RoundId, SeatId, SessionId, SittingId, WorkstationId
from kiosk.formats import canonical, codec
from kiosk.formats.container import (
    Container,
    DamagedContainerError,
    Info,
    Limits,
    Member,
    NotAContainerError,
    OtherFormatError,
    TooLargeError,
    UnknownSuiteError,
    UnknownVersionError,
    naming,
    open_container,
    write_container,
)
from kiosk.formats.names import odd_name
from kiosk.formats.source import Source

VERSION: Final = 1
HEADER: Final = "header.json"
MOST_HEADER: Final = 4 << 20
_DIGEST: Final = re.compile(r"[0-9a-f]{64}")
_SEGMENT: Final = re.compile(r"segment-[0-9]{6}\.age")


class NotABundleError(BundleError):
    """The file is no bundle of this kind."""

    code: ClassVar[str] = "bundle/not-a-bundle"


class BundleDamagedError(BundleError):
    """The bundle is not as it was signed (`step` of container.md, `what`)."""

    code: ClassVar[str] = "bundle/damaged"


class BundleTooLargeError(BundleError):
    """The bundle is larger than one may be (`what`, `limit`)."""

    code: ClassVar[str] = "bundle/too-large"


class BundleVersionError(BundleError):
    """The bundle has a layout that a newer program reads (`expected`, `found`)."""

    code: ClassVar[str] = "bundle/version"


class BundleSuiteError(BundleError):
    """The bundle uses algorithms that a newer program knows (`expected`, `found`)."""

    code: ClassVar[str] = "bundle/suite"


class MalformedBundleError(BundleError):
    """The bundle is genuine, but something in it is not written as this program reads it."""

    code: ClassVar[str] = "bundle/malformed"


class OtherWorkstationError(BundleError):
    """The bundle was signed by another enrolled workstation than it names (`expected`, `found`)."""

    code: ClassVar[str] = "bundle/other-workstation"


class RehearsalMismatchError(BundleError):
    """The bundle calls a rehearsal an examination, or the other way round."""

    code: ClassVar[str] = "bundle/rehearsal"


class ContradictionError(BundleError):
    """Parts of the bundle contradict each other (`what`)."""

    code: ClassVar[str] = "bundle/contradiction"


NAMES: Final[Mapping[type[KioskError], type[KioskError]]] = MappingProxyType(
    {
        NotAContainerError: NotABundleError,
        OtherFormatError: NotABundleError,
        DamagedContainerError: BundleDamagedError,
        TooLargeError: BundleTooLargeError,
        UnknownVersionError: BundleVersionError,
        UnknownSuiteError: BundleSuiteError,
        canonical.CanonicalError: MalformedBundleError,
        codec.ShapeError: MalformedBundleError,
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class SegmentEntry:
    """One segment of pictures: its file, SHA-256 and length of the sealed file, how many pictures it holds."""

    name: str
    digest: str
    size: int
    pictures: int


@dataclass(frozen=True, slots=True, kw_only=True)
class BundleHeader:
    """The clear part of a bundle; `ended` is milliseconds UTC, heads are hexadecimal."""

    bundle: SittingId
    round: RoundId
    package: int
    room: RoomId
    session: SessionId
    seat: SeatId
    workstation: WorkstationId
    records: int
    head: str
    session_records: int
    session_head: str
    ended: int
    segments: tuple[SegmentEntry, ...]
    rehearsal: bool
    lock_level: LockLevel


def write_bundle(
    out: BinaryIO,
    format_: str,
    header: BundleHeader,
    members: Iterable[Member],
    *,
    key: SigningKey,
    chain_pem: bytes,
) -> str:
    """Write and sign a bundle and return its digest."""
    text = canonical.encode(codec.to_json(header))
    with naming(NAMES):
        return write_container(out, _with_header(text, members), _info(format_, header), key=key, chain_pem=chain_pem)


def open_bundle(
    source: Source,
    format_: str,
    limits: Limits,
    *,
    root_pem: bytes,
    at: int | None,
    denied: Collection[str],
    keep_damaged: bool = False,
) -> tuple[Container, BundleHeader]:
    """Take steps 1 to 17 of bundle_file.md. BundleError, TrustError."""
    with naming(NAMES):
        container = open_container(
            source,
            format=format_,
            version=VERSION,
            limits=limits,
            root_pem=root_pem,
            role=Role.WORKSTATION,
            at=at,
            denied=denied,
            keep_damaged=keep_damaged,
        )
        if HEADER not in container.names:  # step 13
            raise DamagedContainerError(step=13, what=HEADER)
        if container.size(HEADER) > MOST_HEADER:
            raise TooLargeError(what=HEADER, limit=MOST_HEADER)
        header = codec.from_json(BundleHeader, canonical.decode(container.read(HEADER), limit=MOST_HEADER))
    _check_sound(header)
    if header.workstation != container.signer.id:  # step 15
        raise OtherWorkstationError(expected=header.workstation, found=container.signer.id)
    if header.rehearsal != container.signer.rehearsal:  # step 16
        raise RehearsalMismatchError
    if container.info != _info(format_, header):  # step 17
        raise ContradictionError(what="info")
    return container, header


def _with_header(text: bytes, members: Iterable[Member]) -> Iterable[Member]:
    yield Member.of(HEADER, text)
    yield from members


def _info(format_: str, header: BundleHeader) -> Info:
    return Info(format=format_, version=VERSION, identifier=header.bundle, judge_at=max(0, header.ended // 1000))


def _check_sound(header: BundleHeader) -> None:
    """Step 14: names are names, numbers can be, digests are digests, and no segment stands twice."""
    segments = header.segments
    odd = odd_name([header.bundle, header.round, header.room, header.session, header.seat])
    digests = [header.head, header.session_head, *(entry.digest for entry in segments)]
    counts = [header.package, header.records, header.session_records]
    wrong = {
        "name": odd is not None,
        "digest": not all(_DIGEST.fullmatch(digest) for digest in digests),
        "count": min(counts) < 1 or any(entry.size < 1 or entry.pictures < 0 for entry in segments),
        "segment-name": not all(_SEGMENT.fullmatch(entry.name) for entry in segments),
        "segment-twice": len({entry.name for entry in segments}) != len(segments),
    }
    for what, found in wrong.items():
        if found:
            raise ContradictionError(what=what)
