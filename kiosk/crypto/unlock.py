"""What lets a seat open without typing everything again: the unlock file and the resume slot.

Rules kept. The *unlock file* lies on the invigilator's stick: the release share, wrapped under the session's room salt
and the share of one card, so the code is typed once in a room and a found stick is worth nothing. The *resume slot*
stays on the seat: whatever the seat needs to go on after a crash, wrapped under the seat's own secret and the card's
resume key, so neither the disk alone nor the card elsewhere opens it. Both are one small file: a header of
length-prefixed fields that are checked against what is expected, a fresh salt, and AES-256-GCM over the rest with the
header as context. What this module refuses to know: where the files lie and what a resume slot holds.
"""

from collections.abc import Sequence

from kiosk.crypto.card import SHARE_BYTES, Card
from kiosk.crypto.derive import (
    KEY_BYTES,
    SALT_BYTES,
    SUITE,
    SuiteError,
    UnwrapError,
    demand_length,
    demand_suite,
    hkdf,
    name_bytes,
    prefixed,
    unwrap,
    wrap,
)
from kiosk.errors import UnlockError

__all__ = [
    "MAX_FILE_BYTES",
    "DamagedUnlockError",
    "OtherUnlockError",
    "SuiteError",
    "open_resume",
    "resume_key",
    "unlock_file_open",
    "unlock_file_wrap",
    "wrap_resume",
]

MAX_FILE_BYTES = 1 << 20
_UNLOCK = b"kiosk unlock 1\n"
_RESUME = b"kiosk resume 1\n"
_FIELDS = ("package", "session", "card")


class DamagedUnlockError(UnlockError):
    """An unlock file or resume slot is altered, cut short, or not one at all. Data: `kind`."""

    code = "unlock/damaged"


class OtherUnlockError(UnlockError):
    """A sound unlock file or resume slot, but for something else. Data: `kind`, `part`: package, session or card."""

    code = "unlock/other"


def unlock_file_wrap(release: bytes, *, room_salt: bytes, card: Card, package: str, session: str) -> bytes:
    """Write the content of a `.kunlock` file: the 32-byte release share for one card, package and session."""
    demand_length("release", release, KEY_BYTES)
    demand_length("salt", room_salt, SALT_BYTES)
    return _write(_UNLOCK, release, (room_salt, card.share), (package, session, card.id))


def unlock_file_open(data: bytes, *, room_salt: bytes, card: Card, package: str, session: str) -> bytes:
    """Read the release share back; raises `DamagedUnlockError`, `OtherUnlockError` or `SuiteError`."""
    demand_length("salt", room_salt, SALT_BYTES)
    release = _read(_UNLOCK, data, (room_salt, card.share), (package, session, card.id))
    demand_length("release", release, KEY_BYTES)
    return release


def resume_key(share: bytes, package: str, session: str) -> bytes:
    """The 32 bytes a seat keeps in memory instead of the card's share, good for this package and session only."""
    demand_length("share", share, SHARE_BYTES)
    context = prefixed(b"kiosk resume key 1", name_bytes("package", package), name_bytes("session", session))
    return hkdf((share,), salt=b"", info=context)


def wrap_resume(
    payload: bytes, *, device_secret: bytes, resume_key: bytes, package: str, session: str, card: str
) -> bytes:
    """Write a resume slot for one card; `device_secret` and `resume_key` are 32 bytes each."""
    _demand_keys(device_secret, resume_key)
    return _write(_RESUME, payload, (device_secret, resume_key), (package, session, card))


def open_resume(
    data: bytes, *, device_secret: bytes, resume_key: bytes, package: str, session: str, card: str
) -> bytes:
    """Read a resume slot's payload back; raises `DamagedUnlockError`, `OtherUnlockError` or `SuiteError`."""
    _demand_keys(device_secret, resume_key)
    return _read(_RESUME, data, (device_secret, resume_key), (package, session, card))


def _demand_keys(device_secret: bytes, key: bytes) -> None:
    demand_length("device secret", device_secret, KEY_BYTES)
    demand_length("resume key", key, KEY_BYTES)


def _write(mark: bytes, payload: bytes, secrets: Sequence[bytes], names: Sequence[str]) -> bytes:
    fields = (name_bytes(part, name) for part, name in zip(_FIELDS, names, strict=True))
    header = mark + prefixed(SUITE.to_bytes(4, "big"), *fields)
    salt, sealed = wrap(payload, secrets, context=header)
    return header + salt + sealed


def _read(mark: bytes, data: bytes, secrets: Sequence[bytes], names: Sequence[str]) -> bytes:
    """Mark, suite, names, salt, tag: refused in this order, so that the first thing wrong is the one that is told."""
    kind = mark.split()[1].decode()
    if len(data) > MAX_FILE_BYTES or not data.startswith(mark):
        raise DamagedUnlockError(kind=kind)
    fields, rest = _cut(data[len(mark) :], kind)
    demand_suite(int.from_bytes(fields[0], "big"))
    for part, wanted, found in zip(_FIELDS, names, fields[1:], strict=True):
        if name_bytes(part, wanted) != found:
            raise OtherUnlockError(kind=kind, part=part)
    header = data[: len(data) - len(rest)]
    try:
        return unwrap(rest[SALT_BYTES:], secrets, salt=rest[:SALT_BYTES], context=header)
    except UnwrapError as cause:
        raise DamagedUnlockError(kind=kind) from cause


def _cut(data: bytes, kind: str) -> tuple[list[bytes], bytes]:
    fields: list[bytes] = []
    for _ in range(1 + len(_FIELDS)):
        length = int.from_bytes(data[:4], "big")
        if len(data) < 4 + length:
            raise DamagedUnlockError(kind=kind)
        fields.append(data[4 : 4 + length])
        data = data[4 + length :]
    return fields, data
