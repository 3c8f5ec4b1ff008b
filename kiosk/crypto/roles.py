"""What a certificate of ours says: who holds the key, for which one role, and how the key is kept.

Rules kept (X.509, RFC 5280). A leaf carries the extended key usages clientAuth and exactly one role of ours, and two
URIs as subject alternative names: `urn:kiosk:<role>:<id>` and `urn:kiosk:key:<protection>`. A centre's own certificate
carries `urn:kiosk:centre:<centre>`. No private extension is critical, and none is used: both verifiers we know refuse
what they do not know.

The object identifiers live under `2.25.<UUID>`, the arc that ITU-T X.667 gives to whoever draws a UUID; ours is
223b5d9b-0436-41cb-806f-186ae1879a1e. `<arc>.1.1` workstation, `<arc>.1.2` round signer, `<arc>.1.3` office.

What this module refuses to know: whether a certificate is genuine. `kiosk.crypto.sign` decides that.
"""

import re
from dataclasses import dataclass
from enum import Enum

from cryptography import x509
from cryptography.x509.oid import ExtendedKeyUsageOID

from kiosk.errors import TrustError

ARC = "2.25.45501995917102556566444139773547747870"
DEMO_UNIT = "DEMO - NOT FOR EXAMS"
_NAME = r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}"


class MalformedTrustError(TrustError):
    """A certificate, chain, request or key cannot be read or is not in our shape. Data: `part`."""

    code = "trust/malformed"


class WrongRoleError(TrustError):
    """A certificate does not carry the one role that is asked for. Data: `expected`, `found`."""

    code = "trust/wrong-role"


class Role(Enum):
    """What a key may be used for; each file format demands exactly one of these."""

    WORKSTATION = "workstation"
    ROUND_SIGNER = "round-signer"
    OFFICE = "office"

    @property
    def oid(self) -> x509.ObjectIdentifier:
        """The extended key usage that grants this role."""
        return _OIDS[self]

    @property
    def depth(self) -> int:
        """How many certificates a chain file of this role holds, leaf first, the root left out."""
        return 3 if self is Role.WORKSTATION else 2


_OIDS = {
    Role.WORKSTATION: x509.ObjectIdentifier(f"{ARC}.1.1"),
    Role.ROUND_SIGNER: x509.ObjectIdentifier(f"{ARC}.1.2"),
    Role.OFFICE: x509.ObjectIdentifier(f"{ARC}.1.3"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Holder:
    """Who a leaf certificate or a request speaks for. A workstation's id is `<centre>/<id>`."""

    role: Role
    id: str
    key_protection: str

    @property
    def centre(self) -> str:
        """The centre part of a workstation's id; the whole id for other roles."""
        return self.id.partition("/")[0]


def holder_urns(holder: Holder) -> tuple[str, str]:
    """The two URIs that state a holder; raises `MalformedTrustError` for an id not in its role's shape."""
    shape = f"{_NAME}/{_NAME}" if holder.role is Role.WORKSTATION else _NAME
    if not re.fullmatch(shape, holder.id):
        raise MalformedTrustError(part="id")
    if not re.fullmatch(_NAME, holder.key_protection):
        raise MalformedTrustError(part="key-protection")
    return (f"urn:kiosk:{holder.role.value}:{holder.id}", f"urn:kiosk:key:{holder.key_protection}")


def centre_urn(centre: str) -> str:
    """The URI that states whose centre a certificate is; raises `MalformedTrustError`."""
    if not re.fullmatch(_NAME, centre):
        raise MalformedTrustError(part="centre")
    return f"urn:kiosk:centre:{centre}"


def read_holder(extensions: x509.Extensions, role: Role) -> Holder:
    """Read who a leaf speaks for; raises `WrongRoleError` first, then `MalformedTrustError`."""
    _demand_role(extensions, role)
    return read_names(extensions, role)


def read_names(extensions: x509.Extensions, role: Role) -> Holder:
    """Read a holder back from exactly the two URIs that `holder_urns` writes; raises `MalformedTrustError`."""
    identity, protection = f"urn:kiosk:{role.value}:", "urn:kiosk:key:"
    match uris(extensions):
        case (first, second) if first.startswith(identity) and second.startswith(protection):
            holder = Holder(role=role, id=first.removeprefix(identity), key_protection=second.removeprefix(protection))
            holder_urns(holder)
            return holder
    raise MalformedTrustError(part="names")


def uris(extensions: x509.Extensions) -> tuple[str, ...]:
    """All subject alternative names; a name that is no URI reads as an empty text."""
    try:
        names = extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    except x509.ExtensionNotFound:
        return ()
    return tuple(name.value if isinstance(name, x509.UniformResourceIdentifier) else "" for name in names)


def _demand_role(extensions: x509.Extensions, role: Role) -> None:
    usages = _usages(extensions)
    wanted = {ExtendedKeyUsageOID.CLIENT_AUTH, role.oid}
    if len(usages) == len(wanted) and set(usages) == wanted:
        return
    known = {one.oid: one.value for one in Role}
    found = "+".join(known[usage] for usage in usages if usage in known)
    raise WrongRoleError(expected=role.value, found=found or "none")


def _usages(extensions: x509.Extensions) -> tuple[x509.ObjectIdentifier, ...]:
    try:
        return tuple(extensions.get_extension_for_class(x509.ExtendedKeyUsage).value)
    except x509.ExtensionNotFound:
        return ()
