"""Who may come to the desk: the secretariat. To anybody else who is signed in it is not there."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _

from umbel.core.audience import is_secretariat
from umbel.core.crud import unsent
from umbel.core.crud.sections import Section, get_section
from umbel.core.crud.typed import in_words

View = Callable[..., HttpResponseBase]


def desk(view: View) -> View:
    """Open a view to the secretariat; visitors are asked to sign in, others are told that there is no such page.

    A form that a visitor sends, because the session has ended meanwhile, waits until they have signed in.
    """

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.is_authenticated:
            if request.method == "POST" and unsent.keep(request):
                told = _("You had been signed out when you sent your form. What you typed is kept: sign in to see it.")
                messages.warning(request, told)
            return redirect_to_login(request.get_full_path())
        if not is_secretariat(request.user):
            raise Http404
        response = _waiting(request) or view(request, *args, **kwargs)
        add_never_cache_headers(response)
        return response

    return guarded


def _waiting(request: HttpRequest) -> HttpResponseBase | None:
    """Return the page with a form that was sent after the session had ended, where one waits for this address."""
    found = unsent.kept(request)
    if found is None:
        return None
    if request.method == "POST":
        unsent.forget(request)
        return redirect("desk.home") if request.POST.get("unsent") == "forget" else None
    told = in_words(found.address, found.told, request.user)
    return render(request, "desk/unsent.html", {"unsent": found, "told": told})


def find_section(key: str) -> Section:
    """Return the section of an address. Raises `Http404` where there is none."""
    section = get_section(key)
    if section is None:
        raise Http404(key)
    return section


def may(user: Any, act: str, section: Section, row: Any = None) -> bool:
    """Tell whether a person may `add`, `change` or `delete` records of a section, or one of them.

    Of a section `is_fixed` nobody may, whatever the role; of one `is_single` nobody adds or deletes the one record.
    """
    if section.is_fixed or (section.is_single and act != "change"):
        return False
    meta = section.model._meta
    return bool(user.has_perm(f"{meta.app_label}.{act}_{meta.model_name}", row))


def require(user: Any, act: str, section: Section, row: Any = None) -> None:
    """Raise `Http404` unless the person may do that to records of the section."""
    if not may(user, act, section, row):
        raise Http404(section.key)
