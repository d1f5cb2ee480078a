"""Fees: what an organisation owes and how it pays, and what the desk does with the fees of many members at once."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from umbel.core.audience import require
from umbel.core.codes import in_fours
from umbel.core.crud.access import desk
from umbel.core.crud.sections import section_of
from umbel.core.crud.sending import SentBeforeError, carried_out, fresh_token
from umbel.core.crud.views import bulk
from umbel.network import fees as acts
from umbel.network.fee_lists import STATES, state_of
from umbel.network.forms import CallForm, PaidForm
from umbel.network.models import Fee
from umbel.network.rules import own_organisations

PAID = "fees paid"


def _own_fees(request: HttpRequest) -> list[Fee]:
    """Return the fees of the organisations for which somebody speaks. Raises `Http404` where there are none such."""
    organisations = own_organisations(request.user)
    if not organisations:
        raise Http404
    return list(Fee.objects.visible_to(request.user).of_organisations(organisations))


@never_cache
@login_required
def own(request: HttpRequest) -> HttpResponse:
    """Show what one's organisations owe and how it is paid, and what they have paid."""
    fees, account, day = _own_fees(request), acts.account(), timezone.localdate()
    told = [_told(fee) for fee in fees]
    owed = [
        {**each, "is_late": each["fee"].is_late(day), "pay": acts.how_to_pay(each["fee"], account) if account else None}
        for each in reversed(told)
        if each["fee"].is_open
    ]
    context = {"fees": told, "owed": owed, "is_of_several": len(own_organisations(request.user)) > 1}
    return render(request, "network/own_fees.html", context)


def _told(fee: Fee) -> dict[str, Any]:
    return {
        "fee": fee,
        "state": STATES[state_of(fee)],
        "amount": acts.euro(fee.amount),
        "open": acts.euro(fee.open_amount),
        "reference": in_fours(fee.reference),
    }


@never_cache
@login_required
def own_statement(request: HttpRequest) -> HttpResponse:
    """Return the fees of one's organisations as CSV."""
    headers = {"Content-Disposition": 'attachment; filename="fees.csv"'}
    return HttpResponse(acts.statement(_own_fees(request)), content_type="text/csv; charset=utf-8", headers=headers)


@desk
def call(request: HttpRequest) -> HttpResponse:
    """Ask which fees are called, show each of them, and record them once that was seen (`sure`)."""
    require(request.user, "network.add_fee")
    form = CallForm(request.POST or None, user=request.user)
    context: dict[str, Any] = {"form": form, "once": request.POST.get("once") or fresh_token()}
    status = 422 if form.is_bound and not form.is_valid() else 200
    if form.is_valid():
        year, due_on = form.cleaned_data["year"], form.cleaned_data["due_on"]
        made = acts.calls(year, form.cleaned_data["on"].last_day, form.amounts, request.user)
        sure, mark = request.POST.get("sure"), acts.digest(made, year, due_on)
        if sure == mark:
            return _call(request, made, year, due_on)
        status = 409 if sure else 200
        new = [each for each in made if each.is_new]
        context |= {"made": [_seen(each) for each in made], "new": new, "year": year, "mark": mark, "is_stale": sure}
    return render(request, "network/fee_call.html", context, status=status)


def _seen(each: acts.Call) -> dict[str, Any]:
    amount = each.standing.amount if each.standing else each.amount
    return {"call": each, "amount": "" if amount is None else acts.euro(amount)}


def _call(request: HttpRequest, made: list[acts.Call], year: int, due_on: Any) -> HttpResponse:
    address = f"{section_of(Fee).url}?year={year}"
    try:
        with transaction.atomic():
            carried_out(request.POST.get("once"), address)
            called = acts.call_fees(made, year=year, due_on=due_on)
    except SentBeforeError as error:
        messages.info(request, _("This form was sent before. Here is what it made."))
        return redirect(error.address)
    told = {"number": len(called), "year": year}
    text = ngettext("One fee of %(year)s is called.", "%(number)s fees of %(year)s are called.", len(called))
    messages.success(request, text % told)
    return redirect(address)


@desk
@require_POST
def paid(request: HttpRequest) -> HttpResponse:
    """Ask on which day the picked fees were paid, then say so of each; those with a payment are left out."""
    require(request.user, "network.change_fee")
    section = section_of(Fee)
    picked = bulk.picked(request, section)
    if refusal := bulk.refused(picked):
        messages.warning(request, refusal)
        return redirect(section.url)
    owing = [fee for fee in picked if fee.paid_on is None]
    if not owing:
        messages.warning(request, _("Of all of them a payment is on record: open the one that you mean."))
        return redirect(section.url)
    form = PaidForm(request.POST if "sure" in request.POST else None)
    if not form.is_valid():
        told = [(fee, acts.euro(fee.amount)) for fee in owing]
        context = {"form": form, "fees": told, "left": len(picked) - len(owing)}
        return render(request, "network/fee_paid.html", context, status=422 if form.errors else 200)
    with transaction.atomic():
        for fee in owing:
            require(request.user, "network.change_fee", fee)
            fee.paid_on = form.cleaned_data["paid_on"]
            fee.full_clean()
            fee.save()
    request.session[PAID] = [[fee.pk for fee in owing], str(form.cleaned_data["paid_on"])]
    text = ngettext("One fee is paid.", "%(number)s fees are paid.", len(owing))
    messages.success(request, text % {"number": len(owing)}, extra_tags=f"back {reverse('network.fee.unpaid')}")
    return redirect(section.url)


@desk
@require_POST
def unpaid(request: HttpRequest) -> HttpResponse:
    """Take back what was set as paid last; fees that were changed since stay as they are."""
    require(request.user, "network.change_fee")
    numbers, day = request.session.pop(PAID, ([], ""))
    fees = Fee.objects.visible_to(request.user).filter(pk__in=numbers, paid_on=day or None, paid_amount=None)
    back = list(fees) if numbers else []
    with transaction.atomic():
        for fee in back:
            fee.paid_on = None
            fee.save()
    if back:
        text = ngettext("One fee is open again.", "%(number)s fees are open again.", len(back))
        messages.success(request, text % {"number": len(back)})
    else:
        messages.warning(request, _("This can no longer be undone."))
    return redirect(section_of(Fee).url)
