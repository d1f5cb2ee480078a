"""Subscribing to newsletters: asking, confirming by a link in a mail, leaving; the list for the secretariat."""

import csv
from smtplib import SMTPException
from typing import Any

from allauth.core import ratelimit
from django.conf import settings
from django.contrib import messages
from django.core.mail import EmailMultiAlternatives
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt

from umbel.communication.forms import SubscriptionForm
from umbel.communication.models import Issue, Subscriber
from umbel.communication.recipients import day_of, recipients
from umbel.communication.subscriptions import ask, of_leaving, of_token
from umbel.core.audience import keeps, require
from umbel.core.crud.access import desk
from umbel.core.crud.export import harmless
from umbel.core.crud.sections import section_of
from umbel.core.head import head
from umbel.core.languages import lead_language
from umbel.core.models import Confederation

ACTION = "subscribe"
SHOWN = 100


# Anybody may ask for anybody: only the link in the mail counts. So the form needs no cookie, and pages that hold it
# can be kept for all visitors.
@csrf_exempt
@never_cache
def subscribe(request: HttpRequest) -> HttpResponse:
    """Ask for newsletters; the answer is the same whether an address is known or not."""
    form = SubscriptionForm(request.POST or None, user=request.user)
    if request.method == "POST" and form.is_trapped:
        return redirect("communication.subscribe.sent")
    if request.method == "POST" and form.is_valid():
        email = form.cleaned_data["email"].lower()
        if not ratelimit.consume(request, action=ACTION, key=email):
            return render(request, "communication/too_often.html", status=429)
        subscriber, token = ask(email, form.cleaned_data["language"], list(form.cleaned_data["newsletters"]))
        send(subscriber, token)
        return redirect("communication.subscribe.sent")
    about = _("You get a mail with a link first: only who opens it is on the list.")
    context = {"form": form, "head": head(request.path, _("Subscribe to newsletters"), about)}
    return render(request, "communication/subscribe.html", context, status=422 if form.errors else 200)


def sent(request: HttpRequest) -> HttpResponse:
    """Say that a mail is on its way."""
    return render(request, "communication/sent.html")


def send(subscriber: Subscriber, token: str) -> bool:
    """Send the link with which a subscription is confirmed, in the subscriber's language; tell whether it was taken."""
    own = Confederation.objects.first()
    with override(subscriber.language or lead_language()):
        told = {
            "house": own.name if own else "Umbel",
            "newsletters": list(subscriber.wanted.all()),
            "link": settings.SITE_URL + reverse("communication.confirm", args=[token]),
            "leave": leaving_address(subscriber),
        }
        subject = _("%(house)s: confirm your subscription") % told
        text = render_to_string("communication/mail/confirm.txt", told)
        html = render_to_string("communication/mail/confirm.html", told)
    mail = EmailMultiAlternatives(subject, text, to=[subscriber.email], headers=leaving_headers(subscriber))
    mail.attach_alternative(html, "text/html")
    try:
        mail.send()
    except (SMTPException, OSError):
        return False
    return True


def leaving_address(subscriber: Subscriber) -> str:
    """Return the address at which a subscriber leaves."""
    return settings.SITE_URL + reverse("communication.leave", args=[subscriber.leaving_token])


def leaving_headers(subscriber: Subscriber) -> dict[str, str]:
    """Return the headers by which mail programs offer to leave with one click (RFC 8058)."""
    return {
        "List-Unsubscribe": f"<{leaving_address(subscriber)}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }


@csrf_exempt
@never_cache
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """Confirm by one button, which programs that look at links before people do will not press."""
    subscriber = of_token(token)
    if subscriber is None:
        return render(request, "communication/void.html", status=410)
    if request.method == "POST":
        subscriber.confirm()
        return render(request, "communication/confirmed.html", _told(subscriber))
    return render(request, "communication/confirm.html", {"newsletters": list(subscriber.wanted.all())})


@csrf_exempt
@never_cache
def leave(request: HttpRequest, token: str) -> HttpResponse:
    """Leave by one button, or by the one click of a mail program; leaving twice is as good as once."""
    subscriber = of_leaving(token)
    if subscriber is None:
        raise Http404
    if request.method == "POST" or subscriber.ended_at:
        subscriber.leave()
        return render(request, "communication/left.html")
    return render(request, "communication/leave.html", {"email": subscriber.email})


def _told(subscriber: Subscriber) -> dict[str, Any]:
    return {"newsletters": list(subscriber.newsletters.all()), "leave": leaving_address(subscriber)}


@desk
def readers(request: HttpRequest) -> HttpResponse:
    """Show who reads newsletters, to those who keep them; erase an address where that is asked."""
    if not keeps(request.user, "communication"):
        raise Http404
    rows = Subscriber.objects.visible_to(request.user)
    if request.method == "POST":
        number = request.POST.get("erase", "")
        row = get_object_or_404(rows, pk=number if number.isdecimal() else 0)
        row.leave()
        messages.success(request, _("The address was erased."))
        return redirect("communication.readers")
    asked = request.GET.get("q", "").strip().lower().replace("\0", "")
    shown = rows.filter(ended_at=None, email__contains=asked) if asked else rows.filter(ended_at=None)
    context = {"rows": shown.prefetch_related("newsletters")[:SHOWN], "total": rows.reading().total(), "asked": asked}
    return render(request, "communication/readers.html", context)


def _internal_issue(request: HttpRequest, pk: int) -> Issue:
    """Return an issue for members, to those who keep newsletters. Raises `Http404` for any other."""
    found: Issue = get_object_or_404(Issue.objects.visible_to(request.user).internal(), pk=pk)
    require(request.user, "communication.change_issue", found)
    return found


@desk
def recipient_list(request: HttpRequest, pk: int) -> HttpResponse:
    """Show who gets an issue for members on its day; keep how many those are."""
    issue = _internal_issue(request, pk)
    found = recipients(issue, request.user)
    if "keep" in request.POST:
        issue.recipients, issue.counted = len(found), None
        issue.save(update_fields=["recipients", "counted"])
        messages.success(
            request, _("The number of recipients is kept with the issue: %(number)s.") % {"number": len(found)}
        )
        return redirect("communication.recipients", pk)
    context = {
        "issue": issue,
        "recipients": found,
        "day": day_of(issue),
        "silent": sum(1 for each in found if not each.email),
        "section": section_of(Issue),
    }
    return render(request, "communication/recipients.html", context)


@desk
def recipient_file(request: HttpRequest, pk: int) -> HttpResponse:
    """Return who gets an issue as a table for the program that sends it."""
    issue = _internal_issue(request, pk)
    rows = [
        (each.name, each.organisation, each.function, each.email)
        for each in recipients(issue, request.user)
        if each.email
    ]
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="recipients-{issue.key}.csv"'
    writer = csv.writer(response, lineterminator="\n")
    writer.writerow(["name", "organisation", "function", "email"])
    writer.writerows([harmless(text) for text in row] for row in rows)
    return response
