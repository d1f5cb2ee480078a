"""Pages of the desk that look over every app."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from umbel.core.crud import telling
from umbel.core.crud.access import desk
from umbel.core.crud.sections import sections
from umbel.core.formatting import reading_language
from umbel.core.models import Change, Confederation
from umbel.website import desk_front, workload
from umbel.website.changes import Log, names_of, place_of

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


@desk
def due(request: HttpRequest) -> HttpResponse:
    """Show everything that falls due or is late."""
    today = timezone.localdate()
    return render(request, "website/desk_due.html", {"due": workload.due(today, request.user), "today": today})


@desk
def changes(request: HttpRequest) -> HttpResponse:
    """Show the change log as far as the person may see it: who changed what, when, before and after."""
    log = Log(request.GET, request.user)
    names = names_of(log.lines)
    told = telling.tell(log.lines, request.user, reading_language())
    lines = [
        {
            "line": line,
            "who": names.get(line.who, line.who),
            "url": place_of(line),
            "fields": fields if line.act == Change.Act.CHANGE else [],
        }
        for line, fields in told
    ]
    kinds = sorted(
        ((section.model._meta.label_lower, section.name) for section in sections()), key=lambda kind: kind[1]
    )
    return render(request, "website/desk_changes.html", {"log": log, "lines": lines, "kinds": kinds})
