"""What is asked of the members: indicators, and the rounds in which they are collected."""

from datetime import date
from typing import Any, ClassVar, NamedTuple, Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from umbel.core.constraints import in_order
from umbel.core.dates import PartialDateField
from umbel.core.models import Named, Part, RecordQuerySet
from umbel.core.periods import Period
from umbel.core.records import is_in_force, not_over
from umbel.library.models import Publication
from umbel.network.models import Membership

RECEIVED = ("sent", "accepted")
"""The states of a return that has been received."""

MOST_YEARS = 10


class Indicator(Named):
    """Something that is measured about the network: what counts, in which unit, and what an answer looks like."""

    translated = ("name", "unit", "explanation")

    class Kind(models.TextChoices):
        WHOLE = "whole", _("whole number")
        DECIMAL = "decimal", _("number with decimals")
        EURO = "euro", _("amount in euro")
        SHARE = "share", _("share in %")
        TEXT = "text", _("text")

    SIGNS: ClassVar[dict[str, str]] = {Kind.EURO: "€", Kind.SHARE: "%"}

    kind = models.CharField(_("kind of answer"), max_length=8, choices=Kind, default=Kind.WHOLE)
    unit = models.CharField(_("unit"), max_length=60, blank=True, help_text=_("What is counted: persons, hours."))
    explanation = models.CharField(
        _("what counts"), max_length=600, blank=True, help_text=_("It stands beside the question.")
    )
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        ordering = ["order", "name"]
        verbose_name = _("indicator")
        verbose_name_plural = _("indicators")

    @property
    def sign(self) -> str:
        """What stands behind a number without a unit of its own: "€", "%"."""
        return self.SIGNS.get(self.kind, "")


class Count(models.Subquery):
    """In how many organisations the rows of a queryset are, beside the rows of another one."""

    template = "(SELECT COUNT(DISTINCT counted.organisation_id) FROM (%(subquery)s) counted)"
    output_field = models.IntegerField()


class Response(NamedTuple):
    """How many returns are in, of how many members in force."""

    received: int
    members: int


def members_on(day: date) -> Any:
    """Return the memberships in force on a day."""
    return Membership.objects.in_force(Period.year(day.year).as_at(day))


def open_in(period: Period) -> models.Q:
    """Return the condition that a round has begun and is not over on the day of a period's as-of instant."""
    day = period.on.isoformat()
    return not_over("collected_to", day) & models.Q(collected_from__lte=day)


class RoundQuerySet(RecordQuerySet):
    """Rounds by whether answers are taken, and by how many are in."""

    def open(self, period: Period) -> Self:
        """Keep the rounds that have begun and are not over on the day of the period's as-of instant."""
        return self.filter(open_in(period))

    def with_form(self) -> Self:
        """Tell of each round whether it is answered in a form (`has_form`): it says which indicators and years."""
        asked = RoundIndicator.objects.filter(round=models.OuterRef("pk"), round__first_year__isnull=False)
        return self.annotate(has_form=models.Exists(asked))

    def with_response(self, day: date) -> Self:
        """Tell of each round how many members in force on a day there are, and of how many a return is in.

        They are `members` and `received`.
        """
        members = members_on(day).order_by().values("organisation_id")
        answered = members.filter(
            organisation__returns__round=models.OuterRef("pk"), organisation__returns__state__in=RECEIVED
        )
        return self.annotate(received=Count(answered), members=Count(members))


class Round(Named):
    """One collection from the members: its own time, apart from the years that it asks about."""

    translated = ("name", "method")

    collected_from = PartialDateField(_("collected from"), null=True, blank=True)
    collected_to = PartialDateField(_("collected to"), null=True, blank=True)
    first_year = models.PositiveSmallIntegerField(
        _("first year asked about"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1900), MaxValueValidator(2199)],
        help_text=_("The answers are about these years. Without years members get no form."),
    )
    last_year = models.PositiveSmallIntegerField(_("last year asked about"), null=True, blank=True)
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
        constraints = [
            in_order("round_ends_after_start", "collected_from", "collected_to"),
            models.CheckConstraint(
                condition=models.Q(first_year=None, last_year=None)
                | models.Q(
                    first_year__isnull=False,
                    last_year__isnull=False,
                    last_year__gte=models.F("first_year"),
                    last_year__lt=models.F("first_year") + MOST_YEARS,
                ),
                name="round_years_in_order",
                violation_error_message=_("Name the first and the last year, at most ten years."),
            ),
        ]

    @property
    def years(self) -> range:
        """The years that it asks about, none where they are not on record."""
        return range(self.first_year, self.last_year + 1) if self.first_year and self.last_year else range(0)

    def has_begun(self, day: date) -> bool:
        return self.collected_from is not None and self.collected_from.first_day <= day

    def is_open(self, day: date) -> bool:
        """Tell whether answers are taken on a day, as `open` does of rounds."""
        return self.collected_from is not None and is_in_force(self.collected_from, self.collected_to, day)

    def counted_on(self) -> date:
        """Return the day on which its members are counted: today, once it is over its last one."""
        day = timezone.localdate()
        return min(day, self.collected_to.last_day) if self.collected_to else day

    def response(self) -> Response:
        """Return how many returns are in, of the members in force; once the round is over, of those on its last day."""
        found = type(self)._default_manager.with_response(self.counted_on()).get(pk=self.pk)
        return Response(found.received, found.members)

    def derived_facts(self) -> list[tuple[Any, Any]]:
        """Tell the response: returns received out of members in force."""
        if not self.years:
            return []
        told = _("%(received)s received, of %(members)s members in force")
        return [(_("returns"), told % self.response()._asdict())]


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
