"""What a record held before a change: the history tells it word by word, and its form puts it back."""

import re
from datetime import UTC, datetime

import pytest

from tests import factories
from tests.core.crud.reading import form_of, words
from umbel.core.changelog import Change, record_change, snapshot
from umbel.core.crud.sections import section_of, sections
from umbel.core.merging import merge
from umbel.core.translations.models import translate
from umbel.core.wastebasket import discard, restore

pytestmark = pytest.mark.django_db

TEXT = "<p>Nine members met in Rome to speak about skills, and about what they cost their organisations.</p>"


def changed(row, **values):
    """Change a record in one act; return the number of the line of the log."""
    for name, value in values.items():
        setattr(row, name, value)
    row.save()
    return last()


def last():
    return Change.objects.order_by("-pk").values_list("pk", flat=True).first()


def form_at(client, section, row, number):
    return client.get(f"/desk/{section}/{row.pk}/?before={number}")


def begun(page):
    """The names of the fields of a form that differ from what is on record."""
    return sorted(page.context["version"].values)


def test_history_tells_a_long_text_word_by_word(as_secretariat, cast):
    story = factories.StoryFactory(text=TEXT)
    changed(story, text=TEXT.replace("Nine", "Ten").replace("skills", "<em>boats</em>"))

    page = as_secretariat.get(f"/desk/stories/{story.pk}/history/").content.decode()

    assert "<del>Nine</del><ins>Ten</ins> members met in Rome to speak about <del>skills</del><ins>boats</ins>," in page


def test_history_escapes_the_markup_of_texts(as_secretariat, cast):
    bad, worse = "<script>alert(1)</script> " + "word " * 20, "<img src=x onerror=alert(2)> " + "word " * 20
    event = factories.EventFactory(note=bad)
    number = changed(event, note=worse)

    shown = as_secretariat.get(f"/desk/events/{event.pk}/history/").content.decode()
    form = form_at(as_secretariat, "events", event, number).content.decode()

    assert [part in shown + form for part in ("<script>alert", "<img src=x")] == [False, False]
    assert "&lt;</ins><del>script" in shown or "&lt;<del>script" in shown


def test_form_begins_with_what_stood_before_a_change_and_saves_nothing(as_secretariat, cast):
    topic, other = factories.PolicyFileFactory(), factories.PolicyFileFactory()
    event = factories.EventFactory(title="A hearing", place="Rome", date="2024-03")
    event.topics.set([topic])
    number = changed(event, title="A meeting", date="2024-04-02")
    event.topics.set([other])
    changed(event, place="Paris")
    lines = Change.objects.count()

    page = form_at(as_secretariat, "events", event, number)

    sent, _texts = form_of(page)
    event.refresh_from_db()
    assert (sent["title"], sent["date"], sent["place"], sent["topics"]) == (
        ["A hearing"], ["Mar 2024"], ["Rome"], [str(topic.pk)],
    )  # fmt: skip
    assert begun(page) == ["date", "place", "title", "topics"]
    assert "On record now: A meeting" in words(page)
    assert (event.title, Change.objects.count()) == ("A meeting", lines)


def test_saving_puts_back_what_stood_before_as_a_change_like_any_other(as_secretariat, cast):
    event = factories.EventFactory(title="A hearing")
    number = changed(event, title="A meeting")
    sent, _texts = form_of(form_at(as_secretariat, "events", event, number))

    answer = as_secretariat.post(f"/desk/events/{event.pk}/?before={number}", sent)

    event.refresh_from_db()
    line = Change.objects.get(pk=last())
    assert (answer.status_code, event.title) == (302, "A hearing")
    assert (line.before, line.after) == ({"title": "A meeting"}, {"title": "A hearing"})


def test_what_somebody_else_saved_meanwhile_is_not_overwritten(client_of):
    event = factories.EventFactory(title="A hearing")
    number = changed(event, title="A meeting")
    sent, _texts = form_of(form_at(client_of("secretary_general"), "events", event, number))
    changed(event, title="A workshop")

    page = client_of("secretary_general").post(f"/desk/events/{event.pk}/?before={number}", sent)

    event.refresh_from_db()
    assert (page.status_code, event.title) == (409, "A workshop")


def test_rules_of_today_hold_for_what_is_put_back(as_secretariat, cast):
    mandate = factories.MandateFactory(start="2024-03", end="2024-05")
    number = changed(mandate, start="2023-01", end="2023-02")
    sent, _texts = form_of(form_at(as_secretariat, "mandates", mandate, number))

    page = as_secretariat.post(f"/desk/mandates/{mandate.pk}/", {**sent, "end": "2022"})

    assert (page.status_code, list(page.context["form"].errors)) == (422, ["end"])


