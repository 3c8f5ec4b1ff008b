"""The shape of a sentence that exists in both languages of the program."""

from collections.abc import Mapping
from typing import TypeAlias

from kiosk.exam.vocabulary import Language

__all__ = ["Entries", "Language", "Pair", "pick"]

Pair: TypeAlias = tuple[str, str]
"""One sentence: Chinese, English."""

Entries: TypeAlias = Mapping[str, Pair]
"""One area of the catalogue: key to sentence."""


def pick(pair: Pair, language: Language) -> str:
    """The half of a pair that a reader of `language` gets."""
    return pair[0] if language is Language.ZH else pair[1]
