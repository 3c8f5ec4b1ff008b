"""The words every other part speaks in: who, which round, which item, which instant.

Rules: identifiers are plain strings with a type of their own; a level is compared as a level, never by its
number (five is the lowest); points are integer tenths; an instant carries every clock that was read for it.
It does not know where any of these come from.
"""

from dataclasses import dataclass
from enum import Enum
from typing import NewType

RoundId = NewType("RoundId", str)
RoomId = NewType("RoomId", str)
SessionId = NewType("SessionId", str)
SeatId = NewType("SeatId", str)
SittingId = NewType("SittingId", str)
WorkstationId = NewType("WorkstationId", str)
CentreId = NewType("CentreId", str)
CardId = NewType("CardId", str)
AdmissionNumber = NewType("AdmissionNumber", str)
BankId = NewType("BankId", str)
ItemId = NewType("ItemId", str)
OptionId = NewType("OptionId", str)
PointCode = NewType("PointCode", str)
RangeCode = NewType("RangeCode", str)
OccupationCode = NewType("OccupationCode", str)
ReasonCode = NewType("ReasonCode", str)

Points = NewType("Points", int)
"""Score points in tenths: 25 is two and a half points. Never a float."""

Millis = NewType("Millis", int)
"""A length of time in milliseconds."""

SECOND = Millis(1_000)
MINUTE = Millis(60_000)


class Language(Enum):
    """A language of the screens and of the items."""

    ZH = "zh-CN"
    EN = "en"


class Level(Enum):
    """A level of skill; declared from lowest to highest, compared by that order."""

    APPRENTICE = "apprentice"
    JUNIOR = "junior"
    INTERMEDIATE = "intermediate"
    SENIOR = "senior"
    TECHNICIAN = "technician"
    SENIOR_TECHNICIAN = "senior-technician"
    SPECIAL_TECHNICIAN = "special-technician"
    CHIEF_TECHNICIAN = "chief-technician"

    def __lt__(self, other: "Level") -> bool:
        order = list(Level)
        return order.index(self) < order.index(other)


def is_whole(text: str) -> bool:
    """Tell whether a typed text can be written down; half of a character pair (a lone surrogate) cannot."""
    return not any("\ud800" <= character <= "\udfff" for character in text)


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """One text in both languages; both are written, neither is translated word by word."""

    zh: str
    en: str

    def of(self, language: Language) -> str:
        """Return the text in one language."""
        return self.zh if language is Language.ZH else self.en


@dataclass(frozen=True, slots=True, kw_only=True)
class Occupation:
    """An occupation of the national classification; the code may be provisional and changes between editions."""

    code: OccupationCode
    name: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Instant:
    """One moment as every clock of the seat saw it.

    `mono` is milliseconds of the boot-time clock, which no one can set and which runs on while the PC sleeps;
    `wall` is milliseconds UTC of the PC's own clock, kept as evidence only; `room` is milliseconds UTC of the
    room's clock once an invigilator has confirmed it, else None.
    """

    mono: Millis
    wall: int
    room: int | None = None
