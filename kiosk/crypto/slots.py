"""The slots of a round package: each holds a session's keys for one card, or for one pair of cards.

Rules kept. A slot opens with the release share and every card it names, and with nothing less: KEK = HKDF-SHA256 over
the release share and the card shares in the order of their ids, salted afresh, with the whole header as context. The
header states suite, version, purpose, package, session and cards, so a slot cannot be moved to another place; it also
carries a verifier of each card, so that a foreign card is told apart from a wrong code. Another suite or version is
refused before any memory is spent. The payload is bytes: this module refuses to know what they open.
"""

import hmac
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kiosk.crypto.card import VERIFIER_BYTES, Card, card_verifier
from kiosk.crypto.derive import (
    KEY_BYTES,
    SALT_BYTES,
    SUITE,
    SuiteError,
    UnwrapError,
    demand_length,
    demand_suite,
    name_bytes,
    prefixed,
    stretch,
    unwrap,
    wrap,
    wrapping_key,
)
from kiosk.errors import UnlockError

__all__ = [
    "SUITE",
    "CardsNeededError",
    "Slot",
    "SlotHeader",
    "SlotShapeError",
    "SlotVersionError",
    "SuiteError",
    "WrongCardError",
    "WrongCodeError",
    "encode_header",
    "find_card",
    "find_slot",
    "open_slot",
    "shares_of",
    "slot_header",
    "slot_key",
    "stretch",
    "wrap_slot",
]

VERSION = 1
MAX_CARDS = 2
_FORMAT = b"kiosk slot"


class SlotVersionError(UnlockError):
    """The slot has another layout than this program reads. Data: `found`, `expected`."""

    code = "unlock/version"


class SlotShapeError(UnlockError):
    """A slot's header is not in our shape. Data: `part`."""

    code = "unlock/slot"


class WrongCodeError(UnlockError):
    """The cards are right and the release code is not: a wrong, well-formed code."""

    code = "unlock/wrong-code"


class WrongCardError(UnlockError):
    """A card does not belong to this room and session. Data: `card`, its id, where one is known."""

    code = "unlock/wrong-card"


class CardsNeededError(UnlockError):
    """These cards open nothing together: another one is needed, or the same was shown twice. Data: `given`."""

    code = "unlock/cards-needed"


