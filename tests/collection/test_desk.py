"""Returns on the desk: who has answered, what was told, what becomes of it."""

import csv
from io import StringIO

import pytest
from django.core import mail
from django.urls import reverse

from tests import factories
from tests.collection.conftest import days
from umbel.collection.models import Return, Round, RoundIndicator, Value
from umbel.core.crud.sections import section_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def sent(cast, snapshot):
    return factories.ReturnFactory(
        round=snapshot, organisation=cast.member_a, state="sent", sent_on="2026-11-02", sent_by=cast.representative_a
    )


def decide(browser, row, **told):
    return browser.post(f"/desk/returns/{row.pk}/decide/", told)


def state(row):
    row.refresh_from_db()
    return row.state


def test_the_list_of_returns_leads_to_their_pages(as_secretariat, sent):
    page = as_secretariat.get("/desk/returns/?state=sent").text

    assert f'href="/desk/returns/{sent.pk}/"' in page
    assert "Member A" in page


def test_the_page_of_a_return_shows_what_was_told(as_secretariat, sent, workers):
    factories.ValueFactory(of_return=sent, asked=workers, year=2022, number="1234.5", note="Without trainees")

    page = as_secretariat.get(f"/desk/returns/{sent.pk}/").text

    assert [words in page for words in ("1,234.5", "Without trainees", "Accept", "Hand back")] == [True] * 4


def test_whoever_keeps_no_rounds_reads_a_return_only(client_of, sent):
    browser = client_of("finance")

    page = browser.get(f"/desk/returns/{sent.pk}/")

    assert (page.status_code, "Hand back" in page.text) == (200, False)
    assert decide(browser, sent, accept="1").status_code == 404
    assert state(sent) == "sent"


@pytest.mark.parametrize("seat", ["representative_a", "board", "funder", "reader"])
def test_the_desk_is_shut_to_others(client_of, snapshot, sent, seat):
    browser = client_of(seat)

    answers = [
        browser.get(f"/desk/returns/{sent.pk}/").status_code,
        browser.get(f"/desk/rounds/{snapshot.pk}/returns/").status_code,
        decide(browser, sent, accept="1").status_code,
        browser.get("/desk/values/csv/").status_code,
    ]

    assert answers == [404] * 4


def test_a_return_is_accepted_and_whoever_sent_it_hears_in_their_language(client_of, cast, sent):
    cast.representative_a.language = "fr"
    cast.representative_a.save()

    decide(client_of("membership"), sent, accept="1")

    assert state(sent) == "accepted"
    assert [each.to for each in mail.outbox] == [["representative_a@example.org"]]
    assert "http://testserver/my/rounds/snapshot/member-a/" in mail.outbox[0].body


def test_acceptance_is_taken_back(as_secretariat, sent):
    decide(as_secretariat, sent, accept="1")

    decide(as_secretariat, sent, reopen="1")

    assert state(sent) == "sent"
    assert len(mail.outbox) == 1


def test_a_return_is_handed_back_with_a_reason(as_secretariat, sent):
    decide(as_secretariat, sent, reason="  Do you mean 120?  ")

    assert (state(sent), sent.reason) == ("handed-back", "Do you mean 120?")
    assert "Do you mean 120?" in mail.outbox[0].body


def test_without_a_reason_nothing_is_handed_back(as_secretariat, sent):
    answer = decide(as_secretariat, sent, reason=" ")

    assert answer.status_code == 422
    assert "Say why, in a few words" in answer.text
    assert (state(sent), mail.outbox) == ("sent", [])


@pytest.mark.parametrize("told", [{"accept": "1"}, {"reopen": "1"}, {"reason": "x"}])
def test_a_draft_is_not_decided_on(as_secretariat, sent, told):
    Return.objects.update(state="draft")

    answer = decide(as_secretariat, sent, **told)

    assert answer.status_code == 422
    assert (state(sent), mail.outbox) == ("draft", [])


def test_whoever_wants_no_mail_on_decisions_gets_none(as_secretariat, cast, sent):
    cast.representative_a.preferences = {"mail_decisions": False}
    cast.representative_a.save()

    decide(as_secretariat, sent, accept="1")

    assert mail.outbox == []


def test_the_desk_tells_who_has_answered_and_who_has_not(as_secretariat, cast, snapshot, sent):
    factories.ReturnFactory(round=snapshot, organisation=cast.member_b)

    page = as_secretariat.get(f"/desk/rounds/{snapshot.pk}/returns/")
    missing = as_secretariat.get(f"/desk/rounds/{snapshot.pk}/returns/?missing=yes")

    assert page.context["response"] == (1, 2)
    assert "1 of 2 returns; missing: Member B" in page.text
    assert [str(member) for member, _answer in page.context["lines"]] == ["Member A", "Member B"]
    assert [str(member) for member, _answer in missing.context["lines"]] == ["Member B"]


def test_the_form_of_a_round_leads_to_its_returns(as_secretariat, snapshot, sent):
    page = as_secretariat.get(f"/desk/rounds/{snapshot.pk}/").text

    assert f'href="/desk/rounds/{snapshot.pk}/returns/"' in page
    assert "1 of 2 returns" in page


