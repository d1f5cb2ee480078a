"""Answering a round in the member area: drafts, what is sent, who sees it."""

import pytest
from django.utils import timezone

from tests import factories
from tests.collection.conftest import days
from umbel.collection.models import Return, Value
from umbel.core.models import Change

pytestmark = pytest.mark.django_db

ADDRESS = "/my/rounds/snapshot/member-a/"


def cells(asked, **told):
    """A form that says something of cells: `value_2022="12"`, `gap_2023="on"`, `leap_2023=…`."""
    return {f"{name[:-5]}-{asked.pk}-{name[-4:]}": value for name, value in told.items()}


def told():
    return {row.year: row.content for row in Value.objects.all()}


def send(browser, asked, address=ADDRESS, **values):
    return browser.post(address, {**cells(asked, **values), "send": "1"})


def test_a_draft_needs_nothing_and_is_kept(client_of, cast, workers):
    browser = client_of("representative_a")

    answer = browser.post(ADDRESS, {**cells(workers, value_2022="1,234"), "note": "A guess", "draft": "1"})

    found = Return.objects.get()
    assert answer.url == ADDRESS
    assert (found.organisation, found.state, found.note, found.sent_on) == (cast.member_a, "draft", "A guess", None)
    assert found.audience == "participants"
    assert told() == {2022: 1234}
    assert 'value="1,234"' in browser.get(ADDRESS).text


def test_what_is_sent_says_when_and_by_whom(client_of, cast, workers):
    answer = send(client_of("representative_a"), workers, value_2022="100", gap_2023="on")

    found = Return.objects.get()
    assert answer.status_code == 302
    assert (found.state, str(found.sent_on), found.sent_by) == (
        "sent", timezone.localdate().isoformat(), cast.representative_a,
    )  # fmt: skip
    assert [(row.year, row.content, row.is_unavailable) for row in found.values.all()] == [
        (2022, 100, False),
        (2023, None, True),
    ]


def test_sending_wants_a_word_on_each_cell(client_of, workers):
    answer = send(client_of("representative_a"), workers, value_2022="100")

    assert answer.status_code == 422
    assert answer.context["errors"] == [
        (f"id_value-{workers.pk}-2023", "Workers, 2023", "Give a value, or say that it is not available.")
    ]
    assert not Return.objects.exists()


def test_a_value_that_is_not_available_is_refused(client_of, workers):
    answer = client_of("representative_a").post(ADDRESS, cells(workers, value_2022="100", gap_2022="on"))

    assert answer.status_code == 422
    assert [words for _place, _label, words in answer.context["errors"]] == [
        "Give a value, or say that it is not available; not both."
    ]


@pytest.mark.parametrize(
    ("before", "now", "is_asked"), [("100", "199", False), ("100", "200", True), ("100", "50", True), ("0", "0", False)]
)
def test_a_number_that_doubles_or_halves_is_confirmed_first(client_of, workers, before, now, is_asked):
    browser = client_of("representative_a")

    answer = send(browser, workers, value_2022=before, value_2023=now)

    assert answer.status_code == (422 if is_asked else 302)
    assert Return.objects.exists() is not is_asked
    if is_asked:
        assert f'name="leap-{workers.pk}-2023" value="{before}&gt;{now}"' in answer.text
        send(browser, workers, value_2022=before, value_2023=now, leap_2023=f"{before}>{now}")
        assert Value.objects.get(year=2023).is_confirmed


def test_a_box_confirms_the_numbers_alone_that_it_was_shown_for(client_of, workers):
    answer = send(client_of("representative_a"), workers, value_2022="100", value_2023="2000", leap_2023="100>200")

    assert answer.status_code == 422
    assert not Value.objects.exists()


def test_the_first_year_is_compared_with_an_earlier_round(client_of, cast, snapshot, workers):
    earlier = factories.RoundFactory(name="Before", collected_from="2022", first_year=2021, last_year=2022)
    asked = factories.RoundIndicatorFactory(round=earlier, indicator=workers.indicator)
    mine = factories.ReturnFactory(round=earlier, organisation=cast.member_a, state="accepted")
    others = factories.ReturnFactory(round=earlier, organisation=cast.member_b, state="accepted")
    factories.ValueFactory(of_return=mine, asked=asked, year=2021, number=40)
    factories.ValueFactory(of_return=mine, asked=asked, year=2022, number=97)
    factories.ValueFactory(of_return=others, asked=asked, year=2022, number=88)
    browser = client_of("representative_a")

    page = browser.get(ADDRESS).text
    answer = send(browser, workers, value_2022="100", value_2023="110")

    assert ("last round: 97" in page, "last round: 88" in page) == (True, False)
    assert [label for _place, label, _words in answer.context["errors"]] == ["Workers, 2022"]


