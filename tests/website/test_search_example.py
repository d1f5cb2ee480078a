"""What the search finds in the example year."""

import pytest
from django.test import Client

from tests.website.page import Page, page_of
from umbel.core.records import Act
from umbel.core.search.subjects import subjects

pytestmark = pytest.mark.django_db


def hits(text):
    return Client().get("/search.json", {"q": text}).json()["hits"]


def test_care_is_in_four_activities_and_one_file(example):
    found = Client().get("/search.json?q=care").json()["kinds"]

    activities = {kind: number for kind, number in found.items() if issubclass(subjects()[kind].model, Act)}
    assert activities == {"events.event": 3, "advocacy.jointletter": 1}
    assert {kind: number for kind, number in found.items() if kind not in activities} == {"advocacy.policyfile": 1}


@pytest.mark.parametrize("query", ["SMART", "Smart", "smart"])
def test_smart_opens_one_page_that_lists_its_three_records(example, query):
    titles = page_of(f"/search/?q={query}").titles()

    page = Page(Client().get(hits(query)[0]["url"], follow=True).text)

    assert titles[0] == "Smart"
    shown = " ".join(text for text, _ in page.texts)
    assert "Video, #CoopSkills2023 campaign: SMART" in shown
    assert "ZOOM IN Smart" in shown
    assert "Anne-Laure Desgris" in shown


def test_hanninen_finds_the_person_as_spelt(example):
    assert page_of("/search/?q=Hanninen").titles() == ["Jarmo Hänninen"]


def test_no_title_of_the_year_that_is_not_public_is_found_by_a_visitor(example):
    rows = [row for subject in subjects().values() for row in subject.rows().exclude(audience="public")]

    found = {row: [hit["url"] for hit in hits(str(row))] for row in rows}

    assert len(rows) > 0
    assert [row for row in rows if row.get_absolute_url() in found[row]] == []
