"""Inviting the people of one's organisation, and taking up an invitation."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from umbel.accounts.doors import door_of
from umbel.accounts.models import User
from umbel.accounts.views import arrive
from umbel.network import invitations
from umbel.network.forms import OwnPeopleForm, PasswordForm
from umbel.network.models import Invitation
from umbel.network.rules import organisations_of


@login_required
def own(request: HttpRequest) -> HttpResponse:
    """Show the invitations of one's organisation, and take another."""
    organisations = organisations_of(request.user)
    if not organisations:
        raise Http404
    form = OwnPeopleForm(request.POST or None, user=request.user)
    if form.is_valid():
        invite(request, form)
        return redirect("network.invitation.own")
    sent = Invitation.objects.pending().filter(organisation__in=organisations).select_related("organisation")
    return render(request, "network/own_invitations.html", {"form": form, "invitations": sent})


def invite(request: HttpRequest, form: Any) -> None:
    """Keep a valid form as an invitation, send it, and tell how that went."""
    form.instance.invited_by = request.user
    invitation = form.save()
    tell(request, invitation, invitations.send(request, invitation))


def tell(request: HttpRequest, invitation: Invitation, was_sent: bool) -> None:
    if was_sent:
        messages.success(request, _("The invitation to %(email)s is on its way.") % {"email": invitation.email})
    else:
        messages.error(request, _("The mail server took no mail. The invitation is kept: send it again later."))


@login_required
@require_POST
def act(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    """Send an invitation again, or withdraw it."""
    invitation = get_object_or_404(invitations.handled_by(request.user), pk=pk)
    told = {"email": invitation.email}
    if not invitation.is_pending:
        messages.info(request, _("The invitation to %(email)s is no longer open.") % told)
    elif verb == "withdraw":
        invitations.withdraw(invitation)
        messages.success(request, _("The invitation to %(email)s is withdrawn.") % told)
    elif request.POST.get("sent", invitation.mark) != invitation.mark:
        messages.info(request, _("The invitation to %(email)s has been sent again already.") % told)
    else:
        tell(request, invitation, invitations.send(request, invitation))
    return redirect("network.user.list" if request.user.has_perm("accounts.view_user") else "network.invitation.own")


@never_cache
@sensitive_post_parameters("password", "again")
def accept(request: HttpRequest, token: str) -> HttpResponse:
    """Make an account by the link of an invitation, or add its rights to the account that one has."""
    invitation = Invitation.objects.of(token).select_related("organisation", "invited_by").first()
    if invitation is None:
        return render(request, "network/invitation_over.html", status=410)
    known = User.objects.filter(email=invitation.email, is_active=True).first()
    form = PasswordForm(request.POST or None)
    if request.method == "POST" and (request.user == known if known else form.is_valid()):
        try:
            user = invitations.accept(invitation, user=known, password=form.data.get("password", ""))
        except ValidationError as error:
            form.add_error(None if known else "password", error)
        else:
            # The link in the mail proved the address.
            return redirect(door_of(user)) if request.user == user else arrive(request, user, "password")
    return render(request, "network/invitation_accept.html", {"invitation": invitation, "known": known, "form": form})
