"""The pages as a visitor finds them: what they show, what they withhold, what they say where nothing is on record."""

import csv
import io
import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.db import connection
from django.template.loader import render_to_string
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.factories import (
    ConfederationFactory,
    EventFactory,
    EventPartnerFactory,
    IssueFactory,
    MembershipCategoryFactory,
    MembershipFactory,
    OrganisationFactory,
    PositionFactory,
    ReportFactory,
)
from tests.website.page import Page, page_of
from umbel.core.templatetags.ui import symbols_by_name

pytestmark = pytest.mark.django_db


@pytest.fixture
def confederation():
    return ConfederationFactory(name="COOPS", long_name="confederation of cooperatives")


def test_year_listing_keeps_what_the_address_asks_for(confederation):
    PositionFactory(title="Opinion on care", kind="opinion", has_page=True)
    PositionFactory(title="Reaction on tax", kind="reaction", has_page=False)
    EventFactory(title="Care conference", kind="conference", part="speaker", has_page=True)

    def titles(query):
        return page_of(f"/year/2024/{query}").titles()

    assert sorted(titles("")) == ["Care conference", "Opinion on care", "Reaction on tax"]
    assert titles("?family=events") == ["Care conference"]
    assert titles("?kind=advocacy.position.reaction") == ["Reaction on tax"]
    assert sorted(titles("?linked=1")) == ["Care conference", "Opinion on care"]
    assert titles("?q=CARE&family=advocacy") == ["Opinion on care"]
    assert titles("?q=nothing") == []


def test_year_listing_as_csv_has_the_filters_of_the_page(confederation):
    PositionFactory(title="Opinion on care", kind="opinion")
    EventFactory(title="Care conference", kind="conference", part="speaker")

    rows = list(csv.DictReader(io.StringIO(Client().get("/year/2024.csv?family=events").text)))

    assert [row["title"] for row in rows] == ["Care conference"]


def test_year_without_records_says_what_to_do(confederation):
    page = page_of("/year/2019/")

    assert "No activity is on record for 2019" in page.words("h2")
    assert page.named("form") == []


def test_year_that_cannot_be_is_not_found(confederation):
    page = page_of("/year/9999/", status=404)

    assert page.words("h1") == ["There is nothing at this address"]


def test_year_listing_takes_as_many_queries_for_many_rows_as_for_one(confederation):
    def queries(rows):
        for event in EventFactory.create_batch(rows, kind="conference", part="speaker"):
            EventPartnerFactory(event=event)
        with CaptureQueriesContext(connection) as captured:
            page = page_of("/year/2024/")
        return len(captured), len(page.titles())

    (few, one), (many, four) = queries(1), queries(3)

    assert (one, four) == (1, 4)
    assert few == many


def test_filter_is_taken_away_by_its_own_link(confederation):
    EventFactory(kind="conference", part="speaker")

    page = page_of("/year/2024/?family=events")

    assert "?" in {link["href"] for link in page.named("a")}
    assert "" not in {link["href"] for link in page.named("a")}


def test_record_shows_its_fields_and_what_belongs_to_it(confederation):
    partner = OrganisationFactory(name="Eurofound", kind="institution")
    event = EventFactory(title="Platform work", kind="webinar", part="organiser", format="online", country="BE")
    EventPartnerFactory(event=event, organisation=partner, role="co-organiser")

    page = page_of(event.get_absolute_url())

    assert page.words("h1") == ["Platform work"]
    assert {"Belgium", "Online", "Organiser"} <= set(page.words("dd"))
    assert partner.get_absolute_url() in {link["href"] for link in page.named("a")}


def test_record_of_part_knowledge_says_so(confederation):
    event = EventFactory(title="Board meeting", kind="statutory", part="organiser", date="2024")

    assert "undated" in page_of(event.get_absolute_url()).words("span")


def test_record_that_is_not_public_is_not_found(confederation, client_of):
    hidden = EventFactory(title="Board retreat", kind="meeting", part="organiser", audience="board")

    pages = [client_of(seat).get(hidden.get_absolute_url()) for seat in ("nobody", "reader", "board")]

    assert [page.status_code for page in pages] == [404, 404, 200]
    assert ["Board retreat" in page.text for page in pages] == [False, False, True]


def test_record_does_not_tell_of_one_that_is_not_public(confederation):
    organisation = OrganisationFactory(name="Smart")
    seen = EventFactory(title="Open day", kind="meeting", part="host")
    hidden = EventFactory(title="Board retreat", kind="meeting", part="host", audience="board")
    for event in (seen, hidden):
        EventPartnerFactory(event=event, organisation=organisation)

    response = Client().get(organisation.get_absolute_url())

    assert seen.get_absolute_url() in response.text
    assert hidden.get_absolute_url() not in response.text


