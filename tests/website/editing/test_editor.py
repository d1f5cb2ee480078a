"""The editor in a browser: figures, suggestions, photographs, and a strict policy on what the page may run."""

import pytest
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.core.files.base import ContentFile
from django.core.management import call_command
from playwright.sync_api import expect
from pytest_django.live_server_helper import LiveServer

from tests import factories
from tests.browser.faults import OTHER, WAYS, faults, faults_by
from tests.cast import assemble
from tests.website.editing.conftest import picture
from umbel.core import languages
from umbel.core.translations.models import translate
from umbel.website.models import Page

pytestmark = [pytest.mark.browser, pytest.mark.django_db]

FIGURE = '<span data-figure="advocacy.positions" data-period="2024"></span>'
GONE = '<span data-figure="advocacy.songs" data-period="2024"></span>'


def session_of(user):
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = "umbel.accounts.backends.PasswordBackend"
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.create()
    return session.session_key


# The browser comes first: once its event loop runs, Django hands out other connections than before.
@pytest.fixture(scope="module")
def site(browser, django_db_setup, django_db_blocker, tmp_path_factory):
    """A running site with eight positions, a photograph and a page: its address, and the officer's session."""
    from django.conf import settings

    before, settings.MEDIA_ROOT = settings.MEDIA_ROOT, tmp_path_factory.mktemp("media")
    with django_db_blocker.unblock():
        cast = assemble()
        factories.ConfederationFactory(languages="en fr pl")
        factories.PositionFactory.create_batch(8, date="2024-05-02")
        photo = factories.PhotoFactory.build(key="care", alternative="A table", title="Care at work")
        photo.file.save("care/care.jpg", ContentFile(picture()))
        factories.NewsletterFactory(readers="external")
        page = factories.PageFactory(path="our-work", title="Our work", body=f"<p>We adopted {FIGURE} papers.</p>")
        translate(page, "title", "fr", "Notre travail")
        factories.PageFactory(path="gone", body=f"<p>{GONE}</p>")
        server = LiveServer("localhost")
        try:
            yield server.url, session_of(cast.communication)
        finally:
            server.stop()
            call_command("flush", verbosity=0, interactive=False)
            settings.MEDIA_ROOT = before
            languages._offered.clear()


@pytest.fixture
def open_page(site, browser):
    """A function that opens a path as the officer; what the page complains of is in `page.complaints`."""
    contexts = []

    def opened(path, width=1280, scheme="light", **options):
        context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme, **options)
        context.add_cookies([{"name": "sessionid", "value": site[1], "url": site[0]}])
        contexts.append(context)
        page = context.new_page()
        page.complaints = []
        page.on("pageerror", lambda error: page.complaints.append(str(error)))
        page.on(
            "console", lambda told: page.complaints.append(told.text) if told.type in ("error", "warning") else None
        )
        page.on("requestfailed", lambda request: page.complaints.append(f"failed: {request.url}"))
        page.goto(site[0] + path)
        return page

    yield opened
    for context in contexts:
        context.close()


def of(path):
    return Page.objects.get(path=path)


def overhang(page):
    return page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")


def body(page):
    return page.locator("textarea[name=body]").input_value()


def test_editor_shows_a_figure_with_its_value_and_breaks_no_rule_of_the_page(open_page):
    page = open_page(f"/desk/pages/{of('our-work').pk}/")

    shown = page.locator(".ProseMirror .prose-figure")
    shown.get_by_text("8").wait_for()

    assert "2024" in shown.get_attribute("title")
    assert page.locator("textarea[name=body]").is_hidden()
    assert page.complaints == []


def test_text_is_written_with_the_tools_and_kept(open_page, site):
    page = open_page("/desk/pages/add/")
    page.fill("input[name=title]", "Written")
    page.fill("input[name=path]", "written")
    page.locator(".ProseMirror").click()
    page.keyboard.type("A head")
    page.get_by_role("button", name="Heading", exact=True).click()
    page.keyboard.press("Enter")
    page.keyboard.type("Some ")
    page.get_by_role("button", name="Strong").click()
    page.keyboard.type("words")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="List", exact=True).click()
    page.keyboard.type("item")

    page.locator("[data-save]").click()
    page.wait_for_url("**/desk/pages/*/")

    assert of("written").body == "<h2>A head</h2><p>Some <strong>words</strong></p><ul><li><p>item</p></li></ul>"
    assert page.complaints == []


def test_figure_is_found_by_its_name_and_inserted_with_value_period_and_source(open_page):
    page = open_page("/desk/pages/add/")
    page.locator(".ProseMirror").click()
    page.keyboard.type("We adopted ")
    page.get_by_role("button", name="Figure", exact=True).click()
    page.locator("dialog input[type=search]").fill("position papers")
    choice = page.locator("dialog .prose-choice", has_text="Policy position papers").first
    told = choice.inner_text()

    choice.click()

    shown = page.locator(".ProseMirror .prose-figure")
    shown.get_by_text("8").wait_for()
    assert "8" in told
    assert "2024 · counted" in told
    assert FIGURE in body(page)
    assert page.complaints == []


