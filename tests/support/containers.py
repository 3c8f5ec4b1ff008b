"""Small signed containers for tests, and what it takes to falsify them: apart, together, signed again."""

import hashlib
import io
from collections.abc import Iterable
from functools import cache
from typing import Any

from kiosk.crypto.certify import Certified
from kiosk.crypto.sign import Role
from kiosk.formats.container import Container, Info, Limits, Member, open_container, write_container
from kiosk.formats.source import BytesSource
from kiosk.formats.stored_zip import ZipWriter, read_blocks, read_directory
from tests.crypto.world import NOW, world

Tags = dict[str, bytes]
INFO = Info(format="kiosk-test", version=1, identifier="2026-11.考场３.𬭚", judge_at=NOW)
BODY = {"a.json": b"{}", "b.db": "稀土 ０７ 𬭚".encode() * 40}


def written(members: dict[str, bytes] | None = None, info: Info = INFO, signer: Certified | None = None) -> bytes:
    out, by = io.BytesIO(), signer or world().workstation
    listed = [Member.of(name, data) for name, data in (members if members is not None else BODY).items()]
    write_container(out, listed, info, key=by.key, chain_pem=by.chain_pem)
    return out.getvalue()


@cache
def sound() -> bytes:
    return written()


def opened(data: bytes, **changes: Any) -> Container:
    given_: dict[str, Any] = {
        "format": "kiosk-test",
        "version": 1,
        "limits": Limits(),
        "root_pem": world().root.chain_pem,
        "role": Role.WORKSTATION,
        "at": NOW,
        **changes,
    }
    return open_container(BytesSource(data), **given_)


def content(container: Container) -> dict[str, bytes]:
    return {name: container.read(name) for name in container.names}


def taken_apart(data: bytes) -> Tags:
    source = BytesSource(data)
    return {entry.name: b"".join(read_blocks(source, entry)) for entry in read_directory(source, Limits())}


def put_together(members: Tags) -> bytes:
    out = io.BytesIO()
    archive = ZipWriter(out)
    for name, data in members.items():
        archive.add(name, len(data), (data,))
    archive.finish()
    return out.getvalue()


def listing(members: Tags, names: Iterable[str]) -> bytes:
    return "".join(f"{hashlib.sha256(members[name]).hexdigest()}  {name}\n" for name in names).encode()


LISTED = ("bag-info.txt", "bagit.txt", "manifest-sha256.txt", "signer.pem")


def signed_again(members: Tags, by: Certified, names: Iterable[str] = LISTED) -> bytes:
    """Everything made consistent again and signed, as somebody with a key could."""
    tags = listing(members, names)
    signature = by.key.sign(tags)
    return put_together({**members, "tagmanifest-sha256.sig": signature, "tagmanifest-sha256.txt": tags})
