"""The head of pages: one address, a title, a description, and what a record is for schema.org."""

import json

import pytest

from tests import factories
from tests.website.editing.conftest import own
from tests.website.page import page_of
from umbel.reports.freezing import freeze

__all__ = ["own"]

pytestmark = pytest.mark.django_db

SITE = "http://127.0.0.1:8000"
MAIL = "You get a mail with a link first: only who opens it is on the list."


@pytest.fixture
def confederation(own):
    own.name, own.purpose = "COOPS", "Speaks for members."
    own.save()
    return own


def told(page):
    """What the head of a page says in `meta` elements, by name."""
    return {each.get("property") or each["name"]: each["content"] for each in page.named("meta") if "content" in each}


def canonical(page):
    return [link["href"] for link in page.named("link") if link["rel"] == "canonical"]


def schema(page):
    [data] = [text for text, around in page.texts if around[-1] == ("script", {"type": "application/ld+json"})]
    return {name: value for name, value in json.loads(data).items() if name not in {"@context", "url"}}


PAGES = {
    "/": ("COOPS", "Speaks for members."),
    "/about/": ("COOPS", "Speaks for members."),
    "/umbrellas/": (
        "Umbrella memberships",
        "The bodies of which the confederation is a part, what it is there, and who sits there for it.",
    ),
    "/board/": ("Board", None),
    "/year/2024/": ("2024 at a glance", None),
    "/figures/2024/": (
        "Figures of 2024",
        "Every number that the confederation prints, with the rows behind it, the rule by which they are counted, and "
        "what was printed.",
    ),
    "/figures/2024/advocacy.positions/": (
        "Policy position papers · 2024",
        "What the confederation said in public on a policy file.",
    ),
    "/audit/2024/": (
        "Audit of 2024",
        "What was printed, held against the records, and what the records themselves leave open. A finding informs; it "
        "does not accuse.",
    ),
    "/reports/2024/": (
        "COOPS Activity Report 2024",
        "The work of Confederation of cooperatives in 2024, with the records behind every figure.",
    ),
    "/newsletters/subscribe/": ("Subscribe to newsletters", MAIL),
    "/records/core.membershipcategory/full/": ("Full members", "Membership category"),
}


@pytest.mark.parametrize("address", PAGES)
def test_page_says_its_address_its_title_and_what_it_is_about(confederation, address):
    factories.ReportFactory(year=2024, title="Activity Report", audience="public")
    factories.MembershipCategoryFactory(key="full", name="Full members")

    page = page_of(address)

    title, about = PAGES[address]
    head = told(page)
    assert canonical(page) == [f"{SITE}{address}"]
    assert [head["og:title"], head["og:type"], head["og:url"]] == [title, "website", f"{SITE}{address}"]
    assert [head.get("description"), head.get("og:description")] == [about, about]
    assert head["og:site_name"] == "COOPS"


@pytest.mark.parametrize(
    ("asked", "address"),
    [
        ("/positions/?q=care&page=2", "/positions/"),
        ("/fr/positions/", "/fr/positions/"),
        ("/figures/2024/?chapter=advocacy", "/figures/2024/"),
        ("/fr/figures/2024/", "/fr/figures/2024/"),
        ("/audit/2024/?state=open", "/audit/2024/"),
    ],
)
def test_one_address_stands_for_a_page_however_it_is_asked_for(confederation, asked, address):
    assert canonical(page_of(asked)) == [f"{SITE}{address}"]


def test_edition_has_an_address_and_a_title_of_its_own(confederation):
    freeze(factories.ReportFactory(year=2024, title="Activity Report", audience="public"), by="Ana")

    page = page_of("/reports/2024/editions/1/")

    assert canonical(page) == [f"{SITE}/reports/2024/editions/1/"]
    assert told(page)["og:title"] == "COOPS Activity Report 2024, edition 1"


def organisation():
    return factories.OrganisationFactory(
        key="coceta", name="COCETA", long_name="Workers' cooperatives", website="coceta.example"
    )


def person():
    return factories.PersonFactory(key="ana", name="Ana Silva")


def event(**fields):
    return factories.EventFactory(key="e1", title="Forum", date="2024-05-02", **fields)


KINDS = {
    "organisation": (
        organisation,
        {"@type": "Organization", "alternateName": "Workers' cooperatives", "sameAs": "https://coceta.example"},
    ),
    "person": (person, {"@type": "Person"}),
    "event": (
        lambda: event(ends="2024-05-03", place="Liège", country="BE"),
        {
            "@type": "Event",
            "startDate": "2024-05-02",
            "endDate": "2024-05-03",
            "location": {"@type": "Place", "name": "Liège", "address": "BE"},
        },
    ),
    "event without a place": (lambda: event(place="", country=""), {"@type": "Event", "startDate": "2024-05-02"}),
    "event without a date": (lambda: factories.EventFactory(key="e1", date=None), {"@type": "Thing"}),
    "position": (
        lambda: factories.PositionFactory(title="On care", date="2024-05"),
        {"@type": "Article", "headline": "On care", "datePublished": "2024-05"},
    ),
    "story": (
        lambda: factories.StoryFactory(title="Mill", date="2024-06-07"),
        {"@type": "Article", "headline": "Mill", "datePublished": "2024-06-07"},
    ),
    "policy file": (factories.PolicyFileFactory, {"@type": "Thing"}),
}


@pytest.mark.parametrize("kind", KINDS)
def test_record_is_told_to_machines_as_what_it_is(confederation, kind):
    make, expected = KINDS[kind]
    row = make()

    page = page_of(row.get_absolute_url())

    assert schema(page) == {"name": str(row), **expected}
    assert told(page)["og:type"] == ("article" if expected["@type"] == "Article" else "website")
    assert canonical(page) == [f"{SITE}{row.get_absolute_url()}"]


def test_person_is_told_with_the_function_in_which_they_are(confederation):
    post = factories.PostFactory(title="Secretary general", person=person())

    assert schema(page_of(post.person.get_absolute_url()))["jobTitle"] == told(page_of("/people/ana/"))["description"]


@pytest.mark.parametrize(
    ("website", "address"),
    [("https://x.example/", "https://x.example/"), ("x.example", "https://x.example"), ("", None)],
)
def test_website_of_an_organisation_is_a_whole_address(confederation, website, address):
    row = factories.OrganisationFactory(website=website)

    assert schema(page_of(row.get_absolute_url())).get("sameAs") == address


def test_text_of_a_record_cannot_leave_the_data(confederation):
    row = factories.StoryFactory(title="</script><b>Mill & more", date="2024-06-07")

    assert schema(page_of(row.get_absolute_url()))["headline"] == "</script><b>Mill & more"


def test_page_of_prose_is_told_as_one(confederation):
    factories.PageFactory(path="history", title="History")

    assert schema(page_of("/history/")) == {"@type": "WebPage", "name": "History"}


def test_home_is_told_as_the_confederation(confederation):
    assert schema(page_of("/")) == {
        "@type": "Organization",
        "name": "COOPS",
        "alternateName": "Confederation of cooperatives",
        "description": "Speaks for members.",
    }
