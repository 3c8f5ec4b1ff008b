"""Files that are there when we say so, also on a stick that is pulled out.

Rules: write beside, sync, rename, sync the file again (FAT32 loses the renamed entry otherwise: measured), sync the
folder, read back past our own buffers and compare. A name appears whole or not at all; nothing is changed afterwards.
"""

import hashlib
import os
import shutil
import stat
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from kiosk.errors import StorageError

_CHUNK = 1 << 20
_BINARY = getattr(os, "O_BINARY", 0)
"""Windows changes line ends without it."""
_NO_WAIT = getattr(os, "O_NONBLOCK", 0)
"""Opening a pipe waits for somebody at its other end without it."""


class FileWriteError(StorageError):
    """A file could not be written (`file`, `detail`); nothing with its name was left behind."""

    code = "storage/file-write"


class ReadBackError(StorageError):
    """What was written cannot be read back, or differs (`file`); nothing with its name was left behind."""

    code = "storage/read-back"


class FileReadError(StorageError):
    """A file cannot be read (`file`, `detail`)."""

    code = "storage/file-read"


class FileSource:
    """A file as a Source: one open handle, so that it cannot be swapped between check and use."""

    def __init__(self, path: Path) -> None:
        """Open a file; FileReadError when it is missing, or is a folder or pipe that somebody named like a file."""
        self._path = path
        with _reading(path):
            self._handle = os.open(path, os.O_RDONLY | _BINARY | _NO_WAIT)
            found = os.fstat(self._handle)
        if not stat.S_ISREG(found.st_mode):
            self.close()
            raise FileReadError(file=path.name, detail="not a file")
        self.size = found.st_size

    def read_at(self, offset: int, length: int) -> bytes:
        """Return `length` bytes from `offset`; fewer only where the file ends."""
        parts = []
        with _reading(self._path):
            os.lseek(self._handle, offset, os.SEEK_SET)
            while length > 0 and (part := os.read(self._handle, min(length, _CHUNK))):
                parts.append(part)
                length -= len(part)
        return b"".join(parts)

    def close(self) -> None:
        """Give the handle back."""
        os.close(self._handle)


def sync_folder(folder: Path) -> None:
    """Make the names in a folder durable, where the system can."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def write_durably(path: Path, data: bytes | Iterable[bytes], progress: Callable[[int], None] | None = None) -> str:
    """Write a file that is whole or absent, also after a power cut or a pulled stick; return its SHA-256 in hex.

    `progress` is told the number of bytes written so far. FileWriteError, ReadBackError, and whatever the data raise.
    """
    part = _part(path)
    digest = hashlib.sha256()
    with _absent_on_failure(part, path.name):
        with _new_file(part, 0o666) as out:
            for chunk in [data] if isinstance(data, bytes) else data:
                out.write(chunk)
                digest.update(chunk)
                if progress:
                    progress(out.tell())
            out.flush()
            os.fsync(out.fileno())
        part.replace(path)
    with _absent_on_failure(path, path.name):
        _sync_name(path)
        _compare(path, digest.hexdigest())
    return digest.hexdigest()


def _part(path: Path) -> Path:
    return path.with_name(path.name + ".part")


def _new_file(path: Path, mode: int) -> BinaryIO:
    """Make a file of our own; what has its name, perhaps a link to elsewhere, is taken away and not written to."""
    path.unlink(missing_ok=True)
    return os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _BINARY, mode), "wb")


def _sync_name(path: Path) -> None:
    """Make the name that a file was just given durable."""
    with path.open("rb+") as again:
        os.fsync(again.fileno())
    sync_folder(path.parent)


def _compare(path: Path, digest: str) -> None:
    try:
        found = file_digest(path)
    except FileReadError as error:
        raise ReadBackError(file=path.name) from error
    if found != digest:
        raise ReadBackError(file=path.name)


@contextmanager
def _absent_on_failure(path: Path, name: str) -> Iterator[None]:
    """Remove a file when what is being done with it fails, whatever it fails of (OSError becomes FileWriteError)."""
    with ExitStack() as undo:
        undo.callback(_remove, path)
        with _writing(name):
            yield
        undo.pop_all()


def _remove(path: Path) -> None:
    """Remove a file where that is still possible: the stick may be gone, or read-only."""
    with suppress(OSError):
        path.unlink()


@contextmanager
def _writing(name: str) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise FileWriteError(file=name, detail=error.strerror or "") from error


@contextmanager
def _reading(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise FileReadError(file=path.name, detail=error.strerror or "") from error


def file_digest(path: Path) -> str:
    """Return the SHA-256 of a file in hex, read past the page cache where the system lets us. FileReadError."""
    digest = hashlib.sha256()
    with _reading(path), path.open("rb", buffering=0) as file:
        if hasattr(os, "posix_fadvise"):
            os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
        while chunk := file.read(_CHUNK):
            digest.update(chunk)
    return digest.hexdigest()


def read_file(path: Path, *, limit: int) -> bytes:
    """Return a small file's bytes; FileReadError when it is missing or larger than `limit`."""
    source = FileSource(path)
    try:
        if source.size > limit:
            raise FileReadError(file=path.name, detail="too large")
        return source.read_at(0, source.size)
    finally:
        source.close()


def chunks_of(path: Path) -> Iterable[bytes]:
    """Yield a file in pieces; FileReadError."""
    source = FileSource(path)
    try:
        for offset in range(0, source.size, _CHUNK):
            yield source.read_at(offset, min(_CHUNK, source.size - offset))
    finally:
        source.close()


def make_folder(folder: Path, mode: int = 0o777) -> Path:
    """Make a folder and those above it, unless it is there. FileWriteError."""
    with _writing(folder.name):
        folder.mkdir(mode=mode, parents=True, exist_ok=True)
    return folder


def write_private(path: Path, data: bytes) -> None:
    """Write a small secret file, whole or absent, that only this account can read. FileWriteError."""
    part = _part(path)
    with _absent_on_failure(part, path.name):
        path.parent.mkdir(parents=True, exist_ok=True)
        with _new_file(part, 0o600) as out:
            out.write(data)
            out.flush()
            os.fsync(out.fileno())
        part.replace(path)
        _sync_name(path)


def erase(path: Path) -> None:
    """Overwrite a small secret once and remove it; flash media may keep a copy, and THREATS says so. FileWriteError."""
    with _writing(path.name):
        if path.exists():
            with path.open("rb+") as file:
                file.write(bytes(path.stat().st_size))
                file.flush()
                os.fsync(file.fileno())
            path.unlink()
            sync_folder(path.parent)


def free_bytes(folder: Path) -> int:
    """Return the bytes this account may still write where the folder lies. FileReadError."""
    with _reading(folder):
        return shutil.disk_usage(folder).free
