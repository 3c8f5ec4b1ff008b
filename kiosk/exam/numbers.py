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
_POWER = re.compile(r"(?:^|(?<=[+-])|[x*])10(?:\^?\(([+-]?\d{1,3})\)|\^([+-]?\d{1,3})|([+-]\d{1,3}))$")
_SCIENTIFIC = re.compile(r"[eE]([+-]?\d{1,3})$")
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
    digits, exponent = _split(plain)
    if _GROUPED.match(digits) and digits.count(",") + digits.count(".") > 1:
        digits = digits.replace(",", "")
    elif not _PLAIN.match(digits):
        return None
    return Decimal(f"{digits.replace(',', '.')}E{exponent}")


def _split(plain: str) -> tuple[str, str]:
    """Part a number from its power of ten; a power that stands alone is once that power."""
    power = _POWER.search(plain)
    if power is not None:
        digits = plain[: power.start()]
        return digits + "1" * (digits in {"", "+", "-"}), next(group for group in power.groups() if group)
    power = _SCIENTIFIC.search(plain)
    return (plain[: power.start()], power.group(1)) if power else (plain, "0")
