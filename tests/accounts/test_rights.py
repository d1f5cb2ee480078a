"""Rights come from posts, mandates and memberships in force today; when one ends, so does the right."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.cast import end
from tests.factories import (
    DeliverableFactory,
    DocumentFactory,
    EventFactory,
    GrantFactory,
    GroupFactory,
    GroupMeetingFactory,
    HeadingFactory,
    OrganisationFactory,
    ParticipantFactory,
    PersonFactory,
    PostFactory,
    ProofFactory,
    SpeakerFactory,
)
from umbel.governance.models import Body, Mandate
from umbel.groups.models import Group, Participant
from umbel.network.models import Membership, OrganisationLink, Post
from umbel.network.rules import organisations_of
from umbel.projects.models import Grant

pytestmark = pytest.mark.django_db


def yesterday():
    return timezone.localdate() - timedelta(days=1)


def opens(browser, row):
    """Whether the page of a row is there; it may have moved to a lasting address."""
    answer = browser.get(row.get_absolute_url())
    return (browser.get(answer.url) if answer.status_code == 301 else answer).status_code == 200


@pytest.mark.parametrize("model", [Post, Membership])
def test_a_post_or_membership_that_ended_yesterday_opens_nothing_today(cast, client_of, model):
    paper = DocumentFactory(audience="members")
    browser = client_of("representative_a")
    before = opens(browser, paper)

    end(model.objects.filter(organisation=cast.member_a), timezone.localdate())
    on_the_last_day = opens(browser, paper)
    end(model.objects.filter(organisation=cast.member_a), yesterday())

    assert (before, on_the_last_day, opens(browser, paper)) == (True, True, False)


def test_a_mandate_that_ended_yesterday_opens_nothing_today(client_of):
    paper, browser = DocumentFactory(audience="board"), client_of("board")
    before = opens(browser, paper)

    end(Mandate.objects.all(), yesterday())

    assert (before, opens(browser, paper)) == (True, False)


def test_an_account_that_is_closed_is_signed_out_at_once(cast, client_of):
    paper, browser = DocumentFactory(audience="members"), client_of("representative_a")

    cast.representative_a.is_active = False
    cast.representative_a.save()

    assert not opens(browser, paper)


def test_participants_see_what_is_meant_for_their_own_group(cast, client_of):
    own = Group.objects.get(key="group")
    Group.objects.filter(pk=own.pk).update(audience="participants")
    rows = {
        "own group": own,
        "own meeting": GroupMeetingFactory(group=own, audience="participants"),
        "other group": (other := GroupFactory(audience="participants")),
        "other meeting": GroupMeetingFactory(group=other, audience="participants"),
        "of no group": DocumentFactory(audience="participants"),
    }

    seen = {
        seat: {name for name, row in rows.items() if opens(client_of(seat), row)}
        for seat in ("participant", "representative_a", "reader", "nobody", "advocacy")
    }

    assert seen == {
        "participant": {"own group", "own meeting"},
        "representative_a": set(),
        "reader": set(),
        "nobody": set(),
        "advocacy": set(rows),
    }


def test_who_left_a_group_yesterday_sees_nothing_of_it_today(cast, client_of):
    Group.objects.filter(key="group").update(audience="participants")
    group, browser = Group.objects.get(key="group"), client_of("participant")
    before = opens(browser, group)

    Participant.objects.update(end=yesterday())

    assert (before, opens(browser, group)) == (True, False)


def test_parts_of_a_meeting_are_seen_by_the_circle_of_the_meeting(cast):
    own = GroupMeetingFactory(group=Group.objects.get(key="group"), audience="participants")
    speakers = [SpeakerFactory(event=own), SpeakerFactory(event=GroupMeetingFactory(audience="participants"))]

    seen = [cast.participant.has_perm("events.view_speaker", speaker) for speaker in speakers]

    assert seen == [True, False]
    assert list(type(speakers[0]).objects.visible_to(cast.participant)) == speakers[:1]


def test_a_mandate_makes_one_a_participant_of_its_body(cast, client_of):
    Body.objects.filter(key="board").update(audience="participants")

    assert [opens(client_of(seat), Body.objects.get(key="board")) for seat in ("board", "participant")] == [True, False]


def test_a_funder_sees_its_own_grant_and_what_proves_it(cast, client_of):
    own, other = Grant.objects.get(key="grant"), GrantFactory(audience="funder")
    Grant.objects.filter(pk=own.pk).update(audience="funder")
    line, other_line = (DeliverableFactory(heading=HeadingFactory(grant=grant)) for grant in (own, other))
    rows = {
        "own grant": own,
        "proof of it": ProofFactory(deliverable=line, record=EventFactory(audience="funder")).record,
        "proof for the board": ProofFactory(deliverable=line, record=EventFactory(audience="board")).record,
        "other grant": other,
        "proof of other": ProofFactory(deliverable=other_line, record=EventFactory(audience="funder")).record,
        "proof of nothing": EventFactory(audience="funder"),
        "for members": DocumentFactory(audience="members"),
    }

    seen = {seat: {name for name, row in rows.items() if opens(client_of(seat), row)} for seat in ("funder", "nobody")}

    assert seen == {"funder": {"own grant", "proof of it"}, "nobody": set()}


def test_an_affiliated_cooperative_sees_itself_and_not_what_is_for_members(cast, client_of):
    type(cast.cooperative).objects.update(audience="members")
    own_colleague = PostFactory(organisation=cast.cooperative, person=PersonFactory(audience="members"))
    rows = {
        "itself": cast.cooperative,
        "its person": own_colleague.person,
        "its member": cast.member_a,
        "paper": DocumentFactory(audience="members"),
    }

    seen = {name for name, row in rows.items() if opens(client_of("affiliate"), row)}

    assert seen == {"itself", "its person"}


@pytest.mark.parametrize(
    ("seat", "organisations"),
    [
        ("representative_a", ["member-a"]),
        ("representative_b", ["member-b"]),
        ("affiliate", ["cooperative"]),
        ("participant", []),
        ("funder", []),
        ("board", []),
        ("secretary_general", []),
        ("nobody", []),
    ],
)
def test_organisations_of_a_seat(cast, seat, organisations):
    assert [organisation.key for organisation in organisations_of(cast.people[seat])] == organisations


def test_an_affiliation_that_ended_leaves_nobody_to_speak_for(cast):
    OrganisationLink.objects.update(end=yesterday())

    assert list(organisations_of(cast.affiliate)) == []


def test_other_links_than_affiliation_give_no_rights(cast):
    part = OrganisationFactory()
    OrganisationLink.objects.create(child=part, parent=cast.member_a, kind="part")
    PostFactory(organisation=part, person=PersonFactory(user=cast.reader))

    assert list(organisations_of(cast.reader)) == []


def test_a_participant_stands_once_for_a_start():
    from django.core.exceptions import ValidationError

    kept = ParticipantFactory(start="2024")
    double = ParticipantFactory.build(group=kept.group, person=kept.person, start="2024")
    backwards = ParticipantFactory.build(group=kept.group, person=kept.person, start="2025", end="2024")

    with pytest.raises(ValidationError):
        double.full_clean()
    with pytest.raises(ValidationError) as refused:
        backwards.full_clean()

    assert refused.value.messages == ["The end is not before the beginning."]
