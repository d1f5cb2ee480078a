"""The report to a funder: a year of one grant with its lines, figures and evidence, and nothing of other grants."""

from dataclasses import asdict
from typing import Any

from django.apps import apps
from django.utils import translation

from umbel.core import formatting, registry
from umbel.core.figures import Row, Value
from umbel.core.models import Confederation
from umbel.core.palette import print_palette
from umbel.core.periods import Period
from umbel.reports.citing import Citations, path
from umbel.reports.drawings import Artist
from umbel.reports.layouts.desk import Desk
from umbel.reports.layouts.money import headings
from umbel.reports.models import Chapter, GrantReport, Passage, Report
from umbel.reports.prose import paragraphs
from umbel.reports.tables import to_csv

ANNEX_COLUMNS = ("line", "name", "title", "kind", "date", "counts", "link")

Document = dict[str, Any]


def reports_of(user: Any) -> Any:
    """Return the reports to funders that a user may open, the latest edition of each grant and year first.

    A funder sees those of its own grants, the secretariat all of them.
    """
    return GrantReport.objects.visible_to(user).select_related("grant").order_by("-year", "grant__name", "-number")


def build(key: str, year: int) -> Document:
    """Return the report on a year of a grant, by its key, as plain data that JSON can hold.

    `{"year", "language", "grant": {…}, "headings": [as the layout gives them], "texts", "alone", "figures", "rows":
    {figure: [rows]}, "annex": [{"line", "name", "type", "id", "title", "kind", "date", "when", "supports", "url"}]}`.
    Figures that count all grants of a year are told only where the grant is alone in it. Raises `LookupError` where
    the grant has no work programme for the year.
    """
    told = Report.objects.filter(year=year).first()
    language = told.language if told else Confederation.current().language
    with translation.override(language):
        return _build(key, Period.year(year), told, language)


def _build(key: str, period: Period, told: Report | None, language: str) -> Document:
    grants = registry.get_listing("projects.grants", period)
    grant = next((row for row in grants if row["key"] == key), None)
    if grant is None:
        raise LookupError(f"{key} has no work programme for {period.label}")
    own, is_alone = Confederation.current(), len(grants) == 1
    palette = print_palette(own.primary_colour, own.accent_colour)
    desk = Desk(period, language, Citations(period, language), Artist("web", palette, language), [], {})
    if not is_alone:
        grant = {**grant, "headings": [{**heading, "parts": []} for heading in grant["headings"]]}
    year = period.end.year
    return {
        "year": year,
        "language": language,
        "grant": _facts(grant, year, language),
        "headings": headings(desk, grant),
        "totals": desk.strip("grant.lines", "grant.undated", "grant.shared") if is_alone else [],
        "texts": _texts(told, desk) if is_alone else [],
        "annex": [row for heading in grant["headings"] for line in heading["lines"] for row in _annex(line, desk)],
        "figures": _figures(desk),
        "rows": {ref: _rows(value, desk) for ref, value in desk.citations.values.items() if _is_own(value)},
    }


def _facts(grant: dict[str, Any], year: int, language: str) -> dict[str, Any]:
    kept = ("key", "name", "funder", "programme", "strand", "notice")
    return {
        **{name: grant[name] for name in kept},
        "years": f"{grant['first_year']}–{grant['last_year']}",
        "ordinal": year - grant["first_year"] + 1,
        "length": grant["last_year"] - grant["first_year"] + 1,
        "amount": formatting.number(grant["amount"], language=language) if grant["amount"] is not None else "",
    }


def _texts(told: Report | None, desk: Desk) -> list[dict[str, Any]]:
    passages = Passage.objects.filter(chapter__report=told, chapter__layout=Chapter.Layout.GRANT)
    return [
        {"title": passage.title, "paragraphs": paragraphs(passage.text, desk.citations)}
        for passage in (passages if told else [])
    ]


def _annex(line: dict[str, Any], desk: Desk) -> list[dict[str, Any]]:
    return [
        {
            "line": line["number"],
            "name": line["name"],
            "type": proof["type"],
            "id": proof["id"],
            "title": proof["text"],
            "kind": proof["kind"],
            "date": str(proof["date"] or ""),
            "when": desk.date(proof["date"]),
            "supports": proof["supports"],
            "url": proof["url"],
        }
        for proof in line["evidence"]
    ]


def _is_own(value: Value) -> bool:
    """Tell whether a figure counts what the grant pays for; the rows of others are not the funder's to see."""
    return value.figure.chapter == "grant"


def _figures(desk: Desk) -> dict[str, dict[str, Any]]:
    """Return what was cited; the figures of the grant open their rows below, others their page."""
    values, entries = desk.citations.values, desk.citations.as_dict(numbered=False)
    return {
        ref: {**entry, "url": f"#{ref}" if _is_own(values[ref]) else path(entry["key"], values[ref].period.end.year)}
        for ref, entry in entries.items()
    }


def _rows(value: Value, desk: Desk) -> list[dict[str, Any]]:
    named = [getattr(row, "record", None) or row for row in value.rows()]
    return [{**asdict(Row.of(record)), "when": desk.date(getattr(record, "date", None))} for record in named]


def changed_since(report: GrantReport) -> list[dict[str, str]]:
    """Return the figures of a report that records would give otherwise today: label, value then and now."""
    then, now = report.document["figures"], build(report.grant.key, report.year)["figures"]
    return [
        {"label": entry["label"], "then": entry["value"], "now": now[ref]["value"] if ref in now else ""}
        for ref, entry in then.items()
        if ref not in now or now[ref]["value"] != entry["value"]
    ]


def opened_for(user: Any, document: Document) -> Document:
    """Return a report in which only those records lead on that a user may open; all of them stay named."""
    named = [*document["annex"], *(row for rows in document["rows"].values() for row in rows)]
    wanted: dict[str, set[str]] = {}
    for row in named:
        wanted.setdefault(row["type"], set()).add(row["id"])
    opened = {(kind, handle) for kind, handles in wanted.items() for handle in _seen(kind, handles, user)}

    def shut(row: dict[str, Any]) -> dict[str, Any]:
        return row if (row["type"], row["id"]) in opened else {**row, "url": ""}

    parts = [
        {**heading, "lines": [{**line, "evidence": [*map(shut, line["evidence"])]} for line in heading["lines"]]}
        for heading in document["headings"]
    ]
    rows = {ref: [*map(shut, found)] for ref, found in document["rows"].items()}
    return {**document, "headings": parts, "annex": [*map(shut, document["annex"])], "rows": rows}


def _seen(kind: str, handles: set[str], user: Any) -> set[str]:
    """Return those rows of a kind, by handle, that a user may see today."""
    model: Any = apps.get_model(kind)
    path = "key" if any(field.name == "key" for field in model._meta.get_fields()) else "pk"
    return {row.handle for row in model.objects.visible_to(user).filter(**{f"{path}__in": handles})}


def annex_csv(document: Document, site: str) -> str:
    """Return the evidence as CSV, one line for each record under each line of the grant."""
    rows = [
        {
            **row,
            "counts": "supports" if row["supports"] else "counted",
            "link": f"{site}{row['url']}" if row["url"] else "",
        }
        for row in document["annex"]
    ]
    return to_csv(dict.fromkeys(ANNEX_COLUMNS), rows)
