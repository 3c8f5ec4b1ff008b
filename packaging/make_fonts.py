"""Make the two font files of the kiosk's screens from the Noto Sans CJK that the distribution ships.

`python packaging/make_fonts.py FOLDER` writes KioskSans-Regular.otf (400) and KioskSans-SemiBold.otf (600): the
simplified Chinese face, cut down to the characters that screens need, under a family name of our own.

The distribution has 400 and 700 but no 600, and two thirds of their outlines differ in structure, so a weight between
them cannot be interpolated. The 600 face is therefore the 700 face with every edge moved inward by `INSET`: at 600 a
stem of the original design is 29 % of the way back from 700 to 400, which is 7 units on either side.

Knows nothing of the program: it reads two files and writes two files.
"""

import argparse
import math
import sys
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from fontTools.misc.psCharStrings import T2CharString
from fontTools.pens.basePen import BasePen
from fontTools.pens.recordingPen import RecordingPen
from fontTools.pens.t2CharStringPen import T2CharStringPen
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTCollection, TTFont

FAMILY = "Kiosk Sans"
SOURCE_FACE = "Noto Sans CJK SC"
SOURCE_FOLDER = Path("/usr/share/fonts/opentype/noto")
INSET = 7.0
MITRE_LIMIT = 2.0

RANGES = (
    (0x0020, 0x007E),  # ASCII
    (0x00A0, 0x017F),  # Latin of European names
    (0x02B0, 0x02FF),  # tone marks
    (0x0370, 0x03FF),  # Greek
    (0x0400, 0x045F),  # Cyrillic
    (0x2000, 0x22FF),  # punctuation, super- and subscripts, currency, units, number forms, arrows, mathematics
    (0x2300, 0x23FF),  # technical signs
    (0x2460, 0x25FF),  # circled figures, boxes, blocks, shapes
    (0x2600, 0x27BF),  # signs, ticks and crosses
    (0x3000, 0x312F),  # Chinese punctuation, kana, bopomofo
    (0x3200, 0x33FF),  # enclosed ideographs, units
    (0xFE30, 0xFE4F),  # vertical punctuation
    (0xFF00, 0xFFEF),  # full-width and half-width forms
)
ELEMENTS = "𬬻𬭊𬭳𬭛𬭶鿏𫟼𬬭鿔鿭𫓧镆𫟷鿬鿫𬭚䥑䥺"  # elements and alloys whose names GB 2312 lacks

type_of_point = tuple[float, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Face:
    """One file to make: where it comes from, what it is called, how heavy it is."""

    source: str
    style: str
    linked_style: str
    weight: int
    inset: float


FACES = (
    Face(source="NotoSansCJK-Regular.ttc", style="Regular", linked_style="Regular", weight=400, inset=0.0),
    Face(source="NotoSansCJK-Bold.ttc", style="SemiBold", linked_style="Bold", weight=600, inset=INSET),
)


def characters() -> set[int]:
    """Return the code points that screens need: GB 2312, signs, and the elements of the trade."""
    wanted = set(chain.from_iterable(range(first, last + 1) for first, last in RANGES))
    for row in range(0xA1, 0xF8):
        for cell in range(0xA1, 0xFF):
            wanted.update(map(ord, bytes((row, cell)).decode("gb2312", "ignore")))
    return wanted | set(map(ord, ELEMENTS))


def open_face(path: Path) -> TTFont:
    """Open the simplified Chinese face of a collection, wherever it stands in it."""
    with TTCollection(path, lazy=True) as collection:
        names = [font["name"].getDebugName(1) or "" for font in collection.fonts]
    wanted = [number for number, name in enumerate(names) if name == SOURCE_FACE]
    if not wanted:
        message = f"{path} has no face named {SOURCE_FACE}"
        raise SystemExit(message)
    return TTFont(path, fontNumber=wanted[0], lazy=True, recalcTimestamp=False, recalcBBoxes=False)


def cut(font: TTFont) -> None:
    """Keep the characters that screens need, with kerning and marks, without hints and vertical writing."""
    for tag in ("vhea", "vmtx", "VORG", "BASE"):
        if tag in font:
            del font[tag]
    options = Options()
    options.layout_features = ["kern", "liga", "ccmp", "mark", "mkmk", "calt"]
    options.hinting = False
    options.desubroutinize = True
    options.notdef_outline = True
    options.glyph_names = False
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=characters())
    subsetter.subset(font)


def corners(points: list[type_of_point], distance: float) -> Iterator[type_of_point]:
    """Move every corner of a closed polygon to its left by a distance: ink lies on the left of a CFF contour."""
    count = len(points)
    for index, (x, y) in enumerate(points):
        before, after = points[index - 1], points[(index + 1) % count]
        first = math.hypot(x - before[0], y - before[1])
        second = math.hypot(after[0] - x, after[1] - y)
        ax, ay = (before[1] - y) / first, (x - before[0]) / first
        bx, by = (y - after[1]) / second, (after[0] - x) / second
        share = distance / max(1.0 + ax * bx + ay * by, 1.0 / MITRE_LIMIT)
        yield x + (ax + bx) * share, y + (ay + by) * share


def thinner(points: list[type_of_point], distance: float) -> list[type_of_point]:
    """Move the control polygon of one contour inward; points that coincide stay together."""
    kept = [index for index, point in enumerate(points) if point != points[index - 1]]
    if len(kept) < len("abc"):
        return points
    moved = list(corners([points[index] for index in kept], distance))
    place = -1 % len(moved)
    result = []
    for index in range(len(points)):
        if place + 1 < len(kept) and kept[(place + 1) % len(kept)] == index:
            place += 1
        elif index in kept[:1]:
            place = 0
        result.append(moved[place])
    return result


def contours(commands: Iterable[tuple[str, tuple[type_of_point, ...]]]) -> Iterator[list[tuple[str, int, type_of_point]]]:
    raise NotImplementedError
