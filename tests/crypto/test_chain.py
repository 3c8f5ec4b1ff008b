"""The journal's chain and the pictures' tree: nothing in them can be changed, moved, dropped or added unnoticed."""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.crypto.chain import (
    ChainRangeError,
    MerkleProofError,
    RowTagError,
    check_row_tag,
    evolve,
    genesis,
    merkle_proof,
    merkle_root,
    row_hash,
    row_tag,
    verify_merkle_proof,
)

KEY = bytes(range(32))
START = genesis("考试 𬭚".encode())


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    body: bytes
    tag: bytes


def write(bodies: Sequence[bytes], key: bytes = KEY, start: bytes = START) -> list[Row]:
    rows, head = [], start
    for seq, body in enumerate(bodies):
        head = row_hash(head, seq, 0, body)
        rows.append(Row(body=body, tag=row_tag(key, head)))
        key = evolve(key)
    return rows


def check(rows: Sequence[Row], key: bytes = KEY, start: bytes = START) -> bytes:
    head = start
    for seq, row in enumerate(rows):
        head = row_hash(head, seq, 0, row.body)
        check_row_tag(key, head, row.tag)
        key = evolve(key)
    return head


ROWS = write([f"作答 {n}".encode() for n in range(40)])


def test_an_honest_journal_is_accepted() -> None:
    assert len(check(ROWS)) == 32


@pytest.mark.parametrize(
    "tamper",
    [
        lambda rows: [*rows[:11], replace(rows[11], body=b"other"), *rows[12:]],
        lambda rows: rows[:20] + rows[21:],
        lambda rows: [*rows[:30], rows[31], rows[30], *rows[32:]],
        lambda rows: rows[1:],
        lambda rows: [*rows[:5], rows[4], *rows[5:]],
        lambda rows: [*rows, Row(body=b"forged", tag=bytes(32))],
        lambda rows: [*rows[:3], write([row.body for row in rows], start=genesis(b"another"))[3], *rows[4:]],
        lambda rows: [*rows[:11], replace(rows[11], tag=rows[11].tag[:-1]), *rows[12:]],
    ],
)
def test_tampering_is_noticed(tamper: Callable[[Sequence[Row]], Sequence[Row]]) -> None:
    with pytest.raises(RowTagError):
        check(tamper(ROWS))


def test_a_stolen_key_signs_nothing_of_the_past() -> None:
    stolen = KEY
    for _ in ROWS:
        stolen = evolve(stolen)
    bodies = [row.body for row in ROWS]
    bodies[11] = b"other"
    rewritten = [*ROWS[:11], *write(bodies, key=stolen)[11:]]
    with pytest.raises(RowTagError):
        check(rewritten)


def test_a_cut_tail_is_not_noticed_by_the_chain_alone() -> None:
    """Negative control: why heads are also kept elsewhere."""
    assert check(ROWS[:-5]) != check(ROWS)


def test_number_epoch_and_body_all_count() -> None:
    hashes = {
        row_hash(START, 1, 1, b"x"),
        row_hash(START, 2, 1, b"x"),
        row_hash(START, 1, 2, b"x"),
        row_hash(START, 1, 1, b"y"),
    }
    assert len(hashes) == 4
    assert evolve(KEY) not in (KEY, row_tag(KEY, START), genesis(KEY))


@pytest.mark.parametrize(
    ("call", "part"),
    [
        (lambda: row_hash(b"", 0, 0, b""), "previous"),
        (lambda: row_hash(START, -1, 0, b""), "seq"),
        (lambda: row_hash(START, 1 << 64, 0, b""), "seq"),
        (lambda: row_hash(START, 0, -1, b""), "epoch"),
        (lambda: row_hash(START, 0, 1 << 32, b""), "epoch"),
        (lambda: row_tag(b"", START), "key"),
        (lambda: row_tag(KEY, b""), "row"),
        (lambda: evolve(b"x" * 31), "key"),
        (lambda: merkle_proof([], 0), "index"),
        (lambda: merkle_proof([b"a"], 1), "index"),
        (lambda: merkle_proof([b"a"], -1), "index"),
    ],
)
def test_what_a_chain_cannot_hold_is_refused(call: Callable[[], object], part: str) -> None:
    with pytest.raises(ChainRangeError) as refused:
        call()
    assert refused.value.data == {"part": part}


