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
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from fontTools.pens.recordingPen import RecordingPen
from fontTools.pens.t2CharStringPen import T2CharStringPen
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTCollection, TTFont

FAMILY = "Kiosk Sans"
SOURCE_FACE = "Noto Sans CJK SC"
SOURCE_FOLDER = Path("/usr/share/fonts/opentype/noto")
INSET = 7.0
MITRE_LIMIT = 2.0
LICENCE = "This Font Software is licensed under the SIL Open Font License, Version 1.1."

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

Point = tuple[float, float]
Segment = tuple[str, tuple[Point, ...]]


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


def other(points: Sequence[Point], index: int, step: int) -> Point:
    """Return the nearest point of a closed contour before or after one that is not in the same place."""
    here = points[index]
    for distance in range(1, len(points)):
        found = points[(index + step * distance) % len(points)]
        if found != here:
            return found
    return here


def moved_inward(points: Sequence[Point], distance: float) -> list[Point]:
    """Move the control polygon of one contour to its left, where the ink of a CFF contour lies."""
    result = []
    for index, (x, y) in enumerate(points):
        (px, py), (nx, ny) = other(points, index, -1), other(points, index, 1)
        first, second = math.hypot(x - px, y - py), math.hypot(nx - x, ny - y)
        if not first or not second:
            return list(points)
        ax, ay, bx, by = (py - y) / first, (x - px) / first, (y - ny) / second, (nx - x) / second
        share = distance / max(1.0 + ax * bx + ay * by, 1.0 / MITRE_LIMIT)
        result.append((x + (ax + bx) * share, y + (ay + by) * share))
    return result


def thinned(segments: Sequence[Segment], distance: float) -> list[Segment]:
    """Return a glyph's drawing with each contour moved inward; the structure of the drawing stays as it is."""
    result: list[Segment] = []
    start = 0
    for end, (operator, _) in enumerate(segments):
        if operator != "closePath":
            continue
        contour = segments[start:end]
        points = iter(moved_inward([point for _, places in contour for point in places], distance))
        result += [(name, tuple(next(points) for _ in places)) for name, places in contour]
        result.append(("closePath", ()))
        start = end + 1
    return result


def thin(font: TTFont, distance: float) -> None:
    """Redraw every glyph with its edges moved inward; advance widths stay."""
    top = font["CFF "].cff.topDictIndex[0]
    glyphs = font.getGlyphSet()
    for name in font.getGlyphOrder():
        recording = RecordingPen()
        glyphs[name].draw(recording)
        pen = T2CharStringPen(glyphs[name].width, glyphs)
        for operator, places in thinned(recording.value, distance):
            getattr(pen, operator)(*places)
        old = top.CharStrings[name]
        new = pen.getCharString(old.private, old.globalSubrs)
        new.fdSelectIndex = getattr(old, "fdSelectIndex", None)
        top.CharStrings[name] = new


def rename(font: TTFont, face: Face) -> None:
    """Give the file a family of its own in which Qt finds 600 as the bold of 400; the licence stays inside."""
    names = font["name"]
    copyright_line = names.getDebugName(0) or ""
    version = names.getDebugName(5) or ""
    postscript = f"{FAMILY.replace(' ', '')}-{face.style}"
    names.names = []
    words = {
        0: copyright_line,
        1: FAMILY,
        2: face.linked_style,
        3: f"{postscript};{version}",
        4: f"{FAMILY} {face.style}",
        5: version,
        6: postscript,
        13: LICENCE,
    }
    for number, text in words.items():
        names.setName(text, number, 3, 1, 0x409)
    bold = face.linked_style == "Bold"
    font["OS/2"].usWeightClass = face.weight
    font["OS/2"].fsSelection = 0x20 if bold else 0x40
    font["head"].macStyle = 1 if bold else 0
    table = font["CFF "].cff
    table.fontNames = [postscript]
    top = table.topDictIndex[0]
    top.FamilyName, top.FullName, top.Weight = FAMILY, f"{FAMILY} {face.style}", face.style


def make(face: Face, source: Path, into: Path) -> Path:
    """Make one file; it appears under its name only when it is whole."""
    font = open_face(source / face.source)
    cut(font)
    if face.inset:
        thin(font, face.inset)
    rename(font, face)
    target = into / f"{FAMILY.replace(' ', '')}-{face.style}.otf"
    part = target.with_suffix(".part")
    font.save(part)
    part.replace(target)
    return target


def main() -> None:
    """Make both files side by side, one process each."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("into", type=Path, help="folder for the two files")
    parser.add_argument("--source", type=Path, default=SOURCE_FOLDER, help="folder of the NotoSansCJK collections")
    words = parser.parse_args()
    missing = [str(words.source / face.source) for face in FACES if not (words.source / face.source).is_file()]
    if missing:
        parser.exit(3, f"not found: {', '.join(missing)}; the package fonts-noto-cjk brings them\n")
    words.into.mkdir(parents=True, exist_ok=True)
    with ProcessPoolExecutor(len(FACES)) as pool:
        for target in [pool.submit(make, face, words.source, words.into) for face in FACES]:
            print(target.result())


if __name__ == "__main__":
    main()
