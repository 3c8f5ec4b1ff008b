"""Reading a number as people type it: full-width digits, decimal comma, spaces, powers of ten.

Rules: the value is an exact decimal; a comma is a decimal sign only when there is one and no point, otherwise commas
must stand as thousands signs; anything else is not a number. Nothing is rounded.
"""

import re
import unicodedata
from decimal import Decimal, InvalidOperation

_LONGEST = 40
_SIGNS = str.maketrans({"−": "-", "–": "-", "，": ",", "。": ".", "×": "x", "·": "."})
_POWER = re.compile(r"[x*]10\^?\(?([+-]?\d{1,3})\)?$|[eE]([+-]?\d{1,3})$")
_PLAIN = re.compile(r"[+-]?(\d+([.,]\d*)?|[.,]\d+)$")
_GROUPED = re.compile(r"[+-]?\d{1,3}(,\d{3})+(\.\d*)?$")


def parse_number(text: str) -> Decimal | None:
    """Return the value of a typed number, or None when it is none.

    Accepts "12.5", "12,5", "１２．５", "1,250.5", "1.2e-3", "1.2×10^-3"; at most 40 characters.
    """
    plain = unicodedata.normalize("NFKC", text.translate(_SIGNS)).translate(_SIGNS)
    plain = "".join(plain.split())
    if not plain or len(plain) > _LONGEST or not plain.isascii():
        return None
    power = _POWER.search(plain)
    digits = plain[: power.start()] if power else plain
    exponent = int(power.group(1) or power.group(2)) if power else 0
    if _GROUPED.match(digits) and digits.count(",") + digits.count(".") > 1:
        digits = digits.replace(",", "")
    elif not _PLAIN.match(digits):
        return None
    try:
        return Decimal(digits.replace(",", ".")).scaleb(exponent)
    except InvalidOperation:
        return None
