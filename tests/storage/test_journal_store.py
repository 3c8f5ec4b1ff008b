"""A journal on disk: appended durably, opened again with a new epoch, refused by name when it does not hold."""

from pathlib import Path

import pytest

from kiosk.crypto.seal import new_identity
from kiosk.errors import SealError
from kiosk.formats.journal import LIMITS, check_chain, check_tags, is_epoch
from kiosk.storage import database
from kiosk.storage.head_file import Head, HeadFile, HeadMissingError, read_head
from kiosk.storage.journal_store import (
    JournalDamagedError,
    JournalShortenedError,
    JournalStore,
    JournalWriteError,
    read_records,
    salvage,
)
from tests.storage.journals import JOURNAL, KEY, PAGE, begun, body, closed, contents, killed, numbers, office, signatory

HEAD = "journal.head"


def test_what_was_appended_is_there_after_closing_and_opening(tmp_path: Path) -> None:
    store = begun(tmp_path / "j", 3)
    store.append([body(3), body(4), body(5)])
    end = store.end
    assert numbers(store.records()) == list(range(6))
    store.close()
    found = read_records(tmp_path / "j", JOURNAL, KEY)
    assert numbers(found) == list(range(6))
    assert Head(seq=found[-1].seq, hash=found[-1].hash) == end
    assert sorted(contents(tmp_path / "j")) == ["journal.db", HEAD]


def test_every_run_of_the_program_has_an_epoch_of_its_own_in_one_chain(tmp_path: Path) -> None:
    closed(tmp_path / "j", 2)
    for run in range(1, 4):
        store, before = JournalStore.reopen(tmp_path / "j", JOURNAL, KEY, signatory())
        assert numbers(before) == list(range(run + 1))
        store.append([body(run + 1)])
        store.close()
    records = read_records(tmp_path / "j", JOURNAL, KEY)
    assert [record.epoch for record in records if is_epoch(record)] == [0, 1, 2, 3]
    assert check_chain(JOURNAL, records).seq == len(records) - 1 == 8
    check_tags(records, office().secret)


def test_a_killed_program_loses_nothing_it_called_written(tmp_path: Path) -> None:
    found = killed(tmp_path, 40)
    store, records = JournalStore.reopen(found, JOURNAL, KEY, signatory())
    assert numbers(records) == list(range(40))
    store.append([body(40)])
    store.close()
    assert numbers(read_records(found, JOURNAL, KEY)) == list(range(41))


@pytest.mark.parametrize("name", ["with space", "考 场　三", "𬭚", "100%#?&=;'", "长" * 80, "deep/er/still"])
def test_a_journal_lies_in_any_folder(tmp_path: Path, name: str) -> None:
    folder = closed(tmp_path / name, 2)
    store, records = JournalStore.reopen(folder, JOURNAL, KEY, signatory())
    store.close()
    assert numbers(records) == [0, 1]


def test_a_journal_is_begun_once(tmp_path: Path) -> None:
    folder = closed(tmp_path / "j", 3)
    before = contents(folder)
    with pytest.raises(JournalWriteError):
        JournalStore.create(folder, JOURNAL, KEY, signatory())
    assert contents(folder) == before


def test_a_folder_that_cannot_be_made_is_a_write_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("题𬭚", encoding="utf-8")
    with pytest.raises(JournalWriteError):
        JournalStore.create(tmp_path / "file" / "j", JOURNAL, KEY, signatory())


def test_a_second_program_on_the_same_journal_cannot_write_between(tmp_path: Path) -> None:
    first = begun(tmp_path / "j", 2)
    first.sync_head()
    second, _ = JournalStore.reopen(tmp_path / "j", JOURNAL, KEY, signatory())
    with pytest.raises(JournalWriteError):
        first.append([body(2)])
    second.append([body(2)])
    second.close()
    with pytest.raises(JournalWriteError):
        first.append([body(2)])
    assert numbers(salvage(tmp_path / "j", JOURNAL, KEY)) == [0, 1, 2]
    first._head.close()
    first._connection.close()


def test_what_no_reader_would_take_is_not_written(tmp_path: Path) -> None:
    store = begun(tmp_path / "j", 1)
    with pytest.raises(JournalWriteError) as refused:
        store.append([body(1), b"x" * (LIMITS.body + 1)])
    assert refused.value.data == {"journal": JOURNAL, "detail": "too long"}
    store.append([body(1)])
    store.close()
    assert numbers(read_records(tmp_path / "j", JOURNAL, KEY)) == [0, 1]


