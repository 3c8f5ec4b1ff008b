"""A sound journal of 102 records in two epochs for tests, and the checks a reader makes."""

from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from typing import Any

from kiosk.crypto import chain
from kiosk.formats.codec import encode_event
from kiosk.formats.journal import (
    ChainEnd,
    ChainState,
    Record,
    check_chain,
    check_epochs,
    check_tags,
)
from tests.crypto.world import NOW, world
from tests.support import builders as b
from tests.support.bundles import office, two_epochs

NAME = "座位０７ 𬭚"
ROWS = 102
Records = tuple[Record, ...]


@cache
def bodies() -> tuple[bytes, ...]:
    events = b.sitting_events() * 4
    return tuple(encode_event(event) for event in events[: ROWS - 2])


@cache
def sound() -> Records:
    """102 records in two epochs."""
    return two_epochs(NAME, bodies(), 60)


def epochs(records: Sequence[Record], name: str = NAME, **changes: Any) -> str:
    given_ = {"chain_pem": world().workstation.chain_pem, "root_pem": world().root.chain_pem, "at": NOW, **changes}
    return check_epochs(name, records, **given_).id


def everything(records: Sequence[Record]) -> ChainEnd:
    end = check_chain(NAME, records)
    epochs(records)
    check_tags(records, office().secret)
    return end


def chained(records: Sequence[Record], state: ChainState | None = None) -> Records:
    """Numbers and hashes computed anew, as somebody without the tag keys could."""
    head, made = chain.genesis(NAME.encode()), []
    for seq, record in enumerate(records):
        head = chain.row_hash(head, seq, record.epoch, record.body)
        made.append(replace(record, seq=seq, hash=head))
    return tuple(made)
