"""Keeps the recorder doing what the sitting's duties ask, and turns its reports into events.

Rules: duties are levels: after each change the recorder is told again what should hold; a camera that is lost is an
incident and stops nothing; only the text of a card crosses from the recorder, never its picture. Reports arrive on a
thread of the recorder's and are fetched on the station's.
"""

import queue
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from kiosk.capture import protocol as p
from kiosk.exam import events as e
from kiosk.exam.incident import IncidentKind
from kiosk.exam.vocabulary import Instant, SittingId
from kiosk.formats.segment import Head
from kiosk.station.view import Camera


class Link(Protocol):
    """The station's end of a recorder."""

    def start(self) -> None:
        """Start it; returns at once."""

    def send(self, command: p.Command) -> None:
        """Tell it what should hold; returns at once."""

    def close(self) -> None:
        """End it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What the recorder should be doing."""

    sitting: SittingId | None
    folder: Path | None
    recipients: tuple[str, ...]
    kept: e.SegmentKept | None
    scan: bool


class Recording:
    """The recorder as the station sees it."""

    def __init__(
        self, make_link: Callable[[Callable[[p.Report], None]], Link] | None, wake: Callable[[], None]
    ) -> None:
        self._reports: queue.SimpleQueue[p.Report] = queue.SimpleQueue()
        self._wake = wake
        self._mode: p.Record | p.Scan | p.Idle = p.Idle()
        self._stopped = True
        self._lost: set[p.Part] = set()
        self._sitting: SittingId | None = None
        self.camera = Camera.OFF
        self.picture: bytes | None = None
        self.covered = False
        self.code: str | None = None
        self._link = make_link(self._hear) if make_link else None
        if self._link:
            self.camera = Camera.OPENING
            self._link.start()

    def _hear(self, report: p.Report) -> None:
        self._reports.put(report)
        self._wake()

    def want(self, wanted: Wanted, head: Head) -> None:
        """Tell the recorder what should hold now."""
        if self._link is None:
            return
        mode: p.Record | p.Scan | p.Idle = p.Idle()
        if wanted.scan:
            mode = p.Scan()
        elif wanted.sitting is not None and wanted.folder is not None:
            mode = p.Record(
                folder=str(wanted.folder),
                sitting=wanted.sitting,
                recipients=wanted.recipients,
                head=head,
                tail=_tail(wanted.kept),
            )
        if _same(mode, self._mode):
            if isinstance(mode, p.Record) and isinstance(self._mode, p.Record) and mode.head != self._mode.head:
                self._mode = mode
                self._link.send(p.HeadMoved(head=head))
            return
        if isinstance(self._mode, p.Record):
            self._stopped = False
        if isinstance(mode, p.Record):
            self._sitting = mode.sitting
        self._mode = mode
        self.code = None
        self.covered = False
        self._link.send(mode)

    def preview(self, fps: int) -> None:
        """Ask for small pictures of what the camera sees; 0 for none."""
        if self._link:
            self._link.send(p.Preview(fps=fps))
        if fps == 0:
            self.picture = None

    @property
    def settled(self) -> bool:
        """Tell whether everything that was recorded has been reported."""
        return self._link is None or self._stopped or self.camera is Camera.LOST

    def events(self, now: Instant) -> Iterator[e.Event]:
        """Fetch what was reported since, as events for the sitting; remembers the rest as state."""
        while True:
            try:
                report = self._reports.get_nowait()
            except queue.Empty:
                return
            yield from self._take(report, now)

    def _take(self, report: p.Report, now: Instant) -> Iterator[e.Event]:  # noqa: C901 - one case for each report
        match report:
            case p.Viewfinder():
                self.picture, self.covered = report.jpeg, report.covered
            case p.Code():
                self.code = report.text
            case p.Hello():
                self.camera = self._camera_now()
            case p.Stopped():
                self._stopped = True
            case p.Segment() if report.sitting == self._sitting:
                yield e.SegmentKept(
                    at=now,
                    name=report.name,
                    digest=report.digest,
                    root=report.root,
                    pictures=report.pictures,
                    size=report.size,
                    first=report.first,
                    last=report.last,
                )
            case p.Stray():
                detail = f"unreported segment {report.name} {report.digest}"
                yield e.IncidentRecorded(at=now, kind=IncidentKind.CAMERA_BACK, detail=detail)
            case p.Gap():
                seconds = (report.last.mono - report.first.mono) // 1000
                yield e.IncidentRecorded(at=now, kind=IncidentKind.CAMERA_GAP, detail=f"{report.cause} {seconds} s")
            case p.Lost():
                self._lost.add(report.part)
                self.camera = Camera.LOST
                detail = f"{report.part.value} {report.cause}"
                yield e.IncidentRecorded(at=now, kind=IncidentKind.CAMERA_LOST, detail=detail)
            case p.Back():
                self._lost.discard(report.part)
                self.camera = self._camera_now()
                yield e.IncidentRecorded(at=now, kind=IncidentKind.CAMERA_BACK, detail=report.part.value)
            case p.Opening():
                self.camera = Camera.LOST if self._lost else Camera.OPENING  # trying again is not yet a picture
            case p.Alive() | p.Segment():
                pass  # a segment of a sitting that this run never asked for is no part of this one

    def _camera_now(self) -> Camera:
        return Camera.LOST if self._lost else Camera.READY

    @property
    def state(self) -> Camera:
        """What the camera is doing, with the mode it was told."""
        if self.camera is not Camera.READY:
            return self.camera
        modes = {p.Record: Camera.RECORDING, p.Scan: Camera.SCANNING}
        return modes.get(type(self._mode), Camera.READY)

    def close(self) -> None:
        """End the recorder."""
        if self._link:
            self._link.close()


def _tail(kept: e.SegmentKept | None) -> p.Tail:
    """Say where the segments end, for a recorder that has just been started; names end in their number."""
    if kept is None:
        return p.Tail()
    number = int("".join(figure for figure in kept.name if figure.isdigit()))
    return p.Tail(number=number, digest=kept.digest, last=kept.last)


def _same(left: p.Command, right: p.Command) -> bool:
    """Tell whether two modes differ in nothing but the journal's head."""
    if isinstance(left, p.Record) and isinstance(right, p.Record):
        return (left.folder, left.sitting, left.recipients) == (right.folder, right.sitting, right.recipients)
    return left == right
