"""Puts facts into a sentence: `{n}` as it is, `{n:,}` with separators, `{n:answer|answers}` as a plural.

The two words of a plural stand for one and for any other number; Chinese sentences need none.
"""

from collections.abc import Iterator, Mapping
from string import Formatter


class _Words(Formatter):
    """A formatter that knows plurals."""

    def format_field(self, value: object, format_spec: str) -> str:
        one, bar, many = format_spec.partition("|")
        if bar:
            return one if value == 1 else many
        return format(value, format_spec)


_WORDS = _Words()


def placeholders(sentence: str) -> Iterator[str]:
    """Names of the facts that a sentence needs, in the order they stand."""
    for _, name, _, _ in _WORDS.parse(sentence):
        if name is not None:
            yield name


def fill(sentence: str, data: Mapping[str, str | int]) -> str:
    """The sentence with its facts; KeyError names the one that is missing."""
    return _WORDS.vformat(sentence, (), data)
