"""Pages of visitors are made once for each state of the records: a second asking gets the same page, or a 304."""

from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass
from functools import wraps
from hashlib import sha256
from importlib.metadata import version
from typing import Any, TypeVar

from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils import timezone
from django.utils.cache import get_conditional_response, patch_cache_control, patch_vary_headers
from django.utils.translation import get_language

from umbel.core.changelog import Change
from umbel.core.remembering import Store
from umbel.website.models import Page

View = Callable[..., HttpResponseBase]
Kind = TypeVar("Kind")

PAGES, PARTS = 4_000_000, 100
"""How many bytes of pages are kept in a process, and how many parts of pages."""
PROGRAM = version("umbel"), str(timezone.now()) if settings.DEBUG else ""

_stamp: ContextVar[tuple[str, bool]] = ContextVar("stamp", default=("", False))
"""The state of the records while a page is made, and whether it is a visitor's."""
LAST = """
SELECT hash, (SELECT MAX(publish_on) FROM website_page WHERE status = %s AND publish_on <= %s)
FROM core_change ORDER BY id DESC LIMIT 1
"""
"""The last line of the change log, and the instant at which a page came out by itself last; every page asks for it."""


@dataclass(frozen=True)
class Made:
    """A page as it was sent: its body and the headers that belong to it."""

    body: bytes
    content_type: str
    disposition: str

    @classmethod
    def of(cls, response: HttpResponse) -> "Made":
        return cls(response.content, response["Content-Type"], response.get("Content-Disposition", ""))

    def response(self) -> HttpResponse:
        headers = {"Content-Disposition": self.disposition} if self.disposition else {}
        return HttpResponse(self.body, content_type=self.content_type, headers=headers)


_pages: Store[Made] = Store(PAGES)
_parts: Store[Any] = Store(PARTS)


def last_change() -> str:
    """Return the seal of the last line of the change log, which no other state of the records has; "" before one."""
    return Change.objects.order_by("-pk").values_list("hash", flat=True).first() or ""


def _state() -> str:
    """Return what a page for visitors depends on beside its address, "" for no records.

    That is the records, the last page that came out by itself at its instant, the day, the language, the program.
    """
    with connection.cursor() as cursor:
        cursor.execute(LAST, [Page.Status.PUBLISHED, connection.ops.adapt_datetimefield_value(timezone.now())])
        sealed, come_out = cursor.fetchone() or ("", None)
    told = (
        sealed,
        str(come_out),
        str(timezone.localdate()),
        get_language() or "",
        settings.SITE_URL,
        str(settings.DEMO),
        *PROGRAM,
    )
    return sha256("\n".join(told).encode()).hexdigest()[:24] if sealed else ""


def is_anonymous(request: HttpRequest) -> bool:
    """Tell, without reading a session, that nobody is signed in and no message waits to be shown."""
    return request.COOKIES.keys().isdisjoint((settings.SESSION_COOKIE_NAME, "messages"))


def kept(name: Any, make: Callable[[], Kind], *, of_all: bool = False) -> Kind:
    """Return a part of a visitor's page, made once for each state of the records; for others it is made now.

    What `make` returns may not depend on the address; what is `of_all` not on who asks either, and is kept for all.
    """
    state, is_visitor = _stamp.get()
    state = (state or _state()) if of_all else (state if is_visitor else "")
    if not state:
        return make()
    found: Kind | None = _parts.get((state, name))
    return _parts.put((state, name), make()) if found is None else found


def public(view: View) -> View:
    """Answer visitors from what was made before, as long as no record changed since, and with 304 if they have it.

    Pages of people who are signed in are made each time and kept by nobody.
    """

    @wraps(view)
    def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        is_read = request.method in {"GET", "HEAD"}
        is_visitor = is_read and is_anonymous(request)
        token = _stamp.set((_state() if is_read else "", is_visitor))
        try:
            if is_visitor:
                return _shared(request, lambda: view(request, *args, **kwargs))
            response = view(request, *args, **kwargs)
        finally:
            _stamp.reset(token)
        patch_vary_headers(response, ["Cookie"])
        patch_cache_control(response, private=True, no_cache=True)
        return response

    return answered


def _shared(request: HttpRequest, make: Callable[[], HttpResponseBase]) -> HttpResponseBase:
    """Return a page for whoever asks without a session: unchanged, kept, or made now."""
    state, _is_visitor = _stamp.get()
    if not state:
        return make()
    key = sha256(f"{state} {request.get_full_path()}".encode()).hexdigest()[:24]
    etag = f'"{key}"'
    if "HTTP_IF_NONE_MATCH" in request.META:
        answer = get_conditional_response(request, etag=etag)
        if answer is not None and answer.status_code == 304:
            return _headed(answer, etag)
    if made := _pages.get(key):
        return _headed(made.response(), etag)
    response = make()
    if response.status_code != 200 or "CSRF_COOKIE_NEEDS_UPDATE" in request.META:
        return response
    if isinstance(response, HttpResponse):
        _pages.put(key, Made.of(response), len(response.content))
    return _headed(response, etag)


def _headed(response: Any, etag: str) -> HttpResponseBase:
    response["ETag"] = etag
    patch_vary_headers(response, ["Cookie"])
    patch_cache_control(response, no_cache=True)
    return response  # type: ignore[no-any-return]  # -- a response with headers
