"""A journal on disk: every record is durable before anybody hears of it.

Rules: one transaction, one sync; records are only ever appended; each program run opens an epoch of its own, signed by
the workstation. Opening folds the log in, checks every page, then numbering and hash chain, then the head kept in the
second file. What does not hold is refused by name, and what is intact can still be read out (`salvage`).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from kiosk.crypto.sign import SigningKey
from kiosk.errors import JournalError, KioskError
from kiosk.formats.journal import ChainState, Record, check_chain, extend, open_epoch
from kiosk.storage.database import (
    Connection,
    check_integrity,
    check_schema,
    open_database,
    reading,
    set_schema,
    transaction,
)
from kiosk.storage.head_file import Head, HeadFile

_SCHEMA = 1
_TABLES = (
    "CREATE TABLE record(seq INTEGER PRIMARY KEY, epoch INTEGER NOT NULL,"
    " body BLOB NOT NULL, hash BLOB NOT NULL, tag BLOB NOT NULL)"
)
_DATABASE = "journal.db"
_HEAD = "journal.head"


class JournalDamagedError(JournalError):
    """The journal's file or chain does not hold (`journal`)."""

    code = "journal/damaged"


class JournalShortenedError(JournalError):
    """The journal is shorter than its head file says, or ends otherwise (`journal`, `expected`, `found`)."""

    code = "journal/shortened"


class JournalWriteError(JournalError):
    """A record could not be made durable (`journal`, `detail`)."""

    code = "journal/write"


@dataclass(frozen=True, slots=True, kw_only=True)
class Signatory:
    """Who signs the epochs of a journal, and who can open their keys."""

    key: SigningKey
    chain_pem: bytes
    recipients: tuple[str, ...]


class JournalStore:
    """One open journal, with an epoch of this program run. Not thread-safe: one writer thread owns it."""

    def __init__(self, connection: Connection, path: Path, head: HeadFile, state: ChainState) -> None:
        self._connection = connection
        self._path = path
        self._head = head
        self._state = state

    @property
    def end(self) -> Head:
        """The last record's number and hash."""
        return Head(seq=self._state.seq - 1, hash=self._state.head)

    @classmethod
    def create(cls, folder: Path, journal: str, key: bytes, by: Signatory) -> "JournalStore":
        """Begin a new journal in an empty folder."""
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / _DATABASE
        connection = open_database(path, key, create=True)
        set_schema(connection, _SCHEMA, _TABLES)
        head_file = HeadFile(folder / _HEAD, journal, key)
        first, state = open_epoch(
            journal, epoch=0, seq=0, head=b"", signer=by.key, chain_pem=by.chain_pem, recipients=by.recipients
        )
        store = cls(connection, path, head_file, state)
        store._write([first])
        store.sync_head()
        return store

    @classmethod
    def reopen(cls, folder: Path, journal: str, key: bytes, by: Signatory) -> tuple["JournalStore", tuple[Record, ...]]:
        """Open an existing journal and begin a new epoch; return it with the records that were there.

        JournalDamagedError, JournalShortenedError, HeadMissingError: nothing was changed.
        """
        path = folder / _DATABASE
        records = read_records(folder, journal, key)
        end = check_chain(journal, records)
        first, state = open_epoch(
            journal,
            epoch=end.epoch + 1,
            seq=end.seq + 1,
            head=end.head,
            signer=by.key,
            chain_pem=by.chain_pem,
            recipients=by.recipients,
        )
        store = cls(open_database(path, key), path, HeadFile(folder / _HEAD, journal, key), state)
        store._write([first])
        store.sync_head()
        return store, records

    def append(self, bodies: Sequence[bytes]) -> tuple[Record, ...]:
        """Append records in one durable transaction. JournalWriteError: none of them counts."""
        state, records = self._state, []
        for body in bodies:
            record, state = extend(state, body)
            records.append(record)
        self._write(records)
        self._state = state
        return tuple(records)

    def _write(self, records: Sequence[Record]) -> None:
        rows = [(record.seq, record.epoch, record.body, record.hash, record.tag) for record in records]
        try:
            with transaction(self._connection, self._path):
                self._connection.executemany("INSERT INTO record VALUES (?, ?, ?, ?, ?)", rows)
            self._head.write(Head(seq=records[-1].seq, hash=records[-1].hash), sync=False)
        except (KioskError, OSError) as error:
            raise JournalWriteError(journal=self._state.journal, detail=str(error)) from error

    def sync_head(self) -> None:
        """Make the head file durable too: with each tick, and where a journal ends. JournalWriteError."""
        try:
            self._head.write(self.end, sync=True)
        except OSError as error:
            raise JournalWriteError(journal=self._state.journal, detail=str(error)) from error

    def records(self) -> tuple[Record, ...]:
        """Return all records, as they stand on disk."""
        return _select(self._connection, self._path)

    def close(self) -> None:
        """Sync the head, fold the log in and close."""
        self.sync_head()
        with reading(self._path):
            self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        self._connection.close()
        self._head.close()


def read_records(folder: Path, journal: str, key: bytes) -> tuple[Record, ...]:
    """Return the records of a journal after every check that needs no other party."""
    path = folder / _DATABASE
    try:
        records = _checked(path, key)
        end = check_chain(journal, records)
    except KioskError as error:
        raise JournalDamagedError(journal=journal) from error
    head_file = HeadFile(folder / _HEAD, journal, key)
    try:
        head = head_file.read()
    finally:
        head_file.close()
    known = next((record.hash for record in records if record.seq == head.seq), None)
    if known != head.hash:
        raise JournalShortenedError(journal=journal, expected=head.seq, found=end.seq)
    return records


def salvage(folder: Path, journal: str, key: bytes) -> tuple[Record, ...]:
    """Return the longest intact beginning of a damaged journal, for export; possibly nothing. Never raises."""
    try:
        connection = open_database(folder / _DATABASE, key)
    except KioskError:
        return ()
    intact: list[Record] = []
    try:
        with reading(folder / _DATABASE):
            for row in connection.execute("SELECT seq, epoch, body, hash, tag FROM record ORDER BY seq"):
                intact.append(_record(row))  # noqa: PERF401 - what was read before an error counts
    except KioskError:
        pass
    finally:
        connection.close()
    return _intact_part(journal, intact)


def _intact_part(journal: str, records: list[Record]) -> tuple[Record, ...]:
    """Halve until the beginning holds; the chain makes "holds" monotonic."""
    low, high = 0, len(records)
    while low < high:
        middle = (low + high + 1) // 2
        try:
            check_chain(journal, records[:middle])
            low = middle
        except KioskError:
            high = middle - 1
    return tuple(records[:low])


def _checked(path: Path, key: bytes) -> tuple[Record, ...]:
    connection = open_database(path, key)
    try:
        check_schema(connection, path, _SCHEMA)
        check_integrity(connection, path)
        return _select(connection, path)
    finally:
        connection.close()


def _select(connection: Connection, path: Path) -> tuple[Record, ...]:
    with reading(path):
        rows = connection.execute("SELECT seq, epoch, body, hash, tag FROM record ORDER BY seq").fetchall()
    return tuple(_record(row) for row in rows)


def _record(row: tuple[int, int, bytes, bytes, bytes]) -> Record:
    seq, epoch, body, digest, tag = row
    return Record(seq=seq, epoch=epoch, body=bytes(body), hash=bytes(digest), tag=bytes(tag))
