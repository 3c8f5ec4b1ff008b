"""Turns keys into groups of six digits that people read out, type and check, and back again.

Rules kept. A group carries 16 bits as six digits: the value times 11, so that every wrong digit and every swap of
neighbours shows in its own group, as in BitLocker's recovery keys. Digits only: they need no input method and can be
read over the telephone. Full-width digits, spaces, hyphens and line breaks are taken as people write them; a letter is
refused with the number of its group, because an O is not certainly a zero. A typing slip is told apart from a wrong
code before any key is tried.

What this module refuses to know: which code is right.
"""

import secrets
import unicodedata
from collections.abc import Sequence
from enum import Enum

from kiosk.errors import UnlockError

GROUP_DIGITS = 6
GROUP_BYTES = 2
RELEASE_GROUPS = 4
_FACTOR = 11
_MAX_VALUE = 0xFFFF
_MAX_TEXT = 400
_ASCII = "0123456789"
_DIGITS = {ord(wide): plain for wide, plain in zip("０１２３４５６７８９", _ASCII, strict=True)}
_HYPHENS = frozenset("-‐‑‒–—―−－﹣")


class LetterInCodeError(UnlockError):
    """Something that is neither a digit nor a separator was typed. Data: `group`, counted from 1."""

    code = "unlock/letter"


class MistypedCodeError(UnlockError):
    """Some groups contain a typing slip. Data: `group` the first of them, `groups` all, as `2 4`, counted from 1."""

    code = "unlock/mistyped"


class CodeLengthError(UnlockError):
    """The code has another number of digits. Data: `expected` and `found`; `group`, from 1, where one is known."""

    code = "unlock/length"


class GroupState(Enum):
    """What can be said about one group while it is being typed."""

    OK = "ok"
    INCOMPLETE = "incomplete"
    WRONG = "wrong"


def new_release_code(groups: int = RELEASE_GROUPS) -> bytes:
    """Draw a release code of 16 bits per group: 4 groups by default, 8 where a round asks for them."""
    return secrets.token_bytes(groups * GROUP_BYTES)


def encode_groups(data: bytes) -> tuple[str, ...]:
    """Write bytes as groups of six digits, two bytes to a group. An odd number of bytes is a programmer's mistake."""
    assert len(data) % GROUP_BYTES == 0  # noqa: S101
    values = (int.from_bytes(data[at : at + GROUP_BYTES], "big") for at in range(0, len(data), GROUP_BYTES))
    return tuple(f"{value * _FACTOR:0{GROUP_DIGITS}d}" for value in values)


def decode_groups(groups: Sequence[str]) -> bytes:
    """Read groups back, two bytes each; raises `LetterInCodeError`, `CodeLengthError` or `MistypedCodeError`."""
    typed = [normalise_digits(group, group=number) for number, group in enumerate(groups, start=1)]
    for number, digits in enumerate(typed, start=1):
        if len(digits) != GROUP_DIGITS:
            raise CodeLengthError(expected=GROUP_DIGITS, found=len(digits), group=number)
    wrong = [number for number, digits in enumerate(typed, start=1) if _state(digits) is GroupState.WRONG]
    if wrong:
        raise MistypedCodeError(group=wrong[0], groups=" ".join(map(str, wrong)))
    return b"".join((int(digits) // _FACTOR).to_bytes(GROUP_BYTES, "big") for digits in typed)


def decode_code(text: str, *, groups: int) -> bytes:
    """Read a whole code of `groups` groups, however it was spaced; errors as in `decode_groups`."""
    return decode_groups(split_groups(text, groups=groups))


def split_groups(text: str, *, groups: int) -> tuple[str, ...]:
    """Cut a typed or pasted text into exactly `groups` groups of ASCII digits.

    The writer's own separators count where they leave that many pieces, so that a missing digit is found in its own
    group; otherwise every six digits make a group. Raises `LetterInCodeError` or `CodeLengthError`.
    """
    digits = normalise_digits(text)
    spaced = "".join(" " if _is_separator(character) else character for character in text)
    pieces = [normalise_digits(piece) for piece in spaced.split()]
    if len(pieces) == groups:
        return tuple(pieces)
    if len(digits) != groups * GROUP_DIGITS:
        raise CodeLengthError(expected=groups * GROUP_DIGITS, found=len(digits))
    return tuple(digits[at : at + GROUP_DIGITS] for at in range(0, len(digits), GROUP_DIGITS))


def check_group(text: str) -> GroupState:
    """Judge one group while it is being typed; anything but digits and separators is wrong. Never raises."""
    try:
        return _state(normalise_digits(text))
    except UnlockError:
        return GroupState.WRONG


def normalise_digits(text: str, *, group: int | None = None) -> str:
    """Return the ASCII digits of a typed text, full-width digits turned into them, separators dropped.

    Raises `LetterInCodeError` naming `group`, or counting it from the digits before, and `CodeLengthError` for a text
    of more than 400 characters, which is refused before it is looked at.
    """
    if len(text) > _MAX_TEXT:
        raise CodeLengthError(expected=_MAX_TEXT, found=len(text))
    digits = ""
    for character in text.translate(_DIGITS):
        if character in _ASCII:
            digits += character
        elif not _is_separator(character):
            raise LetterInCodeError(group=group or len(digits) // GROUP_DIGITS + 1)
    return digits


def _is_separator(character: str) -> bool:
    """White space, a hyphen of any kind, or an invisible formatting character that a paste may bring along."""
    return character.isspace() or character in _HYPHENS or unicodedata.category(character) == "Cf"


def _state(digits: str) -> GroupState:
    if len(digits) < GROUP_DIGITS:
        return GroupState.INCOMPLETE
    value, rest = divmod(int(digits), _FACTOR)
    sound = len(digits) == GROUP_DIGITS and rest == 0 and value <= _MAX_VALUE
    return GroupState.OK if sound else GroupState.WRONG
