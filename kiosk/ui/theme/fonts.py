"""Brings the program's own font into a window, and says which signs it could not draw.

Rules kept: the same family on every machine where the program's font files are installed ("Kiosk Sans"); otherwise
the distribution's full Noto; never a family left to chance. Rare characters of names come from the full Noto behind
it. Folders are looked at in a fixed order and the first that has fonts wins.
"""

import os
import sys
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtGui import QFont, QFontDatabase, QGuiApplication, QRawFont

OWN_FAMILY = "Kiosk Sans"
FULL_FAMILY = "Noto Sans CJK SC"
FULL_FAMILIES = (FULL_FAMILY, "Noto Sans SC", "Source Han Sans SC")
_BODY_PIXELS = 18
_WITHOUT_INK = frozenset({"Cc", "Cf", "Zs", "Zl", "Zp"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Fonts:
    """What was found: families in the order they are tried, and the files that were registered."""

    families: tuple[str, ...]
    files: tuple[Path, ...]


def font_folders() -> tuple[Path, ...]:
    """Where the program's font files may lie, best first."""
    repository = Path(__file__).resolve().parents[3]
    named = os.environ.get("KIOSK_FONTS")
    return (
        *((Path(named),) if named else ()),
        repository / ".venv" / "share" / "kiosk-fonts",
        Path(sys.prefix) / "share" / "kiosk-fonts",
    )


def register_fonts(folders: Iterable[Path] | None = None) -> Fonts:
    """Registers the font files of the first folder that has any and makes them the program's font."""
    files: tuple[Path, ...] = ()
    for folder in font_folders() if folders is None else folders:
        files = tuple(file for file in _font_files(folder) if QFontDatabase.addApplicationFont(str(file)) >= 0)
        if files:
            break
    known = set(QFontDatabase.families())
    families = tuple(family for family in (OWN_FAMILY, *FULL_FAMILIES) if family in known)
    font = QFont(QGuiApplication.font())
    if families:
        font.setFamilies(list(families))
    font.setPixelSize(_BODY_PIXELS)
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    QGuiApplication.setFont(font)
    return Fonts(families=families, files=files)


def missing_glyphs(text: str) -> frozenset[str]:
    """The characters of `text` that the program's font, with the full font behind it, cannot draw."""
    faces = [QRawFont.fromFont(QFont(family)) for family in QFont().families()]
    return frozenset(
        character
        for character in set(text)
        if unicodedata.category(character) not in _WITHOUT_INK
        and not any(face.supportsCharacter(ord(character)) for face in faces)
    )


def _font_files(folder: Path) -> tuple[Path, ...]:
    return tuple(sorted((*folder.glob("*.otf"), *folder.glob("*.ttf"))))
