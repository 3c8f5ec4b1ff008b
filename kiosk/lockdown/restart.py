"""Whether the supervisor starts the kiosk again: a rule over exit codes and times, with no process in sight.

Rules: an exit code among `endings` is the kiosk's own decision and final. Any other end is a death and is answered
by a restart at once, until `deaths` of them fall within `window` milliseconds: a program that cannot stay up must not
hold the PC.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import Enum


class Verdict(Enum):
    """What follows from an end of the kiosk."""

    ENDED = "ended"
    RESTART = "restart"
    GIVE_UP = "give-up"


@dataclass(frozen=True, slots=True, kw_only=True)
class RestartPolicy:
    """Which exit codes are final, and how many deaths within how many milliseconds are too many."""

    endings: frozenset[int] = field(default=frozenset({0}))
    deaths: int = 5
    window: int = 60_000


def judge(policy: RestartPolicy, earlier: Sequence[int], *, code: int, at: int) -> Verdict:
    """Judge the end with exit `code` at `at`, given the times of `earlier` deaths (monotonic milliseconds)."""
    if code in policy.endings:
        return Verdict.ENDED
    recent = sum(1 for death in earlier if at - death < policy.window) + 1
    return Verdict.GIVE_UP if recent >= policy.deaths else Verdict.RESTART
