"""One value that says how the screens are drawn now: theme, type scale, language, motion, narrow or wide.

Rules kept: every size passes through `px` (type and what belongs to it: times the scale) or `space` (distances: 40
% of that growth); borders and radii never grow. Sizes are pixels, never points.
"""

from dataclasses import dataclass, replace
from typing import Self

from kiosk.ui.i18n.language import Language
from kiosk.ui.theme.measures import SCALES, WIDE, Role
from kiosk.ui.theme.tokens import COLOURS, Theme, Token


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """How everything is drawn; a change of any field is a new Look, given to `widgets.restyle`."""

    theme: Theme = Theme.LIGHT
    scale: int = 100
    language: Language = Language.ZH
    reduce_motion: bool = False
    narrow: bool = False

    def __post_init__(self) -> None:
        if not SCALES[0] <= self.scale <= SCALES[-1]:
            raise ValueError("a scale outside the steps", self.scale)

    def px(self, size: float) -> int:
        """Pixels of type, or of a part that grows with type, from its size at 100 %."""
        return round(size * self.scale / 100)

    def space(self, size: float) -> int:
        """Pixels of a distance from its size at 100 %: 200 % type stands in 140 % space."""
        return round(size * (1 + 0.4 * (self.scale / 100 - 1)))

    def size(self, role: Role) -> int:
        """Pixel size of a role's type now."""
        return self.px(role.value.narrow if self.narrow else role.value.size)

    def line(self, role: Role) -> int:
        """Height of a line of a role's type now."""
        return round(self.size(role) * role.value.leading)

    def hex(self, token: Token) -> str:
        """The colour of a token as "#RRGGBB"."""
        return COLOURS[self.theme][token]

    @property
    def still(self) -> bool:
        """True where nothing may move: motion reduced, or high contrast."""
        return self.reduce_motion or self.theme is Theme.CONTRAST

    def room(self, width: int) -> float:
        """A window's width in pixels of the 100 % scale: what layouts decide by."""
        return width * 100 / self.scale

    def fitted(self, width: int) -> Self:
        """This look for a window of `width` pixels: narrow type where the room is small."""
        return replace(self, narrow=self.room(width) < WIDE)

    def larger(self) -> Self:
        """The next step of the type scale, or the same at its end."""
        return replace(self, scale=min((step for step in SCALES if step > self.scale), default=self.scale))

    def smaller(self) -> Self:
        """The step before, or the same at the beginning."""
        return replace(self, scale=max((step for step in SCALES if step < self.scale), default=self.scale))

    def next_theme(self) -> Self:
        """Light, dark, high contrast, and round again."""
        themes = tuple(Theme)
        return replace(self, theme=themes[(themes.index(self.theme) + 1) % len(themes)])
