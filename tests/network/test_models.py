import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError

from tests.factories import (
    MembershipChangeFactory,
    MembershipFactory,
    OrganisationFactory,
    OrganisationLinkFactory,
    PersonFactory,
    PostFactory,
    UmbrellaMembershipFactory,
)
from umbel.core.periods import Period
from umbel.network.models import Organisation, Post

pytestmark = pytest.mark.django_db

YEAR = Period.year(2024)


def test_there_is_one_confederation():
    OrganisationFactory(kind="self")

    with pytest.raises(ValidationError, match="already on record"):
        OrganisationFactory.build(kind="self").validate_constraints()
    with pytest.raises(IntegrityError):
        OrganisationFactory(kind="self")


def test_there_are_many_of_other_kinds():
    OrganisationFactory.create_batch(2, kind="federation")

    assert Organisation.objects.filter(kind="federation").count() == 2


def test_members_have_a_membership_in_force_at_the_instant():
    member, former, candidate, _ = (
        OrganisationFactory(name=name) for name in ("Member", "Former", "Candidate", "Other")
    )
    MembershipFactory(organisation=member)
    MembershipFactory(organisation=former, end="2023-12")
    MembershipFactory(organisation=candidate, start="2025")

    assert list(Organisation.objects.members(YEAR)) == [member]
    assert set(Organisation.objects.members(Period.year(2023))) == {member, former}
    assert set(Organisation.objects.members(Period.year(2025))) == {member, candidate}


def test_a_member_with_two_terms_is_one_member():
    member = OrganisationFactory()
    MembershipFactory(organisation=member, start="2000", end="2010")
    MembershipFactory(organisation=member, start="2012")

    assert list(Organisation.objects.members(YEAR)) == [member]
    assert not Organisation.objects.members(Period.year(2011)).exists()


@pytest.mark.parametrize(
    ("start", "end"),
    [
        (None, None),
        ("2024", None),
        (None, "2024"),
        ("2024", "2024"),
        ("2024", "2024-03"),
        ("2024-03", "2024-03"),
        ("2024-03-01", "2024-03-01"),
        ("2024-03", "2024"),
        ("2024-03-05", "2024-03"),
        ("2024-03-05", "2024"),
    ],
)
def test_a_membership_may_end_when_it_may_have_begun(start, end):
    membership = MembershipFactory(start=start, end=end)

    membership.validate_constraints()
    assert membership.pk


@pytest.mark.parametrize(("start", "end"), [("2024", "2023"), ("2024-03", "2024-02"), ("2024-03-02", "2024-03-01")])
def test_a_membership_ends_after_it_has_begun(start, end):
    with pytest.raises(ValidationError, match="end is not before the beginning"):
        MembershipFactory.build(organisation=OrganisationFactory(), start=start, end=end).validate_constraints()
    with pytest.raises(IntegrityError):
        MembershipFactory(start=start, end=end)


@pytest.mark.parametrize("start", [None, "2020"])
def test_a_membership_begins_once_a_date(start):
    member = OrganisationFactory()
    MembershipFactory(organisation=member, start=start)

    with pytest.raises(IntegrityError):
        MembershipFactory(organisation=member, start=start)


def test_an_organisation_is_not_linked_to_itself():
    organisation = OrganisationFactory()

    with pytest.raises(IntegrityError):
        OrganisationLinkFactory(child=organisation, parent=organisation)


def test_an_organisation_has_several_parents_each_once():
    child, one, other = OrganisationFactory.create_batch(3)
    OrganisationLinkFactory(child=child, parent=one)
    OrganisationLinkFactory(child=child, parent=other)

    assert child.parent_links.count() == 2
    with pytest.raises(IntegrityError):
        OrganisationLinkFactory(child=child, parent=one)


def test_a_change_of_a_membership_happens_once_a_date():
    change = MembershipChangeFactory(kind="entry")

    with pytest.raises(IntegrityError):
        MembershipChangeFactory(organisation=change.organisation, kind="entry", date=change.date)


@pytest.mark.parametrize("start", [None, "2020"])
def test_an_umbrella_membership_begins_once_a_date(start):
    membership = UmbrellaMembershipFactory(start=start)

    with pytest.raises(IntegrityError):
        UmbrellaMembershipFactory(body=membership.body, start=start)


def test_staff_and_interns_are_those_of_the_confederation_itself():
    own = OrganisationFactory(kind="self")
    staff = PostFactory(organisation=own, kind="staff")
    intern = PostFactory(organisation=own, kind="intern")
    representative = PostFactory(organisation=own)
    PostFactory(kind="staff")

    assert list(Post.objects.staff()) == [staff]
    assert list(Post.objects.interns()) == [intern]
    assert set(Post.objects.own()) == {staff, intern, representative}


def test_two_people_may_share_a_name():
    PersonFactory.create_batch(2, name="Linden Ashbrook")

    assert Organisation.objects.count() == 0
    with pytest.raises(IntegrityError):
        [PersonFactory(key="linden") for _ in range(2)]


def test_a_person_holds_a_post_once_a_start():
    post = PostFactory(title="Director")

    with pytest.raises(IntegrityError):
        PostFactory(person=post.person, organisation=post.organisation, title="Director")
