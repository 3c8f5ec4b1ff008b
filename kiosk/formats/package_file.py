"""The round package: what a test room needs to hold an examination, signed by the coordinator's office.

Rules and numbered steps: package_file.md. `open_package` returns a round only after the whole file is as it was signed,
says nothing contradictory, and is meant for this room, program and day; banks and roster stay sealed and are handed
out as verified bytes. It does not know keys, codes or databases.
"""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import BinaryIO, ClassVar, Final

from kiosk.crypto.sign import Role, Signer, SigningKey
from kiosk.crypto.slots import Slot
from kiosk.errors import KioskError, PackageError
from kiosk.exam.round import Round, UnsoundRoundError, check_round
from kiosk.exam.vocabulary import CentreId, RoomId, SessionId
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

FORMAT: Final = "kiosk-package"
VERSION: Final = 1
ROUND, SLOTS, ROSTER = "round.json", "slots.json", "roster.db"
LIMITS: Final = Limits(total=2**31 - 1, entries=256, member=2**30, tag=2**20)
MOST_JSON: Final = 8 << 20
MOST_SLOTS: Final = 4_096
_BANK_FILE: Final = re.compile(r"bank-[a-z0-9.-]{1,60}\.db")
_PROGRAM: Final = re.compile(r"[0-9]{1,6}(?:\.[0-9]{1,6}){0,3}")


class NotAPackageError(PackageError):
    """The file is no round package at all."""

    code: ClassVar[str] = "package/not-a-package"


class PackageDamagedError(PackageError):
    """The package is not as it was signed (`step` of container.md, `what`)."""

    code: ClassVar[str] = "package/damaged"


class PackageTooLargeError(PackageError):
    """The package is larger than one may be (`what`, `limit`)."""

    code: ClassVar[str] = "package/too-large"


class PackageVersionError(PackageError):
    """The package has a layout that a newer program reads (`expected`, `found`)."""

    code: ClassVar[str] = "package/version"


class PackageSuiteError(PackageError):
    """The package uses algorithms that a newer program knows (`expected`, `found`)."""

    code: ClassVar[str] = "package/suite"


class MalformedPackageError(PackageError):
    """The package is genuine, but its description is not one this program can read."""

    code: ClassVar[str] = "package/malformed"


class OtherCentreError(PackageError):
    """The package is for another centre (`expected`, `found`)."""

    code: ClassVar[str] = "package/other-centre"


class OtherRoomError(PackageError):
    """The package is for another room (`expected`, `found`)."""

    code: ClassVar[str] = "package/other-room"


class OlderProgramError(PackageError):
    """The package needs a newer program than this (`expected`, `found`)."""

    code: ClassVar[str] = "package/older-program"


class OlderPackageError(PackageError):
    """A newer package of this round has been loaded already (`newest`, `found`)."""

    code: ClassVar[str] = "package/older-package"


class PackageExpiredError(PackageError):
    """The round is over or has not begun to be valid (`not_before`, `not_after`, `at`, UTC epoch seconds)."""

    code: ClassVar[str] = "package/expired"


