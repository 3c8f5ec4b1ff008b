"""Makes the certificates that say who may sign what: root, authority, centres, and the keys below them.

Rules kept. A CA key signs only certificates. The root (ten years, kept offline) makes authorities (two years), an
authority makes centres, round signers and offices, a centre makes workstations and nothing else; the path lengths 2,
1 and 0 say the same to every verifier (RFC 5280, 4.2.1.9). A leaf lives at most 400 days. Nothing outlives its issuer.
Every certificate starts one day before it is made, because the clocks of a room may be behind, but never before its
issuer does.

What this module refuses to know: clocks (`at` is UTC epoch seconds, given), files, and who is entitled to ask.
"""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import timedelta

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, load_pem_public_key

from kiosk.crypto import builder, certificates
from kiosk.crypto.builder import Draft, NameTrustError
from kiosk.crypto.codes import encode_groups
from kiosk.crypto.path import ExpiredError, Signer, judge
from kiosk.crypto.roles import DEMO_UNIT, Holder, MalformedTrustError, Role, centre_urn, holder_urns, read_names, uris
from kiosk.crypto.sign import SigningKey, new_key
from kiosk.errors import TrustError

__all__ = [
    "AUTHORITY_DAYS",
    "LEAF_DAYS",
    "ROOT_DAYS",
    "Certified",
    "LifetimeError",
    "NameTrustError",
    "OtherKeyError",
    "Request",
    "Role",
    "WrongIssuerError",
    "accept",
    "certify_request",
    "fingerprint_groups",
    "issue_authority",
    "issue_centre",
    "issue_leaf",
    "make_root",
    "read_request",
    "request",
]

ROOT_DAYS = 3652
AUTHORITY_DAYS = 730
LEAF_DAYS = 400
_EARLY = timedelta(days=1)
_ROOT_LIMIT, _AUTHORITY_LIMIT, _CENTRE_LIMIT = 2, 1, 0
_FINGERPRINT_BYTES = 16


class WrongIssuerError(TrustError):
    """This authority may not issue that certificate. Data: `wanted`, `subject` of the authority."""

    code = "trust/wrong-issuer"


class LifetimeError(TrustError):
    """A leaf's life must be 1 to 400 days. Data: `days`."""

    code = "trust/lifetime"


class OtherKeyError(TrustError):
    """The certificate belongs to another key than the one it was asked for. Data: `id`."""

    code = "trust/other-key"


@dataclass(frozen=True, slots=True, kw_only=True)
class Certified:
    """A key with its chain file, leaf first, without the root. A root's chain is its own certificate."""

    key: SigningKey
    chain_pem: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What a request asks for, its own signature checked."""

    id: str
    key_protection: str
    fingerprint_groups: str
    key: ec.EllipticCurvePublicKey = field(repr=False)


def make_root(name: str, *, rehearsal: bool, at: int) -> Certified:
    """Make a trust anchor. With `rehearsal`, its subject says DEMO - NOT FOR EXAMS, and so do all below it."""
    key, start = new_key(), certificates.moment(at) - _EARLY
    subject = builder.name(name, DEMO_UNIT if rehearsal else None)
    draft = Draft(
        subject=subject,
        issuer=subject,
        public_key=key.private.public_key(),
        start=start,
        end=start + timedelta(days=ROOT_DAYS),
        path_limit=_ROOT_LIMIT,
        role=None,
        uris=(),
    )
    return Certified(key=key, chain_pem=builder.make(draft, key.private).public_bytes(Encoding.PEM))


def issue_authority(root: Certified, name: str, *, at: int) -> Certified:
    """Make an authority below the root: two years, cut to the root's end; raises `WrongIssuerError` and others."""
    issuer = _Issuer(root, _ROOT_LIMIT, "authority", at)
    return issuer.authority(builder.name(name), _AUTHORITY_LIMIT, ())


def issue_centre(authority: Certified, centre: str, name: str, *, at: int) -> Certified:
    """Make the authority of one centre; `centre` is the first part of its workstations' ids."""
    issuer = _Issuer(authority, _AUTHORITY_LIMIT, "centre", at)
    return issuer.authority(builder.name(name), _CENTRE_LIMIT, (centre_urn(centre),))


def issue_leaf(
    issuer: Certified, role: Role, identity: str, *, at: int, days: int = LEAF_DAYS, key_protection: str = "file"
) -> Certified:
    """Make a key and its certificate in one go, where the key may be born at the issuer's place.

    `identity` is `<centre>/<id>` for a workstation and one name for a round signer or an office. Raises
    `WrongIssuerError`, `LifetimeError`, `ExpiredError` or `MalformedTrustError`.
    """
    key = new_key()
    holder = Holder(role=role, id=identity, key_protection=key_protection)
    return Certified(key=key, chain_pem=_issue_leaf(issuer, holder, key.private.public_key(), at, days))


def request(key: SigningKey, identity: str, *, key_protection: str = "file", role: Role = Role.WORKSTATION) -> bytes:
    """Write a request (PKCS#10, RFC 2986, PEM) for a key that never leaves its machine."""
    names = builder.alternative_names(holder_urns(Holder(role=role, id=identity, key_protection=key_protection)))
    draft = x509.CertificateSigningRequestBuilder().subject_name(_leaf_name(identity))
    made = draft.add_extension(names, critical=False).sign(key.private, hashes.SHA256(), ecdsa_deterministic=True)
    return made.public_bytes(Encoding.PEM)


