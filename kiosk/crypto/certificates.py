"""Reads certificate files and the trust anchor strictly, before anybody judges them.

Rules kept: a chain file is PEM certificates (RFC 7468) and not one byte besides, at most 32 KiB and eight of them;
every key in it is P-256; whatever the library would refuse only on a second look is refused here on the first.
What this module refuses to know: roles, dates, and whether a chain leads anywhere.
"""

import hashlib
from datetime import UTC, datetime

from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from cryptography.x509.oid import NameOID

from kiosk.crypto.roles import DEMO_UNIT, MalformedTrustError
from kiosk.errors import TrustError

MAX_PEM_BYTES = 32 * 1024
MAX_CERTIFICATES = 8
_LAST_INSTANT = 32_503_680_000
LIBRARY_REFUSALS = (ValueError, TypeError, UnsupportedAlgorithm, x509.DuplicateExtension, x509.InvalidVersion)


class TrustTimeError(TrustError):
    """The instant is outside the years 1970 to 2999. Data: `at`."""

    code = "trust/time"


def moment(at: int) -> datetime:
    """Turn UTC epoch seconds into the aware time that X.509 libraries compare; raises `TrustTimeError`."""
    if not 0 <= at < _LAST_INSTANT:
        raise TrustTimeError(at=at)
    return datetime.fromtimestamp(at, tz=UTC)


def read_chain(chain_pem: bytes) -> tuple[x509.Certificate, ...]:
    """Read a chain file, leaf first; raises `MalformedTrustError`."""
    chain = _read_pem(chain_pem, "chain")
    if b"".join(one.public_bytes(Encoding.PEM) for one in chain) != chain_pem:
        raise MalformedTrustError(part="chain")
    return chain


def read_root(root_pem: bytes) -> x509.Certificate:
    """Read the trust anchor: exactly one certificate that signed itself. Comments around it are allowed."""
    found = _read_pem(root_pem, "root")
    if len(found) != 1 or not issued_by(found[0], found[0]):
        raise MalformedTrustError(part="root")
    return found[0]


def _read_pem(pem: bytes, part: str) -> tuple[x509.Certificate, ...]:
    if len(pem) > MAX_PEM_BYTES:
        raise MalformedTrustError(part=part)
    try:
        found = tuple(x509.load_pem_x509_certificates(pem))
        for certificate in found:
            _read_fully(certificate)
    except LIBRARY_REFUSALS as cause:
        raise MalformedTrustError(part=part) from cause
    if len(found) > MAX_CERTIFICATES:
        raise MalformedTrustError(part=part)
    return found


def _read_fully(certificate: x509.Certificate) -> None:
    p256(certificate.public_key())
    _ = (certificate.version, certificate.extensions, certificate.subject, certificate.issuer)
    _ = (certificate.not_valid_before_utc, certificate.not_valid_after_utc)


def p256(key: object) -> ec.EllipticCurvePublicKey:
    """Return `key` if it is a P-256 public key; raises `MalformedTrustError`."""
    if isinstance(key, ec.EllipticCurvePublicKey) and isinstance(key.curve, ec.SECP256R1):
        return key
    raise MalformedTrustError(part="key")


def issued_by(certificate: x509.Certificate, issuer: x509.Certificate) -> bool:
    """Say whether `certificate` names `issuer` and its key made the signature."""
    try:
        certificate.verify_directly_issued_by(issuer)
    except (InvalidSignature, *LIBRARY_REFUSALS):
        return False
    return True


def path_limit(certificate: x509.Certificate) -> int | None:
    """How many authorities may stand between this one and a leaf; None if it is no authority.

    An authority that states no limit counts as 8, more than any chain of ours.
    """
    try:
        constraints = certificate.extensions.get_extension_for_class(x509.BasicConstraints).value
    except x509.ExtensionNotFound:
        return None
    if not constraints.ca:
        return None
    return MAX_CERTIFICATES if constraints.path_length is None else constraints.path_length


def key_digest(key: ec.EllipticCurvePublicKey) -> bytes:
    """SHA-256 over a public key's SubjectPublicKeyInfo in DER, 32 bytes."""
    return hashlib.sha256(key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)).digest()


def fingerprint(certificate: x509.Certificate) -> str:
    """The digest of the certificate's key, 64 lower-case hex digits.

    Not of the certificate itself: an ECDSA signature (r, s) is as good as (r, n - s), so whoever holds a withdrawn
    certificate could write it anew with another digest. The key in it cannot be changed.
    """
    return key_digest(p256(certificate.public_key())).hex()


def public_pem(key: ec.EllipticCurvePublicKey) -> bytes:
    """A public key as SubjectPublicKeyInfo in PEM, the form `openssl dgst -verify` reads."""
    return key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)


def common_name(certificate: x509.Certificate) -> str:
    """The readable name in the subject, or an empty text."""
    found = certificate.subject.get_attributes_for_oid(NameOID.COMMON_NAME)
    return str(found[0].value) if found else ""


def is_rehearsal(root: x509.Certificate) -> bool:
    """Say whether everything below this root is a rehearsal."""
    units = root.subject.get_attributes_for_oid(NameOID.ORGANIZATIONAL_UNIT_NAME)
    return any(unit.value == DEMO_UNIT for unit in units)
