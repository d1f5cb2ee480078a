"""The page of a record as it would be with what somebody typed into its form; nothing of it is kept."""

from copy import copy
from typing import Any
from urllib.parse import urlsplit

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import get_script_prefix, resolve

from umbel.core.crud import editing
from umbel.core.crud.access import desk, find_section, require
from umbel.core.crud.forms import form_of
from umbel.core.crud.rows import discard_rows, rows_of
from umbel.core.crud.sections import Section
from umbel.core.crud.views import records

LED_ON = 3


@desk
def preview(request: HttpRequest, section: str, pk: int) -> HttpResponseBase:
    """Show the page of a record with the values of its form, in a transaction that is taken back."""
    found = find_section(section)
    row = get_object_or_404(found.rows(request.user), pk=pk)
    if request.method != "POST":
        return redirect(found.url_of(pk))
    require(request.user, "change", found, row)
    if found.is_single:
        raise Http404(section)
    with transaction.atomic():
        list(type(row)._base_manager.select_for_update().filter(pk=pk).values_list("pk"))
        shown = _shown(request, found, get_object_or_404(found.rows(request.user), pk=pk))
        transaction.set_rollback(True)
    return shown


def _shown(request: HttpRequest, section: Section, row: Any) -> HttpResponseBase:
    """Return the page of a record as its form says, or the form with what is wrong in it. Files are left out."""
    data = request.POST.copy()
    form = form_of(section)(data, instance=row, user=request.user)
    formsets = rows_of(section, row, request.user, data)
    seen = data.get("seen") or editing.written(editing.state_of(form, formsets))
    if not records.all_valid(form, formsets) or discard_rows(formsets, request.user) is None:
        context = {"section": section, "row": type(row)._base_manager.get(pk=row.pk), "seen": seen, "can_save": True}
        return records.form_page(request, form, formsets, {**context, "action": section.url_of(row.pk)})
    saved = records.save(form, formsets)
    try:
        return _page(request, type(saved)._base_manager.get(pk=saved.pk).get_absolute_url())
    except Http404:
        return render(request, "desk/no_preview.html", {"section": section, "row": saved}, status=404)


def _page(request: HttpRequest, address: str) -> HttpResponseBase:
    """Return the page at an address of the site for whoever asks, following where it leads on."""
    for _step in range(LED_ON):
        path = f"/{address.removeprefix(get_script_prefix())}"
        asked = _asking(request, address, path)
        view, arguments, named = asked.resolver_match
        answer: HttpResponse = view(asked, *arguments, **named)
        if answer.status_code not in (301, 302):
            return answer
        address = urlsplit(answer["Location"]).path
    raise Http404(address)


def _asking(request: HttpRequest, address: str, path: str) -> Any:
    """Return a request for another page of the site by the same person, marked as a preview."""
    asked: Any = copy(request)
    asked.method, asked.GET, asked.POST = "GET", QueryDict(), QueryDict()
    asked.path, asked.path_info, asked.resolver_match = address, path, resolve(path)
    asked.META = {**request.META, "REQUEST_METHOD": "GET", "PATH_INFO": path, "QUERY_STRING": ""}
    asked.is_preview = True
    return asked
