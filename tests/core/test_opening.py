"""What is to be public on a day to come: nobody sees it before, everybody from then on."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests import factories
from tests.core.crud.reading import form_of
from umbel.core.dates import PartialDate
from umbel.core.models import Change
from umbel.core.opening import open_due

pytestmark = pytest.mark.django_db

STORY = "/stories/the-first-of-may/"


def day(days=0):
    return PartialDate.of(timezone.localdate() + timedelta(days=days))


@pytest.fixture
def story():
    factories.ConfederationFactory()
    return factories.StoryFactory(key="the-first-of-may", audience="secretariat", opens_on=day())


def test_story_is_public_from_its_day_on_and_the_log_says_so(client, story):
    before = client.get(STORY).status_code

    opened = open_due()

    assert (before, opened, client.get(STORY).status_code) == (404, 1, 200)
    assert story.title in client.get("/stories/").text
    story.refresh_from_db()
    assert (story.audience, story.opens_on) == ("public", None)
    line = Change.objects.latest("pk")
    assert (line.who, line.before["audience"], line.after["audience"]) == ("umbel worker", "secretariat", "public")


def test_nothing_is_opened_before_its_day_or_twice(client, story):
    story.opens_on = day(1)
    story.save()

    assert (open_due(), client.get(STORY).status_code) == (0, 404)

    story.opens_on = day(-3)
    story.save()

    assert (open_due(), open_due()) == (1, 0)


def test_meeting_is_opened_as_the_event_that_it_is(client, db):
    factories.ConfederationFactory()
    meeting = factories.MeetingFactory(audience="members", opens_on=day())

    assert open_due() == 1
    meeting.refresh_from_db()
    assert (meeting.audience, client.get(meeting.get_absolute_url()).status_code) == ("public", 200)


def test_what_is_public_has_no_day_to_come(as_secretariat, story):
    address = f"/desk/stories/{story.pk}/"
    data, _texts = form_of(as_secretariat.get(address))

    answer = as_secretariat.post(address, {**data, "audience": "public"})

    assert answer.status_code == 422
    assert "It is public already." in answer.text
    story.refresh_from_db()
    assert story.audience == "secretariat"


def test_day_is_entered_beside_the_audience(as_secretariat, story):
    address = f"/desk/stories/{story.pk}/"
    data, _texts = form_of(as_secretariat.get(address))

    as_secretariat.post(address, {**data, "audience": "board", "opens_on": str(day(9))})

    story.refresh_from_db()
    assert (story.audience, story.opens_on) == ("board", day(9))


@pytest.mark.parametrize(
    ("days", "told"), [(3, "The first of May becomes public"), (-2, "The first of May waits for a worker to open it")]
)
def test_the_desk_tells_what_is_opened_and_what_no_worker_opened(as_secretariat, days, told):
    factories.ConfederationFactory()
    row = factories.StoryFactory(title="The first of May", audience="secretariat", opens_on=day(days))

    page = as_secretariat.get("/desk/due/")

    assert (told in page.text, f"/desk/stories/{row.pk}/" in page.text) == (True, True)
