"""What was deleted and can be brought back."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from umbel.core import wastebasket
from umbel.core.audience import audiences_of
from umbel.core.crud.access import desk
from umbel.core.crud.filters import number_in
from umbel.core.crud.sections import section_of
from umbel.core.models import Deletion
from umbel.core.records import Record

DELETIONS_SHOWN = 200


@desk
def index(request: HttpRequest) -> HttpResponse:
    """Show what was deleted and can still be brought back."""
    known = Deletion.objects.open().visible_to(request.user)[:DELETIONS_SHOWN]
    mine = [deletion for deletion in known if may_restore(request.user, deletion)]
    return render(request, "desk/bin.html", {"deletions": mine})


@desk
@require_POST
def restore(request: HttpRequest) -> HttpResponse:
    """Bring back what was deleted, several deletions at once where they were one act."""
    read = [number_in(number) for number in request.POST.get("deletions", "").split(",")]
    numbers = {number for number in read if number is not None}
    deletions = list(Deletion.objects.visible_to(request.user).filter(pk__in=numbers).order_by("-pk"))
    if (
        not deletions
        or len(deletions) != len(numbers)
        or not all(may_restore(request.user, deletion) for deletion in deletions)
    ):
        raise Http404
    try:
        with transaction.atomic():
            rows = [wastebasket.restore(deletion) for deletion in deletions]
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect("desk.bin")
    messages.success(request, _("Brought back: %(names)s.") % {"names": ", ".join(str(row) for row in rows[:3])})
    return redirect(_page_of(rows))


def may_restore(user: Any, deletion: Deletion) -> bool:
    """Tell whether a person may bring back what was deleted: knows of it, and may add records of its kind."""
    app, _dot, name = deletion.type.partition(".")
    return deletion.audience in audiences_of(user) and bool(user.has_perm(f"{app}.add_{name}"))


def _page_of(rows: list[Any]) -> str:
    """Return where what came back stands: a record's own form, for rows of one whole the form of that; their list."""
    wholes = {_place_of(row) for row in rows}
    return wholes.pop() if len(wholes) == 1 else section_of(type(rows[0])).url


def _place_of(row: Any) -> str:
    """Return the form in which a row is kept: that of what it belongs to, else its own."""
    step, _mark, rest = row.audience_path.partition("__")
    for whole in (getattr(row, "record", None), getattr(row, step) if rest else None):
        kept = section_of(type(whole)) if isinstance(whole, Record) else None
        if whole is not None and kept and any(isinstance(row, part) for part, _link in kept.part_links):
            return kept.url_of(whole.pk)
    return section_of(type(row)).url_of(row.pk)
