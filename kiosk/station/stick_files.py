"""What lies on the invigilators' sticks: packages to load, unlock files of this session, folders to export to.

Rules: it looks and never changes anything; a folder that is gone or unreadable is left out, because a stick may be
pulled at any moment. It verifies nothing: what is found is handed to those who do.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from kiosk.exam.round import Round, Session
from kiosk.exam.vocabulary import CardId

_DEEPEST = 64


@dataclass(frozen=True, slots=True, kw_only=True)
class UnlockFile:
    """A file that another seat left behind when the release code was typed there, and the card it is for."""

    path: Path
    card: str


def unlock_files(folders: Iterable[Path], round_: Round, session: Session) -> tuple[UnlockFile, ...]:
    """Return the unlock files of this package and session, by name; whether they open is another question."""
    prefix = f"{round_.package_id}.{session.id}.".lower()
    found = [
        UnlockFile(path=path, card=path.name[len(prefix) : -len(".kunlock")])
        for path in _named(folders, ".kunlock")
        if path.name.startswith(prefix)
    ]
    return tuple(found)


def file_for(files: Sequence[UnlockFile], card: CardId) -> Path | None:
    """Return the file for a card, or None."""
    return next((file.path for file in files if file.card == card.lower()), None)


def packages(folders: Iterable[Path]) -> tuple[Path, ...]:
    """Return every file that is named like a round package, the newest first."""
    return tuple(sorted(_named(folders, ".kround"), key=_written, reverse=True))


def _written(path: Path) -> int:
    try:
        return path.stat().st_mtime_ns
    except OSError:
        return 0


def _named(folders: Iterable[Path], ending: str) -> list[Path]:
    found: list[Path] = []
    for folder in folders:
        try:
            paths = sorted(path for path in folder.iterdir() if path.name.endswith(ending))
        except OSError:
            continue
        found += [path for path in paths if path.is_file()]
    return found[:_DEEPEST]
