"""The colours of the three themes, as plain values that a test can measure.

Rules kept: every theme gives every token; text keeps a ratio of 4.5 and edges 3.0 against what they stand on (a
test computes it). QR codes are outside all themes: black on white, always.
"""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType


class Theme(StrEnum):
    """A set of colours a person can choose."""

    LIGHT = "light"
    DARK = "dark"
    CONTRAST = "contrast"


class Token(StrEnum):
    """What a colour is for; no other colour is drawn anywhere."""

    PAGE = "page"
    SURFACE = "surface"
    SUNKEN = "sunken"
    INK = "ink"
    INK2 = "ink2"
    LINE = "line"
    EDGE = "edge"
    ACCENT = "accent"
    ON_ACCENT = "on-accent"
    ACCENT_SOFT = "accent-soft"
    ACCENT_INK = "accent-ink"
    OK = "ok"
    WARN = "warn"
    BAD = "bad"
    OK_SOFT = "ok-soft"
    WARN_SOFT = "warn-soft"
    BAD_SOFT = "bad-soft"
    FOCUS = "focus"
    BAND = "band"
    ON_BAND = "on-band"
    ON_BAND_2 = "on-band-2"


_COLUMNS: Mapping[Token, str] = {
    Token.PAGE: "#F2F4F3 #10171A #000000",
    Token.SURFACE: "#FFFFFF #182125 #000000",
    Token.SUNKEN: "#E9EDEC #0B1113 #000000",
    Token.INK: "#16211F #E6ECEB #FFFFFF",
    Token.INK2: "#4A5856 #A5B3B5 #E4E4E4",
    Token.LINE: "#D3DAD8 #2F3B40 #9A9A9A",
    Token.EDGE: "#71807D #74858A #FFFFFF",
    Token.ACCENT: "#0E5261 #7CC5D6 #5CE1FF",
    Token.ON_ACCENT: "#FFFFFF #06232A #000000",
    Token.ACCENT_SOFT: "#E3EEF0 #17343C #00252E",
    Token.ACCENT_INK: "#0E5261 #8FD2E1 #5CE1FF",
    Token.OK: "#1B6542 #7FCFA4 #62F0A5",
    Token.WARN: "#855100 #EDBE68 #FFD23F",
    Token.BAD: "#A3241B #FF9D90 #FF9A8C",
    Token.OK_SOFT: "#E4F1EA #16302A #000000",
    Token.WARN_SOFT: "#FBF0DB #33290F #000000",
    Token.BAD_SOFT: "#FAE8E5 #3B1D1A #000000",
    Token.FOCUS: "#16211F #FFFFFF #FFE94A",
    Token.BAND: "#0E3F4B #0B3640 #000000",
    Token.ON_BAND: "#FFFFFF #EAF4F5 #FFFFFF",
    Token.ON_BAND_2: "#B9D3D9 #9CC3CB #E4E4E4",
}

COLOURS: Mapping[Theme, Mapping[Token, str]] = MappingProxyType(
    {
        theme: MappingProxyType({token: colours.split()[column] for token, colours in _COLUMNS.items()})
        for column, theme in enumerate(Theme)
    }
)


_LINEAR_BELOW = 0.04045


def luminance(colour: str) -> float:
    """Relative luminance of "#RRGGBB" (WCAG 2.2)."""
    channels = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    linear = [c / 12.92 if c <= _LINEAR_BELOW else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two colours, 1 to 21 (WCAG 2.2)."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)
