"""The four shapes a candidate's screen can take; they follow the width for the scale of the type, not the display."""

from enum import Enum

from kiosk.ui.theme.look import Look
from kiosk.ui.theme.measures import WIDE

_LARGEST_WITH_RAIL = 130
_FOLDED = 700
_TWO_COLUMNS = 950


class Shape(Enum):
    """Wide with a rail, small with a rail, large type with a strip, and everything in one column."""

    WIDE = "wide"
    SMALL = "small"
    STRIP = "strip"
    FOLDED = "folded"

    @property
    def has_rail(self) -> bool:
        """Tell whether the palette stands beside the item."""
        return self in {Shape.WIDE, Shape.SMALL}


def shape_of(look: Look, width: int) -> Shape:
    """The shape for a width in pixels."""
    room = look.room(width)
    if room < _FOLDED:
        return Shape.FOLDED
    if look.scale > _LARGEST_WITH_RAIL:
        return Shape.STRIP
    return Shape.WIDE if room >= WIDE else Shape.SMALL


def page_shape_of(look: Look, width: int) -> Shape:
    """The shape of a page with two cards, which need more room than an item beside its numbers."""
    shape = shape_of(look, width)
    return Shape.STRIP if shape is Shape.SMALL and look.room(width) < _TWO_COLUMNS else shape
