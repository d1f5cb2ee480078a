"""The site in several languages: by address, by choice, with what is not translated marked."""

import pytest
from django.apps import apps
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import factories
from tests.website.page import Page
from umbel.core import languages
from umbel.core.translations.models import Translation, translate

pytestmark = pytest.mark.django_db


MARK = '<small class="in-tongue" title="Jeszcze nie przetłumaczono">Angielski</small>'


def test_polish_reader_reads_polish_and_the_rest_marked_as_english(own, as_nobody):
    page = factories.PageFactory(path="snapshot", title="Snapshot", lead="The year in numbers.", body="<p>Members</p>")
    translate(page, "title", "pl", "Migawka")
    translate(page, "body", "pl", "<p>Członkowie</p>")

    shown = as_nobody.get("/pl/snapshot/").content.decode()

    assert '<h1 class="display">Migawka</h1>' in shown
    assert '<div class="prose"><p>Członkowie</p></div>' in shown
    assert f'<span lang="en">The year in numbers.</span> {MARK}' in shown
    assert '<html lang="pl">' in shown


def test_links_of_a_page_stay_in_its_language(own, as_nobody):
    above = factories.PageFactory(path="about-us")
    factories.PageFactory(path="about-us/history", parent=above)
    factories.EventFactory(key="forum")

    page, shelf = (as_nobody.get(path).content.decode() for path in ("/fr/about-us/", "/fr/events/"))

    assert 'href="/fr/about-us/history/"' in page
    assert 'href="/fr/members/"' in page
    assert 'href="/fr/events/forum/"' in shelf


@pytest.mark.parametrize(
    "path",
    [
        "/fr/",
        "/fr/year/2024/",
        "/fr/figures/2024/",
        "/fr/figures/2024/communication.videos/",
        "/fr/audit/2024/",
        "/fr/reports/2024/",
    ],
)
def test_links_of_a_page_of_numbers_stay_in_its_language(own, as_nobody, path):
    report = factories.ReportFactory(year=2024)
    factories.ChapterFactory(report=report, layout="glance")
    factories.VideoFactory(title="Care")
    for key, value in (("F1", 1), ("F2", 3)):
        factories.ClaimFactory(report=report, key=key, figure="communication.videos", value=value, measure="videos")

    page = Page(as_nobody.get(path).text)

    links = [each["href"].removeprefix(settings.SITE_URL) for each in page.named("a") if "hreflang" not in each]
    assert [link for link in links if link.startswith("/") and not link.startswith(("/fr/", "/account/"))] == []


def test_record_has_one_address_in_each_language(own, as_nobody):
    factories.EventFactory(key="forum")

    assert as_nobody.get("/fr/events/forum/").status_code == 200
    assert as_nobody.get("/fr/records/events.event/forum/")["Location"] == "/fr/events/forum/"


@pytest.mark.parametrize(
    ("address", "status", "leads_to"),
    [
        ("/en/members/?country=IT", 301, "/members/?country=IT"),
        ("/fr/desk/", 302, "/desk/"),
        ("/de/members/", 404, None),
        ("/fr/", 200, None),
        ("/french/", 404, None),
    ],
)
def test_address_in_a_language(own, as_nobody, address, status, leads_to):
    answer = as_nobody.get(address)

    assert (answer.status_code, answer.get("Location")) == (status, leads_to)


def test_page_names_itself_in_every_language(own, as_nobody, settings):
    settings.SITE_URL = "https://example.org"

    shown = as_nobody.get("/fr/members/").content.decode()

    for code, path in (("en", "/members/"), ("fr", "/fr/members/"), ("pl", "/pl/members/"), ("x-default", "/members/")):
        assert f'<link rel="alternate" hreflang="{code}" href="https://example.org{path}">' in shown


def test_pages_are_kept_apart_by_language(own, as_nobody):
    factories.PageFactory(path="news")
    addresses = ("/news/", "/fr/news/", "/news/", "/fr/news/")

    tongues = [as_nobody.get(address).headers["Content-Language"] for address in addresses]

    assert tongues == ["en", "fr", "en", "fr"]


