"""Contents in several languages."""

import pytest
from django.template import Context, Template
from django.utils.translation import override

from tests import factories
from umbel.core import languages
from umbel.core.changelog import Change
from umbel.core.translations.models import Translation, translate
from umbel.core.translations.saying import localise, said
from umbel.core.translations.table import State, in_state, lines, translated_models
from umbel.website.models import Page

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own():
    yield factories.ConfederationFactory(languages="en fr pl")
    languages._offered.clear()


def test_text_is_said_in_the_language_asked_for():
    story = factories.StoryFactory(title="Care in Italy")
    translate(story, "title", "pl", "Opieka we Włoszech")

    told = said(story, "title", "pl")

    assert (told.text, told.language, told.is_fallback) == ("Opieka we Włoszech", "pl", False)


def test_text_without_translation_is_said_as_it_was_written_and_marked():
    told = said(factories.StoryFactory(title="Care in Italy"), "title", "pl")

    assert (told.text, told.language, told.is_fallback) == ("Care in Italy", "en", True)


def test_records_of_a_page_are_said_in_one_query(django_assert_num_queries):
    stories = factories.StoryFactory.create_batch(3)
    for story in stories:
        translate(story, "title", "fr", f"{story.title} en français")

    with django_assert_num_queries(1):
        texts = [said(story, "title", "fr").text for story in localise(stories, "fr")]

    assert texts == [f"{story.title} en français" for story in stories]


def test_nothing_is_asked_in_the_leading_language(django_assert_num_queries):
    story = factories.StoryFactory()

    with django_assert_num_queries(0):
        assert said(localise([story], "en")[0], "title", "en").text == story.title


def test_meeting_is_said_as_the_event_that_it_is():
    meeting = factories.MeetingFactory(title="General Assembly")
    translate(meeting, "title", "fr", "Assemblée générale")

    assert said(meeting.event_ptr, "title", "fr").text == "Assemblée générale"


def test_tag_marks_an_original_with_its_language():
    story = factories.StoryFactory(title="Care & co")
    page = Template('{% load said %}{% said story "title" %}')

    with override("fr"):
        shown = page.render(Context({"story": story}))

    assert (
        shown
        == '<span lang="en">Care &amp; co</span> <small class="in-tongue" title="Pas encore traduit">Anglais</small>'
    )


def test_translation_of_a_changed_original_is_out_of_date_until_it_is_confirmed():
    page = factories.PageFactory(title="Members")
    translate(page, "title", "fr", "Membres")
    page.title = "Our members"
    page.save()

    stale = lines([page], ["fr"])[0].cells[0].fields
    translate(page, "title", "fr", "Membres")

    assert stale == {"title": State.STALE}
    assert lines([page], ["fr"])[0].cells[0].fields == {"title": State.CURRENT}


def test_records_are_found_by_their_state():
    missing, stale, current = (factories.PageFactory(title=title) for title in ("One", "Two", "Three"))
    for page in (stale, current):
        translate(page, "title", "fr", "Mot")
    Page.objects.filter(pk=stale.pk).update(title="Deux")

    found = {state: list(in_state(Page.objects.all(), "fr", state)) for state in ("missing", "stale", "current")}

    assert found == {"missing": [missing], "stale": [stale], "current": [current]}


def test_empty_text_takes_the_translation_away():
    page = factories.PageFactory()
    translate(page, "title", "fr", "Page")

    translate(page, "title", "fr", "")

    assert not Translation.objects.exists()


def test_translating_is_told_in_the_log_of_the_record():
    page = factories.PageFactory()

    translate(page, "title", "fr", "Page")

    last = Change.objects.order_by("-pk").first()
    assert (last.type, last.record, last.after) == ("website.page", str(page.pk), {"title (fr)": "Page"})


def test_only_declared_fields_are_translated():
    with pytest.raises(ValueError, match="path"):
        translate(factories.PageFactory(), "path", "fr", "chemin")


@pytest.mark.parametrize("model", translated_models(), ids=lambda model: model._meta.label_lower)
def test_declared_fields_are_texts(model):
    kinds = {model._meta.get_field(name).get_internal_type() for name in model.translated}

    assert kinds <= {"CharField", "TextField"}