def read_request(csr: bytes, *, role: Role = Role.WORKSTATION) -> Request:
    """Read a request and check that its key signed it; raises `MalformedTrustError`."""
    if len(csr) > certificates.MAX_PEM_BYTES:
        raise MalformedTrustError(part="request")
    try:
        read = x509.load_pem_x509_csr(csr)
        signed, extensions, key = read.is_signature_valid, read.extensions, certificates.p256(read.public_key())
    except certificates.LIBRARY_REFUSALS as cause:
        raise MalformedTrustError(part="request") from cause
    if not signed:
        raise MalformedTrustError(part="request signature")
    holder = read_names(extensions, role)
    return Request(id=holder.id, key_protection=holder.key_protection, fingerprint_groups=_groups(key), key=key)


def certify_request(
    csr: bytes,
    issuer: Certified,
    *,
    at: int,
    days: int = LEAF_DAYS,
    role: Role = Role.WORKSTATION,
    identity: str | None = None,
) -> bytes:
    """Answer a request with a chain file; `identity` replaces the id asked for. Raises as `issue_leaf` does."""
    asked = read_request(csr, role=role)
    wanted = asked.id if identity is None else identity
    holder = Holder(role=role, id=wanted, key_protection=asked.key_protection)
    return _issue_leaf(issuer, holder, asked.key, at, days)


def accept(
    key: SigningKey,
    *,
    chain_pem: bytes,
    root_pem: bytes,
    at: int,
    role: Role = Role.WORKSTATION,
    denied: Collection[str] = frozenset(),
) -> Signer:
    """Check that an answered request is genuine and belongs to `key`; raises `OtherKeyError`, else as `verify`."""
    signer, certified = judge(chain_pem=chain_pem, root_pem=root_pem, role=role, at=at, denied=denied)
    if certificates.public_pem(certified) != key.public_pem():
        raise OtherKeyError(id=signer.id)
    return signer


def fingerprint_groups(pem: bytes) -> str:
    """Eight groups of six digits to compare by voice: the first half of a key's fingerprint.

    `pem` is a request, a certificate, a chain (its first certificate counts) or a public key; one key gives the same
    groups in all of them. Raises `MalformedTrustError`.
    """
    try:
        if b"BEGIN CERTIFICATE REQUEST" in pem:
            key: object = x509.load_pem_x509_csr(pem).public_key()
        elif b"BEGIN CERTIFICATE" in pem:
            key = x509.load_pem_x509_certificate(pem).public_key()
        else:
            key = load_pem_public_key(pem)
    except certificates.LIBRARY_REFUSALS as cause:
        raise MalformedTrustError(part="key") from cause
    return _groups(certificates.p256(key))


def _groups(key: ec.EllipticCurvePublicKey) -> str:
    return "-".join(encode_groups(certificates.key_digest(key)[:_FINGERPRINT_BYTES]))


def _leaf_name(identity: str) -> x509.Name:
    """The id again, for people who read the subject; X.520 allows 64 characters there."""
    return builder.name(identity[-64:])


class _Issuer:
    """One authority at work: checks that it may issue what is wanted, and cuts lives to its own."""

    def __init__(self, certified: Certified, limit: int, wanted: str, at: int) -> None:
        self._certified, self._now = certified, certificates.moment(at)
        self._own = certificates.read_chain(certified.chain_pem)[0]
        subject = certificates.common_name(self._own)
        if certificates.path_limit(self._own) != limit:
            raise WrongIssuerError(wanted=wanted, subject=subject)
        start, end = self._own.not_valid_before_utc, self._own.not_valid_after_utc
        if not start <= self._now < end:
            span = {"not_before": int(start.timestamp()), "not_after": int(end.timestamp())}
            raise ExpiredError(subject=subject, at=at, **span)

    def demand_centre(self, holder: Holder) -> None:
        if uris(self._own.extensions) != (centre_urn(holder.centre),):
            raise WrongIssuerError(wanted=holder.id, subject=certificates.common_name(self._own))

    def authority(self, subject: x509.Name, limit: int, names: tuple[str, ...]) -> Certified:
        key = new_key()
        made = self._make(subject, key.private.public_key(), AUTHORITY_DAYS, names, path_limit=limit, role=None)
        return Certified(key=key, chain_pem=made)

    def leaf(self, holder: Holder, key: ec.EllipticCurvePublicKey, days: int) -> bytes:
        return self._make(_leaf_name(holder.id), key, days, holder_urns(holder), path_limit=None, role=holder.role)

    def _make(
        self,
        subject: x509.Name,
        key: ec.EllipticCurvePublicKey,
        days: int,
        names: tuple[str, ...],
        *,
        path_limit: int | None,
        role: Role | None,
    ) -> bytes:
        """The new certificate's chain file. An issuer that signed itself is the root and stays out of it."""
        draft = Draft(
            subject=subject,
            issuer=self._own.subject,
            public_key=key,
            start=max(self._now - _EARLY, self._own.not_valid_before_utc),
            end=min(self._now + timedelta(days=days), self._own.not_valid_after_utc),
            path_limit=path_limit,
            role=role,
            uris=names,
        )
        made = builder.make(draft, self._certified.key.private).public_bytes(Encoding.PEM)
        is_root = certificates.issued_by(self._own, self._own)
        return made if is_root else made + self._certified.chain_pem


def _issue_leaf(issuer: Certified, holder: Holder, key: ec.EllipticCurvePublicKey, at: int, days: int) -> bytes:
    if not 1 <= days <= LEAF_DAYS:
        raise LifetimeError(days=days)
    holder_urns(holder)
    workstation = holder.role is Role.WORKSTATION
    limit = _CENTRE_LIMIT if workstation else _AUTHORITY_LIMIT
    at_work = _Issuer(issuer, limit, holder.role.value, at)
    if workstation:
        at_work.demand_centre(holder)
    return at_work.leaf(holder, key, days)
