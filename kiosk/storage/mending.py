"""A journal that does not hold is set aside and goes on in a new file, with everything of it that is intact.

Rules: the old files are given other names in their folder and are neither changed nor deleted; the new journal carries
the intact beginning unchanged and says in an epoch of its own what was found, in the same step; it stays one chain. A
power cut at any instant leaves the old files as they were, or a mended journal that the next start puts in its place.
It does not know what the records say, nor who may ask for a mending.
"""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from shutil import rmtree

from kiosk.formats.journal import Record
from kiosk.storage.files import sync_folder
from kiosk.storage.head_file import HeadMissingError, read_head
from kiosk.storage.journal_store import (
    DATABASE,
    HEAD,
    JournalDamagedError,
    JournalShortenedError,
    JournalStore,
    Signatory,
    failing_as_write,
    salvage,
)

DOES_NOT_HOLD = (JournalDamagedError, JournalShortenedError, HeadMissingError)
"""How a journal is refused that can be mended; a disk that takes no writes is none of these."""

_OLD = (DATABASE, f"{DATABASE}-wal", f"{DATABASE}-shm", HEAD)
_STEM = "journal"
_BEGUN, _READY, _ASIDE = "mended.part", "mended-", "damaged-"


@dataclass(frozen=True, slots=True, kw_only=True)
class Left:
    """What is left of a journal: its intact beginning, and how many records its head file knows of, if it is there."""

    records: tuple[Record, ...]
    expected: int | None


def what_is_left(folder: Path, journal: str, key: bytes) -> Left:
    """Look at a journal that does not hold. Nothing is changed; never raises for what it finds on the disk."""
    try:
        expected = read_head(folder / HEAD, journal, key).seq + 1
    except HeadMissingError:
        expected = None
    return Left(records=salvage(folder, journal, key), expected=expected)


def mend(folder: Path, journal: str, key: bytes, by: Signatory, *, left: Left, bodies: Sequence[bytes]) -> None:
    """Put a journal in the place of one that does not hold: what is left of it, a new epoch, and these records.

    JournalWriteError: the old files are as they were, or the next `finish_mending` ends what was begun.
    """
    with failing_as_write(journal):
        begun = folder / _BEGUN
        if begun.exists():
            rmtree(begun)
        store = JournalStore.create(begun, journal, key, by, after=left.records)
        try:
            store.append(bodies)
        finally:
            store.close()
        sync_folder(begun)
        begun.rename(folder / f"{_READY}{_next_number(folder)}")
        sync_folder(folder)
    finish_mending(folder, journal)


def finish_mending(folder: Path, journal: str) -> None:
    """Put mended journals in their place, also after a power cut in the middle of it. JournalWriteError."""
    with failing_as_write(journal):
        for ready in sorted(folder.glob(f"{_READY}*")):
            _put_in_place(folder, ready)


def _put_in_place(folder: Path, ready: Path) -> None:
    """Rename in an order that tells old from new at any instant: the head last of the old, first of the new."""
    if (ready / HEAD).exists() and (ready / DATABASE).exists():
        aside = f"{_ASIDE}{ready.name.removeprefix(_READY)}"
        for name in _OLD:
            if (folder / name).exists():
                (folder / name).rename(folder / f"{aside}{name.removeprefix(_STEM)}")
        sync_folder(folder)
        _move(HEAD, ready, folder)
    if (ready / DATABASE).exists():
        _move(DATABASE, ready, folder)
    with suppress(OSError):  # what somebody else put there stays there
        ready.rmdir()


def _move(name: str, source: Path, target: Path) -> None:
    (source / name).rename(target / name)
    sync_folder(target)
    sync_folder(source)


def _next_number(folder: Path) -> int:
    """Return a number that no file set aside has."""
    names = [path.name.removeprefix(_ASIDE).partition(".")[0] for path in folder.glob(f"{_ASIDE}*")]
    return max((int(name) for name in names if name.isdecimal()), default=0) + 1
