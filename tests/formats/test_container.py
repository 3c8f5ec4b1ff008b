"""Of a signed container every byte counts: whatever is changed, it is refused or its content is the same."""

import hashlib
import io
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.crypto.sign import BadSignatureError, Role
from kiosk.errors import KioskError, TrustError
from kiosk.formats.container import (
    ContainerError,
    DamagedContainerError,
    Limits,
    Member,
    TooLargeError,
    naming,
    open_container,
    write_container,
)
from kiosk.formats.source import BytesSource
from kiosk.formats.stored_zip import BLOCK, read_directory
from tests.crypto.world import NOW, world
from tests.support.containers import (
    BODY,
    INFO,
    LISTED,
    content,
    opened,
    put_together,
    signed_again,
    sound,
    taken_apart,
    written,
)


def test_a_container_comes_back_as_it_was_put_in() -> None:
    container = opened(sound())
    assert content(container) == BODY
    assert container.info == INFO
    assert (container.signer.id, container.signer.role) == ("017/pc-03", Role.WORKSTATION)
    assert container.names == ("a.json", "b.db")
    assert container.damaged == ()
    assert container.size("b.db") == len(BODY["b.db"])
    assert container.digest_of("b.db") == hashlib.sha256(BODY["b.db"]).hexdigest()
    assert container.digest == hashlib.sha256(taken_apart(sound())["tagmanifest-sha256.txt"]).hexdigest()
    assert container.chain_pem == world().workstation.chain_pem


def test_equal_content_gives_equal_bytes() -> None:
    assert written() == sound()


