"""Opening an encrypted database, with the settings that were measured to lose nothing.

Rules: SQLCipher with a raw 32-byte key; write-ahead log with a full sync at each commit; the log is folded into the
file before any check, because the check reads the file alone. A wrong key and a damaged first page give the same error,
so callers keep a check value of the key elsewhere. Nobody else imports sqlcipher3.
"""

import hashlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import quote

from sqlcipher3 import dbapi2

from kiosk.errors import StorageError


class Cursor(Protocol):
    """The part of a database cursor that is used here."""

    def fetchone(self) -> Any:  # noqa: ANN401 - a row is what the statement asked for
        """Return the next row."""

    def fetchall(self) -> list[Any]:
        """Return all rows."""

    def __iter__(self) -> Iterator[Any]: ...


class Connection(Protocol):
    """The part of a database connection that is used here; the library brings no types."""

    in_transaction: bool

    def execute(self, sql: str, parameters: tuple[object, ...] = ()) -> Cursor:
        """Run one statement."""

    def executemany(self, sql: str, parameters: Sequence[tuple[object, ...]]) -> Cursor:
        """Run one statement for each row."""

    def executescript(self, sql: str) -> Cursor:
        """Run several statements."""

    def close(self) -> None:
        """Close the file."""


OLDEST_SQLITE = (3, 51, 3)
"""Older libraries can corrupt a write-ahead log that two connections reset."""

_KEY_SIZE = 32


class UnreadableDatabaseError(StorageError):
    """The file is no database of ours under this key, or is damaged (`file`)."""

    code = "storage/unreadable"


class OldSchemaError(StorageError):
    """The database has another layout than this program reads (`file`, `found`, `wanted`)."""

    code = "storage/schema"


class DatabaseWriteError(StorageError):
    """A write failed or could not be made durable (`file`, `detail`)."""

    code = "storage/write"


def _uri(path: Path, *, read_only: bool, create: bool) -> str:
    mode = "ro&immutable=1" if read_only else ("rwc" if create else "rw")
    return f"file:{quote(str(path.absolute()))}?mode={mode}"


def open_database(path: Path, key: bytes, *, create: bool = False, read_only: bool = False) -> Connection:
    """Open (or create) a database under a raw key. UnreadableDatabaseError when it does not open.

    A read-only database is taken as immutable: no locks, no log, no side files.
    """
    if len(key) != _KEY_SIZE:
        raise UnreadableDatabaseError(file=path.name)
    salt = hashlib.sha256(b"kiosk database salt" + key).digest()[:16]
    try:
        connection: Connection = dbapi2.connect(
            _uri(path, read_only=read_only, create=create), uri=True, check_same_thread=False, isolation_level=None
        )
    except dbapi2.Error as error:
        raise UnreadableDatabaseError(file=path.name) from error
    try:
        connection.execute("PRAGMA cipher_log_level = NONE")
        connection.execute(f"PRAGMA key = \"x'{key.hex()}{salt.hex()}'\"")
        connection.execute("PRAGMA cipher_memory_security = ON")
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        if not read_only:
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = FULL")
    except dbapi2.Error as error:
        connection.close()
        raise UnreadableDatabaseError(file=path.name) from error
    return connection


def set_schema(connection: Connection, version: int, statements: str) -> None:
    """Create the tables of a new database and note their version."""
    connection.executescript(f"BEGIN; {statements}; PRAGMA user_version = {version:d}; COMMIT;")


def check_schema(connection: Connection, path: Path, version: int) -> None:
    """Refuse a database of another layout; an empty file counts as layout 0 (OldSchemaError)."""
    with reading(path):
        found = connection.execute("PRAGMA user_version").fetchone()[0]
    if found != version:
        raise OldSchemaError(file=path.name, found=found, wanted=version)


def check_integrity(connection: Connection, path: Path) -> None:
    """Fold the log into the file, then check every page and the structure. UnreadableDatabaseError."""
    with reading(path):
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        damaged = connection.execute("PRAGMA cipher_integrity_check").fetchall()
        verdict = connection.execute("PRAGMA integrity_check").fetchall()
    if damaged or verdict != [("ok",)]:
        raise UnreadableDatabaseError(file=path.name)


@contextmanager
def reading(path: Path) -> Iterator[None]:
    """Turn the library's errors while reading into ours."""
    try:
        yield
    except dbapi2.Error as error:
        raise UnreadableDatabaseError(file=path.name) from error


@contextmanager
def transaction(connection: Connection, path: Path) -> Iterator[None]:
    """Run one durable transaction: all of it is on disk afterwards, or none of it (DatabaseWriteError)."""
    try:
        connection.execute("BEGIN IMMEDIATE")
        yield
        connection.execute("COMMIT")
    except dbapi2.Error as error:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise DatabaseWriteError(file=path.name, detail=str(error)) from error
