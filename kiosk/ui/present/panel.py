"""What the invigilator's panel offers and says: which acts are possible now, and the facts they are judged by.

Rules: an act that the situation does not know is not shown; one that waits for something is shown with its reason; a
record says what was observed, never who is to blame. It sends nothing.
"""

from dataclasses import dataclass
from enum import Enum

from kiosk.exam import events as e
from kiosk.exam.incident import IncidentKind
from kiosk.exam.rules import CameraPolicy, ReasonCategory, RuleProfile
from kiosk.exam.session import SessionPhase
from kiosk.exam.sitting import Phase, Sitting
from kiosk.exam.vocabulary import MINUTE, CardId, Instant, Language, Millis, ReasonCode
from kiosk.station.view import Camera, Stage, View
from kiosk.ui.i18n import text
from kiosk.ui.present.facts import room_time, time_of_day
from kiosk.ui.present.length import length
from kiosk.ui.present.lock import Line

_LAST = 6


class Deed(Enum):
    """What an invigilator can do here."""

    RESUME = "resume"
    CREDIT = "credit"
    INCIDENT = "incident"
    START_CODE = "start-code"
    WAIVE = "waive"
    EXPORT = "export"
    CLOSE = "close"
    COLLECT = "collect"
    VOID = "void"
    FINISH = "finish"


DANGEROUS = frozenset({Deed.COLLECT, Deed.VOID, Deed.CLOSE})
"""What cannot be undone: a second step names the effect."""

WITH_REASON = frozenset({Deed.RESUME, Deed.CREDIT, Deed.INCIDENT, Deed.COLLECT, Deed.VOID, Deed.WAIVE})
"""What goes into the sitting's journal with a coded reason."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """An act that is shown; `why` says what it waits for, empty when it can be done."""

    deed: Deed
    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One line of the record; `sign` is ok, warn or stopped."""

    time: str
    sign: str
    words: str
    who: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReasonWords:
    """A coded reason as it is read: on one line with its family, or in two."""

    code: ReasonCode
    words: str
    plain: str
    family: str


def situation(view: View) -> str:
    """The name of what holds: title and subtitle stand under `staff.panel.<situation>`."""
    named = {
        Stage.LOCKED: "locked",
        Stage.SIGN_IN: "empty",
        Stage.CONFIRM: "empty",
        Stage.IDENTITY: "before",
        Stage.BRIEFING: "before",
        Stage.PRACTICE: "before",
        Stage.WAITING: "waiting",
        Stage.SUSPENDED: "suspended",
        Stage.SEALING: "over",
        Stage.RECEIPT: "over",
        Stage.FAULT: "fault",
    }
    found = named.get(view.stage, "other")
    if found == "over" and view.sitting is not None and view.sitting.phase is Phase.VOID:
        return "void"
    return found


def offers(view: View, session: SessionPhase, language: Language) -> tuple[Offer, ...]:
    """The acts to show, in their order."""
    sitting = view.sitting
    open_ = sitting is not None and not sitting.phase.closed and view.fault is None
    found = []
    if open_ and view.stage is Stage.SUSPENDED:
        found += [Offer(deed=Deed.RESUME), Offer(deed=Deed.CREDIT)]
    if open_:
        found.append(Offer(deed=Deed.INCIDENT))
    if view.start_code is not None and not (sitting is not None and sitting.phase.closed):
        found.append(Offer(deed=Deed.START_CODE))
    if open_ and _camera_missing(view):
        found.append(Offer(deed=Deed.WAIVE))
    if view.receipt is not None:
        why = "" if view.evidence_ready else text("staff.panel.why.evidence", language)
        found.append(Offer(deed=Deed.EXPORT, why=why))
    if session is not SessionPhase.CLOSED:
        found.append(Offer(deed=Deed.CLOSE, why=_not_closing(view, language)))
    if open_:
        found += [Offer(deed=Deed.COLLECT), Offer(deed=Deed.VOID)]
    if view.rehearsal or session is SessionPhase.CLOSED:
        found.append(Offer(deed=Deed.FINISH))
    return tuple(found)


def first_offer(found: tuple[Offer, ...]) -> Deed | None:
    """The act that is laid ready when the panel opens."""
    ready = [offer.deed for offer in found if not offer.why]
    likely = (Deed.RESUME, Deed.EXPORT, Deed.START_CODE)
    return next((deed for deed in likely if deed in ready), None)


def facts(view: View, language: Language) -> tuple[Line, ...]:
    """The figures under the candidate's name."""
    sitting = view.sitting
    if sitting is None:
        return ()
    saved = len(sitting.responses.keys() - view.saved.pending)
    items = len(sitting.opened.form.items)
    given = sum(credit.amount for credit in sitting.ledger.credits) // MINUTE
    lines = [
        _line("progress", text("staff.panel.answered", language, n=saved, total=items), language),
        _line("left", length(sitting.ledger.remaining(view.now)), language),
    ]
    if view.saved.last_wall is not None:
        lines.append(_line("saved", time_of_day(room_time(view.saved.last_wall, view.now)), language))
    if given:
        lines.append(_line("given", text("common.minutes", language, n=given), language))
    lines.append(_line("camera", camera_words(view, language), language))
    return tuple(lines)


def camera_words(view: View, language: Language) -> str:
    """What the camera is doing."""
    return text(f"staff.panel.camera.{view.camera.value}", language)


