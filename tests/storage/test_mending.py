"""A journal that does not hold goes on in a new file: one chain, nothing lost that is intact, nothing old changed.

Every instant of a mending is tried as the last one before a power cut: each call that changes names, the building of
the new file, and the writes themselves on a disk that is full. The negative control mends in the wrong order.
"""

import os
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from kiosk.formats.journal import check_chain, check_tags, is_epoch
from kiosk.storage.journal_store import JournalStore, JournalWriteError, read_records, salvage
from kiosk.storage.mending import DOES_NOT_HOLD, finish_mending, mend, what_is_left
from tests.storage.journals import JOURNAL, KEY, body, contents, killed, numbers, office, signatory

RECORDS = 40
FOUND = 900
"""The number of the record that says what was found."""
DATABASE, LOG, HEAD = "journal.db", "journal.db-wal", "journal.head"


@pytest.fixture(scope="module")
def wreck(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A journal as a power cut leaves it, with its log cut in the middle since."""
    folder = killed(tmp_path_factory.mktemp("坏 ０７ 𬭚"), RECORDS, size=100)
    os.truncate(folder / LOG, (folder / LOG).stat().st_size // 2)
    return folder


def copied(wreck: Path, folder: Path) -> Path:
    shutil.copytree(wreck, folder)
    return folder


def mended(folder: Path) -> None:
    """What a start does: end a mending that was begun, and mend what does not hold."""
    finish_mending(folder, JOURNAL)
    try:
        read_records(folder, JOURNAL, KEY)
    except DOES_NOT_HOLD:
        left = what_is_left(folder, JOURNAL, KEY)
        mend(folder, JOURNAL, KEY, signatory(), left=left, bodies=[body(FOUND)])


def aside(folder: Path) -> dict[str, bytes]:
    """What was set aside, under the names it had."""
    return {"journal" + name[len("damaged-1") :]: data for name, data in contents(folder).items() if "damaged" in name}


def test_what_is_intact_goes_on_in_one_chain_and_the_old_files_lie_beside_it(wreck: Path, tmp_path: Path) -> None:
    folder = copied(wreck, tmp_path / "j")
    intact, before = salvage(folder, JOURNAL, KEY), contents(folder)
    assert 1 < len(intact) < RECORDS
    mended(folder)
    assert aside(folder) == before
    store, records = JournalStore.reopen(folder, JOURNAL, KEY, signatory())
    assert records[: len(intact)] == intact
    assert is_epoch(records[len(intact)])
    assert numbers(records) == [*range(len(intact) - 1), FOUND]
    store.append([body(FOUND + 1)])
    after = store.records()
    store.close()
    assert check_chain(JOURNAL, after).epoch == 2
    check_tags(after, office().secret)
    assert sorted(path.name for path in folder.iterdir() if "damaged" not in path.name) == [DATABASE, HEAD]


def test_what_the_head_file_knew_is_told(wreck: Path, tmp_path: Path) -> None:
    folder = copied(wreck, tmp_path / "j")
    assert what_is_left(folder, JOURNAL, KEY).expected == RECORDS + 1
    (folder / HEAD).write_bytes(b"")
    assert what_is_left(folder, JOURNAL, KEY).expected is None


def test_what_was_set_aside_can_still_be_read(wreck: Path, tmp_path: Path) -> None:
    folder = copied(wreck, tmp_path / "j")
    intact = salvage(folder, JOURNAL, KEY)
    mended(folder)
    copy = tmp_path / "copy"
    copy.mkdir()
    for name, data in aside(folder).items():
        (copy / name).write_bytes(data)
    assert salvage(copy, JOURNAL, KEY) == intact


HARM: Mapping[str, Callable[[Path], object]] = {
    "database gone": lambda at: (at / DATABASE).unlink(),
    "database empty": lambda at: (at / DATABASE).write_bytes(b""),
    "everything noise": lambda at: [(at / name).write_bytes("𬭚".encode() * 999) for name in (DATABASE, LOG, HEAD)],
    "head gone": lambda at: (at / HEAD).unlink(),
    "log gone": lambda at: (at / LOG).unlink(),
}


@pytest.mark.parametrize("harm", HARM)
def test_whatever_is_found_ends_in_a_journal_that_holds(wreck: Path, tmp_path: Path, harm: str) -> None:
    folder = copied(wreck, tmp_path / "j")
    HARM[harm](folder)
    before = contents(folder)
    intact = numbers(salvage(folder, JOURNAL, KEY))
    mended(folder)
    assert aside(folder) == before
    assert numbers(read_records(folder, JOURNAL, KEY)) == [*intact, FOUND]


def test_damage_after_damage_is_set_aside_under_the_next_number(wreck: Path, tmp_path: Path) -> None:
    folder = copied(wreck, tmp_path / "j")
    mended(folder)
    first, once = aside(folder), read_records(folder, JOURNAL, KEY)
    (folder / HEAD).write_bytes(b"")
    mended(folder)
    assert numbers(read_records(folder, JOURNAL, KEY)) == [*numbers(once), FOUND]
    assert {name: data for name, data in aside(folder).items() if name in first} == first
    assert {path.name for path in folder.glob("damaged-2*")} == {"damaged-2.db", "damaged-2.head"}


class PowerCut(BaseException):
    """Nothing runs after it."""


def cut_after(monkeypatch: pytest.MonkeyPatch, calls: int) -> list[int]:
    """Let the power fail after so many changes of names; the list counts them."""
    done = [0]
    rename = Path.rename

    def counted(path: Path, target: Path) -> Path:
        if done[0] == calls:
            raise PowerCut
        done[0] += 1
        return rename(path, target)

    monkeypatch.setattr(Path, "rename", counted)
    return done


def test_a_cut_at_any_step_leaves_the_old_files_or_the_mended_journal(
    wreck: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The new file is one step; setting aside db, log and head, and putting head and db in place, are five more."""
    before = contents(wreck)
    intact = numbers(salvage(copied(wreck, tmp_path / "look"), JOURNAL, KEY))
    for calls in range(7):
        folder = copied(wreck, tmp_path / str(calls))
        with monkeypatch.context() as power:
            done = cut_after(power, calls)
            try:
                mended(folder)
            except PowerCut:
                assert done == [calls]
            else:
                assert calls > 5
        if calls == 0:
            assert {name: (folder / name).read_bytes() for name in before} == before
        mended(folder)
        assert {name: data for name, data in aside(folder).items() if not name.endswith("-shm")} == before, calls
        assert numbers(read_records(folder, JOURNAL, KEY)) == [*intact, FOUND], calls
        assert not list(folder.glob("mended*"))


def test_in_another_order_a_cut_would_lose_records(wreck: Path, tmp_path: Path) -> None:
    """The negative control: names changed before the new file is whole leave a start with less than there was."""
    intact = numbers(salvage(copied(wreck, tmp_path / "look"), JOURNAL, KEY))
    folder = copied(wreck, tmp_path / "j")
    for name in (LOG, DATABASE, HEAD):
        (folder / name).rename(folder / f"damaged-1{name.removeprefix('journal')}")
    mended(folder)
    assert len(numbers(read_records(folder, JOURNAL, KEY))) < len(intact)


def test_a_half_built_journal_is_built_again(wreck: Path, tmp_path: Path) -> None:
    folder = copied(wreck, tmp_path / "j")
    (folder / "mended.part").mkdir()
    (folder / "mended.part" / DATABASE).write_bytes(b"half")
    intact = numbers(salvage(folder, JOURNAL, KEY))
    mended(folder)
    assert numbers(read_records(folder, JOURNAL, KEY)) == [*intact, FOUND]


def test_a_name_that_cannot_be_changed_is_a_failure_to_write(
    wreck: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = copied(wreck, tmp_path / "j")
    before = contents(folder)

    def refused(path: Path, target: Path) -> Path:
        raise OSError(30, os.strerror(30), str(path), None, str(target))

    with monkeypatch.context() as broken:
        broken.setattr(Path, "rename", refused)
        with pytest.raises(JournalWriteError):
            mended(folder)
    assert {name: (folder / name).read_bytes() for name in before} == before
    mended(folder)
    assert FOUND in numbers(read_records(folder, JOURNAL, KEY))


def test_what_somebody_put_where_a_mended_journal_waits_harms_nothing(tmp_path: Path) -> None:
    folder = killed(tmp_path, 5)
    for number, name in enumerate((HEAD, "别的 𬭚")):
        (folder / f"mended-{number}").mkdir()
        (folder / f"mended-{number}" / name).write_bytes(b"?")
    finish_mending(folder, JOURNAL)
    assert numbers(read_records(folder, JOURNAL, KEY)) == list(range(5))
