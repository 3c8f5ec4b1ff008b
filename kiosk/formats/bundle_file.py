"""The result bundle: a sitting's whole journal, sealed to the office and signed by the seat that kept it.

Rules and numbered steps: bundle_file.md. The envelope can be checked by anybody with the trust anchor; what is in it
only by the office, and only whole: both journals hold in every link, epoch and tag, belong to this envelope and its
signer, and say what the header and the summary say. It does not know scores, nor whether the sitting kept the rules of
its round: `kiosk.exam.sitting.replay` judges that.
"""

import io
import zlib
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import BinaryIO, ClassVar, Final

from kiosk.crypto.seal import open_sealed, seal
from kiosk.crypto.sign import Signer, SigningKey
from kiosk.errors import BundleError
from kiosk.exam import events as e
from kiosk.exam.session import SessionEvent, SessionOpened, TriesLost
from kiosk.formats import canonical, codec
from kiosk.formats.bundle_header import (
    HEADER,
    NAMES,
    BundleDamagedError,
    BundleHeader,
    BundleSuiteError,
    BundleTooLargeError,
    BundleVersionError,
    ContradictionError,
    MalformedBundleError,
    NotABundleError,
    OtherWorkstationError,
    RehearsalMismatchError,
    SegmentEntry,
    open_bundle,
    write_bundle,
)
from kiosk.formats.container import ContainerError, Limits, Member, naming
from kiosk.formats.evidence_file import Evidence, OtherSittingError, open_evidence, write_evidence
from kiosk.formats.journal import (
    LIMITS as JOURNAL_LIMITS,
)
from kiosk.formats.journal import (
    ChainEnd,
    Record,
    RecordLineError,
    TooLongJournalError,
    check_chain,
    check_epochs,
    check_tags,
    is_epoch,
    read_epoch,
    record_from_line,
    record_to_line,
)
from kiosk.formats.result_summary import Ending, ResultItem, ResultSummary, summary_of
from kiosk.formats.source import BytesSource, Source
from kiosk.formats.stored_zip import ZipWriter, read_blocks, read_directory

__all__ = [
    "BundleDamagedError",
    "BundleHeadError",
    "BundleHeader",
    "BundleSuiteError",
    "BundleTooLargeError",
    "BundleVersionError",
    "ContradictionError",
    "Ending",
    "Envelope",
    "Evidence",
    "MalformedBundleError",
    "NotABundleError",
    "OpenedResult",
    "OtherSittingError",
    "OtherWorkstationError",
    "RehearsalMismatchError",
    "ResultContent",
    "ResultItem",
    "ResultSummary",
    "SegmentEntry",
    "open_envelope",
    "open_evidence",
    "open_result",
    "summary_of",
    "write_evidence",
    "write_result",
]

FORMAT: Final = "kiosk-result"
SEALED: Final = "result.age"
JOURNAL, SESSION, RESULT = "journal.jsonl", "session.jsonl", "result.json"
LIMITS: Final = Limits(total=32 << 20, entries=16, member=31 << 20, tag=1 << 20)


