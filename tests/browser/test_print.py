"""Pages on paper: what is on record, without what one operates."""

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.django_db]

OPERATED = (
    "nav, footer, [role=search], .filterbar, .pager, .crumbs, .tabs, .chips, .beside, .files-of, .skip, .util, .burger,"
    " .topbar, .side, .savebar, button, .btn, input[type=search], input[type=file]"
)
SEEN = """operated => [...document.querySelectorAll(operated)]
    .filter(e => e.checkVisibility({visibilityProperty: true}) && e.getBoundingClientRect().height > 1)
    .map(e => e.outerHTML.slice(0, 80))"""

PAGES = {
    "home": ("nobody", "/"),
    "members": ("nobody", "/members/"),
    "member": ("nobody", "/members/coceta/"),
    "event": ("nobody", "/events/t50/"),
    "person": ("nobody", "/people/giuseppe-guerini/"),
    "year": ("nobody", "/year/2024/"),
    "figures": ("nobody", "/figures/2024/"),
    "audit": ("nobody", "/audit/2024/"),
    "report": ("nobody", "/reports/2024/"),
    "search": ("nobody", "/search/?q=care"),
    "members, signed in": ("representative_a", "/members/"),
    "member area": ("representative_a", "/my/"),
    "desk": ("membership", "/desk/"),
    "desk list": ("membership", "/desk/organisations/"),
}


def on_paper(page):
    """What one operates and sees on the page as it is on a screen, and as it is printed."""
    shown = page.evaluate(SEEN, OPERATED)
    page.emulate_media(media="print")
    return shown, page.evaluate(SEEN, OPERATED)


@pytest.mark.parametrize("width", [390, 1000])
@pytest.mark.parametrize("name", PAGES)
def test_page_is_printed_without_what_one_operates(come_in, name, width):
    page = come_in(*PAGES[name], width)

    on_screen, printed = on_paper(page)

    assert len(on_screen) > 2
    assert printed == []
    assert page.locator("h1").first.is_visible()


def test_record_is_printed_without_what_one_operates(come_in):
    page = come_in("membership", "/desk/organisations/", 1000)
    page.locator(".tbl tbody a").first.click()

    on_screen, printed = on_paper(page)

    assert len(on_screen) > 2
    assert printed == []
    assert page.locator("h1").first.is_visible()
