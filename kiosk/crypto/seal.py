"""Seals what leaves a room so that only its recipient, the office, can open it.

Format: age v1, binary, X25519 recipients (C2SP `age.md`), so that the `age` command line opens the same files. A file
is opened whole or refused whole: nothing is returned before its last chunk has been authenticated. The ASCII-armoured
form and passphrase files are refused, because no file of ours has them and a passphrase file costs memory that its
writer chooses. What this module refuses to know: who the recipients are and what is inside.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

import pyrage

from kiosk.errors import SealError

_MAGIC = b"age-encryption.org/v1\n"
_RECIPIENT = "age1"
_NO_MATCH = "No matching keys found"
_HEADER_MAC = "Header MAC is invalid"


class NoRecipientError(SealError):
    """Something was to be sealed to nobody."""

    code = "seal/no-recipient"


class BadRecipientError(SealError):
    """A text is not an age X25519 recipient (`age1...`). Data: `position`, counted from 1."""

    code = "seal/bad-recipient"


class BadIdentityError(SealError):
    """A text is not an age X25519 secret key (`AGE-SECRET-KEY-1...`)."""

    code = "seal/bad-identity"


class NotSealedError(SealError):
    """The bytes are not a binary age v1 file at all."""

    code = "seal/not-sealed"


class NotForThisKeyError(SealError):
    """The file is sealed to other recipients."""

    code = "seal/not-for-this-key"


class HeaderChangedError(SealError):
    """The list of recipients at the head of the file has been changed."""

    code = "seal/header-changed"


class DamagedSealError(SealError):
    """The file is ours but cut short, lengthened or altered."""

    code = "seal/damaged"


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """A key pair for opening sealed files: `secret` stays with the office, `recipient` travels with a round."""

    secret: str = field(repr=False)
    recipient: str


def new_identity() -> Identity:
    """Make a fresh X25519 key pair in age's text forms."""
    made = pyrage.x25519.Identity.generate()
    return Identity(secret=str(made), recipient=str(made.to_public()))


def identity_of(secret: str) -> Identity:
    """Return the pair that belongs to a secret key; raises `BadIdentityError`."""
    parsed = _parse_secret(secret)
    return Identity(secret=secret, recipient=str(parsed.to_public()))


def seal(data: bytes, recipients: Sequence[str]) -> bytes:
    """Seal `data` so that each of `recipients` alone can open it.

    Raises `NoRecipientError` for an empty sequence and `BadRecipientError` for a text that is no recipient. Two calls
    never give the same bytes.
    """
    if not recipients:
        raise NoRecipientError
    return bytes(pyrage.encrypt(data, [_parse_recipient(text, n) for n, text in enumerate(recipients, start=1)]))


def open_sealed(data: bytes, secret: str) -> bytes:
    """Open a sealed file with the holder's secret key and return all of its content.

    Raises `NotSealedError`, `NotForThisKeyError`, `HeaderChangedError`, `DamagedSealError` or `BadIdentityError`.
    """
    if not data.startswith(_MAGIC):
        raise NotSealedError
    identity = _parse_secret(secret)
    try:
        return bytes(pyrage.decrypt(data, [identity]))
    except pyrage.DecryptError as cause:
        raise _refusal(str(cause)) from cause


def _refusal(reason: str) -> SealError:
    """Word for word what the library says; anything it may say one day besides these two is damage."""
    if reason == _NO_MATCH:
        return NotForThisKeyError()
    if reason == _HEADER_MAC:
        return HeaderChangedError()
    return DamagedSealError()


def _parse_recipient(text: str, position: int) -> pyrage.x25519.Recipient:
    try:
        if text.startswith(_RECIPIENT):
            return pyrage.x25519.Recipient.from_str(text)
    except (pyrage.RecipientError, UnicodeEncodeError) as cause:
        raise BadRecipientError(position=position) from cause
    raise BadRecipientError(position=position)


def _parse_secret(secret: str) -> pyrage.x25519.Identity:
    try:
        return pyrage.x25519.Identity.from_str(secret)
    except (pyrage.IdentityError, UnicodeEncodeError) as cause:
        raise BadIdentityError from cause
