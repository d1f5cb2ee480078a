"""What the cast finds in the example year, by clicking: examples of the capabilities. None of them writes."""

import csv
import io
import re

import pytest
from playwright.sync_api import expect

from tests.browser.walking import follow

pytestmark = [pytest.mark.browser, pytest.mark.django_db]


def texts(page, where):
    return [text.strip() for text in page.locator(where).all_inner_texts()]


def saved(page, link):
    """What the browser saves when a link to a file is followed."""
    with page.expect_download() as download:
        link.click()
    return download.value.path().read_text(encoding="utf-8")


def test_c005_enterprise_shows_its_story_and_visit_and_counts_as_no_member(come_in):
    page = come_in("nobody", "/search/?q=SACMI")
    follow(page, page.get_by_role("link", name="SACMI", exact=True).first)

    follow(page, page.get_by_role("link", name="2024", exact=True).last)

    expect(page.get_by_role("link", name="Visit to SACMI and Cefla with a delegation of Mondragon")).to_have_count(1)
    expect(page.get_by_role("link", name=re.compile("^COOPTALE: SACMI"))).to_have_count(1)


def test_c005_enterprise_without_a_member_stands_alone_and_is_in_no_list_of_members(come_in):
    page = come_in("nobody", "/search/?q=Bohemians")
    follow(page, page.get_by_role("link", name="Bohemians Football Club", exact=True))

    told = page.locator("main")
    expect(told.get_by_role("link", name="Meeting with the Bohemians Football Club")).to_have_count(1)
    assert texts(page, "main a[href^='/members/']") == []
    page.goto(page.url.replace("/organisations/bohemians-football-club/", "/members/?q=Bohemians"))
    expect(page.locator("main").get_by_role("link", name="Bohemians Football Club")).to_have_count(0)


@pytest.mark.parametrize("spelling", ["SMART", "smart", "Smart"])
def test_c006_each_spelling_opens_the_page_with_three_records(come_in, spelling):
    page = come_in("representative_a", f"/search/?q={spelling}")
    follow(page, page.locator("main").get_by_role("link", name="Smart", exact=True).first)
    page.goto(f"{page.url}?year=2024")

    told = page.locator("main").inner_text()
    assert [each in told for each in ("#CoopSkills2023 campaign: SMART", "ZOOM IN Smart", "Anne-Laure Desgris")] == [
        True, True, True,
    ]  # fmt: skip


def test_c010_an_issue_for_members_tells_to_whom_it_goes(come_in, house):
    page = come_in("communication", "/desk/newsletters/?q=Link")
    follow(page, page.locator("table").get_by_role("link", name=re.compile("CECOP Link")).first)

    follow(page, page.get_by_role("link", name="Recipients"))

    assert texts(page, "tbody th") == [house.cast.representative_a.person.name, house.cast.representative_b.person.name]


def test_c011_page_of_a_member_lists_its_three_parts_of_the_year(come_in):
    page = come_in("nobody", "/members/")
    follow(page, page.get_by_role("link", name="COCETA", exact=True).first)

    follow(page, page.get_by_role("link", name="2024", exact=True).last)

    assert texts(page, "[data-participation] a") == [
        "Amaya Delgado", "Antonio Martinez de Bujanda",
        "Webinar: Navigating the implementation of the Platform work Directive: challenges and opportunities, "
        "the cooperative perspective",
    ]  # fmt: skip


def test_c038_table_of_the_map_can_be_had_with_the_same_totals(come_in):
    page = come_in("nobody", "/reports/2024/")
    link = page.locator("a[href$='/drawings/2024/map.csv']").first
    page.locator("details.numbers:has(a[href$='/drawings/2024/map.csv']) summary").first.click()

    rows = list(csv.reader(io.StringIO(saved(page, link))))

    # The fourteen of the example that have a country, and the two of the cast.
    assert sum(int(row[-1]) for row in rows[1:] if row[-1].isdecimal()) == 16


def test_c061_a_member_follows_a_file_with_the_dates_of_its_working_group(come_in, house):
    page = come_in("representative_a", "/policy-files/public-procurement/")

    assert [title for title in texts(page, ".act a") if title.startswith("Working Group")] == [
        "Working Group on EU public procurement reform, first meeting",
        "Working Group on EU public procurement reform",
    ]
    feed = page.locator("main").get_by_role("link", name="JSON Feed").get_attribute("href")
    assert len(page.request.get(f"{house.url}{feed}").json()["items"]) == 2


def test_c062_page_of_a_file_shows_reaction_webinar_and_group(come_in):
    page = come_in("nobody", "/policy-files/")
    follow(page, page.get_by_role("link", name="Platform Work Directive").first)

    told = page.locator("main").inner_text()
    assert "Reaction to the approval of the Platform Work Directive" in told
    assert "COCETA" in told
    expect(page.locator("main").get_by_role("link", name="Transformation of Work").first).to_be_visible()


