"""What a locked seat says: the cause, what is safe, what to do, and the one act that is offered.

Rules: one anatomy for every stage that has no screen of its own; a figure is shown only where it is known; the words
speak to the candidate first and to the invigilator below. It offers, it does not act.
"""

from dataclasses import dataclass
from enum import Enum

from kiosk.exam.incident import IncidentKind
from kiosk.exam.sitting import Sitting
from kiosk.exam.vocabulary import Language
from kiosk.station.view import Refusal, Stage, View
from kiosk.ui.i18n import RefusalWords, refusal, text
from kiosk.ui.present.facts import hour_and_minute, room_time, time_now, time_of_day
from kiosk.ui.present.length import length

_JOURNAL = "journal"
_CODE_GROUP = 4
_ROOM_CODE = 8


class Deed(Enum):
    """What the button of a locked seat does."""

    NONE = "none"
    LOAD = "load"
    AGAIN = "again"
    UNLOCK = "unlock"
    RECOVER = "recover"
    PANEL = "panel"
    FINISH = "finish"


@dataclass(frozen=True, slots=True, kw_only=True)
class Around:
    """What the view does not say: the package's digest, whether a sitting waits, packages found, since when."""

    digest: str = ""
    sitting_waits: bool = False
    packages: int = 0
    since: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A label and what it says."""

    label: str
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LockWords:
    """Everything a locked seat shows; an empty word is not shown."""

    kind: str
    title: str
    other_title: str
    happened: str
    detail: str
    facts: tuple[Line, ...]
    safe: str
    safe_note: str
    to_do: str
    staff: str
    deed: Deed
    deed_words: str
    deed_ready: bool
    why_not: str
    more: bool
    leave: bool
    time: Line
    foot: Line


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sentences:
    """What the three rows say, each with a quieter line below it."""

    happened: str
    detail: str
    safe: str
    safe_note: str
    to_do: str
    staff: str


_DEEDS = {
    Stage.NO_PACKAGE: Deed.LOAD,
    Stage.LOCKED: Deed.UNLOCK,
    Stage.RECOVERY: Deed.RECOVER,
    Stage.SUSPENDED: Deed.PANEL,
    Stage.FAULT: Deed.PANEL,
    Stage.CLOSED: Deed.FINISH,
}
_FAULTS = {IncidentKind.PROGRAM_FAULT: "fault", IncidentKind.SAVE_FAILED: "save"}


def room_code(digest: str) -> str:
    """The short code of a package, equal on every seat of the room."""
    code = digest[:_ROOM_CODE].upper()
    return f"{code[:_CODE_GROUP]} {code[_CODE_GROUP:]}".strip()


def cause(view: View, around: Around) -> str:
    """The name of what happened: its words stand under `staff.lock.<cause>`."""
    stage = view.stage
    if stage is Stage.RECOVERY:
        return "recovery" if around.sitting_waits else "recovery-empty"
    if stage is Stage.SUSPENDED and view.sitting is not None:
        return f"suspended-{_suspended_by(view, view.sitting)}"
    if stage is Stage.FAULT:
        return "fault-sealed" if view.receipt else "fault"
    if stage is Stage.NO_PACKAGE and view.refusal is not None:
        return "refused" if view.round is None else "blocked"
    if stage is Stage.CLOSED:
        return "closed-left" if view.receipt and not view.exported else "closed"
    return stage.value if stage in _DEEDS or stage is Stage.SEALING else "other"


def lock_words(view: View, around: Around, language: Language) -> LockWords:
    """All words of a locked seat."""
    kind, deed = cause(view, around), _deed(view, around)
    ready = deed is not Deed.LOAD or around.packages > 0
    other = Language.EN if language is Language.ZH else Language.ZH
    title = f"staff.lock.{kind}.title"
    said = _said(kind, view, language, other)
    return LockWords(
        kind=kind,
        title=text(title, language),
        other_title=text(title, other),
        happened=said.happened,
        detail=said.detail,
        facts=_facts(view, language),
        safe=said.safe,
        safe_note=said.safe_note,
        to_do=said.to_do,
        staff=said.staff,
        deed=deed,
        deed_words="" if deed is Deed.NONE else text(f"staff.lock.deed.{deed.value}", language),
        deed_ready=ready,
        why_not="" if ready else text("staff.lock.no-package-found", language),
        more=view.stage is Stage.LOCKED,
        leave=view.stage is Stage.NO_PACKAGE and not _journal_refused(view),
        time=_time(view, around, language),
        foot=_foot(view, around, language),
    )


def _deed(view: View, around: Around) -> Deed:
    deed = _DEEDS.get(view.stage, Deed.NONE)
    return Deed.AGAIN if deed is Deed.LOAD and view.round is not None and not around.packages else deed


def _journal_refused(view: View) -> bool:
    return view.refusal is not None and view.refusal.code.startswith(_JOURNAL)


def _said(kind: str, view: View, language: Language, other: Language) -> _Sentences:
    """The three rows: of the cause, or of the refusal that keeps the seat from beginning, in both languages."""
    if view.stage is Stage.NO_PACKAGE and view.refusal is not None:
        here, there = refusal_words(view.refusal, language), refusal_words(view.refusal, other)
        code = text("common.code", language, code=view.refusal.code)
        return _Sentences(
            happened=here.happened,
            detail=f"{there.happened}\n{code}",
            safe=here.safe,
            safe_note=there.safe,
            to_do=here.to_do,
            staff=there.to_do,
        )
    return _Sentences(
        happened=text(f"staff.lock.{kind}.happened", language),
        detail=_detail(view, language),
        safe=text(f"staff.lock.{kind}.safe", language),
        safe_note="",
        to_do=text(f"staff.lock.{kind}.to-do", language),
        staff=text(f"staff.lock.{kind}.staff", language),
    )


def refusal_words(refused: Refusal, language: Language) -> RefusalWords:
    """The sentences of a refusal; a journal that is refused at the start is the session's."""
    words = refusal(refused.code, language, dict(refused.data), staff=True)
    if not refused.code.startswith(_JOURNAL):
        return words
    happened, safe, to_do = (
        text(f"staff.lock.session-journal.{part}", language) for part in ("happened", "safe", "to-do")
    )
    return RefusalWords(code=refused.code, happened=happened, safe=safe, to_do=to_do)


