"""Every page of the access table, as the first of the cast who may open it sees it: no fault at any width or hour."""

from urllib.parse import urlsplit

import pytest

from tests.browser.faults import OTHER, WAYS, faults, faults_by, overhang
from tests.cast import SEATS
from tests.house.access import ACCESS, MORE

pytestmark = [pytest.mark.browser, pytest.mark.django_db]

NO_PAGES = {
    # Files, or addresses that only lead on.
    "website.colours", "website.robots", "website.sitemap.index", "website.sitemap.part", "website.search.listing",
    "website.search.suggest", "website.shelf.file", "website.year.file", "website.office.file", "website.topic.file",
    "website.search.table", "website.umbrellas.file", "website.figures.feed", "reports.audit.table",
    "reports.figure.trend",
    "reports.figure.table", "reports.figure.rows", "reports.audit.json", "reports.report.file", "reports.drawing.table",
    "website.members.map", "desk.record.download", "desk.import.blank", "desk.lookup", "desk.lookup.any",
    "desk.prose.figures", "desk.prose.photos", "communication.recipients.file", "reports.grant.annex",
    "network.own.statement", "governance.poll.table",
}  # fmt: skip
PAGES = [address for address in [*ACCESS, *MORE] if address.answer in (200, 410, 401) and address.name not in NO_PAGES]


def whoever_may(address):
    return next((seat for seat in SEATS if seat in address.audience), None)


def is_there(page, address):
    """Whether the page is the one that was asked for, and not the sign-in page or what has moved elsewhere."""
    return urlsplit(page.url).path == address.path or address.name == "website.record.show"


@pytest.mark.parametrize(("width", "scheme"), WAYS)
@pytest.mark.parametrize("address", [address for address in PAGES if whoever_may(address)], ids=str)
def test_page_has_no_fault(house, come_in, address, width, scheme):
    page = come_in(whoever_may(address), address.path, width, scheme)

    assert is_there(page, address)
    assert faults(page) == []
    assert overhang(page)[0] == 0, overhang(page)[1]
    assert faults_by(page, OTHER[scheme]) == []
    if address.answer == 200:
        assert page.complaints == []


def test_pages_are_as_many_as_the_table_has():
    assert len(PAGES) > 60


@pytest.mark.parametrize("address", [address for address in PAGES if whoever_may(address)], ids=str)
def test_page_can_be_read_without_scripts(house, come_in, address):
    page = come_in(whoever_may(address), address.path, java_script_enabled=False)

    assert is_there(page, address)
    assert page.locator("h1").count() >= 1


@pytest.mark.parametrize(("width", "scheme"), WAYS)
@pytest.mark.parametrize("path", ["/", "/search/?q=care", "/members/", "/my/", "/audit/2024/", "/styleguide/"])
def test_quick_capture_outside_the_desk_has_no_fault_and_is_led_to_by_its_key(house, come_in, path, width, scheme):
    page = come_in("secretary_general", path, width, scheme)

    assert faults(page) == []
    assert overhang(page)[0] == 0, overhang(page)[1]
    page.keyboard.press("Control+k")
    assert page.evaluate("document.activeElement.closest('form').getAttribute('action')") == "/desk/capture/"
