"""Channels and stories as pages and print lay them out."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from umbel.communication.models import ArticleSeries, Channel, ChannelCount, Newsletter, Portrayal, Video
from umbel.core.periods import Period
from umbel.core.registry import Beside, Finding


def beside(pks: list[int]) -> dict[int, Beside]:
    """Return the countries of the organisations that stories are about, by primary key."""
    found: dict[int, tuple[dict[str, None], list[str]]] = {}
    rows = (
        Portrayal.objects.filter(story__in=pks)
        .order_by("pk")
        .values_list("story_id", "organisation__country", "organisation__name")
    )
    for pk, country, name in rows:
        countries, names = found.setdefault(pk, ({}, []))
        countries[country] = None
        names.append(name)
    return {pk: Beside(tuple(code for code in countries if code), ()) for pk, (countries, _names) in found.items()}


def channels(period: Period) -> list[dict[str, Any]]:
    """Return channels with counts: `[{"key", "name", "note", "years": [2021, ...], "figure", "growth"}]`.

    `years` are those up to the period for which a count is on record; the figure of each gives the value.
    """
    years: dict[str, set[int]] = {}
    for key, day in ChannelCount.objects.values_list("channel__key", "date"):
        if day.year <= period.end.year:
            years.setdefault(key, set()).add(day.year)
    return [
        {
            "key": channel.key,
            "name": channel.name,
            "note": channel.note,
            "years": sorted(years[channel.key]),
            "figure": f"communication.followers.{channel.key}",
            "growth": f"communication.growth.{channel.key}",
        }
        for channel in Channel.objects.all()
        if channel.key in years
    ]


def told(period: Period) -> dict[str, Any]:
    """Return what was published, by format.

    `{"series": [{"key", "name", "rule", "figure", "titles"}], "newsletters": [{"name", "readers", "contents", "figure"}],
    "videos": [titles], "footer": [{"name", "address"}]}`
    """
    return {
        "series": [
            {
                "key": series.key,
                "name": series.name,
                "rule": series.rule,
                "figure": f"communication.{series.key.replace('-', '_')}",
                "titles": [story.title for story in series.stories.within(period)],
            }
            for series in ArticleSeries.objects.all()
        ],
        "newsletters": [
            {
                "name": newsletter.name,
                "readers": newsletter.get_readers_display(),
                "contents": newsletter.contents,
                "figure": f"communication.{newsletter.readers}_newsletters",
            }
            for newsletter in Newsletter.objects.all()
        ],
        "videos": [video.title for video in Video.objects.within(period)],
        "footer": [
            {"name": channel.name, "address": channel.address} for channel in Channel.objects.filter(in_footer=True)
        ],
    }


def odd_channels(period: Period) -> Iterator[Finding]:
    """Channels with counts in the period and no link in the footer, or with a link and no count."""
    counted = set(ChannelCount.objects.within(period).values_list("channel", flat=True))
    for channel in Channel.objects.all():
        if channel.in_footer and channel.pk not in counted:
            yield Finding(_("%(channel)s stands in the footer and has no figure.") % {"channel": channel}, (channel,))
        if not channel.in_footer and channel.pk in counted:
            yield Finding(
                _("%(channel)s has figures and does not stand in the footer.") % {"channel": channel},
                (channel,),
            )
