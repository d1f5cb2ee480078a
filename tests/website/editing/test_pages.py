"""Free pages: drafts, publication on an instant, preview, revisions."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests import factories
from umbel.core.changelog import Change
from umbel.website.models import Page, Redirect

pytestmark = pytest.mark.django_db

SENT = {
    "title": "What we do",
    "path": "our-work",
    "status": "published",
    "audience": "public",
    "lead": "Who we are.",
    "body": "<p>In <span data-figure='network.members' data-period='2024'></span> organisations.</p><script>x</script>",
    "order": "0",
    "parent": "",
}


def errors(answer, name):
    return answer.context["form"].errors.get(name)


def test_page_is_written_on_the_desk_and_read_by_visitors(own, as_officer, as_nobody):
    answer = as_officer.post("/desk/pages/add/", SENT)

    shown = as_nobody.get("/our-work/").content.decode()

    assert answer.status_code == 302
    assert '<h1 class="display">What we do</h1>' in shown
    assert 'data-figure="network.members">2</data>' in shown
    assert "<script>x" not in shown


def test_page_below_another_stands_under_its_own_address(own, as_nobody):
    above = factories.PageFactory(path="about-us", title="About us")
    factories.PageFactory(path="about-us/history", title="History", parent=above)

    assert "/about-us/" in as_nobody.get("/about-us/history/").content.decode()
    assert "/about-us/history/" in as_nobody.get("/about-us/").content.decode()


def test_page_is_there_for_visitors_once_it_is_out(own, as_nobody):
    page = factories.PageFactory(path="news", title="What is new", status="draft")

    before = as_nobody.get("/news/").content.decode()
    page.status = "published"
    page.save()
    after = as_nobody.get("/news/").content.decode()

    assert ["What is new" in shown for shown in (before, after)] == [False, True]


def test_page_for_members_is_not_there_for_visitors(own, client_of):
    factories.PageFactory(path="inside", audience="members")

    answers = {seat: client_of(seat).get("/inside/").status_code for seat in ("nobody", "reader", "representative_a")}

    assert answers == {"nobody": 404, "reader": 404, "representative_a": 200}


def test_page_to_come_opens_at_its_instant_though_pages_are_kept(own, as_nobody):
    above = factories.PageFactory(path="about-us")
    later = factories.PageFactory(path="later", parent=above, publish_on=timezone.now() + timedelta(seconds=1.2))
    before = [as_nobody.get(path) for path in ("/about-us/", "/later/")]

    while not later.is_out:
        pass
    after = [as_nobody.get(path) for path in ("/about-us/", "/later/")]

    assert [answer.status_code for answer in before] == [200, 404]
    assert [answer.status_code for answer in after] == [200, 200]
    assert ["/later/" in answer.content.decode() for answer in (before[0], after[0])] == [False, True]
    assert before[0]["ETag"] != after[0]["ETag"]


def test_visitor_gets_a_page_once_and_then_that_nothing_changed(own, as_nobody):
    page = factories.PageFactory(path="news")
    first = as_nobody.get("/news/")

    again = as_nobody.get("/news/", headers={"if-none-match": first["ETag"]})
    page.title = "Other news"
    page.save()
    changed = as_nobody.get("/news/", headers={"if-none-match": first["ETag"]})

    assert (again.status_code, changed.status_code) == (304, 200)
    assert "Other news" in changed.content.decode()


@pytest.mark.parametrize("path", ["members", "desk/pages", "search", "reports/2024", "fr", "fr/news", "year/2024"])
def test_address_that_the_site_needs_is_refused(own, as_officer, path):
    answer = as_officer.post("/desk/pages/add/", {**SENT, "path": path})

    assert errors(answer, "path") == ["The site uses this address itself: choose another one."]


@pytest.mark.parametrize("path", ["Über-uns", "a//b", "/a", "a/", "a b", "../a", "a?b"])
def test_address_that_is_none_is_refused(own, as_officer, path):
    answer = as_officer.post("/desk/pages/add/", {**SENT, "path": path})

    assert errors(answer, "path") == ["Write small letters, digits and hyphens, parts after a slash: about-us/history."]


def test_figure_that_nobody_declares_is_refused_beside_the_text(own, as_officer):
    answer = as_officer.post("/desk/pages/add/", {**SENT, "body": "In {advocacy.songs} songs"})

    assert errors(answer, "body") == ["No figure has the key “advocacy.songs”: choose another one or take it out."]


def test_page_cannot_stand_below_itself(own, as_officer):
    page = factories.PageFactory(path="one")
    below = factories.PageFactory(path="two", parent=page)

    answer = as_officer.post(
        f"/desk/pages/{page.pk}/", {**SENT, "path": "one", "parent": str(below), "parent-number": below.pk}
    )

    assert errors(answer, "parent") == ["A page cannot stand below itself."]


def test_old_address_of_a_page_leads_to_the_new_one(own, as_nobody):
    page = factories.PageFactory(path="old")
    for path in ("new", "newest", "new"):
        page.path = path
        page.save()

    answers = [as_nobody.get(f"/{path}/") for path in ("old", "newest", "new")]

    assert [answer.status_code for answer in answers] == [301, 301, 200]
    assert answers[0]["Location"] in {"/new/", "/newest/"}
    assert not Redirect.objects.filter(from_path="/new/").exists()


def test_draft_has_a_preview_that_only_the_secretariat_opens(own, client_of):
    page = factories.PageFactory(path="draft", status="draft", title="To come")
    address = f"/desk/pages/{page.pk}/preview/"

    answers = {seat: client_of(seat).get(address) for seat in ("communication", "advocacy", "reader", "nobody")}

    assert {seat: answer.status_code for seat, answer in answers.items()} == {
        "communication": 200, "advocacy": 200, "reader": 404, "nobody": 302,
    }  # fmt: skip
    assert "Preview of a draft" in answers["communication"].content.decode()
    assert page.get_absolute_url() == address


def test_preview_tells_what_is_wrong_in_a_text(own, as_officer):
    page = factories.PageFactory()
    Page.objects.filter(pk=page.pk).update(body='<p><span data-figure="advocacy.songs"></span></p>')

    shown = as_officer.get(f"/desk/pages/{page.pk}/preview/").content.decode()

    assert "No figure has the key “advocacy.songs”" in shown


def changed_page():
    page = factories.PageFactory(title="First", body="<p>Nine members came to Rome.</p>")
    page.title, page.body = "Second", "<p>Ten members came to Rome in June.</p>"
    page.save()
    return page


def test_revisions_show_what_changed_word_by_word(own, as_officer):
    page = changed_page()

    latest = as_officer.get(f"/desk/pages/{page.pk}/revisions/").context["revisions"][0]

    told = {each.label: [(piece.kind, piece.text) for piece in each.pieces] for each in latest.differences}
    stayed = ("same", " members came to Rome")
    assert told == {
        "Title": [("gone", "First"), ("come", "Second")],
        "Text": [("gone", "Nine"), ("come", "Ten"), stayed, ("come", " in June"), ("same", ".")],
    }


def test_restoring_a_revision_is_a_new_change(own, as_officer):
    page = changed_page()
    first = as_officer.get(f"/desk/pages/{page.pk}/revisions/").context["revisions"][-1]

    as_officer.post(f"/desk/pages/{page.pk}/restore/", {"revision": first.number})

    page.refresh_from_db()
    last = Change.objects.order_by("-pk").first()
    assert (page.title, page.body) == ("First", "<p>Nine members came to Rome.</p>")
    assert (last.who, sorted(last.after)) == ("communication@example.org", ["body", "title"])


def test_revision_of_another_record_cannot_be_restored(own, as_officer):
    page, other = changed_page(), changed_page()
    number = Change.objects.filter(type="website.page", record=str(other.pk)).first().pk

    assert as_officer.post(f"/desk/pages/{page.pk}/restore/", {"revision": number}).status_code == 404
    page.refresh_from_db()
    assert page.title == "Second"


def test_only_who_keeps_the_site_restores(own, client_of):
    page = changed_page()
    number = Change.objects.filter(type="website.page", record=str(page.pk)).first().pk

    answer = client_of("advocacy").post(f"/desk/pages/{page.pk}/restore/", {"revision": number})

    page.refresh_from_db()
    assert (answer.status_code, page.title) == (404, "Second")
    assert not Change.objects.filter(who="advocacy@example.org").exists()


@pytest.mark.parametrize("count", [1, 3])
def test_page_costs_the_same_with_more_pages_below_it(own, as_nobody, django_assert_num_queries, count):
    page = factories.PageFactory(path="about-us", body="<p>{network.members@2024}</p>")
    factories.PageFactory.create_batch(count, parent=page)
    as_nobody.get("/about-us/")
    page.save()
    factories.PageFactory(path="else")

    with django_assert_num_queries(QUERIES):
        as_nobody.get("/about-us/")


QUERIES = 6