def place_words(view: View, language: Language) -> str:
    """Room, session and start, as they stand under the seat's number."""
    if view.round is None:
        return ""
    room = view.round.room_name.of(language)
    if view.session is None:
        return room
    start = hour_and_minute(view.session.start)
    return text("staff.place", language, room=room, session=view.session.name.of(language), start=start)


def _suspended_by(view: View, sitting: Sitting) -> str:
    last = sitting.incidents[-1] if sitting.incidents else None
    if last is not None and last.kind in _FAULTS and last.at.mono == sitting.last.mono:
        return _FAULTS[last.kind]
    return "restarted" if view.restarted and sitting.restarts else "staff"


def _detail(view: View, language: Language) -> str:
    if view.stage is Stage.FAULT and view.fault:
        said = refusal(view.fault, language)
        return text("staff.lock.code", language, code=view.fault, words=said.happened)
    if view.stage is Stage.NO_PACKAGE or view.round is None:
        return ""
    if view.stage is Stage.LOCKED:
        return text("staff.lock.round", language, name=view.round.name.of(language), number=view.round.package)
    return ""


def _facts(view: View, language: Language) -> tuple[Line, ...]:
    sitting = view.sitting
    if view.stage is Stage.LOCKED and view.session is not None:
        return (
            _line("session", view.session.name.of(language), language),
            _line("start", hour_and_minute(view.session.start), language),
            _line("level", text(f"staff.level.{view.lock_level.value}", language), language),
        )
    if view.receipt is not None:
        answered = text("staff.lock.answers", language, n=view.receipt.answered)
        files = text("staff.lock.files", language, n=len(view.bundle_files))
        return (_line("answered", answered, language), _line("bundles", files, language))
    if sitting is None or view.stage not in {Stage.SUSPENDED, Stage.SEALING, Stage.FAULT}:
        return ()
    saved = len(sitting.responses.keys() - view.saved.pending)
    facts = [_line("answered", text("staff.lock.answers", language, n=saved), language)]
    if view.saved.last_wall is not None:
        facts.append(_line("saved", time_of_day(room_time(view.saved.last_wall, view.now)), language))
    if view.stage is Stage.SUSPENDED:
        facts.append(_line("left", length(sitting.ledger.remaining(view.now)), language))
    if sitting.segments:
        facts.append(_line("sealed", time_of_day(room_time(sitting.segments[-1].last.wall, view.now)), language))
    return tuple(facts)


def _line(key: str, value: str, language: Language) -> Line:
    return Line(label=text(f"staff.lock.fact.{key}", language), value=value)


def _time(view: View, around: Around, language: Language) -> Line:
    if view.stage in {Stage.NO_PACKAGE, Stage.LOCKED, Stage.CLOSED} or around.since is None:
        return Line(label=text("staff.lock.now", language), value=hour_and_minute(time_now(view.now)))
    return Line(label=text("staff.lock.since", language), value=time_of_day(room_time(around.since, view.now)))


def _foot(view: View, around: Around, language: Language) -> Line:
    if view.stage is Stage.LOCKED and around.digest:
        return Line(label=text("staff.lock.room-code", language), value=room_code(around.digest))
    return Line(label="", value="")