@pytest.mark.parametrize(
    "address", ["/records/no.thing/x/", "/records/accounts.user/1/", "/records/events.event/none/", "/nowhere/"]
)
def test_address_without_a_page_says_where_to_go(confederation, address):
    page = page_of(address, status=404)

    assert page.words("h1") == ["There is nothing at this address"]
    assert {"/", "/year/2024/"} <= {link["href"] for link in page.named("a")}


def test_error_page_needs_neither_request_nor_database(django_assert_num_queries):
    with django_assert_num_queries(0):
        page = Page(render_to_string("500.html"))

    assert page.words("h1") == ["An error on our side"]


@pytest.mark.parametrize("address", ["/", "/year/2024/"])
def test_site_without_records_leads_to_the_set_up(client, address):
    answer = client.get(address)

    assert (answer.status_code, answer.url) == (302, "/start/")


def test_front_page_opens_with_the_latest_position(confederation):
    PositionFactory(title="Opinion on care", kind="opinion", date="2024-03")
    latest = PositionFactory(title="Reaction on tax", kind="reaction", date="2024-10")

    page = page_of("/")

    assert page.words("h1") == ["Reaction on tax"]
    assert latest.get_absolute_url() in {link["href"] for link in page.named("a")}


def test_front_page_leads_on_to_the_latest_position_and_asks_for_an_address(confederation):
    latest = PositionFactory(title="Reaction on tax", kind="reaction", date="2024-10")
    IssueFactory(newsletter__name="Letter", newsletter__readers="external")

    page = page_of("/")

    read = [around[-1][1]["href"] for text, around in page.texts if text == "Read the reaction"]
    assert read == [latest.get_absolute_url()]
    assert "/newsletters/subscribe/" in [form.get("action") for form in page.named("form")]
    assert "counted from records: open it to see the rows" in page.words("li")


@pytest.mark.parametrize(
    ("address", "number"), [("/", 0), ("/positions/", 0), ("/year/2024/", 0), ("/figures/2024/advocacy.positions/", 1)]
)
def test_foot_explains_marks_where_a_page_prints_figures_and_does_not_do_so_itself(confederation, address, number):
    PositionFactory(kind="opinion")

    assert page_of(address).words("h2").count("Marks of figures") == number


def test_foot_tells_who_funds_the_work_and_what_can_be_followed(confederation):
    confederation.funding_notice = "Funded by the Union."
    confederation.save()

    page = page_of("/positions/")

    foot = [text for text, around in page.texts if "footer" in {tag for tag, _ in around}]
    assert "Funded by the Union." in foot
    assert {"/positions.atom", "/stories.atom", "/events.ics"} <= {link["href"] for link in page.named("a")}


def test_page_of_a_member_says_what_its_category_is_or_that_nobody_recorded_it(confederation):
    told, untold = MembershipFactory(category=MembershipCategoryFactory(name="Full members")), MembershipFactory()

    assert "Full members" in page_of(f"/members/{told.organisation.key}/").words("span")
    assert page_of(f"/members/{untold.organisation.key}/").words("dd")[:1] == ["not recorded"]


def test_current_page_is_told_to_assistive_technology(confederation):
    ReportFactory(year=2024)
    here = [link["href"] for link in page_of("/figures/2024/").named("a") if link.get("aria-current") == "page"]

    assert set(here) == {"/figures/2024/", "?"}


def test_own_colours_reach_the_pages(confederation):
    confederation.primary_colour, confederation.accent_colour = "#7A1F3D", "#E3A21A"
    confederation.save()

    sheet = Client().get("/colours.css")

    assert sheet["Content-Type"] == "text/css; charset=utf-8"
    assert "--own-primary: light-dark(#7a1f3d, #" in sheet.text
    assert "/colours.css" in {link["href"] for link in page_of("/").named("link")}


def test_style_sheets_name_colours_in_the_tokens_only():
    sheets = {name: finders.find(f"ui/{name}.css") for name in ("components", "pages", "report")}
    found = {
        name: re.findall(r"#[0-9a-f]{3,8}\b", Path(path).read_text(), re.IGNORECASE) for name, path in sheets.items()
    }

    assert found == dict.fromkeys(sheets, [])


def test_every_kind_of_activity_has_an_icon():
    from umbel.core import registry

    kinds = [kind for source in registry.entries() for kind in source.kinds.values()]

    assert {kind.icon for kind in kinds} <= set(symbols_by_name())
