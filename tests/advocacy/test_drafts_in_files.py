"""Drafts and their comments in files, in other languages, and when two members turn out to be one."""

import pytest
from django.core.exceptions import ValidationError

from tests import factories
from tests.core.years import counted
from tests.website.page import Page
from umbel.accounts.models import User
from umbel.advocacy.models import Comment, Draft
from umbel.core.exchange.dumping import dump
from umbel.core.exchange.loading import load
from umbel.core.merging import merge, undo
from umbel.core.translations.models import translate

pytestmark = pytest.mark.django_db


@pytest.fixture
def comments():
    """A comment on the whole of a draft and one on a passage, of one member, and of another one that has no remark."""
    draft, member = factories.DraftFactory(key="procurement", version=2), factories.OrganisationFactory(key="member")
    person = factories.PersonFactory(key="ada")
    return [
        factories.CommentFactory(draft=draft, organisation=member, person=person, suggestion="Less:\nfar less."),
        factories.CommentFactory(draft=draft, organisation=member, passage="Title", state="taken", answer="Yes."),
        factories.CommentFactory(draft=draft, organisation=factories.OrganisationFactory(), kind="none", text=""),
    ]


def test_drafts_and_comments_are_dumped_and_loaded_again(comments, tmp_path):
    dump(tmp_path / "dump")
    before = list(Comment.objects.order_by("organisation", "passage").values())
    unchanged = counted(load(tmp_path / "dump"))

    Draft.objects.all().delete()
    load(tmp_path / "dump")

    after = list(Comment.objects.order_by("organisation", "passage").values())
    told = [name for name in before[0] if name not in ("id", "draft_id")]
    assert unchanged[:2] == (0, 0)
    assert [[row[name] for name in told] for row in after] == [[row[name] for name in told] for row in before]


def test_what_two_members_said_stands_once_when_they_are_one_and_comes_back(comments):
    kept, gone = comments[0].organisation, comments[2].organisation

    act = merge(kept, gone)
    merged = sorted(Comment.objects.values_list("kind", "passage"))
    undo(act)

    assert merged == [("change", ""), ("change", "Title")]
    assert sorted(Comment.objects.values_list("kind", "passage")) == [("change", ""), ("change", "Title"), ("none", "")]


@pytest.mark.parametrize("kind", ["change", "objection"])
def test_a_comment_that_wants_something_says_what(comments, kind):
    with pytest.raises(ValidationError, match="Say in a few words"):
        Comment(draft=comments[0].draft, organisation=comments[2].organisation, kind=kind, passage="x").full_clean()


def test_a_draft_does_not_close_before_it_opens():
    draft = Draft(key="x", name="X", comments_from="2024-06-11", comments_to="2024-06-10")

    with pytest.raises(ValidationError, match="The end is not before the beginning"):
        draft.full_clean()


@pytest.mark.parametrize("count", [1, 3])
def test_drafts_are_told_in_the_language_of_the_reader(cast, client_of, django_assert_num_queries, count):
    factories.ConfederationFactory(languages="en fr")
    User.objects.update(language="fr")
    for number in range(count):
        position = factories.PositionFactory(title=f"Paper {number}")
        translate(position, "title", "fr", f"Avis {number}")
        draft = factories.DraftFactory(name=f"Text {number}", comments_from="2020", position=position)
        translate(draft, "name", "fr", f"Texte {number}")
    browser = client_of("representative_a")
    browser.get("/my/drafts/")

    with django_assert_num_queries(6):
        page = Page(browser.get("/my/drafts/").text)

    found = sorted(text for text in page.words("a") if text.startswith(("Texte ", "Avis ", "Text ", "Paper ")))
    assert found == sorted(f"{word} {number}" for word in ("Texte", "Avis") for number in range(count))
