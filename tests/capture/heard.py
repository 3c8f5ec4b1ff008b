"""What a recorder said, for tests that wait for it by name instead of by time."""

import queue
from collections.abc import Callable
from typing import TypeVar

from kiosk.capture.protocol import Report

R = TypeVar("R")
PATIENCE_SECONDS = 60.0


class Heard:
    """Collects reports in order."""

    def __init__(self) -> None:
        self.all: list[Report] = []
        self._new: queue.SimpleQueue[Report] = queue.SimpleQueue()

    def __call__(self, report: Report) -> None:
        self._new.put(report)

    def until(self, kind: type[R], holds: Callable[[R], bool] = lambda _: True) -> R:
        """Return the next report of this kind for which this holds."""
        while True:
            report = self._new.get(timeout=PATIENCE_SECONDS)
            self.all.append(report)
            if isinstance(report, kind) and holds(report):
                return report

    def so_far(self) -> list[Report]:
        """Everything that has been said."""
        while not self._new.empty():
            self.all.append(self._new.get())
        return self.all

    def of(self, kind: type[R]) -> list[R]:
        """Everything of one kind that has been said."""
        return [report for report in self.so_far() if isinstance(report, kind)]