def test_c063_campaign_of_others_names_its_owner(come_in):
    page = come_in("nobody", "/campaigns/social-economy-voices/")

    expect(page.get_by_role("link", name="DG EMPL").first).to_be_visible()


def test_c093_45_of_66_entries_of_the_year_are_links_and_none_is_empty(come_in):
    page = come_in("nobody", "/year/2024/")

    addresses = page.eval_on_selector_all(".entry a", "links => links.map(link => link.getAttribute('href'))")
    assert (page.locator(".entry").count(), len(addresses), [each for each in addresses if not each]) == (66, 45, [])


def test_c109_polish_reader_gets_the_polish_version_and_marked_english(come_in):
    page = come_in("nobody", "/publications/t46/")
    follow(page, page.get_by_role("link", name="Polski").first)

    assert page.locator("html").get_attribute("lang") == "pl"
    assert texts(page, ".tongue")[0] == "PL"
    expect(page.locator("main [lang=en]").first).to_be_visible()


def test_c123_funder_sees_grant_and_no_papers_of_members(come_in):
    page = come_in("funder", "/my/documents/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Documents")
    assert page.locator("main").get_by_text("Papers of the General Assembly").count() == 0

    page = come_in("funder", "/grants/grant/")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    assert page.title().startswith("There is nothing") is False


def test_c146_shelf_of_the_year_has_four_publications_one_in_four_languages(come_in):
    page = come_in("nobody", "/publications/?year=2024")

    assert texts(page, "main [data-record] h3 a") == [
        "CECOP SNAPSHOT 2022 - 2023: An overview of industrial and service cooperatives",
        "Report of Activity 2023",
        "Manifesto for the 2024 EU elections",
        "Workers Buyouts - what is the cooperative key to success?",
    ]
    page.goto(page.url.replace("/publications/?year=2024", "/publications/t46/"))
    assert sorted(texts(page, ".tongue")) == ["EN", "ES", "IT", "PL"]


@pytest.mark.parametrize(("seat", "titles"), [
    ("representative_a", ["Papers of the General Assembly, Rome 2024", "Papers of the mutual learning sessions, 2024"]),
    ("reader", None),
])  # fmt: skip
def test_c147_papers_are_listed_for_members_with_the_reason(come_in, seat, titles):
    page = come_in(seat, "/my/documents/")

    if titles is None:
        assert "404" in page.title() or "Not found" in page.title()
    else:
        assert [title for title in texts(page, ".papers a") if title in titles] == titles
        expect(page.get_by_text("Because Member A is a member").first).to_be_visible()


def test_c147_papers_are_refused_to_the_public_with_a_way_to_sign_in(come_in):
    page = come_in("nobody", "/documents/general-assembly-2024-papers/")

    follow(page, page.get_by_role("link", name="Sign in").last)

    assert "/account/login/" in page.url
    assert "general-assembly-2024-papers" in page.url


@pytest.mark.parametrize(("seat", "is_found"), [("representative_a", True), ("nobody", False)])
def test_c149_a_search_finds_what_one_may_see_alone(come_in, seat, is_found):
    page = come_in(seat, "/search/?q=Papers of the General Assembly")

    assert (page.locator("main a[href*='general-assembly-2024-papers']").count() > 0) == is_found


def test_c149_care_is_in_four_activities_and_one_file(come_in):
    page = come_in("nobody", "/search/?q=care")

    assert page.locator("main .entry, main [data-hit]").count() == 5


def test_c154_about_prints_seat_and_three_types(come_in):
    page = come_in("nobody", "/about/")

    assert len(texts(page, "[data-types] li")) == 3
    expect(page.locator("address").first).to_contain_text("Brussels")


def test_c155_foot_has_the_open_channels(come_in):
    page = come_in("nobody", "/events/")

    assert sorted(texts(page, "[data-channels] li")) == ["Bluesky", "Facebook", "LinkedIn", "YouTube"]


def test_c156_members_are_narrowed_to_a_country_by_choosing_it(come_in):
    page = come_in("nobody", "/members/")
    page.get_by_label("Country", exact=True).select_option("IT")
    follow(page, page.get_by_role("button", name="Filter"))

    assert "country=IT" in page.url
    assert {"AGCI Produzione e Lavoro", "AGCI Solidarietà", "Confcooperative", "Confcooperative Lavoro e Servizi",
            "Legacoop Produzione e Servizi"} <= set(texts(page, "main a"))  # fmt: skip


def test_c157_staff_on_a_day_and_after_somebody_left(come_in):
    on_the_day = come_in("nobody", "/staff/?on=2024-12-31").locator(".person").count()
    today = come_in("nobody", "/staff/").locator(".person").count()

    assert (on_the_day, today) == (8, 5)


