"""Figures and the listing as tables for other programs: JSON, CSV and its description (CSV on the Web)."""

import csv
import io
import json
from collections.abc import Iterable, Sequence
from typing import Any

from django.conf import settings

from umbel.core import chronology, registry
from umbel.core.figures import Memo, Value, evaluate
from umbel.core.models import current_rounding
from umbel.core.periods import Period
from umbel.core.registry import Figure

FIGURE_COLUMNS = {
    "key": ("string", "Key of the figure"),
    "label": ("string", "What it is"),
    "period": ("string", "Year or ISO 8601 interval"),
    "as_of": ("date", "Day as of which it holds"),
    "value": ("decimal", "Value, rounded by the rule of the confederation"),
    "unit": ("string", "Unit; empty for a plain number"),
    "kind": ("string", "counted, reported or derived"),
    "rule": ("string", "What is counted"),
    "rows": ("integer", "Number of rows behind the value"),
}
LISTING_COLUMNS = {
    "key": ("string", "Key of the record"),
    "date": ("string", "Date as far as it is known (ISO 8601)"),
    "month": ("integer", "Month"),
    "family": ("string", "Family of activity"),
    "kind": ("string", "Kind of activity"),
    "part": ("string", "Own part"),
    "title": ("string", "Title"),
    "place": ("string", "Place"),
    "countries": ("string", "ISO 3166-1 codes"),
    "topics": ("string", "Keys of policy files and campaigns"),
    "link": ("anyURI", "Page of the record"),
}


def figure_entry(value: Value, user: Any = None) -> dict[str, Any]:
    """Return a value for JSON: key, label, period, as_of, value, unit, kind, rule, rows the user may see."""
    figure = value.figure
    rows, hidden = value.rows_for(user)
    entry = {
        "key": figure.key,
        "label": str(figure.label),
        "period": value.period.label,
        "as_of": value.period.on.isoformat(),
        "value": plain(value),
        "unit": figure.unit,
        "kind": figure.kind,
        "rule": str(figure.rule),
        "rows": [
            {"type": row.type, "id": row.id, "text": row.text, "url": f"{settings.SITE_URL}{row.url}"} for row in rows
        ],
    }
    return {**entry, "rows_not_public": hidden} if hidden else entry


def plain(value: Value) -> int | float | None:
    """Return the printed value as JSON holds it."""
    if value.printed is None or isinstance(value.printed, int):
        return value.printed
    return float(value.printed)


def evaluate_all(period: Period, figures: Iterable[Figure] | None = None) -> list[Value]:
    """Return the values of all figures of a period."""
    rule, known = current_rounding(), {figure.key: figure for figure in registry.figures()}
    memo = Memo(known)
    chosen = known.values() if figures is None else figures
    return [evaluate(figure, period, rule, memo=memo) for figure in chosen]


def figures_json(period: Period, user: Any = None) -> list[dict[str, Any]]:
    """Return every figure of a period that a person may find listed, with its rows."""
    return [figure_entry(value, user) for value in evaluate_all(period, registry.figures_for(user))]


def figures_csv(entries: Sequence[dict[str, Any]]) -> str:
    """Return figures as CSV, one line each; `rows` is their number."""
    return to_csv(
        FIGURE_COLUMNS,
        ({**entry, "rows": len(entry["rows"]) + entry.get("rows_not_public", 0)} for entry in entries),
    )


def rows_csv(entry: dict[str, Any]) -> str:
    """Return the rows behind one figure as CSV."""
    columns = dict.fromkeys(("type", "id", "text", "url"), ("string", ""))
    return to_csv(columns, entry["rows"])


def listing_rows(period: Period, user: Any = None) -> list[dict[str, Any]]:
    """Return the year at a glance, one dict an entry."""
    topics = topics_of(period)
    return [
        {
            "key": line.key,
            "date": str(line.date),
            "month": line.date.month,
            "family": line.kind.family,
            "kind": str(line.kind.label),
            "part": line.part,
            "title": line.title,
            "place": line.place,
            "countries": " ".join(line.countries),
            "topics": " ".join(topics.get((line.source.name, line.pk), [])),
            "link": f"{settings.SITE_URL}{line.url}" if line.has_page else "",
        }
        for line in chronology.lines(period, user)
    ]


def topics_of(period: Period) -> dict[tuple[str, int], list[str]]:
    """Return the keys of the topics of each act, by source and primary key."""
    found: dict[tuple[str, int], list[str]] = {}
    for source, pk, topic, _day in sorted(chronology.topics_of(period)):
        found.setdefault((source, pk), []).append(topic)
    return found


def to_csv(columns: dict[str, Any], rows: Iterable[dict[str, Any]]) -> str:
    """Return rows as CSV (RFC 4180); a text that a spreadsheet would take for a formula gets an apostrophe."""
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    writer.writerow(columns)
    for row in rows:
        writer.writerow([harmless(row[name]) for name in columns])
    return buffer.getvalue()


def harmless(value: Any) -> Any:
    """Return a cell that no spreadsheet runs as a formula."""
    return f"'{value}" if isinstance(value, str) and value[:1] in tuple("=+-@\t\r") else value


def csvw(file: str, title: str, columns: dict[str, tuple[str, str]], language: str) -> str:
    """Return the description of a CSV file (W3C Tabular Metadata) as JSON text."""
    described = {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": language}],
        "url": file,
        "dc:title": title,
        "tableSchema": {
            "columns": [
                {"name": name, "titles": name, "datatype": datatype, "dc:description": description}
                for name, (datatype, description) in columns.items()
            ],
            "primaryKey": "key",
        },
    }
    return json.dumps(described, ensure_ascii=False, indent=1)
