"""The evidence bundle: the sealed segments of pictures of one sitting, apart from its result.

Rules and numbered steps: bundle_file.md. It carries the result's own header, so that the two belong together; a segment
that is missing or not the one the journal kept is named, and nothing else suffers from it. Segments stay sealed here.
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import BinaryIO, ClassVar, Final

from kiosk.crypto.sign import Signer, SigningKey
from kiosk.errors import BundleError, StorageError
from kiosk.formats.bundle_header import (
    HEADER,
    NAMES,
    BundleDamagedError,
    BundleHeader,
    ContradictionError,
    open_bundle,
    write_bundle,
)
from kiosk.formats.container import Container, ContainerError, Limits, Member, naming
from kiosk.formats.source import Source

FORMAT: Final = "kiosk-evidence"
LIMITS: Final = Limits(total=2**32 - 2, entries=16_384, member=64 << 20, tag=4 << 20)


class OtherSittingError(BundleError):
    """The evidence belongs to another result (`expected`, `found`)."""

    code: ClassVar[str] = "bundle/other-sitting"


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """An evidence bundle that held. `names` can be read; `damaged` and `missing` are segments that cannot."""

    header: BundleHeader
    signer: Signer
    digest: str
    names: tuple[str, ...]
    damaged: tuple[str, ...]
    missing: tuple[str, ...]
    _container: Container

    def read(self, name: str) -> bytes:
        """Return a segment, still sealed. BundleDamagedError for a damaged, missing or unknown one."""
        if name not in self.names:
            raise BundleDamagedError(step=20, what=name)
        with naming(NAMES):
            return self._container.read(name)


def write_evidence(
    out: BinaryIO,
    header: BundleHeader,
    segments: Iterable[tuple[str, Source]],
    *,
    key: SigningKey,
    chain_pem: bytes,
) -> str:
    """Write and sign an evidence bundle and return its digest.

    Segments are taken one after the other; one that cannot be read, or is larger than one may be, is left out, and a
    reader will find it missing.
    """
    return write_bundle(out, FORMAT, header, _members(segments), key=key, chain_pem=chain_pem)


def open_evidence(
    source: Source,
    result: BundleHeader | None,
    *,
    root_pem: bytes,
    at: int | None = None,
    denied: Collection[str] = frozenset(),
) -> Evidence:
    """Take the steps of bundle_file.md for evidence. BundleError, TrustError.

    `result` is the header of the result it must belong to, None when that has not arrived; `at` as in open_envelope.
    """
    container, header = open_bundle(source, FORMAT, LIMITS, root_pem=root_pem, at=at, denied=denied, keep_damaged=True)
    if result is not None and header != result:  # step 18
        raise OtherSittingError(expected=result.bundle, found=header.bundle)
    present = [name for name in container.names if name != HEADER]
    expected = {entry.name: entry.digest for entry in header.segments}
    if not expected.keys() >= set(present):  # step 19
        raise ContradictionError(what="members")
    whole = [name for name in present if container.digest_of(name) == expected[name] and name not in container.damaged]
    return Evidence(
        header=header,
        signer=container.signer,
        digest=container.digest,
        names=tuple(whole),
        damaged=tuple(name for name in present if name not in whole),
        missing=tuple(name for name in expected if name not in present),
        _container=container,
    )


def _members(segments: Iterable[tuple[str, Source]]) -> Iterator[Member]:
    for name, source in segments:
        data = _whole(name, source)
        if data:
            yield Member.of(name, data)


def _whole(name: str, source: Source) -> bytes:
    """Read one segment before anything of it is written, so that a bad sector costs that segment alone."""
    if source.size > LIMITS.member:
        return b""
    try:
        return b"".join(Member.from_source(name, source).chunks)
    except (StorageError, ContainerError):
        return b""
