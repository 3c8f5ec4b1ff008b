"""A round as a test room knows it: the timetable, the seats, the people on the roster, the rules.

Rules: a seat and an admission number stand at most once in a session; a session lies in one room; everything in
clear in a package is in `Round`, everything personal is in `Roster`, which travels sealed.
"""

from collections import Counter
from dataclasses import dataclass

from kiosk.errors import PackageError, RosterError
from kiosk.exam.rules import RuleProfile, check_rules
from kiosk.exam.vocabulary import (
    AdmissionNumber,
    BankId,
    CardId,
    CentreId,
    Level,
    Millis,
    Occupation,
    RoomId,
    RoundId,
    SeatId,
    SessionId,
    Text,
)


class UnsoundRoundError(PackageError):
    """The parts of a round contradict each other (`what` names the rule, `where` the part)."""

    code = "package/unsound"


class UnsoundRosterError(RosterError):
    """The roster contradicts itself or its round (`what` names the rule, `where` the entry)."""

    code = "roster/unsound"


class UnknownCandidateError(RosterError):
    """Nobody with this admission number is on the roster of the session."""

    code = "roster/unknown"


class WrongSeatError(RosterError):
    """The candidate belongs to another seat (`seat`)."""

    code = "roster/wrong-seat"


@dataclass(frozen=True, slots=True, kw_only=True)
class BankEntry:
    """One sealed bank of a package: its file, what it examines, and a check value of its key (8 bytes)."""

    id: BankId
    file: str
    occupation: Occupation
    level: Level
    key_check: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """One slot of the timetable: start in milliseconds UTC, the room's salt and check value for unlocking."""

    id: SessionId
    name: Text
    start: int
    salt: bytes
    key_check: bytes
    banks: tuple[BankId, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CardEntry:
    """An invigilator card the round knows: who holds it, as printed; reserve cards lie in a sealed envelope.

    The PIN's verifier (16 bytes, with its 16-byte salt) says nothing without the card's share.
    """

    id: CardId
    holder: str
    reserve: bool
    pin_salt: bytes
    pin_verifier: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """Everything of a round and room that is not secret. Dates are milliseconds UTC."""

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
    sessions: tuple[Session, ...]
    banks: tuple[BankEntry, ...]
    cards: tuple[CardEntry, ...]
    recipients: tuple[str, ...]
    denied: tuple[str, ...]
    rules: RuleProfile

    @property
    def package_id(self) -> str:
        """Name this very package, as slots, unlock files and resume slots are bound to it."""
        return f"{self.id}.{self.room}.{self.package}"

    def session(self, session: SessionId) -> Session:
        """Return the session with this id; UnsoundRoundError when the round has none."""
        found = next((entry for entry in self.sessions if entry.id == session), None)
        if found is None:
            raise UnsoundRoundError(what="session", where=session)
        return found

    def bank(self, bank: BankId) -> BankEntry:
        """Return the entry of a bank; UnsoundRoundError when the round has none."""
        found = next((entry for entry in self.banks if entry.id == bank), None)
        if found is None:
            raise UnsoundRoundError(what="bank", where=bank)
        return found

    def card(self, card: CardId) -> CardEntry | None:
        """Return the entry of a card, or None when the round does not know it."""
        return next((entry for entry in self.cards if entry.id == card), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class RosterEntry:
    """One candidate's booking; `photo` is an encoded picture or empty, `extra` the accommodation of time."""

    number: AdmissionNumber
    name: str
    id_tail: str
    unit: str
    session: SessionId
    seat: SeatId
    bank: BankId
    extra: Millis
    text_scale: int
    photo: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Roster:
    """Everybody who is booked in a room, over all sessions of the package."""

    entries: tuple[RosterEntry, ...]

    def find(self, number: AdmissionNumber, session: SessionId, seat: SeatId) -> RosterEntry:
        """Return who may sit here now. UnknownCandidateError or WrongSeatError otherwise."""
        found = next((entry for entry in self.entries if (entry.number, entry.session) == (number, session)), None)
        if found is None:
            raise UnknownCandidateError(number=number)
        if found.seat != seat:
            raise WrongSeatError(number=number, seat=found.seat)
        return found


def check_round(round_: Round) -> None:
    """Refuse a round whose parts contradict each other (UnsoundRoundError, UnsoundRulesError)."""
    check_rules(round_.rules)
    _once("seat", round_.seats)
    _once("session", [session.id for session in round_.sessions])
    _once("bank", [bank.id for bank in round_.banks])
    _once("bank-file", [bank.file for bank in round_.banks])
    _once("card", [card.id for card in round_.cards])
    if not (round_.seats and round_.sessions and round_.cards and round_.recipients):
        raise UnsoundRoundError(what="empty", where=round_.id)
    if not round_.not_before < round_.not_after:
        raise UnsoundRoundError(what="dates", where=round_.id)
    for session in round_.sessions:
        if not round_.not_before <= session.start <= round_.not_after:
            raise UnsoundRoundError(what="session-start", where=session.id)
        for bank in session.banks:
            round_.bank(bank)


def check_roster(roster: Roster, round_: Round) -> None:
    """Refuse a roster that contradicts itself or its round (UnsoundRosterError)."""
    seats: set[tuple[str, str]] = set()
    numbers: set[tuple[str, str]] = set()
    for entry in roster.entries:
        session = next((known for known in round_.sessions if known.id == entry.session), None)
        if session is None or entry.bank not in session.banks:
            raise UnsoundRosterError(what="session-or-bank", where=entry.number)
        if entry.seat not in round_.seats:
            raise UnsoundRosterError(what="seat", where=entry.seat)
        if (entry.session, entry.seat) in seats:
            raise UnsoundRosterError(what="seat-twice", where=entry.seat)
        if (entry.session, entry.number) in numbers:
            raise UnsoundRosterError(what="number-twice", where=entry.number)
        if entry.extra < 0 or entry.text_scale not in range(100, 301):
            raise UnsoundRosterError(what="accommodation", where=entry.number)
        seats.add((entry.session, entry.seat))
        numbers.add((entry.session, entry.number))


def _once(what: str, values: tuple[str, ...] | list[str]) -> None:
    for value, count in Counter(values).items():
        if count > 1:
            raise UnsoundRoundError(what=f"{what}-twice", where=value)
