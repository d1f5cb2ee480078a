"""Signing in as people do it: without a mouse, with an app, with a passkey, on a telephone and at night."""

import re

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.core.cache import cache

from tests.browser.faults import faults
from umbel.accounts.models import User

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PASSWORD = "a very long walk in Rome"
ENTRANCE = ["/account/login/", "/account/password/reset/", "/account/signup/", "/account/invitations/x/", "/nowhere/"]
ACCOUNT = [
    "/account/email/",
    "/account/password/change/",
    "/account/second-step/",
    "/account/second-step/totp/activate/",
    "/account/second-step/webauthn/",
    "/account/second-step/webauthn/add/",
    "/account/sessions/",
    "/account/logout/",
]
DESK = ["/desk/users/", "/desk/users/invite/"]
VIEWS = [(390, "light"), (390, "dark"), (1280, "light"), (1280, "dark")]


# The browser comes first: once its event loop runs, Django hands out other connections than before.
@pytest.fixture
def site(browser, live_server):
    cache.clear()
    user = User.objects.create_user("ada@example.org", PASSWORD, name="Ada", role="administrator")
    user.vouch()
    return live_server.url.replace("127.0.0.1", "localhost")


@pytest.fixture
def page(site, browser):
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.complaints = []
    page.on("pageerror", lambda error: page.complaints.append(str(error)))
    page.on("console", lambda told: page.complaints.append(told.text) if "Content Security" in told.text else None)
    yield page
    context.close()


def press(page, *keys):
    for key in keys:
        page.keyboard.press(key)


def sign_in(page, site):
    """Sign in without a mouse: to the first field, and on with the tabulator."""
    page.goto(f"{site}/account/login/")
    page.focus("input[name=login]")
    page.keyboard.type("ada@example.org")
    press(page, "Tab")
    page.keyboard.type(PASSWORD)
    press(page, "Enter")
    page.wait_for_url(lambda url: "/account/login/" not in url)


def code_of(secret):
    return format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))


def signed_in(page, site):
    return page.request.get(f"{site}/account/email/", max_redirects=0).status == 200


def test_an_app_is_set_up_and_asked_for_without_a_mouse(page, site):
    sign_in(page, site)
    page.goto(f"{site}/account/second-step/totp/activate/")
    secret = page.locator(".secret").inner_text()
    page.focus("input[name=code]")
    page.keyboard.type(code_of(secret))
    press(page, "Enter")
    page.wait_for_url(re.compile("recovery-codes"))
    codes = page.locator(".codes li").all_inner_texts()

    page.context.clear_cookies()
    cache.clear()  # the code of this half minute has been used
    sign_in(page, site)
    asked = page.locator("h1").inner_text()
    page.focus("input[name=code]")
    page.keyboard.type(codes[0])
    press(page, "Enter")
    page.wait_for_url(lambda url: "second-step" not in url)

    assert (asked, len(codes), signed_in(page, site), page.complaints) == ("Second step", 10, True, [])


def test_a_passkey_signs_in_without_the_password(page, site):
    device = page.context.new_cdp_session(page)
    device.send("WebAuthn.enable")
    device.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "internal",
                "hasResidentKey": True,
                "hasUserVerification": True,
                "isUserVerified": True,
                "automaticPresenceSimulation": True,
            }
        },
    )
    sign_in(page, site)
    page.goto(f"{site}/account/second-step/webauthn/add/")
    page.fill("input[name=name]", "Telephone")
    page.get_by_role("button", name="Add a passkey").press("Enter")
    page.wait_for_url(re.compile("recovery-codes"))
    page.context.clear_cookies()
    page.goto(f"{site}/account/login/")

    page.get_by_role("button", name="Sign in with a passkey").press("Enter")
    page.wait_for_url(lambda url: "/account/login/" not in url)

    page.goto(f"{site}/account/second-step/webauthn/")
    assert "Telephone" in page.locator("main").inner_text()
    assert page.complaints == []


def test_without_a_passkey_the_page_says_what_else_there_is(page, site):
    page.goto(f"{site}/account/login/")

    page.evaluate("() => { navigator.credentials.get = () => Promise.reject(new DOMException('no')); }")
    page.get_by_role("button", name="Sign in with a passkey").click()

    words = page.locator("[data-passkey-trouble]")
    words.wait_for(state="visible")
    assert words.inner_text() == "The browser gave no passkey. Try again, or use another way."


def test_without_scripts_no_passkey_is_offered_and_the_password_works(browser, site):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()

    page.goto(f"{site}/account/login/")
    offered = page.locator("[data-passkey]").is_visible()
    sign_in(page, site)

    assert (offered, signed_in(page, site)) == (False, True)
    context.close()


@pytest.mark.parametrize(("width", "scheme"), VIEWS)
def test_pages_of_the_account_have_no_fault(browser, site, width, scheme):
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)
    page = context.new_page()
    found = {}
    for path in [*ENTRANCE, *ACCOUNT, *DESK]:
        if path == ACCOUNT[0]:
            sign_in(page, site)
        page.goto(site + path)
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        if (seen := faults(page)) or wide:
            found[path] = [seen, wide]

    assert found == {}
    context.close()


def test_a_wrong_password_is_told_to_screen_readers(page, site):
    page.goto(f"{site}/account/login/")
    page.fill("input[name=login]", "ada@example.org")
    page.fill("input[name=password]", "not my password")
    press(page, "Enter")

    words = page.get_by_role("alert").filter(has_text="not correct")
    words.wait_for()
    assert faults(page) == []
