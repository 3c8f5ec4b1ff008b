"""Who may certify whom, for how long, and how a workstation's request is answered."""

from datetime import datetime

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from hypothesis import given
from hypothesis import strategies as st

from kiosk.crypto.builder import NameTrustError
from kiosk.crypto.certificates import MAX_PEM_BYTES, TrustTimeError
from kiosk.crypto.certify import (
    AUTHORITY_DAYS,
    LEAF_DAYS,
    ROOT_DAYS,
    Certified,
    LifetimeError,
    OtherKeyError,
    WrongIssuerError,
    accept,
    certify_request,
    fingerprint_groups,
    issue_authority,
    issue_centre,
    issue_leaf,
    make_root,
    read_request,
    request,
)
from kiosk.crypto.codes import decode_groups
from kiosk.crypto.path import DeniedError, ExpiredError
from kiosk.crypto.roles import ARC, MalformedTrustError, Role
from kiosk.crypto.sign import new_key, verify_chain
from kiosk.errors import TrustError
from tests.crypto.world import DAY, NOW, make_world, split, world

PEM = serialization.Encoding.PEM


def first(certified: Certified) -> x509.Certificate:
    return x509.load_pem_x509_certificate(certified.chain_pem)


def seconds(when: datetime) -> int:
    return int(when.timestamp())


def test_lives_and_limits() -> None:
    limits = {"root": (2, ROOT_DAYS - 1), "authority": (1, AUTHORITY_DAYS), "centre": (0, AUTHORITY_DAYS)}
    for kind, (limit, days) in limits.items():
        certificate = first(getattr(world(), kind))
        constraints = certificate.extensions.get_extension_for_class(x509.BasicConstraints)
        assert constraints.critical
        assert (constraints.value.ca, constraints.value.path_length) == (True, limit)
        assert seconds(certificate.not_valid_before_utc) == NOW - DAY
        assert seconds(certificate.not_valid_after_utc) == NOW + days * DAY
    assert seconds(first(world().workstation).not_valid_after_utc) == NOW + LEAF_DAYS * DAY


def test_only_constraints_and_key_usage_are_critical() -> None:
    for part in split(world().workstation.chain_pem):
        critical = {e.oid._name for e in x509.load_pem_x509_certificate(part).extensions if e.critical}
        assert critical == {"basicConstraints", "keyUsage"}


def test_the_roles_have_the_published_numbers() -> None:
    assert ARC == "2.25.45501995917102556566444139773547747870"
    assert [(role.value, role.oid.dotted_string.removeprefix(ARC)) for role in Role] == [
        ("workstation", ".1.1"),
        ("round-signer", ".1.2"),
        ("office", ".1.3"),
    ]


def test_chain_files_hold_everything_but_the_root() -> None:
    assert [len(split(one.chain_pem)) for one in (world().authority, world().centre, world().workstation)] == [1, 2, 3]
    assert split(world().workstation.chain_pem)[1:] == split(world().centre.chain_pem)


def test_nothing_outlives_its_issuer() -> None:
    late = NOW + (ROOT_DAYS - 10) * DAY
    authority = issue_authority(world().root, "末期", at=late)
    assert first(authority).not_valid_after_utc == first(world().root).not_valid_after_utc
    desk = issue_leaf(world().authority, Role.OFFICE, "desk", at=NOW + (AUTHORITY_DAYS - 5) * DAY)
    assert first(desk).not_valid_after_utc == first(world().authority).not_valid_after_utc


def test_nothing_begins_before_its_issuer() -> None:
    assert first(world().workstation).not_valid_before_utc == first(world().centre).not_valid_before_utc


@pytest.mark.parametrize("at", [NOW - 2 * DAY, NOW + (AUTHORITY_DAYS + 1) * DAY])
def test_an_expired_authority_issues_nothing(at: int) -> None:
    with pytest.raises(ExpiredError):
        issue_centre(world().authority, "018", "第十八考点", at=at)


