"""What the export screen says: what goes where, how far it is, what was read back.

Rules: "done" is said only of files that were read back equal; until then the title says where the originals are. It
copies nothing.
"""

from dataclasses import dataclass
from enum import Enum

from kiosk.exam.vocabulary import Language
from kiosk.ui.i18n import text

_UNITS = ("B", "KB", "MB", "GB", "TB")
_STEP = 1024


class State(Enum):
    """How far the export is."""

    CHOOSING = "choose"
    BUSY = "busy"
    DONE = "done"
    FAILED = "failed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """One file on its way: bytes copied of how many, and its digest once it was read back."""

    name: str
    done: int = 0
    total: int = 0
    digest: str = ""


def size_words(size: int) -> str:
    """A number of bytes as people say it: "41.2 GB"."""
    value, unit = float(size), 0
    while value >= _STEP and unit < len(_UNITS) - 1:
        value, unit = value / _STEP, unit + 1
    return f"{value:.0f} {_UNITS[unit]}" if unit < 2 or value >= 100 else f"{value:.1f} {_UNITS[unit]}"  # noqa: PLR2004


def title(state: State, targets: int, files: int, language: Language) -> str:
    """The answer at the top."""
    if state is State.CHOOSING and not targets:
        return text("staff.export.title.none", language)
    return text(f"staff.export.title.{state.value}", language, n=files)


def reason(state: State, targets: int, language: Language, *, chosen: bool, ready: bool) -> str:
    """What stands beside the button: why it waits, or what not to do."""
    if state is State.BUSY:
        return text("staff.export.why.busy", language)
    if not ready:
        return text("staff.export.why.evidence", language)
    if not targets:
        return text("staff.export.why.none", language)
    return "" if chosen else text("staff.export.why.choose", language)


def kind_words(name: str, language: Language) -> str:
    """What a file is, by its ending."""
    return text("staff.export.evidence" if name.endswith(".kevidence") else "staff.export.result", language)


def copy_words(copy: Copy, language: Language) -> str:
    """How far one file is."""
    if copy.digest:
        return text("staff.export.digest", language, groups=copy.digest)
    if not copy.total:
        return text("staff.export.waiting", language)
    if copy.done >= copy.total:
        return text("staff.export.reading-back", language)
    return text("staff.export.copying", language, done=size_words(copy.done), total=size_words(copy.total))
