"""How many groups of six figures stand beside each other in a width."""

from collections.abc import Sequence

from kiosk.ui.theme.look import Look
from kiosk.ui.theme.measures import Role

_PLACES = 6 * 0.98 + 0.6
_SIDE = 10
_GAP = 24


def group_width(look: Look) -> int:
    """The narrowest a group can be drawn, in pixels."""
    return round(look.size(Role.FIGURES) * _PLACES) + 2 * look.space(_SIDE)


def columns_width(look: Look, columns: int) -> int:
    """The narrowest that so many groups beside each other can be."""
    return columns * group_width(look) + (columns - 1) * look.space(_GAP)


def fitting_columns(look: Look, width: int, wanted: Sequence[int]) -> int:
    """The first number of columns that fits; the last one where none does."""
    return next((columns for columns in wanted if columns_width(look, columns) <= width), wanted[-1])
