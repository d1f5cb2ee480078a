"""What the confederation follows and wants: policy files, their milestones, asks and outcomes; campaigns."""

from datetime import date
from typing import Any, ClassVar, Self

from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils.translation import gettext_lazy as _

from umbel.core.constraints import in_order
from umbel.core.dates import PartialDateField
from umbel.core.models import Kept, Named, Part, RecordQuerySet, Topic
from umbel.core.records import Told
from umbel.network.models import Organisation, Person, Post


class Pillar(Named):
    """A heading of the advocacy strategy, under which policy files stand."""

    shelf = "policy-files/pillar"
    translated = ("name", "centre")

    centre = models.CharField(_("at its centre"), max_length=200, blank=True)
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        ordering = ["order", "name"]
        verbose_name = _("pillar")
        verbose_name_plural = _("pillars")


class PolicyFileQuerySet(RecordQuerySet):
    """Policy files by who is responsible."""

    def left(self, day: date) -> Self:
        """Keep those whose responsible person has left the secretariat; `left_on` is the end of the last post."""
        last = Post.objects.own().filter(person=models.OuterRef("responsible")).order_by("-end").values("end")[:1]
        found = self.filter(responsible__in=Person.objects.gone(day)).select_related("responsible")
        return found.annotate(left_on=models.Subquery(last))


