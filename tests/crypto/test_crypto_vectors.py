"""The published vectors: what another implementation must get, in files that any language reads.

The values were computed apart from this program, with the standard library's hashes and another Argon2.
"""

import json
from pathlib import Path
from typing import Any

import pytest

from kiosk.crypto.card import Card, card_verifier, pin_verifier
from kiosk.crypto.chain import evolve, genesis, merkle_proof, merkle_root, row_hash, row_tag, verify_merkle_proof
from kiosk.crypto.codes import decode_code
from kiosk.crypto.derive import key_check, stretch
from kiosk.crypto.roles import Role
from kiosk.crypto.room import Grant, GrantKind, read_grant_code, room_grant_code, start_code
from kiosk.crypto.seal import open_sealed
from kiosk.crypto.sign import verify
from kiosk.crypto.slots import Slot, encode_header, open_slot, shares_of, slot_header, slot_key
from kiosk.crypto.unlock import open_resume, resume_key, unlock_file_open
from kiosk.errors import SealError, TrustError, UnlockError

VECTORS = Path(__file__).parent.parent / "vectors"
raw = bytes.fromhex


def load(name: str) -> dict[str, Any]:
    read: dict[str, Any] = json.loads((VECTORS / f"crypto-{name}.json").read_text(encoding="utf-8"))
    assert read["what"]
    return read


CODES, SLOTS, ROOM = load("codes"), load("slots"), load("room")
CHAIN, MERKLE, SIGNATURES, SEAL = load("chain"), load("merkle"), load("signatures"), load("seal")


@pytest.mark.parametrize("case", CODES["accepted"], ids=lambda case: repr(case["text"]))
def test_codes_read_as_published(case: dict[str, str]) -> None:
    assert decode_code(case["text"], groups=4) == raw(case["bytes"])


@pytest.mark.parametrize("case", CODES["refused"], ids=lambda case: case["why"])
def test_codes_are_refused_as_published(case: dict[str, Any]) -> None:
    with pytest.raises(UnlockError) as refused:
        decode_code(case["text"], groups=4)
    assert refused.value.code == case["code"]
    assert refused.value.data.get("group") == case.get("group")


def test_the_release_share_is_the_published_one() -> None:
    case = SLOTS["stretch"]
    assert stretch(raw(case["release_code"]), salt=raw(case["salt"]), suite=1) == raw(case["release"])


@pytest.mark.parametrize("case", SLOTS["cards"], ids=lambda case: case["id"])
def test_cards_are_the_published_ones(case: dict[str, str]) -> None:
    card = Card.from_text(case["text"])
    assert card == Card(id=case["id"], share=raw(case["share"]))
    assert card.to_text() == case["text"]
    assert card_verifier(card.share) == raw(case["verifier"])
    assert pin_verifier(card.share, case["pin"], salt=raw(case["pin_salt"])) == raw(case["pin_verifier"])


@pytest.mark.parametrize("case", SLOTS["slots"], ids=lambda case: "+".join(case["cards"]))
def test_slots_open_as_published(case: dict[str, Any]) -> None:
    known = {card["id"]: Card.from_text(card["text"]) for card in SLOTS["cards"]}
    cards = [known[name] for name in case["cards"]]
    header = slot_header(package=case["package"], session=case["session"], purpose=case["purpose"], cards=cards)
    assert encode_header(header) == raw(case["encoded_header"])
    assert [verifier.hex() for verifier in header.verifiers] == case["verifiers"]
    release, salt = raw(SLOTS["stretch"]["release"]), raw(case["salt"])
    key, nonce = slot_key(header, salt=salt, release=release, shares=shares_of(cards))
    assert (key, nonce) == (raw(case["key"]), raw(case["nonce"]))
    slot = Slot(header=header, salt=salt, sealed=raw(case["sealed"]))
    assert open_slot(slot, release=release, shares=shares_of(cards)) == raw(case["payload"])


def test_the_unlock_file_opens_as_published() -> None:
    case, card = SLOTS["unlock_file"], Card.from_text(SLOTS["cards"][0]["text"])
    names = {"package": case["package"], "session": case["session"]}
    read = unlock_file_open(raw(case["file"]), room_salt=raw(case["room_salt"]), card=card, **names)
    assert read == raw(case["release"])


def test_the_resume_slot_opens_as_published() -> None:
    case = SLOTS["resume_slot"]
    names = {"package": case["package"], "session": case["session"]}
    key = resume_key(raw(SLOTS["cards"][0]["share"]), **names)
    assert key == raw(case["resume_key"])
    read = open_resume(
        raw(case["file"]), device_secret=raw(case["device_secret"]), resume_key=key, card=case["card"], **names
    )
    assert read == raw(case["payload"])


def test_the_key_check_is_the_published_one() -> None:
    assert key_check(raw(SLOTS["key_check"]["key"])) == raw(SLOTS["key_check"]["check"])


def test_room_codes_are_the_published_ones() -> None:
    key = raw(ROOM["room_key"])
    for case in ROOM["start_codes"]:
        assert start_code(key, case["session"]) == case["code"]
    for case in ROOM["grants"]:
        numbers = {part: case[part] for part in ("serial", "minutes", "reason")}
        grant = Grant(kind=GrantKind(case["kind"]), **numbers)
        assert list(room_grant_code(key, grant)) == case["groups"]
        assert read_grant_code(key, "-".join(case["groups"])) == grant


def test_the_chain_is_the_published_one() -> None:
    head = genesis(raw(CHAIN["journal_id"]))
    assert head == raw(CHAIN["genesis"])
    for row in CHAIN["rows"]:
        head, key = row_hash(head, row["seq"], row["epoch"], raw(row["body"])), raw(row["key"])
        assert (head.hex(), row_tag(key, head).hex()) == (row["hash"], row["tag"])
    keys = [raw(row["key"]) for row in CHAIN["rows"]] + [raw(CHAIN["key_after"])]
    assert [evolve(key) for key in keys[:-1]] == keys[1:]


def test_the_trees_are_the_published_ones() -> None:
    leaves = [raw(leaf) for leaf in MERKLE["leaves"]]
    assert [merkle_root(leaves[:size]).hex() for size in range(9)] == MERKLE["roots"]
    for case in MERKLE["proofs"]:
        index, size, proof = case["index"], case["size"], [raw(node) for node in case["proof"]]
        assert list(merkle_proof(leaves[:size], index)) == proof
        verify_merkle_proof(leaves[index], index=index, size=size, proof=proof, root=raw(MERKLE["roots"][size]))


@pytest.mark.parametrize("case", SIGNATURES["cases"], ids=lambda case: case["why"])
def test_signatures_are_judged_as_published(case: dict[str, Any]) -> None:
    def judge() -> str:
        return verify(
            raw(case["signature"]),
            raw(SIGNATURES["data"]),
            chain_pem=case["chain"].encode(),
            root_pem=SIGNATURES["root"].encode(),
            role=Role(case["role"]),
            at=case["at"],
        ).id

    if "id" in case:
        assert judge() == case["id"]
        return
    with pytest.raises(TrustError) as refused:
        judge()
    assert refused.value.code == case["code"]


def test_the_sealed_file_opens_as_published() -> None:
    for secret in SEAL["secrets"]:
        assert open_sealed(raw(SEAL["sealed"]), secret) == raw(SEAL["text"])


@pytest.mark.parametrize("case", SEAL["refused"], ids=lambda case: case["why"])
def test_sealed_files_are_refused_as_published(case: dict[str, str]) -> None:
    with pytest.raises(SealError) as refused:
        open_sealed(raw(case["sealed"]), case["secret"])
    assert refused.value.code == case["code"]
