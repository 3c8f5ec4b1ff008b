"""The candidate's time as a ledger: what was granted, by whom and why, and what has been used.

Rules: allowance = base + accommodation + credits - late arrival; used time runs on the boot-time clock only while the
sitting runs, and stops where the allowance ends: nobody uses more than was granted, however late a seat notices that
time is up. Remaining time is computed, never counted down. After a restart the last known moment plus one tick is
charged, so that never more than a tick (5 s) is given or taken and pulling the plug gains nothing.
"""

from dataclasses import dataclass, replace

from kiosk.exam.vocabulary import CardId, Instant, Millis, ReasonCode

NO_TIME = Millis(0)

TICK = Millis(5_000)
"""How often a running sitting records its used time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Credit:
    """Time given back to one candidate, with who gave it and why."""

    amount: Millis
    card: CardId
    reason: ReasonCode


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeLedger:
    """What was granted and what has been used; `since` is set while time runs."""

    base: Millis
    accommodation: Millis
    late: Millis = NO_TIME
    credits: tuple[Credit, ...] = ()
    used: Millis = NO_TIME
    since: Instant | None = None

    @property
    def allowance(self) -> Millis:
        """All time granted."""
        granted = self.base + self.accommodation + sum(credit.amount for credit in self.credits) - self.late
        return Millis(max(0, granted))

    def used_at(self, now: Instant) -> Millis:
        """Return the time used up to an instant of the same boot, never more than was granted."""
        running = now.mono - self.since.mono if self.since else 0
        return Millis(min(self.used + running, self.allowance))

    def remaining(self, now: Instant) -> Millis:
        """Return the time left, never below zero."""
        return Millis(max(0, self.allowance - self.used_at(now)))

    def started(self, at: Instant) -> "TimeLedger":
        """Let time run from here."""
        return replace(self, since=at)

    def stopped(self, at: Instant) -> "TimeLedger":
        """Stop time here."""
        return replace(self, used=self.used_at(at), since=None)

    def stopped_by_crash(self, last: Instant) -> "TimeLedger":
        """Stop time after a restart: the last recorded instant plus one tick, at most what was left."""
        if self.since is None:
            return self
        used = min(self.used_at(last) + TICK, self.allowance)
        return replace(self, used=Millis(used), since=None)

    def credited(self, credit: Credit) -> "TimeLedger":
        """Give time back."""
        return replace(self, credits=(*self.credits, credit))
