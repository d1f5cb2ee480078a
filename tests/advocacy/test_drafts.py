"""Members comment on drafts: who sees and says what, until when, and what the desk and the position show of it."""

from datetime import timedelta
from html import unescape

import pytest
from django.utils import timezone

from tests import factories
from umbel.advocacy.models import Comment, Draft
from umbel.core.changelog import Change
from umbel.core.wastebasket import Deletion

pytestmark = pytest.mark.django_db


def in_days(number):
    return timezone.localdate() + timedelta(days=number)


@pytest.fixture(autouse=True)
def confederation(cast):
    return factories.ConfederationFactory(name="COOPS")


@pytest.fixture
def draft(cast):
    """A draft on public procurement that members may comment on until in a week."""
    return factories.DraftFactory(
        key="procurement", name="Public procurement", text="<p>Cooperatives bid.</p>", comments_from=in_days(-7),
        comments_to=in_days(7),
    )  # fmt: skip


@pytest.fixture
def other(cast, draft):
    """What member B says of it."""
    return factories.CommentFactory(draft=draft, organisation=cast.member_b, kind="objection", text="Too long.")


def say(browser, draft, **told):
    return browser.post(
        f"/my/drafts/{draft.key}/", {"kind": "change", "text": "Name social clauses.", "passage": "", **told}
    )


def text_of(browser, path):
    return unescape(browser.get(path).text)


def test_a_member_comments_and_everybody_before_whom_it_is_put_reads_it(cast, client_of, draft):
    draft.version = 2
    draft.save()

    answer = say(client_of("representative_a"), draft, passage="Paragraph 3", suggestion="Buyers apply them.")

    comment = Comment.objects.get()
    page = text_of(client_of("representative_b"), "/my/drafts/procurement/")
    assert (answer.status_code, answer.url) == (302, "/my/drafts/procurement/")
    assert (comment.organisation, comment.person, comment.version, comment.kind) == (
        cast.member_a, cast.representative_a.person, 2, "change",
    )  # fmt: skip
    assert [told in page for told in ("Member A", "Name social clauses.", "Buyers apply them.", "on version 2")] == (
        [True] * 4
    )
    assert Change.objects.filter(type="advocacy.comment").get().who == "representative_a@example.org"


@pytest.mark.parametrize(
    ("seat", "is_seen"),
    [("representative_b", True), ("board", True), ("advocacy", True), ("affiliate", False), ("participant", False),
     ("funder", False), ("reader", False), ("nobody", False)],
)  # fmt: skip
def test_a_draft_is_seen_by_those_before_whom_it_is_put(client_of, draft, seat, is_seen):
    page = client_of(seat).get("/my/drafts/procurement/")

    assert (page.status_code == 200, "Cooperatives bid." in page.text) == (is_seen, is_seen)


@pytest.mark.parametrize(("audience", "seen"), [("members", True), ("board", False), ("secretariat", False)])
def test_a_draft_for_others_is_not_there_for_members(client_of, draft, audience, seen):
    Draft.objects.update(audience=audience)
    browser = client_of("representative_a")

    answers = [browser.get("/my/drafts/procurement/").status_code, say(browser, draft).status_code]

    assert answers == ([200, 302] if seen else [404, 404])
    assert ("Public procurement" in browser.get("/my/drafts/").text) is seen


@pytest.mark.parametrize("seat", ["board", "advocacy", "affiliate", "reader"])
def test_nobody_comments_who_speaks_for_no_member(cast, client_of, draft, seat):
    browser = client_of(seat)

    statuses = [say(browser, draft).status_code]
    for organisation in (cast.member_a, cast.cooperative):
        path = "/my/drafts/procurement/no-remark/"
        statuses.append(browser.post(path, {"organisation": organisation.key}).status_code)

    assert (statuses, Comment.objects.count()) == ([404] * 3, 0)


def test_nobody_speaks_for_a_foreign_organisation(cast, client_of, draft):
    browser = client_of("representative_a")

    answer = browser.post("/my/drafts/procurement/no-remark/", {"organisation": "member-b"})
    say(browser, draft, organisation=cast.member_b.pk)

    assert answer.status_code == 404
    assert [comment.organisation for comment in Comment.objects.all()] == [cast.member_a]


def test_whoever_speaks_for_several_says_for_which(cast, client_of, draft):
    factories.PostFactory(person=cast.representative_a.person, organisation=cast.member_b)
    browser = client_of("representative_a")

    without = say(browser, draft)
    say(browser, draft, organisation=cast.member_b.pk)

    assert (without.status_code, "This field is required." in without.text) == (422, True)
    assert [comment.organisation for comment in Comment.objects.all()] == [cast.member_b]


