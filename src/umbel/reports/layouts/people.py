"""Members, Board and staff."""

from typing import Any

from django.utils.translation import pgettext

from umbel.core.formatting import join
from umbel.reports.layouts.desk import Desk, capital


def members(desk: Desk) -> dict[str, Any]:
    rows = desk.listing("network.members")
    counts = {row["country"]: len(row["names"]) for row in rows["countries"]}
    taking_part = {code for edition in desk.listing("events.sessions") for code in edition["countries"]}
    desk.artist.network(counts)
    countries = [
        {
            "label": desk.country(row["country"]) or pgettext("members of no single country", "European"),
            "names": row["names"],
        }
        for row in rows["countries"]
    ]
    return {
        "countries": sorted(countries, key=lambda row: row["label"]),
        "categories": [{"name": row["name"], "names": row["names"]} for row in rows["categories"]],
        "uncategorised": rows["uncategorised"],
        "types": [capital(name) for name in rows["types"]],
        "strip": desk.strip("network.members", "network.countries"),
        "years": [
            {
                "year": year,
                "members": desk.fig("network.members", year),
                "countries": desk.fig("network.countries", year),
            }
            for year in (desk.period.end.year - 1, desk.period.end.year)
        ],
        "changes": desk.listing("network.changes"),
        "hatched": join([desk.country(code) for code in sorted(taking_part - set(counts))], desk.language),
        "drawing": desk.artist.map({code: n for code, n in counts.items() if code}, sorted(taking_part - set(counts))),
    }


def people(desk: Desk) -> dict[str, Any]:
    staff = desk.listing("network.staff")
    board = desk.listing("governance.board")
    for key in ("board", "board_organisations", "board_countries", "presidency"):
        desk.fig(f"governance.{key}")
    shares = [key for key in desk.citations.known if key.startswith("governance.board_share.")]
    largest = max(shares, key=lambda key: desk.citations.value(key) or 0, default=None)
    return {
        "board": [{**row, "country": desk.country(row["country"])} for row in board],
        "strip": desk.strip(
            "governance.board",
            "governance.board_organisations",
            "governance.board_countries",
            "governance.presidency",
        ),
        "largest_share": desk.strip(largest)[0] if largest else None,
        "staff": [{"name": row["name"], "title": row["title"], "note": row["note"]} for row in staff["posts"]],
        "interns": staff["interns"],
        "interns_fig": desk.fig("network.interns"),
        "staff_fig": desk.fig("network.staff"),
    }
