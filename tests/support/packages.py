"""A sound package for tests, and packages signed by the office itself that are not."""

import io
from typing import Any

from kiosk.crypto.certify import Certified
from kiosk.exam.round import Round
from kiosk.formats import canonical, codec
from kiosk.formats.container import Info, Member, write_container
from kiosk.formats.package_file import (
    RoundPackage,
    SlotList,
    open_package,
)
from kiosk.formats.source import BytesSource
from tests.crypto.world import world
from tests.support import builders as b
from tests.support.bundles import NOW, files, package, round_, slots

SOUND = package()


def opened(data: bytes, **changes: Any) -> RoundPackage:
    given_: dict[str, Any] = {
        "root_pem": world().root.chain_pem,
        "at": NOW,
        "program": "0.1.0",
        "room": b.ROOM,
        "centre": b.CENTRE,
        "newest": 0,
        **changes,
    }
    return open_package(BytesSource(data), **given_)


def signed(members: dict[str, bytes], signer: Certified | None = None, **info: Any) -> bytes:
    """A container signed by the coordinator's office itself, whatever is in it."""
    by, out = signer or world().round_signer, io.BytesIO()
    said: dict[str, Any] = {
        "format": "kiosk-package",
        "version": 1,
        "identifier": round_().package_id,
        "judge_at": b.START // 1000,
        **info,
    }
    listed = [Member.of(name, members[name]) for name in sorted(members)]
    write_container(out, listed, Info(**said), key=by.key, chain_pem=by.chain_pem)
    return out.getvalue()


def members(of: Round | None = None, **changes: Any) -> dict[str, bytes]:
    """What a package holds; a value None takes a member out."""
    round_now = of or round_()
    everything: dict[str, Any] = {
        "round.json": canonical.encode(codec.to_json(round_now)),
        "slots.json": canonical.encode(codec.to_json(SlotList(slots=slots()))),
        **files(round_now),
        **{name.replace("_", ".", 1): data for name, data in changes.items()},
    }
    return {name: data for name, data in everything.items() if data is not None}
