"""Killed at any moment: every record that a program called written is there afterwards, in order, and no other.

KIOSK_KILLS sets the number of rounds (10 in the gate; some hundreds by hand before a release).
"""

import os
import random
import subprocess
from pathlib import Path

from kiosk.formats.journal import check_tags
from kiosk.storage.journal_store import read_records
from tests.storage.appending import command, prepared
from tests.storage.journals import JOURNAL, KEY, numbers, office

ROUNDS = int(os.environ.get("KIOSK_KILLS", "10"))


def killed_while_writing(journal: Path, seconds: float) -> int:
    """Let the program write for a while, kill it, and return the last number it called written."""
    with subprocess.Popen(command(journal, 0), stdout=subprocess.PIPE) as child:
        assert child.stdout is not None
        assert child.stdout.readline() == b"ready\n"
        try:
            child.wait(timeout=seconds)
        except subprocess.TimeoutExpired:
            child.kill()
        said = child.stdout.read().split()
    assert child.returncode != 0, "the program ended by itself"
    return int(said[-1]) if said else -1


def test_kill_minus_nine_loses_nothing_that_was_called_written(tmp_path: Path) -> None:
    journal = prepared(tmp_path)
    last, written = -1, 0
    for _ in range(ROUNDS):
        said = killed_while_writing(journal, random.uniform(0.005, 0.15))  # noqa: S311 - any moment will do
        last = max(last, said)
        records = read_records(journal, JOURNAL, KEY)
        found = numbers(records)
        assert found == list(range(len(found)))
        assert last <= found[-1] <= last + 1, "at most the record that was being written"
        last = found[-1]
        written = len(found)
    assert written > ROUNDS
    assert sum(record.epoch == ROUNDS - 1 for record in records) >= 1
    check_tags(records, office().secret)
