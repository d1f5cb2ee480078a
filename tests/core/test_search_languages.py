"""The search in all languages: what is translated finds the record, and the index follows the translations."""

import pytest

from tests.factories import EventFactory, GroupMeetingFactory, OrganisationFactory, PositionFactory, StoryFactory
from umbel.core import search
from umbel.core.models import Alias, SearchEntry, Spelling, Translation
from umbel.core.translations.models import translate
from umbel.core.wastebasket import discard, restore

pytestmark = pytest.mark.django_db


def titles(text):
    return [hit.title for hit in search.find(text, None).hits]


def entries():
    return list(SearchEntry.objects.order_by("pk").values())


@pytest.mark.parametrize(
    ("field", "text"),
    [("title", "Avis sur les zèbres"), ("lead", "Les zèbres."), ("text", "<p>Les <em>zèbres</em></p>")],
)
def test_translated_title_introduction_and_text_find_the_record(field, text):
    position = PositionFactory(title="Opinion", lead="Horses", text="<p>With stripes</p>")

    translate(position, field, "fr", text)

    assert titles("zebres") == ["Opinion"]
    assert titles("em") == []


def test_translated_title_counts_as_a_name_and_a_translated_text_as_a_text():
    story = StoryFactory(title="Opinion", text="<p>x</p>")
    StoryFactory(title="On zèbre skins")
    translate(story, "title", "fr", "Zèbre")
    translate(StoryFactory(title="Newer", date="2030", text="<p>y</p>"), "text", "fr", "<p>zèbre</p>")

    assert titles("zebre") == ["Opinion", "On zèbre skins", "Newer"]


def test_description_of_an_organisation_is_found_in_each_language():
    ally = OrganisationFactory(name="Ally", description="Care")
    translate(ally, "description", "fr", "Soins")
    translate(ally, "description", "pl", "Opieka")

    assert titles("soins") == titles("opieka") == titles("care") == ["Ally"]


def test_translations_are_followed():
    event = GroupMeetingFactory(title="Meeting")
    translate(event, "title", "fr", "Zèbre")
    found = titles("zebre")

    translate(event, "title", "fr", "Girafe")
    changed = titles("zebre"), titles("girafe")
    Translation.objects.get().delete()

    assert (found, changed, titles("girafe")) == (["Meeting"], ([], ["Meeting"]), [])


def test_saving_the_record_keeps_its_translations():
    event = EventFactory(title="Meeting", lead="x")
    translate(event, "title", "fr", "Réunion")
    translate(event, "lead", "fr", "Zèbres")

    event.title = "Assembly"
    event.save()

    assert titles("reunion") == titles("zebres") == ["Assembly"]


def test_rebuilding_gives_what_following_gave():
    position = PositionFactory(title="Opinion", lead="Horses")
    translate(position, "title", "pl", "Opinia")
    translate(position, "title", "fr", "Avis")
    translate(position, "lead", "fr", "Chevaux")
    Alias.objects.create(record=position, name="Statement")
    kept, words = entries(), set(Spelling.objects.values_list("spelling", "word"))

    search.rebuild()

    assert entries() == kept
    assert set(Spelling.objects.values_list("spelling", "word")) == words


def test_a_record_that_goes_takes_its_translations_along_and_brings_them_back():
    story = StoryFactory(title="Care")
    translate(story, "title", "fr", "Soins")
    before = entries()

    deletion = discard(story)
    gone = titles("soins")
    restore(deletion)

    assert (gone, titles("soins"), entries() == before) == ([], ["Care"], True)


def test_rows_written_in_bulk_are_found_in_each_language_once_indexed():
    story = StoryFactory(title="Care")
    translate(story, "title", "fr", "Soins")
    SearchEntry.objects.all().delete()

    search.index([story])

    assert titles("soins") == ["Care"]
