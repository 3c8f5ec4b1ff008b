"""The roster of a room as one encrypted file: names, seats, accommodations, photos.

Rules: written once by the office; opened read-only and taken as immutable at a seat, read whole and closed.
"""

from pathlib import Path

from kiosk.exam.round import Roster, RosterEntry
from kiosk.formats import canonical, codec
from kiosk.storage.database import check_schema, open_database, reading, set_schema, transaction, writing

_SCHEMA = 1
_TABLES = "CREATE TABLE entry(number TEXT NOT NULL, session TEXT NOT NULL, body BLOB NOT NULL)"
_LARGEST = 4 << 20


def write_roster(path: Path, key: bytes, roster: Roster) -> None:
    """Write a roster into a new encrypted file. DatabaseWriteError, also when a roster is there already."""
    connection = open_database(path, key, create=True)
    try:
        with writing(path):
            connection.execute("PRAGMA journal_mode = DELETE")
        set_schema(connection, path, _SCHEMA, _TABLES)
        with transaction(connection, path):
            rows = [(entry.number, entry.session, canonical.encode(codec.to_json(entry))) for entry in roster.entries]
            connection.executemany("INSERT INTO entry VALUES (?, ?, ?)", rows)
    finally:
        connection.close()


def read_roster(path: Path, key: bytes) -> Roster:
    """Return the whole roster. UnreadableDatabaseError, OldSchemaError."""
    connection = open_database(path, key, read_only=True)
    try:
        check_schema(connection, path, _SCHEMA)
        with reading(path):
            rows = connection.execute("SELECT body FROM entry ORDER BY rowid").fetchall()
    finally:
        connection.close()
    entries = tuple(codec.from_json(RosterEntry, canonical.decode(body, limit=_LARGEST)) for (body,) in rows)
    return Roster(entries=entries)
