"""A generated year too long to be listed: the report tells it by numbers and by the first entries of each month."""

import csv
import io
import re
from io import StringIO

import pypdfium2
import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.acceptance.printout import sheets
from tests.acceptance.webpage import Page
from tests.factories import (
    ConfederationFactory,
    DeliverableFactory,
    EventFactory,
    GroupFactory,
    GroupMeetingFactory,
    JointLetterFactory,
    PolicyFileFactory,
    ReportFactory,
    StoryFactory,
)
from umbel.core import chronology, registry
from umbel.core.figures import evaluate
from umbel.core.leaf import PER
from umbel.core.periods import Period
from umbel.groups.models import Group
from umbel.projects.models import Heading
from umbel.reports import audit, board, document, printing
from umbel.reports.layouts import glance, length
from umbel.reports.layouts.length import IN_A_CELL, LONG_TABLE, LONG_YEAR, SHOWN
from umbel.reports.models import Chapter, Report

YEAR = Period.year(2024)
RECORDS = 2200


@pytest.fixture(scope="module")
def year(django_db_setup, django_db_blocker):
    """The report of a generated year; the records go when the module's tests have run."""
    with django_db_blocker.unblock(), transaction.atomic():
        call_command("generate", str(RECORDS), stdout=StringIO())
        yield Report.objects.get()
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def html(year):
    return Client().get("/reports/2024/").text


@pytest.fixture(scope="module")
def doc(year):
    return document.build(year, medium="print")


@pytest.fixture(scope="module")
def made(doc):
    return printing.pdf(doc)


@pytest.fixture
def words(made):
    """The text of the PDF on one line."""
    pages = pypdfium2.PdfDocument(made)
    return " ".join(" ".join(page.get_textpage().get_text_range() for page in pages).split())


def data_of(doc, layout):
    return next(chapter["data"] for chapter in doc["chapters"] if chapter["layout"] == layout)


def lines_of(month):
    return [line for line in chronology.lines(YEAR) if line.date.month == month]


def test_each_month_shows_its_first_entries_by_date(doc):
    months = data_of(doc, "glance")["months"]

    shown = [[entry["key"] for entry in month["entries"]] for month in months]

    assert shown == [[line.key for line in lines_of(number)[:SHOWN]] for number in range(1, 13)]
    assert {month["first"]["shown"] for month in months} == {str(SHOWN)}


def test_a_month_says_how_much_of_it_is_shown(html, words):
    for number in range(1, 13):
        count = evaluate(f"chronicle.month.{number:02}", YEAR).value
        assert f"the first {SHOWN} of {count}" in words

    assert html.count('<li class="entry ') <= 13 * SHOWN
    assert html.count(f"of which the first <span data-record>{SHOWN}</span>") == 12


def test_web_page_and_pdf_show_the_same_rows_and_figures(year, doc):
    web = document.build(year)

    assert [chapter["data"] for chapter in web["chapters"]] == [chapter["data"] for chapter in doc["chapters"]]
    assert web["figures"] == doc["figures"]


def test_every_figure_is_printed_in_one_of_its_forms_on_the_web_page_and_in_the_pdf(html, doc, made):
    on_page = {(cited.year, cited.key, cited.text) for cited in Page(html).figures()}
    on_paper = {(*figure, text) for sheet in sheets(made) for figure, text in sheet.figures()}
    forms = {
        (figure["period"], figure["key"], figure[form])
        for figure in doc["figures"].values()
        for form in ("value", "word", "Word", "ordinal")
    }

    assert (on_page | on_paper) - forms == set()
    assert len(on_page & on_paper) > 100


def test_numbers_by_month_and_family_are_those_of_the_whole_listing(html, doc):
    rows = doc["drawings"]["months"]["rows"]

    assert [row[-1] for row in rows] == [len(lines_of(month)) for month in range(1, 13)]
    assert '<details class="numbers" open>' in html


def test_the_table_by_month_is_printed(doc, words):
    head, *_others = [" ".join(str(cell) for cell in row) for row in doc["drawings"]["months"]["rows"]]

    assert head in words


def test_what_is_not_public_is_said_to_be_counted_and_not_listed(html, words):
    hidden = evaluate("chronicle.entries", YEAR).value - len(chronology.lines(YEAR))

    assert hidden > 0
    assert f"Not public: {hidden}." in words
    assert f"Not public: <span data-record>{hidden}</span>." in html


def test_the_whole_list_is_named_and_complete(html, made):
    addresses = {link.address for sheet in sheets(made) for link in sheet.links}
    [listing] = set(re.findall(r'href="[^"]*(/reports/2024/listing.csv)"', html))
    whole = [line.key for line in chronology.lines(YEAR)]

    assert any(address.endswith("/year/2024/") for address in addresses)
    assert any(address.endswith(listing) for address in addresses)
    assert [row["key"] for row in csv.DictReader(io.StringIO(Client().get(listing).text))] == whole


def entries(address):
    page = Client().get(address)
    return page, [entry["key"] for month in page.context["months"] for entry in month["entries"]]


def test_the_year_at_a_glance_shows_the_first_of_each_month_and_leads_to_the_rest(year):
    page, shown = entries("/year/2024/")
    months = [[line.key for line in lines_of(number or None)] for number in (*range(1, 13), 0)]

    assert shown == [key for month in months for key in month[:SHOWN]]
    assert f"The first {SHOWN} of {len(months[2])}." in page.text
    assert '<a href="?month=3">All of March</a>' in page.text
    assert entries("/year/2024/?month=3")[1] == months[2][:PER]
    assert entries("/year/2024/?month=13")[1] == months[12]


