"""The only place that reads time.

Rules: durations come from the boot-time clock, which nobody can set and which goes on while the PC sleeps; the PC's
own clock is read as evidence only; the room's time is what an invigilator confirmed, carried on by the boot-time
clock. A reboot forgets the room's time, so it is asked for again.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from kiosk.exam.vocabulary import Instant, Millis

_BOOT_ID = Path("/proc/sys/kernel/random/boot_id")
_NANO = 1_000_000


class Clock(Protocol):
    """What the station asks for the time."""

    @property
    def boot(self) -> str:
        """Name this run of the PC: it changes with every boot."""

    def now(self) -> Instant:
        """Read every clock at once."""

    def set_room(self, room: int, mono: Millis) -> None:
        """Say what the room's clock showed (milliseconds UTC) at an instant of the boot-time clock."""

    def forget_room(self) -> None:
        """Forget the room's time."""


def _boot_clock() -> int:
    if hasattr(time, "CLOCK_BOOTTIME"):
        return time.clock_gettime_ns(time.CLOCK_BOOTTIME)
    return time.monotonic_ns()


def _boot_id() -> str:
    try:
        return _BOOT_ID.read_text().strip()
    except OSError:
        return f"since-{(time.time_ns() - time.monotonic_ns()) // (10_000 * _NANO)}"


@dataclass(slots=True)
class SeatClock:
    """The clocks of this PC; a rehearsal hands in readings of its own."""

    mono_ns: Callable[[], int] = _boot_clock
    wall_ns: Callable[[], int] = time.time_ns
    boot: str = ""
    _room_minus_mono: int | None = None

    def __post_init__(self) -> None:
        self.boot = self.boot or _boot_id()

    def now(self) -> Instant:
        """Read every clock at once."""
        mono = self.mono_ns() // _NANO
        room = None if self._room_minus_mono is None else mono + self._room_minus_mono
        return Instant(mono=Millis(mono), wall=self.wall_ns() // _NANO, room=room)

    def set_room(self, room: int, mono: Millis) -> None:
        """Say what the room's clock showed at an instant of the boot-time clock."""
        self._room_minus_mono = room - mono

    def forget_room(self) -> None:
        """Forget the room's time."""
        self._room_minus_mono = None
