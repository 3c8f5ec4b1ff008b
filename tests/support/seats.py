"""Seats that hand in real bundles, for tests of the office.

The sitting is played as a seat would: every event is legal under the round's rules, both journals are chained, tagged
and signed. Give arguments to falsify one thing at a time.
"""

import io
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from kiosk.crypto.certify import Certified
from kiosk.exam import events as e
from kiosk.exam import session as s
from kiosk.exam.bank import ItemType
from kiosk.exam.form import Form, FormItem, compose
from kiosk.exam.round import RosterEntry
from kiosk.exam.rules import LockLevel
from kiosk.exam.scoring import ChoiceKey, NumberKey
from kiosk.exam.shuffle import derived_seed
from kiosk.exam.vocabulary import (
    MINUTE,
    SECOND,
    Instant,
    Language,
    Millis,
    RoundId,
    SittingId,
    WorkstationId,
)
from kiosk.formats.bundle_file import BundleHeader, ResultContent, SegmentEntry, write_evidence, write_result
from kiosk.formats.codec import encode_event
from kiosk.formats.journal import Record, extend, open_epoch
from kiosk.formats.segment import Head, Picture, PictureKind, Place, SealedSegment, seal_segment
from kiosk.formats.source import BytesSource
from tests.support.builders import REASON
from tests.support.office_world import ROOM, SESSION, START, OfficeWorld, workstation

_BOOT = START - 3_600_000


def at(ms: int) -> Instant:
    """The instant `ms` after the start of the session."""
    return Instant(mono=Millis(START + ms - _BOOT), wall=START + ms, room=START + ms)


def form_of(world: OfficeWorld, entry: RosterEntry) -> Form:
    """The form a candidate gets in these tests; any seed would do."""
    return compose(world.bank.bank, derived_seed(b"test", entry.number))


def right(world: OfficeWorld, entry: FormItem) -> e.Response:
    """The right response to a place of a form."""
    key = world.bank.keys.keys[entry.item]
    if isinstance(key, NumberKey):
        return e.Entered(text=key.value)
    assert isinstance(key, ChoiceKey)
    return e.Chosen(options=tuple(option for option in entry.options if option in key.options))


def wrong(world: OfficeWorld, entry: FormItem) -> e.Response:
    """A wrong response to a place of a form."""
    if entry.type is ItemType.NUMERIC:
        return e.Entered(text="１２")
    key = world.bank.keys.keys[entry.item]
    assert isinstance(key, ChoiceKey)
    return e.Chosen(options=(next(option for option in entry.options if option not in key.options),))


