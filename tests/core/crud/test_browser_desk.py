"""The desk as a browser meets it: legible by day and night, whole on a telephone, worked with the keyboard alone."""

import re

import pytest
from django.contrib.auth import get_user_model
from django.contrib.sessions.backends.db import SessionStore

from tests import factories
from tests.browser.faults import OTHER, WAYS, faults, faults_by
from tests.core.crud.test_capture import INVITATION
from umbel.core.models import Confederation
from umbel.events.models import Event

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

WIDTHS = [390, 1280]


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


@pytest.mark.parametrize(("width", "scheme"), WAYS)
def test_pages_have_no_fault(desk, records, width, scheme):
    factories.EventFactory(title="To be deleted")
    found = {}
    for name, path in pages(records["event"]).items():
        page = desk(path, width, scheme)
        found[name] = (faults(page), overhang(page), faults_by(page, OTHER[scheme]), page.complaints)
        page.close()

    assert found == dict.fromkeys(found, ([], 0, [], []))


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


DROP = """([selector, text]) => {
    const data = new DataTransfer();
    data.items.add(new File([text], "invitation.ics", {type: "text/calendar"}));
    const place = document.querySelector(selector);
    for (const kind of ["dragenter", "dragover", "drop"]) {
        place.dispatchEvent(new DragEvent(kind, {bubbles: true, cancelable: true, dataTransfer: data}));
    }
}"""


def begun(page):
    page.wait_for_url("**/desk/events/add/**")
    return page.input_value("#id_title"), page.input_value("#id_place")


@pytest.mark.parametrize(
    ("path", "place"),
    [
        ("/desk/", ".topbar input[name=q]"),
        ("/desk/organisations/", ".topbar input[name=q]"),
        ("/desk/capture/", ".drop"),
    ],
)
def test_file_that_is_dropped_opens_the_form(desk, path, place):
    page = desk(path)

    page.evaluate(DROP, [place, INVITATION.decode()])

    assert begun(page) == ("Conference on care", "Rome")
    assert page.complaints == []


def test_file_is_attached_with_the_button_beside_the_field(desk):
    page = desk("/desk/organisations/")
    # The driver hears of choosers from its first listener on, and says so to the browser without waiting.
    page.on("filechooser", lambda _chooser: None)
    page.keyboard.press("Control+k")
    page.locator("[data-key=k]:focus").wait_for()
    page.keyboard.press("Tab")
    page.locator("[data-attach]:focus").wait_for()

    with page.expect_file_chooser() as chooser:
        page.keyboard.press("Enter")
    chooser.value.set_files({"name": "invitation.ics", "mimeType": "text/calendar", "buffer": INVITATION})

    assert begun(page) == ("Conference on care", "Rome")


def test_button_leads_to_the_page_of_files_without_a_script(desk):
    page = desk("/desk/organisations/", java_script_enabled=False)

    page.get_by_role("link", name="Read a calendar entry or an e-mail").click()
    page.locator("#parcel").set_input_files({"name": "a.ics", "mimeType": "text/calendar", "buffer": INVITATION})
    page.get_by_role("button", name="Read it").click()

    assert begun(page) == ("Conference on care", "Rome")


def test_text_that_is_dropped_on_the_field_stays_text(desk):
    page = desk("/desk/organisations/")

    kept = page.evaluate(
        """() => {
            const data = new DataTransfer();
            data.setData("text/plain", "met DG EMPL");
            const event = new DragEvent("drop", {bubbles: true, cancelable: true, dataTransfer: data});
            return document.querySelector(".topbar input[name=q]").dispatchEvent(event);
        }"""
    )

    assert kept is True


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
def test_pages_of_capture_have_no_fault(desk, width, scheme):
    factories.OrganisationFactory(name="DG EMPL", kind="body")
    page = desk("/desk/capture/?q=met+DG+EMPL+on+4+July", width, scheme)

    found = [faults(page)]
    page.locator(".captured summary").click()
    # The list that opens lies over a link below it, which by sizes of targets alone would be a fault.
    found += [faults(page, options={}), overhang(page)]
    page.locator(".topbar .menu summary").click()

    assert [*found, faults(page, options={}), overhang(page)] == [[], [], 0, [], 0]


def test_account_menu_changes_the_language_and_signs_out(desk, records):
    own = Confederation.objects.get()
    own.languages = "en fr"
    own.save()
    page = desk("/desk/organisations/?kind=institution", 390)

    page.locator(".topbar .menu summary").click()
    page.get_by_role("button", name="Français").click()
    page.wait_for_load_state()
    where, language = page.url.split("/desk/")[1], page.locator("html").get_attribute("lang")
    page.locator(".topbar .menu summary").click()
    page.locator(".topbar .menu form[action='/account/logout/'] button").click()
    page.wait_for_load_state()

    records["user"].refresh_from_db()
    assert (where, language, records["user"].language) == ("organisations/?kind=institution", "fr", "fr")
    assert "sessionid" not in {cookie["name"] for cookie in page.context.cookies()}


IS_SAVE_SEEN = """() => {
    const save = document.querySelector("[data-save]"), box = save.getBoundingClientRect();
    return save.contains(document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2));
}"""


def test_nothing_of_the_form_lies_over_save(desk, records):
    page = desk(f"/desk/events/{records['event'].pk}/")
    page.wait_for_selector(".prose-tools")

    covered = []
    for height in range(500, 1000, 20):
        page.set_viewport_size({"width": 1280, "height": height})
        if not page.evaluate(IS_SAVE_SEEN):
            covered.append(height)

    assert covered == []
