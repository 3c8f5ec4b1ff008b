"""Where bundles can be copied to: the sticks that are plugged in, each with the room it has.

Rules: a stick that is gone is not offered; what is measured is what this account may still write. It copies nothing.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from kiosk.storage.files import free_bytes


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
