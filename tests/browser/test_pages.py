"""Every page on a telephone and on a desk, by day and by night: legible, whole, without a mouse and without faults."""

import pytest

from tests.browser.faults import OTHER, WAYS, faults, faults_by, overhang
from tests.browser.walking import follow

pytestmark = [pytest.mark.browser, pytest.mark.django_db]

PAGES = {
    "home": "/",
    "year": "/year/2024/",
    "year, narrowed": "/year/2024/?family=advocacy&q=letter",
    "year without records": "/year/2019/",
    "about": "/about/",
    "board": "/board/",
    "staff on a day": "/staff/?on=2024-12-31",
    "umbrellas": "/umbrellas/",
    "members": "/members/",
    "members, narrowed": "/members/?country=IT",
    "members, none": "/members/?q=nothing+of+this+name",
    "member": "/members/coceta/",
    "organisation": "/organisations/dg-empl/",
    "people": "/people/",
    "person": "/people/giuseppe-guerini/",
    "policy files": "/policy-files/",
    "policy file": "/policy-files/seap/",
    "pillar": "/policy-files/pillar/business/",
    "positions": "/positions/",
    "position": "/positions/t45/",
    "joint letter": "/joint-letters/t13/",
    "campaign": "/campaigns/social-economy-voices/",
    "seat": "/seats/geces/",
    "events": "/events/",
    "events, wrong filter": "/events/?year=someday",
    "event": "/events/t50/",
    "undated event": "/events/o01a/",
    "stories": "/stories/",
    "story": "/stories/t16/",
    "publications": "/publications/",
    "publication": "/publications/t46/",
    "projects": "/projects/",
    "project": "/projects/origami/",
    "groups": "/groups/",
    "group": "/groups/public-procurement/",
    "body": "/bodies/board/",
    "newsletters": "/newsletters/",
    "figures": "/figures/2024/",
    "figures, narrowed": "/figures/2024/?chapter=grant",
    "figures, none": "/figures/2024/?q=nothing+of+this+name",
    "counted figure": "/figures/2024/advocacy.positions/",
    "derived figure": "/figures/2024/communication.growth.x/",
    "reported figure": "/figures/2024/communication.followers.facebook/",
    "figure with hidden rows": "/figures/2024/communication.internal_newsletters/",
    "audit": "/audit/2024/",
    "audit, narrowed": "/audit/2024/?state=contradicts",
    "report": "/reports/2024/",
}
LOST = {"no such page": "/nowhere/", "no such record": "/events/t99/"}


@pytest.mark.parametrize(("width", "scheme"), WAYS)
@pytest.mark.parametrize("name", PAGES)
def test_page_has_no_fault(site, open_page, name, width, scheme):
    page = open_page(site + PAGES[name], width, scheme)

    assert faults(page) == []
    assert overhang(page)[0] == 0, overhang(page)[1]
    assert faults_by(page, OTHER[scheme]) == []
    assert page.complaints == []


@pytest.mark.parametrize("name", LOST)
def test_page_of_nothing_has_no_fault(site, open_page, name):
    page = open_page(site + LOST[name], 390)

    assert page.title() == "Not found · CECOP"
    assert faults(page) == []
    assert overhang(page)[0] == 0, overhang(page)[1]


@pytest.mark.parametrize("name", PAGES)
def test_first_key_leads_past_the_menu_to_the_content(site, open_page, name):
    page = open_page(site + PAGES[name])

    page.keyboard.press("Tab")
    skip = page.evaluate("document.activeElement.className")
    page.keyboard.press("Enter")

    assert (skip, page.evaluate("document.activeElement.id")) == ("skip", "main")


def test_skip_link_is_seen_when_it_has_the_focus(site, open_page):
    page = open_page(f"{site}/")

    page.keyboard.press("Tab")

    box = page.locator(".skip").bounding_box()
    assert box["x"] >= 0
    assert box["y"] >= 0
    assert box["height"] > 10


def test_menu_opens_and_shuts_without_a_mouse(site, open_page):
    page = open_page(f"{site}/", 390)
    button = page.locator(".burger summary")

    button.focus()
    page.keyboard.press("Enter")
    opened = page.locator(".burger .sheet a").first.is_visible()
    page.keyboard.press("Enter")

    assert (opened, page.locator(".burger .sheet a").first.is_visible()) == (True, False)


def test_what_has_the_focus_is_outlined(site, open_page):
    page = open_page(f"{site}/figures/2024/")
    page.keyboard.press("Tab")

    plain = []
    for _ in range(12):
        page.keyboard.press("Tab")
        style = page.evaluate(
            "(() => { const s = getComputedStyle(document.activeElement);"
            " return [s.outlineStyle, s.outlineWidth, s.boxShadow, document.activeElement.outerHTML.slice(0, 90)]; })()"
        )
        if style[0] == "none" and style[2] == "none":
            plain.append(style[3])

    assert plain == []


def test_figure_on_the_front_page_opens_its_rows(site, open_page):
    page = open_page(f"{site}/")

    link = page.locator('a.opens:has(data[data-figure="advocacy.positions"])').first

    assert link.inner_text() == "8"
    assert link.get_attribute("href").endswith("/figures/2024/advocacy.positions/")


def test_figure_page_lists_as_many_rows_as_it_counts(site, open_page):
    page = open_page(f"{site}/figures/2024/advocacy.positions/")

    assert page.locator("section[aria-labelledby=rows] ol.rows > li").count() == 8


def test_filter_works_without_scripts(site, open_page):
    page = open_page(f"{site}/figures/2024/", java_script_enabled=False)

    page.fill("#query", "videos")
    follow(page, page.locator(".filterbar button[type=submit]"))

    assert page.locator(".figures-table tbody tr").count() == 1
    assert page.input_value("#query") == "videos"


def test_written_report_opens_from_its_folder(exported, open_page):
    page = open_page((exported / "report.html").as_uri())

    styles = page.evaluate("[...document.styleSheets].map(sheet => sheet.href.split('/assets/')[1])")

    assert page.title() == "CECOP Activity Report 2024"
    assert set(styles) >= {"ui/tokens.css", "ui/components.css", "ui/report.css"}
    assert page.complaints == []


@pytest.mark.parametrize(("width", "scheme"), WAYS)
def test_written_report_has_no_fault(exported, open_page, width, scheme):
    page = open_page((exported / "report.html").as_uri(), width, scheme)

    assert faults(page) == []
    assert overhang(page)[0] == 0, overhang(page)[1]
    assert faults_by(page, OTHER[scheme]) == []


def test_written_report_uses_its_own_fonts(exported, open_page):
    page = open_page((exported / "report.html").as_uri())

    page.evaluate("document.fonts.ready")

    loaded = page.evaluate("[...document.fonts].filter(font => font.status == 'loaded').map(font => font.family)")
    assert {name.strip('"') for name in loaded} >= {"Inter", "Source Serif 4"}


def test_every_place_of_the_contents_is_on_the_page(exported, open_page):
    page = open_page((exported / "report.html").as_uri())

    targets = page.evaluate("[...document.querySelectorAll('.toc a')].map(a => a.getAttribute('href'))")

    assert len(targets) == 11
    assert [target for target in targets if page.locator(target).count() != 1] == []
