"""The lists of the site: what stands on them, in which order and forms, and for how many queries."""

import csv
import io
import json
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from icalendar import Calendar

from tests import factories
from tests.website.page import page_of
from umbel.core.models import Alias
from umbel.website.shelf import get_shelf
from umbel.website.urls import all_shelves

pytestmark = pytest.mark.django_db

SLUGS = [shelf.slug for shelf in all_shelves()]
# Beside the state of the records, the confederation, the channels of the foot and the rows: options of filters, rows of
# other tables that the lines name. A list costs so much however many rows it has.
QUERIES = {
    "members": 8, "organisations": 6, "people": 8, "policy-files": 7, "policy-files/pillar": 5, "positions": 8,
    "joint-letters": 8, "engagements": 8, "appointments": 8, "campaign-acts": 8, "consultations": 6, "campaigns": 5,
    "outcomes": 6, "seats": 5, "events": 9, "stories": 11, "stories/series": 5, "videos": 8, "newsletters": 8,
    "press": 8, "publications": 11, "documents": 5, "series": 5, "projects": 5, "groups": 5, "bodies": 5, "grants": 5,
}  # fmt: skip


@pytest.fixture
def confederation():
    return factories.ConfederationFactory(name="COOPS", long_name="confederation of cooperatives")


def put_on(slug, **fields):
    """A record that stands on a shelf; a member has its membership."""
    model = get_shelf(slug).model
    row = factories.FACTORIES[model](**fields)
    if slug == "members":
        factories.MembershipFactory(organisation=row)
    return row


def lines_of(page):
    """The addresses of the rows of a list."""
    return [
        dict(attributes)["href"]
        for name, attributes in page.elements
        if name == "a" and (attributes.get("href") or "").count("/") >= 3 and ".csv" not in attributes["href"]
    ]


@pytest.mark.parametrize("slug", SLUGS)
def test_list_leads_to_the_pages_of_its_records(confederation, slug):
    row = put_on(slug)
    address = get_shelf(slug).address_of(row)

    page = page_of(f"/{slug}/")

    assert address in {link.get("href") for link in page.named("a")}
    assert page_of(address).words("h1") == [str(row)]


@pytest.mark.parametrize("slug", SLUGS)
def test_list_takes_as_many_queries_for_many_rows_as_for_one(confederation, slug):
    def queries(rows):
        for _ in range(rows):
            put_on(slug)
        with CaptureQueriesContext(connection) as captured:
            assert Client().get(f"/{slug}/").status_code == 200
        return len(captured)

    one, three = queries(1), queries(2)

    assert (one, three) == (QUERIES[slug], QUERIES[slug])


def test_list_asks_less_once_the_parts_that_all_share_are_made(confederation, django_assert_num_queries):
    for _ in range(3):
        put_on("members")
    Client().get("/members/")

    with django_assert_num_queries(3):
        Client().get("/members/?country=BE")
    with django_assert_num_queries(1):
        Client().get("/members/?country=BE")


@pytest.mark.parametrize("slug", SLUGS)
def test_list_and_its_files_withhold_what_is_not_public(confederation, slug):
    hidden = put_on(slug, audience="secretariat")

    answers = [Client().get(f"/{slug}/"), *(Client().get(f"/{slug}.{form}") for form in get_shelf(slug).forms)]

    told = [b"".join(answer.streaming_content) if answer.streaming else answer.content for answer in answers]
    assert [answer.status_code for answer in answers] == [200] * len(answers)
    assert not [text for text in told if f"/{hidden.key}/".encode() in text]
    assert Client().get(get_shelf(slug).address_of(hidden)).status_code == 404


@pytest.mark.parametrize("slug", SLUGS)
def test_empty_list_says_so(confederation, slug):
    assert page_of(f"/{slug}/").words("h2")[0] == "Nothing is on record here"


def test_list_names_its_files_to_machines(confederation):
    factories.PositionFactory()

    page = page_of("/positions/?year=2024")

    alternates = {link["type"]: link["href"] for link in page.named("link") if link["rel"] == "alternate"}
    assert alternates == {
        "text/csv": "/positions.csv?year=2024",
        "application/feed+json": "/positions.json?year=2024",
        "application/atom+xml": "/positions.atom?year=2024",
        "text/calendar": "/positions.ics?year=2024",
    }


def test_filters_narrow_the_list_and_its_files_alike(confederation):
    topic = factories.PolicyFileFactory(key="care", name="Care strategy")
    care = factories.PositionFactory(title="Opinion on care", kind="opinion", date="2024-03-01")
    care.topics.add(topic)
    factories.PositionFactory(title="Reaction on tax", kind="reaction", date="2024-05")
    factories.PositionFactory(title="Contribution of old", kind="contribution", date="2021")

    def titles(query):
        rows = list(csv.DictReader(io.StringIO(Client().get(f"/positions.csv{query}").getvalue().decode())))
        feed = json.loads(Client().get(f"/positions.json{query}").content)
        assert [row["title"] for row in rows] == [item["title"] for item in feed["items"]]
        return [row["title"] for row in rows]

    assert titles("") == ["Reaction on tax", "Opinion on care", "Contribution of old"]
    assert titles("?year=2024") == ["Reaction on tax", "Opinion on care"]
    assert titles("?year=2024-05") == ["Reaction on tax"]
    assert titles("?kind=papers") == ["Reaction on tax", "Opinion on care"]
    assert titles("?topic=care") == ["Opinion on care"]
    assert titles("?q=opinion") == ["Opinion on care"]


