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
from umbel.core.crud.access import desk
from umbel.core.crud.filters import number_in
from umbel.core.crud.sections import section_of
from umbel.core.models import Deletion

DELETIONS_SHOWN = 200


@desk
def index(request: HttpRequest) -> HttpResponse:
    """Show what was deleted and can still be brought back."""
    known = Deletion.objects.open().visible_to(request.user)[:DELETIONS_SHOWN]
    mine = [deletion for deletion in known if _may_restore(request.user, deletion)]
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
        or not all(_may_restore(request.user, deletion) for deletion in deletions)
    ):
        raise Http404
    try:
        with transaction.atomic():
            rows = [wastebasket.restore(deletion) for deletion in deletions]
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect("desk.bin")
    messages.success(request, _("Brought back: %(names)s.") % {"names": ", ".join(str(row) for row in rows[:3])})
    section = section_of(type(rows[0]))
    return redirect(section.url_of(rows[0].pk) if len(rows) == 1 else section.url)


def _may_restore(user: Any, deletion: Deletion) -> bool:
    """Tell whether a person may bring back records of the kind that was deleted."""
    app, _dot, name = deletion.type.partition(".")
    return bool(user.has_perm(f"{app}.add_{name}"))
