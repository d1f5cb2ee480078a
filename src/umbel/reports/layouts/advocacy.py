"""Advocacy: positions, files under their pillars, letters, seats."""

from typing import Any

from django.utils.translation import gettext as _

from umbel.core.records import address
from umbel.reports.layouts.desk import Desk, capital
from umbel.reports.layouts.length import Shortened, in_a_cell


def advocacy(desk: Desk) -> dict[str, Any]:
    pillars = desk.listing("advocacy.pillars")
    across = [file for pillar in pillars if not pillar["key"] for file in pillar["files"]]
    short = Shortened(desk)
    positions = short.rows(
        "positions", desk.listing("advocacy.positions"), "advocacy.positions", "advocacy.contributions"
    )
    letters = short.rows("letters", desk.listing("advocacy.letters"), "advocacy.joint_letters")
    return {
        "strip": desk.strip(
            "advocacy.positions",
            "advocacy.contributions",
            "advocacy.joint_letters",
            "advocacy.engagements",
            "events.attended",
        ),
        "positions": [_position(desk, row) for row in positions],
        "spotlight": _spotlight(desk, short),
        "on_behalf": [
            {
                "when": desk.when(row["date"]),
                "title": row["title"],
                "behalf": desk.join(row["on_behalf_of"]),
                "people": desk.join(row["people"]),
            }
            for row in desk.listing("events.on_behalf")
        ],
        "pillars": [
            _pillar(desk, number, row) for number, row in enumerate((row for row in pillars if row["key"]), start=1)
        ],
        "across_fig": desk.fig("advocacy.files.across"),
        "across": [_file(desk, file) for file in across],
        "letters": [_letter(desk, row) for row in letters],
        "seats": [_seat(desk, row) for row in desk.listing("advocacy.seats")],
        "facts": desk.strip(*[key for key in desk.citations.known if key.startswith("facts.")]),
        "cut": short.told,
    }


def _position(desk: Desk, row: dict[str, Any]) -> dict[str, Any]:
    return {
        "when": desk.when(row["date"]),
        "kind": capital(row["kind"]),
        "subject": capital(row["file"]) or row["title"],
        "title": row["title"],
        "stance": row["stance"],
        "standing": capital(row["standing"]),
        "points": desk.sentence(row["points"]),
        "url": address("advocacy.position", row["key"]) if row["has_page"] else "",
    }


def _spotlight(desk: Desk, short: Shortened) -> dict[str, Any] | None:
    """Return the file or campaign that the report puts first, with its acts; nothing where it names none."""
    key = f"advocacy.acts_of.{desk.spotlight}"
    if key not in desk.citations.known:
        return None
    acts = desk.listing("advocacy.acts_by_topic").get(desk.spotlight, [])
    if not acts:
        return None
    return {
        "name": acts[0]["topic"],
        "fig": desk.fig(key),
        "acts": [
            {
                "when": desk.when(act["date"]),
                "kind": capital(str(act["kind"])),
                "title": act["title"],
                "where": act["place"],
            }
            for act in short.rows("spotlight", acts, key)
        ],
    }


def _pillar(desk: Desk, number: int, row: dict[str, Any]) -> dict[str, Any]:
    return {
        "number": number,
        "key": row["key"],
        "name": row["name"],
        "centre": row["centre"],
        "files_fig": desk.fig(f"advocacy.files.{row['key']}"),
        "acts_fig": desk.fig(f"advocacy.acts.{row['key']}") if row["files"] else None,
        "files": [_file(desk, file) for file in row["files"]],
    }


def _file(desk: Desk, file: dict[str, Any]) -> dict[str, Any]:
    return {
        "name": capital(file["name"]),
        "origin": capital(", ".join(filter(None, [file["proposer"], file["stage"]]))),
        "stance": file["stance"],
        "standing": capital(file["standing"]),
        "points": ". ".join(filter(None, [desk.sentence(file["asks"]), desk.sentence(file["concerns"])])),
        "months": file["months"],
        "fig": desk.fig(file["figure"]),
    }


def _letter(desk: Desk, row: dict[str, Any]) -> dict[str, Any]:
    return {
        "when": desk.when(row["date"]),
        "form": capital(row["form"]),
        "subject": capital(row["subject"] or row["title"]),
        "addressees": capital(desk.join(row["addressees"])),
        "fig": desk.fig(row["figure"]) if row["figure"] else None,
    }


def _seat(desk: Desk, row: dict[str, Any]) -> dict[str, Any]:
    years = _("appointed for %s years") % row["years"] if row["years"] else ""
    days = list(dict.fromkeys(filter(None, (desk.when(act["date"]) for act in row["acts"]))))
    return {
        "name": row["name"],
        "standing": capital(", ".join(filter(None, [row["kind"], years, row["holder"]]))),
        "when": desk.join(in_a_cell(days)),
        "fig": desk.fig(row["figure"]) if row["figure"] else None,
        "silent": not row["acts"],
    }
