"""A card for the camera: its text, and its code where the synthetic camera shows it."""

from pathlib import Path
from typing import Final

import segno

CARD: Final = "KC1:R1-07:000000-104729-209458-314187-418916-523645-628374-733103:123456"


def hold_up(folder: Path, text: str = CARD) -> None:
    """Hold a code to the synthetic camera that obeys this folder."""
    unfinished = folder / "show.part"
    segno.make(text, micro=False, error="m").save(str(unfinished), kind="png", scale=8, border=4)
    unfinished.replace(folder / "show.png")
