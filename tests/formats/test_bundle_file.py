"""A result is taken whole or not at all, and each way to falsify one has its own name."""

import io
import zipfile
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from kiosk.crypto.seal import NotForThisKeyError, new_identity, open_sealed, seal
from kiosk.errors import BundleError, JournalError, KioskError, SealError
from kiosk.exam import events as e
from kiosk.exam.rules import LockLevel
from kiosk.exam.session import SessionOpened, TriesLost
from kiosk.exam.sitting import replay
from kiosk.exam.vocabulary import RoomId, RoundId, SeatId, SessionId, SittingId
from kiosk.formats.bundle_file import (
    BundleHeader,
    BundleHeadError,
    ContradictionError,
    MalformedBundleError,
    ResultContent,
    open_result,
    write_result,
)
from kiosk.formats.bundle_header import write_bundle
from kiosk.formats.codec import encode_event
from kiosk.formats.container import Member
from kiosk.formats.journal import (
    LIMITS as JOURNAL_LIMITS,
)
from kiosk.formats.journal import (
    EmptyJournalError,
    ForeignJournalError,
    JournalHashError,
    JournalNumberError,
    JournalTagError,
    Record,
    RecordLineError,
    TooLongJournalError,
)
from kiosk.formats.stored_zip import ZipWriter
from tests.crypto.world import world
from tests.support import builders as b
from tests.support.bundles import (
    SESSION_JOURNAL,
    header_of,
    journal,
    made,
    office,
    recipients,
    result,
)
from tests.support.envelopes import enveloped, header_text, in_a_bundle, opened, sound

Inner = dict[str, bytes]


def test_a_result_comes_back_as_it_was_kept() -> None:
    found = opened(sound())
    assert found.header == made().header
    assert (found.records, found.session_records) == (made().content.records, made().content.session)
    assert found.session_events == b.session_events()
    assert found.summary.person.name == b.NAME
    assert found.signer.id == b.WORKSTATION
    assert len(found.digest) == 64
    first, *rest = found.events
    assert isinstance(first, e.Seated)
    assert replay(first, rest, b.rules()).responses


def test_nothing_in_clear_names_the_person() -> None:
    data = sound()
    for secret in (b.NAME, b.person().number, b.person().unit, "１０５０"):
        assert secret.encode() not in data
    assert b.SEAT.encode() in data


def test_it_is_small() -> None:
    """Two thousand records fit into a megabyte."""
    per_record = sum(len(record.body) for record in made().content.records[2:]) / len(made().content.records)
    assert (per_record + 220) * 2_000 < 1_000_000


# Header against content


@pytest.mark.parametrize(
    ("changes", "leaf", "what"),
    [
        ({"records": 5}, BundleHeadError, "sitting"),
        ({"head": "00" * 32}, BundleHeadError, "sitting"),
        ({"session_records": 5}, BundleHeadError, "session"),
        ({"session_head": "00" * 32}, BundleHeadError, "session"),
        ({"round": RoundId("2026-12")}, ContradictionError, "place"),
        ({"package": 4}, ContradictionError, "place"),
        ({"room": RoomId("考场４")}, ContradictionError, "place"),
        ({"session": SessionId("s2")}, ContradictionError, "place"),
        ({"seat": SeatId("08")}, ContradictionError, "place"),
        ({"lock_level": LockLevel.SESSION}, ContradictionError, "sitting"),
        ({"segments": ()}, ContradictionError, "segments"),
        ({"segments": made().header.segments[::-1]}, ContradictionError, "segments"),
        ({"ended": made().header.ended + 1_000}, ContradictionError, "ended"),
    ],
)
def test_a_header_the_journal_contradicts(changes: dict[str, Any], leaf: type[BundleError], what: str) -> None:
    with pytest.raises(leaf) as refused:
        opened(result(**changes))
    assert what in refused.value.data.values()


def test_a_header_that_names_another_sitting() -> None:
    with pytest.raises(ForeignJournalError):
        opened(result(bundle=SittingId("another")))


# The content


