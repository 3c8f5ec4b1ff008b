"""Making the result bundle and the evidence bundle of a sitting that is over.

Rules: the result holds the whole journal and the session journal as they stand on disk, sealed to the office and signed
by this PC; it is written, read back and only then spoken of. Evidence is a second file; what is missing or damaged in
it never touches the result. Receipts carry counts, never a score.
"""

import base64
import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from kiosk.crypto.path import ExpiredError
from kiosk.errors import KioskError
from kiosk.exam.rules import LockLevel
from kiosk.exam.sitting import Sitting
from kiosk.exam.vocabulary import SittingId
from kiosk.formats.bundle_file import (
    BundleHeader,
    ResultContent,
    SegmentEntry,
    open_envelope,
    write_evidence,
    write_result,
)
from kiosk.formats.journal import Record
from kiosk.paper.qr import qr_matrix
from kiosk.station.home import Home, Identity
from kiosk.station.last_seen import last_seen
from kiosk.station.view import Receipt
from kiosk.storage.files import FileReadError, FileSource, file_digest, make_folder, write_durably


@dataclass(frozen=True, slots=True, kw_only=True)
class Sealed:
    """A bundle that was written: its file, SHA-256 of the file, and its header."""

    path: Path
    digest: str
    header: BundleHeader


@dataclass(frozen=True, slots=True, kw_only=True)
class Sealer:
    """Seals for one seat."""

    home: Home
    identity: Identity
    recipients: tuple[str, ...]
    rehearsal: bool
    lock_level: LockLevel

    def _path(self, header: BundleHeader, kind: str) -> Path:
        return make_folder(self.home.outbox) / f"{header.round}-{header.seat}-{header.bundle}.{kind}".lower()

    def header(self, sitting: Sitting, records: tuple[Record, ...], session: tuple[Record, ...]) -> BundleHeader:
        """Describe the bundle of a sitting without naming the person."""
        place = sitting.opened.place
        ended = sitting.ended or sitting.last
        return BundleHeader(
            bundle=sitting.opened.sitting,
            round=place.round,
            package=place.package,
            room=place.room,
            session=place.session,
            seat=place.seat,
            workstation=place.workstation,
            records=len(records),
            head=records[-1].hash.hex(),
            session_records=len(session),
            session_head=session[-1].hash.hex(),
            ended=ended.room if ended.room is not None else ended.wall,
            segments=tuple(
                SegmentEntry(name=kept.name, digest=kept.digest, size=kept.size, pictures=kept.pictures)
                for kept in sitting.segments
            ),
            rehearsal=self.rehearsal,
            lock_level=self.lock_level,
        )

    def seal_result(self, sitting: Sitting, records: tuple[Record, ...], session: tuple[Record, ...]) -> Sealed:
        """Write the result bundle. FileWriteError, ReadBackError: nothing is left half done."""
        header = self.header(sitting, records, session)
        content = ResultContent(records=records, session=session)
        out = io.BytesIO()
        write_result(
            out,
            header,
            content,
            key=self.identity.key,
            chain_pem=self.identity.chain_pem,
            recipients=self.recipients,
        )
        path = self._path(header, "kresult")
        return Sealed(path=path, digest=write_durably(path, out.getvalue()), header=header)

    def seal_evidence(self, header: BundleHeader, folder: Path) -> Path:
        """Write the evidence bundle from the segments that are there."""
        path = self._path(header, "kevidence")
        part = path.with_suffix(".making")
        try:
            with part.open("w+b") as out:
                write_evidence(
                    out, header, _segments(header, folder), key=self.identity.key, chain_pem=self.identity.chain_pem
                )
                out.seek(0)
                write_durably(path, iter(lambda: out.read(1 << 20), b""))
        finally:
            part.unlink(missing_ok=True)
        return path

    def find(self, bundle: SittingId, digest: str | None) -> Sealed | None:
        """Return a result bundle that was sealed earlier, if its file is still as it was.

        Without a digest, which is lost with the record of the sealing, its signature alone says so.
        """
        for path in self.home.outbox.glob(f"*-{bundle}.kresult".lower()):
            try:
                found = file_digest(path)
                if digest in {None, found}:
                    return Sealed(path=path, digest=found, header=self._header(path))
            except KioskError:
                continue
        return None

    def _header(self, path: Path) -> BundleHeader:
        """Open a bundle at its end, or, where a clock that began in 1970 sealed it, at the latest time known here."""
        source, root_pem = FileSource(path), self.identity.root_pem
        try:
            return open_envelope(source, root_pem=root_pem).header
        except ExpiredError:
            return open_envelope(source, root_pem=root_pem, at=last_seen(self.home) // 1000).header
        finally:
            source.close()

    def evidence_of(self, header: BundleHeader) -> Path | None:
        """Return the evidence bundle that was made earlier, or None."""
        path = self._path(header, "kevidence")
        return path if path.exists() else None


def _segments(header: BundleHeader, folder: Path) -> Iterator[tuple[str, FileSource]]:
    """Yield the segments that can be opened; each is closed when the next one is asked for."""
    for entry in header.segments:
        try:
            source = FileSource(folder / entry.name)
        except FileReadError:
            continue
        try:
            yield entry.name, source
        finally:
            source.close()


def receipt_of(sitting: Sitting, sealed: Sealed) -> Receipt:
    """Make the receipt: 12 characters of the bundle's digest, and a QR with all of it."""
    code = base64.b32encode(bytes.fromhex(sealed.digest))[:12].decode()
    return Receipt(
        code=" ".join(code[place : place + 4] for place in range(0, 12, 4)),
        digest=sealed.digest,
        qr=qr_matrix(f"KR1:{sealed.header.bundle}:{sealed.digest}"),
        ended_wall=sealed.header.ended,
        by_clock=sitting.by_clock,
        answered=len(sitting.responses),
        items=len(sitting.opened.form.items),
        segments=len(sitting.segments),
    )
