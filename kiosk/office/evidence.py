"""Judges the pictures of a sitting against the journal that kept them.

Rules: evidence never changes what a result counts for. A segment that is missing, altered or not what the journal says
is named; the others are still good. Every segment names the last record of the journal at its time: when that record is
not in the journal of the result, the journal once was another one, and people are told.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from kiosk.errors import BundleError, SealError
from kiosk.exam.events import SegmentKept
from kiosk.formats import canonical, codec
from kiosk.formats.bundle_file import BundleHeader, Evidence, OpenedResult, open_evidence
from kiosk.formats.segment import Head, open_segment
from kiosk.formats.source import Source
from kiosk.office.examine import Alarm, Desk, demand_ours, kept_round, when_held
from kiosk.office.report import EvidenceState


@dataclass(frozen=True, slots=True, kw_only=True)
class Findings:
    """What was found in an evidence bundle: its state, the names of segments that are no good, and alarms."""

    state: EvidenceState
    detail: tuple[str, ...]
    alarms: tuple[Alarm, ...]


def header_text(header: BundleHeader) -> bytes:
    """Return the one text of a header, by which evidence and result find each other."""
    return canonical.encode(codec.to_json(header))


def open_ours(source: Source, desk: Desk) -> Evidence:
    """Open an evidence bundle of one of our rounds. BundleError, TrustError, OfficeError leaves."""

    def opened(at: int | None) -> tuple[Evidence, BundleHeader]:
        evidence = open_evidence(source, None, root_pem=desk.office.root_pem, at=at, denied=desk.denied)
        return evidence, evidence.header

    evidence = when_held(opened, desk)
    kept = kept_round(evidence.header, desk.rounds)
    demand_ours(evidence.header, kept.round, rehearsal=desk.office.rehearsal)
    return evidence


def outside(evidence: Evidence) -> Findings:
    """Say what can be said before the result has arrived: which segments are there and unaltered."""
    lacking = (*evidence.damaged, *evidence.missing)
    state = EvidenceState.DAMAGED if lacking else EvidenceState.COMPLETE
    return Findings(state=state, detail=lacking, alarms=())


def compare(evidence: Evidence, result: OpenedResult, secret: str) -> Findings:
    """Open every segment and compare it with the journal of its result."""
    kept = {event.name: event for event in result.events if isinstance(event, SegmentKept)}
    known = {record.seq: record.hash.hex() for record in result.records}
    bad = [*evidence.damaged, *evidence.missing]
    rolled_back = False
    for name, head in _heads(evidence, kept, secret):
        if head is None:
            bad.append(name)
        elif known.get(head.seq) != head.hash:
            rolled_back = True
            bad.append(name)
    state = EvidenceState.DAMAGED if bad else EvidenceState.COMPLETE
    alarms = (Alarm.JOURNAL_ROLLED_BACK,) if rolled_back else ()
    return Findings(state=state, detail=tuple(sorted(bad)), alarms=alarms)


def _heads(evidence: Evidence, kept: dict[str, SegmentKept], secret: str) -> Iterator[tuple[str, Head | None]]:
    """Yield the journal's head each segment names; None for a segment that does not hold."""
    for name in evidence.names:
        event = kept[name]
        try:
            segment = open_segment(
                evidence.read(name),
                secret=secret,
                digest=event.digest,
                root=event.root,
                sitting=evidence.header.bundle,
            )
        except (BundleError, SealError):
            yield name, None
        else:
            yield name, segment.place.head
