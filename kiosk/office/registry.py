"""The office's list of what has been filed: one row for each bundle, one for each evidence file.

Rules: a row is written only after its file is on disk; a file is known by the SHA-256 of its bytes, so that the same
stick twice changes nothing; rows are added, never changed, except for what evidence turned out to be. The files are the
truth: the registry can be made again from them. It does not judge bundles.
"""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from kiosk.errors import OfficeError
from kiosk.exam.vocabulary import AdmissionNumber, Points, RoomId, RoundId, SeatId, SessionId, SittingId
from kiosk.office.examine import Alarm
from kiosk.office.report import EvidenceState, RosterState

_VERSION = 1
_TABLES = """
CREATE TABLE bundle(
    digest TEXT PRIMARY KEY, sitting TEXT NOT NULL, round TEXT NOT NULL, room TEXT NOT NULL, package INTEGER NOT NULL,
    session TEXT NOT NULL, number TEXT NOT NULL, seat TEXT NOT NULL, state TEXT NOT NULL, by_clock INTEGER NOT NULL,
    points INTEGER, most INTEGER, records INTEGER NOT NULL, head TEXT NOT NULL, segments INTEGER NOT NULL,
    alarms TEXT NOT NULL, header BLOB NOT NULL) STRICT;
CREATE TABLE evidence(
    digest TEXT PRIMARY KEY, sitting TEXT NOT NULL, header BLOB NOT NULL, state TEXT NOT NULL,
    detail TEXT NOT NULL, alarms TEXT NOT NULL, examined INTEGER NOT NULL) STRICT;
CREATE INDEX bundle_sitting ON bundle(sitting);
"""


class RegistryError(OfficeError):
    """The registry cannot be read or written (`file`, `detail`)."""

    code = "office/registry"


@dataclass(frozen=True, slots=True, kw_only=True)
class BundleRow:
    """A filed result bundle. `header` is the canonical text of its clear header."""

    digest: str
    sitting: SittingId
    round: RoundId
    room: RoomId
    package: int
    session: SessionId
    number: AdmissionNumber
    seat: SeatId
    state: RosterState
    by_clock: bool
    points: Points | None
    most: Points | None
    records: int
    head: str
    segments: int
    alarms: tuple[Alarm, ...]
    header: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceRow:
    """A filed evidence bundle; `detail` names its damaged and missing segments.

    `examined` says that its pictures' indexes have been compared with the journal of the result they belong to.
    """

    digest: str
    sitting: SittingId
    header: bytes
    state: EvidenceState
    detail: tuple[str, ...]
    alarms: tuple[Alarm, ...]
    examined: bool


class Registry:
    """The open registry of one collection folder."""

    def __init__(self, path: Path) -> None:
        """Open or create it. RegistryError."""
        self._path = path
        with self._guarded():
            self._connection = sqlite3.connect(path, isolation_level=None)
        try:
            self._prepare()
        except RegistryError:
            self._connection.close()
            raise

    def _prepare(self) -> None:
        with self._guarded():
            self._connection.execute("PRAGMA synchronous = FULL")
            found = self._connection.execute("PRAGMA user_version").fetchone()[0]
            if found == 0:
                self._connection.executescript(f"BEGIN; {_TABLES} PRAGMA user_version = {_VERSION}; COMMIT;")
        if found not in {0, _VERSION}:
            raise RegistryError(file=self._path.name, detail=f"version {found}")

    @contextmanager
    def _guarded(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as error:
            raise RegistryError(file=self._path.name, detail=str(error)) from error

    def has_bundle(self, digest: str) -> SittingId | None:
        """Return the sitting of a filed result, None when it is not filed."""
        return self._sitting("SELECT sitting FROM bundle WHERE digest = ?", digest)

    def has_evidence(self, digest: str) -> SittingId | None:
        """Return the sitting of a filed evidence bundle, None when it is not filed."""
        return self._sitting("SELECT sitting FROM evidence WHERE digest = ?", digest)

    def _sitting(self, query: str, digest: str) -> SittingId | None:
        with self._guarded():
            row = self._connection.execute(query, (digest,)).fetchone()
        return SittingId(row[0]) if row else None

    def add_bundle(self, row: BundleRow) -> None:
        """Add a result whose file is on disk. RegistryError."""
        values = (
            *(row.digest, row.sitting, row.round, row.room, row.package, row.session, row.number, row.seat),
            *(row.state.value, int(row.by_clock), row.points, row.most, row.records, row.head, row.segments),
            *(_alarm_text(row.alarms), row.header),
        )
        with self._guarded():
            marks = ",".join("?" * len(values))
            self._connection.execute(f"INSERT INTO bundle VALUES ({marks})", values)  # noqa: S608 - question marks

    def put_evidence(self, row: EvidenceRow) -> None:
        """Add an evidence bundle whose file is on disk, or note what it turned out to be. RegistryError."""
        values = (row.digest, row.sitting, row.header, row.state.value, json.dumps(row.detail))
        with self._guarded():
            self._connection.execute(
                "INSERT OR REPLACE INTO evidence VALUES (?,?,?,?,?,?,?)",
                (*values, _alarm_text(row.alarms), int(row.examined)),
            )

    def bundles(self) -> tuple[BundleRow, ...]:
        """Return all results, in an order that does not depend on when they came."""
        with self._guarded():
            rows = self._connection.execute("SELECT * FROM bundle ORDER BY sitting, records, digest").fetchall()
        return tuple(_bundle(row) for row in rows)

    def evidence(self) -> tuple[EvidenceRow, ...]:
        """Return all evidence bundles, in an order that does not depend on when they came."""
        with self._guarded():
            rows = self._connection.execute("SELECT * FROM evidence ORDER BY sitting, digest").fetchall()
        return tuple(_evidence(row) for row in rows)

    def close(self) -> None:
        """Close the file."""
        self._connection.close()


def _alarm_text(alarms: tuple[Alarm, ...]) -> str:
    return " ".join(alarm.value for alarm in alarms)


def _alarms(cell: object) -> tuple[Alarm, ...]:
    return tuple(Alarm(word) for word in str(cell).split())


def _bundle(row: tuple[object, ...]) -> BundleRow:
    (digest, sitting, round_, room, package, session, number, seat, state, by_clock, *rest) = row
    points, most, records, head, segments, alarms, header = rest
    assert isinstance(package, int)  # noqa: S101 - the table is STRICT
    assert isinstance(records, int)  # noqa: S101
    assert isinstance(segments, int)  # noqa: S101
    assert isinstance(header, bytes)  # noqa: S101
    return BundleRow(
        digest=str(digest),
        sitting=SittingId(str(sitting)),
        round=RoundId(str(round_)),
        room=RoomId(str(room)),
        package=package,
        session=SessionId(str(session)),
        number=AdmissionNumber(str(number)),
        seat=SeatId(str(seat)),
        state=RosterState(state),
        by_clock=bool(by_clock),
        points=Points(points) if isinstance(points, int) else None,
        most=Points(most) if isinstance(most, int) else None,
        records=records,
        head=str(head),
        segments=segments,
        alarms=_alarms(alarms),
        header=header,
    )


def _evidence(row: tuple[object, ...]) -> EvidenceRow:
    digest, sitting, header, state, detail, alarms, examined = row
    assert isinstance(header, bytes)  # noqa: S101 - the table is STRICT
    return EvidenceRow(
        digest=str(digest),
        sitting=SittingId(str(sitting)),
        header=header,
        state=EvidenceState(state),
        detail=tuple(json.loads(str(detail))),
        alarms=_alarms(alarms),
        examined=bool(examined),
    )