class BundleHeadError(BundleError):
    """A journal in the bundle is shorter than the header says, or ends otherwise (`which`, `expected`, `found`)."""

    code: ClassVar[str] = "bundle/head"


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultContent:
    """What is sealed: the journal of the sitting and that of its session up to now, as they stand on disk."""

    records: tuple[Record, ...]
    session: tuple[Record, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Envelope:
    """A result bundle whose outside held: who signed what header at which time, and the sealed part unopened."""

    header: BundleHeader
    signer: Signer
    digest: str
    chain_pem: bytes
    judged_at: int
    sealed: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenedResult:
    """A result bundle that held in every step."""

    header: BundleHeader
    signer: Signer
    digest: str
    events: tuple[e.Event, ...]
    session_events: tuple[SessionEvent, ...]
    records: tuple[Record, ...]
    session_records: tuple[Record, ...]
    summary: ResultSummary


def write_result(
    out: BinaryIO,
    header: BundleHeader,
    content: ResultContent,
    *,
    key: SigningKey,
    chain_pem: bytes,
    recipients: Sequence[str],
) -> str:
    """Write, seal and sign a result bundle and return its digest. ContradictionError when the sitting is not over."""
    summary = summary_of(_events(content.records))
    inner = {
        JOURNAL: b"".join(record_to_line(record) for record in content.records),
        RESULT: canonical.encode(codec.to_json(summary)),
        SESSION: b"".join(record_to_line(record) for record in content.session),
    }
    sealed = Member.of(SEALED, seal(_pack(inner), recipients))
    return write_bundle(out, FORMAT, header, [sealed], key=key, chain_pem=chain_pem)


def open_envelope(
    source: Source, *, root_pem: bytes, at: int | None = None, denied: Collection[str] = frozenset()
) -> Envelope:
    """Take steps 1 to 18 of bundle_file.md. BundleError, TrustError.

    `at` is when the certificates are judged, UTC epoch seconds; None for the end of the sitting as the header has it.
    """
    container, header = open_bundle(source, FORMAT, LIMITS, root_pem=root_pem, at=at, denied=denied)
    if set(container.names) != {HEADER, SEALED}:  # step 18
        raise ContradictionError(what="members")
    with naming(NAMES):
        sealed = container.read(SEALED)
    return Envelope(
        header=header,
        signer=container.signer,
        digest=container.digest,
        chain_pem=container.chain_pem,
        judged_at=container.info.judge_at if at is None else at,
        sealed=sealed,
    )


def open_result(envelope: Envelope, secret: str, *, root_pem: bytes) -> OpenedResult:
    """Take steps 19 to 27 with the office's key. SealError, JournalError, TrustError, BundleError."""
    header = envelope.header
    with naming(NAMES):
        inner = _unpack(open_sealed(envelope.sealed, secret))  # step 19
        records, session = _records(inner[JOURNAL]), _records(inner[SESSION])
        _check_head("sitting", check_chain(header.bundle, records), header.records, header.head)  # step 22
        _check_head("session", check_chain(_name_of(session), session), header.session_records, header.session_head)
        for journal, part in ((header.bundle, records), (_name_of(session), session)):
            check_epochs(  # step 23
                journal, part, chain_pem=envelope.chain_pem, root_pem=root_pem, at=envelope.judged_at
            )
            check_tags(part, secret)  # step 24
        events = _events(records)  # step 25
        session_events = tuple(codec.decode_session_event(one.body) for one in session if not is_epoch(one))
        written = codec.from_json(ResultSummary, canonical.decode(inner[RESULT], limit=LIMITS.member))
    _check_belongs(header, events, session_events, session)
    if summary_of(events) != written:  # step 27
        raise ContradictionError(what="summary")
    return OpenedResult(
        header=header,
        signer=envelope.signer,
        digest=envelope.digest,
        events=events,
        session_events=session_events,
        records=records,
        session_records=session,
        summary=written,
    )


def _pack(members: Mapping[str, bytes]) -> bytes:
    out = io.BytesIO()
    archive = ZipWriter(out)
    for name, data in members.items():
        archive.add(name, len(data), (data,))
    archive.finish()
    return out.getvalue()


def _unpack(data: bytes) -> dict[str, bytes]:
    """Step 20: a plain ZIP of exactly these three."""
    source = BytesSource(data)
    try:
        entries = read_directory(source, LIMITS)
    except ContainerError as refusal:
        raise MalformedBundleError(what="content") from refusal
    inner = {entry.name: b"".join(read_blocks(source, entry)) for entry in entries}
    if [*inner] != [JOURNAL, RESULT, SESSION] or any(zlib.crc32(inner[entry.name]) != entry.crc for entry in entries):
        raise MalformedBundleError(what="content")
    return inner


def _records(lines: bytes) -> tuple[Record, ...]:
    """Step 21: every line a record."""
    parts = lines.split(b"\n", JOURNAL_LIMITS.records)
    if len(parts) > JOURNAL_LIMITS.records:
        raise TooLongJournalError(limit=JOURNAL_LIMITS.records)
    if parts.pop():
        raise RecordLineError(rule="end")
    return tuple(record_from_line(part + b"\n") for part in parts)


def _name_of(session: Sequence[Record]) -> str:
    """The session journal's own name; what it says of its place is compared in step 26."""
    opening = read_epoch(session[0]) if session else None
    return opening.journal if opening else ""


def _check_head(which: str, end: ChainEnd, records: int, head: str) -> None:
    """Step 22: the journal is as long as the header says and ends as it says."""
    if (end.seq + 1, end.head.hex()) != (records, head):
        raise BundleHeadError(which=which, expected=records, found=end.seq + 1)


def _events(records: Iterable[Record]) -> tuple[e.Event, ...]:
    return tuple(codec.decode_event(record.body) for record in records if not is_epoch(record))


def _check_belongs(
    header: BundleHeader, events: Sequence[e.Event], session: Sequence[SessionEvent], records: Sequence[Record]
) -> None:
    """Step 26: both journals are of this place, and of each other."""
    place = e.Place(
        round=header.round,
        package=header.package,
        room=header.room,
        session=header.session,
        seat=header.seat,
        workstation=header.workstation,
    )
    first, opened = (events or (None,))[0], (session or (None,))[0]
    if not isinstance(first, e.Seated) or not isinstance(opened, SessionOpened):
        raise ContradictionError(what="first-record")
    if first.place != place or opened.place != place:
        raise ContradictionError(what="place")
    if (first.sitting, first.lock_level) != (header.bundle, header.lock_level):
        raise ContradictionError(what="sitting")
    mended = any(isinstance(event, TriesLost) for event in session)
    if not mended and first.session_head not in {record.hash.hex() for record in records}:
        raise ContradictionError(what="session-head")
    kept = [event for event in events if isinstance(event, e.SegmentKept)]
    listed = [
        SegmentEntry(name=event.name, digest=event.digest, size=event.size, pictures=event.pictures) for event in kept
    ]
    if list(header.segments) != listed:
        raise ContradictionError(what="segments")
    ended = summary_of(events).ended
    if header.ended not in {ended.wall, ended.room}:
        raise ContradictionError(what="ended")
