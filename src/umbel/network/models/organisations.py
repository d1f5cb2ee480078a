"""Organisations, their memberships and their ties."""

from typing import Any, ClassVar, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from umbel.core.codes import COUNTRIES, is_activity
from umbel.core.constraints import in_order, once
from umbel.core.dates import PartialDateField
from umbel.core.models import EnterpriseType, MembershipCategory, Named, Part, RecordQuerySet
from umbel.core.periods import Period


class OrganisationQuerySet(RecordQuerySet):
    """Organisations by their standing on a day."""

    def own(self) -> Self:
        """Keep the organisation that stands for the confederation itself."""
        return self.filter(kind=Organisation.Kind.SELF)

    def members(self, period: Period) -> Self:
        """Keep those with a membership in force on the day of the period's as-of instant."""
        return self.filter(pk__in=Membership.objects.in_force(period).values("organisation"))


class Organisation(Named):
    """Any body that the confederation has to do with: member, enterprise, partner, institution, itself."""

    shelf = "organisations"
    searched = ("long_name", "city", "description")
    translated = ("description",)

    class Kind(models.TextChoices):
        SELF = "self", _("the confederation itself")
        FEDERATION = "federation", _("federation")
        ENTERPRISE = "enterprise", _("enterprise")
        UMBRELLA = "umbrella", _("umbrella organisation")
        ALLIANCE = "alliance", _("alliance")
        NETWORK = "network", _("network")
        INSTITUTION = "institution", _("institution")
        BODY = "body", _("body of an institution")
        AUTHORITY = "authority", _("public authority")
        UNION = "union", _("trade union")
        UNIVERSITY = "university", _("university")
        RESEARCH = "research", _("research centre or foundation")
        PROVIDER = "provider", _("service provider")
        CIRCLE = "circle", _("circle without a legal form")

    class Scope(models.TextChoices):
        NATIONAL = "national", _("national")
        EUROPEAN = "european", _("European")
        WORLD = "world", _("worldwide")

    long_name = models.CharField(_("long name"), max_length=300, blank=True)
    kind = models.CharField(_("kind"), max_length=16, choices=Kind)
    scope = models.CharField(_("scope"), max_length=16, choices=Scope, default=Scope.NATIONAL)
    country = models.CharField(_("country"), max_length=2, choices=COUNTRIES, blank=True, db_index=True)
    city = models.CharField(_("city"), max_length=100, blank=True)
    website = models.CharField(_("website"), max_length=200, blank=True)
    email = models.EmailField(_("e-mail"), max_length=200, blank=True)
    phone = models.CharField(_("telephone"), max_length=50, blank=True)
    logo = models.FileField(_("logo"), upload_to="logos/", blank=True)
    founded = PartialDateField(_("founded"), null=True, blank=True)
    activity = models.CharField(
        _("economic activity"),
        max_length=20,
        blank=True,
        validators=[is_activity],
        help_text=_("Scheme and code: nace2.1:11.05."),
    )
    enterprise_type = models.ForeignKey(
        EnterpriseType, verbose_name=_("type of enterprise"), null=True, blank=True, on_delete=models.PROTECT
    )
    description = models.CharField(_("description"), max_length=300, blank=True)
    is_unaffiliated = models.BooleanField(
        _("belongs to no member"), default=False, help_text=_("Asked and answered: no federation stands above it.")
    )

    objects: ClassVar[Any] = OrganisationQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        constraints = [
            models.UniqueConstraint(
                fields=["kind"],
                condition=models.Q(kind="self"),
                name="one_confederation",
                violation_error_message=_("The confederation itself is already on record."),
            )
        ]


def label_of(field: str) -> Any:
    """Return what a field of an organisation is called."""
    found: Any = Organisation._meta.get_field(field)
    return found.verbose_name


