"""The screens' fonts: the inset that turns 700 into 600, and the two files that set-up made."""

import os
import runpy
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
FOLDERS = (os.environ.get("KIOSK_FONTS", ""), ROOT / ".venv" / "share" / "kiosk-fonts")
MADE = next((Path(folder) for folder in FOLDERS if folder and Path(folder).is_dir()), None)
EXTREMES = "职业技能鉴定 镧铈镨钕 ０９Ａ，。 Nd Ωαμ ж √×✓ ℃ ㎡ ① ²³ — 𬭚"

made = pytest.mark.skipif(MADE is None, reason="no fonts were made: packaging/run.sh makes them from fonts-noto-cjk")


@pytest.fixture(scope="module")
def script() -> dict[str, Any]:
    return runpy.run_path(str(ROOT / "packaging" / "make_fonts.py"))


def rounded(points: list[tuple[float, float]]) -> list[tuple[int, int]]:
    return [(round(x), round(y)) for x, y in points]


def test_a_contour_loses_ink_and_a_hole_grows(script: dict[str, Any]) -> None:
    outer = [(0, 0), (100, 0), (100, 50), (0, 50)]  # ink on the left: against the clock
    assert rounded(script["moved_inward"](outer, 7)) == [(7, 7), (93, 7), (93, 43), (7, 43)]
    hole = [(20, 20), (20, 30), (80, 30), (80, 20)]
    assert rounded(script["moved_inward"](hole, 7)) == [(13, 13), (13, 37), (87, 37), (87, 13)]


def test_points_in_one_place_stay_together_and_a_spike_stays_short(script: dict[str, Any]) -> None:
    doubled = [(0, 0), (100, 0), (100, 0), (100, 50), (0, 50)]
    moved = script["moved_inward"](doubled, 7)
    assert moved[1] == moved[2]
    needle = [(0, 0), (400, 1), (0, 2)]
    tip = script["moved_inward"](needle, 7)[1]
    assert abs(tip[0] - 400) <= 7 * script["MITRE_LIMIT"]


def test_a_point_without_extent_is_left_alone(script: dict[str, Any]) -> None:
    assert script["moved_inward"]([(5, 5), (5, 5)], 7) == [(5, 5), (5, 5)]


def test_the_drawing_keeps_its_structure(script: dict[str, Any]) -> None:
    drawing = [
        ("moveTo", ((0, 0),)),
        ("lineTo", ((90, 0),)),
        ("curveTo", ((90, 30), (60, 60), (0, 60))),
        ("closePath", ()),
    ]
    thinned = script["thinned"](drawing * 2, 7)
    assert [(name, len(places)) for name, places in thinned] == [(name, len(places)) for name, places in drawing * 2]


def test_the_characters_are_those_of_screens(script: dict[str, Any]) -> None:
    assert {ord(character) for character in EXTREMES} <= script["characters"]()
    assert sum(0x4E00 <= character <= 0x9FFF for character in script["characters"]()) >= 6763


@made
@pytest.mark.parametrize(("style", "weight", "stem"), [("Regular", 400, 81), ("SemiBold", 600, 117)])
def test_the_files_have_their_weights(style: str, weight: int, stem: int) -> None:
    """The upright of 十 is 81 units at 400 and 131 at 700; 29 % of the way back is 117."""
    from fontTools.pens.recordingPen import RecordingPen  # noqa: PLC0415
    from fontTools.ttLib import TTFont  # noqa: PLC0415

    assert MADE is not None
    with TTFont(MADE / f"KioskSans-{style}.otf") as font:
        glyphs, cmap = font.getGlyphSet(), font.getBestCmap()
        pen = RecordingPen()
        glyphs[cmap[ord("十")]].draw(pen)
        across = sorted({round(place[0]) for _, places in pen.value for place in places})
        assert across[2] - across[1] == pytest.approx(stem, abs=1)
        assert font["OS/2"].usWeightClass == weight
        assert font["name"].getDebugName(1) == "Kiosk Sans"
        assert "Open Font License" in font["name"].getDebugName(13)
        assert {ord(character) for character in EXTREMES} <= cmap.keys()
        widths = {font["hmtx"][cmap[ord(figure)]][0] for figure in "0123456789"}
        assert len(widths) == 1, "clocks and codes must not dance"
