"""A damaged journal is never opened as if it were whole, is left as it was found, and gives out what is intact.

SQLCipher alone would not say a word: a damaged log silently shortens what it returns, an old page pasted back passes
its check. The tests show that first, and then that the chain and the head file notice.
"""

import os
import random
import shutil
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from kiosk.errors import JournalError
from kiosk.storage import database
from kiosk.storage.journal_store import (
    JournalDamagedError,
    JournalShortenedError,
    JournalStore,
    read_records,
    salvage,
)
from tests.storage.journals import JOURNAL, KEY, PAGE, begun, body, closed, contents, killed, numbers, signatory

RECORDS = 60
WAL = "journal.db-wal"
CHANCE = random.Random(20_261_121)  # noqa: S311 - the same places on every machine


@pytest.fixture(scope="module")
def wreck(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return killed(tmp_path_factory.mktemp("wreck"), RECORDS, size=100)


def copied(wreck: Path, folder: Path) -> Path:
    shutil.copytree(wreck, folder)
    return folder


def silently_read(folder: Path) -> int:
    """Return how many records SQLCipher gives out of a copy, with both of its checks content."""
    scratch = folder.parent / f"{folder.name}-scratch"
    shutil.copytree(folder, scratch)
    connection = database.open_database(scratch / "journal.db", KEY, page=PAGE)
    database.check_integrity(connection, scratch / "journal.db")
    with database.reading(scratch / "journal.db"):
        (count,) = connection.execute("SELECT count(*) FROM record").fetchone()
    connection.close()
    return int(count)


def refused(folder: Path) -> JournalError:
    """Return how a journal is refused, having seen that nothing of it was changed."""
    before = contents(folder)
    with pytest.raises(JournalError) as error:
        JournalStore.reopen(folder, JOURNAL, KEY, signatory())
    assert isinstance(error.value, JournalShortenedError | JournalDamagedError)
    found = salvage(folder, JOURNAL, KEY)
    assert numbers(found) == list(range(max(0, len(found) - 1)))
    assert contents(folder) == before
    return error.value


def test_the_wreck_itself_holds(wreck: Path, tmp_path: Path) -> None:
    assert numbers(read_records(copied(wreck, tmp_path / "j"), JOURNAL, KEY)) == list(range(RECORDS))


def test_one_flipped_bit_anywhere_in_the_log_is_noticed(wreck: Path, tmp_path: Path) -> None:
    """SQLCipher gives out a shortened journal for nearly every one of them, with both of its checks content."""
    size, silent = (wreck / WAL).stat().st_size, 0
    for number in range(40):
        folder = copied(wreck, tmp_path / str(number))
        data = bytearray((folder / WAL).read_bytes())
        data[CHANCE.randrange(32, size)] ^= 1 << CHANCE.randrange(8)
        (folder / WAL).write_bytes(data)
        refused(folder)
        with suppress(database.UnreadableDatabaseError):
            silent += silently_read(folder) <= RECORDS
    assert silent > 30


def test_a_log_cut_short_anywhere_is_noticed(wreck: Path, tmp_path: Path) -> None:
    size = (wreck / WAL).stat().st_size
    for number in range(30):
        folder = copied(wreck, tmp_path / str(number))
        os.truncate(folder / WAL, CHANCE.randrange(size - PAGE))
        refused(folder)


def test_a_log_cut_in_the_middle_is_silently_shortened_by_sqlcipher(wreck: Path, tmp_path: Path) -> None:
    folder = copied(wreck, tmp_path / "j")
    os.truncate(folder / WAL, (wreck / WAL).stat().st_size // 2)
    assert 0 < silently_read(folder) < RECORDS
    assert isinstance(refused(folder), JournalShortenedError)


@pytest.mark.parametrize("keep_index", [True, False])
def test_a_log_that_was_removed_is_noticed(wreck: Path, tmp_path: Path, keep_index: bool) -> None:
    folder = copied(wreck, tmp_path / "j")
    (folder / WAL).unlink()
    if not keep_index:
        (folder / "journal.db-shm").unlink(missing_ok=True)
    refused(folder)


def test_a_log_of_zeros_is_noticed(wreck: Path, tmp_path: Path) -> None:
    folder = copied(wreck, tmp_path / "j")
    (folder / WAL).write_bytes(bytes((wreck / WAL).stat().st_size))
    refused(folder)


def test_looking_at_a_damaged_log_keeps_what_lies_behind_the_damage(wreck: Path, tmp_path: Path) -> None:
    """The negative control: opening it as usual folds the log in and drops the rest for good."""
    folder = copied(wreck, tmp_path / "j")
    data = bytearray((folder / WAL).read_bytes())
    middle = len(data) // 2
    data[middle] ^= 1
    (folder / WAL).write_bytes(data)
    refused(folder)
    data[middle] ^= 1
    (folder / WAL).write_bytes(data)
    assert numbers(read_records(folder, JOURNAL, KEY)) == list(range(RECORDS))
    lost = copied(wreck, tmp_path / "lost")
    data[middle] ^= 1
    (lost / WAL).write_bytes(data)
    connection = database.open_database(lost / "journal.db", KEY, page=PAGE)
    connection.execute("SELECT count(*) FROM record").fetchone()
    connection.close()
    assert not (lost / WAL).exists()
    assert len(salvage(lost, JOURNAL, KEY)) < RECORDS


def test_a_flipped_bit_anywhere_in_the_file_is_noticed(tmp_path: Path) -> None:
    whole = closed(tmp_path / "whole", RECORDS, size=100)
    size = (whole / "journal.db").stat().st_size
    assert size > 5 * PAGE
    for number in range(40):
        folder = copied(whole, tmp_path / str(number))
        data = bytearray((folder / "journal.db").read_bytes())
        place = CHANCE.randrange(16, size)
        data[place] ^= 1 << CHANCE.randrange(8)
        (folder / "journal.db").write_bytes(data)
        assert isinstance(refused(folder), JournalDamagedError), place


def test_the_salt_that_the_key_does_not_need_may_be_damaged(tmp_path: Path) -> None:
    """The first 16 bytes of the file are a salt; ours comes from the key, so nothing depends on them."""
    folder = closed(tmp_path / "j", 5)
    data = bytearray((folder / "journal.db").read_bytes())
    data[3] ^= 1
    (folder / "journal.db").write_bytes(data)
    assert numbers(read_records(folder, JOURNAL, KEY)) == list(range(5))


def test_a_file_cut_short_anywhere_is_noticed(tmp_path: Path) -> None:
    whole = closed(tmp_path / "whole", RECORDS, size=100)
    size = (whole / "journal.db").stat().st_size
    for number in range(20):
        folder = copied(whole, tmp_path / str(number))
        os.truncate(folder / "journal.db", CHANCE.randrange(size))
        refused(folder)


def pasted(folder: Path, count: int) -> Iterator[Path]:
    """Yield copies of a journal of `count` records in which one page is as it was before the last of them."""
    store = begun(folder, count - 1)
    database.fold_log(store._connection, folder / "journal.db")
    old = (folder / "journal.db").read_bytes()
    store.append([body(count - 1)])
    store.close()
    new = (folder / "journal.db").read_bytes()
    for at in range(PAGE, len(old), PAGE):
        if old[at : at + PAGE] != new[at : at + PAGE]:
            copy = folder.parent / f"{folder.name}-{at}"
            shutil.copytree(folder, copy)
            (copy / "journal.db").write_bytes(new[:at] + old[at : at + PAGE] + new[at + PAGE :])
            yield copy


def test_an_old_page_pasted_back_passes_sqlcipher_and_is_caught_by_chain_and_head(tmp_path: Path) -> None:
    silent = 0
    for count in range(2, 8):
        for folder in pasted(tmp_path / str(count), count):
            with suppress(database.UnreadableDatabaseError):
                silent += silently_read(folder) == count
            refused(folder)
    assert silent, "one old page took a record (of count + 1 with the epoch) away under SQLCipher's own eyes"


def test_two_pages_that_changed_places_are_caught(tmp_path: Path) -> None:
    folder = closed(tmp_path / "j", RECORDS, size=100)
    data = (folder / "journal.db").read_bytes()
    pages = [data[at : at + PAGE] for at in range(0, len(data), PAGE)]
    pages[2], pages[3] = pages[3], pages[2]
    (folder / "journal.db").write_bytes(b"".join(pages))
    assert isinstance(refused(folder), JournalDamagedError)


def rewritten(folder: Path, sql: str) -> Path:
    """Change the journal as somebody could who has the key of the database."""
    connection = database.open_database(folder / "journal.db", KEY, page=PAGE)
    connection.execute(sql)
    connection.close()
    return folder


@pytest.mark.parametrize(
    ("sql", "intact"),
    [
        ("UPDATE record SET body = X'7b7d' WHERE seq = 4", 4),
        ("UPDATE record SET hash = zeroblob(32) WHERE seq = 4", 4),
        ("UPDATE record SET epoch = 1 WHERE seq = 4", 4),
        ("UPDATE record SET epoch = -1 WHERE seq = 4", 4),
        ("DELETE FROM record WHERE seq = 4", 4),
        ("DELETE FROM record WHERE seq = 0", 0),
        ("DELETE FROM record WHERE seq > 4", 5),
        ("DELETE FROM record", 0),
        ("UPDATE record SET seq = -1 WHERE seq = 4", 0),
        ("UPDATE record SET seq = 99 WHERE seq = 4", 4),
    ],
)
def test_a_record_that_was_changed_removed_or_moved_is_caught(tmp_path: Path, sql: str, intact: int) -> None:
    folder = rewritten(closed(tmp_path / "j", 8), sql)
    refused(folder)
    assert len(salvage(folder, JOURNAL, KEY)) == intact


def test_salvage_gives_out_the_longest_intact_beginning(tmp_path: Path) -> None:
    """A page in the middle of the file is gone: everything before it comes out, nothing after it."""
    folder = closed(tmp_path / "j", RECORDS, size=100)
    path = folder / "journal.db"
    data = bytearray(path.read_bytes())
    pages = len(data) // PAGE
    data[(pages // 2) * PAGE + 100] ^= 1
    path.write_bytes(data)
    found = salvage(folder, JOURNAL, KEY)
    assert 5 < len(found) < RECORDS
    assert numbers(found) == list(range(len(found) - 1))


@pytest.mark.parametrize("content", [None, b"", "不是日志𬭚".encode() * 900, bytes(3 * PAGE)])
def test_salvage_of_what_is_no_journal_is_nothing(tmp_path: Path, content: bytes | None) -> None:
    if content is not None:
        (tmp_path / "journal.db").write_bytes(content)
    assert salvage(tmp_path, JOURNAL, KEY) == ()
    assert salvage(tmp_path, JOURNAL, b"short") == ()


def test_salvage_of_a_sound_journal_is_all_of_it(tmp_path: Path) -> None:
    store = begun(tmp_path / "j", 5)
    assert salvage(tmp_path / "j", JOURNAL, KEY) == store.records()
    assert salvage(tmp_path / "j", "应考-08", KEY) == ()
    store.close()


def test_a_page_that_holds_no_record_is_checked_too(tmp_path: Path) -> None:
    """Every record can be read and the head agrees; only the check of all pages sees it."""
    folder = closed(tmp_path / "j", 8)
    with (folder / "journal.db").open("ab") as file:
        file.write(b"\xff" * PAGE)
    with pytest.raises(JournalDamagedError):
        read_records(folder, JOURNAL, KEY)
    assert numbers(salvage(folder, JOURNAL, KEY)) == list(range(8))
