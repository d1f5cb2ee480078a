"""`umbel generate --size`: what it makes, says and refuses."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction

from tests.factories import OrganisationFactory
from umbel.accounts.models import User
from umbel.core.models import Named
from umbel.core.records import Record
from umbel.network.models import Organisation, Person
from umbel.website.generation import generate_size
from umbel.website.generation.sizes import Size

SMALL = Size("small", members=5, former=1, affiliated=10, people=80, years=2, records=20, staff=3)

pytestmark = pytest.mark.django_db


def umbel_generate(*words):
    """What the command prints, and what it says meanwhile."""
    out, err = StringIO(), StringIO()
    call_command("generate", *[str(word) for word in words], stdout=out, stderr=err)
    return out.getvalue(), err.getvalue()


def made_with(seed):
    """What is on record after a generation that is undone, without the numbers that the database gives."""
    with transaction.atomic():
        steps = []
        stored = generate_size(SMALL, 2024, seed, steps.append)
        models = [Organisation, Person, User, *Named.__subclasses__(), *Record.__subclasses__()]
        kept = [model for model in models if not model._meta.abstract]
        found = {model._meta.label: sorted(map(str, model._base_manager.all())) for model in kept}
        transaction.set_rollback(True)
    return stored, steps, found


def test_one_seed_makes_one_confederation():
    once, again, other = (made_with(seed) for seed in (5, 5, 6))

    assert once == again
    assert once[2]["network.Organisation"] != other[2]["network.Organisation"]


def test_each_step_is_told():
    _stored, steps, _found = made_with(1)

    assert steps == [
        "network: 6 members, 10 affiliated",
        "people: 80",
        "2023: 20 acts",
        "2024: 20 acts",
    ]


def test_an_office_is_made_with_its_progress_beside_the_result():
    out, err = umbel_generate("--size", "office", "--json")

    told = json.loads(out)
    assert (told["size"], told["year"], told["seed"]) == ("office", 2024, 1)
    assert (told["rows"]["network.organisation"], told["rows"]["network.person"]) == (765, 2_000)
    assert [line for line in err.splitlines() if line.endswith("acts")] == [
        f"{year}: 400 acts" for year in range(2020, 2025)
    ]


def test_records_are_not_mixed_with_a_whole_confederation():
    OrganisationFactory()

    with pytest.raises(CommandError, match="empty database only"):
        umbel_generate("--size", "office")

    assert Organisation.objects.count() == 1


@pytest.mark.parametrize("words", [(), (10, "--size", "office")])
def test_either_a_number_or_a_size_is_said(words):
    with pytest.raises(CommandError, match="Say how many acts to make, or a size"):
        umbel_generate(*words)


def test_nothing_is_added_by_size():
    with pytest.raises(CommandError, match="--add goes with a number"):
        umbel_generate("--size", "office", "--add")
