"""Examples of the capabilities that change records, clicked through by the cast."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone
from playwright.sync_api import expect

from tests import factories
from tests.browser.walking import follow
from tests.core.crud.test_files import picture
from umbel.communication.models import Issue
from umbel.core.models import Alias
from umbel.events.models import EventPartner

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_c007_merging_leaves_one_partner_and_keeps_the_assembly(sit_down):
    kept = factories.OrganisationFactory(key="cooperatives-europe", name="Cooperatives Europe")
    gone = factories.OrganisationFactory(key="cooperative-europe", name="Cooperative Europe")
    conference, assembly = factories.EventFactory(key="conference"), factories.EventFactory(key="assembly")
    for organisation in (kept, gone):
        factories.EventPartnerFactory(event=conference, organisation=organisation)
    factories.EventPartnerFactory(event=assembly, organisation=gone, role="host")
    page = sit_down("membership", f"/desk/organisations/{kept.pk}/merge/?with=Cooperative+Europe").page

    follow(page, page.locator("main button[type=submit].btn-primary, main button[type=submit].btn-danger").last)
    page.goto(page.url.split("/desk/")[0] + "/organisations/cooperative-europe/")

    found = EventPartner.objects.order_by("event__key").values_list("event__key", "organisation__key")
    assert list(found) == [("assembly", "cooperatives-europe"), ("conference", "cooperatives-europe")]
    assert page.url.endswith("/organisations/cooperatives-europe/")
    assert Alias.objects.filter(name="Cooperative Europe").exists()


def test_c010_an_issue_keeps_the_number_of_its_day(sit_down, seats):
    newsletter = factories.NewsletterFactory(readers="internal")
    issue = factories.IssueFactory(newsletter=newsletter, number=9, date="2024-11-20")
    page = sit_down("communication", f"/desk/newsletters/{issue.pk}/").page

    follow(page, page.get_by_role("link", name="Recipients"))
    follow(page, page.get_by_role("button", name="Keep this number"))
    seats.representative_a.person.posts.update(end="2024-12-31")

    expect(page.get_by_text("2 contacts · kept with the issue: 2")).to_be_visible()
    assert Issue.objects.get().recipients == 2


def test_c110_a_photograph_without_words_is_not_placed(sit_down):
    photo = factories.PhotoFactory(key="meeting", title="The meeting", credit="Somebody")
    page = sit_down("communication", f"/desk/photographs/{photo.pk}/").page
    file = {"name": "meeting.png", "mimeType": "image/png", "buffer": picture()}

    page.set_input_files("main input[name=file]", files=[file])
    page.click("[data-save]")

    expect(page.locator(".alert.is-danger")).to_contain_text("A photograph needs a credit and an alternative text")


def test_c148_who_has_left_finds_the_door_shut(sit_down, seats):
    page = sit_down("representative_b", "/my/").page
    expect(page.get_by_role("heading", level=1)).to_be_visible()

    seats.representative_b.person.posts.update(end=(timezone.localdate() - timedelta(days=1)).isoformat())
    answer = page.reload()

    assert answer.status == 404


def test_c151_a_changed_kind_tells_who_and_when(sit_down):
    event = factories.EventFactory(key="rome", title="Conference in Rome", kind="workshop")
    page = sit_down("secretary_general", f"/desk/events/{event.pk}/").page

    page.select_option("[name=kind]", "conference")
    page.click("[data-save]")
    page.goto(f"{page.url}history/")

    told = page.locator("main").inner_text()
    assert re.search(r"Workshop\s+Conference", told)
    assert "secretary_general@example.org" in told


def test_c172_what_was_agreed_to_is_taken_back(sit_down, seats):
    contact = factories.ContactFactory(person=seats.representative_a.person, audience="public", value="a@example.org")
    page = sit_down("representative_a", "/my/contacts/").page

    page.select_option("[name=contacts-0-audience]", "secretariat")
    follow(page, page.get_by_role("button", name="Save"))

    contact.refresh_from_db()
    assert (contact.audience, contact.consented_on) == ("secretariat", None)
    assert mail.outbox == []
