import pytest
from django.db import IntegrityError

from tests.factories import (
    ArticleSeriesFactory,
    ChannelCountFactory,
    IssueFactory,
    NewsletterFactory,
    OrganisationFactory,
    PortrayalFactory,
    SiteFigureFactory,
    StoryFactory,
)
from umbel.communication.models import Issue, SiteFigure
from umbel.core.figures import evaluate
from umbel.core.periods import Period

pytestmark = pytest.mark.django_db

YEAR = Period.year(2024)


def test_issues_go_by_their_readers():
    external = IssueFactory(newsletter=NewsletterFactory(readers="external"))
    internal = IssueFactory(newsletter=NewsletterFactory(readers="internal"), audience="members", date="2024")

    keys = ("external_newsletters", "internal_newsletters")
    assert list(Issue.objects.external()) == [external]
    assert list(Issue.objects.internal()) == [internal]
    assert [evaluate(f"communication.{key}", YEAR).value for key in keys] == [1, 1]


def test_a_series_counts_articles_and_whom_they_portray():
    series = ArticleSeriesFactory(key="zoom-in")
    organisation = OrganisationFactory(country="IT")
    for country in ("IT", "ES"):
        story = StoryFactory(series=series)
        PortrayalFactory(story=story, organisation=organisation)
        PortrayalFactory(story=story, organisation=OrganisationFactory(country=country))
    PortrayalFactory(story=StoryFactory(series=series, date="2023"))
    PortrayalFactory()

    keys = ("stories", "zoom_in", "zoom_in.organisations", "zoom_in.countries")
    assert [evaluate(f"communication.{key}", YEAR).value for key in keys] == [3, 2, 3, 2]


def test_an_organisation_is_portrayed_once_a_story():
    portrayal = PortrayalFactory()

    with pytest.raises(IntegrityError):
        PortrayalFactory(story=portrayal.story, organisation=portrayal.organisation)


def test_a_channel_has_one_count_a_date():
    count = ChannelCountFactory(date="2024", value=3599)

    assert str(count) == f"{count.channel}, 2024: 3599"
    with pytest.raises(IntegrityError):
        ChannelCountFactory(channel=count.channel, date="2024")


def test_the_site_has_one_figure_a_date():
    figure = SiteFigureFactory(measure="users", date="2024")
    SiteFigureFactory(measure="views", date="2024")

    assert list(SiteFigure.objects.of("users")) == [figure]
    with pytest.raises(IntegrityError):
        SiteFigureFactory(measure="users", date="2024")
