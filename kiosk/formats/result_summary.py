"""The outcome of a journal in one piece: who sat, what was shown, what was given.

Rules: it is derived from the events alone and says nothing they do not say; every item stands with its version, the
digest of its content and the options in the order shown, never with a letter. It is for people who open a bundle
without this program; the journal decides. It does not know scores.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import Enum
from typing import Final

from kiosk.exam import events as e
from kiosk.exam.bank import ItemType
from kiosk.exam.rules import LockLevel
from kiosk.exam.vocabulary import BankId, Instant, ItemId, OptionId, Points, SittingId
from kiosk.formats.bundle_header import ContradictionError


class Ending(Enum):
    """How a sitting ended."""

    HANDED_IN = "handed-in"
    TIME_EXPIRED = "time-expired"
    COLLECTED = "collected"
    VOID = "void"


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultItem:
    """One place of the form: what was shown there, in which order, and what was given."""

    item: ItemId
    version: int
    digest: str
    type: ItemType
    points: Points
    options: tuple[OptionId, ...]
    response: e.Response | None
    seen: bool
    changes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultSummary:
    """A sitting that is over."""

    sitting: SittingId
    place: e.Place
    person: e.Person
    bank: BankId
    program: str
    lock_level: LockLevel
    started: Instant | None
    ended: Instant
    ending: Ending
    items: tuple[ResultItem, ...]


@dataclass(slots=True)
class _Fold:
    """What has been read so far."""

    places: frozenset[ItemId]
    started: Instant | None = None
    ended: tuple[Instant, Ending] | None = None
    seen: set[ItemId] = field(default_factory=set)
    responses: dict[ItemId, e.Response] = field(default_factory=dict)
    changes: dict[ItemId, int] = field(default_factory=dict)

    def respond(self, item: ItemId, response: e.Response | None) -> None:
        self.changes[self.known(item)] = self.changes.get(item, 0) + 1
        if response is None:
            self.responses.pop(item, None)
        else:
            self.responses[item] = response

    def known(self, item: ItemId) -> ItemId:
        if item not in self.places:
            raise ContradictionError(what="item")
        return item

    def take(self, event: e.Event) -> None:
        match event:
            case e.Seated():
                raise ContradictionError(what="seated-twice")
            case e.Started(at=at):
                self.started = at
            case e.Viewed(item=item):
                self.seen.add(self.known(item))
            case e.Responded(item=item, response=response):
                self.respond(item, response)
            case e.HandedIn() | e.TimeExpired() | e.Collected() | e.Voided():
                self.end(event)
            case _:
                pass

    def end(self, event: e.HandedIn | e.TimeExpired | e.Collected | e.Voided) -> None:
        if isinstance(event, e.TimeExpired) and event.in_progress is not None:
            self.respond(event.in_progress.item, event.in_progress.response)
        self.ended = (event.at, _ENDINGS[type(event)])


_ENDINGS: Final = {
    e.HandedIn: Ending.HANDED_IN,
    e.TimeExpired: Ending.TIME_EXPIRED,
    e.Collected: Ending.COLLECTED,
    e.Voided: Ending.VOID,
}
_AFTER_THE_END: Final = (e.IncidentRecorded, e.SegmentKept)


def summary_of(events: Iterable[e.Event]) -> ResultSummary:
    """Fold the events of a sitting that is over; ContradictionError when they are not the events of one."""
    rest = iter(events)
    first = next(rest, None)
    if not isinstance(first, e.Seated):
        raise ContradictionError(what="not-seated")
    fold = _Fold(frozenset(entry.item for entry in first.form.items))
    for event in rest:
        if fold.ended is not None and not isinstance(event, _AFTER_THE_END):
            raise ContradictionError(what="after-the-end")
        fold.take(event)
    if fold.ended is None:
        raise ContradictionError(what="not-ended")
    ended, ending = fold.ended
    return ResultSummary(
        sitting=first.sitting,
        place=first.place,
        person=first.person,
        bank=first.form.bank,
        program=first.program,
        lock_level=first.lock_level,
        started=fold.started,
        ended=ended,
        ending=ending,
        items=tuple(_items(first, fold)),
    )


def _items(first: e.Seated, fold: _Fold) -> Iterator[ResultItem]:
    for entry in first.form.items:
        yield ResultItem(
            item=entry.item,
            version=entry.version,
            digest=entry.digest,
            type=entry.type,
            points=entry.points,
            options=entry.options,
            response=fold.responses.get(entry.item),
            seen=entry.item in fold.seen,
            changes=fold.changes.get(entry.item, 0),
        )
