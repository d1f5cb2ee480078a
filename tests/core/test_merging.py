"""Merging two records of one thing."""

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError

from tests import factories
from tests.factories import FACTORIES
from umbel.core import changelog
from umbel.core.merging import Merge, merge, references, standing, undo
from umbel.core.models import Alias, Record
from umbel.core.names import find_named
from umbel.events.models import EventPartner
from umbel.network.models import Membership, Organisation, OrganisationLink, Person, Post

pytestmark = pytest.mark.django_db


@pytest.fixture
def pair():
    kept = factories.OrganisationFactory(key="cooperatives-europe", name="Cooperatives Europe")
    gone = factories.OrganisationFactory(key="cooperative-europe", name="Cooperative Europe")
    return kept, gone


def snapshot():
    """Every row of every table but the log and the acts of merging and deleting themselves."""
    untold = {"core.change", "core.deletion", "core.merge", "core.searchentry", "core.spelling"}
    models = [
        model for model in apps.get_models(include_auto_created=True) if model._meta.app_config.name.startswith("umbel")
    ]
    return {
        model._meta.label_lower: sorted(map(str, model._base_manager.values()))
        for model in models
        if model._meta.label_lower not in untold
    }


def names_of(model):
    """The fields of the installation that name a record of the model, found from the other end."""
    for other in apps.get_models(include_auto_created=True):
        for field in other._meta.local_fields:
            if field.remote_field and field.related_model in (model, *model._meta.get_parent_list()):
                if not getattr(field.remote_field, "parent_link", False):
                    yield other._meta.label_lower, field.name


@pytest.mark.parametrize("model", [Organisation, Person], ids=lambda model: model.__name__)
def test_references_are_every_foreign_key_of_the_model_graph(model):
    found = {
        (reference.model._meta.label_lower, reference.field)
        for reference in references(model)
        if not reference.is_generic
    }

    assert found == set(names_of(model))


@pytest.mark.parametrize("model", [Organisation, Person], ids=lambda model: model.__name__)
def test_merge_moves_whatever_names_the_record_and_undo_moves_it_back(model):
    kept, gone = FACTORIES[model](key="kept", name="Kept"), FACTORIES[model](key="gone", name="Gone")
    for reference in references(model):
        if reference.model in FACTORIES and issubclass(reference.model, Record):
            if reference.is_generic:
                FACTORIES[reference.model](record=gone)
            else:
                FACTORIES[reference.model](**{reference.field: gone})
    before, named = snapshot(), sum(number for _kind, number in standing(gone))

    act = merge(kept, gone)
    left = [reference for reference in references(model) if reference.rows(gone).exists()]
    moved = sum(number for _kind, number in standing(kept))
    undo(act)

    assert named > 8
    assert left == []
    assert moved == named
    assert snapshot() == before


def test_merged_record_is_found_under_both_names_and_keys(pair):
    kept, gone = pair
    gone.aliases.create(name="Coops Europe")

    merge(kept, gone)

    for spelling in ("Cooperative Europe", "cooperative-europe", "Coops Europe", "Cooperatives Europe"):
        assert list(find_named(spelling, Organisation.objects.all())) == [kept]
    assert list(Organisation.objects.all()) == [kept]


def test_merge_leaves_one_partner_where_both_were(pair):
    kept, gone = pair
    conference, assembly = factories.EventFactory(key="conference"), factories.EventFactory(key="assembly")
    for organisation in pair:
        factories.EventPartnerFactory(event=conference, organisation=organisation, role="partner")
    factories.EventPartnerFactory(event=assembly, organisation=gone, role="host")
    before = snapshot()

    act = merge(kept, gone)

    partners = EventPartner.objects.order_by("event__key").values_list("event__key", "organisation__key")
    assert list(partners) == [("assembly", "cooperatives-europe"), ("conference", "cooperatives-europe")]
    undo(act)
    assert snapshot() == before


def test_merge_drops_a_link_between_the_two(pair):
    kept, gone = pair
    factories.OrganisationLinkFactory(child=gone, parent=kept)
    before = snapshot()

    act = merge(kept, gone)

    assert not OrganisationLink.objects.exists()
    undo(act)
    assert snapshot() == before


