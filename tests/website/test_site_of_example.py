"""What the site of the example year shows, capability by capability."""

import json
from xml.etree import ElementTree

import pytest
from django.test import Client

from tests.website.page import Page, page_of
from umbel.network.models import Membership, Organisation, Person, Post

pytestmark = pytest.mark.django_db


def within(address, mark):
    """The links inside the element that carries a mark."""
    page = Page(Client().get(address).text)
    return [text for text, around in page.texts if any(mark in attributes for _, attributes in around)
            and any(tag == "a" for tag, _ in around)]  # fmt: skip


def names(address):
    """The names of the people on a page."""
    page = page_of(address)
    return [text for text, around in page.texts if ("a" in {tag for tag, _ in around})
            and any("person" in (attributes.get("class") or "").split() for _, attributes in around)
            and dict(around[-1][1]).get("class") == "strong quiet"]  # fmt: skip


def test_page_of_a_member_lists_what_it_took_part_in(example):
    assert within("/members/coceta/?year=2024", "data-participation") == [
        "Amaya Delgado",
        "Antonio Martinez de Bujanda",
        "Webinar: Navigating the implementation of the Platform work Directive: challenges and opportunities, "
        "the cooperative perspective",
    ]


def test_policy_file_shows_reaction_webinar_with_partners_and_group(example):
    text = Client().get("/policy-files/platform-work/").text

    assert "Reaction to the approval of the Platform Work Directive" in text
    assert "with Eurofound, European Transport Workers&#x27; Federation, COCETA and Club VTC" in text
    assert "Transformation of Work" in page_of("/policy-files/platform-work/").words("a")


def test_campaign_shows_its_owner_and_jury_its_other_spellings(example):
    assert "DG EMPL" in page_of("/campaigns/social-economy-voices/").words("dd")
    assert any("EEAP" in text for text in page_of("/seats/eepa-jury/").words("dd"))


def test_publications_of_a_year_with_their_languages(example):
    feed = json.loads(Client().get("/publications.json?year=2024").content)
    tongues = [text for text, around in page_of("/publications/t46/").texts if around[-1][1].get("class") == "tongue"]

    assert len(feed["items"]) == 4
    assert tongues == ["en", "it", "pl", "es"]


def test_about_prints_the_seat_and_the_types_of_enterprise(example):
    page = page_of("/about/")
    types = [text for text, around in page.texts if any("data-types" in attributes for _, attributes in around)]

    assert "1030 Brussels" in page.words("address")
    assert types == ["Worker cooperatives", "Social cooperatives", "Cooperatives of self-employed producers"]


def test_foot_has_the_open_channels_and_nothing_else(example):
    page = page_of("/positions/")

    shown = [text for text, around in page.texts if any("data-channels" in attributes for _, attributes in around)]
    assert sorted(shown) == ["Bluesky", "Facebook", "LinkedIn", "YouTube"]


def test_members_narrowed_to_a_country(example):
    titles = {item["title"] for item in json.loads(Client().get("/members.json?country=IT").content)["items"]}

    assert titles == {
        "AGCI Produzione e Lavoro",
        "AGCI Solidarietà",
        "Confcooperative",
        "Confcooperative Lavoro e Servizi",
        "Legacoop Produzione e Servizi",
    }


def test_staff_on_a_day(example):
    leaver = Post.objects.get(person__key="mickael-bianchin")
    leaver.end = "2025-01-15"
    leaver.save()

    before, after = names("/staff/?on=2024-12-31"), names("/staff/?on=2025-01-16")

    assert (len(before), len(after)) == (8, 7)
    assert page_of("/staff/?on=2024-12-31").words("h2")[:2] == ["Staff", "Interns"]
    assert before[:6] == ["Diana Dovgan", "Francesca Zaganelli", "Gabrielle Tzelepis", "Ilaria Buttu",
                          "Nikolett Szolnoki", "Mickaël Bianchin"]  # fmt: skip
    assert after[:5] == before[:5]


def test_board_shows_its_presidency_first(example):
    shown = names("/board/?on=2024-12-31")

    assert (len(shown), shown[0]) == (15, "Giuseppe Guerini")


def test_day_that_is_none_says_so(example):
    assert "alert" in " ".join(p.get("class", "") for p in page_of("/board/?on=someday").named("p"))


def test_three_pillars_with_stage_and_latest_position(example):
    pillars = json.loads(Client().get("/policy-files/pillar.json").content)["items"]
    text = Client().get("/policy-files/pillar/business/").text

    assert len(pillars) == 3
    assert "Reaction to Mario Draghi" in text
    assert "Transition Pathway for the EU mobility ecosystem" in text


def test_november_shows_four_linked_items(example):
    assert len(page_of("/year/2024/?month=11&linked=1").titles()) == 4


def test_six_umbrella_bodies_with_whoever_sits_there(example):
    page = page_of("/umbrellas/")

    assert page.words("h2")[:6] == [
        "Cooperatives Europe", "Social Economy Europe", "Social Platform", "REVES", "CICOPA", "ICA",
    ]  # fmt: skip
    assert page.words("dd").count("Giuseppe Guerini") == 3


def test_two_projects_with_their_activities(example):
    assert len(json.loads(Client().get("/projects.json").content)["items"]) == 2
    assert "First transnational meeting of the Origami project" in page_of("/projects/origami/").words("a")


def test_archive_has_the_first_newsletter(example):
    page = page_of("/newsletters/")

    assert "CECOP Newsletter #1" in page.words("a")
    assert "May 2024" in page.words("time")


def test_feed_of_positions_of_a_year_follows_the_published_rule(example):
    def entries(query):
        feed = ElementTree.fromstring(Client().get(f"/positions.atom?year=2024{query}").content)
        return len(feed.findall("{http://www.w3.org/2005/Atom}entry"))

    assert (entries(""), entries("&kind=papers")) == (9, 8)


def test_person_shows_mandate_seats_and_where_they_represented_us(example):
    president, secretary = page_of("/people/giuseppe-guerini/"), page_of("/people/diana-dovgan/")

    seats = {"Cooperatives Europe board", "CICOPA board", "ICA board"}
    assert seats | {"Board", "Confcooperative"} <= set(president.words("a"))
    assert "Conference: Social Economy at the core of Transitions" in president.words("a")
    assert {
        "ILO conference on decent work in the care economy",
        "Jury of the European Enterprise Promotion Awards",
    } <= set(secretary.words("a"))


def test_hidden_organisation_and_person_leak_from_no_page(example):
    organisation, person = Organisation.objects.get(key="coceta"), Person.objects.get(key="diana-dovgan")
    for row in (organisation, person):
        row.audience = "secretariat"
        row.save()

    client = Client()
    lists = ["/members/", "/members.csv", "/members.json", "/organisations/", "/people/", "/people.atom", "/board/",
             "/staff/", "/umbrellas/", "/events/?year=2024", "/events/t50/", "/policy-files/platform-work/",
             "/seats/see-board/", "/seats/eepa-jury/", "/bodies/board/", "/people/amaya-delgado/", "/",
             "/sitemaps/members-1.xml", "/sitemaps/people-1.xml", "/events.json", "/appointments/t35/"]  # fmt: skip

    def told(address):
        answer = client.get(address)
        return (b"".join(answer.streaming_content) if answer.streaming else answer.content).decode()

    assert [address for address in lists if "COCETA" in told(address) or "/coceta/" in told(address)] == []
    assert [address for address in lists if "Dovgan" in told(address)] == []
    assert client.get("/members/coceta/").status_code == client.get("/people/diana-dovgan/").status_code == 404
    assert Membership.objects.filter(organisation=organisation).exists()