def inner() -> Inner:
    sealed = enveloped(sound()).sealed
    with zipfile.ZipFile(io.BytesIO(open_sealed(sealed, office().secret))) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def resealed(content: bytes, header: BundleHeader | None = None) -> bytes:
    """A bundle of the workstation itself, with this sealed in it."""
    out, by = io.BytesIO(), world().workstation
    members = [Member.of("result.age", seal(content, recipients()))]
    write_bundle(out, "kiosk-result", header or made().header, members, key=by.key, chain_pem=by.chain_pem)
    return out.getvalue()


def packed(members: Inner) -> bytes:
    out = io.BytesIO()
    archive = ZipWriter(out)
    for name, data in members.items():
        archive.add(name, len(data), (data,))
    archive.finish()
    return out.getvalue()


def with_inner(**changes: bytes) -> bytes:
    return resealed(packed({**inner(), **{name.replace("_", "."): data for name, data in changes.items()}}))


def test_the_content_can_be_unpacked_by_anybody_with_the_key() -> None:
    assert [*inner()] == ["journal.jsonl", "result.json", "session.jsonl"]
    assert b.NAME.encode() in inner()["result.json"]
    assert opened(with_inner()).header == made().header


def test_another_key_opens_nothing() -> None:
    with pytest.raises(NotForThisKeyError):
        open_result(enveloped(sound()), new_identity().secret, root_pem=world().root.chain_pem)


def test_content_that_is_not_sealed_or_damaged() -> None:
    for sealed in (b"x", enveloped(sound()).sealed[:-1]):
        data = in_a_bundle({"header.json": header_text(), "result.age": sealed})
        with pytest.raises(SealError):
            opened(data)


def test_content_of_another_shape() -> None:
    order = inner()
    crc_wrong = bytearray(packed(order))
    crc_wrong[crc_wrong.index(b'{"body"') + 200] ^= 1
    for content in (
        b"",
        b"PK\x03\x04",
        packed(dict(reversed(order.items()))),
        packed({name: data for name, data in order.items() if name != "result.json"}),
        packed({**order, "more": b""}),
        bytes(crc_wrong),
        packed(order) + b"\0",
    ):
        with pytest.raises(MalformedBundleError):
            opened(resealed(content))


def lines() -> list[bytes]:
    return inner()["journal.jsonl"].splitlines(keepends=True)


def changed_line(old: bytes, new: bytes) -> Callable[[], bytes]:
    def change() -> bytes:
        all_lines = lines()
        place = next(number for number, line in enumerate(all_lines) if old in line)
        all_lines[place] = all_lines[place].replace(old, new)
        return b"".join(all_lines)

    return change


@pytest.mark.parametrize(
    ("change", "leaf"),
    [
        (lambda: b"", EmptyJournalError),
        (lambda: b"".join(lines()[:-1]), BundleHeadError),
        (lambda: b"".join(lines()[1:]), JournalNumberError),
        (lambda: b"".join(lines()[:5] + lines()[6:]), JournalNumberError),
        (lambda: b"".join([*lines()[:5], lines()[6], lines()[5], *lines()[7:]]), JournalNumberError),
        (lambda: b"".join(lines())[:-1], RecordLineError),
        (lambda: b"".join(lines()) + b"\n", MalformedBundleError),
        (changed_line(b'"class":"Ready"', b'"class": "Ready"'), MalformedBundleError),
        (changed_line(b'"marked":true', b'"marked":false'), JournalHashError),
        (changed_line(b'"tag":"', b'"tag":"00'), RecordLineError),
        (lambda: inner()["session.jsonl"], ForeignJournalError),
    ],
)
def test_a_journal_that_was_changed(change: Callable[[], bytes], leaf: type[KioskError]) -> None:
    with pytest.raises(leaf):
        opened(with_inner(journal_jsonl=change()))


def test_a_tag_that_was_broken() -> None:
    record = made().content.records[7]
    broken = replace(record, tag=bytes(32))
    records = (*made().content.records[:7], broken, *made().content.records[8:])
    with pytest.raises(JournalTagError) as refused:
        opened(result(content=replace(made().content, records=records)))
    assert refused.value.data == {"seq": 7}


