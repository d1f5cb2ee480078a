"""The bodies of the confederation, the mandates in them and their meetings."""

from typing import Any, ClassVar, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from umbel.core.constraints import in_order, once
from umbel.core.dates import PartialDateField
from umbel.core.models import Named, Part, RecordQuerySet
from umbel.events.models import Event, EventQuerySet
from umbel.network.models import Organisation, Person


class Body(Named):
    """An organ of the confederation under its statutes."""

    shelf = "bodies"
    translated = ("name",)

    class Kind(models.TextChoices):
        ASSEMBLY = "assembly", _("General Assembly")
        BOARD = "board", _("Board")
        COMMITTEE = "committee", _("committee")

    kind = models.CharField(_("kind"), max_length=16, choices=Kind)
    mandate_years = models.PositiveSmallIntegerField(_("length of a mandate, in years"), null=True, blank=True)

    class Meta:
        ordering = ["name"]
        verbose_name = _("body")
        verbose_name_plural = _("bodies")


class MandateQuerySet(RecordQuerySet):
    """Mandates by body and role."""

    def board(self) -> Self:
        return self.filter(body__kind=Body.Kind.BOARD)

    def presidency(self) -> Self:
        return self.board().filter(role__in=Mandate.PRESIDENCY)


class Mandate(Part):
    """A person's seat in a body for a term, held for a member organisation."""

    audience_path = "body__audience"
    date_path = "start"

    class Role(models.TextChoices):
        PRESIDENT = "president", _("President")
        VICE_PRESIDENT = "vice-president", _("Vice President")
        TREASURER = "vice-president-treasurer", _("Vice President-Treasurer")
        MEMBER = "member", _("Board member")

    PRESIDENCY = (Role.PRESIDENT, Role.VICE_PRESIDENT, Role.TREASURER)

    body = models.ForeignKey(Body, verbose_name=_("body"), on_delete=models.CASCADE, related_name="mandates")
    person = models.ForeignKey(Person, verbose_name=_("person"), on_delete=models.PROTECT, related_name="mandates")
    organisation = models.ForeignKey(
        Organisation,
        verbose_name=_("organisation"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="mandates",
    )
    role = models.CharField(_("role"), max_length=32, choices=Role, default=Role.MEMBER)
    start = PartialDateField(_("from"), null=True, blank=True)
    end = PartialDateField(_("to"), null=True, blank=True)
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    resolution = models.ForeignKey(
        "governance.Resolution",
        verbose_name=_("elected by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="mandates",
        help_text=_("The resolution that elected or appointed."),
    )

    objects: ClassVar[Any] = MandateQuerySet.as_manager()

    class Meta:
        ordering = ["order", "person__name"]
        verbose_name = _("mandate")
        verbose_name_plural = _("mandates")
        constraints = [
            *once("mandate_once_a_start", "body", "person", optional="start"),
            in_order("mandate_ends_after_start"),
        ]

    def __str__(self) -> str:
        return f"{self.person}, {self.get_role_display()}"

    @property
    def is_in_presidency(self) -> bool:
        return self.role in self.PRESIDENCY


class MeetingQuerySet(EventQuerySet):
    """Statutory meetings by body."""

    def of_assembly(self) -> Self:
        return self.filter(body__kind=Body.Kind.ASSEMBLY)

    def of_board(self) -> Self:
        return self.filter(body__kind=Body.Kind.BOARD)


class Meeting(Event):
    """A statutory meeting: an event of a body."""

    body = models.ForeignKey(Body, verbose_name=_("body"), on_delete=models.PROTECT, related_name="meetings")

    objects: ClassVar[Any] = MeetingQuerySet.as_manager()

    class Meta:
        verbose_name = _("statutory meeting")
        verbose_name_plural = _("statutory meetings")
