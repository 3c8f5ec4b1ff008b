"""A full or read-only disk: what was written stays, what cannot be written is refused by name, nothing half is left."""

from itertools import count
from pathlib import Path

import pytest

from kiosk.storage import database
from kiosk.storage.files import FileWriteError, erase, free_bytes, write_durably, write_private
from kiosk.storage.journal_store import JournalStore, JournalWriteError, read_records, salvage
from tests.storage.conftest import SmallDisk
from tests.storage.journals import JOURNAL, KEY, PAGE, begun, body, closed, numbers, signatory


def appended_until_full(store: JournalStore) -> int:
    """Return how many records were called written before the disk was full."""
    for number in count():
        try:
            store.append([body(number, size=500)])
        except JournalWriteError:
            return number
    raise AssertionError


def test_a_full_disk_stops_a_journal_and_keeps_every_record_that_was_written(small_disk: SmallDisk) -> None:
    store = begun(small_disk.folder / "j", 0)
    ballast = small_disk.fill(leave=200_000)
    written = appended_until_full(store)
    assert written > 20
    assert numbers(store.records()) == list(range(written))
    with pytest.raises(JournalWriteError) as refused:
        store.append([body(written, size=500)])
    assert refused.value.data["journal"] == JOURNAL
    assert "full" in str(refused.value.data["detail"])
    with pytest.raises(JournalWriteError):
        store.close()
    assert numbers(salvage(small_disk.folder / "j", JOURNAL, KEY)) == list(range(written))
    with pytest.raises(JournalWriteError):
        JournalStore.reopen(small_disk.folder / "j", JOURNAL, KEY, signatory())
    ballast.unlink()
    again, records = JournalStore.reopen(small_disk.folder / "j", JOURNAL, KEY, signatory())
    assert numbers(records) == list(range(written))
    again.append([body(written)])
    again.close()


def test_a_full_disk_lets_no_journal_begin(small_disk: SmallDisk) -> None:
    ballast = small_disk.fill()
    with pytest.raises(JournalWriteError):
        begun(small_disk.folder / "j", 0)
    ballast.unlink()
    assert numbers(read_records(closed(small_disk.folder / "k", 2), JOURNAL, KEY)) == [0, 1]


def test_a_journal_that_could_not_begin_gives_no_false_one(small_disk: SmallDisk) -> None:
    """The disk fills up at every step of the beginning in turn."""
    began = 0
    for number, leave in enumerate(range(0, 160_000, 4_096)):
        ballast = small_disk.fill(leave=leave)
        folder = small_disk.folder / str(number)
        try:
            begun(folder, 0).close()
            began += 1
        except JournalWriteError:
            assert salvage(folder, JOURNAL, KEY) == () or len(salvage(folder, JOURNAL, KEY)) == 1
        ballast.unlink()
        for path in folder.iterdir() if folder.exists() else ():
            path.unlink()
    assert 0 < began < 40


def test_a_read_only_disk_is_refused_by_name_and_still_gives_out_its_journal(small_disk: SmallDisk) -> None:
    folder = closed(small_disk.folder / "j", 3)
    small_disk.forbid_writing()
    with pytest.raises(JournalWriteError):
        JournalStore.reopen(folder, JOURNAL, KEY, signatory())
    with pytest.raises(JournalWriteError):
        begun(small_disk.folder / "k", 0)
    assert numbers(salvage(folder, JOURNAL, KEY)) == [0, 1, 2]
    connection = database.open_database(folder / "journal.db", KEY, page=PAGE, read_only=True)
    assert connection.execute("SELECT count(*) FROM record").fetchone() == (4,)
    connection.close()


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def test_a_file_that_does_not_fit_leaves_nothing_and_the_older_one_stands(small_disk: SmallDisk) -> None:
    path = small_disk.folder / "结果𬭚.kresult"
    write_durably(path, b"older")
    small_disk.fill(leave=100_000)
    told: list[int] = []
    with pytest.raises(FileWriteError) as refused:
        write_durably(path, (bytes(50_000) for _ in range(9)), told.append)
    assert refused.value.data["file"] == path.name
    assert told[0] == 50_000
    with pytest.raises(FileWriteError):
        write_private(path, bytes(500_000))
    assert names(small_disk.folder) == {path.name, "ballast"}
    assert path.read_bytes() == b"older"
    assert free_bytes(small_disk.folder) >= 90_000


def test_nothing_is_written_to_a_read_only_disk_and_nothing_but_our_error_comes(small_disk: SmallDisk) -> None:
    path = small_disk.folder / "密钥.slot"
    write_private(path, b"secret")
    small_disk.forbid_writing()
    for write in (write_durably, write_private):
        for target in (path, small_disk.folder / "new"):
            with pytest.raises(FileWriteError):
                write(target, b"x")
    with pytest.raises(FileWriteError):
        erase(path)
    assert names(small_disk.folder) == {path.name}
    assert path.read_bytes() == b"secret"
