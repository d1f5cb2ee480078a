"""Channels and stories as pages and print lay them out."""

from typing import Any

from umbel.communication.models import ArticleSeries, Channel, ChannelCount, Newsletter, Portrayal, Video
from umbel.core.periods import Period
from umbel.core.registry import Beside


def beside(pks: list[int], audiences: frozenset[str]) -> dict[int, Beside]:
    """Return the countries of the organisations that stories are about and some audiences may see, by primary key."""
    found: dict[int, tuple[dict[str, None], list[str]]] = {}
    rows = (
        Portrayal.objects.filter(story__in=pks, organisation__audience__in=audiences)
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

    `{"series": [{"key", "name", "rule", "figure", "titles"}], "videos": [titles], "footer": [{"name", "address"}],
    "newsletters": [{"name", "readers", "contents", "figure"}]}`
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
