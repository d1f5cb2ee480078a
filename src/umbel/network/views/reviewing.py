"""What organisations want changed of their pages: the secretariat takes it over or says why not, and sets the rules."""

from smtplib import SMTPException

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.mail import EmailMultiAlternatives
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_POST

from umbel.accounts.adapters import house_name
from umbel.core.audience import require
from umbel.core.crud import editing
from umbel.core.crud.access import desk
from umbel.core.languages import lead_language
from umbel.network import self_service
from umbel.network.forms import EditRulesForm
from umbel.network.models import Proposal

SHOWN = 50


@desk
def proposals(request: HttpRequest) -> HttpResponse:
    """List the changes that wait, and what became of the latest others."""
    require(request.user, "network.change_organisation")
    found = Proposal.objects.visible_to(request.user).select_related("organisation", "made_by", "decided_by")
    context = {
        "waiting": found.waiting().order_by("made_at"),
        "decided": found.exclude(state=Proposal.State.WAITING).order_by("-decided_at")[:SHOWN],
    }
    return render(request, "network/proposals.html", context)


@desk
@require_POST
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a proposed change over, or decline it with a reason; whoever proposed it hears of it by mail."""
    require(request.user, "network.change_organisation")
    known = Proposal.objects.visible_to(request.user).select_related("organisation", "made_by")
    proposal = get_object_or_404(known, pk=pk)
    require(request.user, "network.change_organisation", proposal.organisation)
    try:
        if "accept" in request.POST:
            self_service.accept(proposal, request.user)
        else:
            self_service.decline(proposal, request.user, request.POST.get("reason", ""))
    except ValidationError as error:
        messages.error(request, f"{proposal}. {' '.join(error.messages)}")
        return redirect("network.proposal.list")
    _tell(request, proposal)
    messages.success(request, f"{proposal}: {proposal.get_state_display()}.")
    return redirect("network.proposal.list")


def _tell(request: HttpRequest, proposal: Proposal) -> None:
    """Tell whoever proposed a change what became of it, in their language, unless they want no such mail."""
    reader = proposal.made_by
    if reader is None or not reader.is_active or not reader.wants("mail_decisions"):
        return
    link = request.build_absolute_uri(reverse("network.own.edit", args=[proposal.organisation.key]))
    with override(reader.language or lead_language()):
        told = {"proposal": proposal, "link": link, "house": house_name()}
        mail = EmailMultiAlternatives(
            _("%(house)s: your change of %(field)s") % {**told, "field": proposal.label},
            render_to_string("network/mail/decided.txt", told),
            to=[reader.email],
        )
        mail.attach_alternative(render_to_string("network/mail/decided.html", told), "text/html")
    try:
        mail.send()
    except (SMTPException, OSError):
        messages.warning(request, _("The decision is kept, but the mail server took no mail about it."))


@desk
def rules(request: HttpRequest) -> HttpResponse:
    """Say which fields organisations change themselves, and how."""
    require(request.user, "network.change_editrule")
    form = EditRulesForm(request.POST or None)
    state = editing.state_of(form)
    differing = editing.overtaken(request.POST.get("seen", ""), state, form) if form.is_valid() else []
    if form.is_valid() and not differing:
        form.save()
        messages.success(request, _("The rules of self-service are saved."))
        return redirect("network.rules")
    context = {
        "form": form,
        "seen": editing.seen_by(request.POST.get("seen", ""), state, differing),
        "differing": differing,
    }
    status = 409 if differing else 422 if form.is_bound else 200
    return render(request, "network/edit_rules.html", context, status=status)
