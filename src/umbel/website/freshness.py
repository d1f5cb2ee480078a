"""Pages of visitors are made once for each state of the records: a second asking gets the same page, or a 304."""

from collections import OrderedDict
from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass
from functools import wraps
from hashlib import sha256
from importlib.metadata import version
from threading import Lock
from typing import Any, Generic, TypeVar

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils import timezone
from django.utils.cache import get_conditional_response, patch_cache_control, patch_vary_headers
from django.utils.translation import get_language

from umbel.core.changelog import Change
from umbel.website.models import Page

View = Callable[..., HttpResponseBase]
Kind = TypeVar("Kind")

PAGES, PARTS = 16_000_000, 100
"""How many bytes of pages are kept in a process, and how many parts of pages."""
STARTED = str(timezone.now()) if settings.DEBUG else ""

_stamp: ContextVar[str] = ContextVar("stamp", default="")


class Store(Generic[Kind]):
    """What was made lately, by what it was made from; beyond `size` what was not asked for longest is thrown away."""

    def __init__(self, size: int) -> None:
        self.size, self.lock = size, Lock()
        self.weight = 0
        self.kept: OrderedDict[Any, tuple[Kind, int]] = OrderedDict()

    def get(self, key: Any) -> Kind | None:
        with self.lock:
            if key not in self.kept:
                return None
            self.kept.move_to_end(key)
            return self.kept[key][0]

    def put(self, key: Any, made: Kind, weight: int = 1) -> Kind:
        with self.lock:
            self.weight += weight - self.kept.pop(key, (None, 0))[1]
            self.kept[key] = made, weight
            while self.weight > self.size:
                self.weight -= self.kept.popitem(last=False)[1][1]
        return made


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
    row = Change.objects.order_by("-pk").values_list("hash", Page.objects.last_come_out()).first()
    sealed, come_out = row or ("", None)
    told = (
        sealed,
        str(come_out),
        str(timezone.localdate()),
        get_language() or "",
        version("umbel"),
        settings.SITE_URL,
        str(settings.DEMO),
        STARTED,
    )
    return sha256("\n".join(told).encode()).hexdigest()[:24] if sealed else ""


def is_anonymous(request: HttpRequest) -> bool:
    """Tell, without reading a session, that nobody is signed in and no message waits to be shown."""
    return request.COOKIES.keys().isdisjoint((settings.SESSION_COOKIE_NAME, "messages"))


def kept(name: Any, make: Callable[[], Kind]) -> Kind:
    """Return a part of a visitor's page, made once for each state of the records; for others it is made now.

    What `make` returns may not depend on the address, nor on who asks.
    """
    if not (state := _stamp.get()):
        return make()
    found: Kind | None = _parts.get((state, name))
    return _parts.put((state, name), make()) if found is None else found


def public(view: View) -> View:
    """Answer visitors from what was made before, as long as no record changed since, and with 304 if they have it.

    Pages of people who are signed in are made each time and kept by nobody.
    """

    @wraps(view)
    def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.method not in {"GET", "HEAD"} or not is_anonymous(request):
            response = view(request, *args, **kwargs)
            patch_vary_headers(response, ["Cookie"])
            patch_cache_control(response, private=True, no_cache=True)
            return response
        token = _stamp.set(_state())
        try:
            return _shared(request, lambda: view(request, *args, **kwargs))
        finally:
            _stamp.reset(token)

    return answered


def _shared(request: HttpRequest, make: Callable[[], HttpResponseBase]) -> HttpResponseBase:
    """Return a page for whoever asks without a session: unchanged, kept, or made now."""
    if not (state := _stamp.get()):
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