@pytest.mark.parametrize(("language", "text"), [("en", "1,234.5"), ("fr", "1 234,5"), ("it", "1.234,5")])
def test_numbers_are_read_as_the_language_writes_them(client_of, cast, snapshot, language, text):
    turnover = factories.RoundIndicatorFactory(round=snapshot, indicator=factories.IndicatorFactory(kind="euro"))
    cast.representative_a.language = language
    cast.representative_a.save()

    client_of("representative_a").post(ADDRESS, cells(turnover, value_2022=text))

    assert [str(number) for number in told().values()] == ["1234.5"]


@pytest.mark.parametrize(
    ("kind", "text", "words"),
    [
        ("whole", "12.5", "This is asked in whole numbers."),
        ("whole", "many", "“many” cannot be read as a number. Write it like 1,234."),
        ("decimal", "1 234,5", "“1 234,5” cannot be read as a number. Write it like 1,234.5."),
        ("share", "101", "A share lies between 0 and 100."),
        ("share", "x", "“x” cannot be read as a number. Write it like 12.5."),
    ],
)
def test_a_draft_too_refuses_what_is_no_answer(client_of, snapshot, kind, text, words):
    asked = factories.RoundIndicatorFactory(
        round=snapshot, indicator=factories.IndicatorFactory(name="Share", kind=kind)
    )

    answer = client_of("representative_a").post(ADDRESS, cells(asked, value_2023=text))

    assert answer.status_code == 422
    assert answer.context["errors"] == [(f"id_value-{asked.pk}-2023", "Share, 2023", words)]


def test_a_text_is_an_answer_where_it_is_asked_for(client_of, snapshot):
    asked = factories.RoundIndicatorFactory(round=snapshot, indicator=factories.IndicatorFactory(kind="text"))

    client_of("representative_a").post(ADDRESS, cells(asked, value_2022="=Growth", note_2022="Of the branch"))

    assert told() == {2022: "=Growth"}
    assert Value.objects.get().note == "Of the branch"


def test_a_value_that_is_emptied_is_gone(client_of, workers):
    browser = client_of("representative_a")
    browser.post(ADDRESS, cells(workers, value_2022="5", value_2023="6"))

    browser.post(ADDRESS, cells(workers, value_2022="5", value_2023=""))

    assert told() == {2022: 5}


def test_whoever_saves_second_sees_both_versions(client_of, workers):
    browser = client_of("representative_a")
    browser.post(ADDRESS, cells(workers, value_2022="5"))
    seen = browser.get(ADDRESS).context["seen"]
    browser.post(ADDRESS, cells(workers, value_2022="6"))

    answer = browser.post(ADDRESS, {**cells(workers, value_2022="7"), "seen": seen})

    assert answer.status_code == 409
    assert [(each.label, each.on_record, each.here) for each in answer.context["differing"]] == [
        ("Workers, 2022", "6", "7")
    ]
    assert told() == {2022: 6}


def test_what_a_colleague_has_sent_meanwhile_is_not_overwritten(client_of, workers):
    browser = client_of("representative_a")
    seen = browser.get(ADDRESS).context["seen"]
    send(browser, workers, value_2022="5", value_2023="5")

    answer = browser.post(ADDRESS, {**cells(workers, value_2022="7"), "seen": seen})

    assert answer.status_code == 409
    assert "what you typed is not kept" in answer.text
    assert told() == {2022: 5, 2023: 5}


def test_a_form_that_is_sent_twice_is_carried_out_once(client_of, workers):
    browser = client_of("representative_a")
    form = {**cells(workers, value_2022="5", value_2023="5"), "send": "1"}
    form |= {name: browser.get(ADDRESS).context[name] for name in ("seen", "once")}
    browser.post(ADDRESS, form)
    browser.post(f"{ADDRESS}take-back/")
    changes = Change.objects.count()

    again = browser.post(ADDRESS, form)

    assert (again.status_code, again.url) == (302, ADDRESS)
    assert Return.objects.get().state == "draft"
    assert Change.objects.count() == changes


def test_what_was_sent_is_taken_back_and_changed_until_the_round_closes(client_of, snapshot, workers):
    browser = client_of("representative_a")
    send(browser, workers, value_2022="5", value_2023="5")

    browser.post(f"{ADDRESS}take-back/")
    send(browser, workers, value_2022="6", value_2023="6")
    type(snapshot).objects.update(collected_to=days(-1))
    browser.post(f"{ADDRESS}take-back/")

    assert (Return.objects.get().state, told()) == ("sent", {2022: 6, 2023: 6})
    assert "Take it back" not in browser.get(ADDRESS).text


def test_what_is_accepted_is_not_taken_back(client_of, cast, snapshot):
    factories.ReturnFactory(round=snapshot, organisation=cast.member_a, state="accepted")

    client_of("representative_a").post(f"{ADDRESS}take-back/")

    assert Return.objects.get().state == "accepted"


