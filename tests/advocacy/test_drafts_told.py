"""What desk, tasks and positions tell of drafts: who was heard, who is silent, what is due, who was consulted."""

import csv
import io
import re
from datetime import date, timedelta
from html import unescape

import pytest
from django.test import Client
from django.utils import timezone

from tests import factories
from tests.core.crud.reading import form_of
from tests.website.page import Page
from umbel.advocacy.models import Comment, Draft
from umbel.core.registry import dues
from umbel.network.rules import own_organisations
from umbel.network.todo import todos
from umbel.website.pages.acts import _consulted

pytestmark = pytest.mark.django_db


def in_days(number):
    return timezone.localdate() + timedelta(days=number)


@pytest.fixture(autouse=True)
def confederation(cast):
    return factories.ConfederationFactory(name="COOPS", reporting_year=2024)


@pytest.fixture
def draft(cast):
    """A draft on which members may comment until in a week."""
    return factories.DraftFactory(
        key="procurement", name="Public procurement", comments_from=in_days(-7), comments_to=in_days(7)
    )


@pytest.fixture
def position(draft):
    """The position that came of it, approved by the Board."""
    found = factories.PositionFactory(key="position", title="Buy from cooperatives")
    draft.position, draft.approved_on, draft.approved_by = found, "2024-03-05", "Board"
    draft.save()
    return found


def asked_of(user):
    found = todos(user, own_organisations(user))
    return [(todo.text, todo.about, todo.url) for todo in found if "/drafts/" in todo.url]


def reminders(seat, day):
    (found,) = (due for due in dues() if due.key == "advocacy.drafts")
    return [str(reminder.text) for reminder in found.find(day, seat)]


ASKED = ("Comment on “Public procurement”", "Not heard yet: Member A", "/my/drafts/procurement/")


def test_a_member_is_asked_until_it_has_said_something(cast, client_of, draft):
    factories.CommentFactory(draft=draft, organisation=cast.member_b)
    before = {seat: asked_of(cast.people[seat]) for seat in ("representative_a", "representative_b", "affiliate")}

    client_of("representative_a").post("/my/drafts/procurement/no-remark/", {"organisation": "member-a"})

    assert before == {"representative_a": [ASKED], "representative_b": [], "affiliate": []}
    assert asked_of(cast.representative_a) == []


@pytest.mark.parametrize(
    ("first", "last", "audience", "asked"),
    [(0, 0, "members", True), (1, 9, "members", False), (-9, -1, "members", False), (0, 0, "board", False)],
)
def test_a_member_is_asked_about_open_drafts_that_it_sees(cast, draft, first, last, audience, asked):
    draft.comments_from, draft.comments_to, draft.audience = in_days(first), in_days(last), audience
    draft.save()

    assert bool(asked_of(cast.representative_a)) is asked


def test_whoever_speaks_for_several_is_asked_for_those_that_are_silent(cast, draft):
    factories.PostFactory(person=cast.representative_a.person, organisation=cast.member_b)
    both = asked_of(cast.representative_a)

    factories.CommentFactory(draft=draft, organisation=cast.member_a)

    assert [about for _text, about, _url in both] == ["Not heard yet: Member A and Member B"]
    assert [about for _text, about, _url in asked_of(cast.representative_a)] == ["Not heard yet: Member B"]


def test_the_task_stands_on_the_first_page(client_of, draft):
    page = Page(client_of("representative_a").get("/my/").text)

    assert "Comment on “Public procurement”" in page.words("p")


@pytest.mark.parametrize(
    ("days", "told"),
    [
        (31, []),
        (30, ["Comments on “Public procurement” end"]),
        (0, ["Comments on “Public procurement” end"]),
        (-1, ["Comments on “Public procurement” have ended and it is no position yet"]),
        (-180, ["Comments on “Public procurement” have ended and it is no position yet"]),
        (-181, []),
    ],
)
def test_a_draft_is_due_when_comments_end_and_late_until_it_is_a_position(cast, draft, days, told):
    assert reminders(cast.advocacy, in_days(7 - days)) == told


def test_a_draft_that_became_a_position_is_not_due(cast, draft, position):
    assert reminders(cast.advocacy, timezone.localdate()) == []


