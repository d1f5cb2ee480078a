"""Two palettes for one writer: the screen's classes, which follow light and dark, and print's colours."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

FONT = "Inter"
SCREEN_UNIT = 4.0  # pixels of the view box for a millimetre in print: 2.75 mm text becomes the 11 px of .chart

FILLS = {
    "advocacy": "f1",
    "projects": "f2",
    "communication": "f3",
    "network": "f4",
    "events": "f5",
    "other": "f8",
    "s1": "q1",
    "s2": "q2",
    "s3": "q3",
    "s4": "q4",
    "s5": "q5",
    "land": "q0",
    "none": "q0",
    "sea": "t-surface",
    "primary": "t-primary",
    "accent": "t-accent",
    "deep": "t-ink",
    "soft": "t-primary-soft",
    "paper": "t-surface",
}
STROKES = {
    "ray": "s-ray",
    "ink": "s-ink",
    "primary": "s-primary",
    "paper": "s-surface",
    "base": "base",
    "hatch": "hatch",
    "series": "l1",
}
TEXTS = {  # role: class on the screen, colour in print, bold
    "strong": ("lbl", "ink", True),
    "ink": ("ink", "ink", False),
    "muted": ("", "muted", False),
    "label": ("", "label", False),
    "on-deep": ("on-deep", "paper", True),
    "on-primary": ("on-primary", "paper", True),
    "on-primary-plain": ("on-primary", "paper", False),
}
ON_DEEP = {
    "ray": "cover_line",
    "label": "cover_label",
    "muted": "cover_label",
    "accent": "accent_light",
    "gap": "cover_line",
}
ON_PAPER = {
    "ray": "primary",
    "label": "muted",
    "base": "ink",
    "hatch": "s2",
    "gap": "rule2",
    "other": "quiet",
    "series": "primary",
}


class Palette(Protocol):
    """Turns the role of a mark into attributes; `unit` is a printed millimetre in the view box."""

    @property
    def unit(self) -> float: ...
    @property
    def screen(self) -> bool: ...
    def fill(self, role: str) -> Mapping[str, str]: ...
    def stroke(self, role: str) -> Mapping[str, str]: ...
    def edge(self, role: str, width: float) -> Mapping[str, str]: ...
    def gap(self, width: float) -> Mapping[str, str]: ...
    def text(self, role: str) -> Mapping[str, str]: ...


@dataclass(frozen=True, slots=True)
class ScreenPalette:
    """Classes of components.css, no colour and no style attribute."""

    unit: float = SCREEN_UNIT
    screen: bool = True

    def fill(self, role: str) -> Mapping[str, str]:
        """Class that fills; an unknown family gets the neutral chart colour."""
        return {"class": FILLS.get(role, FILLS["other"])}

    def stroke(self, role: str) -> Mapping[str, str]:
        """Class that draws a line and does not fill."""
        return {"class": STROKES[role], "fill": "none"}

    def edge(self, role: str, width: float) -> Mapping[str, str]:
        """Outline, `width` mm, of a mark that has a fill of its own."""
        return {"class": STROKES[role], "stroke-width": f"{width * self.unit:.4g}"}

    def gap(self, width: float) -> Mapping[str, str]:
        """Dotted outline of what has no data."""
        return {"class": "nodata", "stroke-width": f"{width * self.unit:.4g}"}

    def text(self, role: str) -> Mapping[str, str]:
        """Class and weight of a text; .chart text has the secondary colour, .lbl its own weight."""
        css, _, bold = TEXTS[role]
        weight = {"font-weight": "600"} if bold and css != "lbl" else {}
        return ({"class": css} if css else {}) | weight


@dataclass(frozen=True, slots=True)
class PrintPalette:
    """Hex colours from `umbel.core.palette.print_palette`; `on_deep` for the dark ground of the covers."""

    colours: Mapping[str, str | Mapping[str, str]]
    on_deep: bool = False
    unit: float = 1.0
    screen: bool = False

    def colour(self, role: str) -> str:
        """Hex value of a role; on the deep ground lines, labels and families have lighter values."""
        families = self.colours["families_on_dark" if self.on_deep else "families"]
        names = ON_PAPER | ON_DEEP if self.on_deep else ON_PAPER
        own = families.get(role) if isinstance(families, Mapping) else None
        value = own or self.colours.get(names.get(role, role)) or self.colours["quiet"]
        if not isinstance(value, str):
            raise TypeError(f"{role} is a group of colours, not a colour")
        return value

    def fill(self, role: str) -> Mapping[str, str]:
        """Fill of a role."""
        return {"fill": self.colour(role)}

    def stroke(self, role: str) -> Mapping[str, str]:
        """Line of a role, unfilled."""
        return {"fill": "none", "stroke": self.colour(role)}

    def edge(self, role: str, width: float) -> Mapping[str, str]:
        """Outline, `width` mm, of a mark that has a fill of its own."""
        return {"stroke": self.colour(role), "stroke-width": f"{width * self.unit:.4g}"}

    def gap(self, width: float) -> Mapping[str, str]:
        """Dotted outline of what has no data."""
        return {
            **self.stroke("gap"),
            "stroke-width": f"{width * self.unit:.4g}",
            "stroke-dasharray": "0.5 0.5",
        }

    def text(self, role: str) -> Mapping[str, str]:
        """Typeface, colour and weight of a text."""
        _, colour, bold = TEXTS[role]
        return {"font-family": FONT, "fill": self.colour(colour)} | ({"font-weight": "600"} if bold else {})
