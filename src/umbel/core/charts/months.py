"""The activities of a year: one bar a month, stacked by family."""

from collections.abc import Sequence
from dataclasses import dataclass

from .drawing import Caption, Drawing, Row, finish, text_width
from .marks import TEXT, Pen, nothing
from .palette import Palette

TOP, BASE, WIDE_HEIGHT = 5.0, 26.125, 33.0
ROW, BAR, NARROW_WIDTH = 5.5, 3.5, 85.0
GAP = 0.4  # mm of ground between two families


@dataclass(frozen=True, slots=True)
class Family:
    """A family of activity and its count in each month, in the order of the months."""

    key: str
    label: str
    counts: tuple[int, ...]


def stacked_months(
    months: Sequence[str],
    families: Sequence[Family],
    *,
    caption: Caption,
    palette: Palette,
    narrow: bool = False,
) -> Drawing:
    """Bars by month, stacked by family, with the total at the end of each.

    On the screen 1136 wide, or 340 wide as horizontal bars (`narrow`); in print 170 mm, or 85 mm.
    Raises ValueError when a family does not have one count for each month.
    """
    if any(len(family.counts) != len(months) for family in families):
        raise ValueError("each family needs one count for each month")
    heads = ("Month", *(family.label for family in families), "Total")
    totals = [sum(family.counts[index] for family in families) for index in range(len(months))]
    width = NARROW_WIDTH if narrow else 1136 / palette.unit if palette.screen else 170.0
    height = len(months) * ROW if narrow else WIDE_HEIGHT
    if not any(totals):
        return nothing(width, max(height, 12), caption, palette, heads)
    draw = _lying if narrow else _standing
    body = draw(months, families, totals, Pen(palette), width)
    rows: list[Row] = [
        (month, *(family.counts[index] for family in families), totals[index]) for index, month in enumerate(months)
    ]
    words = caption.description or "; ".join(_sentence(month, index, families) for index, month in enumerate(months))
    drawing = finish(
        body,
        width=width * palette.unit,
        height=height * palette.unit,
        columns=heads,
        rows=rows,
        caption=_with(caption, words),
    )
    return drawing


def _sentence(month: str, index: int, families: Sequence[Family]) -> str:
    """ "January 3 (Advocacy 2, Events 1)"."""
    parts = ", ".join(f"{family.label} {family.counts[index]}" for family in families if family.counts[index])
    return f"{month} {sum(family.counts[index] for family in families)}" + (f" ({parts})" if parts else "")


def _with(caption: Caption, description: str) -> Caption:
    return Caption(caption.title, description, caption.heads, caption.empty, caption.number, caption.uid)


def _standing(months: Sequence[str], families: Sequence[Family], totals: list[int], pen: Pen, width: float) -> str:
    step, scale = width / len(months), (BASE - TOP) / max(totals)
    bar, body = min(11.0, step * 0.68), ""
    for index, month in enumerate(months):
        left, y = (index + 0.5) * step - bar / 2, BASE
        for family in families:
            tall = family.counts[index] * scale
            y -= tall
            if tall:
                body += pen.rect(left, y, bar, _less_gap(tall), pen.palette.fill(family.key))
        body += pen.text(left + bar / 2, y - 1.1, str(totals[index]), "strong")
        body += pen.text(left + bar / 2, BASE + 4.3, month)
    return body + pen.line("base", 0.25, "M", 0, BASE, "H", width)


def _lying(months: Sequence[str], families: Sequence[Family], totals: list[int], pen: Pen, width: float) -> str:
    left = max(text_width(month, TEXT) for month in months) + 2.5
    scale, body = (width - left - 8) / max(totals), ""
    for index, month in enumerate(months):
        x, y = left, index * ROW + (ROW - BAR) / 2
        body += pen.text(0, y + BAR - 0.75, month, anchor="start")
        for family in families:
            long = family.counts[index] * scale
            if long:
                body += pen.rect(x, y, _less_gap(long), BAR, pen.palette.fill(family.key))
            x += long
        body += pen.text(x + 1.5, y + BAR - 0.75, str(totals[index]), "strong", anchor="start")
    return body + pen.line("base", 0.25, "M", left, 0, "V", len(months) * ROW)


def _less_gap(length: float) -> float:
    """A part without the gap that sets it off; a sliver keeps most of itself."""
    return length - min(GAP, length * 0.3)
