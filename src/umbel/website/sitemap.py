"""What search engines are told: which addresses there are, and which are none of theirs."""

from collections.abc import Iterator
from itertools import islice
from xml.sax.saxutils import escape

from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.urls import reverse

from umbel.core.models import Confederation
from umbel.core.records import address
from umbel.website.feeds import at_site
from umbel.website.freshness import public
from umbel.website.shelf import Shelf, shelves

SPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
XML = "application/xml; charset=utf-8"
LIMIT = 50_000
CLOSED = ("/account/", "/desk/", "/my/", "/search/")
SINGLE = "pages"
PAGES = ("website.home", "website.about", "website.board", "website.staff", "website.umbrellas")


@public
def robots(request: HttpRequest) -> HttpResponse:
    """Tell robots where not to go, and where the map is."""
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in CLOSED)]
    lines += ["", f"Sitemap: {at_site(reverse('website.sitemap.index'))}", ""]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


@public
def index(request: HttpRequest) -> HttpResponse:
    """Return the index: a map for each shelf, several for one with more than 50,000 records."""
    maps = [(SINGLE, 1), *((_name(shelf), number) for shelf in shelves() for number in _numbers(shelf))]
    told = (f"<sitemap><loc>{at_site(reverse('website.sitemap.part', args=each))}</loc></sitemap>" for each in maps)
    body = f'<?xml version="1.0" encoding="UTF-8"?>\n<sitemapindex xmlns="{SPACE}">{"".join(told)}</sitemapindex>'
    return HttpResponse(body, content_type=XML)


def _name(shelf: Shelf) -> str:
    return shelf.slug.replace("/", "-")


def _numbers(shelf: Shelf) -> Iterator[int]:
    """Yield the numbers of the maps that a shelf fills."""
    rows, number = shelf.every(None).order_by("pk").values("pk"), 0
    while rows[number * LIMIT : number * LIMIT + 1].exists():
        number += 1
        yield number


@public
def part(request: HttpRequest, name: str, number: int) -> StreamingHttpResponse:
    """Return one map: the addresses of a shelf, by their numbers. Raises `Http404` for one that holds nothing."""
    if name == SINGLE and number == 1:
        return _map(at_site(path) for path in _single())
    shelf = next((shelf for shelf in shelves() if _name(shelf) == name), None)
    if shelf is None or number not in _numbers(shelf):
        raise Http404(name)
    return _map(islice(_addresses(shelf, (number - 1) * LIMIT), LIMIT))


def _single() -> Iterator[str]:
    yield from (reverse(page) for page in PAGES)
    yield from (shelf.url for shelf in shelves())
    yield from (reverse("website.year.show", args=[own.reporting_year]) for own in Confederation.objects.all())


def _addresses(shelf: Shelf, start: int) -> Iterator[str]:
    keys = shelf.every(None).order_by("pk").values_list("key", flat=True)[start : start + LIMIT]
    label = shelf.model._meta.label_lower
    is_own = shelf.slug == shelf.model.shelf
    for key in keys.iterator(chunk_size=1_000):
        path = address(label, key) if is_own else reverse("website.shelf.show", args=[shelf.slug, key])
        yield at_site(path)


def _map(addresses: Iterator[str]) -> StreamingHttpResponse:
    return StreamingHttpResponse(_lines(addresses), content_type=XML)


def _lines(addresses: Iterator[str]) -> Iterator[str]:
    yield f'<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="{SPACE}">\n'
    while batch := list(islice(addresses, 500)):
        yield "".join(f"<url><loc>{escape(url)}</loc></url>\n" for url in batch)
    yield "</urlset>\n"
