"""The picture of a story or a visit that has none: an umbel drawn from its identifier, the same each time."""

from collections.abc import Iterator
from hashlib import shake_128
from math import atan2, cos, radians, sin

from .drawing import Caption, Drawing, el, finish, path, short
from .palette import Palette

HEADS = ("Identifier",)
TONES = 3  # .p1 to .p3 of components.css
WIDTH, TOP, HEIGHT = 360.0, 14.0, 144.0


def plate(identifier: str, *, caption: Caption, palette: Palette) -> Drawing:
    """An umbel derived from `identifier` (any text), 360 x 144; it shows no data and says nothing.

    On the screen the root has the classes "plate p1" to "plate p3", which give ground and colour.
    """
    draws = _draws(identifier)
    tone = 1 + int(next(draws) * TONES)
    foot, rays = 130 + next(draws) * 100, 9 + int(next(draws) * 5)
    lines, dots = [path("M", foot, 230, "L", foot, 196)], ""
    across, up = 118 + next(draws) * 26, 118 + next(draws) * 22
    for angle in _turned(rays, 156):
        reach = 0.9 + next(draws) * 0.16
        x, y = foot + across * reach * sin(angle), 196 - up * reach * cos(angle)
        bend = foot + across * 0.34 * sin(angle), 196 - up * (0.62 * cos(angle) + 0.06)
        lines.append(path("M", foot, 196, "Q", *bend, x, y))
        direction = atan2(x - bend[0], bend[1] - y)
        for turn in _turned(6 + int(next(draws) * 3), 128):
            length = 11 + next(draws) * 5
            px, py = x + length * sin(direction + turn), y - length * cos(direction + turn)
            lines.append(path("M", x, y, "L", px, py))
            dots += _dot(px, py, 1.5 + next(draws), bright=next(draws) < 0.12, palette=palette)
    return finish(
        _ground(palette) + _lines("".join(lines), palette) + dots,
        width=WIDTH,
        height=HEIGHT,
        caption=caption,
        columns=HEADS,
        rows=[(identifier,)],
        root={
            "class": f"plate p{tone}",
            "viewBox": f"0 {short(TOP)} {short(WIDTH)} {short(HEIGHT)}",
            "preserveAspectRatio": "xMidYMid slice",
        },
    )


def _draws(identifier: str) -> Iterator[float]:
    """Numbers from 0 to 1 that only the identifier decides, on any machine and in any version."""
    for byte in shake_128(identifier.encode()).digest(1000):
        yield byte / 256


def _ground(palette: Palette) -> str:
    return "" if palette.screen else el("rect", palette.fill("soft"), y=TOP, width=WIDTH, height=HEIGHT)


def _lines(data: str, palette: Palette) -> str:
    if palette.screen:
        return el("path", d=data)
    return el("path", {"fill": "none", "stroke": palette.fill("s2")["fill"], "stroke-width": "1.2"}, d=data)


def _dot(x: float, y: float, r: float, *, bright: bool, palette: Palette) -> str:
    if palette.screen:
        return el("circle", {"class": "bright"} if bright else {}, cx=x, cy=y, r=r)
    return el("circle", palette.fill("accent" if bright else "s4"), cx=x, cy=y, r=r)


def _turned(count: int, span: float) -> list[float]:
    """`count` angles in radians, evenly over `span` degrees around upwards."""
    whole = radians(span)
    return [whole * (index / (count - 1) - 0.5) if count > 1 else 0.0 for index in range(count)]