def test_a_large_member_is_read_in_blocks() -> None:
    big = bytes(range(251)) * (BLOCK // 100)
    container = opened(written({"big": big}))
    assert [len(block) for block in container.chunks("big")] == [BLOCK, BLOCK, len(big) - 2 * BLOCK]
    assert container.read("big") == big


def test_a_member_is_read_from_its_source_when_it_is_its_turn() -> None:
    out, by = io.BytesIO(), world().workstation
    members = (Member.from_source(name, BytesSource(data)) for name, data in BODY.items())
    write_container(out, members, INFO, key=by.key, chain_pem=by.chain_pem)
    assert out.getvalue() == sound()


def test_every_flipped_bit_is_refused() -> None:
    """Also those that no signature covers: there is one ZIP for given members."""
    data = sound()
    step = 1 + len(data) // 1_500
    places = {*range(0, len(data), step), *range(len(data) - 60, len(data))}
    for place in places:
        changed = bytearray(data)
        changed[place] ^= 1 << (place % 8)
        with pytest.raises(KioskError):
            content(opened(bytes(changed)))


def test_every_byte_of_the_signature_counts() -> None:
    members = taken_apart(sound())
    signature = members["tagmanifest-sha256.sig"]
    for place in range(len(signature)):
        for bit in (0, 7):
            changed = bytearray(signature)
            changed[place] ^= 1 << bit
            with pytest.raises(BadSignatureError):
                opened(put_together({**members, "tagmanifest-sha256.sig": bytes(changed)}))
    for odd in (b"", signature + b"\0", signature[:-1]):
        with pytest.raises(BadSignatureError):
            opened(put_together({**members, "tagmanifest-sha256.sig": odd}))
    assert opened(put_together(members))


@given(st.data())
def test_mutations_are_refused_or_change_nothing(data: st.DataObject) -> None:
    changed = bytearray(sound())
    for _ in range(data.draw(st.integers(1, 4))):
        place = data.draw(st.integers(0, len(changed) - 1))
        match data.draw(st.sampled_from(["set", "cut", "add"])):
            case "set":
                changed[place] = data.draw(st.integers(0, 255))
            case "cut":
                del changed[place : place + data.draw(st.integers(1, 50))]
            case _:
                changed[place:place] = data.draw(st.binary(max_size=20))
    try:
        found = content(opened(bytes(changed)))
    except (ContainerError, TrustError):
        return
    assert found == BODY
    assert bytes(changed) == sound()


def test_truncated_at_every_sixty_fourth_and_with_bytes_appended() -> None:
    data = sound()
    for part in range(64):
        with pytest.raises(ContainerError):
            opened(data[: len(data) * part // 64])
    with pytest.raises(DamagedContainerError):
        opened(data + b"\0")


@pytest.mark.parametrize("name", [*taken_apart(sound())])
def test_each_member_is_needed(name: str) -> None:
    members = taken_apart(sound())
    del members[name]
    with pytest.raises(DamagedContainerError):
        opened(put_together(members))


@pytest.mark.parametrize("name", ["readme.txt", "data/more", "fetch.txt", "tagmanifest-sha512.txt"])
def test_nothing_may_be_added(name: str) -> None:
    members = {**taken_apart(sound()), name: b""}
    with pytest.raises(DamagedContainerError) as refused:
        opened(put_together(members))
    assert refused.value.data["step"] == 6


def test_an_unlisted_member_in_its_place_is_refused() -> None:
    members = taken_apart(sound())
    rest = {name: members.pop(name) for name in [*members][-4:]}
    with pytest.raises(DamagedContainerError) as refused:
        opened(put_together({**members, "data/c": b"", **rest}))
    assert refused.value.data["step"] == 11


def test_each_changed_tag_file_is_found_although_the_zip_is_right() -> None:
    members = taken_apart(sound())
    for name in ("bagit.txt", "manifest-sha256.txt"):
        with pytest.raises(DamagedContainerError) as refused:
            opened(put_together({**members, name: members[name] + b"\n"}))
        assert refused.value.data["step"] == 10
    changed = members["bag-info.txt"].replace(b"2026", b"2027")
    with pytest.raises(DamagedContainerError) as refused:
        opened(put_together({**members, "bag-info.txt": changed}))
    assert refused.value.data["step"] == 10
    with pytest.raises(BadSignatureError):
        opened(put_together({**members, "tagmanifest-sha256.txt": members["tagmanifest-sha256.txt"] + b"\n"}))


def test_lists_have_one_form_even_when_signed() -> None:
    members = taken_apart(sound())
    by = world().workstation
    assert opened(signed_again(members, by))
    manifest = members["manifest-sha256.txt"]
    first, second = manifest.splitlines(keepends=True)
    for odd in (
        manifest.upper(),
        second + first,
        manifest + first,
        manifest.replace(b"  data", b" *data"),
        manifest.replace(b"\n", b"\r\n"),
        manifest.rstrip(),
        "０".encode() + manifest,
        b"x" * 64 + manifest[64:],
        first,
        b"",
    ):
        with pytest.raises(DamagedContainerError) as refused:
            opened(signed_again({**members, "manifest-sha256.txt": odd}, by))
        assert refused.value.data["step"] == 11
    for names in (LISTED[:3], (*LISTED, "data/a.json"), reversed(LISTED)):
        with pytest.raises(DamagedContainerError):
            opened(signed_again(members, by, names))
    with pytest.raises(DamagedContainerError):
        opened(signed_again({**members, "bagit.txt": b"BagIt-Version: 0.97\n"}, by))


def test_a_changed_member_is_refused_by_its_digest() -> None:
    members = taken_apart(sound())
    with pytest.raises(DamagedContainerError) as refused:
        opened(put_together({**members, "data/a.json": b"[]"}))
    assert refused.value.data == {"step": 12, "what": "a.json"}


def wrong_checksum(name: str) -> bytes:
    """The same content, but other tools would call the member broken."""
    data = sound()
    entry = next(entry for entry in read_directory(BytesSource(data), Limits()) if entry.name == name)
    return data.replace(entry.crc.to_bytes(4, "little"), bytes(4))


def test_a_wrong_checksum_is_refused_too() -> None:
    for name, step in (("data/a.json", 12), ("bagit.txt", 7)):
        with pytest.raises(DamagedContainerError) as refused:
            opened(wrong_checksum(name))
        assert refused.value.data["step"] == step


def test_damaged_members_can_be_listed_instead() -> None:
    members = {**taken_apart(sound()), "data/a.json": b"[]"}
    container = opened(put_together(members), keep_damaged=True)
    assert container.damaged == ("a.json",)
    assert container.read("b.db") == BODY["b.db"]
    with pytest.raises(DamagedContainerError):
        container.read("a.json")
    with pytest.raises(KeyError):
        container.read("c")


def test_a_file_that_is_replaced_after_the_check_yields_nothing_else() -> None:
    class Swapped:
        """A source whose bytes change under the reader's hands."""

        def __init__(self) -> None:
            self.data = sound()
            self.size = len(self.data)

        def read_at(self, offset: int, length: int) -> bytes:
            return self.data[offset : offset + length]

    source = Swapped()
    arguments: dict[str, Any] = {"version": 1, "limits": Limits(), "role": Role.WORKSTATION, "at": NOW}
    container = open_container(source, format="kiosk-test", root_pem=world().root.chain_pem, **arguments)
    assert container.read("b.db") == BODY["b.db"]
    source.data = source.data.replace(BODY["b.db"], bytes(len(BODY["b.db"])))
    with pytest.raises(DamagedContainerError):
        container.read("b.db")
    source.data = source.data[:200]
    with pytest.raises(DamagedContainerError):
        container.read("b.db")


class _PackageLikeError(KioskError):
    code = "package/test"


@pytest.mark.parametrize("raising", [DamagedContainerError, TooLargeError])
def test_refusals_get_the_name_of_their_format(raising: Callable[..., KioskError]) -> None:
    with pytest.raises(KioskError) as refused, naming({DamagedContainerError: _PackageLikeError}):
        raise raising(step=3)
    expected = _PackageLikeError if raising is DamagedContainerError else TooLargeError
    assert type(refused.value) is expected
    assert refused.value.data == {"step": 3}
