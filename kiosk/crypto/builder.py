"""Puts one X.509 certificate together, in the only shapes that exist here: an authority or a leaf.

Rules kept (RFC 5280): basic constraints and key usage are critical, nothing else is; subject and authority key
identifiers are present; the serial number has 159 random bits; ECDSA with SHA-256. What this module refuses to know:
who may issue what (`kiosk.crypto.certify` does).
"""

from dataclasses import dataclass
from datetime import datetime

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from kiosk.crypto.roles import Role
from kiosk.errors import TrustError

_NAME_LENGTH = 64


class NameTrustError(TrustError):
    """A name for a certificate must have 1 to 64 printable characters. Data: `length`."""

    code = "trust/name"


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """One certificate to be made. `path_limit` is None for a leaf, whose `role` then says what it is for."""

    subject: x509.Name
    issuer: x509.Name
    public_key: ec.EllipticCurvePublicKey
    start: datetime
    end: datetime
    path_limit: int | None
    role: Role | None
    uris: tuple[str, ...]


def name(common: str, unit: str | None = None) -> x509.Name:
    """A subject: the readable name, and above it a unit if there is one; raises `NameTrustError`."""
    if not 1 <= len(common) <= _NAME_LENGTH or not common.isprintable():
        raise NameTrustError(length=len(common))
    attributes = [x509.NameAttribute(NameOID.COMMON_NAME, common)]
    if unit is not None:
        attributes.insert(0, x509.NameAttribute(NameOID.ORGANIZATIONAL_UNIT_NAME, unit))
    return x509.Name(attributes)


def alternative_names(uris: tuple[str, ...]) -> x509.SubjectAlternativeName:
    """Subject alternative names, URIs only."""
    return x509.SubjectAlternativeName([x509.UniformResourceIdentifier(uri) for uri in uris])


def make(draft: Draft, issuer_key: ec.EllipticCurvePrivateKey) -> x509.Certificate:
    """Sign a draft with the issuer's key."""
    builder = (
        x509.CertificateBuilder()
        .subject_name(draft.subject)
        .issuer_name(draft.issuer)
        .public_key(draft.public_key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(draft.start)
        .not_valid_after(draft.end)
        .add_extension(_constraints(draft.path_limit), critical=True)
        .add_extension(_key_usage(authority=draft.path_limit is not None), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(draft.public_key), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer_key.public_key()), critical=False)
    )
    if draft.role is not None:
        usages = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.CLIENT_AUTH, draft.role.oid])
        builder = builder.add_extension(usages, critical=False)
    if draft.uris:
        builder = builder.add_extension(alternative_names(draft.uris), critical=False)
    return builder.sign(issuer_key, hashes.SHA256(), ecdsa_deterministic=True)


def _constraints(path_limit: int | None) -> x509.BasicConstraints:
    return x509.BasicConstraints(ca=path_limit is not None, path_length=path_limit)


def _key_usage(*, authority: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not authority,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=authority,
        crl_sign=authority,
        encipher_only=False,
        decipher_only=False,
    )
