"""Every sentence the program says to people, in Chinese and in English.

Rules kept: a sentence exists in both languages or not at all; each is written, not translated word by word; a key
that does not exist or a fact that was not given stops the program instead of showing a hole.

Refuses to know: Qt, files, and who is reading. The language is an argument of every call.
"""

from kiosk.ui.i18n.catalogue import TextError, text
from kiosk.ui.i18n.language import Language
from kiosk.ui.i18n.refusal import RefusalWords, refusal

__all__ = ["Language", "RefusalWords", "TextError", "refusal", "text"]
