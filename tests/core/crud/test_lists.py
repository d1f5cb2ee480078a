"""Lists of the desk: pages, filters, columns, views, and the number of questions they ask of the database."""

import re
from urllib.parse import urlencode

import pytest

from tests import factories
from tests.core.crud.reading import names, words
from umbel.core.crud.sections import GROUPS, sections

pytestmark = pytest.mark.django_db


def rows_of(section, number):
    return [factories.FACTORIES[section.model]() for _ in range(number)] if section.model in factories.FACTORIES else []


@pytest.fixture(params=sections(), ids=lambda section: section.key)
def section(request):
    return request.param


def test_list_shows_its_records(as_secretariat, section):
    if section.key == "confederation":
        pytest.skip("there is one confederation")
    rows_of(section, 1)

    page = as_secretariat.get(section.url)

    assert page.status_code == 200
    assert len(names(page)) == min(section.model.objects.count(), 50)


def test_list_asks_as_often_for_three_rows_as_for_one(as_secretariat, section, django_assert_max_num_queries):
    if section.key == "confederation":
        pytest.skip("there is one confederation")
    counts = []
    for number in (1, 2):
        rows_of(section, number)
        as_secretariat.get(section.url)
        with django_assert_max_num_queries(14) as asked:
            as_secretariat.get(section.url)
        counts.append(len(asked))

    assert counts[0] == counts[1]


@pytest.mark.parametrize("count", [1, 3])
def test_organisations_are_listed_with_ten_questions(client_of, django_assert_num_queries, count):
    client = client_of("administrator")
    factories.OrganisationFactory.create_batch(count)
    client.get("/desk/organisations/")

    with django_assert_num_queries(9):
        page = client.get("/desk/organisations/")

    assert page.status_code == 200


def test_every_view_and_filter_of_a_section_can_be_asked(as_secretariat, section):
    rows_of(section, 1)
    values = ("today", "2024", "yes", "1", "nonsense", "BE", "\0", "9" * 40)
    asked = [f"?{view.query}" for view in section.views]
    asked += [f"?{urlencode({each.name: value})}" for each in section.asked for value in values]

    refused = [query for query in asked if as_secretariat.get(f"{section.url}{query}").status_code != 200]

    assert refused == []


def test_every_column_of_a_section_can_be_shown_and_sorted_by(as_secretariat, section):
    rows_of(section, 1)
    offered = [column.name for column in section.columns_offered]
    asked = [{"sort": f"{turn}{name}", "cols": ",".join(offered)} for name in offered for turn in ("", "-")]

    refused = [query for query in asked if as_secretariat.get(section.url, query).status_code != 200]

    assert refused == []


def test_every_section_has_an_icon_and_stands_in_a_known_group():
    from umbel.core.templatetags.ui import symbols_by_name

    assert {section.icon for section in sections()} <= set(symbols_by_name())
    assert {section.group for section in sections()} - {""} == set(GROUPS)


def test_list_is_sorted_by_name_without_regard_to_case_and_accents(as_secretariat):
    for name in ("Zebra", "école", "Ant", "apple"):
        factories.IndicatorFactory(name=name)

    page = as_secretariat.get("/desk/indicators/?sort=name")

    assert names(page) == ["Ant", "apple", "école", "Zebra"]


def test_list_is_narrowed_by_a_filter_in_the_address(as_secretariat):
    factories.EventFactory(title="In March", date="2024-03-01")
    factories.EventFactory(title="In May", date="2024-05")

    page = as_secretariat.get("/desk/events/?date=2024-03..2024-04")

    assert names(page) == ["In March"]


def test_filter_that_means_nothing_says_so_and_shows_nothing(as_secretariat):
    factories.EventFactory()

    page = as_secretariat.get("/desk/events/?date=soon")

    assert names(page) == []
    assert "“soon” is not a date. Write 2024, Oct 2024 or 11 December 2024." in words(page)


