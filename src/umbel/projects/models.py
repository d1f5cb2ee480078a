"""Projects that the confederation runs with others, and the grants that pay for its work."""

from typing import Any, ClassVar, Self

from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils.translation import gettext_lazy as _

from umbel.core.codes import COUNTRIES
from umbel.core.constraints import in_order
from umbel.core.dates import PartialDateField
from umbel.core.models import Named, Part, RecordQuerySet
from umbel.core.periods import Period
from umbel.core.records import Told
from umbel.events.models import Event
from umbel.network.models import Organisation


class ProjectQuerySet(RecordQuerySet):
    """Projects by activity in a year."""

    def active(self, period: Period) -> Self:
        """Keep the projects that ran in the period; unknown dates leave the question open and count as running."""
        return self.overlapping(period)


class Project(Told, Named):
    """Work with partners on one subject for some years."""

    shelf = "projects"
    searched = ("lead", "text", "programme")
    translated = ("name", "headline", "subject", "method", "dimensions", "lead", "text")

    class Role(models.TextChoices):
        COORDINATOR = "coordinator", _("coordinator")
        PARTNER = "partner", _("partner")

    role = models.CharField(_("our role"), max_length=16, choices=Role)
    headline = models.CharField(_("headline"), max_length=200, blank=True)
    subject = models.CharField(_("subject"), max_length=400, blank=True)
    method = models.CharField(_("method"), max_length=300, blank=True)
    dimensions = models.CharField(_("dimensions"), max_length=300, blank=True)
    programme = models.CharField(_("programme"), max_length=200, blank=True)
    coordinator = models.ForeignKey(
        Organisation,
        verbose_name=_("coordinator"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="projects_coordinated",
    )
    website = models.CharField(_("website"), max_length=200, blank=True)
    start = PartialDateField(_("from"), null=True, blank=True)
    end = PartialDateField(_("to"), null=True, blank=True)

    objects: ClassVar[Any] = ProjectQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        verbose_name = _("project")
        verbose_name_plural = _("projects")
        constraints = [in_order("project_ends_after_start")]


class ProjectCountry(Part):
    """A country in which a project works."""

    audience_path = "project__audience"

    project = models.ForeignKey(Project, verbose_name=_("project"), on_delete=models.CASCADE, related_name="countries")
    country = models.CharField(_("country"), max_length=2, choices=COUNTRIES)

    class Meta:
        ordering = ["project", "country"]
        verbose_name = _("country of a project")
        verbose_name_plural = _("countries of projects")
        constraints = [models.UniqueConstraint(fields=["project", "country"], name="country_once_a_project")]

    def __str__(self) -> str:
        return self.get_country_display()


class ProjectPhase(Part):
    """A stretch of a project, in order; its dates may be unknown."""

    audience_path = "project__audience"
    date_path = "start"
    translated = ("name",)

    project = models.ForeignKey(Project, verbose_name=_("project"), on_delete=models.CASCADE, related_name="phases")
    name = models.CharField(_("name"), max_length=200)
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    start = PartialDateField(_("from"), null=True, blank=True)
    end = PartialDateField(_("to"), null=True, blank=True)

    class Meta:
        ordering = ["project", "order"]
        verbose_name = _("phase of a project")
        verbose_name_plural = _("phases of projects")
        constraints = [
            in_order("phase_ends_after_start"),
            models.UniqueConstraint(fields=["project", "name"], name="phase_once_a_project"),
        ]

    def __str__(self) -> str:
        return self.name


class ProjectMeeting(Event):
    """A gathering of a project."""

    project = models.ForeignKey(Project, verbose_name=_("project"), on_delete=models.PROTECT, related_name="meetings")

    class Meta:
        verbose_name = _("project meeting")
        verbose_name_plural = _("project meetings")


class GrantQuerySet(RecordQuerySet):
    """Grants by year."""

    def running(self, period: Period) -> Self:
        """Keep the grants whose years hold the period's; `ordinal` tells which of their `length` years it is."""
        year = period.end.year
        found = self.filter(first_year__lte=year, last_year__gte=year)
        return found.annotate(
            ordinal=models.Value(year + 1) - models.F("first_year"),
            length=models.F("last_year") - models.F("first_year") + 1,
        )


class Grant(Named):
    """An agreement by which a funder pays for work over some years."""

    shelf = "grants"
    searched = ("programme", "strand")
    translated = ("name", "strand", "notice")

    funder = models.ForeignKey(Organisation, verbose_name=_("funder"), on_delete=models.PROTECT, related_name="grants")
    programme = models.CharField(_("programme"), max_length=200, blank=True)
    strand = models.CharField(_("strand"), max_length=200, blank=True)
    signed = PartialDateField(_("signed"), null=True, blank=True)
    first_year = models.PositiveSmallIntegerField(_("first year"))
    last_year = models.PositiveSmallIntegerField(_("last year"))
    amount = models.DecimalField(_("amount"), max_digits=14, decimal_places=2, null=True, blank=True)
    notice = models.CharField(_("funding notice"), max_length=400, blank=True)

    objects: ClassVar[Any] = GrantQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        verbose_name = _("grant")
        verbose_name_plural = _("grants")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(first_year__lte=models.F("last_year")),
                name="grant_years_in_order",
                violation_error_message=_("The last year is not before the first."),
            )
        ]