def test_the_desk_shows_who_was_heard_and_who_is_silent(cast, client_of, draft):
    factories.CommentFactory(draft=draft, organisation=cast.member_b, kind="objection", text="Too long.")
    factories.MembershipFactory(end=in_days(-1))

    shown = client_of("advocacy").get(f"/desk/drafts/{draft.pk}/comments/")

    assert [organisation for _comment, organisation in shown.context["comments"]] == [cast.member_b]
    assert list(shown.context["silent"]) == [cast.member_a]
    assert "Too long." in shown.text


def test_members_of_the_last_day_are_those_that_were_silent(cast, draft):
    draft.comments_from, draft.comments_to = "2023-01-01", "2023-02-01"
    late = factories.MembershipFactory(start="2023-02-02").organisation
    gone = factories.MembershipFactory(start="2020", end="2023-02-01").organisation

    silent = set(draft.silent())

    assert (gone in silent, late in silent, cast.member_a in silent) == (True, False, True)


def test_of_a_draft_for_the_board_nobody_is_called_silent(client_of, draft):
    Draft.objects.update(audience="board")

    assert "Not heard" not in client_of("advocacy").get(f"/desk/drafts/{draft.pk}/comments/").text


@pytest.mark.parametrize(("seat", "is_shown"), [("finance", True), ("representative_a", False), ("nobody", False)])
def test_the_overview_is_for_the_desk(client_of, draft, seat, is_shown):
    page = client_of(seat).get(f"/desk/drafts/{draft.pk}/comments/")

    assert ("Not heard" in page.text) is is_shown


@pytest.mark.parametrize("count", [1, 3])
def test_the_pages_of_the_desk_ask_the_same_however_many_there_are(client_of, draft, django_assert_num_queries, count):
    for _number in range(count):
        factories.DraftFactory(position=factories.PositionFactory())
        factories.CommentFactory(draft=draft, person=factories.PersonFactory())
    browser, path = client_of("advocacy"), f"/desk/drafts/{draft.pk}/comments/"
    browser.get(path)

    with django_assert_num_queries(6):
        shown = browser.get(path)
    with django_assert_num_queries(6):
        listed = browser.get("/desk/drafts/")
    with django_assert_num_queries(4):
        comments = browser.get("/desk/comments/")

    assert len(shown.context["comments"]) == count
    assert [page.text.count('name="pick"') for page in (listed, comments)] == [count + 1, count]


@pytest.mark.parametrize(("asked", "names"), [("open", ["Public procurement"]), ("closed", ["Old"]), ("so-so", [])])
def test_drafts_narrow_by_whether_comments_are_taken(client_of, draft, asked, names):
    factories.DraftFactory(name="Old", comments_from=in_days(-30), comments_to=in_days(-9))
    factories.DraftFactory(name="Undated")

    page = client_of("advocacy").get("/desk/drafts/", {"comments": asked}).text

    assert re.findall(r">(Public procurement|Old|Undated)</a>", page) == names


def test_comments_to_answer_are_those_that_want_something(client_of, draft):
    for kind, state in (("change", "open"), ("objection", "taken"), ("support", "open"), ("none", "open")):
        organisation = factories.OrganisationFactory(name=f"{kind} {state}")
        factories.CommentFactory(draft=draft, kind=kind, state=state, organisation=organisation)

    page = client_of("advocacy").get("/desk/comments/", {"unanswered": "yes"}).text

    assert re.findall(r">(\w+ (?:open|taken))</a>", page) == ["change open"]


@pytest.mark.parametrize(("seat", "state"), [("advocacy", "taken"), ("finance", "open")])
def test_many_comments_are_answered_at_once_by_who_keeps_advocacy(client_of, draft, seat, state):
    comments = factories.CommentFactory.create_batch(2, draft=draft)

    client_of(seat).post(
        "/desk/comments/bulk/", {"pick": [each.pk for each in comments], "act": "set:state", "set-state": "taken"}
    )

    assert set(Comment.objects.values_list("state", flat=True)) == {state}


