"""Old addresses: asked only where nothing else was found, so that a redirect never hides a page."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponsePermanentRedirect, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import get_script_prefix

from umbel.website.models import Redirect


class Redirects:
    """Middleware that leads on from an old address when the answer would be that there is nothing."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if response.status_code != 404 or request.method not in {"GET", "HEAD"}:
            return response
        return _redirected(request) or response


def _redirected(request: HttpRequest) -> HttpResponseBase | None:
    """Return where an address leads now, with what was asked of it; `None` where nothing is known of it."""
    asked = request.META.get("QUERY_STRING", "")
    path = request.path_info
    if "\0" in path or "\0" in asked:
        return None
    whole = f"{path}?{asked}" if asked else ""
    rows = Redirect.objects.visible_to(request.user)
    found = list(rows.at(path) | rows.filter(from_path=whole)) if whole else list(rows.at(path))
    if not found:
        return None
    chosen = next((row for row in found if row.from_path == whole), found[0])
    to = chosen.to if chosen.to.startswith("http") else get_script_prefix() + chosen.to.lstrip("/")
    if asked and chosen.from_path != whole:
        to += f"{'&' if '?' in to else '?'}{asked}"
    kind = HttpResponsePermanentRedirect if chosen.is_permanent else HttpResponseRedirect
    return kind(to)