def test_a_long_list_of_the_year_comes_page_by_page(year):
    whole = [line.key for line in chronology.lines(YEAR) if line.kind.family == "events"]
    pages = -(-len(whole) // PER)
    first, shown = entries("/year/2024/?family=events&n=0")

    found = [sorted(entries(f"/year/2024/?family=events&page={number}")[1]) for number in range(1, pages + 1)]

    assert pages > 2
    assert sorted(shown) == sorted(whole[:PER])
    assert found == [sorted(whole[start : start + PER]) for start in range(0, len(whole), PER)]
    assert f"{len(whole)} activities match" in first.text
    assert 'href="?family=events&amp;page=2" rel="next"' in first.text
    assert entries("/year/2024/?family=events&page=99")[1] == entries("/year/2024/?family=events&page=98")[1] != []


def findings(address):
    page = Client().get(address)
    return page, {check["key"]: [finding["text"] for finding in check["findings"]] for check in page.context["checks"]}


def test_the_audit_shows_the_first_findings_of_a_check_and_leads_to_the_rest(year):
    answers = {answer.key: answer.findings for answer in audit.checks(year, YEAR)}
    untold = [finding.text for finding in answers["records.untold"]]

    page, shown = findings("/audit/2024/")

    assert shown["records.untold"] == untold[:SHOWN]
    assert f"The first {SHOWN} of {len(untold)}." in page.text
    assert '<a href="?check=records.untold">All findings</a>' in page.text
    pages = [findings(f"/audit/2024/?check=records.untold&page={number}")[1] for number in range(1, 9)]
    assert [text for leaf in pages for text in leaf["records.untold"]][: len(untold)] == untold
    assert all(list(leaf) == ["records.untold"] for leaf in pages)


def test_hundreds_of_figures_come_page_by_page(year, monkeypatch):
    monkeypatch.setattr(board, "LONG_YEAR", 100)
    keys = [figure.key for figure in registry.figures()]

    shown = [
        figure["key"]
        for number in range(1, -(-len(keys) // PER) + 1)
        for figure in Client().get(f"/figures/2024/?page={number}").context["figures"]
    ]

    assert shown == keys


@pytest.mark.parametrize("address", ["/year/2024/", "/figures/2024/", "/reports/2024/", "/audit/2024/"])
def test_a_long_year_is_told_with_as_many_queries_as_a_longer_one(year, address):
    """Twice as many files, groups, letters and lines take no query more."""

    def asked(number):
        with CaptureQueriesContext(connection) as queries:
            assert Client().get(f"{address}?n={number}").status_code == 200
        return len(queries)

    asked(0)
    before = asked(1)
    with transaction.atomic():
        for made in (PolicyFileFactory, GroupFactory, JointLetterFactory, StoryFactory):
            made.create_batch(4)
        DeliverableFactory.create_batch(4, heading=Heading.objects.filter(year=2024).first())
        for group in Group.objects.all():
            GroupMeetingFactory(group=group, date="2024-05-05")
        asked(2)
        after = asked(3)
        transaction.set_rollback(True)

    assert after <= before


def test_a_long_table_shows_its_first_rows_and_the_figures_that_open_the_rest(doc, html, words):
    advocacy, count = data_of(doc, "advocacy"), len(registry.get_listing("advocacy.positions", YEAR))
    told = advocacy["cut"]["positions"]

    assert count > LONG_TABLE
    assert len(advocacy["positions"]) == SHOWN
    assert sum(evaluate(shown["fig"], YEAR).value for shown in told["figures"]) == count
    assert f"The first {SHOWN} of {count}, by date; these figures open the rest" in words
    assert f"<span data-record>{SHOWN}</span> of <span data-record>{count}</span>, by date" in html


def test_a_table_that_is_not_long_is_whole(doc):
    advocacy, letters = data_of(doc, "advocacy"), registry.get_listing("advocacy.letters", YEAR)

    assert len(advocacy["letters"]) == len(letters) <= LONG_TABLE
    assert "letters" not in advocacy["cut"]


def test_seats_are_read_in_bulk(year, django_assert_max_num_queries):
    with django_assert_max_num_queries(6):
        seats = registry.get_listing("advocacy.seats", YEAR)

    assert any(seat["acts"] for seat in seats)


@pytest.mark.django_db
@pytest.mark.parametrize(("limit", "is_long"), [(50, False), (49, True)])
def test_a_year_is_long_beyond_the_limit(monkeypatch, limit, is_long):
    monkeypatch.setattr(glance, "LONG_YEAR", limit)
    ConfederationFactory()
    report = ReportFactory(year=2024)
    Chapter.objects.create(report=report, key="glance", layout="glance", title="Glance", order=1)
    for day in range(50):
        EventFactory(date=f"2024-03-{1 + day % 28:02}")

    data = data_of(document.build(report), "glance")

    assert (data["long"] is not None) == is_long
    assert len(data["months"][2]["entries"]) == (SHOWN if is_long else 50)
    assert LONG_YEAR > limit


def test_a_cell_names_some_and_says_that_there_are_others():
    titles = [f"Title {number}" for number in range(IN_A_CELL + 1)]

    assert length.in_a_cell(titles[:-1]) == titles[:-1]
    assert length.in_a_cell(titles, "and others") == [*titles[:-1], "and others"]