def _portrayed(country):
    return factories.PortrayalFactory(organisation__country=country).story


NARROWED = {
    "members/?category=full": lambda: [
        factories.MembershipFactory(category=factories.MembershipCategoryFactory(key=key)).organisation
        for key in ("full", "associate")
    ],
    "members/?country=IT": lambda: [
        factories.MembershipFactory(organisation__country=code).organisation for code in ("IT", "FR")
    ],
    "organisations/?kind=institution": lambda: [
        factories.OrganisationFactory(kind=kind) for kind in ("institution", "university")
    ],
    "policy-files/?pillar=rights": lambda: [
        factories.PolicyFileFactory(pillar=factories.PillarFactory(key=key)) for key in ("rights", "framework")
    ],
    "stories/?series=cooptales": lambda: [
        factories.StoryFactory(series=factories.ArticleSeriesFactory(key=key)) for key in ("cooptales", "zoom-in")
    ],
    "stories/?country=IT": lambda: [_portrayed(code) for code in ("IT", "FR")],
    "people/?country=IT": lambda: [
        factories.PostFactory(organisation__country=code).person for code in ("IT", "FR")
    ],
    "newsletters/?newsletter=link": lambda: [
        factories.IssueFactory(newsletter=factories.NewsletterFactory(key=key)) for key in ("link", "news")
    ],
}  # fmt: skip


@pytest.mark.parametrize("address", NARROWED)
def test_filter_keeps_what_it_names_and_stands_on_the_page(confederation, address):
    wanted, _other = NARROWED[address]()
    slug, _slash, asked = address.partition("/?")
    name, _equals, value = asked.partition("=")

    feed = json.loads(Client().get(f"/{slug}.json?{asked}").content)
    page = page_of(f"/{address}")

    assert [item["url"].rstrip("/").rsplit("/", 1)[-1] for item in feed["items"]] == [wanted.key]
    assert name in [select.get("name") for select in page.named("select")]
    assert value in [option.get("value") for option in page.named("option") if "selected" in option]


@pytest.mark.parametrize("query", ["?year=later", "?kind=song", "?year=2024-13"])
def test_filter_that_means_nothing_says_so(confederation, query):
    factories.PositionFactory()

    page = page_of(f"/positions/{query}")

    assert page.words("h2")[0] == "Nothing matches"
    assert "is-danger" in " ".join(element.get("class", "") for element in page.named("p"))


def test_hidden_topic_is_neither_an_option_nor_a_filter(confederation):
    topic = factories.PolicyFileFactory(key="secret-file", name="Secret file", audience="secretariat")
    position = factories.PositionFactory(title="Opinion")
    position.topics.add(topic)

    page = Client().get("/positions/")

    assert "secret-file" not in page.text
    assert json.loads(Client().get("/positions.json?topic=secret-file").content)["items"] == []
    assert "Secret file" not in Client().get("/positions.atom").text


def test_json_feed_is_one(confederation, settings):
    settings.SITE_URL = "https://coops.example"
    factories.PositionFactory(key="care", title="Opinion on care", kind="opinion", date="2024-03-01")

    feed = json.loads(Client().get("/positions.json").content)

    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert feed["title"] == "COOPS: Positions"
    assert feed["items"] == [
        {
            "id": "https://coops.example/positions/care/",
            "url": "https://coops.example/positions/care/",
            "title": "Opinion on care",
            "content_text": "Opinion",
            "date_published": "2024-03-01T00:00:00Z",
            "_date": "2024-03-01",
        }
    ]


def test_calendar_leaves_out_what_has_no_day_and_says_how_many(confederation, settings):
    settings.SITE_URL = "https://coops.example"
    factories.EventFactory(key="fair", title="Fair", date="2024-03-01", ends="2024-03-02", place="Imola")
    factories.EventFactory(title="Some time in March", date="2024-03")

    calendar = Calendar.from_ical(Client().get("/events.ics").content)

    (event,) = calendar.walk("VEVENT")
    assert (event["summary"], event["uid"]) == ("Fair", "events.event.fair@coops.example")
    assert (event["dtstart"].dt, event["dtend"].dt) == (date(2024, 3, 1), date(2024, 3, 3))
    assert calendar["x-wr-caldesc"] == "1 more without a day are left out."


def test_calendar_only_where_there_are_days(confederation):
    assert Client().get("/people.ics").status_code == 404
    assert Client().get("/positions.pdf").status_code == 404
    assert "/people.ics" not in Client().get("/people/").text
    assert 'href="/events.ics"' in Client().get("/events/").text


