"""The folders in which a body keeps its keys: root, authority, centre, and the office that makes rounds and scores.

Layout of a world:

    anchor/root.pem                      the trust anchor, the only thing a room's installer takes from here
    root/root.key, root.pem              offline
    authority/authority.key, authority.pem
    centre/centre.key, centre.pem        never meets a test-room PC
    office/root.pem, identity.age-secret, recipient.txt, signer.key, signer.pem, denied.txt, keys/, rounds/

Rules: private keys are files of mode 0600 in folders of mode 0700; nothing that exists is overwritten; what the office
keeps of a bank or a round is sealed to the office. In a real body the five folders lie in five places; in a rehearsal
they lie side by side. It does not know what time it is: instants are UTC epoch seconds, given.
"""

import re
from dataclasses import dataclass
from pathlib import Path

from kiosk.crypto import certify
from kiosk.crypto.certificates import is_rehearsal, read_root
from kiosk.crypto.certify import Certified
from kiosk.crypto.roles import Role
from kiosk.crypto.seal import Identity, identity_of, new_identity, open_sealed, seal
from kiosk.crypto.sign import SigningKey
from kiosk.errors import OfficeError
from kiosk.exam.vocabulary import BankId, CentreId
from kiosk.office.compile import BankKeys, decode_keys, encode_keys
from kiosk.storage.files import make_folder, read_file, write_durably, write_private

ANCHOR, ROOT, AUTHORITY, CENTRE, OFFICE = "anchor", "root", "authority", "centre", "office"
ROOT_PEM, IDENTITY, RECIPIENT, DENIED = "root.pem", "identity.age-secret", "recipient.txt", "denied.txt"
SIGNER = "signer"
_SMALL = 1 << 20
_LARGEST_SEALED = 80 << 20
_BANK = re.compile(r"[a-z0-9][a-z0-9.-]{0,59}")
_FINGERPRINT = re.compile(r"[0-9a-f]{64}")


class AlreadyThereError(OfficeError):
    """Something with this name exists and is not overwritten (`what`)."""

    code = "office/already-there"


class NotAnOfficeError(OfficeError):
    """The folder lacks something an office, authority or centre has (`what`)."""

    code = "office/not-there"


class BadNameError(OfficeError):
    """A name that becomes part of a file name is not fit for it (`name`)."""

    code = "office/name"


class BadDenyListError(OfficeError):
    """A line of the deny list is no fingerprint of a certificate (`line`)."""

    code = "office/deny-list"


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """The office's folder, opened: its anchor, its own key pair for sealed files, and the withdrawn certificates."""

    folder: Path
    root_pem: bytes
    identity: Identity
    denied: frozenset[str]

    @property
    def rehearsal(self) -> bool:
        """Tell whether everything in this world is a rehearsal."""
        return is_rehearsal(read_root(self.root_pem))

    def signer(self) -> Certified:
        """Return the key that signs rounds. NotAnOfficeError, MalformedTrustError."""
        return _load(self.folder, SIGNER)

    def keep_keys(self, keys: BankKeys) -> Path:
        """Seal the keys of a bank to the office. AlreadyThereError when there are keys for a bank of this name."""
        path = self._keys_file(keys.bank)
        if path.exists():
            raise AlreadyThereError(what=path.name)
        path.parent.mkdir(parents=True, exist_ok=True)
        write_durably(path, seal(encode_keys(keys), [self.identity.recipient]))
        return path

    def keys(self, bank: BankId) -> BankKeys | None:
        """Open the keys of a bank; None when the office has none. SealError, CanonicalError, ShapeError."""
        if not _BANK.fullmatch(bank):
            return None
        path = self._keys_file(bank)
        if not path.is_file():
            return None
        return decode_keys(open_sealed(read_file(path, limit=_LARGEST_SEALED), self.identity.secret))

    def _keys_file(self, bank: BankId) -> Path:
        return self.folder / "keys" / f"{demand_bank_name(bank)}.age"


def demand_bank_name(bank: BankId) -> BankId:
    """Return a bank's id when it may become a file: 1 to 60 of a-z, 0-9, dot, hyphen; BadNameError otherwise."""
    if not _BANK.fullmatch(bank):
        raise BadNameError(name=bank)
    return bank


