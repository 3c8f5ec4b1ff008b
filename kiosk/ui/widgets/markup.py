r"""The few marks a text may carry: `~sub~`, `^sup^`, `**bold**`, and a backslash before any of them to mean itself.

Rules kept: a newline ends a paragraph; a mark without its partner is an ordinary sign, so no text is ever lost; a
raised or lowered part holds no space and no Chinese comma ("5~10 mm, 20~30 mm" and "5~10、20~30" stay as they are).
There are no links, pictures or nesting of raised parts.

Refuses to know: fonts, widths, Qt. Nothing in a text can make the program open, load or fetch anything.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from typing import TypeAlias


class Shift(Enum):
    """Where a run stands against the line."""

    NONE = "none"
    SUB = "sub"
    SUP = "sup"


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text in one style."""

    text: str
    bold: bool = False
    shift: Shift = Shift.NONE


Paragraph: TypeAlias = tuple[Run, ...]

_BOLD = "**"
_SHIFTS = {"~": Shift.SUB, "^": Shift.SUP}
_ESCAPABLE = "\\~^*"
_ENDS_SHIFT = frozenset("，、。；：")


def parse(source: str) -> tuple[Paragraph, ...]:
    """Paragraphs of runs; an empty line gives an empty paragraph."""
    lines = source.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return tuple(tuple(_joined(_runs(line))) for line in lines)


def plain(source: str) -> str:
    """The text without marks, as a screen reader speaks it."""
    return "\n".join("".join(run.text for run in paragraph) for paragraph in parse(source))


def escape(text: str) -> str:
    """Text that `parse` gives back as it is."""
    return "".join("\\" + sign if sign in _ESCAPABLE else sign for sign in text)


def _runs(line: str) -> Iterator[Run]:
    bold = False
    at = 0
    while at < len(line):
        sign = line[at]
        if sign == "\\" and line[at + 1 : at + 2] and line[at + 1] in _ESCAPABLE:
            yield Run(line[at + 1], bold)
            at += 2
        elif line.startswith(_BOLD, at) and (bold or _closes_bold(line, at + len(_BOLD))):
            bold = not bold
            at += len(_BOLD)
        elif sign in _SHIFTS and (end := _closing(line, at)) is not None:
            yield Run(_unescaped(line[at + 1 : end]), bold, _SHIFTS[sign])
            at = end + 1
        else:
            yield Run(sign, bold)
            at += 1


def _closes_bold(line: str, start: int) -> bool:
    """Whether a bold part opened before `start` is closed, and holds something."""
    end = _unescaped_index(line, _BOLD, start)
    return end is not None and end > start


def _closing(line: str, opening: int) -> int | None:
    """Index of the sign that closes a raised or lowered part, or None where the sign stands for itself."""
    end = _unescaped_index(line, line[opening], opening + 1)
    if end is None or end == opening + 1:
        return None
    inside = line[opening + 1 : end]
    return None if any(sign.isspace() or sign in _ENDS_SHIFT for sign in inside) or _BOLD in inside else end


def _unescaped_index(line: str, wanted: str, start: int) -> int | None:
    at = start
    while at < len(line):
        if line[at] == "\\":
            at += 2
        elif line.startswith(wanted, at):
            return at
        else:
            at += 1
    return None


def _unescaped(text: str) -> str:
    return "".join(run.text for run in _runs_of_escapes(text))


def _runs_of_escapes(text: str) -> Iterator[Run]:
    at = 0
    while at < len(text):
        step = 2 if text[at] == "\\" and text[at + 1 : at + 2] and text[at + 1] in _ESCAPABLE else 1
        yield Run(text[at + step - 1])
        at += step


def _joined(runs: Iterator[Run]) -> Iterator[Run]:
    """Neighbours of one style as one run."""
    held: Run | None = None
    for run in runs:
        if held is None:
            held = run
        elif (held.bold, held.shift) == (run.bold, run.shift):
            held = Run(held.text + run.text, run.bold, run.shift)
        else:
            yield held
            held = run
    if held is not None:
        yield held
