import pytest
from hypothesis import given
from hypothesis import strategies as st

from umbel.core.palette import (
    GROUND,
    LEAST,
    SURFACE,
    UnreadablePrimary,
    checked_primary,
    contrast,
    dark_colours,
    light_colours,
    nearest_readable,
    print_palette,
    readable,
    to_hex,
    to_oklch,
)

COLOURS = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")
DRAWN_BY_HAND = {
    "deep": "#0E3441",
    "primary": "#14495C",
    "soft": "#EAEFF1",
    "accent": "#E3A21A",
    "accent_light": "#F0B73A",
    "accent_ink": "#854600",
    "amber_soft": "#FCECD8",
    "s1": "#DFEBEF",
    "s2": "#B0CFDA",
    "s3": "#79ABBF",
    "s4": "#3F819A",
    "s5": "#14495C",
    "cover_line": "#5E8B9B",
    "cover_label": "#B4CFD8",
}


@pytest.mark.parametrize(
    ("colour", "ground", "ratio"),
    [
        ("#1a2322", "#ffffff", 16.1),
        ("#e9ecea", "#172024", 13.9),
        ("#48524f", "#ffffff", 8.1),
        ("#5d6764", "#eeeeea", 5.0),
        ("#14495c", "#ffffff", 9.8),
        ("#8fcbe0", "#172024", 9.3),
        ("#14495c", "#f6f6f3", 9.1),
        ("#08222c", "#8fcbe0", 9.2),
        ("#e3a21a", "#ffffff", 2.2),
        ("#f0b73a", "#172024", 9.1),
        ("#1a663c", "#e4f1e8", 6.0),
        ("#854600", "#fcecd8", 6.3),
        ("#a3261c", "#fae7e4", 6.2),
        ("#1d568f", "#e5eef8", 6.4),
        ("#85897f", "#ffffff", 3.6),
    ],
)
def test_contrast_is_that_of_the_design(colour, ground, ratio):
    assert round(contrast(colour, ground), 1) == ratio
    assert contrast(colour, ground) == contrast(ground, colour)


def test_contrast_runs_from_one_to_twenty_one():
    assert (contrast("#777777", "#777777"), contrast("#000000", "#ffffff")) == (1, 21)


@given(colour=COLOURS)
def test_oklch_there_and_back_is_the_same_colour(colour):
    assert to_hex(to_oklch(colour)) == colour


@pytest.mark.parametrize("key", DRAWN_BY_HAND)
def test_print_palette_gives_the_colours_drawn_by_hand(key):
    palette = print_palette("#14495C", "#E3A21A")

    apart = max(abs(int(palette[key][i : i + 2], 16) - int(DRAWN_BY_HAND[key][i : i + 2], 16)) for i in (1, 3, 5))
    assert apart <= 2


def test_print_palette_has_the_keys_of_the_template():
    palette = print_palette("#14495C", "#E3A21A")

    assert set(palette) - set(DRAWN_BY_HAND) == {
        "ink",
        "muted",
        "quiet",
        "rule",
        "rule2",
        "paper",
        "tint1",
        "tint2",
        "ok",
        "ok_soft",
        "warn",
        "warn_soft",
        "none",
        "sea",
        "land",
        "families",
        "families_on_dark",
    }


@given(primary=COLOURS, accent=COLOURS)
def test_print_palette_can_be_read_whatever_the_two_colours(primary, accent):
    palette = print_palette(nearest_readable(primary), accent)

    assert contrast(palette["primary"], palette["paper"]) >= LEAST
    assert contrast(palette["cover_label"], palette["deep"]) >= LEAST
    assert contrast(palette["accent_ink"], palette["amber_soft"]) >= LEAST
    assert contrast(palette["accent_ink"], palette["paper"]) >= LEAST


@given(primary=COLOURS)
def test_nearest_primary_passes_and_stays_where_it_can(primary):
    nearest = nearest_readable(primary)

    assert min(contrast(nearest, SURFACE), contrast(nearest, GROUND)) >= LEAST
    assert (nearest == primary) == (readable(primary) >= LEAST)


def test_nearest_primary_is_no_darker_than_it_must_be():
    assert 4.5 <= readable(nearest_readable("#e3a21a")) < 4.6


def test_pale_primary_is_refused_with_the_nearest_that_passes():
    with pytest.raises(UnreadablePrimary) as refusal:
        checked_primary("#8FCBE0")

    assert refusal.value.nearest == nearest_readable("#8fcbe0")
    assert str(refusal.value).startswith("#8FCBE0 has a contrast of 1.6:1; text needs 4.5:1.")


@pytest.mark.parametrize("text", ["", "14495c", "#14495", "#14495g", "red", "#14495c80"])
def test_what_is_no_colour_is_refused(text):
    with pytest.raises(ValueError, match="is not a colour"):
        checked_primary(text)


def test_light_scheme_takes_the_colours_as_they_are():
    own = light_colours("#14495C", "#E3A21A")

    assert (own.primary, own.on_primary, own.accent) == ("#14495c", "#ffffff", "#e3a21a")


@given(primary=COLOURS, accent=COLOURS)
def test_dark_scheme_keeps_the_hue_and_can_be_read(primary, accent):
    own = dark_colours(primary, accent)

    assert 0.775 <= to_oklch(own.primary).lightness <= 0.845
    assert contrast(own.primary, "#172024") >= LEAST
    assert contrast(own.primary, own.on_primary) >= LEAST
    assert contrast(own.accent, "#172024") >= LEAST
