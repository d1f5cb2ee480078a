"""A line as high as a word: where a value came from in the years before."""

from collections.abc import Sequence

from .columns import Point
from .drawing import Caption, Drawing, finish
from .marks import Pen, nothing
from .palette import Palette

HEADS = ("Year", "Value")
WIDTH, HEIGHT, EDGE = 22.0, 6.0, 0.75  # mm; 88 x 24 on the screen


def spark(values: Sequence[Point], *, caption: Caption, palette: Palette) -> Drawing:
    """A line through the values with a dot on the last one; it breaks where there is no data.

    The scale runs from the least to the greatest value, not from zero: it shows a course, not a size.
    """
    known = [point.value for point in values if point.value is not None]
    if not known:
        return nothing(WIDTH, HEIGHT, caption, palette, HEADS)
    pen, low, span = Pen(palette), min(known), max(known) - min(known)
    step = (WIDTH - 2 * EDGE) / max(len(values) - 1, 1)
    points: list[str | float] = []
    x, y, broken = 0.0, 0.0, True
    for index, point in enumerate(values):
        if point.value is None:
            broken = True
            continue
        x = EDGE + index * step
        share = (point.value - low) / span if span else 0.5
        y = HEIGHT - EDGE - share * (HEIGHT - 2 * EDGE)
        points += ["M", x, y, "L", x, y] if broken else ["L", x, y]  # a lone year is a point
        broken = False
    body = pen.line("series", 0.375, *points, round_ends=True) + pen.circle(
        x, y, 0.625, palette.fill("advocacy" if palette.screen else "primary")
    )
    rows = [(point.label, point.value) for point in values]
    unit = palette.unit
    return finish(
        body,
        width=WIDTH * unit,
        height=HEIGHT * unit,
        caption=caption,
        columns=HEADS,
        rows=rows,
        root={"class": "spark"},
    )
