"""The head of a journal in a second file: how long it is and how it ends.

Rules: two places of 512 bytes are written in turn, so that a torn write leaves the older head; each carries a check
value under the journal's key. It is written with every record and synced when asked: after a power cut it may be a few
records behind its journal, never ahead of it.
"""

import hashlib
import hmac
import os
from dataclasses import dataclass
from pathlib import Path

from kiosk.errors import JournalError

_PLACE = 512
_BODY = 8 + 32
_MAC = 32


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
        self._journal = journal
        self._key = key
        self._handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)

    def _mac(self, body: bytes) -> bytes:
        return hmac.digest(self._key, b"kiosk journal head\0" + self._journal.encode() + b"\0" + body, hashlib.sha256)

    def write(self, head: Head, *, sync: bool) -> None:
        """Note the head; with `sync` it is on disk afterwards. OSError passes to the journal."""
        body = head.seq.to_bytes(8, "big") + head.hash
        os.lseek(self._handle, _PLACE * (head.seq % 2), os.SEEK_SET)
        os.write(self._handle, body + self._mac(body))
        if sync:
            os.fsync(self._handle)

    def read(self) -> Head:
        """Return the newer of the heads that hold; HeadMissingError when none does."""
        heads = []
        for place in (0, 1):
            os.lseek(self._handle, _PLACE * place, os.SEEK_SET)
            raw = os.read(self._handle, _BODY + _MAC)
            body, mac = raw[:_BODY], raw[_BODY:]
            if len(raw) == _BODY + _MAC and hmac.compare_digest(mac, self._mac(body)):
                heads.append(Head(seq=int.from_bytes(body[:8], "big"), hash=body[8:]))
        if not heads:
            raise HeadMissingError(journal=self._journal)
        return max(heads, key=lambda head: head.seq)

    def close(self) -> None:
        """Give the handle back."""
        os.close(self._handle)
