"""What the list of fees on the desk tells and asks beside the fields: the reference, what is open, the year."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from umbel.core.codes import in_fours
from umbel.core.crud.filters import Filter, Option, Rows, number_in
from umbel.network.models import Fee, number_of, reference_of

STATES = {
    "open": pgettext_lazy("of a fee", "open"),
    "late": pgettext_lazy("of a fee", "late"),
    "paid": pgettext_lazy("of a fee", "paid"),
}


def state_of(fee: Fee) -> str:
    """Return what a fee is today: "paid", "late" or "open"."""
    if not fee.is_open:
        return "paid"
    return "late" if fee.is_late(timezone.localdate()) else "open"


def standing(numbers: Sequence[int], user: Any) -> dict[str, dict[int, Any]]:
    """Return the references of fees and whether they are open, late or paid."""
    rows = Fee.objects.visible_to(user).filter(pk__in=numbers)
    return {
        "reference": {number: in_fours(reference_of(number)) for number in numbers},
        "state": {fee.pk: capfirst(str(STATES[state_of(fee)])) for fee in rows},
    }


@dataclass(frozen=True)
class ByState(Filter):
    """Fees that are open, late or paid; what is late is open as well."""

    is_fixed: bool = True

    def options(self, _user: Any) -> Sequence[Option]:
        return [(value, capfirst(str(label))) for value, label in STATES.items()]

    def narrow(self, rows: Rows, value: str, _user: Any) -> Rows:
        fees: Any = rows
        match value:
            case "open":
                found: Rows = fees.unpaid()
            case "late":
                found = fees.late(timezone.localdate())
            case "paid":
                found = fees.paid()
            case _:
                raise ValidationError(_("“%(value)s” is none of the values of this list.") % {"value": value})
        return found


@dataclass(frozen=True)
class OfYear(Filter):
    """Fees of a year."""

    widget: str = "text"

    def narrow(self, rows: Rows, value: str, _user: Any) -> Rows:
        year = number_in(value)
        if year is None or len(value) != 4:
            raise ValidationError(_("“%(value)s” is no year, such as 2026.") % {"value": value})
        return rows.filter(year=year)


@dataclass(frozen=True)
class ByReference(Filter):
    """The fee that a payment names."""

    widget: str = "text"

    def narrow(self, rows: Rows, value: str, _user: Any) -> Rows:
        number = number_of(value)
        if number is None:
            message = _("“%(value)s” is not the reference of a fee, or a sign of it is wrong.")
            raise ValidationError(message % {"value": value})
        return rows.filter(pk=number)
