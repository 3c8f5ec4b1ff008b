"""A result is taken whole or not at all, and each way to falsify one has its own name."""

import io
import zipfile
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.crypto.certify import issue_leaf
from kiosk.crypto.path import DeniedError, ExpiredError, UnknownRootError
from kiosk.crypto.roles import WrongRoleError
from kiosk.crypto.seal import NotForThisKeyError, new_identity, open_sealed, seal
from kiosk.crypto.sign import BadSignatureError, Role
from kiosk.errors import BundleError, JournalError, KioskError, SealError, TrustError
from kiosk.exam import events as e
from kiosk.exam.rules import LockLevel
from kiosk.exam.sitting import replay
from kiosk.exam.vocabulary import RoomId, RoundId, SeatId, SessionId, SittingId, WorkstationId
from kiosk.formats import canonical, codec
from kiosk.formats.bundle_file import (
    LIMITS,
    BundleDamagedError,
    BundleHeader,
    BundleHeadError,
    BundleSuiteError,
    BundleTooLargeError,
    BundleVersionError,
    ContradictionError,
    Envelope,
    MalformedBundleError,
    NotABundleError,
    OpenedResult,
    OtherWorkstationError,
    RehearsalMismatchError,
    ResultContent,
    open_envelope,
    open_result,
    write_result,
)
from kiosk.formats.bundle_header import MOST_HEADER, write_bundle
from kiosk.formats.codec import encode_event
from kiosk.formats.container import Info, Member, write_container
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
from kiosk.formats.source import BytesSource
from kiosk.formats.stored_zip import ZipWriter
from tests.crypto.world import DAY, make_world, world
from tests.formats.test_container import put_together, taken_apart
from tests.support import builders as b
from tests.support.bundles import (
    NOW,
    SESSION_JOURNAL,
    evidence,
    header_of,
    journal,
    made,
    office,
    package,
    recipients,
    result,
)

Inner = dict[str, bytes]


@cache
def sound() -> bytes:
    return result()


def enveloped(data: bytes, **changes: Any) -> Envelope:
    return open_envelope(BytesSource(data), **{"root_pem": world().root.chain_pem, **changes})


def opened(data: bytes) -> OpenedResult:
    return open_result(enveloped(data), office().secret, root_pem=world().root.chain_pem)


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


# Who signed, and when


def test_signed_again_by_a_self_made_key() -> None:
    thief = make_world("根 root 𬭚").workstation
    with pytest.raises(UnknownRootError):
        enveloped(result(thief))


def test_signed_by_another_enrolled_workstation() -> None:
    other = issue_leaf(world().centre, Role.WORKSTATION, "017/pc-04", at=NOW)
    with pytest.raises(OtherWorkstationError) as refused:
        enveloped(result(other))
    assert refused.value.data == {"expected": "017/pc-03", "found": "017/pc-04"}
    lying = enveloped(result(other, workstation=WorkstationId("017/pc-04")))
    with pytest.raises(BadSignatureError):
        open_result(lying, office().secret, root_pem=world().root.chain_pem)


@pytest.mark.parametrize("role", ["round_signer", "office"])
def test_signed_by_a_key_of_another_role(role: str) -> None:
    with pytest.raises(WrongRoleError):
        enveloped(result(getattr(world(), role)))


def test_the_instant_is_the_end_of_the_sitting_unless_told_otherwise() -> None:
    assert enveloped(sound()).judged_at == made().header.ended // 1000
    assert enveloped(sound(), at=NOW + 5).judged_at == NOW + 5
    with pytest.raises(ExpiredError):
        enveloped(sound(), at=NOW + 500 * DAY)
    with pytest.raises(ExpiredError):
        enveloped(result(ended=5))
    with pytest.raises(ExpiredError):
        enveloped(result(ended=-5))
    assert enveloped(result(ended=-5), at=NOW).header.ended == -5


def test_a_withdrawn_workstation() -> None:
    with pytest.raises(DeniedError):
        enveloped(sound(), denied=frozenset({enveloped(sound()).signer.fingerprint}))


def test_a_rehearsal_is_no_examination_and_an_examination_no_rehearsal() -> None:
    with pytest.raises(RehearsalMismatchError):
        enveloped(result(rehearsal=True))
    demo = make_world(rehearsal=True)
    data = result(demo.workstation)
    with pytest.raises(UnknownRootError):
        enveloped(data)
    with pytest.raises(RehearsalMismatchError):
        enveloped(data, root_pem=demo.root.chain_pem)
    assert enveloped(result(demo.workstation, rehearsal=True), root_pem=demo.root.chain_pem).signer.rehearsal


# The envelope


def test_something_else() -> None:
    for data in (b"", "成绩".encode(), b"PK"):
        with pytest.raises(NotABundleError):
            enveloped(data)
    for data in (package(), evidence()):
        with pytest.raises(NotABundleError):
            enveloped(data)


