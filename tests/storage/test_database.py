"""An encrypted database: opened with its own key alone, anything else refused by name, nothing readable without it."""

import hashlib
from functools import partial
from pathlib import Path

import pytest
import sqlcipher3
from sqlcipher3 import dbapi2

from kiosk.storage.database import (
    OLDEST_SQLITE,
    Connection,
    DatabaseWriteError,
    OldSchemaError,
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

KEY = b"k" * 32
TABLES = "CREATE TABLE a(n INTEGER PRIMARY KEY, t TEXT NOT NULL); CREATE TABLE b(t TEXT)"
WORDS = "考生王𬭚的作答"


def made(path: Path, rows: int = 0, key: bytes = KEY) -> Path:
    connection = open_database(path, key, create=True)
    set_schema(connection, path, 3, TABLES)
    with transaction(connection, path):
        connection.executemany("INSERT INTO a VALUES (?, ?)", [(number, WORDS * 20) for number in range(rows)])
    connection.close()
    return path


def count(connection: Connection) -> int:
    return int(connection.execute("SELECT count(*) FROM a").fetchone()[0])


def test_the_library_is_one_without_the_fault_in_write_ahead_logs() -> None:
    assert tuple(map(int, sqlcipher3.sqlite_version.split("."))) >= OLDEST_SQLITE


@pytest.mark.parametrize("name", ["a.db", "题 库　𬭚.db", "100%#?&=;'.db", "长" * 80])
def test_what_was_written_is_read_under_the_same_key(tmp_path: Path, name: str) -> None:
    path = made(tmp_path / name, 5)
    for again in (open_database, partial(open_database, read_only=True), look_into):
        connection = again(path, KEY)
        check_schema(connection, path, 3)
        assert count(connection) == 5
        assert connection.execute("SELECT t FROM a").fetchone() == (WORDS * 20,)
        connection.close()
    assert [found.name for found in tmp_path.iterdir()] == [name]


def test_commits_are_synced_in_full_and_written_ahead(tmp_path: Path) -> None:
    connection = open_database(tmp_path / "a.db", KEY, create=True)
    assert connection.execute("PRAGMA synchronous").fetchone() == (2,)
    assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    connection.close()


@pytest.mark.parametrize(
    "harm", ["key", "short key", "text", "plain sqlite", "first page", "missing", "folder", "cut to a page and a half"]
)
def test_what_is_no_database_of_ours_is_refused_with_one_error(
    tmp_path: Path, harm: str, capfd: pytest.CaptureFixture[str]
) -> None:
    path, key = made(tmp_path / "a.db", 200), KEY
    data = bytearray(path.read_bytes())
    if harm == "key":
        key = b"x" * 32
    elif harm == "short key":
        key = b"k" * 31
    elif harm == "text":
        path.write_text("不是数据库𬭚\n" * 900, encoding="utf-8")
    elif harm == "plain sqlite":
        path.unlink()
        plain = dbapi2.connect(str(path))
        plain.execute("CREATE TABLE a(n)")
        plain.close()
    elif harm == "first page":
        data[100] ^= 1
        path.write_bytes(data)
    elif harm in {"missing", "folder"}:
        path.unlink()
        if harm == "folder":
            path.mkdir()
    else:
        path.write_bytes(data[: 4096 + 2048])
    for read_only in (False, True):
        with pytest.raises(UnreadableDatabaseError) as refused:
            closing(open_database(path, key, read_only=read_only), path)
        assert refused.value.data == {"file": "a.db"}
    with pytest.raises(UnreadableDatabaseError):
        closing(look_into(path, key), path)
    assert capfd.readouterr().err == "", "the library prints nothing of its own"


def closing(connection: Connection, path: Path) -> None:
    """Read everything; a file that opens in spite of its harm must fail here."""
    try:
        with reading(path):
            connection.execute("SELECT * FROM a").fetchall()
    finally:
        connection.close()


def test_an_empty_file_opens_silently_so_the_layout_is_checked(tmp_path: Path) -> None:
    path = tmp_path / "empty.db"
    path.write_bytes(b"")
    for connection in (open_database(path, KEY, read_only=True), look_into(path, KEY), open_database(path, KEY)):
        with pytest.raises(OldSchemaError) as refused:
            check_schema(connection, path, 3)
        assert refused.value.data == {"file": "empty.db", "found": 0, "wanted": 3}
        connection.close()


@pytest.mark.parametrize("wanted", [0, 2, 4])
def test_another_layout_is_refused(tmp_path: Path, wanted: int) -> None:
    path = made(tmp_path / "a.db")
    connection = open_database(path, KEY, read_only=True)
    with pytest.raises(OldSchemaError):
        check_schema(connection, path, wanted)
    connection.close()


def test_a_flipped_bit_in_any_page_is_found(tmp_path: Path) -> None:
    path = made(tmp_path / "a.db", 200)
    data = path.read_bytes()
    assert len(data) > 5 * 4096
    for at in range(4096, len(data), 4096):
        harmed = bytearray(data)
        harmed[at + 77] ^= 1
        path.write_bytes(harmed)
        connection = open_database(path, KEY)
        with pytest.raises(UnreadableDatabaseError):
            check_integrity(connection, path)
        connection.close()
    path.write_bytes(data)
    connection = open_database(path, KEY)
    check_integrity(connection, path)
    connection.close()


def test_an_old_page_pasted_back_passes_every_check_sqlcipher_has(tmp_path: Path) -> None:
    """Why a journal is chained: encryption with a check of each page does not keep an old page out."""
    path = made(tmp_path / "a.db", 200)
    old = path.read_bytes()
    connection = open_database(path, KEY)
    with transaction(connection, path):
        connection.execute("UPDATE a SET t = ? WHERE n = 100", (WORDS[::-1] * 20,))
    connection.close()
    new = path.read_bytes()
    (changed,) = [at for at in range(4096, len(new), 4096) if old[at : at + 4096] != new[at : at + 4096]]
    path.write_bytes(new[:changed] + old[changed : changed + 4096] + new[changed + 4096 :])
    connection = open_database(path, KEY)
    check_integrity(connection, path)
    assert connection.execute("SELECT t FROM a WHERE n = 100").fetchone() == (WORDS * 20,)
    connection.close()


def test_nothing_is_readable_without_the_key(tmp_path: Path) -> None:
    """Neither in the file nor in its log; the negative control is a database without a key."""
    path = tmp_path / "a.db"
    connection = open_database(path, KEY, create=True)
    set_schema(connection, path, 3, TABLES)
    insert_one(connection, path, "INSERT INTO a VALUES (?, ?)", (1, WORDS * 20))
    held = [found.read_bytes() for found in tmp_path.iterdir()]
    connection.close()
    held.append(path.read_bytes())
    plain = dbapi2.connect(str(tmp_path / "plain.db"), isolation_level=None)
    plain.execute(TABLES.split(";", maxsplit=1)[0])
    plain.execute("INSERT INTO a VALUES (1, ?)", (WORDS,))
    plain.close()
    for words in (
        WORDS.encode(),
        "王𬭚".encode(),
        b"CREATE TABLE",
        b"SQLite format 3",
        KEY,
        hashlib.sha256(KEY).digest(),
    ):
        assert not any(words in data for data in held)
    assert WORDS.encode() in (tmp_path / "plain.db").read_bytes()


def test_a_read_only_database_is_not_written_and_leaves_no_file_beside_it(tmp_path: Path) -> None:
    path = made(tmp_path / "a.db", 1)
    connection = open_database(path, KEY, read_only=True)
    with pytest.raises(DatabaseWriteError):
        insert_one(connection, path, "INSERT INTO a VALUES (?, ?)", (9, "x"))
    with pytest.raises(DatabaseWriteError), transaction(connection, path):
        connection.execute("DELETE FROM a")
    assert count(connection) == 1
    assert [found.name for found in tmp_path.iterdir()] == ["a.db"]
    connection.close()


class SlipError(Exception):
    """A mistake of whoever writes."""


def write_both(connection: Connection, path: Path, first: str, second: str | None) -> None:
    with transaction(connection, path):
        connection.execute(first)
        if second is None:
            raise SlipError
        connection.execute(second)


def test_a_transaction_is_all_or_nothing_whatever_it_fails_of(tmp_path: Path) -> None:
    path = made(tmp_path / "a.db", 1)
    connection = open_database(path, KEY)
    with pytest.raises(DatabaseWriteError) as refused:
        write_both(connection, path, "INSERT INTO a VALUES (7, 'x')", "INSERT INTO a VALUES (0, 'twice')")
    assert "UNIQUE" in str(refused.value.data["detail"])
    with pytest.raises(SlipError):
        write_both(connection, path, "INSERT INTO a VALUES (8, 'x')", None)
    assert not connection.in_transaction
    assert count(connection) == 1
    with transaction(connection, path):
        connection.execute("INSERT INTO a VALUES (9, 'x')")
    assert count(connection) == 2
    connection.close()


def test_tables_are_made_once_and_all_or_none(tmp_path: Path) -> None:
    path = made(tmp_path / "a.db", 1)
    connection = open_database(path, KEY)
    with pytest.raises(DatabaseWriteError):
        set_schema(connection, path, 9, f"CREATE TABLE c(n); {TABLES}")
    check_schema(connection, path, 3)
    assert connection.execute("SELECT count(*) FROM sqlite_master WHERE name = 'c'").fetchone() == (0,)
    connection.close()


def test_a_log_that_somebody_reads_is_not_said_to_be_folded_in(tmp_path: Path) -> None:
    path = made(tmp_path / "a.db", 1)
    connection, reader = open_database(path, KEY), look_into(path, KEY)
    connection.execute("PRAGMA busy_timeout = 1")
    insert_one(connection, path, "INSERT INTO a VALUES (?, ?)", (7, "x"))
    other = look_into(path, KEY)
    other.execute("BEGIN")
    assert count(other) == 2
    insert_one(connection, path, "INSERT INTO a VALUES (?, ?)", (8, "x"))
    with pytest.raises(DatabaseWriteError):
        fold_log(connection, path)
    other.close()
    reader.close()
    fold_log(connection, path)
    connection.close()
    assert [found.name for found in tmp_path.iterdir()] == ["a.db"]
