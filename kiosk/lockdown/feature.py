"""What one change to the PC is: how to see it, make it, check it and take it back.

Rules: a feature never writes the ledger and never decides what follows from a failure; sequence.py does both, in one
place, so that no feature can forget it. `release` brings back exactly what `read` returned, however often it is
called. A finding states a fact about the PC and blames nobody.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Protocol

from kiosk.lockdown.machine import Machine


class State(Enum):
    """What was found about one feature."""

    HOLDS = "holds"  # in force, checked after it was engaged
    OPEN = "open"  # not in force
    UNAVAILABLE = "unavailable"  # this PC cannot do it; the detail says what is missing
    FAILED = "failed"  # tried, and it did not work
    RESTORED = "restored"  # what was there before is there again
    GONE = "gone"  # what had been changed no longer exists: another boot, another X server, an ended process
    UNKNOWN = "unknown"  # this program cannot tell


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One fact about the PC for the invigilator and for the bundle; `detail` is a short stable word, no sentence."""

    name: str
    state: State
    detail: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Before:
    """What a feature found before it changed anything.

    `scope` names the thing the values belong to (this X server, this process), so that a later start does not force
    old values upon another one.
    """

    scope: str
    values: Mapping[str, str]


class Feature(Protocol):
    """One reversible change to the PC."""

    @property
    def name(self) -> str:
        """Stable name: ledger, findings and sentences use it."""

    def read(self, machine: Machine) -> Before:
        """Return what there is now, changing nothing; `NotHereError` when this PC cannot do it."""

    def engage(self, machine: Machine, before: Before) -> None:
        """Make the change."""

    def status(self, machine: Machine) -> Finding:
        """Look at the PC and say whether the change is in force."""

    def exists(self, machine: Machine, before: Before) -> bool:
        """Whether the thing named by `before.scope` still exists."""

    def release(self, machine: Machine, before: Before) -> None:
        """Bring back what was there before."""
