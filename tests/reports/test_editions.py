"""Freezing a report: the edition stays as it was printed, the records go on, both numbers are told."""

import re
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from tests.core.crud.reading import words
from tests.factories import (
    ChapterFactory,
    ClaimFactory,
    ConfederationFactory,
    PassageFactory,
    ReportEditionFactory,
    ReportFactory,
    VideoFactory,
)
from tests.website.page import Page
from umbel.communication.models import Video
from umbel.core.changelog import Change
from umbel.core.work import enlist
from umbel.reports.freezing import freeze_report
from umbel.reports.layouts.length import LONG_YEAR
from umbel.reports.models import Edition

pytestmark = pytest.mark.django_db

FREEZE = "/desk/reports/2024/freeze/"
FIRST = "/reports/2024/editions/1/"
TOKEN = re.compile(r'name="once" value="([^"]+)"')


@pytest.fixture(autouse=True)
def report():
    """The report of 2024, which tells how many videos there are: one."""
    ConfederationFactory(name="The Umbrella")
    report = ReportFactory(year=2024)
    chapter = ChapterFactory(report=report, title="What we told", layout="about")
    PassageFactory(chapter=chapter, text="We made {communication.videos|words} in all.")
    VideoFactory(title="Care", key="care")
    return report


@pytest.fixture
def frozen(client_of):
    """Edition 1, frozen on the desk."""
    client_of("communication").post(FREEZE, {"confirmed": "1"})
    return Edition.objects.get()


def test_who_keeps_reports_is_asked_before_anything_is_frozen(client_of):
    page = client_of("communication").get(FREEZE)

    assert (page.context["number"], Edition.objects.exists()) == (1, False)
    assert "Freeze Activity Report 2024 as edition 1?" in words(page)


def test_a_frozen_report_is_the_next_edition_signed_by_who_froze_it(client_of, frozen):
    answer = client_of("communication").post(FREEZE, {"confirmed": "1"}, follow=True)

    assert answer.redirect_chain == [("/reports/2024/editions/2/", 302)]
    assert list(Edition.objects.values_list("number", "frozen_by")) == [
        (number, "communication@example.org") for number in (1, 2)
    ]
    assert {change.who for change in Change.objects.filter(type="reports.edition")} == {"communication@example.org"}


def test_a_form_sent_twice_freezes_once_and_one_opened_anew_freezes_again(client_of):
    browser = client_of("communication")
    shown, anew = (TOKEN.search(browser.get(FREEZE).text)[1] for _ in range(2))

    answers = [browser.post(FREEZE, {"confirmed": "1", "once": token}) for token in (shown, shown, anew)]

    assert [answer.url for answer in answers] == [FIRST, FIRST, "/reports/2024/editions/2/"]
    assert list(Edition.objects.values_list("number", flat=True)) == [1, 2]


@pytest.mark.parametrize("seat", ["advocacy", "finance", "membership", "board", "reader", "funder"])
def test_who_keeps_no_reports_freezes_nothing(client_of, seat):
    answer = client_of(seat).post(FREEZE, {"confirmed": "1"})

    assert (answer.status_code, Edition.objects.exists()) == (404, False)


def test_one_measure_with_two_values_refuses_the_freeze_and_names_both_places(client_of, report):
    ClaimFactory(report=report, measure="readers", value=3411, place="visibility")
    ClaimFactory(report=report, measure="readers", value=3495, place="grant")

    page = client_of("communication").post(FREEZE, {"confirmed": "1"})

    assert (page.status_code, Edition.objects.exists()) == (409, False)
    assert "readers: 3,411 (visibility) and 3,495 (grant)" in words(page)
    with pytest.raises(CommandError, match=r"readers: 3,411 \(visibility\) and 3,495 \(grant\)"):
        call_command("freeze", "2024", stdout=StringIO())
    call_command("freeze", "2024", "--anyway", stdout=StringIO())
    assert Edition.objects.get().number == 1


