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
LIVES = 10
"""Rounds of one journal; then another one is begun, because each round reads all that the rounds before it wrote."""


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


def killed_again_and_again(journal: Path, rounds: int) -> int:
    """Kill one journal's program so many times, each time going on where it was; return how many records it has."""
    last = -1
    for number in range(rounds):
        said = killed_while_writing(journal, random.uniform(0.005, 0.15))  # noqa: S311 - any moment will do
        records = read_records(journal, JOURNAL, KEY)
        found = numbers(records)
        assert found == list(range(len(found)))
        assert max(last, said) <= found[-1] <= max(last, said) + 1, "at most the record that was being written"
        assert records[-1].epoch == number
        check_tags(records, office().secret)
        last = found[-1]
    return last + 1


def test_kill_minus_nine_loses_nothing_that_was_called_written(tmp_path: Path) -> None:
    for first in range(0, ROUNDS, LIVES):
        rounds = min(LIVES, ROUNDS - first)
        assert killed_again_and_again(prepared(tmp_path / str(first)), rounds) > rounds


def test_kill_minus_nine_while_a_journal_is_opened_loses_nothing(tmp_path: Path) -> None:
    """The program dies somewhere between its start and the signature of its epoch."""
    journal = prepared(tmp_path)
    killed_again_and_again(journal, 1)
    before = numbers(read_records(journal, JOURNAL, KEY))
    for _ in range(max(4, ROUNDS // 4)):
        with subprocess.Popen(command(journal, 1), stdout=subprocess.PIPE) as child:
            try:
                child.wait(timeout=random.uniform(0.15, 0.45))  # noqa: S311 - any moment will do
            except subprocess.TimeoutExpired:
                child.kill()
        after = numbers(read_records(journal, JOURNAL, KEY))
        assert after[: len(before)] == before
        assert after == list(range(len(after)))
        before = after
