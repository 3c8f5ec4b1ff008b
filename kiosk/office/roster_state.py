"""Closes the rosters: what became of every candidate, from everything that has been filed so far.

Rules: a bundle whose journal is the beginning of another's is an earlier export and gives way to it; journals of one
sitting that part ways are listed and none of them counts; a candidate with two sittings that both stand is listed too.
Every candidate of a round of which something was filed has one line. It does not know which of two is right.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence

from kiosk.exam.round import RosterEntry, Round
from kiosk.exam.vocabulary import SittingId
from kiosk.office.kept_rounds import KeptRound
from kiosk.office.registry import BundleRow, EvidenceRow
from kiosk.office.report import EvidenceState, Filed, Fork, RosterLine, RosterState

HashAt = Callable[[BundleRow, int], str]
"""Gives the hash (hex) of one record of a filed journal, by number."""

_Key = tuple[str, str, str, str]
_COUNTING = {RosterState.HANDED_IN, RosterState.COLLECTED}


def tips(rows: Iterable[BundleRow], hash_at: HashAt) -> tuple[BundleRow, ...]:
    """Return the bundles of one sitting that are no beginning of another one, longest first."""
    found: list[BundleRow] = []
    for row in sorted(rows, key=lambda one: (-one.records, one.digest)):
        if not any(_begins(row, tip, hash_at) for tip in found):
            found.append(row)
    return tuple(found)


def _begins(row: BundleRow, tip: BundleRow, hash_at: HashAt) -> bool:
    if row.records == tip.records:
        return row.head == tip.head
    return hash_at(tip, row.records - 1) == row.head


def roster_lines(
    rounds: Sequence[KeptRound], rows: Sequence[BundleRow], evidence: Sequence[EvidenceRow], hash_at: HashAt
) -> tuple[tuple[RosterLine, ...], tuple[Fork, ...]]:
    """Return one line for each candidate, in the order of the rosters, and the sittings whose journals part ways."""
    by_sitting: dict[SittingId, list[BundleRow]] = defaultdict(list)
    for row in rows:
        by_sitting[row.sitting].append(row)
    standing = {sitting: tips(group, hash_at) for sitting, group in by_sitting.items()}
    filed = {row.digest: _filed(row, evidence) for row in rows}
    forks = tuple(
        Fork(sitting=sitting, bundles=tuple(filed[row.digest] for row in group))
        for sitting, group in sorted(standing.items())
        if len(group) > 1
    )
    by_candidate: dict[_Key, list[BundleRow]] = defaultdict(list)
    for group in standing.values():
        for row in group:
            by_candidate[row.round, row.room, row.session, row.number].append(row)
    lines = tuple(
        _line(round_, entry, [filed[row.digest] for row in by_candidate.get(key, [])])
        for key, (round_, entry) in _candidates(rounds, by_candidate).items()
    )
    return lines, forks


def _candidates(
    rounds: Sequence[KeptRound], by_candidate: dict[_Key, list[BundleRow]]
) -> dict[_Key, tuple[Round, RosterEntry]]:
    """Return everybody who is expected: the newest roster of each room, and whoever came back by an older one."""
    touched = {key[0] for key in by_candidate} or {kept.round.id for kept in rounds}
    newest: dict[tuple[str, str], int] = {}
    for kept in rounds:
        place = (kept.round.id, kept.round.room)
        newest[place] = max(newest.get(place, 0), kept.round.package)
    found: dict[_Key, tuple[Round, RosterEntry]] = {}
    for kept in sorted(rounds, key=lambda one: (one.round.id, one.round.room, -one.round.package)):
        if kept.round.id not in touched:
            continue
        current = kept.round.package == newest[kept.round.id, kept.round.room]
        for key, entry in _keyed(kept):
            if current or key in by_candidate:
                found.setdefault(key, (kept.round, entry))
    return found


def _keyed(kept: KeptRound) -> Iterator[tuple[_Key, RosterEntry]]:
    for entry in kept.roster.entries:
        yield (kept.round.id, kept.round.room, entry.session, entry.number), entry


def _line(round_: Round, entry: RosterEntry, bundles: Sequence[Filed]) -> RosterLine:
    valid = [bundle for bundle in bundles if bundle.state is not RosterState.VOID]
    if len(valid) > 1:
        state = RosterState.CONFLICT
    elif valid:
        state = valid[0].state
    else:
        state = RosterState.VOID if bundles else RosterState.MISSING
    counted = valid[0] if state in _COUNTING else None
    return RosterLine(round=round_, entry=entry, state=state, counted=counted, bundles=tuple(bundles))


def _filed(row: BundleRow, evidence: Iterable[EvidenceRow]) -> Filed:
    its = [one for one in evidence if one.header == row.header]
    alarms = dict.fromkeys((*row.alarms, *(alarm for one in its for alarm in one.alarms)))
    return Filed(
        digest=row.digest,
        sitting=row.sitting,
        records=row.records,
        head=row.head,
        state=row.state,
        by_clock=row.by_clock,
        points=row.points,
        most=row.most,
        evidence=_evidence_state(row, its),
        alarms=tuple(alarms),
    )


def _evidence_state(row: BundleRow, its: Sequence[EvidenceRow]) -> EvidenceState:
    if not row.segments:
        return EvidenceState.NOT_RECORDED
    states = {one.state for one in its}
    if EvidenceState.COMPLETE in states:
        return EvidenceState.COMPLETE
    return EvidenceState.DAMAGED if states else EvidenceState.MISSING
