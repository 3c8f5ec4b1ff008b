"""Whatever is done to a journal afterwards shows, and each kind of tampering has its own name."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cache
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.crypto import chain
from kiosk.crypto.certify import issue_leaf
from kiosk.crypto.path import DeniedError, ExpiredError, UnknownRootError
from kiosk.crypto.roles import WrongRoleError
from kiosk.crypto.seal import NotForThisKeyError, new_identity
from kiosk.crypto.sign import BadSignatureError, Role
from kiosk.errors import JournalError, KioskError
from kiosk.formats import canonical, codec
from kiosk.formats.codec import ShapeError, encode_event
from kiosk.formats.journal import (
    LIMITS,
    ChainEnd,
    ChainState,
    EmptyJournalError,
    Epoch,
    ForeignJournalError,
    ForeignKeyError,
    JournalEpochError,
    JournalHashError,
    JournalNumberError,
    JournalSignerError,
    JournalTagError,
    JournalVersionError,
    Record,
    RecordLineError,
    TooLongJournalError,
    check_chain,
    check_epochs,
    check_tags,
    extend,
    is_epoch,
    open_epoch,
    read_epoch,
    record_from_line,
    record_to_line,
)
from tests.crypto.world import DAY, NOW, make_world, world
from tests.support import builders as b
from tests.support.bundles import begin, journal, office, recipients, two_epochs

NAME = "座位０７ 𬭚"
ROWS = 102
Records = tuple[Record, ...]


@cache
def bodies() -> tuple[bytes, ...]:
    events = b.sitting_events() * 4
    return tuple(encode_event(event) for event in events[: ROWS - 2])


@cache
def sound() -> Records:
    """102 records in two epochs."""
    return two_epochs(NAME, bodies(), 60)


def epochs(records: Sequence[Record], name: str = NAME, **changes: Any) -> str:
    given_ = {"chain_pem": world().workstation.chain_pem, "root_pem": world().root.chain_pem, "at": NOW, **changes}
    return check_epochs(name, records, **given_).id


def everything(records: Sequence[Record]) -> ChainEnd:
    end = check_chain(NAME, records)
    epochs(records)
    check_tags(records, office().secret)
    return end


def chained(records: Sequence[Record], state: ChainState | None = None) -> Records:
    """Numbers and hashes computed anew, as somebody without the tag keys could."""
    head, made = chain.genesis(NAME.encode()), []
    for seq, record in enumerate(records):
        head = chain.row_hash(head, seq, record.epoch, record.body)
        made.append(replace(record, seq=seq, hash=head))
    return tuple(made)


def test_a_journal_holds() -> None:
    assert len(sound()) == ROWS
    assert everything(sound()) == ChainEnd(seq=ROWS - 1, epoch=1, head=sound()[-1].hash)
    assert epochs(sound()) == "017/pc-03"
    assert [record.seq for record in sound() if is_epoch(record)] == [0, 61]


def test_every_beginning_of_a_journal_holds_and_can_go_on() -> None:
    for length in range(1, ROWS + 1):
        end = check_chain(NAME, sound()[:length])
        assert end.seq == length - 1
    last = sound()[-1]
    opening, state = begin(NAME, epoch=2, seq=last.seq + 1, head=last.hash)
    more, after = extend(state, bodies()[0])
    assert everything((*sound(), opening, more)) == ChainEnd(seq=ROWS + 1, epoch=2, head=after.head)


def test_an_epoch_says_whose_it_is_and_keeps_its_key_from_everybody_else() -> None:
    record, state = begin(NAME)
    opening = read_epoch(record)
    assert opening is not None
    assert (opening.journal, opening.epoch, opening.seq) == (NAME, 0, 0)
    assert opening.head == chain.genesis(NAME.encode())
    assert state.key not in record.body
    assert state.key.hex().encode() not in record.body
    with pytest.raises(NotForThisKeyError):
        check_tags([record], new_identity().secret)
    check_tags([record], office().secret)


def test_a_candidate_cannot_write_an_epoch() -> None:
    """The words may be typed; as text they are escaped, as an event they do not exist."""
    text = '{"class":"Epoch"}'
    record = journal(NAME, [encode_event(replace(b.seated(), program=text))])[1]
    assert not is_epoch(record)
    _, state = begin(NAME)
    nested, _ = extend(state, canonical.encode({"a": {"class": "Epoch"}}))
    assert not is_epoch(nested)
    bare, _ = extend(state, b'["class":"Epoch"]')
    with pytest.raises(canonical.CanonicalError):
        is_epoch(bare)


# Attacks on the chain, which need no key to be seen


def edited(records: Records) -> Records:
    return (*records[:9], replace(records[9], body=bodies()[20]), *records[10:])


def dropped(records: Records) -> Records:
    return records[:9] + records[10:]


def renumbered(records: Records) -> Records:
    return tuple(replace(record, seq=seq) for seq, record in enumerate(dropped(records)))


def swapped(records: Records) -> Records:
    return (*records[:9], records[10], records[9], *records[11:])


def swapped_bodies(records: Records) -> Records:
    first, second = records[9], records[10]
    return (*records[:9], replace(first, body=second.body), replace(second, body=first.body), *records[11:])


def repeated(records: Records) -> Records:
    return (*records[:10], records[9], *records[10:])


def first_cut(records: Records) -> Records:
    return records[1:]


def first_epoch_cut(records: Records) -> Records:
    return tuple(replace(record, seq=seq) for seq, record in enumerate(records[61:]))


def epoch_dropped(records: Records) -> Records:
    return chained(records[:61] + records[62:])


def epoch_number_changed(records: Records) -> Records:
    return chained([replace(record, epoch=0) for record in records])


def epoch_number_jumps(records: Records) -> Records:
    return chained([*records[:70], *(replace(record, epoch=2) for record in records[70:])])


def spliced(records: Records) -> Records:
    other = journal("another journal", bodies()[:80])
    return records[:9] + other[9:]


def spliced_and_chained(records: Records) -> Records:
    other = journal("another journal", bodies()[:80])
    return chained((*other[:1], *records[1:]))


def epoch_moved(records: Records) -> Records:
    return chained((*records[:5], records[61], *(replace(record, epoch=1) for record in records[5:61]), *records[62:]))


def first_record_no_epoch(records: Records) -> Records:
    return chained(records[1:61])


CHAIN_ATTACKS: tuple[tuple[Callable[[Records], Records], type[JournalError]], ...] = (
    (edited, JournalHashError),
    (dropped, JournalNumberError),
    (renumbered, JournalHashError),
    (swapped, JournalNumberError),
    (swapped_bodies, JournalHashError),
    (repeated, JournalNumberError),
    (first_cut, JournalNumberError),
    (first_epoch_cut, JournalEpochError),
    (epoch_dropped, JournalEpochError),
    (epoch_number_changed, JournalEpochError),
    (epoch_number_jumps, JournalEpochError),
    (spliced, JournalHashError),
    (spliced_and_chained, ForeignJournalError),
    (epoch_moved, JournalEpochError),
    (first_record_no_epoch, JournalEpochError),
)


@pytest.mark.parametrize(("attack", "leaf"), CHAIN_ATTACKS, ids=lambda part: getattr(part, "__name__", ""))
def test_the_chain_shows_it(attack: Callable[[Records], Records], leaf: type[JournalError]) -> None:
    assert check_chain(NAME, sound())
    with pytest.raises(leaf) as refused:
        check_chain(NAME, attack(sound()))
    assert type(refused.value) is leaf


def test_a_cut_tail_is_not_seen_by_the_chain_alone() -> None:
    """Hence the head file, and the head in the header of the bundle."""
    assert everything(sound()[:-5]).seq == ROWS - 6


def test_the_journal_of_somebody_else() -> None:
    with pytest.raises(ForeignJournalError):
        check_chain("another journal", sound())
    with pytest.raises(ForeignJournalError):
        epochs(sound(), "another journal")


def test_no_records_at_all() -> None:
    with pytest.raises(EmptyJournalError):
        check_chain(NAME, [])
    with pytest.raises(EmptyJournalError):
        epochs([])
    check_tags([], office().secret)


@given(st.data())
def test_any_change_of_any_field_shows(data: st.DataObject) -> None:
    records = list(sound())
    place = data.draw(st.integers(0, ROWS - 1))
    old = records[place]
    flip = data.draw(st.integers(1, 255))
    at = data.draw(st.integers(0, 31))
    new = {
        "seq": replace(old, seq=old.seq + flip),
        "epoch": replace(old, epoch=old.epoch ^ flip),
        "hash": replace(old, hash=_flipped(old.hash, at, flip)),
        "tag": replace(old, tag=_flipped(old.tag, at, flip)),
        "body": replace(old, body=_flipped(old.body, at % len(old.body), flip)),
    }
    records[place] = new[data.draw(st.sampled_from(sorted(new)))]
    with pytest.raises(KioskError):
        everything(records)


def _flipped(data: bytes, at: int, flip: int) -> bytes:
    return data[:at] + bytes([data[at] ^ flip]) + data[at + 1 :]


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


# Limits and lines


def test_a_body_and_a_journal_have_limits() -> None:
    record, state = begin(NAME)
    huge, _ = extend(state, b" " * (LIMITS.body + 1))
    with pytest.raises(TooLongJournalError):
        check_chain(NAME, [record, huge])

    def endless() -> Any:
        rows = state
        yield record
        for _ in range(LIMITS.records):
            row, rows = extend(rows, b"{}")
            yield row

    short = replace(LIMITS, records=50)
    with pytest.raises(TooLongJournalError):
        check_chain(NAME, endless(), limits=short)


def test_an_endless_number_of_restarts_is_refused() -> None:
    records = []
    record, state = begin(NAME)
    for epoch in range(4):
        records.append(record)
        record, state = begin(NAME, epoch=epoch + 1, seq=state.seq, head=state.head)
    with pytest.raises(JournalEpochError):
        check_chain(NAME, records, limits=replace(LIMITS, epochs=3))
    assert check_chain(NAME, records, limits=replace(LIMITS, epochs=4)).epoch == 3


def test_lines_are_canonical_json_and_come_back() -> None:
    for record in sound():
        line = record_to_line(record)
        assert line.count(b"\n") == 1
        assert record_from_line(line) == record
        assert canonical.encode(canonical.decode(line[:-1], limit=1 << 20)) + b"\n" == line


@pytest.mark.parametrize(
    ("old", "new", "leaf"),
    [
        (b"\n", b"", RecordLineError),
        (b"\n", b"\n\n", canonical.CanonicalError),
        (b'"seq":1', b'"seq": 1', canonical.CanonicalError),
        (b'"seq":1', b'"seq":1.0', canonical.CanonicalError),
        (b'"seq":1', b'"seq":"1"', ShapeError),
        (b'"seq":1', b'"more":1,"seq":1', ShapeError),
        (b'"epoch":0,', b"", ShapeError),
        (b'"body":', b'"bodies":', RecordLineError),
        (b'"hash":"', b'"hash":"00', RecordLineError),
        (b'"tag":"', b'"tag":"g', ShapeError),
    ],
)
def test_a_line_in_another_form_is_refused(old: bytes, new: bytes, leaf: type[KioskError]) -> None:
    line = record_to_line(sound()[1])
    assert old in line
    with pytest.raises(leaf):
        record_from_line(line.replace(old, new, 1))


def test_a_line_that_is_no_object() -> None:
    with pytest.raises(RecordLineError):
        record_from_line(b"[]\n")


def test_an_epoch_is_a_value_like_any_other() -> None:
    opening = read_epoch(sound()[0])
    assert codec.from_json(Epoch, codec.to_json(opening)) == opening
    record, _ = open_epoch(
        NAME,
        epoch=0,
        seq=0,
        head=b"",
        signer=world().workstation.key,
        chain_pem=world().workstation.chain_pem,
        recipients=recipients(),
    )
    assert record.seq == 0
