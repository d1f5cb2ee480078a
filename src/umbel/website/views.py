"""The pages of the site: home, a year, the shelves and what stands on them, who we are."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, QueryDict, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from umbel.core.crud.filters import read_date
from umbel.core.models import Confederation
from umbel.core.palette import style_sheet
from umbel.core.periods import Period
from umbel.reports import tables
from umbel.website import about, feeds, front, glance, navigation, records
from umbel.website.editing import blocks
from umbel.website.freshness import public
from umbel.website.glance import Wanted
from umbel.website.head import head, schema_of
from umbel.website.own import confederation
from umbel.website.pages import people
from umbel.website.shelf import FORMS, PublicListing, by_year, get_shelf

YEARS = range(1800, 2201)


@public
def home(request: HttpRequest) -> HttpResponse:
    own = confederation()
    if own is None:
        return render(request, "website/unloaded.html")
    told = blocks.arranged(front.page(own, timezone.localdate(), request.user), own, request.user)
    schema = {"@type": "Organization", "alternateName": own.long_name, "description": own.purpose}
    return render(request, told["template"], {**told, "head": head("/", own.name, own.purpose, schema)})


@public
def year(request: HttpRequest, year: int) -> HttpResponse:
    own = confederation()
    if own is None:
        return render(request, "website/unloaded.html")
    told = glance.page(own, _period(year), Wanted.of(request.GET), request.user)
    title = _("%(year)s at a glance") % {"year": year}
    return render(request, "website/year.html", {**told, "head": head(request.path, title)})


@public
def listing(request: HttpRequest, year: int) -> HttpResponse:
    """Return the year at a glance as CSV, narrowed by the same filters as the page."""
    period = _period(year)
    kept_lines = {
        (line.key, line.title) for line in Wanted.of(request.GET).keep(glance.chronology.lines(period, request.user))
    }
    rows = [row for row in tables.listing_rows(period, request.user) if (row["key"], row["title"]) in kept_lines]
    headers = {"Content-Disposition": f'attachment; filename="{year}.csv"'}
    return HttpResponse(
        tables.to_csv(tables.LISTING_COLUMNS, rows), content_type="text/csv; charset=utf-8", headers=headers
    )


@public
def colours(request: HttpRequest) -> HttpResponse:
    """Return the confederation's own colours as a style sheet."""
    own = get_object_or_404(Confederation)
    sheet = style_sheet(own.primary_colour, own.accent_colour)
    return HttpResponse(sheet, content_type="text/css; charset=utf-8")


def record(request: HttpRequest, type: str, handle: str) -> HttpResponse:
    """Lead to the one address of a record; a kind that has no shelf is shown here."""
    row = records.find(type, handle, request.user)
    if row.shelf:
        return redirect(get_shelf(row.shelf).address_of(row), permanent=True)
    if row.handle != handle or row._meta.label_lower != type:
        return redirect(row, permanent=True)
    own = Confederation.objects.first()
    return render(request, "website/record.html", records.describe(row, request.user, own.language if own else "en"))


@public
def shelf(request: HttpRequest, shelf: str) -> HttpResponse:
    """Show a list of records as the address asks for it."""
    found = get_shelf(shelf)
    listing = PublicListing(found, request.GET, request.user)
    lines = listing.lines()
    context = {
        "shelf": found,
        "listing": listing,
        "lines": lines,
        "years": by_year(lines) if found.is_dated else [],
        "beside": navigation.beside(found.group, request.path),
        "head": head(request.path, str(found.name), str(found.about)),
        **found.beside(listing, request.user),
    }
    return render(request, "website/shelf.html", context)


@public
def shelf_file(request: HttpRequest, shelf: str, form: str) -> HttpResponseBase:
    """Return a list as a file, narrowed as the address asks."""
    found = get_shelf(shelf)
    if form not in found.forms:
        raise Http404(form)
    told = feeds.WRITERS[form](PublicListing(found, _of_list(request.GET), request.user))
    content_type = f"{FORMS[form].type}; charset=utf-8"
    headers = (
        {"Content-Disposition": f'attachment; filename="{shelf.replace("/", "-")}.{form}"'} if form == "csv" else {}
    )
    return _answer(told, content_type, headers, streams=form == "csv")


def _of_list(address: QueryDict) -> QueryDict:
    """Return the address of a list without what only its page understands."""
    asked = address.copy()
    for name in ("page", "per", "cols"):
        asked.pop(name, None)
    return asked


def _answer(told: Iterator[str], content_type: str, headers: dict[str, str], streams: bool) -> HttpResponseBase:
    if streams:
        return StreamingHttpResponse(told, content_type=content_type, headers=headers)
    return HttpResponse("".join(told), content_type=content_type, headers=headers)


@public
def item(request: HttpRequest, shelf: str, handle: str) -> HttpResponse:
    """Show a record at its one address; other addresses and spellings lead there."""
    found = get_shelf(shelf)
    row = found.find(handle, request.user)
    address = found.address_of(row)
    if address != request.path:
        return redirect(address, permanent=shelf not in {"members", "organisations"} or row.key != handle)
    told = found.page(row, request.user, request.GET)
    shown = {
        **told,
        "shelf": found,
        "beside": navigation.beside(found.group, request.path),
        "head": head(address, told["title"], told.get("lede", ""), schema_of(row, told)),
    }
    return render(request, found.template, shown)


@public
def about_us(request: HttpRequest) -> HttpResponse:
    own = get_object_or_404(Confederation)
    return _page(request, "website/about.html", own.name, about.page(own, request.user), own.purpose)


@public
def umbrellas(request: HttpRequest) -> HttpResponse:
    told = about.umbrellas(request.user)
    return _page(request, "website/umbrellas.html", _("Umbrella memberships"), told)


@public
def board(request: HttpRequest) -> HttpResponse:
    day, error = _day(request.GET.get("on", ""))
    return _page(request, "website/office.html", _("Board"), people.board(day, request.user) | _on(day, error))


@public
def staff(request: HttpRequest) -> HttpResponse:
    day, error = _day(request.GET.get("on", ""))
    return _page(request, "website/office.html", _("Staff"), people.staff(day, request.user) | _on(day, error))


def _page(request: HttpRequest, template: str, title: str, told: dict[str, Any], about_it: str = "") -> HttpResponse:
    frame = {
        "title": title,
        "beside": navigation.beside("about", request.path),
        "head": head(request.path, title, about_it),
    }
    return render(request, template, {**frame, **told})


def _on(day: date, error: str) -> dict[str, Any]:
    return {"on": day, "is_today": day == timezone.localdate(), "error": error}


def _day(asked: str) -> tuple[date, str]:
    """Return the day that an address asks for, today without one, and what is wrong with it."""
    if not asked.strip():
        return timezone.localdate(), ""
    try:
        day = read_date(asked).last_day
    except ValidationError as error:
        return timezone.localdate(), " ".join(error.messages)
    return (day, "") if day.year in YEARS else (timezone.localdate(), _("That day is too far away."))


def _period(year: int) -> Period:
    if year not in YEARS:
        raise Http404
    return Period.year(year)
