"""Lists of the desk: pages, files, lists and columns kept as somebody wants them."""

from collections.abc import Iterator, Sequence
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, QueryDict, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils.text import slugify
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from umbel.core.crud import export
from umbel.core.crud.access import desk, find_section, may
from umbel.core.crud.columns import Column, kept
from umbel.core.crud.filters import settings_html
from umbel.core.crud.listing import Listing
from umbel.core.crud.sections import Section
from umbel.core.crud.views.bulk import AT_ONCE
from umbel.core.formatting import reading_language

FORMATS = {
    "csv": (export.as_csv, "text/csv; charset=utf-8"),
    "xlsx": (export.as_xlsx, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
}
VIEWS_KEPT = 20
OWN_WIDGETS = ("select", "text")
LOOKS = ("sort", "cols")


@desk
def index(request: HttpRequest, section: str) -> HttpResponse:
    """Show one page of a list."""
    found = find_section(section)
    listing = listing_of(found, request.GET, request)
    own = _preferences(request, "views").get(found.key, [])
    asked = QueryDict(listing.address(page="", per="").lstrip("?"))
    rights = {act: may(request.user, act, found) for act in ("add", "change", "delete")}
    links = found.bulk_links if rights["change"] else ()
    is_picked = rights["delete"] or (rights["change"] and bool(found.settable)) or bool(links)
    body = listing.body(is_picked)
    filters = [bound for bound in listing.filters if bound.filter.widget in OWN_WIDGETS]
    context = {
        "section": found,
        "listing": listing,
        "body": body,
        "filters": filters,
        "active": len([bound for bound in filters if bound.value]),
        "has_errors": any(bound.error for bound in filters),
        "tabs": [_tab(view.label, view.query, asked) for view in found.views],
        "own_tabs": [_tab(view["label"], view["query"], asked) for view in own],
        "is_all": not any(name not in LOOKS for name in asked),
        "is_picked": is_picked,
        "may": rights,
        "settings": list(_settings(found)) if rights["change"] else [],
        "links": [(link, link.url(found)) for link in links],
        "at_once": AT_ONCE,
    }
    return render(request, "desk/list.html", context)


def _settings(section: Section) -> Iterator[tuple[Column, str]]:
    """Yield the fields that can be set for many rows, with their options."""
    for column in section.settable:
        yield column, kept(column, get_language(), partial(settings_html, column))


def listing_of(section: Section, address: QueryDict, request: HttpRequest) -> Listing:
    """Return what an address asks of a section, with the columns that the person has chosen for it."""
    chosen = _preferences(request, "columns").get(section.key, ())
    return Listing(section, address, request.user, reading_language(), chosen)


def _preferences(request: HttpRequest, name: str) -> dict[str, Any]:
    user: Any = request.user
    kept: dict[str, Any] = user.preferences.get(name, {})
    return kept


def _tab(label: Any, query: str, asked: QueryDict) -> dict[str, Any]:
    """Return a view; it is here where the list asks the same, in the view's order and columns, if it has any."""
    own = QueryDict(query)
    here = {name: values for name, values in asked.lists() if name not in LOOKS or name in own}
    return {"label": label, "url": f"?{query}", "here": here == dict(own.lists())}


@desk
def download(request: HttpRequest, section: str, format: str) -> HttpResponseBase:
    """Return what the list shows, all pages of it, as a file that is written while it is read."""
    found = find_section(section)
    if format not in FORMATS:
        raise Http404(format)
    write, content_type = FORMATS[format]
    name = slugify(str(found.name)) or found.key
    headers = {"Content-Disposition": f'attachment; filename="{name}.{format}"'}
    listing = listing_of(found, request.GET, request)
    return StreamingHttpResponse(write(listing), content_type=content_type, headers=headers)


@desk
@require_POST
def keep_view(request: HttpRequest, section: str) -> HttpResponse:
    """Keep the filters of a list, its order and its columns under a name, for the person alone; a name that was used
    is used again.

    `label` names it, `query` is what it asks; `was` is the name that it had; `forget` and `first` remove it and put it
    before the others.
    """
    found = find_section(section)
    label, query = _text(request, "label", 60), _text(request, "query", 500).lstrip("?")
    was = _text(request, "was", 60) or label
    user: Any = request.user
    views = user.preferences.setdefault("views", {})
    here = [view for view in views.get(found.key, []) if view["label"] == was]
    others = [view for view in views.get(found.key, []) if view["label"] not in (was, label)]
    if not label:
        messages.warning(request, _("Give the view a name."))
    elif "forget" in request.POST:
        views[found.key] = others
        messages.success(request, _("The view “%(name)s” was removed.") % {"name": label})
        query = ""
    elif "first" in request.POST:
        views[found.key] = [*here, *others]
    else:
        query = _kept_query(query, user.preferences.get("columns", {}).get(found.key, ()))
        views[found.key] = [*others, {"label": label, "query": query}][-VIEWS_KEPT:]
    user.save(update_fields=["preferences"])
    return redirect(f"{found.url}?{query}")


def _text(request: HttpRequest, name: str, length: int) -> str:
    return request.POST.get(name, "").replace("\0", "").strip()[:length]


def _kept_query(query: str, columns: Sequence[str]) -> str:
    """Return what a view asks, in its order and in the columns that were shown; not which page it was."""
    asked = QueryDict(query, mutable=True)
    for name in ("page", "per"):
        asked.pop(name, None)
    if columns and "cols" not in asked:
        asked["cols"] = ",".join(columns)
    return asked.urlencode()


@desk
@require_POST
def keep_columns(request: HttpRequest, section: str) -> HttpResponse:
    """Keep which columns of a list the person wants to see; none chosen is what everybody sees."""
    found = find_section(section)
    offered = [column.name for column in found.columns_offered]
    names = [name for name in offered if name in request.POST.getlist("col")] if "usual" not in request.POST else []
    user: Any = request.user
    columns = user.preferences.setdefault("columns", {})
    columns.pop(found.key, None)
    if names and names != [column.name for column in found.shown[1:]]:
        columns[found.key] = names
    user.save(update_fields=["preferences"])
    asked = QueryDict(_text(request, "address", 2000).lstrip("?"), mutable=True)
    asked.pop("cols", None)
    return redirect(f"{found.url}?{asked.urlencode()}" if asked else found.url)
