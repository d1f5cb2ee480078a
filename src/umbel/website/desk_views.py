"""Pages of the desk that look over every app."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from umbel.core.crud.access import desk
from umbel.core.models import Confederation
from umbel.website import desk_front

YEARS = range(1900, 2200)


@desk
def home(request: HttpRequest) -> HttpResponse:
    """Show the home of the desk, for the year that is asked for or the one that is reported on."""
    own = Confederation.objects.first()
    if own is None:
        return render(request, "website/unloaded.html")
    asked = request.GET.get("year", "")
    year = int(asked) if asked.isdecimal() and int(asked) in YEARS else own.reporting_year
    return render(request, "website/desk_home.html", desk_front.page(own, year, timezone.localdate(), request.user))