def test_a_newer_layout() -> None:
    changed = taken_apart(sound())
    info = changed["bag-info.txt"]
    for old, new, leaf in (
        (b"Version: 1", b"Version: 2", BundleVersionError),
        (b"Suite: 1", b"Suite: 9", BundleSuiteError),
    ):
        with pytest.raises(leaf):
            enveloped(put_together({**changed, "bag-info.txt": info.replace(old, new)}))


def test_truncated_at_every_sixty_fourth() -> None:
    for part in range(1, 64):
        with pytest.raises(BundleDamagedError):
            enveloped(sound()[: len(sound()) * part // 64])


@given(st.data())
def test_one_flipped_bit(data: st.DataObject) -> None:
    changed = bytearray(sound())
    changed[data.draw(st.integers(0, len(changed) - 1))] ^= 1 << data.draw(st.integers(0, 7))
    with pytest.raises((BundleError, TrustError)):
        enveloped(bytes(changed))


@given(st.binary(max_size=200))
def test_garbage(data: bytes) -> None:
    with pytest.raises(BundleError):
        enveloped(data)


def in_a_bundle(members: dict[str, bytes], **info: Any) -> bytes:
    """Whatever is in it, signed by the workstation itself."""
    out, by = io.BytesIO(), world().workstation
    said: dict[str, Any] = {
        "format": "kiosk-result",
        "version": 1,
        "identifier": b.SITTING,
        "judge_at": made().header.ended // 1000,
        **info,
    }
    listed = [Member.of(name, data) for name, data in members.items()]
    write_container(out, listed, Info(**said), key=by.key, chain_pem=by.chain_pem)
    return out.getvalue()


def header_text(**changes: Any) -> bytes:
    return canonical.encode(codec.to_json(replace(made().header, **changes)))


def test_members_are_a_closed_set() -> None:
    header = header_text()
    assert enveloped(in_a_bundle({"header.json": header, "result.age": b"x"})).sealed == b"x"
    with pytest.raises(BundleDamagedError) as damaged:
        enveloped(in_a_bundle({"result.age": b"x"}))
    assert damaged.value.data["step"] == 13
    for members in ({"header.json": header}, {"header.json": header, "result.age": b"", "more": b""}):
        with pytest.raises(ContradictionError) as refused:
            enveloped(in_a_bundle(members))
        assert refused.value.data == {"what": "members"}


@pytest.mark.parametrize("body", [b"", b"{}", header_text() + b" ", header_text().replace(b'"records"', b'"record"')])
def test_a_header_in_another_form(body: bytes) -> None:
    with pytest.raises(MalformedBundleError):
        enveloped(in_a_bundle({"header.json": body, "result.age": b"x"}))


def test_a_header_is_not_endless() -> None:
    with pytest.raises(BundleTooLargeError):
        enveloped(in_a_bundle({"header.json": b" " * (MOST_HEADER + 1), "result.age": b"x"}))


def test_the_container_says_what_the_header_says() -> None:
    for info in ({"identifier": "another"}, {"judge_at": NOW + 1}):
        with pytest.raises(ContradictionError) as refused:
            enveloped(in_a_bundle({"header.json": header_text(), "result.age": b"x"}, **info))
        assert refused.value.data == {"what": "info"}


SEGMENT = made().header.segments[0]


@pytest.mark.parametrize(
    ("changes", "what"),
    [
        ({"seat": SeatId("../07")}, "name"),
        ({"room": RoomId("")}, "name"),
        ({"head": "AB" * 32}, "digest"),
        ({"session_head": "ab"}, "digest"),
        ({"records": 0}, "count"),
        ({"package": -1}, "count"),
        ({"segments": (replace(SEGMENT, size=0),)}, "count"),
        ({"segments": (replace(SEGMENT, pictures=-1),)}, "count"),
        ({"segments": (replace(SEGMENT, digest="x"),)}, "digest"),
        ({"segments": (replace(SEGMENT, name="header.json"),)}, "segment-name"),
        ({"segments": (replace(SEGMENT, name="../a.age"),)}, "segment-name"),
        ({"segments": (SEGMENT, SEGMENT)}, "segment-twice"),
    ],
)
def test_a_header_that_cannot_be(changes: dict[str, Any], what: str) -> None:
    with pytest.raises(ContradictionError) as refused:
        enveloped(result(**changes))
    assert refused.value.data == {"what": what}


def test_a_bundle_is_not_endless() -> None:
    class Huge:
        """A file larger than a bundle may be; nothing of it is read."""

        size = LIMITS.total + 1

        def read_at(self, offset: int, length: int) -> bytes:
            raise AssertionError((offset, length))

    with pytest.raises(BundleTooLargeError):
        open_envelope(Huge(), root_pem=world().root.chain_pem)


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
        (lambda: b"".join(lines()) + b"\n", RecordLineError),
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
    elsewhere = replace(b.session_events()[0], place=b.place(seat=SeatId("99")))
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
    with pytest.raises(SealError):
        by = world().workstation
        write_result(io.BytesIO(), made().header, made().content, key=by.key, chain_pem=by.chain_pem, recipients=())
