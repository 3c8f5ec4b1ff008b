"""A compiled bank as one encrypted file: written once by the office, read item by item at a seat.

Rules: the tables hold what `exam.bank` has fields for and nothing else; the text of an item is decrypted when it is
shown. The file is opened read-only and taken as immutable.
"""

from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from kiosk.errors import BankError, KioskError
from kiosk.exam.bank import Bank, Item
from kiosk.exam.vocabulary import ItemId
from kiosk.formats import canonical, codec
from kiosk.storage.database import (
    UnreadableDatabaseError,
    check_schema,
    open_database,
    reading,
    set_schema,
    transaction,
    writing,
)

_SCHEMA = 1
_TABLES = "CREATE TABLE meta(body BLOB NOT NULL); CREATE TABLE item(id TEXT PRIMARY KEY, body BLOB NOT NULL)"
_LARGEST = 4 << 20


class DamagedItemError(BankError):
    """An item of the bank cannot be read (`item`)."""

    code = "bank/item-damaged"


def write_bank(path: Path, key: bytes, bank: Bank) -> None:
    """Write a bank into a new encrypted file. DatabaseWriteError, also when a bank is there already."""
    connection = open_database(path, key, create=True)
    try:
        with writing(path):
            connection.execute("PRAGMA journal_mode = DELETE")
        set_schema(connection, path, _SCHEMA, _TABLES)
        with transaction(connection, path):
            head = canonical.encode(codec.to_json(replace(bank, items=())))
            connection.execute("INSERT INTO meta VALUES (?)", (head,))
            rows = [(item.id, canonical.encode(codec.to_json(item))) for item in bank.items]
            connection.executemany("INSERT INTO item VALUES (?, ?)", rows)
        with writing(path):
            connection.execute("VACUUM")
    finally:
        connection.close()


class BankReader:
    """An open bank at a seat."""

    def __init__(self, path: Path, key: bytes) -> None:
        """Open a bank file. UnreadableDatabaseError, OldSchemaError."""
        self._path = path
        self._key = key
        self._connection = open_database(path, key, read_only=True)
        try:
            check_schema(self._connection, path, _SCHEMA)
            with reading(path):
                heads = self._connection.execute("SELECT body FROM meta").fetchall()
            if len(heads) != 1:
                raise UnreadableDatabaseError(file=path.name)
            self.head = codec.from_json(Bank, canonical.decode(heads[0][0], limit=_LARGEST))
        except KioskError:
            self.close()
            raise

    def item(self, item: ItemId) -> Item:
        """Return one item; DamagedItemError when it cannot be read."""
        try:
            with reading(self._path):
                row = self._connection.execute("SELECT body FROM item WHERE id = ?", (item,)).fetchone()
            return codec.from_json(Item, canonical.decode(row[0], limit=_LARGEST))
        except UnreadableDatabaseError as error:
            self._open_again()
            raise DamagedItemError(item=item) from error
        except (KioskError, TypeError) as error:
            raise DamagedItemError(item=item) from error

    def _open_again(self) -> None:
        """After one damaged page the library refuses all others too, until the file is opened anew (measured)."""
        self._connection.close()
        with suppress(UnreadableDatabaseError):
            self._connection = open_database(self._path, self._key, read_only=True)

    def whole(self) -> Bank:
        """Return the bank with all its items, to draw a form from; not to be kept. UnreadableDatabaseError."""
        with reading(self._path):
            rows = self._connection.execute("SELECT body FROM item ORDER BY rowid").fetchall()
        items = tuple(codec.from_json(Item, canonical.decode(body, limit=_LARGEST)) for (body,) in rows)
        return replace(self.head, items=items)

    def close(self) -> None:
        """Close the file."""
        self._connection.close()
