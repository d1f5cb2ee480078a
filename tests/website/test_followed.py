"""What can be followed: a year, a policy file, a campaign, who is in office, the numbers behind a chart."""

import csv
import io
import json
from xml.etree import ElementTree

import pytest
from django.test import Client
from icalendar import Calendar

from tests import factories
from tests.website.page import page_of

pytestmark = pytest.mark.django_db

ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def confederation():
    return factories.ConfederationFactory(name="COOPS", long_name="confederation of cooperatives")


@pytest.fixture
def care():
    """A policy file with a step, a consultation, an act of ours, and a meeting of the group that follows it."""
    file = factories.PolicyFileFactory(key="care", name="Care strategy")
    factories.MilestoneFactory(file=file, title="Strategy adopted", date="2024-09-07")
    factories.ConsultationFactory(key="call", file=file, name="Call on care", opens="2024-02-01", closes="2024-03-04")
    factories.PositionFactory(key="opinion", title="Opinion on care", kind="opinion", date="2024-03-02").topics.add(
        file
    )
    group = factories.GroupFactory(topic=file)
    factories.GroupMeetingFactory(key="open", group=group, title="Open meeting", date="2024-05-06")
    factories.GroupMeetingFactory(key="closed", group=group, title="Closed meeting", date="2024-06", audience="members")
    return file


def table(address):
    return list(csv.DictReader(io.StringIO(Client().get(address).getvalue().decode())))


def titles(address, client=None):
    return [item["title"] for item in json.loads((client or Client()).get(address).content)["items"]]


def days(address):
    calendar = Calendar.from_ical(Client().get(address).content)
    return [(str(event["summary"]), event["dtstart"].dt.isoformat()) for event in calendar.walk("VEVENT")]


FOLLOWED = ["Strategy adopted", "Open meeting", "Call on care closes", "Opinion on care", "Call on care"]


def test_policy_file_is_followed_with_all_that_happens_on_it(confederation, care):
    atom = ElementTree.fromstring(Client().get("/policy-files/care.atom").content)
    entries = [entry.find(f"{ATOM}title").text for entry in atom.iter(f"{ATOM}entry")]
    ids = {entry.find(f"{ATOM}id").text for entry in atom.iter(f"{ATOM}entry")}

    assert titles("/policy-files/care.json") == entries == FOLLOWED
    assert len(ids) == len(FOLLOWED)
    assert days("/policy-files/care.ics") == [
        ("Strategy adopted", "2024-09-07"),
        ("Open meeting", "2024-05-06"),
        ("Call on care closes", "2024-03-04"),
        ("Opinion on care", "2024-03-02"),
        ("Call on care", "2024-02-01"),
    ]


def test_member_follows_the_meetings_that_members_may_see(confederation, care, client_of):
    seen = titles("/policy-files/care.json", client_of("representative_a"))

    assert seen == [FOLLOWED[0], "Closed meeting", *FOLLOWED[1:]]


def test_campaign_is_followed_too(confederation):
    campaign = factories.CampaignFactory(key="voices", name="Voices")
    factories.PositionFactory(title="Call").topics.add(campaign)

    assert titles("/campaigns/voices.json") == ["Call"]


@pytest.mark.parametrize("address", ["/policy-files/care.csv", "/policy-files/none.atom"])
def test_what_cannot_be_followed_is_not_there(confederation, care, address):
    assert Client().get(address).status_code == 404


def test_who_follows_a_file_goes_on_following_it_under_its_new_key(confederation, care):
    care.key = "european-care"
    care.save()

    answer = Client().get("/policy-files/care.atom")

    assert (answer.status_code, answer.url) == (301, "/policy-files/european-care.atom")
    assert "Strategy adopted" in Client().get(answer.url).text
    assert Client().get("/policy-files/care.pdf").status_code == 404


def test_hidden_file_is_followed_by_nobody_outside(confederation):
    factories.PolicyFileFactory(key="secret", audience="secretariat")

    assert [Client().get(f"/policy-files/secret.{form}").status_code for form in ("atom", "json", "ics")] == [404] * 3


