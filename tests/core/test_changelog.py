import threading
from datetime import UTC, datetime

import pytest
from django.db import connection

from tests.factories import (
    EditionFactory,
    EventFactory,
    EventPartnerFactory,
    MeetingFactory,
    OrganisationFactory,
    SeriesFactory,
    TopicFactory,
    UserFactory,
)
from umbel.core import changelog
from umbel.core.changelog import Change, Verdict, verify

pytestmark = pytest.mark.django_db

OTHER = {
    "at": datetime(2001, 1, 1, tzinfo=UTC),
    "who": "somebody else",
    "act": "delete",
    "type": "events.other",
    "record": "other",
    "text": "Other",
    "before": {"title": "Other"},
    "after": {"title": "Other"},
    "previous": "0" * 64,
    "hash": "0" * 64,
}


def three_lines():
    event = EventFactory(key="visit", title="Visit")
    for title in ("Visit to Rome", "Visit to Riga"):
        event.title = title
        event.save()
    return list(Change.objects.order_by("pk"))


def test_a_change_tells_who_what_before_and_after():
    event = EventFactory(key="visit", title="Visit", date="2024-06")
    event.title, event.date = "Visit to Rome", "2024-06-11"

    with changelog.by("somebody"):
        event.save()

    line = Change.objects.order_by("pk").last()
    assert (line.who, line.act, line.type, line.record) == ("somebody", "change", "events.event", "visit")
    assert line.text == "Visit to Rome"
    assert line.before == {"title": "Visit", "date": "2024-06"}
    assert line.after == {"title": "Visit to Rome", "date": "2024-06-11"}


def test_a_new_record_has_nothing_before():
    EventFactory(key="visit", title="Visit", kind="visit")

    [line] = Change.objects.all()
    assert (line.who, line.act, line.before) == ("system", "add", {})
    assert (line.after["title"], line.after["kind"], "ends" in line.after) == ("Visit", "visit", False)


def test_a_deletion_keeps_what_was_there():
    EventFactory(key="visit", title="Visit").delete()

    line = Change.objects.order_by("pk").last()
    assert (line.act, line.record, line.text, line.after) == ("delete", "visit", "Visit", {})
    assert line.before["title"] == "Visit"


def test_parts_that_go_with_a_record_are_told_too():
    event = EventPartnerFactory(organisation=OrganisationFactory(name="Somebody")).event
    before = Change.objects.count()

    event.delete()

    told = list(Change.objects.order_by("pk").values_list("act", "type")[before:])
    assert told == [("delete", "events.eventpartner"), ("delete", "events.event")]


def test_a_save_that_changes_nothing_leaves_no_line():
    event = EventFactory()
    event.save()

    assert Change.objects.count() == 1


def test_links_are_told_when_made_and_when_taken_away():
    event, topic = EventFactory(), TopicFactory()

    event.topics.add(topic)
    event.topics.remove(topic)

    made, taken = Change.objects.order_by("pk")[2:]
    assert (made.record, made.before, made.after) == (event.key, {}, {"event_topics": [topic.pk]})
    assert (taken.record, taken.before, taken.after) == (event.key, {"event_topics": [topic.pk]}, {})


@pytest.mark.parametrize("take_away", [lambda event: event.topics.set([]), lambda event: event.topics.clear()])
def test_links_taken_away_at_once_are_told(take_away):
    event, topic = EventFactory(), TopicFactory()
    event.topics.add(topic)

    take_away(event)

    assert Change.objects.order_by("pk").last().before == {"event_topics": [topic.pk]}


def test_links_cleared_from_the_other_end_are_told():
    event, topic = EventFactory(), TopicFactory()
    event.topics.add(topic)

    topic.event_set.clear()

    line = Change.objects.order_by("pk").last()
    assert (line.record, line.before, line.after) == (topic.key, {"event_topics": [event.pk]}, {})


def test_a_meeting_is_told_once_with_all_it_holds():
    meeting = MeetingFactory(title="Board")

    line = Change.objects.get(type="governance.meeting")
    assert (line.after["title"], line.after["body"]) == ("Board", meeting.body_id)
    assert not Change.objects.filter(type="events.event").exists()


def test_the_longest_key_fits_into_the_log():
    edition = EditionFactory(series=SeriesFactory(key="s" * 80), year=2024)

    assert Change.objects.get(type="events.edition").record == edition.handle


def test_an_untouched_log_holds():
    three_lines()

    assert verify() == Verdict(3, None)


def test_an_empty_log_holds():
    assert verify() == Verdict(0, None)


@pytest.mark.parametrize("number", [0, 1, 2])
@pytest.mark.parametrize("column", OTHER)
def test_tampering_with_any_column_of_any_line_is_found(column, number):
    line = three_lines()[number]

    Change.objects.filter(pk=line.pk).update(**{column: OTHER[column]})

    assert verify().broken == line.pk


def test_the_parameters_of_tampering_name_every_column():
    columns = {field.name for field in Change._meta.concrete_fields} - {"id"}

    assert set(OTHER) == columns


@pytest.mark.parametrize("number", [0, 1])
def test_a_line_that_was_removed_is_missed(number):
    lines = three_lines()
    lines[number].delete()

    assert verify().broken == lines[number + 1].pk


def test_lines_that_changed_places_are_found():
    first, second, _ = three_lines()
    columns = [name for name in OTHER if name not in {"previous", "hash"}]
    for line, other in ((first, second), (second, first)):
        Change.objects.filter(pk=line.pk).update(**{name: getattr(other, name) for name in columns})

    assert verify().broken == first.pk


def test_gathered_changes_are_written_at_the_end_in_their_order():
    with changelog.gathered() as held:
        three = [EventFactory(title=title) for title in ("One", "Two", "Three")]
        assert (len(held), Change.objects.count()) == (3, 0)

    assert list(Change.objects.order_by("pk").values_list("record", flat=True)) == [event.key for event in three]
    assert verify() == Verdict(3, None)


def test_gathered_changes_follow_the_lines_before_them():
    EventFactory()
    with changelog.gathered():
        EventFactory()
    EventFactory()

    assert verify() == Verdict(3, None)


def test_the_name_that_signs_ends_with_its_block():
    with changelog.by("somebody"), changelog.by("an import"):
        EventFactory()
    EventFactory()

    assert list(Change.objects.order_by("pk").values_list("who", flat=True)) == ["an import", "system"]


def test_accounts_are_logged_without_their_password():
    user = UserFactory(role="secretary_general")

    line = Change.objects.get()

    assert (line.type, line.record, line.after["role"]) == ("accounts.user", str(user.pk), "secretary_general")
    assert not {"password", "last_login"} & line.after.keys()


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer at a time")
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("lines_before", [0, 1])
def test_writers_at_the_same_time_follow_each_other(lines_before):
    EventFactory.create_batch(lines_before)
    start = threading.Barrier(4)

    def write():
        start.wait()
        for _ in range(10):
            EventFactory()
        connection.close()

    writers = [threading.Thread(target=write) for _ in range(4)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()

    assert verify() == Verdict(40 + lines_before, None)
