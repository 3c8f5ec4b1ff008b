"""Where a line of Chinese may not end, beyond what Unicode already forbids.

Rules kept: no line starts with closing punctuation or ends with an opening one; the blank for the answer stays with
the word before it and with the full stop after it; no single character stands alone on a last line.

Refuses to know: widths and fonts; it looks at characters and positions only.
"""

import re

_CLOSING = frozenset("，。、；：？！）」』】》〉”’％‰℃·…,.;:?!)]}%°")
_OPENING = frozenset("（「『【《〈“‘([{￥$")
_BLANK = re.compile(r"[（(][\s\u3000\u00a0_]*[）)]|_{2,}")
_STUCK_BEFORE = re.compile(r"[\s\u3000]")


def forbidden(text: str) -> frozenset[int]:
    """Positions (between index - 1 and index, in code points) where no line may be broken."""
    stuck = {at for at in range(1, len(text)) if text[at] in _CLOSING or text[at - 1] in _OPENING}
    for blank in _BLANK.finditer(text):
        first, last = blank.span()
        stuck.update(range(first + 1, last))
        if first > 0 and not _STUCK_BEFORE.match(text[first - 1]):
            stuck.add(first)
        if last < len(text) and text[last] in _CLOSING:
            stuck.add(last)
    return frozenset(stuck)


def lonely(last_line: str) -> bool:
    """Whether a last line holds one character (and punctuation) only."""
    words = "".join(sign for sign in last_line if not sign.isspace() and sign not in _CLOSING | _OPENING)
    return len(words) == 1 and not words.isascii()
