"""Chance that can be repeated: one key and one label always give the same order, on every machine and Python.

Rules: words are HMAC-SHA256(key, length-prefixed label, counter) read as big-endian 64-bit integers; a draw below n
rejects the words of the last incomplete block, so that every value is equally likely; an order is Fisher and Yates'
shuffle from the last place down. The published vectors are tests/vectors/shuffle.json.
"""

import hashlib
import hmac
from collections.abc import Iterator, Sequence
from typing import TypeVar

T = TypeVar("T")

_WORD = 8
_SPAN = 1 << (8 * _WORD)


def _words(key: bytes, label: str) -> Iterator[int]:
    name = label.encode()
    counter = 0
    while True:
        block = hmac.digest(key, len(name).to_bytes(4, "big") + name + counter.to_bytes(8, "big"), hashlib.sha256)
        for start in range(0, len(block), _WORD):
            yield int.from_bytes(block[start : start + _WORD], "big")
        counter += 1


def _below(words: Iterator[int], n: int) -> int:
    limit = _SPAN - _SPAN % n
    return next(word for word in words if word < limit) % n


def shuffled(values: Sequence[T], key: bytes, label: str) -> tuple[T, ...]:
    """Return the values in the order that key and label decide."""
    words = _words(key, label)
    order = list(values)
    for last in range(len(order) - 1, 0, -1):
        other = _below(words, last + 1)
        order[last], order[other] = order[other], order[last]
    return tuple(order)


def derived_seed(seed: bytes, *parts: str) -> bytes:
    """Derive a 32-byte seed for one purpose: HMAC over length-prefixed parts."""
    message = b"".join(len(part.encode()).to_bytes(4, "big") + part.encode() for part in parts)
    return hmac.digest(seed, message, hashlib.sha256)
