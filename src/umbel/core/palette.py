"""A confederation's two colours and what follows from them: contrast, the dark pair, the palette of print.

Colours are "#rrggbb". Lightness, chroma and hue are OKLCH (B. Ottosson, 2020), contrast is WCAG 2.2.
"""

import re
from dataclasses import astuple, dataclass
from math import atan2, cbrt, cos, degrees, hypot, radians, sin

SURFACE, GROUND = "#ffffff", "#f6f6f3"
LEAST = 4.5  # WCAG 2.2, success criterion 1.4.3: text
DARK_LIGHTNESS = (0.78, 0.84)

Rgb = tuple[float, float, float]
PrintColours = dict[str, str | dict[str, str]]

# Not the confederation's to change: neutrals, status, families
FIXED: dict[str, str] = {
    "ink": "#1A2322",
    "muted": "#48524F",
    "quiet": "#5D6764",
    "rule": "#DDDCD5",
    "rule2": "#85897F",
    "paper": "#FFFFFF",
    "tint1": "#F6F6F3",
    "tint2": "#EEEEEA",
    "ok": "#1A663C",
    "ok_soft": "#E4F1E8",
    "warn": "#854600",
    "warn_soft": "#FCECD8",
    "none": "#F3F3EF",
    "sea": "#F6F6F3",
    "land": "#E2E2DB",
}
FAMILIES = {
    "advocacy": "#0D525B",
    "events": "#842619",
    "network": "#24A868",
    "communication": "#511281",
    "projects": "#A95806",
}
FAMILIES_ON_DARK = {
    "advocacy": "#40B5FE",
    "events": "#EA6F2D",
    "network": "#61A183",
    "communication": "#B85BBB",
    "projects": "#EAB940",
}


@dataclass(frozen=True, slots=True)
class Oklch:
    """Lightness 0 to 1, chroma 0 to about 0.37, hue in degrees."""

    lightness: float
    chroma: float
    hue: float


@dataclass(frozen=True, slots=True)
class OwnColours:
    """The three values that the settings write into the screen's tokens, for one scheme."""

    primary: str
    on_primary: str
    accent: str


class UnreadablePrimary(ValueError):
    """A primary colour that text cannot have. `nearest` passes; `ratio` is the lower of the two contrasts."""

    def __init__(self, primary: str, ratio: float, nearest: str) -> None:
        self.primary, self.ratio, self.nearest = primary, ratio, nearest
        super().__init__(f"{primary} has a contrast of {ratio:.1f}:1; text needs {LEAST}:1. Nearest: {nearest}.")


def parsed(colour: str) -> Rgb:
    """Red, green, blue from 0 to 1 of "#14495C". Raises ValueError for anything but # and six digits."""
    if not re.fullmatch(r"#[0-9a-fA-F]{6}", colour):
        raise ValueError(f"{colour!r} is not a colour like #14495c")
    red, green, blue = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    return red, green, blue


def _linear(value: float) -> float:
    return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4


def luminance(colour: str) -> float:
    """Relative luminance, 0 to 1 (WCAG 2.2)."""
    red, green, blue = (_linear(value) for value in parsed(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Contrast ratio, 1 to 21 (WCAG 2.2); the order does not matter."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def to_oklch(colour: str) -> Oklch:
    """OKLCH of a hex colour."""
    r, g, b = (_linear(value) for value in parsed(colour))
    long = cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b)
    medium = cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b)
    small = cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b)
    a = 1.9779984951 * long - 2.4285922050 * medium + 0.4505937099 * small
    bb = 0.0259040371 * long + 0.7827717662 * medium - 0.8086757660 * small
    lightness = 0.2104542553 * long + 0.7936177850 * medium - 0.0040720468 * small
    return Oklch(lightness, hypot(a, bb), degrees(atan2(bb, a)) % 360)


def to_hex(colour: Oklch) -> str:
    """Hex of an OKLCH colour; chroma gives way where the screen cannot show it, lightness and hue stay."""
    low, high = 0.0, colour.chroma
    if _shown(rgb := _rgb(colour)):
        return _hex(rgb)
    for _ in range(24):
        middle = (low + high) / 2
        low, high = (middle, high) if _shown(_rgb(Oklch(colour.lightness, middle, colour.hue))) else (low, middle)
    return _hex(_rgb(Oklch(colour.lightness, low, colour.hue)))


