"""The desk as a browser meets it: legible by day and night, whole on a telephone, worked with the keyboard alone."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.auth import get_user_model
from django.contrib.sessions.backends.db import SessionStore

from tests import factories
from umbel.events.models import Event

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

WIDTHS = [390, 1280]
SCHEMES = ["light", "dark"]


@pytest.fixture
def records(browser, transactional_db):
    """A little of everything that the pages show."""
    factories.ConfederationFactory(reporting_year=2024)
    user = factories.UserFactory(email="sg@example.org", name="Francesca", role="secretary_general")
    user.vouch()
    partner = factories.OrganisationFactory(name="Confcooperative", country="IT")
    factories.OrganisationFactory(name="European Parliament", kind="institution", country="", scope="european")
    factories.MembershipFactory(organisation=partner, start="2020")
    event = factories.EventFactory(title="Conference on the future of care and of those who give it", key="care")
    factories.EventPartnerFactory(event=event, organisation=partner)
    factories.SpeakerFactory(event=event)
    event.place = "Rome"
    event.save()
    factories.PositionFactory(title="Reaction to the report", date=None)
    return {"event": event, "user": user}


@pytest.fixture
def desk(browser, records, live_server):
    """A function that opens a page of the desk as the secretary general; complaints are in `page.complaints`."""
    contexts = []
    session = SessionStore()
    user = get_user_model().objects.get(pk=records["user"].pk)
    session["_auth_user_id"] = str(user.pk)
    session["_auth_user_backend"] = "umbel.accounts.backends.PasswordBackend"
    session["_auth_user_hash"] = user.get_session_auth_hash()
    session.save()

    def opened(path, width=1280, scheme="light", **more):
        context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme, **more)
        contexts.append(context)
        context.add_cookies([{"name": "sessionid", "value": session.session_key, "url": live_server.url}])
        page = context.new_page()
        page.complaints = []
        page.on("pageerror", lambda error: page.complaints.append(str(error)))
        page.on("console", lambda told: page.complaints.append(told.text) if told.type == "error" else None)
        page.goto(f"{live_server.url}{path}")
        return page

    yield opened
    for context in contexts:
        context.close()


def faults(page):
    found = Axe().run(page).response["violations"]
    return [(rule["id"], rule["impact"], rule["nodes"][0]["target"], rule["nodes"][0]["html"]) for rule in found]


def overhang(page):
    return page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")


def pages(event):
    return {
        "list": "/desk/organisations/",
        "list, narrowed": "/desk/organisations/?kind=institution&member=soon",
        "list, empty": "/desk/videos/",
        "form": f"/desk/events/{event.pk}/",
        "form, new": "/desk/deliverables/add/",
        "delete": f"/desk/events/{event.pk}/delete/",
        "history": f"/desk/events/{event.pk}/history/",
        "bin": "/desk/bin/",
    }


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("scheme", SCHEMES)
def test_pages_have_no_fault(desk, records, width, scheme):
    factories.EventFactory(title="To be deleted")
    found = {}
    for name, path in pages(records["event"]).items():
        page = desk(path, width, scheme)
        found[name] = (faults(page), overhang(page), page.complaints)
        page.close()

    assert found == dict.fromkeys(found, ([], 0, []))


@pytest.mark.parametrize("width", WIDTHS)
def test_open_menus_rows_and_errors_have_no_fault(desk, records, width):
    page = desk(f"/desk/events/{records['event'].pk}/", width)
    page.click("[data-add-row] >> nth=0")
    page.click("details.apart summary")
    assert faults(page) == []

    page.fill("#id_title", "")
    page.fill("#id_date", "32 Oct 2024")
    page.click("[data-save]")
    page.wait_for_selector("#id_title:focus")
    assert page.locator(".alert.is-danger a").all_text_contents() == ["Title", "Date"]
    assert faults(page) == []

    page = desk("/desk/organisations/", width)
    page.check("tbody .pick input >> nth=0")
    page.click(".listbar details.menu summary")
    assert faults(page) == []
    assert overhang(page) == 0
    page.keyboard.press("Escape")
    page.click("[data-bulk] .btn-danger")
    assert page.locator("h1").text_content() == "Delete one record?"
    assert faults(page) == []


def test_rows_of_a_list_take_one_line(desk, records):
    page = desk("/desk/events/")

    heights = page.evaluate("[...document.querySelectorAll('tbody tr')].map(row => row.getBoundingClientRect().height)")

    assert {round(height) for height in heights} == {32}


def test_event_with_a_partner_is_recorded_without_a_mouse(desk, records, live_server):
    page = desk("/desk/events/add/")
    press = page.keyboard.press

    page.focus("#id_title")
    page.keyboard.type("Seminar on public procurement")
    press("Tab")
    page.keyboard.type("Seminar")
    press("Tab")
    page.keyboard.type("Organiser")
    page.focus("[data-parts=event-partners] [data-add-row]")
    press("Enter")
    box = page.locator("[data-parts=event-partners] [role=combobox]")
    assert box.evaluate("box => box === document.activeElement")
    page.keyboard.type("con")
    page.wait_for_selector("[data-parts=event-partners] [role=option]")
    press("ArrowDown")
    assert box.get_attribute("aria-activedescendant") == page.locator(
        "[role=option][aria-selected=true]"
    ).get_attribute("id")
    press("Enter")
    assert box.input_value() == "Confcooperative"
    assert page.locator("[data-unsaved-words]").text_content().startswith("Not saved: ")
    press("Control+s")
    page.wait_for_url(re.compile(r"/desk/events/\d+/$"))

    event = Event.objects.get(title="Seminar on public procurement")
    assert (event.kind, event.part) == ("seminar", "organiser")
    assert [str(partner.organisation) for partner in event.partners.all()] == ["Confcooperative"]


def test_deletion_is_undone_without_a_mouse(desk, records):
    page = desk(f"/desk/events/{records['event'].pk}/delete/")

    page.focus(".btn-danger")
    page.keyboard.press("Enter")
    page.wait_for_url("**/desk/events/")
    assert not Event.objects.filter(key="care").exists()
    page.focus(".alert button")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/desk/events/\d+/$"))

    assert Event.objects.get(key="care").partners.count() == 1


def test_filter_works_with_and_without_a_script(desk, records):
    page = desk("/desk/organisations/")
    page.select_option("#f-kind", "institution")
    page.wait_for_url("**/?kind=institution")
    assert page.locator("td.name").all_text_contents() == ["European Parliament"]

    plain = desk("/desk/organisations/", java_script_enabled=False)
    plain.select_option("#f-kind", "institution")
    plain.click("[data-apply]")
    assert plain.locator("td.name").all_text_contents() == ["European Parliament"]


def test_keys_lead_to_search_and_filter(desk, records):
    page = desk("/desk/organisations/")

    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "f-q"
    page.keyboard.press("Escape")
    page.keyboard.press("Control+k")
    assert page.evaluate("document.activeElement.dataset.key") == "k"


def test_form_is_not_left_with_what_is_not_saved(desk, records):
    page = desk(f"/desk/events/{records['event'].pk}/")
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))

    page.fill("#id_place", "Paris")
    page.goto(page.url.replace("events", "organisations").rsplit("/", 2)[0] + "/")

    assert asked == ["beforeunload"]
