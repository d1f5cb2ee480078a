"""The compound umbel: one ray a group, one dot a record, dots fanned at the end of their ray."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from math import asin, atan2, cos, floor, hypot, radians, sin, sqrt

from .drawing import Caption, Drawing, finish
from .marks import Pen, nothing
from .palette import Palette

HEADS = ("Group", "Count")
FIRST_ROW, FAN, DEEPEST, AIR = 8.5, 2.25, 18.0, 0.55  # mm, radians, mm, mm between two dots


@dataclass(frozen=True, slots=True)
class Ray:
    """A group and its records: `dots` holds one role of colour (a family, or "accent") for each record."""

    label: str
    dots: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Form:
    """Where an umbel stands on its page, in mm: root of the rays, reach across and up, foot of the
    stem, radius of a dot.

    span: degrees of the arc. labels: names of the groups beyond their dots.
    """

    width: float
    height: float
    x: float
    y: float
    across: float
    up: float
    span: float
    foot: float
    dot: float
    labels: bool = True


COVER = Form(width=210, height=297, x=105, y=243, across=75, up=116, span=170, foot=300, dot=1.9)
BACK_COVER = Form(width=210, height=140, x=105, y=118, across=72, up=84, span=150, foot=142, dot=1.6, labels=False)


@dataclass(frozen=True, slots=True)
class _Umbellet:
    """The end of a ray: its point, its direction (radians from upwards) and the places of its dots."""

    x: float
    y: float
    bend: tuple[float, float]
    direction: float
    places: tuple[tuple[float, float], ...]


def umbel(rays: Sequence[Ray], *, caption: Caption, palette: Palette, form: Form = COVER) -> Drawing:
    """An umbel with one dot for each record. A group takes arc by the square root of its records.

    Dots shrink together, so that hundreds still fit and each keeps its own place.
    """
    if not any(ray.dots for ray in rays):
        return nothing(form.width, form.height, caption, palette, HEADS)
    dot, ends = _grown(rays, form)
    pen = Pen(palette)
    x, y = form.x, form.y
    lean = ("M", x, y, "C", x, y + 25, x - 3, y + 45, x - 4, form.foot)
    body = pen.line("ray", 1.1, *lean)
    for end in ends:
        body += pen.line("ray", 0.45, "M", x, y, "Q", *end.bend, end.x, end.y)
        twigs = [part for place in end.places for part in ("M", end.x, end.y, "L", *place)]
        body += pen.line("ray", 0.32, *twigs) if twigs else ""
    for ray, end in zip(rays, ends, strict=True):
        body += "".join(
            pen.circle(*place, dot, palette.fill(role)) for role, place in zip(ray.dots, end.places, strict=True)
        )
        body += _label(pen, ray, end, dot, form) if form.labels else ""
    rows = [(ray.label, len(ray.dots)) for ray in rays]
    unit = palette.unit
    return finish(body, width=form.width * unit, height=form.height * unit, caption=caption, columns=HEADS, rows=rows)


def _grown(rays: Sequence[Ray], form: Form) -> tuple[float, list[_Umbellet]]:
    """The largest dot, up to that of the form, at which none is deeper than DEEPEST; the umbellets."""
    dot = form.dot
    while True:
        ends = _ends(rays, form, dot)
        depth = max((hypot(px - end.x, py - end.y) for end in ends for px, py in end.places), default=0)
        if depth <= DEEPEST or dot < 0.3:
            return dot, ends
        dot *= 0.93


def _ends(rays: Sequence[Ray], form: Form, dot: float) -> list[_Umbellet]:
    need = [sqrt(len(ray.dots)) + 1.1 for ray in rays]
    middles = [total - own / 2 for total, own in zip(accumulate(need), need, strict=True)]
    first, length = middles[0], middles[-1] - middles[0]
    ends = []
    for ray, own, middle in zip(rays, need, middles, strict=True):
        angle = radians(form.span) * ((middle - first) / length - 0.5) if length else 0.0
        pace = hypot(form.across * cos(angle), form.up * sin(angle)) + FIRST_ROW  # of the arc, at this angle
        room = radians(form.span) * pace * own / (length or own) * 0.92
        ends.append(_end(len(ray.dots), angle, room, form, dot))
    return ends


def _end(count: int, angle: float, room: float, form: Form, dot: float) -> _Umbellet:
    x, y = form.x + form.across * sin(angle), form.y - form.up * cos(angle)
    # rays leave the stem upwards and bend outwards, as they do in the plant
    bend = form.x + form.across * 0.3 * sin(angle), form.y - form.up * (0.62 * cos(angle) + 0.06)
    direction = atan2(x - bend[0], bend[1] - y)
    places = tuple(
        (x + reach * sin(direction + turn), y - reach * cos(direction + turn)) for turn, reach in _fan(count, room, dot)
    )
    return _Umbellet(x, y, bend, direction, places)


def _fan(count: int, room: float, dot: float) -> list[tuple[float, float]]:
    """(turn from the ray, distance) of `count` dots in `room` mm across: one row, two in zigzag, or many."""
    spacing = 2 * dot + AIR
    open_to = min(FAN, radians(58 + 9 * count), 2 * asin(min(1.0, room / (2 * (FIRST_ROW + dot)))))
    step = open_to / (count - 1) if count > 1 else 0.0
    rows = 1 if step * FIRST_ROW >= spacing or count < 2 else 2
    if rows == 2 and 2 * step * FIRST_ROW < spacing:
        return _filled(count, room, dot)
    return [(step * (place - (count - 1) / 2), FIRST_ROW + place % rows * spacing) for place in range(count)]


def _filled(count: int, room: float, dot: float) -> list[tuple[float, float]]:
    """As `_fan`, in as many rows as it takes, each filled as densely as the others."""
    spacing, rows, held = 2 * dot + AIR, list[tuple[float, float, int]](), 0
    reach = FIRST_ROW
    while held < count:
        open_to = min(FAN, 2 * asin(min(1.0, room / (2 * (reach + dot)))))
        places = floor(open_to * reach / spacing) + 1
        rows.append((reach, open_to, places))
        held += places
        reach += spacing * 0.92
    fan, passed, placed = list[tuple[float, float]](), 0, 0
    for reach, open_to, places in rows:
        passed += places
        share = round(count * passed / held) - placed
        placed += share
        turn = open_to / (share - 1) if share > 1 else 0.0
        fan += [(turn * (place - (share - 1) / 2), reach) for place in range(share)]
    return fan


def _label(pen: Pen, ray: Ray, end: _Umbellet, dot: float, form: Form) -> str:
    depth = max((hypot(px - end.x, py - end.y) for px, py in end.places), default=FIRST_ROW * 0.3)
    away = depth + dot + 2.2 + 2.6 * abs(sin(end.direction))
    x = min(max(end.x + away * sin(end.direction), 8), form.width - 8)
    return pen.text(x, end.y - away * cos(end.direction) + 1, ray.label, "label", size=2.7)
