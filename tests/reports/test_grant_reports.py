"""The report to a funder: frozen, open to the people of that funder and to the secretariat, and to nobody else."""

import csv
import io
import re
from datetime import timedelta

import pytest
from django.utils import timezone

from tests import factories
from tests.cast import SEATS, SECRETARIAT
from tests.core.crud.reading import words
from umbel.accounts.models import User
from umbel.network.models import Post
from umbel.projects.models import Grant
from umbel.reports.grants import reports_of
from umbel.reports.models import GrantReport

pytestmark = pytest.mark.django_db

PAGE = "/grants/grant/report/2024/"
ANNEX = "/grants/grant/report/2024.csv"
FREEZE = "/desk/grants/grant/report/2024/freeze/"
TOKEN = re.compile(r'name="once" value="([^"]+)"')
OPEN = {*SECRETARIAT, "superuser", "funder"}


@pytest.fixture
def event(cast):
    """A conference that proves the one line of the grant for 2024, beside a meeting that only supports it."""
    factories.ConfederationFactory(name="The Umbrella")
    heading = factories.HeadingFactory(
        grant=Grant.objects.get(key="grant"), key="events", name="events", counts="events"
    )
    line = factories.DeliverableFactory(heading=heading, key="d01", name="Conference", nature="event")
    event = factories.EventFactory(key="t50", title="Rome", date="2024-10-11")
    factories.ProofFactory(deliverable=line, record=event)
    hidden = factories.EventFactory(key="t51", title="Board call", date="2024-09", audience="board")
    factories.ProofFactory(deliverable=line, record=hidden, supports=True)
    return event


@pytest.fixture
def frozen(client_of, event):
    client_of("secretary_general").post(FREEZE, {"confirmed": "1"})
    return GrantReport.objects.get()


def statuses(client_of, path):
    return {seat for seat in SEATS if client_of(seat).get(path).status_code == 200}


@pytest.mark.parametrize("path", [PAGE, ANNEX])
def test_frozen_report_opens_for_its_funder_and_the_secretariat_and_for_nobody_else(client_of, frozen, path):
    assert statuses(client_of, path) == OPEN


def test_before_the_freeze_the_secretariat_sees_what_would_be_kept_and_the_funder_nothing(client_of, event):
    assert statuses(client_of, PAGE) == OPEN - {"funder"}
    assert statuses(client_of, ANNEX) == set()
    assert "Nothing is frozen yet: the funder sees no report." in words(client_of("finance").get(PAGE))


def test_people_of_another_funder_see_nothing(client_of, frozen):
    other = factories.GrantFactory(key="other")
    person = factories.PersonFactory(user=User.objects.get(email="reader@example.org"))
    factories.PostFactory(person=person, organisation=other.funder)

    assert [client_of("reader").get(path).status_code for path in (PAGE, ANNEX)] == [404, 404]


def test_a_funder_whose_post_has_ended_sees_nothing(client_of, frozen):
    Post.objects.filter(person__key="funder").update(end=(timezone.localdate() - timedelta(days=1)).isoformat())

    assert client_of("funder").get(PAGE).status_code == 404


def test_a_user_is_told_the_reports_that_they_may_open(cast, frozen):
    other = factories.GrantReportFactory()

    told = {seat: set(reports_of(cast.people[seat])) for seat in SEATS}

    everything = {frozen, other}
    assert told == {seat: {frozen} if seat == "funder" else everything if seat in OPEN else set() for seat in SEATS}
    assert frozen.get_absolute_url() == PAGE


def test_report_names_lines_figures_and_evidence_with_dates_and_links(client_of, frozen):
    page = client_of("funder").get(PAGE)

    doc = page.context["doc"]
    assert [(row["title"], row["when"], row["url"], row["supports"]) for row in doc["annex"]] == [
        ("Rome", "11 October 2024", "/events/t50/", False),
        ("Board call", "September 2024", "", True),
    ]
    assert {
        ref: (doc["figures"][ref]["value"], [row["text"] for row in rows]) for ref, rows in doc["rows"].items()
    } == {
        "grant.lines": ("1", ["Conference"]),
        "grant.undated": ("0", []),
        "grant.shared": ("0", []),
        "grant.events": ("1", ["Rome"]),
        "grant.campaigns": ("0", []),
        "grant.heading.events": ("1", ["Rome"]),
        "grant.line.d01": ("1", ["Rome"]),
    }
    assert 'href="#grant.line.d01"' in page.text
    assert 'id="grant.line.d01"' in page.text


