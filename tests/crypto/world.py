"""A small world of certificates for the tests, and a forger who issues what `kiosk.crypto.certify` never would."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from kiosk.crypto.certificates import issued_by
from kiosk.crypto.certify import Certified, issue_authority, issue_centre, issue_leaf, make_root
from kiosk.crypto.roles import Role
from kiosk.crypto.sign import Signer, SigningKey, new_key, verify

NOW = 1_795_262_400
"""2026-11-21 12:00 UTC."""
DATA = "成绩 １２３ 𬭚".encode()
DAY = 86_400


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """One root and one holder of every kind below it."""

    root: Certified
    authority: Certified
    centre: Certified
    workstation: Certified
    round_signer: Certified
    office: Certified


def make_world(name: str = "根 root 𬭚", *, rehearsal: bool = False) -> World:
    root = make_root(name, rehearsal=rehearsal, at=NOW)
    authority = issue_authority(root, "省级发证机构", at=NOW)
    centre = issue_centre(authority, "017", "第十七考点", at=NOW)
    return World(
        root=root,
        authority=authority,
        centre=centre,
        workstation=issue_leaf(centre, Role.WORKSTATION, "017/pc-03", at=NOW),
        round_signer=issue_leaf(authority, Role.ROUND_SIGNER, "round-desk-1", at=NOW),
        office=issue_leaf(authority, Role.OFFICE, "results-office", at=NOW, key_protection="tpm2"),
    )


@cache
def world() -> World:
    return make_world()


@dataclass(frozen=True, slots=True, kw_only=True)
class Forgery:
    """What to forge; the defaults make a sound workstation certificate."""

    limit: int | None = None
    authority: bool = False
    usages: Sequence[x509.ObjectIdentifier] = (ExtendedKeyUsageOID.CLIENT_AUTH, Role.WORKSTATION.oid)
    names: Sequence[str] = ("urn:kiosk:workstation:017/pc-66", "urn:kiosk:key:file")
    mail: str = ""
    common_name: str = "forged"
    start: int = NOW - DAY
    days: int = 300


def forge(issuer: Certified, forgery: Forgery, *, key: SigningKey | None = None) -> Certified:
    """Issue `forgery` with the issuer's key, whether it may or not; the chain is the issuer's with this on top."""
    own = key or new_key()
    above = x509.load_pem_x509_certificate(issuer.chain_pem)
    start = datetime.fromtimestamp(forgery.start, tz=UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(_name(forgery.common_name))
        .issuer_name(above.subject)
        .public_key(own.private.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(start)
        .not_valid_after(start + timedelta(days=forgery.days))
        .add_extension(x509.BasicConstraints(ca=forgery.authority, path_length=forgery.limit), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(own.private.public_key()), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(_public(issuer)), critical=False)
    )
    usage = [not forgery.authority, *[False] * 4, forgery.authority, forgery.authority, False, False]
    made = made.add_extension(x509.KeyUsage(*usage), critical=True)
    if forgery.usages:
        made = made.add_extension(x509.ExtendedKeyUsage(forgery.usages), critical=False)
    names: list[x509.GeneralName] = [x509.UniformResourceIdentifier(name) for name in forgery.names]
    if forgery.mail:
        names.append(x509.RFC822Name(forgery.mail))
    if names:
        made = made.add_extension(x509.SubjectAlternativeName(names), critical=False)
    pem = made.sign(issuer.key.private, hashes.SHA256()).public_bytes(Encoding.PEM)
    return Certified(key=own, chain_pem=pem if issued_by(above, above) else pem + issuer.chain_pem)


def bare(issuer: Certified, key: ec.EllipticCurvePublicKey) -> bytes:
    """Issue a certificate without any extension; the chain is the issuer's with this on top."""
    above = x509.load_pem_x509_certificate(issuer.chain_pem)
    start = datetime.fromtimestamp(NOW - DAY, tz=UTC)
    plain = x509.CertificateBuilder().subject_name(_name("bare")).issuer_name(above.subject).public_key(key)
    plain = plain.serial_number(7).not_valid_before(start).not_valid_after(start + timedelta(days=300))
    return plain.sign(issuer.key.private, hashes.SHA256()).public_bytes(Encoding.PEM) + issuer.chain_pem


def _name(common: str) -> x509.Name:
    if not common:
        return x509.Name([x509.NameAttribute(NameOID.ORGANIZATIONAL_UNIT_NAME, "nameless")])
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, common)])


def sub_authority(limit: int | None = 0, *, name: str = "sub", start: int = NOW - DAY, days: int = 300) -> Forgery:
    """Describe an authority that somebody makes below himself."""
    return Forgery(limit=limit, authority=True, usages=(), names=(), common_name=name, start=start, days=days)


def _public(issuer: Certified) -> ec.EllipticCurvePublicKey:
    return issuer.key.private.public_key()


def split(chain_pem: bytes) -> list[bytes]:
    """Cut a chain file into its certificates."""
    end = b"-----END CERTIFICATE-----\n"
    return [part + end for part in chain_pem.split(end) if part]


def check(
    holder: Certified,
    role: Role,
    *,
    at: int = NOW,
    root: Certified | None = None,
    signature: bytes | None = None,
    denied: frozenset[str] = frozenset(),
) -> Signer:
    return verify(
        holder.key.sign(DATA) if signature is None else signature,
        DATA,
        chain_pem=holder.chain_pem,
        root_pem=(root or world().root).chain_pem,
        role=role,
        at=at,
        denied=denied,
    )


def mark_of(pem: bytes) -> str:
    """A fingerprint, computed apart."""
    key = x509.load_pem_x509_certificate(pem).public_key()
    der = key.public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)
    return hashlib.sha256(der).hexdigest()


def with_chain(holder: Certified, *parts: bytes) -> Certified:
    return Certified(key=holder.key, chain_pem=b"".join(parts))
