"""How much a request may carry: what its sender says of it decides, before anything of it is read."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render

from umbel.website.starting import door

MEGABYTE = 1024 * 1024


class Sizes:
    """Middleware that refuses larger bodies than visitors, or people who are signed in, have a use for.

    It stands before all that reads a body. Without a length nothing is read at all: Django takes such a body as empty.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        size = told(request)
        if size <= MEGABYTE:
            return self.get_response(request)
        is_known = has_come_in(request)
        limit = largest_file() if is_known else MEGABYTE
        if is_known and size <= limit + MEGABYTE:
            return self.get_response(request)
        # Without the request the page of a visitor asks the database nothing.
        context = {"size": size, "limit": limit, "is_known": is_known, "demo": settings.DEMO}
        return render(request if is_known else None, "413.html", context, status=413)


def told(request: HttpRequest) -> int:
    """Return the size of a body as its sender tells it, 0 where that is no number."""
    length = request.META.get("CONTENT_LENGTH") or ""
    return int(length) if length.isdecimal() else 0


def largest_file() -> int:
    return max(settings.UPLOAD_LIMIT_MB, settings.IMPORT_LIMIT_MB) * MEGABYTE


def has_come_in(request: HttpRequest) -> bool:
    """Tell whether somebody is signed in, or sets up an installation that has no accounts yet."""
    has_session = settings.SESSION_COOKIE_NAME in request.COOKIES
    return has_session and (request.user.is_authenticated or door.has_entered(request))
