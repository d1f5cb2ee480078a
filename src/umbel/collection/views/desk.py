"""Returns on the desk: who has answered a round, what a return says, whether it is accepted."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from umbel.collection.models import Return, Round, Value
from umbel.collection.models.rounds import members_on
from umbel.collection.notices import tell
from umbel.collection.questionnaire import Questionnaire
from umbel.core.audience import require
from umbel.core.crud.access import desk
from umbel.core.crud.sections import section_of
from umbel.core.formatting import join, reading_language
from umbel.network.models import Organisation

CHANGE = "collection.change_return"


@desk
def answers(request: HttpRequest, pk: int) -> HttpResponse:
    """Show of which members a return of a round is in; `?missing=yes` leaves those of which none is."""
    found = get_object_or_404(Round.objects.visible_to(request.user), pk=pk)
    given = {row.organisation_id: row for row in Return.objects.visible_to(request.user).filter(round=found)}
    members = Organisation.objects.visible_to(request.user).filter(
        pk__in=members_on(found.counted_on()).values("organisation")
    )
    lines = [(member, given.get(member.pk)) for member in members.order_by("name")]
    missing = [line for line in lines if line[1] is None or not line[1].is_received]
    is_missing = request.GET.get("missing") == "yes"
    context = {
        "round": found,
        "response": found.response(),
        "lines": missing if is_missing else lines,
        "is_missing": is_missing,
        "missing": join([str(member) for member, _answer in missing], reading_language()),
        "section": section_of(Round),
        "back": section_of(Round).url_of(found.pk),
        "list": f"{section_of(Return).url}?round={found.pk}",
        "files": _files(found),
    }
    return render(request, "collection/answers.html", context)


def _files(found: Round) -> dict[str, str]:
    """Return the addresses of what members told in the returns that are in, as files."""
    asked = f"?round={found.pk}&received=yes"
    key = section_of(Value).key
    return {kind: reverse("desk.record.download", args=[key, kind]) + asked for kind in ("csv", "xlsx")}


@desk
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what a return says, beside what its organisation said before."""
    rows = Return.objects.visible_to(request.user).select_related("sent_by")
    return _shown(request, get_object_or_404(rows, pk=pk))


def _shown(request: HttpRequest, found: Return, refusal: str = "", reason: str = "") -> HttpResponse:
    context: dict[str, Any] = {
        "answer": found,
        "asked": Questionnaire(found),
        "section": section_of(Return),
        "can_decide": request.user.has_perm(CHANGE, found),
        "refusal": refusal,
        "reason": reason,
        "answers": reverse("collection.round.answers", args=[found.round_id]),
        "history": reverse("desk.record.history", args=[section_of(Return).key, found.pk]),
    }
    return render(request, "collection/return.html", context, status=422 if refusal else 200)


@desk
@require_POST
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Accept a return, take that back, or hand the return back with a reason; whoever sent it hears of it by mail."""
    require(request.user, CHANGE)
    with transaction.atomic():
        rows = Return.objects.visible_to(request.user)
        found = get_object_or_404(rows.select_for_update(of=("self",)), pk=pk)
        require(request.user, CHANGE, found)
        reason = request.POST.get("reason", "")
        try:
            told = _decided(found, request.POST, reason)
        except ValidationError as error:
            return _shown(request, found, " ".join(error.messages), reason)
    messages.success(request, told)
    if "reopen" not in request.POST and not tell(request, found):
        messages.warning(request, _("The decision is kept, but the mail server took no mail about it."))
    return redirect("collection.return.show", pk)


def _decided(found: Return, asked: Any, reason: str) -> str:
    """Do with a return what a form asks; return that in words. Raises `ValidationError` where it cannot be done."""
    told = {"return": found}
    if "accept" in asked:
        found.accept()
        return _("“%(return)s” is accepted.") % told
    if "reopen" in asked:
        found.reopen()
        return _("“%(return)s” is no longer accepted.") % told
    found.hand_back(reason)
    return _("“%(return)s” is handed back.") % told