def test_typed_number_suggests_the_figure_that_it_is(open_page):
    page = open_page("/desk/pages/add/")
    page.locator(".ProseMirror").click()
    page.keyboard.type("We adopted 8 papers.")
    line = page.locator(".prose-suggestions li", has_text="Policy position papers").first
    line.wait_for()
    question = line.locator("span").inner_text()

    line.get_by_role("button", name="Insert as figure").click()

    page.locator(".ProseMirror .prose-figure").get_by_text("8").wait_for()
    assert question == "8 is also: Policy position papers, 2024. Insert it as a figure?"
    assert body(page) == f"<p>We adopted {FIGURE} papers.</p>"


def test_photograph_is_placed_with_a_caption(open_page):
    page = open_page("/desk/pages/add/")
    page.locator(".ProseMirror").click()
    page.get_by_role("button", name="Photograph").click()
    page.locator("dialog .prose-choice", has_text="Care at work").click()
    page.locator(".prose-photo input").fill("At work")
    page.locator(".prose-photo input").press("Tab")

    assert '<figure data-photo="care"><figcaption>At work</figcaption></figure>' in body(page)
    expect(page.locator(".prose-photo small")).to_have_text("© Somebody")
    assert page.complaints == []


def test_figure_that_is_gone_is_marked_in_the_editor(open_page):
    page = open_page(f"/desk/pages/{of('gone').pk}/")

    page.locator(".prose-figure.is-unknown").wait_for()
    assert page.locator(".prose-figure").inner_text() == "advocacy.songs"


def test_link_is_set_on_chosen_words_without_a_mouse(open_page):
    page = open_page("/desk/pages/add/")
    page.locator(".ProseMirror").click()
    page.keyboard.type("words")
    page.keyboard.press("Shift+Control+ArrowLeft")
    page.evaluate("new Promise((done) => requestAnimationFrame(() => setTimeout(done, 50)))")
    page.get_by_role("button", name="Link", exact=True).focus()
    page.keyboard.press("Enter")
    page.keyboard.type("/members/")
    page.keyboard.press("Enter")

    assert body(page) == '<p><a href="/members/">words</a></p>'


def test_pasted_script_does_not_run_and_is_not_kept(open_page):
    page = open_page("/desk/pages/add/")
    page.fill("input[name=title]", "Pasted")
    page.fill("input[name=path]", "pasted")
    page.locator(".ProseMirror").click()
    page.evaluate(
        """() => {
            const data = new DataTransfer();
            data.setData('text/html', '<p>One<img src=x onerror="window.ran=1"><script>window.ran=1</' + 'script></p>');
            const paste = new ClipboardEvent('paste', {clipboardData: data, bubbles: true});
            document.querySelector('.ProseMirror').dispatchEvent(paste);
        }"""
    )
    page.locator("[data-save]").click()
    page.wait_for_url("**/desk/pages/*/")

    assert of("pasted").body == "<p>One</p>"
    assert page.evaluate("window.ran") is None


def test_without_scripts_the_box_takes_marked_text(open_page):
    page = open_page("/desk/pages/add/", java_script_enabled=False)
    page.fill("input[name=title]", "Plain")
    page.fill("input[name=path]", "plain")
    page.fill("textarea[name=body]", "## A head\n\nIn {advocacy.positions@2024} **papers**\n\n- one\n- two")

    page.locator("[data-save]").click()

    assert (
        of("plain").body
        == f"<h2>A head</h2><p>In {FIGURE} <strong>papers</strong></p><ul><li><p>one</p></li><li><p>two</p></li></ul>"
    )


def test_colours_are_shown_while_they_are_chosen(open_page):
    page = open_page("/desk/site/")

    page.fill("input[name=primary_colour]", "#7a1f5c")
    page.wait_for_timeout(800)

    button = page.locator(".preview[data-theme=light] .btn-primary")
    assert button.evaluate("element => getComputedStyle(element).backgroundColor") == "rgb(122, 31, 92)"
    assert page.complaints == []


PAGES = {
    "page": "/our-work/",
    "page in French": "/fr/our-work/",
    "editor": "/desk/pages/{pk}/",
    "preview": "/desk/pages/{pk}/preview/",
    "revisions": "/desk/pages/{pk}/revisions/",
    "site": "/desk/site/",
    "languages": "/desk/languages/",
    "translation": "/desk/languages/website.page/{pk}/fr/",
    "links": "/desk/links/",
    "subscribe": "/newsletters/subscribe/",
    "sent": "/newsletters/subscribe/sent/",
    "subscribers": "/desk/subscribers/",
}


@pytest.mark.parametrize(("width", "scheme"), WAYS)
@pytest.mark.parametrize("name", PAGES)
def test_page_has_no_fault(site, open_page, name, width, scheme):
    page = open_page(PAGES[name].format(pk=of("our-work").pk), width, scheme)
    page.wait_for_load_state("networkidle")

    assert faults(page) == []
    assert overhang(page) == 0
    assert faults_by(page, OTHER[scheme]) == []
    assert page.complaints == []


@pytest.mark.parametrize("name", ["Figure", "Photograph", "Link"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_dialog_has_no_fault(open_page, name, scheme):
    page = open_page("/desk/pages/add/", 390, scheme)
    page.get_by_role("button", name=name, exact=True).click()
    page.wait_for_load_state("networkidle")

    assert faults(page) == []
