"""Old addresses: asked only where nothing else was found, so that a redirect never hides a page."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from django.apps import apps
from django.db.models.signals import post_save
from django.http import Http404, HttpRequest, HttpResponsePermanentRedirect, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import Resolver404, get_script_prefix, resolve

from umbel.core.audience import audience_of
from umbel.core.records import Record, address
from umbel.website import records
from umbel.website.followed import FEEDS
from umbel.website.models import Redirect
from umbel.website.shelf import get_shelf


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
    path, form = _page_of(path)
    whole = f"{path}?{asked}" if asked and not form else ""
    chosen = leading(path, request.user, whole)
    if chosen is None:
        return None
    to = chosen.to if chosen.to.startswith("http") else get_script_prefix() + chosen.to.lstrip("/")
    if form:
        to = f"{to.rstrip('/')}.{form}"
    if asked and chosen.from_path != whole:
        to += f"{'&' if '?' in to else '?'}{asked}"
    kind = HttpResponsePermanentRedirect if chosen.is_permanent else HttpResponseRedirect
    return kind(to)


def _page_of(path: str) -> tuple[str, str]:
    """Return the page of a record whose feed an address is, with the form of the feed; "" for any other address."""
    try:
        match = resolve(path)
    except Resolver404:
        return path, ""
    form = match.kwargs["form"] if match.url_name == "website.topic.file" else ""
    return (f"{path.removesuffix(form).rstrip('.')}/", form) if form in FEEDS else (path, "")


def leading(path: str, user: Any, whole: str = "") -> Redirect | None:
    """Return the redirect that leads a reader on from a path where nothing is, `None` where none does.

    `whole` is the path with what was asked of it; a redirect for that stands before one for the path alone. Of a record
    its page says where it went, whichever of its addresses is asked for, and not where its key is another one's today.
    """
    rows = Redirect.objects.visible_to(user)
    found = list(rows.at(path) | rows.filter(from_path=whole)) if whole else list(rows.at(path))
    page = _record_at(path)
    if page and not found:
        found = list(rows.at(_path(*page)))
    if not found or (page and _is_taken(*page)):
        return None
    chosen = next((row for row in found if row.from_path == whole), found[0])
    return chosen if _is_open(chosen.to, user) else None


def _record_at(path: str) -> tuple[str, str] | None:
    """Return the kind of record and the handle that a page of the site is about, `None` where it is about none."""
    try:
        match = resolve(path)
    except Resolver404:
        return None
    if match.url_name == "website.shelf.show":
        return get_shelf(match.kwargs["shelf"]).model._meta.label_lower, match.kwargs["handle"]
    if match.url_name != "website.record.show":
        return None
    kind, handle = match.kwargs["type"], match.kwargs["handle"]
    return (kind, handle) if issubclass(_model(kind), Record) else None


def _model(kind: str) -> Any:
    try:
        return apps.get_model(kind)
    except (LookupError, ValueError):
        return object


def _path(kind: str, handle: str) -> str:
    """Return the path of a record's own page, whatever the language: `/events/t50/`."""
    return f"/{address(kind, handle).removeprefix(get_script_prefix())}"


def _is_taken(kind: str, handle: str) -> bool:
    """Tell whether a record has a key today, also one that the reader may not see."""
    rows = _model(kind)._base_manager
    is_keyed = any(field.name == "key" for field in rows.model._meta.concrete_fields)
    return bool(is_keyed and rows.filter(key=handle).exists())


def _is_open(to: str, user: Any) -> bool:
    """Tell whether a redirect may be followed: not to the page of a record that the reader may not see."""
    page = None if to.startswith("http") else _record_at(urlsplit(to).path)
    try:
        return page is None or bool(records.find(*page, user))
    except Http404:
        return False


def keep_old_address(sender: type[Any], instance: Any, raw: bool = False, **_: Any) -> None:
    """Lead from the address that a record had under another key to the one that it has now.

    Django sends `post_save` for every row; `tracking.remember` left there what the row held before.
    """
    if raw or not issubclass(sender, Record):
        return
    before = instance.__dict__.get("_before", {}).get("key")
    if before and before != instance.key:
        kind = sender._meta.label_lower
        Redirect.objects.lead(_path(kind, before), _path(kind, instance.key), audience_of(instance))


def connect() -> None:
    """Start keeping old addresses; called once, when the apps are ready."""
    post_save.connect(keep_old_address, dispatch_uid="umbel.keep_old_address")
