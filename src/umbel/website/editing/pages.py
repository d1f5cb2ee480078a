"""Free pages: as visitors read them, as the desk sees them before, and as they were."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from umbel.core.audience import require
from umbel.core.crud.access import desk
from umbel.core.formatting import reading_language
from umbel.core.head import head
from umbel.core.periods import Period
from umbel.core.prose.fields import problems
from umbel.core.translations.saying import localise, said
from umbel.reports.citing import Citations
from umbel.website.editing import revisions
from umbel.website.freshness import public
from umbel.website.models import Page
from umbel.website.own import confederation


@public
def show(request: HttpRequest, path: str) -> HttpResponseBase:
    """Show a page that is out to whom it is meant for."""
    page = get_object_or_404(Page.objects.visible_to(request.user).out(), path=path)
    return render(request, "website/editing/page.html", told(page, request.user))


def told(page: Page, user: Any) -> dict[str, Any]:
    """Return what a page shows: itself in the reader's language, where it stands, the pages below it."""
    above, below = _above(page, user), list(Page.objects.visible_to(user).out().filter(parent=page))
    localise([page, *above, *below])
    title, lead = said(page, "title").text, said(page, "lead").text
    return {
        "page": page,
        "above": above,
        "below": below,
        "citations": citations(),
        "head": head(page.public_address, title, lead, {"@type": "WebPage"}),
    }


def _above(page: Page, user: Any) -> list[Page]:
    """Return the pages above one, the topmost first, those that the user may see."""
    found: list[Page] = []
    at = page.parent
    while at is not None and at not in found:
        found.insert(0, at)
        at = at.parent
    seen = set(Page.objects.visible_to(user).out().filter(pk__in=[each.pk for each in found])) if found else set()
    return [each for each in found if each in seen]


def citations() -> Citations | None:
    """Return what evaluates the figures of texts, for the year that is reported on; `None` before one is loaded."""
    own = confederation()
    if own is None:
        return None
    return Citations(Period.year(own.reporting_year), reading_language())


@desk
def preview(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a page as visitors will read it, with what is wrong in its text."""
    page = _page(request, pk)
    wrong = problems(page.body)
    return render(request, "website/editing/preview.html", {**told(page, request.user), "problems": wrong})


def _page(request: HttpRequest, pk: int) -> Page:
    found: Page = get_object_or_404(Page.objects.visible_to(request.user), pk=pk)
    return found


@desk
def past(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the revisions of a page with what changed."""
    page = _page(request, pk)
    found = revisions.revisions(page, request.user, reading_language())
    may_change = request.user.has_perm("website.change_page", page)
    return render(request, "website/editing/revisions.html", {"page": page, "revisions": found, "can_save": may_change})


@desk
@require_POST
def restore(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a page the texts of an earlier revision; that is a change like any other."""
    page = _page(request, pk)
    require(request.user, "website.change_page", page)
    number = request.POST.get("revision", "")
    try:
        changed = revisions.restore(page, int(number) if number.isdecimal() else 0)
    except LookupError as error:
        raise Http404(number) from error
    if changed:
        messages.success(request, _("“%(page)s” has its earlier texts again.") % {"page": page})
    else:
        messages.info(request, _("These are the texts that the page has now."))
    return redirect(reverse("desk.page.revisions", args=[pk]))
