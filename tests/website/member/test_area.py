"""The member area: what a representative, an affiliate, a participant and a board member find there."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from tests import factories
from tests.website.page import page_of
from umbel.core.dates import PartialDate
from umbel.network.models import Person

pytestmark = pytest.mark.django_db

IN_A_WEEK = timezone.localdate() + timedelta(days=7)
EVERYBODY = ("secretariat", "board", "representative_a", "representative_b", "affiliate", "participant", "funder")


def links(page, part):
    return [attributes["href"] for attributes in page.named("a") if part in attributes.get("href", "")]


@pytest.fixture
def confederation(cast):
    return factories.ConfederationFactory(name="COOPS", languages="en fr")


@pytest.mark.parametrize("seat", EVERYBODY)
def test_people_of_the_network_arrive_in_their_area(confederation, client_of, seat):
    assert client_of(seat).get("/my/").status_code == 200


@pytest.mark.parametrize(("seat", "status"), [("reader", 404), ("nobody", 302)])
def test_to_others_it_is_not_there(confederation, client_of, seat, status):
    assert client_of(seat).get("/my/").status_code == status


def test_a_representative_is_asked_what_the_page_lacks_and_to_answer_open_rounds(confederation, cast, client_of):
    factories.RoundFactory(name="SNAPSHOT", collected_from="2024", collected_to=IN_A_WEEK.isoformat())
    factories.RoundFactory(name="Not begun", collected_from=(IN_A_WEEK + timedelta(days=9)).isoformat())
    factories.RoundFactory(name="Over", collected_from="2023", collected_to="2023-12-31")

    page = page_of("/my/", client_of("representative_a"))

    tasks = [
        text
        for text, around in page.texts
        if ("p", {"class": "strong"}) in around and ("ul", {"class": "tasks"}) in around
    ]
    assert tasks == [
        "Answer the round SNAPSHOT",
        f"Complete the page of {cast.member_a}",
        f"Say how members reach {cast.member_a}",
    ]


def test_an_affiliate_is_not_asked_to_answer_a_round(confederation, cast, client_of):
    factories.RoundFactory(name="SNAPSHOT", collected_from="2024")

    page = client_of("affiliate").get("/my/").content.decode()

    assert "SNAPSHOT" not in page
    assert f"Complete the page of {cast.cooperative}" in page


def test_a_complete_page_with_a_contact_asks_nothing(confederation, cast, client_of):
    fields = {
        "description": "x",
        "website": "example.org",
        "city": "Rome",
        "email": "info@example.org",
        "founded": "1990",
    }
    type(cast.member_a).objects.filter(pk=cast.member_a.pk).update(**fields)
    factories.ContactFactory(person=cast.representative_a.person, audience="members")

    assert "Nothing is asked of you" in client_of("representative_a").get("/my/").content.decode()


@pytest.mark.parametrize(
    ("seat", "title", "why"),
    [
        ("representative_a", "For members", "Because Member A is a member"),
        ("board", "For the Board", "Because you sit on the Board"),
        ("board", "For members", "Because Member B is a member"),
        ("secretariat", "For the secretariat", "Because you work in the secretariat"),
        ("reader", "", ""),
    ],
)
def test_documents_say_why_they_are_open(confederation, cast, client_of, seat, title, why):
    for audience, name in (
        ("members", "For members"),
        ("board", "For the Board"),
        ("secretariat", "For the secretariat"),
    ):
        factories.DocumentFactory(title=name, audience=audience)

    answer = client_of(seat).get("/my/documents/")

    assert answer.status_code == (200 if title else 404)
    if title:
        rows = answer.content.decode().split("<li data-record>")[1:]
        assert [why in row for row in rows if title in row] == [True]


def test_papers_of_a_group_are_open_to_its_participants_alone(confederation, cast, client_of):
    group = cast.participant.person.group_participations.get().group
    other = factories.GroupFactory(name="Other group")
    factories.DocumentFactory(title="Our amendments", audience="participants", record=group)
    factories.DocumentFactory(title="Their amendments", audience="participants", record=other)

    page = client_of("participant").get("/my/documents/").content.decode()

    assert ("Our amendments" in page, "Their amendments" in page) == (True, False)
    assert f"Because you take part in {group}" in page


def test_papers_of_a_meeting_say_why_they_are_open(confederation, cast, client_of):
    group = cast.participant.person.group_participations.get().group
    body = factories.BodyFactory(kind="committee", name="Committee")
    factories.MandateFactory(body=body, person=cast.participant.person)
    of_group, of_body = factories.GroupMeetingFactory(group=group), factories.MeetingFactory(body=body)
    factories.DocumentFactory(title="Agenda of the group", audience="participants", record=of_group.event_ptr)
    factories.DocumentFactory(title="Agenda of the committee", audience="participants", record=of_body.event_ptr)

    rows = client_of("participant").get("/my/documents/").content.decode().split("<li data-record>")[1:]

    why = {title: [row for row in rows if title in row] for title in ("Agenda of the group", "Agenda of the committee")}
    assert [len(found) for found in why.values()] == [1, 1]
    assert f"Because you take part in {group}" in why["Agenda of the group"][0]
    assert "Because you hold a mandate in Committee" in why["Agenda of the committee"][0]


@pytest.mark.parametrize("count", [1, 3])
def test_documents_are_listed_with_as_many_queries_whatever_their_number(
    confederation, cast, client_of, django_assert_num_queries, count
):
    factories.DocumentFactory.create_batch(count, audience="members")
    browser = client_of("representative_a")
    browser.get("/my/documents/")

    with django_assert_num_queries(5):
        page = browser.get("/my/documents/")

    assert page.content.decode().count("Because Member A is a member") == count


def test_forms_of_an_organisation_lead_back_to_its_page(confederation, cast, client_of):
    post = factories.PostFactory(person=factories.PersonFactory(audience="members"), organisation=cast.member_a)
    browser = client_of("representative_a")
    told = {"title": "Adviser", "start": "", "end": ""}

    saved = browser.post(f"/my/posts/{post.pk}/", told)
    forms = [browser.get(path) for path in (f"/my/organisation/{cast.member_a.key}/edit/", f"/my/posts/{post.pk}/")]

    page = f"/my/organisation/{cast.member_a.key}/"
    assert saved.url == page
    assert [form.text.count(f'href="{page}"') for form in forms] == [1, 1]
    assert browser.get(page).status_code == 200


def test_directory_shows_contact_data_to_whom_they_are_shown(confederation, cast, client_of):
    person = cast.representative_b.person
    for audience in ("public", "members", "secretariat"):
        factories.ContactFactory(person=person, value=f"{audience}@example.org", audience=audience)

    seen = {
        seat: [
            audience
            for audience in ("public", "members", "secretariat")
            if f"mailto:{audience}@example.org" in client_of(seat).get("/my/directory/").content.decode()
        ]
        for seat in ("secretariat", "representative_a", "affiliate")
    }

    assert seen == {
        "secretariat": ["public", "members", "secretariat"],
        "representative_a": ["public", "members"],
        "affiliate": ["public"],
    }


@pytest.mark.parametrize("count", [1, 3])
def test_directory_asks_the_same_whatever_its_length(confederation, cast, client_of, django_assert_num_queries, count):
    for number in range(count):
        person = factories.PersonFactory(name=f"Colleague {number}", audience="members")
        factories.PostFactory(person=person, organisation=cast.member_b)
        factories.ContactFactory(person=person, audience="members")
    browser = client_of("representative_a")
    browser.get("/my/directory/")

    with django_assert_num_queries(9):
        page = browser.get("/my/directory/?q=Colleague")

    assert page.content.decode().count('class="small contact"') == count


def test_directory_narrows_to_an_organisation(confederation, cast, client_of):
    page = page_of(f"/my/directory/?organisation={cast.member_b.key}", client_of("secretariat"))

    assert links(page, "/people/") == ["/people/representative-b/"]


def test_directory_says_for_whom_a_mandate_is_held(confederation, cast, client_of):
    person = factories.PersonFactory(name="Ada", audience="members")
    body = factories.BodyFactory(name="Board", kind="board", audience="members")
    factories.MandateFactory(person=person, body=body, role="president", organisation=cast.member_b)

    page = page_of("/my/directory/?q=Ada", client_of("representative_a"))

    assert f"President, Board, for {cast.member_b}" in page.words("p")


def test_whoever_is_hidden_from_others_stands_among_their_own_people(confederation, cast, client_of):
    Person.objects.filter(user=cast.representative_a).update(audience="secretariat")
    post = cast.representative_a.person.posts.get()
    colleague = factories.PostFactory(organisation=cast.member_a, person__user=factories.UserFactory())
    browser = client_of("representative_a")

    own = browser.get("/my/organisation/member-a/").context["people"]
    home = browser.get("/my/").context["organisations"][0]["people"]
    others = client_of("representative_b").get("/my/directory/").text

    assert [(each["post"], each["is_you"]) for each in own] == [(post, True), (colleague, False)]
    assert [each["post"] for each in home] == [post, colleague]
    assert browser.get(f"/my/posts/{post.pk}/").status_code == 200
    assert post.person.name not in others


def test_groups_show_that_nobody_may_be_named(confederation, cast, client_of):
    type(cast.participant.person).objects.update(audience="administrator")

    page = page_of("/my/groups/", client_of("participant"))

    assert (page.words("p").count("Nobody whom you may see is on record."), links(page, "/people/")) == (1, [])


def test_what_goes_on_for_several_days_lies_ahead_until_the_last(confederation, cast, client_of):
    yesterday, tomorrow = (timezone.localdate() + timedelta(days=number) for number in (-1, 1))
    group = cast.participant.person.group_participations.get().group
    told = {"group": group, "audience": "participants", "date": yesterday.isoformat()}
    factories.GroupMeetingFactory(title="Goes on", ends=tomorrow.isoformat(), **told)
    factories.GroupMeetingFactory(title="Is over", **told)

    groups, home = (page_of(path, client_of("participant")) for path in ("/my/groups/", "/my/"))

    assert [text for text, around in groups.texts if text in ("Goes on", "Is over")] == ["Goes on", "Is over"]
    assert [text for text in home.words("a") if text in ("Goes on", "Is over")] == ["Goes on"]


def test_groups_show_who_takes_part_and_what_comes(confederation, cast, client_of):
    group = cast.participant.person.group_participations.get().group
    factories.GroupMeetingFactory(
        group=group, title="Next meeting", date=IN_A_WEEK.isoformat(), audience="participants"
    )
    factories.GroupMeetingFactory(group=group, title="Past meeting", date="2024-03-01", audience="participants")

    page = page_of("/my/groups/", client_of("participant"))

    assert ("Next meeting" in page.words("a"), "Past meeting" in page.words("a")) == (True, True)
    assert links(page, "/people/") == ["/people/participant/"]


def test_calendar_shows_what_concerns_somebody(confederation, cast, client_of):
    day = IN_A_WEEK.isoformat()
    group = cast.participant.person.group_participations.get().group
    factories.GroupMeetingFactory(group=group, title="Of the group", date=day, audience="participants")
    factories.EventFactory(title="We hold it", part="organiser", date=day)
    factories.EventFactory(title="Of others", part="attendee", date=day)

    seen = {
        seat: [
            title
            for title in ("Of the group", "We hold it", "Of others")
            if title in client_of(seat).get(f"/my/calendar/?month={IN_A_WEEK:%Y-%m}").content.decode()
        ]
        for seat in ("participant", "representative_a")
    }

    assert seen == {"participant": ["Of the group", "We hold it"], "representative_a": ["We hold it"]}


def test_ical_address_needs_no_sign_in_and_ends_when_it_is_renewed_or_the_account_closes(
    confederation, cast, client_of, client
):
    factories.EventFactory(title="For members", part="organiser", date=IN_A_WEEK.isoformat(), audience="members")
    browser = client_of("representative_a")
    page = page_of("/my/calendar/", browser)
    address = next(each["value"] for each in page.named("input") if each.get("id") == "address")
    path = address.removeprefix("http://testserver")

    read = client.get(path)
    browser.post("/my/calendar/renew/")
    after_renewal = client.get(path).status_code
    page = page_of("/my/calendar/", browser)
    second = next(each["value"] for each in page.named("input") if each.get("id") == "address")
    cast.representative_a.is_active = False
    cast.representative_a.save()

    assert (read.status_code, read["Content-Type"]) == (200, "text/calendar; charset=utf-8")
    assert "SUMMARY:For members" in read.content.decode()
    assert (after_renewal, client.get(second.removeprefix("http://testserver")).status_code) == (404, 404)


def test_calendar_shows_no_longer_what_somebody_may_no_longer_see(confederation, cast, client_of, client):
    factories.EventFactory(title="For members", part="organiser", date=IN_A_WEEK.isoformat(), audience="members")
    page = page_of("/my/calendar/", client_of("representative_a"))
    address = next(each["value"] for each in page.named("input") if each.get("id") == "address")
    yesterday = timezone.localdate() - timedelta(days=1)
    cast.representative_a.person.posts.update(end=PartialDate.of(yesterday))

    read = client.get(address.removeprefix("http://testserver")).content.decode()

    assert "For members" not in read


@pytest.mark.parametrize(
    "path", ["/my/calendar/?month=2024-13", "/my/calendar/?month=x", "/my/calendar/?month=99999-1"]
)
def test_a_month_that_is_none_is_the_present_one(confederation, client_of, path):
    page = client_of("representative_a").get(path)

    assert page.status_code == 200
    assert page.context["is_now"] is True


def test_area_speaks_the_language_that_somebody_chose(confederation, cast, client_of):
    browser = client_of("representative_a")

    browser.post("/my/preferences/", {"language": "fr", "mails": ["mail_decisions"]})

    cast.representative_a.refresh_from_db()
    assert cast.representative_a.language == "fr"
    assert {name: cast.representative_a.preferences[name] for name in ("mail_tasks", "mail_decisions")} == {
        "mail_tasks": False,
        "mail_decisions": True,
    }
    assert browser.get("/my/").content.decode().count('<html lang="fr">') == 1


@pytest.mark.parametrize("seat", ["reader", "representative_a", "secretariat"])
def test_everybody_with_an_account_has_preferences(confederation, client_of, seat):
    assert client_of(seat).get(reverse("member.preferences")).status_code == 200
