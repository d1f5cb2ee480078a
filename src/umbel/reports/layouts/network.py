"""The network: meetings, collection, learning, groups, visits."""

from typing import Any

from django.utils.translation import gettext as _

from umbel.core.formatting import language_name
from umbel.reports.layouts.desk import Desk, capital, is_undated
from umbel.reports.layouts.length import Shortened, in_a_cell


def network(desk: Desk) -> dict[str, Any]:
    short = Shortened(desk)
    held = ("governance.board_meetings", "governance.general_assemblies")
    meetings = short.rows("meetings", desk.listing("governance.meetings"), *held)
    visits = short.rows("visits", desk.listing("events.visits"), "events.visits")
    return {
        "strip": desk.strip(
            "governance.general_assemblies",
            "governance.board_meetings",
            "events.learning_sessions",
            "groups.active",
            "communication.internal_newsletters",
        ),
        "meetings": [_meeting(desk, row) for row in meetings],
        "rounds": [_round(desk, row) for row in desk.listing("collection.rounds")],
        "sessions": [_sessions(desk, row) for row in desk.listing("events.sessions")],
        "groups": [_group(desk, row) for row in desk.listing("groups.groups")],
        "visits": [_visit(desk, row) for row in visits],
        "visits_fig": desk.fig("events.visits"),
        "editions": [
            {
                "title": row["title"],
                "when": desk.when(row["date"]),
                "where": desk.where(row["place"], row["country"]),
                "note": row["note"],
            }
            for row in desk.listing("events.first_editions")
        ],
        "cut": short.told,
    }


def _meeting(desk: Desk, row: dict[str, Any]) -> dict[str, Any]:
    return {
        "body": row["body"],
        "title": row["title"],
        "when": desk.when(row["date"]),
        "where": desk.where(row["place"], row["country"]),
        "hosts": desk.join(row["hosts"]),
        "undated": is_undated(row["date"]),
    }


def _round(desk: Desk, row: dict[str, Any]) -> dict[str, Any]:
    return {
        "title": row["title"],
        "when": desk.when(row["date"]),
        "is_new": row["is_new"],
        "method": row["method"],
        "indicators": [capital(name) for name in row["indicators"]],
        "languages": desk.join([language_name(code, desk.language) for code in row["languages"]]),
        "fig": desk.fig("library.snapshot_languages"),
    }


def _sessions(desk: Desk, row: dict[str, Any]) -> dict[str, Any]:
    return {
        "series": row["series"],
        "theme": row["theme"],
        "countries": desk.countries(row["countries"]),
        "fig": desk.fig("events.learning_countries"),
        "rows": [
            {
                "when": desk.when(session["date"]),
                "title": session["title"],
                "with": desk.join([partner["name"] for partner in session["partners"]]),
                "format": _("Online") if session["format"] == "online" else "",
            }
            for session in row["sessions"]
        ],
    }


def _group(desk: Desk, row: dict[str, Any]) -> dict[str, Any]:
    dated = [meeting["date"] for meeting in row["meetings"] if not is_undated(meeting["date"])]
    return {
        "name": row["name"],
        "subject": row["subject"],
        "outputs": desk.sentence(row["outputs"]),
        "fig": desk.fig(row["figure"]),
        "when": desk.join(in_a_cell([desk.when(date) for date in dated])),
        "undated": len(dated) < len(row["meetings"]),
    }


def _visit(desk: Desk, row: dict[str, Any]) -> dict[str, Any]:
    hosts = [partner["name"] for partner in row["partners"] if partner["role"] == "host"]
    return {
        "when": desk.when(row["date"]),
        "who": desk.join(hosts) or row["title"],
        "where": desk.where(row["place"], row["country"]),
        "note": row["note"],
        "drawing": desk.artist.plate(row["key"]),
    }
