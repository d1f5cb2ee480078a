"""What the search finds, in which order, and for whom; the same on both databases."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from tests.cast import SEATS
from tests.factories import (
    FACTORIES,
    CampaignFactory,
    EventFactory,
    GroupMeetingFactory,
    MeetingFactory,
    OrganisationFactory,
    PageFactory,
    PersonFactory,
    PolicyFileFactory,
    PositionFactory,
)
from umbel.core import search
from umbel.core.audience import Audience, Operator
from umbel.core.models import Alias, ReportedFigure
from umbel.core.search import finding
from umbel.core.search.subjects import NotSearchedError, subjects
from umbel.events.models import Event
from umbel.groups.models import Group
from umbel.network.models import Organisation, Person

pytestmark = pytest.mark.django_db


def titles(text, user=None, **how):
    return [hit.title for hit in search.find(text, user, **how).hits]


def counts(found):
    return {facet.type: facet.count for facet in found.facets}


def test_accents_capitals_and_signs_make_no_difference():
    PersonFactory(name="Jarmo Hänninen")
    OrganisationFactory(name="SKI.F.T.")

    assert titles("hanninen") == titles("HÄNNINEN") == ["Jarmo Hänninen"]
    assert titles("skift") == titles("ski f t") == ["SKI.F.T."]


def test_every_word_has_to_match_and_the_last_may_be_unfinished():
    EventFactory(title="Conference on long-term care")
    EventFactory(title="Conference on tax")

    assert titles("care conf") == ["Conference on long-term care"]
    assert titles("conf care") == []
    assert titles("long term care") == titles("longterm care") == titles("long-term ca") == [
        "Conference on long-term care"
    ]  # fmt: skip


def test_a_word_with_signs_is_found_where_it_is_written_apart():
    EventFactory(title="Long term care")

    assert titles("long-term care") == titles("care long-te") == ["Long term care"]


def test_a_record_is_found_by_another_spelling_which_the_hit_names():
    smart = OrganisationFactory(name="Smart Belgium")
    Alias.objects.create(record=smart, name="SMartBe")

    (hit,) = search.find("smartbe", None).hits

    assert (hit.title, hit.alias) == ("Smart Belgium", "SMartBe")
    assert search.find("smart belgium", None).hits[0].alias == ""


def test_what_is_called_so_comes_first_then_what_begins_so_then_words_of_the_name_then_the_rest():
    OrganisationFactory(name="Alliance", description="Works on care")
    EventFactory(title="Later debate on care", date="2024-09")
    EventFactory(title="Debate on care", date="2024-03")
    EventFactory(title="Care conference", date="2020")
    OrganisationFactory(name="Caremark")
    Alias.objects.create(record=PolicyFileFactory(name="European strategy"), name="CARE")

    assert titles("care") == [
        "European strategy",
        "Care conference",
        "Caremark",
        "Later debate on care",
        "Debate on care",
        "Alliance",
    ]


def test_words_of_parts_and_fields_find_the_record():
    person = FACTORIES[Person](name="Ada")
    FACTORIES[person.posts.model](person=person, title="Treasurer")
    OrganisationFactory(name="Ally", city="Mondragón")
    file = PolicyFileFactory(name="Strategy")
    file.asks.create(text="a place at the table")

    assert titles("treasurer") == ["Ada"]
    assert titles("mondragon") == ["Ally"]
    assert titles("place table") == ["Strategy"]


def test_kinds_and_year_narrow_the_hits_and_the_facets_count_every_kind():
    EventFactory(title="Care conference", date="2024-03")
    EventFactory(title="Care conference", date="2023")
    MeetingFactory(title="Care of the house", date="2024")
    OrganisationFactory(name="Carers")

    found = search.find("care", None, kinds=["events.event"], year=2024)

    assert [(hit.title, str(hit.date)) for hit in found.hits] == [("Care conference", "2024-03")]
    assert counts(found) == {"events.event": 1, "governance.meeting": 1}
    assert counts(search.find("care", None)) == {"events.event": 2, "governance.meeting": 1, "network.organisation": 1}
    assert search.find("care", None, kinds=["no.such"]).total == 0


def test_pages_follow_each_other_without_gap():
    for number in range(7):
        EventFactory(title=f"Care {number}")

    pages = [titles("care", limit=3, offset=offset) for offset in (0, 3, 6, 9)]

    assert [len(page) for page in pages] == [3, 3, 1, 0]
    assert sum(pages, []) == [f"Care {number}" for number in range(7)]


@pytest.mark.parametrize("text", ["", "   ", "…", '"*(' * 9, "-", "'", "\x00"])
def test_a_text_without_words_finds_nothing(text):
    OrganisationFactory(name="Ally")

    assert search.find(text, None) == search.Found()


def test_a_very_long_text_is_cut():
    EventFactory(title="Care")

    assert titles("care " * 2000) == ["Care"]
    assert titles("x" * 10_000) == []


class TestSyntax(TestCase):
    """Nothing that somebody types means anything but words."""

    @settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow])
    @given(st.text(max_size=40) | st.text(alphabet="\"'*^:()-+&|!<>\\%_ aeNOTRAND{}", max_size=40))
    def test_any_text_is_taken_as_words(self, text):
        EventFactory(title=f"Zebra {text}"[:400].replace("\x00", ""))

        found = search.find(f"zebra {text}".replace("\x00", ""), None)

        assert found.total == 1
        assert Event.objects.filter(pk__in=search.narrow(Event.objects.all(), text)).count() <= 1

    def test_operators_and_columns_of_a_query_have_no_effect(self):
        EventFactory(title="Care and tax")
        EventFactory(title="Care")

        assert titles("care NOT tax") == titles("care OR tax") == titles("nosuch OR care") == []
        assert titles("name_words : care") == titles('"care" OR "tax"') == []
        assert titles("care' | 'tax") == titles('"care" AND "tax') == ["Care and tax"]


def test_everybody_finds_exactly_what_they_may_see(cast):
    found, seen = {}, {}
    for label, subject in subjects().items():
        for audience in Audience.values:
            FACTORIES[subject.model](**{subject.title_field: f"{label} for {audience}", "audience": audience})
        rows = subject.model.objects.filter(**{f"{subject.title_field}__startswith": f"{label} for"})
        for seat in SEATS:
            told = search.find(f"{label} for", cast.people[seat])
            found[label, seat] = {hit.url for hit in told.hits}, told.total, counts(told)
            urls = {row.get_absolute_url() for row in rows.visible_to(cast.people[seat])}
            seen[label, seat] = urls, len(urls), {label: len(urls)}

    assert found == seen
    assert {label for label, seat in seen if 0 < len(seen[label, "nobody"][0]) < len(Audience.values)} == set(
        subjects()
    )


def test_participants_find_what_is_meant_for_their_own_group(cast):
    own = Group.objects.get(participants__person__user=cast.participant)
    GroupMeetingFactory(title="Zebra of ours", group=own, audience=Audience.PARTICIPANTS)
    GroupMeetingFactory(title="Zebra of others", audience=Audience.PARTICIPANTS)

    found = search.find("zebra", cast.participant)

    assert ([hit.title for hit in found.hits], found.total, counts(found)) == (
        ["Zebra of ours"],
        1,
        {"groups.groupmeeting": 1},
    )
    assert titles("zebra", cast.board) == []


def test_what_the_index_believes_is_not_believed():
    event = EventFactory(title="Zebra")
    Event.objects.update(audience=Audience.BOARD)

    assert titles("zebra") == []
    assert titles("zebra", Operator()) == [event.title]


def test_of_very_many_the_best_are_found_and_kinds_are_counted_up_to_a_bound(monkeypatch):
    monkeypatch.setattr(finding, "MOST", 5)
    monkeypatch.setattr(finding, "ENOUGH", 5)
    for number in range(8):
        OrganisationFactory(name=f"Zebra {number}", description="striped")
        EventFactory(title=f"On zebras {number}", date=str(2023 + number))
    Alias.objects.create(record=PersonFactory(name="Ada"), name="Zebra")

    found = search.find("zebra", None, limit=4)

    assert [hit.title for hit in found.hits] == ["Ada", "Zebra 0", "Zebra 1", "Zebra 2"]
    assert (found.total, found.is_more) == (5, True)
    assert {(facet.type, facet.count, facet.is_more) for facet in found.facets} == {
        ("network.organisation", 5, True),
        ("events.event", 5, True),
        ("network.person", 1, False),
    }
    assert found.years == []
    assert titles("zebra", kinds=["network.person"]) == ["Ada"]
    assert titles("zebra", year=2023) == ["On zebras 0"]
    assert len(titles("zebra", kinds=["events.event"])) == 5
    assert search.narrow(Organisation.objects.all(), "zebra").count() == 8
    assert search.narrow(Organisation.objects.filter(name="Zebra 3"), "striped").count() == 1


def test_a_longer_beginning_is_counted_among_very_many(monkeypatch):
    monkeypatch.setattr(finding, "MOST", 2)
    monkeypatch.setattr(finding, "ENOUGH", 2)
    for number in range(4):
        OrganisationFactory(name=f"Cooperativa {number}")
        EventFactory(title=f"Cooperatives meet {number}")

    assert counts(search.find("cooperativ", None)) == {"network.organisation": 2, "events.event": 2}
    assert counts(search.find("cooperativa", None)) == {"network.organisation": 2}


@pytest.mark.parametrize("count", [1, 3])
def test_search_takes_four_queries_whatever_it_finds(count, django_assert_num_queries):
    for _ in range(count):
        EventFactory(title="Zebra")
        OrganisationFactory(name="Zebra")
        PageFactory(title="Zebra")

    with django_assert_num_queries(4):
        found = search.find("zebra", None)

    assert found.total == 3 * count


def test_rows_of_one_model_are_narrowed_by_text():
    OrganisationFactory(name="Ally", country="BE")
    OrganisationFactory(name="Ally", country="IT")
    OrganisationFactory(name="Other", country="IT")
    EventFactory(title="Ally")

    rows = search.narrow(Organisation.objects.filter(country="IT"), "all")

    assert [row.name for row in rows.order_by("-pk")[:5]] == ["Ally"]
    assert search.narrow(Organisation.objects.all(), "").count() == 3
    assert search.narrow(Organisation.objects.all(), "…").count() == 0


def test_rows_of_a_derived_model_are_narrowed_as_those_of_its_base():
    meeting = MeetingFactory(title="Board meets")
    CampaignFactory(name="Join us")

    assert [row.pk for row in search.narrow(type(meeting).objects.all(), "board")] == [meeting.pk]
    assert [row.pk for row in search.narrow(Event.objects.all(), "board")] == [meeting.pk]


def test_rows_that_are_not_searched_cannot_be_narrowed():
    with pytest.raises(NotSearchedError):
        search.narrow(ReportedFigure.objects.all(), "members")


def test_near_names_are_suggested_as_they_are_spelt():
    PersonFactory(name="Jarmo Hänninen")
    PositionFactory(title="Opinion on cooperatives")

    assert search.suggest("haninnen", None) == search.suggest("Hanninenn", None) == ["Hänninen"]
    assert search.suggest("jarmo haninen", None) == ["Jarmo Hänninen"]
    assert search.suggest("opinon", None) == ["Opinion"]
    assert search.suggest("xylophone", None) == []


def test_nothing_is_suggested_that_one_may_not_see(cast):
    PersonFactory(name="Sevastița", audience=Audience.BOARD)

    assert search.suggest("sevastitta", None) == []
    assert search.suggest("sevastitta", cast.board) == ["Sevastița"]


def test_suggestions_take_few_queries():
    PersonFactory(name="Hänninen")

    with CaptureQueriesContext(connection) as queries:
        search.suggest("haninen", None)

    assert len(queries) == 5
