"""The power fails at any instant: shown on what the program really asked of the disk.

kill -9 tests no fsync: the system writes on. So the program is watched by strace, and its writes are replayed up to a
cut; of what was not synced by then, each block of 512 bytes survives or not by chance, and so does each new name in a
folder that was not synced. What the program had called written before the cut must be there. The model takes it that a
disk does what fsync asks and that a file, once its name is durable, keeps it.

Negative control: the same program without syncs fails both tests.
"""

import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.errors import JournalError
from kiosk.storage.journal_store import read_records, salvage
from tests.storage.appending import Call, traced
from tests.storage.journals import JOURNAL, KEY, numbers

WAL = "journal.db-wal"
RECORDS = 60
CUTS = 60
BLOCK = 512
NO_SYNC = "PRAGMA synchronous = OFF"
FOLDING = "PRAGMA wal_autocheckpoint = 20"
"""The log is folded in every few records, so that cuts fall into it."""


@pytest.fixture(scope="module")
def calls(tmp_path_factory: pytest.TempPathFactory) -> list[Call]:
    return traced(tmp_path_factory.mktemp("考 场"), RECORDS, FOLDING)


@pytest.fixture(scope="module")
def careless(tmp_path_factory: pytest.TempPathFactory) -> list[Call]:
    return traced(tmp_path_factory.mktemp("careless"), RECORDS, FOLDING, NO_SYNC)


def called_written_before_it_was(calls: list[Call]) -> Iterator[int]:
    """Yield every number that was said while something of the log was not synced, or nothing had been written."""
    unsynced, wrote = False, False
    for call in calls:
        if call.what == "says":
            if call.data != b"ready\n" and (unsynced or not wrote):
                yield int(call.data)
            wrote = False
        elif call.file == WAL:
            unsynced = call.what != "sync" and (unsynced or call.what == "write")
            wrote = wrote or call.what == "write"


def test_every_record_is_synced_before_it_is_called_written(calls: list[Call]) -> None:
    assert sum(call.what == "says" for call in calls) == RECORDS + 1
    assert list(called_written_before_it_was(calls)) == []
    assert sum(call.what == "sync" and call.file == WAL for call in calls) >= RECORDS


def test_without_syncs_that_test_fails(careless: list[Call]) -> None:
    assert len(list(called_written_before_it_was(careless))) == RECORDS


def test_the_names_of_a_new_journal_are_synced_before_anything_is_called_written(calls: list[Call]) -> None:
    ready = next(place for place, call in enumerate(calls) if call.what == "says")
    first = {call.file: place for place, call in reversed(list(enumerate(calls)))}
    last_sync = max(place for place, call in enumerate(calls[:ready]) if (call.what, call.file) == ("sync", "."))
    assert all(first[name] < last_sync for name in ("journal.db", WAL, "journal.head"))


class Disk:
    """Files with what is on the platter and what is still on its way to it."""

    def __init__(self) -> None:
        self.kept: dict[str, bytearray] = {}
        self.waiting: dict[str, list[Call]] = {}
        self.named: set[str] = set()

    def take(self, call: Call) -> None:
        if call.what in {"write", "cut"}:
            self.waiting.setdefault(call.file, []).append(call)
        elif call.what == "unlink":
            self.kept.pop(call.file, None)
            self.waiting.pop(call.file, None)
        elif call.file == ".":
            self.named |= {*self.kept, *self.waiting}
        else:
            file = self.kept.setdefault(call.file, bytearray())
            for waiting in self.waiting.pop(call.file, []):
                change(file, waiting, 0, len(waiting.data))

    def after_a_cut(self, chance: random.Random, survives: float) -> dict[str, bytearray]:
        files = {name: bytearray(data) for name, data in self.kept.items()}
        for name, calls in self.waiting.items():
            file = files.setdefault(name, bytearray())
            for call in calls:
                for start in range(0, max(1, len(call.data)), BLOCK):
                    if chance.random() < survives:
                        change(file, call, start, start + BLOCK)
        return {name: data for name, data in files.items() if name in self.named or chance.random() < survives}


def change(file: bytearray, call: Call, start: int, end: int) -> None:
    if call.what == "cut":
        del file[call.offset :]
        return
    part = call.data[start:end]
    if len(file) < call.offset + start:
        file.extend(bytes(call.offset + start - len(file)))
    file[call.offset + start : call.offset + start + len(part)] = part


def cut(calls: list[Call], folder: Path, chance: random.Random) -> int:
    """Cut the power somewhere after the journal was begun; return how many records had been called written."""
    ready = next(place for place, call in enumerate(calls) if call.what == "says")
    end = chance.randrange(ready + 1, len(calls) + 1)
    disk = Disk()
    for call in calls[:end]:
        if call.what != "says":
            disk.take(call)
    folder.mkdir()
    for name, data in disk.after_a_cut(chance, chance.choice([0, 0.3, 0.7, 1])).items():
        if not name.endswith("-shm"):
            (folder / name).write_bytes(data)
    return sum(call.what == "says" for call in calls[ready + 1 : end])


def test_no_cut_loses_a_record_or_raises_a_false_alarm(calls: list[Call], tmp_path: Path) -> None:
    chance = random.Random(7)  # noqa: S311 - the same cuts on every machine
    for number in range(CUTS):
        said = cut(calls, tmp_path / str(number), chance)
        found = numbers(read_records(tmp_path / str(number), JOURNAL, KEY))
        assert found == list(range(len(found)))
        assert said <= len(found) <= said + 1


def test_without_syncs_most_cuts_lose_records_and_the_head_file_tells(careless: list[Call], tmp_path: Path) -> None:
    chance = random.Random(7)  # noqa: S311 - the same cuts on every machine
    lost = told = 0
    for number in range(CUTS):
        folder = tmp_path / str(number)
        said = cut(careless, folder, chance)
        if len(numbers(salvage(folder, JOURNAL, KEY))) < said:
            lost += 1
            try:
                read_records(folder, JOURNAL, KEY)
            except JournalError:
                told += 1
    assert lost > CUTS // 3
    assert told > lost // 3
