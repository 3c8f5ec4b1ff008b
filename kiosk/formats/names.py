"""Which identifiers may stand in a file that leaves or enters a room.

Rules: an identifier becomes part of file names on other people's disks, so it is a word of any script with nothing
in it that a file system, a shell or a reader could take for something else. It does not know whose name it is.
"""

import re
from collections.abc import Iterable
from typing import Final

LONGEST: Final = 64
_NAME: Final = re.compile(r"\w(?:[\w .()+#-]*[\w)+#])?")


def odd_name(names: Iterable[str]) -> str | None:
    """Return the first identifier that may not be one, or None.

    Letters and digits of any script, and inside also space and . ( ) + # - _; 1 to 64 characters, the first a letter
    or digit, the last no dot, space or hyphen.
    """
    return next((name for name in names if len(name) > LONGEST or not _NAME.fullmatch(name)), None)
