"""Whose chain counts: every rule has its own refusal, and nothing that breaks one is accepted."""

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature, encode_dss_signature
from cryptography.x509.oid import ExtendedKeyUsageOID
from hypothesis import given
from hypothesis import strategies as st

from kiosk.crypto.certificates import MAX_PEM_BYTES, TrustTimeError
from kiosk.crypto.certify import Certified, make_root
from kiosk.crypto.path import (
    ChainDepthError,
    DeniedError,
    ExpiredError,
    NotAnAuthorityError,
    PathLengthError,
    UnknownRootError,
    WrongCentreError,
)
from kiosk.crypto.roles import MalformedTrustError, Role, WrongRoleError
from kiosk.crypto.sign import new_key, verify
from kiosk.errors import KioskError, TrustError
from tests.crypto.world import (
    DAY,
    NOW,
    Forgery,
    bare,
    check,
    forge,
    make_world,
    mark_of,
    split,
    sub_authority,
    with_chain,
    world,
)


def test_years_later_a_result_is_judged_at_the_dates_of_its_round() -> None:
    assert check(world().workstation, Role.WORKSTATION, at=NOW + 399 * DAY).id == "017/pc-03"
    with pytest.raises(ExpiredError) as refused:
        check(world().workstation, Role.WORKSTATION, at=NOW + 3 * 365 * DAY)
    assert refused.value.data == {
        "subject": "017/pc-03",
        "not_before": NOW - DAY,
        "not_after": NOW + 400 * DAY,
        "at": NOW + 3 * 365 * DAY,
    }


def test_a_demo_root_makes_everything_below_it_a_rehearsal() -> None:
    demo = make_world("演示", rehearsal=True)
    assert check(demo.workstation, Role.WORKSTATION, root=demo.root).rehearsal
    assert not check(world().office, Role.OFFICE).rehearsal


def test_a_root_file_may_carry_comments() -> None:
    commented = Certified(key=world().root.key, chain_pem="# 信任锚\n".encode() + world().root.chain_pem)
    assert check(world().office, Role.OFFICE, root=commented)


# The three forgeries that roles, depths and path lengths are for.


def test_a_workstation_does_not_sign_a_round() -> None:
    with pytest.raises(WrongRoleError) as refused:
        check(world().workstation, Role.ROUND_SIGNER)
    assert refused.value.data == {"expected": "round-signer", "found": "workstation"}


def test_a_centre_does_not_mint_an_authority() -> None:
    sub = forge(world().centre, sub_authority())
    with pytest.raises(PathLengthError) as refused:
        check(forge(sub, Forgery()), Role.WORKSTATION)
    assert refused.value.data == {"subject": "第十七考点", "limit": 0, "found": 1}


def test_a_centre_does_not_hide_an_authority_under_its_own_name() -> None:
    """RFC 5280 does not count an authority whose issuer has the same name. The library does; the depth would, too."""
    hidden = forge(world().centre, sub_authority(name="第十七考点"))
    with pytest.raises((PathLengthError, ChainDepthError)):
        check(forge(hidden, Forgery()), Role.WORKSTATION)


def test_a_centre_does_not_mint_a_round_signer() -> None:
    usages = (ExtendedKeyUsageOID.CLIENT_AUTH, Role.ROUND_SIGNER.oid)
    minted = forge(world().centre, Forgery(usages=usages, names=("urn:kiosk:round-signer:me", "urn:kiosk:key:file")))
    with pytest.raises(ChainDepthError) as refused:
        check(minted, Role.ROUND_SIGNER)
    assert refused.value.data == {"role": "round-signer", "expected": 2, "found": 3}


def test_the_forger_makes_sound_certificates_where_he_may() -> None:
    """Negative control: the refusals above come from the rule, not from the forger's hand."""
    assert check(forge(world().centre, Forgery()), Role.WORKSTATION).id == "017/pc-66"


# Everything else that breaks a rule.


def test_an_authority_does_not_mint_a_workstation() -> None:
    with pytest.raises(ChainDepthError):
        check(forge(world().authority, Forgery()), Role.WORKSTATION)


def test_a_centre_speaks_for_its_own_workstations_only() -> None:
    other = Forgery(names=("urn:kiosk:workstation:018/pc-01", "urn:kiosk:key:file"))
    with pytest.raises(WrongCentreError) as refused:
        check(forge(world().centre, other), Role.WORKSTATION)
    assert refused.value.data == {"id": "018/pc-01", "centre": "urn:kiosk:centre:017"}


def test_a_leaf_key_issues_nothing() -> None:
    with pytest.raises(NotAnAuthorityError) as refused:
        check(forge(world().workstation, Forgery()), Role.WORKSTATION)
    assert refused.value.data == {"subject": "017/pc-03"}


def test_a_certificate_without_constraints_is_no_authority() -> None:
    key = new_key()
    middle = Certified(key=key, chain_pem=bare(world().authority, key.private.public_key()))
    with pytest.raises(NotAnAuthorityError) as refused:
        check(forge(middle, Forgery()), Role.WORKSTATION)
    assert refused.value.data == {"subject": "bare"}


