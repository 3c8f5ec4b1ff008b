"""The receipt: what was sealed, for the candidate to see and the invigilator to compare. Counts, never a score."""

from kiosk.exam.vocabulary import Language
from kiosk.station.view import Receipt, View
from kiosk.ui.i18n import text
from kiosk.ui.present import facts
from kiosk.ui.present.sign_in import Titles, other

_DIGEST_SHOWN = 16
_GROUP = 4


def titles(receipt: Receipt, language: Language) -> Titles:
    """What happened, in both languages."""
    key = "exam.receipt.title.clock" if receipt.by_clock else "exam.receipt.title"
    return Titles(text(key, language), text(key, other(language)))


def digest_groups(digest: str) -> str:
    """The first 16 signs of the bundle's digest in groups of four."""
    shown = digest[:_DIGEST_SHOWN].upper()
    return " ".join(shown[at : at + _GROUP] for at in range(0, len(shown), _GROUP))


def slip_facts(view: View, language: Language) -> tuple[tuple[str, str], ...]:
    """The facts under the code, label and value."""
    receipt, sitting = view.receipt, view.sitting
    if receipt is None:
        return ()
    words: list[tuple[str, str]] = []
    if sitting is not None:
        person = sitting.opened.person
        words.append(
            (text("exam.receipt.person", language), f"{person.name}{facts.BAR}{facts.number_groups(person.number)}")
        )
    if view.round is not None and view.entry is not None:
        words.append((text("exam.receipt.subject", language), facts.subject_words(view.round, view.entry, language)))
    ended = facts.date_and_time(facts.room_time(receipt.ended_wall, view.now))
    answers = text("exam.receipt.answers.value", language, n=receipt.answered, total=receipt.items)
    key = "exam.receipt.pictures.value" if receipt.segments else "exam.receipt.pictures.none"
    return (
        *words,
        (text("exam.receipt.time", language), ended),
        (text("exam.receipt.answers", language), answers),
        (text("exam.receipt.pictures", language), text(key, language, n=receipt.segments)),
        (text("exam.receipt.digest", language), digest_groups(receipt.digest)),
    )
