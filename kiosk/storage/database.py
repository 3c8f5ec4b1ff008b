"""Opening an encrypted database, with the settings that were measured to lose nothing.

Rules: SQLCipher with a raw 32-byte key; write-ahead log with a full sync at each commit; the log is folded into the
file before any check, because the check reads the file alone. A wrong key and a damaged first page give the same error,
so callers keep a check value of the key elsewhere. Nobody else imports sqlcipher3.
"""

import hashlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
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


def _uri(path: Path, mode: str) -> str:
    return f"file:{quote(str(path.absolute()))}?mode={mode}"


def open_database(
    path: Path, key: bytes, *, create: bool = False, read_only: bool = False, page: int = 4096
) -> Connection:
    """Open (or create) a database under a raw key. UnreadableDatabaseError when it does not open.

    A read-only database is taken as immutable: no locks, no log, no side files. `page` is the size of its pages in
    bytes, as it was when the database was made; small pages make small commits.
    """
    mode = "ro&immutable=1" if read_only else ("rwc" if create else "rw")
    connection = _connect(path, key, mode, page)
    if not read_only:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = FULL")
        except dbapi2.Error as error:
            connection.close()
            raise UnreadableDatabaseError(file=path.name) from error
    return connection


def look_into(path: Path, key: bytes, *, page: int = 4096) -> Connection:
    """Open a database with its log to read only. Closing it leaves both as they were, also where the log is damaged.

    Any other way of opening folds the log in when it closes, and with it drops whatever follows a damaged place. The
    log beside an empty file is not looked at: SQLite would take it for a stranger's and delete it.
    """
    log = path.with_name(path.name + "-wal")
    logged = log.exists() and path.exists() and path.stat().st_size > 0
    return _connect(path, key, "ro" if logged else "ro&immutable=1", page)


def _connect(path: Path, key: bytes, mode: str, page: int) -> Connection:
    if len(key) != _KEY_SIZE:
        raise UnreadableDatabaseError(file=path.name)
    salt = hashlib.sha256(b"kiosk database salt" + key).digest()[:16]
    try:
        connection: Connection = dbapi2.connect(
            _uri(path, mode), uri=True, check_same_thread=False, isolation_level=None
        )
    except dbapi2.Error as error:
        raise UnreadableDatabaseError(file=path.name) from error
    try:
        connection.execute("PRAGMA cipher_log_level = NONE")
        connection.execute(f"PRAGMA key = \"x'{key.hex()}{salt.hex()}'\"")
        connection.execute(f"PRAGMA cipher_page_size = {page:d}")
        connection.execute("PRAGMA cipher_memory_security = ON")
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except dbapi2.Error as error:
        connection.close()
        raise UnreadableDatabaseError(file=path.name) from error
    return connection


def set_schema(connection: Connection, path: Path, version: int, statements: str) -> None:
    """Create the tables of a new database and note their version. DatabaseWriteError, also when they are there."""
    with transaction(connection, path):
        for statement in statements.split(";"):
            connection.execute(statement)
        connection.execute(f"PRAGMA user_version = {version:d}")


def check_schema(connection: Connection, path: Path, version: int) -> None:
    """Refuse a database of another layout; an empty file counts as layout 0 (OldSchemaError)."""
    with reading(path):
        found = connection.execute("PRAGMA user_version").fetchone()[0]
    if found != version:
        raise OldSchemaError(file=path.name, found=found, wanted=version)


def check_integrity(connection: Connection, path: Path) -> None:
    """Fold the log into the file, then check every page and the structure.

    UnreadableDatabaseError, or DatabaseWriteError when the log cannot be folded in.
    """
    fold_log(connection, path)
    with reading(path):
        damaged = connection.execute("PRAGMA cipher_integrity_check").fetchall()
        verdict = connection.execute("PRAGMA integrity_check").fetchall()
    if damaged or verdict != [("ok",)]:
        raise UnreadableDatabaseError(file=path.name)


def fold_log(connection: Connection, path: Path) -> None:
    """Write everything in the log into the file and empty the log. DatabaseWriteError, also when somebody reads it."""
    with writing(path):
        (busy, *_), *_ = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    if busy:
        raise DatabaseWriteError(file=path.name, detail="busy")


@contextmanager
def reading(path: Path) -> Iterator[None]:
    """Turn the library's errors while reading into ours."""
    try:
        yield
    except dbapi2.Error as error:
        raise UnreadableDatabaseError(file=path.name) from error


@contextmanager
def writing(path: Path) -> Iterator[None]:
    """Turn the library's errors while writing into ours."""
    try:
        yield
    except dbapi2.Error as error:
        raise DatabaseWriteError(file=path.name, detail=str(error)) from error


def insert_one(connection: Connection, path: Path, sql: str, row: tuple[object, ...]) -> None:
    """Run one statement as a durable transaction of its own: the quickest way for a single row (DatabaseWriteError)."""
    try:
        connection.execute(sql, row)
    except dbapi2.Error as error:
        raise DatabaseWriteError(file=path.name, detail=str(error)) from error


@contextmanager
def transaction(connection: Connection, path: Path) -> Iterator[None]:
    """Run one durable transaction: all of it is on disk afterwards, or none of it (DatabaseWriteError)."""
    with writing(path):
        try:
            connection.execute("BEGIN IMMEDIATE")
            yield
            connection.execute("COMMIT")
        finally:
            if connection.in_transaction:
                with suppress(dbapi2.Error):
                    connection.execute("ROLLBACK")
