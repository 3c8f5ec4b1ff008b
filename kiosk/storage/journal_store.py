"""A journal on disk: every record is durable before anybody hears of it.

Rules: one transaction, one sync; records are only ever appended; each program run opens an epoch of its own, signed by
the workstation. Opening checks numbering and hash chain, then the head kept in the second file, then folds the log in
and checks every page. What does not hold is refused by name and left as it is; what is intact can still be read out
(`salvage`).
"""

from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from kiosk.crypto.sign import SigningKey
from kiosk.errors import JournalError, KioskError
from kiosk.formats.journal import LIMITS, ChainState, Record, check_chain, extend, open_epoch
from kiosk.storage.database import (
    Connection,
    DatabaseWriteError,
    UnreadableDatabaseError,
    check_integrity,
    check_schema,
    fold_log,
    insert_one,
    look_into,
    open_database,
    reading,
    set_schema,
    transaction,
)
from kiosk.storage.files import sync_folder
from kiosk.storage.head_file import Head, HeadFile, read_head

_SCHEMA = 1
_TABLES = (
    "CREATE TABLE record(seq INTEGER PRIMARY KEY, epoch INTEGER NOT NULL,"
    " body BLOB NOT NULL, hash BLOB NOT NULL, tag BLOB NOT NULL)"
)
_ALL = "SELECT seq, epoch, body, hash, tag FROM record ORDER BY seq"
_INSERT = "INSERT INTO record VALUES (?, ?, ?, ?, ?)"
PAGE = 1024
"""A record is some 300 bytes: with small pages a commit touches one block of the disk, not two (measured)."""

DATABASE = "journal.db"
HEAD = "journal.head"


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
    def create(
        cls, folder: Path, journal: str, key: bytes, by: Signatory, after: Sequence[Record] = ()
    ) -> "JournalStore":
        """Begin a new journal in an empty folder; it goes on `after` these records, which it carries unchanged.

        JournalWriteError, also when a journal is there already.
        """
        started = _next_epoch(journal, after, by)
        with failing_as_write(journal):
            made = [path for path in (folder, *folder.parents) if not path.exists()]
            folder.mkdir(parents=True, exist_ok=True)
            connection = _new_database(folder / DATABASE, key)
            store = cls._begin(connection, folder, key, started, after)
            for path in (folder, *(path.parent for path in made)):
                sync_folder(path)
        return store

    @classmethod
    def reopen(cls, folder: Path, journal: str, key: bytes, by: Signatory) -> tuple["JournalStore", tuple[Record, ...]]:
        """Open an existing journal and begin a new epoch; return it with the records that were there.

        JournalDamagedError, JournalShortenedError, HeadMissingError: nothing was changed. JournalWriteError.
        """
        records = read_records(folder, journal, key)
        started = _next_epoch(journal, records, by)
        with failing_as_write(journal):
            return cls._begin(open_database(folder / DATABASE, key, page=PAGE), folder, key, started), records

    @classmethod
    def _begin(
        cls,
        connection: Connection,
        folder: Path,
        key: bytes,
        started: tuple[Record, ChainState],
        carried: Sequence[Record] = (),
    ) -> "JournalStore":
        """Make a store of an open connection and write its epoch, or close the connection again."""
        record, state = started
        with ExitStack() as undo:
            undo.callback(connection.close)
            head_file = HeadFile(folder / HEAD, state.journal, key)
            undo.callback(head_file.close)
            store = cls(connection, folder / DATABASE, head_file, state)
            store._write([*carried, record])
            store.sync_head()
            undo.pop_all()
        return store

    def append(self, bodies: Sequence[bytes]) -> tuple[Record, ...]:
        """Append records in one durable transaction. JournalWriteError: none of them counts.

        What no reader would take (journal.Limits) is not written.
        """
        state, records = self._state, []
        for body in bodies:
            if len(body) > LIMITS.body or state.seq >= LIMITS.records:
                raise JournalWriteError(journal=state.journal, detail="too long")
            record, state = extend(state, body)
            records.append(record)
        self._write(records)
        self._state = state
        return tuple(records)

    def _write(self, records: Sequence[Record]) -> None:
        rows = [(record.seq, record.epoch, record.body, record.hash, record.tag) for record in records]
        with failing_as_write(self._state.journal):
            if len(rows) == 1:
                insert_one(self._connection, self._path, _INSERT, rows[0])
            else:
                with transaction(self._connection, self._path):
                    self._connection.executemany(_INSERT, rows)
            self._head.write(Head(seq=records[-1].seq, hash=records[-1].hash), sync=False)

    def sync_head(self) -> None:
        """Make the head file durable too: with each tick, and where a journal ends. JournalWriteError."""
        with failing_as_write(self._state.journal):
            self._head.write(self.end, sync=True)

    def records(self) -> tuple[Record, ...]:
        """Return all records, as they stand on disk."""
        return _select(self._connection, self._path)

    def close(self) -> None:
        """Sync the head, fold the log in and close, the last also when the first fails. JournalWriteError."""
        with ExitStack() as last, failing_as_write(self._state.journal):
            last.callback(self._connection.close)
            last.callback(self._head.close)
            self.sync_head()
            fold_log(self._connection, self._path)


