"""The rule profile of a round: every number and permission an examination body may set, signed with the round.

Rules: nothing here is a constant of the program; practice in the field differs on each of them. All times are
milliseconds. It does not know what enforces a rule: sitting.py judges, the station carries out.
"""

from dataclasses import dataclass
from enum import Enum

from kiosk.errors import PackageError
from kiosk.exam.vocabulary import Language, Millis, ReasonCode, Text


class UnsoundRulesError(PackageError):
    """The rule profile contradicts itself (`what` names the rule)."""

    code = "package/rules"


class RoundKind(Enum):
    """What a round is for; only an examination ever counts."""

    EXAM = "exam"
    DEMO = "demo"
    PRACTICE = "practice"


class CameraPolicy(Enum):
    """What happens when there is no camera picture."""

    REQUIRED = "required"
    WARN = "warn"
    OFF = "off"


class Calculator(Enum):
    """The calculator a candidate may open."""

    NONE = "none"
    BASIC = "basic"
    SCIENTIFIC = "scientific"


class LockLevel(Enum):
    """How firmly a seat is held; declared from weakest to strongest, compared by that order."""

    PRACTICE = "practice"
    DESKTOP = "desktop"
    SESSION = "session"

    def __lt__(self, other: "LockLevel") -> bool:
        order = list(LockLevel)
        return order.index(self) < order.index(other)


class ReasonCategory(Enum):
    """The five families of reasons an invigilator chooses from."""

    ENVIRONMENT = "environment"
    CANDIDATE = "candidate"
    STAFF = "staff"
    TECHNICAL = "technical"
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """A coded reason for an act of an invigilator."""

    code: ReasonCode
    category: ReasonCategory
    text: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Timing:
    """When a candidate may come, go, and be warned."""

    entry_opens: Millis
    start_grace: Millis
    late_limit: Millis
    earliest_hand_in: Millis
    no_hand_in_before_end: Millis
    common_end: bool
    warnings: tuple[Millis, ...]
    release_lead: Millis
    largest_credit: Millis


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """What is recorded, and how long it is kept."""

    camera: CameraPolicy
    screen_capture: bool
    mirror: bool
    retention_days: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleProfile:
    """All rules of a round."""

    name: str
    kind: RoundKind
    timing: Timing
    evidence: Evidence
    lock_level: LockLevel
    pairs: bool
    languages: tuple[Language, ...]
    shuffle_items: bool
    shuffle_options: bool
    calculator: Calculator
    practice: bool
    reasons: tuple[Reason, ...]

    def reason(self, code: ReasonCode) -> Reason | None:
        """Return the reason with this code, or None when the round has no such reason."""
        return next((reason for reason in self.reasons if reason.code == code), None)


_DAY = Millis(86_400_000)


def check_rules(rules: RuleProfile) -> None:
    """Refuse a profile that contradicts itself (UnsoundRulesError)."""
    timing = rules.timing
    lengths = (
        timing.entry_opens,
        timing.start_grace,
        timing.late_limit,
        timing.earliest_hand_in,
        timing.no_hand_in_before_end,
        timing.release_lead,
        timing.largest_credit,
        *timing.warnings,
    )
    if any(not 0 <= length <= _DAY for length in lengths):
        raise UnsoundRulesError(what="length")
    if list(timing.warnings) != sorted(set(timing.warnings), reverse=True):
        raise UnsoundRulesError(what="warnings")
    if not rules.languages or len(set(rules.languages)) != len(rules.languages):
        raise UnsoundRulesError(what="languages")
    if not rules.reasons or len({reason.code for reason in rules.reasons}) != len(rules.reasons):
        raise UnsoundRulesError(what="reasons")
    if rules.kind is RoundKind.EXAM and rules.lock_level is LockLevel.PRACTICE:
        raise UnsoundRulesError(what="lock-level")
    if not 1 <= rules.evidence.retention_days <= 3_650:  # noqa: PLR2004 - ten years
        raise UnsoundRulesError(what="retention")
