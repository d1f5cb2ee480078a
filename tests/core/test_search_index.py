"""The index follows the records: saved, renamed, deleted, loaded, brought back, written in bulk."""

from importlib import import_module
from io import StringIO
from json import loads

import pytest
from django.core import serializers
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.core.years import YEAR, write
from tests.factories import (
    FACTORIES,
    EventFactory,
    GroupMeetingFactory,
    OrganisationFactory,
    PersonFactory,
    PolicyFileFactory,
    PositionFactory,
    PostFactory,
)
from umbel.core import search
from umbel.core.exchange.loading import load
from umbel.core.models import Alias, SearchEntry, Spelling, Topic
from umbel.core.search import keeping
from umbel.core.search.subjects import families, subjects
from umbel.core.translations.models import translate
from umbel.core.wastebasket import discard, restore
from umbel.events.models import Event
from umbel.network.models import Organisation

pytestmark = pytest.mark.django_db


def titles(text):
    return [hit.title for hit in search.find(text, None).hits]


def entries():
    return list(SearchEntry.objects.order_by("pk").values())


def test_a_renamed_record_is_found_by_its_new_name_only():
    event = EventFactory(title="Zebra")

    event.title = "Okapi"
    event.save()

    assert (titles("zebra"), titles("okapi")) == ([], ["Okapi"])


def test_a_deleted_record_is_not_found():
    EventFactory(title="Zebra").delete()

    assert titles("zebra") == []
    assert SearchEntry.objects.count() == 0


def test_aliases_are_followed():
    organisation = OrganisationFactory(name="Ally")
    alias = Alias.objects.create(record=organisation, name="Zebra")
    Alias.objects.create(record=organisation, name="Gnu")
    found = titles("zebra"), titles("gnu")

    alias.name = "Okapi"
    alias.save()
    renamed = titles("zebra"), titles("okapi"), titles("gnu")
    alias.delete()

    assert found == (["Ally"], ["Ally"])
    assert renamed == ([], ["Ally"], ["Ally"])
    assert (titles("okapi"), titles("gnu")) == ([], ["Ally"])


def test_parts_are_followed():
    post = PostFactory(person=PersonFactory(name="Ada"), title="Director")
    other = PostFactory(person=post.person, title="Treasurer")
    post.title = "President"
    post.save()
    renamed = titles("director"), titles("president"), titles("treasurer")

    other.delete()

    assert renamed == ([], ["Ada"], ["Ada"])
    assert (titles("treasurer"), titles("president")) == ([], ["Ada"])


def test_a_record_saved_as_what_it_derives_from_stays_what_it_is():
    meeting = GroupMeetingFactory(title="Zebra")
    file = PolicyFileFactory(name="Gnu", author="Somebody", start="2020")

    event, topic = Event.objects.get(pk=meeting.pk), Topic.objects.get(pk=file.pk)
    event.title = "Okapi"
    event.save()
    topic.name = "Koodoo"
    topic.save()

    assert [(hit.type, hit.title) for hit in search.find("okapi", None).hits] == [("groups.groupmeeting", "Okapi")]
    (hit,) = search.find("koodoo somebody", None).hits
    assert (hit.type, str(hit.date)) == ("advocacy.policyfile", "2020")


def test_what_is_brought_back_is_found_again():
    file = PolicyFileFactory(name="Zebra")
    Alias.objects.create(record=file, name="Okapi")
    file.asks.create(text="more grass")
    before = entries()

    deletion = discard(file)
    gone = titles("zebra"), titles("okapi")
    restore(deletion)

    assert gone == ([], [])
    assert entries() == before


def test_of_a_very_long_text_the_first_words_are_kept():
    words = " ".join(f"слово{number}" for number in range(30_000))

    position = PositionFactory(title="Zebra", lead="Okapi", text=f"<p>{words}</p>")
    translate(position, "text", "fr", f"<p>gnu {words}</p>")

    assert titles("okapi слово1") == titles("okapi слово1000") == titles("gnu слово7") == ["Zebra"]
    assert titles("слово29999") == []


def test_rows_loaded_as_they_are_are_found():
    meeting = GroupMeetingFactory(title="Zebra")
    event = meeting.event_ptr
    saved = serializers.serialize("json", [meeting, event])
    SearchEntry.objects.all().delete()

    for row in serializers.deserialize("json", saved):
        row.save()

    assert [hit.type for hit in search.find("zebra", None).hits] == ["groups.groupmeeting"]


