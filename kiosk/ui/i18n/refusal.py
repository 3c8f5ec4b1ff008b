"""Words a refusal: what happened, what is safe, what to do.

Rules kept: every refusal of the program has a stable code, and a code without words of its own gets those of its
family, so that no refusal is ever shown as a bare code. The same holds when a sentence needs a fact that the
refusal does not carry.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from kiosk.ui.i18n.fill import fill
from kiosk.ui.i18n.language import Language, pick
from kiosk.ui.i18n.refusals import REFUSALS, STAFF_REFUSALS, Parts


@dataclass(frozen=True, slots=True, kw_only=True)
class RefusalWords:
    """One refusal as people read it; `code` stands small under the three sentences."""

    code: str
    happened: str
    safe: str
    to_do: str


def refusal(
    code: str, language: Language, data: Mapping[str, str | int] | None = None, *, staff: bool = False
) -> RefusalWords:
    """Three sentences for an error code, from its own entry, else its family's, else the one for all.

    `staff` asks for the words to an invigilator or coordinator where a candidate would be told otherwise.
    """
    facts = data or {}
    entries = STAFF_REFUSALS if staff else REFUSALS
    for known in (code, code.partition("/")[0], "kiosk"):
        parts = entries.get(known)
        if parts is not None:
            words = _words(code, parts, language, facts)
            if words is not None:
                return words
    raise AssertionError("the entry 'kiosk' needs no facts")


def _words(code: str, parts: Parts, language: Language, facts: Mapping[str, str | int]) -> RefusalWords | None:
    try:
        happened, safe, to_do = (
            fill(pick(part, language), facts) for part in (parts.happened, parts.safe, parts.to_do)
        )
    except KeyError:
        return None
    return RefusalWords(code=code, happened=happened, safe=safe, to_do=to_do)
