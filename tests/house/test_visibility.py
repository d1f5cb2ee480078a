"""What one may see is said twice, for one row and for many: the two must say the same."""

import pytest
from django.apps import apps

from tests.cast import SEATS
from tests.factories import FACTORIES
from umbel.core.audience import Audience
from umbel.core.records import Record

MODELS = [model for model in apps.get_models() if issubclass(model, Record)]

# The roles of the secretariat and the apps whose records they keep, as the operators' pages print them.
KEPT = {
    "membership": {"network", "events", "groups", "governance", "collection", "library"},
    "advocacy": {"advocacy", "events", "library", "network", "groups"},
    "communication": {"communication", "website", "library", "events", "reports"},
    "finance": {"projects"},
}
KEEP_EVERYTHING = {"secretary_general", "administrator", "superuser"}


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
def test_a_role_keeps_the_records_of_its_work(cast, act):
    rows = [FACTORIES[model]() for model in MODELS]

    kept = {
        seat: {row._meta.app_label for row in rows if cast.people[seat].has_perm(row.get_perm(act), row)}
        for seat in SEATS
    }

    apps_with_records = {model._meta.app_label for model in MODELS}
    assert kept == {
        seat: apps_with_records if seat in KEEP_EVERYTHING else KEPT.get(seat, set()) & apps_with_records
        for seat in SEATS
    }


@pytest.mark.parametrize("act", ["change", "delete"])
def test_nobody_keeps_what_they_may_not_see(cast, act):
    hidden = [FACTORIES[model](**{model.audience_path: Audience.ADMINISTRATOR}) for model in MODELS]

    keepers = {seat for seat in SEATS for row in hidden if cast.people[seat].has_perm(row.get_perm(act), row)}

    assert keepers == {"administrator", "superuser"}
