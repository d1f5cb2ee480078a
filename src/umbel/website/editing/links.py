"""The page of the link check: what it found last, and the button that checks again."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from umbel.core.audience import keeps
from umbel.core.crud.access import desk
from umbel.core.prose.fields import problems
from umbel.website.editing import checking
from umbel.website.models import FrontBlock, LinkFinding, Page

GROUPS = {
    "report": gettext_lazy("Entries of the year with a page"),
    "text": gettext_lazy("Texts"),
    "menu": gettext_lazy("Menu"),
    "redirect": gettext_lazy("Redirects"),
    "record": gettext_lazy("Addresses of records"),
}
SHOWN = 200


@desk
def index(request: HttpRequest) -> HttpResponse:
    """Show what the last check found; check again where that is asked for, without asking other sites."""
    if not keeps(request.user, "website"):
        raise Http404
    if request.method == "POST":
        outcome = checking.check()
        messages.success(request, _("%(number)s links were looked at.") % {"number": outcome.looked_at})
        return redirect("desk.links")
    last = LinkFinding.objects.order_by("-checked_at").first()
    context = {
        "last": last,
        "tallies": tallies(),
        "broken": LinkFinding.objects.broken()[:SHOWN],
        "texts": wrong_texts(),
    }
    return render(request, "website/editing/links.html", context)


def tallies() -> list[dict[str, Any]]:
    """Return for each place in which links stand how many there are, and how many lead nowhere or are empty."""
    found = []
    for group, label in GROUPS.items():
        states = LinkFinding.objects.of(group).tally()
        total, fine = sum(states.values()), states.get(LinkFinding.State.FINE, 0)
        empty = states.get(LinkFinding.State.EMPTY, 0)
        found.append({"group": group, "label": label, "total": total, "empty": empty, "broken": total - fine})
    return found


def wrong_texts() -> list[dict[str, Any]]:
    """Return the texts that cite a figure or a photograph which is not there."""
    rows = [*Page.objects.all(), *FrontBlock.objects.exclude(body="")]
    return [
        {"row": row, "url": checking.desk_address(row), "problems": wrong}
        for row in rows
        if (wrong := problems(row.body))
    ]
