"""Who gets a newsletter for members, on its day."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests import factories
from umbel.communication.models import Issue, MailPreference
from umbel.communication.recipients import keep_numbers
from umbel.core.models import Change
from umbel.core.work import do_hourly

pytestmark = pytest.mark.django_db


@pytest.fixture
def issue(cast):
    newsletter = factories.NewsletterFactory(readers="internal")
    return factories.IssueFactory(newsletter=newsletter, number=9, date="2024-11-20", audience="members")


def names(page):
    return [each.name for each in page.context["recipients"]]


def test_an_issue_goes_to_the_contacts_in_force_on_its_day_and_keeps_their_number(cast, issue, client_of):
    """Edition 9 keeps its number when a contact leaves later."""
    gone = factories.PersonFactory(name="Gone before")
    factories.PostFactory(person=gone, organisation=cast.member_a, end="2024-11-19")
    browser = client_of("communication")

    before = names(browser.get(f"/desk/newsletters/{issue.pk}/recipients/"))
    browser.post(f"/desk/newsletters/{issue.pk}/recipients/", {"keep": "1"})
    cast.representative_a.person.posts.update(end="2024-12-31")
    factories.PostFactory(organisation=cast.member_a, start="2025")

    assert before == [cast.representative_a.person.name, cast.representative_b.person.name]
    assert names(browser.get(f"/desk/newsletters/{issue.pk}/recipients/")) == before
    assert Issue.objects.get().recipients == 2


def test_whoever_refused_it_gets_it_not(cast, issue, client_of):
    browser = client_of("representative_a")

    browser.post("/my/preferences/", {"language": "en", "newsletters": []})

    assert names(client_of("communication").get(f"/desk/newsletters/{issue.pk}/recipients/")) == [
        cast.representative_b.person.name
    ]
    assert MailPreference.objects.get().person == cast.representative_a.person


def test_the_table_has_the_address_on_record_else_the_account(cast, issue, client_of):
    factories.ContactFactory(person=cast.representative_a.person, value="desk@example.org", audience="secretariat")

    table = client_of("communication").get(f"/desk/newsletters/{issue.pk}/recipients.csv").content.decode()

    assert [line.rsplit(",", 1)[1] for line in table.splitlines()] == [
        "email", "desk@example.org", "representative_b@example.org",
    ]  # fmt: skip


@pytest.mark.parametrize(("seat", "status"), [("finance", 404), ("representative_a", 404), ("nobody", 302)])
def test_others_read_no_list_of_recipients(issue, client_of, seat, status):
    assert client_of(seat).get(f"/desk/newsletters/{issue.pk}/recipients/").status_code == status


def test_an_issue_for_the_public_has_no_such_list(cast, client_of):
    issue = factories.IssueFactory(newsletter=factories.NewsletterFactory(readers="external"))

    assert client_of("communication").get(f"/desk/newsletters/{issue.pk}/recipients/").status_code == 404


def in_days(number):
    return timezone.localdate() + timedelta(days=number)


@pytest.fixture
def years_of_records(cast):
    """The log begins some years ago."""
    Change.objects.order_by("pk").filter(pk=Change.objects.order_by("pk").first().pk).update(at="2023-05-01T12:00Z")


def test_number_is_kept_by_itself_once_the_day_is_over(cast, issue, client_of, years_of_records):
    """Edition 9 keeps its number though nobody pressed anything, and a contact leaves later."""
    do_hourly()
    cast.representative_a.person.posts.update(end="2024-12-31")
    do_hourly()

    page = client_of("communication").get(f"/desk/newsletters/{issue.pk}/recipients/")

    assert (Issue.objects.get().recipients, Issue.objects.get().is_kept_by_itself) == (2, True)
    assert "kept by itself when its day was over" in page.text
    assert Change.objects.filter(type="communication.issue").latest("pk").who == "system"


@pytest.mark.parametrize(("day", "kept"), [(-1, 2), (0, None), (1, None)])
def test_number_is_kept_when_the_day_is_over_and_not_before(cast, issue, years_of_records, day, kept):
    Issue.objects.update(date=in_days(day).isoformat())

    assert keep_numbers() == (1 if kept else 0)
    assert Issue.objects.get().recipients == kept


@pytest.mark.parametrize("date", ["2023-04-30", "2019", None])
def test_number_of_a_day_before_the_records_is_not_made_up(cast, issue, years_of_records, date):
    Issue.objects.update(date=date)

    assert (keep_numbers(), Issue.objects.get().recipients) == (0, None)


def test_number_that_somebody_kept_stays_and_is_theirs(cast, issue, client_of, years_of_records):
    Issue.objects.update(recipients=7)
    counted = keep_numbers()
    kept = Issue.objects.get().recipients
    client_of("communication").post(f"/desk/newsletters/{issue.pk}/recipients/", {"keep": "1"})

    assert (counted, kept, Issue.objects.get().recipients) == (0, 7, 2)
    assert Issue.objects.get().is_kept_by_itself is False


def test_an_issue_for_the_public_is_not_counted(cast, years_of_records):
    factories.IssueFactory(newsletter=factories.NewsletterFactory(readers="external"), date="2024-11-20")

    assert keep_numbers() == 0
