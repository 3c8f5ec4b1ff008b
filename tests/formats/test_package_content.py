"""A package may be genuine and still say what cannot be: then it is refused by what it says."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from kiosk.exam.round import UnsoundRoundError
from kiosk.exam.rules import LockLevel, UnsoundRulesError
from kiosk.exam.vocabulary import CardId, SessionId
from kiosk.formats import canonical, codec
from kiosk.formats.canonical import JsonValue
from kiosk.formats.package_file import (
    MOST_JSON,
    MOST_SLOTS,
    MalformedPackageError,
    PackageDamagedError,
    PackageTooLargeError,
    SlotList,
)
from tests.support import builders as b
from tests.support.bundles import round_, slots
from tests.support.packages import members, opened, signed


def test_members_are_a_closed_set() -> None:
    for changed, leaf in (
        (members(round_json=None), PackageDamagedError),
        (members(slots_json=None), PackageDamagedError),
        (members(roster_db=None), UnsoundRoundError),
        (members(readme_txt=b""), UnsoundRoundError),
        ({**members(), "bank-other.db": b""}, UnsoundRoundError),
        ({name: data for name, data in members().items() if name != b.BANK_FILE}, UnsoundRoundError),
    ):
        with pytest.raises(leaf):
            opened(signed(changed))


def changed_round(change: Callable[[dict[str, Any]], None]) -> bytes:
    value = codec.to_json(round_())
    assert isinstance(value, dict)
    change(value)
    return signed(members(round_json=canonical.encode(value)))


def put(**changes: JsonValue) -> Callable[[dict[str, Any]], None]:
    return lambda value: value.update(changes)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{}",
        b"[" * 100_000,
        b'{"package": 3}',
        canonical.encode(codec.to_json(round_())) + b"\n",
        canonical.encode(codec.to_json(round_())).replace(b'"package":3', b'"package":3.0'),
        canonical.encode(codec.to_json(round_())).replace(b'"package":3', b'"package":NaN'),
        canonical.encode(codec.to_json(round_())).replace(b'"package":3', b'"package":18446744073709551616'),
        canonical.encode(codec.to_json(round_())).replace(b'"package":3', b'"package":3,"package":3'),
        canonical.encode(codec.to_json(round_())).replace(b'"package":3', b'"critical":true,"package":3'),
        canonical.encode(codec.to_json(round_())).replace("批次".encode(), b"\\ud800"),
    ],
)
def test_a_description_in_another_form(body: bytes) -> None:
    with pytest.raises(MalformedPackageError):
        opened(signed(members(round_json=body)))


@pytest.mark.parametrize(
    ("change", "what"),
    [
        (put(package=0), "number"),
        (put(package=-1), "number"),
        (put(minimum_program="1.x"), "number"),
        (put(minimum_program="１"), "number"),
        (put(room="../etc"), "name"),
        (put(id="a/b"), "name"),
        (put(id=""), "name"),
        (put(seats=["07", "07"]), "seat-twice"),
        (put(seats=["07", "0\n7"]), "name"),
        (put(seats=[]), "empty"),
        (put(recipients=[]), "empty"),
        (put(not_after=0), "dates"),
        (put(not_before=b.START + 1), "session-start"),
        (put(id="2026-12"), "slot"),
        (put(package=4), "slot"),
    ],
)
def test_a_description_that_contradicts_itself(change: Callable[[dict[str, Any]], None], what: str) -> None:
    with pytest.raises(UnsoundRoundError) as refused:
        opened(changed_round(change))
    assert refused.value.data["what"] == what
    assert opened(changed_round(put()))


def test_rules_that_contradict_themselves() -> None:
    weak = replace(round_(), rules=b.rules(lock_level=LockLevel.PRACTICE))
    with pytest.raises(UnsoundRulesError):
        opened(signed(members(weak)))


def test_what_the_container_says_must_be_what_the_round_says() -> None:
    for info in ({"identifier": "another"}, {"judge_at": 1}):
        with pytest.raises(UnsoundRoundError) as refused:
            opened(signed(members(), **info))
        assert refused.value.data["what"] == "info"


def with_slots(*wrong: Any) -> bytes:
    return signed(members(slots_json=canonical.encode(codec.to_json(SlotList(slots=wrong)))))


def test_slots_belong_to_this_package_its_sessions_and_its_cards() -> None:
    good = slots()
    assert len(opened(with_slots(*good)).slots) == 2
    wrong_card = replace(good[0], header=replace(good[0].header, cards=(CardId("Z9"),)))
    for wrong in (slots(package="another"), slots(session=SessionId("s9")), (wrong_card,)):
        with pytest.raises(UnsoundRoundError):
            opened(with_slots(*wrong))


def test_slots_are_counted() -> None:
    with pytest.raises(PackageTooLargeError) as refused:
        opened(with_slots(*slots()[:1] * (MOST_SLOTS + 1)))
    assert refused.value.data == {"what": "slots", "limit": MOST_SLOTS}


def test_a_description_is_not_endless() -> None:
    with pytest.raises(PackageTooLargeError) as refused:
        opened(signed(members(round_json=b" " * (MOST_JSON + 1))))
    assert refused.value.data["what"] == "round.json"
