"""Seals segments and writes them to the disk, on a thread of its own so that a slow disk never holds up the camera.

A segment is reported only when it is on the disk for good: written under another name, fsynced, renamed, fsynced again
with its folder (segment.md, Writer). A file that exists is never replaced. What cannot be kept is reported as a gap
and a lost disk, and the next segment is tried as if nothing had happened. At most `backlog` segments wait in memory.
It does not know cameras and encodes nothing.
"""

import errno
import hashlib
import os
import queue
import re
import shutil
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar, Final

from kiosk.capture.protocol import Gap, Lost, Part, Record, Report, Segment, Stopped, Stray, Tail
from kiosk.errors import CaptureError, KioskError
from kiosk.exam.vocabulary import SittingId
from kiosk.formats.segment import Head, Picture, Place, seal_segment

NAME: Final = re.compile(r"segment-([0-9]{6})\.age")
PART: Final = ".part"


class DiskShortError(CaptureError):
    """So little room is left that it is kept for the answers."""

    code: ClassVar[str] = "capture/disk-short"


@dataclass(frozen=True, slots=True, kw_only=True)
class Begin:
    """Segments of this sitting follow."""

    record: Record


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """The pictures of one segment, and the journal head of now."""

    record: Record
    head: Head
    pictures: Sequence[Picture]


@dataclass(frozen=True, slots=True, kw_only=True)
class End:
    """Say Stopped when everything before this has been dealt with."""

    sitting: SittingId | None


def keep_durably(path: Path, data: bytes, *, reserve: int) -> None:
    """Write a new file, whole or not at all, also if the power is cut. Raises OSError, DiskShortError."""
    if shutil.disk_usage(path.parent).free < reserve + len(data):
        raise DiskShortError
    part = path.with_name(path.name + PART)
    part.unlink(missing_ok=True)
    try:
        with part.open("xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        if path.exists():
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST))
        part.rename(path)
    except OSError:
        part.unlink(missing_ok=True)
        raise
    _sync(path)
    if os.name != "nt":
        _sync(path.parent)


def _sync(path: Path) -> None:
    # Windows flushes only through a handle that may write, and has no handle for a folder.
    handle = os.open(path, os.O_RDWR if os.name == "nt" else os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


class Keeper:
    """The one thread of the recorder that touches the disk."""

    def __init__(self, report: Callable[[Report], None], *, reserve: int, backlog: int) -> None:
        self._report = report
        self._reserve = reserve
        self._jobs: queue.Queue[Begin | Batch | End | None] = queue.Queue()
        self._room = threading.Semaphore(backlog)
        self._tails: dict[SittingId, Tail] = {}
        self._kept: dict[SittingId, int] = {}
        self._thread = threading.Thread(target=self._work, name="keeper", daemon=True)
        self._thread.start()

    def begin(self, record: Record) -> None:
        """Segments of this sitting follow; saying so twice does no harm."""
        self._jobs.put(Begin(record=record))

    def keep(self, batch: Batch) -> None:
        """Seal and write these pictures; when the disk is far behind they are given up and reported."""
        if self._room.acquire(blocking=False):
            self._jobs.put(batch)
        else:
            self._give_up(batch, "slow")

    def end(self, sitting: SittingId | None) -> None:
        """Report Stopped after all that was given before."""
        self._jobs.put(End(sitting=sitting))

    def close(self, *, seconds: float) -> None:
        """Finish what waits, for at most this long."""
        self._jobs.put(None)
        self._thread.join(seconds)

    def _work(self) -> None:
        while (job := self._jobs.get()) is not None:
            match job:
                case Begin():
                    self._begin(job.record)
                case Batch():
                    self._keep(job)
                    self._room.release()
                case End():
                    kept = self._kept.get(job.sitting, 0) if job.sitting is not None else 0
                    self._report(Stopped(sitting=job.sitting, segments=kept))

    def _begin(self, record: Record) -> None:
        """Find where this sitting's segments end; what lies beyond was written by a recorder that died at once."""
        if record.sitting in self._tails:
            return
        tail = record.tail
        try:
            for number, path in _segment_files(Path(record.folder)):
                if number > record.tail.number:
                    data = path.read_bytes()
                    digest = hashlib.sha256(data).hexdigest()
                    stray = Stray(sitting=record.sitting, name=path.name, number=number, digest=digest, size=len(data))
                    self._report(stray)
                    tail = Tail(number=number, digest=tail.digest, last=tail.last)
        except OSError as error:
            self._report(Lost(part=Part.DISK, cause=_cause(error)))
            return
        self._tails[record.sitting] = tail

    def _keep(self, batch: Batch) -> None:
        record, sitting = batch.record, batch.record.sitting
        self._begin(record)
        tail = self._tails.get(sitting, record.tail)
        place = Place(sitting=sitting, number=tail.number + 1, previous=tail.digest, head=batch.head)
        name = f"segment-{place.number:06}.age"
        try:
            sealed = seal_segment(place, batch.pictures, recipients=record.recipients)
            folder = Path(record.folder)
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            keep_durably(folder / name, sealed.data, reserve=self._reserve)
        except OSError as error:
            self._give_up(batch, _cause(error))
            return
        except KioskError as error:
            self._give_up(batch, error.code.rpartition("/")[2])
            return
        segment = Segment(
            sitting=sitting,
            name=name,
            number=place.number,
            digest=sealed.digest,
            root=sealed.root,
            pictures=sealed.pictures,
            size=len(sealed.data),
            first=sealed.first,
            last=sealed.last,
        )
        self._tails[sitting] = segment.tail
        self._kept[sitting] = self._kept.get(sitting, 0) + 1
        self._report(segment)

    def _give_up(self, batch: Batch, cause: str) -> None:
        self._report(Lost(part=Part.DISK, cause=cause))
        first, last = batch.pictures[0].at, batch.pictures[-1].at
        self._report(Gap(sitting=batch.record.sitting, cause="disk", first=first, last=last))


def _segment_files(folder: Path) -> list[tuple[int, Path]]:
    """The segment files of a folder by number; unfinished ones are removed, for they were never reported."""
    if not folder.exists():
        return []
    found = []
    for path in sorted(folder.iterdir()):
        if path.name.endswith(PART):
            path.unlink()
        elif match := NAME.fullmatch(path.name):
            found.append((int(match[1]), path))
    return found


def _cause(error: OSError) -> str:
    return errno.errorcode.get(error.errno or 0, "disk").lower()
