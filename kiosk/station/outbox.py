"""Sealed bundles on their way to the office: made once, copied to sticks, kept until the office has them.

Rules: a sitting that is over is sealed once its journal is on disk and the camera has reported its last pictures, or
has been waited for long enough; the result comes first and alone makes the receipt; evidence follows on a thread of its
own and may fail without touching the result. An export is believed only after it was read back equal.
"""

import threading
from collections.abc import Callable
from pathlib import Path

from kiosk.errors import KioskError
from kiosk.exam import session as s
from kiosk.exam.sitting import Sitting, duties
from kiosk.exam.vocabulary import Instant
from kiosk.formats.journal import Record
from kiosk.station.sealing import Sealed, Sealer, receipt_of
from kiosk.station.session_desk import Seat, SessionDesk
from kiosk.station.sitting_desk import SittingDesk
from kiosk.station.view import Receipt
from kiosk.storage.files import chunks_of, write_durably
from kiosk.storage.journal_store import JournalWriteError

_PATIENCE = 5_000
"""Milliseconds that sealing waits for the camera's last pictures, and for the journal."""


def sealer_for(seat: Seat, desk: SessionDesk, *, rehearsal: bool) -> Sealer:
    """Return what seals the bundles of this seat in this session."""
    return Sealer(
        home=seat.home,
        identity=seat.identity,
        recipients=desk.round.recipients,
        rehearsal=rehearsal,
        lock_level=seat.settings.lock_level,
    )


class Outbox:
    """What was sealed for one sitting."""

    def __init__(self, sealer: Sealer, desk: SessionDesk, wake: Callable[[], None]) -> None:
        self._sealer = sealer
        self._desk = desk
        self._wake = wake
        self._evidence: threading.Thread | None = None
        self._evidence_found = False
        self._ended_at: Instant | None = None
        self.sealed: Sealed | None = None
        self.receipt: Receipt | None = None
        self.files: tuple[Path, ...] = ()
        self.evidence_failure: str | None = None

    def seal_when_over(self, desk: SittingDesk, pictures: Path, now: Instant, *, settled: bool) -> None:
        """Seal the sitting and close its journal as soon as it is over. KioskError when that fails."""
        if self.receipt or not duties(desk.sitting).bundle:
            return
        self._ended_at = self._ended_at or now
        if not settled and now.mono - self._ended_at.mono < _PATIENCE:
            return
        if not desk.writer.drain(_PATIENCE / 1000):
            name = desk.sitting.opened.sitting
            raise desk.writer.failure or JournalWriteError(journal=name, detail="late")
        self.seal(desk.sitting, desk.records(), pictures, now)
        desk.close()

    def seal(self, sitting: Sitting, records: tuple[Record, ...], pictures: Path, now: Instant) -> None:
        """Write the result bundle, put it on record, make the receipt, begin the evidence bundle."""
        sealed = self._sealer.seal_result(sitting, records, self._desk.log.records())
        self._note_sealed(sealed, now)
        self._desk.remember_time()
        self.sealed, self.receipt = sealed, receipt_of(sitting, sealed)
        self.files = (sealed.path,)
        self._begin_evidence(sealed, pictures)

    def take_up(self, sitting: Sitting, pictures: Path) -> bool:
        """After a restart: go on with the bundle that was sealed. False when its file is not there as it was.

        A bundle that the session journal does not know any more is put on record again, and never sealed over.
        """
        name = sitting.opened.sitting
        known = self._desk.log.state.sealed.get(name)
        sealed = self._sealer.find(name, known.digest if known else None)
        if sealed is None or sealed.header.workstation != sitting.opened.place.workstation:
            return False
        if known is None:
            self._note_sealed(sealed, self._desk.now())
        self.sealed, self.receipt = sealed, receipt_of(sitting, sealed)
        self.files = (sealed.path,)
        evidence = self._sealer.evidence_of(sealed.header)
        if evidence is None:
            self._begin_evidence(sealed, pictures)
        else:
            self.files = (sealed.path, evidence)
            self._evidence_found = True
        return True

    def _note_sealed(self, sealed: Sealed, now: Instant) -> None:
        header = sealed.header
        self._desk.log.record(
            s.SittingSealed(
                at=now, sitting=header.bundle, digest=sealed.digest, head=header.head, records=header.records
            )
        )

    def _begin_evidence(self, sealed: Sealed, pictures: Path) -> None:
        self._evidence = threading.Thread(
            target=self._make_evidence, args=(sealed, pictures), name="evidence", daemon=True
        )
        self._evidence.start()

    def _make_evidence(self, sealed: Sealed, pictures: Path) -> None:
        try:
            path = self._sealer.seal_evidence(sealed.header, pictures)
            self.files = (*self.files, path)
        except (KioskError, OSError) as error:
            self.evidence_failure = getattr(error, "code", "storage/file-write")
        self._wake()

    @property
    def evidence_ready(self) -> bool:
        """Tell whether the evidence bundle was made, or has failed for good."""
        return self._evidence_found or (self._evidence is not None and not self._evidence.is_alive())

    def export(self, folder: Path, now: Instant, progress: Callable[[str, int, int], None]) -> tuple[Path, ...]:
        """Copy every bundle to a stick and read it back. FileWriteError, ReadBackError: what is whole stays.

        `progress` is told the file's name, the bytes written so far and its size.
        """
        if self._evidence is not None:
            self._evidence.join()
        written = []
        for path in self.files:
            size = path.stat().st_size
            digest = write_durably(
                folder / path.name,
                chunks_of(path),
                lambda done, name=path.name, whole=size: progress(name, done, whole),  # type: ignore[misc]
            )
            written.append(folder / path.name)
            assert self.sealed is not None  # noqa: S101 - there are files only after sealing
            self._desk.log.record(
                s.Exported(at=now, sitting=self.sealed.header.bundle, medium=folder.name, digest=digest)
            )
        return tuple(written)
