"""What the unlock screen says while cards, PINs and code come in: what is still missing, and why it waits.

Rules: the title says what is missing, in the order in which it is asked for; a slip is named by its group; a button
that cannot be pressed has its reason. It holds no card, code or PIN, only how far they are.
"""

from dataclasses import dataclass
from enum import Enum

from kiosk.exam.rules import CameraPolicy
from kiosk.exam.vocabulary import Language, Millis
from kiosk.station.view import Camera, View
from kiosk.ui.i18n import text
from kiosk.ui.present.lock import Line, room_code

_SECOND = 1_000


class Source(Enum):
    """Where the release share comes from."""

    TYPED = "typed"
    STICK = "stick"


@dataclass(frozen=True, slots=True, kw_only=True)
class Filled:
    """How far everything is."""

    cards_wanted: int
    cards: int
    pins: int
    source: Source
    unfinished: tuple[int, ...]
    wrong: tuple[int, ...]
    wait: Millis
    busy: bool = False

    @property
    def code_missing(self) -> bool:
        """Whether groups are missing or mistyped."""
        return self.source is Source.TYPED and bool(self.unfinished or self.wrong)

    @property
    def complete(self) -> bool:
        """Whether everything that a person gives is there."""
        return self.cards >= self.cards_wanted and self.pins >= self.cards_wanted and not self.code_missing

    @property
    def ready(self) -> bool:
        """Whether it may be tried now."""
        return self.complete and not self.wait and not self.busy


def title(filled: Filled, language: Language) -> str:
    """The answer at the top of the screen."""
    if filled.busy:
        return text("staff.unlock.title.busy", language)
    if filled.wait:
        return text("staff.unlock.title.wait", language, n=seconds(filled.wait))
    missing = _missing(filled, language)
    if not missing:
        return text("staff.unlock.title.ready", language)
    return text("staff.unlock.title.missing", language, what=_listed(missing, language))


def subtitle(filled: Filled, language: Language) -> str:
    """What opens the bank."""
    cards = "pair" if filled.cards_wanted > 1 else "one"
    return text(f"staff.unlock.subtitle.{cards}.{filled.source.value}", language)


def reason(filled: Filled, language: Language) -> str:
    """Why the button cannot be pressed; empty when it can."""
    if filled.busy:
        return text("staff.unlock.busy", language)
    if filled.wait:
        return text("staff.unlock.wait", language, n=seconds(filled.wait))
    needs = []
    if filled.cards < filled.cards_wanted:
        key = "second-card" if filled.cards else "card"
        needs.append(text(f"staff.unlock.need.{key}", language))
    if filled.pins < filled.cards:
        needs.append(text("staff.unlock.need.pin", language))
    if filled.source is Source.TYPED:
        if filled.wrong:
            needs.append(text("staff.unlock.need.correct", language, groups=numbers(filled.wrong, language)))
        if filled.unfinished:
            needs.append(text("staff.unlock.need.finish", language, groups=numbers(filled.unfinished, language)))
    return text("staff.unlock.need", language, what=_joined(needs, language)) if needs else ""


def seconds(wait: Millis) -> int:
    """Whole seconds to wait, rounded up."""
    return -(-wait // _SECOND)


def numbers(groups: tuple[int, ...], language: Language) -> str:
    """Numbers of groups as people say them: "5 至 8", "3、4"."""
    if len(groups) > 2 and groups[-1] - groups[0] == len(groups) - 1:  # noqa: PLR2004 - a run of three or more
        return text("staff.range", language, first=groups[0], last=groups[-1])
    return _joined([str(group) for group in groups], language)


def facts(view: View, digest: str, language: Language) -> tuple[Line, ...]:
    """What is about to be opened, and the code that must be equal in the whole room."""
    if view.round is None or view.session is None:
        return ()
    banks = [view.round.bank(bank) for bank in view.session.banks]
    names = [
        text(
            "exam.subject",
            language,
            occupation=bank.occupation.name.of(language),
            level=_level(bank.level.value, language),
        )
        for bank in banks
    ]
    return (
        Line(label=text("staff.unlock.fact.banks", language), value=_joined(list(dict.fromkeys(names)), language)),
        Line(
            label=text("staff.unlock.fact.room-code", language),
            value=text("staff.unlock.room-code", language, code=room_code(digest)),
        ),
        Line(label=text("staff.unlock.fact.camera", language), value=camera_words(view, language)),
    )


def camera_words(view: View, language: Language) -> str:
    """What the camera does, and what the round wants of it."""
    if view.round is not None and view.round.rules.evidence.camera is CameraPolicy.OFF:
        return text("staff.camera.not-wanted", language)
    states = {Camera.OFF: "staff.camera.none", Camera.LOST: "staff.camera.none", Camera.OPENING: "staff.camera.opening"}
    return text(states.get(view.camera, "common.state.ok"), language)


def _level(level: str, language: Language) -> str:
    return text(f"exam.level.{level}", language)


def _missing(filled: Filled, language: Language) -> list[str]:
    parts = []
    cards = filled.cards_wanted - filled.cards
    if cards > 0:
        parts.append(text("staff.unlock.missing.cards", language, n=cards))
    if filled.pins < filled.cards:
        parts.append(text("staff.unlock.missing.pin", language))
    if filled.source is Source.TYPED:
        groups = len(filled.unfinished) + len(filled.wrong)
        if groups:
            parts.append(text("staff.unlock.missing.groups", language, n=groups))
    return parts


def _listed(parts: list[str], language: Language) -> str:
    if len(parts) == 1:
        return parts[0]
    first, last = _joined(parts[:-1], language), parts[-1]
    if language is Language.ZH:
        first, last = f"{first} " if first[-1].isascii() else first, f" {last}" if last[0].isascii() else last
    return text("staff.and", language, first=first, last=last)


def _joined(parts: list[str], language: Language) -> str:
    return ("、" if language is Language.ZH else ", ").join(parts)
