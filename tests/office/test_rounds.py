"""A round opens with its codes and cards and nothing less, and the office keeps none of them."""

from dataclasses import replace
from pathlib import Path

import pytest

from kiosk.crypto.card import Card, WrongPinError, check_pin
from kiosk.crypto.codes import decode_groups
from kiosk.crypto.derive import key_check
from kiosk.crypto.slots import SUITE, WrongCodeError, find_slot, open_slot, stretch
from kiosk.crypto.unlock import resume_key
from kiosk.exam.bank import ItemType
from kiosk.exam.form import compose
from kiosk.exam.round import Roster, UnsoundRosterError, UnsoundRoundError
from kiosk.exam.vocabulary import BankId, CardId, RoomId, SeatId
from kiosk.formats.package_file import OtherRoomError, RoundPackage, open_package
from kiosk.formats.slot_payload import PURPOSE
from kiosk.office.kept_rounds import load_rounds
from kiosk.office.keys import AlreadyThereError, BadNameError
from kiosk.office.round_plan import RoundPlan
from kiosk.office.rounds import ReleaseLengthError, UnknownBankError, make_round
from kiosk.storage.bank_store import BankReader
from kiosk.storage.files import FileSource
from kiosk.storage.roster_store import read_roster
from tests.support import office_world as w
from tests.support import seats
from tests.support.builders import rules


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> w.OfficeWorld:
    return w.make(tmp_path_factory.mktemp("世界 𬭚"))


def opened(world: w.OfficeWorld) -> RoundPackage:
    return open_package(
        FileSource(world.made.package),
        root_pem=world.office.root_pem,
        at=w.NOW,
        program="0.1.0",
        room=w.ROOM,
        centre=w.CENTRE,
        newest=0,
    )


def test_the_package_is_signed_by_the_office_for_this_room(world: w.OfficeWorld) -> None:
    package = opened(world)
    assert package.round == world.made.round
    assert package.digest == world.made.digest
    assert package.signer.id == "office"
    assert world.made.package.name == "2026-11-考场3.kround"
    with pytest.raises(OtherRoomError):
        open_package(
            FileSource(world.made.package),
            root_pem=world.office.root_pem,
            at=w.NOW,
            program="0.1.0",
            room=RoomId("考场4"),
            centre=w.CENTRE,
            newest=0,
        )


def test_what_the_slot_opens_opens_banks_and_roster(world: w.OfficeWorld, tmp_path: Path) -> None:
    package, payload = opened(world), w.opened_slot(world)
    entry = package.round.banks[0]
    assert package.round.session(w.SESSION).key_check == key_check(payload.room_key)
    assert entry.key_check == key_check(payload.banks[w.BANK].key)
    (tmp_path / "bank.db").write_bytes(package.read(entry.file))
    (tmp_path / "roster.db").write_bytes(package.read("roster.db"))
    reader = BankReader(tmp_path / "bank.db", payload.banks[w.BANK].key)
    try:
        bank = reader.whole()
    finally:
        reader.close()
    assert bank == world.bank.bank
    assert len(compose(bank, payload.banks[w.BANK].seed).items) == 8
    assert read_roster(tmp_path / "roster.db", payload.roster_key) == world.roster


def test_every_card_opens_with_the_code_and_can_resume(world: w.OfficeWorld) -> None:
    package, payload = opened(world), w.opened_slot(world)
    cards = world.made.secrets.cards
    assert [secret.reserve for secret in cards] == [False, False, True, True]
    assert len(package.slots) == 4
    session = package.round.session(w.SESSION)
    release = stretch(decode_groups(world.made.secrets.releases[w.SESSION]), salt=session.salt, suite=SUITE)
    for secret in cards:
        slot = find_slot(package.slots, cards=[secret.card], purpose=PURPOSE, session=w.SESSION)
        assert b"room_key" in open_slot(slot, release=release, shares=[secret.card.share])
        expected = resume_key(secret.card.share, package.round.package_id, w.SESSION)
        assert payload.resume_keys[CardId(secret.card.id)] == expected
    wrong = bytes(32)
    with pytest.raises(WrongCodeError):
        open_slot(package.slots[0], release=wrong, shares=[cards[0].card.share])


def test_cards_read_back_from_their_print_and_know_their_pin(world: w.OfficeWorld) -> None:
    for secret in world.made.secrets.cards:
        assert Card.from_text(secret.card.to_text()) == secret.card
        entry = world.made.round.card(CardId(secret.card.id))
        assert entry is not None
        assert (entry.holder, entry.reserve) == (secret.holder, secret.reserve)
        check_pin(entry.pin_verifier, share=secret.card.share, pin=secret.pin, salt=entry.pin_salt)
        other = f"{(int(secret.pin) + 1) % 1_000_000:06}"
        with pytest.raises(WrongPinError):
            check_pin(entry.pin_verifier, share=secret.card.share, pin=other, salt=entry.pin_salt)


