"""From an empty installation to the desk, as whoever starts it meets it: in a browser, with the keyboard alone."""

import os
from pathlib import Path
from time import monotonic

import pytest
from playwright.sync_api import expect

from tests.browser.faults import faults as faults_of
from umbel.core.models import Confederation, MembershipCategory
from umbel.network.models import Membership
from umbel.website.starting import door

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

TEN_MINUTES = 600
LOOKS = [(1280, "light"), (1280, "dark"), (390, "light"), (390, "dark")]
FOCUSED = "document.activeElement.name || document.activeElement.textContent.trim()"


def faults(page):
    """What axe finds, and how far the page reaches out of its window: on a desk, a telephone, by day and by night."""
    found = []
    for width, scheme in LOOKS:
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        found += [(rule, html, width, scheme) for rule, _grave, _place, html in faults_of(page)]
        over = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        found += [("overhang", over, width, scheme)] if over else []
        if folder := os.environ.get("UMBEL_SHOTS"):
            name = page.url.split("?")[0].strip("/").rpartition("/")[2]
            page.screenshot(path=Path(folder) / f"{name}-{width}-{scheme}.png", full_page=True)
    page.set_viewport_size({"width": 1280, "height": 900})
    page.emulate_media(color_scheme="light")
    return found


def reach(page, name, most=80):
    """Press Tab until a field of that name, or a button with that word, has the focus."""
    for _ in range(most):
        page.keyboard.press("Tab")
        if page.evaluate(FOCUSED) == name:
            return
    raise AssertionError(f"{name} cannot be reached; the focus is on {page.evaluate(FOCUSED)}")


def fill(page, values, button="Save and go on"):
    """Type values into fields, then press a button, without a mouse."""
    for name, value in values.items():
        reach(page, name)
        page.keyboard.press("Control+A")
        page.keyboard.type(value)
    reach(page, button)
    page.keyboard.press("Enter")


SECRET = "a long way to tipperary"
NAME = {"name": "UNIO", "long_name": "Union of unions", "city": "Brussels", "country": "Belg"}
ACCOUNT = {"name": "Ada", "email": "ada@unio.example", "password": SECRET, "again": SECRET}
STATUTES = {"notice_days": "30", "quorum_percent": "50", "proxies_per_delegate": "2", "mandate_years": "4"}
MEMBER = {"members-0-name": "Members of France", "members-0-country": "Fra", "members-0-category": "Ordinary"}
STEPS = [
    ("Nothing is set up yet", lambda: {"token": door.token()}, "Set it up"),
    ("Who are you?", NAME, "Save and go on"),
    ("Logo and colours", {"primary_colour": "#ff9900"}, "Save and go on"),
    ("Logo and colours", {}, "take"),
    ("Logo and colours", {}, "Save and go on"),
    ("Your words", {"categories-0-name": "Ordinary members"}, "Save and go on"),
    ("What the statutes say", STATUTES, "Save and go on"),
    ("Your account", ACCOUNT, "Make the account and go on"),
    ("Does mail go out?", {}, "Go on"),
    ("Your members", MEMBER, "Save and open the desk"),
]


def test_a_confederation_is_set_up_with_the_keyboard_alone(live_server, browser_page, settings):
    page, begun, found = browser_page, monotonic(), []
    settings.SITE_URL = live_server.url
    page.goto(f"{live_server.url}/")

    for title, values, button in STEPS:
        expect(page.get_by_role("heading", level=1)).to_have_text(title)
        found += faults(page)
        with page.expect_navigation():
            fill(page, values() if callable(values) else values, button)

    expect(page).to_have_url(f"{live_server.url}/desk/")
    assert found == []
    assert monotonic() - begun < TEN_MINUTES
    own, membership = Confederation.objects.get(), Membership.objects.get()
    assert (own.name, own.country, own.notice_days, own.primary_colour) == ("UNIO", "BE", 30, "#a56100")
    assert (membership.organisation.country, membership.category.name) == ("FR", "Ordinary members")
    assert MembershipCategory.objects.count() == 3
    assert not door.is_open()


def test_colours_show_while_they_are_typed(live_server, browser_page, settings):
    page = browser_page
    settings.SITE_URL = live_server.url
    page.goto(door.address())
    fill(page, {"name": "UNIO", "long_name": "Union of unions"})

    page.fill("[name=primary_colour]", "#7a1f5c")

    by_day, by_night = (page.locator(f".preview[data-theme={scheme}] .btn-primary") for scheme in ("light", "dark"))
    expect(by_day).to_have_css("background-color", "rgb(122, 31, 92)")
    expect(by_night).not_to_have_css("background-color", "rgb(122, 31, 92)")
    expect(by_night).not_to_have_css("background-color", "rgb(143, 203, 224)")


def test_set_up_works_without_scripts(live_server, browser, settings):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    settings.SITE_URL = live_server.url
    page.goto(door.address())
    page.fill("[name=name]", "UNIO")
    page.fill("[name=long_name]", "Union of unions")
    page.click("text=Save and go on")
    page.click("text=Save and go on")

    page.click("[name=add-row-types]")
    page.fill("[name=types-0-name]", "Worker cooperatives")
    page.click("text=Save and go on")

    assert page.locator("h1").inner_text() == "What the statutes say"
    context.close()
