"""The fees of members: calling those of a year, how one is paid, the statement of an organisation."""

import csv
import hashlib
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction

from umbel.core.audience import visible_rows
from umbel.core.codes import in_fours
from umbel.core.crud.export import harmless
from umbel.core.dates import PartialDate
from umbel.core.formatting import figure, reading_language
from umbel.core.models import Confederation, MembershipCategory
from umbel.core.payments import credit_transfer, picture
from umbel.core.periods import Period
from umbel.network.models import Fee, Membership, Organisation

BYTE_ORDER_MARK = "\ufeff"
STATEMENT = ("organisation", "year", "amount", "due_on", "paid_on", "paid", "open", "reference")


def euro(amount: Decimal) -> str:
    """Return an amount in the reader's language, with cents where there are some: "1,200 €"."""
    is_whole = amount == amount.to_integral_value()
    return figure(amount, "€", 0 if is_whole else 2, reading_language())


@dataclass(frozen=True)
class Call:
    """A member in force on a day, and the fee that it is called: `None` where no amount is set for its category.

    `standing` is the fee of that year that is on record already and stays as it is.
    """

    organisation: Organisation
    category: MembershipCategory | None
    amount: Decimal | None
    standing: Fee | None

    @property
    def is_new(self) -> bool:
        return self.standing is None and self.amount is not None


def calls(year: int, day: date, amounts: Mapping[int | None, Decimal], user: Any) -> list[Call]:
    """Return a call for each member in force on a day, by name; `amounts` go by the number of the category.

    The members without a category go by `None`. Of two memberships in force the later one counts.
    """
    fees = {fee.organisation_id: fee for fee in Fee.objects.filter(year=year).select_related("organisation")}
    made: dict[int, Call] = {}
    for term in members_on(day, user):
        amount, standing = amounts.get(term.category_id), fees.get(term.organisation_id)
        made[term.organisation_id] = Call(term.organisation, term.category, amount, standing)
    return list(made.values())


def members_on(day: date, user: Any) -> Any:
    """Return the memberships in force on a day of organisations that a person may see, by name and beginning."""
    rows = Membership.objects.in_force(Period.year(day.year).as_at(day))
    seen = rows.filter(visible_rows(user, Organisation, "organisation"))
    return seen.select_related("organisation", "category").order_by("organisation__name", "organisation", "start")


def digest(made: Sequence[Call], year: int, due_on: PartialDate) -> str:
    """Return a short mark of calls, by which a form knows whether they still are what it showed."""
    told = [year, str(due_on), *((call.organisation.pk, str(call.amount), call.is_new) for call in made)]
    return hashlib.sha256(repr(told).encode()).hexdigest()[:12]


@transaction.atomic
def call_fees(made: Sequence[Call], *, year: int, due_on: PartialDate) -> list[Fee]:
    """Record the fees that are new among some calls; return them. Those on record stay as they are."""
    new = [
        Fee(organisation=call.organisation, year=year, amount=call.amount, due_on=due_on)
        for call in made
        if call.standing is None and call.amount is not None
    ]
    for fee in new:
        fee.full_clean()
        fee.save()
    return new


def account() -> Confederation | None:
    """Return the confederation where it has said to which account fees are paid."""
    own = Confederation.objects.first()
    return own if own and own.iban and own.account_holder else None


def how_to_pay(fee: Fee, own: Confederation) -> dict[str, str]:
    """Return what somebody needs who pays a fee: as text, and as the drawing that the app of a bank reads."""
    told = {"holder": own.account_holder, "iban": own.iban, "amount": fee.open_amount, "reference": fee.reference}
    return {
        "holder": own.account_holder,
        "iban": in_fours(own.iban),
        "amount": euro(fee.open_amount),
        "drawing": picture(credit_transfer(**told)),
    }


def statement(fees: Sequence[Fee]) -> str:
    """Return fees as CSV with a byte order mark: codes, ISO dates, numbers with a point."""
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    writer.writerow(STATEMENT)
    for fee in fees:
        paid = fee.amount - fee.open_amount if fee.paid_amount is None else fee.paid_amount
        row = (fee.organisation, fee.year, fee.amount, fee.due_on, fee.paid_on or "", paid, fee.open_amount)
        writer.writerow([*(harmless(str(value)) for value in row), fee.reference])
    return BYTE_ORDER_MARK + buffer.getvalue()