def test_leading_language_is_that_of_addresses_without_one(as_nobody):
    own = factories.ConfederationFactory(languages="fr en")

    shown = as_nobody.get("/").content.decode()
    own.languages = "en fr"
    own.save()
    again = as_nobody.get("/").content.decode()
    languages._offered.clear()

    assert ['<html lang="fr">' in shown, '<html lang="en">' in again] == [True, True]


def test_somebody_signed_in_reads_in_the_language_of_their_choice(own, cast, client_of):
    cast.communication.language = "fr"
    cast.communication.save()

    shown = client_of("communication").get("/desk/").content.decode()

    assert '<html lang="fr">' in shown


def test_table_shows_each_record_in_each_language(own, as_officer):
    page = factories.PageFactory(title="Members")
    translate(page, "title", "fr", "Membres")

    line = as_officer.get("/desk/languages/?kind=website.page").context["lines"][0]

    assert [cell["state"] for cell in line["cells"]] == ["current", "missing"]


@pytest.mark.parametrize("count", [1, 3])
def test_table_costs_the_same_with_more_records(own, as_officer, django_assert_num_queries, count):
    factories.StoryFactory.create_batch(count)
    as_officer.get("/desk/languages/?kind=communication.story")

    with django_assert_num_queries(5):
        as_officer.get("/desk/languages/?kind=communication.story")


@pytest.mark.parametrize("kind", ["advocacy.Ask", "events.Edition", "events.Speaker", "network.Post"])
def test_table_of_parts_costs_the_same_with_more_records(own, as_officer, kind):
    factory, address = factories.FACTORIES[apps.get_model(kind)], f"/desk/languages/?kind={kind.lower()}"

    def queries():
        with CaptureQueriesContext(connection) as captured:
            assert len(as_officer.get(address).context["lines"]) > 0
        return len(captured)

    factory()
    queries()
    few = queries()
    for number in range(3):
        factory(**({"text": f"Ask {number}"} if kind == "advocacy.Ask" else {}))
    queries()

    assert queries() == few


def test_words_of_a_policy_file_are_translated_beside_its_name(own, as_officer):
    file = factories.PolicyFileFactory(stage="voted", standing="support", instrument="")

    form = as_officer.get(f"/desk/languages/advocacy.policyfile/{file.pk}/fr/").context["form"]

    assert list(form.fields) == ["name", "stage", "standing"]


def test_table_is_narrowed_to_what_is_out_of_date(own, as_officer):
    fresh, stale = factories.PageFactory(title="One"), factories.PageFactory(title="Two")
    for page in (fresh, stale):
        translate(page, "title", "fr", "Mot")
    stale.title = "Three"
    stale.save()

    lines = as_officer.get("/desk/languages/?kind=website.page&language=fr&state=stale").context["lines"]

    assert [line["row"] for line in lines] == [stale]


def test_text_is_translated_beside_its_original(own, as_officer):
    page = factories.PageFactory(title="Members", body="<p>Nine members</p>")
    address = f"/desk/languages/website.page/{page.pk}/fr/"

    answer = as_officer.post(address, {"title": "Membres", "body": "Neuf membres<script>x</script>"})

    assert answer["Location"] == address
    assert dict(Translation.objects.values_list("field", "text")) == {
        "title": "Membres", "body": "<p>Neuf membres&lt;script&gt;x&lt;/script&gt;</p>",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("seat", "status"),
    [("communication", 302), ("advocacy", 302), ("finance", 200), ("reader", 404), ("nobody", 302)],
)
def test_who_keeps_a_record_or_the_site_translates_it(own, client_of, seat, status):
    position = factories.PositionFactory(title="Skills")

    answer = client_of(seat).post(f"/desk/languages/advocacy.position/{position.pk}/fr/", {"title": "Compétences"})

    assert answer.status_code == status
    assert Translation.objects.exists() == (seat in ("communication", "advocacy"))


@pytest.mark.parametrize(
    "rest", ["website.page/{pk}/en/", "website.page/{pk}/de/", "website.page/0/fr/", "accounts.user/1/fr/"]
)
def test_translation_of_nothing_is_not_there(own, as_officer, rest):
    page = factories.PageFactory()

    assert as_officer.get("/desk/languages/" + rest.format(pk=page.pk)).status_code == 404