def make_root(world: Path, name: str, *, rehearsal: bool, at: int) -> None:
    """Make the root of a world and its anchor. AlreadyThereError."""
    root = certify.make_root(name, rehearsal=rehearsal, at=at)
    _store(world / ROOT, ROOT, root)
    _store_public(world / ANCHOR / ROOT_PEM, root.chain_pem)


def make_authority(world: Path, name: str, *, at: int) -> None:
    """Let the root make the authority. AlreadyThereError, NotAnOfficeError, TrustError."""
    _store(world / AUTHORITY, AUTHORITY, certify.issue_authority(_load(world / ROOT, ROOT), name, at=at))


def make_centre(world: Path, centre: CentreId, name: str, *, at: int) -> None:
    """Let the authority make the centre, whose key certifies workstations. Errors as make_authority."""
    authority = load_authority(world)
    _store(world / CENTRE, CENTRE, certify.issue_centre(authority, centre, name, at=at))


def make_office(world: Path, name: str, *, at: int) -> Office:
    """Make the office: anchor, key pair for sealed files, the key that signs rounds. Errors as make_authority."""
    folder = world / OFFICE
    identity = new_identity()
    signer = certify.issue_leaf(load_authority(world), Role.ROUND_SIGNER, name, at=at)
    _store(folder, SIGNER, signer)
    _store_private(folder / IDENTITY, f"{identity.secret}\n".encode())
    _store_public(folder / RECIPIENT, f"{identity.recipient}\n".encode())
    _store_public(folder / ROOT_PEM, read_file(world / ANCHOR / ROOT_PEM, limit=_SMALL))
    return load_office(folder)


def make_world(world: Path, name: str, *, centre: CentreId, rehearsal: bool, at: int) -> Office:
    """Make all of it side by side, as a rehearsal and a small body need it. Errors as make_authority."""
    make_root(world, name, rehearsal=rehearsal, at=at)
    make_authority(world, name, at=at)
    make_centre(world, centre, name, at=at)
    return make_office(world, "office", at=at)


def load_authority(world: Path) -> Certified:
    """Return the authority. NotAnOfficeError, MalformedTrustError."""
    return _load(world / AUTHORITY, AUTHORITY)


def load_centre(world: Path) -> Certified:
    """Return the centre. NotAnOfficeError, MalformedTrustError."""
    return _load(world / CENTRE, CENTRE)


def load_anchor(world: Path) -> bytes:
    """Return the trust anchor of a world. NotAnOfficeError."""
    return _read(world / ANCHOR / ROOT_PEM)


def load_office(folder: Path) -> Office:
    """Open an office's folder. NotAnOfficeError, BadIdentityError, BadDenyListError, MalformedTrustError."""
    root_pem = _read(folder / ROOT_PEM)
    read_root(root_pem)
    secret = _read(folder / IDENTITY).decode("ascii", errors="replace").strip()
    denied = folder / DENIED
    return Office(
        folder=folder,
        root_pem=root_pem,
        identity=identity_of(secret),
        denied=_denied(_read(denied)) if denied.exists() else frozenset(),
    )


def _denied(data: bytes) -> frozenset[str]:
    """Read a deny list: one SHA-256 fingerprint to a line, then whatever note; empty lines and # lines do not count."""
    found: set[str] = set()
    for number, line in enumerate(data.decode("utf-8", errors="replace").splitlines(), start=1):
        words = line.split()
        if not words or words[0].startswith("#"):
            continue
        if not _FINGERPRINT.fullmatch(words[0]):
            raise BadDenyListError(line=number)
        found.add(words[0])
    return frozenset(found)


def _store(folder: Path, name: str, certified: Certified) -> None:
    _store_private(folder / f"{name}.key", certified.key.to_pem())
    _store_public(folder / f"{name}.pem", certified.chain_pem)


def _store_private(path: Path, data: bytes) -> None:
    if path.exists():
        raise AlreadyThereError(what=path.name)
    make_folder(path.parent, mode=0o700)
    write_private(path, data)


def _store_public(path: Path, data: bytes) -> None:
    if path.exists():
        raise AlreadyThereError(what=path.name)
    make_folder(path.parent)
    write_durably(path, data)


def _load(folder: Path, name: str) -> Certified:
    key = SigningKey.from_pem(_read(folder / f"{name}.key"))
    return Certified(key=key, chain_pem=_read(folder / f"{name}.pem"))


def _read(path: Path) -> bytes:
    if not path.is_file():
        raise NotAnOfficeError(what=f"{path.parent.name}/{path.name}")
    return read_file(path, limit=_SMALL)
