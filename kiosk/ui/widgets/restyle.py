"""Gives a new Look to a whole window of parts: colours, sizes, language, in one walk.

Rules kept: every part has `set_look`, which changes the part itself and not its children; this walk reaches them
all. Sentences that a screen put in are the screen's to change; a part changes only the words that are its own.
"""

from typing import Protocol, runtime_checkable

from PySide6.QtWidgets import QWidget

from kiosk.ui.theme.look import Look


@runtime_checkable
class Styled(Protocol):
    """Anything drawn from a Look."""

    def set_look(self, look: Look) -> None:
        """Draw from this look from now on."""


def restyle(root: QWidget, look: Look) -> None:
    """Gives `look` to `root` and to every part below it, once."""
    root.setUpdatesEnabled(False)
    for part in (*root.findChildren(QWidget), root):
        if isinstance(part, Styled):
            part.set_look(look)
    root.setUpdatesEnabled(True)