def test_an_authority_without_a_limit_of_its_own_gains_nothing() -> None:
    sub = forge(forge(world().authority, sub_authority(limit=None)), sub_authority(limit=None))
    with pytest.raises(PathLengthError) as refused:
        check(forge(sub, Forgery()), Role.WORKSTATION)
    assert refused.value.data == {"subject": "省级发证机构", "limit": 1, "found": 2}


def test_another_world_is_unknown() -> None:
    stranger = make_world("根 root 𬭚")
    with pytest.raises(UnknownRootError):
        check(stranger.workstation, Role.WORKSTATION)
    with pytest.raises(UnknownRootError) as refused:
        check(world().workstation, Role.WORKSTATION, root=stranger.root)
    assert refused.value.data == {"subject": "省级发证机构"}


def test_a_self_made_key_is_unknown() -> None:
    alone = make_root("我自己", rehearsal=False, at=NOW)
    with pytest.raises(TrustError):
        check(alone, Role.WORKSTATION)
    with pytest.raises(UnknownRootError):
        check(forge(alone, Forgery()), Role.WORKSTATION)


def test_a_missing_link_is_unknown() -> None:
    leaf, centre, _ = split(world().workstation.chain_pem)
    with pytest.raises(UnknownRootError):
        check(with_chain(world().workstation, leaf, centre), Role.WORKSTATION)


def test_a_root_in_the_chain_file_is_one_too_many() -> None:
    longer = with_chain(world().office, world().office.chain_pem, world().root.chain_pem)
    with pytest.raises(ChainDepthError):
        check(longer, Role.OFFICE)


def test_the_chain_file_is_in_order() -> None:
    leaf, centre, authority = split(world().workstation.chain_pem)
    with pytest.raises(MalformedTrustError) as refused:
        check(with_chain(world().workstation, leaf, authority, centre), Role.WORKSTATION)
    assert refused.value.data == {"part": "chain order"}


@pytest.mark.parametrize("kinds", [(), (Role.WORKSTATION, Role.ROUND_SIGNER), (Role.OFFICE,)])
def test_exactly_one_role_and_the_right_one(kinds: tuple[Role, ...]) -> None:
    usages = (ExtendedKeyUsageOID.CLIENT_AUTH, *(role.oid for role in kinds))
    with pytest.raises(WrongRoleError) as refused:
        check(forge(world().centre, Forgery(usages=usages)), Role.WORKSTATION)
    assert refused.value.data["found"] == ("+".join(role.value for role in kinds) or "none")


def test_a_foreign_usage_beside_the_role_is_refused() -> None:
    usages = (ExtendedKeyUsageOID.CLIENT_AUTH, Role.WORKSTATION.oid, ExtendedKeyUsageOID.SERVER_AUTH)
    with pytest.raises(WrongRoleError):
        check(forge(world().centre, Forgery(usages=usages)), Role.WORKSTATION)


def test_a_certificate_without_usages_has_no_role() -> None:
    with pytest.raises(WrongRoleError) as refused:
        check(forge(world().centre, Forgery(usages=())), Role.WORKSTATION)
    assert refused.value.data["found"] == "none"


@pytest.mark.parametrize(
    "names",
    [
        ("urn:kiosk:workstation:017/pc-66",),
        ("urn:kiosk:key:file", "urn:kiosk:workstation:017/pc-66"),
        ("urn:kiosk:workstation:017/pc-66", "urn:kiosk:key:file", "urn:kiosk:key:tpm2"),
        ("urn:kiosk:round-signer:017/pc-66", "urn:kiosk:key:file"),
        ("urn:kiosk:workstation:017", "urn:kiosk:key:file"),
        ("urn:kiosk:workstation:017/a/b", "urn:kiosk:key:file"),
        ("urn:kiosk:workstation:017/pc-66", "urn:kiosk:key:"),
    ],
)
def test_a_leaf_names_its_holder_in_exactly_our_words(names: tuple[str, ...]) -> None:
    with pytest.raises(MalformedTrustError):
        check(forge(world().centre, Forgery(names=names)), Role.WORKSTATION)


def test_a_name_that_is_no_uri_is_refused() -> None:
    odd = Forgery(names=("urn:kiosk:workstation:017/pc-66",), mail="a@example.org")
    with pytest.raises(MalformedTrustError):
        check(forge(world().centre, odd), Role.WORKSTATION)


def test_a_leaf_without_names_is_refused() -> None:
    with pytest.raises(MalformedTrustError) as refused:
        check(forge(world().centre, Forgery(names=())), Role.WORKSTATION)
    assert refused.value.data == {"part": "certificate profile"}


def test_an_expired_authority_takes_its_centres_with_it() -> None:
    old = forge(world().authority, sub_authority(start=NOW - 30 * DAY, days=20))
    with pytest.raises(ExpiredError) as refused:
        check(forge(old, Forgery()), Role.WORKSTATION)
    assert refused.value.data["subject"] == "sub"


