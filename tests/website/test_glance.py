"""The year at a glance: kinds by keys that hold in every language, and whose the campaigns are that we joined."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests import factories
from tests.website.page import page_of
from umbel.core import languages

pytestmark = pytest.mark.django_db


@pytest.fixture
def own():
    yield factories.ConfederationFactory(languages="en fr")
    languages._offered.clear()


def kinds(page):
    """The values of the kinds to choose from, with their labels."""
    choices = [(dict(around[-1][1])["value"], text) for text, around in page.texts if around[-1][0] == "option"]
    return [(value, label) for value, label in choices if "." in value]


@pytest.mark.parametrize(("prefix", "label"), [("", "Video"), ("/fr", "Vidéo")])
def test_kinds_are_asked_by_the_same_key_in_every_language(own, prefix, label):
    factories.VideoFactory(title="A film", date="2024-03")
    factories.PositionFactory(title="A paper", kind="paper", date="2024-04")

    choices = kinds(page_of(f"{prefix}/year/2024/"))
    narrowed = page_of(f"{prefix}/year/2024/?kind=communication.video")
    feed = Client().get(f"{prefix}/year/2024.json?kind=communication.video").json()

    assert dict(choices)["communication.video"] == label
    assert {value for value, _label in choices} == {"communication.video", "advocacy.position.paper"}
    assert [title for title in narrowed.titles() if title in ("A film", "A paper")] == ["A film"]
    assert [entry["title"] for entry in feed["items"]] == ["A film"]


def test_kinds_of_one_name_say_what_they_hold(own):
    factories.EventFactory(kind="launch", date="2024-03")
    factories.CampaignActFactory(kind="launch", date="2024-03")

    assert kinds(page_of("/year/2024/")) == [
        ("advocacy.campaignact.launch", "Launch (acts of campaigns)"),
        ("events.event.launch", "Launch (events)"),
    ]


def meta(page):
    """What stands below the titles of the entries."""
    return [text for text, around in page.texts if dict(around[-1][1]).get("class") == "meta"]


def joined(owner, **more):
    """A step towards the campaign of an organisation."""
    step = factories.CampaignActFactory(kind="joined", date="2024-12", has_page=True, **more)
    step.topics.add(factories.CampaignFactory(owner=owner))
    return step


def test_step_of_a_campaign_names_the_owner_unless_that_is_us(own):
    theirs = joined(factories.OrganisationFactory(name="DG EMPL", kind="institution"), key="theirs")
    ours = joined(factories.OrganisationFactory(name="COOPS", kind="self"), key="ours")
    joined(factories.OrganisationFactory(name="Hidden", audience="secretariat"), key="hidden")

    facts = [page_of(row.get_absolute_url()) for row in (theirs, ours)]

    assert ["Campaign of" in page.words("dt") for page in facts] == [True, False]
    assert "DG EMPL" in facts[0].words("dd")
    assert meta(page_of("/year/2024/")) == ["Joined", "Joined", "Joined · DG EMPL"]


def test_owners_of_campaigns_take_as_many_queries_for_many_steps_as_for_one(own):
    def queries(rows):
        for _row in range(rows):
            joined(factories.OrganisationFactory())
        with CaptureQueriesContext(connection) as captured:
            assert Client().get("/year/2024/").status_code == 200
        return len(captured)

    assert queries(1) == queries(3)
