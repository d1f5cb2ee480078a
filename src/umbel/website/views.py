"""The pages of the site: home, a year, the shelves and what stands on them, who we are."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, QueryDict, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from umbel.advocacy.models import Comment, Draft
from umbel.core import chronology, registry
from umbel.core import logo as logos
from umbel.core.crud.filters import read_date
from umbel.core.formatting import reading_language
from umbel.core.head import head
from umbel.core.models import Confederation
from umbel.core.palette import style_sheet
from umbel.core.periods import Period
from umbel.core.translations.saying import said
from umbel.reports import tables
from umbel.reports.drawings import table_csv
from umbel.website import about, feeds, followed, front, glance, navigation, records
from umbel.website.editing import blocks
from umbel.website.freshness import public
from umbel.website.glance import Wanted
from umbel.website.head import schema_of
from umbel.website.logo import addresses
from umbel.website.own import confederation
from umbel.website.pages import people
from umbel.website.shelf import FORMS, PublicListing, by_year, get_shelf
from umbel.website.shelves.network import members_map
from umbel.website.telling import Line
from umbel.website.wording import worded

YEARS = range(1800, 2201)
YEAR = 365 * 24 * 3600


@public
def home(request: HttpRequest) -> HttpResponse:
    own = confederation()
    if own is None:
        return render(request, "website/unloaded.html")
    told = blocks.arranged(front.page(own, timezone.localdate(), request.user), own, request.user)
    long_name, purpose = (said(own, field).text for field in ("long_name", "purpose"))
    image = addresses(own.logo_mark).get("shared", "")
    schema = {"@type": "Organization", "alternateName": long_name, "description": purpose, "logo": image}
    return render(request, told["template"], {**told, "head": head(request.path, own.name, purpose, schema)})


@public
def year(request: HttpRequest, year: int) -> HttpResponse:
    own = confederation()
    if own is None:
        return render(request, "website/unloaded.html")
    told = glance.page(own, _period(year), Wanted.of(request.GET), request.user)
    title = _("%(year)s at a glance") % {"year": year}
    asked = f"?{told['asked']}" if told["asked"] else ""
    files = followed.files("website.year.file", [year], title, FORMS, asked)
    return render(request, "website/year.html", {**told, "feeds": files, "head": head(request.path, title)})


@public
def members_table(request: HttpRequest) -> HttpResponseBase:
    """Return the numbers behind the map of members as a table."""
    return _table(table_csv(members_map(request.user)["table"]), "members-by-country")


@public
def year_file(request: HttpRequest, year: int, form: str) -> HttpResponseBase:
    """Return the year at a glance as a file, narrowed by the same filters as the page."""
    period = _period(year)
    if form not in FORMS:
        raise Http404(form)
    entries = Wanted.of(request.GET).keep(chronology.lines(period, request.user))
    if form != "csv":
        return _feed(followed.of_year(year, entries, request.get_full_path()), form)
    kept_lines = {(line.key, line.title) for line in entries}
    rows = [row for row in tables.listing_rows(period, request.user) if (row["key"], row["title"]) in kept_lines]
    return _table(tables.to_csv(tables.LISTING_COLUMNS, rows), str(year))


def _feed(told: feeds.Feed, form: str) -> HttpResponse:
    return HttpResponse(feeds.WRITERS[form](told), content_type=f"{FORMS[form].type}; charset=utf-8")


def _table(body: str | Iterator[str], name: str) -> HttpResponseBase:
    """Return a table to be kept as a file; one that comes bit by bit is sent so."""
    headers = {"Content-Disposition": f'attachment; filename="{name}.csv"'}
    kind = HttpResponse if isinstance(body, str) else StreamingHttpResponse
    answer: HttpResponseBase = kind(body, content_type="text/csv; charset=utf-8", headers=headers)
    return answer


@public
def colours(request: HttpRequest) -> HttpResponse:
    """Return the confederation's own colours as a style sheet."""
    own = get_object_or_404(Confederation)
    sheet = style_sheet(own.primary_colour, own.accent_colour)
    return HttpResponse(sheet, content_type="text/css; charset=utf-8")


