"""The head of a journal in a second file: how long it is and how it ends.

Rules: two places of 512 bytes are written in turn, so that a torn write leaves the head before it; each carries a check
value under the journal's key. It is written with every record and synced when asked: after a power cut it may be a few
records behind its journal, never ahead of it. Reading never makes a file.
"""

import hashlib
import hmac
import os
from dataclasses import dataclass
from pathlib import Path

from kiosk.errors import JournalError

_PLACE = 512
_PLACES = 2
_BODY = 8 + 32
_MAC = 32
_BINARY = getattr(os, "O_BINARY", 0)
"""Windows changes line ends without it."""


class HeadMissingError(JournalError):
    """The journal has no readable head file (`journal`)."""

    code = "journal/head-missing"


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """The last record's number and hash."""

    seq: int
    hash: bytes


class HeadFile:
    """The head file of one journal."""

    def __init__(self, path: Path, journal: str, key: bytes) -> None:
        """Open a head file to write it, or make it. OSError passes to the journal."""
        self._journal = journal
        self._key = key
        self._handle = os.open(path, os.O_RDWR | os.O_CREAT | _BINARY, 0o600)
        heads = [_read_place(self._handle, place, journal, key) for place in range(_PLACES)]
        self._last = max(range(_PLACES), key=lambda place: head.seq if (head := heads[place]) else -1)
        self._head = heads[self._last]

    def write(self, head: Head, *, sync: bool) -> None:
        """Note the head; with `sync` it is on disk afterwards. OSError passes to the journal."""
        place = self._last if head == self._head else (self._last + 1) % _PLACES
        body = head.seq.to_bytes(8, "big") + head.hash
        os.lseek(self._handle, _PLACE * place, os.SEEK_SET)
        os.write(self._handle, body + _mac(body, self._journal, self._key))
        self._last, self._head = place, head
        if sync:
            os.fsync(self._handle)

    def close(self) -> None:
        """Give the handle back."""
        os.close(self._handle)


def read_head(path: Path, journal: str, key: bytes) -> Head:
    """Return the newer of the heads that hold; HeadMissingError when none does."""
    try:
        handle = os.open(path, os.O_RDONLY | _BINARY)
        try:
            heads = [_read_place(handle, place, journal, key) for place in range(_PLACES)]
        finally:
            os.close(handle)
    except OSError as error:
        raise HeadMissingError(journal=journal) from error
    sound = [head for head in heads if head]
    if not sound:
        raise HeadMissingError(journal=journal)
    return max(sound, key=lambda head: head.seq)


def _read_place(handle: int, place: int, journal: str, key: bytes) -> Head | None:
    os.lseek(handle, _PLACE * place, os.SEEK_SET)
    raw = os.read(handle, _BODY + _MAC)
    body = raw[:_BODY]
    if len(raw) != _BODY + _MAC or not hmac.compare_digest(raw[_BODY:], _mac(body, journal, key)):
        return None
    return Head(seq=int.from_bytes(body[:8], "big"), hash=body[8:])


def _mac(body: bytes, journal: str, key: bytes) -> bytes:
    return hmac.digest(key, b"kiosk journal head\0" + journal.encode() + b"\0" + body, hashlib.sha256)