def test_an_instant_outside_the_calendar_is_refused() -> None:
    for at in (-1, 1 << 40):
        with pytest.raises(TrustTimeError):
            make_root("根", rehearsal=True, at=at)
        with pytest.raises(TrustTimeError):
            issue_authority(world().root, "机构", at=at)


@pytest.mark.parametrize("days", [0, -1, 401, 10**9])
def test_a_leaf_lives_one_to_four_hundred_days(days: int) -> None:
    with pytest.raises(LifetimeError) as refused:
        issue_leaf(world().authority, Role.OFFICE, "desk", at=NOW, days=days)
    assert refused.value.data == {"days": days}
    day = issue_leaf(world().authority, Role.OFFICE, "desk", at=NOW, days=1)
    assert seconds(first(day).not_valid_after_utc) == NOW + DAY


def test_each_authority_issues_its_own_kind_only() -> None:
    w = world()
    for issuer in (w.authority, w.centre, w.office):
        with pytest.raises(WrongIssuerError):
            issue_authority(issuer, "机构", at=NOW)
    for issuer in (w.root, w.centre, w.workstation):
        with pytest.raises(WrongIssuerError):
            issue_centre(issuer, "018", "考点", at=NOW)
    for issuer in (w.root, w.centre, w.round_signer):
        with pytest.raises(WrongIssuerError) as refused:
            issue_leaf(issuer, Role.ROUND_SIGNER, "desk", at=NOW)
    assert refused.value.data == {"wanted": "round-signer", "subject": "round-desk-1"}
    for issuer in (w.root, w.authority):
        with pytest.raises(WrongIssuerError):
            issue_leaf(issuer, Role.WORKSTATION, "017/pc-01", at=NOW)


def test_a_centre_names_its_own_workstations_only() -> None:
    with pytest.raises(WrongIssuerError) as refused:
        issue_leaf(world().centre, Role.WORKSTATION, "018/pc-01", at=NOW)
    assert refused.value.data == {"wanted": "018/pc-01", "subject": "第十七考点"}


@pytest.mark.parametrize(
    "identity", ["", "017", "017/", "/pc", "017/pc 1", "017/机位", "017/" + "x" * 65, "017/a/b", "\ud800"]
)
def test_an_id_has_a_shape(identity: str) -> None:
    with pytest.raises(MalformedTrustError) as refused:
        issue_leaf(world().centre, Role.WORKSTATION, identity, at=NOW)
    assert refused.value.data == {"part": "id"}
    with pytest.raises(MalformedTrustError):
        request(new_key(), identity)


def test_the_longest_id_fits() -> None:
    long = "x" * 64
    centre = issue_centre(world().authority, long, "考点", at=NOW)
    leaf = issue_leaf(centre, Role.WORKSTATION, f"{long}/{long}", at=NOW)
    chain, root = leaf.chain_pem, world().root.chain_pem
    assert verify_chain(chain_pem=chain, root_pem=root, role=Role.WORKSTATION, at=NOW).id == f"{long}/{long}"


@pytest.mark.parametrize("name", ["", "x" * 65, "a\nb", "\ud800", "\0"])
def test_a_name_is_printable_and_short(name: str) -> None:
    with pytest.raises(NameTrustError) as refused:
        make_root(name, rehearsal=False, at=NOW)
    assert refused.value.data == {"length": len(name)}


def test_a_centre_code_and_a_key_protection_have_a_shape() -> None:
    with pytest.raises(MalformedTrustError):
        issue_centre(world().authority, "第十七", "考点", at=NOW)
    with pytest.raises(MalformedTrustError):
        issue_leaf(world().authority, Role.OFFICE, "desk", at=NOW, key_protection="文件")


# Requests.


def test_a_request_is_answered_and_accepted() -> None:
    key = new_key()
    asked = request(key, "017/pc-09", key_protection="tpm2")
    read = read_request(asked)
    assert (read.id, read.key_protection) == ("017/pc-09", "tpm2")
    assert read.fingerprint_groups == fingerprint_groups(asked)
    chain = certify_request(asked, world().centre, at=NOW)
    signer = accept(key, chain_pem=chain, root_pem=world().root.chain_pem, at=NOW)
    assert (signer.id, signer.key_protection) == ("017/pc-09", "tpm2")
    with pytest.raises(DeniedError):
        accept(key, chain_pem=chain, root_pem=world().root.chain_pem, at=NOW, denied={signer.fingerprint})


