"""The colours of tokens.css, read from it, with the contrasts that they have to keep."""

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from umbel.core.palette import contrast

HEX = r"#[0-9a-fA-F]{6}"
TOKEN = re.compile(rf"--([a-z0-9-]+):\s*(?:light-dark\(({HEX}),\s*({HEX})\)|({HEX}))\s*;")
TEXT, MARK = 4.5, 3.0
GROUNDS = {
    "ink": "surface", "ink-2": "surface", "ink-3": "sunken", "own-primary": "bg", "own-on-primary": "own-primary",
    "ok": "ok-soft", "warn": "warn-soft", "danger": "danger-soft", "info": "info-soft", "on-danger": "danger-solid",
    "line-strong": "bg", "focus": "bg",
} | {f"c{number}": "surface" for number in range(1, 9)}  # fmt: skip
"""Which ground a colour stands on, where that is promised."""
MARKS = {"line-strong", "focus"} | {f"c{number}" for number in range(1, 9)}
"""Colours of lines and marks, which need 3:1 (WCAG 2.2, success criterion 1.4.11); the others are text."""


@dataclass(frozen=True)
class Colour:
    """A token with its value in both schemes, its ground and the contrast on it in both."""

    name: str
    light: str
    dark: str
    ground: str = ""
    contrasts: tuple[float, float] | None = None

    @property
    def least(self) -> float:
        """The contrast that the token has to keep."""
        return MARK if self.name in MARKS else TEXT

    @property
    def paint(self) -> str:
        """The token as a value of CSS."""
        return f"var(--{self.name})"

    @property
    def told(self) -> str:
        """Its contrast in both schemes: "9.8 / 9.3"."""
        return " / ".join(f"{value:.1f}" for value in self.contrasts or ())


@cache
def colours() -> tuple[Colour, ...]:
    """Return the colours of tokens.css in the order in which they stand there."""
    sheet = files("umbel.core").joinpath("static/ui/tokens.css").read_text(encoding="utf-8")
    screen = sheet.partition("@media print")[0]
    pairs = {name: (light or one, dark or one) for name, light, dark, one in TOKEN.findall(screen)}
    return tuple(_colour(name, pairs) for name in pairs)


def _colour(name: str, pairs: dict[str, tuple[str, str]]) -> Colour:
    light, dark = pairs[name]
    ground = GROUNDS.get(name, "")
    if ground not in pairs:
        return Colour(name, light, dark)
    below = pairs[ground]
    return Colour(name, light, dark, ground, (contrast(light, below[0]), contrast(dark, below[1])))
