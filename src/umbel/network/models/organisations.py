"""The network: organisations, their memberships and links, people and the posts they hold."""

from datetime import datetime, timedelta
from typing import Any, ClassVar, Self

from django.core import signing
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from umbel.accounts.models import LoginField, User
from umbel.core.audience import Role
from umbel.core.codes import COUNTRIES, is_activity
from umbel.core.constraints import in_order, once
from umbel.core.dates import PartialDateField
from umbel.core.models import EnterpriseType, MembershipCategory, Named, Part, RecordQuerySet
from umbel.core.periods import Period


class OrganisationQuerySet(RecordQuerySet):
    """Organisations by their standing on a day."""

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


class Person(Named):
    """Somebody with a function in the network; only the name is kept here."""

    shelf = "people"
    searched = ("posts__title",)

    user = models.OneToOneField(User, verbose_name=_("user"), null=True, blank=True, on_delete=models.SET_NULL)

    class Meta:
        ordering = ["name"]
        verbose_name = _("person")
        verbose_name_plural = _("people")


class PostQuerySet(RecordQuerySet):
    """Posts by organisation and kind."""

    def own(self) -> Self:
        return self.filter(organisation__kind=Organisation.Kind.SELF)

    def staff(self) -> Self:
        return self.own().filter(kind=Post.Kind.STAFF)

    def interns(self) -> Self:
        return self.own().filter(kind=Post.Kind.INTERN)


class Post(Part):
    """A function that a person holds in an organisation for a time."""

    audience_path = "person__audience"

    class Kind(models.TextChoices):
        STAFF = "staff", _("staff")
        INTERN = "intern", _("intern")
        OFFICE = "office", _("public office")
        REPRESENTATIVE = "representative", _("representative")

    person = models.ForeignKey(Person, verbose_name=_("person"), on_delete=models.CASCADE, related_name="posts")
    organisation = models.ForeignKey(
        Organisation, verbose_name=_("organisation"), on_delete=models.CASCADE, related_name="posts"
    )
    kind = models.CharField(_("kind"), max_length=16, choices=Kind)
    title = models.CharField(_("title"), max_length=200)
    party = models.CharField(_("political group"), max_length=50, blank=True)
    start = PartialDateField(_("from"), null=True, blank=True)
    end = PartialDateField(_("to"), null=True, blank=True)
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    note = models.CharField(_("note"), max_length=300, blank=True)

    objects: ClassVar[Any] = PostQuerySet.as_manager()

    class Meta:
        ordering = ["order", "person__name"]
        verbose_name = _("post")
        verbose_name_plural = _("posts")
        constraints = [
            *once("post_once", "person", "organisation", "title", optional="start"),
            in_order("post_ends_after_start"),
        ]

    def __str__(self) -> str:
        return f"{self.person}, {self.title}"


class InvitationQuerySet(models.QuerySet["Invitation"]):
    """Invitations by state and by organisation."""

    def pending(self) -> Self:
        """Keep those that were neither accepted nor withdrawn, those too late to be accepted among them."""
        return self.filter(accepted_at=None, withdrawn_at=None)

    def of(self, token: str) -> Self:
        """Keep the pending invitation of a link; none where the link is not ours, too old, or was sent anew since."""
        try:
            number, sent_at = signing.loads(token, salt=Invitation.SALT, max_age=Invitation.GOOD_FOR)
        except signing.BadSignature:
            return self.none()
        return self.pending().filter(pk=number, sent_at=datetime.fromisoformat(sent_at))


class Invitation(models.Model):
    """Word sent to somebody by e-mail that they may make an account: good once, for fourteen days."""

    GOOD_FOR = timedelta(days=14)
    SALT = "umbel.invitation"

    email = LoginField(_("e-mail"), max_length=150)
    name = models.CharField(_("name"), max_length=200)
    role = models.CharField(_("role"), max_length=24, choices=Role, default=Role.NONE, blank=True)
    person = models.ForeignKey(
        Person, verbose_name=_("person"), null=True, blank=True, on_delete=models.CASCADE, related_name="invitations"
    )
    organisation = models.ForeignKey(
        Organisation,
        verbose_name=_("organisation"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="invitations",
    )
    function = models.CharField(_("function"), max_length=200, blank=True)
    invited_by = models.ForeignKey(
        User, verbose_name=_("invited by"), null=True, on_delete=models.SET_NULL, related_name="invitations_made"
    )
    sent_at = models.DateTimeField(_("sent"), default=timezone.now)
    accepted_at = models.DateTimeField(_("accepted"), null=True, blank=True)
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True)

    objects: ClassVar[Any] = InvitationQuerySet.as_manager()

    class Meta:
        ordering = ["-sent_at"]
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        constraints = [
            models.UniqueConstraint(
                fields=["email"],
                condition=models.Q(accepted_at=None, withdrawn_at=None),
                name="one_pending_invitation_an_address",
            )
        ]

    def __str__(self) -> str:
        return f"{self.name} <{self.email}>"

    @property
    def expires_at(self) -> datetime:
        return self.sent_at + self.GOOD_FOR

    @property
    def is_over(self) -> bool:
        return self.expires_at < timezone.now()

    @property
    def token(self) -> str:
        """What stands in the link; sending anew makes the link before worthless."""
        return signing.dumps([self.pk, self.sent_at.isoformat()], salt=self.SALT)
