"""The same files under other people's tools: openssl checks chains and signatures, age opens what is sealed."""

import hashlib
import shutil
import subprocess
from pathlib import Path

import pytest

from kiosk.crypto.certify import Certified
from kiosk.crypto.roles import DEMO_UNIT, Role
from kiosk.crypto.seal import NotForThisKeyError, new_identity, open_sealed, seal
from kiosk.crypto.sign import new_key, verify, verify_chain
from tests.crypto.world import DAY, NOW, Forgery, forge, make_world, sub_authority, world

TEXT = "第一场 １２３ 𬭚\n".encode()


def run(*command: str | Path) -> tuple[bool, bytes]:
    """Run one tool and return whether it agreed, with everything it printed."""
    if shutil.which(str(command[0])) is None:
        pytest.skip(f"not installed: {command[0]}")
    done = subprocess.run([str(word) for word in command], capture_output=True, check=False)
    return done.returncode == 0, done.stdout + done.stderr


def check_chain(folder: Path, holder: Certified, *, at: int = NOW, root: Certified | None = None) -> tuple[bool, bytes]:
    """Run the second line of the foreign check, as DESIGN has it."""
    anchor, signer = folder / "root.pem", folder / "signer.pem"
    anchor.write_bytes((root or world().root).chain_pem)
    signer.write_bytes(holder.chain_pem)
    return run("openssl", "verify", "-CAfile", anchor, "-untrusted", signer, "-attime", str(at), signer)


@pytest.mark.parametrize("kind", ["workstation", "round_signer", "office"])
def test_openssl_accepts_our_chains(tmp_path: Path, kind: str) -> None:
    agreed, said = check_chain(tmp_path, getattr(world(), kind))
    assert agreed, said


def test_openssl_refuses_what_a_path_check_can_see(tmp_path: Path) -> None:
    sub = forge(forge(world().centre, sub_authority()), Forgery())
    assert b"path length constraint exceeded" in check_chain(tmp_path, sub)[1]
    assert b"expired" in check_chain(tmp_path, world().workstation, at=NOW + 500 * DAY)[1]
    assert not check_chain(tmp_path, forge(world().workstation, Forgery()))[0]
    assert not check_chain(tmp_path, world().office, root=make_world().root)[0]


def test_openssl_cannot_see_roles_and_depths(tmp_path: Path) -> None:
    """Why a reader prints the role after the second line, and why our own check asks for more."""
    assert check_chain(tmp_path, forge(world().centre, Forgery(usages=(Role.ROUND_SIGNER.oid,))))[0]


def test_openssl_prints_subject_role_and_names(tmp_path: Path) -> None:
    demo = make_world("演示", rehearsal=True)
    signer, root = tmp_path / "signer.pem", tmp_path / "root.pem"
    signer.write_bytes(demo.workstation.chain_pem)
    root.write_bytes(demo.root.chain_pem)
    said = run("openssl", "x509", "-in", signer, "-noout", "-text")[1]
    for expected in (
        Role.WORKSTATION.oid.dotted_string,
        "TLS Web Client Authentication",
        "URI:urn:kiosk:workstation:017/pc-03, URI:urn:kiosk:key:file",
        "CA:FALSE",
    ):
        assert expected.encode() in said
    assert DEMO_UNIT.encode() in run("openssl", "x509", "-in", root, "-noout", "-subject")[1]


def test_openssl_checks_our_signatures(tmp_path: Path) -> None:
    key, signed, signature, public = new_key(), tmp_path / "data", tmp_path / "data.sig", tmp_path / "public.pem"
    signed.write_bytes(TEXT)
    signature.write_bytes(key.sign(TEXT))
    public.write_bytes(key.public_pem())
    command = ("openssl", "dgst", "-sha256", "-verify", public, "-signature", signature, signed)
    agreed, said = run(*command)
    assert agreed, said
    signed.write_bytes(TEXT + b".")
    assert not run(*command)[0]


def test_openssl_reads_the_key_out_of_the_chain_file(tmp_path: Path) -> None:
    signer = tmp_path / "signer.pem"
    signer.write_bytes(world().workstation.chain_pem)
    said = run("openssl", "x509", "-in", signer, "-noout", "-pubkey")[1]
    assert said == world().workstation.key.public_pem()


def test_we_check_a_signature_that_openssl_made(tmp_path: Path) -> None:
    signed, private = tmp_path / "data", tmp_path / "key.pem"
    signed.write_bytes(TEXT)
    private.write_bytes(world().office.key.to_pem())
    agreed, said = run("openssl", "dgst", "-sha256", "-sign", private, "-out", tmp_path / "sig", signed)
    assert agreed, said
    signature, chain, root = (tmp_path / "sig").read_bytes(), world().office.chain_pem, world().root.chain_pem
    assert verify(signature, TEXT, chain_pem=chain, root_pem=root, role=Role.OFFICE, at=NOW).id == "results-office"


def test_age_opens_what_we_seal(tmp_path: Path) -> None:
    office, escrow = new_identity(), new_identity()
    sealed, key = tmp_path / "result.age", tmp_path / "key.txt"
    for size in (0, 1, 65_536, 65_537):
        content = (TEXT * (size // len(TEXT) + 1))[:size]
        sealed.write_bytes(seal(content, [office.recipient, escrow.recipient]))
        for identity in (office, escrow):
            key.write_text(identity.secret, encoding="ascii")
            assert run("age", "-d", "-i", key, sealed) == (True, content)


def test_we_open_what_age_sealed(tmp_path: Path) -> None:
    office, stranger = new_identity(), new_identity()
    plain, sealed = tmp_path / "plain", tmp_path / "sealed.age"
    plain.write_bytes(TEXT)
    agreed, said = run("age", "-r", office.recipient, "-o", sealed, plain)
    assert agreed, said
    assert open_sealed(sealed.read_bytes(), office.secret) == TEXT
    with pytest.raises(NotForThisKeyError):
        open_sealed(sealed.read_bytes(), stranger.secret)


def test_openssl_and_sha256sum_give_the_fingerprint(tmp_path: Path) -> None:
    signer, public, der = tmp_path / "signer.pem", tmp_path / "public.pem", tmp_path / "public.der"
    signer.write_bytes(world().office.chain_pem)
    public.write_bytes(run("openssl", "x509", "-in", signer, "-noout", "-pubkey")[1])
    assert run("openssl", "pkey", "-pubin", "-in", public, "-outform", "DER", "-out", der)[0]
    mark = hashlib.sha256(der.read_bytes()).hexdigest()
    chain, root = world().office.chain_pem, world().root.chain_pem
    assert verify_chain(chain_pem=chain, root_pem=root, role=Role.OFFICE, at=NOW).fingerprint == mark