def test_rows_written_in_bulk_are_found_once_indexed():
    rows = [Organisation(key=f"z-{number}", name=f"Zebra {number}", kind="network") for number in range(3)]
    Organisation.objects.bulk_create(rows)
    unknown = titles("zebra")

    search.index(Organisation.objects.filter(key__startswith="z-"))
    Organisation.objects.filter(key="z-0").delete()
    Organisation.objects.filter(key="z-1").update(name="Okapi")
    search.index([rows[1]])

    assert unknown == []
    assert (titles("zebra"), titles("okapi")) == (["Zebra 2"], ["Okapi"])


def test_a_load_fills_the_index_at_once(tmp_path):
    with CaptureQueriesContext(connection) as queries:
        load(write(tmp_path, YEAR))
    written = [query for query in queries if "core_searchentry" in query["sql"]]
    kept = entries()

    search.rebuild()

    assert titles("countess") == ["Ada Lovelace"]
    assert len(written) <= len(families())
    assert entries() == kept


def test_a_load_that_fails_leaves_the_index_alone(tmp_path):
    from umbel.core.exchange.problems import LoadError

    with pytest.raises(LoadError):
        load(write(tmp_path, {"people.csv": "key,name,aliases\nada,Ada,\nada,Ada,\n"}))

    assert entries() == []


def test_rebuilding_gives_what_following_gave():
    for model in [subject.model for subject in subjects().values()]:
        row = FACTORIES[model](audience="members")
        row.save()
        Alias.objects.create(record=row, name=f"Alias of {row.pk}")
    PostFactory(person=PersonFactory(name="Ada"), title="Director")
    kept = entries()
    words = set(Spelling.objects.values_list("spelling", "word"))

    told = search.rebuild()

    assert entries() == kept
    assert words == set(Spelling.objects.values_list("spelling", "word"))
    assert set(told) == set(subjects())


def test_the_command_makes_the_index_anew():
    EventFactory(title="Zebra")
    SearchEntry.objects.all().delete()
    out = StringIO()

    call_command("index", "--json", stdout=out)

    told = loads(out.getvalue())
    assert (told["entries"]["events.event"], told["total"]) == (1, 1)
    assert titles("zebra") == ["Zebra"]
    call_command("index", stdout=(text := StringIO()))
    assert "events.event" in text.getvalue()


def test_an_empty_index_is_filled_when_the_tables_are_brought_up_to_date():
    EventFactory(title="Zebra")
    SearchEntry.objects.all().delete()

    keeping.prepare(sender=None, using="default")

    assert titles("zebra") == ["Zebra"]


def test_an_index_from_before_is_made_anew_by_the_upgrade():
    upgrade = import_module("umbel.core.migrations.0012_search_in_every_text")
    event = EventFactory(title="Zebra", text="<p>Okapi</p>")
    SearchEntry.objects.update(text_words="")

    upgrade.empty(None, connection.schema_editor(atomic=False))
    keeping.prepare(sender=None, using="default")
    event.title = "Gnu"
    event.save()

    assert (titles("okapi"), titles("zebra")) == (["Gnu"], [])


@pytest.mark.parametrize("count", [1, 3])
def test_saving_costs_two_queries_for_a_new_name_one_for_other_facts_none_for_the_rest(count):
    event = EventFactory(title="Zebra")
    for number in range(count):
        Alias.objects.create(record=OrganisationFactory(), name=f"Alias {number}")

    def about_search(**fields):
        for name, value in fields.items():
            setattr(event, name, value)
        with CaptureQueriesContext(connection) as queries:
            event.save()
        return sum("core_searchentry" in query["sql"] or "core_spelling" in query["sql"] for query in queries)

    assert about_search(title="Okapi") == 2
    assert about_search(place="Paris") == 1
    assert about_search(has_page=True) == 0


def test_a_search_reads_own_texts_only_of_what_a_derived_kind_is_sure_to_keep():
    """A row saved as its base writes the texts of the base; those of derived kinds may not be lost by that."""
    bases = {root: kinds for root, kinds in families().items() if len(kinds) > 1}

    for root, kinds in bases.items():
        base = next(subject for subject in kinds if subject.model is root)
        assert not base.is_told or all(subject.texts == base.texts for subject in kinds)


def test_parts_are_seen_by_whoever_sees_the_whole():
    """Else a search for the text of a part would tell of what one may not see."""
    paths = {parts.model._meta.label: parts for subject in subjects().values() for parts in subject.parts}

    assert {label: parts.model.audience_path for label, parts in paths.items()} == {
        label: f"{parts.whole}__audience" for label, parts in paths.items()
    }


def test_numbers_of_tables_do_not_meet():
    from umbel.core.search.subjects import first_number

    numbers = {first_number(root) for root in families()}

    assert len(numbers) == len(families())
    assert max(numbers) + 2**40 < 2**63