def test_formula_in_a_name_is_no_formula_in_the_table(confederation):
    factories.OrganisationFactory(name="=1+1", key="evil")

    rows = list(csv.DictReader(io.StringIO(Client().get("/organisations.csv").getvalue().decode())))

    assert [row["name"] for row in rows] == ["'=1+1"]


def test_members_and_others_have_their_own_shelves(confederation):
    member, other = (factories.OrganisationFactory(key=key, name=key) for key in ("smart", "eurofound"))
    factories.MembershipFactory(organisation=member)

    assert Client().get("/organisations/smart/")["Location"] == "/members/smart/"
    assert Client().get("/members/eurofound/")["Location"] == "/organisations/eurofound/"
    assert page_of("/members/smart/").words("h1") == ["smart"]
    assert page_of("/organisations/eurofound/").words("h1") == ["eurofound"]
    assert other.get_absolute_url() == "/organisations/eurofound/"


def test_former_member_keeps_its_page_and_leaves_the_list(confederation):
    former = factories.OrganisationFactory(key="smart", name="Smart")
    factories.MembershipFactory(organisation=former, end="2020")

    assert page_of("/members/").words("h2")[0] == "Nothing is on record here"
    assert "Member until 2020" in page_of("/members/smart/").words("span")


def test_other_spelling_leads_to_the_record(confederation):
    event, person = factories.EventFactory(key="fair"), factories.PersonFactory(key="hanninen", name="Jarmo Hänninen")
    Alias.objects.create(record=person, name="J. Hänninen")

    def target(address):
        answer = Client().get(address)
        return answer.status_code, answer["Location"]

    assert target("/people/Jarmo%20Hanninen/") == (301, "/people/hanninen/")
    assert target("/people/J.%20Hanninen/") == (301, "/people/hanninen/")
    assert target("/records/network.person/hanninen/") == (301, "/people/hanninen/")
    assert target("/records/events.event/fair/") == (301, event.get_absolute_url())


def test_second_page_goes_on_where_the_first_ended(confederation):
    factories.PersonFactory.create_batch(51)

    first, second = page_of("/people/"), page_of("/people/?page=2")

    shown = [{link for link in lines_of(page) if link.startswith("/people/")} for page in (first, second)]
    assert [len(links) for links in shown] == [50, 1]
    assert shown[0].isdisjoint(shown[1])


def test_events_to_come_are_told_from_past_ones(confederation):
    factories.EventFactory(title="Long ago", date="2020-01-01")
    factories.EventFactory(title="Goes on", date=timezone.localdate() - timedelta(days=3), ends="2998-01-01")
    factories.EventFactory(title="One day", date="2999-01-01")

    def titles(when):
        return [item["title"] for item in json.loads(Client().get(f"/events.json?when={when}").content)["items"]]

    assert (titles("upcoming"), titles("past")) == (["Goes on", "One day"], ["Long ago"])


@pytest.fixture
def publications(confederation):
    for key, licence, languages in (("one", "CC BY 4.0", ("fr", "en")), ("two", "", ("fr",)), ("three", "CC0", ())):
        publication = factories.PublicationFactory(key=key, title=key, licence=licence)
        for language in languages:
            factories.LanguageVersionFactory(publication=publication, language=language)
    hidden = factories.PublicationFactory(licence="Secret licence", audience="secretariat")
    factories.LanguageVersionFactory(publication=hidden, language="pl")


@pytest.mark.parametrize(
    ("asked", "keys"),
    [
        ("?language=fr", ["one", "two"]),
        ("?language=en&licence=CC+BY+4.0", ["one"]),
        ("?licence=CC0", ["three"]),
        ("?language=pl", []),
        ("?licence=Secret+licence", []),
        ("?language=xx", []),
    ],
)
def test_publications_are_narrowed_by_language_and_licence(publications, asked, keys):
    rows = list(csv.DictReader(io.StringIO(Client().get(f"/publications.csv{asked}").getvalue().decode())))

    assert sorted(row["key"] for row in rows) == sorted(keys)
    assert [f"/publications/{key}/" in Client().get(f"/publications/{asked}").text for key in keys] == [True] * len(
        keys
    )


def test_languages_and_licences_that_occur_can_be_chosen(publications):
    page = page_of("/publications/")

    options = [element.get("value") for element in page.named("option")]
    assert [value for value in options if value in {"en", "fr", "pl", "CC BY 4.0", "CC0", "Secret licence"}] == [
        "en", "fr", "CC BY 4.0", "CC0",
    ]  # fmt: skip


def test_table_of_publications_tells_their_languages_and_licence(publications, django_assert_num_queries):
    with django_assert_num_queries(3):
        text = Client().get("/publications.csv").getvalue().decode()

    rows = {row["key"]: (row["languages"], row["licence"]) for row in csv.DictReader(io.StringIO(text))}
    assert rows == {"one": ("en, fr", "CC BY 4.0"), "two": ("fr", ""), "three": ("", "CC0")}
