"""What one may see is said twice, for one row and for many: the two must say the same."""

import pytest
from django.apps import apps

from tests.cast import SEATS
from tests.factories import FACTORIES
from umbel.core.audience import Audience
from umbel.core.records import Record

MODELS = [model for model in apps.get_models() if issubclass(model, Record)]


def test_every_record_has_a_factory():
    assert [model._meta.label for model in MODELS if model not in FACTORIES] == []


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label_lower)
def test_visible_to_returns_what_has_perm_allows(cast, model):
    for audience in Audience.values:
        FACTORIES[model](**{model.audience_path: audience})
    rows = list(model.objects.all())

    seen = {seat: set(model.objects.visible_to(cast.people[seat])) for seat in SEATS}
    allowed = {seat: {row for row in rows if cast.people[seat].has_perm(model.get_perm("view"), row)} for seat in SEATS}

    assert seen == allowed
    assert len(rows) > len(seen["nobody"]) > 0


@pytest.mark.parametrize("act", ["add", "change", "delete"])
def test_only_the_secretariat_keeps_records(cast, act):
    rows = [FACTORIES[model]() for model in MODELS]

    keepers = {seat: sum(cast.people[seat].has_perm(row.get_perm(act), row) for row in rows) for seat in SEATS}

    assert {seat: number for seat, number in keepers.items() if number} == {
        "secretariat": len(MODELS),
        "superuser": len(MODELS),
    }
