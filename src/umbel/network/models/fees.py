"""What members owe the confederation each year, and what they have paid."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any, ClassVar, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from umbel.core.audience import Audience, Role
from umbel.core.codes import creditor_reference, is_creditor_reference
from umbel.core.dates import PartialDateField
from umbel.core.models import Kept, RecordQuerySet
from umbel.core.records import not_over
from umbel.network.models.organisations import Organisation

MARK = "FEE"
"""How the references of fees begin behind their check digits."""


UNPAID = models.Q(paid_on=None) | models.Q(paid_amount__lt=models.F("amount"))
"""That nothing, or a part only, is paid."""


class FeeQuerySet(RecordQuerySet):
    """Fees by what is still owed."""

    def unpaid(self) -> Self:
        """Keep the fees of which nothing, or a part only, is paid."""
        return self.filter(UNPAID)

    def paid(self) -> Self:
        return self.exclude(pk__in=self.model.objects.unpaid().values("pk"))

    def late(self, day: date) -> Self:
        """Keep the unpaid ones whose last day is gone by."""
        return self.unpaid().exclude(not_over("due_on", day.isoformat()))

    def of_organisations(self, organisations: Sequence[Organisation]) -> Self:
        """Keep what some organisations owe and have paid, the newest year first."""
        rows = self.filter(organisation__in=organisations).select_related("organisation")
        return rows.order_by("-year", "organisation__name")

    def by_year(self) -> Any:
        """Return for each year how many fees there are and when the first of them is due."""
        rows = self.order_by("year").values_list("year")
        return rows.annotate(number=models.Count("pk"), first=models.Min("due_on"))


class Fee(Kept):
    """What a member owes the confederation for one year, in euro: for itself and the secretariat to know."""

    date_path = "due_on"
    kept_by = (Role.FINANCE,)

    organisation = models.ForeignKey(
        Organisation, verbose_name=_("organisation"), on_delete=models.PROTECT, related_name="fees"
    )
    year = models.PositiveSmallIntegerField(_("year"))
    amount = models.DecimalField(_("amount"), max_digits=10, decimal_places=2, help_text=_("In euro."))
    due_on = PartialDateField(_("due on"))
    paid_on = PartialDateField(_("paid on"), null=True, blank=True)
    paid_amount = models.DecimalField(
        _("paid in part"),
        max_digits=10,
        decimal_places=2,
        null=True,
        blank=True,
        help_text=_("In euro; empty where all of it is paid."),
    )
    note = models.CharField(_("note"), max_length=300, blank=True)
    audience = models.CharField(
        _("audience"), max_length=16, choices=Audience, default=Audience.PARTICIPANTS, editable=False
    )

    objects: ClassVar[Any] = FeeQuerySet.as_manager()

    class Meta:
        ordering = ["-year", "organisation__name"]
        verbose_name = _("fee")
        verbose_name_plural = _("fees")
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "year"],
                name="one_fee_a_year",
                violation_error_message=_("The fee of this organisation and year is on record: change that one."),
            ),
            models.CheckConstraint(
                condition=models.Q(amount__gt=0),
                name="fee_is_something",
                violation_error_message=_("A fee is more than nothing."),
            ),
            models.CheckConstraint(
                condition=models.Q(paid_amount=None) | models.Q(paid_amount__gt=0, paid_on__isnull=False),
                name="fee_part_has_a_day",
                violation_error_message=_("A part that is paid is more than nothing, and has a day."),
            ),
        ]
        indexes: ClassVar[Any] = [models.Index(fields=["due_on"], condition=UNPAID, name="fee_unpaid")]

    def __str__(self) -> str:
        return f"{self.organisation}, {self.year}"

    def clean(self) -> None:
        super().clean()
        if self.paid_on is not None:
            is_past(self.paid_on, "paid_on")

    @property
    def reference(self) -> str:
        """What a payment names so that it is known which fee it pays (ISO 11649)."""
        return reference_of(self.pk)

    @property
    def open_amount(self) -> Decimal:
        """What is still owed."""
        if self.paid_on is None:
            return self.amount
        return max(self.amount - self.paid_amount, Decimal(0)) if self.paid_amount is not None else Decimal(0)

    @property
    def is_open(self) -> bool:
        return self.open_amount > 0

    def is_late(self, day: date) -> bool:
        """Tell whether something is owed and the last day to pay it is gone by, as `late` does of rows."""
        return self.is_open and self.due_on.last_day < day


def is_past(day: Any, field: str = "") -> None:
    """Validate a day of payment: none that is still to come. Raises ValidationError."""
    if day.first_day > timezone.localdate():
        told = _("This day is still to come.")
        raise ValidationError({field: told} if field else told)


def reference_of(number: int) -> str:
    """Return the reference of the fee with a number: it lasts as long as the fee, whatever is changed of it."""
    return creditor_reference(f"{MARK}{number:06}")


def number_of(reference: str) -> int | None:
    """Return the number of the fee that a reference names, however it is grouped; `None` where it names none."""
    told = "".join(reference.split()).upper()
    number = told[4 + len(MARK) :]
    is_ours = is_creditor_reference(told) and told[4:].startswith(MARK) and number.isdecimal() and len(number) < 19
    return int(number) if is_ours else None