def identity_words(view: View, language: Language) -> tuple[bool, str]:
    """Whether the identity was confirmed, and how to say so."""
    seen = view.sitting is not None and (
        view.sitting.phase not in {Phase.SEATED, Phase.SUSPENDED} or view.sitting.before is not Phase.SEATED
    )
    return seen, text("staff.panel.identified" if seen else "staff.panel.not-identified", language)


def records(view: View, language: Language) -> tuple[Entry, ...]:
    """What the sitting has on record, newest first."""
    sitting = view.sitting
    if sitting is None:
        return ()
    found: list[tuple[Instant, Entry]] = [
        (incident.at, _entry(view, incident, language)) for incident in sitting.incidents
    ]
    if sitting.started is not None:
        found.append((sitting.started, _plain(view, sitting.started, "ok", "started", language)))
    if sitting.consented is not None:
        found.append((sitting.consented, _plain(view, sitting.consented, "ok", "consented", language)))
    if sitting.ended is not None:
        key = {Phase.VOID: "void", Phase.COLLECTED: "collected"}.get(sitting.phase, _ended(sitting))
        found.append((sitting.ended, _plain(view, sitting.ended, "stopped", key, language)))
    found.sort(key=lambda pair: pair[0].wall, reverse=True)
    return tuple(entry for _, entry in found[:_LAST])


def reasons(rules: RuleProfile, language: Language) -> tuple[ReasonWords, ...]:
    """The coded reasons to choose from, family by family."""
    order = list(ReasonCategory)
    ranked = sorted(rules.reasons, key=lambda reason: order.index(reason.category))
    found = []
    for reason in ranked:
        family, plain = text(f"staff.reason.{reason.category.value}", language), reason.text.of(language)
        words = text("staff.panel.reason", language, family=family, reason=plain)
        found.append(ReasonWords(code=reason.code, words=words, plain=plain, family=family))
    return tuple(found)


def likely_reason(view: View, deed: Deed) -> ReasonCode | None:
    """The reason laid ready for going on; any other act is given its reason by a person."""
    if deed is not Deed.RESUME or view.round is None or view.sitting is None:
        return None
    code = ReasonCode("tech-restart" if view.restarted and view.sitting.restarts else "staff-check")
    return code if view.round.rules.reason(code) is not None else None


def note_wanted(rules: RuleProfile, reason: ReasonCode | None) -> bool:
    """Tell whether a reason says nothing without a note."""
    found = rules.reason(reason) if reason is not None else None
    return found is not None and found.category is ReasonCategory.OTHER


def after_credit(view: View, minutes: int) -> tuple[str, str]:
    """Time left now, and with the credit."""
    assert view.sitting is not None  # noqa: S101 - the act is offered in a sitting only
    left = view.sitting.ledger.remaining(view.now)
    return length(left), length(Millis(left + minutes * MINUTE))


def most_minutes(rules: RuleProfile) -> int:
    """The largest credit of this round, in whole minutes."""
    return max(1, rules.timing.largest_credit // MINUTE)


def holder(view: View, card: CardId, language: Language) -> str:
    """Whose card it is."""
    entry = view.round.card(card) if view.round is not None else None
    return entry.holder if entry is not None else text("staff.panel.this-pc", language)


def _camera_missing(view: View) -> bool:
    before = {Stage.IDENTITY, Stage.BRIEFING, Stage.PRACTICE, Stage.WAITING}
    required = view.round is not None and view.round.rules.evidence.camera is CameraPolicy.REQUIRED
    return required and view.stage in before and view.camera in {Camera.OFF, Camera.LOST}


def _not_closing(view: View, language: Language) -> str:
    if view.receipt is not None:
        return "" if view.exported else text("staff.panel.why.export", language)
    if view.fault is not None:
        return ""
    return text("staff.panel.why.sitting", language) if view.sitting is not None else ""


def _ended(sitting: Sitting) -> str:
    return "time-up" if sitting.by_clock else "handed-in"


def _line(key: str, value: str, language: Language) -> Line:
    return Line(label=text(f"staff.panel.fact.{key}", language), value=value)


def _plain(view: View, at: Instant, sign: str, key: str, language: Language) -> Entry:
    return Entry(
        time=time_of_day(room_time(at.wall, view.now)),
        sign=sign,
        words=text(f"staff.record.{key}", language),
        who="",
    )


def _entry(view: View, incident: e.IncidentRecorded, language: Language) -> Entry:
    words = text(f"staff.incident.{incident.kind.value}", language)
    act, rules = incident.act, view.round.rules if view.round else None
    reason = rules.reason(act.reason) if act is not None and rules is not None else None
    if reason is not None and act is not None:
        parts = [part for part in (reason.text.of(language), act.note.strip()) if part]
        words = text(
            "staff.record.act", language, what=words, why=("，" if language is Language.ZH else ", ").join(parts)
        )
    quiet = {IncidentKind.NOTE, IncidentKind.CAMERA_BACK, IncidentKind.CAMERA_GAP}
    return Entry(
        time=time_of_day(room_time(incident.at.wall, view.now)),
        sign="ok" if incident.kind in quiet else "warn",
        words=words,
        who=holder(view, act.card, language) if act is not None else text("staff.panel.this-pc", language),
    )