def test_before_its_first_day_a_certificate_does_not_count() -> None:
    with pytest.raises(ExpiredError):
        check(world().workstation, Role.WORKSTATION, at=NOW - 2 * DAY)


@pytest.mark.parametrize("at", [-1, 32_503_680_000, 1 << 80])
def test_an_instant_outside_the_calendar_is_refused(at: int) -> None:
    with pytest.raises(TrustTimeError):
        check(world().workstation, Role.WORKSTATION, at=at)


@pytest.mark.parametrize("place", [0, 1, 2])
def test_the_deny_list_reaches_leaf_and_authorities(place: int) -> None:
    mark = mark_of(split(world().workstation.chain_pem)[place])
    with pytest.raises(DeniedError) as refused:
        check(world().workstation, Role.WORKSTATION, denied=frozenset({mark}))
    assert refused.value.data["fingerprint"] == mark
    assert check(world().workstation, Role.WORKSTATION, denied=frozenset({"0" * 64}))


def test_a_withdrawn_certificate_does_not_come_back_under_another_signature() -> None:
    """An ECDSA signature has a twin that anybody can compute; a list of certificate digests would miss it."""
    sound = world().workstation
    twin = twin_of(sound)
    assert twin.chain_pem != sound.chain_pem
    mark = check(twin, Role.WORKSTATION).fingerprint
    with pytest.raises(DeniedError):
        check(twin, Role.WORKSTATION, denied=frozenset({mark}))


def twin_of(sound: Certified) -> Certified:
    """The same chain with its leaf's signature (r, s) written as (r, n - s), and the two DER lengths around it."""
    order = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
    leaf, *above = split(sound.chain_pem)
    read = x509.load_pem_x509_certificate(leaf)
    r, s = decode_dss_signature(read.signature)
    other = encode_dss_signature(r, order - s)
    der = read.public_bytes(serialization.Encoding.DER)
    body = der[4 : -len(read.signature) - 3] + bytes([3, len(other) + 1, 0]) + other
    again = x509.load_der_x509_certificate(b"\x30\x82" + len(body).to_bytes(2, "big") + body)
    return with_chain(sound, again.public_bytes(serialization.Encoding.PEM), *above)


@given(place=st.integers(0, 10_000), change=st.integers(1, 255))
def test_any_flipped_byte_of_a_chain_file_is_refused(place: int, change: int) -> None:
    chain = bytearray(world().workstation.chain_pem)
    chain[place % len(chain)] ^= change
    with pytest.raises(TrustError):
        check(with_chain(world().workstation, bytes(chain)), Role.WORKSTATION)


@given(st.binary(max_size=300), st.binary(max_size=300), st.sampled_from(Role))
def test_garbage_raises_only_our_errors(chain: bytes, root: bytes, role: Role) -> None:
    armour = b"-----BEGIN CERTIFICATE-----\n%b\n-----END CERTIFICATE-----\n"
    for bad in (chain, armour % chain, armour % b"MIIB"):
        for anchor in (root, world().root.chain_pem):
            with pytest.raises(KioskError):
                verify(chain, root, chain_pem=bad, root_pem=anchor, role=role, at=NOW)


@pytest.mark.parametrize("extra", [b"\n", b"# comment\n", b"\0"])
def test_a_chain_file_holds_certificates_and_nothing_besides(extra: bytes) -> None:
    chain = world().workstation.chain_pem
    for changed in (chain + extra, extra + chain, chain.replace(b"\n", b"\r\n")):
        with pytest.raises(MalformedTrustError):
            check(with_chain(world().workstation, changed), Role.WORKSTATION)


def test_a_chain_file_has_a_size_and_a_count() -> None:
    with pytest.raises(MalformedTrustError):
        check(with_chain(world().workstation, world().workstation.chain_pem * 3), Role.WORKSTATION)
    with pytest.raises(MalformedTrustError):
        check(with_chain(world().workstation, b" " * (MAX_PEM_BYTES + 1)), Role.WORKSTATION)


def test_the_anchor_is_one_certificate_that_signed_itself() -> None:
    for wrong in (world().authority, with_chain(world().root, world().root.chain_pem * 2)):
        with pytest.raises(MalformedTrustError) as refused:
            check(world().workstation, Role.WORKSTATION, root=wrong)
        assert refused.value.data == {"part": "root"}


def test_a_certificate_over_another_curve_is_refused() -> None:
    other = ec.generate_private_key(ec.SECP384R1()).public_key()
    with pytest.raises(MalformedTrustError) as refused:
        check(with_chain(world().office, bare(world().authority, other)), Role.OFFICE)
    assert refused.value.data == {"part": "key"}


def test_a_subject_without_a_readable_name_reads_as_empty() -> None:
    assert check(forge(world().centre, Forgery(common_name="")), Role.WORKSTATION).subject == ""
