"""Who signed what: a signature counts for its bytes, its key and its chain, and for nothing else."""

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519

from kiosk.crypto.certify import Certified
from kiosk.crypto.roles import MalformedTrustError, Role
from kiosk.crypto.sign import BadSignatureError, Signer, SigningKey, new_key, verify_chain
from tests.crypto.world import (
    DATA,
    DAY,
    NOW,
    check,
    mark_of,
    world,
)


def test_a_workstation_signs() -> None:
    signer = check(world().workstation, Role.WORKSTATION)
    assert signer == Signer(
        id="017/pc-03",
        role=Role.WORKSTATION,
        fingerprint=mark_of(world().workstation.chain_pem),
        subject="017/pc-03",
        not_after=NOW + 400 * DAY,
        rehearsal=False,
        key_protection="file",
    )


def test_the_round_desk_and_the_office_sign() -> None:
    assert check(world().round_signer, Role.ROUND_SIGNER).id == "round-desk-1"
    office = check(world().office, Role.OFFICE)
    assert (office.id, office.key_protection) == ("results-office", "tpm2")


def test_a_chain_is_judged_without_a_signature() -> None:
    chain, root = world().office.chain_pem, world().root.chain_pem
    assert verify_chain(chain_pem=chain, root_pem=root, role=Role.OFFICE, at=NOW).role is Role.OFFICE


def test_the_same_key_and_data_give_the_same_signature() -> None:
    key = new_key()
    assert key.sign(DATA) == key.sign(DATA) != key.sign(DATA + b"x")


def test_a_key_survives_its_file() -> None:
    key = new_key()
    again = SigningKey.from_pem(key.to_pem())
    assert again.public_pem() == key.public_pem()
    assert again.sign(DATA) == key.sign(DATA)


def test_another_signature_is_refused() -> None:
    with pytest.raises(BadSignatureError) as refused:
        check(world().workstation, Role.WORKSTATION, signature=new_key().sign(DATA))
    assert refused.value.data == {"id": "017/pc-03"}


def test_every_flipped_byte_of_a_signature_is_refused() -> None:
    signature = world().workstation.key.sign(DATA)
    for place in range(len(signature)):
        flipped = signature[:place] + bytes([signature[place] ^ 1]) + signature[place + 1 :]
        with pytest.raises(BadSignatureError):
            check(world().workstation, Role.WORKSTATION, signature=flipped)
    for other in (b"", signature[:-1], signature + b"\0"):
        with pytest.raises(BadSignatureError):
            check(world().workstation, Role.WORKSTATION, signature=other)


def test_other_kinds_of_keys_are_refused() -> None:
    pem = serialization.Encoding.PEM
    for key in (ec.generate_private_key(ec.SECP384R1()), ed25519.Ed25519PrivateKey.generate()):
        plain = key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
        with pytest.raises(MalformedTrustError):
            SigningKey.from_pem(plain)
    secret = serialization.BestAvailableEncryption(b"pass")
    locked = new_key().private.private_bytes(pem, serialization.PrivateFormat.PKCS8, secret)
    for bad in (b"", b"\xff", locked, new_key().public_pem()):
        with pytest.raises(MalformedTrustError):
            SigningKey.from_pem(bad)


def test_a_key_shows_nothing_of_itself() -> None:
    key = new_key()
    secret = str(key.private.private_numbers().private_value)
    assert secret not in repr(key)
    assert secret not in repr(Certified(key=key, chain_pem=b""))
