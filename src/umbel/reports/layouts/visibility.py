"""How the confederation is seen: channels, stories, umbrella bodies, about."""

from typing import Any

from django.utils.translation import gettext as _

from umbel.reports.layouts.desk import Desk, capital
from umbel.reports.layouts.length import in_a_cell


def visibility(desk: Desk) -> dict[str, Any]:
    told = desk.listing("communication.told")
    return {
        "strip": desk.strip(
            "communication.website_users",
            "communication.page_views",
            "communication.views_per_user",
            "communication.subscribers",
            "library.publications",
            "events.organised",
        ),
        "channels": [_channel(desk, row) for row in desk.listing("communication.channels")],
        "told": [
            *[_series(desk, row) for row in told["series"]],
            *[
                {
                    "format": row["name"],
                    "about": [capital(row["contents"] or row["readers"])],
                    "fig": desk.fig(row["figure"]),
                }
                for row in told["newsletters"]
            ],
            {
                "format": desk.labels["videos"],
                "about": ["; ".join(in_a_cell(told["videos"], _("and others")))],
                "fig": desk.fig("communication.videos"),
            },
        ],
        "footer": told["footer"],
    }


def _channel(desk: Desk, row: dict[str, Any]) -> dict[str, Any]:
    refs = {year: desk.fig(row["figure"], year) for year in row["years"]}
    values = {year: desk.citations.values[ref].printed for year, ref in refs.items()}
    return {
        "name": row["name"],
        "note": row["note"],
        "growth": desk.fig(row["growth"]),
        "years": [{"year": year, "fig": ref} for year, ref in refs.items()],
        "drawing": desk.artist.channel(row["key"], row["name"], values, desk.period.end.year),
    }


def _series(desk: Desk, row: dict[str, Any]) -> dict[str, Any]:
    organisations, countries = (
        desk.fig(f"{row['figure']}.organisations"),
        desk.fig(f"{row['figure']}.countries"),
    )
    about: list[Any] = [f"{capital(row['rule'])} "] if row["rule"] else []
    return {
        "format": row["name"],
        "about": about,
        "organisations_fig": organisations,
        "countries_fig": countries,
        "fig": desk.fig(row["figure"]),
    }


def family(desk: Desk) -> dict[str, Any]:
    bodies = [
        {
            "body": row["body"],
            "standing": capital(row["standing"]),
            "nature": row["nature"],
            "through": row["through"],
            "seat": row["seat"]["holder"] if row["seat"] else "",
            "on_behalf": row["seat"]["on_behalf_of"] if row["seat"] else "",
            "since": desk.date(row["seat"]["since"]) if row["seat"] else "",
        }
        for row in desk.listing("advocacy.family")
    ]
    prefix = "advocacy.external_seats."
    keys = [key for key in desk.citations.known if key.startswith(prefix)]
    return {
        "bodies": bodies,
        "total": desk.fig("network.umbrellas"),
        "seats_fig": desk.fig("advocacy.external_seats"),
        "by_person": [
            {"name": str(desk.citations.known[key].label).split(", ")[-1], "fig": desk.fig(key)} for key in keys
        ],
        "drawing": desk.artist.family(desk.labels["confederation"], bodies),
    }


def about(desk: Desk) -> dict[str, Any]:
    return {"channels": desk.listing("communication.told")["footer"]}