def logo(request: HttpRequest, mark: str, form: str) -> HttpResponse:
    """Return the confederation's logo in a form; another file has another address, so that it is kept for long."""
    own = confederation()
    if own is None or not own.logo_mark or own.logo_mark != mark or form not in logos.FORMS:
        raise Http404(form)
    try:
        response = HttpResponse(logos.drawn(own.logo.name, mark, form), content_type="image/png")
    except logos.UNREADABLE as error:
        raise Http404(form) from error
    patch_cache_control(response, public=True, max_age=YEAR)
    return response


def record(request: HttpRequest, type: str, handle: str) -> HttpResponse:
    """Lead to the one address of a record; a kind that has neither shelf nor page of its own is shown here."""
    row = records.find(type, handle, request.user)
    if row.shelf:
        return redirect(get_shelf(row.shelf).address_of(row), permanent=True)
    if row.handle != handle or row._meta.label_lower != type:
        return redirect(row, permanent=True)
    if isinstance(row, Draft | Comment):
        return redirect(row)
    told = records.describe(row, request.user, reading_language())
    about = {"head": head(request.path, told["title"], told["kind"])}
    return render(request, "website/record.html", {**told, **about})


@public
def shelf(request: HttpRequest, shelf: str) -> HttpResponse:
    """Show a list of records as the address asks for it."""
    found = get_shelf(shelf)
    listing = PublicListing(found, request.GET, request.user)
    lines = listing.lines()
    above = worded(found.slug, found.name, found.about)
    context = {
        **above,
        "shelf": found,
        "listing": listing,
        "lines": lines,
        "years": by_year(lines) if found.is_dated else [],
        "beside": navigation.beside(found.group, request.path),
        "head": head(request.path, above["title"]["text"], above["about"]["text"]),
        **found.beside(listing, request.user),
    }
    return render(request, "website/shelf.html", context)


@public
def shelf_file(request: HttpRequest, shelf: str, form: str) -> HttpResponseBase:
    """Return a list as a file, narrowed as the address asks."""
    found = get_shelf(shelf)
    if form not in found.forms:
        raise Http404(form)
    listing = PublicListing(found, _of_list(request.GET), request.user)
    if form == "csv":
        return _table(feeds.as_csv(listing), shelf.replace("/", "-"))
    return _feed(followed.of_listing(listing, form), form)


@public
def topic_file(request: HttpRequest, shelf: str, handle: str, form: str) -> HttpResponse:
    """Return what happens on a policy file or campaign as a feed or calendar; an old address leads there."""
    if form not in followed.FEEDS:
        raise Http404(form)
    row = get_shelf(shelf).find(handle, request.user)
    if row.key != handle:
        return redirect("website.topic.file", shelf, row.key, form, permanent=True)
    return _feed(followed.of_topic(row, request.user, request.path), form)


def _of_list(address: QueryDict) -> QueryDict:
    """Return the address of a list without what only its page understands."""
    asked = address.copy()
    for name in ("page", "per", "cols"):
        asked.pop(name, None)
    return asked


@public
def item(request: HttpRequest, shelf: str, handle: str) -> HttpResponse:
    """Show a record at its one address; other addresses and spellings lead there."""
    found = get_shelf(shelf)
    row = found.find(handle, request.user)
    address = found.address_of(row)
    if address != request.path:
        return redirect(address, permanent=shelf not in {"members", "organisations"} or row.key != handle)
    told = found.page(row, request.user, request.GET)
    files = followed.files_of(found, row)
    shown = {
        **told,
        "asides": [*told.get("asides", ()), *followed.asides(files)],
        "feeds": files,
        "shelf": found,
        "beside": navigation.beside(found.group, request.path),
        "head": head(address, told["title"], told.get("lede", ""), schema_of(row, told)),
    }
    return render(request, found.template, shown)