class Heading(Part):
    """A heading of the work programme of one year of a grant."""

    audience_path = "grant__audience"
    translated = ("name",)

    class Counts(models.TextChoices):
        ALL = "", _("every line")
        EVENTS = "events", _("events")
        PUBLICATIONS = "publications", _("publications")

    grant = models.ForeignKey(Grant, verbose_name=_("grant"), on_delete=models.CASCADE, related_name="headings")
    year = models.PositiveSmallIntegerField(_("year"))
    key = models.SlugField(_("key"), max_length=80, unique=True)
    name = models.CharField(_("name"), max_length=200)
    counts = models.CharField(_("counts"), max_length=16, choices=Counts, blank=True)
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        ordering = ["grant", "year", "order"]
        verbose_name = _("heading of a grant")
        verbose_name_plural = _("headings of grants")

    def __str__(self) -> str:
        return self.name


class DeliverableQuerySet(RecordQuerySet):
    """Lines of a grant by year."""

    def of_year(self, period: Period) -> Self:
        return self.filter(heading__year=period.end.year)

    def with_delivered(self) -> Self:
        """Add `delivered`: how many records count towards each line."""
        return self.annotate(delivered=models.Count("proofs", filter=models.Q(proofs__supports=False)))


class Deliverable(Part):
    """A line of the work programme: so many of something, proved by records."""

    audience_path = "heading__grant__audience"
    translated = ("name",)

    class Nature(models.TextChoices):
        EVENT = "event", _("event")
        CAMPAIGN = "campaign", _("campaign")
        PUBLICATION = "publication", _("publication")
        OTHER = "other", _("other")

    key = models.SlugField(_("key"), max_length=80, unique=True)
    heading = models.ForeignKey(
        Heading, verbose_name=_("heading"), on_delete=models.CASCADE, related_name="deliverables"
    )
    name = models.CharField(_("line"), max_length=200)
    nature = models.CharField(_("nature"), max_length=16, choices=Nature, default=Nature.OTHER)
    target = models.PositiveIntegerField(_("promised"))
    order = models.PositiveSmallIntegerField(_("number"), default=0)

    objects: ClassVar[Any] = DeliverableQuerySet.as_manager()

    class Meta:
        ordering = ["heading__order", "order"]
        verbose_name = _("line of a grant")
        verbose_name_plural = _("lines of grants")

    def __str__(self) -> str:
        return self.name


class ProofQuerySet(RecordQuerySet):
    """Proofs by year and by the nature of their line."""

    def of_year(self, period: Period) -> Self:
        return self.filter(deliverable__heading__year=period.end.year)

    def counted(self, nature: str) -> Self:
        """Keep what counts towards lines of a nature."""
        return self.filter(deliverable__nature=nature).counting()

    def counting(self) -> Self:
        """Leave out what only supports a line."""
        return self.filter(supports=False).prefetch_related("record")


class Proof(Part):
    """A record attached to a line of a grant as evidence."""

    audience_path = "deliverable__heading__grant__audience"

    deliverable = models.ForeignKey(
        Deliverable, verbose_name=_("line"), on_delete=models.CASCADE, related_name="proofs"
    )
    content_type = models.ForeignKey(ContentType, on_delete=models.CASCADE, related_name="+")
    object_id = models.PositiveBigIntegerField()
    record = GenericForeignKey()
    supports = models.BooleanField(
        _("supports only"), default=False, help_text=_("Shown as evidence, not counted as delivered.")
    )

    objects: ClassVar[Any] = ProofQuerySet.as_manager()

    class Meta:
        ordering = ["deliverable", "pk"]
        verbose_name = _("evidence of a line")
        verbose_name_plural = _("evidence of lines")
        constraints = [
            models.UniqueConstraint(fields=["deliverable", "content_type", "object_id"], name="proof_once_a_line")
        ]

    def __str__(self) -> str:
        return str(self.record)

    def get_absolute_url(self) -> str:
        record: Any = self.record
        return str(record.get_absolute_url())