@pytest.mark.parametrize("shelf", ["policy-files", "campaigns"])
def test_page_of_a_file_names_its_feeds(confederation, shelf):
    factory = factories.PolicyFileFactory if shelf == "policy-files" else factories.CampaignFactory
    row = factory(key="care")
    feeds = {f"/{shelf}/care.{form}" for form in ("atom", "json", "ics")}

    page = page_of(row.get_absolute_url())

    assert {link["href"] for link in page.named("link") if link["rel"] == "alternate"} == feeds
    assert feeds <= {link["href"] for link in page.named("a")}


def test_year_is_followed_with_the_filters_of_its_page(confederation):
    factories.PositionFactory(title="Opinion", kind="opinion", date="2024-03-02")
    factories.EventFactory(title="Fair", kind="conference", part="speaker", date="2024-05-06")

    page = page_of("/year/2024/?family=events")

    files = [f"/year/2024.{form}?family=events" for form in ("csv", "json", "atom", "ics")]
    assert [link["href"] for link in page.named("link") if link["rel"] == "alternate"] == files
    assert set(files) <= {link["href"] for link in page.named("a")}
    assert titles("/year/2024.json") == ["Fair", "Opinion"]
    assert titles(files[1]) == ["Fair"]
    assert days("/year/2024.ics") == [("Fair", "2024-05-06"), ("Opinion", "2024-03-02")]
    assert Client().get("/year/2024.pdf").status_code == 404


def test_board_is_had_as_files_on_a_day(confederation):
    body = factories.BodyFactory(kind="board")
    smart = factories.OrganisationFactory(name="Smart", country="BE")
    for name, start, end in (("Ana Bo", "2020", None), ("Cem Do", "2019", "2021")):
        person = factories.PersonFactory(key=name.lower().replace(" ", "-"), name=name)
        factories.MandateFactory(body=body, person=person, organisation=smart, start=start, end=end, role="president")

    rows = table("/board.csv?on=2024-01-01")

    assert [(row["key"], row["role"], row["organisation"], row["country"], row["from"]) for row in rows] == [
        ("ana-bo", "President", "Smart", "BE", "2020")
    ]
    assert titles("/board.json?on=2024-01-01") == ["Ana Bo"]
    assert titles("/board.json?on=2020-06-01") == ["Ana Bo", "Cem Do"]
    links = {link["href"] for link in page_of("/board/?on=2024-01-01").named("a")}
    assert {"/board.csv?on=2024-01-01", "/board.json?on=2024-01-01"} <= links
    assert [Client().get(f"/board.{form}").status_code for form in ("ics", "csv?on=someday")] == [404, 404]


def test_chart_offers_its_table_with_the_same_totals(confederation):
    factories.PositionFactory(kind="opinion", date="2024-03-02")
    factories.EventFactory.create_batch(2, kind="conference", part="speaker", date="2024-05")

    page = page_of("/year/2024/")
    rows = table("/drawings/2024/months.csv")

    assert "/drawings/2024/months.csv" in {link["href"] for link in page.named("a")}
    assert sum(int(row["Total"]) for row in rows) == 3
    cells = [[cell for cell in row.values()] for row in rows]
    shown = [text for text, around in page.texts if {"td", "th"} & {tag for tag, _ in around}
             and "tbody" in {tag for tag, _ in around}]  # fmt: skip
    assert shown == [cell for row in cells for cell in row]


def test_map_of_members_offers_its_table_with_the_total_of_members(confederation):
    for country in ("IT", "IT", "BE", ""):
        factories.MembershipFactory(organisation__country=country)

    rows = table("/members/map.csv")

    assert [(row["Country"], row["Members"]) for row in rows] == [
        ("Belgium", "1"),
        ("Italy", "2"),
        ("Of no single country", "1"),
    ]
    assert "/members/map.csv" in {link["href"] for link in page_of("/members/").named("a")}


@pytest.mark.parametrize("address", ["/drawings/2024/map.csv", "/drawings/2024/cover.csv"])
def test_chart_of_a_report_that_is_not_there_has_no_table(confederation, address):
    assert Client().get(address).status_code == 404


