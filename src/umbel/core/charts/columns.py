"""Columns from zero: one series, one of its years in full colour."""

from collections.abc import Sequence
from dataclasses import dataclass

from .drawing import Caption, Drawing, finish, text_width
from .marks import TEXT, Pen, nothing
from .palette import Palette

HEADS = ("Year", "Value")
TOP, FOOT = 8.0, 7.0  # mm kept free for the value above and the label below


@dataclass(frozen=True, slots=True)
class Point:
    """One value of a series; None is no data, which is not zero."""

    label: str
    value: float | None


def columns(
    series: Sequence[Point],
    *,
    caption: Caption,
    palette: Palette,
    highlight: str = "",
    width: float = 79,
    height: float = 40,
) -> Drawing:
    """Columns from zero with the value on top and the label below, in a frame of `width` x `height` mm.

    `highlight` is the label of the point in full colour; a point without data is a dotted
    outline with a dash.
    Raises ValueError for a negative value: a column cannot show it honestly.
    """
    if any(point.value is not None and point.value < 0 for point in series):
        raise ValueError("columns start at zero and cannot show a negative value")
    if all(point.value is None for point in series):
        return nothing(width, height, caption, palette, HEADS)
    pen, step, base = Pen(palette), width / len(series), height - FOOT
    bar, biggest = min(step * 0.73, 14.4), max(point.value or 0 for point in series)
    size = _size([_value(point, caption) for point in series], step)
    body = ""
    for index, point in enumerate(series):
        middle, tall = (index + 0.5) * step, (point.value or 0) / (biggest or 1) * (base - TOP)
        now = point.label == highlight
        if point.value is None:
            body += pen.rect(middle - bar / 2, base - 6, bar, 6, palette.gap(0.25))
            tall = 6
        else:
            body += pen.rect(middle - bar / 2, base - tall, bar, tall, palette.fill("s5" if now else "s2"))
        body += pen.text(middle, base - tall - 1.5, _value(point, caption), "strong" if now else "ink", size=size)
        body += pen.text(middle, base + 4.6, point.label, "strong" if now else "muted", size=min(size, TEXT))
    body += pen.line("base", 0.25, "M", 0, base, "H", width)
    rows = [(point.label, point.value) for point in series]
    unit = palette.unit
    return finish(body, width=width * unit, height=height * unit, caption=caption, columns=HEADS, rows=rows)


def _value(point: Point, caption: Caption) -> str:
    return "—" if point.value is None else caption.number(point.value)


def _size(labels: Sequence[str], step: float) -> float:
    """Text size in mm at which the longest value fits its column: 3 where it can be."""
    widest = max(text_width(label, 1.06) for label in labels)
    return min(3.0, (step - 0.6) / widest)
