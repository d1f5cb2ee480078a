"""Figures and the listing as files for other programs."""

import csv
import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.factories import ConfederationFactory, EventFactory, IssueFactory, TopicFactory, VideoFactory
from umbel.core.audience import Operator
from umbel.core.figures import evaluate
from umbel.core.periods import Period
from umbel.reports import tables

YEAR = Period.year(2024)


def read(text):
    return list(csv.DictReader(io.StringIO(text, newline="")))


@pytest.mark.parametrize("formula", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", '=HYPERLINK("x")'])
def test_text_that_a_spreadsheet_would_run_gets_an_apostrophe(formula):
    [row] = read(tables.to_csv({"title": ("string", "")}, [{"title": formula}]))

    assert row["title"] == f"'{formula}"


@pytest.mark.parametrize("cell", ["A title", "2024-06", "a = b", "", "’quoted", 5, -3, 9.6, None])
def test_other_cells_stay_as_they_are(cell):
    assert tables.harmless(cell) == cell


@given(st.text())
def test_no_cell_begins_like_a_formula(text):
    assert str(tables.harmless(text))[:1] not in tuple("=+-@\t\r")


@pytest.mark.django_db
def test_title_of_a_record_cannot_run_in_the_listing():
    EventFactory(title='=cmd|"/c calc"!A1', place="@home")

    [row] = read(tables.to_csv(tables.LISTING_COLUMNS, tables.listing_rows(YEAR)))

    assert (row["title"], row["place"]) == ('\'=cmd|"/c calc"!A1', "'@home")


@pytest.mark.django_db
def test_title_of_a_record_cannot_run_in_the_rows_of_a_figure():
    VideoFactory(title="+cmd")
    entry = tables.figure_entry(evaluate("communication.videos", YEAR))

    [row] = read(tables.rows_csv(entry))

    assert row["text"] == "'+cmd"


@pytest.mark.django_db
def test_cells_with_commas_quotes_and_lines_come_back_as_they_were():
    title = 'Commas, "quotes"\nand lines'
    EventFactory(title=title)

    [row] = read(tables.to_csv(tables.LISTING_COLUMNS, tables.listing_rows(YEAR)))

    assert row["title"] == title


@pytest.mark.django_db
def test_listing_tells_what_a_row_is_about():
    event = EventFactory(key="t1", title="A hearing", kind="hearing", part="speaker", country="BE", date="2024-06")
    event.topics.add(TopicFactory(key="care"), TopicFactory(key="ai-data"))

    [row] = tables.listing_rows(YEAR)

    assert row == {
        "key": "t1",
        "date": "2024-06",
        "month": 6,
        "family": "events",
        "kind": "hearing",
        "part": "speaker",
        "title": "A hearing",
        "place": "",
        "countries": "BE",
        "topics": "ai-data care",
        "link": "",
    }


@pytest.mark.django_db
def test_listing_leaves_out_what_a_visitor_may_not_see():
    IssueFactory(key="for-all")
    IssueFactory(key="for-members", audience="members")

    seen = {user: [row["key"] for row in tables.listing_rows(YEAR, user)] for user in (None, Operator())}

    assert list(seen.values()) == [["for-all"], ["for-all", "for-members"]]


@pytest.mark.django_db
def test_figures_in_csv_count_rows_that_are_not_public():
    ConfederationFactory()
    IssueFactory(newsletter__readers="internal", audience="members")

    rows = {row["key"]: row for row in read(tables.figures_csv(tables.figures_json(YEAR)))}

    told = rows["communication.internal_newsletters"]
    assert (told["value"], told["rows"]) == ("1", "1")


@pytest.mark.django_db
def test_figure_hides_rows_and_says_how_many():
    ConfederationFactory()
    IssueFactory(key="open", newsletter__readers="internal")
    IssueFactory.create_batch(2, newsletter__readers="internal", audience="members")

    entry = tables.figure_entry(evaluate("communication.internal_newsletters", YEAR))

    assert (entry["value"], [row["id"] for row in entry["rows"]], entry["rows_not_public"]) == (3, ["open"], 2)


@pytest.mark.django_db
def test_figure_without_a_value_is_null_and_not_zero():
    ConfederationFactory()

    assert tables.figure_entry(evaluate("communication.website_users", YEAR))["value"] is None


@pytest.mark.parametrize("columns", [tables.FIGURE_COLUMNS, tables.LISTING_COLUMNS], ids=["figures", "listing"])
def test_description_of_a_csv_file_names_its_columns(columns):
    described = json.loads(tables.csvw("file.csv", "Activity Report 2024", columns, "en"))

    header = tables.to_csv(columns, []).strip().split(",")

    assert [column["name"] for column in described["tableSchema"]["columns"]] == header
    assert described["@context"] == ["http://www.w3.org/ns/csvw", {"@language": "en"}]
    assert (described["url"], described["dc:title"]) == ("file.csv", "Activity Report 2024")
    assert described["tableSchema"]["primaryKey"] in header


def test_description_uses_data_types_of_the_standard():
    columns = {**tables.FIGURE_COLUMNS, **tables.LISTING_COLUMNS}

    assert {datatype for datatype, _ in columns.values()} <= {"string", "date", "decimal", "integer", "anyURI"}
