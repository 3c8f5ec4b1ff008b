"""Signs files and checks who signed them, so that a forged package or result is refused by name.

Rules kept. ECDSA over P-256 with SHA-256 (FIPS 186-5), a DER signature in a file of its own beside `signer.pem` (leaf
first, no root), so that `openssl verify` and `openssl dgst -sha256 -verify` check the same two files. Before the
signature is looked at, `kiosk.crypto.path` judges the chain (its steps 1 to 6); step 7 is the signature over these very
bytes. Verification raises; nothing returns a bool.

What this module refuses to know: clocks, files, and what was signed.
"""

from collections.abc import Collection

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, load_pem_private_key

from kiosk.crypto import certificates
from kiosk.crypto.path import (
    ChainDepthError,
    DeniedError,
    ExpiredError,
    NotAnAuthorityError,
    PathLengthError,
    Signer,
    UnknownRootError,
    WrongCentreError,
    judge,
)
from kiosk.crypto.roles import MalformedTrustError, Role, WrongRoleError
from kiosk.errors import TrustError

__all__ = [
    "BadSignatureError",
    "ChainDepthError",
    "DeniedError",
    "ExpiredError",
    "MalformedTrustError",
    "NotAnAuthorityError",
    "PathLengthError",
    "Role",
    "Signer",
    "SigningKey",
    "UnknownRootError",
    "WrongCentreError",
    "WrongRoleError",
    "new_key",
    "verify",
    "verify_chain",
]

_HASH = ec.ECDSA(hashes.SHA256(), deterministic_signing=True)


class BadSignatureError(TrustError):
    """The signature does not belong to these bytes and this key. Data: `id`."""

    code = "trust/signature"


class SigningKey:
    """A P-256 private key. Its text form shows nothing."""

    __slots__ = ("_key",)

    def __init__(self, key: ec.EllipticCurvePrivateKey) -> None:
        certificates.p256(key.public_key())
        self._key = key

    @classmethod
    def from_pem(cls, pem: bytes) -> "SigningKey":
        """Read an unencrypted PKCS#8 key (RFC 5958); raises `MalformedTrustError`."""
        try:
            key = load_pem_private_key(pem, password=None)
        except certificates.LIBRARY_REFUSALS as cause:
            raise MalformedTrustError(part="private key") from cause
        if not isinstance(key, ec.EllipticCurvePrivateKey):
            raise MalformedTrustError(part="private key")
        return cls(key)

    def to_pem(self) -> bytes:
        """The key as unencrypted PKCS#8 in PEM; whoever stores it wraps it."""
        return self._key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())

    def public_pem(self) -> bytes:
        """The public half as SubjectPublicKeyInfo in PEM."""
        return certificates.public_pem(self._key.public_key())

    def sign(self, data: bytes) -> bytes:
        """Sign `data`: ECDSA, SHA-256, DER, the nonce derived from key and data (RFC 6979), so equal each time."""
        return self._key.sign(data, _HASH)

    @property
    def private(self) -> ec.EllipticCurvePrivateKey:
        """The library's own key object, for `kiosk.crypto.certify` alone."""
        return self._key


def new_key() -> SigningKey:
    """Make a fresh P-256 key."""
    return SigningKey(ec.generate_private_key(ec.SECP256R1()))


def verify(
    signature: bytes,
    data: bytes,
    *,
    chain_pem: bytes,
    root_pem: bytes,
    role: Role,
    at: int,
    denied: Collection[str] = frozenset(),
) -> Signer:
    """Return who signed `data`, or raise the `TrustError` leaf that says why it does not count.

    `at` is the instant to judge at in UTC epoch seconds; `denied` holds the fingerprints of withdrawn keys, of
    leaves and of authorities alike (`certificates.fingerprint`: SHA-256 over the public key, lower-case hex).
    """
    signer, key = judge(chain_pem=chain_pem, root_pem=root_pem, role=role, at=at, denied=denied)
    try:
        key.verify(signature, data, _HASH)  # step 7
    except InvalidSignature as cause:
        raise BadSignatureError(id=signer.id) from cause
    return signer


def verify_chain(
    *, chain_pem: bytes, root_pem: bytes, role: Role, at: int, denied: Collection[str] = frozenset()
) -> Signer:
    """Judge a chain without a signature, steps 1 to 6; arguments and errors as in `verify`."""
    return judge(chain_pem=chain_pem, root_pem=root_pem, role=role, at=at, denied=denied)[0]
