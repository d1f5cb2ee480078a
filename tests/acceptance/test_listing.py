"""The year at a glance: 66 entries under their months, 45 of them with a page."""

import csv
import io
import re

import pytest

from umbel.core import chronology
from umbel.core.periods import Period

pytestmark = pytest.mark.django_db

BY_MONTH = [3, 8, 5, 7, 6, 10, 5, 1, 3, 7, 8, 3]
LINKED_BY_MONTH = [3, 4, 4, 7, 2, 7, 3, 1, 2, 5, 4, 3]


@pytest.fixture(scope="module")
def lines(example):
    return chronology.lines(Period.year(2024))


@pytest.fixture
def listing(visitor):
    """The listing as the site hands it out, a mapping a row."""
    return list(csv.DictReader(io.StringIO(visitor.get("/reports/2024/listing.csv").text)))


def of_month(lines, month):
    return [line for line in lines if line.date.month == month]


def by_key(lines, key):
    [line] = [line for line in lines if line.key == key]
    return line


def test_listing_has_an_entry_for_each_of_the_66(lines):
    assert sorted(line.key for line in lines) == [f"t{number:02}" for number in range(1, 67)]


def test_entries_stand_under_their_months(lines):
    assert [len(of_month(lines, month)) for month in range(1, 13)] == BY_MONTH


def test_45_entries_have_a_page(lines):
    linked = [[line for line in of_month(lines, month) if line.has_page] for month in range(1, 13)]

    assert [len(found) for found in linked] == LINKED_BY_MONTH
    assert sum(len(found) for found in linked) == 45


def test_two_entries_are_dated_to_the_day_and_the_others_to_the_month(lines):
    precise = {line.key: str(line.date) for line in lines if line.date.precision == "day"}

    assert precise == {"t50": "2024-10-28", "t65": "2024-12-11"}
    assert {line.date.precision for line in lines if line.key not in precise} == {"month"}


def test_page_of_the_year_prints_days_where_they_are_known(visitor):
    page = visitor.get("/year/2024/").text

    assert (page.count("<time>28 October</time>"), page.count("<time>11 December</time>")) == (1, 1)


def test_page_of_the_year_links_45_entries_and_no_link_is_empty(visitor):
    page = visitor.get("/year/2024/").text

    entries = [part.split("</li>")[0] for part in page.split('<li class="entry ')[1:]]

    assert len(entries) == 66
    assert sum('<a href="/' in entry for entry in entries) == 45
    assert sum('href=""' in entry for entry in entries) == 0


def test_the_whole_year_is_one_click_from_a_narrowed_one(visitor):
    """An empty address would lead back to the narrowed page, query and all."""
    page = visitor.get("/year/2024/?family=advocacy").text

    whole = re.search(r'<a class="chip" href="([^"]*)"[^>]*>All', page).group(1)

    assert whole == "?"


def test_every_link_of_the_year_leads_to_a_page(visitor, lines):
    broken = [line.key for line in lines if line.has_page and visitor.get(line.url).status_code != 200]

    assert broken == []


def test_belgium_gathers_what_says_belgium_and_what_says_brussels(lines):
    """C079 counts 5 and 2 in the printed listing; on record are also t07 (deduced) and t65 (told in a chapter)."""
    gatherings = [line for line in lines if line.source.name == "events.event" and "BE" in line.countries]

    named = {place: {line.key for line in gatherings if line.place == place} for place in ("", "Brussels")}

    assert named == {"": {"t07", "t20", "t25", "t37", "t40", "t44"}, "Brussels": {"t15", "t26", "t65"}}
    assert len(gatherings) == 9


def test_own_part_of_the_november_conference_is_said_in_one_way(lines):
    conference = by_key(lines, "t56")

    assert (conference.kind.label, conference.part_label) == ("conference", "co-organiser")


def test_rome_conference_is_a_conference_and_names_its_two_co_organisers(lines):
    conference = by_key(lines, "t32")

    assert (str(conference.kind.label), conference.place, conference.country) == ("conference", "Rome", "IT")
    assert sorted(conference.beside.partners) == ["Italian Cooperative Alliance", "Social Economy Europe"]


def test_joint_statement_on_care_has_one_name_wherever_it_stands(lines):
    assert str(by_key(lines, "t38").kind.label) == "joint statement"


def test_jury_goes_by_its_official_name(lines):
    assert by_key(lines, "t63").title == "Jury of the European Enterprise Promotion Awards"


@pytest.mark.parametrize("key", ["t47", "t52", "t57"])
def test_learning_sessions_are_online_and_name_diesis(lines, key):
    session = by_key(lines, key)

    assert (session.place, session.beside.partners) == ("online", ("DIESIS",))


def test_story_of_three_cooperatives_counts_for_italy_and_spain(lines):
    assert sorted(by_key(lines, "t41").countries) == ["ES", "IT"]


def test_listing_downloads_with_month_kind_link_file_and_place(listing):
    [webinar] = [row for row in listing if row["key"] == "t50"]

    assert len(listing) == 66
    assert (webinar["date"], webinar["month"], webinar["kind"]) == ("2024-10-28", "10", "webinar")
    assert (webinar["topics"], webinar["place"]) == ("platform-work", "online")
    assert webinar["link"].endswith("/events/t50/")


def test_downloaded_listing_has_an_address_for_each_entry_with_a_page(listing):
    assert sum(bool(row["link"]) for row in listing) == 45


def test_social_economy_action_plan_is_the_largest_file_and_not_most_of_the_year(listing):
    serving = [row for row in listing if "seap" in row["topics"].split()]

    assert len(serving) == 7
    assert round(100 * len(serving) / len(listing), 1) == 10.6


def test_care_is_served_by_one_statement_and_three_events(listing):
    serving = {row["key"]: row["family"] for row in listing if "care" in row["topics"].split()}

    assert serving == {"t38": "advocacy", "t39": "events", "t58": "events", "t64": "events"}


def test_manifesto_gathers_a_meeting_a_launch_a_video_and_a_conference(listing):
    serving = {row["key"]: row["month"] for row in listing if "elections-manifesto" in row["topics"].split()}

    assert serving == {"t05": "2", "t17": "4", "t33": "6", "t56": "11"}


def test_calendar_gathers_what_belongs_to_skift(example):
    from umbel.projects.models import ProjectMeeting

    assert [meeting.key for meeting in ProjectMeeting.objects.filter(project__key="skift")] == ["t10", "t53"]


def test_report_on_the_year_is_a_publication_of_the_year_in_which_it_appears(report):
    assert (report.year, str(report.published)) == (2024, "2025-05")
