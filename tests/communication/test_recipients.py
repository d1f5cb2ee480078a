"""Who gets a newsletter for members, on its day."""

import pytest

from tests import factories
from umbel.communication.models import Issue, MailPreference

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
