"""A round or roster that contradicts itself is refused, and a candidate sits only on the own seat."""

from dataclasses import replace

import pytest

from kiosk.exam.round import (
    Roster,
    RosterEntry,
    Round,
    UnknownCandidateError,
    UnsoundRosterError,
    UnsoundRoundError,
    WrongSeatError,
    check_roster,
    check_round,
)
from kiosk.exam.rules import UnsoundRulesError
from kiosk.exam.vocabulary import AdmissionNumber, BankId, CardId, Millis, SeatId, SessionId
from tests.exam.values import BANK_ENTRY, CARD, CARD_ENTRY, ENTRY, ROUND, RULES, SESSION, WALL

LATER = replace(SESSION, id=SessionId("s2"))
OTHER = replace(ENTRY, number=AdmissionNumber("２０２６０００２"), seat=SeatId("08"), name="欧阳𬭚")


def test_a_sound_round_passes_and_finds_its_parts() -> None:
    check_round(ROUND)
    assert ROUND.session(SESSION.id) is SESSION
    assert ROUND.bank(BANK_ENTRY.id) is BANK_ENTRY
    assert ROUND.card(CARD) is CARD_ENTRY
    assert ROUND.card(CardId("卡𬭚")) is None
    assert ROUND.package_id == "round-1.room-3.2"


def test_what_a_round_does_not_have_is_refused_by_name() -> None:
    with pytest.raises(UnsoundRoundError) as refused:
        ROUND.session(SessionId("场𬭚"))
    assert refused.value.data == {"what": "session", "where": "场𬭚"}
    with pytest.raises(UnsoundRoundError) as refused:
        ROUND.bank(BankId("库𬭚"))
    assert refused.value.data == {"what": "bank", "where": "库𬭚"}


@pytest.mark.parametrize(
    ("round_", "what"),
    [
        (replace(ROUND, seats=(SeatId("0７"), SeatId("0７"))), "seat-twice"),
        (replace(ROUND, sessions=(SESSION, SESSION)), "session-twice"),
        (replace(ROUND, banks=(BANK_ENTRY, replace(BANK_ENTRY, file="b.db"))), "bank-twice"),
        (replace(ROUND, banks=(BANK_ENTRY, replace(BANK_ENTRY, id=BankId("b")))), "bank-file-twice"),
        (replace(ROUND, cards=(CARD_ENTRY, CARD_ENTRY)), "card-twice"),
        (replace(ROUND, seats=()), "empty"),
        (replace(ROUND, sessions=()), "empty"),
        (replace(ROUND, cards=()), "empty"),
        (replace(ROUND, recipients=()), "empty"),
        (replace(ROUND, not_after=ROUND.not_before), "dates"),
        (replace(ROUND, sessions=(replace(SESSION, start=WALL - 2),)), "session-start"),
        (replace(ROUND, sessions=(replace(SESSION, start=WALL + 2),)), "session-start"),
        (replace(ROUND, sessions=(replace(SESSION, banks=(BankId("库𬭚"),)),)), "bank"),
    ],
)
def test_a_contradiction_in_a_round_is_refused_and_named(round_: Round, what: str) -> None:
    with pytest.raises(UnsoundRoundError) as refused:
        check_round(round_)
    assert refused.value.data["what"] == what


def test_a_round_answers_for_its_rules() -> None:
    with pytest.raises(UnsoundRulesError):
        check_round(replace(ROUND, rules=replace(RULES, reasons=())))


def test_a_sound_roster_passes() -> None:
    check_roster(Roster(entries=(ENTRY, OTHER)), ROUND)
    twice = replace(ENTRY, session=LATER.id)
    check_roster(Roster(entries=(ENTRY, twice)), replace(ROUND, sessions=(SESSION, LATER)))


@pytest.mark.parametrize(
    ("entry", "what"),
    [
        (replace(OTHER, session=SessionId("s9")), "session-or-bank"),
        (replace(OTHER, bank=BankId("库𬭚")), "session-or-bank"),
        (replace(OTHER, seat=SeatId("99")), "seat"),
        (replace(OTHER, seat=ENTRY.seat), "seat-twice"),
        (replace(OTHER, number=ENTRY.number), "number-twice"),
        (replace(OTHER, extra=Millis(-1)), "accommodation"),
        (replace(OTHER, text_scale=99), "accommodation"),
        (replace(OTHER, text_scale=301), "accommodation"),
    ],
)
def test_a_contradiction_in_a_roster_is_refused_and_named(entry: RosterEntry, what: str) -> None:
    with pytest.raises(UnsoundRosterError) as refused:
        check_roster(Roster(entries=(ENTRY, entry)), ROUND)
    assert refused.value.data["what"] == what


def test_a_candidate_is_found_only_in_session_and_on_the_own_seat() -> None:
    roster = Roster(entries=(ENTRY, OTHER))
    assert roster.find(OTHER.number, SESSION.id, OTHER.seat) is OTHER
    with pytest.raises(WrongSeatError) as wrong:
        roster.find(OTHER.number, SESSION.id, ENTRY.seat)
    assert wrong.value.data == {"number": OTHER.number, "seat": "08"}
    for number, session in ((OTHER.number, LATER.id), (AdmissionNumber("20260002"), SESSION.id)):
        with pytest.raises(UnknownCandidateError):
            roster.find(number, session, OTHER.seat)