@contextmanager
def failing_as_write(journal: str) -> Iterator[None]:
    """Turn every failure to write into JournalWriteError."""
    try:
        yield
    except JournalWriteError:
        raise
    except (KioskError, OSError) as error:
        raise JournalWriteError(journal=journal, detail=str(error)) from error


def read_records(folder: Path, journal: str, key: bytes) -> tuple[Record, ...]:
    """Return the records of a journal after every check that needs no other party.

    Records, chain and head are looked at first, without a touch: only a journal that holds has its log folded in and
    every page checked. Whoever examines a refused one finds it as it was found.
    JournalDamagedError, JournalShortenedError, HeadMissingError, JournalWriteError (the log cannot be folded in).
    """
    path = folder / DATABASE
    try:
        records = _look(path, key)
        end = check_chain(journal, records)
    except KioskError as error:
        raise JournalDamagedError(journal=journal) from error
    head = read_head(folder / HEAD, journal, key)
    known = next((record.hash for record in records if record.seq == head.seq), None)
    if known != head.hash:
        raise JournalShortenedError(journal=journal, expected=head.seq, found=end.seq)
    _check_pages(path, journal, key)
    return records


def salvage(folder: Path, journal: str, key: bytes) -> tuple[Record, ...]:
    """Return the longest intact beginning of a damaged journal, for export; possibly nothing. Nothing is changed.

    Never raises for what it finds on the disk.
    """
    try:
        connection = look_into(folder / DATABASE, key, page=PAGE)
    except KioskError:
        return ()
    intact: list[Record] = []
    try:
        with reading(folder / DATABASE):
            for row in connection.execute(_ALL):
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


def _next_epoch(journal: str, records: Sequence[Record], by: Signatory) -> tuple[Record, ChainState]:
    """Open the epoch that follows these records, or the first one."""
    end = records[-1] if records else None
    return open_epoch(
        journal,
        epoch=end.epoch + 1 if end else 0,
        seq=end.seq + 1 if end else 0,
        head=end.hash if end else b"",
        signer=by.key,
        chain_pem=by.chain_pem,
        recipients=by.recipients,
    )


def _new_database(path: Path, key: bytes) -> Connection:
    connection = open_database(path, key, create=True, page=PAGE)
    try:
        set_schema(connection, path, _SCHEMA, _TABLES)
    except KioskError:
        connection.close()
        raise
    return connection


def _look(path: Path, key: bytes) -> tuple[Record, ...]:
    connection = look_into(path, key, page=PAGE)
    try:
        check_schema(connection, path, _SCHEMA)
        return _select(connection, path)
    finally:
        connection.close()


def _check_pages(path: Path, journal: str, key: bytes) -> None:
    """Fold the log in and check every page of a file that could be read a moment ago."""
    with failing_as_write(journal):
        connection = open_database(path, key, page=PAGE)
    try:
        check_integrity(connection, path)
    except DatabaseWriteError as error:
        raise JournalWriteError(journal=journal, detail=str(error)) from error
    except UnreadableDatabaseError as error:
        raise JournalDamagedError(journal=journal) from error
    finally:
        connection.close()


def _select(connection: Connection, path: Path) -> tuple[Record, ...]:
    with reading(path):
        rows = connection.execute(_ALL).fetchall()
    return tuple(_record(row) for row in rows)


def _record(row: tuple[int, int, bytes, bytes, bytes]) -> Record:
    seq, epoch, body, digest, tag = row
    return Record(seq=seq, epoch=epoch, body=bytes(body), hash=bytes(digest), tag=bytes(tag))
