from datetime import date

import pytest

from tests.factories import (
    CampaignActFactory,
    EventFactory,
    EventPartnerFactory,
    GroupMeetingFactory,
    OrganisationFactory,
    PolicyFileFactory,
    PortrayalFactory,
    PositionFactory,
    StoryFactory,
    VideoFactory,
)
from umbel.core import chronology
from umbel.core.audience import Audience
from umbel.core.chronology import lines
from umbel.core.periods import Period
from umbel.core.registry import Beside

pytestmark = pytest.mark.django_db

YEAR = Period.year(2024)


def keys(found):
    return [line.key for line in found]


@pytest.mark.parametrize("count", [1, 3])
def test_the_listing_takes_one_query_whatever_its_length(django_assert_num_queries, count):
    PositionFactory.create_batch(count)
    VideoFactory.create_batch(count)

    with django_assert_num_queries(1):
        found = lines(YEAR)

    assert len(found) == 2 * count


@pytest.mark.parametrize("count", [1, 3])
def test_what_stands_beside_takes_one_query_a_source(django_assert_num_queries, count):
    EventPartnerFactory.create_batch(count)
    PortrayalFactory.create_batch(count)

    with django_assert_num_queries(3):
        found = lines(YEAR)

    assert [bool(line.beside.partners or line.beside.countries) for line in found] == [True] * 2 * count


def test_entries_stand_in_the_order_of_their_days_the_coarser_first_then_by_key():
    dates = {"f": "2024-12-31", "e": "2024-06-11", "d": "2024-06-11", "c": "2024-06", "a": "2024", "b": "2024-01-01"}
    for key, day in dates.items():
        EventFactory(key=key, date=day)

    assert keys(lines(YEAR)) == ["a", "b", "c", "d", "e", "f"]


def test_sources_are_mixed_by_date():
    VideoFactory(key="video", date="2024-03-02")
    PositionFactory(key="position", date="2024-03-01")
    EventFactory(key="event", date="2024-03-03")

    assert keys(lines(YEAR)) == ["position", "video", "event"]


@pytest.mark.parametrize(
    ("period", "found"),
    [
        (YEAR, ["year", "first", "march", "day"]),
        (Period.year(2025), ["next"]),
        (Period.year(2020), []),
        (Period.range(date(2024, 3, 1), date(2024, 3, 31)), ["march", "day"]),
        (Period.range(date(2024, 1, 1), date(2024, 6, 30)), ["first", "march", "day"]),
        (Period.range(date(2024, 3, 1), date(2024, 3, 15)), ["day"]),
        (Period.range(date(2024, 1, 1), date(2024, 3, 15)), ["first", "day"]),
        (Period.range(date(2024, 1, 1), date(2025, 6, 30)), ["year", "first", "march", "day", "next"]),
    ],
    ids=str,
)
def test_the_listing_keeps_to_the_period(period, found):
    dates = {"year": "2024", "first": "2024-01-01", "march": "2024-03", "day": "2024-03-12", "next": "2025-01-01"}
    for key, day in dates.items():
        EventFactory(key=key, date=day)
    EventFactory(key="undated", date=None)

    assert keys(lines(period)) == found


def test_what_the_editor_left_out_is_listed_apart():
    EventFactory(key="listed")
    EventFactory(key="left-out", in_review=False)

    assert keys(lines(YEAR)) == ["listed"]
    assert keys(lines(YEAR, listed=False)) == ["left-out"]


def test_everybody_sees_the_entries_meant_for_them(cast):
    for audience in Audience.values:
        EventFactory(key=audience, audience=audience)

    assert keys(lines(YEAR)) == keys(lines(YEAR, cast.nobody)) == keys(lines(YEAR, cast.reader)) == ["public"]
    assert keys(lines(YEAR, cast.representative_a)) == ["members", "public"]
    assert keys(lines(YEAR, cast.secretariat)) == sorted(set(Audience.values) - {"administrator"})
    assert keys(lines(YEAR, cast.superuser)) == sorted(Audience.values)


