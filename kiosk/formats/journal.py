"""The chained record of a sitting or a session: what its records look like, and whether a whole journal holds.

Rules and numbered steps: journal.md. Every record carries the hash of everything before it and a tag by a key that
changes with each record; each run of the program opens an epoch, which the workstation signs and whose key is sealed
to the office. The chain can be checked by anybody, the epochs by whoever has the trust anchor, the tags only by the
office. It does not know what the records say.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import ClassVar, Final

from kiosk.crypto import certificates, chain
from kiosk.crypto.derive import new_secret
from kiosk.crypto.seal import open_sealed, seal
from kiosk.crypto.sign import Role, Signer, SigningKey, verify
from kiosk.errors import JournalError
from kiosk.formats import canonical, codec
from kiosk.formats.canonical import JsonValue

FORMAT: Final = "kiosk-journal"
VERSION: Final = 1
SUITE: Final = 1
_EPOCH_TAG: Final = b'"class":"Epoch"'


class EmptyJournalError(JournalError):
    """There is no record (`journal`)."""

    code: ClassVar[str] = "journal/empty"


class JournalNumberError(JournalError):
    """Records are missing, repeated or out of order: `expected` and `found` numbers."""

    code: ClassVar[str] = "journal/numbering"


class JournalHashError(JournalError):
    """A record was changed, or follows another one than it was written after (`seq`)."""

    code: ClassVar[str] = "journal/hash"


class JournalEpochError(JournalError):
    """The records are not divided into epochs as they must be (`seq`, `rule`)."""

    code: ClassVar[str] = "journal/epoch"


class ForeignJournalError(JournalError):
    """The records belong to another journal (`expected`, `found`)."""

    code: ClassVar[str] = "journal/foreign"


class JournalSignerError(JournalError):
    """An epoch was opened by another workstation than the one that speaks for the journal (`seq`)."""

    code: ClassVar[str] = "journal/other-signer"


class JournalTagError(JournalError):
    """A record does not carry the tag its key makes: it was written by somebody without the key (`seq`)."""

    code: ClassVar[str] = "journal/tag"


class ForeignKeyError(JournalError):
    """The sealed key of an epoch is another journal's or epoch's (`seq`)."""

    code: ClassVar[str] = "journal/foreign-key"


class JournalVersionError(JournalError):
    """An epoch was written in a layout this program does not read (`format`, `version`, `suite`)."""

    code: ClassVar[str] = "journal/version"


class RecordLineError(JournalError):
    """A line of a journal file is not a record (`rule`)."""

    code: ClassVar[str] = "journal/line"


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """The most a journal may hold; a reader refuses more before it spends time on it."""

    records: int = 200_000
    epochs: int = 1_000
    body: int = codec.LARGEST_EVENT
    line: int = codec.LARGEST_EVENT + 512


LIMITS: Final = Limits()


class TooLongJournalError(JournalError):
    """The journal holds more than a journal may (`limit`)."""

    code: ClassVar[str] = "journal/too-long"


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One record: number, epoch, canonical body, hash of all up to here, tag by the key of this record."""

    seq: int
    epoch: int
    body: bytes
    hash: bytes
    tag: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class ChainState:
    """Where a journal goes on: the number, epoch, hash and key the next record needs."""

    journal: str
    seq: int
    epoch: int
    head: bytes
    key: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class ChainEnd:
    """The last record of a journal that holds: its number, epoch and hash."""

    seq: int
    epoch: int
    head: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Epoch:
    """The body of the record that opens an epoch; `signature` covers the same object without it."""

    format: str
    version: int
    suite: int
    journal: str
    epoch: int
    seq: int
    head: bytes
    signer: str
    sealed: bytes
    signature: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class EpochKey:
    """What is sealed in an epoch: the key of its first record, and for which epoch it is."""

    journal: str
    epoch: int
    key: bytes


def open_epoch(
    journal: str,
    *,
    epoch: int,
    seq: int,
    head: bytes,
    signer: SigningKey,
    chain_pem: bytes,
    recipients: Sequence[str],
) -> tuple[Record, ChainState]:
    """Begin an epoch with a fresh key; `head` is empty for the first record of a journal."""
    before = head or chain.genesis(journal.encode())
    key = EpochKey(journal=journal, epoch=epoch, key=new_secret())
    unsigned = Epoch(
        format=FORMAT,
        version=VERSION,
        suite=SUITE,
        journal=journal,
        epoch=epoch,
        seq=seq,
        head=before,
        signer=certificates.fingerprint(certificates.read_chain(chain_pem)[0]),
        sealed=seal(canonical.encode(codec.to_json(key)), recipients),
        signature=b"",
    )
    value = _without_signature(codec.to_json(unsigned))
    signature = signer.sign(canonical.encode(value))
    body = canonical.encode({**value, "signature": signature.hex()})
    return extend(ChainState(journal=journal, seq=seq, epoch=epoch, head=before, key=key.key), body)


def extend(state: ChainState, body: bytes) -> tuple[Record, ChainState]:
    """Chain one more record, and say where the journal goes on."""
    mark = chain.row_hash(state.head, state.seq, state.epoch, body)
    record = Record(seq=state.seq, epoch=state.epoch, body=body, hash=mark, tag=chain.row_tag(state.key, mark))
    key = chain.evolve(state.key)
    return record, ChainState(journal=state.journal, seq=state.seq + 1, epoch=state.epoch, head=mark, key=key)


def is_epoch(record: Record) -> bool:
    """Tell whether a record opens an epoch; all others are events."""
    return _EPOCH_TAG in record.body and read_epoch(record) is not None