def test_closing_gives_everything_back_even_when_it_cannot_fold_the_log_in(tmp_path: Path) -> None:
    store = begun(tmp_path / "j", 3)
    reader = database.look_into(tmp_path / "j" / "journal.db", KEY, page=PAGE)
    reader.execute("BEGIN")
    reader.execute("SELECT * FROM record").fetchone()
    store._connection.execute("PRAGMA busy_timeout = 1")
    with pytest.raises(JournalWriteError):
        store.close()
    reader.close()
    with pytest.raises(JournalWriteError):
        store.append([body(3)])
    assert numbers(read_records(tmp_path / "j", JOURNAL, KEY)) == [0, 1, 2]


# ---- the wrong journal


def test_another_key_another_journal_and_no_journal_are_refused(tmp_path: Path) -> None:
    folder = closed(tmp_path / "j", 3)
    (tmp_path / "empty").mkdir()
    before = contents(folder)
    for place, journal, key in (
        (folder, JOURNAL, b"x" * 32),
        (folder, JOURNAL, b"short"),
        (folder, "应考-08", KEY),
        (tmp_path / "empty", JOURNAL, KEY),
        (tmp_path / "nowhere", JOURNAL, KEY),
    ):
        with pytest.raises(JournalDamagedError):
            read_records(place, journal, key)
    assert contents(folder) == before
    assert not contents(tmp_path / "empty")


def test_a_journal_of_another_layout_is_refused(tmp_path: Path) -> None:
    folder = closed(tmp_path / "j", 3)
    connection = database.open_database(folder / "journal.db", KEY, page=PAGE)
    connection.execute("PRAGMA user_version = 2")
    connection.close()
    with pytest.raises(JournalDamagedError) as refused:
        read_records(folder, JOURNAL, KEY)
    assert isinstance(refused.value.__cause__, database.OldSchemaError)


def test_a_journal_swapped_with_another_candidates_is_refused(tmp_path: Path) -> None:
    mine = closed(tmp_path / "mine", 3)
    own_key = closed(tmp_path / "other", 3, journal="应考-08", key=b"o" * 32)
    same_key = closed(tmp_path / "same", 3, journal="应考-08")
    for other in (own_key, same_key):
        for name in ("journal.db", HEAD):
            (mine / name).write_bytes((other / name).read_bytes())
        with pytest.raises(JournalDamagedError):
            read_records(mine, JOURNAL, KEY)


def test_the_head_file_of_another_journal_is_none(tmp_path: Path) -> None:
    mine, other = closed(tmp_path / "mine", 3), closed(tmp_path / "other", 3, journal="应考-08")
    (mine / HEAD).write_bytes((other / HEAD).read_bytes())
    with pytest.raises(HeadMissingError):
        read_records(mine, JOURNAL, KEY)


# ---- rolled back


def rolled_back(folder: Path, *names: str) -> Path:
    """Bring files back to what they were before the last three records."""
    closed(folder, 3)
    old = {name: (folder / name).read_bytes() for name in names}
    store, _ = JournalStore.reopen(folder, JOURNAL, KEY, signatory())
    store.append([body(3)])
    store.append([body(4)])
    store.close()
    for name, data in old.items():
        (folder / name).write_bytes(data)
    return folder


def test_a_database_rolled_back_without_its_head_file_is_noticed(tmp_path: Path) -> None:
    folder = rolled_back(tmp_path / "j", "journal.db")
    before = contents(folder)
    with pytest.raises(JournalShortenedError) as refused:
        JournalStore.reopen(folder, JOURNAL, KEY, signatory())
    assert refused.value.data == {"journal": JOURNAL, "expected": 6, "found": 3}
    assert contents(folder) == before


