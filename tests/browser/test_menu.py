"""The menu as the communications officer arranged it, with two levels, and the logo beside it."""

import pytest
from django.core.files.base import ContentFile
from django.test import override_settings

from tests import factories
from tests.browser.faults import faults, overhang
from tests.website.editing.conftest import picture
from umbel.core.models import Confederation

pytestmark = [pytest.mark.browser, pytest.mark.django_db]


@pytest.fixture(scope="module")
def arranged(site, django_db_blocker, tmp_path_factory):
    """The running site with a logo and a menu of seven entries, two of which have others below them."""
    with django_db_blocker.unblock(), override_settings(MEDIA_ROOT=tmp_path_factory.mktemp("media")):
        Confederation.current().logo.save("a1b2/logo.png", ContentFile(picture(900, 300, "PNG")))
        about, work = (
            factories.MenuItemFactory(label=label, address="", place=place, order=order)
            for order, (label, place) in enumerate([("Who we are", "about"), ("Our work", "policy-files")])
        )
        for place in ("board", "staff", "umbrellas"):
            factories.MenuItemFactory(label=place.capitalize(), address="", place=place, parent=about)
        factories.MenuItemFactory(label="Positions", address="", place="positions", parent=work)
        for place in ("members", "events", "stories", "publications", "year"):
            factories.MenuItemFactory(label=place.capitalize(), address="", place=place, order=5)
        yield site


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("width", "opener"), [(1280, ".nav-group summary"), (390, ".burger summary")])
def test_open_menu_has_no_fault(arranged, open_page, width, opener, scheme):
    page = open_page(f"{arranged}/staff/", width, scheme)

    page.locator(opener).first.click()

    assert page.locator(".nav-below a").filter(visible=True).count() >= 3
    assert faults(page) == []
    assert overhang(page)[0] == 0, overhang(page)[1]
    assert page.complaints == []


@pytest.mark.parametrize("width", [320, 870, 1000])
def test_bar_is_no_wider_than_the_window(arranged, open_page, width):
    page = open_page(f"{arranged}/staff/", width)

    assert overhang(page)[0] == 0, overhang(page)[1]


def test_second_level_opens_without_a_mouse(arranged, open_page):
    page = open_page(f"{arranged}/")
    below = page.locator(".nav-group .nav-below a").first
    page.locator(".nav-group summary").first.focus()

    page.keyboard.press("Enter")
    opened = below.is_visible()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")

    page.wait_for_url("**/board/")
    assert opened is True
    assert page.locator(".nav-group [aria-current=true]").inner_text() == "Who we are"
    assert page.locator(".nav-below a").first.is_visible() is False


def test_one_entry_is_open_at_a_time(arranged, open_page):
    page = open_page(f"{arranged}/")

    for number in (0, 1):
        page.locator(".nav-group summary").nth(number).click()

    assert [page.locator(".nav-group details").nth(number).evaluate("e => e.open") for number in (0, 1)] == [
        False,
        True,
    ]
