"""Figures, audit and reports on the web. What a visitor may not see is not there."""

import json
from collections.abc import Callable
from dataclasses import asdict
from functools import wraps
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _

from umbel.core import chronology, registry
from umbel.core.audience import audiences_of
from umbel.core.figures import Row, evaluate
from umbel.core.head import head
from umbel.core.models import Confederation, current_rounding
from umbel.core.periods import Period
from umbel.reports import audit, board, document, printing, tables
from umbel.reports.actions import DOWNLOADS, data_files
from umbel.reports.drawings import table_csv
from umbel.reports.editions import editions_of, with_editions
from umbel.reports.models import Report

CSV = "text/csv; charset=utf-8"
TYPES = {"csv": CSV, "json": "application/json"}


def _period(year: int) -> Period:
    """Return the year as a period; an address with an impossible year leads nowhere."""
    if not 1800 <= year <= 2200:
        raise Http404
    return Period.year(year)


def find_report(request: HttpRequest, year: int) -> Report:
    """Return the report of a year that the user may see. Raises `Http404`."""
    report: Report = get_object_or_404(Report.objects.visible_to(request.user), year=year)
    return report


def loaded(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Before a confederation is on record a page says how to load one, and a file is not there."""

    @wraps(view)
    def guarded(request: HttpRequest, **parts: Any) -> HttpResponse:
        if not Confederation.objects.exists():
            if not request.path.endswith("/"):
                raise Http404
            return render(request, "website/unloaded.html")
        return view(request, **parts)

    return guarded


@loaded
def years(request: HttpRequest) -> HttpResponse:
    """Show the years with records or a report, each with its figures."""
    told = {report.year: report for report in Report.objects.visible_to(request.user)}
    found = sorted({*told, *chronology.years(request.user)}, reverse=True)
    return render(
        request, "reports/years.html", {"years": [{"year": year, "report": told.get(year)} for year in found]}
    )


@loaded
def reports(request: HttpRequest) -> HttpResponse:
    """Show the reports of all years with their editions and files."""
    found = with_editions(Report.objects.visible_to(request.user).order_by("-year"))
    return render(request, "reports/reports.html", {"reports": found, "files": DOWNLOADS})


@loaded
def figures(request: HttpRequest, year: int) -> HttpResponse:
    told = board.overview(_period(year), request.GET, request.user)
    about = _(
        "Every number that the confederation prints, with the rows behind it, the rule by which they are counted, and "
        "what was printed."
    )
    title = _("Figures of %(year)s") % {"year": year}
    return render(request, "reports/figures.html", {**told, "head": head(request.path, title, about)})


@loaded
def figures_table(request: HttpRequest, year: int, form: str) -> HttpResponse:
    entries = tables.figures_json(_period(year), request.user)
    body = tables.figures_csv(entries) if form == "csv" else json.dumps(entries, ensure_ascii=False)
    return file_response(body, form, f"figures-{year}.{form}")


@loaded
def figure(request: HttpRequest, year: int, key: str) -> HttpResponse:
    told = board.one(_figure(request, key), _period(year), request.user)
    title, about = f"{told['figure']['label']} · {year}", str(told["figure"]["definition"])
    return render(request, "reports/figure.html", {**told, "head": head(request.path, title, about)})


@loaded
def figure_table(request: HttpRequest, year: int, key: str, form: str) -> HttpResponse:
    if form not in TYPES:
        raise Http404
    entry = tables.figure_entry(evaluate(_figure(request, key), _period(year), current_rounding()), request.user)
    body = tables.rows_csv(entry) if form == "csv" else json.dumps(entry, ensure_ascii=False)
    return file_response(body, form, f"{key}-{year}.{form}")


@loaded
def figure_trend(request: HttpRequest, year: int, key: str) -> HttpResponse:
    """Return the last years of a figure, as its page draws them, as CSV."""
    table = board.trend(_figure(request, key), _period(year).end.year)
    if table is None:
        raise Http404(key)
    return file_response(table_csv(table), "csv", f"{key}-until-{year}.csv")


def _figure(request: HttpRequest, key: str) -> registry.Figure:
    try:
        found = registry.get_figure(key)
    except registry.DeclarationError as error:
        raise Http404(str(error)) from error
    if found.audience not in audiences_of(request.user):
        raise Http404(key)
    return found


@loaded
def audit_page(request: HttpRequest, year: int) -> HttpResponse:
    told = board.audit(_period(year), request.GET, request.user)
    about = _(
        "What was printed, held against the records, and what the records themselves leave open. A finding informs; it "
        "does not accuse."
    )
    title = _("Audit of %(year)s") % {"year": year}
    return render(request, "reports/audit.html", {**told, "head": head(request.path, title, about)})


@loaded
def audit_json(request: HttpRequest, year: int) -> HttpResponse:
    claims = _claims(request, year)
    return JsonResponse({"year": year, "totals": audit.totals(claims), "claims": claims}, encoder=RowEncoder)


@loaded
def audit_table(request: HttpRequest, year: int) -> HttpResponse:
    """Return what was printed, held against the records, as CSV."""
    return file_response(
        tables.to_csv(dict.fromkeys(CLAIM_COLUMNS), _claims(request, year)), "csv", f"audit-{year}.csv"
    )


CLAIM_COLUMNS = ("key", "place", "statement", "printed", "recorded", "state", "figure", "rule", "note", "against")


def _claims(request: HttpRequest, year: int) -> list[dict[str, Any]]:
    report = board.report_of(_period(year), request.user)
    return audit.claims(report, request.user) if report else []


class RowEncoder(DjangoJSONEncoder):
    """Writes rows behind a figure as mappings."""

    def default(self, o: Any) -> Any:
        return asdict(o) if isinstance(o, Row) else super().default(o)


@loaded
def report(request: HttpRequest, year: int) -> HttpResponse:
    found = find_report(request, year)
    downloads = [{"label": label, "url": name} for name, label in DOWNLOADS.items()]
    doc = document.build(found, request.user)
    return render(
        request,
        "reports/report.html",
        {
            "doc": doc,
            "head": head(request.path, doc["header"], told_about(doc)),
            "assets": "/static/",
            "downloads": downloads,
            "exported": False,
            "year": year,
            "editions": editions_of(found),
            "may_freeze": request.user.has_perm("reports.add_edition"),
        },
    )


def told_about(doc: dict[str, Any]) -> str:
    """Return what a report is, for machines: whose it is, and on which year."""
    told = {"name": doc["confederation"]["long_name"], "year": doc["year"]}
    return _("The work of %(name)s in %(year)s, with the records behind every figure.") % told


@loaded
def drawing_table(request: HttpRequest, year: int, name: str) -> HttpResponse:
    """Return the table of a chart as CSV: the activities of the year by month, or what the report of the year draws."""
    period = _period(year)
    if name == "months":
        drawn = {name: document.months(Confederation.current(), period, request.user)}
    else:
        drawn = document.build(find_report(request, year), request.user)["drawings"]
    if name not in drawn or not drawn[name]["rows"]:
        raise Http404(name)
    return file_response(table_csv(drawn[name]), "csv", f"{year}-{name}.csv")


@loaded
def report_file(request: HttpRequest, year: int, name: str) -> HttpResponse:
    found = find_report(request, year)
    if name == "report.pdf":
        return pdf_response(printing.pdf(document.build(found, request.user, medium="print")), found.key)
    files = data_files(found, request.user)
    if name not in files:
        raise Http404
    return file_response(files[name], name.rsplit(".", 1)[-1], name)


def file_response(body: str, form: str, name: str) -> HttpResponse:
    """Return a text as a file: CSV to keep, JSON to read."""
    headers = {"Content-Disposition": f'attachment; filename="{name}"'} if form == "csv" else {}
    return HttpResponse(body, content_type=TYPES[form], headers=headers)


def pdf_response(body: bytes, name: str) -> HttpResponse:
    """Return a PDF that opens in the browser."""
    headers = {"Content-Disposition": f'inline; filename="{name}.pdf"'}
    return HttpResponse(body, content_type="application/pdf", headers=headers)
