"""The three situations of the sign-in screen: a number is typed, the data are confirmed, a person is compared.

Rules: full-width figures and spaces are taken as plain ones; the invigilator ticks every point before confirming; what
is still missing is said beside the button. It compares no faces.
"""

import unicodedata
from dataclasses import dataclass

from kiosk.exam.round import RosterEntry, Round, Session
from kiosk.exam.vocabulary import Language, Millis
from kiosk.station.view import Stage, View
from kiosk.ui.i18n import text
from kiosk.ui.present import facts

CHECKS = ("face", "name", "tail", "things")
_STEPS = {Stage.SIGN_IN: 0, Stage.CONFIRM: 0, Stage.IDENTITY: 1}
_KEYS = {Stage.SIGN_IN: "exam.sign-in", Stage.CONFIRM: "exam.confirm", Stage.IDENTITY: "exam.identity"}
_NORMAL = 100


@dataclass(frozen=True, slots=True)
class Titles:
    """The title of a screen in its language, and the same in the other one as a second line."""

    title: str
    under: str


def other(language: Language) -> Language:
    """The other language of the program."""
    return Language.EN if language is Language.ZH else Language.ZH


def titles(stage: Stage, language: Language) -> Titles:
    """What stands at the top, by situation."""
    key = f"{_KEYS[stage]}.title"
    return Titles(text(key, language), text(key, other(language)))


def step(stage: Stage) -> int:
    """Which of the four steps this is, from 0."""
    return _STEPS[stage]


def plain_number(typed: str) -> str:
    """The admission number that was typed: plain figures and letters, no spaces."""
    return "".join(unicodedata.normalize("NFKC", typed).split()).upper()


def regrouped(typed: str, caret: int) -> tuple[str, int]:
    """The number in groups of four, and where the caret stands in it."""
    shown = facts.number_groups(plain_number(typed))
    before = len(plain_number(typed[:caret]))
    place = 0
    while before and place < len(shown):
        before -= shown[place] != " "
        place += 1
    return shown, place


def bar_facts(view: View, language: Language) -> str:
    """Subject (once it is known) and session, for the bar."""
    words = []
    if view.round is not None and view.entry is not None:
        words.append(facts.subject_words(view.round, view.entry, language))
    if view.session is not None:
        words.append(view.session.name.of(language))
    return facts.BAR.join(words)


def person_facts(
    round_: Round, session: Session, entry: RosterEntry, length: Millis | None, language: Language
) -> tuple[tuple[str, str], ...]:
    """What the candidate is asked to check, label and value; `length` is known once the form is drawn."""
    start = facts.hour_and_minute(session.start)
    if length is None:
        when = text("exam.person.time.start", language, start=start)
    else:
        when = text("exam.person.time.value", language, start=start, minutes=facts.minutes(length, language))
    bank = round_.bank(entry.bank)
    return (
        (text("exam.person.name", language), entry.name),
        (text("exam.person.document", language), text("exam.person.tail", language, tail=entry.id_tail)),
        (text("exam.person.unit", language), entry.unit),
        (text("exam.person.occupation", language), facts.occupation_words(round_, entry, language)),
        (text("exam.person.level", language), facts.level_words(bank.level, language)),
        (text("exam.person.time", language), when),
        (text("exam.person.extra", language), _extra(entry, language)),
    )


def _extra(entry: RosterEntry, language: Language) -> str:
    words = []
    if entry.extra:
        minutes = facts.minutes(entry.extra, language)
        words.append(text("exam.person.extra.time", language, minutes=minutes))
    if entry.text_scale != _NORMAL:
        words.append(text("exam.person.extra.size", language, percent=entry.text_scale))
    return facts.BAR.join(words) or text("exam.person.extra.none", language)


def check_words(entry: RosterEntry, language: Language) -> tuple[str, ...]:
    """The points that the invigilator compares."""
    return tuple(text(f"exam.identity.{check}", language, tail=entry.id_tail) for check in CHECKS)


def still_to_check(ticked: int, language: Language) -> str:
    """What is missing before a person can be confirmed, or that nothing is."""
    missing = len(CHECKS) - ticked
    if missing:
        return text("exam.identity.need", language, n=missing)
    return text("exam.identity.ready", language)
