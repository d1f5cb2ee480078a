"""Channels with the counts of years, figures of the site, numbers from outside, the collection."""

from collections.abc import Iterator

from umbel.collection.models import Round, RoundIndicator
from umbel.communication.models import Channel, ChannelCount, SiteFigure
from umbel.core.dates import PartialDate
from umbel.core.models import ReportedFigure
from umbel.library.models import Publication
from umbel.website.generation.acts import Done
from umbel.website.generation.plan import Plan
from umbel.website.generation.shelf import Shelf
from umbel.website.generation.subjects import Frame

NAMES = ("Square", "Harbour", "Lantern", "Bridge")
YEARS = 4
SITE = {
    SiteFigure.Measure.USERS: 73_000,
    SiteFigure.Measure.VIEWS: 230_000,
    SiteFigure.Measure.SUBSCRIBERS: 34_000,
    SiteFigure.Measure.REACH: 33_000,
}


def open_channels(plan: Plan, shelf: Shelf) -> None:
    """Make the channels with their counts of the plan's years, of four at least, unless the last year is counted."""
    if ChannelCount.objects.filter(date=PartialDate(plan.year)).exists():
        return
    channels = shelf.add([_channel(plan, name, order) for order, name in enumerate(NAMES, start=1)])
    years = range(min(plan.first_year, plan.year - YEARS + 1), plan.year + 1)
    shelf.add([count for channel in channels for count in _counts(plan, channel, years)])


def fill(plan: Plan, shelf: Shelf, frame: Frame, done: Done) -> None:
    year = PartialDate(plan.year)
    if not SiteFigure.objects.filter(date=year).exists():
        shelf.add(
            [
                SiteFigure(measure=measure, date=year, value=plan.dice.randint(value // 2, value), source="made up")
                for measure, value in SITE.items()
            ]
        )
    if not ReportedFigure.objects.of("network.members_reported").filter(date=year).exists():
        shelf.add(
            [
                ReportedFigure(
                    figure="network.members_reported",
                    statement="Members, as the site says",
                    value=120,
                    date=year,
                    source="made up",
                )
            ]
        )
    _collection(
        plan, shelf, frame, [act for act in done["publication"] if act.kind == Publication.Kind.STATISTICAL][:3]
    )


def _channel(plan: Plan, name: str, order: int) -> Channel:
    address = f"https://{name.lower()}.example"
    return Channel(key=plan.key("channel", name), name=name, address=address, in_footer=True, order=order)


def _counts(plan: Plan, channel: Channel, years: range) -> Iterator[ChannelCount]:
    value = plan.dice.randint(400, 9_000)
    for year in years:
        yield ChannelCount(channel=channel, date=PartialDate(year), value=value, source="made up")
        value = round(value * plan.dice.uniform(0.9, 1.4))


def _collection(plan: Plan, shelf: Shelf, frame: Frame, publications: list[Publication]) -> None:
    """A round for each publication, all of the same indicators."""
    rounds = shelf.add(
        [
            Round(
                key=plan.key("round"),
                name=f"Collection {number}",
                method="A form sent to members",
                publication=publication,
                collected_from=PartialDate(plan.year, 1),
                collected_to=PartialDate(plan.year, 3),
                first_year=plan.year - 1,
                last_year=plan.year - 1,
            )
            for number, publication in enumerate(publications, start=1)
        ]
    )
    shelf.add([RoundIndicator(round=each, indicator=indicator) for each in rounds for indicator in frame.indicators])
