"""Which of the three lock levels a seat has really reached: told by what was looked at, never by what was wished.

Rules: a level is claimed only when each of its conditions was seen to hold; what nobody looked at counts as not
held. It refuses to know how the facts were found: the screens know grab and cover, the Linux part knows X11.
"""

from dataclasses import dataclass

from kiosk.exam.rules import LockLevel
from kiosk.lockdown.feature import Finding, State


@dataclass(frozen=True, slots=True, kw_only=True)
class Probe:
    """What was seen at the seat; `foreign_clients` is None as long as nobody counts the X server's clients."""

    x11: bool
    windowed: bool
    screens_covered: bool
    keyboard_grabbed: bool
    foreign_clients: int | None = None


def level_reached(probe: Probe) -> tuple[LockLevel, tuple[Finding, ...]]:
    """Return the level that holds and a finding for each condition, in the order they are judged."""
    desktop = (
        _fact("x11", holds=probe.x11),
        _fact("full-screen", holds=not probe.windowed),
        _fact("screens-covered", holds=probe.screens_covered),
        _fact("keyboard-grab", holds=probe.keyboard_grabbed),
    )
    alone = _only_client(probe.foreign_clients)
    if any(finding.state is not State.HOLDS for finding in desktop):
        return LockLevel.PRACTICE, (*desktop, alone)
    return LockLevel.SESSION if alone.state is State.HOLDS else LockLevel.DESKTOP, (*desktop, alone)


def _fact(name: str, *, holds: bool) -> Finding:
    return Finding(name=name, state=State.HOLDS if holds else State.OPEN)


def _only_client(foreign: int | None) -> Finding:
    if foreign is None:
        return Finding(name="only-client", state=State.UNKNOWN, detail="not probed")
    return Finding(name="only-client", state=State.OPEN if foreign else State.HOLDS, detail=str(foreign))
