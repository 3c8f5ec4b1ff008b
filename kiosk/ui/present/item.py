"""One item as it is shown, in the exam and in practice alike, and what pressing an option makes of the response.

Rules: options stand in the order of the form; a choice of several is kept in that order; what is pending is not
called saved. It does not know what is right.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from kiosk.exam.bank import Item, ItemType
from kiosk.exam.events import Chosen, Entered, Response
from kiosk.exam.form import Form, FormItem
from kiosk.exam.numbers import parse_number
from kiosk.exam.sitting import LONGEST_ENTRY, Sitting
from kiosk.exam.vocabulary import ItemId, Language, OptionId, Points, is_whole
from kiosk.station.view import View
from kiosk.ui.i18n import text
from kiosk.ui.present import facts

_LETTERS = "ABCDEFGHIJ"
_SIGNS = ("√", "×")


@dataclass(frozen=True, slots=True)
class SectionFace:
    """A part of the form with items of one type: its words and its numbers, both ends included."""

    title: str
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class OptionFace:
    """One option: the sign before it, its text, and what is known of it."""

    id: OptionId
    label: str
    source: str
    selected: bool = False
    saved: bool = False
    struck: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemFace:
    """Everything the sheet of an item draws."""

    item: ItemId
    kind: ItemType
    title: str
    of: str
    of_short: str
    worth: str
    worth_short: str
    how: str
    stem: str
    options: tuple[OptionFace, ...] = ()
    unit: str = ""
    entered: str = ""
    saved: bool = False
    damaged: bool = False

    @property
    def multiple(self) -> bool:
        """Tell whether several options may be chosen."""
        return self.kind is ItemType.MULTIPLE

    @property
    def numeric(self) -> bool:
        """Tell whether a number is typed."""
        return self.kind is ItemType.NUMERIC


def sections(form: Form, language: Language) -> tuple[SectionFace, ...]:
    """Part a form where the type of its items changes."""
    starts = [at for at, entry in enumerate(form.items) if at == 0 or form.items[at - 1].type is not entry.type]
    ends = [*starts[1:], len(form.items)]
    return tuple(
        SectionFace(_section_title(order, form.items[start].type, language), start + 1, end)
        for order, (start, end) in enumerate(zip(starts, ends, strict=True), start=1)
    )


def _section_title(order: int, kind: ItemType, language: Language) -> str:
    return text(f"exam.section.{order}", language, kind=kind_words(kind, language))


def kind_words(kind: ItemType, language: Language) -> str:
    """The name of a type of item."""
    return text(f"exam.type.{kind.value}", language)


def how_words(kind: ItemType, language: Language, *, unit: bool = False) -> str:
    """How to respond to a type of item, in one sentence."""
    return text(f"exam.how.{kind.value}" + (".unit" if unit else ""), language)


def labels(kind: ItemType, count: int) -> tuple[str, ...]:
    """The signs before the options."""
    return _SIGNS if kind is ItemType.TRUE_FALSE and count == len(_SIGNS) else tuple(_LETTERS[:count])


def option_faces(
    item: Item,
    order: tuple[OptionId, ...],
    response: Response | None,
    struck: frozenset[OptionId],
    language: Language,
    *,
    saved: bool,
) -> tuple[OptionFace, ...]:
    """The options of an item in the order of the form, with their state."""
    texts: Mapping[OptionId, str] = {option.id: option.text.of(language) for option in item.options}
    chosen = response.options if isinstance(response, Chosen) else ()
    return tuple(
        OptionFace(
            id=option,
            label=label,
            source=texts[option],
            selected=option in chosen,
            saved=saved and option in chosen,
            struck=option in struck,
        )
        for option, label in zip(order, labels(item.type, len(order)), strict=True)
    )


def exam_face(view: View, language: Language) -> ItemFace | None:
    """The item on the screen of a running sitting; None while there is none."""
    sitting = view.sitting
    if sitting is None or sitting.current is None:
        return None
    entry = sitting.form_item(sitting.current)
    assert entry is not None  # noqa: S101 - only items of the form are viewed
    place = sitting.opened.form.place(entry.item)
    face = ItemFace(
        item=entry.item,
        kind=entry.type,
        title=text("exam.item", language, n=place + 1),
        of=text("exam.item.of", language, total=len(sitting.opened.form.items)),
        of_short=text("exam.item.slash", language, total=len(sitting.opened.form.items)),
        worth=_worth(sitting.opened.form, place, entry.points, language),
        worth_short=facts.points(entry.points, language),
        how=how_words(entry.type, language, unit=view.item is not None and view.item.unit is not None),
        stem="",
        saved=entry.item not in view.saved.pending,
    )
    if view.item is None:
        return replace(face, damaged=view.item_damaged)
    return _with_content(face, view.item, entry, sitting, language)


def _worth(form: Form, place: int, worth: Points, language: Language) -> str:
    section = next(part for part in sections(form, language) if part.first <= place + 1 <= part.last)
    return text("exam.item.worth", language, section=section.title, points=facts.points(worth, language))


def _with_content(face: ItemFace, item: Item, entry: FormItem, sitting: Sitting, language: Language) -> ItemFace:
    response = sitting.responses.get(item.id)
    struck = frozenset(option for of, option in sitting.struck if of == item.id)
    return replace(
        face,
        stem=item.stem.of(language),
        options=option_faces(item, entry.options, response, struck, language, saved=face.saved),
        unit=item.unit.of(language) if item.unit else "",
        entered=response.text if isinstance(response, Entered) else "",
    )


def pressed(face: ItemFace, at: int) -> tuple[bool, Response | None]:
    """What pressing the option at a place makes of the response; whether it changes anything comes first."""
    option = face.options[at]
    if not face.multiple:
        return not option.selected, Chosen(options=(option.id,))
    chosen = tuple(
        known.id for place, known in enumerate(face.options) if (known.selected if place != at else not known.selected)
    )
    return True, Chosen(options=chosen) if chosen else None


def typed(words: str) -> Response | None:
    """The response that a typed text is; None for nothing, and for what cannot be written down."""
    sound = words.strip() and len(words) <= LONGEST_ENTRY and is_whole(words)
    return Entered(text=words) if sound else None


def typed_doubt(words: str, language: Language) -> str:
    """What is said about a typed text that is no number, or whose comma could mean two things; else nothing."""
    if not words.strip():
        return ""
    value = parse_number(words)
    if value is None:
        return text("exam.numeric.not-a-number", language)
    if any(comma in words for comma in ",，"):
        return text("exam.numeric.read-as", language, value=f"{value:f}")
    return ""