def test_gap_is_shown_and_can_be_asked_for(as_secretariat):
    factories.PositionFactory(title="Dated")
    factories.PositionFactory(title="Undated", date=None)

    page = as_secretariat.get("/desk/positions/?without=date")

    assert names(page) == ["Undated"]
    assert '<span class="missing">not recorded</span>' in page.content.decode()


def test_word_finds_a_record_under_each_spelling(as_secretariat):
    factories.PersonFactory(name="Jarmo Hänninen")
    factories.PersonFactory(name="Somebody Else")

    page = as_secretariat.get("/desk/people/?q=hanninen")

    assert names(page) == ["Jarmo Hänninen"]


def test_columns_are_chosen_and_remembered(as_secretariat, cast):
    factories.EventFactory(note="A note of ours")

    as_secretariat.post("/desk/events/columns/", {"col": ["date", "note"], "address": "?kind=conference"})

    page = as_secretariat.get("/desk/events/")
    assert "A note of ours" in words(page)
    assert "Own part" not in page.content.decode().split("<tbody>")[0].split("<thead>")[1]
    as_secretariat.post("/desk/events/columns/", {"usual": "1"})
    assert "A note of ours" not in words(as_secretariat.get("/desk/events/"))


def test_columns_in_the_address_come_first(as_secretariat):
    factories.EventFactory(note="A note of ours")

    page = as_secretariat.get("/desk/events/?cols=note")

    assert "A note of ours" in words(page)


def test_view_is_kept_renamed_put_first_and_removed(as_secretariat, cast):
    def kept():
        cast.secretariat.refresh_from_db()
        return [view["label"] for view in cast.secretariat.preferences["views"]["events"]]

    for label in ("Mine", "Yours"):
        as_secretariat.post("/desk/events/views/", {"label": label, "query": "?kind=visit&page=2"})
    assert kept() == ["Mine", "Yours"]
    assert cast.secretariat.preferences["views"]["events"][0]["query"] == "kind=visit"

    as_secretariat.post("/desk/events/views/", {"label": "Ours", "was": "Mine", "query": "?kind=visit"})
    assert kept() == ["Yours", "Ours"]
    as_secretariat.post("/desk/events/views/", {"label": "Ours", "was": "Ours", "first": "1"})
    assert kept() == ["Ours", "Yours"]
    as_secretariat.post("/desk/events/views/", {"label": "Ours", "was": "Ours", "forget": "1"})
    assert kept() == ["Yours"]


def test_view_keeps_its_order_and_its_columns(as_secretariat, cast):
    for title, date in (("Early", "2024-01"), ("Late", "2024-12")):
        factories.EventFactory(title=title, date=date, note="A note of ours")
    as_secretariat.post("/desk/events/columns/", {"col": ["date", "note"]})

    as_secretariat.post("/desk/events/views/", {"label": "Mine", "query": "?date=2024&sort=date&per=100&page=1"})
    as_secretariat.post("/desk/events/columns/", {"usual": "1"})

    cast.secretariat.refresh_from_db()
    [view] = cast.secretariat.preferences["views"]["events"]
    page = as_secretariat.get(f"/desk/events/?{view['query']}")
    assert view["query"] == "date=2024&sort=date&cols=date%2Cnote"
    assert names(page) == ["Early", "Late"]
    assert "A note of ours" in words(page)
    assert re.findall(r'aria-current="page">([A-Z]\w+)<', page.text) == ["Mine"]


def test_choices_begin_with_a_capital(as_secretariat):
    factories.OrganisationFactory(name="One", kind="federation")

    page = as_secretariat.get("/desk/organisations/?q=One")

    assert '<option value="federation">Federation</option>' in page.content.decode()


def test_records_for_the_administrator_are_not_listed_to_others(client_of):
    factories.OrganisationFactory(name="Hush", audience="administrator")

    assert "Hush" not in words(client_of("membership").get("/desk/organisations/"))
    assert "Hush" in words(client_of("administrator").get("/desk/organisations/"))
