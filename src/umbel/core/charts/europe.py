"""Maps of Europe in the equal-area projection of the Union (ETRS89-LAEA), from the outlines of map.json."""

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cache
from math import hypot
from pathlib import Path

from .drawing import Caption, Drawing, el, finish, short
from .marks import Pen, nothing
from .palette import Palette

MAP_HEADS, OUTLINE_HEADS = ("Country", "Members"), ("Country",)
TINY = 13.0  # map units: smaller than this, a state gets a dot as well
DISC, DOT = 2.6, 1.2  # mm


@dataclass(frozen=True, slots=True)
class Country:
    """A country in map units (1000 wide): path data, where its label stands, its box without far islands."""

    path: str
    label: tuple[float, float]
    box: tuple[float, float, float, float]

    @property
    def tiny(self) -> bool:
        """Too small to be seen on a map of the continent."""
        return not self.path or max(self.box[2] - self.box[0], self.box[3] - self.box[1]) < TINY


@dataclass(frozen=True, slots=True)
class Atlas:
    """The frame of the map, in map units, and its countries by ISO 3166-1 alpha-2 code (XK for Kosovo)."""

    width: float
    height: float
    countries: Mapping[str, Country]


@dataclass(frozen=True, slots=True)
class MapWords:
    """unnamed: what the table says of a hatched country; elsewhere: before countries outside the frame."""

    unnamed: str = "known, not named"
    elsewhere: str = "Not on the map"


ENGLISH = MapWords()


@cache
def atlas() -> Atlas:
    """The outlines that ship beside this module; the README there names their source."""
    raw = json.loads(Path(__file__).with_name("map.json").read_text(encoding="utf-8"))
    countries = {
        code: Country(land["path"], (land["label"][0], land["label"][1]), tuple(land["box"]))
        for code, land in raw["countries"].items()
    }
    return Atlas(raw["width"], raw["height"], countries)


def country_map(
    counts: Mapping[str, int],
    *,
    names: Mapping[str, str],
    caption: Caption,
    palette: Palette,
    hatched: Collection[str] = (),
    words: MapWords = ENGLISH,
    width: float = 0,
) -> Drawing:
    """Countries shaded by count, the number in a disc. `hatched`: something is known but not counted there.

    counts, hatched: ISO alpha-2 codes; names: code to name in the reader's language. width in mm: 116 in
    print, 160 (640 pixels) on the screen. A country outside the frame is named in the corner, never left out.
    """
    counted = {code: count for code, count in counts.items() if count > 0}
    land = atlas()
    width = width or (640 / palette.unit if palette.screen else 116)
    height = width * land.height / land.width
    if not counted and not hatched:
        return nothing(width, height, caption, palette, MAP_HEADS)
    shades = {code: _shade(count, palette) for code, count in counted.items()}
    body = _ground(land, shades, hatched, palette, width) + _discs(counted, Pen(palette), caption, width)
    away = [f"{_name(code, names)} {caption.number(counted[code])}" for code in counted if code not in land.countries]
    if away:
        body += Pen(palette).text(2, height - 2, f"{words.elsewhere}: {', '.join(away)}", size=2.65, anchor="start")
    rows: list[tuple[str, int | str]] = [(_name(code, names), count) for code, count in counted.items()]
    rows += [(_name(code, names), words.unnamed) for code in hatched if code not in counted]
    rows.sort(key=lambda row: row[0])
    return finish(
        body,
        width=width * palette.unit,
        height=height * palette.unit,
        caption=caption,
        root={"class": "chart map"},
        columns=MAP_HEADS,
        rows=rows,
    )


def country_outline(
    countries: Collection[str],
    *,
    names: Mapping[str, str],
    caption: Caption,
    palette: Palette,
    zoom: bool = True,
    width: float = 80,
) -> Drawing:
    """Countries in full colour on the map; `zoom`: in the smallest frame that holds them. width in mm.

    The frame is 8 to 7, taller only where the countries need it.
    """
    if not countries:
        return nothing(width, width * 7 / 8, caption, palette, OUTLINE_HEADS)
    land = atlas()
    x, y, across, high = _frame([code for code in countries if code in land.countries] if zoom else [])
    full, k = palette.unit * width / across, 1 / across
    shades = dict.fromkeys(countries, "s5")
    # the whole continent is drawn and the view box cuts it, so lengths are in map units times `full`
    body = _ground(land, shades, (), palette, width * land.width * k)
    view = " ".join(short(value * full) for value in (x, y, across, high))
    return finish(
        body,
        width=across * full,
        height=high * full,
        caption=caption,
        root={"class": "chart map", "viewBox": view},
        columns=OUTLINE_HEADS,
        rows=sorted((_name(code, names),) for code in countries),
    )


def _name(code: str, names: Mapping[str, str]) -> str:
    return names.get(code, code)