def test_a_row_added_later_changes_the_live_report_and_not_the_edition(client, frozen):
    VideoFactory(title="Later", key="later")

    live, printed = client.get("/reports/2024/"), client.get(FIRST)

    assert ("We made two in all." in words(live), "We made one in all." in words(printed)) == (True, True)
    erratum = {each.key: each for each in printed.context["errata"]}["communication.videos"]
    assert (erratum.then, erratum.now, [row.text for row in erratum.came], erratum.went) == ("1", "2", ["Later"], [])


def test_a_text_changed_later_stays_as_it_was_in_the_edition(client, report, frozen):
    report.chapters.get().passages.update(text="Something else.")

    page = words(client.get(FIRST))

    assert ("We made one in all." in page, "Something else." in page) == (True, False)


@pytest.mark.parametrize(
    ("name", "beginning"), [("report.pdf", b"%PDF-"), ("listing.csv", b"key,date,"), ("figures.json", b"[\n {")]
)
def test_files_of_an_edition_are_those_of_its_day(client, frozen, name, beginning):
    before = client.get(f"{FIRST}{name}").getvalue()
    VideoFactory(title="Later")

    after = client.get(f"{FIRST}{name}").getvalue()

    assert (after == before, after[: len(beginning)]) == (True, beginning)
    assert client.get(f"{FIRST}passwords.txt").status_code == 404


def test_report_lists_its_editions_and_one_of_figures_alone_leads_nowhere(client, report, frozen):
    ReportEditionFactory(report=report, number=2)

    page = client.get("/reports/2024/")

    assert [(each.number, each.is_whole) for each in page.context["editions"]] == [(2, False), (1, True)]
    assert (FIRST in page.text, client.get("/reports/2024/editions/2/").status_code) == (True, 404)


def test_edition_of_a_report_that_is_not_public_is_not_there(client, as_secretariat, report, frozen):
    report.audience = "secretariat"
    report.save()

    assert [browser.get(FIRST).status_code for browser in (client, as_secretariat)] == [404, 200]


def test_figures_tell_what_differs_from_the_last_edition_with_the_rows_added_since(client, frozen):
    before = client.get("/figures/2024/?chapter=communication").context
    VideoFactory(title="Later", key="later")
    Video.objects.filter(key="care").delete()
    VideoFactory(title="For members", audience="members")

    after = client.get("/figures/2024/?chapter=communication").context

    assert (before["edition"], before["differences"]) == (frozen, [])
    told = {each.key: each for each in after["differences"]}["communication.videos"]
    assert (told.then, told.now, [row.text for row in told.came]) == ("1", "2", ["Later"])
    assert ([row["text"] for row in told.went], told.hidden) == (["Care"], 1)


def test_rows_that_were_not_public_are_not_told_when_they_go(client, as_secretariat):
    VideoFactory(title="For members", key="members", audience="members")
    call_command("freeze", "2024", stdout=StringIO())
    Video.objects.filter(key="members").delete()

    told = {
        who: {each.key: each for each in browser.get("/figures/2024/").context["differences"]}["communication.videos"]
        for who, browser in (("all", client), ("own", as_secretariat))
    }

    assert ([row["text"] for row in told["all"].went], told["all"].hidden) == ([], 1)
    assert ([row["text"] for row in told["own"].went], told["own"].hidden) == (["For members"], 0)


def test_audit_says_that_nothing_is_frozen_and_later_what_changed(as_secretariat):
    def found():
        checks = as_secretariat.get("/audit/2024/").context["checks"]
        return next([finding["text"] for finding in each["findings"]] for each in checks if each["key"] == KEY)

    nothing = found()
    call_command("freeze", "2024", stdout=StringIO())
    unchanged = found()
    VideoFactory(title="Later")

    assert (nothing, unchanged) == (["Nothing is frozen yet."], [])
    assert "Videos: printed 1, now 2. new: “Later”" in found()


