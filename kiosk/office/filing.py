"""Finds bundles on sticks and files them under the SHA-256 of their bytes.

Rules: what is offered is only read; a file is filed whole, synced and read back, or not at all; a link or a folder that
is named like a bundle is no bundle. Refused results are kept apart, because a stick goes back to its room. Layout of
the folder: bundles/, evidence/, refused/, registry.db.
"""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from kiosk.errors import OfficeError
from kiosk.formats.bundle_file import LIMITS, BundleTooLargeError
from kiosk.formats.source import Source
from kiosk.office.report import Kind
from kiosk.storage.files import FileSource, file_digest, read_file, write_durably

SUFFIXES = {".kresult": Kind.RESULT, ".kevidence": Kind.EVIDENCE}
_FOLDERS = {Kind.RESULT: "bundles", Kind.EVIDENCE: "evidence"}
_REFUSED = "refused"
_CHUNK = 1 << 20


class NotAFolderError(OfficeError):
    """There is no folder of this name to collect from (`folder`)."""

    code = "office/not-a-folder"


class NotAFileError(OfficeError):
    """Something named like a bundle is a folder, a link or a device (`file`)."""

    code = "office/not-a-file"


class ChangedMeanwhileError(OfficeError):
    """The file changed, or the stick was pulled, while it was being read (`file`)."""

    code = "office/changed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Offered:
    """A file on a stick that is named like a bundle."""

    path: Path
    kind: Kind


def offered(folders: Iterable[Path], *, besides: Path) -> tuple[Offered, ...]:
    """Find everything named like a bundle, results first; nothing below `besides`. NotAFolderError."""
    found: set[Path] = set()
    for folder in folders:
        try:
            if not folder.is_dir():
                raise NotAFolderError(folder=str(folder))
            found.update(path for path in folder.rglob("*") if path.suffix.lower() in SUFFIXES)
        except OSError as error:
            raise NotAFolderError(folder=str(folder)) from error
    own = besides.resolve()
    ours = sorted(path for path in found if own not in path.resolve().parents)
    all_ = [Offered(path=path, kind=SUFFIXES[path.suffix.lower()]) for path in ours]
    return tuple(sorted(all_, key=lambda one: one.kind is Kind.EVIDENCE))


def demand_file(path: Path) -> None:
    """Refuse what is not a plain file. NotAFileError."""
    if path.is_symlink() or not path.is_file():
        raise NotAFileError(file=path.name)


@dataclass(frozen=True, slots=True, kw_only=True)
class Shelf:
    """The folder into which is collected."""

    folder: Path

    @property
    def registry(self) -> Path:
        """Where the registry lies."""
        return self.folder / "registry.db"

    def path(self, kind: Kind, digest: str) -> Path:
        """Return where a bundle lies, or would."""
        suffix = next(suffix for suffix, its_kind in SUFFIXES.items() if its_kind is kind)
        return self.folder / _FOLDERS[kind] / f"{digest}{suffix}"

    def file_result(self, data: bytes, digest: str) -> None:
        """File a result that is in memory. FileWriteError, ReadBackError."""
        _write(self.path(Kind.RESULT, digest), [data], digest)

    def file_evidence(self, source: Source, digest: str, name: str) -> None:
        """Copy an evidence bundle. FileReadError, FileWriteError, ReadBackError, ChangedMeanwhileError."""
        target = self.path(Kind.EVIDENCE, digest)
        if _write(target, chunks_of(source), digest) != digest:
            target.unlink()
            raise ChangedMeanwhileError(file=name)

    def keep_refused(self, data: bytes, digest: str) -> None:
        """Keep a copy of a refused result. FileWriteError, ReadBackError."""
        _write(self.folder / _REFUSED / f"{digest}.kresult", [data], digest)

    def result(self, digest: str) -> bytes:
        """Return a filed result. FileReadError."""
        return read_file(self.path(Kind.RESULT, digest), limit=LIMITS.total)


def _write(path: Path, chunks: Iterable[bytes], digest: str) -> str:
    """Write a file unless it is there as it should be; return the SHA-256 of what is there now."""
    if path.exists() and file_digest(path) == digest:
        return digest
    path.parent.mkdir(parents=True, exist_ok=True)
    return write_durably(path, chunks)


def chunks_of(source: Source) -> Iterator[bytes]:
    """Yield a source in pieces of a mebibyte."""
    for offset in range(0, source.size, _CHUNK):
        yield source.read_at(offset, min(_CHUNK, source.size - offset))


def digest_of(source: Source) -> str:
    """Return the SHA-256 of a source."""
    digest = hashlib.sha256()
    for chunk in chunks_of(source):
        digest.update(chunk)
    return digest.hexdigest()


def read_result(path: Path) -> tuple[bytes, str]:
    """Read an offered result once, so that what is judged is what is filed; return it with its SHA-256.

    NotAFileError, BundleTooLargeError, FileReadError.
    """
    demand_file(path)
    source = FileSource(path)
    try:
        if source.size > LIMITS.total:
            raise BundleTooLargeError(what=path.name, limit=LIMITS.total)
        data = source.read_at(0, source.size)
    finally:
        source.close()
    return data, hashlib.sha256(data).hexdigest()
