"""The outbox on the desk: for the secretary general and the administrator; in a demonstration for every role."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from csp.constants import NONE, SELF
from csp.decorators import csp
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_POST

from umbel.core import outbox
from umbel.core.audience import KEEP_EVERYTHING, role_of
from umbel.core.crud.access import desk
from umbel.core.leaf import OpenLeaf
from umbel.core.outbox.models import Mail

SHOWN = 50
View = Callable[..., HttpResponseBase]
BARE = {
    "sandbox": [""],
    "default-src": [NONE],
    "img-src": ["data:"],
    "style-src": ["'unsafe-inline'"],
    "frame-ancestors": [SELF],
}
"""What the HTML of a mail may do: look like itself. No script, no form, nothing from outside."""


def may_look(user: Any) -> bool:
    """Tell whether somebody of the secretariat may read the mail of all."""
    return bool(settings.DEMO or user.is_superuser or role_of(user) in KEEP_EVERYTHING)


def postmaster(view: View) -> View:
    """Open a view to those who may read the mail of all; to the rest of the desk it is not there."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not may_look(request.user):
            raise Http404
        return view(request, *args, **kwargs)

    return desk(guarded)


@postmaster
def index(request: HttpRequest) -> HttpResponse:
    """List the mails, the latest first, narrowed by words and by outcome."""
    query, outcome = request.GET.get("q", "").strip(), request.GET.get("outcome", "")
    mails = Mail.objects.narrow(query).defer("text", "html", "headers")
    if outcome in Mail.Outcome.values:
        mails = mails.filter(outcome=outcome)
    leaf = OpenLeaf(mails, request.GET.get("page", ""), {"q": query, "outcome": outcome}, SHOWN)
    told = {"leaf": leaf, "query": query, "outcome": outcome, "outcomes": Mail.Outcome.choices}
    return render(request, "desk/outbox.html", {**told, "held": outbox.is_held(), "days": Mail.KEPT_FOR.days})


@postmaster
def show(request: HttpRequest, pk: int) -> HttpResponse:
    return render(request, "desk/outbox_mail.html", {"mail": get_object_or_404(Mail, pk=pk)})


@postmaster
@xframe_options_sameorigin
@csp(BARE)  # type: ignore[arg-type]  # -- its types know views without arguments only
def html(request: HttpRequest, pk: int) -> HttpResponse:
    """Return the HTML of a mail alone, where it can do no harm."""
    mail = get_object_or_404(Mail.objects.exclude(html=""), pk=pk)
    return HttpResponse(mail.html)


@postmaster
@require_POST
def send_again(request: HttpRequest, pk: int) -> HttpResponse:
    """Send a mail that failed once more."""
    mail = get_object_or_404(Mail.objects.filter(outcome=Mail.Outcome.FAILED), pk=pk)
    if not mail.can_be_sent_again:
        messages.error(request, _("Not all of this mail is kept: send a new one from where it came."))
    elif outbox.resend(mail):
        messages.success(request, _("The mail is on its way to %(recipients)s.") % {"recipients": mail.recipients})
    else:
        messages.error(request, _("It failed again: %(reason)s") % {"reason": mail.reason})
    return redirect("desk.outbox.show", mail.pk)
