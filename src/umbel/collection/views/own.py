"""The rounds in the member area: what a member is asked, and the form in which it answers."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from umbel.collection.forms import AnswerForm
from umbel.collection.models import Return, Round
from umbel.collection.questionnaire import Questionnaire
from umbel.collection.rules import own_members
from umbel.core.crud import editing
from umbel.core.crud.sending import SentBeforeError, carried_out, fresh_token
from umbel.network.models import Organisation
from umbel.network.rules import today


def member_of(request: HttpRequest, key: str) -> Organisation:
    """Return a member for which somebody speaks. Raises `Http404` for any other organisation."""
    for organisation in own_members(request.user):
        if organisation.key == key:
            return organisation  # type: ignore[no-any-return]  # -- posts are read without types
    raise Http404(key)


def address(answer: Return) -> str:
    """Return where a return is filled in."""
    return reverse("collection.own.answer", args=[answer.round.key, answer.organisation.key])


@never_cache
@login_required
def rounds(request: HttpRequest) -> HttpResponse:
    """List what is asked today of the members for which somebody speaks, and what these have answered so far."""
    members = own_members(request.user)
    if not members:
        raise Http404
    seen = Round.objects.visible_to(request.user)
    answers = list(Return.objects.filter(organisation__in=members, round__in=seen))
    answered = {(answer.round_id, answer.organisation_id) for answer in answers}
    organisations = {organisation.pk: organisation for organisation in members}
    begun = [
        Return(round=row, organisation=organisation)
        for row in seen.open(today()).with_form().filter(has_form=True)
        for organisation in members
        if (row.pk, organisation.pk) not in answered
    ]
    for answer in answers:
        answer.organisation = organisations[answer.organisation_id]
    lines = [(answer, address(answer)) for answer in [*begun, *answers]]
    return render(request, "collection/own_rounds.html", {"lines": lines, "has_several": len(members) > 1})


@never_cache
@login_required
def answer(request: HttpRequest, round_key: str, key: str) -> HttpResponse:
    """Show a round as a form, keep it as a draft or send it; what cannot be changed is shown to be read."""
    member = member_of(request, key)
    asked = get_object_or_404(Round.objects.visible_to(request.user), key=round_key)
    if request.method != "POST":
        return _page(request, asked, member)
    try:
        with transaction.atomic():
            # Colleagues wait until this one is saved; then they read what it left.
            list(Organisation.objects.select_for_update().filter(pk=member.pk).values_list("pk"))
            return _page(request, asked, member)
    except SentBeforeError as error:
        messages.info(request, _("This form was sent before. Here is what it made."))
        return redirect(error.address)


def _page(request: HttpRequest, asked: Round, member: Organisation) -> HttpResponse:
    found = _return_of(asked, member)
    data = request.POST or None
    form = AnswerForm(data, asked=Questionnaire(found), is_sending="send" in request.POST)
    state, seen = editing.state_of(form), request.POST.get("seen", "")
    differing = editing.overtaken(seen, state, form) if form.is_valid() else []
    if form.is_valid() and not differing:
        return _saved(request, form)
    if data is not None and not found.is_changeable:
        messages.warning(request, _("The return was sent or the round has closed; what you typed is not kept."))
    context = {
        **_context(found),
        "form": form,
        "seen": editing.seen_by(seen, state, differing),
        "once": request.POST.get("once") or fresh_token(),
        "differing": differing,
        "errors": form.told_errors if form.is_bound else [],
    }
    status = 409 if differing else 422 if form.is_bound else 200
    return render(request, "collection/own_return.html", context, status=status)


def _return_of(asked: Round, member: Organisation) -> Return:
    """Return what a member has answered to a round, a new return where it has not."""
    found = Return.objects.filter(round=asked, organisation=member).select_related("sent_by").first()
    made: Return = found or Return(round=asked, organisation=member)
    made.round, made.organisation = asked, member
    return made


def _saved(request: HttpRequest, form: AnswerForm) -> HttpResponse:
    found = form.asked.answer
    if not found.is_changeable:
        messages.info(request, _("Nothing was changed: the return was sent, or the round is not open."))
        return redirect(address(found))
    carried_out(request.POST.get("once"), address(found))
    form.save(request.user)
    if form.is_sending:
        messages.success(request, _("Your return is sent. The secretariat looks at it now."))
    else:
        messages.success(request, _("Your draft is saved. Nobody counts on it before you send it."))
    return redirect(address(found))


def _context(found: Return) -> dict[str, Any]:
    day = timezone.localdate()
    return {
        "answer": found,
        "round": found.round,
        "organisation": found.organisation,
        "has_begun": found.round.has_begun(day),
        "is_open": found.round.is_open(day),
    }


@login_required
@require_POST
def take_back(request: HttpRequest, round_key: str, key: str) -> HttpResponse:
    """Make a return that was sent a draft again, as long as the round is open and nobody has accepted it."""
    member = member_of(request, key)
    seen = Round.objects.visible_to(request.user)
    with transaction.atomic():
        rows = Return.objects.select_for_update(of=("self",))
        found = get_object_or_404(rows, round__key=round_key, round__in=seen, organisation=member)
        try:
            found.take_back()
            messages.success(request, _("Your return is a draft again. Send it once you have changed it."))
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
    return redirect(address(found))
