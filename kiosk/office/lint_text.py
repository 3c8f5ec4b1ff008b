"""What a text of an item may not contain: hidden characters, foreign markup, our own markup left open.

Rules: a text is plain characters and our four marks, ~sub~ ^sup^ **bold** and the backslash that takes a mark
literally; a mark that is opened is closed, in order, around something. Characters that cannot be seen, that turn the
direction of writing, or that belong to nobody's alphabet are refused, because two texts that look alike must be alike.
It does not know what an item is.
"""

import re
import unicodedata
from collections.abc import Iterator

LONGEST_STEM = 2_000
LONGEST_OPTION = 600

_HIDDEN = frozenset({"Cc", "Cf", "Co", "Cs", "Zl", "Zp"})
_TAG = re.compile(r"<\s*[/!?]?\s*[A-Za-z!-][^<>]*>|&(#\d+|#x[0-9A-Fa-f]+|[A-Za-z]{2,8});")
_MARK = re.compile(r"\\(?P<escaped>.?)|(?P<mark>\*\*|[~^])|(?P<plain>.)", re.DOTALL)
_ESCAPABLE = frozenset("\\~^*")
_REFERRING = re.compile(
    r"(以上|上述|前述|前面)[^，。；]{0,8}(都|均|全|皆|各)"
    r"|(以上|上述)(答案|选项|说法)"
    r"|\b(all|none|both|neither|any|each|some|two|three)\s+(of\s+)?(the\s+)?(above|these|others|preceding)\b",
    re.IGNORECASE,
)
_BY_LETTER = re.compile(
    r"(?:选项)?\s*[A-F]\s*(?:和|与|及|、|,|，|and|&|\+)\s*[A-F](?:\s*(?:都|均|both|are).*)?", re.IGNORECASE
)


def text_faults(text: str, *, limit: int) -> Iterator[tuple[str, str]]:
    """Yield a code and the offending piece for each fault of a text."""
    if len(text) > limit:
        yield "text/too-long", str(len(text))
    for char in text:
        if unicodedata.category(char) in _HIDDEN and char != "\n":
            yield "text/hidden-character", f"U+{ord(char):04X}"
    for tag in _TAG.finditer(text):
        yield "text/html", tag.group()
    mark = _markup_fault(text)
    if mark:
        yield "text/markup", mark


def _markup_fault(text: str) -> str:
    """Return the mark that is left open, crosses another or encloses nothing; empty when all is well."""
    open_marks: list[str] = []
    last = ""
    for found in _MARK.finditer(text):
        mark, escaped = found["mark"], found["escaped"]
        if escaped is not None and escaped not in _ESCAPABLE:
            return f"\\{escaped}"
        if mark and mark in open_marks:
            if open_marks.pop() != mark or last == mark:
                return mark
        elif mark:
            open_marks.append(mark)
        last = mark or ""
    return open_marks[-1] if open_marks else ""


def folded(text: str) -> str:
    """Return the form in which two texts are compared: NFKC, without white space, which Chinese does not need."""
    return "".join(unicodedata.normalize("NFKC", text).split())


def refers_to_others(text: str) -> bool:
    """Tell whether an option speaks of the options above it and so cannot move ("以上都对", "all of the above")."""
    return _REFERRING.search(text) is not None


def names_letters(text: str) -> bool:
    """Tell whether an option seems to name other options by letter, which are never the letters on a screen."""
    return _BY_LETTER.fullmatch(text.strip()) is not None