def test_the_centre_may_give_another_seat() -> None:
    key = new_key()
    chain = certify_request(request(key, "017/pc-09"), world().centre, at=NOW, identity="017/pc-10", days=30)
    assert accept(key, chain_pem=chain, root_pem=world().root.chain_pem, at=NOW).id == "017/pc-10"
    with pytest.raises(MalformedTrustError):
        certify_request(request(key, "017/pc-09"), world().centre, at=NOW, identity="")


def test_an_office_asks_too() -> None:
    key = new_key()
    asked = request(key, "results-2", role=Role.OFFICE)
    chain = certify_request(asked, world().authority, at=NOW, role=Role.OFFICE)
    assert accept(key, chain_pem=chain, root_pem=world().root.chain_pem, at=NOW, role=Role.OFFICE).id == "results-2"
    with pytest.raises(MalformedTrustError):
        read_request(asked)


def test_an_answer_for_another_key_is_not_accepted() -> None:
    chain = certify_request(request(new_key(), "017/pc-09"), world().centre, at=NOW)
    with pytest.raises(OtherKeyError) as refused:
        accept(new_key(), chain_pem=chain, root_pem=world().root.chain_pem, at=NOW)
    assert refused.value.data == {"id": "017/pc-09"}


def test_one_key_has_one_fingerprint_everywhere() -> None:
    key = new_key()
    asked = request(key, "017/pc-09")
    chain = certify_request(asked, world().centre, at=NOW)
    groups = {fingerprint_groups(pem) for pem in (asked, chain, key.public_pem())}
    assert len(groups) == 1
    assert len(decode_groups(groups.pop().split("-"))) == 16
    assert fingerprint_groups(asked) != fingerprint_groups(new_key().public_pem())


def test_a_request_that_another_key_signed_is_refused() -> None:
    asked = request(new_key(), "017/pc-09")
    der = x509.load_pem_x509_csr(asked).public_bytes(serialization.Encoding.DER)
    forged = x509.load_der_x509_csr(der[:-1] + bytes([der[-1] ^ 1])).public_bytes(PEM)
    with pytest.raises(MalformedTrustError) as refused:
        read_request(forged)
    assert refused.value.data == {"part": "request signature"}


def test_a_request_over_another_curve_or_without_names_is_refused() -> None:
    empty = x509.CertificateSigningRequestBuilder().subject_name(x509.Name([]))
    other = empty.sign(ec.generate_private_key(ec.SECP384R1()), hashes.SHA256()).public_bytes(PEM)
    with pytest.raises(MalformedTrustError):
        read_request(other)
    with pytest.raises(MalformedTrustError):
        fingerprint_groups(other)
    with pytest.raises(MalformedTrustError) as refused:
        read_request(empty.sign(new_key().private, hashes.SHA256()).public_bytes(PEM))
    assert refused.value.data == {"part": "names"}


@given(st.binary(max_size=200))
def test_garbage_raises_only_our_errors(data: bytes) -> None:
    for kind in (b"CERTIFICATE REQUEST", b"CERTIFICATE", b"PUBLIC KEY"):
        for bad in (data, b"-----BEGIN %b-----\n%b\n-----END %b-----\n" % (kind, data, kind)):
            with pytest.raises(TrustError):
                read_request(bad)
            with pytest.raises(TrustError):
                fingerprint_groups(bad)


def test_a_request_has_a_size() -> None:
    with pytest.raises(MalformedTrustError):
        read_request(b" " * (MAX_PEM_BYTES + 1))


def test_two_worlds_share_nothing() -> None:
    other = make_world()
    assert first(other.root).fingerprint(hashes.SHA256()) != first(world().root).fingerprint(hashes.SHA256())
