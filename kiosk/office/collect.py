"""Collects sticks: verifies, files, registers and scores what is on them, and says what became of every candidate.

Rules: one bad file never keeps another from being collected; nothing is counted twice, however often a stick comes;
nothing is dropped, what is refused is listed with its reason. Results come first, evidence may come later. The files
that are offered are only read. It asks no clock: certificates are judged by the sessions' dates.
"""

from collections.abc import Callable, Iterable
from pathlib import Path

from kiosk.errors import KioskError
from kiosk.exam.sitting import Phase
from kiosk.exam.vocabulary import SittingId
from kiosk.formats.bundle_file import OpenedResult
from kiosk.formats.source import BytesSource
from kiosk.office.evidence import Findings, compare, header_text, open_ours, outside
from kiosk.office.examine import Desk, Examined, open_desk, verify_bundle
from kiosk.office.filing import Offered, Shelf, demand_file, digest_of, offered, read_result
from kiosk.office.kept_rounds import load_rounds
from kiosk.office.keys import Office
from kiosk.office.registry import BundleRow, EvidenceRow, Registry
from kiosk.office.report import FileLine, Kind, Outcome, Report, RosterState
from kiosk.office.roster_state import roster_lines
from kiosk.storage.files import FileSource

_STATES = {
    Phase.HANDED_IN: RosterState.HANDED_IN,
    Phase.COLLECTED: RosterState.COLLECTED,
    Phase.VOID: RosterState.VOID,
}


def collect(
    folders: Iterable[Path], office: Office, into: Path, progress: Callable[[FileLine], None] | None = None
) -> Report:
    """Collect everything in the folders into `into`; `progress` hears of each file.

    Raises NotAFolderError, RegistryError and what opening the office's own rounds and keys raises: then nothing could
    be judged. Everything that is wrong with a file is a line of the report.
    """
    desk = open_desk(office, load_rounds(office))
    files = offered(folders, besides=into)
    into.mkdir(parents=True, exist_ok=True, mode=0o700)
    shelf = Shelf(folder=into)
    registry = Registry(shelf.registry)
    try:
        collector = _Collector(desk, shelf, registry)
        for file in files:
            line = collector.take(file)
            if progress:
                progress(line)
        collector.compare_waiting()
        return collector.report()
    finally:
        registry.close()


class _Collector:
    """One run of collecting."""

    def __init__(self, desk: Desk, shelf: Shelf, registry: Registry) -> None:
        self._desk = desk
        self._shelf = shelf
        self._registry = registry
        self._lines: list[FileLine] = []

    def take(self, file: Offered) -> FileLine:
        """Collect one file; whatever is wrong with it becomes its line."""
        try:
            line = self._result(file) if file.kind is Kind.RESULT else self._evidence(file)
        except KioskError as error:
            line = _refusal(file.path, file.kind, error)
        self._lines.append(line)
        return line

    def _result(self, file: Offered) -> FileLine:
        data, digest = read_result(file.path)
        known = self._registry.has_bundle(digest)
        if known:
            self._shelf.file_result(data, digest)
            return _line(file, Outcome.DUPLICATE, digest, known)
        try:
            examined = verify_bundle(BytesSource(data), self._desk)
        except KioskError:
            self._shelf.keep_refused(data, digest)
            raise
        self._shelf.file_result(data, digest)
        self._registry.add_bundle(_row(examined, digest))
        return _line(file, Outcome.ACCEPTED, digest, examined.opened.header.bundle)

    def _evidence(self, file: Offered) -> FileLine:
        demand_file(file.path)
        source = FileSource(file.path)
        try:
            digest = digest_of(source)
            known = self._registry.has_evidence(digest)
            if known:
                self._shelf.file_evidence(source, digest, file.path.name)
                return _line(file, Outcome.DUPLICATE, digest, known)
            evidence = open_ours(source, self._desk)
            header = evidence.header
            self._shelf.file_evidence(source, digest, file.path.name)
            self._registry.put_evidence(_evidence_row(digest, header_text(header), header.bundle, outside(evidence)))
        finally:
            source.close()
        return _line(file, Outcome.ACCEPTED, digest, header.bundle)

    def compare_waiting(self) -> None:
        """Compare evidence with its result, for every pair of which both have arrived."""
        results = {row.header: row for row in self._registry.bundles()}
        for waiting in self._registry.evidence():
            row = results.get(waiting.header)
            if row is None or waiting.examined:
                continue
            try:
                found = self._compared(waiting, self._opened(row))
            except KioskError as error:
                path = self._shelf.path(Kind.EVIDENCE, waiting.digest)
                self._lines.append(_refusal(path, Kind.EVIDENCE, error))
                continue
            self._registry.put_evidence(
                _evidence_row(waiting.digest, waiting.header, waiting.sitting, found, examined=True)
            )

    def _compared(self, waiting: EvidenceRow, result: OpenedResult) -> Findings:
        source = FileSource(self._shelf.path(Kind.EVIDENCE, waiting.digest))
        try:
            return compare(open_ours(source, self._desk), result, self._desk.office.identity.secret)
        finally:
            source.close()

    def report(self) -> Report:
        """Close the rosters over everything that is filed."""
        rows, evidence = self._registry.bundles(), self._registry.evidence()
        roster, forks = roster_lines(self._desk.rounds, rows, evidence, self._hash_at)
        return Report(lines=tuple(sorted(self._lines, key=lambda line: line.file)), roster=roster, forks=forks)

    def _hash_at(self, row: BundleRow, seq: int) -> str:
        """Look a record up in a filed result; one that no longer opens agrees with nothing and gets a line."""
        try:
            return self._opened(row).records[seq].hash.hex()
        except KioskError as error:
            self._lines.append(_refusal(self._shelf.path(Kind.RESULT, row.digest), Kind.RESULT, error))
            return ""

    def _opened(self, row: BundleRow) -> OpenedResult:
        return verify_bundle(BytesSource(self._shelf.result(row.digest)), self._desk).opened


def _line(file: Offered, outcome: Outcome, digest: str, sitting: str) -> FileLine:
    return FileLine(file=str(file.path), kind=file.kind, outcome=outcome, digest=digest, sitting=SittingId(sitting))


def _refusal(path: Path, kind: Kind, error: KioskError) -> FileLine:
    return FileLine(file=str(path), kind=kind, outcome=Outcome.REFUSED, code=error.code, data=error.data)


def _row(examined: Examined, digest: str) -> BundleRow:
    header, entry, sitting = examined.opened.header, examined.entry, examined.sitting
    return BundleRow(
        digest=digest,
        sitting=header.bundle,
        round=header.round,
        room=header.room,
        package=header.package,
        session=header.session,
        number=entry.number,
        seat=header.seat,
        state=_STATES[sitting.phase],
        by_clock=sitting.by_clock,
        points=examined.score.points if examined.score else None,
        most=examined.score.most if examined.score else None,
        records=header.records,
        head=header.head,
        segments=len(header.segments),
        alarms=examined.alarms,
        header=header_text(header),
    )


def _evidence_row(
    digest: str, header: bytes, sitting: SittingId, found: Findings, *, examined: bool = False
) -> EvidenceRow:
    return EvidenceRow(
        digest=digest,
        sitting=sitting,
        header=header,
        state=found.state,
        detail=found.detail,
        alarms=found.alarms,
        examined=examined,
    )
