"""What a slot of a round package opens: the keys of one session in one room.

Rules: slot_payload.md. Canonical JSON of one value; every key and seed is 32 bytes; a reader refuses everything else.
It does not know how the payload was wrapped, nor what the keys open.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import ClassVar, Final

from kiosk.errors import UnlockError
from kiosk.exam.vocabulary import BankId, CardId
from kiosk.formats import canonical, codec

PURPOSE: Final = "session"
"""The purpose a slot's header states when it holds this payload."""

LARGEST: Final = 1 << 18
_SECRET_BYTES: Final = 32


class SlotPayloadError(UnlockError):
    """A slot opened, but a key in it has another length than 32 bytes (`part`)."""

    code: ClassVar[str] = "unlock/payload"


@dataclass(frozen=True, slots=True, kw_only=True)
class BankSecret:
    """The key of a sealed bank and the seed that the forms drawn from it begin with."""

    key: bytes = field(repr=False)
    seed: bytes = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class SlotPayload:
    """All keys of a session: the room's, each bank's, the roster's, and each card's for going on after a crash."""

    room_key: bytes = field(repr=False)
    roster_key: bytes = field(repr=False)
    banks: Mapping[BankId, BankSecret]
    resume_keys: Mapping[CardId, bytes] = field(repr=False)


def encode_payload(payload: SlotPayload) -> bytes:
    """Write a payload; SlotPayloadError when a key is not 32 bytes."""
    _check(payload)
    return canonical.encode(codec.to_json(payload))


def decode_payload(data: bytes) -> SlotPayload:
    """Read a payload; CanonicalError, ShapeError or SlotPayloadError for anything that was not written above."""
    payload = codec.from_json(SlotPayload, canonical.decode(data, limit=LARGEST))
    _check(payload)
    return payload


def _check(payload: SlotPayload) -> None:
    for part, secret in _secrets(payload):
        if len(secret) != _SECRET_BYTES:
            raise SlotPayloadError(part=part)


def _secrets(payload: SlotPayload) -> Iterator[tuple[str, bytes]]:
    yield "room_key", payload.room_key
    yield "roster_key", payload.roster_key
    for bank, secret in payload.banks.items():
        yield bank, secret.key
        yield bank, secret.seed
    yield from payload.resume_keys.items()
