"""The family: bodies above the confederation, which stands at the root."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from .drawing import Caption, Drawing, finish, shortened, text_width, wrapped
from .marks import Pen, nothing
from .palette import Palette

HEADS = ("Body", "We are", "Seat", "Through")
WIDTH, MOST_RAYS = 170.0, 7
NAME, ROLE, LEADING = 3.15, 2.7, 4.1  # mm
RING, ROOT, LIFT = 6.2, 9.5, 32.0
ROW, LEFT, SMALL = 11.0, 66.0, 4.4


@dataclass(frozen=True, slots=True)
class Body:
    """A body the confederation belongs to. seat: initials of who sits there; through: the body between."""

    name: str
    role: str = ""
    seat: str = ""
    through: str = ""


@dataclass(frozen=True, slots=True)
class _Place:
    body: Body
    x: float
    y: float


def family(bodies: Sequence[Body], *, root: str, caption: Caption, palette: Palette) -> Drawing:
    """Umbrella bodies on rays from `root`: filled badge = seat, dashed = reached through another.

    170 mm wide. Up to seven rays open upwards; more bodies, or several behind one, open to the side, one a
    line, so that no number of names makes them collide.
    """
    if not bodies:
        return nothing(WIDTH, 40, caption, palette, HEADS)
    ordered = list(_ordered(bodies))
    pen = Pen(palette)
    upright = _upright(ordered)
    body, height = _upwards(ordered, root, pen) if upright else _sideways(ordered, root, pen)
    rows = [(body_.name, body_.role, body_.seat, body_.through) for body_ in bodies]
    unit = palette.unit
    return finish(body, width=WIDTH * unit, height=height * unit, caption=caption, columns=HEADS, rows=rows)


def _ordered(bodies: Sequence[Body]) -> Iterator[tuple[Body, int]]:
    """Each body and how many others stand between, a body right after the one it is reached through."""
    names, seen = {body.name for body in bodies}, set[int]()

    def walk(body: Body, depth: int) -> Iterator[tuple[Body, int]]:
        if id(body) in seen:
            return
        seen.add(id(body))
        yield body, depth
        for other in bodies:
            if other.through == body.name:
                yield from walk(other, depth + 1)

    for body in bodies:
        if body.through not in names:
            yield from walk(body, 0)
    for body in bodies:  # reached through each other in a circle: still shown
        yield from walk(body, 0)


def _upright(ordered: Sequence[tuple[Body, int]]) -> bool:
    direct = [body for body, depth in ordered if depth == 0]
    parents = [body.through for body, depth in ordered if depth == 1]
    simple = len(parents) == len(set(parents)) <= 2 and all(depth < 2 for _, depth in ordered)
    return simple and len(direct) <= MOST_RAYS and (not parents or len(direct) > len(parents))


def _upwards(ordered: Sequence[tuple[Body, int]], root: str, pen: Pen) -> tuple[str, float]:
    above = {body.through: body for body, depth in ordered if depth}
    places, width = _fanned([body for body, depth in ordered if not depth], above)
    tops = [_Place(above[place.body.name], place.x, place.y - LIFT) for place in places if place.body.name in above]
    free = [place for place in [*places, *tops] if place.body.name not in above]
    down = 1 - min(place.y - 9 - LEADING * len(_label_lines(place.body, width)) for place in free)
    foot = max(place.y for place in places) + down + (36 if len(places) > 2 else 44)
    drawn = ""
    for place in places:
        bend = WIDTH / 2 + (place.x - WIDTH / 2) * 0.28, place.y + down + 22
        ray = ("M", WIDTH / 2, foot, "Q", *bend, place.x, place.y + down)
        drawn += pen.line("primary", 0.6, *ray, dashed=bool(place.body.through))
    for place in tops:
        drawn += pen.line("primary", 0.6, "M", place.x, place.y + LIFT + down, "V", place.y + down, dashed=True)
    for place in [*places, *tops]:
        lines, y = _label_lines(place.body, width), place.y + down
        first = y + 11.2 if place.body.name in above else y - 9 - LEADING * (len(lines) - 1)
        drawn += _badge(pen, place.body, place.x, y, RING)
        for number, (words, role, size) in enumerate(lines):
            drawn += pen.text(place.x, first + number * LEADING, words, role, size=size)
    return drawn + _root(pen, WIDTH / 2, foot, root), foot + ROOT + 0.5


def _fanned(direct: Sequence[Body], above: Mapping[str, Body]) -> tuple[list[_Place], float]:
    """Places on an arch and the width of a label. The y of the middle is 0 and grows to the sides."""
    parents = [body for body in direct if body.name in above]
    # the label of a body with another above it stands below, where only the outermost rays leave room
    row = [*parents[1:], *(body for body in direct if body.name not in above), *parents[:1]]
    slot = WIDTH / len(row)
    margin = max(17.0, min(slot / 2, 34.0))
    step = (WIDTH - 2 * margin) / max(len(row) - 1, 1)
    first = margin if len(row) > 1 else WIDTH / 2
    across = [first + index * step for index in range(len(row))]
    places = [_Place(body, x, 25 * ((x - WIDTH / 2) / 68) ** 2) for body, x in zip(row, across, strict=True)]
    return places, min(slot, 2 * margin) - 1.5


def _label_lines(body: Body, width: float) -> list[tuple[str, str, float]]:
    names = [(line, "strong", NAME) for line in wrapped(body.name, NAME, width)]
    return names + [(line, "muted", ROLE) for line in wrapped(body.role, ROLE, width, 2)]


def _sideways(ordered: Sequence[tuple[Body, int]], root: str, pen: Pen) -> tuple[str, float]:
    height = max(len(ordered) * ROW, 2 * ROOT + 1)
    middle, drawn, places = height / 2, "", dict[str, _Place]()
    for index, (body, depth) in enumerate(ordered):
        place = _Place(body, LEFT + 13 * min(depth, 4), (index + 0.5) * height / len(ordered))
        parent, places[body.name] = places.get(body.through) if depth else None, place
        if parent:
            ray: tuple[str | float, ...] = ("M", parent.x, parent.y, "V", place.y, "H", place.x)
        else:
            ray = ("M", ROOT + 0.5, middle, "Q", LEFT * 0.5, place.y, place.x, place.y)
        drawn += pen.line("primary", 0.6, *ray, dashed=bool(body.through))
    for place in places.values():
        drawn += _badge(pen, place.body, place.x, place.y, SMALL) + _beside(place, pen)
    return drawn + _root(pen, ROOT + 0.5, middle, root), height


def _beside(place: _Place, pen: Pen) -> str:
    """Name and role of a body to the right of its badge."""
    x, room = place.x + SMALL + 2.4, WIDTH - place.x - SMALL - 3
    y = place.y - 0.5 if place.body.role else place.y + 1.1
    name, role = shortened(place.body.name, NAME, room), shortened(place.body.role, ROLE, room)
    drawn = pen.text(x, y, name, "strong", size=NAME, anchor="start")
    return drawn + (pen.text(x, place.y + 3.3, role, size=ROLE, anchor="start") if role else "")


def _badge(pen: Pen, body: Body, x: float, y: float, ring: float) -> str:
    palette = pen.palette
    drawn = pen.circle(x, y, ring, palette.fill("paper"), palette.edge("primary", 0.6))
    drawn += pen.circle(x, y, ring * 0.74, palette.fill("primary" if body.seat else "none"))
    if body.seat:
        size = min(3.2, ring * 1.3 / text_width(body.seat, 1))
        drawn += pen.text(x, y + size * 0.36, body.seat, "on-primary", size=size)
    return drawn


def _root(pen: Pen, x: float, y: float, name: str) -> str:
    lines = wrapped(name, 2.2, 1.7 * ROOT)
    size = min(3.6, 1.7 * ROOT / max(text_width(line, 1) for line in lines))
    drawn, first = (
        pen.circle(x, y, ROOT, pen.palette.fill("deep")),
        y + size * (0.36 - 0.6 * (len(lines) - 1)),
    )
    for number, line in enumerate(lines):
        drawn += pen.text(x, first + number * size * 1.2, line, "on-deep", size=size)
    return drawn
