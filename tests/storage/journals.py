"""Journals for the tests: real keys, real databases, and a copy of the files as a killed program leaves them."""

import shutil
from functools import cache
from pathlib import Path

from kiosk.crypto.certify import issue_authority, issue_centre, issue_leaf, make_root
from kiosk.crypto.seal import Identity, new_identity
from kiosk.crypto.sign import Role
from kiosk.formats import canonical
from kiosk.formats.journal import Record, is_epoch
from kiosk.storage import journal_store
from kiosk.storage.journal_store import JournalStore, Signatory

KEY = b"k" * 32
PAGE = journal_store.PAGE
JOURNAL = "应考-𬭚-０７"
NOW = 1_795_262_400


@cache
def office() -> Identity:
    return new_identity()


@cache
def signatory() -> Signatory:
    authority = issue_authority(make_root("根 𬭚", rehearsal=True, at=NOW), "机构", at=NOW)
    leaf = issue_leaf(issue_centre(authority, "017", "考点", at=NOW), Role.WORKSTATION, "017/pc-07", at=NOW)
    return Signatory(key=leaf.key, chain_pem=leaf.chain_pem, recipients=(office().recipient,))


def body(number: int, *, size: int = 0) -> bytes:
    return canonical.encode({"class": "Responded", "n": number, "text": "作答𬭚" + "题" * size})


def numbers(records: tuple[Record, ...]) -> list[int]:
    """Return the numbers that were given to `body`, epochs left out."""
    values = [canonical.decode(record.body, limit=1 << 20) for record in records if not is_epoch(record)]
    found = [value["n"] for value in values if isinstance(value, dict)]
    assert all(type(number) is int for number in found)
    return [number for number in found if isinstance(number, int)]


def begun(folder: Path, count: int, *, journal: str = JOURNAL, key: bytes = KEY, size: int = 0) -> JournalStore:
    store = JournalStore.create(folder, journal, key, signatory())
    for number in range(count):
        store.append([body(number, size=size)])
    return store


def closed(folder: Path, count: int, *, journal: str = JOURNAL, key: bytes = KEY, size: int = 0) -> Path:
    begun(folder, count, journal=journal, key=key, size=size).close()
    return folder


def killed(folder: Path, count: int, *, size: int = 0) -> Path:
    """Leave a journal as a power cut right after the last record does: nothing folded in, nothing closed."""
    store = begun(folder / "live", count, size=size)
    store.sync_head()
    shutil.copytree(folder / "live", folder / "found")
    store.close()
    return folder / "found"


def contents(folder: Path) -> dict[str, bytes]:
    """Return every file but the shared-memory index, which holds nothing that is not in the others."""
    return {path.name: path.read_bytes() for path in folder.iterdir() if not path.name.endswith("-shm")}