def test_an_entry_tells_kind_part_place_and_page():
    EventFactory(
        key="t01", title="Forum", kind="summit", part="co-organiser", place="Rome", country="IT", has_page=True
    )

    [line] = lines(YEAR)

    assert (line.title, str(line.date), line.place, line.countries, line.has_page) == (
        "Forum",
        "2024-06-11",
        "Rome",
        ("IT",),
        True,
    )
    assert (line.kind.label, line.kind.family, line.part_label) == ("summit", "events", "co-organiser")
    assert line.url == "/events/t01/"


def test_an_act_without_kinds_has_one_for_all():
    CampaignActFactory(kind="joined")
    StoryFactory()

    assert sorted((line.kind.label, line.kind.family, line.part_label) for line in lines(YEAR)) == [
        ("Article", "communication", ""),
        ("joined", "advocacy", ""),
    ]


def test_a_meeting_of_a_group_stands_once_as_the_event_that_it_is():
    GroupMeetingFactory(key="group")

    [line] = lines(YEAR)

    assert (line.source.name, line.kind.label, line.kind.family) == ("events.event", "working group", "network")


def test_beside_an_event_stand_its_partners_in_their_order():
    event = EventFactory()
    for name in ("Second", "First"):
        EventPartnerFactory(event=event, organisation=OrganisationFactory(name=name))

    assert [line.beside for line in lines(YEAR)] == [Beside((), ("Second", "First"))]


def test_beside_a_story_stand_the_countries_it_is_about_once_each():
    story = StoryFactory()
    for country in ("IT", "ES", "IT", ""):
        PortrayalFactory(story=story, organisation=OrganisationFactory(country=country))

    [line] = lines(YEAR)

    assert line.countries == ("IT", "ES")


def test_acts_can_be_narrowed_to_a_family_a_month_and_topics():
    file = PolicyFileFactory(key="care")
    meeting = GroupMeetingFactory(date="2024-03-01")
    position = PositionFactory(date="2024-03")
    EventFactory(date="2024-04-01")
    for act in (meeting, position):
        act.topics.add(file)

    def number(**narrowed):
        return sum(rows.count() for rows in chronology.acts(YEAR, **narrowed))

    assert number() == 3
    assert number(family="network") == 1
    assert number(family="projects") == 0
    assert number(month=3) == 2
    assert number(topics=("care",)) == 2
    assert number(topics=("care", "nothing"), month=3, family="advocacy") == 1
    assert number(topics=("nothing",)) == 0


def test_an_act_that_serves_two_topics_is_one_act():
    position = PositionFactory()
    position.topics.add(PolicyFileFactory(key="care"), PolicyFileFactory(key="skills"))

    assert sum(rows.count() for rows in chronology.acts(YEAR, topics=("care", "skills"))) == 1


def test_dates_of_acts_by_topic():
    file = PolicyFileFactory(key="care")
    for day in ("2024-06-11", "2024-03", "2023-01-01"):
        PositionFactory(date=day).topics.add(file)

    dates = {topic: [str(day) for day in days] for topic, days in chronology.by_topic(YEAR).items()}

    assert dates == {"care": ["2024-03", "2024-06-11"]}


def test_lines_name_no_partner_that_the_reader_may_not_see(cast):
    event = EventFactory(key="conference", date="2024-11-28")
    for name, audience in (("Open", "public"), ("Hidden", "secretariat")):
        organisation = OrganisationFactory(name=name, audience=audience)
        EventPartnerFactory(event=event, organisation=organisation)

    named = {
        seat: lines(Period.year(2024), cast.people[seat])[0].beside.partners for seat in ("nobody", "secretary_general")
    }

    assert named == {"nobody": ("Open",), "secretary_general": ("Open", "Hidden")}
