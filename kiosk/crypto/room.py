"""Short codes that a room key makes: the start code that candidates type, and grants that are read out to a room.

Rules kept. All are HMAC-SHA256 (RFC 2104) of the session's random room key, so an unlocked seat makes and checks them
without a network, and nobody else can. A *start code* is six digits. A *grant* (time for the whole room, or leave to
resume) is three groups of six digits: serial, minutes and reason in 16 bits, then 32 bits of HMAC over them and the
kind of grant. What this module refuses to know: which serials were used, what a reason number means, what time it is.
"""

import hmac
from dataclasses import dataclass
from enum import Enum

from kiosk.crypto.codes import CodeLengthError, decode_code, encode_groups, normalise_digits
from kiosk.crypto.derive import KEY_BYTES, demand_length, mac, name_bytes
from kiosk.errors import UnlockError

START_DIGITS = 6
GRANT_GROUPS = 3
MAX_SERIAL = 31
MAX_MINUTES = 127
MAX_REASON = 15
_MAC_BYTES = 4
_MINUTE_BITS = 7
_REASON_BITS = 4


class WrongStartCodeError(UnlockError):
    """Six digits, but not this session's start code."""

    code = "unlock/wrong-start-code"


class WrongGrantError(UnlockError):
    """Well-formed groups, but no grant of this room."""

    code = "unlock/wrong-grant"


class GrantRangeError(UnlockError):
    """A serial, a number of minutes or a reason does not fit a grant code. Data: `part`, `found`, `limit`."""

    code = "unlock/grant-range"


class GrantKind(Enum):
    """What a grant gives to every seat that takes it."""

    CREDIT = "credit"
    RESUME = "resume"


@dataclass(frozen=True, slots=True, kw_only=True)
class Grant:
    """A room-wide grant: serial 0 to 31, minutes 0 to 127, reason 0 to 15 (a number of the round's coded list)."""

    kind: GrantKind
    serial: int
    minutes: int
    reason: int

    def __post_init__(self) -> None:
        """Refuse what does not fit sixteen bits."""
        parts = (("serial", self.serial, MAX_SERIAL), ("minutes", self.minutes, MAX_MINUTES))
        for part, found, limit in (*parts, ("reason", self.reason, MAX_REASON)):
            if not 0 <= found <= limit:
                raise GrantRangeError(part=part, found=found, limit=limit)


def start_code(room_key: bytes, session: str) -> str:
    """The six digits that start a session's candidates."""
    demand_length("room key", room_key, KEY_BYTES)
    number = int.from_bytes(mac(room_key, b"kiosk start 1", name_bytes("session", session))[:8], "big")
    return f"{number % 10**START_DIGITS:0{START_DIGITS}d}"


def check_start_code(room_key: bytes, session: str, typed: str) -> None:
    """Compare what a candidate typed; raises `WrongStartCodeError`, `CodeLengthError` or `LetterInCodeError`."""
    digits = normalise_digits(typed)
    if len(digits) != START_DIGITS:
        raise CodeLengthError(expected=START_DIGITS, found=len(digits))
    if not hmac.compare_digest(digits, start_code(room_key, session)):
        raise WrongStartCodeError


def room_grant_code(room_key: bytes, grant: Grant) -> tuple[str, ...]:
    """The three groups of a grant, to be read out; the same grant always gives the same groups."""
    demand_length("room key", room_key, KEY_BYTES)
    packed = grant.serial << (_MINUTE_BITS + _REASON_BITS) | grant.minutes << _REASON_BITS | grant.reason
    body = packed.to_bytes(2, "big")
    return encode_groups(body + _tag(room_key, grant.kind, body))


def read_grant_code(room_key: bytes, typed: str) -> Grant:
    """Read what was typed at a seat.

    Raises the typing errors of `kiosk.crypto.codes` for a slip, `WrongGrantError` for groups that this room's key
    did not make. A serial counts once per seat: the caller remembers which were used.
    """
    demand_length("room key", room_key, KEY_BYTES)
    data = decode_code(typed, groups=GRANT_GROUPS)
    body, tag = data[:-_MAC_BYTES], data[-_MAC_BYTES:]
    packed = int.from_bytes(body, "big")
    for kind in GrantKind:
        if hmac.compare_digest(tag, _tag(room_key, kind, body)):
            return Grant(
                kind=kind,
                serial=packed >> (_MINUTE_BITS + _REASON_BITS),
                minutes=packed >> _REASON_BITS & MAX_MINUTES,
                reason=packed & MAX_REASON,
            )
    raise WrongGrantError


def _tag(room_key: bytes, kind: GrantKind, body: bytes) -> bytes:
    return mac(room_key, b"kiosk grant 1", kind.value.encode(), body)[:_MAC_BYTES]
