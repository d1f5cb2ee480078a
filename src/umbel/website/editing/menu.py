"""The menu of the site as the communications officer arranged it."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest
from django.urls import get_script_prefix, reverse
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from umbel.core.translations.saying import localise, said
from umbel.website.freshness import is_anonymous, kept
from umbel.website.models import MenuItem, Page
from umbel.website.places import offering
from umbel.website.shelf import shelves

Link = dict[str, Any]
PLACES: dict[str, tuple[Any, Callable[[int], str]]] = {
    "about": (pgettext_lazy("page", "About"), lambda _year: reverse("website.about")),
    "board": (_("Board"), lambda _year: reverse("website.board")),
    "staff": (_("Staff"), lambda _year: reverse("website.staff")),
    "umbrellas": (_("Umbrella memberships"), lambda _year: reverse("website.umbrellas")),
    "year": (_("The year at a glance"), lambda year: reverse("website.year.show", args=[year])),
    "figures": (_("Figures"), lambda year: reverse("reports.figure.list", args=[year])),
    "report": (_("Activity Report"), lambda year: reverse("reports.report.show", args=[year])),
    "reports": (_("Reports of all years"), lambda _year: reverse("reports.report.list")),
    "figures-by-year": (_("Figures by year"), lambda _year: reverse("reports.figure.years")),
    "subscribe": (_("Subscribe to newsletters"), lambda _year: reverse("communication.subscribe")),
}


@offering("year", "figures", "report", "subscribe")
def places() -> list[tuple[str, Any]]:
    """Return the parts of the site to which an entry can lead: code and name."""
    own = [(code, name) for code, (name, _address) in PLACES.items()]
    return own + [(shelf.slug, shelf.name) for shelf in shelves()]


def shown(request: HttpRequest, year: int) -> list[Link]:
    """Return the menu for a page as it is asked for; what visitors share of it is made once for all of them."""
    if is_anonymous(request):
        links = kept(("menu", get_language(), year), lambda: links_for(None, year))
    else:
        links = links_for(request.user, year)
    return marked(links, request.path)


def items(user: Any, path: str, year: int) -> list[Link]:
    """Return the menu for somebody on a page: entries with those below them, empty where nobody arranged one.

    An entry whose page is not out, or leads to a part that is no more, is left out.
    """
    return marked(links_for(user, year), path)


def links_for(user: Any, year: int) -> list[Link]:
    """Return the entries of the menu that somebody sees, those of the second level under `below`."""
    rows = list(MenuItem.objects.visible_to(user).select_related("page"))
    out = Page.objects.visible_to(user).out().filter(menu_items__in=rows)
    pages = set(out.values_list("pk", flat=True)) if rows else set()
    localise(rows)
    links = [(row, _link(row, url)) for row in rows if (url := _url(row, pages, year))]
    first = {row.pk: link for row, link in links if row.parent_id is None}
    for row, link in links:
        if row.parent_id in first:
            first[row.parent_id]["below"].append(link)
    return list(first.values())


def marked(links: list[Link], path: str) -> list[Link]:
    """Return links with the one marked `here` under which a path lies, and the entry above it: `is_above`."""
    found = []
    for link in links:
        below = marked(link["below"], path)
        is_above = any(each["here"] for each in below)
        is_here = is_above or _is_under(path, link["url"])
        found.append({**link, "below": below, "here": is_here, "is_above": is_above})
    return found


def _is_under(path: str, url: str) -> bool:
    return path == url or (url != get_script_prefix() and url.startswith("/") and path.startswith(url))


def _link(row: MenuItem, url: str) -> Link:
    told = said(row, "label")
    return {"label": told.text, "said": told, "url": url, "below": []}


def _url(row: MenuItem, pages: set[int], year: int) -> str:
    if row.page is not None:
        return row.page.public_address if row.page_id in pages else ""
    if row.place in PLACES:
        return PLACES[row.place][1](year)
    if row.place:
        return next((shelf.url for shelf in shelves() if shelf.slug == row.place), "")
    return get_script_prefix() + row.address.lstrip("/") if row.address.startswith("/") else row.address