def test_history_offers_the_way_back_to_who_may_change_the_record(client_of):
    event = factories.EventFactory(title="A hearing")
    number = changed(event, title="A meeting")
    translate(event, "title", "fr", "Une réunion")
    history = f"/desk/events/{event.pk}/history/"

    offered = {
        seat: re.findall(r"\?before=(\d+)", client_of(seat).get(history).content.decode())
        for seat in ("secretary_general", "membership", "finance")
    }

    assert offered == {"secretary_general": [str(number)], "membership": [str(number)], "finance": []}


def test_only_who_may_change_a_record_opens_what_stood_before(client_of):
    event = factories.EventFactory(title="A hearing")
    number = changed(event, title="A meeting")

    answers = {
        seat: form_at(client_of(seat), "events", event, number).status_code
        for seat in ("secretary_general", "administrator", "finance", "board", "reader", "nobody")
    }

    assert answers == {
        "secretary_general": 200, "administrator": 200, "finance": 404, "board": 404, "reader": 404, "nobody": 302,
    }  # fmt: skip


@pytest.mark.parametrize("forged", ["", "0", "-1", "x", "9" * 30, "1e3", "١"])
def test_number_that_is_no_change_is_not_there(as_secretariat, cast, forged):
    event = factories.EventFactory()
    changed(event, title="A meeting")

    assert form_at(as_secretariat, "events", event, forged).status_code == 404


def test_change_of_another_record_is_not_one_of_this(as_secretariat, cast):
    event, other = factories.EventFactory(), factories.EventFactory()
    changed(event, title="One")
    number = changed(other, title="Other")

    assert form_at(as_secretariat, "events", event, number).status_code == 404


def test_before_it_was_added_a_record_held_nothing(as_secretariat, cast):
    event = factories.EventFactory()

    assert form_at(as_secretariat, "events", event, last()).status_code == 404


def test_what_is_gone_or_hidden_is_left_as_it_is_and_named(client_of):
    gone, hidden, now = factories.OrganisationFactory.create_batch(3)
    engagement = factories.EngagementFactory(institution=gone, title="One")
    first = changed(engagement, institution=hidden)
    second = changed(engagement, institution=now)
    hidden.audience = "administrator"
    hidden.save()
    discard(gone)

    pages = [form_at(client_of("advocacy"), "engagements", engagement, number) for number in (first, second)]

    assert [(page.context["version"].values, page.context["version"].left) for page in pages] == [
        ({}, ["Institution"]), ({}, ["Institution"]),
    ]  # fmt: skip
    assert hidden.name not in words(pages[1])


def test_links_to_many_come_back_without_those_that_are_gone(as_secretariat, cast):
    stays, gone, other = factories.PolicyFileFactory.create_batch(3)
    event = factories.EventFactory()
    event.topics.set([stays, gone])
    event.topics.set([other])
    number = Change.objects.filter(type="events.event", record=event.handle, act="change").order_by("-pk")[1].pk
    discard(gone)

    page = form_at(as_secretariat, "events", event, number)

    assert (page.context["version"].values, page.context["version"].left) == (
        {"topics": [stays.pk]},
        ["Files and campaigns"],
    )


def test_what_the_log_tells_beside_the_fields_is_named(as_secretariat, cast):
    event = factories.EventFactory(title="A hearing")
    number = changed(event, title="A meeting")
    translate(event, "title", "fr", "Une réunion")

    page = form_at(as_secretariat, "events", event, number)

    assert (begun(page), page.context["version"].left) == (["title"], ["Title (fr)"])


def test_record_that_took_another_one_in_keeps_that(as_secretariat, cast):
    kept, gone = factories.OrganisationFactory(name="Kept"), factories.OrganisationFactory(name="Gone")
    merge(kept, gone, {"city": "Turin"})
    line = Change.objects.filter(type="network.organisation", record=kept.key, before__has_key="city").get()

    page = form_at(as_secretariat, "organisations", kept, line.pk)

    assert (begun(page), page.context["version"].left) == (["city"], ["Merged"])


def test_changes_from_before_a_deletion_can_be_taken_back(as_secretariat, cast):
    event = factories.EventFactory(title="First")
    number = changed(event, title="Second")
    back = restore(discard(event))

    page = form_at(as_secretariat, "events", back, number)

    assert page.context["version"].values == {"title": "First"}