def test_a_database_rolled_back_and_written_on_is_noticed(tmp_path: Path) -> None:
    """The number is there again, with another hash."""
    folder = rolled_back(tmp_path / "j", "journal.db")
    newest = (folder / HEAD).read_bytes()
    old = read_head(folder / HEAD, JOURNAL, KEY).seq
    (folder / HEAD).unlink()
    records = salvage(folder, JOURNAL, KEY)
    forged = HeadFile(folder / HEAD, JOURNAL, KEY)
    forged.write(Head(seq=records[-1].seq, hash=records[-1].hash), sync=True)
    forged.close()
    store, _ = JournalStore.reopen(folder, JOURNAL, KEY, signatory())
    store.append([body(number) for number in range(100, 110)])
    store.close()
    (folder / HEAD).write_bytes(newest)
    with pytest.raises(JournalShortenedError) as refused:
        read_records(folder, JOURNAL, KEY)
    assert refused.value.data == {"journal": JOURNAL, "expected": old, "found": 14}


def test_database_and_head_file_rolled_back_together_open_and_only_the_office_notices(tmp_path: Path) -> None:
    """The limit of what one PC can know of itself: bundles and segments that name a later head show it."""
    folder = rolled_back(tmp_path / "j", "journal.db", HEAD)
    assert numbers(read_records(folder, JOURNAL, KEY)) == [0, 1, 2]


def test_a_head_file_that_is_behind_its_journal_is_no_fault(tmp_path: Path) -> None:
    """A power cut may lose the unsynced head, never a record."""
    folder = rolled_back(tmp_path / "j", HEAD)
    assert numbers(read_records(folder, JOURNAL, KEY)) == [0, 1, 2, 3, 4]


# ---- the head file


@pytest.mark.parametrize("harm", ["missing", "empty", "zeros", "rubbish", "one bit", "a folder"])
def test_a_journal_without_a_sound_head_is_refused_and_no_head_is_made(tmp_path: Path, harm: str) -> None:
    folder = closed(tmp_path / "j", 1)
    path = folder / HEAD
    data = bytearray(path.read_bytes())
    path.unlink()
    if harm == "a folder":
        path.mkdir()
    elif harm != "missing":
        for place in range(0, len(data), 512):
            data[place + 50] ^= 1
        path.write_bytes({"empty": b"", "zeros": bytes(1_024), "rubbish": "题𬭚".encode() * 200}.get(harm, bytes(data)))
    with pytest.raises(HeadMissingError):
        JournalStore.reopen(folder, JOURNAL, KEY, signatory())
    assert path.exists() == (harm != "missing")
    assert numbers(salvage(folder, JOURNAL, KEY)) == [0]


@pytest.mark.parametrize("batch", [1, 2, 3])
def test_a_torn_write_leaves_the_head_before_it(tmp_path: Path, batch: int) -> None:
    """Whatever the number of records written at once, the two places are written in turn."""
    store = begun(tmp_path / "j", 0)
    for number in range(6):
        before = store.end
        store.append([body(number * batch + more) for more in range(batch)])
    store.sync_head()
    store.close()
    path = tmp_path / "j" / HEAD
    whole = path.read_bytes()
    last = read_head(path, JOURNAL, KEY)
    (place,) = [at for at in (0, 512) if int.from_bytes(whole[at : at + 8], "big") == last.seq]
    for cut in (0, 1, 8, 30, 71):
        torn = bytearray(whole)
        torn[place + cut : place + 72] = bytes(byte ^ 0xFF for byte in whole[place + cut : place + 72])
        path.write_bytes(torn)
        assert read_head(path, JOURNAL, KEY) == before
        assert len(numbers(read_records(tmp_path / "j", JOURNAL, KEY))) == 6 * batch


def test_a_head_is_written_again_after_opening_without_overwriting_the_newer_place(tmp_path: Path) -> None:
    path = tmp_path / "head"
    for seq in range(5):
        head_file = HeadFile(path, JOURNAL, KEY)
        head_file.write(Head(seq=seq, hash=bytes([seq]) * 32), sync=False)
        head_file.write(Head(seq=seq, hash=bytes([seq]) * 32), sync=True)
        head_file.close()
        assert read_head(path, JOURNAL, KEY).seq == seq
    raw = path.read_bytes()
    assert {int.from_bytes(raw[at : at + 8], "big") for at in (0, 512)} == {3, 4}


def test_the_epoch_key_is_for_the_recipients_alone(tmp_path: Path) -> None:
    records = read_records(closed(tmp_path / "j", 2), JOURNAL, KEY)
    check_tags(records, office().secret)
    with pytest.raises(SealError):
        check_tags(records, new_identity().secret)
