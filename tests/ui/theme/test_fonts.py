"""The program brings its own font where it is installed, and knows which signs it cannot draw."""

from pathlib import Path

import pytest
from PySide6.QtGui import QFont, QFontInfo

from kiosk.ui.theme.fonts import FULL_FAMILY, font_folders, missing_glyphs, register_fonts
from kiosk.ui.theme.paint import sized_font

EXAM_TEXT = "稀土冶炼工 三级/高级工：P507–磺化煤油，Nd³⁺ 0123456789 （　）。"
RARE_NAMES = "䶮㛃𬭚𫖯𣲗𬱖镨钕镝"


def test_a_folder_named_in_the_environment_comes_first(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("KIOSK_FONTS", str(tmp_path))
    assert font_folders()[0] == tmp_path
    monkeypatch.delenv("KIOSK_FONTS")
    assert tmp_path not in font_folders()


def test_a_folder_without_fonts_leaves_the_full_family(tmp_path: Path) -> None:
    (tmp_path / "broken.otf").write_bytes(b"this is no font")
    fonts = register_fonts([tmp_path, tmp_path / "absent"])
    assert fonts.files == ()
    assert fonts.families
    assert fonts.families[-1] in {FULL_FAMILY, "Noto Sans SC", "Source Han Sans SC"}


def test_chinese_and_rare_names_can_be_drawn() -> None:
    register_fonts()
    assert missing_glyphs(RARE_NAMES) == frozenset()
    assert missing_glyphs("题\u200b\t 　") == frozenset()


def test_signs_without_a_glyph_are_named() -> None:
    register_fonts()
    assert missing_glyphs("好\U000e0fff𝄞") == {"\U000e0fff", "𝄞"}
    assert missing_glyphs(EXAM_TEXT) <= {"⁺"}


def test_sizes_are_pixels_and_the_family_is_known() -> None:
    font = sized_font(22, bold=True)
    assert font.pixelSize() == 22
    assert font.bold()
    assert QFontInfo(QFont(font)).family() in QFont().families()