def read_epoch(record: Record) -> Epoch | None:
    """Return what an opening record says, or None for an event. CanonicalError, ShapeError, JournalVersionError."""
    if _EPOCH_TAG not in record.body:
        return None
    value = canonical.decode(record.body, limit=LIMITS.body)
    if not isinstance(value, dict) or value.get(codec.TAG) != Epoch.__name__:
        return None
    if (value.get("format"), value.get("version"), value.get("suite")) != (FORMAT, VERSION, SUITE):
        raise JournalVersionError(**{name: str(value.get(name)) for name in ("format", "version", "suite")})
    return codec.from_json(Epoch, value)


def check_chain(journal: str, records: Iterable[Record], limits: Limits = LIMITS) -> ChainEnd:
    """Take steps 1 to 6 of journal.md, which need no key, and return the end of the journal."""
    head, epoch, end, opened = chain.genesis(journal.encode()), -1, None, 0
    for seq, record in enumerate(records):
        if seq >= limits.records or len(record.body) > limits.body:  # step 1
            raise TooLongJournalError(limit=limits.records)
        if record.seq != seq:  # step 2
            raise JournalNumberError(expected=seq, found=record.seq)
        opening = read_epoch(record)  # step 3
        if opening is not None:
            _check_opening(journal, opening, record, head, epoch)  # step 4
            epoch, opened = record.epoch, opened + 1
        if record.epoch != epoch or opened > limits.epochs:  # step 5
            raise JournalEpochError(seq=seq, rule="number")
        if chain.row_hash(head, seq, record.epoch, record.body) != record.hash:  # step 6
            raise JournalHashError(seq=seq)
        head = record.hash
        end = ChainEnd(seq=seq, epoch=epoch, head=head)
    if end is None:
        raise EmptyJournalError(journal=journal)
    return end


def check_epochs(
    journal: str,
    records: Iterable[Record],
    *,
    chain_pem: bytes,
    root_pem: bytes,
    at: int,
    denied: Collection[str] = frozenset(),
) -> Signer:
    """Take step 7: every epoch is signed by the workstation of this chain. TrustError, JournalSignerError."""
    signer = None
    for record in records:
        opening = read_epoch(record)
        if opening is None:
            continue
        if opening.journal != journal:
            raise ForeignJournalError(expected=journal, found=opening.journal)
        value = _without_signature(codec.to_json(opening))
        signer = verify(
            opening.signature,
            canonical.encode(value),
            chain_pem=chain_pem,
            root_pem=root_pem,
            role=Role.WORKSTATION,
            at=at,
            denied=denied,
        )
        if opening.signer != signer.fingerprint:
            raise JournalSignerError(seq=record.seq)
    if signer is None:
        raise EmptyJournalError(journal=journal)
    return signer


def check_tags(records: Iterable[Record], secret: str) -> None:
    """Take step 8 with the office's key: every record carries the tag of its own key. SealError, JournalTagError."""
    key = b""
    for record in records:
        opening = read_epoch(record)
        key = _open_key(opening, record, secret) if opening is not None else key
        if not key:
            raise JournalEpochError(seq=record.seq, rule="first")
        try:
            chain.check_row_tag(key, record.hash, record.tag)
        except chain.RowTagError as cause:
            raise JournalTagError(seq=record.seq) from cause
        key = chain.evolve(key)


def record_to_line(record: Record) -> bytes:
    """Write a record as one line of canonical JSON, the body as it stands."""
    numbers = b',"epoch":%d,"hash":"%s","seq":%d,"tag":"%s"}\n'
    rest = (record.epoch, record.hash.hex().encode(), record.seq, record.tag.hex().encode())
    return b'{"body":' + record.body + numbers % rest


def record_from_line(line: bytes) -> Record:
    """Read a line that `record_to_line` wrote. CanonicalError, RecordLineError."""
    if not line.endswith(b"\n"):
        raise RecordLineError(rule="end")
    value = canonical.decode(line[:-1], limit=LIMITS.line)
    if not isinstance(value, dict) or "body" not in value:
        raise RecordLineError(rule="body")
    body = canonical.encode(value["body"])
    record = codec.from_json(Record, {**value, codec.TAG: Record.__name__, "body": body.hex()})
    if (len(record.hash), len(record.tag)) != (chain.HASH_BYTES, chain.HASH_BYTES):
        raise RecordLineError(rule="hash")
    return record


def _without_signature(value: JsonValue) -> dict[str, JsonValue]:
    """Return what an epoch's signature covers."""
    assert isinstance(value, dict)  # noqa: S101 - a dataclass is written as an object
    return {name: part for name, part in value.items() if name != "signature"}


def _check_opening(journal: str, opening: Epoch, record: Record, head: bytes, epoch: int) -> None:
    if opening.journal != journal:
        raise ForeignJournalError(expected=journal, found=opening.journal)
    if (opening.epoch, record.epoch) != (epoch + 1, epoch + 1):
        raise JournalEpochError(seq=record.seq, rule="number")
    if (opening.seq, opening.head) != (record.seq, head):
        raise JournalEpochError(seq=record.seq, rule="place")


def _open_key(opening: Epoch, record: Record, secret: str) -> bytes:
    sealed = canonical.decode(open_sealed(opening.sealed, secret), limit=LIMITS.line)
    key = codec.from_json(EpochKey, sealed)
    if (key.journal, key.epoch) != (opening.journal, opening.epoch) or len(key.key) != chain.HASH_BYTES:
        raise ForeignKeyError(seq=record.seq)
    return key.key