@dataclass(frozen=True, slots=True, kw_only=True)
class SlotHeader:
    """What a slot is for. `cards` are sorted ids, one or two; `verifiers` belong to them, in the same order."""

    suite: int = SUITE
    version: int = VERSION
    purpose: str
    package: str
    session: str
    cards: tuple[str, ...]
    verifiers: tuple[bytes, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """One wrapped payload: its header, the 16-byte salt of its key, and AES-256-GCM's output."""

    header: SlotHeader
    salt: bytes
    sealed: bytes


def slot_header(*, package: str, session: str, cards: Iterable[Card], purpose: str) -> SlotHeader:
    """Make the header of a slot for these cards, in any order; raises `CardsNeededError` or `UnlockNameError`."""
    ordered = sorted(cards, key=lambda card: card.id)
    header = SlotHeader(
        purpose=purpose,
        package=package,
        session=session,
        cards=tuple(card.id for card in ordered),
        verifiers=tuple(card_verifier(card.share) for card in ordered),
    )
    encode_header(header)
    return header


def shares_of(cards: Iterable[Card]) -> tuple[bytes, ...]:
    """The shares of cards in the order in which a header names them."""
    return tuple(card.share for card in sorted(cards, key=lambda card: card.id))


def encode_header(header: SlotHeader) -> bytes:
    """The header as the bytes that a slot's key and tag are bound to.

    Raises `SuiteError`, `SlotVersionError`, `CardsNeededError`, `SlotShapeError` or `UnlockNameError`.
    """
    demand_suite(header.suite)
    if header.version != VERSION:
        raise SlotVersionError(found=header.version, expected=VERSION)
    _demand_shape(header)
    names = {"purpose": header.purpose, "package": header.package, "session": header.session}
    cards = (name_bytes("card", card) for card in header.cards)
    return prefixed(
        _FORMAT,
        header.suite.to_bytes(4, "big"),
        header.version.to_bytes(4, "big"),
        *(name_bytes(part, name) for part, name in names.items()),
        prefixed(*cards),
        prefixed(*header.verifiers),
    )


def slot_key(header: SlotHeader, *, salt: bytes, release: bytes, shares: Sequence[bytes]) -> tuple[bytes, bytes]:
    """The key and nonce of a slot, for whoever checks the published vectors."""
    return wrapping_key((release, *shares), salt=salt, context=encode_header(header))


def wrap_slot(payload: bytes, *, release: bytes, shares: Sequence[bytes], header: SlotHeader) -> Slot:
    """Wrap `payload` for the cards that `header` names; `shares` in the header's order (see `shares_of`).

    `release` is the 32-byte stretched release code. Raises `WrongCardError` where a share is not its card's.
    """
    context = encode_header(header)
    _demand_shares(header, release, shares)
    salt, sealed = wrap(payload, (release, *shares), context=context)
    return Slot(header=header, salt=salt, sealed=sealed)


def open_slot(slot: Slot, *, release: bytes, shares: Sequence[bytes]) -> bytes:
    """Return the payload of a slot.

    Raises `SuiteError` or `SlotVersionError` first, then `CardsNeededError`, `WrongCardError`, and `WrongCodeError`
    when the cards are this slot's: the slot itself lies in a signed package, so only the code can be wrong then.
    """
    context = encode_header(slot.header)
    demand_length("salt", slot.salt, SALT_BYTES)
    _demand_shares(slot.header, release, shares)
    try:
        return unwrap(slot.sealed, (release, *shares), salt=slot.salt, context=context)
    except UnwrapError as cause:
        raise WrongCodeError from cause


def find_slot(slots: Iterable[Slot], *, cards: Iterable[Card], purpose: str, session: str) -> Slot:
    """Choose the slot that these cards open together, in whatever order they were shown.

    Raises `WrongCardError` for a card that none of the session's slots knows, and `CardsNeededError` where each card
    is known but no slot is for exactly these.
    """
    offered = tuple(slot for slot in slots if (slot.header.purpose, slot.header.session) == (purpose, session))
    shown = tuple(sorted(cards, key=lambda card: card.id))
    for card in shown:
        if not any(_knows(slot.header, card) for slot in offered):
            raise WrongCardError(card=card.id)
    ids = tuple(card.id for card in shown)
    for slot in offered:
        if slot.header.cards == ids:
            return slot
    raise CardsNeededError(given=len(set(ids)))


def find_card(slots: Iterable[Slot], share: bytes) -> Card:
    """Find whose share was typed, since eight groups do not say an id; raises `WrongCardError`."""
    wanted = card_verifier(share)
    for slot in slots:
        for card, verifier in zip(slot.header.cards, slot.header.verifiers, strict=False):
            if hmac.compare_digest(wanted, verifier):
                return Card(id=card, share=share)
    raise WrongCardError


def _knows(header: SlotHeader, card: Card) -> bool:
    wanted, pairs = card_verifier(card.share), zip(header.cards, header.verifiers, strict=False)
    return any(name == card.id and hmac.compare_digest(verifier, wanted) for name, verifier in pairs)


def _demand_shape(header: SlotHeader) -> None:
    if not 1 <= len(set(header.cards)) == len(header.cards) <= MAX_CARDS:
        raise CardsNeededError(given=len(set(header.cards)))
    if list(header.cards) != sorted(header.cards):
        raise SlotShapeError(part="cards")
    if [len(verifier) for verifier in header.verifiers] != [VERIFIER_BYTES] * len(header.cards):
        raise SlotShapeError(part="verifiers")


def _demand_shares(header: SlotHeader, release: bytes, shares: Sequence[bytes]) -> None:
    demand_length("release", release, KEY_BYTES)
    if len(shares) != len(header.cards):
        raise CardsNeededError(given=len(shares))
    for card, verifier, share in zip(header.cards, header.verifiers, shares, strict=True):
        if not hmac.compare_digest(verifier, card_verifier(share)):
            raise WrongCardError(card=card)
