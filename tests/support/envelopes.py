"""Opening result bundles in tests, and making ones the workstation itself signed that say something else."""

import io
from dataclasses import replace
from functools import cache
from typing import Any

from kiosk.formats import canonical, codec
from kiosk.formats.bundle_file import (
    Envelope,
    OpenedResult,
    open_envelope,
    open_result,
)
from kiosk.formats.container import Info, Member, write_container
from kiosk.formats.source import BytesSource
from tests.crypto.world import world
from tests.support import builders as b
from tests.support.bundles import (
    made,
    office,
    result,
)


@cache
def sound() -> bytes:
    return result()


def enveloped(data: bytes, **changes: Any) -> Envelope:
    return open_envelope(BytesSource(data), **{"root_pem": world().root.chain_pem, **changes})


def opened(data: bytes) -> OpenedResult:
    return open_result(enveloped(data), office().secret, root_pem=world().root.chain_pem)


def in_a_bundle(members: dict[str, bytes], **info: Any) -> bytes:
    """Whatever is in it, signed by the workstation itself."""
    out, by = io.BytesIO(), world().workstation
    said: dict[str, Any] = {
        "format": "kiosk-result",
        "version": 1,
        "identifier": b.SITTING,
        "judge_at": made().header.ended // 1000,
        **info,
    }
    listed = [Member.of(name, data) for name, data in members.items()]
    write_container(out, listed, Info(**said), key=by.key, chain_pem=by.chain_pem)
    return out.getvalue()


def header_text(**changes: Any) -> bytes:
    return canonical.encode(codec.to_json(replace(made().header, **changes)))