@pytest.mark.parametrize(("begins", "ends"), [(-9, -1), (1, 9)])
def test_a_round_that_is_not_open_takes_no_answer(client_of, snapshot, workers, begins, ends):
    type(snapshot).objects.update(collected_from=days(begins), collected_to=days(ends))
    browser = client_of("representative_a")

    browser.post(ADDRESS, cells(workers, value_2022="5"))

    assert not Return.objects.exists()
    assert "<form" not in browser.get(ADDRESS).text.split("<main")[1].split("</main>")[0]


def test_what_was_handed_back_is_mended_after_the_round_has_closed(client_of, cast, snapshot, workers):
    type(snapshot).objects.update(collected_to=days(-1))
    factories.ReturnFactory(round=snapshot, organisation=cast.member_a, state="handed-back", reason="A typing error?")
    browser = client_of("representative_a")

    page = browser.get(ADDRESS).text
    send(browser, workers, value_2022="5", value_2023="5")

    assert "A typing error?" in page
    found = Return.objects.get()
    assert (found.state, found.reason) == ("sent", "")


@pytest.mark.parametrize("seat", ["representative_b", "affiliate", "board", "participant", "funder", "reader"])
def test_a_return_is_nothing_to_others(client_of, cast, snapshot, workers, seat):
    row = factories.ReturnFactory(round=snapshot, organisation=cast.member_a)
    value = factories.ValueFactory(of_return=row, asked=workers)
    browser = client_of(seat)

    answers = [
        browser.get(ADDRESS).status_code,
        browser.post(ADDRESS, cells(workers, value_2022="5")).status_code,
        browser.post(f"{ADDRESS}take-back/").status_code,
        browser.get(row.get_absolute_url()).status_code,
        browser.get(value.get_absolute_url()).status_code,
    ]

    assert answers == [404] * 5
    assert (list(Return.objects.visible_to(cast.people[seat])), Value.objects.get().content) == ([], 12)


def test_visitors_sign_in_and_find_no_return(client_of, cast, snapshot):
    row = factories.ReturnFactory(round=snapshot, organisation=cast.member_a)
    visitor = client_of("nobody")

    assert visitor.get(ADDRESS).status_code == 302
    assert visitor.get(row.get_absolute_url()).status_code == 404
    assert cast.member_a.name not in visitor.get(snapshot.get_absolute_url()).text


def test_colleagues_and_the_secretariat_see_a_return(client_of, cast, snapshot):
    row = factories.ReturnFactory(round=snapshot, organisation=cast.member_a)

    seen = [client_of(seat).get(row.get_absolute_url()).status_code for seat in ("representative_a", "finance")]

    assert seen == [200, 200]


def test_an_affiliate_answers_no_round_of_its_own(client_of, snapshot):
    assert client_of("affiliate").get("/my/rounds/snapshot/cooperative/").status_code == 404
    assert client_of("affiliate").get("/my/rounds/").status_code == 404


def test_a_round_that_members_may_not_see_is_not_asked(client_of, snapshot):
    type(snapshot).objects.update(audience="secretariat")
    browser = client_of("representative_a")

    assert browser.get(ADDRESS).status_code == 404
    assert browser.get("/my/rounds/").context["lines"] == []


def test_a_round_without_years_says_that_nothing_is_asked(client_of, snapshot):
    type(snapshot).objects.update(first_year=None, last_year=None)

    page = client_of("representative_a").get(ADDRESS).text

    assert "Nothing is asked here" in page


@pytest.mark.parametrize("count", [1, 3])
def test_the_form_costs_the_same_however_much_is_asked(client_of, cast, snapshot, django_assert_num_queries, count):
    row = factories.ReturnFactory(round=snapshot, organisation=cast.member_a)
    for asked in [snapshot.indicators.get(), *factories.RoundIndicatorFactory.create_batch(count - 1, round=snapshot)]:
        factories.ValueFactory(of_return=row, asked=asked)
    browser = client_of("representative_a")
    browser.get(ADDRESS)

    with django_assert_num_queries(8):
        browser.get(ADDRESS)


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_of_rounds_costs_the_same_however_many_there_are(
    client_of, cast, snapshot, django_assert_num_queries, count
):
    for _number in range(count):
        over = factories.RoundFactory(first_year=2020, last_year=2021, collected_from="2021", collected_to="2022")
        factories.ReturnFactory(round=over, organisation=cast.member_a, state="sent", sent_on="2021-12")
    browser = client_of("representative_a")
    browser.get("/my/rounds/")

    with django_assert_num_queries(5):
        page = browser.get("/my/rounds/")

    assert len(page.context["lines"]) == count + 1