def _shade(count: int, palette: Palette) -> str:
    """1, 2, 3 and more; on the screen the palest step would be lost beside the land."""
    return {1: "s3" if palette.screen else "s2", 2: "s4"}.get(count, "s5")


def _ground(land: Atlas, shades: Mapping[str, str], hatched: Collection[str], palette: Palette, width: float) -> str:
    """Sea, countries and the dots of tiny states, `width` mm for the whole continent."""
    scale, pen = width * palette.unit / land.width, Pen(palette)
    border = 0.2 * palette.unit / scale
    paths = _hatch(palette, scale) if hatched else ""
    for code, country in sorted(land.countries.items(), key=lambda item: item[0] in shades):
        fill = _fill(code, shades, hatched, palette)
        line = {} if palette.screen else {"stroke": "#fff", "stroke-width": short(border), "stroke-linejoin": "round"}
        paths += el("path", fill, line, {"fill-rule": "evenodd"}, d=country.path) if country.path else ""
    for code in sorted(code for code in {*shades, *hatched} if code in land.countries and land.countries[code].tiny):
        edge = {**palette.edge("paper" if code in shades else "ink", 0.2), "stroke-width": short(border)}
        (x, y), r = land.countries[code].label, DOT * palette.unit / scale
        paths += el("circle", _fill(code, shades, hatched, palette), edge, cx=x, cy=y, r=r)
    sea = pen.rect(0, 0, width, width * land.height / land.width, palette.fill("sea"))
    return sea + el("g", {"transform": f"scale({scale:.5g})"}, body=paths)


def _fill(code: str, shades: Mapping[str, str], hatched: Collection[str], palette: Palette) -> Mapping[str, str]:
    if code in shades:
        return palette.fill(shades[code])
    return {"fill": "url(#{uid}-h)"} if code in hatched else palette.fill("land")


def _hatch(palette: Palette, scale: float) -> str:
    """Lines at 45 degrees, 1.2 mm apart, on the colour of the land."""
    step = 1.2 * palette.unit / scale
    ground = el("rect", palette.fill("land"), width=step, height=step)
    line = el("line", palette.stroke("hatch"), x1=step / 2, x2=step / 2, y2=step, stroke_width=step * 0.36)
    pattern = {"id": "{uid}-h", "patternUnits": "userSpaceOnUse", "patternTransform": "rotate(45)"}
    return el("defs", body=el("pattern", pattern, width=step, height=step, body=ground + line))


def _discs(counted: Mapping[str, int], pen: Pen, caption: Caption, width: float) -> str:
    land = atlas()
    scale, here = width / land.width, [code for code in counted if code in land.countries]
    spots = []
    for code in here:
        x, y = land.countries[code].label
        spots.append((x * scale + (DISC + DOT if land.countries[code].tiny else 0), y * scale))
    body = ""
    for code, (x, y) in zip(here, _apart(spots, 2 * DISC + 0.5), strict=True):
        words = caption.number(counted[code])
        body += pen.circle(x, y, DISC + 0.3, pen.palette.fill("paper")) + pen.circle(
            x, y, DISC, pen.palette.fill("deep")
        )
        body += pen.text(x, y + 1.1, words, "on-deep", size=3.2 if len(words) < 3 else 6.6 / len(words))
    return body


def _apart(spots: list[tuple[float, float]], least: float) -> list[tuple[float, float]]:
    """The spots, moved as little as it takes to stand `least` apart."""
    moved = [list(spot) for spot in spots]
    for _ in range(60):
        for i, one in enumerate(moved):
            for other in moved[i + 1 :]:
                dx, dy = other[0] - one[0], other[1] - one[1]
                gap = hypot(dx, dy)
                if gap < least:
                    ux, uy = (dx / gap, dy / gap) if gap else (1.0, 0.0)
                    push = (least - gap) / 2
                    one[0], one[1] = one[0] - ux * push, one[1] - uy * push
                    other[0], other[1] = other[0] + ux * push, other[1] + uy * push
    return [(x, y) for x, y in moved]


def _frame(codes: list[str]) -> tuple[float, float, float, float]:
    """x, y, width, height in map units around the boxes of `codes`; all of the map without codes."""
    land = atlas()
    boxes = [land.countries[code].box for code in codes] or [(0.0, 0.0, land.width, land.height)]
    left, top = min(box[0] for box in boxes), min(box[1] for box in boxes)
    right, foot = max(box[2] for box in boxes), max(box[3] for box in boxes)
    across = min(max((right - left) * 1.12, (foot - top) * 1.12 * 8 / 7, 360), land.width)
    high = min(max(across * 7 / 8, (foot - top) * 1.06), land.height)
    x = min(max((left + right - across) / 2, 0), land.width - across)
    return x, min(max((top + foot - high) / 2, 0), land.height - high), across, high