def test_members_are_those_of_the_last_day_of_the_round(snapshot, sent):
    factories.MembershipFactory(start=days(-2))
    Round.objects.update(collected_from=days(-30), collected_to=days(-5))
    snapshot.refresh_from_db()

    assert snapshot.response() == (1, 2)


def test_a_return_of_somebody_who_is_no_member_is_not_counted(snapshot, sent):
    factories.ReturnFactory(round=snapshot, state="accepted")

    assert snapshot.response() == (1, 2)


def test_the_page_of_the_round_tells_the_response(client_of, snapshot, sent):
    page = client_of("nobody").get(snapshot.get_absolute_url()).text

    assert "1 received, of 2 members in force" in page


def test_a_round_without_a_form_tells_no_response(client_of, snapshot):
    Round.objects.update(first_year=None, last_year=None)

    assert "members in force" not in client_of("nobody").get(snapshot.get_absolute_url()).text


def test_values_of_a_round_are_had_as_a_file(as_secretariat, cast, snapshot, sent, workers):
    words = factories.RoundIndicatorFactory(
        round=snapshot, indicator=factories.IndicatorFactory(name="Words", kind="text", order=2)
    )
    factories.ValueFactory(of_return=sent, asked=workers, year=2022, number="1000", note="=1+1")
    factories.ValueFactory(of_return=sent, asked=workers, year=2023, number="0.5")
    factories.ValueFactory(of_return=sent, asked=words, year=2023, number=None, text="@sum")
    draft = factories.ReturnFactory(round=snapshot, organisation=cast.member_b)
    factories.ValueFactory(of_return=draft, asked=workers, year=2022)
    address = as_secretariat.get(f"/desk/rounds/{snapshot.pk}/returns/").context["files"]["csv"]

    answer = as_secretariat.get(address)

    content = b"".join(answer.streaming_content).decode("utf-8-sig")
    rows = list(csv.DictReader(StringIO(content)))
    names = ("organisation", "indicator", "year", "value", "text", "unit", "note")
    assert [tuple(row[name] for name in names) for row in rows] == [
        ("Member A", "Workers", "2022", "1000", "", "persons", "'=1+1"),
        ("Member A", "Workers", "2023", "0.5", "", "persons", ""),
        ("Member A", "Words", "2023", "", "'@sum", "", ""),
    ]


def test_an_indicator_that_was_answered_stays_in_its_round(as_secretariat, snapshot, sent, workers):
    factories.ValueFactory(of_return=sent, asked=workers)
    prefix = as_secretariat.get(f"/desk/rounds/{snapshot.pk}/").context["formsets"][0].prefix
    form = {
        "name": "SNAPSHOT", "audience": "public", "key": "snapshot",
        f"{prefix}-TOTAL_FORMS": "1", f"{prefix}-INITIAL_FORMS": "1",
        f"{prefix}-0-id": str(workers.pk), f"{prefix}-0-indicator": str(workers.indicator_id),
        f"{prefix}-0-DELETE": "on",
    }  # fmt: skip

    answer = as_secretariat.post(f"/desk/rounds/{snapshot.pk}/", form)

    assert answer.status_code == 422
    assert RoundIndicator.objects.get() == workers


@pytest.mark.parametrize("section", ["returns", "values"])
def test_nobody_writes_into_returns_on_the_desk(as_secretariat, sent, section):
    assert as_secretariat.get(f"/desk/{section}/add/").status_code == 404
    assert as_secretariat.get(reverse("desk.record.delete", args=[section, sent.pk])).status_code == 404
    assert f"/desk/{section}/add/" not in as_secretariat.get(f"/desk/{section}/").text


@pytest.mark.parametrize("count", [1, 3])
def test_who_has_answered_costs_the_same_however_many_they_are(
    as_secretariat, snapshot, django_assert_num_queries, count
):
    for member in factories.MembershipFactory.create_batch(count, start="2020"):
        factories.ReturnFactory(round=snapshot, organisation=member.organisation, state="sent")
    as_secretariat.get(f"/desk/rounds/{snapshot.pk}/returns/")

    with django_assert_num_queries(7):
        as_secretariat.get(f"/desk/rounds/{snapshot.pk}/returns/")


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize(("model", "queries"), [(Return, 5), (Value, 6)])
def test_lists_cost_the_same_however_long(
    as_secretariat, snapshot, workers, django_assert_num_queries, model, queries, count
):
    for row in factories.ReturnFactory.create_batch(count, round=snapshot):
        factories.ValueFactory(of_return=row, asked=workers)
    address = section_of(model).url
    as_secretariat.get(address)

    with django_assert_num_queries(queries):
        as_secretariat.get(address)


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_of_a_return_costs_the_same_however_much_is_told(
    as_secretariat, snapshot, sent, django_assert_num_queries, count
):
    for asked in [snapshot.indicators.get(), *factories.RoundIndicatorFactory.create_batch(count - 1, round=snapshot)]:
        factories.ValueFactory(of_return=sent, asked=asked)
    as_secretariat.get(f"/desk/returns/{sent.pk}/")

    with django_assert_num_queries(7):
        as_secretariat.get(f"/desk/returns/{sent.pk}/")