def test_record_with_another_key_now_has_its_earlier_versions(as_secretariat, cast):
    event = factories.EventFactory(title="First", key="first")
    number = changed(event, title="Second")
    changed(event, key="second")

    page = form_at(as_secretariat, "events", event, number)

    assert page.context["version"].values == {"title": "First", "key": "first"}


def test_record_that_a_line_names_comes_back(as_secretariat, cast):
    event, other = factories.EventFactory(title="One"), factories.EventFactory(title="Other")
    document = factories.DocumentFactory(record=event)
    number = changed(document, record=other)

    page = form_at(as_secretariat, "documents", document, number)

    assert page.context["version"].values == {"record": event}
    assert form_of(page)[0]["record-number"] == [f"events.event:{event.pk}"]


def test_values_that_are_the_same_again_differ_in_nothing(as_secretariat, cast):
    event = factories.EventFactory(title="First")
    number = changed(event, title="Second")
    changed(event, title="First")

    page = form_at(as_secretariat, "events", event, number)

    assert begun(page) == []
    assert "The form holds nothing else than what is on record now." in words(page)


@pytest.mark.parametrize("count", [1, 3])
def test_history_and_form_ask_as_often_for_three_changes_as_for_one(
    as_secretariat, cast, django_assert_num_queries, count
):
    event = factories.EventFactory(title="Title 0", note="word " * 50)
    numbers = [changed(event, title=f"Title {each + 1}", note="word " * 40 + str(each)) for each in range(count)]
    as_secretariat.get("/desk/")
    as_secretariat.get(f"/desk/events/{event.pk}/")

    with django_assert_num_queries(HISTORY_QUERIES):
        as_secretariat.get(f"/desk/events/{event.pk}/history/")
    with django_assert_num_queries(FORM_QUERIES):
        form_at(as_secretariat, "events", event, numbers[0])


HISTORY_QUERIES, FORM_QUERIES = 10, 29


def test_every_kind_of_record_opens_as_it_was(as_secretariat, cast):
    kinds = [each for each in sections() if not (each.is_fixed or each.is_single) and each.model in factories.FACTORIES]
    pairs = [(each, factories.FACTORIES[each.model](), factories.FACTORIES[each.model]()) for each in kinds]
    for _section, row, other in pairs:
        record_change(row, Change.Act.CHANGE, snapshot(other), snapshot(row))
    numbers = {(line.type, line.record): line.pk for line in Change.objects.filter(act=Change.Act.CHANGE)}

    asked = [(each.key, row, numbers.get((row._meta.label_lower, row.handle))) for each, row, _other in pairs]
    answers = {key: form_at(as_secretariat, key, row, number).status_code for key, row, number in asked if number}

    assert len(answers) > 40
    assert {key for key, status in answers.items() if status != 200} == set()


def test_history_of_a_record_holds_nothing_of_another_one_under_its_key(as_secretariat, cast):
    earlier = factories.EventFactory(title="Hidden", key="t50", audience="administrator")
    hidden = changed(earlier, title="Hidden still")
    discard(earlier)
    event = factories.EventFactory(title="Seen", key="t50")
    changed(event, title="Seen twice")

    page = as_secretariat.get(f"/desk/events/{event.pk}/history/")

    assert [line.after.get("title") for line, *_told in page.context["lines"]] == ["Seen twice", "Seen"]
    assert "Hidden" not in page.text
    assert form_at(as_secretariat, "events", event, hidden).status_code == 404


def test_history_leaves_an_earlier_key_to_whoever_took_it_since(as_secretariat, cast):
    event = factories.EventFactory(title="First", key="first")
    changed(event, key="second")
    factories.EventFactory(title="Newcomer", key="first")

    page = as_secretariat.get(f"/desk/events/{event.pk}/history/")

    assert "Newcomer" not in page.text
    assert [line.act for line, *_told in page.context["lines"]] == ["change", "add"]


def test_history_goes_on_after_a_record_was_brought_back(as_secretariat, cast):
    meeting = factories.MeetingFactory(title="First")
    back = restore(discard(meeting))

    page = as_secretariat.get(f"/desk/{section_of(type(back)).key}/{back.pk}/history/")

    assert [line.act for line, *_told in page.context["lines"]] == ["add", "add", "delete", "delete", "add"]


def test_an_instant_is_told_by_day_and_minute(as_secretariat):
    poll = factories.PollFactory(opens_at="2024-07-04T08:30:00Z", closes_at="2024-07-11T08:30:00Z")
    poll.closes_at = datetime(2024, 7, 12, 16, 5, tzinfo=UTC)
    poll.save()

    page = as_secretariat.get(f"/desk/polls/{poll.pk}/history/")

    assert "12 Jul 2024, 18:05" in page.text
