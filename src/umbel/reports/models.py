"""Reports that print figures: their chapters, the records that they tell, the numbers that others printed."""

import json
import re
from typing import Any

from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from umbel.core.audience import Audience
from umbel.core.codes import is_language
from umbel.core.dates import PartialDateField
from umbel.core.models import Kept, Part, Topic
from umbel.core.periods import Period

PICTURE = re.compile(r"!\[[^\]]*\]\(|<img\b", re.IGNORECASE)


class Report(Kept):
    """The activity report of a year."""

    key = models.SlugField(_("key"), max_length=80, unique=True)
    title = models.CharField(_("title"), max_length=200)
    year = models.PositiveSmallIntegerField(_("year"), unique=True)
    published = PartialDateField(_("published"), null=True, blank=True)
    language = models.CharField(_("language"), max_length=10, default="en", validators=[is_language])
    design = models.CharField(_("design"), max_length=200, blank=True)
    photographs = models.CharField(_("photographs"), max_length=200, blank=True)
    notice = models.TextField(_("note on the edition"), blank=True)
    spotlight = models.ForeignKey(
        Topic,
        verbose_name=_("in the spotlight"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("The policy file or campaign that the chapter on advocacy opens with."),
    )
    funder = models.CharField(_("funded by"), max_length=200, blank=True)
    funding_notice = models.TextField(_("funding notice"), blank=True)

    class Meta:
        ordering = ["-year"]
        verbose_name = _("report")
        verbose_name_plural = _("reports")

    def __str__(self) -> str:
        return f"{self.title} {self.year}"

    @property
    def period(self) -> Period:
        return Period.year(self.year)


class Edition(Kept):
    """A report as it was printed: its figures, their rows and definitions, sealed by a hash; never changed.

    It holds the texts of all rows, those too that not everybody may see, hence it is meant for the secretariat.
    """

    audience = models.CharField(_("audience"), max_length=16, choices=Audience, default=Audience.SECRETARIAT)
    report = models.ForeignKey(Report, verbose_name=_("report"), on_delete=models.PROTECT, related_name="editions")
    number = models.PositiveSmallIntegerField(_("number"))
    frozen_at = models.DateTimeField(_("frozen"))
    frozen_by = models.CharField(_("frozen by"), max_length=150)
    figures = models.JSONField(_("figures"))
    printed = models.TextField(_("as it was printed"), blank=True)
    hash = models.CharField(_("hash"), max_length=64)

    unlogged = ("figures", "printed")

    class Meta:
        ordering = ["report", "number"]
        verbose_name = _("edition of a report")
        verbose_name_plural = _("editions of reports")
        constraints = [models.UniqueConstraint(fields=["report", "number"], name="edition_once_a_report")]

    def __str__(self) -> str:
        return f"{self.report}, {self.number}"

    @property
    def document(self) -> dict[str, Any]:
        """What was printed, as JSON: "web" and "print" as `document.build` gives them, "files" by name.

        It is what every visitor saw. Empty for an edition frozen before Umbel kept more than figures.
        """
        kept: dict[str, Any] = json.loads(self.printed or "{}")
        return kept


class GrantReport(Kept):
    """A year of a grant as it was told to the funder: lines, figures and evidence, sealed by a hash; never changed."""

    audience = models.CharField(_("audience"), max_length=16, choices=Audience, default=Audience.FUNDER)
    grant = models.ForeignKey(
        "projects.Grant", verbose_name=_("grant"), on_delete=models.PROTECT, related_name="reports"
    )
    year = models.PositiveSmallIntegerField(_("year"))
    number = models.PositiveSmallIntegerField(_("number"))
    frozen_at = models.DateTimeField(_("frozen"))
    frozen_by = models.CharField(_("frozen by"), max_length=150)
    printed = models.TextField(_("as it was told"))
    hash = models.CharField(_("hash"), max_length=64)

    unlogged = ("printed",)

    class Meta:
        ordering = ["grant", "year", "number"]
        verbose_name = _("report to a funder")
        verbose_name_plural = _("reports to funders")
        constraints = [models.UniqueConstraint(fields=["grant", "year", "number"], name="grant_report_once_a_year")]

    def __str__(self) -> str:
        return f"{self.grant}, {self.year}, {self.number}"

    def get_absolute_url(self) -> str:
        return reverse("reports.grant.show", args=[self.grant.key, self.year])

    @property
    def document(self) -> dict[str, Any]:
        """What was told, as `grants.build` gives it."""
        told: dict[str, Any] = json.loads(self.printed)
        return told


class Credit(Part):
    """A person credited in a report, by the key of the directory."""

    audience_path = "report__audience"

    class Role(models.TextChoices):
        AUTHOR = "author", _("author")
        EDITOR = "co-editor", _("co-editor")

    report = models.ForeignKey(Report, verbose_name=_("report"), on_delete=models.CASCADE, related_name="credits")
    role = models.CharField(_("role"), max_length=16, choices=Role)
    person = models.ForeignKey("network.Person", verbose_name=_("person"), on_delete=models.PROTECT, related_name="+")
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        ordering = ["report", "order"]
        constraints = [models.UniqueConstraint(fields=["report", "role", "person"], name="credited_once_a_role")]

    def __str__(self) -> str:
        return str(self.person)


class Chapter(Part):
    """A chapter of a report: a text of its own and the blocks that are drawn from records."""

    audience_path = "report__audience"

    class Layout(models.TextChoices):
        INTRODUCTIONS = "introductions", _("introductions")
        GLANCE = "glance", _("year at a glance")
        NETWORK = "network", _("network")
        ADVOCACY = "advocacy", _("advocacy")
        GRANT = "grant", _("grant")
        PROJECTS = "projects", _("projects")
        VISIBILITY = "visibility", _("visibility")
        FAMILY = "family", _("umbrella bodies")
        MEMBERS = "members", _("members")
        PEOPLE = "people", _("board and staff")
        ABOUT = "about", _("about")

    report = models.ForeignKey(Report, verbose_name=_("report"), on_delete=models.CASCADE, related_name="chapters")
    key = models.SlugField(_("key"), max_length=80)
    layout = models.CharField(_("layout"), max_length=16, choices=Layout)
    title = models.CharField(_("title"), max_length=200)
    contents_line = models.CharField(_("line in the contents"), max_length=200, blank=True)
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        ordering = ["report", "order"]
        verbose_name = _("chapter")
        verbose_name_plural = _("chapters")
        constraints = [models.UniqueConstraint(fields=["report", "key"], name="chapter_once_a_report")]

    def __str__(self) -> str:
        return self.title


class Passage(Part):
    """A piece of text of a chapter, at its place in the layout; figures stand in it as {advocacy.positions}."""

    audience_path = "chapter__report__audience"

    chapter = models.ForeignKey(Chapter, verbose_name=_("chapter"), on_delete=models.CASCADE, related_name="passages")
    slot = models.SlugField(_("place"), max_length=80, help_text=_("lead, or a place that the layout names."))
    title = models.CharField(_("title"), max_length=200, blank=True)
    text = models.TextField(_("text"))
    signed_by = models.CharField(_("signed by (function)"), max_length=100, blank=True)
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        ordering = ["chapter", "order"]
        verbose_name = _("passage")
        verbose_name_plural = _("passages")
        constraints = [models.UniqueConstraint(fields=["chapter", "slot"], name="passage_once_a_place")]

    def __str__(self) -> str:
        return self.title or self.text[:60]

    def clean(self) -> None:
        if PICTURE.search(self.text):
            raise ValidationError({"text": _("A report takes no photographs: place it in a story or on a page.")})


class Mention(Part):
    """A record that a chapter tells."""

    audience_path = "chapter__report__audience"

    chapter = models.ForeignKey(Chapter, verbose_name=_("chapter"), on_delete=models.CASCADE, related_name="mentions")
    content_type = models.ForeignKey(ContentType, on_delete=models.CASCADE, related_name="+")
    object_id = models.PositiveBigIntegerField()
    record = GenericForeignKey()

    class Meta:
        ordering = ["chapter", "pk"]
        verbose_name = _("record told in a chapter")
        verbose_name_plural = _("records told in chapters")
        indexes = [models.Index(fields=["content_type", "object_id"], name="mention_of_record")]
        constraints = [
            models.UniqueConstraint(fields=["chapter", "content_type", "object_id"], name="told_once_a_chapter")
        ]

    def __str__(self) -> str:
        return str(self.record)


class Claim(Part):
    """A number that a printed report states, with its place, to be held against the records."""

    audience_path = "report__audience"

    report = models.ForeignKey(Report, verbose_name=_("report"), on_delete=models.CASCADE, related_name="claims")
    key = models.SlugField(_("key"), max_length=80)
    place = models.CharField(_("place"), max_length=100)
    statement = models.CharField(_("statement"), max_length=200)
    value = models.DecimalField(_("value"), max_digits=16, decimal_places=3)
    is_floor = models.BooleanField(_("over"), default=False)
    digits = models.PositiveSmallIntegerField(_("printed decimals"), default=0)
    unit = models.CharField(_("unit"), max_length=30, blank=True)
    measure = models.CharField(
        _("measure"),
        max_length=80,
        blank=True,
        help_text=_("What is measured; two claims of one measure must agree."),
    )
    figure = models.CharField(
        _("figure"), max_length=80, blank=True, help_text=_("Key of the figure that should say the same.")
    )
    note = models.CharField(_("note"), max_length=300, blank=True)

    class Meta:
        ordering = ["report", "pk"]
        verbose_name = _("claim")
        verbose_name_plural = _("claims")
        constraints = [models.UniqueConstraint(fields=["report", "key"], name="claim_once_a_report")]

    def __str__(self) -> str:
        return f"{self.statement} ({self.place})"
