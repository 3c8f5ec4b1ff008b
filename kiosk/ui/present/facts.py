"""How people, times and points are written on the candidate's screens.

Rules: times are shown on the room's clock where it is known; figures are plain digits; what a candidate is examined
in is named by occupation and level. It does not know which screen asks.
"""

from datetime import UTC, datetime
from typing import Protocol

from kiosk.exam.round import Round
from kiosk.exam.vocabulary import BankId, Instant, Language, Level, Millis, Points
from kiosk.ui.i18n import text

_SECOND = 1_000
_MINUTE = 60_000
_HOUR = 3_600_000
_TENTHS = 10
_GROUP = 4
BAR = "  |  "
"""Between facts on one line; the middle dot of the font is a full width wide."""


class Booked(Protocol):
    """Anything that says which bank a candidate is examined from."""

    @property
    def bank(self) -> BankId:
        """The bank."""


def room_time(wall: int, now: Instant) -> int:
    """Shift an instant of the PC's clock to the room's clock, if that is known (milliseconds UTC)."""
    return wall if now.room is None else wall + now.room - now.wall


def time_now(now: Instant) -> int:
    """Milliseconds UTC that the room's clock shows now; the PC's own where nobody has confirmed it."""
    return now.wall if now.room is None else now.room


def _local(wall: int) -> datetime:
    return datetime.fromtimestamp(wall / _SECOND, tz=UTC).astimezone()


def time_of_day(wall: int) -> str:
    """Figures of an instant, "14:27:31"."""
    return _local(wall).strftime("%H:%M:%S")


def hour_and_minute(wall: int) -> str:
    """Figures of an instant, "14:27"."""
    return _local(wall).strftime("%H:%M")


def date_and_time(wall: int) -> str:
    """Figures of an instant, "2026-11-04 15:24:06"."""
    return _local(wall).strftime("%Y-%m-%d %H:%M:%S")


def minutes(length: Millis, language: Language) -> str:
    """A length of time in whole minutes, rounded up."""
    return text("common.minutes", language, n=-(-length // _MINUTE))


def left_words(length: Millis, language: Language) -> str:
    """A length of time as people say it: hours and minutes, or minutes and seconds, or seconds."""
    seconds = -(-length // _SECOND)
    if seconds < _MINUTE // _SECOND:
        return text("exam.time.seconds", language, s=seconds)
    if length < _HOUR:
        return text("exam.time.minutes-seconds", language, m=seconds // 60, s=seconds % 60)
    return text("exam.time.hours-minutes", language, h=seconds // 3600, m=seconds % 3600 // 60)


def points(worth: Points, language: Language) -> str:
    """Points as people say them: "1 分", "2.5 分"."""
    whole, tenths = divmod(worth, _TENTHS)
    figures = f"{whole}.{tenths}" if tenths else f"{whole}"
    return text("exam.points.one" if worth == _TENTHS else "exam.points", language, n=figures)


def number_groups(number: str) -> str:
    """An admission number of figures in groups of four; any other as it is."""
    plain = "".join(number.split())
    if not (plain.isascii() and plain.isdigit()):
        return number
    return " ".join(plain[place : place + _GROUP] for place in range(0, len(plain), _GROUP))


def level_words(level: Level, language: Language) -> str:
    """The name of a level."""
    return text(f"exam.level.{level.value}", language)


def occupation_words(round_: Round, booked: Booked, language: Language) -> str:
    """The name of the occupation that a candidate is examined in."""
    return round_.bank(booked.bank).occupation.name.of(language)


def subject_words(round_: Round, booked: Booked, language: Language) -> str:
    """Occupation and level on one line."""
    level = level_words(round_.bank(booked.bank).level, language)
    return text("exam.subject", language, occupation=occupation_words(round_, booked, language), level=level)


def seat_words(seat: str, language: Language) -> str:
    """The seat with its word."""
    return text("exam.seat", language, seat=seat)
