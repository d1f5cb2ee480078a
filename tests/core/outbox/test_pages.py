"""The outbox and the styleguide in a browser: without a fault on a desk and a telephone, by day and by night."""

import os
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.test import Client

from tests.factories import UserFactory
from umbel.core.models import Mail

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
LOOKS = [(1280, "light"), (1280, "dark"), (390, "light"), (390, "dark")]
BODY = "<h1>Hello</h1><p>How are you?</p><script>document.title = 'run'</script>"


@pytest.fixture
def page(live_server, browser_page):
    """A page in which a secretary general has signed in; three mails are in the outbox."""
    client = Client()
    client.force_login(UserFactory(role="secretary_general"), backend="umbel.accounts.backends.PasswordBackend")
    cookie = {"name": settings.SESSION_COOKIE_NAME, "value": client.cookies["sessionid"].value, "url": live_server.url}
    browser_page.context.add_cookies([cookie])
    told = {"recipients": "ada@example.org", "sender": "us@example.org", "text": "How are you?"}
    Mail.objects.create(pk=1, subject="Hello", outcome="sent", html=BODY, headers={"Message-ID": "<1@umbel>"}, **told)
    Mail.objects.create(pk=2, subject="Round", outcome="failed", reason="SMTPServerDisconnected: full", **told)
    Mail.objects.create(pk=3, subject="Your account", outcome="held", is_masked=True, **told)
    return browser_page


@pytest.mark.parametrize("path", ["/desk/outbox/", "/desk/outbox/1/", "/desk/outbox/2/", "/styleguide/"])
def test_page_has_no_fault(live_server, page, path):
    found = []
    for width, scheme in LOOKS:
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        page.goto(f"{live_server.url}{path}")
        found += [
            (rule["id"], rule["nodes"][0]["html"], width, scheme) for rule in Axe().run(page).response["violations"]
        ]
        over = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        found += [("overhang", over, width, scheme)] if over else []
        if folder := os.environ.get("UMBEL_SHOTS"):
            page.screenshot(
                path=Path(folder) / f"{path.strip('/').replace('/', '-')}-{width}-{scheme}.png", full_page=True
            )

    assert found == []


def test_script_in_a_mail_does_not_run(live_server, page):
    page.goto(f"{live_server.url}/desk/outbox/1/html/")

    assert (page.locator("h1").inner_text(), page.title()) == ("Hello", "")


def test_list_is_printed_without_what_one_operates(live_server, page):
    page.goto(f"{live_server.url}/desk/outbox/")
    page.emulate_media(media="print")

    seen = [page.locator(place).first.is_visible() for place in (".tbl", "h1", ".side", ".topbar", ".filterbar")]
    assert seen == [True, True, False, False, False]


def test_head_of_a_row_reads_like_its_cells(live_server, page):
    page.goto(f"{live_server.url}/desk/outbox/")
    look = "cell => ['fontSize', 'borderBottomColor', 'color'].map(name => getComputedStyle(cell)[name])"

    assert page.locator(".tbl tbody th").first.evaluate(look) == page.locator(".tbl tbody td").first.evaluate(look)
