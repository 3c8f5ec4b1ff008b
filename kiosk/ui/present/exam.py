"""The exam screen around its item: numbers with their states, clock, warnings, saved mark, where one may go.

Rules: the clock is calm until the first warning of the rule profile; a clock that was put away comes back at the last
warning; each warning is said once; "saved" is said of durable responses only.
"""

from dataclasses import dataclass
from enum import Enum

from kiosk.exam.bank import ItemType
from kiosk.exam.rules import RuleProfile
from kiosk.exam.sitting import Sitting
from kiosk.exam.vocabulary import Instant, ItemId, Language, Millis
from kiosk.station.view import Camera, View
from kiosk.ui.i18n import text
from kiosk.ui.present import facts

_MINUTE = 60_000
_SECOND = 1_000


class ClockMood(Enum):
    """What the rules say about the time left."""

    CALM = "calm"
    WARN = "warn"
    LAST_MINUTE = "last-minute"
    STOPPED = "stopped"


class SavingFace(Enum):
    """What is known of the last response."""

    NOTHING = "nothing"
    SAVED = "saved"
    SAVING = "saving"


@dataclass(frozen=True, slots=True)
class CellFace:
    """What is known of an item, for its number in the palette."""

    seen: bool = False
    answered: bool = False
    marked: bool = False


@dataclass(frozen=True, slots=True)
class ClockFace:
    """What the clock shows."""

    seconds: int
    mood: ClockMood
    hidden: bool


@dataclass(frozen=True, slots=True)
class Warned:
    """A warning of the rule profile that is due now."""

    at: Millis
    title: str
    body: str


def cells(sitting: Sitting) -> dict[int, CellFace]:
    """The state of every number of the form."""
    responses, seen, marked = sitting.responses, sitting.seen, sitting.marked
    return {
        number: _CELLS[entry.item in seen, entry.item in responses, entry.item in marked]
        for number, entry in enumerate(sitting.opened.form.items, start=1)
    }


_CELLS = {
    (seen, answered, marked): CellFace(seen=seen, answered=answered, marked=marked)
    for seen in (False, True)
    for answered in (False, True)
    for marked in (False, True)
}


def current_number(sitting: Sitting) -> int:
    """The number of the item on the screen, from 1; 0 while there is none."""
    return 0 if sitting.current is None else sitting.opened.form.place(sitting.current) + 1


def neighbour(sitting: Sitting, step: int) -> ItemId | None:
    """The item before or after the one on the screen; None at the ends."""
    number = current_number(sitting) + step
    items = sitting.opened.form.items
    return items[number - 1].item if 1 <= number <= len(items) else None


def item_at(sitting: Sitting, number: int) -> ItemId:
    """The item with a number of the form."""
    return sitting.opened.form.items[number - 1].item


def mood(rules: RuleProfile, left: Millis) -> ClockMood:
    """What the rule profile says about the time left."""
    if left <= _MINUTE:
        return ClockMood.LAST_MINUTE
    warnings = rules.timing.warnings
    return ClockMood.WARN if warnings and left <= warnings[0] else ClockMood.CALM


def clock_face(sitting: Sitting, now: Instant, *, hidden: bool) -> ClockFace:
    """The clock of a sitting; put away only while no last warning has come."""
    left = sitting.ledger.remaining(now)
    seconds = -(-left // _SECOND)
    if sitting.ledger.since is None:
        return ClockFace(seconds, ClockMood.STOPPED, hidden=False)
    last = sitting.rules.timing.warnings[-1] if sitting.rules.timing.warnings else Millis(_MINUTE)
    return ClockFace(seconds, mood(sitting.rules, left), hidden and left > last)


def warning_due(rules: RuleProfile, left: Millis, said: frozenset[Millis]) -> Millis | None:
    """The warning to say now: the nearest one that is reached and not said yet."""
    reached = [at for at in rules.timing.warnings if left <= at]
    nearest = min(reached, default=None)
    return None if nearest is None or nearest in said else nearest


def warning(sitting: Sitting, now: Instant, due: Millis, language: Language) -> Warned:
    """Word a warning: how much is left, and when the sitting ends on the room's clock."""
    minutes, seconds = divmod(due // _SECOND, 60)
    title = (
        text("exam.warning.seconds", language, n=due // _SECOND)
        if seconds or not minutes
        else text("exam.warning.minutes", language, n=minutes)
    )
    end = facts.time_now(now) + sitting.ledger.remaining(now)
    return Warned(due, title, text("exam.warning.end", language, time=facts.hour_and_minute(end)))


def saving_face(view: View, since: int | None) -> tuple[SavingFace, str]:
    """What the saved mark says, and the time in it.

    `since` is when this screen first saw responses that were durable before it came (a seat that started again).
    """
    saved, sitting = view.saved, view.sitting
    if saved.late:
        return SavingFace.SAVING, ""
    wall = saved.last_wall if saved.last_wall is not None else since
    if wall is None or sitting is None or not sitting.changes:
        return SavingFace.NOTHING, ""
    return SavingFace.SAVED, facts.time_of_day(facts.room_time(wall, view.now))


def camera_words(camera: Camera, language: Language) -> str:
    """What the sign in the bar says about the camera."""
    keys = {
        Camera.OFF: "exam.camera.off",
        Camera.OPENING: "exam.camera.opening",
        Camera.READY: "exam.camera.ready",
        Camera.SCANNING: "exam.camera.ready",
        Camera.RECORDING: "common.recording",
        Camera.LOST: "common.recording.lost",
    }
    return text(keys[camera], language)


def may_clear(sitting: Sitting) -> bool:
    """Tell whether there is a response to clear on the screen."""
    return sitting.current in sitting.responses


def is_marked(sitting: Sitting) -> bool:
    """Tell whether the item on the screen is marked."""
    return sitting.current in sitting.marked


def strikable(kind: ItemType) -> bool:
    """Tell whether options of a type can be struck out: not where there are only two."""
    return kind in {ItemType.SINGLE, ItemType.MULTIPLE}
