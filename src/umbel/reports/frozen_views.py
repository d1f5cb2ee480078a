"""What was frozen, on the web: editions of a report as they were printed, reports to funders as they were told."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from umbel.core.audience import is_secretariat
from umbel.core.formatting import reading_language
from umbel.core.head import head
from umbel.reports import grants, printing, tables
from umbel.reports.actions import DOWNLOADS
from umbel.reports.editions import differences, editions_of, gone
from umbel.reports.models import Edition, GrantReport, Report
from umbel.reports.views import file_response, find_report, pdf_response, told_about


def _edition(request: HttpRequest, year: int, number: int) -> tuple[Report, Edition]:
    """Return an edition of a report that the user may see. Raises `Http404`, also where only figures were kept."""
    report = find_report(request, year)
    edition = get_object_or_404(report.editions, number=number)
    if not edition.printed:
        raise Http404
    return report, edition


@require_safe
def edition(request: HttpRequest, year: int, number: int) -> HttpResponse:
    """Show an edition as it was printed, and below it what would be printed differently today."""
    report, found = _edition(request, year, number)
    values = tables.evaluate_all(report.period)
    doc = found.document["web"]
    title = _("%(report)s, edition %(number)s") % {"report": doc["header"], "number": number}
    context = {
        "doc": doc,
        "head": head(request.path, title, told_about(doc)),
        "assets": "/static/",
        "downloads": [{"label": label, "url": name} for name, label in DOWNLOADS.items()],
        "exported": False,
        "edition": found,
        "errata": [*differences(found, values, request.user, reading_language()), *gone(found, values)],
        "editions": editions_of(report),
        "year": year,
    }
    return render(request, "reports/edition.html", context)


@require_safe
def edition_file(request: HttpRequest, year: int, number: int, name: str) -> HttpResponse:
    report, found = _edition(request, year, number)
    document = found.document
    if name == "report.pdf":
        return pdf_response(printing.pdf(document["print"]), f"{report.key}-{number}")
    if name not in document["files"]:
        raise Http404
    return file_response(document["files"][name], name.rsplit(".", 1)[-1], name)


def _told(request: HttpRequest, key: str, year: int) -> GrantReport | None:
    """Return the report on a year of a grant that the address asks for by `edition`, else the last one."""
    told = grants.reports_of(request.user).filter(grant__key=key, year=year)
    number = request.GET.get("edition", "")
    found: GrantReport | None = (told.filter(number=number) if number.isdecimal() and len(number) < 5 else told).first()
    return found


@never_cache
@require_safe
def grant_report(request: HttpRequest, key: str, year: int) -> HttpResponse:
    """Show a funder what was frozen for it; the secretariat the same, and before that what could be frozen."""
    told = _told(request, key, year)
    if told is None and request.GET.get("edition"):
        raise Http404(key)
    document = told.document if told else _draft(request, key, year)
    context = {
        "report": told,
        "doc": grants.opened_for(request.user, document),
        "editions": grants.reports_of(request.user).filter(grant__key=key, year=year).defer("printed"),
        "is_secretariat": is_secretariat(request.user),
        "may_freeze": request.user.has_perm("reports.add_grantreport"),
        "changes": grants.changed_since(told) if told and is_secretariat(request.user) else [],
    }
    return render(request, "reports/grant_report.html", context)


def _draft(request: HttpRequest, key: str, year: int) -> grants.Document:
    """Return what would be frozen today. Raises `Http404` for anybody but the secretariat."""
    if not is_secretariat(request.user):
        raise Http404
    try:
        return grants.build(key, year)
    except LookupError as error:
        raise Http404(str(error)) from error


@never_cache
@require_safe
def grant_annex(request: HttpRequest, key: str, year: int) -> HttpResponse:
    """Return the evidence of a frozen report as CSV."""
    told = _told(request, key, year)
    if told is None:
        raise Http404
    document = grants.opened_for(request.user, told.document)
    return file_response(grants.annex_csv(document, settings.SITE_URL), "csv", f"{key}-{year}.csv")