def test_c158_each_pillar_shows_its_files_with_stage_and_latest_position(come_in, house):
    page = come_in("nobody", "/policy-files/pillar/")

    pillars = [link.get_attribute("href") for link in page.locator("main [data-record] a").all()]
    shown = {}
    for pillar in pillars:
        page.goto(f"{house.url}{pillar}")
        files = page.locator("main li[data-record]")
        latest = [text.strip() for text in files.locator("p:nth-of-type(2), > p:last-child").all_inner_texts()]
        shown[pillar.split("/")[-2]] = (files.count(), sum("2024" in text for text in latest))
        assert all(file.locator("div .muted").first.inner_text().strip() for file in files.all())

    assert shown == {"framework": (6, 1), "business": (9, 6), "rights": (3, 2)}


def test_c159_november_shows_four_linked_items(come_in):
    page = come_in("nobody", "/year/2024/?month=11&linked=1")

    assert [title.partition(":")[0] for title in texts(page, ".entry a")] == [
        "Conference",
        "Mutual Learning Session on Gender Equality",
        "European Commission conference",
        "COOPTALE",
    ]


def test_c160_six_bodies_above_with_whoever_sits_there(come_in):
    page = come_in("nobody", "/umbrellas/")

    assert [(body.locator("h2").inner_text(), body.locator("dd").first.inner_text())
            for body in page.locator("main li[data-record]").all()] == [
        ("Cooperatives Europe", "Sectoral member (industry and services)"), ("Social Economy Europe", "Member"),
        ("Social Platform", "Member"), ("REVES", "Member"), ("CICOPA", "European regional organisation"),
        ("ICA", "Represented through CICOPA"),
    ]  # fmt: skip
    assert page.locator("main").get_by_role("link", name="Giuseppe Guerini").count() == 3


@pytest.mark.parametrize(("project", "activities"), [
    ("ORIGAMI", ["First transnational meeting of the Origami project"]),
    ("SKIFT", [
        "SKI.F.T. project webinar: small and micro enterprises contribution to the green transition",
        "First capacity-building meeting of the SKI.F.T. project",
    ]),
])  # fmt: skip
def test_c161_two_projects_with_their_activities(come_in, project, activities):
    page = come_in("nobody", "/projects/")
    assert page.locator("main [data-record]").count() == 2

    follow(page, page.locator("main").get_by_role("link", name=project, exact=True))

    assert texts(page, "main a[href^='/events/']") == activities


def test_c165_feed_of_the_positions_of_a_year_is_named_on_the_page(come_in):
    page = come_in("nobody", "/positions/?year=2024")

    answer = page.request.get(page.url.replace("/positions/?", "/positions.json?"))

    assert len(answer.json()["items"]) == 9
    assert page.locator("link[rel=alternate][type='application/atom+xml']").count() == 1


def test_c166_person_shows_one_mandate_and_three_seats(come_in):
    page = come_in("nobody", "/people/giuseppe-guerini/")

    assert texts(page, "section:has(#functions) li a[href^='/bodies/']") == ["Board"]
    assert texts(page, "section:has(#seats) li a") == ["Cooperatives Europe board", "CICOPA board", "ICA board"]


@pytest.mark.parametrize("spelling", ["Hanninen", "hänninen", "HANNINEN"])
def test_c167_a_name_is_found_without_its_accents(come_in, spelling):
    page = come_in("nobody", f"/search/?q={spelling}")

    expect(page.locator("main").get_by_role("link", name="Jarmo Hänninen")).to_have_count(1)


def test_c168_staff_of_a_year_shows_posts_and_internships(come_in):
    page = come_in("nobody", "/staff/?year=2024")

    shown = {
        group.locator("h2").inner_text(): (group.locator(".person").count(), group.get_by_text("ended").count())
        for group in page.locator("main section").all()
    }
    assert shown == {"Staff": (6, 1), "Interns": (2, 2)}


@pytest.mark.parametrize(("person", "number"), [("diana-dovgan", 2), ("giuseppe-guerini", 1)])
def test_c169_sheet_of_a_person_for_a_year_lists_where_they_represented(come_in, person, number):
    page = come_in("secretary_general", f"/people/{person}/?year=2024")

    assert len(texts(page, "[data-represented] a")) == number


def test_c172_a_visitor_sees_no_contact_data(come_in, house):
    pages = [f"/people/{house.cast.representative_b.person.key}/", "/my/directory/"]

    seen = {
        seat: any(house.contact in come_in(seat, page).content() for page in pages)
        for seat in ("nobody", "reader", "representative_a")
    }

    assert seen == {"nobody": False, "reader": False, "representative_a": True}
