"""The language of a page: by its address (`/fr/members/`), by the choice of who is signed in, else the leading one."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponsePermanentRedirect, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import get_script_prefix, set_script_prefix
from django.utils.translation import override

from umbel.core.formatting import language_name
from umbel.core.languages import lead_language, offered_languages
from umbel.core.translations.saying import asked_language

PRIVATE = ("desk/", "my/", "account/", "files/", "engine-room/")
"""Rooms whose language is the choice of the user; they have one address each."""

Answer = Callable[[HttpRequest], HttpResponseBase]


class Languages:
    """Middleware that reads the language from the address, so that every address on the page is in that language.

    `/fr/members/` is `/members/` in French: the views see the path without the language, and `reverse` puts it back.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        code, rest = _parted(request.path_info)
        if code and request.method in {"GET", "HEAD"} and (code == lead_language() or rest[1:].startswith(PRIVATE)):
            return _to_bare(request, code, rest)
        if not code:
            return self._answered(request, _chosen(request), "")
        request.path_info = rest
        return self._answered(request, code, code)

    def _answered(self, request: HttpRequest, language: str, code: str) -> HttpResponseBase:
        with _speaking(language, code):
            response = self.get_response(request)
        if getattr(response, "streaming", False) and not getattr(response, "is_async", False):
            streamed: Any = response
            streamed.streaming_content = _spoken(streamed.streaming_content, language, code)
        response.headers.setdefault("Content-Language", language.split("-")[0])
        return response


def _parted(path: str) -> tuple[str, str]:
    """Return the language that a path begins with, "" for none that is offered, and the path without it."""
    first, slash, rest = path[1:].partition("/")
    return (first, f"/{rest}") if slash and len(first) <= len("pt-br") and first in offered_languages() else ("", path)


def _to_bare(request: HttpRequest, code: str, rest: str) -> HttpResponseBase:
    query = f"?{request.META['QUERY_STRING']}" if request.META.get("QUERY_STRING") else ""
    kind = HttpResponsePermanentRedirect if code == lead_language() else HttpResponseRedirect
    return kind(f"{get_script_prefix()}{rest.lstrip('/')}{query}")


def _chosen(request: HttpRequest) -> str:
    """Return the language of somebody who is signed in and chose one, else the leading one."""
    if settings.SESSION_COOKIE_NAME not in request.COOKIES:
        return lead_language()
    chosen: str = getattr(request.user, "language", "")
    return chosen if chosen in offered_languages() else lead_language()


@contextmanager
def _speaking(language: str, code: str) -> Iterator[None]:
    before = get_script_prefix()
    if code:
        set_script_prefix(f"{before}{code}/")
    try:
        with override(language):
            yield
    finally:
        set_script_prefix(before)


def _spoken(chunks: Iterable[bytes], language: str, code: str) -> Iterator[bytes]:
    """Yield what is sent bit by bit, each bit made in the language of the page."""
    steps = iter(chunks)
    while True:
        with _speaking(language, code):
            try:
                chunk = next(steps)
            except StopIteration:
                return
        yield chunk


def alternates(request: HttpRequest) -> list[dict[str, Any]]:
    """Return the same page in each language that is offered: code, name in itself, address, whether it is this one."""
    if len(offered_languages()) < 2 or request.path_info[1:].startswith(PRIVATE):
        return []
    return [
        {
            "code": code,
            "name": language_name(code, code),
            "url": url,
            "here": code.split("-")[0] == asked_language(),
        }
        for code, url in in_each(root_of(request), request.path_info.lstrip("/"))
    ]


def in_each(root: str, path: str) -> list[tuple[str, str]]:
    """Return code and address of a path below the root in each language that is offered, the leading one first."""
    codes = offered_languages()
    return [(code, root + ("" if code == codes[0] else f"{code}/") + path) for code in codes]


def root_of(request: HttpRequest) -> str:
    """Return the path under which the whole product is served: `/`."""
    script_name: str = request.META.get("SCRIPT_NAME", "")
    return f"{script_name.rstrip('/')}/"
