"""Links the rows of a journal so that none can be changed, dropped, moved or added unnoticed, and proves one picture
out of many.

Rules kept. Row hash: SHA-256 over the hash before it, the row's number, its epoch and its bytes, each part preceded by
its length. Row tag: HMAC-SHA256 of that hash under a key that is replaced after every row by its own hash (Schneier and
Kelsey), so a key stolen today signs nothing of yesterday. Key number is row number: a verifier that advances its key
once per row cannot take an old row under a newer key. Trees: Merkle root and audit path exactly as RFC 6962, 2.1, leaf
prefix 00, node prefix 01. What this module refuses to know: what a row says. A cut tail is invisible to a chain alone;
`kiosk.storage` and the office hold the heads that show it.
"""

import hashlib
import hmac
from collections.abc import Sequence

from kiosk.crypto.derive import mac, prefixed
from kiosk.errors import JournalError

HASH_BYTES = 32
_SEQ_LIMIT = 1 << 64
_EPOCH_LIMIT = 1 << 32


class ChainRangeError(JournalError):
    """A hash, key, number or index is outside what a chain or tree can hold. Data: `part`."""

    code = "journal/chain-range"


class RowTagError(JournalError):
    """A row's tag is not the one its key makes. Data: none; the caller knows the row."""

    code = "journal/row-tag"


class MerkleProofError(JournalError):
    """A proof does not lead from this leaf to this root."""

    code = "journal/merkle-proof"


def genesis(journal_id: bytes) -> bytes:
    """The hash before a journal's first row, 32 bytes."""
    return hashlib.sha256(prefixed(b"kiosk journal genesis 1", journal_id)).digest()


def row_hash(previous: bytes, seq: int, epoch: int, body: bytes) -> bytes:
    """The hash of one row, 32 bytes. `seq` counts from 0 below 2^64, `epoch` from 0 below 2^32."""
    _demand_hash("previous", previous)
    if not 0 <= seq < _SEQ_LIMIT:
        raise ChainRangeError(part="seq")
    if not 0 <= epoch < _EPOCH_LIMIT:
        raise ChainRangeError(part="epoch")
    numbers = (seq.to_bytes(8, "big"), epoch.to_bytes(4, "big"))
    return hashlib.sha256(prefixed(b"kiosk journal row 1", previous, *numbers, body)).digest()


def row_tag(key: bytes, row: bytes) -> bytes:
    """The tag of a row hash under the key of that row, 32 bytes."""
    _demand_hash("key", key)
    _demand_hash("row", row)
    return mac(key, b"kiosk journal tag 1", row)


def check_row_tag(key: bytes, row: bytes, tag: bytes) -> None:
    """Compare a stored tag in constant time; raises `RowTagError`."""
    if not hmac.compare_digest(row_tag(key, row), tag):
        raise RowTagError


def evolve(key: bytes) -> bytes:
    """The key of the next row, 32 bytes; there is no way back."""
    _demand_hash("key", key)
    return hashlib.sha256(prefixed(b"kiosk journal evolve 1", key)).digest()


def merkle_root(leaves: Sequence[bytes]) -> bytes:
    """The Merkle tree hash of `leaves` (RFC 6962, 2.1); of none, SHA-256 of nothing."""
    if not leaves:
        return hashlib.sha256().digest()
    level = [_leaf(leaf) for leaf in leaves]
    while len(level) > 1:
        level = _parents(level)
    return level[0]


def merkle_proof(leaves: Sequence[bytes], index: int) -> tuple[bytes, ...]:
    """The audit path of leaf `index` (RFC 6962, 2.1.1), from its neighbour up; raises `ChainRangeError`."""
    if not 0 <= index < len(leaves):
        raise ChainRangeError(part="index")
    level, path = [_leaf(leaf) for leaf in leaves], []
    while len(level) > 1:
        if index ^ 1 < len(level):
            path.append(level[index ^ 1])
        level, index = _parents(level), index >> 1
    return tuple(path)


def verify_merkle_proof(leaf: bytes, *, index: int, size: int, proof: Sequence[bytes], root: bytes) -> None:
    """Check that `leaf` is number `index` of `size` leaves under `root` (RFC 9162, 2.1.3.2).

    Raises `MerkleProofError` for any path that is not exactly the one.
    """
    if not 0 <= index < size:
        raise MerkleProofError
    node, last, rest = _leaf(leaf), size - 1, list(proof)
    while last > 0:
        if index % 2 or index < last:
            if not rest:
                raise MerkleProofError
            other = rest.pop(0)
            node = _node(other, node) if index % 2 else _node(node, other)
        index, last = index >> 1, last >> 1
    if rest or not hmac.compare_digest(node, root):
        raise MerkleProofError


def _parents(level: Sequence[bytes]) -> list[bytes]:
    """The next level: pairs joined, a lone last node carried up as it is, which gives RFC 6962's left-heavy tree."""
    joined = [_node(level[at], level[at + 1]) for at in range(0, len(level) - 1, 2)]
    return joined + ([level[-1]] if len(level) % 2 else [])


def _leaf(data: bytes) -> bytes:
    return hashlib.sha256(b"\x00" + data).digest()


def _node(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(b"\x01" + left + right).digest()


def _demand_hash(part: str, value: bytes) -> None:
    if len(value) != HASH_BYTES:
        raise ChainRangeError(part=part)
