"""What the gate says: for what a card is asked, and what is still missing."""

from kiosk.exam.vocabulary import Language
from kiosk.ui.i18n import text

_PURPOSES = frozenset({"panel", "recover", "identify", "admit", "waive-camera", "close", "export", "seat"})


def purpose_key(purpose: str) -> str:
    """The words of a purpose; those of any act where it has none of its own."""
    return purpose if purpose in _PURPOSES else "other"


def title(purpose: str, language: Language) -> str:
    """What the card is asked for."""
    return text(f"staff.gate.{purpose_key(purpose)}.title", language)


def subtitle(purpose: str, language: Language) -> str:
    """What will happen, and what goes on record."""
    return text(f"staff.gate.{purpose_key(purpose)}.body", language)


def reason(language: Language, *, card: bool, pin: bool) -> str:
    """Why the button cannot be pressed; empty when it can."""
    if not card:
        return text("staff.gate.need.card", language)
    return "" if pin else text("staff.gate.need.pin", language)
