"""The fees of one's organisation in the member area: what is open, how it is paid, the statement."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests import factories
from tests.website.page import page_of
from umbel.core.dates import PartialDate
from umbel.core.formatting import partial_date
from umbel.network.models import Fee
from umbel.network.rules import own_organisations
from umbel.network.todo import todos
from umbel.website.member.calendar import ahead

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate()
IN_A_WEEK, A_WEEK_AGO = (TODAY + timedelta(days=7)).isoformat(), (TODAY - timedelta(days=7)).isoformat()


@pytest.fixture
def confederation(cast):
    return factories.ConfederationFactory(name="COOPS", account_holder="Coops AISBL", iban="BE68539007547034")


@pytest.fixture
def fee(confederation, cast):
    return factories.FeeFactory(organisation=cast.member_a, year=2026, amount="1200", due_on=IN_A_WEEK)


def tasks(browser):
    page = page_of("/my/", browser)
    return [
        text
        for text, around in page.texts
        if ("p", {"class": "strong"}) in around and ("ul", {"class": "tasks"}) in around
    ]


def test_a_member_reads_what_it_owes_and_how_to_pay(fee, client_of):
    page = client_of("representative_a").get("/my/fees/").text

    assert "Fee of 2026" in page
    assert (
        f'<textarea id="pay-{fee.pk}" rows="4" readonly>Coops AISBL\nBE68 5390 0754 7034\n1,200\N{NO-BREAK SPACE}€\n'
        in page
    )
    assert page.count('class="qr" src="data:image/svg+xml;base64,') == 1


def test_the_reference_leads_back_to_the_fee(fee, client_of):
    assert fee.reference.startswith("RF")
    page = client_of("representative_a").get("/my/fees/").text
    grouped = " ".join(fee.reference[start : start + 4] for start in range(0, len(fee.reference), 4))

    assert page.count(grouped) == 2


@pytest.mark.parametrize(
    ("seat", "status"),
    [
        ("representative_a", 200),
        ("affiliate", 200),
        ("board", 404),
        ("secretariat", 404),
        ("reader", 404),
        ("nobody", 302),
    ],
)
@pytest.mark.parametrize("path", ["/my/fees/", "/my/fees/statement.csv"])
def test_only_who_speaks_for_an_organisation_has_a_page_of_fees(fee, client_of, path, seat, status):
    assert client_of(seat).get(path).status_code == status


def test_another_member_sees_nothing_of_it(fee, cast, client_of):
    browser = client_of("representative_b")
    record = f"/records/network.fee/{fee.pk}/"

    page = browser.get("/my/fees/").text

    assert "No fee is on record" in page
    assert "1200" not in browser.get("/my/fees/statement.csv").text
    assert browser.get(record).status_code == 404
    assert client_of("representative_a").get(record).status_code == 200
    assert client_of("nobody").get(record).status_code == 404


@pytest.mark.parametrize("seat", ["representative_b", "board", "nobody"])
def test_the_page_of_the_organisation_names_no_fee_to_others(fee, cast, client_of, seat):
    page = client_of(seat).get(cast.member_a.get_absolute_url(), follow=True).text

    assert str(cast.member_a) in page
    assert str(fee) not in page


@pytest.mark.parametrize(("model", "value"), [("confederation", "BE68"), ("membershipcategory", "750")])
def test_account_and_yearly_fee_stand_on_no_page_of_the_site(confederation, client_of, model, value):
    category = factories.MembershipCategoryFactory(yearly_fee="750")
    row = confederation if model == "confederation" else category

    page = client_of("nobody").get(f"/records/core.{model}/{row.key}/").text

    assert row.name in page
    assert value not in page


def test_an_open_fee_is_a_task_with_its_last_day(fee, client_of):
    browser = client_of("representative_a")

    assert "Pay the fee of 2026: 1,200\N{NO-BREAK SPACE}€" in tasks(browser)
    assert f'href="/my/fees/#fee-{fee.pk}"' in browser.get("/my/").text
    assert not any(task.startswith("Pay") for task in tasks(client_of("representative_b")))


def test_a_late_fee_says_so(fee, client_of):
    Fee.objects.filter(pk=fee.pk).update(due_on=A_WEEK_AGO)
    browser = client_of("representative_a")

    home = browser.get("/my/").text

    assert f"late: it was due on {partial_date(PartialDate.parse(A_WEEK_AGO))}" in home
    assert "in -7 days" not in home
    assert '<span class="small nowrap late">due on' in browser.get("/my/fees/").text


@pytest.mark.parametrize(
    ("part", "task"), [(None, []), ("1200", []), ("200", ["Pay the fee of 2026: 1,000\N{NO-BREAK SPACE}€"])]
)
def test_what_is_paid_is_no_task_and_of_a_part_the_rest(fee, client_of, part, task):
    Fee.objects.filter(pk=fee.pk).update(paid_on=A_WEEK_AGO, paid_amount=part)

    assert [each for each in tasks(client_of("representative_a")) if each.startswith("Pay")] == task


def test_a_paid_fee_stands_in_the_statement_alone(fee, client_of):
    Fee.objects.filter(pk=fee.pk).update(paid_on="2026-02-03")

    page = client_of("representative_a").get("/my/fees/").text

    assert "Nothing is to be paid." in page
    assert partial_date(PartialDate.parse("2026-02-03"), "en", "short") in page
    assert "qr" not in page


def test_the_statement_is_a_file(fee, cast, client_of):
    factories.FeeFactory(organisation=cast.member_a, year=2025, amount="900.50", paid_on="2025-03", paid_amount="400")
    factories.FeeFactory(organisation=cast.member_b, year=2025)

    lines = client_of("representative_a").get("/my/fees/statement.csv").text.removeprefix("\ufeff").splitlines()

    assert [line.rpartition(",")[0] for line in lines] == [
        "organisation,year,amount,due_on,paid_on,paid,open",
        f"Member A,2026,1200.00,{IN_A_WEEK},,0.00,1200.00",
        "Member A,2025,900.50,2024-03-31,2025-03,400.00,500.50",
    ]


def test_without_an_account_the_page_says_so(fee, confederation, client_of):
    type(confederation).objects.update(iban="")

    page = client_of("representative_a").get("/my/fees/").text

    assert "has not said yet to which account" in page
    assert "qr" not in page


def test_the_calendar_that_others_may_read_leaves_fees_out(fee, cast, client_of):
    factories.RoundFactory(name="SNAPSHOT", collected_from="2024", collected_to=IN_A_WEEK)
    browser = client_of("representative_a")
    address = browser.get("/my/calendar/").text.partition("/calendars/")[2].partition(".ics")[0]

    file = client_of("nobody").get(f"/calendars/{address}.ics").text

    assert ("SNAPSHOT" in file, "fee" in file) == (True, False)
    assert "Pay the fee of 2026: 1,200\N{NO-BREAK SPACE}€" in tasks(browser)


def test_the_search_of_another_member_finds_no_fee(fee, client_of):
    page = client_of("representative_b").get("/search/?q=2026").text

    assert "fee" not in page.partition("<main")[2].lower()


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_costs_the_same_whatever_is_owed(confederation, cast, client_of, django_assert_num_queries, count):
    for year in range(count):
        factories.FeeFactory(organisation=cast.member_a, year=2020 + year)
    browser = client_of("representative_a")
    browser.get("/my/fees/")

    with django_assert_num_queries(5):
        page = browser.get("/my/fees/")

    assert page.text.count('class="qr"') == count


def test_a_late_fee_does_not_lie_ahead(fee, cast):
    asked = todos(cast.representative_a, own_organisations(cast.representative_a))
    coming = [entry.text for entry in ahead(cast.representative_a, TODAY, asked)]
    later = [entry.text for entry in ahead(cast.representative_a, TODAY + timedelta(days=8), asked)]

    assert (coming, later) == (["Pay the fee of 2026: 1,200\N{NO-BREAK SPACE}€"], [])
