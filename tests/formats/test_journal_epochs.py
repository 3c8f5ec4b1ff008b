"""The keys of a journal: what only the signer could have opened, and only the office can see."""

from dataclasses import replace
from typing import Any

import pytest

from kiosk.crypto import chain
from kiosk.crypto.certify import issue_leaf
from kiosk.crypto.path import DeniedError, ExpiredError, UnknownRootError
from kiosk.crypto.roles import WrongRoleError
from kiosk.crypto.sign import BadSignatureError, Role
from kiosk.formats import canonical
from kiosk.formats.codec import ShapeError
from kiosk.formats.journal import (
    ForeignKeyError,
    JournalEpochError,
    JournalSignerError,
    JournalTagError,
    JournalVersionError,
    Record,
    check_chain,
    check_tags,
    extend,
    read_epoch,
)
from tests.crypto.world import DAY, NOW, make_world, world
from tests.support.bundles import begin, journal, office
from tests.support.journals import NAME, ROWS, Records, bodies, chained, epochs, sound


def edited(records: Records) -> Records:
    return (*records[:9], replace(records[9], body=bodies()[20]), *records[10:])


# Attacks on the tags, which only the office sees


def test_an_edit_with_hashes_made_anew_breaks_the_tags() -> None:
    forged = chained(edited(sound()[:61]))
    assert check_chain(NAME, forged)
    with pytest.raises(JournalTagError) as refused:
        check_tags(forged, office().secret)
    assert refused.value.data == {"seq": 9}
    check_tags(sound(), office().secret)


def test_an_edit_before_a_later_epoch_contradicts_the_head_that_epoch_signed() -> None:
    with pytest.raises(JournalEpochError) as refused:
        check_chain(NAME, chained(edited(sound())))
    assert refused.value.data == {"seq": 61, "rule": "place"}


def test_a_key_stolen_today_signs_nothing_of_yesterday() -> None:
    record, state = begin(NAME)
    records = [record]
    for body in bodies()[:20]:
        record, state = extend(state, body)
        records.append(record)
    forged = chained((*records[:9], replace(records[9], body=bodies()[30]), *records[10:]))
    retagged = tuple(replace(one, tag=chain.row_tag(state.key, one.hash)) for one in forged[9:])
    with pytest.raises(JournalTagError) as refused:
        check_tags((*forged[:9], *retagged), office().secret)
    assert refused.value.data == {"seq": 9}


def test_an_old_record_under_a_newer_key_is_refused() -> None:
    _, state = begin(NAME)
    first, later = extend(state, bodies()[0])
    skipped = replace(first, tag=chain.row_tag(chain.evolve(later.key), first.hash))
    with pytest.raises(JournalTagError):
        check_tags((begin(NAME)[0], skipped), office().secret)


def test_a_record_appended_without_the_key_is_refused() -> None:
    forged = chained((*sound(), replace(sound()[-1], body=bodies()[0], tag=bytes(32))))
    assert check_chain(NAME, forged)
    with pytest.raises(JournalTagError) as refused:
        check_tags(forged, office().secret)
    assert refused.value.data == {"seq": ROWS}


def test_tags_need_an_epoch_before_them() -> None:
    with pytest.raises(JournalEpochError):
        check_tags(sound()[1:], office().secret)


# Attacks on epochs


def opened_with(changes: dict[str, Any], *, resign: bool = True) -> Record:
    """A first record whose words were changed, signed again by the same workstation unless told otherwise."""
    record, _ = begin(NAME)
    value = canonical.decode(record.body, limit=1 << 20)
    assert isinstance(value, dict)
    value.update(changes)
    if resign:
        rest = {name: part for name, part in value.items() if name != "signature"}
        value["signature"] = world().workstation.key.sign(canonical.encode(rest)).hex()
    return chained([replace(record, body=canonical.encode(value))])[0]


def test_an_epoch_that_was_changed_breaks_its_signature() -> None:
    other = begin("another journal")[0]
    sealed = read_epoch(other)
    assert sealed is not None
    forged = opened_with({"sealed": sealed.sealed.hex()}, resign=False)
    assert check_chain(NAME, [forged])
    with pytest.raises(BadSignatureError):
        epochs([forged])
    assert epochs([opened_with({})])


def test_the_epoch_key_of_another_journal_is_refused() -> None:
    """Even when the workstation itself signs it."""
    other = read_epoch(begin("another journal")[0])
    later = read_epoch(begin(NAME, epoch=1, seq=5, head=bytes(32))[0])
    assert other is not None
    assert later is not None
    for sealed in (other.sealed, later.sealed):
        forged = opened_with({"sealed": sealed.hex()})
        assert epochs([forged])
        with pytest.raises(ForeignKeyError):
            check_tags([forged], office().secret)
    check_tags([begin(NAME)[0]], office().secret)


def test_an_epoch_in_another_place_is_refused() -> None:
    for changes in ({"seq": 4}, {"head": "00" * 32}):
        with pytest.raises(JournalEpochError) as refused:
            check_chain(NAME, [opened_with(changes)])
        assert refused.value.data["rule"] == "place"
    with pytest.raises(JournalEpochError) as refused:
        check_chain(NAME, [opened_with({"epoch": 1})])
    assert refused.value.data["rule"] == "number"
    assert check_chain(NAME, [opened_with({})])


@pytest.mark.parametrize("changes", [{"version": 2}, {"suite": 2}, {"format": "kiosk-journal-2"}])
def test_an_epoch_of_a_newer_program_has_its_own_name(changes: dict[str, Any]) -> None:
    with pytest.raises(JournalVersionError):
        check_chain(NAME, [opened_with(changes)])


def test_an_epoch_with_other_fields_is_refused() -> None:
    with pytest.raises(ShapeError):
        check_chain(NAME, [opened_with({"more": 1})])


def test_an_epoch_that_names_another_signer() -> None:
    with pytest.raises(JournalSignerError):
        epochs([opened_with({"signer": "00" * 32})])


def test_an_epoch_by_another_enrolled_workstation() -> None:
    other = issue_leaf(world().centre, Role.WORKSTATION, "017/pc-04", at=NOW)
    records = journal(NAME, bodies()[:3], other)
    with pytest.raises(BadSignatureError):
        epochs(records)
    assert epochs(records, chain_pem=other.chain_pem) == "017/pc-04"


def test_an_epoch_by_a_key_outside_our_world_or_of_another_role() -> None:
    thief = make_world().workstation
    with pytest.raises(UnknownRootError):
        epochs(journal(NAME, [], thief), chain_pem=thief.chain_pem)
    desk = world().round_signer
    with pytest.raises(WrongRoleError):
        epochs(journal(NAME, [], desk), chain_pem=desk.chain_pem)


def test_an_epoch_at_another_time_or_by_a_withdrawn_workstation() -> None:
    with pytest.raises(ExpiredError):
        epochs(sound(), at=NOW + 500 * DAY)
    opening = read_epoch(sound()[0])
    assert opening is not None
    with pytest.raises(DeniedError):
        epochs(sound(), denied=frozenset({opening.signer}))
