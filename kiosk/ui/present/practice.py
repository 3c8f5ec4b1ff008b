"""The practice items: shown as in the exam, judged on the spot, kept nowhere.

Rules: the only place of the program where a candidate reads "right" or "not right", and it says that the exam will
not; a response lives as long as the screen.
"""

from dataclasses import dataclass, field

from kiosk.exam.events import Chosen, Entered, Response
from kiosk.exam.vocabulary import ItemId, Language, OptionId
from kiosk.station.practice import PRACTICE, PracticeItem
from kiosk.ui.i18n import text
from kiosk.ui.present.item import ItemFace, how_words, kind_words, option_faces


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is said about a practice response: "open", "right" or "wrong", and the words."""

    tone: str
    title: str
    body: str


@dataclass(slots=True)
class PracticeState:
    """Where a candidate stands in practice."""

    at: int = 0
    responses: dict[ItemId, Response] = field(default_factory=dict)
    struck: set[tuple[ItemId, OptionId]] = field(default_factory=set)

    @property
    def here(self) -> PracticeItem:
        """The item on the screen."""
        return PRACTICE[self.at]

    def move(self, step: int) -> None:
        """Go to a neighbour; at the ends nothing happens."""
        self.at = max(0, min(len(PRACTICE) - 1, self.at + step))

    def respond(self, response: Response | None) -> None:
        """Give, change or clear the response."""
        item = self.here.item.id
        if response is None:
            self.responses.pop(item, None)
            return
        self.responses[item] = response
        if isinstance(response, Chosen):
            self.struck -= {(item, option) for option in response.options}

    def strike(self, option: OptionId) -> None:
        """Strike an option out, or restore it."""
        self.struck ^= {(self.here.item.id, option)}


def face(state: PracticeState, language: Language) -> ItemFace:
    """The practice item as the sheet draws it."""
    item = state.here.item
    response = state.responses.get(item.id)
    struck = frozenset(option for of, option in state.struck if of == item.id)
    order = tuple(option.id for option in item.options)
    return ItemFace(
        item=item.id,
        kind=item.type,
        title=text("exam.item", language, n=state.at + 1),
        of=text("exam.item.of", language, total=len(PRACTICE)),
        of_short=text("exam.item.slash", language, total=len(PRACTICE)),
        worth=kind_words(item.type, language),
        worth_short="",
        how=how_words(item.type, language, unit=item.unit is not None),
        stem=item.stem.of(language),
        options=option_faces(item, order, response, struck, language, saved=True),
        unit=item.unit.of(language) if item.unit else "",
        entered=response.text if isinstance(response, Entered) else "",
        saved=True,
    )


def verdict(state: PracticeState, language: Language) -> Verdict:
    """What is said about the response, or how to give one."""
    kind = state.here.item.type
    response = state.responses.get(state.here.item.id)
    keys = text(f"exam.practice.keys.{kind.value}", language)
    if response is None:
        how = "exam.practice.open.numeric" if not kind.has_options else "exam.practice.open"
        return Verdict("open", text(how, language), keys)
    if state.here.is_right(response):
        return Verdict("right", text("exam.practice.right", language), text("exam.practice.right.body", language))
    return Verdict("wrong", text("exam.practice.wrong", language), keys)


def at_end(state: PracticeState) -> bool:
    """Tell whether this is the last practice item."""
    return state.at == len(PRACTICE) - 1
