"""How the command line says things: the sentences of the screens, both languages, plain text."""

from kiosk.errors import KioskError
from kiosk.ui.i18n import Language, refusal


def refused(error: KioskError) -> str:
    """Word a refusal in both languages, with its code and facts."""
    lines = []
    for language in (Language.ZH, Language.EN):
        words = refusal(error.code, language, error.data)
        lines.append(f"{words.happened} {words.safe} {words.to_do}")
    facts = ", ".join(f"{name}={value}" for name, value in error.data.items())
    lines.append(f"[{error.code}{' ' + facts if facts else ''}]")
    return "\n".join(lines)
