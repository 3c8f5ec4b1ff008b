"""What a coordinator decides about a round, and what comes back when it has been made.

Rules: values only; secrets show nothing of themselves when a value is printed in a log.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from kiosk.crypto.card import Card
from kiosk.exam.round import Round
from kiosk.exam.rules import RuleProfile
from kiosk.exam.vocabulary import BankId, CentreId, RoomId, RoundId, SeatId, SessionId, Text


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionPlan:
    """One session to be made: start in milliseconds UTC, and its banks."""

    id: SessionId
    name: Text
    start: int
    banks: tuple[BankId, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundPlan:
    """What a coordinator decides about a round and room; fields as in exam.round.Round.

    `recipients` may open results besides the office that makes the round, which is always one of them.
    """

    id: RoundId
    name: Text
    centre: CentreId
    room: RoomId
    room_name: Text
    package: int
    minimum_program: str
    not_before: int
    not_after: int
    seats: tuple[SeatId, ...]
    sessions: tuple[SessionPlan, ...]
    holders: tuple[str, ...]
    reserves: tuple[str, ...]
    recipients: tuple[str, ...]
    denied: tuple[str, ...]
    rules: RuleProfile


@dataclass(frozen=True, slots=True, kw_only=True)
class CardSecret:
    """A card as it is printed, and the PIN that is told to its holder."""

    card: Card
    holder: str
    reserve: bool
    pin: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundSecrets:
    """What opens the room: release codes by session, in groups, and the cards. Kept nowhere by the office."""

    releases: Mapping[SessionId, tuple[str, ...]] = field(repr=False)
    cards: tuple[CardSecret, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MadeRound:
    """A round that has been made: the file on disk, its content digest, and the secrets."""

    round: Round
    package: Path
    digest: str
    secrets: RoundSecrets
