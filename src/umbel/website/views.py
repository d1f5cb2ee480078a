"""The pages of the site that belong to no chapter of the work: home, a year, a record."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from umbel.core.models import Confederation
from umbel.core.palette import style_sheet
from umbel.core.periods import Period
from umbel.reports import tables
from umbel.website import front, glance, records
from umbel.website.glance import Wanted

YEARS = range(1800, 2201)


def home(request: HttpRequest) -> HttpResponse:
    own = Confederation.objects.first()
    if own is None:
        return render(request, "website/unloaded.html")
    return render(request, "website/home.html", front.page(own, timezone.localdate(), request.user))


def year(request: HttpRequest, year: int) -> HttpResponse:
    own = Confederation.objects.first()
    if own is None:
        return render(request, "website/unloaded.html")
    return render(request, "website/year.html", glance.page(own, _period(year), Wanted.of(request.GET), request.user))


def listing(request: HttpRequest, year: int) -> HttpResponse:
    """Return the year at a glance as CSV, narrowed by the same filters as the page."""
    period = _period(year)
    kept = {
        (line.key, line.title) for line in Wanted.of(request.GET).keep(glance.chronology.lines(period, request.user))
    }
    rows = [row for row in tables.listing_rows(period, request.user) if (row["key"], row["title"]) in kept]
    headers = {"Content-Disposition": f'attachment; filename="{year}.csv"'}
    return HttpResponse(
        tables.to_csv(tables.LISTING_COLUMNS, rows), content_type="text/csv; charset=utf-8", headers=headers
    )


def colours(request: HttpRequest) -> HttpResponse:
    """Return the confederation's own colours as a style sheet."""
    own = get_object_or_404(Confederation)
    sheet = style_sheet(own.primary_colour, own.accent_colour)
    return HttpResponse(sheet, content_type="text/css; charset=utf-8")


def record(request: HttpRequest, type: str, handle: str) -> HttpResponse:
    row = records.find(type, handle, request.user)
    if row.handle != handle:
        return redirect(row)
    own = Confederation.objects.first()
    return render(request, "website/record.html", records.describe(row, request.user, own.language if own else "en"))


def _period(year: int) -> Period:
    if year not in YEARS:
        raise Http404
    return Period.year(year)
