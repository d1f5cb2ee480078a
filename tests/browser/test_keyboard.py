"""The main tasks of the cast, each done with the keyboard alone; what they made is read back from the records."""

import re

import pytest

from tests import factories
from umbel.advocacy.models import Position
from umbel.communication.models import Subscriber
from umbel.core.models import ImportJob, Merge
from umbel.network.models import Contact, Invitation, Organisation, Proposal
from umbel.website.models import Page

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_position_is_recorded_from_the_line_at_the_top(sit_down):
    hands = sit_down("advocacy", "/desk/")

    hands.page.keyboard.press("Control+k")
    hands.page.keyboard.type("Adopted the position on skills on 4 July 2024")
    with hands.page.expect_navigation():
        hands.page.keyboard.press("Enter")
    hands.press("Open the form")
    hands.reach("kind")
    hands.page.keyboard.type("Reaction")
    hands.page.keyboard.press("Control+s")
    hands.page.wait_for_url(re.compile(r"/desk/positions/\d+/$"))

    assert str(Position.objects.get().date) == "2024-07-04"


def test_list_is_searched_sorted_and_saved_as_a_table(sit_down, seats):
    hands = sit_down("membership", "/desk/organisations/")

    hands.page.keyboard.press("/")
    hands.page.keyboard.type("Member")
    with hands.page.expect_navigation():
        hands.page.keyboard.press("Enter")
    hands.press("Name")
    hands.reach("Export")
    hands.page.keyboard.press("Enter")
    hands.reach("CSV, for machines")
    with hands.page.expect_download() as download:
        hands.page.keyboard.press("Enter")

    rows = download.value.path().read_text(encoding="utf-8-sig").splitlines()[1:]
    assert [row.split(",")[1] for row in rows] == ["Member B", "Member A"]


def test_two_organisations_are_made_one(sit_down, seats):
    factories.OrganisationFactory(key="member-aa", name="Member Aa")
    hands = sit_down("membership", f"/desk/organisations/{seats.member_a.pk}/merge/?with=Member+Aa")

    hands.press("Merge")

    assert Merge.objects.count() == 1
    assert not Organisation.objects.filter(key="member-aa").exists()


def test_table_is_brought_in(sit_down, tmp_path):
    table = tmp_path / "people.csv"
    table.write_text("Name\nAda Byron\nJan Kowalski\n", encoding="utf-8")
    hands = sit_down("membership", "/desk/imports/new/?kind=network.person")

    # The dialog of the system for choosing a file has keys of its own, which no page can press.
    hands.page.set_input_files("main input[type=file]", table)
    for button in ("Upload and match columns", "Check all rows", "Write them"):
        hands.press(button)

    assert ImportJob.objects.get().state == "done"


def test_page_is_written_and_published(sit_down):
    hands = sit_down("communication", "/desk/pages/add/")

    hands.type("title", "Work with us")
    hands.type("path", "jobs")
    hands.reach("status")
    hands.page.keyboard.type("Published")
    hands.page.keyboard.press("Control+s")
    hands.page.wait_for_url(re.compile(r"/desk/pages/\d+/$"))

    assert (Page.objects.get().title, Page.objects.get().path) == ("Work with us", "jobs")


def test_colleague_is_invited_by_a_member(sit_down):
    hands = sit_down("representative_a", "/my/")

    hands.press("Invite a colleague")
    hands.type("name", "Ada Byron")
    hands.type("email", "ada@example.org")
    hands.press("Send the invitation")

    assert Invitation.objects.get().email == "ada@example.org"


def test_own_page_is_changed_and_the_change_is_taken_over(sit_down, seats):
    member = sit_down("representative_a", "/my/organisation/member-a/edit/")
    member.type("name", "Member A renamed")
    member.press("Save")

    officer = sit_down("membership", "/desk/proposals/")
    officer.press("accept")

    assert Proposal.objects.get().state == "accepted"
    assert Organisation.objects.get(key="member-a").name == "Member A renamed"


def test_contact_is_shown_to_members(sit_down):
    hands = sit_down("representative_a", "/my/contacts/")

    hands.reach("contacts-0-kind")
    hands.page.keyboard.type("E-mail")
    hands.type("contacts-0-value", "a@example.org")
    hands.reach("contacts-0-audience")
    hands.page.keyboard.type("Members")
    hands.press("Save")

    assert (Contact.objects.get().value, Contact.objects.get().audience) == ("a@example.org", "members")


def test_visitor_subscribes_to_a_newsletter(sit_down):
    factories.NewsletterFactory(name="COOPS News", readers="external")
    hands = sit_down("nobody", "/newsletters/subscribe/")

    hands.type("email", "reader@example.org")
    hands.press("Subscribe")

    assert Subscriber.objects.filter(email="reader@example.org").exists()


def test_visitor_finds_a_record_and_opens_it(sit_down):
    factories.EventFactory(key="care", title="Conference on care")
    hands = sit_down("nobody", "/")

    hands.press("Search")
    hands.type("q", "care")
    with hands.page.expect_navigation():
        hands.page.keyboard.press("Enter")
    hands.press("Conference on care")

    assert hands.page.url.endswith("/events/care/")
