"""The rules of this very round as sentences: time, form, handing in, what is recorded, how long, who sees it.

Rules: every sentence comes from the signed rule profile or from the form that was drawn; what the profile does not say
is not said; nothing is promised that the program does not keep.
"""

from collections import Counter
from dataclasses import dataclass

from kiosk.exam.rules import CameraPolicy, RuleProfile
from kiosk.exam.sitting import Sitting
from kiosk.exam.vocabulary import Language, Millis, Points
from kiosk.ui.i18n import text
from kiosk.ui.present import facts
from kiosk.ui.present.item import kind_words


@dataclass(frozen=True, slots=True)
class Chapter:
    """One part of the briefing: its name (for its sign), heading and sentences."""

    name: str
    heading: str
    sentences: tuple[str, ...]


def chapters(sitting: Sitting, language: Language) -> tuple[Chapter, ...]:
    """The whole briefing."""
    parts = {
        "time": _time(sitting, language),
        "form": _form(sitting, language),
        "hand-in": _hand_in(sitting.rules, language),
        "record": _record(sitting.rules, language),
        "keep": _keep(sitting.rules, language),
        "trouble": tuple(text(f"exam.briefing.trouble.{part}", language) for part in ("hand", "safe")),
    }
    return tuple(Chapter(name, text(f"exam.briefing.{name}", language), words) for name, words in parts.items())


def _time(sitting: Sitting, language: Language) -> tuple[str, ...]:
    timing, ledger = sitting.rules.timing, sitting.ledger
    words = [_with_minutes("time.base", ledger.allowance, language)]
    if ledger.accommodation:
        words.append(_with_minutes("time.extra", ledger.accommodation, language))
    if timing.warnings:
        times = ("、" if language is Language.ZH else ", ").join(facts.minutes(at, language) for at in timing.warnings)
        words.append(text("exam.briefing.time.warn", language, times=times))
    words.append(text("exam.briefing.time.up", language))
    words.append(_with_minutes("time.late", timing.late_limit, language))
    if timing.common_end:
        words.append(text("exam.briefing.time.common", language))
    return tuple(words)


def _form(sitting: Sitting, language: Language) -> tuple[str, ...]:
    items = sitting.opened.form.items
    total = Points(sum(entry.points for entry in items))
    words = [text("exam.briefing.form.total", language, n=len(items), points=facts.points(total, language))]
    kinds = Counter((entry.type, entry.points) for entry in items)
    for (kind, worth), count in kinds.items():
        name = kind_words(kind, language)
        words.append(
            text("exam.briefing.form.kind", language, kind=name, n=count, points=facts.points(worth, language))
        )
    if sitting.rules.shuffle_items or sitting.rules.shuffle_options:
        words.append(text("exam.briefing.form.order", language))
    words.append(text("exam.briefing.form.free", language))
    return tuple(words)


def _hand_in(rules: RuleProfile, language: Language) -> tuple[str, ...]:
    timing = rules.timing
    words = []
    if timing.earliest_hand_in:
        words.append(_with_minutes("hand-in.early", timing.earliest_hand_in, language))
    if timing.no_hand_in_before_end:
        words.append(_with_minutes("hand-in.last", timing.no_hand_in_before_end, language))
    if not words:
        words.append(text("exam.briefing.hand-in.any", language))
    words += [text(f"exam.briefing.hand-in.{part}", language) for part in ("final", "score")]
    return tuple(words)


def _record(rules: RuleProfile, language: Language) -> tuple[str, ...]:
    evidence = rules.evidence
    camera = evidence.camera is not CameraPolicy.OFF
    parts = ["answers", "camera" if camera else "no-camera"]
    parts += ["screen"] if evidence.screen_capture else []
    parts += ["faces"] if camera else []
    return tuple(text(f"exam.briefing.record.{part}", language) for part in parts)


def _keep(rules: RuleProfile, language: Language) -> tuple[str, ...]:
    if rules.evidence.camera is CameraPolicy.OFF and not rules.evidence.screen_capture:
        return (text("exam.briefing.keep.no-pictures", language),)
    days = text("exam.briefing.keep.days", language, days=rules.evidence.retention_days)
    return (days, text("exam.briefing.keep.who", language))


def _with_minutes(part: str, length: Millis, language: Language) -> str:
    return text(f"exam.briefing.{part}", language, minutes=facts.minutes(length, language))


def consent_words(rules: RuleProfile, language: Language) -> str:
    """The sentence to tick."""
    camera = rules.evidence.camera is not CameraPolicy.OFF
    return text("exam.briefing.consent" if camera else "exam.briefing.consent.no-camera", language)


def beside_button(rules: RuleProfile, language: Language, *, agreed: bool) -> str:
    """What is missing, or what comes next."""
    if not agreed:
        return text("exam.briefing.need", language)
    return text("exam.briefing.need-done" if rules.practice else "exam.briefing.need-done.wait", language)
