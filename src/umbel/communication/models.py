"""How the confederation informs: stories, videos, newsletters, channels, site, press."""

from typing import Any, ClassVar, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from umbel.core.codes import is_language
from umbel.core.constraints import in_order
from umbel.core.dates import PartialDateField
from umbel.core.models import Act, ActQuerySet, Kept, Named, Part, RecordQuerySet
from umbel.network.models import Organisation


class ArticleSeries(Named):
    """Articles with one rule, such as portraits of cooperatives."""

    rule = models.CharField(_("rule"), max_length=300, blank=True)

    class Meta:
        ordering = ["name"]
        verbose_name = _("series of articles")
        verbose_name_plural = _("series of articles")


class Story(Act):
    """An article, of a series or alone, about one or several organisations."""

    series = models.ForeignKey(
        ArticleSeries,
        verbose_name=_("series"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="stories",
    )
    occasion = models.CharField(_("occasion"), max_length=200, blank=True)

    class Meta:
        ordering = ["date", "key"]
        verbose_name = _("story")
        verbose_name_plural = _("stories")


class Portrayal(Part):
    """An organisation that a story is about."""

    audience_path = "story__audience"
    date_path = "story__date"

    story = models.ForeignKey(Story, verbose_name=_("story"), on_delete=models.CASCADE, related_name="portrayals")
    organisation = models.ForeignKey(
        Organisation, verbose_name=_("organisation"), on_delete=models.PROTECT, related_name="portrayals"
    )

    class Meta:
        ordering = ["story", "pk"]
        constraints = [models.UniqueConstraint(fields=["story", "organisation"], name="portrayed_once_a_story")]

    def __str__(self) -> str:
        return str(self.organisation)


class Video(Act):
    """A film that we published; the campaign that it served is one of its topics."""

    language = models.CharField(_("language"), max_length=10, blank=True, validators=[is_language])
    about = models.ForeignKey(
        Organisation,
        verbose_name=_("about"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="videos",
    )

    class Meta:
        ordering = ["date", "key"]
        verbose_name = _("video")
        verbose_name_plural = _("videos")


class Newsletter(Named):
    """A newsletter, for the public or for members."""

    class Readers(models.TextChoices):
        EXTERNAL = "external", _("external")
        INTERNAL = "internal", _("internal")

    readers = models.CharField(_("readers"), max_length=16, choices=Readers)
    contents = models.CharField(_("contents"), max_length=300, blank=True)

    class Meta:
        ordering = ["name"]
        verbose_name = _("newsletter")
        verbose_name_plural = _("newsletters")


class IssueQuerySet(ActQuerySet):
    """Issues by readers."""

    def external(self) -> Self:
        return self.filter(newsletter__readers=Newsletter.Readers.EXTERNAL)

    def internal(self) -> Self:
        return self.filter(newsletter__readers=Newsletter.Readers.INTERNAL)


class Issue(Act):
    """One edition of a newsletter."""

    newsletter = models.ForeignKey(
        Newsletter, verbose_name=_("newsletter"), on_delete=models.PROTECT, related_name="issues"
    )
    number = models.PositiveIntegerField(_("number"), null=True, blank=True)

    objects: ClassVar[Any] = IssueQuerySet.as_manager()

    class Meta:
        ordering = ["date", "number", "key"]
        verbose_name = _("issue of a newsletter")
        verbose_name_plural = _("issues of newsletters")


class Channel(Named):
    """A presence of ours on a social network, open for a time."""

    address = models.CharField(_("address"), max_length=200, blank=True)
    in_footer = models.BooleanField(_("in the footer of the site"), default=False)
    note = models.CharField(_("note"), max_length=300, blank=True)
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    start = PartialDateField(_("from"), null=True, blank=True)
    end = PartialDateField(_("to"), null=True, blank=True)

    class Meta:
        ordering = ["order", "name"]
        verbose_name = _("channel")
        verbose_name_plural = _("channels")
        constraints = [in_order("channel_ends_after_start")]


class ChannelCount(Part):
    """How many followed a channel on a date."""

    audience_path = "channel__audience"

    channel = models.ForeignKey(Channel, verbose_name=_("channel"), on_delete=models.CASCADE, related_name="counts")
    date = PartialDateField(_("date"))
    value = models.PositiveIntegerField(_("followers"))
    source = models.CharField(_("source"), max_length=200)

    class Meta:
        ordering = ["channel", "date"]
        verbose_name = _("followers of a channel")
        verbose_name_plural = _("followers of channels")
        constraints = [models.UniqueConstraint(fields=["channel", "date"], name="one_count_a_date")]

    def __str__(self) -> str:
        return f"{self.channel}, {self.date}: {self.value}"


class SiteFigureQuerySet(RecordQuerySet):
    """Figures of the site by measure."""

    def of(self, measure: str) -> Self:
        return self.filter(measure=measure)


class SiteFigure(Kept):
    """A count of visits to the site over a period, or of readers of a list on a date, as its tool reported it."""

    class Measure(models.TextChoices):
        USERS = "users", _("website users")
        VIEWS = "views", _("page views")
        SUBSCRIBERS = "subscribers", _("subscribers of the mailing list")
        REACH = "reach", _("people reached by the external newsletter")

    measure = models.CharField(_("measure"), max_length=16, choices=Measure)
    date = PartialDateField(_("period or date"))
    value = models.PositiveIntegerField(_("value"))
    source = models.CharField(_("source"), max_length=200)

    objects: ClassVar[Any] = SiteFigureQuerySet.as_manager()

    class Meta:
        ordering = ["measure", "date"]
        verbose_name = _("figure of the site")
        verbose_name_plural = _("figures of the site")
        constraints = [models.UniqueConstraint(fields=["measure", "date"], name="one_site_figure_a_date")]

    def __str__(self) -> str:
        return f"{self.get_measure_display()}, {self.date}: {self.value}"


class PressItem(Act):
    """A mention of the confederation in the press."""

    outlet = models.CharField(_("outlet"), max_length=200)
    language = models.CharField(_("language"), max_length=10, blank=True, validators=[is_language])

    class Meta:
        ordering = ["date", "key"]
        verbose_name = _("press item")
        verbose_name_plural = _("press items")
