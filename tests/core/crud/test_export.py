"""Lists as files."""

import csv
import re
from io import BytesIO, StringIO

import pytest
from python_calamine import CalamineWorkbook

from tests import factories
from umbel.core.crud.sections import sections

pytestmark = pytest.mark.django_db


def read_csv(page):
    text = b"".join(page.streaming_content).decode("utf-8-sig")
    return list(csv.DictReader(StringIO(text)))


def read_xlsx(page):
    book = CalamineWorkbook.from_filelike(BytesIO(b"".join(page.streaming_content)))
    return book.get_sheet_by_index(0).to_python()


@pytest.mark.parametrize("section", sections(), ids=lambda section: section.key)
def test_every_list_is_there_as_a_file(as_secretariat, section):
    if section.model in factories.FACTORIES and section.key != "confederation":
        factories.FACTORIES[section.model]()

    table = read_csv(as_secretariat.get(f"/desk/{section.key}.csv"))
    sheet = read_xlsx(as_secretariat.get(f"/desk/{section.key}.xlsx"))

    assert len(sheet) == len(table) + 1 == section.model.objects.count() + 1


def test_file_holds_what_is_filtered(as_secretariat):
    factories.EventFactory(title="A visit", kind="visit", date="2024-03-01")
    factories.EventFactory(title="A jury", kind="jury")

    [row] = read_csv(as_secretariat.get("/desk/events.csv?kind=visit"))

    assert (row["title"], row["date"], row["kind"]) == ("A visit", "2024-03-01", "visit")


def test_workbook_says_choices_and_dates_in_words(as_secretariat):
    factories.EventFactory(title="A visit", kind="visit", date="2024-03-01")

    head, row = read_xlsx(as_secretariat.get("/desk/events.xlsx"))

    assert head[:3] == ["Title", "Date", "Type"]
    assert row[:3] == ["A visit", "1 Mar 2024", "Visit paid"]


@pytest.mark.parametrize("name", ["=1+1", "+cmd", "-2+3", "@sum", "\t=1"])
def test_name_that_looks_like_a_formula_is_none_in_a_file(as_secretariat, name):
    factories.EventFactory(title=name)

    [row] = read_csv(as_secretariat.get("/desk/events.csv"))
    _head, line = read_xlsx(as_secretariat.get("/desk/events.xlsx"))

    assert row["title"] == f"'{name}"
    assert line[0] == name


def test_no_other_kind_of_file_is_there(as_secretariat):
    factories.EventFactory()

    page = as_secretariat.get("/desk/events/").text

    assert set(re.findall(r'href="/desk/events\.(\w+)', page)) == {"csv", "xlsx"}
    assert as_secretariat.get("/desk/events.pdf").status_code == 404
