"""Marks shared by several drawings, in millimetres of final size and one palette."""

from dataclasses import dataclass
from html import escape

from .drawing import Attributes, Caption, Drawing, el, finish, path
from .palette import Palette

TEXT = 2.75  # mm; nothing in print is set smaller than 2.65


@dataclass(frozen=True, slots=True)
class Pen:
    """Draws with lengths in printed millimetres and writes them in the palette's unit."""

    palette: Palette

    def text(
        self,
        x: float,
        y: float,
        words: str,
        role: str = "muted",
        *,
        size: float = TEXT,
        anchor: str = "middle",
    ) -> str:
        """A line of text; the regular size is left to the style sheet on the screen."""
        u, extra = self.palette.unit, dict[str, str]()
        if not (self.palette.screen and size == TEXT):
            extra["font-size"] = f"{size * u:.4g}"
        if anchor != "start":
            extra["text-anchor"] = anchor
        return el("text", self.palette.text(role), extra, x=x * u, y=y * u, body=escape(words))

    def rect(self, x: float, y: float, width: float, height: float, *styles: Attributes) -> str:
        """A rectangle."""
        u = self.palette.unit
        return el("rect", *styles, x=x * u, y=y * u, width=width * u, height=height * u)

    def circle(self, x: float, y: float, r: float, *styles: Attributes) -> str:
        """A disc or ring."""
        u = self.palette.unit
        return el("circle", *styles, cx=x * u, cy=y * u, r=r * u)

    def line(
        self, role: str, width: float, *points: str | float, dashed: bool = False, round_ends: bool = False
    ) -> str:
        """A stroke along path data given in millimetres."""
        u = self.palette.unit
        scaled = [point if isinstance(point, str) else point * u for point in points]
        dashes = {"stroke-dasharray": f"{1.2 * u:g} {1.2 * u:g}"} if dashed else {}
        dashes |= {"stroke-linecap": "round"} if round_ends else {}
        return el("path", self.palette.stroke(role), dashes, d=path(*scaled), stroke_width=width * u)


def nothing(width: float, height: float, caption: Caption, palette: Palette, columns: tuple[str, ...]) -> Drawing:
    """The drawing of no data: a dotted outline that says so. Lengths in printed millimetres."""
    pen, u = Pen(palette), palette.unit
    body = pen.rect(0.25, 0.25, width - 0.5, height - 0.5, palette.gap(0.25))
    body += pen.text(width / 2, height / 2 + 1, caption.empty)
    return finish(body, width=width * u, height=height * u, caption=caption, columns=columns, rows=())
