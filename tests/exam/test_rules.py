"""A rule profile that contradicts itself is refused."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from kiosk.exam.rules import LockLevel, RoundKind, RuleProfile, UnsoundRulesError, check_rules
from kiosk.exam.vocabulary import MINUTE, Language, Millis, ReasonCode
from tests.exam.values import ILL, RULES, timing

DAY = 24 * 60 * MINUTE
LENGTHS = (
    "entry_opens", "start_grace", "late_limit", "earliest_hand_in", "no_hand_in_before_end", "release_lead",
    "largest_credit",
)  # fmt: skip


def kept(days: int) -> RuleProfile:
    return replace(RULES, evidence=replace(RULES.evidence, retention_days=days))


def warned(*warnings: int) -> RuleProfile:
    return replace(RULES, timing=timing(warnings=warnings))


def lengthened(name: str, length: int) -> RuleProfile:
    change: Callable[..., object] = replace
    return replace(RULES, timing=change(RULES.timing, **{name: Millis(length)}))  # type: ignore[arg-type]


def test_a_sound_profile_passes_and_knows_its_reasons() -> None:
    check_rules(RULES)
    assert RULES.reason(ILL) == RULES.reasons[0]
    assert RULES.reason(ReasonCode("𬭚")) is None


@pytest.mark.parametrize("name", LENGTHS)
def test_no_length_is_negative_or_longer_than_a_day(name: str) -> None:
    check_rules(lengthened(name, 0))
    check_rules(lengthened(name, DAY))
    for length in (-1, DAY + 1):
        with pytest.raises(UnsoundRulesError) as refused:
            check_rules(lengthened(name, length))
        assert refused.value.data == {"what": "length"}


@pytest.mark.parametrize(
    ("rules", "what"),
    [
        (warned(-1), "length"),
        (warned(DAY + 1), "length"),
        (warned(1, 2), "warnings"),
        (warned(2, 2), "warnings"),
        (replace(RULES, languages=()), "languages"),
        (replace(RULES, languages=(Language.ZH, Language.ZH)), "languages"),
        (replace(RULES, reasons=()), "reasons"),
        (replace(RULES, reasons=RULES.reasons * 2), "reasons"),
        (replace(RULES, lock_level=LockLevel.PRACTICE), "lock-level"),
        (kept(0), "retention"),
        (kept(3_651), "retention"),
    ],
)
def test_a_contradiction_is_refused_and_named(rules: RuleProfile, what: str) -> None:
    with pytest.raises(UnsoundRulesError) as refused:
        check_rules(rules)
    assert refused.value.data == {"what": what}


@pytest.mark.parametrize("rules", [warned(), warned(3, 2, 1), kept(1), kept(3_650)])
def test_the_ends_of_what_is_allowed_pass(rules: RuleProfile) -> None:
    check_rules(rules)


@pytest.mark.parametrize("kind", [RoundKind.DEMO, RoundKind.PRACTICE])
def test_only_what_never_counts_runs_without_a_lock(kind: RoundKind) -> None:
    check_rules(replace(RULES, kind=kind, lock_level=LockLevel.PRACTICE))
