"""The invigilator's card: a printed share that half opens a room, and the PIN that goes with it.

Rules kept. A card is an id and 16 random bytes, printed as a QR code and as eight groups of six digits. Its text is
`KC1:<id>:<eight groups joined by ->:<check>`, the check being one more group over id and share, so that a misread id
shows too. What a package knows of a card is its verifier and its PIN's verifier; neither gives the share away. A PIN is
six digits, checked with the share in hand: it stops whoever finds a card from acting at a seat. Against a thief of card
and package together it is no protection, and it guards no key.

What this module refuses to know: who holds the card and how often a PIN was tried.
"""

import hashlib
import hmac
import re
import secrets
from dataclasses import dataclass, field

from kiosk.crypto.codes import CodeLengthError, decode_code, encode_groups, normalise_digits
from kiosk.crypto.derive import SALT_BYTES, demand_length, mac, prefixed
from kiosk.errors import UnlockError

SHARE_BYTES = 16
SHARE_GROUPS = 8
PIN_DIGITS = 6
VERIFIER_BYTES = 16
_MARK = "KC1"
_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9.-]{0,31}")
_MAX_TEXT = 400
_PARTS = 4


class BadCardError(UnlockError):
    """A text is not a card of ours. Data: `part`: text, id, share or check."""

    code = "unlock/bad-card"


class WrongPinError(UnlockError):
    """The PIN does not belong to this card."""

    code = "unlock/wrong-pin"


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """One invigilator card. The share is never shown by `repr`."""

    id: str
    share: bytes = field(repr=False)

    def __post_init__(self) -> None:
        """Refuse an id that does not fit between colons and a share of another length."""
        if not _ID.fullmatch(self.id):
            raise BadCardError(part="id")
        if len(self.share) != SHARE_BYTES:
            raise BadCardError(part="share")

    @classmethod
    def from_text(cls, text: str) -> "Card":
        """Read what the QR code says, to the letter; raises `BadCardError`, or the slip in a group."""
        parts = text.strip().split(":") if len(text) <= _MAX_TEXT else []
        if len(parts) != _PARTS or parts[0] != _MARK:
            raise BadCardError(part="text")
        card = cls.from_groups(parts[1], parts[2])
        if card.to_text() != text.strip():
            raise BadCardError(part="check")
        return card

    @classmethod
    def from_groups(cls, card_id: str, typed: str) -> "Card":
        """Read the eight groups as a person types them; raises the typing errors of `kiosk.crypto.codes`."""
        return cls(id=card_id, share=decode_code(typed, groups=SHARE_GROUPS))

    def groups(self) -> tuple[str, ...]:
        """The share as eight groups of six digits, for print."""
        return encode_groups(self.share)

    def to_text(self) -> str:
        """The text of the QR code."""
        check = hashlib.sha256(prefixed(b"kiosk card 1", self.id.encode(), self.share)).digest()[:2]
        return ":".join((_MARK, self.id, "-".join(self.groups()), *encode_groups(check)))


def new_card(card_id: str) -> Card:
    """Draw a card with a fresh share; raises `BadCardError` for an id that does not fit."""
    return Card(id=card_id, share=secrets.token_bytes(SHARE_BYTES))


def card_verifier(share: bytes) -> bytes:
    """Sixteen public bytes by which a package knows its own cards; raises `ShareLengthError`."""
    demand_length("share", share, SHARE_BYTES)
    return mac(share, b"kiosk card verifier 1")[:VERIFIER_BYTES]


def new_pin() -> str:
    """Draw a PIN of six digits."""
    return f"{secrets.randbelow(10**PIN_DIGITS):0{PIN_DIGITS}d}"


def pin_verifier(share: bytes, pin: str, *, salt: bytes) -> bytes:
    """Sixteen bytes that check a PIN once the share is in hand, and say nothing without it.

    `salt` is 16 bytes. Full-width digits and spaces in `pin` are taken. Raises `LetterInCodeError`,
    `CodeLengthError` (another number of digits than six) or `ShareLengthError`.
    """
    demand_length("share", share, SHARE_BYTES)
    demand_length("salt", salt, SALT_BYTES)
    digits = normalise_digits(pin)
    if len(digits) != PIN_DIGITS:
        raise CodeLengthError(expected=PIN_DIGITS, found=len(digits))
    return mac(share, b"kiosk pin 1", salt, digits.encode())[:VERIFIER_BYTES]


def check_pin(verifier: bytes, *, share: bytes, pin: str, salt: bytes) -> None:
    """Compare a typed PIN in constant time; raises `WrongPinError`, else as `pin_verifier`."""
    if not hmac.compare_digest(verifier, pin_verifier(share, pin, salt=salt)):
        raise WrongPinError
