"""Channels and stories as pages and print lay them out."""

from typing import Any

from umbel.communication.models import ArticleSeries, Channel, ChannelCount, Newsletter, Portrayal, Story, Video
from umbel.core.periods import Period
from umbel.core.registry import Beside


def beside(pks: list[int], audiences: frozenset[str]) -> dict[int, Beside]:
    """Return the countries of the organisations that stories are about and some audiences may see, by primary key."""
    found: dict[int, dict[str, None]] = {}
    rows = Portrayal.objects.filter(story__in=pks, organisation__audience__in=audiences).order_by()
    # Sorted here: asked for an order by its key, SQLite reads the whole table, or all organisations for each story.
    for _row, pk, country in sorted(rows.values_list("pk", "story_id", "organisation__country")):
        found.setdefault(pk, {})[country] = None
    return {pk: Beside(tuple(code for code in countries if code), ()) for pk, countries in found.items()}


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
    titles: dict[int, list[str]] = {}
    for series, title in Story.objects.within(period).exclude(series=None).values_list("series", "title"):
        titles.setdefault(series, []).append(title)
    return {
        "series": [
            {
                "key": series.key,
                "name": series.name,
                "rule": series.rule,
                "figure": f"communication.{series.key.replace('-', '_')}",
                "titles": titles.get(series.pk, []),
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
        "videos": list(Video.objects.within(period).values_list("title", flat=True)),
        "footer": [
            {"name": channel.name, "address": channel.address} for channel in Channel.objects.filter(in_footer=True)
        ],
    }