def test_comments_of_a_draft_are_a_file(cast, client_of, draft):
    factories.CommentFactory(draft=draft, organisation=cast.member_a, passage="Title", text="Shorter.")
    factories.CommentFactory()

    answer = client_of("advocacy").get("/desk/comments.csv", {"draft": "Public procurement"})

    rows = list(csv.DictReader(io.StringIO(b"".join(answer).decode("utf-8-sig"))))
    told = ("organisation", "draft", "kind", "passage", "text", "state", "version", "date")
    assert [[row[name] for name in told] for row in rows] == [
        ["Member A", "Public procurement", "change", "Title", "Shorter.", "open", "1", str(timezone.localdate())]
    ]


def test_a_draft_is_no_text_for_everybody(client_of):
    browser = client_of("advocacy")
    data, _texts = form_of(browser.get("/desk/drafts/add/"))

    answer = browser.post("/desk/drafts/add/", {**data, "name": "Ours", "audience": "public"})
    browser.post("/desk/drafts/add/", {**data, "name": "Ours"})

    assert answer.status_code == 422
    assert [(row.name, row.audience) for row in Draft.objects.all()] == [("Ours", "members")]


def test_the_desk_previews_a_draft_as_members_see_it(client_of, draft):
    browser = client_of("advocacy")
    data, _texts = form_of(browser.get(f"/desk/drafts/{draft.pk}/"))

    page = browser.post(f"/desk/drafts/{draft.pk}/as-typed/", {**data, "name": "Otherwise called"}).text

    assert "Otherwise called" in Page(page).words("h1")


def facts(client, path="/positions/position/"):
    page = unescape(client.get(path).text)
    return {label: re.sub(r"<[^>]+>", "", told) for label, told in re.findall(r"<dt>(.*?)</dt><dd>(.*?)</dd>", page)}


def test_the_position_names_who_was_consulted_and_when_it_was_approved(cast, draft, position):
    for organisation, passage in ((cast.member_b, "Title"), (cast.member_b, ""), (cast.member_a, "")):
        factories.CommentFactory(draft=draft, organisation=organisation, passage=passage, kind="none")

    told = facts(Client())

    assert (told["Members consulted"], told["Approved"]) == ("Member A, Member B", "5 March 2024, Board")
    assert "Draft and comments" not in told


def test_members_are_led_from_the_position_to_the_comments(cast, client_of, draft, position):
    told = facts(client_of("representative_a"))

    assert (told["Draft and comments"], "Members consulted" in told) == ("Public procurement", False)
    assert 'href="/my/drafts/procurement/"' in client_of("representative_a").get("/positions/position/").text


def test_the_position_does_not_name_whom_the_reader_may_not_see(cast, client_of, draft, position):
    cast.member_b.audience = "members"
    cast.member_b.save()
    for organisation in (cast.member_a, cast.member_b):
        factories.CommentFactory(draft=draft, organisation=organisation)

    told = [facts(client)["Members consulted"] for client in (Client(), client_of("representative_a"))]

    assert told == ["Member A", "Member A, Member B"]


def test_who_was_consulted_costs_one_query(django_assert_num_queries, draft, position):
    factories.CommentFactory.create_batch(3, draft=draft)

    with django_assert_num_queries(1):
        assert len([fact for fact in _consulted(position, None) if fact]) == 2


@pytest.mark.parametrize("kind", ["draft", "comment"])
def test_a_record_leads_to_the_page_of_the_draft(client_of, draft, kind):
    comment = factories.CommentFactory(draft=draft)
    handle, page = {
        "draft": ("procurement", "/my/drafts/procurement/"),
        "comment": (comment.pk, f"/my/drafts/procurement/#comment-{comment.pk}"),
    }[kind]

    answers = [client_of(seat).get(f"/records/advocacy.{kind}/{handle}/") for seat in ("representative_a", "nobody")]

    assert answers[0].url == page
    assert ["Public procurement" in answer.text for answer in answers] == [False, False]


def test_members_find_a_draft_by_its_text_and_others_do_not(client_of, cast):
    factories.DraftFactory(name="Zebra", comments_from=date(2024, 1, 1))

    found = [client_of(seat).get("/search.json", {"q": "zebra"}).json() for seat in ("representative_a", "reader")]

    assert ["/my/drafts/" in str(each) for each in found] == [True, False]