def every_secret(world: w.OfficeWorld) -> dict[str, list[bytes]]:
    """Each secret of the round in every form it could be written in."""
    payload = w.opened_slot(world)
    raw = {
        "room": payload.room_key,
        "roster": payload.roster_key,
        "bank": payload.banks[w.BANK].key,
        "seed": payload.banks[w.BANK].seed,
        **{f"resume {card}": key for card, key in payload.resume_keys.items()},
        **{f"card {one.card.id}": one.card.share for one in world.made.secrets.cards},
        "release": decode_groups(world.made.secrets.releases[w.SESSION]),
    }
    forms = {name: [key, key.hex().encode(), key.hex().upper().encode()] for name, key in raw.items()}
    for one in world.made.secrets.cards:
        forms[f"card {one.card.id}"] += [group.encode() for group in one.card.groups()]
        forms[f"pin {one.card.id}"] = [f'"{one.pin}"'.encode(), f":{one.pin}".encode(), f" {one.pin}".encode()]
    forms["release"] += [group.encode() for group in world.made.secrets.releases[w.SESSION]]
    return forms


def found_in(folder: Path, secrets: dict[str, list[bytes]]) -> set[str]:
    contents = [path.read_bytes() for path in folder.rglob("*") if path.is_file()]
    return {name for name, forms in secrets.items() if any(form in data for form in forms for data in contents)}


def test_no_secret_lies_in_clear_anywhere(world: w.OfficeWorld, tmp_path: Path) -> None:
    secrets = every_secret(world)
    assert len(secrets) == 17
    assert found_in(world.folder, secrets) == set()
    (tmp_path / "forgotten.txt").write_text(f"release {world.made.secrets.releases[w.SESSION][1]}", encoding="ascii")
    assert found_in(tmp_path, secrets) == {"release"}


def test_neither_repr_shows_a_secret(world: w.OfficeWorld) -> None:
    shown = f"{world.made!r} {w.opened_slot(world)!r}".encode()
    for forms in every_secret(world).values():
        assert not any(form in shown for form in forms[1:])


def test_names_of_candidates_are_sealed_in_the_office(world: w.OfficeWorld) -> None:
    contents = b"".join(path.read_bytes() for path in world.folder.rglob("*") if path.is_file())
    assert "张伟".encode() not in contents
    assert "诸葛监考".encode() in contents
    (kept,) = (one for one in load_rounds(world.office) if one.round.package == 1)
    assert (kept.round, kept.roster) == (world.made.round, world.roster)


def test_the_office_can_always_open_its_results(world: w.OfficeWorld) -> None:
    assert world.made.round.recipients == (world.office.identity.recipient,)


def test_two_rounds_share_no_secret(world: w.OfficeWorld, tmp_path: Path) -> None:
    other = make_round(
        w.plan(package=2), world.roster, [world.bank], office=world.office, into=tmp_path, release_groups=8
    )
    assert len(other.secrets.releases[w.SESSION]) == 8
    assert not {one.card.id for one in other.secrets.cards} & {one.card.id for one in world.made.secrets.cards}
    assert other.round.sessions[0].salt != world.made.round.sessions[0].salt
    assert other.round.banks[0].key_check != world.made.round.banks[0].key_check


def test_where_two_people_are_asked_for_every_pair_has_a_slot(tmp_path: Path) -> None:
    world = w.make(tmp_path, rules=rules(pairs=True))
    package = opened(world)
    assert len(package.slots) == 6
    assert all(len(slot.header.cards) == 2 for slot in package.slots)
    assert w.opened_slot(world).banks.keys() == {w.BANK}


def test_a_package_is_never_made_twice_under_one_number(world: w.OfficeWorld, tmp_path: Path) -> None:
    with pytest.raises(AlreadyThereError):
        make_round(w.plan(), world.roster, [world.bank], office=world.office, into=tmp_path)
    (tmp_path / "2026-11-考场3.kround").write_bytes(b"older")
    with pytest.raises(AlreadyThereError):
        make_round(w.plan(package=9), world.roster, [world.bank], office=world.office, into=tmp_path)
    assert (tmp_path / "2026-11-考场3.kround").read_bytes() == b"older"
    assert 9 not in {kept.round.package for kept in load_rounds(world.office)}


def test_unsound_plans_leave_nothing_behind(world: w.OfficeWorld, tmp_path: Path) -> None:
    before = sorted(world.folder.rglob("*"))

    def attempt(plan: RoundPlan, people: Roster = world.roster, groups: int = 4) -> None:
        make_round(plan, people, [world.bank], office=world.office, into=tmp_path, release_groups=groups)

    with pytest.raises(UnsoundRoundError):
        attempt(w.plan(package=5, seats=()))
    with pytest.raises(UnsoundRosterError):
        attempt(w.plan(package=5, seats=w.SEATS[:2]))
    twice = Roster(entries=(world.roster.entries[0], replace(world.roster.entries[1], seat=SeatId("01"))))
    with pytest.raises(UnsoundRosterError):
        attempt(w.plan(package=5), twice)
    sessions = (replace(w.plan().sessions[0], banks=(BankId("other"),)),)
    with pytest.raises(UnknownBankError):
        attempt(w.plan(package=5, sessions=sessions))
    with pytest.raises(BadNameError):
        attempt(w.plan(package=5, room=RoomId("../room")))
    with pytest.raises(ReleaseLengthError):
        attempt(w.plan(package=5), groups=3)
    assert sorted(world.folder.rglob("*")) == before
    assert list(tmp_path.iterdir()) == []


def test_a_form_has_every_type_of_item(world: w.OfficeWorld) -> None:
    assert {entry.type for entry in seats.form_of(world, world.roster.entries[0]).items} == set(ItemType)
