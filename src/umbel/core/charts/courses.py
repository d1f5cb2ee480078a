"""Two courses over the months of a year: how far one is, beside the year before."""

from collections.abc import Sequence
from dataclasses import dataclass

from .drawing import Caption, Drawing, finish
from .marks import Pen, nothing
from .palette import Palette

LEFT, RIGHT, TOP, FOOT = 7.0, 22.0, 3.0, 6.0  # mm kept free for the scale, the labels, the line and the months
STEPS = 4


@dataclass(frozen=True, slots=True)
class Course:
    """A running total by month, as far as it is known; `label` stands at its end."""

    label: str
    totals: tuple[int, ...]


def courses(
    months: Sequence[str],
    now: Course,
    before: Course,
    *,
    caption: Caption,
    palette: Palette,
    width: float = 88,
    height: float = 52,
) -> Drawing:
    """Return two lines from zero over the months, in a frame of `width` x `height` mm; the earlier one is dashed.

    A course may end before the last month. The label of each stands at its end, apart from the other.
    """
    heads = caption.heads or ("Month", now.label, before.label)
    if not any((*now.totals, *before.totals)):
        return nothing(width, height, caption, palette, heads)
    pen, base = Pen(palette), height - FOOT
    top = _rounded_up(max((*now.totals, *before.totals)))
    step, scale = (width - LEFT - RIGHT) / max(len(months) - 1, 1), (base - TOP) / top
    body = "".join(_grid(pen, value, base - value * scale, width) for value in range(0, top + 1, top // STEPS))
    body += "".join(
        pen.text(LEFT + index * step, base + 4.6, month) for index, month in enumerate(months) if index % 2 == 0
    )
    ends = []
    for course, is_now in ((before, False), (now, True)):
        places = [(LEFT + index * step, base - total * scale) for index, total in enumerate(course.totals)]
        points = [part for place in places for part in ("L", *place)]
        if places:
            role = "series" if is_now else "ray"
            body += pen.line(role, 0.5, "M", *points[1:], dashed=not is_now, round_ends=is_now)
            ends.append((places[-1], course, is_now))
    body += _labels(pen, ends, caption)
    rows = [
        (month, *(course.totals[index] if index < len(course.totals) else None for course in (now, before)))
        for index, month in enumerate(months)
    ]
    unit = palette.unit
    return finish(body, width=width * unit, height=height * unit, caption=caption, columns=heads, rows=rows)


def _rounded_up(value: int) -> int:
    """Return the least of 4, 8, 20, 40, 80, 200 … that reaches the value, so that four steps are whole numbers."""
    size = 1
    while True:
        for step in (4, 8, 20):
            if step * size >= value:
                return step * size
        size *= 10


def _grid(pen: Pen, value: int, y: float, width: float) -> str:
    role = "base" if value == 0 else "ray"
    return pen.line(role, 0.2, "M", LEFT, y, "H", width - RIGHT) + pen.text(LEFT - 1.5, y + 1, str(value), anchor="end")


def _labels(pen: Pen, ends: list[tuple[tuple[float, float], Course, bool]], caption: Caption) -> str:
    """Write the label of each course at its end; two that would meet stand one above the other."""
    body = ""
    heights = [y for (_x, y), _course, _is_now in ends]
    for ((x, y), course, is_now), height in zip(ends, _apart(heights), strict=True):
        if is_now:
            body += pen.circle(x, y, 0.9, pen.palette.fill("advocacy"))
        words = f"{course.label} · {caption.number(course.totals[-1])}"
        body += pen.text(x + 2, height + 1, words, "strong" if is_now else "muted", anchor="start")
    return body


def _apart(heights: list[float], least: float = 4.0) -> list[float]:
    if len(heights) < 2 or abs(heights[0] - heights[1]) >= least:
        return heights
    middle, first_is_upper = sum(heights) / 2, heights[0] < heights[1]
    return [middle - least / 2, middle + least / 2] if first_is_upper else [middle + least / 2, middle - least / 2]
