"""Judges whether a chain of certificates leads to our trust anchor and gives its holder the role that is asked for.

Rules kept. The path is judged by `cryptography.x509.verification` (X.509, RFC 5280) at a given instant: the round's
dates, also years later. Judging raises; nothing returns a bool. The steps are numbered in the code:

1. the chain file and the anchor can be read and are in our shape;
2. the chain leads to our anchor, every certificate was valid at the instant, every issuer was allowed to issue;
3. the leaf carries exactly the one role that the file demands;
4. the chain has exactly the depth of that role and is in order;
5. the leaf names its holder, and a workstation belongs to the centre that issued it;
6. no key of the chain is on the deny list.

What this module refuses to know: clocks, files, signatures over data.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.verification import PolicyBuilder, Store, VerificationError

from kiosk.crypto import certificates
from kiosk.crypto.roles import Holder, MalformedTrustError, Role, centre_urn, read_holder, uris
from kiosk.errors import TrustError


class UnknownRootError(TrustError):
    """The chain does not lead to this program's trust anchor. Data: `subject` of the first broken link."""

    code = "trust/unknown-root"


class ExpiredError(TrustError):
    """A certificate was not valid at the instant. Data: `subject`, `not_before`, `not_after`, `at` (epoch seconds)."""

    code = "trust/expired"


class NotAnAuthorityError(TrustError):
    """A certificate was issued by a key that may issue none. Data: `subject` of that issuer."""

    code = "trust/not-an-authority"


class PathLengthError(TrustError):
    """An authority has made an authority below itself that it may not make. Data: `subject`, `limit`, `found`."""

    code = "trust/path-length"


class ChainDepthError(TrustError):
    """The chain has another length than the role demands. Data: `role`, `expected`, `found`."""

    code = "trust/chain-depth"


class WrongCentreError(TrustError):
    """A centre has issued a certificate in another centre's name. Data: `id`, `centre`."""

    code = "trust/wrong-centre"


class DeniedError(TrustError):
    """A key of the chain has been withdrawn. Data: `subject`, `fingerprint`."""

    code = "trust/denied"


@dataclass(frozen=True, slots=True, kw_only=True)
class Signer:
    """Who signed, as far as a verified chain says it.

    `fingerprint` is SHA-256 over the public key, 64 lower-case hex digits; `not_after` is in UTC epoch seconds.
    """

    id: str
    role: Role
    fingerprint: str
    subject: str
    not_after: int
    rehearsal: bool
    key_protection: str


def judge(
    *, chain_pem: bytes, root_pem: bytes, role: Role, at: int, denied: Collection[str]
) -> tuple[Signer, ec.EllipticCurvePublicKey]:
    """Take steps 1 to 6 and return who the leaf speaks for, with its public key.

    `at` is the instant to judge at in UTC epoch seconds; `denied` holds the fingerprints of withdrawn keys, of
    leaves and of authorities alike (`certificates.fingerprint`: SHA-256 over the public key, lower-case hex). Raises
    the `TrustError` leaf that applies.
    """
    chain, root, when = certificates.read_chain(chain_pem), certificates.read_root(root_pem), certificates.moment(at)
    built = _build_path(chain, root, when)
    leaf = chain[0]
    holder = read_holder(leaf.extensions, role)  # step 3
    if len(chain) != role.depth:  # step 4
        raise ChainDepthError(role=role.value, expected=role.depth, found=len(chain))
    if built != (*chain, root):
        raise MalformedTrustError(part="chain order")
    _demand_centre(holder, chain[1])
    _demand_not_denied(chain, denied)
    signer = Signer(
        id=holder.id,
        role=role,
        fingerprint=certificates.fingerprint(leaf),
        subject=certificates.common_name(leaf),
        not_after=int(leaf.not_valid_after_utc.timestamp()),
        rehearsal=certificates.is_rehearsal(root),
        key_protection=holder.key_protection,
    )
    return signer, certificates.p256(leaf.public_key())


def _build_path(
    chain: Sequence[x509.Certificate], root: x509.Certificate, when: datetime
) -> tuple[x509.Certificate, ...]:
    """Step 2. The library judges; only if it refuses do we look for the reason it does not tell apart."""
    policy = PolicyBuilder().store(Store([root])).time(when).max_chain_depth(certificates.MAX_CERTIFICATES)
    try:
        return tuple(policy.build_client_verifier().verify(chain[0], list(chain[1:])).chain)
    except VerificationError as cause:
        raise _reason((*chain, root), when) from cause


def _reason(path: Sequence[x509.Certificate], when: datetime) -> TrustError:
    """Name the first rule that a refused path breaks: origin, then dates, then the right to issue, then shape."""
    for certificate, issuer in pairwise(path):
        if not certificates.issued_by(certificate, issuer):
            return UnknownRootError(subject=certificates.common_name(certificate))
    for certificate in path:
        if not certificate.not_valid_before_utc <= when <= certificate.not_valid_after_utc:
            return _expired(certificate, when)
    for below, issuer in enumerate(path[1:]):
        limit = certificates.path_limit(issuer)
        if limit is None:
            return NotAnAuthorityError(subject=certificates.common_name(issuer))
        if limit < below:
            return PathLengthError(subject=certificates.common_name(issuer), limit=limit, found=below)
    return MalformedTrustError(part="certificate profile")


def _expired(certificate: x509.Certificate, when: datetime) -> ExpiredError:
    return ExpiredError(
        subject=certificates.common_name(certificate),
        not_before=int(certificate.not_valid_before_utc.timestamp()),
        not_after=int(certificate.not_valid_after_utc.timestamp()),
        at=int(when.timestamp()),
    )


def _demand_centre(holder: Holder, issuer: x509.Certificate) -> None:
    """Step 5: a path check knows nothing of URNs, so a centre could otherwise speak for another one."""
    named = uris(issuer.extensions)
    wanted = (centre_urn(holder.centre),) if holder.role is Role.WORKSTATION else ()
    if named != wanted:
        raise WrongCentreError(id=holder.id, centre=" ".join(named))


def _demand_not_denied(chain: Sequence[x509.Certificate], denied: Collection[str]) -> None:
    """Step 6."""
    for certificate in chain:
        mark = certificates.fingerprint(certificate)
        if mark in denied:
            raise DeniedError(subject=certificates.common_name(certificate), fingerprint=mark)
