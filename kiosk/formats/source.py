"""What a format reads from: a size and bytes at a place, so that no reader needs a whole file in memory.

Rules: a source is read only; its owner opens and closes it. It does not know whether it is a file, a stick or memory.
"""

from dataclasses import dataclass
from typing import Protocol


class Source(Protocol):
    """Bytes that can be read at any place."""

    @property
    def size(self) -> int:
        """Number of bytes there are."""

    def read_at(self, offset: int, length: int) -> bytes:
        """Return `length` bytes from `offset`; fewer only where the source ends."""


@dataclass(frozen=True, slots=True)
class BytesSource:
    """A source over bytes in memory."""

    data: bytes

    @property
    def size(self) -> int:
        """Number of bytes there are."""
        return len(self.data)

    def read_at(self, offset: int, length: int) -> bytes:
        """Return `length` bytes from `offset`; fewer only where the source ends."""
        return self.data[offset : offset + length]