def test_consultations_stand_in_a_calendar_with_the_day_on_which_each_closes(confederation, care):
    factories.ConsultationFactory(name="Open call", opens="2024-05-01")
    factories.ConsultationFactory(name="Hidden call", opens="2024-05-02", closes="2024-05-03", audience="secretariat")

    told = days("/consultations.ics")

    assert told == [
        ("Open call", "2024-05-01"),
        ("Call on care", "2024-02-01"),
        ("Call on care closes", "2024-03-04"),
    ]
    assert "/consultations.ics" in {link["href"] for link in page_of("/consultations/").named("a")}


def test_outcomes_stand_in_a_calendar(confederation):
    factories.OutcomeFactory(claim="The text names us", date="2024-05-01")
    factories.OutcomeFactory(claim="Known to the year", date="2024")
    factories.OutcomeFactory(claim="Hidden", date="2024-05-02", audience="members")

    calendar = Client().get("/outcomes.ics").text

    assert days("/outcomes.ics") == [("The text names us", "2024-05-01")]
    assert "1 more without a day are left out." in calendar


def entries(address):
    feed = ElementTree.fromstring(Client().get(address).content)
    return [entry.find(f"{ATOM}title").text for entry in feed.iter(f"{ATOM}entry")]


def test_board_and_staff_are_followed_in_a_reader(confederation):
    board = factories.BodyFactory(kind="board")
    for name, audience in (("Ana Bo", "public"), ("Cem Do", "secretariat")):
        factories.MandateFactory(body=board, person__name=name, start="2020", person__audience=audience)
    own = factories.OrganisationFactory(key=confederation.key, kind="self")
    factories.PostFactory(person__name="Eva Fo", organisation=own, kind="staff", start="2020")

    assert (entries("/board.atom"), entries("/staff.atom")) == (["Ana Bo"], ["Eva Fo"])


def test_umbrellas_are_had_as_files(confederation):
    euro = factories.OrganisationFactory(key="euro", name="Euro", kind="umbrella")
    factories.UmbrellaMembershipFactory(body=euro, standing="founding member", start="1990")
    factories.UmbrellaMembershipFactory(body__name="Hidden body", body__audience="secretariat")

    rows = table("/umbrellas.csv")

    assert [(row["key"], row["name"], row["standing"], row["from"]) for row in rows] == [
        ("euro", "Euro", "founding member", "1990")
    ]
    assert titles("/umbrellas.json") == entries("/umbrellas.atom") == ["Euro"]
    files = {f"/umbrellas.{form}" for form in ("csv", "json", "atom")}
    assert files <= {link["href"] for link in page_of("/umbrellas/").named("a")}
    assert Client().get("/umbrellas.ics").status_code == 404


def test_hits_of_the_search_are_had_as_a_table(confederation):
    factories.EventFactory(key="fair", title="Fair of cooperatives", date="2024-05-06")
    factories.EventFactory(title="Fair for members", audience="members")

    rows = table("/search.csv?q=fair")

    assert [(row["type"], row["title"], row["date"]) for row in rows] == [
        ("events.event", "Fair of cooperatives", "2024-05-06")
    ]
    assert {"/search.csv?q=fair", "/search.json?q=fair"} <= {
        link["href"] for link in page_of("/search/?q=fair").named("a")
    }


def test_figures_of_a_year_are_followed_in_a_reader(confederation):
    factories.VideoFactory(title="For members", audience="members")

    told = entries("/figures/2024.atom")

    assert [title for title in told if title.startswith("Videos")] == ["Videos: 1"]
    assert "For members" not in Client().get("/figures/2024.atom").text
    assert "/figures/2024.atom" in {link["href"] for link in page_of("/figures/2024/").named("a")}


def test_audit_is_had_as_a_table_of_what_was_printed(confederation):
    report = factories.ReportFactory(year=2024)
    factories.ClaimFactory(report=report, key="F1", figure="communication.videos", value=3)
    factories.ClaimFactory(report__year=2023, report__audience="secretariat", key="F2", value=3)

    rows = table("/audit/2024.csv")

    assert [(row["key"], row["printed"], row["recorded"], row["state"]) for row in rows] == [
        ("F1", "3", "0", "contradicts")
    ]
    assert table("/audit/2023.csv") == []
    assert {"/audit/2024.csv", "/audit/2024.json"} <= {link["href"] for link in page_of("/audit/2024/").named("a")}
