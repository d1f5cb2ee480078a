"""A project in time: phases, which the records do not date, over acts, which they do."""

from collections.abc import Sequence
from dataclasses import dataclass

from .drawing import Caption, Drawing, Row, el, finish, path, shortened, text_width, wrapped
from .marks import Pen, nothing
from .palette import Palette

HEADS = ("What", "When")
WIDTH, HEIGHT, LEFT, RIGHT, AXIS = 80.0, 70.0, 6.0, 74.0, 47.0  # mm
SIZE, IN_ROW, YEAR = 2.9, 3, 5.2
TIERS = (-5.5, 11.5, -10.0, 16.0, -14.5, 20.5)  # mm from the axis, nearest first


@dataclass(frozen=True, slots=True)
class Phase:
    """A phase of a project; it has an order but no dates."""

    title: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Act:
    """Something done in a project. Without a month it stands in the middle of its year, as a ring."""

    label: str
    year: int
    month: int | None = None
    day: int | None = None


def phases(
    steps: Sequence[Phase],
    acts: Sequence[Act],
    years: Sequence[int],
    *,
    caption: Caption,
    palette: Palette,
    ends: bool = False,
) -> Drawing:
    """Arrows of the phases in their order, over a line of `years` with the acts as dots. 80 x 70 mm.

    years: consecutive, first to last. ends: the line stops with the last year; otherwise it goes on, dashed.
    A label that finds no room is left to the table; its dot stays.
    """
    if not steps and not acts:
        return nothing(WIDTH, HEIGHT, caption, palette, HEADS)
    pen = Pen(palette)
    body = "" if palette.screen else pen.rect(0, 0, WIDTH, HEIGHT, palette.fill("sea"))
    body += _arrows(steps, pen) + (_line(years, pen, ends) if years else "") + _acts(acts, years, pen)
    rows: list[Row] = [(f"{step.title} {step.detail}".strip(), "") for step in steps]
    rows += [(act.label, _when(act)) for act in acts]
    unit = palette.unit
    return finish(body, width=WIDTH * unit, height=HEIGHT * unit, caption=caption, columns=HEADS, rows=rows)


def _when(act: Act) -> str:
    """ISO text as precise as the record."""
    return "-".join([f"{act.year}", *(f"{part:02d}" for part in (act.month, act.day) if part)])


def _arrows(steps: Sequence[Phase], pen: Pen) -> str:
    rows = [steps[start : start + IN_ROW] for start in range(0, len(steps), IN_ROW)]
    if not rows:
        return ""
    tall, drawn = min(16.0, 26.0 / len(rows) - 1.5), ""
    top = 17.0 - len(rows) * (tall + 1.5) / 2
    for number, row in enumerate(rows):
        width = (RIGHT - LEFT) / len(row)
        for index, step in enumerate(row):
            first = number == 0 and index == 0
            drawn += _arrow(step, LEFT + index * width, top + number * (tall + 1.5), width - 1, tall, pen, first)
    return drawn


def _arrow(step: Phase, x: float, y: float, width: float, tall: float, pen: Pen, first: bool) -> str:
    u, tip = pen.palette.unit, min(4.0, tall / 3)
    shape = path(
        "M",
        x * u,
        y * u,
        "H",
        (x + width - tip) * u,
        "L",
        (x + width) * u,
        (y + tall / 2) * u,
        (x + width - tip) * u,
        (y + tall) * u,
        "H",
        x * u,
    )
    notch = "" if first else path("L", (x + tip) * u, (y + tall / 2) * u)
    drawn = el("path", pen.palette.fill("s5" if first else "s2"), d=f"{shape}{notch}Z")
    room = width - 2 * tip - 1.5
    size = min(SIZE, max(2.2, room / max(text_width(word, 1) for word in [*step.title.split(), "nn"])))
    most = max(1, int(tall / 4))
    title = wrapped(step.title, size, room, most)
    detail = wrapped(step.detail, size, room, most - len(title)) if most > len(title) else []
    start = y + tall / 2 - (len(title) + len(detail)) * 2 + 2.9
    for number, words in enumerate([*title, *detail]):
        bold = number < len(title)
        role = ("on-primary" if bold else "on-primary-plain") if first else "strong" if bold else "ink"
        drawn += pen.text(x + tip + 1.2, start + number * 4, words, role, size=size, anchor="start")
    return drawn


def _line(years: Sequence[int], pen: Pen, ends: bool) -> str:
    step = (RIGHT - LEFT) / len(years)
    solid = RIGHT if ends else RIGHT - min(6.0, step / 2)
    drawn = pen.line("ink", 0.25, "M", LEFT, AXIS, "H", solid)
    drawn += "" if ends else pen.line("ink", 0.25, "M", solid, AXIS, "H", RIGHT, dashed=True)
    for index in range(len(years)):
        drawn += pen.line("ink", 0.25, "M", LEFT + index * step, AXIS - 1, "V", AXIS + 1)
    for index in _shown(years):
        drawn += pen.text(LEFT + index * step, AXIS + YEAR, str(years[index]), size=2.8, anchor="start")
    return drawn


def _shown(years: Sequence[int]) -> range:
    """Which of the years have room for their number."""
    return range(0, len(years), 1 + int(9 * len(years) / (RIGHT - LEFT)))


def _acts(acts: Sequence[Act], years: Sequence[int], pen: Pen) -> str:
    drawn, dots = "", ""
    step = (RIGHT - LEFT) / max(len(years), 1)
    taken = [_Label(YEAR, LEFT + index * step, LEFT + index * step + 7, -1) for index in _shown(years)]
    for act in sorted(acts, key=lambda act: (act.year, act.month or 7, act.day or 15)):
        if act.year not in years:
            continue
        months = act.month - 1 + ((act.day or 15) - 1) / 31 if act.month else 6
        x = LEFT + (act.year - years[0] + months / 12) * step
        words = shortened(act.label, SIZE, 34)
        half = text_width(words, SIZE) / 2
        middle = min(max(x, half + 1.5), WIDTH - half - 1.5)
        label = _room(x, middle - half - 1, middle + half + 1, taken)
        if label:
            taken.append(label)
            end = AXIS + label.tier + (0.9 if label.tier < 0 else -2.9)
            drawn += pen.line("ink", 0.2, "M", x, AXIS, "V", end)
            drawn += pen.text(middle, AXIS + label.tier, words, "ink", size=SIZE)
        fill = pen.palette.fill("accent" if act.month else "paper")
        dots += pen.circle(x, AXIS, 1.4, fill, pen.palette.edge("ink", 0.25))
    return drawn + dots


@dataclass(frozen=True, slots=True)
class _Label:
    """A label: mm below the axis, its left and right end, and where its leader stands (-1: it has none)."""

    tier: float
    left: float
    right: float
    leader: float


def _room(x: float, left: float, right: float, taken: Sequence[_Label]) -> _Label | None:
    """The nearest tier where a label touches no other and neither its leader nor it crosses another's."""
    for tier in TIERS:
        side = [other for other in taken if other.tier * tier > 0]
        touches = any(other.tier == tier and left < other.right and right > other.left for other in side)
        crosses = any(abs(other.tier) < abs(tier) and other.left - 0.5 < x < other.right for other in side)
        crossed = any(abs(other.tier) > abs(tier) and left < other.leader < right for other in side)
        if not (touches or crosses or crossed):
            return _Label(tier, left, right, x)
    return None
