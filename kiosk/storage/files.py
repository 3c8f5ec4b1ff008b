"""Files that are there when we say so, also on a stick that is pulled out.

Rules: write beside, sync, rename, sync the file again (FAT32 loses the renamed entry otherwise: measured), sync the
folder, read back past our own buffers and compare. A name appears whole or not at all; nothing is changed afterwards.
"""

import hashlib
import os
import shutil
from collections.abc import Callable, Iterable
from pathlib import Path

from kiosk.errors import StorageError

_CHUNK = 1 << 20


class FileWriteError(StorageError):
    """A file could not be written (`file`, `detail`); nothing with its name was left behind."""

    code = "storage/file-write"


class ReadBackError(StorageError):
    """What was read back differs from what was written (`file`)."""

    code = "storage/read-back"


class FileReadError(StorageError):
    """A file cannot be read (`file`, `detail`)."""

    code = "storage/file-read"


class FileSource:
    """A file as a Source: one open handle, so that it cannot be swapped between check and use."""

    def __init__(self, path: Path) -> None:
        try:
            self._handle = os.open(path, os.O_RDONLY)
            self.size = os.fstat(self._handle).st_size
        except OSError as error:
            raise FileReadError(file=path.name, detail=error.strerror or "") from error
        self._name = path.name

    def read_at(self, offset: int, length: int) -> bytes:
        """Return up to `length` bytes from `offset`."""
        try:
            os.lseek(self._handle, offset, os.SEEK_SET)
            parts = []
            while length > 0 and (part := os.read(self._handle, min(length, _CHUNK))):
                parts.append(part)
                length -= len(part)
        except OSError as error:
            raise FileReadError(file=self._name, detail=error.strerror or "") from error
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

    `progress` is told the number of bytes written so far. FileWriteError, ReadBackError.
    """
    part = path.with_name(path.name + ".part")
    chunks = [data] if isinstance(data, bytes) else data
    digest = hashlib.sha256()
    try:
        with part.open("wb") as out:
            for chunk in chunks:
                out.write(chunk)
                digest.update(chunk)
                if progress:
                    progress(out.tell())
            out.flush()
            os.fsync(out.fileno())
        part.replace(path)
        with path.open("rb+") as again:
            os.fsync(again.fileno())
        sync_folder(path.parent)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise FileWriteError(file=path.name, detail=error.strerror or "") from error
    if file_digest(path) != digest.hexdigest():
        raise ReadBackError(file=path.name)
    return digest.hexdigest()


def file_digest(path: Path) -> str:
    """Return the SHA-256 of a file in hex, read past the page cache where the system lets us."""
    digest = hashlib.sha256()
    try:
        with path.open("rb", buffering=0) as file:
            if hasattr(os, "posix_fadvise"):
                os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
            while chunk := file.read(_CHUNK):
                digest.update(chunk)
    except OSError as error:
        raise FileReadError(file=path.name, detail=error.strerror or "") from error
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


def write_private(path: Path, data: bytes) -> None:
    """Write a small secret file that only this account can read."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    try:
        os.write(handle, data)
        os.fsync(handle)
    finally:
        os.close(handle)


def erase(path: Path) -> None:
    """Overwrite a small secret once and remove it; flash media may keep a copy, and THREATS says so."""
    if path.exists():
        with path.open("rb+") as file:
            file.write(bytes(path.stat().st_size))
            file.flush()
            os.fsync(file.fileno())
        path.unlink()
        sync_folder(path.parent)


def free_bytes(folder: Path) -> int:
    """Return the bytes this account may still write where the folder lies."""
    return shutil.disk_usage(folder).free
