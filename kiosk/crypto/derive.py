"""Makes keys out of shares and wraps small secrets under them: the one place where both are done.

Rules kept. Keys come from HKDF-SHA256 (RFC 5869); every part of its input is preceded by its length in four bytes, so
that no two lists of parts can read as one. The release code alone is short enough to be guessed, so it is stretched by
Argon2id (RFC 9106) with costs that suite 1 fixes: a file cannot ask for more memory or for less work. A wrapped secret
is AES-256-GCM under a key and nonce of its own, both drawn from HKDF with a fresh 16-byte salt, so no pair is ever used
twice. What this module refuses to know: whose shares these are and what is wrapped.
"""

import hashlib
import hmac
import secrets
from collections.abc import Sequence

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from kiosk.errors import UnlockError

SUITE = 1
KEY_BYTES = 32
SALT_BYTES = 16
_NONCE_BYTES = 12
_LENGTH_BYTES = 4
_CHECK_BYTES = 8
_MEMORY_KIB = 128 * 1024
_PASSES = 3
_LANES = 1
_CODE_BYTES = (8, 16)
_MAX_NAME = 200


class SuiteError(UnlockError):
    """The file uses cryptography this program does not have. Data: `found`, `expected`."""

    code = "unlock/suite"


class ShareLengthError(UnlockError):
    """A code, share, salt or key has another length than suite 1 gives it. Data: `part`, `found` in bytes."""

    code = "unlock/share-length"


class MemoryForUnlockError(UnlockError):
    """This machine cannot give the 128 MiB that stretching a release code takes. Data: `needed`, in KiB."""

    code = "unlock/memory"


class UnlockNameError(UnlockError):
    """A package, session, card or purpose has no name of 1 to 200 printable characters. Data: `part`."""

    code = "unlock/name"


class UnwrapError(UnlockError):
    """A wrapped secret does not open: another key, another context, or altered bytes."""

    code = "unlock/unwrap"


def prefixed(*parts: bytes) -> bytes:
    """Join parts, each preceded by its length as four bytes, big endian."""
    return b"".join(len(part).to_bytes(_LENGTH_BYTES, "big") + part for part in parts)


def name_bytes(part: str, name: str) -> bytes:
    """A name as the UTF-8 bytes that go into a key; raises `UnlockNameError`."""
    if not 1 <= len(name) <= _MAX_NAME or not name.isprintable():
        raise UnlockNameError(part=part)
    return name.encode()


def hkdf(parts: Sequence[bytes], *, salt: bytes, info: bytes, length: int = KEY_BYTES) -> bytes:
    """HKDF-SHA256 over length-prefixed `parts`."""
    return HKDF(algorithm=hashes.SHA256(), length=length, salt=salt, info=info).derive(prefixed(*parts))


def mac(key: bytes, *parts: bytes) -> bytes:
    """HMAC-SHA256 over length-prefixed `parts`, 32 bytes."""
    return hmac.digest(key, prefixed(*parts), hashlib.sha256)


def demand_suite(found: int) -> None:
    """Refuse every suite but ours, before anything is computed; raises `SuiteError`."""
    if found != SUITE:
        raise SuiteError(found=found, expected=SUITE)


def demand_length(part: str, value: bytes, *allowed: int) -> None:
    """Refuse a secret or salt of another length; raises `ShareLengthError`."""
    if len(value) not in allowed:
        raise ShareLengthError(part=part, found=len(value))


def stretch(release_code: bytes, *, salt: bytes, suite: int) -> bytes:
    """Turn a release code (8 or 16 bytes) into the 32-byte release share.

    Argon2id, 128 MiB, 3 passes, 1 lane: about half a second. `salt` is the session's, 16 bytes. Raises `SuiteError`
    before any memory is taken, `ShareLengthError`, `MemoryForUnlockError`.
    """
    demand_suite(suite)
    demand_length("release code", release_code, *_CODE_BYTES)
    demand_length("salt", salt, SALT_BYTES)
    costs = Argon2id(salt=salt, length=KEY_BYTES, iterations=_PASSES, lanes=_LANES, memory_cost=_MEMORY_KIB)
    try:
        return costs.derive(release_code)
    except MemoryError as cause:
        raise MemoryForUnlockError(needed=_MEMORY_KIB) from cause


def new_salt() -> bytes:
    """Draw a 16-byte salt."""
    return secrets.token_bytes(SALT_BYTES)


def new_secret() -> bytes:
    """Draw a 32-byte key: room key, bank key, journal key, device secret."""
    return secrets.token_bytes(KEY_BYTES)


def key_check(key: bytes) -> bytes:
    """Eight public bytes that tell a wrong key from a damaged database. `key` must be a random one."""
    return mac(key, b"kiosk key check 1")[:_CHECK_BYTES]


def wrapping_key(parts: Sequence[bytes], *, salt: bytes, context: bytes) -> tuple[bytes, bytes]:
    """The AES-256 key and the 12-byte nonce that belong to one salt."""
    both = hkdf(parts, salt=salt, info=context, length=KEY_BYTES + _NONCE_BYTES)
    return both[:KEY_BYTES], both[KEY_BYTES:]


def wrap(payload: bytes, parts: Sequence[bytes], *, context: bytes) -> tuple[bytes, bytes]:
    """Wrap `payload` under secret `parts`, bound to `context`; returns the fresh salt and the sealed bytes."""
    salt = new_salt()
    key, nonce = wrapping_key(parts, salt=salt, context=context)
    return salt, AESGCM(key).encrypt(nonce, payload, context)


def unwrap(sealed: bytes, parts: Sequence[bytes], *, salt: bytes, context: bytes) -> bytes:
    """Undo `wrap`; raises `UnwrapError` without saying which part was wrong, because nobody can know."""
    key, nonce = wrapping_key(parts, salt=salt, context=context)
    try:
        return AESGCM(key).decrypt(nonce, sealed, context)
    except InvalidTag as cause:
        raise UnwrapError from cause
