"""What search engines are told: which addresses there are, and which are none of theirs."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any
from xml.sax.saxutils import escape

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.urls import get_script_prefix, reverse
from django.utils.encoding import iri_to_uri

from umbel.core.head import at_site
from umbel.core.languages import offered_languages
from umbel.core.records import address
from umbel.reports.models import Report
from umbel.website.freshness import public
from umbel.website.languages import in_each, root_of
from umbel.website.models import Page
from umbel.website.own import confederation
from umbel.website.shelf import Shelf, shelves

SPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
XHTML = "http://www.w3.org/1999/xhtml"
XML = "application/xml; charset=utf-8"
LIMIT = 50_000
"""How many addresses a map may hold, those of a page in other languages among them."""
CLOSED = ("/account/", "/desk/", "/my/", "/search/")
SINGLE, TEXTS = "pages", "texts"
PAGES = (
    "website.home",
    "website.about",
    "website.board",
    "website.staff",
    "website.umbrellas",
    "communication.subscribe",
    "reports.report.list",
    "reports.figure.years",
)
OF_A_YEAR = ("website.year.show", "reports.figure.list", "reports.audit.show")


@public
def robots(request: HttpRequest) -> HttpResponse:
    """Tell robots where not to go, and where the map is."""
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in CLOSED)]
    lines += ["", f"Sitemap: {at_site(reverse('website.sitemap.index'))}", ""]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


@dataclass(frozen=True)
class Source:
    """Rows that fill maps of their own: the field that names each in its address, and how."""

    rows: Any
    field: str
    address: Callable[[str], str]


def _sources() -> dict[str, Source]:
    """Return what fills maps, by the name of the map: the free pages, then each shelf."""
    texts = Source(Page.objects.visible_to(None), "path", lambda path: f"{get_script_prefix()}{path}/")
    return {TEXTS: texts, **{shelf.slug.replace("/", "-"): _of_shelf(shelf) for shelf in shelves()}}


def _of_shelf(shelf: Shelf) -> Source:
    label = shelf.model._meta.label_lower
    is_own = shelf.slug == shelf.model.shelf
    return Source(
        shelf.every(None),
        "key",
        lambda key: address(label, key) if is_own else reverse("website.shelf.show", args=[shelf.slug, key]),
    )


@public
def index(request: HttpRequest) -> HttpResponse:
    """Return the index: a map for each shelf, several for one with more records than a map holds."""
    maps = [(SINGLE, 1), *((name, number) for name, source in _sources().items() for number in _numbers(source))]
    told = (f"<sitemap><loc>{at_site(reverse('website.sitemap.part', args=each))}</loc></sitemap>" for each in maps)
    body = f'<?xml version="1.0" encoding="UTF-8"?>\n<sitemapindex xmlns="{SPACE}">{"".join(told)}</sitemapindex>'
    return HttpResponse(body, content_type=XML)


def _size() -> int:
    """Return how many pages a map holds: each stands in it once for every language."""
    return LIMIT // len(offered_languages())


def _numbers(source: Source) -> Iterator[int]:
    """Yield the numbers of the maps that the rows of a source fill."""
    rows, number, size = source.rows.order_by("pk").values("pk"), 0, _size()
    while rows[number * size : number * size + 1].exists():
        number += 1
        yield number


@public
def part(request: HttpRequest, name: str, number: int) -> StreamingHttpResponse:
    """Return one map: the addresses of a shelf, by their numbers. Raises `Http404` for one that holds nothing."""
    if name == SINGLE and number == 1:
        return _map(request, _single())
    source = _sources().get(name)
    if source is None or number not in _numbers(source):
        raise Http404(name)
    return _map(request, _addresses(source, number - 1))


def _single() -> Iterator[str]:
    yield from (reverse(page) for page in PAGES)
    yield from (shelf.url for shelf in shelves())
    reported = list(Report.objects.visible_to(None).order_by("year").values_list("year", flat=True))
    yield from (reverse("reports.report.show", args=[year]) for year in reported)
    own = confederation()
    years = sorted({*reported, own.reporting_year}) if own else []
    yield from (reverse(page, args=[year]) for year in years for page in OF_A_YEAR)


def _addresses(source: Source, number: int) -> Iterator[str]:
    size = _size()
    names = source.rows.order_by("pk").values_list(source.field, flat=True)[number * size : (number + 1) * size]
    return (source.address(name) for name in names.iterator(chunk_size=1_000))


def _map(request: HttpRequest, paths: Iterator[str]) -> StreamingHttpResponse:
    return StreamingHttpResponse(_lines(paths, root_of(request)), content_type=XML)


def _lines(paths: Iterator[str], root: str) -> Iterator[str]:
    has_several = len(offered_languages()) > 1
    space = f'{SPACE}" xmlns:xhtml="{XHTML}' if has_several else SPACE
    yield f'<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="{space}">\n'
    while batch := list(islice(paths, 500)):
        yield "".join(
            f"<url><loc>{escape(at_site(path))}</loc>{_others(path, root, has_several)}</url>\n" for path in batch
        )
    yield "</urlset>\n"


def _others(path: str, root: str, has_several: bool) -> str:
    """Return the same page in each language, as a map names it; nothing where there is only one."""
    if not has_several:
        return ""
    found = in_each(root, escape(iri_to_uri(path.removeprefix(get_script_prefix()))))
    told = [*found, ("x-default", found[0][1])]
    return "".join(
        f'<xhtml:link rel="alternate" hreflang="{code}" href="{settings.SITE_URL}{url}"/>' for code, url in told
    )
