import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.factories import OrganisationFactory, PersonFactory
from umbel.core.models import Alias
from umbel.core.names import find_named, fold
from umbel.network.models import Organisation, Person


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("SMART", "Smart"),
        ("SKIFT", "SKI.F.T."),
        ("Mickaël", "Mickael"),
        ("Hänninen", "Hanninen"),
        ("Łódź", "Lodz"),
        ("Århus", "Arhus"),
        ("Øresund", "Oresund"),
        ("Straße", "STRASSE"),
        ("Šibenik", "sibenik"),
        ("ﬁnance", "finance"),
        ("Cœur", "coeur"),
        ("Independent  workers'\u00a0cooperatives", "independent workers’ cooperatives"),
        ("#CoopSkills2023", "coopskills2023"),
    ],
)
def test_spellings_of_one_name_fold_alike(one, other):
    assert fold(one) == fold(other)


@pytest.mark.parametrize(("one", "other"), [("Smart", "Start"), ("CoopSkills2023", "CoopSkills2024"), ("A B", "AB")])
def test_different_names_stay_different(one, other):
    assert fold(one) != fold(other)


@given(st.text())
@example("™")
@example("㎑")
@example("İzmir")
def test_fold_is_idempotent(name):
    assert fold(fold(name)) == fold(name)


@given(st.text(alphabet=st.characters(max_codepoint=0x17F)))
def test_fold_does_not_mind_capitals(name):
    assert fold(name.upper()) == fold(fold(name.upper()).upper())


@given(st.text())
def test_fold_leaves_single_spaces_inside_only(name):
    folded = fold(name)

    assert folded == " ".join(folded.split())


@pytest.mark.django_db
@pytest.mark.parametrize("spelling", ["Mickaël Bianco", "mickael bianco", "MICKAEL  BIANCO", "Mick Bianco"])
def test_a_person_is_found_under_every_spelling(spelling):
    person = PersonFactory(name="Mickaël Bianco")
    PersonFactory(name="Michele Bianco")
    Alias.objects.create(record=person, name="Mick Bianco")

    assert list(find_named(spelling, Person.objects.all())) == [person]


@pytest.mark.django_db
def test_an_alias_of_another_kind_of_record_is_not_mistaken():
    organisation = OrganisationFactory(name="Skift")
    person = PersonFactory(pk=organisation.pk, name="Somebody")
    Alias.objects.create(record=person, name="Origami")

    assert list(find_named("Origami", Organisation.objects.all())) == []
    assert list(find_named("Origami", Person.objects.all())) == [person]


@pytest.mark.django_db
def test_a_search_keeps_to_the_rows_that_it_is_given():
    OrganisationFactory(name="Smart", country="BE")

    assert list(find_named("SMART", Organisation.objects.filter(country="IT"))) == []


@pytest.mark.django_db
def test_a_new_name_is_folded_anew():
    organisation = OrganisationFactory(name="Smart")
    organisation.name = "Łódź Works"
    organisation.save()

    assert list(find_named("lodz works", Organisation.objects.all())) == [organisation]
    assert list(find_named("smart", Organisation.objects.all())) == []


@pytest.mark.django_db
def test_aliases_are_found_by_record_and_by_name():
    organisation = OrganisationFactory(name="Smart")
    alias = Alias.objects.create(record=organisation, name="S.M.A.R.T.")

    assert list(Alias.objects.called("smart")) == [alias]
    assert list(Alias.objects.of(organisation)) == [alias]
    assert str(alias) == "S.M.A.R.T."
