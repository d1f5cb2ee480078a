"""What is done to many rows at once: those ticked, or all that fit the filters."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import ProtectedError, RestrictedError
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from umbel.core import wastebasket
from umbel.core.audience import is_in_audience
from umbel.core.crud.access import desk, find_section, require
from umbel.core.crud.columns import Column
from umbel.core.crud.counted import counting
from umbel.core.crud.filters import number_in
from umbel.core.crud.listing import Listing
from umbel.core.crud.sections import Section
from umbel.core.formatting import reading_language
from umbel.core.models import Confederation
from umbel.core.periods import Period
from umbel.core.records import Record

AT_ONCE = 500
"""The most rows that one act touches, so that it is done within a few seconds and can be undone as a whole."""

NAMED = 12
SET = "set"


@dataclass(frozen=True)
class Act:
    """What is to be done: "delete", or "set" with the column and its value."""

    name: str
    column: Column | None = None
    value: str = ""

    @property
    def right(self) -> str:
        return "delete" if self.name == "delete" else "change"

    @property
    def label(self) -> str:
        """The value in words."""
        choices = self.column.choices if self.column else ()
        return str(dict(choices).get(self.value, self.value))


def read_act(section: Section, sent: QueryDict) -> Act:
    """Return what a form asks for (`act=delete`, `act=set:audience` with `set-audience`); else raise `Http404`."""
    name, _colon, field = sent.get("act", "").partition(":")
    if name == "delete" and not field:
        return Act(name)
    column = next((column for column in section.settable if column.name == field), None)
    if name != "set" or column is None:
        raise Http404(name)
    return Act(name, column, sent.get(f"set-{field}", ""))


@desk
@require_POST
def bulk(request: HttpRequest, section: str) -> HttpResponse:
    """Set a field of picked rows, or delete them; deleting, and whatever touches all that fit, is asked once more."""
    found = find_section(section)
    if request.POST.get("act") == "undo":
        return _take_back(request, found)
    act = read_act(found, request.POST)
    require(request.user, act.right, found)
    address = request.POST.get("address", "")
    back = f"{found.url}{address}" if address.startswith("?") else found.url
    is_all = _is_all(request)
    rows = picked(request, found)
    if refusal := refused(rows):
        messages.warning(request, refusal)
    elif "sure" not in request.POST and (is_all or act.name == "delete"):
        return render(request, "desk/bulk.html", _asking(found, act, rows, back, request))
    elif act.name == "delete":
        _delete(request, found, rows)
    else:
        _set(request, found, rows, act)
    return redirect(back)


def _is_all(request: HttpRequest) -> bool:
    return request.POST.get("all") == "1"


def refused(rows: list[Any]) -> str:
    """Return why nothing can be done to rows that were picked, "" where it can."""
    if not rows:
        return _("Nothing was picked: tick the rows first.")
    if len(rows) > AT_ONCE:
        return _("These are more than %(most)s rows: narrow the list, so that fewer fit.") % {"most": AT_ONCE}
    return ""


def picked(request: HttpRequest, section: Section) -> list[Any]:
    """Return the rows that are meant, one more than may be touched where there are too many.

    Of all that fit, those are meant that were there when the question was asked: their numbers come back with it.
    """
    numbers = [number for number in map(number_in, request.POST.getlist("pick")) if number is not None]
    if _is_all(request) and "sure" not in request.POST:
        asked = QueryDict(request.POST.get("address", "").lstrip("?"))
        listing = Listing(section, asked, request.user, reading_language())
        return list(listing.rows()[: AT_ONCE + 1])
    return list(section.rows(request.user).filter(pk__in=numbers[: AT_ONCE + 1]))


def _asking(section: Section, act: Act, rows: list[Any], back: str, request: HttpRequest) -> dict[str, Any]:
    """Return what the question says: how many rows, which, what goes with them, how many figures count them."""
    own = Confederation.objects.first()
    year = own.reporting_year if own else 0
    touched, refusal = [], ""
    if act.name == "delete":
        try:
            touched = wastebasket.touched_by(*rows)
        except (ProtectedError, RestrictedError) as error:
            refusal = standing_on(error, request.user)
    numbers = [row.pk for row in rows]
    return {
        "section": section,
        "act": act,
        "sent": request.POST.get("act"),
        "rows": rows,
        "named": rows[:NAMED],
        "touched": touched,
        "refusal": refusal,
        "back": back,
        "address": request.POST.get("address", ""),
        "year": year,
        "figures": counting(section.model, numbers, Period.year(year)) if year else [],
    }


def _delete(request: HttpRequest, section: Section, rows: list[Any]) -> None:
    """Delete rows one by one, all or none, and offer the way back."""
    try:
        with transaction.atomic():
            for row in rows:
                require(request.user, "delete", section, row)
            deleted = [wastebasket.discard(row) for row in rows]
    except (ProtectedError, RestrictedError) as error:
        messages.error(request, standing_on(error, request.user))
        return
    text = ngettext("%(count)s record was deleted.", "%(count)s records were deleted.", len(deleted))
    numbers = ",".join(str(deletion.pk) for deletion in deleted)
    messages.success(request, text % {"count": len(deleted)}, extra_tags=f"undo {numbers}")


def standing_on(error: ProtectedError | RestrictedError, user: Any) -> str:
    """Say to a person what keeps a record from being deleted, and what to do."""
    rows = wastebasket.standing_in_the_way(error)
    named = ", ".join(f"“{name}”" for name in sorted(named_to(user, rows))[:3])
    message = ngettext(
        "Nothing was deleted: %(rows)s needs it. Change or delete this first.",
        "Nothing was deleted: %(rows)s need it. Change or delete these first.",
        len(rows),
    )
    return message % {"rows": named}


def named_to(user: Any, rows: Iterable[Any]) -> list[str]:
    """Return what rows are called; of those that a person may not see only that they are there."""
    hidden = _("a record that you may not see")
    return [hidden if isinstance(row, Record) and not is_in_audience(user, row) else str(row) for row in rows]


def _set(request: HttpRequest, section: Section, rows: list[Any], act: Act) -> None:
    """Set one field of rows, all or none."""
    assert act.column is not None  # noqa: S101 -- read_act found it
    name = act.column.name
    before = {row.pk: getattr(row, name) for row in rows}
    if _changed(request, section, [(row, name, act.value) for row in rows]):
        after = {row.pk: getattr(row, name) for row in rows}
        request.session[SET] = {"section": section.key, "field": name, "before": before, "after": after}
        text = ngettext("%(count)s record was changed.", "%(count)s records were changed.", len(rows))
        messages.success(request, text % {"count": len(rows)}, extra_tags=f"reset {section.key}")


def _changed(request: HttpRequest, section: Section, changes: list[tuple[Any, str, Any]]) -> bool:
    """Change a field of each row, all or none; tell whether that was possible, and the person if it was not."""
    try:
        with transaction.atomic():
            for row, name, value in changes:
                require(request.user, "change", section, row)
                setattr(row, name, value)
                row.full_clean()
                row.save()
    except ValidationError as error:
        messages.error(request, _("Nothing was changed. ") + " ".join(error.messages))
        return False
    return True


def _take_back(request: HttpRequest, section: Section) -> HttpResponse:
    """Undo what the person has set last; rows that were changed since stay as they are."""
    require(request.user, "change", section)
    done = request.session.pop(SET, None)
    if done is None or done["section"] != section.key:
        messages.warning(request, _("This can no longer be undone."))
        return redirect(section.url)
    name, before, after = done["field"], done["before"], done["after"]
    rows = section.rows(request.user).filter(pk__in=list(before))
    changes = [(row, name, before[str(row.pk)]) for row in rows if getattr(row, name) == after[str(row.pk)]]
    if _changed(request, section, changes):
        text = ngettext("%(count)s record is as it was.", "%(count)s records are as they were.", len(changes))
        messages.success(request, text % {"count": len(changes)})
    return redirect(section.url)