def test_a_session_journal_that_was_changed() -> None:
    with pytest.raises(EmptyJournalError):
        opened(with_inner(session_jsonl=b""))
    cut = made().content.session[1:]
    with pytest.raises(JournalError):
        opened(result(content=replace(made().content, session=cut)))


def test_a_journal_of_endless_lines() -> None:
    with pytest.raises(TooLongJournalError):
        opened(with_inner(journal_jsonl=b"\n" * (JOURNAL_LIMITS.records + 1)))


def test_a_summary_the_journal_contradicts() -> None:
    written = inner()["result.json"]
    for old, new in ((b'"ending":"handed-in"', b'"ending":"void"'), (b'"seen":true', b'"seen":false')):
        with pytest.raises(ContradictionError) as refused:
            opened(with_inner(result_json=written.replace(old, new)))
        assert refused.value.data == {"what": "summary"}
    with pytest.raises(MalformedBundleError):
        opened(with_inner(result_json=written + b"\n"))


def sealed_by_the_seat(events: tuple[e.Event, ...], session: tuple[Record, ...], **changes: Any) -> bytes:
    """A bundle whose journals are genuine in every link, epoch and tag, but say this."""
    records = journal(b.SITTING, [encode_event(event) for event in events])
    content = ResultContent(records=records, session=session)
    return result(content=content, **{**_fields(header_of(records, session)), **changes})


def _fields(header: BundleHeader) -> dict[str, Any]:
    return {"records": header.records, "head": header.head} | {
        name: getattr(header, name) for name in ("session_records", "session_head")
    }


def test_genuine_journals_that_do_not_belong_together() -> None:
    session = made().content.session
    events = opened(sound()).events
    assert opened(sealed_by_the_seat(events, session))
    other = journal(SESSION_JOURNAL, [encode_event(event) for event in b.session_events()[:3]])
    with pytest.raises(ContradictionError) as refused:
        opened(sealed_by_the_seat(events, other))
    assert refused.value.data == {"what": "session-head"}
    lost = [*b.session_events()[:3], TriesLost(at=b.at(0))]
    mended = journal(SESSION_JOURNAL, [encode_event(event) for event in lost])
    assert opened(sealed_by_the_seat(events, mended)).session_events == tuple(lost)
    begun = b.session_events()[0]
    assert isinstance(begun, SessionOpened)
    elsewhere = replace(begun, place=b.place(seat=SeatId("99")))
    moved = journal(SESSION_JOURNAL, [encode_event(elsewhere)])
    with pytest.raises(ContradictionError) as refused:
        opened(sealed_by_the_seat(events, moved))
    assert refused.value.data == {"what": "place"}
    late = journal(SESSION_JOURNAL, [encode_event(b.session_events()[1])])
    with pytest.raises(ContradictionError) as refused:
        opened(sealed_by_the_seat(events, late))
    assert refused.value.data == {"what": "first-record"}


def test_a_sitting_that_names_another_sitting_or_end() -> None:
    session, events = made().content.session, opened(sound()).events
    assert isinstance(events[0], e.Seated)
    renamed = (replace(events[0], sitting=SittingId("another")), *events[1:])
    with pytest.raises(ContradictionError) as refused:
        opened(sealed_by_the_seat(renamed, session))
    assert refused.value.data == {"what": "sitting"}
    room_clock = replace(events[-1], at=replace(events[-1].at, room=made().header.ended + 7_000))
    data = sealed_by_the_seat((*events[:-1], room_clock), session, ended=made().header.ended + 7_000)
    assert opened(data).header.ended == made().header.ended + 7_000


def test_a_response_to_an_item_that_was_not_in_the_form_is_never_sealed() -> None:
    session, events = made().content.session, opened(sound()).events
    stray = e.Viewed(at=b.at(9), item=b.form().items[0].item)
    with pytest.raises(ContradictionError):
        sealed_by_the_seat((*events, stray), session)


def test_a_sitting_that_is_not_over_is_not_sealed() -> None:
    content = replace(made().content, records=made().content.records[:9])
    with pytest.raises(ContradictionError):
        result(content=content)
    by = world().workstation
    with pytest.raises(SealError):
        write_result(io.BytesIO(), made().header, made().content, key=by.key, chain_pem=by.chain_pem, recipients=())
