"""What a collection comes to, as values: one line for each file, one for each candidate, and what disagrees.

Rules: every file offered has exactly one line; every candidate on a roster has exactly one line, whatever came back;
a score counts once or not at all. A spreadsheet cell never begins like a formula. Wording belongs to others.
"""

import csv
import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import Enum

from kiosk.exam.round import RosterEntry, Round
from kiosk.exam.vocabulary import Points, SittingId
from kiosk.office.examine import Alarm


class Kind(Enum):
    """What a file is, by its name."""

    RESULT = "result"
    EVIDENCE = "evidence"


class Outcome(Enum):
    """What became of a file."""

    ACCEPTED = "accepted"
    DUPLICATE = "duplicate"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True, kw_only=True)
class FileLine:
    """One file of a stick. `code` and `data` are those of the refusal; `digest` is the SHA-256 of the file."""

    file: str
    kind: Kind
    outcome: Outcome
    digest: str = ""
    sitting: SittingId | None = None
    code: str = ""
    data: Mapping[str, str | int] = field(default_factory=dict)


class EvidenceState(Enum):
    """What there is of the pictures of a sitting."""

    NOT_RECORDED = "not-recorded"
    COMPLETE = "complete"
    DAMAGED = "damaged"
    MISSING = "missing"


class RosterState(Enum):
    """What became of a candidate."""

    HANDED_IN = "handed-in"
    COLLECTED = "collected"
    VOID = "void"
    MISSING = "missing"
    CONFLICT = "conflict"


@dataclass(frozen=True, slots=True, kw_only=True)
class Filed:
    """A bundle in the registry, as far as a report needs it; points are None when there were no keys."""

    digest: str
    sitting: SittingId
    records: int
    head: str
    state: RosterState
    by_clock: bool
    points: Points | None
    most: Points | None
    evidence: EvidenceState
    alarms: tuple[Alarm, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RosterLine:
    """One candidate: what the roster says, what became of it, and every bundle there is.

    `counted` is the one bundle whose score stands; None when there is none or when bundles disagree.
    """

    round: Round
    entry: RosterEntry
    state: RosterState
    counted: Filed | None
    bundles: tuple[Filed, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Fork:
    """Journals of one sitting that part ways: people decide which one counts."""

    sitting: SittingId
    bundles: tuple[Filed, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """A whole collection: the files of this time, and the state of every roster after it."""

    lines: tuple[FileLine, ...]
    roster: tuple[RosterLine, ...]
    forks: tuple[Fork, ...]

    @property
    def refused(self) -> tuple[FileLine, ...]:
        """The files that were refused."""
        return tuple(line for line in self.lines if line.outcome is Outcome.REFUSED)

    @property
    def open(self) -> tuple[RosterLine, ...]:
        """The candidates for whom the roster does not close: nothing came back, or bundles disagree."""
        return tuple(line for line in self.roster if line.state in {RosterState.MISSING, RosterState.CONFLICT})


_COLUMNS = ("round", "room", "session", "number", "name", "unit", "seat", "state", "points", "of", "evidence", "bundle")
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def scores_csv(roster: Iterable[RosterLine]) -> bytes:
    """Return the scores as a table for a spreadsheet: UTF-8 with byte-order mark, CRLF, one row for each candidate.

    Points are decimal text; a cell that a spreadsheet could take for a formula begins with an apostrophe.
    """
    out = io.StringIO(newline="")
    writer = csv.writer(out, quoting=csv.QUOTE_ALL)
    writer.writerow(_COLUMNS)
    for line in roster:
        writer.writerow([harmless(cell) for cell in _cells(line)])
    return out.getvalue().encode("utf-8-sig")


def harmless(cell: str) -> str:
    """Return a cell that no spreadsheet takes for a formula, without characters that cannot be seen."""
    shown = "".join(char if char.isprintable() else " " for char in cell)
    return f"'{shown}" if shown.lstrip(" \u3000").startswith(_FORMULA) or cell[:1] in _FORMULA else shown


def _cells(line: RosterLine) -> tuple[str, ...]:
    entry, counted = line.entry, line.counted
    return (
        line.round.id,
        line.round.room,
        entry.session,
        entry.number,
        entry.name,
        entry.unit,
        entry.seat,
        line.state.value,
        decimal(counted.points) if counted else "",
        decimal(counted.most) if counted else "",
        counted.evidence.value if counted else "",
        counted.digest if counted else "",
    )


def decimal(points: Points | None) -> str:
    """Write points, which are tenths, as decimal text; empty when there are none."""
    return "" if points is None else f"{points // 10}.{points % 10}"
