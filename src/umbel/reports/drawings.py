"""The drawings of a report, from its data: for the screen with classes, for print in millimetres and colours."""

import csv
import io
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from umbel.core import charts
from umbel.core.charts import Caption, Drawing, MapWords, Palette, Point, PrintPalette, Ray, ScreenPalette
from umbel.core.chronology import Line
from umbel.core.dates import PartialDate
from umbel.core.formatting import country, number
from umbel.core.registry import FAMILIES
from umbel.reports.tables import harmless

DOTS_A_RAY = 40
NARROW = "-narrow"


def table_csv(drawing: Mapping[str, Any]) -> str:
    """Return the table of a drawing as CSV (RFC 4180): its heads, then a line for each mark, numbers as they are."""
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    writer.writerow(drawing["columns"])
    writer.writerows([harmless(cell) for cell in row] for row in drawing["rows"])
    return buffer.getvalue()


class Artist:
    """Draws in one medium ("print" or "web") and one language; `drawn` holds the drawings by name.

    With a `year` each drawing on the site knows where its table is had as a file.
    """

    def __init__(self, medium: str, palette: dict[str, Any], language: str, year: int | None = None) -> None:
        self.palette: Palette = PrintPalette(palette) if medium == "print" else ScreenPalette()
        self.on_deep: Palette = PrintPalette(palette, on_deep=True) if medium == "print" else self.palette
        self.medium = medium
        self.year = year if medium == "web" else None
        self.language = language
        self.drawn: dict[str, dict[str, Any]] = {}

    def caption(self, title: str, **more: Any) -> Caption:
        return Caption(title, number=lambda value: number(value, language=self.language), empty=_("no data"), **more)

    def keep(self, name: str, drawing: Drawing) -> str:
        self.drawn[name] = {
            "svg": drawing.svg,
            "title": drawing.title,
            "description": drawing.description,
            "columns": list(drawing.columns),
            "rows": [["" if value is None else value for value in row] for row in drawing.rows],
        }
        if self.year and drawing.rows:
            self.drawn[name]["table"] = reverse("reports.drawing.table", args=[self.year, name.removesuffix(NARROW)])
        return name

    def months(self, names: Sequence[str], families: dict[str, str], lines: Sequence[Line]) -> str:
        """Draw activities by month, stacked by family; on the screen also a narrow form, `months-narrow`."""
        counted = Counter((line.kind.family, line.date.month) for line in lines)
        stacks = [
            charts.Family(key, label, tuple(counted[key, month] for month in range(1, 13)))
            for key, label in families.items()
        ]
        caption = self.caption(_("Activities by month"), heads=(_("Month"), *families.values(), _("Total")))
        if self.medium == "web":
            self.keep(
                f"months{NARROW}",
                charts.stacked_months(names, stacks, caption=caption, palette=self.palette, narrow=True),
            )
        return self.keep("months", charts.stacked_months(names, stacks, caption=caption, palette=self.palette))

    def cover(self, names: Sequence[str], lines: Sequence[Line]) -> int:
        """Draw the year as an umbel, a ray a month; return how many activities a dot stands for."""
        counted = Counter((line.kind.family, line.date.month) for line in lines)
        by_month = [{family: counted[family, month] for family in FAMILIES} for month in range(1, 13)]
        each = -(-max(sum(month.values()) for month in by_month) // DOTS_A_RAY) or 1
        rays = [
            Ray(name, tuple(family for family in FAMILIES for _dot in range(-(-month[family] // each))))
            for name, month in zip(names, by_month, strict=True)
        ]
        caption = self.caption(_("The year as an umbel, a ray a month"), heads=(_("Month"), _("Dots")))
        self.keep("cover", charts.umbel(rays, caption=caption, palette=self.on_deep, form=charts.COVER))
        return each

    def network(self, countries: dict[str, int]) -> str:
        """Draw the network as an umbel: a ray a country, a dot a member."""
        rays = [Ray(self.country(code), ("projects",) * count) for code, count in countries.items()]
        caption = self.caption(
            _("The network as an umbel: a dot for each member on record, on the ray of its country"),
            heads=(_("Country"), _("Members")),
        )
        return self.keep("network", charts.umbel(rays, caption=caption, palette=self.on_deep, form=charts.BACK_COVER))

    def channel(self, key: str, name: str, series: dict[int, Any], year: int) -> str:
        points = [Point(str(at), None if value is None else float(value)) for at, value in series.items()]
        caption = self.caption(_("%s, followers") % name, heads=(_("Year"), _("Followers")))
        return self.keep(
            f"channel-{key}",
            charts.columns(points, caption=caption, palette=self.palette, highlight=str(year), height=33),
        )

    def map(self, counts: dict[str, int], hatched: Sequence[str]) -> str:
        caption = self.caption(_("Members on record by country"), heads=(_("Country"), _("Members")))
        names = {code: self.country(code) for code in {*counts, *hatched}}
        drawing = charts.country_map(
            counts,
            names=names,
            caption=caption,
            palette=self.palette,
            hatched=hatched,
            words=MapWords(unnamed=_("takes part, no member on record"), elsewhere=_("Not on the map")),
        )
        return self.keep("map", drawing)

    def outline(self, key: str, name: str, codes: Sequence[str]) -> str:
        caption = self.caption(_("Countries of %s") % name, heads=(_("Country"),))
        names = {code: self.country(code) for code in codes}
        return self.keep(
            f"project-{key}",
            charts.country_outline(codes, names=names, caption=caption, palette=self.palette),
        )

    def phases(
        self,
        key: str,
        name: str,
        steps: Sequence[str],
        acts: Sequence[tuple[str, PartialDate]],
        years: Sequence[int],
        ends: bool,
    ) -> str:
        caption = self.caption(_("Phases and acts of %s") % name)
        done = [charts.Act(title, day.year, day.month, day.day) for title, day in acts]
        drawing = charts.phases(
            [charts.Phase(step) for step in steps],
            done,
            years,
            caption=caption,
            palette=self.palette,
            ends=ends,
        )
        return self.keep(f"project-{key}", drawing)

    def family(self, root: str, bodies: Sequence[dict[str, Any]]) -> str:
        nodes = [
            charts.Body(body["body"], body["standing"], initials(body["seat"]), body["through"]) for body in bodies
        ]
        caption = self.caption(_("Umbrella memberships and seats"))
        return self.keep("family", charts.family(nodes, root=root, caption=caption, palette=self.palette))

    def plate(self, identifier: str) -> str:
        return self.keep(
            f"plate-{identifier}",
            charts.plate(identifier, caption=self.caption(_("Place of a photograph")), palette=self.palette),
        )

    def country(self, code: str) -> str:
        return country(code, self.language) if code else pgettext("members of no single country", "European")


def initials(name: str) -> str:
    """Return the first letters of the first and the last name."""
    parts = name.split()
    return f"{parts[0][0]}{parts[-1][0]}" if parts else ""
