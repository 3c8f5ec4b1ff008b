"""Every theme can be read: ratios are computed from the tokens, not believed."""

import pytest

from kiosk.ui.theme.look import Look
from kiosk.ui.theme.measures import MINIMUM_TARGET, SCALES, Role
from kiosk.ui.theme.tokens import COLOURS, Theme, Token, contrast

TEXT = 4.5
EDGES = 3.0
GROUNDS = (Token.PAGE, Token.SURFACE, Token.SUNKEN)
SOFT = (Token.OK_SOFT, Token.WARN_SOFT, Token.BAD_SOFT, Token.ACCENT_SOFT)

TEXT_PAIRS = [
    *((ink, ground) for ink in (Token.INK, Token.INK2) for ground in GROUNDS),
    *((Token.INK, ground) for ground in SOFT),
    *((state, ground) for state in (Token.OK, Token.WARN, Token.BAD) for ground in (Token.PAGE, Token.SURFACE)),
    (Token.BAD, Token.BAD_SOFT),
    (Token.ON_ACCENT, Token.ACCENT),
    (Token.ACCENT_INK, Token.ACCENT_SOFT),
    (Token.SURFACE, Token.BAD),
    (Token.ON_BAND, Token.BAND),
    (Token.ON_BAND_2, Token.BAND),
]
EDGE_PAIRS = [
    *((edge, ground) for edge in (Token.EDGE, Token.ACCENT, Token.FOCUS) for ground in (Token.PAGE, Token.SURFACE)),
    (Token.ACCENT, Token.ACCENT_SOFT),
    (Token.WARN, Token.WARN_SOFT),
    (Token.OK, Token.OK_SOFT),
]


@pytest.mark.parametrize("theme", list(Theme))
def test_text_can_be_read(theme: Theme) -> None:
    colours = COLOURS[theme]
    low = {(a.value, b.value): contrast(colours[a], colours[b]) for a, b in TEXT_PAIRS}
    assert {pair: ratio for pair, ratio in low.items() if ratio < TEXT} == {}


@pytest.mark.parametrize("theme", list(Theme))
def test_edges_and_rings_can_be_seen(theme: Theme) -> None:
    colours = COLOURS[theme]
    low = {(a.value, b.value): contrast(colours[a], colours[b]) for a, b in EDGE_PAIRS}
    assert {pair: ratio for pair, ratio in low.items() if ratio < EDGES} == {}


def test_the_measure_is_the_one_of_the_guideline() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21.0)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)
    assert contrast("#D3DAD8", "#FFFFFF") < EDGES  # a hairline must not be taken for an edge


def test_every_theme_gives_every_token() -> None:
    assert all(set(colours) == set(Token) for colours in COLOURS.values())


def test_type_grows_with_the_scale_and_space_with_less() -> None:
    large = Look(scale=200)
    assert large.size(Role.STEM) == 2 * Look().size(Role.STEM) == 48
    assert large.space(100) == 140
    assert Look(scale=300).space(10) == 18


def test_layout_follows_width_over_scale() -> None:
    assert not Look().fitted(1920).narrow
    assert not Look(scale=125).fitted(1920).narrow
    assert Look(scale=200).fitted(1920).narrow
    assert Look().fitted(1024).narrow
    assert Look(scale=300).room(1024) < 700


def test_steps_of_the_scale_end_at_both_ends() -> None:
    look, seen = Look(), [100]
    while look.larger() != look:
        look = look.larger()
        seen.append(look.scale)
    assert tuple(seen) == SCALES
    assert look.smaller().scale == 250
    assert Look().smaller() == Look()
    with pytest.raises(ValueError, match="scale"):
        Look(scale=90)


def test_themes_go_round_and_high_contrast_is_still() -> None:
    assert Look().next_theme().next_theme().next_theme() == Look()
    assert Look(theme=Theme.CONTRAST).still
    assert not Look().still


def test_no_target_is_smaller_than_24() -> None:
    assert MINIMUM_TARGET == 24
