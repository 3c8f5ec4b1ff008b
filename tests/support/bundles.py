"""Real files for tests: journals, packages, result and evidence bundles, signed in the small world of certificates."""

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from kiosk.crypto.card import Card
from kiosk.crypto.certify import Certified
from kiosk.crypto.seal import Identity, new_identity
from kiosk.crypto.slots import Slot, slot_header, wrap_slot
from kiosk.exam.events import Seated
from kiosk.exam.round import Round
from kiosk.exam.rules import LockLevel
from kiosk.exam.sitting import replay
from kiosk.exam.vocabulary import MINUTE
from kiosk.formats.bundle_file import BundleHeader, ResultContent, SegmentEntry, write_evidence, write_result
from kiosk.formats.codec import encode_event
from kiosk.formats.journal import ChainState, Record, extend, open_epoch
from kiosk.formats.package_file import write_package
from kiosk.formats.source import BytesSource
from tests.crypto.world import world
from tests.support import builders as b

NOW = b.START // 1000
SESSION_JOURNAL = f"session.2026-11.3.{b.ROOM}.{b.SESSION}.{b.SEAT}"
PICTURES = (b"age-encryption.org/v1 first segment \xf0\xac\xad\x9a", b"age-encryption.org/v1 second segment")


@cache
def office() -> Identity:
    """The age identity of the results office."""
    return new_identity()


def recipients() -> tuple[str, ...]:
    """To whom results are sealed."""
    return (office().recipient,)


def begin(journal: str, signer: Certified | None = None, **changes: Any) -> tuple[Record, ChainState]:
    """Open the first epoch of a journal."""
    by = signer or world().workstation
    given: dict[str, Any] = {"epoch": 0, "seq": 0, "head": b"", "recipients": recipients(), **changes}
    return open_epoch(journal, signer=by.key, chain_pem=by.chain_pem, **given)


def journal(name: str, bodies: Iterable[bytes], signer: Certified | None = None) -> tuple[Record, ...]:
    """A journal of one epoch with these bodies."""
    record, state = begin(name, signer)
    records = [record]
    for body in bodies:
        record, state = extend(state, body)
        records.append(record)
    return tuple(records)


def two_epochs(name: str, bodies: Sequence[bytes], cut: int) -> tuple[Record, ...]:
    """A journal whose program was started again after `cut` bodies."""
    before = journal(name, bodies[:cut])
    last = before[-1]
    record, state = begin(name, epoch=1, seq=last.seq + 1, head=last.hash)
    records = [*before, record]
    for body in bodies[cut:]:
        record, state = extend(state, body)
        records.append(record)
    return tuple(records)


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """Everything a result bundle is made of."""

    header: BundleHeader
    content: ResultContent


@cache
def made() -> Made:
    """A sound sitting with two segments, as a seat would seal it."""
    session = journal(SESSION_JOURNAL, [encode_event(event) for event in b.session_events()])
    segments = tuple(b.segment(number, 31_000 + number, data) for number, data in enumerate(PICTURES, 1))
    events = b.sitting_events(session[-1].hash.hex(), segments)
    first, *rest = events
    assert isinstance(first, Seated)
    assert replay(first, rest, b.rules()).phase.closed
    records = two_epochs(b.SITTING, [encode_event(event) for event in events], 9)
    return Made(header=header_of(records, session), content=ResultContent(records=records, session=session))


def header_of(records: Sequence[Record], session: Sequence[Record], **changes: Any) -> BundleHeader:
    """The header that belongs to two journals."""
    header = BundleHeader(
        bundle=b.SITTING,
        round=b.place().round,
        package=3,
        room=b.ROOM,
        session=b.SESSION,
        seat=b.SEAT,
        workstation=b.WORKSTATION,
        records=len(records),
        head=records[-1].hash.hex(),
        session_records=len(session),
        session_head=session[-1].hash.hex(),
        ended=b.START + 40 * MINUTE,
        segments=tuple(
            SegmentEntry(name=one.name, digest=one.digest, size=one.size, pictures=one.pictures)
            for one in (b.segment(number, 0, data) for number, data in enumerate(PICTURES, 1))
        ),
        rehearsal=False,
        lock_level=LockLevel.DESKTOP,
    )
    return replace(header, **changes)


def result(signer: Certified | None = None, content: ResultContent | None = None, **changes: Any) -> bytes:
    """A result bundle; `changes` falsify its header."""
    by, out = signer or world().workstation, io.BytesIO()
    write_result(
        out,
        replace(made().header, **changes),
        content or made().content,
        key=by.key,
        chain_pem=by.chain_pem,
        recipients=recipients(),
    )
    return out.getvalue()


def evidence(
    segments: Iterable[tuple[str, bytes]] | None = None, signer: Certified | None = None, **changes: Any
) -> bytes:
    """An evidence bundle; `changes` falsify its header."""
    by, out = signer or world().workstation, io.BytesIO()
    header = replace(made().header, **changes)
    named = zip((entry.name for entry in made().header.segments), PICTURES, strict=True)
    sources = ((name, BytesSource(data)) for name, data in (segments if segments is not None else named))
    write_evidence(out, header, sources, key=by.key, chain_pem=by.chain_pem)
    return out.getvalue()


@cache
def round_() -> Round:
    """A sound round for the office of these tests."""
    return b.round_(recipients())


def slots(of: Round | None = None, **changes: Any) -> tuple[Slot, ...]:
    """One slot for each card of a round; the release share is 32 zeros."""
    round_now = of or round_()
    given: dict[str, Any] = {"package": round_now.package_id, "session": b.SESSION, "purpose": "session", **changes}
    cards = [Card(id=entry.id, share=entry.id.encode().ljust(16, b"*")) for entry in round_now.cards]
    return tuple(
        wrap_slot(b"payload", release=bytes(32), shares=[card.share], header=slot_header(cards=[card], **given))
        for card in cards
    )


def files(of: Round | None = None) -> dict[str, bytes]:
    """Sealed members of a package, as far as this layer looks at them."""
    return {"roster.db": b"sealed roster", **{entry.file: b"sealed bank" * 9 for entry in (of or round_()).banks}}


def package(signer: Certified | None = None, of: Round | None = None) -> bytes:
    """A signed round package."""
    by, out, round_now = signer or world().round_signer, io.BytesIO(), of or round_()
    write_package(out, round_now, slots(round_now), files(round_now), key=by.key, chain_pem=by.chain_pem)
    return out.getvalue()
