"""The folders of a world: private keys are private, nothing is overwritten, the chains lead to the anchor."""

from dataclasses import replace
from pathlib import Path

import pytest

from kiosk.crypto.certify import issue_leaf
from kiosk.crypto.path import UnknownRootError
from kiosk.crypto.roles import Role
from kiosk.crypto.seal import BadIdentityError, NotForThisKeyError
from kiosk.crypto.sign import verify_chain
from kiosk.exam.vocabulary import BankId, CentreId, Level
from kiosk.office.compile import compile_bank
from kiosk.office.keys import (
    DENIED,
    AlreadyThereError,
    BadDenyListError,
    BadNameError,
    NotAnOfficeError,
    load_anchor,
    load_centre,
    load_office,
    make_office,
    make_root,
    make_world,
)
from tests.support import bank_folders as f

NOW = 1_795_262_400
CENTRE = CentreId("017")


def test_a_world_lies_in_its_folders_and_reads_back(tmp_path: Path) -> None:
    office = make_world(tmp_path, "示范机构 𬭚", centre=CENTRE, rehearsal=False, at=NOW)
    assert load_office(tmp_path / "office") == office
    assert not office.rehearsal
    assert office.root_pem == load_anchor(tmp_path)
    assert sorted(path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*") if path.is_file()) == [
        "anchor/root.pem",
        "authority/authority.key",
        "authority/authority.pem",
        "centre/centre.key",
        "centre/centre.pem",
        "office/identity.age-secret",
        "office/recipient.txt",
        "office/root.pem",
        "office/signer.key",
        "office/signer.pem",
        "root/root.key",
        "root/root.pem",
    ]


def test_private_files_are_private(tmp_path: Path) -> None:
    make_world(tmp_path, "body", centre=CENTRE, rehearsal=True, at=NOW)
    private = [*tmp_path.rglob("*.key"), *tmp_path.rglob("*.age-secret")]
    assert len(private) == 5
    assert {path.stat().st_mode & 0o777 for path in private} == {0o600}
    for path in set(tmp_path.rglob("*")) - set(private):
        if path.is_file():
            assert b"PRIVATE" not in path.read_bytes()
            assert b"AGE-SECRET" not in path.read_bytes()


def test_the_office_signs_rounds_and_the_centre_certifies_workstations(tmp_path: Path) -> None:
    office = make_world(tmp_path, "body", centre=CENTRE, rehearsal=True, at=NOW)
    signer = verify_chain(chain_pem=office.signer().chain_pem, root_pem=office.root_pem, role=Role.ROUND_SIGNER, at=NOW)
    assert signer.rehearsal
    assert office.rehearsal
    leaf = issue_leaf(load_centre(tmp_path), Role.WORKSTATION, "017/pc-1", at=NOW)
    assert verify_chain(chain_pem=leaf.chain_pem, root_pem=office.root_pem, role=Role.WORKSTATION, at=NOW)


def test_two_worlds_do_not_know_each_other(tmp_path: Path) -> None:
    one = make_world(tmp_path / "one", "body", centre=CENTRE, rehearsal=True, at=NOW)
    two = make_world(tmp_path / "two", "body", centre=CENTRE, rehearsal=True, at=NOW)
    with pytest.raises(UnknownRootError):
        verify_chain(chain_pem=two.signer().chain_pem, root_pem=one.root_pem, role=Role.ROUND_SIGNER, at=NOW)


def test_nothing_is_overwritten(tmp_path: Path) -> None:
    make_world(tmp_path, "body", centre=CENTRE, rehearsal=True, at=NOW)
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    with pytest.raises(AlreadyThereError):
        make_root(tmp_path, "body", rehearsal=True, at=NOW)
    with pytest.raises(AlreadyThereError):
        make_office(tmp_path, "office", at=NOW)
    assert before == {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}


def test_what_is_no_office_is_refused(tmp_path: Path) -> None:
    with pytest.raises(NotAnOfficeError):
        load_office(tmp_path)
    make_world(tmp_path, "body", centre=CENTRE, rehearsal=True, at=NOW)
    (tmp_path / "office" / "identity.age-secret").write_bytes("不是密钥 𬭚".encode())
    with pytest.raises(BadIdentityError):
        load_office(tmp_path / "office")


def test_the_deny_list_is_read_strictly(tmp_path: Path) -> None:
    make_world(tmp_path, "body", centre=CENTRE, rehearsal=True, at=NOW)
    path = tmp_path / "office" / DENIED
    path.write_text(f"# 已吊销\n\n{'ab' * 32} 考点３ 的旧电脑 𬭚\n", encoding="utf-8")
    assert load_office(tmp_path / "office").denied == {"ab" * 32}
    path.write_text(f"{'ab' * 32}\nAB\n", encoding="utf-8")
    with pytest.raises(BadDenyListError) as refused:
        load_office(tmp_path / "office")
    assert refused.value.data == {"line": 2}


def test_keys_of_a_bank_are_sealed_to_the_office_alone(tmp_path: Path) -> None:
    office = make_world(tmp_path / "one", "body", centre=CENTRE, rehearsal=True, at=NOW)
    other = make_world(tmp_path / "two", "body", centre=CENTRE, rehearsal=True, at=NOW)
    keys = compile_bank(f.linted(), Level.JUNIOR, BankId("small")).keys
    path = office.keep_keys(keys)
    assert office.keys(BankId("small")) == keys
    assert b"424242.5" not in path.read_bytes()
    with pytest.raises(AlreadyThereError):
        office.keep_keys(keys)
    with pytest.raises(NotForThisKeyError):
        replace(office, identity=other.identity).keys(BankId("small"))
    assert office.keys(BankId("unknown")) is None
    assert office.keys(BankId("../identity")) is None
    with pytest.raises(BadNameError):
        office.keep_keys(replace(keys, bank=BankId("../x")))
