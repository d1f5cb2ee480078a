"""The page of quick capture: what a line or a file was understood to say, and the forms that record it."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from umbel.core.crud import capture, parcels
from umbel.core.crud.access import desk
from umbel.core.formatting import partial_date, reading_language
from umbel.core.search import find

FOUND = 10


@desk
def line(request: HttpRequest) -> HttpResponse:
    """Show what was understood of a line, and what a search for it finds."""
    text = request.GET.get("q", "").strip()
    understood = capture.understand(text, request.user, timezone.localdate(), reading_language())
    context = {"text": text, "found": find(text, request.user, limit=FOUND) if text else None, **_shown(understood)}
    return render(request, "desk/capture.html", context)


def _shown(understood: capture.Understood | None) -> dict[str, Any]:
    if understood is None:
        return {"understood": None, "nothing": capture.NOTHING}
    day = understood.date
    return {
        "understood": understood,
        "draft": understood.draft,
        "day": partial_date(day, reading_language()) if day else "",
        "alike": [(row, understood.draft.section.url_of(row.pk)) for row in understood.alike],
    }


@desk
@require_POST
def parcel(request: HttpRequest) -> HttpResponse:
    """Read a file that was dropped and open the form that it fits, with its title, date, place and people."""
    file = request.FILES.get("file")
    try:
        if file is None or isinstance(file, list):
            raise ValidationError(_("Choose a calendar entry (.ics) or an e-mail (.eml)."))
        opened = parcels.open_parcel(file.name or "", file.read(parcels.LARGEST + 1))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect("desk.capture")
    understood = capture.understand_parcel(opened, request.user, reading_language())
    if understood is None:
        messages.error(request, str(capture.NOTHING))
        return redirect("desk.capture")
    if understood.hours:
        messages.info(request, _("This form has no place for the hour: %(hours)s.") % {"hours": understood.hours})
    if understood.unknown:
        told = _("Not on record, and not in this form: %(people)s.") % {"people": ", ".join(understood.unknown)}
        messages.info(request, told)
    return redirect(understood.draft.url)
