"""Reading a number as people type it: full-width digits, decimal comma, spaces, powers of ten.

Rules: the value is an exact decimal; a comma is a decimal sign only when there is one and no point, otherwise commas
must stand as thousands signs; a power of ten needs its sign (^, raised digits, brackets, plus or minus), so that
"1×100" is no number rather than one; anything else is not a number. Nothing is rounded.
"""

import re
import unicodedata
from decimal import Decimal

_LONGEST = 40
_SIGNS = str.maketrans({"−": "-", "–": "-", "，": ",", "。": ".", "×": "x", "·": "."})
_RAISED = re.compile("[⁺⁻⁰¹²³⁴-⁹]+")
_BARE = re.compile(r"^([+-]?)10\^")
_POWER = re.compile(r"[xX*]10(?:\^?\(([+-]?\d{1,3})\)|\^([+-]?\d{1,3})|([+-]\d{1,3}))$|[eE]([+-]?\d{1,3})$")
_PLAIN = re.compile(r"[+-]?(\d+([.,]\d*)?|[.,]\d+)$")
_GROUPED = re.compile(r"[+-]?\d{1,3}(,\d{3})+(\.\d*)?$")


def parse_number(text: str) -> Decimal | None:
    """Return the value of a typed number, or None when it is none.

    Accepts "12.5", "12,5", "１２．５", "1,250.5", "1.2e-3", "1.2×10^-3", "1.2×10⁻³", "10^3"; at most 40 characters.
    """
    signs = _RAISED.sub(lambda run: "^" + run.group(), text.translate(_SIGNS))
    plain = "".join(unicodedata.normalize("NFKC", signs).translate(_SIGNS).split())
    if not plain or len(plain) > _LONGEST or not plain.isascii():
        return None
    plain = _BARE.sub(r"\g<1>1x10^", plain)
    power = _POWER.search(plain)
    digits = plain[: power.start()] if power else plain
    exponent = next(group for group in power.groups() if group) if power else "0"
    if _GROUPED.match(digits) and digits.count(",") + digits.count(".") > 1:
        digits = digits.replace(",", "")
    elif not _PLAIN.match(digits):
        return None
    return Decimal(f"{digits.replace(',', '.')}E{exponent}")
