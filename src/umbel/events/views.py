"""Registration for events in the member area."""

from collections.abc import Sequence

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from umbel.core.crud.sending import SentBeforeError, carried_out, fresh_token
from umbel.core.formatting import join, reading_language
from umbel.core.translations.saying import localise, said
from umbel.events import mails, registering, wording
from umbel.events.forms import RegistrationForm
from umbel.events.models import Event, Registration
from umbel.events.own import Standing, registrations_of


def standing_of(request: HttpRequest, key: str) -> Standing:
    """Return an event as the user finds it. Raises `Http404` for one that they do not see or nobody registers for."""
    event = get_object_or_404(Event.objects.visible_to(request.user), key=key)
    found = Standing(event, request.user, timezone.localdate())
    if not found.organisations or (event.registration_to is None and not found.known):
        raise Http404(key)
    return found


@never_cache
@login_required
def registration(request: HttpRequest, key: str) -> HttpResponse:
    """Show who of one's organisations comes to an event, and register more of them."""
    standing = standing_of(request, key)
    form = RegistrationForm(request.POST if request.method == "POST" else None, standing=standing)
    if form.is_valid():
        page = reverse("events.registration", args=[key])
        try:
            with transaction.atomic():
                made = registering.register(standing.event, [(each.person, each.organisation) for each in form.chosen])
                carried_out(request.POST.get("once"), page)
        except SentBeforeError as error:
            messages.info(request, _("This form was sent before. Here is what it made."))
            return redirect(error.address)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            _told(request, made)
            return redirect(page)
    localise([standing.event])
    context = {
        "standing": standing,
        "event": standing.event,
        "title": said(standing.event, "title").text,
        "when": wording.when(standing.event),
        "where": wording.where(standing.event),
        "told": wording.registration(standing.event) if standing.is_open else "",
        "form": form,
        "once": request.POST.get("once") or fresh_token(),
    }
    return render(request, "events/registration.html", context, status=422 if form.is_bound else 200)


def _told(request: HttpRequest, made: Sequence[Registration]) -> None:
    """Say who is registered now and who waits, and to whom the mail about it could not be sent."""
    coming = [row.person.name for row in made if row.state == Registration.State.REGISTERED]
    waiting = [row.person.name for row in made if row.state == Registration.State.WAITING]
    failed = [row.person.name for row in made if not mails.confirm(row)]
    if coming:
        told = ngettext("%(names)s is registered.", "%(names)s are registered.", len(coming))
        messages.success(request, told % {"names": _joined(coming)})
    if waiting:
        told = ngettext("%(names)s is on the waiting list.", "%(names)s are on the waiting list.", len(waiting))
        messages.info(request, told % {"names": _joined(waiting)})
    if failed:
        messages.warning(request, _("The mail to %(names)s could not be sent.") % {"names": _joined(failed)})
    if not made:
        messages.info(request, _("They are on the list already."))


def _joined(names: list[str]) -> str:
    return join(names, reading_language())


@login_required
@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take somebody of one's organisations off the list of an event; registering them again puts them back."""
    row = get_object_or_404(registrations_of(request.user).select_related("person", "event"), pk=pk)
    key = row.event.key
    standing = standing_of(request, key)
    try:
        registering.withdraw(row)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        told = _("%(person)s is withdrawn. If that was a mistake, register them again below.")
        if not standing.is_open:
            told = _("%(person)s is withdrawn.")
        messages.success(request, told % {"person": row.person})
    return redirect("events.registration", key)
