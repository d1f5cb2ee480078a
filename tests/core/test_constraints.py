import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import IntegrityError

from tests.factories import FACTORIES
from umbel.core.records import Record

pytestmark = pytest.mark.django_db

PAIRS = (
    ("start", "end"),
    ("opens", "closes"),
    ("collected_from", "collected_to"),
    ("reference_start", "reference_end"),
    ("date", "ends"),
    ("date", "end"),
)
SPANS = [
    (model, first, last)
    for model in apps.get_models()
    if issubclass(model, Record) and not model._meta.get_parent_list()
    for first, last in PAIRS
    if {first, last} <= {field.name for field in model._meta.concrete_fields}
]


def name(value):
    return value if isinstance(value, str) else value._meta.label_lower


@pytest.mark.parametrize(("model", "first", "last"), SPANS, ids=name)
def test_no_span_ends_before_it_begins(model, first, last):
    whole = FACTORIES[model](**{first: "2024-06-11", last: "2024-06-11"})
    setattr(whole, last, "2024-06-10")

    with pytest.raises(ValidationError):
        whole.validate_constraints()
    with pytest.raises(IntegrityError):
        whole.save()


@pytest.mark.parametrize(("model", "first", "last"), SPANS, ids=name)
@pytest.mark.parametrize("end", [None, "2024", "2024-06", "2024-06-11", "2025"])
def test_a_span_may_end_when_it_may_have_begun(model, first, last, end):
    row = FACTORIES[model](**{first: "2024-06-11", last: end})

    row.validate_constraints()
    assert type(row).objects.filter(pk=row.pk, **{last: end}).exists()