@pytest.mark.parametrize("kind", ["change", "objection"])
def test_who_wants_something_says_what(client_of, draft, kind):
    answer = say(client_of("representative_a"), draft, kind=kind, text="")

    assert answer.status_code == 422
    assert "Say in a few words what should change, or what you object to." in unescape(answer.text)
    assert Comment.objects.count() == 0


def test_support_needs_no_words(client_of, draft):
    say(client_of("representative_a"), draft, kind="support", text="")

    assert [(comment.kind, comment.text) for comment in Comment.objects.all()] == [("support", "")]


def test_a_second_comment_on_a_passage_leads_to_the_first(client_of, draft):
    browser = client_of("representative_a")
    say(browser, draft, passage="Title")

    again, elsewhere = say(browser, draft, passage="Title"), say(browser, draft, passage="Paragraph 3")

    assert (again.status_code, elsewhere.status_code) == (422, 302)
    assert "Your organisation has commented on this passage: change that comment." in unescape(again.text)


def test_a_form_that_is_sent_twice_comments_once(client_of, draft):
    browser = client_of("representative_a")
    once = browser.get("/my/drafts/procurement/").context["once"]

    say(browser, draft, once=once, passage="Title")
    answer = say(browser, draft, once=once, passage="Another title")

    assert answer.url == Comment.objects.get().get_absolute_url()


def test_no_remark_is_said_in_one_click_and_once(cast, client_of, draft):
    browser, path = client_of("representative_a"), "/my/drafts/procurement/no-remark/"

    first, again = (browser.post(path, {"organisation": "member-a"}, follow=True) for _time in range(2))

    assert "Member A has no remark. You can still comment until the last day." in unescape(first.text)
    assert "Member A has commented already." in unescape(again.text)
    assert [(comment.kind, comment.person) for comment in Comment.objects.all()] == [
        ("none", cast.representative_a.person)
    ]


def test_a_comment_takes_the_place_of_no_remark(client_of, draft):
    browser = client_of("representative_a")
    browser.post("/my/drafts/procurement/no-remark/", {"organisation": "member-a"})

    say(browser, draft, passage="Paragraph 3")

    assert [comment.kind for comment in Comment.objects.all()] == ["change"]


def test_a_comment_is_changed_and_looked_at_anew(cast, client_of, draft):
    comment = factories.CommentFactory(draft=draft, organisation=cast.member_a, state="refused", answer="No room.")
    Draft.objects.update(version=3)

    answer = client_of("representative_a").post(f"/my/comments/{comment.pk}/", {"kind": "objection", "text": "Never."})

    comment.refresh_from_db()
    assert answer.url == "/my/drafts/procurement/"
    assert (comment.kind, comment.text, comment.version, comment.state, comment.answer) == (
        "objection", "Never.", 3, "open", "No room.",
    )  # fmt: skip


def test_the_second_of_two_colleagues_sees_both_versions(cast, client_of, draft):
    comment = factories.CommentFactory(draft=draft, organisation=cast.member_a)
    browser = client_of("representative_a")
    seen = browser.get(f"/my/comments/{comment.pk}/").context["seen"]
    comment.text = "Less of it."
    comment.save()

    answer = browser.post(f"/my/comments/{comment.pk}/", {"kind": "change", "text": "Nothing of it.", "seen": seen})

    comment.refresh_from_db()
    assert answer.status_code == 409
    assert (comment.text, "Less of it." in answer.text, "Nothing of it." in answer.text) == ("Less of it.", True, True)


def test_a_comment_is_withdrawn_and_the_bin_keeps_it(cast, client_of, draft):
    comment = factories.CommentFactory(draft=draft, organisation=cast.member_a)

    answer = client_of("representative_a").post(f"/my/comments/{comment.pk}/withdraw/", follow=True)

    assert "The comment of Member A is withdrawn." in unescape(answer.text)
    assert (Comment.objects.count(), Deletion.objects.get().text) == (0, "Member A on “Public procurement”")


@pytest.mark.parametrize("seat", ["representative_a", "board", "affiliate", "advocacy", "reader"])
def test_the_comment_of_another_member_is_not_there_to_change(client_of, other, seat):
    browser = client_of(seat)

    answers = [browser.get(f"/my/comments/{other.pk}/"), browser.post(f"/my/comments/{other.pk}/withdraw/")]

    assert [answer.status_code for answer in answers] == [404, 404]
    assert list(Comment.objects.all()) == [other]


