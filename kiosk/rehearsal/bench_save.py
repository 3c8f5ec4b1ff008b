"""How long a response takes to be durable, against one append and fsync on the same disk.

The two are alternated record by record, so that a noisy machine disturbs both alike; medians are compared.
"""

import os
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

from kiosk.crypto.certify import issue_authority, issue_centre, issue_leaf, make_root
from kiosk.crypto.roles import Role
from kiosk.crypto.seal import new_identity
from kiosk.exam.events import Chosen, Responded
from kiosk.exam.vocabulary import CentreId, Instant, ItemId, Millis, OptionId
from kiosk.formats.codec import encode_event
from kiosk.rehearsal.figure import Figure
from kiosk.storage.journal_store import JournalStore, Signatory

_ROUNDS = 400
_WARM_UP = 20
_RATIO_BAR = 1.5
_PAGE = 4096


def bench_save(folder: Path) -> tuple[Figure, ...]:
    """Measure in a folder on the disk that matters."""
    store = JournalStore.create(folder / "journal", "bench", os.urandom(32), _signatory())
    handle = os.open(folder / "floor", os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    page = bytes(_PAGE)
    saves, floors = [], []
    for number in range(_ROUNDS + _WARM_UP):
        body = encode_event(_response(number))
        saves.append(_timed(lambda body=body: store.append([body])))  # type: ignore[misc]
        floors.append(_timed(lambda: _append(handle, page)))
    os.close(handle)
    store.close()
    save, floor = median(saves[_WARM_UP:]), median(floors[_WARM_UP:])
    return (
        Figure(
            name="durable save / append+fsync",
            value=save / floor,
            unit="x",
            against=f"median {save:.3f} ms against {floor:.3f} ms, {_ROUNDS} pairs",
            bar=_RATIO_BAR,
        ),
    )


def _append(handle: int, page: bytes) -> None:
    os.write(handle, page)
    os.fsync(handle)


def _timed(act: Callable[[], object]) -> float:
    begin = time.perf_counter_ns()
    act()
    return (time.perf_counter_ns() - begin) / 1e6


def _response(number: int) -> Responded:
    at = Instant(mono=Millis(number), wall=1_793_000_000_000 + number)
    return Responded(
        at=at, item=ItemId(f"RES-J-{number % 40:04d}"), response=Chosen(options=(OptionId("5f0c27a4e1b9"),))
    )


def _signatory() -> Signatory:
    now = int(time.time())
    authority = issue_authority(make_root("bench", rehearsal=True, at=now - 60), "bench", at=now - 60)
    centre = issue_centre(authority, CentreId("bench"), "bench", at=now - 60)
    leaf = issue_leaf(centre, Role.WORKSTATION, "bench/seat", at=now - 60)
    return Signatory(key=leaf.key, chain_pem=leaf.chain_pem, recipients=(new_identity().recipient,))
