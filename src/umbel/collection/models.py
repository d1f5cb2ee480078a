"""What is asked of the members: indicators, and the rounds in which they are collected."""

from typing import Any, ClassVar, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from umbel.core.constraints import in_order
from umbel.core.dates import PartialDateField
from umbel.core.models import Named, Part, RecordQuerySet
from umbel.core.periods import Period
from umbel.core.records import not_over
from umbel.library.models import Publication


class Indicator(Named):
    """Something that is measured about the network."""

    translated = ("name",)

    order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        ordering = ["order", "name"]
        verbose_name = _("indicator")
        verbose_name_plural = _("indicators")


class RoundQuerySet(RecordQuerySet):
    """Rounds by whether answers are taken."""

    def open(self, period: Period) -> Self:
        """Keep the rounds that have begun and are not over on the day of the period's as-of instant."""
        day = period.on.isoformat()
        return self.filter(not_over("collected_to", day), collected_from__lte=day)


class Round(Named):
    """One collection from the members: its own time, apart from the years that it is about."""

    translated = ("name", "method")

    collected_from = PartialDateField(_("collected from"), null=True, blank=True)
    collected_to = PartialDateField(_("collected to"), null=True, blank=True)
    method = models.CharField(_("method"), max_length=300, blank=True)
    publication = models.ForeignKey(
        Publication,
        verbose_name=_("publication"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="rounds",
    )

    objects: ClassVar[Any] = RoundQuerySet.as_manager()

    class Meta:
        ordering = ["-collected_from", "name"]
        verbose_name = _("round")
        verbose_name_plural = _("rounds")
        constraints = [in_order("round_ends_after_start", "collected_from", "collected_to")]


class RoundIndicatorQuerySet(RecordQuerySet):
    """Indicators asked, by the year of their publication."""

    def published(self, period: Period) -> Self:
        return self.filter(round__publication__date__within=period).select_related("indicator", "round")


class RoundIndicator(Part):
    """An indicator asked in a round."""

    audience_path = "round__audience"

    round = models.ForeignKey(Round, verbose_name=_("round"), on_delete=models.CASCADE, related_name="indicators")
    indicator = models.ForeignKey(
        Indicator, verbose_name=_("indicator"), on_delete=models.PROTECT, related_name="rounds"
    )

    objects: ClassVar[Any] = RoundIndicatorQuerySet.as_manager()

    class Meta:
        ordering = ["round", "indicator__order"]
        constraints = [models.UniqueConstraint(fields=["round", "indicator"], name="indicator_once_a_round")]

    def __str__(self) -> str:
        return str(self.indicator)
