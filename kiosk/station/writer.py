"""The one thread that writes a journal, so that a slow disk never holds up a screen.

Rules: records are written in the order they were judged; whatever waits is written in one transaction; a failure is
final: the journal takes nothing more until it is opened anew. Outcomes are collected here and fetched by the owner on
its own thread; `wake` only says that there is something to fetch.
"""

import threading
from collections import deque
from collections.abc import Callable, Sequence

from kiosk.errors import KioskError
from kiosk.formats.journal import Record
from kiosk.storage.journal_store import JournalStore


class JournalWriter:
    """A journal and its writer thread."""

    def __init__(self, store: JournalStore, wake: Callable[[], None]) -> None:
        self._store = store
        self._wake = wake
        self._condition = threading.Condition()
        self._waiting: deque[tuple[bytes, bool]] = deque()
        self._asked = 0
        self._committed = 0
        self._failure: KioskError | None = None
        self._end = store.end
        self._stopping = False
        self._thread = threading.Thread(target=self._run, name="journal", daemon=True)
        self._thread.start()

    def put(self, body: bytes, *, sync_head: bool = False) -> int:
        """Queue one record; return its ticket (1 for the first)."""
        with self._condition:
            self._waiting.append((body, sync_head))
            self._asked += 1
            self._condition.notify_all()
            return self._asked

    @property
    def committed(self) -> int:
        """The highest ticket that is on disk."""
        with self._condition:
            return self._committed

    @property
    def failure(self) -> KioskError | None:
        """Why writing stopped, or None."""
        with self._condition:
            return self._failure

    def drain(self, seconds: float) -> bool:
        """Wait until everything queued is on disk; tell whether it is."""
        with self._condition:
            self._condition.wait_for(lambda: self._failure or self._committed == self._asked, timeout=seconds)
            return self._failure is None and self._committed == self._asked

    def records(self) -> tuple[Record, ...]:
        """Return the journal as it stands on disk; everything queued must be drained first."""
        return self._store.records()

    @property
    def head(self) -> tuple[int, str]:
        """Number and hash (hex) of the last durable record."""
        with self._condition:
            return self._end.seq, self._end.hash.hex()

    def close(self) -> None:
        """Write what waits, stop the thread, close the journal."""
        with self._condition:
            self._stopping = True
            self._condition.notify_all()
        self._thread.join()
        if self._failure is None:
            self._store.close()

    def _run(self) -> None:
        while batch := self._next():
            self._write(batch)
            self._wake()

    def _next(self) -> Sequence[tuple[bytes, bool]]:
        with self._condition:
            self._condition.wait_for(lambda: self._waiting or self._stopping)
            batch = list(self._waiting)
            self._waiting.clear()
            return batch

    def _write(self, batch: Sequence[tuple[bytes, bool]]) -> None:
        failure: KioskError | None = self._failure
        if failure is None:
            try:
                self._store.append([body for body, _ in batch])
                if any(sync for _, sync in batch):
                    self._store.sync_head()
            except KioskError as error:
                failure = error
        with self._condition:
            self._failure = failure
            if failure is None:
                self._committed += len(batch)
                self._end = self._store.end
            self._condition.notify_all()
