"""Waiting for the start code: what will happen, when it can be typed, what is still missing.

Rules: six figures start the exam; after a wrong code the rest of the delay is counted down in words; the button says
beside it why it cannot be pressed.
"""

from kiosk.exam.rules import CameraPolicy
from kiosk.exam.vocabulary import Language, Millis
from kiosk.station.view import View
from kiosk.ui.i18n import text
from kiosk.ui.present import facts
from kiosk.ui.present.exam import camera_words

DIGITS = 6
_SECOND = 1_000


def ahead(view: View, language: Language) -> tuple[str, ...]:
    """What will happen, sentence by sentence."""
    sitting = view.sitting
    if sitting is None:
        return ()
    minutes = facts.minutes(sitting.ledger.allowance, language)
    words = [text("exam.waiting.then.1", language), text("exam.waiting.then.2", language, minutes=minutes)]
    if sitting.rules.evidence.camera is not CameraPolicy.OFF:
        words.append(text("exam.waiting.then.camera", language))
    return (*words, text("exam.waiting.then.saved", language), text("exam.waiting.then.hand", language))


def person_facts(view: View, language: Language) -> tuple[tuple[str, str], ...]:
    """Who waits, for what, how long, and what the camera does."""
    sitting, round_, entry = view.sitting, view.round, view.entry
    if sitting is None or round_ is None or entry is None:
        return ()
    person = sitting.opened.person
    return (
        (text("exam.waiting.person", language), f"{person.name}{facts.BAR}{facts.number_groups(person.number)}"),
        (text("exam.waiting.subject", language), facts.subject_words(round_, entry, language)),
        (text("exam.waiting.length", language), facts.minutes(sitting.ledger.allowance, language)),
        (text("exam.waiting.camera", language), camera_words(view.camera, language)),
    )


def may_start(digits: int, wait: Millis) -> bool:
    """Tell whether the button can be pressed."""
    return digits == DIGITS and wait == 0


def beside_button(digits: int, wait: Millis, language: Language) -> str:
    """Why it cannot be pressed, or what pressing it does."""
    if wait:
        return text("exam.waiting.again", language, n=-(-wait // _SECOND))
    if digits < DIGITS:
        return text("exam.waiting.need", language, n=DIGITS - digits)
    return text("exam.waiting.ready", language)