_NAMES: Final[Mapping[type[KioskError], type[KioskError]]] = MappingProxyType(
    {
        NotAContainerError: NotAPackageError,
        OtherFormatError: NotAPackageError,
        DamagedContainerError: PackageDamagedError,
        TooLargeError: PackageTooLargeError,
        UnknownVersionError: PackageVersionError,
        UnknownSuiteError: PackageSuiteError,
        canonical.CanonicalError: MalformedPackageError,
        codec.ShapeError: MalformedPackageError,
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class SlotList:
    """All slots of a package, as slots.json holds them."""

    slots: tuple[Slot, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundPackage:
    """A package that held in every step. `digest` names it: SHA-256 of its tag manifest, lower-case hex."""

    round: Round
    slots: tuple[Slot, ...]
    digest: str
    signer: Signer
    _container: Container

    def read(self, name: str) -> bytes:
        """Return a sealed member ("roster.db", "bank-....db") whole. PackageDamagedError if it changed meanwhile."""
        return b"".join(self.chunks(name))

    def chunks(self, name: str) -> Iterator[bytes]:
        """Yield a sealed member in blocks of at most 1 MiB, each verified. PackageDamagedError."""
        with naming(_NAMES):
            yield from self._container.chunks(name)


def write_package(
    out: BinaryIO,
    round_: Round,
    slots: Sequence[Slot],
    files: Mapping[str, bytes],
    *,
    key: SigningKey,
    chain_pem: bytes,
) -> str:
    """Write and sign a package and return its digest. UnsoundRoundError and others where a reader would refuse it."""
    _check_sound(round_, slots)
    _check_files(round_, files.keys())
    texts = {
        ROUND: canonical.encode(codec.to_json(round_)),
        SLOTS: canonical.encode(codec.to_json(SlotList(slots=tuple(slots)))),
    }
    members = {**texts, **files}
    return write_container(
        out, [Member.of(name, members[name]) for name in sorted(members)], _info(round_), key=key, chain_pem=chain_pem
    )


def open_package(
    source: Source,
    *,
    root_pem: bytes,
    at: int,
    program: str,
    room: RoomId | None,
    centre: CentreId | None,
    newest: int,
    denied: Collection[str] = frozenset(),
) -> RoundPackage:
    """Take the steps of package_file.md. PackageError, TrustError.

    `at` is now, in UTC epoch seconds; `newest` the highest package number seen of this round, 0 for none. A reader
    that is in no room gives None for `room` and `centre`.
    """
    with naming(_NAMES):
        container = open_container(
            source,
            format=FORMAT,
            version=VERSION,
            limits=LIMITS,
            root_pem=root_pem,
            role=Role.ROUND_SIGNER,
            at=at,
            denied=denied,
        )
        round_ = codec.from_json(Round, _json(container, ROUND))
        slots = codec.from_json(SlotList, _json(container, SLOTS)).slots
    _check_sound(round_, slots)
    _check_files(round_, set(container.names) - {ROUND, SLOTS})
    if container.info != _info(round_):  # step 16
        raise UnsoundRoundError(what="info", where=round_.id)
    _check_meant_for(round_, program=program, room=room, centre=centre)
    if round_.package < newest:  # step 20
        raise OlderPackageError(newest=newest, found=round_.package)
    if not round_.not_before <= at * 1000 <= round_.not_after:  # step 21
        raise PackageExpiredError(not_before=round_.not_before // 1000, not_after=round_.not_after // 1000, at=at)
    return RoundPackage(
        round=round_, slots=slots, digest=container.digest, signer=container.signer, _container=container
    )


def _info(round_: Round) -> Info:
    judge_at = max(0, min(session.start for session in round_.sessions) // 1000)
    return Info(format=FORMAT, version=VERSION, identifier=round_.package_id, judge_at=judge_at)


def _json(container: Container, name: str) -> canonical.JsonValue:
    """Step 13."""
    if name not in container.names:
        raise DamagedContainerError(step=13, what=name)
    if container.size(name) > MOST_JSON:
        raise TooLargeError(what=name, limit=MOST_JSON)
    return canonical.decode(container.read(name), limit=MOST_JSON)


def _check_sound(round_: Round, slots: Sequence[Slot]) -> None:
    """Step 14: the round agrees with itself, its names are names, and every slot is for a session and card of it."""
    check_round(round_)
    sessions, banks, cards = round_.sessions, round_.banks, round_.cards
    ids = [round_.id, round_.centre, round_.room, *round_.seats]
    ids += [one.id for part in (sessions, banks, cards) for one in part]
    odd = odd_name(ids)
    if odd is not None:
        raise UnsoundRoundError(what="name", where=odd[:64])
    if round_.package < 1 or not _PROGRAM.fullmatch(round_.minimum_program):
        raise UnsoundRoundError(what="number", where=round_.id)
    if len(slots) > MOST_SLOTS:
        raise PackageTooLargeError(what="slots", limit=MOST_SLOTS)
    known = {card.id for card in cards}
    for slot in slots:
        header = slot.header
        if header.package != round_.package_id or not known.issuperset(header.cards):
            raise UnsoundRoundError(what="slot", where=header.session)
        round_.session(SessionId(header.session))


def _check_files(round_: Round, files: Collection[str]) -> None:
    """Step 15: the roster, the banks of the round, and nothing else."""
    banks = {entry.file for entry in round_.banks}
    if set(files) != {ROSTER, *banks}:
        raise UnsoundRoundError(what="files", where=round_.id)
    if not all(_BANK_FILE.fullmatch(name) for name in banks):
        raise UnsoundRoundError(what="bank-file", where=round_.id)


def _check_meant_for(round_: Round, *, program: str, room: RoomId | None, centre: CentreId | None) -> None:
    if centre is not None and round_.centre != centre:  # step 17
        raise OtherCentreError(expected=centre, found=round_.centre)
    if room is not None and round_.room != room:  # step 18
        raise OtherRoomError(expected=room, found=round_.room)
    if _version(program) < _version(round_.minimum_program):  # step 19
        raise OlderProgramError(expected=round_.minimum_program, found=program)


def _version(text: str) -> tuple[int, ...]:
    """Return the numbers a program's version begins with, without the zeros at their end: 0.10 is 0.10.0."""
    found = _PROGRAM.match(text)
    numbers = [int(part) for part in found[0].split(".")] if found else []
    while numbers and numbers[-1] == 0:
        numbers.pop()
    return tuple(numbers)
