"""Channels with four years of counts, figures of the site, numbers from outside, the collection."""

from umbel.collection.models import Indicator, Round, RoundIndicator
from umbel.communication.models import Channel, ChannelCount, SiteFigure
from umbel.core.dates import PartialDate
from umbel.core.models import ReportedFigure
from umbel.library.models import Publication
from umbel.website.generation.acts import Done
from umbel.website.generation.plan import Plan
from umbel.website.generation.shelf import Shelf

NAMES = ("Square", "Harbour", "Lantern", "Bridge")
YEARS = 4
SITE = {
    SiteFigure.Measure.USERS: 73_000,
    SiteFigure.Measure.VIEWS: 230_000,
    SiteFigure.Measure.SUBSCRIBERS: 34_000,
    SiteFigure.Measure.REACH: 33_000,
}
INDICATORS = ("Members", "Enterprises", "Jobs", "Turnover", "Women on boards")


def fill(plan: Plan, shelf: Shelf, done: Done) -> None:
    year = PartialDate(plan.year)
    if not ChannelCount.objects.filter(date=year).exists():
        _channels(plan, shelf)
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
    _collection(plan, shelf, [act for act in done["publication"] if act.kind == Publication.Kind.STATISTICAL][:3])


def _channels(plan: Plan, shelf: Shelf) -> None:
    channels = shelf.add(
        [
            Channel(
                key=plan.key("channel"),
                name=name,
                address=f"https://{name.lower()}.example",
                in_footer=True,
                order=order,
            )
            for order, name in enumerate(NAMES, start=1)
        ]
    )
    counts = []
    for channel in channels:
        value = plan.dice.randint(400, 9_000)
        for year in range(plan.year - YEARS + 1, plan.year + 1):
            counts.append(ChannelCount(channel=channel, date=PartialDate(year), value=value, source="made up"))
            value = round(value * plan.dice.uniform(0.9, 1.4))
    shelf.add(counts)


def _collection(plan: Plan, shelf: Shelf, publications: list[Publication]) -> None:
    """A round for each publication, all of the same indicators."""
    indicators = shelf.add(
        [Indicator(key=plan.key("indicator"), name=name, order=order) for order, name in enumerate(INDICATORS, start=1)]
    )
    rounds = shelf.add(
        [
            Round(
                key=plan.key("round"),
                name=f"Collection {number}",
                method="A form sent to members",
                publication=publication,
                collected_from=PartialDate(plan.year, 1),
                collected_to=PartialDate(plan.year, 3),
            )
            for number, publication in enumerate(publications, start=1)
        ]
    )
    shelf.add([RoundIndicator(round=each, indicator=indicator) for each in rounds for indicator in indicators])
