"""Figures of communication that follow from rows: one for each series and channel."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _

from umbel.communication.models import ArticleSeries, Channel, ChannelCount, Portrayal, SiteFigure, Story
from umbel.core.folds import Distinct, Latest
from umbel.core.registry import Breakdown, Figure, Growth
from umbel.core.translations.saying import named

SITE = (
    ("website_users", SiteFigure.Measure.USERS, _("Website users")),
    ("page_views", SiteFigure.Measure.VIEWS, _("Page views")),
    ("subscribers", SiteFigure.Measure.SUBSCRIBERS, _("Subscribers of the mailing list")),
    ("reach", SiteFigure.Measure.REACH, _("People reached by the external newsletter")),
)


MEASURES = Breakdown(lambda period: SiteFigure.objects.within(period), "measure")
STORIES = Breakdown(lambda period: Story.objects.within(period), "series__key")
PORTRAYED = Breakdown(
    lambda period: Portrayal.objects.within(period).select_related("organisation", "story"), "story__series__key"
)
COUNTS = Breakdown(lambda period: ChannelCount.objects.within(period).select_related("channel"), "channel__key")


def site() -> Iterator[Figure]:
    """What the tools of site and mailing list reported."""

    for key, measure, label in SITE:
        yield Figure(
            f"communication.{key}",
            label,
            MEASURES.part(measure),
            fold=Latest(),
            reported=True,
            rule=_("The latest value that the tool reported for the period."),
        )


def series() -> Iterator[Figure]:
    """Articles, organisations and countries of each series; the key of `zoom-in` is `communication.zoom_in`."""
    for row, name in named(ArticleSeries.objects.order_by("pk")):
        yield from _of_series(row, name, f"communication.{row.key.replace('-', '_')}")


def _of_series(row: ArticleSeries, name: str, base: str) -> Iterator[Figure]:
    yield Figure(
        base,
        name,
        STORIES.part(row.key),
        rule=_("One row, one article of the series."),
        audience=row.audience,
    )
    yield Figure(
        f"{base}.organisations",
        _("%s, organisations portrayed") % name,
        PORTRAYED.part(row.key),
        fold=Distinct("organisation"),
        rule=_("Different organisations that articles of the series are about."),
        audience=row.audience,
    )
    yield Figure(
        f"{base}.countries",
        _("%s, countries") % name,
        PORTRAYED.part(row.key),
        fold=Distinct("organisation__country"),
        rule=_("Different countries of the organisations portrayed."),
        audience=row.audience,
    )


def followers() -> Iterator[Figure]:
    for channel, name in named(_counted()):
        yield Figure(
            f"communication.followers.{channel.key}",
            _("Followers, %s") % name,
            COUNTS.part(channel.key),
            fold=Latest(),
            reported=True,
            rule=_("The latest count of the period."),
            audience=channel.audience,
        )


def growth() -> Iterator[Figure]:
    for channel, name in named(_counted()):
        yield Figure(
            f"communication.growth.{channel.key}",
            _("Growth, %s") % name,
            derived=Growth(f"communication.followers.{channel.key}"),
            unit="%",
            digits=1,
            is_change=True,
            rule=_("The latest count of the period on that of the period before, rounded by the one rule."),
            audience=channel.audience,
        )


def _counted() -> Any:
    return Channel.objects.filter(pk__in=ChannelCount.objects.values("channel")).order_by("order", "key")
