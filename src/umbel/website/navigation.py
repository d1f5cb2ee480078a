"""The parts of the site and what stands in each."""

from functools import cache
from typing import Any

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy

from umbel.accounts.doors import DESK, FRONT, door_of
from umbel.website.shelf import shelves
from umbel.website.wording import label_of

Link = dict[str, Any]

PAGES = {
    "about": pgettext_lazy("page", "About"),
    "board": gettext_lazy("Board"),
    "staff": gettext_lazy("Staff"),
    "umbrellas": gettext_lazy("Umbrella memberships"),
}
"""Pages of the part “about” that are no shelves."""


def main(path: str, year: int) -> list[Link]:
    """Return the parts of the site; the one in which a path lies is `here`."""
    parts = [
        ("about", pgettext("page", "About"), reverse("website.about")),
        ("members", _("Members"), _list("members")),
        ("work", _("Our work"), _list("policy-files")),
        ("events", _("Events"), _list("events")),
        ("voice", _("Stories"), _list("stories")),
        ("publications", _("Publications"), _list("publications")),
        ("figures", _("Figures"), reverse("reports.figure.list", args=[year])),
        ("year", str(year), reverse("website.year.show", args=[year])),
    ]
    here = part_of(path)
    return [{"label": label, "url": url, "here": key == here} for key, label, url in parts]


def _list(slug: str) -> str:
    return reverse("website.shelf.list", args=[slug])


@cache
def _parts() -> dict[str, str]:
    known = {shelf.slug.split("/")[0]: shelf.group for shelf in reversed(shelves()) if shelf.group}
    return known | dict.fromkeys(PAGES, "about") | {"figures": "figures", "year": "year"}


def part_of(path: str) -> str:
    """Return the part of the site in which a path lies, "" for none."""
    return _parts().get(path.strip("/").split("/")[0].split(".")[0], "")


def beside(part: str, path: str) -> list[Link]:
    """Return the pages of a part of the site, of which one is `here`; a part with a single page has none."""
    places = [(name, label, reverse(f"website.{name}")) for name, label in PAGES.items() if part == "about"]
    places += [(shelf.slug, shelf.name, shelf.url) for shelf in shelves() if shelf.group and shelf.group == part]
    pages = [{"label": label_of(place, label), "url": url} for place, label, url in places]
    return [{**page, "here": page["url"] == path} for page in pages] if len(pages) > 1 else []


def footer(year: int) -> list[Link]:
    """Return what the foot of every page leads to."""
    return [
        {"label": _("%(year)s at a glance") % {"year": year}, "url": reverse("website.year.show", args=[year])},
        {"label": _("Activity Report"), "url": reverse("reports.report.show", args=[year])},
        {"label": _("Reports of all years"), "url": reverse("reports.report.list")},
        {"label": _("Figures"), "url": reverse("reports.figure.list", args=[year])},
        {"label": _("Audit"), "url": reverse("reports.audit.show", args=[year])},
        {"label": _("Newsletters"), "url": _list("newsletters")},
        {"label": _("Policy files"), "url": _list("policy-files")},
    ]


def search_address() -> str:
    """Return the address of the search, "" where the site has none."""
    try:
        return reverse("website.search")
    except NoReverseMatch:
        return ""


def room_of(user: Any) -> Link | None:
    """Return the room that somebody who is signed in has beside the public site: the desk, or the member area."""
    url = door_of(user)
    if url == FRONT:
        return None
    return {"label": _("Desk") if url == DESK else _("Member area"), "url": url}
