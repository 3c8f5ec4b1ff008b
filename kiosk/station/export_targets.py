"""Where bundles can be copied to: the sticks that are plugged in, each with the room it has.

Rules: a stick that is gone is not offered; what is measured is what this account may still write. It copies nothing.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from kiosk.storage.files import chunks_of, free_bytes

_GROUP = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """A folder to copy to: its name for people, and the bytes that still fit."""

    folder: Path
    label: str
    free: int


def export_targets(folders: Iterable[Path]) -> tuple[Target, ...]:
    """Return the folders that are there now, in the order given."""
    found = []
    for folder in folders:
        try:
            if folder.is_dir():
                found.append(Target(folder=folder, label=folder.name, free=free_bytes(folder)))
        except OSError:
            continue
    return tuple(found)


def first_groups(path: Path) -> str:
    """Return the first twelve digits of a file's SHA-256 in groups of four, as they are compared by eye.

    FileReadError when the file cannot be read any more.
    """
    digest = hashlib.sha256()
    for chunk in chunks_of(path):
        digest.update(chunk)
    figures = digest.hexdigest()[: 3 * _GROUP].upper()
    return " ".join(figures[place : place + _GROUP] for place in range(0, len(figures), _GROUP))
