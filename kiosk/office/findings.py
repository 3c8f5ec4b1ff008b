"""What a coordinator is told about a source: one finding for each problem, with file, row and column.

Rules: a finding is a value with a stable code; rows are counted as a spreadsheet counts them, the header being row 1;
`detail` quotes the offending text and is never a sentence. It does not know how a finding is worded.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum


class Severity(Enum):
    """Whether a finding keeps a bank from being compiled."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One problem of a source; row 0 means the file as a whole, an empty column the row as a whole."""

    file: str
    row: int
    column: str
    code: str
    severity: Severity
    detail: str


_LONGEST_DETAIL = 80


def finding(
    file: str, code: str, *, row: int = 0, column: str = "", detail: str = "", severity: Severity = Severity.ERROR
) -> Finding:
    """Make a finding; a long detail is cut to 80 characters and unprintable ones are shown by their code point."""
    shown = "".join(char if char.isprintable() else f"U+{ord(char):04X}" for char in detail[: _LONGEST_DETAIL + 1])
    if len(shown) > _LONGEST_DETAIL:
        shown = shown[: _LONGEST_DETAIL - 1] + "…"
    return Finding(file=file, row=row, column=column, code=code, severity=severity, detail=shown)


def refuses(findings: Iterable[Finding]) -> bool:
    """Tell whether any of the findings is an error."""
    return any(one.severity is Severity.ERROR for one in findings)


def in_order(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return the findings as a person reads them: by file, row and column, each once."""
    return tuple(sorted(set(findings), key=lambda one: (one.file, one.row, one.column, one.code, one.detail)))
