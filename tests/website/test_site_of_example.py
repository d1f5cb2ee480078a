"""What the site of the example year shows, capability by capability."""

import csv
import io
import json
from xml.etree import ElementTree

import pytest
from django.test import Client

from tests.website.page import Page, page_of
from umbel.network.models import Membership, Organisation, Person
from umbel.reports import document
from umbel.reports.models import Report

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


def test_december_shows_the_owner_of_the_campaign_that_was_joined(example):
    december = page_of("/year/2024/?month=12")

    assert "DG EMPL" in page_of("/campaign-acts/t66/").words("dd")
    assert [text for text, around in december.texts if "DG EMPL" in text and around[-1][1].get("class") == "meta"] == [
        "Joined · DG EMPL"
    ]


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


def badges(address):
    """How many people of a page carry the mark of an ended term."""
    return [text for text, around in page_of(address).texts if around[-1][1].get("class") == "badge"].count("ended")


def test_staff_of_a_year_shows_six_posts_one_ended_and_two_internships(example):
    rows = list(csv.DictReader(io.StringIO(Client().get("/staff.csv?year=2024").content.decode())))

    assert [row["part"] for row in rows] == ["Staff"] * 6 + ["Interns"] * 2
    assert [row["key"] for row in rows if row["part"] == "Staff" and row["to"]] == ["mickael-bianchin"]
    assert names("/staff/?year=2024") == [row["name"] for row in rows]
    assert badges("/staff/?year=2024") == 3
    assert page_of("/staff/?year=2024").words("h2")[:2] == ["Staff", "Interns"]


def test_staff_on_a_day_leaves_out_who_left(example):
    on_the_last_day, today = names("/staff/?on=2024-12-31"), names("/staff/")

    assert on_the_last_day[:6] == ["Diana Dovgan", "Francesca Zaganelli", "Gabrielle Tzelepis", "Ilaria Buttu",
                                   "Nikolett Szolnoki", "Mickaël Bianchin"]  # fmt: skip
    assert (len(on_the_last_day), today) == (8, on_the_last_day[:5])


def test_cover_and_staff_page_print_the_same_form_of_a_name(example):
    report, staff = page_of("/reports/2024/"), names("/staff/?year=2024")
    credited = [text for text in report.words("dd") if "Bianchin" in text]

    assert len(credited) == 1
    assert [name for name in staff if name in credited[0]] == [
        "Diana Dovgan", "Ilaria Buttu", "Nikolett Szolnoki", "Mickaël Bianchin",
    ]  # fmt: skip
    assert page_of("/search/?q=Mickael Bianchin").words("a").count("Mickaël Bianchin") == 1


@pytest.mark.parametrize(
    ("person", "activities"),
    [
        (
            "diana-dovgan",
            ["Jury of the European Enterprise Promotion Awards", "ILO conference on decent work in the care economy"],
        ),
        ("giuseppe-guerini", ["Conference: Social Economy at the core of Transitions"]),
    ],
)
def test_sheet_of_a_person_for_a_year_lists_where_they_represented_us(example, person, activities):
    assert within(f"/people/{person}/?year=2024", "data-represented") == activities
    assert within(f"/people/{person}/?year=2023", "data-represented") == []


def test_enterprises_show_their_story_and_visit_and_count_as_no_members(example):
    def feed(query):
        return {item["title"] for item in json.loads(Client().get(f"/members.json{query}").content)["items"]}

    assert within("/organisations/sacmi/?year=2024", "data-participation") == [
        "Visit to SACMI and Cefla with a delegation of Mondragon"
    ]
    assert [text for text in page_of("/organisations/sacmi/").words("a") if text.startswith("COOPTALE")] == [
        "COOPTALE: SACMI, Cefla, and Mondragon"
    ]
    said = ["Without an affiliation." in page_of(f"/organisations/{key}/").words("p")
            for key in ("bohemians-football-club", "sacmi")]  # fmt: skip
    assert said == [True, False]
    assert len(feed("")) == 15
    assert feed("").isdisjoint({"SACMI", "Bohemians Football Club"})


def test_followed_procurement_tells_a_member_the_two_meetings_of_its_working_group(example):
    items = json.loads(Client().get("/policy-files/public-procurement.json").content)["items"]

    assert [item["title"] for item in items if item["title"].startswith("Working Group")] == [
        "Working Group on EU public procurement reform",
        "Working Group on EU public procurement reform, first meeting",
    ]


@pytest.mark.parametrize("chart", ["months", "map", "channel-linkedin"])
def test_table_of_a_chart_has_the_totals_of_the_chart(example, chart):
    rows = list(csv.reader(io.StringIO(Client().get(f"/drawings/2024/{chart}.csv").content.decode())))
    drawn = document.build(Report.objects.get(year=2024))["drawings"][chart]

    assert rows == [[str(cell) for cell in row] for row in (drawn["columns"], *drawn["rows"])]
    if chart == "months":
        assert sum(int(row[-1]) for row in rows[1:]) == 66
    if chart == "map":
        assert sum(int(row[-1]) for row in rows[1:] if row[-1].isdecimal()) == 14


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
             "/sitemaps/members-1.xml", "/sitemaps/people-1.xml", "/events.json", "/appointments/t35/", "/board.atom",
             "/staff.atom", "/umbrellas.csv", "/umbrellas.atom", "/search.csv?q=coceta", "/search.csv?q=dovgan",
             "/consultations.ics", "/outcomes.ics", "/audit/2024.csv", "/figures/2024.atom",
             "/figures/2024/"]  # fmt: skip

    def told(address):
        answer = client.get(address)
        return (b"".join(answer.streaming_content) if answer.streaming else answer.content).decode()

    assert [address for address in lists if "COCETA" in told(address) or "/coceta/" in told(address)] == []
    assert [address for address in lists if "Dovgan" in told(address)] == []
    assert client.get("/members/coceta/").status_code == client.get("/people/diana-dovgan/").status_code == 404
    assert Membership.objects.filter(organisation=organisation).exists()


def charts(page):
    """The files that each chart of a page leads to."""
    found = {id(attributes): [] for _, attributes in page.elements if "data-drawing" in attributes}
    for _text, around in page.texts:
        frame = next((attributes for _, attributes in around if "data-drawing" in attributes), None)
        if any("chart" in (attributes.get("class") or "").split() for tag, attributes in around if tag == "svg"):
            assert frame is not None
        links = [attributes["href"] for tag, attributes in around if tag == "a" and attributes["href"].endswith(".csv")]
        if frame is not None and links:
            found[id(frame)].append(links[0])
    return list(found.values())


@pytest.mark.parametrize(
    ("address", "number"),
    [
        ("/", 1),
        ("/year/2024/", 1),
        ("/members/", 1),
        ("/reports/2024/", 10),
        ("/figures/2024/communication.followers.linkedin/", 1),
    ],
)
def test_each_chart_offers_its_table(example, address, number):
    offered = charts(page_of(address))

    assert [bool(files) for files in offered] == [True] * number
    for file in {file for files in offered for file in files}:
        answer = Client().get(file)
        header, first, *_more = csv.reader(io.StringIO(answer.text))
        assert (answer.status_code, len(header)) == (200, len(first))


def test_trend_of_a_figure_is_had_as_a_table(example):
    rows = list(csv.reader(io.StringIO(Client().get("/figures/2024/communication.followers.linkedin.trend.csv").text)))

    assert rows[0] == ["Year", "Followers, LinkedIn"]
    assert [year for year, _value in rows[1:]] == ["2021", "2022", "2023", "2024"]
    assert Client().get("/figures/2024/communication.growth.x.trend.csv").status_code == 404