class OrganisationLink(Part):
    """A dated tie between two organisations; one organisation may have several parents."""

    audience_path = "child__audience"

    class Kind(models.TextChoices):
        AFFILIATED = "affiliated", _("affiliated to")
        PART = "part", _("part of")
        MEMBER = "member", _("member of")

    child = models.ForeignKey(
        Organisation, verbose_name=_("organisation"), on_delete=models.CASCADE, related_name="parent_links"
    )
    parent = models.ForeignKey(
        Organisation, verbose_name=_("parent"), on_delete=models.CASCADE, related_name="child_links"
    )
    kind = models.CharField(_("kind"), max_length=16, choices=Kind)
    start = PartialDateField(_("from"), null=True, blank=True)
    end = PartialDateField(_("to"), null=True, blank=True)

    class Meta:
        ordering = ["child", "parent"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(child=models.F("parent")),
                name="no_link_to_itself",
                violation_error_message=_("An organisation cannot be linked to itself."),
            ),
            *once("link_once", "child", "parent", "kind", optional="start"),
            in_order("link_ends_after_start"),
        ]

    def __str__(self) -> str:
        return f"{self.child} {self.get_kind_display()} {self.parent}"


class Membership(Part):
    """One term of an organisation as a member; "active" is asked with a date, never stored."""

    audience_path = "organisation__audience"
    date_path = "start"

    organisation = models.ForeignKey(
        Organisation, verbose_name=_("organisation"), on_delete=models.CASCADE, related_name="memberships"
    )
    category = models.ForeignKey(
        MembershipCategory, verbose_name=_("category"), null=True, blank=True, on_delete=models.PROTECT
    )
    start = PartialDateField(_("from"), null=True, blank=True, help_text=_("Empty: before records began."))
    end = PartialDateField(_("to"), null=True, blank=True)

    class Meta:
        ordering = ["organisation__name", "start"]
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        constraints = [
            *once("membership_once_a_start", "organisation", optional="start"),
            in_order("membership_ends_after_start"),
        ]

    def __str__(self) -> str:
        return str(self.organisation)


class MembershipChange(Part):
    """A dated act on a membership: application, decision, entry, change of category, exit."""

    audience_path = "organisation__audience"

    class Kind(models.TextChoices):
        APPLICATION = "application", _("application")
        DECISION = "decision", _("decision")
        ENTRY = "entry", _("entry")
        CATEGORY = "category", _("change of category")
        EXIT = "exit", _("exit")

    organisation = models.ForeignKey(
        Organisation,
        verbose_name=_("organisation"),
        on_delete=models.CASCADE,
        related_name="membership_changes",
    )
    kind = models.CharField(_("kind"), max_length=16, choices=Kind)
    date = PartialDateField(_("date"))
    decided_by = models.CharField(_("decided by"), max_length=200, blank=True)

    class Meta:
        ordering = ["date"]
        constraints = [models.UniqueConstraint(fields=["organisation", "kind", "date"], name="membership_change_once")]

    def __str__(self) -> str:
        return f"{self.organisation}: {self.get_kind_display()}"


class UmbrellaMembership(Part):
    """The confederation's own membership in a body above it, direct or through another one."""

    audience_path = "body__audience"
    translated = ("standing", "takes_part_in")

    body = models.ForeignKey(Organisation, verbose_name=_("body"), on_delete=models.CASCADE, related_name="as_umbrella")
    standing = models.CharField(_("what we are"), max_length=200)
    through = models.ForeignKey(
        Organisation,
        verbose_name=_("through"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    takes_part_in = models.CharField(_("takes part in"), max_length=300, blank=True)
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    start = PartialDateField(_("from"), null=True, blank=True)
    end = PartialDateField(_("to"), null=True, blank=True)

    class Meta:
        ordering = ["order", "body__name"]
        verbose_name = _("umbrella membership")
        verbose_name_plural = _("umbrella memberships")
        constraints = [
            *once("umbrella_once_a_start", "body", optional="start"),
            in_order("umbrella_ends_after_start"),
        ]

    def __str__(self) -> str:
        return f"{self.body}, {self.standing}"
