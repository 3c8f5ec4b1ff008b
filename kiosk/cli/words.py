"""How the command line says things: the sentences of the screens, both languages, plain text."""

from collections.abc import Mapping

from kiosk.errors import KioskError
from kiosk.ui.i18n import Language, refusal, text


def refused(error: KioskError) -> str:
    """Word a refusal in both languages: what happened, what is safe, what to do; then its code and facts."""
    lines = []
    for language in (Language.ZH, Language.EN):
        words = refusal(error.code, language, error.data)
        lines.append(f"{words.happened} {words.safe} {words.to_do}")
    return "\n".join([*lines, _code(error.code, error.data)])


def reason_of(code: str, data: Mapping[str, str | int]) -> str:
    """Say in one line what happened, in both languages, with the code."""
    said = " ".join(refusal(code, language, data).happened for language in (Language.ZH, Language.EN))
    return f"{said} {_code(code, data)}"


def in_both(key: str, **data: str | int) -> str:
    """Return one sentence of the catalogue in both languages."""
    return " ".join(text(key, language, **data) for language in (Language.ZH, Language.EN))


def _code(code: str, data: Mapping[str, str | int]) -> str:
    facts = ", ".join(f"{name}={value}" for name, value in data.items())
    return f"[{code}{' ' + facts if facts else ''}]"