KEY = "editions.drift"


def test_an_edition_altered_in_the_database_is_told(as_secretariat, frozen):
    Edition.objects.update(printed=frozen.printed.replace("We made", "They made"))

    page = words(as_secretariat.get("/audit/2024/"))

    assert "The figures of edition 1 were altered after it was frozen." in page


# The worker closes its connections as it goes, which no transaction of a test would outlive.
@pytest.mark.django_db(transaction=True)
def test_a_long_year_is_frozen_by_a_worker_while_the_page_says_so(client_of):
    Video.objects.bulk_create(
        Video(key=f"v{number}", title=f"Video {number}", date="2024-05-01") for number in range(LONG_YEAR)
    )
    browser = client_of("communication")

    token = TOKEN.search(browser.get(FREEZE).text)[1]
    progress = browser.post(FREEZE, {"confirmed": "1", "once": token}).url
    waiting = browser.get(progress)
    call_command("db_worker", batch=True, interval=0, startup_delay=False, reload=False, verbosity=0)
    done = browser.get(progress)
    again = browser.post(FREEZE, {"confirmed": "1", "once": token}).url

    assert ("data-finished" in waiting.text, "Freezing Activity Report 2024" in words(waiting)) == (False, True)
    assert (done.status_code, done.url, again) == (302, FIRST, progress)
    assert Edition.objects.get().frozen_by == "communication@example.org"


def test_passage_of_a_report_refuses_a_photograph(as_secretariat, report):
    chapter = report.chapters.get()
    passage = chapter.passages.get()
    address = f"/desk/passages/{passage.pk}/"

    pages = [
        as_secretariat.post(address, {"chapter": chapter.pk, "slot": "lead", "order": 0, "text": text})
        for text in ("![The board](photo:board)", 'See <img src="/files/board.jpg">')
    ]

    assert [page.status_code for page in pages] == [422, 422]
    assert {"A report takes no photographs: place it in a story or on a page." in words(page) for page in pages} == {
        True
    }
    passage.refresh_from_db()
    assert passage.text == "We made {communication.videos|words} in all."


@pytest.mark.parametrize(("is_staffed", "told"), [(False, (1, 0, 1)), (True, (0, 1, 0))])
def test_a_freeze_that_no_worker_does_says_so(client_of, report, is_staffed, told):
    if is_staffed:
        enlist()
    task = freeze_report.enqueue(report.pk, "communication@example.org")

    page = client_of("communication").get(f"/desk/reports/2024/freeze/{task.id}/")

    counted = ("No worker runs.", "<progress", "The report waits to be frozen")
    assert tuple(page.text.count(words) for words in counted) == told


def test_reports_are_listed_by_year_with_their_editions_and_files(client, report, frozen):
    ReportFactory(year=2023)
    ReportFactory(year=2022, audience="secretariat")
    ReportEditionFactory(report=report, number=2)

    page = client.get("/reports/")

    listed = [(each.year, [edition.number for edition in each.bare_editions]) for each in page.context["reports"]]
    assert listed == [(2024, [2, 1]), (2023, [])]
    links = [link["href"] for link in Page(page.text).named("a") if link["href"].startswith("/reports/20")]
    assert [link for link in links if link.endswith(("/", "report.pdf"))][:6] == [
        "/reports/2024/",
        "/reports/2024/report.pdf",
        FIRST,
        f"{FIRST}report.pdf",
        "/reports/2023/",
        "/reports/2023/report.pdf",
    ]
    assert {client.get(link).status_code for link in links if link.endswith("listing.csv")} == {200}


@pytest.mark.parametrize("count", [1, 3])
def test_list_of_reports_costs_the_same_for_more(client, report, frozen, django_assert_num_queries, count):
    for year in range(2023, 2023 - count, -1):
        ReportEditionFactory(report=ReportFactory(year=year), number=1)
    client.get("/reports/")

    with django_assert_num_queries(5):
        client.get("/reports/")
