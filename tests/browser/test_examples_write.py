"""Examples of the capabilities that change records, clicked through by the cast."""

import re
from datetime import timedelta
from io import StringIO

import pytest
from django.core import mail
from django.core.management import call_command
from django.utils import timezone
from playwright.sync_api import expect

from tests import factories
from tests.browser.walking import follow
from tests.core.crud.test_files import picture
from tests.house.tree import ROOT
from umbel.advocacy.models import PolicyFile
from umbel.communication.models import Issue, Subscriber
from umbel.core.models import Alias
from umbel.events.models import EventPartner
from umbel.network.models import Person
from umbel.projects.models import Proof

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

    for post in seats.representative_b.person.posts.all():
        post.end = (timezone.localdate() - timedelta(days=1)).isoformat()
        post.save()
    answer = page.reload()

    assert answer.status == 404


def test_c150_links_are_checked_and_none_of_45_is_empty(sit_down):
    call_command("load", str(ROOT / "examples" / "cecop-2024"), stdout=StringIO())
    page = sit_down("communication", "/desk/links/").page

    follow(page, page.get_by_role("button", name="Check now"))

    report = page.locator("[data-group=report] td")
    assert report.all_inner_texts() == ["45", "0", "0"]


def test_c151_a_changed_kind_tells_who_and_when(sit_down):
    event = factories.EventFactory(key="rome", title="Conference in Rome", kind="workshop")
    page = sit_down("secretary_general", f"/desk/events/{event.pk}/").page

    page.select_option("[name=kind]", "conference")
    page.click("[data-save]")
    page.goto(f"{page.url}history/")

    told = page.locator("main").inner_text()
    assert re.search(r"Workshop\s+Conference", told)
    assert "secretary_general@example.org" in told


def test_c162_a_visitor_subscribes_confirms_and_finds_the_first_edition(sit_down, settings):
    newsletter = factories.NewsletterFactory(name="COOPS News", readers="external")
    factories.IssueFactory(newsletter=newsletter, key="first", number=1, title="News, edition 1", date="2024-05")
    page = sit_down("nobody", "/newsletters/subscribe/").page
    page.get_by_label("E-mail").fill("reader@example.org")
    follow(page, page.get_by_role("button", name="Subscribe"))

    page.goto(re.search(rf"{settings.SITE_URL}/\S+", mail.outbox[0].body)[0])
    follow(page, page.get_by_role("button", name="Confirm"))
    page.goto(f"{settings.SITE_URL}/newsletters/")
    follow(page, page.get_by_role("link", name="News, edition 1"))

    assert Subscriber.objects.get().confirmed_at is not None
    expect(page.locator("main")).to_contain_text("May 2024")


def test_c164_another_name_and_other_colours_make_the_site_another_one(sit_down, settings):
    page = sit_down("communication", "/desk/site/").page

    page.fill("[name=name]", "Housing Europe")
    page.fill("[name=primary_colour]", "#7a1f5c")
    page.click("[data-save]")
    page.wait_for_load_state()
    page.goto(f"{settings.SITE_URL}/")

    expect(page.locator(".masthead .brand")).to_contain_text("Housing Europe")
    assert page.evaluate("getComputedStyle(document.body).getPropertyValue('--primary')").startswith(
        "light-dark(#7a1f5c"
    )


def test_c170_files_of_somebody_who_left_are_flagged_until_they_are_handed_over(sit_down, seats):
    house = factories.OrganisationFactory(key="house", name="House", kind="self")
    for key, end in (("gone", timezone.localdate() - timedelta(days=1)), ("here", None)):
        person = factories.PersonFactory(key=key, name=key.title())
        factories.PostFactory(person=person, organisation=house, kind="staff", end=end)
    factories.PolicyFileFactory(name="Care", responsible=Person.objects.get(key="gone"))
    page = sit_down("advocacy", "/desk/").page

    follow(page, page.get_by_role("link", name=re.compile("“Care” needs somebody responsible")))
    page.goto(page.url.split("/desk/")[0] + "/desk/policy-files/?left=yes")
    page.check("tbody .pick input")
    page.get_by_role("button", name="Hand over").click()
    page.select_option("[name=person]", label="Here")
    follow(page, page.locator("main button[type=submit].btn-primary").first)
    page.goto(page.url.split("/desk/")[0] + "/desk/")

    assert PolicyFile.objects.get().responsible.key == "here"
    assert page.get_by_role("link", name=re.compile("“Care” needs somebody responsible")).count() == 0


def test_c171_home_of_the_desk_lists_what_is_undated_without_evidence_and_not_frozen(sit_down):
    call_command("load", str(ROOT / "examples" / "cecop-2024"), stdout=StringIO())
    Proof.objects.filter(deliverable=Proof.objects.first().deliverable).delete()
    page = sit_down("secretary_general", "/desk/?year=2024").page

    unlinked = page.locator(".card.unlinked")
    expect(unlinked.get_by_role("link", name="Records without a date finer than the year")).to_be_visible()
    expect(unlinked.get_by_role("link", name="Year without frozen figures: 2024")).to_be_visible()
    follow(page, unlinked.get_by_role("link", name="Lines of the grant without evidence"))
    assert page.url.endswith("/audit/2024/#check-grant.unproven")


def test_c172_what_was_agreed_to_is_taken_back(sit_down, seats):
    contact = factories.ContactFactory(person=seats.representative_a.person, audience="public", value="a@example.org")
    page = sit_down("representative_a", "/my/contacts/").page

    page.select_option("[name=contacts-0-audience]", "secretariat")
    follow(page, page.get_by_role("button", name="Save"))

    contact.refresh_from_db()
    assert (contact.audience, contact.consented_on) == ("secretariat", None)
    assert mail.outbox == []


def test_c163_live_page_and_frozen_report_differ_by_the_rows_added_since_and_these_are_listed(sit_down):
    report = factories.ReportFactory(year=2024)
    factories.ChapterFactory(report=report, key="year", title="The year", layout="glance")
    factories.VideoFactory(title="Care", date="2024-03-01")
    desk = sit_down("communication", "/desk/reports/2024/freeze/").page
    follow(desk, desk.get_by_role("button", name="Freeze the edition"))
    factories.VideoFactory(title="Later", date="2024-05-01")
    factories.EventFactory(title="Internal", date="2024-05-02", audience="secretariat")

    live, frozen = (sit_down("nobody", path).page for path in ("/reports/2024/", "/reports/2024/editions/1/"))

    now, then = (numbers(page) for page in (live, frozen))
    errata = frozen.locator(".errata li").all()
    listed = {each.locator("a").first.get_attribute("href").split("/")[-2]: each.inner_text() for each in errata}
    differing = {key for key in now if now[key] != then[key]}
    assert (now.keys(), then["chronicle.month.05"], now["chronicle.month.05"]) == (then.keys(), "0", "2")
    assert listed.keys() & now.keys() == differing
    added = re.compile("new: Later|1 row that is not public")
    assert [key for key in differing if not added.search(listed[key])] == []
    assert (entries(live), entries(frozen)) == (["Care", "Later"], ["Care"])
    assert "Internal" not in frozen.locator("main").inner_text()


def numbers(page):
    """The figures that a report prints, by key."""
    printed = page.locator(".report-body [data-figure]").all()
    return {each.get_attribute("data-figure"): each.inner_text() for each in printed}


def entries(page):
    return page.locator(".entry p:first-child").all_inner_texts()
