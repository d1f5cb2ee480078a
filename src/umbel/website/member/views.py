"""The pages of the member area."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from umbel.core.languages import lead_language
from umbel.network.rules import own_organisations
from umbel.network.todo import todos
from umbel.network.views.own import organisation_of
from umbel.website.feeds import as_ics
from umbel.website.member import calendar, groups
from umbel.website.member import home as front
from umbel.website.member.access import member_area, of_the_network
from umbel.website.member.papers import PAPERS
from umbel.website.member.people import DIRECTORY
from umbel.website.member.preferences import PreferencesForm
from umbel.website.shelf import PublicListing, Shelf

YEARS = range(1900, 2200)


@member_area
def home(request: HttpRequest) -> HttpResponse:
    day = timezone.localdate()
    return render(request, "member/home.html", {"today": day, **front.page(request.user, day)})


@member_area
def organisation(request: HttpRequest, key: str = "") -> HttpResponse:
    """Show an organisation for which somebody speaks; without a key the first one."""
    if not key:
        own = own_organisations(request.user)
        if not own:
            raise Http404
        return redirect("member.organisation.show", own[0].key)
    row = organisation_of(request, key)
    others = [other for other in own_organisations(request.user) if other != row]
    return render(request, "member/organisation.html", {**front.organisation(row, request.user), "others": others})


@member_area
def documents(request: HttpRequest) -> HttpResponse:
    return _listed(request, PAPERS)


@of_the_network
def directory(request: HttpRequest) -> HttpResponse:
    return _listed(request, DIRECTORY)


def _listed(request: HttpRequest, shelf: Shelf) -> HttpResponse:
    listing = PublicListing(shelf, request.GET, request.user)
    return render(request, "member/list.html", {"shelf": shelf, "listing": listing, "lines": listing.lines()})


@of_the_network
def group_list(request: HttpRequest) -> HttpResponse:
    return render(request, "member/groups.html", groups.page(request.user, timezone.localdate()))


@of_the_network
def months(request: HttpRequest) -> HttpResponse:
    """Show a month with what concerns somebody, and the address under which their own calendar reads it."""
    day = timezone.localdate()
    year, month = _month(request.GET.get("month", "")) or (day.year, day.month)
    asked = todos(request.user, own_organisations(request.user))
    items = calendar.of_month(request.user, year, month, asked)
    context = {
        "month": calendar.grid(year, month, items, day),
        "items": items,
        "before": f"{year - (month == 1)}-{(month - 2) % 12 + 1:02}",
        "after": f"{year + (month == 12)}-{month % 12 + 1:02}",
        "is_now": (year, month) == (day.year, day.month),
        "address": request.build_absolute_uri(calendar.address_of(_user(request))),
    }
    return render(request, "member/calendar.html", context)


def _month(asked: str) -> tuple[int, int] | None:
    year, _hyphen, month = asked.partition("-")
    if year.isdecimal() and month.isdecimal() and int(year) in YEARS and 1 <= int(month) <= 12:
        return int(year), int(month)
    return None


def _user(request: HttpRequest) -> Any:
    return request.user


@of_the_network
@require_POST
def renew_calendar(request: HttpRequest) -> HttpResponse:
    calendar.renew(_user(request))
    messages.success(request, _("Your calendar has a new address. The one before is worthless from now on."))
    return redirect("member.calendar")


@never_cache
def calendar_file(request: HttpRequest, token: str) -> HttpResponse:
    """Return somebody's calendar to whoever knows its address. Raises `Http404` for one that is worthless."""
    user = calendar.reader_of(token)
    if user is None:
        raise Http404
    with override(user.language or lead_language()):
        made = as_ics(calendar.feed(user, timezone.localdate(), request.path))
    return HttpResponse(made, content_type="text/calendar; charset=utf-8")


@never_cache
@login_required
def preferences(request: HttpRequest) -> HttpResponse:
    """Let anybody who is signed in choose their language and mails."""
    form = PreferencesForm(request.POST or None, user=_user(request))
    if form.is_valid():
        form.save()
        with override(form.user.language):
            messages.success(request, _("Your preferences are saved."))
        return redirect("member.preferences")
    return render(request, "member/preferences.html", {"form": form})
