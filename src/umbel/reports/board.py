"""What the pages of figures and audit show."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from umbel.core import charts, registry
from umbel.core.audience import audience_of, audiences_of
from umbel.core.charts import Caption, Drawing, Point, ScreenPalette
from umbel.core.dates import PartialDate
from umbel.core.figures import Memo, Row, Value, evaluate
from umbel.core.formatting import number, reading_language
from umbel.core.leaf import Leaf
from umbel.core.models import current_rounding
from umbel.core.names import fold
from umbel.core.periods import Period
from umbel.core.registry import Figure, Finding
from umbel.reports import audit as auditing
from umbel.reports.citing import path, printed
from umbel.reports.claims import State
from umbel.reports.editions import differences, latest
from umbel.reports.layouts.length import LONG_TABLE, LONG_YEAR, SHOWN
from umbel.reports.models import Report

YEARS_SHOWN = 4
CHAPTERS = {
    "chronicle": gettext_lazy("Year"),
    "network": gettext_lazy("Network"),
    "governance": gettext_lazy("Governance"),
    "events": gettext_lazy("Events"),
    "library": gettext_lazy("Library"),
    "collection": gettext_lazy("Collection"),
    "advocacy": gettext_lazy("Advocacy"),
    "groups": gettext_lazy("Groups"),
    "communication": gettext_lazy("Communication"),
    "projects": gettext_lazy("Projects"),
    "grant": gettext_lazy("Grant"),
    "facts": gettext_lazy("Facts of others"),
}
KINDS = {
    "counted": gettext_lazy("counted"),
    "reported": gettext_lazy("reported"),
    "derived": gettext_lazy("derived"),
}
CONTRADICTIONS = {State.CONTRADICTS.value, State.ROUNDING.value, State.DOUBLED.value}


def overview(period: Period, wanted: Mapping[str, str], user: Any) -> dict[str, Any]:
    """Return the list of figures, narrowed by `chapter`, `kind`, `q` and `findings` of the address.

    Hundreds of them come page by page.
    """
    known = {figure.key: figure for figure in registry.figures()}
    shelf = [figure for figure in known.values() if figure.audience in audiences_of(user)]
    report = report_of(period, user)
    claims = claims_by_figure(report, user, known)
    asked = {name: text for name in ASKED if (text := wanted.get(name, "").strip())}
    chosen = _chosen(shelf, asked, claims)
    leaf = Leaf(chosen, wanted.get("page", ""), asked) if len(chosen) > LONG_YEAR else None
    numbers = {key: n for n, key in enumerate(known, start=1)}
    edition = latest(report) if report else None
    before, rule, memo = period.previous(), current_rounding(), Memo(known)
    values = {figure.key: evaluate(figure, period, rule, memo=memo) for figure in (leaf.rows if leaf else chosen)}
    return {
        "year": period.end.year,
        "years": Report.objects.visible_to(user).values_list("year", flat=True),
        "chapters": _chapters(shelf),
        "current": asked.get("chapter", ""),
        "kind": asked.get("kind", ""),
        "query": asked.get("q", ""),
        "findings": asked.get("findings") == "1",
        "kinds": [{"key": key, "label": label} for key, label in KINDS.items()],
        "figures": [
            {
                **summary(value, claims),
                "n": numbers[key],
                "previous": _previous(evaluate(value.figure, before, rule, memo=memo)),
            }
            for key, value in values.items()
        ],
        "listing": leaf,
        "edition": edition,
        "differences": list(differences(edition, _every(chosen, period, memo), user, reading_language()))
        if edition
        else [],
        "totals": {
            "all": len(shelf),
            **{key: sum(figure.kind == key for figure in shelf) for key in KINDS},
            "findings": sum(state_of(stated) in CONTRADICTIONS for stated in claims.values()),
        },
    }


ASKED = ("chapter", "kind", "q", "findings")


def _chosen(shelf: list[Figure], asked: Mapping[str, str], claims: dict[str, list[dict[str, Any]]]) -> list[Figure]:
    chapter, kind, query = (asked.get(name, "") for name in ("chapter", "kind", "q"))
    findings = asked.get("findings") == "1"
    return [
        figure
        for figure in shelf
        if (not chapter or figure.chapter == chapter)
        and (not kind or figure.kind == kind)
        and (not query or fold(query) in fold(f"{figure.label} {figure.key}"))
        and (not findings or state_of(claims.get(figure.key, [])) in CONTRADICTIONS)
    ]


def _every(figures: list[Figure], period: Period, memo: Memo) -> Iterator[Value]:
    rule = current_rounding()
    return (evaluate(figure, period, rule, memo=memo) for figure in figures)


def _chapters(shelf: list[Figure]) -> list[dict[str, Any]]:
    counts: dict[str, int] = {}
    for figure in shelf:
        counts[figure.chapter] = counts.get(figure.chapter, 0) + 1
    return [{"key": key, "label": CHAPTERS.get(key, key), "count": count} for key, count in counts.items()]


def _previous(value: Value) -> str:
    return printed(value, reading_language()) if value.value else ""


def report_of(period: Period, user: Any) -> Report | None:
    """Return the report of a year that a user may see, if there is one."""
    found: Report | None = Report.objects.visible_to(user).filter(year=period.end.year).first()
    return found


def claims_by_figure(
    report: Report | None, user: Any, known: Mapping[str, Figure], figure: str = ""
) -> dict[str, list[dict[str, Any]]]:
    """Return what a report printed, by figure; of one figure where it is named."""
    found: dict[str, list[dict[str, Any]]] = {}
    for claim in auditing.claims(report, user, figure, known) if report else []:
        found.setdefault(claim["figure"], []).append({**claim, "value": claim["printed"]})
    found.pop("", None)
    return found


def state_of(claims: list[dict[str, Any]]) -> str:
    """Return the gravest state of the claims of a figure; "none" where nothing was printed."""
    states = {claim["state"] for claim in claims}
    return next((state.value for state in auditing.STATES if state.value in states), "none")


def summary(value: Value, claims: dict[str, list[dict[str, Any]]]) -> dict[str, Any]:
    figure, stated = value.figure, claims.get(value.figure.key, [])
    return {
        "key": figure.key,
        "label": figure.label,
        "value": printed(value, reading_language()),
        "raw": value.printed,
        "kind": figure.kind,
        "kind_label": KINDS[figure.kind],
        "unit": figure.unit,
        "rows": value.number_of_rows(),
        "rule": figure.rule,
        "definition": figure.definition,
        "url": path(figure.key, value.period.end.year),
        "claims": stated,
        "state": state_of(stated),
    }


def one(figure: Figure, period: Period, user: Any) -> dict[str, Any]:
    """Return one figure with its rows, its last years and what was printed."""
    rule, known = current_rounding(), {each.key: each for each in registry.figures()}
    value = evaluate(figure, period, rule, known)
    records = list(value.rows())
    rows = [_row(record) for record in records if audience_of(record) in audiences_of(user)]
    year = period.end.year
    series = _series(figure, year, known, rule)
    drawn = _trend(figure, series)
    return {
        "figure": {
            **summary(value, claims_by_figure(report_of(period, user), user, known, figure.key)),
            "n": list(known).index(figure.key) + 1,
            "period": period.label,
            "as_of": PartialDate.of(period.on),
            "is_floor": figure.is_floor,
            "source": "; ".join(dict.fromkeys(filter(None, (getattr(row, "source", "") for row in records)))),
        },
        "year": year,
        "series": [
            {"year": each.period.label, "value": printed(each, reading_language()) if each.value else ""}
            for each in series
        ],
        "drawing": {"svg": drawn.svg, "title": drawn.title, "table": _file(figure, year, "trend.csv")}
        if drawn
        else None,
        "rows": rows,
        "hidden": len(records) - len(rows),
        "csv": _file(figure, year, "csv"),
        "json": _file(figure, year, "json"),
    }


def _file(figure: Figure, year: int, form: str) -> str:
    return f"{path(figure.key, year).removesuffix('/')}.{form}"


def _row(record: Any) -> dict[str, Any]:
    dated = getattr(record, "record", None) or record
    return {**asdict(Row.of(record)), "date": getattr(dated, "date", None)}


def trend(figure: Figure, year: int) -> dict[str, Any] | None:
    """Return the table of the drawing of the last years of a figure, `None` where nothing is drawn."""
    known = {each.key: each for each in registry.figures()}
    drawn = _trend(figure, _series(figure, year, known, current_rounding()))
    if drawn is None:
        return None
    rows = [["" if cell is None else cell for cell in row] for row in drawn.rows]
    return {"columns": drawn.columns, "rows": rows}


def _series(figure: Figure, year: int, known: Mapping[str, Figure], rule: str) -> list[Value]:
    years = range(year - YEARS_SHOWN + 1, year + 1)
    return [evaluate(figure, Period.year(each), rule, known) for each in years]


def _trend(figure: Figure, series: list[Value]) -> Drawing | None:
    """Draw the last years where more than one is on record; a change can fall, and columns cannot show that."""
    known = [each for each in series if each.value]
    if len(known) < 2 or any(each.printed is not None and each.printed < 0 for each in known):
        return None
    points = [
        Point(each.period.label, float(each.printed) if each.value and each.printed is not None else None)
        for each in series
    ]
    caption = Caption(
        str(figure.label),
        heads=(_("Year"), str(figure.label)),
        number=lambda v: number(v, figure.digits, reading_language()),
    )
    return charts.columns(
        points,
        caption=caption,
        palette=ScreenPalette(),
        highlight=series[-1].period.label,
        width=60,
        height=30,
    )


def audit(period: Period, wanted: Mapping[str, str], user: Any) -> dict[str, Any]:
    """Return the audit of a year, its claims narrowed by `state` of the address; or one `check` of it, page by page."""
    report = report_of(period, user)
    claims = auditing.claims(report, user) if report else []
    state, answers = wanted.get("state", ""), auditing.checks(report, period, user)
    alone = next((answer for answer in answers if answer.key == wanted.get("check")), None)
    listing = Leaf(alone.findings, wanted.get("page", ""), {"check": alone.key}) if alone else None
    return {
        "year": period.end.year,
        "report": report,
        "alone": alone,
        "listing": listing,
        "totals": auditing.totals(claims),
        "states": [{"key": key.value, "label": label} for key, label in auditing.STATES.items()],
        "state": state,
        "claims": [
            {**claim, "figure_url": path(claim["figure"], period.end.year) if claim["figure"] else ""}
            for claim in claims
            if not state or claim["state"] == state
        ],
        "checks": [_answer(alone, listing.rows)] if alone and listing else [_folded(answer) for answer in answers],
    }


def _folded(answer: auditing.Answer) -> dict[str, Any]:
    """Return a check with its first findings where they are many; `rest` is the address of all of them."""
    is_cut = len(answer.findings) > LONG_TABLE
    shown = answer.findings[:SHOWN] if is_cut else answer.findings
    return {**_answer(answer, shown), "rest": f"?check={answer.key}" if is_cut else ""}


def _answer(answer: auditing.Answer, shown: Sequence[Finding]) -> dict[str, Any]:
    return {
        "key": answer.key,
        "label": answer.label,
        "hint": answer.hint,
        "hidden": answer.hidden,
        "number": len(answer.findings),
        "findings": [{"text": finding.text, "rows": [Row.of(row) for row in finding.rows]} for finding in shown],
    }
