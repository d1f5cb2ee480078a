"""Fees on the desk: the list, calling those of a year, setting them as paid, what is late."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db.models import ProtectedError
from django.utils import timezone

from tests import factories
from tests.core.crud.reading import names
from umbel.core.dates import PartialDate
from umbel.network.dues import fees as late_fees
from umbel.network.models import Fee, number_of

pytestmark = pytest.mark.django_db

CALL = "/desk/fees/call/"
PAID = "/desk/fees/paid/"
YEAR = timezone.localdate().year
NOT_KEEPERS = ("membership", "advocacy", "communication")


@pytest.fixture
def confederation(cast):
    return factories.ConfederationFactory(name="COOPS")


@pytest.fixture
def full(confederation, cast):
    """A category in which member A is; member B is in none."""
    full = factories.MembershipCategoryFactory(name="Full member", yearly_fee="1200")
    cast.member_a.memberships.update(category=full)
    return full


def form(full, **changes):
    told = {
        "year": "2026",
        "on": "2026-01-01",
        "due_on": "2026-03-31",
        f"amount-{full.pk}": "1200",
        "amount-none": "300",
    }
    return {**told, **changes}


def sure(browser, sent):
    """The form as the page sends it once its fees were looked at."""
    page = page_of_form(browser.post(CALL, sent))
    return {**sent, "sure": page["sure"], "once": page["once"]}


def page_of_form(answer):
    text = answer.text
    return {name: text.partition(f'name="{name}" value="')[2].partition('"')[0] for name in ("sure", "once")}


def recorded():
    return [(str(fee), str(fee.amount), str(fee.due_on)) for fee in Fee.objects.order_by("organisation__name", "year")]


def test_fees_of_all_members_are_called_once_they_were_seen(full, client_of):
    browser = client_of("finance")

    shown = browser.post(CALL, form(full))
    none_yet = recorded()
    answer = browser.post(CALL, sure(browser, form(full)), follow=True)

    assert "2 fees of 2026 would be called" in shown.text
    assert none_yet == []
    assert recorded() == [("Member A, 2026", "1200.00", "2026-03-31"), ("Member B, 2026", "300.00", "2026-03-31")]
    assert "2 fees of 2026 are called." in answer.text
    assert {fee.audience for fee in Fee.objects.all()} == {"participants"}


def test_fees_that_are_on_record_stay_as_they_are(full, cast, client_of):
    factories.FeeFactory(organisation=cast.member_a, year=2026, amount="77", due_on="2026-02")
    browser = client_of("finance")

    shown = browser.post(CALL, form(full)).text
    browser.post(CALL, sure(browser, form(full)))

    assert ("Stays as it is" in shown, "One fee of 2026 would be called" in shown) == (True, True)
    assert recorded() == [("Member A, 2026", "77.00", "2026-02"), ("Member B, 2026", "300.00", "2026-03-31")]


def test_a_category_without_an_amount_is_not_called(full, client_of):
    browser = client_of("finance")
    sent = form(full, **{"amount-none": ""})

    browser.post(CALL, sure(browser, sent))

    assert [name for name, *_rest in recorded()] == ["Member A, 2026"]


def test_who_is_no_member_on_the_day_is_not_called(full, cast, client_of):
    cast.member_b.memberships.update(start="2026-06-01")
    browser = client_of("finance")

    browser.post(CALL, sure(browser, form(full)))

    assert [name for name, *_rest in recorded()] == ["Member A, 2026"]


def test_of_two_memberships_the_later_counts(full, cast, client_of):
    other = factories.MembershipCategoryFactory(name="Observer")
    factories.MembershipFactory(organisation=cast.member_a, category=other, start="2025")
    browser = client_of("finance")

    browser.post(CALL, sure(browser, form(full, **{f"amount-{other.pk}": "50", "amount-none": ""})))

    assert recorded() == [("Member A, 2026", "50.00", "2026-03-31")]


def test_what_has_changed_since_it_was_seen_is_shown_again(full, cast, client_of):
    browser = client_of("finance")
    sent = sure(browser, form(full))
    cast.member_b.memberships.update(start="2027")

    answer = browser.post(CALL, sent)

    assert (answer.status_code, recorded()) == (409, [])
    assert "Nothing was recorded" in answer.text


def test_a_form_that_is_sent_twice_calls_once(full, client_of):
    browser = client_of("finance")
    sent = sure(browser, form(full))

    browser.post(CALL, sent)
    Fee.objects.all().delete()
    answer = browser.post(CALL, sent)

    assert (answer.status_code, answer.url, recorded()) == (302, "/desk/fees/?year=2026", [])


@pytest.mark.parametrize(
    ("name", "value"), [("year", "26"), ("on", "soon"), ("due_on", ""), ("amount-none", "-5"), ("amount-none", "0")]
)
def test_what_cannot_be_called_is_told_beside_the_field(full, client_of, name, value):
    answer = client_of("finance").post(CALL, form(full, **{name: value}))

    assert (answer.status_code, recorded()) == (422, [])
    assert f'id="id_{name}_error"' in answer.text


def test_the_amounts_of_the_categories_are_proposed(full, client_of):
    page = client_of("finance").get(CALL).text

    assert f'name="amount-{full.pk}" value="1200' in page


@pytest.mark.parametrize("seat", NOT_KEEPERS)
def test_others_of_the_secretariat_see_fees_and_change_none(full, cast, client_of, seat):
    fee = factories.FeeFactory(organisation=cast.member_a)
    browser = client_of(seat)

    answers = [
        browser.get(CALL).status_code,
        browser.get("/desk/fees/add/").status_code,
        browser.post(PAID, {"pick": [fee.pk], "sure": "1", "paid_on": "2024-03-01"}).status_code,
        browser.post(f"/desk/fees/{fee.pk}/", {"amount": "1"}).status_code,
        browser.post(f"/desk/fees/{fee.pk}/delete/").status_code,
    ]

    assert answers == [404] * 5
    assert names(browser.get("/desk/fees/")) == ["Member A"]
    assert browser.get(f"/desk/fees/{fee.pk}/").status_code == 200
    assert recorded() == [("Member A, 2024", "1200.00", "2024-03-31")]


def test_finance_keeps_fees_and_no_other_record_of_the_network(cast, client_of):
    browser = client_of("finance")
    told = {"organisation": cast.member_a.name, "year": "2025", "amount": "10", "due_on": "2025-04"}

    answer = browser.post("/desk/fees/add/", told)

    assert (answer.status_code, recorded()) == (302, [("Member A, 2025", "10.00", "2025-04")])
    assert browser.get("/desk/organisations/add/").status_code == 404


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"year": 2024}, "The fee of this organisation and year is on record"),
        ({"amount": "0"}, "A fee is more than nothing."),
        ({"paid_amount": "5"}, "A part that is paid is more than nothing, and has a day."),
        ({"paid_on": "2999"}, "This day is still to come."),
    ],
)
def test_rules_of_a_fee_are_told_in_its_form(cast, client_of, changes, told):
    factories.FeeFactory(organisation=cast.member_a)
    sent = {"organisation": cast.member_a.name, "year": "2025", "amount": "10", "due_on": "2025-04", **changes}

    answer = client_of("finance").post("/desk/fees/add/", sent)

    assert (answer.status_code, Fee.objects.filter(year=2025).exists()) == (422, False)
    assert told in answer.text


@pytest.fixture
def three(cast):
    """One paid, one late, one open; the open one is paid in part."""
    day = timezone.localdate()
    paid = factories.FeeFactory(organisation__name="Paid", paid_on="2024-02")
    late = factories.FeeFactory(organisation__name="Late", due_on=str(day.year - 1))
    open = factories.FeeFactory(
        organisation__name="Open", due_on=day.isoformat(), paid_on=day.isoformat(), paid_amount="200"
    )
    return paid, late, open


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("state=open", ["Late", "Open"]),
        ("state=late", ["Late"]),
        ("state=paid", ["Paid"]),
        ("year=2024", ["Late", "Open", "Paid"]),
        ("year=2025", []),
        ("organisation=Late", ["Late"]),
    ],
)
def test_the_list_is_narrowed(three, as_secretariat, query, found):
    assert sorted(names(as_secretariat.get(f"/desk/fees/?{query}"))) == found


@pytest.mark.parametrize("query", ["year=24", "state=lost", "reference=RF00FEE000001"])
def test_a_question_that_means_nothing_says_so(three, as_secretariat, query):
    page = as_secretariat.get(f"/desk/fees/?{query}")

    assert names(page) == []
    assert 'class="error"' in page.text


def test_a_fee_is_found_by_the_reference_of_a_payment(three, as_secretariat):
    grouped = three[1].reference.lower()

    assert names(as_secretariat.get(f"/desk/fees/?reference={grouped[:4]}+{grouped[4:]}")) == ["Late"]


def test_a_reference_names_its_fee_for_ever(three):
    fee = three[0]
    before = fee.reference

    fee.year, fee.amount = 2030, 5
    fee.save()

    assert (Fee.objects.get(pk=fee.pk).reference, number_of(before)) == (before, fee.pk)


def test_the_list_is_exported_with_state_and_reference(three, as_secretariat):
    rows = as_secretariat.get("/desk/fees.csv?state=late").getvalue().decode("utf-8-sig").splitlines()

    late = three[1]
    grouped = " ".join(late.reference[start : start + 4] for start in range(0, len(late.reference), 4))
    assert rows == [
        "id,organisation,year,amount,due_on,paid_on,state,reference",
        f"{late.pk},Late,2024,1200.00,{late.due_on},,Late,{grouped}",
    ]


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_whatever_its_length(as_secretariat, django_assert_num_queries, count):
    factories.FeeFactory.create_batch(count)
    as_secretariat.get("/desk/fees/")

    with django_assert_num_queries(6):
        page = as_secretariat.get("/desk/fees/")

    assert len(names(page)) == count


def test_picked_fees_are_set_as_paid_and_it_can_be_undone(three, client_of):
    paid, late, open = three
    browser = client_of("finance")
    picks = {"pick": [fee.pk for fee in three]}

    asked = browser.post(PAID, picks).text
    answer = browser.post(PAID, {**picks, "sure": "1", "paid_on": "2024-05-02"}, follow=True)
    after = {fee.pk: str(fee.paid_on) for fee in Fee.objects.all()}
    browser.post("/desk/fees/paid/undo/")

    assert ("Set one fee as paid" in asked, "2 that you picked are left out" in asked) == (True, True)
    assert after == {paid.pk: "2024-02", late.pk: "2024-05-02", open.pk: str(open.paid_on)}
    assert 'action="/desk/fees/paid/undo/"' in answer.text
    assert Fee.objects.get(pk=late.pk).paid_on is None
    assert Fee.objects.get(pk=paid.pk).paid_on == PartialDate.parse("2024-02")


def test_undo_leaves_what_was_changed_since(three, client_of):
    late = three[1]
    browser = client_of("finance")
    browser.post(PAID, {"pick": [late.pk], "sure": "1", "paid_on": "2024-05-02"})
    Fee.objects.filter(pk=late.pk).update(paid_on="2024-06-01")

    answer = browser.post("/desk/fees/paid/undo/", follow=True)

    assert str(Fee.objects.get(pk=late.pk).paid_on) == "2024-06-01"
    assert "This can no longer be undone." in answer.text


@pytest.mark.parametrize("day", ["", "2999-01-01", "soon"])
def test_a_day_that_is_none_of_payment_is_refused(three, client_of, day):
    answer = client_of("finance").post(PAID, {"pick": [three[1].pk], "sure": "1", "paid_on": day})

    assert (answer.status_code, Fee.objects.get(pk=three[1].pk).paid_on) == (422, None)
    assert 'id="id_paid_on_error"' in answer.text


def test_only_picked_fees_that_owe_something_are_asked_for(three, client_of):
    browser = client_of("finance")

    assert "Nothing was picked" in browser.post(PAID, follow=True).text
    assert "a payment is on record" in browser.post(PAID, {"pick": [three[0].pk]}, follow=True).text


def test_late_fees_are_one_reminder_a_year(cast):
    factories.FeeFactory.create_batch(2, year=2024, due_on="2024-03-31")
    factories.FeeFactory(year=2025, due_on="2025-02")
    factories.FeeFactory(year=2025, due_on="2025-02", paid_on="2025-01")
    factories.FeeFactory(year=2026, due_on="2026")

    found = list(late_fees(date(2025, 3, 1), cast.finance))

    assert [(str(each.on), each.text, each.url) for each in found] == [
        ("2024-03-31", "2 fees of 2024 are late", "/desk/fees/?state=late&year=2024"),
        ("2025-02", "One fee of 2025 is late", "/desk/fees/?state=late&year=2025"),
    ]
    assert list(late_fees(date(2025, 3, 1), cast.membership)) == []


@pytest.mark.parametrize(("day", "is_late"), [("2025-02-28", False), ("2025-03-01", True)])
def test_a_month_lasts_it_out(day, is_late):
    fee = factories.FeeFactory(due_on="2025-02")
    day = date.fromisoformat(day)

    assert (fee.is_late(day), Fee.objects.late(day).exists()) == (is_late, is_late)


def test_late_fees_stand_on_the_home_of_who_keeps_them(confederation, client_of):
    factories.FeeFactory.create_batch(5, due_on="2024-03-31")

    assert "5 fees of 2024 are late" in client_of("finance").get("/desk/").text
    assert "fees of 2024" not in client_of("membership").get("/desk/").text


@pytest.mark.parametrize("seat", ["finance", "membership", "secretariat"])
def test_the_page_of_an_organisation_names_its_fees(cast, client_of, seat):
    fee = factories.FeeFactory(organisation=cast.member_a, year=2026)

    page = client_of(seat).get(f"/desk/organisations/{cast.member_a.pk}/").text

    assert f'href="/desk/fees/{fee.pk}/"' in page


def test_an_organisation_with_fees_is_not_deleted(cast):
    factories.FeeFactory(organisation=cast.member_a)

    with pytest.raises(ProtectedError):
        cast.member_a.delete()


def test_fees_come_from_a_file(cast, tmp_path):
    (tmp_path / "fees.csv").write_text(
        "organisation,year,amount,due_on,paid_on\nmember-a,2026,950.50,2026-03,2026-01-15\n"
    )

    call_command("load", tmp_path, verbosity=0)
    call_command("load", tmp_path, verbosity=0)

    fee = Fee.objects.get()
    assert (str(fee), str(fee.amount), str(fee.due_on), str(fee.paid_on)) == (
        "Member A, 2026", "950.50", "2026-03", "2026-01-15",
    )  # fmt: skip
    assert fee.audience == "participants"


def test_two_parts_do_not_owe_less_than_nothing():
    fee = Fee(amount=100, paid_on="2024", paid_amount=130)

    assert (fee.open_amount, fee.is_open) == (0, False)


def test_a_day_to_come_is_no_day_of_payment(cast):
    fee = factories.FeeFactory(organisation=cast.member_a)
    fee.paid_on = f"{YEAR + 1}-01"

    with pytest.raises(ValidationError, match="still to come"):
        fee.full_clean()