def test_evidence_that_is_not_open_to_the_funder_is_named_and_leads_nowhere(client_of, frozen):
    links = {
        seat: [row["url"] for row in client_of(seat).get(PAGE).context["doc"]["annex"]]
        for seat in ("funder", "secretary_general")
    }

    assert links == {"funder": ["/events/t50/", ""], "secretary_general": ["/events/t50/", "/events/t51/"]}
    assert client_of("funder").get("/events/t51/").status_code == 404


def test_what_changes_later_changes_nothing_for_the_funder_and_is_told_to_the_secretariat(client_of, frozen, event):
    factories.ProofFactory(deliverable=frozen.grant.headings.get().deliverables.get(), record=factories.EventFactory())
    event.title = "Milan"
    event.save()

    funder, own = client_of("funder").get(PAGE), client_of("secretary_general").get(PAGE)

    assert [row["title"] for row in funder.context["doc"]["annex"]] == ["Rome", "Board call"]
    assert funder.context["changes"] == []
    assert {"label": "Delivered: Conference", "then": "1", "now": "2"} in own.context["changes"]
    assert "What the funder sees: edition 1, frozen on" in words(own)


def test_annex_is_a_table(client_of, frozen):
    answer = client_of("funder").get(ANNEX)

    rows = list(csv.reader(io.StringIO(answer.text)))
    assert rows == [
        ["line", "name", "title", "kind", "date", "counts", "link"],
        ["1", "Conference", "Rome", "event", "2024-10-11", "counted", "http://127.0.0.1:8000/events/t50/"],
        ["1", "Conference", "Board call", "event", "2024-09", "supports", ""],
    ]


def test_earlier_editions_stay(client_of, frozen, event):
    event.title = "Milan"
    event.save()
    client_of("secretary_general").post(FREEZE, {"confirmed": "1"})

    titles = {
        query: client_of("funder").get(f"{PAGE}{query}").context["doc"]["annex"][0]["title"]
        for query in ("", "?edition=1", "?edition=2", "?edition=x")
    }

    assert titles == {"": "Milan", "?edition=1": "Rome", "?edition=2": "Milan", "?edition=x": "Milan"}
    assert client_of("funder").get(f"{PAGE}?edition=3").status_code == 404


def test_a_form_sent_twice_freezes_once_and_one_opened_anew_freezes_again(client_of, event):
    browser = client_of("secretary_general")
    shown, anew = (TOKEN.search(browser.get(FREEZE).text)[1] for _ in range(2))

    answers = [browser.post(FREEZE, {"confirmed": "1", "once": token}) for token in (shown, shown, anew)]

    assert {answer.url for answer in answers} == {PAGE}
    assert list(GrantReport.objects.values_list("number", flat=True)) == [1, 2]


def test_two_grants_of_a_year_tell_each_funder_its_own_lines_only(client_of, event):
    factories.DeliverableFactory(key="d99", name="Of another", heading__grant=factories.GrantFactory(key="other"))

    client_of("secretary_general").post(FREEZE, {"confirmed": "1"})

    page = client_of("funder").get(PAGE)
    assert sorted(page.context["doc"]["rows"]) == ["grant.heading.events", "grant.line.d01"]
    assert "Of another" not in page.text


def test_report_is_refused_while_one_measure_has_two_values(client_of, event):
    report = factories.ReportFactory(year=2024)
    factories.ClaimFactory(report=report, measure="readers", value=3411, place="visibility")
    factories.ClaimFactory(report=report, measure="readers", value=3495, place="grant")

    page = client_of("secretary_general").post(FREEZE, {"confirmed": "1"})

    assert (page.status_code, GrantReport.objects.exists()) == (409, False)
    assert "readers: 3,411 (visibility) and 3,495 (grant)" in words(page)


@pytest.mark.parametrize(
    "seat", sorted(set(SEATS) - {"secretary_general", "administrator", "communication", "superuser"})
)
def test_who_keeps_no_reports_freezes_none(client_of, event, seat):
    client_of(seat).post(FREEZE, {"confirmed": "1"})

    assert GrantReport.objects.exists() is False


@pytest.mark.parametrize(
    "path", ["/grants/grant/report/2023/", "/grants/no-such/report/2024/", "/desk/grants/grant/report/2023/freeze/"]
)
def test_a_year_without_a_work_programme_is_not_there(client_of, event, path):
    assert client_of("secretary_general").get(path).status_code == 404


def test_page_of_the_record_shows_no_raw_contents(client_of, frozen):
    page = client_of("funder").get(f"/records/reports.grantreport/{frozen.pk}/")

    assert (page.status_code, "headings" in page.text) == (200, False)