class PolicyFile(Topic):
    """An initiative of an institution, or an aim of our own, that the confederation follows."""

    shelf = "policy-files"
    searched = ("author", "instrument", "standing", "asks__text")
    translated = ("name", "instrument", "stage", "standing")

    class Stance(models.TextChoices):
        NONE = "", _("none recorded")
        SUPPORT = "support", _("support")
        QUALIFIED = "qualified", _("support with concerns")
        MIXED = "mixed", _("mixed")
        OPPOSED = "opposed", _("opposed")

    pillar = models.ForeignKey(
        Pillar,
        verbose_name=_("pillar"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="files",
    )
    proposed_by = models.ForeignKey(
        Organisation,
        verbose_name=_("proposed by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="proposals",
    )
    author = models.CharField(
        _("author"),
        max_length=200,
        blank=True,
        help_text=_("A person who wrote it, where no institution did."),
    )
    instrument = models.CharField(_("instrument"), max_length=100, blank=True)
    stage = models.CharField(_("stage"), max_length=200, blank=True)
    stance = models.CharField(_("stance"), max_length=16, choices=Stance, blank=True)
    standing = models.CharField(_("our line in short"), max_length=200, blank=True)
    start = PartialDateField(_("dated"), null=True, blank=True)
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    responsible = models.ForeignKey(
        Person,
        verbose_name=_("responsible"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="files",
        help_text=_("Who in the secretariat follows it."),
    )

    objects: ClassVar[Any] = PolicyFileQuerySet.as_manager()

    class Meta:
        ordering = ["order", "name"]
        verbose_name = _("policy file")
        verbose_name_plural = _("policy files")


class CampaignQuerySet(RecordQuerySet):
    """Campaigns by whose they are."""

    def of_others(self) -> Self:
        return self.exclude(owner=None).exclude(owner__kind=Organisation.Kind.SELF)


class Campaign(Told, Topic):
    """A campaign, our own or one that we joined."""

    shelf = "campaigns"
    searched = ("lead", "text", "aims", "targets")
    translated = ("name", "lead", "text", "aims", "targets")

    owner = models.ForeignKey(
        Organisation,
        verbose_name=_("owner"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="campaigns",
    )
    start = PartialDateField(_("from"), null=True, blank=True)
    end = PartialDateField(_("to"), null=True, blank=True)
    aims = models.CharField(_("aims"), max_length=300, blank=True)
    targets = models.CharField(_("addressed to"), max_length=300, blank=True)

    objects: ClassVar[Any] = CampaignQuerySet.as_manager()

    class Meta:
        verbose_name = _("campaign")
        verbose_name_plural = _("campaigns")
        constraints = [in_order("campaign_ends_after_start")]


class Milestone(Part):
    """A dated step of an institution on a file, apart from our own acts."""

    audience_path = "file__audience"
    translated = ("title",)

    file = models.ForeignKey(
        PolicyFile, verbose_name=_("policy file"), on_delete=models.CASCADE, related_name="milestones"
    )
    institution = models.ForeignKey(
        Organisation,
        verbose_name=_("institution"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="milestones",
    )
    title = models.CharField(_("title"), max_length=300)
    date = PartialDateField(_("date"))

    class Meta:
        ordering = ["date", "pk"]
        verbose_name = _("milestone")
        verbose_name_plural = _("milestones")
        constraints = [models.UniqueConstraint(fields=["file", "title"], name="milestone_once_a_file")]

    def __str__(self) -> str:
        return self.title


class Ask(Part):
    """What the confederation asks, welcomes or worries about in a file."""

    audience_path = "file__audience"
    translated = ("text",)

    class Kind(models.TextChoices):
        ASK = "ask", _("ask")
        CONCERN = "concern", _("concern")
        WELCOMED = "welcomed", _("welcomed")
        NOTED = "noted", _("noted")

    class Status(models.TextChoices):
        OPEN = "open", _("open")
        PARTLY = "partly", _("partly met")
        MET = "met", _("met")
        REFUSED = "refused", _("refused")

    file = models.ForeignKey(PolicyFile, verbose_name=_("policy file"), on_delete=models.CASCADE, related_name="asks")
    kind = models.CharField(_("kind"), max_length=16, choices=Kind, default=Kind.ASK)
    text = models.CharField(_("text"), max_length=300)
    status = models.CharField(_("follow-up"), max_length=16, choices=Status, default=Status.OPEN)

    class Meta:
        ordering = ["file", "pk"]
        verbose_name = _("ask")
        verbose_name_plural = _("asks")
        constraints = [models.UniqueConstraint(fields=["file", "text"], name="ask_once_a_file")]

    def __str__(self) -> str:
        return self.text


class Consultation(Named):
    """A call for views by an institution, open for a time."""

    shelf = "consultations"
    translated = ("name",)

    file = models.ForeignKey(
        PolicyFile, verbose_name=_("policy file"), on_delete=models.CASCADE, related_name="consultations"
    )
    institution = models.ForeignKey(
        Organisation,
        verbose_name=_("institution"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="consultations",
    )
    opens = PartialDateField(_("opens"), null=True, blank=True)
    closes = PartialDateField(_("closes"), null=True, blank=True)

    class Meta:
        ordering = ["opens", "name"]
        verbose_name = _("consultation")
        verbose_name_plural = _("consultations")
        constraints = [in_order("consultation_closes_after_opening", "opens", "closes")]


class Outcome(Kept):
    """A result that the confederation claims; it can be published with the evidence for it."""

    shelf = "outcomes"
    searched = ("credited_to",)
    translated = ("claim",)

    key = models.SlugField(_("key"), max_length=80, unique=True)
    claim = models.CharField(_("claim"), max_length=300)
    credited_to = models.CharField(_("credited to"), max_length=200, blank=True)
    file = models.ForeignKey(
        Topic,
        verbose_name=_("file or campaign"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="outcomes",
    )
    date = PartialDateField(_("claimed for"))

    class Meta:
        ordering = ["key"]
        verbose_name = _("outcome")
        verbose_name_plural = _("outcomes")

    def __str__(self) -> str:
        return self.claim


class Evidence(Part):
    """A record that supports the claim of an outcome."""

    audience_path = "outcome__audience"

    outcome = models.ForeignKey(Outcome, verbose_name=_("outcome"), on_delete=models.CASCADE, related_name="evidence")
    content_type = models.ForeignKey(ContentType, on_delete=models.CASCADE, related_name="+")
    object_id = models.PositiveBigIntegerField()
    record = GenericForeignKey()

    class Meta:
        ordering = ["outcome", "pk"]
        verbose_name = _("evidence of an outcome")
        verbose_name_plural = _("evidence of outcomes")
        constraints = [
            models.UniqueConstraint(fields=["outcome", "content_type", "object_id"], name="outcome_evidence_once")
        ]

    def __str__(self) -> str:
        return str(self.record)