@dataclass(slots=True, kw_only=True)
class Seat:
    """One seat of a world, with what may be false about it."""

    world: OfficeWorld
    number: int = 0
    signer: Certified | None = None
    name: str = "017/pc-1"
    sitting: str = "6f1c0f52-3e0b-4a43-9c39-0b6e7a7d2f01"
    lock_level: LockLevel = LockLevel.DESKTOP
    place: dict[str, Any] = field(default_factory=dict)
    person: dict[str, Any] = field(default_factory=dict)
    alter: Callable[[list[e.Event]], None] = lambda events: None  # noqa: ARG005 - called with the events
    form: Form | None = None
    rights: int = 5
    segments: Sequence[tuple[int, int]] = ((1, 3), (2, 5))
    """Number of each segment and of the journal's record it names as its head."""
    foreign_head: bool = False
    ending: type[e.Event] | None = None
    more: Sequence[s.SessionEvent] = ()
    late: int = 0

    @property
    def entry(self) -> RosterEntry:
        """Who sits here."""
        return self.world.roster.entries[self.number]

    @property
    def certified(self) -> Certified:
        """The key of the PC; made once."""
        if self.signer is None:
            self.signer = workstation(self.world, self.name)
        return self.signer

    @property
    def session_journal(self) -> str:
        """The name of the seat's session journal."""
        return f"session.{self.entry.seat}"

    def sealed(self, *, head: str, records: int) -> tuple[s.SessionEvent, ...]:
        """What the session's journal says of a sitting that was sealed."""
        sitting = SittingId(self.sitting)
        return (
            s.SittingOpened(at=at(-10 * MINUTE), sitting=sitting),
            s.SittingSealed(at=at(50 * MINUTE), sitting=sitting, digest="12" * 32, head=head, records=records),
        )

    def _place(self) -> e.Place:
        made = e.Place(
            round=RoundId("2026-11"),
            package=self.world.made.round.package,
            room=ROOM,
            session=SESSION,
            seat=self.entry.seat,
            workstation=WorkstationId(self.name),
        )
        return replace(made, **self.place)

    def _journal(self, name: str, bodies: Iterable[bytes]) -> list[Record]:
        by = self.certified
        recipients = self.world.made.round.recipients
        record, state = open_epoch(
            name, epoch=0, seq=0, head=b"", signer=by.key, chain_pem=by.chain_pem, recipients=recipients
        )
        records = [record]
        for body in bodies:
            record, state = extend(state, body)
            records.append(record)
        return records

    def session_events(self) -> list[s.SessionEvent]:
        """What happened at the seat before and beside the sitting."""
        card = self.world.made.round.cards[0].id
        opened = s.SessionOpened(
            at=at(-40 * MINUTE),
            place=self._place(),
            package_digest=self.world.made.digest,
            program="0.1.0",
            lock_level=self.lock_level,
        )
        unlocked = s.Unlocked(at=at(-20 * MINUTE), cards=(card,), by="release-code")
        return [opened, unlocked, *self.more]

    def first(self, session_head: str) -> e.Seated:
        """The first event of the sitting."""
        entry = self.entry
        person = e.Person(
            number=entry.number, name=entry.name, id_tail=entry.id_tail, unit=entry.unit, extra=entry.extra
        )
        return e.Seated(
            at=at(-10 * MINUTE),
            sitting=SittingId(self.sitting),
            place=self._place(),
            person=replace(person, **self.person),
            form=self.form or form_of(self.world, entry),
            session_head=session_head,
            program="0.1.0",
            lock_level=self.lock_level,
        )

    def events(self, first: e.Seated) -> list[e.Event]:
        """A legal sitting: `rights` right responses, one wrong, the rest left open."""
        card = self.world.made.round.cards[0].id
        act = e.Act(card=card, reason=REASON, note="口头 ０７ 𬭚")
        events: list[e.Event] = [
            first,
            e.Identified(at=at(-9 * MINUTE), card=card),
            e.Briefed(at=at(-8 * MINUTE), language=Language.ZH),
            e.Ready(at=at(-MINUTE)),
            e.Started(at=at(0), late=Millis(0)),
        ]
        for place, entry in enumerate(first.form.items[: self.rights + 1]):
            response = right(self.world, entry) if place < self.rights else wrong(self.world, entry)
            events.append(e.Viewed(at=at(place * 2 * SECOND), item=entry.item))
            events.append(e.Responded(at=at(place * 2 * SECOND + SECOND), item=entry.item, response=response))
        end = at(40 * MINUTE + self.late)
        if self.ending is e.Voided:
            events.append(e.Voided(at=end, act=act))
        elif self.ending is e.Collected:
            events.append(e.Collected(at=end, act=act))
        else:
            events.append(e.HandedIn(at=end))
        return events

    def made_bundle(self) -> "Bundle":
        """Play the sitting and seal it."""
        session = self._journal(self.session_journal, map(encode_event, self.session_events()))
        events = self.events(self.first(session[1].hash.hex()))
        self.alter(events)
        draft = self._journal(self.sitting, map(encode_event, events))
        segments = [self._segment(number, draft, head) for number, head in self.segments]
        kept = [
            e.SegmentKept(
                at=at(45 * MINUTE),
                name=f"segment-{number:06}.age",
                digest=one.digest,
                root=one.root,
                pictures=one.pictures,
                size=len(one.data),
                first=one.first,
                last=one.last,
            )
            for (number, _), one in zip(self.segments, segments, strict=True)
        ]
        records = self.continued(self.sitting, draft, [encode_event(event) for event in kept])
        return Bundle(seat=self, records=records, session=session, kept=kept, segments=segments)

    def continued(self, journal: str, records: Sequence[Record], bodies: Sequence[bytes]) -> list[Record]:
        """Go on with a journal in a new epoch, as after a restart; without bodies it stays as it is."""
        if not bodies:
            return list(records)
        by, last = self.certified, records[-1]
        record, state = open_epoch(
            journal,
            epoch=1,
            seq=last.seq + 1,
            head=last.hash,
            signer=by.key,
            chain_pem=by.chain_pem,
            recipients=self.world.made.round.recipients,
        )
        more = [record]
        for body in bodies:
            record, state = extend(state, body)
            more.append(record)
        return [*records, *more]

    def _segment(self, number: int, records: Sequence[Record], head: int) -> SealedSegment:
        named = "ee" * 32 if self.foreign_head else records[head].hash.hex()
        place = Place(sitting=SittingId(self.sitting), number=number, previous=None, head=Head(seq=head, hash=named))
        pictures = [Picture(kind=PictureKind.STILL, at=at(MINUTE + second), data=b"RIFFxxxxWEBP") for second in (0, 1)]
        return seal_segment(place, pictures, recipients=self.world.made.round.recipients)