def _rgb(colour: Oklch) -> Rgb:
    a, b = colour.chroma * cos(radians(colour.hue)), colour.chroma * sin(radians(colour.hue))
    long = (colour.lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    medium = (colour.lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    small = (colour.lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    return (
        _gamma(4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * small),
        _gamma(-1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * small),
        _gamma(-0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * small),
    )


def _gamma(value: float) -> float:
    return 12.92 * value if value <= 0.0031308 else 1.055 * value ** (1 / 2.4) - 0.055


def _shown(rgb: Rgb) -> bool:
    return all(-0.002 <= value <= 1.002 for value in rgb)


def _hex(rgb: Rgb) -> str:
    return "#" + "".join(f"{round(min(max(value, 0), 1) * 255):02x}" for value in rgb)


def readable(primary: str) -> float:
    """The lower of the primary's two contrasts as text: on the surface and on the ground of a page."""
    return min(contrast(primary, SURFACE), contrast(primary, GROUND))


def nearest_readable(primary: str) -> str:
    """`primary` itself where text can have it, else the same hue, darkened as little as it takes."""
    if readable(primary) >= LEAST:
        return primary.lower()
    colour = to_oklch(primary)
    dark, light, best = 0.0, colour.lightness, "#000000"
    for _ in range(24):
        middle = (dark + light) / 2
        found = to_hex(Oklch(middle, colour.chroma, colour.hue))
        if readable(found) >= LEAST:
            dark, best = middle, found
        else:
            light = middle
    return best


def checked_primary(primary: str) -> str:
    """`primary` in lower case.

    Raises UnreadablePrimary under 4.5:1 on white or on the ground of a page, ValueError for no colour.
    """
    if readable(primary) < LEAST:
        raise UnreadablePrimary(primary, readable(primary), nearest_readable(primary))
    return primary.lower()


def light_colours(primary: str, accent: str) -> OwnColours:
    """The tokens of the light scheme: the two colours as they are."""
    return OwnColours(checked_primary(primary), SURFACE, "#" + accent.removeprefix("#").lower())


def dark_colours(primary: str, accent: str) -> OwnColours:
    """Proposal for the dark scheme: same hues, lightness between 78 and 84 %."""
    colour = to_oklch(primary)
    own = to_hex(Oklch(sum(DARK_LIGHTNESS) / 2, min(colour.chroma * 1.085, 0.14), colour.hue))
    on_own = to_hex(Oklch(0.237, min(colour.chroma * 0.585, 0.06), colour.hue))
    return OwnColours(own, on_own, _accent_light(to_oklch(accent), None))


# key: share of the way from the primary's lightness to white, share of its chroma, turn of its hue. Measured
# on the palette drawn by hand for #14495c, so that another primary gets the same steps.
STEPS = {
    "soft": (0.918, 0.096, -2.8),
    "s1": (0.891, 0.222, -6.6),
    "s2": (0.734, 0.582, -5.0),
    "s3": (0.537, 0.963, -1.5),
    "s4": (0.307, 1.230, -0.8),
    "cover_line": (0.371, 0.871, -4.0),
    "cover_label": (0.737, 0.504, -6.4),
}
OWN = ("primary", "on-primary", "accent")
DEEPEST = 0.34  # lightness that the cover never exceeds: its labels need the contrast


def style_sheet(primary: str, accent: str) -> str:
    """Return the CSS that sets the confederation's own two colours, light and dark; see tokens.css.

    A primary that cannot be read on the page is darkened. Raises ValueError for what is no colour.
    """
    readable_one = nearest_readable(primary)
    pairs = zip(astuple(light_colours(readable_one, accent)), astuple(dark_colours(readable_one, accent)), strict=True)
    tokens = (f"--own-{name}: light-dark({light}, {dark});" for name, (light, dark) in zip(OWN, pairs, strict=True))
    return f":root {{ {' '.join(tokens)} }}\n"


def print_palette(primary: str, accent: str) -> PrintColours:
    """The colours of the printed report, by name, with "families" and "families_on_dark" nested.

    Raises UnreadablePrimary or ValueError as `checked_primary` does.
    """
    own, second = to_oklch(checked_primary(primary)), to_oklch(accent)
    colours = dict(FIXED)
    for key, (way, chroma, turn) in STEPS.items():
        lightness = own.lightness + way * (1 - own.lightness)
        colours[key] = to_hex(Oklch(lightness, own.chroma * chroma, own.hue + turn))
    colours["primary"] = colours["s5"] = primary
    colours["deep"] = to_hex(Oklch(min(own.lightness * 0.802, DEEPEST), own.chroma * 0.762, own.hue - 1.7))
    colours["accent"] = accent
    colours["accent_light"] = _accent_light(second, primary)
    colours["amber_soft"] = to_hex(Oklch(0.951, second.chroma * 0.208, second.hue - 5.1))
    colours["accent_ink"] = _accent_ink(second, colours["amber_soft"])
    return {key: value.upper() for key, value in colours.items()} | {
        "families": dict(FAMILIES),
        "families_on_dark": dict(FAMILIES_ON_DARK),
    }


def _accent_light(accent: Oklch, ground: str | None) -> str:
    """The accent a little lighter, as text on `ground`: lighter still until it can be read there."""
    lightness = max(accent.lightness + 0.056, DARK_LIGHTNESS[0])
    while True:
        found = to_hex(Oklch(lightness, accent.chroma * 0.98, accent.hue + 4.1))
        if lightness >= 1 or ground is None or contrast(found, ground) >= LEAST:
            return found
        lightness = min(1.0, lightness + 0.02)


def _accent_ink(accent: Oklch, ground: str) -> str:
    """The accent dark enough for text on `ground`; a yellow turns brown, or it would look olive."""
    turn = -20.5 if 60 <= accent.hue <= 110 else 0.0
    lightness = 0.463
    while True:
        found = to_hex(Oklch(lightness, accent.chroma * 0.728, accent.hue + turn))
        if contrast(found, ground) >= LEAST:
            return found
        lightness -= 0.02
