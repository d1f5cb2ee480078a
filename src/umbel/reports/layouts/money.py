"""Grants and projects."""

from typing import Any

from django.utils.translation import gettext as _

from umbel.core.formatting import number
from umbel.reports.layouts.desk import Desk, capital
from umbel.reports.layouts.length import in_a_cell


def grant(desk: Desk) -> dict[str, Any]:
    grants = desk.listing("projects.grants")
    return {
        "grants": [_grant(desk, row) for row in grants],
        "lines_fig": desk.fig("grant.lines"),
        "undated_fig": desk.fig("grant.undated"),
        "shared_fig": desk.fig("grant.shared"),
    }


def _grant(desk: Desk, row: dict[str, Any]) -> dict[str, Any]:
    return {
        "name": row["name"],
        "funder": row["funder"],
        "programme": row["programme"],
        "strand": row["strand"],
        "years": f"{row['first_year']}–{row['last_year']}",
        "ordinal_fig": desk.fig("grant.year"),
        "years_fig": desk.fig("grant.years"),
        "amount": number(row["amount"], language=desk.language) if row["amount"] is not None else "",
        "headings": headings(desk, row),
    }


def headings(desk: Desk, row: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the work programme of a grant, as the listing gives it, ready to be placed."""
    return [
        {
            "name": capital(heading["name"]),
            "parts": desk.strip(*heading["parts"]),
            "sum_fig": desk.fig(heading["figure"]),
            "lines": [_line(desk, line) for line in heading["lines"]],
        }
        for heading in row["headings"]
    ]


def _line(desk: Desk, line: dict[str, Any]) -> dict[str, Any]:
    return {
        "number": line["number"],
        "name": capital(line["name"]),
        "target": number(line["target"], language=desk.language),
        "fig": desk.fig(line["figure"]),
        "evidence": [{**proof, "when": desk.when(proof["date"]), "date": None} for proof in line["evidence"]],
        "also": line["also"],
        "undated": line["undated"],
    }


def projects(desk: Desk) -> dict[str, Any]:
    return {
        "projects": [_project(desk, row) for row in desk.listing("projects.projects")],
        "total": desk.fig("projects.active"),
    }


def _project(desk: Desk, row: dict[str, Any]) -> dict[str, Any]:
    held = [", ".join(filter(None, [meeting["title"], desk.when(meeting["date"])])) for meeting in row["meetings"]]
    meetings = "; ".join(in_a_cell(held, _("and others")))
    facts = [
        (_("Role"), capital(row["role"]), None),
        (
            _("Countries"),
            desk.countries(row["countries"]),
            desk.fig(row["figure"]) if row["figure"] else None,
        ),
        (_("Method"), capital(row["method"]), None),
        (_("Dimensions"), capital(row["dimensions"]), None),
        (_("Phases"), desk.sentence(row["phases"]), None),
        (_("In %s") % desk.period.label, meetings, None),
        (_("Programme"), row["programme"], None),
        (_("Start"), desk.date(row["start"]), None),
        (_("End"), desk.date(row["end"]), None),
        (_("Coordinator"), row["coordinator"], None),
    ]
    optional = {_("Method"), _("Dimensions"), _("Phases")}
    return {
        "key": row["key"],
        "name": row["name"],
        "headline": row["headline"],
        "subject": capital(row["subject"]),
        "facts": [
            {"label": label, "value": value, "fig": fig}
            for label, value, fig in facts
            if value or label not in optional
        ],
        "drawing": _drawing(desk, row),
    }


def _drawing(desk: Desk, row: dict[str, Any]) -> str:
    if row["countries"]:
        return desk.artist.outline(row["key"], row["name"], row["countries"])
    year = desk.period.end.year
    first = row["start"].year if row["start"] else year
    last = row["end"].year if row["end"] else year + 1
    acts = [(desk.when(meeting["date"]), meeting["date"]) for meeting in row["meetings"] if meeting["date"]]
    if not row["phases"] and not acts:
        return ""
    return desk.artist.phases(row["key"], row["name"], row["phases"], acts, range(first, last + 1), bool(row["end"]))
