"""The latest time this seat has had reason to believe: what it goes by when its clock battery is empty.

Rules: it only goes forward; what is remembered is the room's time, or the PC's while there is none, and only if it lies
within the dates of the round in use, so that a clock set years ahead leaves nothing behind; a file that is missing or
damaged says nothing. Packages, certificates and the hours of entry are judged by it when the PC's clock is behind it:
it lets nothing expired in. It does not set any clock, and no candidate's time is reckoned by it.
"""

import hashlib
from contextlib import suppress

from kiosk.errors import StorageError
from kiosk.exam.round import Round
from kiosk.exam.vocabulary import MINUTE, Instant, Millis
from kiosk.station.home import Home
from kiosk.storage.files import read_file, write_durably

_LIMIT = 256
_DAY = 24 * 60 * MINUTE
_SLACK = Millis(MINUTE)
"""A clock may be set right by so much without being called odd."""


def last_seen(home: Home) -> int:
    """Return the latest time that was believed here, milliseconds UTC; 0 when that is not known."""
    try:
        digits, mark = read_file(home.last_seen, limit=_LIMIT).decode("ascii").split()
        known = int(digits)
    except (StorageError, ValueError):
        return 0
    return known if mark == _mark(known) else 0


def believed(home: Home, now: Instant) -> int:
    """Return the time to judge packages and certificates by, milliseconds UTC: never before what was believed once."""
    return max(now.room if now.room is not None else now.wall, last_seen(home))


def behind(home: Home, now: Instant) -> Millis:
    """Return how far the PC's clock is behind what was believed, or nothing within a minute."""
    left = last_seen(home) - now.wall
    return Millis(left if left > _SLACK else 0)


def dated(home: Home, now: Instant, reading: int, near: int) -> int:
    """Return a reading of the room's clock on the day of `near` where the PC's clock does not know the day.

    A room's clock tells hours and minutes; the day is the PC's, unless that is half a day or more behind.
    """
    if behind(home, now) < _DAY // 2:
        return reading
    return reading + round((near - reading) / _DAY) * _DAY


def remember(home: Home, now: Instant, round_: Round) -> None:
    """Remember the time if it is later and within the round's dates. A disk that takes no more is no reason to stop."""
    at = believed(home, now)
    if round_.not_before <= at <= round_.not_after and at > last_seen(home):
        with suppress(StorageError):
            write_durably(home.last_seen, f"{at} {_mark(at)}\n".encode("ascii"))


def _mark(at: int) -> str:
    return hashlib.sha256(f"kiosk last seen {at}".encode("ascii")).hexdigest()[:16]
