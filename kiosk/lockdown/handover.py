"""What the supervisor tells the kiosk it starts: which restart this is and what it found on the PC.

Rules: the findings travel as one environment variable and are read strictly; the restart number is the argument
`--restarted N`, absent at the first start. A kiosk without the variable runs without a supervisor, and says so.
"""

import json
from collections.abc import Mapping, Sequence

from kiosk.errors import LockdownError
from kiosk.lockdown.feature import Finding, State

VARIABLE = "KIOSK_LOCKDOWN"
RESTARTED = "--restarted"


class HandoverError(LockdownError):
    """The supervisor's message is not one of this program's."""

    code = "lockdown/handover"


def child_command(command: Sequence[str], restarts: int) -> tuple[str, ...]:
    """Return the command for this start."""
    return (*command, RESTARTED, str(restarts)) if restarts else tuple(command)


def to_environment(findings: Sequence[Finding]) -> dict[str, str]:
    """Return the variable that carries `findings`."""
    rows = [[finding.name, finding.state.value, finding.detail] for finding in findings]
    return {VARIABLE: json.dumps(rows, separators=(",", ":"))}


def from_environment(environment: Mapping[str, str]) -> tuple[Finding, ...] | None:
    """Return the supervisor's findings, None when there is no supervisor; `HandoverError` for anything else."""
    text = environment.get(VARIABLE)
    if text is None:
        return None
    try:
        rows = json.loads(text)
        return tuple(_finding(row) for row in rows)
    except (ValueError, TypeError, RecursionError) as error:
        raise HandoverError from error


def _finding(row: object) -> Finding:
    match row:
        case [str(name), str(state), str(detail)]:
            return Finding(name=name, state=State(state), detail=detail)
    raise HandoverError
