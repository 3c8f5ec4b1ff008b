"""The two languages of the program, and the shape of an entry that has both."""

from collections.abc import Mapping
from enum import StrEnum
from typing import TypeAlias


class Language(StrEnum):
    """A language a screen can speak; the value is its tag in files and settings."""

    ZH = "zh"
    EN = "en"


Pair: TypeAlias = tuple[str, str]
"""One sentence: Chinese, English."""

Entries: TypeAlias = Mapping[str, Pair]
"""One area of the catalogue: key to sentence."""


def pick(pair: Pair, language: Language) -> str:
    """The half of a pair that a reader of `language` gets."""
    return pair[0] if language is Language.ZH else pair[1]
