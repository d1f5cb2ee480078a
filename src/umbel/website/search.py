"""The search of the site: a page for everybody, within what each may see."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from umbel.core import formatting, search
from umbel.core.merging import spellings
from umbel.core.search import Facet, Found, Hit
from umbel.reports.tables import to_csv
from umbel.website.freshness import public
from umbel.website.telling import calling, foreign, titles

SHOWN = 20
SUGGESTED = 8
LONGEST = 200
ONLINE = "online"

MARKS = {
    "website.page": ("", "file-text"),
    "network.organisation": ("network", "building-2"),
    "network.person": ("network", "user"),
    "advocacy.policyfile": ("advocacy", "folder"),
    "advocacy.campaign": ("advocacy", "megaphone"),
    "advocacy.consultation": ("advocacy", "messages-square"),
    "advocacy.outcome": ("advocacy", "award"),
    "advocacy.seat": ("advocacy", "armchair"),
    "governance.body": ("network", "gavel"),
    "groups.group": ("network", "users"),
    "library.document": ("communication", "paperclip"),
    "communication.newsletter": ("communication", "mail"),
    "communication.channel": ("communication", "rss"),
    "projects.project": ("projects", "sprout"),
    "projects.grant": ("projects", "award"),
}
"""The family that colours the icon, and the icon, of records that are no acts."""


@dataclass(frozen=True)
class Asked:
    """What an address asks for; what makes no sense in it is left out."""

    text: str
    kind: str
    year: int | None
    page: int

    @classmethod
    def of(cls, address: Mapping[str, str]) -> "Asked":
        kind, year, page = address.get("kind", ""), address.get("year", ""), address.get("page", "")
        return cls(
            address.get("q", "")[:LONGEST].strip(),
            kind if kind in search.subjects() else "",
            int(year) if _is_number(year) and len(year) == 4 else None,
            max(1, int(page)) if _is_number(page) and len(page) < 4 else 1,
        )

    def find(self, user: Any, limit: int = SHOWN) -> Found:
        kinds = (self.kind,) if self.kind else ()
        offset = (self.page - 1) * limit
        return search.find(self.text, user, kinds=kinds, year=self.year, limit=limit, offset=offset)


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit()


@public
def show(request: HttpRequest) -> HttpResponse:
    asked = Asked.of(request.GET)
    found = asked.find(request.user)
    is_narrowed = bool(asked.kind or asked.year)
    return render(request, "website/search.html", {
        "asked": asked,
        "hits": _lines(found.hits),
        "total": found.total,
        "is_more": found.is_more,
        "facets": [_facet(facet, asked.kind) for facet in found.facets],
        "years": _years(found.years, asked.year),
        "is_narrowed": is_narrowed,
        "suggestions": search.suggest(asked.text, request.user) if not found.total and not is_narrowed else [],
        "before": asked.page - 1,
        "after": asked.page + 1 if asked.page * SHOWN < found.total else None,
    })  # fmt: skip


def suggest(request: HttpRequest) -> HttpResponse:
    """Return the best hits as a fragment of a page, for a list below a field in which somebody is typing."""
    asked = Asked.of(request.GET)
    found = asked.find(request.user, SUGGESTED)
    hits = _lines(found.hits)
    return render(request, "website/search_suggest.html", {"asked": asked, "hits": hits})


def listing(request: HttpRequest) -> HttpResponse:
    """Return a page of hits as JSON."""
    asked = Asked.of(request.GET)
    found = asked.find(request.user)
    counts = {facet.type: facet.count for facet in found.facets}
    years = {str(year): count for year, count in found.years}
    told = {"hits": _rows(found), "total": found.total, "more": found.is_more, "kinds": counts, "years": years}
    return JsonResponse(told)


def table(request: HttpRequest) -> HttpResponse:
    """Return a page of hits as CSV."""
    body = to_csv(dict.fromkeys(COLUMNS), _rows(Asked.of(request.GET).find(request.user)))
    headers = {"Content-Disposition": 'attachment; filename="search.csv"'}
    return HttpResponse(body, content_type="text/csv; charset=utf-8", headers=headers)


COLUMNS = ("type", "title", "date", "url")


def _rows(found: Found) -> list[dict[str, str]]:
    """Return hits as rows of a table."""
    return [
        {"type": hit.type, "title": told["title"], "date": str(hit.date or ""), "url": hit.url}
        for hit, told in zip(found.hits, _lines(found.hits), strict=True)
    ]


def _lines(hits: list[Hit]) -> list[dict[str, Any]]:
    """Return hits as lines in the reader's language: one query more in any but the leading one."""
    known = titles((hit.type, hit.pk) for hit in hits)
    written = set(spellings(hit.alias for hit in hits if hit.alias))
    return [_line(hit, known.get((hit.type, hit.pk), ""), written) for hit in hits]


def _line(hit: Hit, said: str, written: set[str]) -> dict[str, Any]:
    is_fallback = not said and calling(apps.get_model(hit.type))
    family, icon = MARKS.get(hit.type, ("", "tag"))
    place = _("online") if hit.place == ONLINE else hit.place
    country = formatting.country(hit.country, formatting.reading_language()) if hit.country else ""
    return {
        "title": said or hit.title,
        "tongue": foreign() if is_fallback else "",
        "url": hit.url,
        "kind": capfirst(str(hit.kind.label)),
        "family": hit.kind.family or family,
        "icon": hit.kind.icon or icon,
        "date": hit.date,
        "where": ", ".join(filter(None, [place, country])),
        "alias": hit.alias if hit.alias in written and hit.alias != said else "",
    }


def _years(counts: list[tuple[int, int]], asked: int | None) -> list[dict[str, Any]]:
    """Return the years to choose from, the one asked for among them; none where they were not counted."""
    known = dict(counts)
    if known and asked is not None:
        known.setdefault(asked, 0)
    return [
        {"year": f"{year:04}", "count": count, "is_here": year == asked}
        for year, count in sorted(known.items(), reverse=True)
    ]


def _facet(facet: Facet, kind: str) -> dict[str, Any]:
    label = apps.get_model(facet.type)._meta.verbose_name_plural
    return {
        "type": facet.type,
        "label": capfirst(str(label)),
        "count": f"{facet.count}+" if facet.is_more else str(facet.count),
        "is_here": facet.type == kind,
    }
