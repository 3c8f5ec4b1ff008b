"""Before handing in: how many are answered, which want another look, what handing in does, and whether it is allowed.

Rules: unanswered items come first, then marked ones, each in the order of the form; handing in takes two steps, the
second names its effect; why it is not allowed yet stands beside the button. It shows no item but its number, since a
seat opens one item at a time.
"""

from dataclasses import dataclass

from kiosk.exam.events import Chosen
from kiosk.exam.form import FormItem
from kiosk.exam.sitting import Sitting, hand_in_opens
from kiosk.exam.vocabulary import Language, Millis
from kiosk.station.view import View
from kiosk.ui.i18n import text
from kiosk.ui.present import facts
from kiosk.ui.present.exam import CellFace, cells
from kiosk.ui.present.item import kind_words, labels

EFFECTS = 4


@dataclass(frozen=True, slots=True)
class ReviewRow:
    """One item that wants another look."""

    number: int
    cell: CellFace
    kind: str
    state: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewFace:
    """Everything the review shows of the form."""

    answered: int
    open: int
    marked: int
    total: int
    title: str
    rows: tuple[ReviewRow, ...]
    rest: str
    go_to: int | None


def review_face(sitting: Sitting, language: Language) -> ReviewFace:
    """Count, and list what is unanswered or marked."""
    form = sitting.opened.form
    states = cells(sitting)
    open_ = [number for number, state in states.items() if not state.answered]
    marked = [number for number, state in states.items() if state.marked]
    listed = [*open_, *(number for number in marked if number not in open_)]
    rows = tuple(
        ReviewRow(
            number,
            states[number],
            kind_words(form.items[number - 1].type, language),
            _state_words(sitting, form.items[number - 1], states[number], language),
        )
        for number in listed
    )
    rest = len(form.items) - len(listed)
    return ReviewFace(
        answered=len(form.items) - len(open_),
        open=len(open_),
        marked=len(marked),
        total=len(form.items),
        title=_title(len(open_), len(marked), len(form.items), language),
        rows=rows,
        rest=text("exam.review.rest", language, n=rest) if rest and rows else "",
        go_to=open_[0] if open_ else None,
    )


def _title(open_: int, marked: int, total: int, language: Language) -> str:
    which = {(False, False): "all", (False, True): "marked", (True, False): "open", (True, True): "both"}
    key = which[bool(open_), bool(marked)]
    return text(f"exam.review.title.{key}", language, open=open_, marked=marked, total=total)


def _state_words(sitting: Sitting, entry: FormItem, state: CellFace, language: Language) -> str:
    if not state.answered:
        words = [text("exam.review.row.open" if state.seen else "exam.review.row.not-seen", language)]
    else:
        words = [_answered(sitting, entry, language)]
    if state.marked:
        words.append(text("exam.review.row.marked", language))
    return ("、" if language is Language.ZH else ", ").join(words)


def _answered(sitting: Sitting, entry: FormItem, language: Language) -> str:
    response = sitting.responses[entry.item]
    if not isinstance(response, Chosen):
        return text("exam.review.row.answered", language)
    signs = labels(entry.type, len(entry.options))
    letters = "".join(sign for sign, option in zip(signs, entry.options, strict=True) if option in response.options)
    return text("exam.review.row.chosen", language, letters=letters)


def under_title(face: ReviewFace, left: Millis, language: Language) -> str:
    """The sentence under the title, with the time left."""
    key = "exam.review.under.back" if face.open else "exam.review.under"
    return text(key, language, left=facts.left_words(left, language))


def not_allowed(view: View, language: Language) -> str:
    """Why handing in is not allowed now; nothing when it is."""
    sitting = view.sitting
    if sitting is None:
        return ""
    wait = hand_in_opens(sitting, view.now)
    if wait and wait >= sitting.ledger.remaining(view.now):
        return text("exam.review.opens.end", language)
    if wait:
        return text("exam.review.opens", language, left=facts.left_words(wait, language))
    return text("exam.review.waits", language) if view.saved.pending else ""


def final_words(face: ReviewFace, language: Language) -> str:
    """The words of the second step, which name its effect."""
    return text("exam.review.sure.open" if face.open else "exam.review.sure", language, open=face.open)


def saved_words(view: View) -> str:
    """When the last response became durable, or a dash."""
    wall = view.saved.last_wall
    return "–" if wall is None else facts.time_of_day(facts.room_time(wall, view.now))
