"""Whatever is done to a journal afterwards shows, and each kind of tampering has its own name."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.crypto import chain
from kiosk.crypto.seal import NotForThisKeyError, new_identity
from kiosk.errors import JournalError, KioskError
from kiosk.formats import canonical, codec
from kiosk.formats.codec import ShapeError, encode_event
from kiosk.formats.journal import (
    LIMITS,
    ChainEnd,
    EmptyJournalError,
    Epoch,
    ForeignJournalError,
    JournalEpochError,
    JournalHashError,
    JournalNumberError,
    RecordLineError,
    TooLongJournalError,
    check_chain,
    check_tags,
    extend,
    is_epoch,
    open_epoch,
    read_epoch,
    record_from_line,
    record_to_line,
)
from tests.crypto.world import world
from tests.support import builders as b
from tests.support.bundles import begin, journal, office, recipients
from tests.support.journals import NAME, ROWS, Records, bodies, chained, epochs, everything, sound


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
