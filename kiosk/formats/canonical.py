"""The one way a value is written down before it is signed, chained or sealed.

Rules: canonical.md. UTF-8, keys in the order of their code points, no white space, no fractions, whole numbers up to
2**53 - 1, every text without a lone surrogate, at most 32 levels. `decode` accepts exactly the bytes that `encode`
writes, so equal values have equal bytes everywhere. It does not know what the values mean.
"""

import json
from typing import ClassVar, Final, NoReturn, TypeAlias

from kiosk.errors import FormatError

JsonValue: TypeAlias = "bool | int | str | list[JsonValue] | dict[str, JsonValue] | None"

MOST_LEVELS: Final = 32
LARGEST_NUMBER: Final = 2**53 - 1
"""The largest whole number that every JSON reader keeps exactly (RFC 7493)."""


class CanonicalError(FormatError):
    """The bytes or the value are not in canonical form; `rule` names what is broken."""

    code: ClassVar[str] = "format/canonical"


def encode(value: JsonValue) -> bytes:
    """Write a value as canonical JSON; CanonicalError when it has no such form."""
    _check(value, 1)
    try:
        return _ENCODER.encode(value).encode()
    except UnicodeEncodeError as cause:
        raise CanonicalError(rule="surrogate") from cause


def decode(data: bytes, *, limit: int) -> JsonValue:
    """Read canonical JSON of at most `limit` bytes; CanonicalError for anything `encode` would not have written."""
    if len(data) > limit:
        raise CanonicalError(rule="length", limit=limit)
    try:
        value: JsonValue = _DECODER.decode(data.decode())
    except UnicodeDecodeError as cause:
        raise CanonicalError(rule="utf-8") from cause
    except RecursionError as cause:
        raise CanonicalError(rule="depth") from cause
    except ValueError as cause:
        raise CanonicalError(rule="json") from cause
    if encode(value) != data:
        raise CanonicalError(rule="form")
    return value


def _check(value: object, level: int) -> None:
    """Refuse what JSON libraries would let through: fractions, huge numbers, keys that are no texts, great depth."""
    kind = type(value)
    if kind is str or kind is bool or value is None:
        return
    if kind is int:
        if not -LARGEST_NUMBER <= value <= LARGEST_NUMBER:  # type: ignore[operator]
            raise CanonicalError(rule="number")
        return
    if level > MOST_LEVELS:
        raise CanonicalError(rule="depth")
    if isinstance(value, list):
        for part in value:
            _check(part, level + 1)
    elif isinstance(value, dict):
        for key, part in value.items():
            if type(key) is not str:
                raise CanonicalError(rule="key")
            _check(part, level + 1)
    else:
        raise CanonicalError(rule="type")


def _refuse_fraction(_text: str) -> NoReturn:
    raise CanonicalError(rule="fraction")


_ENCODER = json.JSONEncoder(ensure_ascii=False, allow_nan=False, sort_keys=True, separators=(",", ":"))
_DECODER = json.JSONDecoder(parse_float=_refuse_fraction, parse_constant=_refuse_fraction)
