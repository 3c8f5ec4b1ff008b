"""Sizes of type, shapes and targets at 100 %, in pixels, as the look's tables give them.

Type has a second, smaller size for windows that are narrow for their scale (1024 x 768, or 1920 wide at 200 %).
"""

from dataclasses import dataclass
from enum import Enum


@dataclass(frozen=True, slots=True)
class Type:
    """One kind of type: pixels at 100 %, pixels in a narrow window, weight 600 or not, line height as a factor."""

    size: int
    narrow: int
    bold: bool
    leading: float


class Role(Enum):
    """What a text is for; its type follows."""

    SEAT = Type(144, 112, True, 1.0)
    DISPLAY = Type(52, 36, True, 1.25)
    TITLE = Type(36, 28, True, 1.3)
    HEADING = Type(24, 22, True, 1.3)
    CARD = Type(21, 19, True, 1.3)
    RAIL = Type(20, 16, True, 1.3)
    STEM = Type(24, 19, False, 1.6)
    OPTION = Type(22, 17, False, 1.45)
    LEAD = Type(20, 17, False, 1.5)
    BODY = Type(18, 16, False, 1.55)
    STRONG = Type(18, 16, True, 1.5)
    TABLE = Type(17, 15, False, 1.5)
    LABEL = Type(16, 14, False, 1.4)
    CAPTION = Type(15, 14, False, 1.4)
    TOOL = Type(14, 14, False, 1.4)
    SMALL = Type(13, 13, False, 1.4)
    BUTTON = Type(17, 16, True, 1.3)
    FIGURES = Type(28, 24, True, 1.2)
    FACT = Type(30, 24, True, 1.2)
    COUNT = Type(40, 30, True, 1.2)


SPACE = (4, 8, 12, 16, 24, 32, 44, 64, 120)
"""The only distances, before they grow with the scale."""

SCALES = (100, 125, 150, 200, 250, 300)
"""Percent of the type size that a person can choose."""

MINIMUM_TARGET = 24
"""No side of anything pressable is smaller, at any scale."""

WIDE = 1400
"""A window at least this wide, divided by its scale, has the large type and the rail."""

RADIUS_CELL = 4
RADIUS_CONTROL = 6
RADIUS_ROW = 8
RADIUS_CARD = 10
BORDER_CARD = 1.0
BORDER_CONTROL = 1.5
BORDER_SELECTED = 2.5
FOCUS_GAP = 2
FOCUS_WIDTH = 3
REVEAL_MS = 120
"""How long a panel or banner takes to open where motion is allowed."""
