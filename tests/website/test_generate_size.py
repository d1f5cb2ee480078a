"""A whole confederation with all its years, in a size that a test can hold."""

from collections import Counter

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import connection, transaction

from umbel.accounts.models import User
from umbel.core import registry, search
from umbel.core.audience import Audience, Role, audiences_of
from umbel.core.changelog import Change, verify
from umbel.core.models import Alias, Named
from umbel.core.names import fold
from umbel.core.periods import Period
from umbel.core.records import Record
from umbel.events.models import Event
from umbel.governance.models import Mandate
from umbel.network.models import Membership, MembershipChange, Organisation, OrganisationLink, Person, Post
from umbel.website.generation import OccupiedError, generate_size
from umbel.website.generation.sizes import FEDERATION, OFFICE, Size

TINY = Size("tiny", members=12, former=2, affiliated=40, people=300, years=4, records=60, staff=5)
YEAR = 2024

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def made(django_db_setup, django_db_blocker):
    """The tiny confederation, made once for the module's tests and gone with them; its value: rows by model label."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield generate_size(TINY, YEAR, 1, [].append)
        transaction.set_rollback(True)


def made_with(seed):
    """What is on record after a generation that is undone, without the numbers that the database gives."""
    models = [model for model in apps.get_models() if issubclass(model, (Record, Alias, User))]
    with transaction.atomic():
        generate_size(TINY, YEAR, seed, [].append)
        found = {model._meta.label: sorted(map(str, model._base_manager.all())) for model in models}
        transaction.set_rollback(True)
    return found


def complaint_about(row):
    """What a form would say of a row, or nothing."""
    try:
        row.full_clean()
    except ValidationError as error:
        return row, error.message_dict
    return None


def test_the_sizes_are_those_promised():
    told = [(size.members, size.affiliated, size.people, size.years, size.records) for size in (OFFICE, FEDERATION)]

    assert told == [(27, 720, 2_000, 5, 400), (5_000, 45_000, 50_000, 20, 10_000)]


def test_there_are_as_many_of_everything_as_the_size_says(made):
    kinds = Counter(Organisation.objects.values_list("kind", flat=True))

    assert Organisation.objects.members(Period.year(YEAR)).count() == 12
    assert (kinds["federation"], kinds["enterprise"], kinds["self"]) == (14, 40, 1)
    assert Person.objects.count() == 300
    assert {model: model.objects.count() for model in (Organisation, Person, Post, Membership, MembershipChange)} == {
        model: made[model._meta.label_lower] for model in (Organisation, Person, Post, Membership, MembershipChange)
    }


def test_each_year_has_as_many_acts_as_the_size_says(made):
    def acts(year):
        return sum(entry.rows().filter(date__within=Period.year(year)).count() for entry in registry.entries())

    assert [acts(year) for year in range(2020, 2026)] == [0, 60, 60, 60, 60, 0]


@pytest.mark.parametrize("model", [model for model in apps.get_models() if issubclass(model, (Record, Alias, User))])
def test_generated_rows_are_what_a_form_would_take(made, model):
    sample = model._base_manager.order_by("pk")[:25]

    assert [complaint for row in sample if (complaint := complaint_about(row))] == []


def test_nothing_points_nowhere(made):
    assert connection.check_constraints() is None


@pytest.mark.parametrize("model", [model for model in apps.get_models() if issubclass(model, Record)])
def test_models_have_rows(made, model):
    # Frozen, set by hand, or in need of files.
    unmade = {
        "core.topic", "reports.edition", "reports.grantreport", "network.invitation", "network.editrule",
        "library.placement",
    }  # fmt: skip

    assert model._base_manager.exists() or model._meta.label_lower in unmade or model._meta.app_label == "website"


def test_names_are_found_as_if_they_had_been_saved_one_by_one(made):
    rows = [row for model in apps.get_models() if issubclass(model, (Named, Alias)) for row in model.objects.all()]

    assert [row for row in rows if row.folded != fold(row.name)] == []


def test_an_alias_leads_to_its_record_in_the_search(made):
    alias = Alias.objects.filter(content_type__model="person").first()

    assert alias.record in search.narrow(Person.objects.all(), alias.name)


def test_keys_follow_the_names(made):
    named = Organisation.objects.get(key="directorate-for-amber")

    assert (named.name, named.kind) == ("Directorate for Amber", "institution")


def test_members_come_and_go(made):
    over = Membership.objects.exclude(end=None).values("organisation")
    gone = Organisation.objects.filter(kind="federation").exclude(
        pk__in=Membership.objects.filter(end=None).values("organisation")
    )
    exits = MembershipChange.objects.filter(kind="exit", organisation__in=gone)

    assert set(gone.values_list("pk", flat=True)) <= set(over.values_list("organisation", flat=True))
    assert gone.count() == exits.values("organisation").distinct().count() == 2


def test_what_is_affiliated_has_a_parent_among_the_members(made):
    parents = OrganisationLink.objects.filter(kind="affiliated")

    assert set(parents.values_list("parent__kind", flat=True)) == {"federation"}
    assert parents.values("child").distinct().count() == 40


def test_everybody_has_a_post(made):
    assert list(Person.objects.filter(posts=None)) == []


def test_there_is_somebody_for_each_role_and_seat(made):
    def sees(name):
        return audiences_of(User.objects.get(email=f"{name}@example.org"))

    users = User.objects.exclude(role="")
    assert sorted(users.values_list("role", "email")) == sorted(
        (role.value, f"{role.value.replace('_', '-')}@example.org") for role in Role if role
    )
    assert sees("representative-1") == {Audience.PUBLIC, Audience.MEMBERS}
    assert sees("board-1") >= {Audience.BOARD}
    assert sees("reader") == sees("affiliate-1") == {Audience.PUBLIC}
    assert not any(user.has_usable_password() for user in User.objects.all())


def test_the_board_is_elected_every_four_years(made):
    presidents = Mandate.objects.board().filter(role="president")

    assert [str(mandate.start) for mandate in presidents.order_by("start")] == ["2019-06", "2023-06"]
    assert presidents.in_force(Period.year(YEAR)).count() == 1


def test_the_log_tells_it_in_one_line(made):
    [line] = Change.objects.all()

    assert (line.who, line.act, line.record) == ("umbel generate", "add", "tiny")
    assert line.after == made
    assert verify().broken is None


def test_events_of_several_days_end_after_they_begin(made):
    long = Event.objects.exclude(ends=None)

    assert long.exists()
    assert [event for event in long if event.ends <= event.date] == []


def test_a_second_one_is_refused(made):
    with pytest.raises(OccupiedError, match="empty database"):
        generate_size(TINY, YEAR, 2, [].append)
