import pytest

from tests import factories

pytestmark = pytest.mark.django_db


def test_channel_is_listed_with_its_last_count(as_secretariat):
    channel = factories.ChannelFactory()
    factories.ChannelCountFactory(channel=channel, date="2024", value=1200)
    factories.ChannelCountFactory(channel=channel, date="2023", value=900)

    page = as_secretariat.get("/desk/channels/?cols=followers,counted").content.decode()

    assert '<td class="right num end">1,200</td><td class="nowrap sub">2024</td>' in page


def test_story_is_listed_with_whom_it_is_about(as_secretariat):
    story = factories.StoryFactory()
    for name in ("Coop", "Union"):
        factories.PortrayalFactory(story=story, organisation__name=name)

    assert ">Coop, Union</td>" in as_secretariat.get("/desk/stories/").content.decode()