@pytest.mark.parametrize(
    ("first", "last", "is_open"), [(0, 0, True), (-7, 7, True), (-7, -1, False), (1, 7, False), (-7, None, True)]
)
def test_comments_are_taken_from_the_first_to_the_last_day(cast, client_of, draft, first, last, is_open):
    draft.comments_from, draft.comments_to = in_days(first), None if last is None else in_days(last)
    draft.save()
    comment = factories.CommentFactory(draft=draft, organisation=cast.member_a, passage="Title")
    browser = client_of("representative_a")

    said = say(browser, draft, passage="Paragraph 3")
    browser.post("/my/drafts/procurement/no-remark/", {"organisation": "member-a"})
    changed = browser.post(f"/my/comments/{comment.pk}/", {"kind": "change", "text": "Other.", "passage": "Title"})
    texts = sorted(Comment.objects.values_list("text", flat=True))
    withdrawn = browser.post(f"/my/comments/{comment.pk}/withdraw/")

    assert {answer.url for answer in (said, changed, withdrawn)} == {"/my/drafts/procurement/"}
    assert texts == (["Name social clauses.", "Other."] if is_open else ["More of it."])
    assert Comment.objects.filter(pk=comment.pk).exists() is not is_open


def test_a_closed_draft_shows_what_became_of_comments_and_takes_none(client_of, draft, other):
    Draft.objects.update(comments_to=in_days(-1).isoformat(), approved_on=in_days(0).isoformat(), approved_by="Board")
    Comment.objects.update(state="partly", answer="We cut two pages.")
    browser = client_of("representative_a")

    page = text_of(browser, "/my/drafts/procurement/")
    answer = say(browser, draft)

    assert [told in page for told in ("partly taken up", "We cut two pages.", "Board", "<textarea")] == [
        True, True, True, False,
    ]  # fmt: skip
    assert "No comments are taken on “Public procurement” today. Nothing was changed." in text_of(browser, answer.url)


def test_whom_a_member_may_not_see_is_not_named(cast, client_of, draft, other):
    cast.member_b.audience = "secretariat"
    cast.member_b.save()

    pages = [text_of(client_of(seat), "/my/drafts/procurement/") for seat in ("representative_a", "advocacy")]

    assert [("Member B" in page, "Too long." in page) for page in pages] == [(False, True), (True, True)]


def test_the_list_tells_open_from_past_and_heard_from_silent(cast, client_of, draft):
    factories.DraftFactory(name="Old", comments_from=in_days(-30), comments_to=in_days(-9))
    factories.DraftFactory(name="New", comments_from=in_days(9))
    heard = factories.DraftFactory(name="Heard", comments_from=in_days(-1), comments_to=in_days(1))
    factories.CommentFactory(draft=heard, organisation=cast.member_a)
    factories.CommentFactory(draft=draft, organisation=cast.member_b)

    shown = client_of("representative_a").get("/my/drafts/").context

    names = {part: {each["draft"].name: each["heard"] for each in shown[part]} for part in ("open", "coming", "past")}
    assert names == {
        "open": {"Public procurement": [], "Heard": [cast.member_a]},
        "coming": {"New": []},
        "past": {"Old": []},
    }


@pytest.mark.parametrize(
    ("seat", "names"),
    [("board", ["Public procurement"]), ("advocacy", ["Public procurement"]), ("participant", []), ("affiliate", [])],
)
def test_the_list_is_for_the_network_and_names_what_one_sees(client_of, draft, seat, names):
    page = client_of(seat).get("/my/drafts/")

    assert [each["draft"].name for each in page.context["open"]] == names
    assert ("No draft is open" in page.text) is not bool(names)


@pytest.mark.parametrize("count", [1, 3])
def test_the_pages_of_members_ask_the_same_however_many_there_are(
    cast, client_of, draft, django_assert_num_queries, count
):
    for number in range(count):
        factories.DraftFactory(comments_from=in_days(-1), comments_to=in_days(1))
        factories.CommentFactory(draft=draft, passage=str(number), person=factories.PersonFactory())
    browser = client_of("representative_a")
    browser.get("/my/drafts/")

    with django_assert_num_queries(4):
        listed = browser.get("/my/drafts/")
    with django_assert_num_queries(6):
        shown = browser.get("/my/drafts/procurement/")

    assert (len(listed.context["open"]), len(shown.context["comments"])) == (count + 1, count)
