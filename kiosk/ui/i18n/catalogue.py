"""Finds a sentence by its key.

Areas are plain modules (cli, common, exam, staff); a key is in exactly one of them and begins with the area's name.
"""

from collections.abc import Iterable
from types import MappingProxyType

from kiosk.ui.i18n import cli, common, exam, staff
from kiosk.ui.i18n.fill import fill
from kiosk.ui.i18n.language import Entries, Language, Pair, pick


class TextError(LookupError):
    """A key that is in no area, or a fact that a sentence needs and did not get: a mistake in the program."""


def merge(areas: Iterable[Entries]) -> Entries:
    """All areas as one; a key in two areas is a mistake."""
    merged: dict[str, Pair] = {}
    for area in areas:
        doubled = merged.keys() & area.keys()
        if doubled:
            raise TextError("keys in two areas", sorted(doubled))
        merged.update(area)
    return MappingProxyType(merged)


CATALOGUE: Entries = merge((cli.ENTRIES, common.ENTRIES, exam.ENTRIES, staff.ENTRIES))


def text(key: str, language: Language, **data: str | int) -> str:
    """The sentence under `key` with its facts filled in; TextError for an unknown key or a missing fact."""
    pair = CATALOGUE.get(key)
    if pair is None:
        raise TextError("no such sentence", key)
    try:
        return fill(pick(pair, language), data)
    except KeyError as missing:
        raise TextError("a fact is missing", key, str(missing)) from missing
