"""Deleting with a way back."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db.models import ProtectedError
from django.utils import timezone

from tests import factories
from umbel.core import changelog
from umbel.core.models import Alias, Change, Deletion
from umbel.core.wastebasket import discard, forget, restore, touched_by
from umbel.events.models import Event
from umbel.governance.models import Meeting
from umbel.network.models import Membership, Organisation, Person, Post

pytestmark = pytest.mark.django_db


@pytest.fixture
def member():
    organisation = factories.OrganisationFactory(key="coceta", name="COCETA")
    factories.MembershipFactory(organisation=organisation, start="2020")
    factories.PostFactory(organisation=organisation, title="President")
    organisation.aliases.create(name="Coceta Spain")
    return organisation


def test_deletion_takes_what_belongs_to_the_record(member):
    discard(member)

    assert not Organisation.objects.filter(key="coceta").exists()
    assert not Post.objects.exists()
    assert not Alias.objects.exists()


def test_deletion_tells_beforehand_what_it_takes(member):
    assert sorted(type(row).__name__ for row in touched_by(member)) == ["Alias", "Membership", "Post"]


def test_restored_record_is_what_it_was_with_all_that_belongs_to_it(member):
    kinds = (Organisation, Membership, Post, Alias)
    before = {model: list(model.objects.order_by("pk").values()) for model in kinds}

    restore(discard(member))

    assert before == {model: list(model.objects.order_by("pk").values()) for model in kinds}


def test_restored_record_keeps_its_links_to_others_and_from_others():
    topic = factories.TopicFactory()
    event = factories.EventFactory(key="conference")
    event.topics.add(topic)

    restore(discard(topic))
    restore(discard(event))

    assert [linked.key for linked in Event.objects.get(key="conference").topics.all()] == [topic.key]


def test_restored_meeting_is_a_meeting_and_an_event_again():
    before = factories.MeetingFactory(key="assembly", title="Assembly").pk

    restore(discard(Meeting.objects.get()))

    again = Meeting.objects.get(key="assembly")
    assert (again.pk, again.title, again.event_ptr.title) == (before, "Assembly", "Assembly")


def test_link_that_was_let_go_is_tied_again():
    user = factories.UserFactory()
    person = factories.PersonFactory(user=user)

    deletion = discard(user)
    person.refresh_from_db()
    let_go = person.user
    restore(deletion)

    assert let_go is None
    assert Person.objects.get(pk=person.pk).user.email == user.email


def test_record_that_others_stand_on_is_not_deleted():
    category = factories.MembershipCategoryFactory()
    factories.MembershipFactory(category=category)

    with pytest.raises(ProtectedError):
        discard(category)

    assert not Deletion.objects.exists()


def test_deletion_and_return_are_signed_and_logged(member):
    with changelog.by("ilaria"):
        deletion = discard(member)
    with changelog.by("diana"):
        restore(deletion)

    lines = Change.objects.filter(type="network.organisation", record="coceta").order_by("pk")
    assert [(line.act, line.who) for line in lines][-2:] == [("delete", "ilaria"), ("add", "diana")]
    assert deletion.who == "ilaria"
    assert changelog.verify().broken is None


def test_deletion_is_undone_once(member):
    deletion = discard(member)
    restore(deletion)

    with pytest.raises(ValidationError, match="no longer"):
        restore(deletion)


def test_deletion_is_not_undone_after_thirty_days(member):
    deletion = discard(member)
    Deletion.objects.update(at=timezone.now() - timedelta(days=31))

    with pytest.raises(ValidationError, match="no longer"):
        restore(deletion)


def test_deletion_is_not_undone_where_another_record_took_the_key(member):
    deletion = discard(member)
    factories.OrganisationFactory(key="coceta", name="Another")

    with pytest.raises(ValidationError, match="COCETA"):
        restore(deletion)

    assert Organisation.objects.get(key="coceta").name == "Another"
    assert not Post.objects.exists()


def test_deletion_is_not_undone_where_what_it_needs_is_gone():
    post = factories.PostFactory()
    deletion = discard(post)
    discard(post.organisation)

    with pytest.raises(ValidationError):
        restore(deletion)


def test_old_deletions_are_forgotten_and_open_ones_kept(member):
    discard(member)
    discard(factories.OrganisationFactory())
    Deletion.objects.filter(record="coceta").update(at=timezone.now() - timedelta(days=31))

    forgotten = forget()

    assert forgotten == 1
    assert [bool(deletion.rows) for deletion in Deletion.objects.order_by("at")] == [False, True]