def test_the_largest_numbers_fit() -> None:
    assert len(row_hash(START, (1 << 64) - 1, (1 << 32) - 1, b"")) == 32


# The tree of RFC 6962.


def by_definition(leaves: Sequence[bytes]) -> bytes:
    """MTH as RFC 6962, 2.1 defines it, word for word."""
    if not leaves:
        return hashlib.sha256(b"").digest()
    if len(leaves) == 1:
        return hashlib.sha256(b"\0" + leaves[0]).digest()
    split = 1
    while split * 2 < len(leaves):
        split *= 2
    return hashlib.sha256(b"\1" + by_definition(leaves[:split]) + by_definition(leaves[split:])).digest()


def path_by_definition(index: int, leaves: Sequence[bytes]) -> tuple[bytes, ...]:
    """PATH as RFC 6962, 2.1.1 defines it."""
    if len(leaves) == 1:
        return ()
    split = 1
    while split * 2 < len(leaves):
        split *= 2
    if index < split:
        return (*path_by_definition(index, leaves[:split]), by_definition(leaves[split:]))
    return (*path_by_definition(index - split, leaves[split:]), by_definition(leaves[:split]))


LEAVES = [n.to_bytes(2, "big") for n in range(70)]


def test_the_root_is_the_defined_one() -> None:
    for size in range(len(LEAVES)):
        assert merkle_root(LEAVES[:size]) == by_definition(LEAVES[:size])


def test_every_proof_is_the_defined_one_and_verifies() -> None:
    for size in range(1, 34):
        leaves, root = LEAVES[:size], merkle_root(LEAVES[:size])
        for index in range(size):
            proof = merkle_proof(leaves, index)
            assert proof == path_by_definition(index, leaves)
            verify_merkle_proof(leaves[index], index=index, size=size, proof=proof, root=root)


def test_every_other_proof_is_refused() -> None:
    for size in range(1, 18):
        leaves, root = LEAVES[:size], merkle_root(LEAVES[:size])
        for index in range(size):
            proof = merkle_proof(leaves, index)
            wrong: list[tuple[bytes, int, int, tuple[bytes, ...], bytes]] = [
                (b"other", index, size, proof, root),
                (leaves[index], index, size, proof, root[::-1]),
                (leaves[index], index, size, (*proof, bytes(32)), root),
                (leaves[index], size, size, proof, root),
                (leaves[index], -1, size, proof, root),
                (leaves[index], index, 0, proof, root),
                (leaves[index], index, size, (), root if proof else b""),
                *((leaves[index], other, size, proof, root) for other in range(size) if other != index),
            ]
            for leaf, at, count, path, top in wrong:
                with pytest.raises(MerkleProofError):
                    verify_merkle_proof(leaf, index=at, size=count, proof=path, root=top)


def test_a_node_is_no_leaf() -> None:
    """Without the prefixes, two leaves joined would prove as one."""
    left, right = (hashlib.sha256(b"\0" + leaf).digest() for leaf in LEAVES[:2])
    with pytest.raises(MerkleProofError):
        verify_merkle_proof(left + right, index=0, size=1, proof=(), root=merkle_root(LEAVES[:2]))


@given(st.lists(st.binary(max_size=8), min_size=1, max_size=40), st.data())
def test_any_leaf_can_be_shown(leaves: list[bytes], draw: st.DataObject) -> None:
    index = draw.draw(st.integers(0, len(leaves) - 1))
    root, proof = merkle_root(leaves), merkle_proof(leaves, index)
    verify_merkle_proof(leaves[index], index=index, size=len(leaves), proof=proof, root=root)
    for place in range(len(proof)):
        flipped = (*proof[:place], bytes([proof[place][0] ^ 1]) + proof[place][1:], *proof[place + 1 :])
        with pytest.raises(MerkleProofError):
            verify_merkle_proof(leaves[index], index=index, size=len(leaves), proof=flipped, root=root)