@dataclass(frozen=True, slots=True, kw_only=True)
class Bundle:
    """A sitting that was played, and the files it becomes."""

    seat: Seat
    records: list[Record]
    session: list[Record]
    kept: list[e.SegmentKept]
    segments: list[SealedSegment]

    def header(self, **changes: Any) -> BundleHeader:
        """The clear header."""
        seat, place = self.seat, self.seat._place()
        made = BundleHeader(
            bundle=SittingId(seat.sitting),
            round=place.round,
            package=place.package,
            room=place.room,
            session=place.session,
            seat=place.seat,
            workstation=place.workstation,
            records=len(self.records),
            head=self.records[-1].hash.hex(),
            session_records=len(self.session),
            session_head=self.session[-1].hash.hex(),
            ended=START + 40 * MINUTE + seat.late,
            segments=tuple(
                SegmentEntry(name=one.name, digest=one.digest, size=one.size, pictures=one.pictures)
                for one in self.kept
            ),
            rehearsal=seat.world.office.rehearsal,
            lock_level=seat.lock_level,
        )
        return replace(made, **changes)

    def result(self, **changes: Any) -> bytes:
        """The result bundle."""
        out, by = io.BytesIO(), self.seat.certified
        content = ResultContent(records=tuple(self.records), session=tuple(self.session))
        write_result(
            out,
            self.header(**changes),
            content,
            key=by.key,
            chain_pem=by.chain_pem,
            recipients=self.seat.world.made.round.recipients,
        )
        return out.getvalue()

    def evidence(self, parts: Sequence[tuple[str, bytes]] | None = None) -> bytes:
        """The evidence bundle; `parts` instead of the segments that belong to it."""
        out, by = io.BytesIO(), self.seat.certified
        own = [(event.name, segment.data) for event, segment in zip(self.kept, self.segments, strict=True)]
        sources = [(name, BytesSource(data)) for name, data in (own if parts is None else parts)]
        write_evidence(out, self.header(), sources, key=by.key, chain_pem=by.chain_pem)
        return out.getvalue()

    def save(self, folder: Path, *, evidence: bool = True) -> Path:
        """Write both files as a seat names them; return the result's path."""
        folder.mkdir(parents=True, exist_ok=True)
        stem = f"2026-11-{self.seat.entry.seat}-{self.seat.sitting}"
        (folder / f"{stem}.kresult").write_bytes(self.result())
        if evidence:
            (folder / f"{stem}.kevidence").write_bytes(self.evidence())
        return folder / f"{stem}.kresult"
