"""What one may see is said twice, for one row and for many: the two must say the same."""

import pytest
from django.apps import apps

from tests.cast import SEATS
from tests.factories import FACTORIES
from umbel.communication.models import MailPreference, Newsletter, Subscriber
from umbel.core.audience import Audience, audience_of, why
from umbel.core.imports.models import ImportJob
from umbel.core.models import Deletion, Merge
from umbel.core.records import Record
from umbel.network.models import Fee, Organisation, Person, Proposal

MODELS = [model for model in apps.get_models() if issubclass(model, Record)]

# The roles of the secretariat and the apps whose records they keep, as the operators' pages print them.
OWN_KEEPERS = {Fee: "fees"}
KEPT = {
    "membership": {"network", "events", "groups", "governance", "collection", "library"},
    "advocacy": {"advocacy", "events", "library", "network", "groups"},
    "communication": {"communication", "website", "library", "events", "reports"},
    "finance": {"projects", "fees"},
}


def deletion(audience, _author):
    return Deletion.objects.create(who="x", type="events.event", record="x", text="x", audience=audience)


def merge(audience, _author):
    went = deletion(audience, None)
    Merge.objects.create(who="x", type="network.person", kept=1, text="x", audience="public", deletion=went)
    return Merge.objects.create(
        who="x", type="network.person", kept=1, text="x", audience=audience, deletion=deletion("public", None)
    )


def import_job(audience, _author):
    return ImportJob.objects.create(who="x", kind="events.event", name="x", hash="x", format="csv", audience=audience)


def proposal(audience, author):
    organisation = FACTORIES[Organisation](audience=audience)
    return Proposal.objects.create(organisation=organisation, field="city", made_by=author)


def subscriber(audience, _author):
    return Subscriber.objects.create(email=f"{audience}-{Subscriber.objects.count()}@example.org")


def mail_preference(_audience, author):
    person = Person.objects.filter(user=author).first() or FACTORIES[Person](user=author)
    return MailPreference.objects.create(person=person, newsletter=FACTORIES[Newsletter]())


OTHERS = {
    Deletion: deletion,
    ImportJob: import_job,
    MailPreference: mail_preference,
    Merge: merge,
    Proposal: proposal,
    Subscriber: subscriber,
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


def test_whatever_else_has_rows_for_some_eyes_only_is_made_here():
    named = {
        model
        for model in apps.get_models()
        if not issubclass(model, Record) and hasattr(model._default_manager, "visible_to")
    }

    assert named == set(OTHERS)


@pytest.mark.parametrize("model", OTHERS, ids=lambda model: model._meta.label_lower)
def test_visible_to_returns_what_has_perm_allows_of_what_is_no_record(cast, model):
    for audience in Audience.values:
        for author in (cast.advocacy, cast.finance, cast.representative_a):
            OTHERS[model](audience, author)
    rows = list(model.objects.all())
    view = f"{model._meta.app_label}.view_{model._meta.model_name}"

    seen = {seat: set(model.objects.visible_to(cast.people[seat])) for seat in SEATS}
    allowed = {seat: {row for row in rows if cast.people[seat].has_perm(view, row)} for seat in SEATS}

    assert seen == allowed
    assert len(rows) >= len(seen["superuser"]) > len(seen["nobody"])


def kept_as(model):
    """The app whose keepers keep a kind of record, or what stands for a kind that has keepers of its own."""
    return OWN_KEEPERS.get(model, model._meta.app_label)


@pytest.mark.parametrize("act", ["add", "change", "delete"])
def test_a_role_keeps_the_records_of_its_work(cast, act):
    rows = [FACTORIES[model]() for model in MODELS]

    kept = {
        seat: {kept_as(type(row)) for row in rows if cast.people[seat].has_perm(row.get_perm(act), row)}
        for seat in SEATS
    }

    apps_with_records = {kept_as(model) for model in MODELS}
    assert kept == {
        seat: apps_with_records if seat in KEEP_EVERYTHING else KEPT.get(seat, set()) & apps_with_records
        for seat in SEATS
    }


@pytest.mark.parametrize("act", ["change", "delete"])
def test_nobody_keeps_what_they_may_not_see(cast, act):
    hidden = [FACTORIES[model](**{model.audience_path: Audience.ADMINISTRATOR}) for model in MODELS]

    keepers = {seat for seat in SEATS for row in hidden if cast.people[seat].has_perm(row.get_perm(act), row)}

    assert keepers == {"administrator", "superuser"}


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label_lower)
def test_whoever_sees_a_row_is_told_why(cast, model):
    for audience in Audience.values:
        FACTORIES[model](**{model.audience_path: audience})

    unexplained = [
        (seat, audience_of(row))
        for seat in SEATS
        for row in model.objects.visible_to(cast.people[seat])
        if not why(cast.people[seat], row)
    ]

    assert unexplained == []