def test_merge_takes_the_values_chosen_from_the_other(pair):
    kept, gone = pair
    before = kept.city

    act = merge(kept, gone, {"city": "Brussels"})

    kept.refresh_from_db()
    assert kept.city == "Brussels"
    undo(act)
    kept.refresh_from_db()
    assert kept.city == before


def test_merge_of_people_keeps_the_account():
    user = factories.UserFactory()
    kept, gone = factories.PersonFactory(name="Jarmo Hänninen"), factories.PersonFactory(name="J. Hanninen", user=user)

    act = merge(kept, gone)

    assert Person.objects.get().user == user
    undo(act)
    assert Person.objects.get(user=user).name == "J. Hanninen"


@pytest.fixture
def accounts():
    """Two people of one name, each with an account that is open."""
    return [factories.PersonFactory(name=name, user=factories.UserFactory()) for name in ("J. Hänninen", "J Hanninen")]


@pytest.mark.parametrize("staying", [0, 1])
def test_of_two_accounts_the_one_chosen_stays_and_the_other_is_closed_until_the_merge_is_undone(accounts, staying):
    kept, gone = accounts
    chosen, other = accounts[staying].user, accounts[1 - staying].user
    before = snapshot()

    act = merge(kept, gone, {"user": chosen})

    other.refresh_from_db()
    chosen.refresh_from_db()
    assert (Person.objects.get().user, chosen.is_active, other.is_active) == (chosen, True, False)
    undo(act)
    assert snapshot() == before


def test_two_open_accounts_are_not_merged_unless_one_is_chosen(accounts):
    before = snapshot()

    with pytest.raises(ValidationError, match="Both have an account"):
        merge(*accounts)

    assert snapshot() == before


@pytest.mark.parametrize("closed", [0, 1])
def test_of_two_accounts_the_one_that_is_open_stays(accounts, closed):
    accounts[closed].user.is_active = False
    accounts[closed].user.save()
    before = snapshot()

    act = merge(*accounts)

    assert Person.objects.get().user == accounts[1 - closed].user
    undo(act)
    assert snapshot() == before


def test_merge_keeps_terms_of_both(pair):
    kept, gone = pair
    factories.MembershipFactory(organisation=kept, start="2010", end="2014")
    factories.MembershipFactory(organisation=gone, start="2016")

    merge(kept, gone)

    assert [(str(term.start), term.organisation) for term in Membership.objects.all()] == [
        ("2010", kept),
        ("2016", kept),
    ]


def test_merge_is_logged_and_signed(pair):
    with changelog.by("diana"):
        act = merge(*pair)

    line = changelog.Change.objects.filter(type="network.organisation", record="cooperatives-europe").order_by("-pk")[0]
    assert (line.who, line.after) == ("diana", {"merged": "Cooperative Europe (cooperative-europe)"})
    assert (act.who, str(act)) == ("diana", "Cooperative Europe → Cooperatives Europe")
    assert changelog.verify().broken is None


def test_record_is_not_merged_with_itself_or_another_kind(pair):
    with pytest.raises(ValidationError):
        merge(pair[0], pair[0])
    with pytest.raises(ValidationError):
        merge(pair[0], factories.PersonFactory())


def test_merge_with_a_value_that_breaks_a_rule_changes_nothing(pair):
    before = snapshot()

    with pytest.raises(ValidationError):
        merge(*pair, {"country": "Atlantis"})

    assert snapshot() == before


def test_merge_is_undone_once(pair):
    act = merge(*pair)
    undo(act)

    with pytest.raises(ValidationError, match="no longer"):
        undo(act)


def test_undo_leaves_what_was_changed_since(pair):
    kept, gone = pair
    other = factories.OrganisationFactory()
    post = factories.PostFactory(organisation=gone)
    act = merge(kept, gone)
    Post.objects.filter(pk=post.pk).update(organisation=other)

    undo(act)

    assert Post.objects.get().organisation == other
    assert Alias.objects.count() == 0
    assert Merge.objects.get().undone_at is not None
