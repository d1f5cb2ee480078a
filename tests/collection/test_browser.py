"""The form of a return for the ears and for a telephone: with a leap to confirm and a cell that lacks an answer."""

import pytest

from tests.browser.faults import WAYS, faults, overhang
from tests.collection.test_own_returns import ADDRESS

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize(("width", "scheme"), WAYS)
def test_the_form_has_no_fault(live_server, browser_page, client_of, workers, width, scheme):
    cookie = client_of("representative_a").cookies["sessionid"].value
    browser_page.context.add_cookies([{"name": "sessionid", "value": cookie, "url": live_server.url}])
    browser_page.set_viewport_size({"width": width, "height": 900})
    browser_page.emulate_media(color_scheme=scheme)
    browser_page.goto(f"{live_server.url}{ADDRESS}")
    before = faults(browser_page)
    browser_page.fill(f"#id_value-{workers.pk}-2022", "100")
    browser_page.fill(f"#id_value-{workers.pk}-2023", "200")
    with browser_page.expect_navigation():
        browser_page.click("button[name=send]")

    after = faults(browser_page)

    assert (before, after) == ([], [])
    assert overhang(browser_page) == [0, []]
    assert browser_page.locator("input[name^=leap]").count() == 1