@public
def about_us(request: HttpRequest) -> HttpResponse:
    own = get_object_or_404(Confederation)
    told = about.page(own, request.user)
    return _page(request, "website/about.html", worded("about", own.name, said(own, "purpose").text), told)


@public
def umbrellas(request: HttpRequest) -> HttpResponse:
    usual = _("The bodies of which the confederation is a part, what it is there, and who sits there for it.")
    above = worded("umbrellas", navigation.PAGES["umbrellas"], usual)
    files = followed.files("website.umbrellas.file", [], above["title"]["text"], followed.TABLED)
    return _page(request, "website/umbrellas.html", above, {**about.umbrellas(request.user), "feeds": files})


@public
def umbrellas_file(request: HttpRequest, form: str) -> HttpResponseBase:
    """Return the bodies of which the confederation is a part as a table or a feed."""
    if form not in followed.TABLED:
        raise Http404(form)
    bodies = about.umbrellas(request.user)["bodies"]
    if form == "csv":
        columns = dict.fromkeys(followed.UMBRELLA_COLUMNS)
        return _table(tables.to_csv(columns, [body["row"] for body in bodies]), "umbrellas")
    page = reverse("website.umbrellas")
    return _feed(followed.of_umbrellas(_("Umbrella memberships"), bodies, page, request.path), form)


@public
def figures_feed(request: HttpRequest, year: int) -> HttpResponse:
    """Return the figures of a year as a feed; their tables stand beside their pages."""
    if confederation() is None:
        raise Http404
    values = tables.evaluate_all(_period(year), registry.figures_for(request.user))
    return _feed(followed.of_figures(values, year, request.path), "atom")


OFFICES = {"board": (gettext_lazy("Board"), people.board), "staff": (gettext_lazy("Staff"), people.staff)}


@public
def office(request: HttpRequest, office: str) -> HttpResponse:
    """Show who is in office: today, on a day (`on`), or at any time of a `year`."""
    title, find = OFFICES[office]
    when, error = _when(request.GET)
    asked = f"?{request.META['QUERY_STRING']}" if request.GET else ""
    files = followed.files("website.office.file", [office], str(title), followed.TABLED, asked)
    is_today = not when.year and when.on == timezone.localdate()
    years = range(timezone.localdate().year, timezone.localdate().year - 3, -1)
    told = {"on": when.on, "year": when.year, "years": years, "is_today": is_today, "error": error, "feeds": files}
    return _page(request, "website/office.html", worded(office, title), {**find(when, request.user), **told})


@public
def office_file(request: HttpRequest, office: str, form: str) -> HttpResponseBase:
    """Return who is in office as a table or a feed, on the day or in the year that the address asks for."""
    title, find = OFFICES[office]
    when, error = _when(request.GET)
    if form not in followed.TABLED or error:
        raise Http404(form)
    groups = find(when, request.user)["groups"]
    if form == "csv":
        columns = dict.fromkeys(followed.OFFICE_COLUMNS)
        return _table(tables.to_csv(columns, followed.office_rows(groups)), office)
    page = reverse(f"website.{office}")
    return _feed(followed.of_office(str(title), groups, page, request.get_full_path()), form)


def _page(request: HttpRequest, template: str, above: dict[str, Line], told: dict[str, Any]) -> HttpResponse:
    frame = {
        **above,
        "beside": navigation.beside("about", request.path),
        "head": head(request.path, above["title"]["text"], above["about"]["text"]),
    }
    return render(request, template, {**frame, **told})


def _when(address: QueryDict) -> tuple[people.When, str]:
    """Return the day or year that an address asks for, today without one, and what is wrong with it."""
    year = address.get("year", "")
    if year.isdecimal() and int(year) in YEARS:
        return people.When(date(int(year), 12, 31), int(year)), ""
    day, error = _day(address.get("on", ""))
    return people.When(day), error


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
